"""``kill -9`` at 200 points of reading, linking, deciding and exporting: what was reported is there, nothing is there
in part, and going on comes to what an undisturbed run comes to.

Three in four points are a call of a function, drawn by a seed, so that they are the same each time; one in four is a
moment, so that writes and commits are struck in the middle, too.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests.faults.kill_server import READER

from sayso import deciding, exporting, linking, pipeline
from sayso.config import Config
from sayso.ledger import Judgement, Ledger
from sayso.types import Filters

ROOT = Path(__file__).parents[2]
ARTICLES = 6
POINTS = {"make": 15, "read": 45, "link": 60, "decide": 50, "export": 30}
assert sum(POINTS.values()) == 200

Kill = Callable[..., list[Any]]
Content = dict[str, Any]


@pytest.fixture(scope="module")
def kill() -> Iterator[Kill]:
    """Has a job done in a process that dies at a point; what it reported."""
    command = [sys.executable, "-m", "tests.faults.kill_server"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as server:  # type: ignore[call-overload]

        def ask(do: str, ledger: Path, **job: Any) -> list[Any]:
            server.stdin.write(json.dumps({"do": do, "ledger": str(ledger), **job}) + "\n")
            server.stdin.flush()
            reported: list[Any] = json.loads(server.stdout.readline())
            return reported

        yield ask
        server.stdin.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("killed")


@pytest.fixture(scope="module")
def reports(folder: Path) -> Path:
    """Short reports of two events, some of which deny what others say; and one row that cannot be read."""
    path = folder / "reports.jsonl"
    rows = []
    for n in range(ARTICLES):
        town, month, what = (
            ("Orvane", 3, "shells fell on the market") if n % 2 else ("Karvel", 5, "gunmen took the school")
        )
        killed = f"{n // 3 + 3} people were killed in {town}"
        text = (
            f"Ivo Brandt, a spokesman of the ministry, said on Tuesday that {what} of {town}. "
            f"“At least {killed},” he added. Mara Lind denied that {killed}."
        )
        day = f"2031-0{month}-0{n % 3 + 4}"
        rows.append({"text": text, "outlet": f"Paper {n}", "published": day, "title": f"{town} {n}"})
    lines = [json.dumps(row) for row in rows]
    lines.insert(3, '{"text": ')
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture(scope="module")
def empty_ledger(folder: Path) -> Path:
    Ledger.open(str(folder / "empty.db")).close()
    return folder / "empty.db"


@pytest.fixture(scope="module")
def read_ledger(kill: Kill, reports: Path, folder: Path) -> Path:
    """A ledger in which all is read, and nothing is linked."""
    kill("read", folder / "read.db", reports=str(reports))
    return folder / "read.db"


@pytest.fixture(scope="module")
def linked_ledger(kill: Kill, read_ledger: Path, folder: Path) -> Path:
    path = Path(shutil.copy(read_ledger, folder / "linked.db"))
    kill("link", path)
    with Ledger.open(str(path)) as ledger:
        assert len(list(ledger.stories())) >= 2
        assert {row.relation for row in ledger.links()} >= {"repeats", "denies"}
    return path


def content(path: Path) -> Content:
    """All that a ledger says, without the times at which it was put there; and that the file is sound."""
    with Ledger.open(str(path)) as ledger:
        with ledger._engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        ids = [row.id for row in ledger.articles()]
        return {
            "articles": {id_: ledger.article(id_) for id_ in ids},
            "bytes": {id_: ledger.data(ledger.article(id_).reading["article"]["sha256"]) for id_ in ids},
            "claims": list(ledger.claims()),
            "found": [row.id for row in ledger.claims(Filters(about="killed"))],
            "quarantine": sorted((row.location, row.sha256, row.reason) for row in ledger.quarantined()),
            "stories": list(ledger.stories()),
            "links": list(ledger.links()),
            "echoes": list(ledger.echoes()),
            "warnings": list(ledger.warnings()),
            "claimants": list(ledger.claimants()),
            "decisions": sorted((row.about, row.other or "", row.verdict, row.user) for row in ledger.decisions()),
        }


def points(kill: Kill, what: str, ledger: Path | None, count: int, **job: Any) -> Iterator[dict[str, Any]]:
    """Where to kill it: points spread over what an undisturbed run takes, on a copy."""
    taken = []
    for how in ({}, {"after": 600.0}):
        with tempfile.TemporaryDirectory() as folder:
            whole = Path(folder, "whole.db")
            if ledger:
                shutil.copy(ledger, whole)
            taken.append(kill(what, whole, **job, **how)[-1])
    done, unwatched = taken
    chance = random.Random(f"20310304 {what} {ledger is None}")
    for n in range(count):
        if n % 4:
            yield {"at": chance.randint(1, done["calls"])}
        else:
            yield {"after": chance.uniform(0, unwatched["seconds"])}


@pytest.fixture
def same_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader of each run is loaded once."""
    monkeypatch.setattr(pipeline, "reader_of", lambda config: READER)


