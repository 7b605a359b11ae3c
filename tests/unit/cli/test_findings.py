from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from tests.unit.cli.conftest import Sayso

from sayso.config import Config
from sayso.errors import UsageError
from sayso.findings import add_findings
from sayso.ledger import Ledger

REPORT = (
    "Ivo Brandt, a teacher, said that five shells had hit the market of Homs on 4 May 2031. "
    "Twelve people were killed in the shelling of the market, the hospital said. "
    "The mayor said that the price of bread would rise."
)
FOUND = "The inquiry found that five shells were fired at the market of Homs on 4 May 2031 from a barracks."
BODY = "Brandt Inquiry"


def review(author: str | None = None, **changed: Any) -> dict[str, Any]:
    by = {"author": {"@type": "Organization", "name": author}} if author else {}
    return {
        "@type": "ClaimReview",
        "datePublished": "2031-07-01",
        "claimReviewed": "Shells were fired at the market of Homs on 4 May 2031",
        "reviewRating": {"@type": "Rating", "alternateName": "Well supported"},
        **by,
        **changed,
    }


@pytest.fixture
def read(sayso: Sayso, tmp_path: Path) -> Path:
    """The current folder: a ledger with one report, and a document of findings."""
    (tmp_path / "report.txt").write_text(REPORT)
    (tmp_path / "found.txt").write_text(FOUND)
    assert sayso("read", "report.txt", "--outlet", "Harbour Post", "--published", "2031-05-05").exit_code == 0
    return tmp_path


def rows(sayso: Sayso, listing: str, **filters: str) -> list[dict[str, Any]]:
    options = [word for name, value in filters.items() for word in (f"--{name}", value)]
    return [json.loads(line) for line in sayso(listing, "--format", "jsonl", *options).stdout.splitlines()]


def test_a_document_is_the_word_of_its_body_and_is_tied_to_what_it_concerns(sayso: Sayso, read: Path) -> None:
    done = sayso("findings", "add", "found.txt", "--body", BODY, "--published", "2031-07-01")

    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == f"sayso: {BODY}: 1 finding, concerning 2 claims. See sayso links --outlet '{BODY}'\n"
    (finding,) = rows(sayso, "claims", outlet=BODY)
    assert finding["chain"][0] == BODY
    found = [link for link in rows(sayso, "links") if link["relation"] == "finds"]
    assert {link["from"] for link in found} == {finding["id"]}
    texts = {claim["id"]: claim["text"] for claim in rows(sayso, "claims", outlet="Harbour Post")}
    assert sorted(texts[link["to"]] for link in found) == [
        "Twelve people were killed in the shelling of the market",
        "that five shells had hit the market of Homs on 4 May 2031",
    ]


def test_the_same_document_again_adds_nothing(sayso: Sayso, read: Path) -> None:
    words = ("findings", "add", "found.txt", "--body", BODY, "--published", "2031-07-01")
    sayso(*words)
    before = rows(sayso, "links"), rows(sayso, "claims")

    again = sayso(*words)

    assert again.exit_code == 0
    assert again.stderr.splitlines() == [
        f"sayso: {BODY}: 0 findings, concerning 0 claims.",
        "sayso: 1 document known already; what was added stays as it is, its date too.",
    ]
    assert (rows(sayso, "links"), rows(sayso, "claims")) == before


def test_a_document_may_come_from_standard_input(sayso: Sayso, read: Path) -> None:
    done = sayso("findings", "add", "-", "--body", BODY, "--published", "2031-07-01", stdin=FOUND.encode())

    assert (done.exit_code, done.stderr) == (
        0,
        f"sayso: {BODY}: 1 finding, concerning 2 claims. See sayso links --outlet '{BODY}'\n",
    )


def test_a_feed_may_come_from_standard_input(sayso: Sayso, read: Path) -> None:
    done = sayso("findings", "add", "-", "--body", BODY, stdin=json.dumps([review()]).encode())

    assert done.exit_code == 0
    assert done.stderr == f"sayso: {BODY}: 1 finding, concerning 1 claim. See sayso links --outlet '{BODY}'\n"
    assert [row["location"] for row in rows(sayso, "articles", outlet=BODY)] == ["-#1"]


def test_a_table_of_a_bodys_articles_is_no_feed(sayso: Sayso, read: Path) -> None:
    page = '<script>{"@type": "ClaimReview"}</script>'
    told = [{"text": FOUND, "published": "2031-07-01", "page": page}, {"text": "It found that bread rose."}]
    table = "\n".join(json.dumps(row) for row in told)
    (read / "found.jsonl").write_text(table)

    done = sayso("findings", "add", "found.jsonl", "--body", BODY)
    piped = sayso("findings", "add", "-", "--body", "Another Desk", stdin=table.encode())

    assert (done.exit_code, piped.exit_code) == (0, 0)
    assert [row["location"] for row in rows(sayso, "articles", outlet=BODY)] == ["found.jsonl#1", "found.jsonl#2"]
    assert "already in the ledger as an article of Brandt Inquiry" in piped.stderr


