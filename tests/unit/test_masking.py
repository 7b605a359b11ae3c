"""Masks: no name of one in any export, whatever way it is written; spans that fit the masked text."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.ledger.builders import Builder, received, simple, span
from tests.unit.test_linking import HOURS, report, reports

from sayso.bundles import check_bundle
from sayso.config import Limits
from sayso.deciding import decide
from sayso.errors import NotThereError, UsageError
from sayso.exporting import KINDS, export
from sayso.ledger import Judgement, Ledger
from sayso.linking import add_body, link
from sayso.masking import LEFT_OUT, Cut, Mask, Masked, Masker
from sayso.types import Article, Event, Mention, Reading, Received

NAME = "Zorada Vellmirova"
MASK = Mask(names=((NAME, "Z. Vellmirova"),))
SEARCHED = ("zorada", "vellmirova")
TITLE = "Zorada Vellmirova speaks"
TEXT = (
    f"{TITLE}\n\nZorada Vellmirova said that 4 shells fell on Orvane. Ms Vellmirova, 41, saw a video. "
    "The army said that ZORADA  VELLMIROVA'S house was shelled in Vellmirova Square. The mayor said that Zorada\n"
    "Vellmirova had left Orvane with her son."
)


def person(item: Received) -> Builder:
    build = Builder(item)
    said = build.says(NAME, "that 4 shells fell on Orvane", cue="said")
    build.says("The army", "that ZORADA  VELLMIROVA'S house was shelled in Vellmirova Square", stance="accuses")
    build.says("The mayor", "that Zorada\nVellmirova had left Orvane")
    build.killed("4 shells", 4, said)
    build.place("Orvane")
    build.place("Vellmirova Square", "site")
    build.rests_on("a video", "video", said)
    build.accuses("Ms Vellmirova, 41, saw a video")
    fell = Event(
        *(span(build.text, "fell"), "ASSAULT", "happened", (span(build.text, NAME),), (), 0, None, said),
        *(0.9, "Explosions/Remote violence: Shelling/artillery/missile attack"),
    )
    mention = Mention(span(build.text, NAME), "person", 0)
    build.reading = replace(build.reading, events=(fell,), mentions=(mention,))
    return build


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger in which a name is wherever one can be."""
    with Ledger.open(str(tmp_path / "sayso.db")) as ledger:
        for number in range(1, 4):
            article: Article = received(f"{TEXT} {number}").article
            article = replace(
                article,
                title=TITLE,
                outlet="Vellmirova Daily" if number == 2 else "Harbour Post",
                url=f"https://post.example/{number}/zorada-vellmirova%20speaks?by=%5Aorada%20%56ellmirova",
                location=f"reports/zorada_vellmirova/{number}.txt",
            )
            ledger.store(*_as_stored(Received(article, f"{TEXT} {number}".encode())))
        ledger.store(*simple(9))
        link(ledger)
        said = next(row for row in ledger.claims() if row.claimant == NAME)
        decide(ledger, Judgement("confirm", said.id, "mara", note=f"{NAME} says so herself"))
        decide(ledger, Judgement("same-party", NAME, "mara", "The mayor"))
        add_body(ledger, "Vellmirova Daily")
        yield ledger


def _as_stored(item: Received) -> tuple[Received, Reading]:
    return item, person(item).reading


def exported(held: Ledger, kind: str, mask: Mask | None = MASK) -> bytes:
    out = io.BytesIO()
    export(held, kind, out, mask=mask)
    return out.getvalue()