@pytest.mark.parametrize("what", ["make", "read"])
def test_reading(
    what: str, kill: Kill, reports: Path, empty_ledger: Path, read_ledger: Path, tmp_path: Path, same_reader: None
) -> None:
    undisturbed = content(read_ledger)
    assert len(undisturbed["articles"]) == ARTICLES
    start = None if what == "make" else empty_ledger  # whether the ledger has to be made first
    parts = []
    for n, point in enumerate(points(kill, "read", start, POINTS[what], reports=str(reports))):
        ledger = tmp_path / f"{n}.db"
        if start:
            shutil.copy(start, ledger)

        reported = kill("read", ledger, reports=str(reports), **point)

        found = content(ledger)
        ids = {line for line in reported if isinstance(line, str)}
        assert ids <= set(found["articles"]), "reported as stored, and gone"
        assert len(found["articles"]) <= len(ids) + 1
        for id_ in found["articles"]:
            assert found["articles"][id_] == undisturbed["articles"][id_], "half an article"
        assert found["claims"] == [c for c in undisturbed["claims"] if c.article in found["articles"]]
        with Ledger.open(str(ledger)) as held:
            pipeline.run([str(reports)], Config(), held)
        assert content(ledger) == undisturbed
        parts.append(len(found["articles"]))
    if start:
        assert sum(0 < part < ARTICLES for part in parts) > len(parts) // 3, "many of the kills should come midway"


def test_linking(kill: Kill, read_ledger: Path, linked_ledger: Path, tmp_path: Path) -> None:
    before, after = content(read_ledger), content(linked_ledger)
    parts = []
    for n, point in enumerate(points(kill, "link", read_ledger, POINTS["link"])):
        ledger = Path(shutil.copy(read_ledger, tmp_path / f"{n}.db"))

        reported = kill("link", ledger, **point)

        found = content(ledger)
        assert found["articles"].keys() == before["articles"].keys()
        assert [claim.id for claim in found["claims"]] == [claim.id for claim in before["claims"]]
        with Ledger.open(str(ledger)) as held:
            done = max((line for line in reported if isinstance(line, int)), default=0)
            assert held.waiting() <= ARTICLES - done, "reported as linked, and not"
            parts.append(held.waiting())
            linking.link(held)
        assert content(ledger) == after
    assert sum(0 < part < ARTICLES for part in parts) > len(parts) // 3


def test_deciding(kill: Kill, linked_ledger: Path, tmp_path: Path) -> None:
    with Ledger.open(str(linked_ledger)) as held:
        claims = list(held.claims())
    one, other = next((a, b) for a in claims for b in claims if a.story and b.story and a.story < b.story)
    decisions = [
        ("confirm", claims[0].id, None),
        ("reject", claims[1].id, None),
        ("same-story", one.id, other.id),
        ("same-party", claims[2].id, next(c.id for c in claims if c.claimant not in (None, claims[2].claimant))),
        ("reject", claims[-1].id, None),
    ]
    stages = _stages(linked_ledger, decisions, tmp_path / "stages.db")
    assert all(a != b for a, b in pairwise(stages))
    parts = []
    for n, point in enumerate(points(kill, "decide", linked_ledger, POINTS["decide"], decisions=decisions)):
        ledger = Path(shutil.copy(linked_ledger, tmp_path / f"{n}.db"))

        reported = kill("decide", ledger, decisions=decisions, **point)

        found = content(ledger)
        entered, told = len(found["decisions"]), sum(isinstance(line, str) for line in reported)
        assert told <= entered <= told + 1
        assert found == stages[entered], "a decision without what rests on it"
        with Ledger.open(str(ledger)) as held:
            for verdict, about, to in decisions[entered:]:
                deciding.decide(held, Judgement(verdict, about, "mara", to))  # type: ignore[arg-type]
        assert content(ledger) == stages[-1]
        parts.append(entered)
    assert sum(0 < part < len(decisions) for part in parts) > len(parts) // 3


def _stages(linked: Path, decisions: list[Any], ledger: Path) -> list[Content]:
    """What the ledger says before, between and after the decisions."""
    shutil.copy(linked, ledger)
    stages = [content(ledger)]
    for verdict, about, to in decisions:
        with Ledger.open(str(ledger)) as held:
            deciding.decide(held, Judgement(verdict, about, "mara", to))
        stages.append(content(ledger))
    return stages


def test_exporting(kill: Kill, linked_ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = content(linked_ledger)
    struck = 0
    where = points(kill, "export", linked_ledger, POINTS["export"], kind="geojson", out=str(out))
    for n, point in enumerate(where):
        kind = exporting.KINDS[n % len(exporting.KINDS)]
        if kind in ("corrections", "warc"):  # nothing was decided there, and nothing fetched
            kind = "geojson"
        with Ledger.open(str(linked_ledger)) as held:
            exporting.export(held, kind, tmp_path / "whole")
        out.write_bytes(b"the file of yesterday")

        reported = kill("export", linked_ledger, kind=kind, out=str(out), **point)

        assert out.read_bytes() in (b"the file of yesterday", (tmp_path / "whole").read_bytes()), "half a file"
        if reported:
            assert out.read_bytes() == (tmp_path / "whole").read_bytes()
        struck += any(path.name.startswith(".out.") for path in tmp_path.iterdir())
        for unfinished in tmp_path.glob(".out.*"):
            unfinished.unlink()
    assert struck, "some kills should come while the file is written"
    assert content(linked_ledger) == before
