from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Sayso
from tests.unit.ledger.builders import Builder, received
from tests.unit.media.making import drawing, encoded, picture, with_exif

from sayso.ledger import Ledger


@pytest.fixture
def article(ledger: Path) -> str:
    with Ledger.open(str(ledger)) as held:
        return next(iter(held.articles())).id


def test_what_is_added_is_listed_and_shown(sayso: Sayso, article: str, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(with_exif())
    (tmp_path / "copy.jpg").write_bytes(encoded(drawing(1), quality=40))
    (tmp_path / "report.txt").write_text("no picture")
    done = sayso("media", "add", "a.jpg", "report.txt", "--article", article[:6], "--by", "mara")
    assert done.exit_code == 1
    id_, kind, location = done.stdout.split()
    assert (kind, location) == ("jpeg", "a.jpg")
    assert "report.txt: set aside: neither a picture nor a video" in done.stderr
    again = sayso("media", "add", "a.jpg", "--article", article, "--by", "mara")
    assert (again.exit_code, "known already" in again.stderr) == (0, True)

    table = sayso("media").stdout
    assert id_ in table
    assert "Harbour M2" in table
    (row,) = (json.loads(line) for line in sayso("media", "--json").stdout.splitlines())
    assert (row["id"], row["articles"], row["taken"]) == (id_, [article], "2031-05-04T10:11:12+02:00")
    (line,) = csv.DictReader(io.StringIO(sayso("media", "--format", "csv", "--place", "Orvane").stdout))
    assert line["sha256"] == row["sha256"]
    assert sayso("media", "--format", "parquet").stdout_bytes[:4] == b"PAR1"
    assert "nothing found" in sayso("media", "--outlet", "Nobody").stderr

    shown = sayso("media", "show", "copy.jpg").stdout
    assert "Not in the ledger" in shown
    assert "Seen before: 1 other file" in shown
    assert f"{id_}  jpeg" in shown
    assert "about Orvane" in shown
    assert "2031-05-01" in shown
    known = sayso("media", "show", id_[:8]).stdout
    assert "-35.510000, 36.250000" in known
    assert "anybody can have written" in known
    assert "absent: no C2PA manifest" in known
    for word in ("true", "false", "fake", "authentic", "genuine"):
        assert word not in (shown + known).lower().split()

    found = json.loads(sayso("media", "show", "copy.jpg", "--json").stdout)
    assert found["row"] is None
    assert found["near"][0]["medium"]["id"] == id_
    assert found["near"][0]["seen"][0]["article"]["id"] == article
    assert "thumbnail" not in found["look"]


def test_wrong_usage_is_told_in_words(sayso: Sayso, ledger: Path, tmp_path: Path) -> None:
    from sayso.errors import SaysoError

    (tmp_path / "a.txt").write_text("no picture")
    (tmp_path / "a.jpg").write_bytes(picture(1))
    for words, said in (
        (("show", "nowhere.jpg"), "no picture or video"),
        (("show", "a.txt"), "neither a picture nor a video"),
        (("show", "a.jpg", "--trust", "a.txt"), "no trust list"),
        (("add", "a.jpg", "--url", "a.jpg"), "expected an address"),
        (("add", "a.jpg", "--article", "ffff"), "no article 'ffff'"),
    ):
        with pytest.raises(SaysoError, match=said):
            sayso("media", *words)


def test_what_pages_show_is_listed_and_nothing_is_fetched(sayso: Sayso, ledger: Path, tmp_path: Path) -> None:
    page = received(
        '<html><body><p>Shells fell.</p><img src="https://example.org/a.jpg"><img src="b.jpg"></body></html>'
    )
    with Ledger.open(str(ledger)) as held:
        held.store(page, Builder(page).reading)
    rows = [json.loads(line) for line in sayso("media", "cited", "--json").stdout.splitlines()]
    assert rows == [{"article": page.article.id, "url": "https://example.org/a.jpg", "what": "picture", "medium": None}]
    (tmp_path / "a.jpg").write_bytes(picture(1))
    added = sayso("media", "add", "a.jpg", "--url", "https://example.org/a.jpg").stdout.split()[0]
    assert added in sayso("media", "cited", page.article.id).stdout
    assert page.article.id in sayso("media", "show", added).stdout