def readable(kind: str, data: bytes) -> str:
    """All that is in an export, unpacked, as one text."""
    if kind in ("xlsx", "bundle"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(f"{i.filename}\n{archive.read(i).decode('utf-8', 'replace')}" for i in archive.infolist())
    if kind == "parquet":
        return json.dumps(pq.read_table(io.BytesIO(data)).to_pylist(), ensure_ascii=False)
    return data.decode("utf-8")


MASKABLE = [kind for kind in KINDS if kind != "warc"]


def test_a_web_archive_is_not_masked(held: Ledger) -> None:
    with pytest.raises(UsageError, match="exported whole or not at all"):
        exported(held, "warc")


@pytest.mark.parametrize("kind", MASKABLE)
def test_a_masked_name_is_in_no_export(kind: str, held: Ledger) -> None:
    plain = readable(kind, exported(held, kind, None)).casefold()
    data = exported(held, kind)
    text = readable(kind, data).casefold()

    assert any(word in plain for word in SEARCHED), "the export shows the name without a mask"
    for word in SEARCHED:
        assert word not in text
        assert word.encode() not in data.lower()
    assert "[masked 1]" in text


def test_spans_are_those_of_the_masked_text(held: Ledger) -> None:
    seen = Masked(held, MASK)
    for row in seen.claims():
        stored = seen.article(row.article)
        assert [stored.text[s.start : s.end] for s in row.spans] == [s.text for s in row.spans]
        assert row.text == " … ".join(s.text for s in row.spans)
        assert stored.reading is not None
        for attribution in stored.reading["attributions"]:
            for s in (attribution["source"], attribution["cue"], *attribution["content"]):
                assert s is None or stored.text[s["start"] : s["end"]] == s["text"]
    assert {row.claimant for row in seen.claims()} >= {"[masked 1]", "The army"}


def test_a_claim_is_left_out_with_its_words(held: Ledger) -> None:
    claim = next(row for row in held.claims() if row.claimant == "The mayor")
    text = exported(held, "web-annotation", Mask(claims=(claim.id[:10],))).decode()
    whole = exported(held, "jsonl", Mask(claims=(claim.id,))).decode()

    assert claim.id not in text
    assert claim.id not in whole
    assert len(whole.splitlines()) == len(list(held.claims())) - 1
    assert LEFT_OUT in Masked(held, Mask(claims=(claim.id,))).article(claim.article).text
    with pytest.raises(NotThereError):
        Masked(held, Mask(claims=(claim.id,))).claim(claim.id)


def test_a_finding_that_is_left_out_is_named_by_no_story(tmp_path: Path) -> None:
    with Ledger.open(str(tmp_path / "found.db")) as ledger:
        for item in reports():
            ledger.store(*item)
        ledger.store(*report("Inquiry", "2031-09-01", "Orvane", "2031-05-03", 12, claimant="Inquiry", more=HOURS[5]))
        link(ledger)
        add_body(ledger, "Inquiry")
        found = {id_ for row in ledger.stories() for id_ in row.findings}
        assert found
        masked = Masked(ledger, Mask(claims=tuple(found)))
        for row in masked.stories():
            assert not row.findings
            assert not masked.story(row.id).row.findings
            assert not masked.story(row.id).findings


@pytest.mark.parametrize("kind", MASKABLE)
def test_what_a_claimant_says_is_in_no_export(kind: str, held: Ledger) -> None:
    mask = Mask(claimants=("the  MAYOR",))
    words = "had left orvane"
    text = readable(kind, exported(held, kind, mask)).casefold()

    assert words not in text
    ids = {row.id for row in held.claims() if row.claimant == "The mayor"}
    if kind != "corrections":
        assert not [id_ for id_ in ids if id_ in text]


@pytest.mark.parametrize("kind", MASKABLE)
def test_words_that_are_left_out_are_in_no_title(kind: str, tmp_path: Path) -> None:
    title = "Rescue chief says 14 were killed"
    item = received(f"{title}\n\nRain fell on Orvane.", title=title)
    build = Builder(item)
    build.says("Rescue chief", "14 were killed", cue="says")
    with Ledger.open(str(tmp_path / "own.db")) as ledger:
        ledger.store(item, build.reading)
        link(ledger)
        text = readable(kind, exported(ledger, kind, Mask(claimants=("rescue chief",)))).casefold()
    assert "14 were killed" not in text


@pytest.mark.parametrize(
    ("given", "called", "gone"),
    [
        ("The Valley Observatory", "the Valley Observatory, a monitoring group", True),
        ("Ilka Vressen", "Ilka Vressen, head of the town's rescue service", True),
        ("Ilka Vressen", "Ilka Vressenova", False),
        ("the mayor", "The MAYOR", True),
    ],
)
def test_a_claimant_is_left_out_however_much_more_is_said_of_it(
    given: str, called: str, gone: bool, held: Ledger
) -> None:
    masked = Masked(held, Mask(claimants=(given,)))
    assert masked.leaves_out_claim("0" * 16, ["The Ferry Post", called]) is gone
    assert bool(masked.unmet()) is not gone


def test_a_masked_bundle_withholds_what_the_mask_meets_and_is_sound(held: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "case.zip"
    export(held, "bundle", path, mask=MASK)
    done = check_bundle(path, Limits())
    with zipfile.ZipFile(path) as archive:
        names = [name.removeprefix("sayso-bundle/") for name in archive.namelist()]
        about = json.loads(archive.read("sayso-bundle/data/about.json"))

    assert done.broken == ()
    assert any("masked: 3 articles" in note for note in done.notes)
    assert len([name for name in names if name.startswith("data/bytes/")]) == 1
    assert sorted(about["masked_articles"]) == sorted(
        name.removeprefix("data/masked/").removesuffix(".txt") for name in names if "data/masked/" in name
    )


def test_bytes_in_which_only_a_page_has_the_name_are_withheld(tmp_path: Path) -> None:
    for number, page in enumerate(
        (
            b"<p>A report.</p><!-- by Zorada Vellmirova -->",
            b"<p>A report.</p><a href='/zorada%2Dvellmirova'>more</a>",
            b"<p>A report.</p>&#90;orada &#86;ellmirova",
            b'<script>{"by": "\\u005aorada \\u0056ellmirova"}</script>',
            "A report by Zorada Vellmirova".encode("utf-16"),
        )
    ):
        assert Masker(MASK).meets_bytes(page), number
    assert not Masker(MASK).meets_bytes(b"A report by somebody else.")


@pytest.mark.parametrize(
    "written",
    [
        "Zorada Vellmirova",
        "ZORADA VELLMIROVA",
        "zorada-vellmirova",
        "ZoradaVellmirova",
        "Zorada\u00a0Vellmirova",
        "Zorada\n\nVellmirova",
        "Zo\u00adrada Vell\u200bmirova",
        "Z\u00f3rada Vellmirov\u00e1",
        unicodedata.normalize("NFD", "Z\u00f3rada Vellmirov\u00e1"),
        "\uff3aorada Vellmirova",
        "Vellmirova",
        "Vellmirova's",
        "xZoradaVellmirovax",
    ],
)
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    masked = Masker(MASK).text(f"Then {written} left.")

    assert masked.startswith("Then ")
    assert masked.endswith(" left.")
    assert "[masked 1]" in masked
    folded = "".join(c for c in unicodedata.normalize("NFKD", masked).casefold() if c.isalnum())
    assert not any(word in folded for word in SEARCHED)


def test_names_in_other_scripts_are_found() -> None:
    masker = Masker(Mask(names=(("Зорада Веллмирова",), ("سارة الخالد",))))

    assert masker.text("Зорада Веллмирова ушла, ВЕЛЛМИРОВА.") == "[masked 1] ушла, [masked 1]."
    assert masker.text("قالت سَارَة الخالد") == "قالت [masked 2]"


def test_short_names_are_masked_where_they_stand_alone() -> None:
    masker = Masker(Mask(names=(("Al",),)))

    assert masker.text("Al also fell, said Al.") == "[masked 1] also fell, said [masked 1]."


def test_several_names_keep_their_numbers() -> None:
    masker = Masker(Mask(names=(("Mara Lind",), ("Ivo Sand", "the colonel"))))

    assert masker.text("Ivo Sand met Mara Lind; the colonel left.") == "[masked 2] met [masked 1]; [masked 2] left."


@given(text=st.text(max_size=60), start=st.integers(0, 60), length=st.integers(1, 10))
def test_masking_what_is_masked_changes_nothing_and_spans_fit(text: str, start: int, length: int) -> None:
    whole = f"{text[:start]}Mara Lind{text[start:]}"
    pieces = Masker(Mask(names=(("Mara Lind",),))).pieces(whole)
    cut = Cut(whole, pieces)
    end = min(start + length, len(whole))

    assert "Mara Lind" not in cut.text
    if start < end:
        moved = cut.span(start, end)
        assert cut.text[moved.start : moved.end] == moved.text
        assert moved.text


MASKS = {
    "names = 'Mara Lind'": "expected a list",
    "names = [1]": "expected texts",
    "names = ['...']": "expected a name with letters",
    "claims = ['']": "not blank",
    "people = ['Mara Lind']": "unknown list 'people'",
    "names = [": "expected a mask as TOML",
    "": "masks nothing",
}


@pytest.mark.parametrize(("toml", "said"), MASKS.items())
def test_a_mask_that_is_not_understood_is_refused(toml: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "mask.toml"
    path.write_text(toml)
    with pytest.raises(UsageError, match=said):
        Mask.load(path)


def test_a_mask_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mask.toml"
    path.write_text("names = ['Mara Lind', ['Ivo Sand', 'Sand']]\nclaims = ['5be0']\nclaimants = ['The mayor']\n")

    assert Mask.load(path) == Mask((("Mara Lind",), ("Ivo Sand", "Sand")), ("5be0",), ("The mayor",))


def test_the_log_of_an_export_says_that_it_was_masked(held: Ledger) -> None:
    exported(held, "csv")
    with held.reading_all() as connection:
        detail = connection.exec_driver_sql("SELECT detail FROM log ORDER BY key DESC LIMIT 1").scalar()

    assert json.loads(str(detail))["masked"] is True
