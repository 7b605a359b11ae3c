from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.ledger.builders import Builder, received, set_aside

from sayso.cli import command
from sayso.ledger import Ledger
from sayso.ledger.packed import Told
from sayso.types import ClaimRow, EchoRow, Filters, LinkRow, StoryFigure, StoryRow, WarningRow

Sayso = Callable[..., Result]

BRIDGE = (
    "Bridge\n\nA calm morning in Sennath.\n\nIvo Brandt said that the ministry denied that ten people died in Orvane. "
    "Nobody answered the telephone.\n\nThe river rose."
)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of whoever runs the tests; an empty current folder."""
    for name in ("LEDGER", "OUTLET", "PUBLISHED", "FORMAT", "JOBS", "READER", "WEIGHTS"):
        monkeypatch.delenv(f"SAYSO_{name}", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def sayso() -> Sayso:
    """Runs a command in this process: ``sayso("claims", "--limit", 1)``."""

    def run(*words: object, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(command, [str(word) for word in words], input=stdin, catch_exceptions=False)

    return run


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "made.db"
    with Ledger.open(str(path)) as ledger:
        for number, claimant in enumerate(("the ministry", "the ministry", "Mara Lind"), 1):
            item = received(
                f"Report {number}.\n\n{claimant} said that {number} shells fell on Orvane.",
                outlet=("Harbour Post", "The Lantern")[number % 2],
                published=f"2031-05-0{number}",
                location=f"reports/{number}.txt",
            )
            build = Builder(item)
            build.says(claimant, f"that {number} shells fell on Orvane", cue="said")
            build.place("Orvane")
            ledger.store(item, build.reading)
        item = received(BRIDGE, published="2031-05-09", location="reports/bridge.txt", title="Bridge")
        build = Builder(item)
        outer = build.says("Ivo Brandt", "that the ministry denied that ten people died in Orvane", cue="said")
        inner = build.says(
            "the ministry", "that ten people died in Orvane", cue="denied", within=outer, stance="denies"
        )
        build.killed("ten people", 10, inner)
        build.place("Orvane")
        ledger.store(item, build.reading)
        ledger.store(received("Кто-то сказал.", location="reports/other.txt", published="2031-05-10"), None)
        ledger.quarantine(set_aside("reports/\x1b[31mbad.txt", "it is empty"))
    return path


@pytest.fixture
def ledger(made_once: Path, tmp_path: Path) -> Path:
    """A ledger with four articles that were read, one that was not, and one piece of input set aside."""
    return Path(shutil.copy(made_once, tmp_path / "sayso.db"))


@pytest.fixture
def linked(ledger: Path) -> Path:
    """The same ledger with a story that all four articles tell: a denial, a copy, a warning."""
    with Ledger.open(str(ledger)) as held:
        claims = {row.outlet or "": row for row in held.claims(Filters(about="shells"))} | {
            row.stance: row for row in held.claims(Filters(about="died"))
        }
        shells, copied, denial = claims["The Lantern"], claims["Harbour Post"], claims["denies"]
        articles = tuple(row.id for row in held.articles() if row.location != "reports/other.txt")
        warned = WarningRow(
            shells.id, "the ministry", "that shells fall", "Orvane", "2031-05-01", "2031-05-15", "followed",
            (), (denial.id,), (copied.id, shells.id),
        )  # fmt: skip
        with held.linking() as linking:
            keys = [
                linking.put(key, Told.of(linking.linkable(key), None), (), None)
                for key in linking.waiting(linking.linked_up_to(), 9)
            ]
            nodes = [(key, 0) for key in keys]
            linking.add_stories([(a_story(articles, denial), nodes)])
            links = [
                LinkRow(copied.id, shells.id, "repeats", "shells fell on Orvane", 0.9),
                LinkRow(denial.id, shells.id, "denies", "ten people died", 0.8),
            ]
            said = [{"claim_id": c.id, "echo_of": None} for c in (shells, denial)]
            linking.tell({"5701aa": [*said, {"claim_id": copied.id, "echo_of": shells.id}]}, links)
            linking.replace_echoes(keys, [EchoRow(copied.article, shells.article, 0.75, "Harbour Wire")])
            linking.put_warning(warned)
    return ledger


def a_story(articles: tuple[str, ...], denial: ClaimRow) -> StoryRow:
    killed = StoryFigure("the ministry", "killed", 10, 10, "2031-05-09", "2031-05-09", (denial.article,))
    return StoryRow(
        *("5701aa", "Shells on Orvane", "ASSAULT", "Orvane", 35.5, 36.5, "2031-05-01", "2031-05-09", articles),
        *(("Harbour Post", "The Lantern"), ("the ministry",), 3, 3, True, (killed,), ()),
    )
