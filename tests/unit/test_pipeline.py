from __future__ import annotations

import io
import os
import signal
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

import sayso
from sayso import pipeline
from sayso.config import Config
from sayso.errors import IntakeError, LedgerError, SaysoError, UsageError
from sayso.ledger import Ledger
from sayso.pipeline import Outcome, run
from sayso.read import Reader
from sayso.types import Filters, Quarantined

TEXT = "The ministry said on Tuesday that {} shells fell on the market of Orvane, and nobody was hurt there."


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(TEXT.format(number + 2))
    (folder / "3.txt").write_text("")
    return folder


def places(outcomes: list[Outcome | Quarantined]) -> list[str]:
    found = (o.location if isinstance(o, Quarantined) else o.received.article.location for o in outcomes)
    return [Path(location).name for location in found]


@pytest.mark.parametrize("jobs", [1, 2])
def test_outcomes_come_in_the_order_of_the_input(reports: Path, jobs: int) -> None:
    seen: list[Outcome | Quarantined] = []

    summary = run([str(reports / "5.txt"), str(reports)], Config(jobs=jobs), watch=seen.append)

    assert places(seen) == ["5.txt", "0.txt", "1.txt", "2.txt", "3.txt", "4.txt", "5.txt"]
    assert (summary.read, summary.quarantined, summary.known, summary.unread) == (6, 1, 0, 0)
    assert summary.words == 6 * len(TEXT.split())
    assert summary.seconds > 0


def test_without_a_ledger_nothing_is_written(reports: Path, tmp_path: Path) -> None:
    run([str(reports)], Config(ledger=str(tmp_path / "sayso.db")))

    assert list(tmp_path.iterdir()) == [reports]


def test_watch_is_told_after_the_article_is_stored(reports: Path, db_url: str) -> None:
    stored = []
    with Ledger.open(db_url) as ledger, Ledger.open(db_url) as other:
        run([str(reports)], Config(), ledger, watch=lambda _: stored.append(len(list(other.articles()))))

    assert stored == [1, 2, 3, 3, 4, 5]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_copy_is_the_same_article(tmp_path: Path, db_url: str, jobs: int) -> None:
    (tmp_path / "a.txt").write_text(TEXT.format(2))
    (tmp_path / "b.txt").write_text(TEXT.format(2))
    with Ledger.open(db_url) as ledger:
        summary = run([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], Config(jobs=jobs), ledger)

        assert (summary.read, summary.known) == (1, 1)
        assert len(list(ledger.articles())) == 1


def test_what_is_known_is_read_again_only_when_asked(reports: Path, db_url: str) -> None:
    seen: list[Outcome | Quarantined] = []
    with Ledger.open(db_url) as ledger:
        run([str(reports)], Config(), ledger)
        run([str(reports)], Config(), ledger, watch=seen.append)
        assert [o.reading for o in seen if isinstance(o, Outcome)] == [None] * 5

        again = run([str(reports)], Config(), ledger, again=True, watch=seen.append)

    assert (again.read, again.known, again.quarantined) == (0, 5, 1)
    assert all(o.reading and o.known for o in seen[6:] if isinstance(o, Outcome))


def test_a_ledger_in_the_folder_that_is_read_is_no_input(reports: Path) -> None:
    with Ledger.open(str(reports / "sayso.db")) as ledger:
        summary = run([str(reports)], Config(), ledger)

    assert (summary.read, summary.quarantined) == (5, 1)


def test_standard_input(tmp_path: Path) -> None:
    summary = run(["-"], Config(), stdin=io.BytesIO(TEXT.format(2).encode()))

    assert (summary.read, summary.quarantined) == (1, 0)


def test_a_ledger_that_cannot_be_written_ends_the_run(reports: Path, tmp_path: Path) -> None:
    with Ledger.open(str(tmp_path / "a.db")) as ledger:
        run([str(reports / "0.txt")], Config(), ledger)
        ledger._engine.dispose()
        (tmp_path / "a.db").write_bytes(b"no database at all, but a text of some length\n" * 100)

        with pytest.raises(LedgerError):
            run([str(reports)], Config(), ledger)


def test_a_killed_process_is_named_and_loses_nothing(reports: Path, db_url: str) -> None:
    def kill_the_readers(_: Outcome | Quarantined) -> None:
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        for child in map(int, children):
            with suppress(FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                    os.kill(child, signal.SIGKILL)

    for number in range(10, 40):
        (reports / f"{number}.txt").write_text(TEXT.format(number))
    with Ledger.open(db_url) as ledger:
        with pytest.raises(SaysoError, match="a reading process was killed"):
            run([str(reports)], Config(jobs=2), ledger, watch=kill_the_readers)
        assert 0 < len(list(ledger.articles())) < 35

        run([str(reports)], Config(), ledger)
        assert len(list(ledger.articles())) == 35


def test_read_makes_a_reading_of_a_text() -> None:
    reading = sayso.read(
        TEXT.format("two"),
        title="Shells on Orvane",
        outlet="The Lantern",
        published="2031-03-05",
        url="https://a.example",
    )

    article = reading.article
    assert article.text == f"Shells on Orvane\n\n{TEXT.format('two')}"
    assert (article.outlet, article.published, article.url) == ("The Lantern", "2031-03-05", "https://a.example")
    assert sayso.read(TEXT.format("two")) == replace(sayso.read(TEXT.format("two")))
    assert sayso.Reading.from_json(reading.to_json()) == reading


@pytest.mark.parametrize(
    ("text", "published", "error"),
    [
        (" \n", None, IntakeError),
        (TEXT, "last week", UsageError),
        ("Министерство сообщило во вторник, что два снаряда упали на рынок, никто не пострадал.", None, UsageError),
    ],
)
def test_read_says_what_it_cannot_read(text: str, published: str | None, error: type[SaysoError]) -> None:
    with pytest.raises(error):
        sayso.read(text, published=published)


def test_a_claim_of_each_kind_of_reading_reaches_the_ledger(reports: Path, db_url: str) -> None:
    with Ledger.open(db_url) as ledger:
        run([str(reports)], Config(outlet="The Lantern"), ledger)
        claims = list(ledger.claims(Filters(by="the ministry")))

    assert {claim.chain[0] for claim in claims} == {"The Lantern"}
    assert all("shells fell" in claim.text for claim in claims)
    assert pipeline.read_text(TEXT.format(2)).attributions


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("[ONNXRuntimeError] : 6 : std::bad_alloc")])
def test_want_of_memory_is_no_fault_of_the_articles(
    reports: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """It would be read on another machine, or later: it is not set aside."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Reader, "begin", fail)
    with pytest.raises(MemoryError):
        run([str(reports)], Config())
