from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Sayso

from sayso.errors import UsageError

SOURCE, CUE, CONTENT = "Mara Lind, a spokeswoman for the Harbour Council", "said", "“Two shells fell on Orvane,”"
TEXT = f"{CONTENT} {CUE} {SOURCE}.\n"
RELATION = "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n" + "".join(
    f"T{number}\t{role} {TEXT.index(words)} {TEXT.index(words) + len(words)}\t{words}\n"
    for number, (role, words) in enumerate(
        [("Source", SOURCE), ("Cue", CUE), ("Content", CONTENT), ("Attribution", CUE)], 1
    )
)


@pytest.fixture
def brat(tmp_path: Path) -> Path:
    """PolNeAR's layout, with a second annotator who found nothing and does not count."""
    folder = tmp_path / "brat"
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    (folder / "text" / "shells.txt").write_text(TEXT)
    (folder / "attributions" / "shells_ab.ann").write_text(RELATION)
    (folder / "attributions" / "shells_cd.ann").write_text("")
    return folder


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    (folder / "articles").mkdir(parents=True)
    (folder / "labels").mkdir()
    article = {"id": "1", "title": "Shells on Orvane", "outlet": "The Lantern", "published": "2031-03-04", "text": TEXT}
    said = {
        "id": "a1",
        "source": SOURCE,
        "cue": CUE,
        "content": [CONTENT],
        "within": None,
        "claimant": SOURCE,
        "stance": "asserts",
    }
    labels = {"id": "1", "attributions": [said], "voice": [], "casualties": [], "places": [], "dates": []}
    (folder / "articles" / "1.json").write_text(json.dumps(article))
    (folder / "labels" / "1.json").write_text(json.dumps(labels))
    return folder


def test_brat_annotations(sayso: Sayso, brat: Path) -> None:
    done = sayso("score", brat, "--json")

    figures = json.loads(done.stdout)[str(brat)]
    assert done.exit_code == 0
    assert figures["Cue exact"] == figures["Content exact"] == {"p": 1.0, "r": 1.0, "f1": 1.0}
    assert list(figures) == [
        "Source exact",
        "Source chars",
        "Cue exact",
        "Cue chars",
        "Content exact",
        "Content chars",
        "relation exact",
    ]


def test_brat_annotations_beside_their_texts(sayso: Sayso, brat: Path, tmp_path: Path) -> None:
    flat = tmp_path / "flat"
    flat.mkdir()
    (flat / "shells_one.txt").write_text(TEXT)
    (flat / "shells_one.ann").write_text(RELATION)

    nested, beside = (json.loads(sayso("score", folder, "--json").stdout)[str(folder)] for folder in (brat, flat))

    assert nested == beside


def test_annotated_reports_are_read_under_their_titles(sayso: Sayso, reports: Path) -> None:
    figures = json.loads(sayso("score", reports, "--json").stdout)[str(reports)]

    assert figures["attribution exact"] == {"p": 1.0, "r": 1.0, "f1": 1.0}
    assert figures["claimant (of matched)"] == {"accuracy": 1.0}


def test_a_table_for_each_folder(sayso: Sayso, brat: Path, reports: Path) -> None:
    lines = sayso("score", brat, reports).stdout.splitlines()

    assert max(map(len, lines)) <= 80
    assert [line.split() for line in lines if line.startswith("Cue exact")] == [["Cue", "exact"] + ["1.000"] * 3]
    assert [line.split() for line in lines if line.startswith("stance")] == [["stance", "(of", "matched)", "1.000"]]


def test_an_article_without_a_reading_is_missed_and_named(sayso: Sayso, brat: Path) -> None:
    (brat / "text" / "shells.txt").write_text(" " * len(TEXT))

    done = sayso("score", brat, "--json")

    assert json.loads(done.stdout)[str(brat)]["Cue exact"] == {"p": 0.0, "r": 0.0, "f1": 0.0}
    assert "not read: shells (1 of 1)" in done.stderr
    assert f"sayso: quarantined {brat}/text/shells.txt: it is empty" in done.stderr
    assert done.exit_code == 1


@pytest.mark.parametrize(
    "gold", [b"T1\tSource x y\tMara\n", b"T1\tSource\tMara\n", b"T1\tSource 0 999999999999\tM\n", b"E1\n", b"\xff"]
)
def test_brat_that_is_none_is_wrong_usage(sayso: Sayso, brat: Path, gold: bytes) -> None:
    (brat / "attributions" / "shells_ab.ann").write_bytes(gold)

    with pytest.raises(UsageError, match=r"shells_ab\.ann cannot be read as gold"):
        sayso("score", brat)


@pytest.mark.parametrize(
    "gold", [b"{", b"[]", b"{}", b"\xff", b'{"attributions": 5}', b'{"attributions": [{"id": [], "content": []}]}']
)
def test_labels_that_are_none_are_wrong_usage(sayso: Sayso, reports: Path, gold: bytes) -> None:
    (reports / "labels" / "1.json").write_bytes(gold)

    with pytest.raises(UsageError, match=r"labels/1\.json cannot be read as gold"):
        sayso("score", reports)


def test_annotations_without_their_text_are_wrong_usage(sayso: Sayso, brat: Path) -> None:
    (brat / "text" / "shells.txt").unlink()

    with pytest.raises(UsageError, match="no text for the annotated article shells"):
        sayso("score", brat)
