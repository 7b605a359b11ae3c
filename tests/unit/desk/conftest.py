from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.unit.ledger.builders import Builder, received, set_aside

from sayso import config, linking, pipeline
from sayso.desk.app import make_app
from sayso.ledger import Ledger
from sayso.read.added import add as add_places

EXAMPLES = Path(__file__).parents[3] / "examples"
"""Invented reports, as a user reads them first."""

SCRIPT = "<script>alert(1)</script>"
QUOTES = "\"><img src=x onerror=alert(1)>'"
TURNED = "\u202egnp.exe\u2066"
ARABIC = "قال \u200fالوزير"
"""Names and words that an article may have."""


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the desk keeps for a ledger on a server must not lie among the files of whoever runs the tests."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def demo_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the example reports, read and linked as a user would."""
    folder = tmp_path_factory.mktemp("demo")
    path, places = folder / "demo.db", folder / "places.tsv"
    settled = config.load({"ledger": str(path), "places": str(places)}, {}, folder)
    add_places(EXAMPLES / "places.csv", places, settled.limits)
    with Ledger.open(str(path)) as ledger:
        pipeline.run([str(EXAMPLES / "reports")], settled, ledger)
        linking.link(ledger)
    return path


@pytest.fixture(scope="session")
def demo(demo_path: Path) -> Iterator[TestClient]:
    yield from client(demo_path)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The desk over articles that try to do something to whoever looks at them."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    with Ledger.open(str(path)) as ledger:
        for number, url in enumerate(("javascript:alert(1)", "https://example.org/\"onclick='alert(1)'", TURNED), 1):
            name = (SCRIPT, QUOTES, TURNED, ARABIC)[number]
            title = f"Report {number} {SCRIPT} {TURNED}"
            text = f"{title}\n\n{name} said that {SCRIPT} {number} people died in {QUOTES} town. It was {TURNED} loud."
            item = received(
                text, outlet=f"Outlet/{QUOTES}{SCRIPT}", location=f"{SCRIPT}{TURNED}/{number}.txt", title=title
            )
            item = replace(item, article=replace(item.article, url=url))
            build = Builder(item)
            said = build.says(name, f"that {SCRIPT} {number} people died in {QUOTES} town", cue="said")
            build.killed(f"{number} people died", number, said)
            build.place(f"{QUOTES} town")
            build.rests_on(f"{TURNED} loud", "witness", said)
            build.labels("loud")
            ledger.store(item, build.reading)
        ledger.quarantine(set_aside(f"{SCRIPT}{TURNED}.txt", f"bad {QUOTES}"))
        linking.link(ledger)
    yield from client(path)


def client(path: Path) -> Iterator[TestClient]:
    app = make_app(str(path))
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as asked:
        yield asked
    app.state.desk.close()
