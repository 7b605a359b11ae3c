"""One laptop, two processes, a cluster with Ray, and a ledger that read it all itself: row for row the same."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests import clusters

from sayso import pipeline
from sayso.config import Config, Limits
from sayso.ledger import Ledger
from sayso.scale import load, read_into

CONFIG = Config(places="", limits=Limits(shard_bytes=clusters.SHARD))
EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
DATA = Path(os.environ.get("SAYSO_DATA", Path(__file__).parents[3] / "shared" / "data"))
REPORTS = 100

Rows = tuple[list[Any], list[Any]]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clusters.invented(tmp_path_factory.mktemp("given") / "reports")


@pytest.fixture(scope="module")
def laptop(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    out = tmp_path_factory.mktemp("laptop")
    read_into([str(reports)], str(out), CONFIG)
    return clusters.rows_of(out)


def test_each_article_is_there_once(laptop: Rows, reports: Path) -> None:
    articles, aside = laptop
    outcomes = pipeline.outcomes([str(reports)], CONFIG)

    assert len({row["id"] for row in articles}) == len(articles) == 45
    assert {row["id"] for row in articles} == {
        o.received.article.id for o in outcomes if isinstance(o, pipeline.Outcome)
    }
    assert [row["reading"] is None for row in articles].count(True) == 1
    assert len(aside) == 2


def test_two_processes_read_what_one_reads(laptop: Rows, reports: Path, tmp_path: Path) -> None:
    read_into([str(reports)], str(tmp_path), CONFIG, jobs=2)

    assert clusters.rows_of(tmp_path) == laptop


def content(ledger: Path) -> dict[str, list[Any]]:
    """What a ledger shows, linked; when things were stored does not count."""
    with Ledger.open(str(ledger), create=False) as held:
        nouns = ("articles", "claims", "claimants", "stories", "echoes", "links", "warnings")
        told: dict[str, list[Any]] = {noun: list(getattr(held, noun)()) for noun in nouns}
        told["quarantine"] = sorted((q.location, q.sha256, q.reason) for q in held.quarantined())
        told["readings"] = [held.article(row.id) for row in held.articles()]
        told["bytes"] = [held.data(read["article"]["sha256"]) for _, read, _ in told["readings"] if read]
        return told


def test_a_ledger_that_is_loaded_is_like_one_that_reads(reports: Path, tmp_path: Path) -> None:
    compare_ledgers([str(reports), str(EXAMPLES)], tmp_path, CONFIG)


@pytest.mark.skipif(not (DATA / "fakes").is_dir(), reason=f"no reports at {DATA}; SAYSO_DATA says where they are")
def test_a_ledger_of_real_reports_is_so_too(tmp_path: Path) -> None:
    lines = (DATA / "fakes" / "articles.jsonl").read_text("utf-8").splitlines()[:REPORTS]
    (tmp_path / "reports.jsonl").write_text("\n".join(lines), "utf-8")

    compare_ledgers([str(tmp_path / "reports.jsonl")], tmp_path, replace(CONFIG, limits=Limits(shard_bytes=50_000)))


def compare_ledgers(paths: list[str], folder: Path, config: Config) -> None:
    with Ledger.open(str(folder / "read.db")) as ledger:
        pipeline.run(paths, replace(config, jobs=2), ledger)
        pipeline.link(ledger)
    read_into(paths, str(folder / "out"), config, jobs=2)
    with Ledger.open(str(folder / "loaded.db")) as ledger:
        done = load(str(folder / "out"), ledger)
        again = load(str(folder / "out"), ledger)
        pipeline.link(ledger)

    assert (done.known, again.stored, again.quarantined) == (0, 0, 0)
    assert content(folder / "loaded.db") == content(folder / "read.db")


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment in which a bucket "reports" is found, on a server of this machine."""
    for name in ("moto", "flask", "s3fs"):
        pytest.importorskip(name, reason=f"{name} is not installed; it comes with sayso[test]")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environ = {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "invented",
        "AWS_SECRET_ACCESS_KEY": "invented",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(urllib.request.Request(f"{url}/reports", method="PUT")).close()
                break
            except OSError:
                assert time.monotonic() < deadline, "no S3"
                time.sleep(0.1)
        yield environ
    finally:
        server.kill()
        server.wait()


def test_ray_reads_the_same_from_one_bucket_into_another_place(
    s3: dict[str, str], laptop: Rows, reports: Path, tmp_path: Path
) -> None:
    """The command, a Ray of its own, and an S3-like server."""
    pytest.importorskip("ray", reason="ray is not installed; pip install 'sayso[scale]'")
    environ = {**os.environ, **s3, "SAYSO_LIMIT_SHARD_BYTES": str(clusters.SHARD), "SAYSO_PLACES": ""}
    _copy(environ, str(reports), "s3://reports/given")
    command = [sys.executable, "-m", "sayso", "read", "--engine", "ray", "--jobs", "2", "s3://reports/given"]

    done = subprocess.run(
        [*command, "--out", "s3://reports/out"], env=environ, capture_output=True, text=True, timeout=170
    )
    again = subprocess.run(
        [*command, "--out", "s3://reports/out"], env=environ, capture_output=True, text=True, timeout=170
    )
    _copy(environ, "s3://reports/out", str(tmp_path / "out"))

    assert done.returncode == 1, done.stderr  # two are set aside
    assert "49 articles read; 1 not read, not in English; 5 left out" in done.stderr
    assert "0 shards to read" in again.stderr
    of_bucket = [
        [row | {"location": row["location"].replace(str(reports), "s3://reports/given")} for row in rows]
        for rows in laptop
    ]
    found = clusters.rows_of(tmp_path / "out")
    for rows, same in zip(found, of_bucket, strict=True):
        for row in [*rows, *same]:
            del row["position"]  # among the small files of a shard, and what they are called tells where that ends
        assert rows == same


def test_the_ray_that_it_starts_listens_on_this_machine_only() -> None:
    pytest.importorskip("ray", reason="ray is not installed; pip install 'sayso[scale]'")
    if not Path("/proc/net/tcp").exists():
        pytest.skip("looks at the sockets in /proc")
    script = (
        "import os, re\n"
        "from pathlib import Path\n"
        "from sayso.scale.cluster import connected\n"
        "def listening():\n"
        "    found = {}\n"
        "    for name in ('tcp', 'tcp6'):\n"
        "        for line in Path('/proc/net', name).read_text().splitlines()[1:]:\n"
        "            cells = line.split()\n"
        "            if cells[3] == '0A':\n"
        "                found[cells[9]] = cells[1].split(':')[0]\n"
        "    return found\n"
        "def mine():\n"
        "    for process in Path('/proc').iterdir():\n"
        "        try:\n"
        "            if process.name.isdigit() and b'SAYSO_TEST_MARK=1' in (process / 'environ').read_bytes():\n"
        "                yield from (os.readlink(fd) for fd in (process / 'fd').iterdir())\n"
        "        except OSError:\n"
        "            continue\n"
        "with connected(1):\n"
        "    sockets = {m.group(1) for m in map(re.compile(r'socket:.(\\d+)').match, mine()) if m}\n"
        "    print(*sorted({address for inode, address in listening().items() if inode in sockets}))\n"
    )
    environ = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environ | {"SAYSO_TEST_MARK": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )

    loopback = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}
    assert done.stdout.split(), done.stderr
    assert set(done.stdout.split()) <= loopback


def _copy(environ: dict[str, str], source: str, target: str) -> None:
    script = (
        "import sys, fsspec\n"
        "url = next(u for u in sys.argv[1:] if '://' in u)\n"
        "fs = fsspec.core.url_to_fs(url)[0]\n"
        "(fs.put if sys.argv[2] == url else fs.get)(sys.argv[1], sys.argv[2], recursive=True)\n"
    )
    subprocess.run([sys.executable, "-c", script, source, target], env=environ, check=True, timeout=100)