def test_standard_input_over_the_limit_of_a_feed_is_read_whole(read: Path) -> None:
    told = "".join(json.dumps({"text": f"The inquiry found that {n} bridges fell."}) + "\n" for n in range(40))
    settled = replace(Config(), limits=replace(Config().limits, article_bytes=200))
    with Ledger.open("large.db") as ledger:
        done = add_findings("-", BODY, settled, ledger, stdin=BytesIO(told.encode()))
        assert len(list(ledger.articles())) == 40
    assert done.quarantined == 0


def test_a_document_that_is_known_as_anothers_is_no_finding_and_that_is_said(sayso: Sayso, read: Path) -> None:
    done = sayso("findings", "add", "report.txt", "--body", BODY)

    assert done.exit_code == 0
    first, second = done.stderr.splitlines()
    assert first == f"sayso: {BODY}: 0 findings, concerning 0 claims."
    assert second == (
        "sayso: report.txt: already in the ledger as an article of Harbour Post; "
        f"it stays that, and no finding of {BODY}."
    )


def test_what_was_added_before_is_not_counted_again(sayso: Sayso, read: Path) -> None:
    sayso("findings", "add", "found.txt", "--body", BODY, "--published", "2031-07-01")
    (read / "more.txt").write_text("The inquiry found that the price of bread rose.")

    done = sayso("findings", "add", "more.txt", "--body", BODY)

    assert done.stderr == f"sayso: {BODY}: 1 finding, concerning 0 claims.\n"


@pytest.mark.parametrize("name", ["", " \u2003 "])
def test_a_body_without_a_name_is_refused(sayso: Sayso, read: Path, name: str) -> None:
    with pytest.raises(UsageError, match="body: expected the name"):
        sayso("findings", "add", "found.txt", "--body", name)
    assert sayso("findings", "bodies").stdout == ""


def test_a_name_that_no_database_takes_is_mended(sayso: Sayso, read: Path) -> None:
    done = sayso("findings", "add", "found.txt", "--body", "Brandt\udcff Inquiry")

    assert done.exit_code == 0
    assert sayso("findings", "bodies").stdout.split(maxsplit=1)[1] == "Brandt\ufffd Inquiry\n"


def test_bodies_are_listed_with_how_many_findings_each_has(sayso: Sayso, read: Path) -> None:
    assert sayso("findings", "bodies").stderr == "sayso: no bodies yet. sayso findings add --help says how.\n"
    sayso("findings", "add", "found.txt", "--body", BODY)

    done = sayso("findings", "bodies")

    assert (done.exit_code, done.stderr) == (0, "")
    assert [line.split(maxsplit=1) for line in done.stdout.splitlines()] == [["1", BODY]]


def test_of_a_feed_each_review_is_a_finding_and_those_by_others_are_left_out(sayso: Sayso, read: Path) -> None:
    other = review("Another Desk", claimReviewed="A bridge fell")
    (read / "feed.json").write_text(json.dumps([review(), review(BODY, claimReviewed="Twelve died in Homs"), other]))

    done = sayso("findings", "add", "feed.json", "--body", BODY)

    assert done.exit_code == 0
    first, second = done.stderr.splitlines()
    assert first.startswith(f"sayso: {BODY}: 2 findings, concerning ")
    assert second == "sayso: 1 review by others left out; add each body's under its own name."
    assert [row["location"] for row in rows(sayso, "articles", outlet=BODY)] == ["feed.json#1", "feed.json#2"]
    assert {claim["text"] for claim in rows(sayso, "claims", outlet=BODY)} == {
        "Shells were fired at the market of Homs on 4 May 2031 … Well supported",
        "Twelve died in Homs … Well supported",
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"@type": "ClaimReview"', "no valid JSON"),
        (b'{"@type": "ClaimReview"}', "none with a claimReviewed"),
        (b'{"@type": "ClaimReview\xff", "also": {"@type": "ClaimReview"}}', "not UTF-8"),
        (b"[]", "nothing to read"),
    ],
    ids=["cut", "bare", "bytes", "empty"],
)
def test_a_bad_feed_is_set_aside_and_the_exit_code_says_so(
    sayso: Sayso, read: Path, content: bytes, reason: str
) -> None:
    (read / "bad.json").write_bytes(content)

    done = sayso("findings", "add", "bad.json", "--body", BODY)

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("sayso: quarantined bad.json: ")
    assert reason in done.stderr
    (row,) = rows(sayso, "quarantine")
    assert row["location"] == "bad.json"
    assert reason in row["reason"]
    assert rows(sayso, "claims", outlet=BODY) == []


def test_a_file_that_is_not_there_is_set_aside(sayso: Sayso, read: Path) -> None:
    done = sayso("findings", "add", "missing.html", "--body", BODY)

    assert done.exit_code == 1
    assert "quarantined missing.html" in done.stderr


def test_whose_findings_they_are_must_be_said(sayso: Sayso, read: Path) -> None:
    done = sayso("findings", "add", "found.txt")

    assert done.exit_code == 2
    assert "--body" in done.stderr


def test_what_cannot_be_read_puts_no_body_on_the_list(sayso: Sayso, read: Path) -> None:
    done = sayso("findings", "add", "no-such-file.txt", "--body", BODY)

    assert done.exit_code == 1
    assert "there is no such file" in done.stderr
    assert sayso("findings", "bodies").stdout == ""
