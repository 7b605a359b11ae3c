from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet
import pytest
from tests.unit.cli.conftest import Sayso
from tests.unit.cli.test_streams import sayso as in_a_process

from sayso import exporting
from sayso.errors import UsageError
from sayso.exporting import FORMATS
from sayso.ledger import Ledger
from sayso.types import Filters, LinkRow


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_a_file_holds_what_standard_output_would(sayso: Sayso, ledger: Path, tmp_path: Path, kind: str) -> None:
    written = sayso("export", kind, "-o", tmp_path / "out", "--by", "ministry")
    number = len(sayso("claims", "--by", "ministry", "--json").stdout.splitlines())

    assert written.exit_code == 0
    assert written.stdout == ""
    assert written.stderr == f"sayso: wrote {number} claims to {tmp_path / 'out'}.\n"
    assert (tmp_path / "out").read_bytes() == sayso("export", kind, "--by", "ministry").stdout_bytes


def test_it_exports_claims(sayso: Sayso, ledger: Path, tmp_path: Path) -> None:
    sayso("export", "parquet", "-o", tmp_path / "claims.parquet")
    rows = pyarrow.parquet.read_table(tmp_path / "claims.parquet").to_pylist()
    listed = [json.loads(line) for line in sayso("claims", "--json").stdout.splitlines()]

    assert [row["id"] for row in rows] == [row["id"] for row in listed]


def test_another_kind_is_wrong_usage(sayso: Sayso, ledger: Path) -> None:
    assert sayso("export", "docx").exit_code == 2


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "warc"])
def test_each_format_goes_to_a_file_and_to_standard_output_alike(
    sayso: Sayso, linked: Path, tmp_path: Path, kind: str
) -> None:
    written = sayso("export", kind, "-o", tmp_path / "out")

    assert written.exit_code == 0, written.stderr
    assert written.stderr == f"sayso: wrote {tmp_path / 'out'}.\n"
    assert (tmp_path / "out").read_bytes() == sayso("export", kind).stdout_bytes
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind not in ("plover", "corrections", "warc")])
def test_filters_hold_for_each_format(sayso: Sayso, linked: Path, kind: str) -> None:
    nothing = sayso("export", kind, "--outlet", "The Gazette of Nowhere")

    assert nothing.exit_code == 0, nothing.stderr
    assert nothing.stdout_bytes != sayso("export", kind).stdout_bytes
    assert b"Orvane" not in nothing.stdout_bytes


def test_claims_that_meet_the_filters_are_annotated(sayso: Sayso, linked: Path) -> None:
    listed = [json.loads(line)["id"] for line in sayso("claims", "--json", "--by", "Mara Lind").stdout.splitlines()]
    page = json.loads(sayso("export", "web-annotation", "--by", "Mara Lind").stdout)["first"]

    assert [item["id"] for item in page["items"]] == [f"urn:sayso:claim:{id}" for id in listed]
    assert listed


def test_the_kinds_are_those_that_can_be_written(sayso: Sayso) -> None:
    for kind in exporting.KINDS:
        assert kind in sayso("export", "--help").stdout
    with Ledger.open("new.db") as held, pytest.raises(UsageError, match="'docx'; give one of: csv,"):
        exporting.export(held, "docx", io.BytesIO())


def test_a_finding_is_exported_as_a_review(sayso: Sayso, linked: Path) -> None:
    with Ledger.open(str(linked)) as held:
        finding, about = (next(held.claims(Filters(about=words))) for words in ("died", "shells"))
        with held.linking() as linking:
            linking.tell(
                {"5701aa": [{"claim_id": finding.id, "echo_of": None}, {"claim_id": about.id, "echo_of": None}]},
                [
                    LinkRow(finding.id, about.id, "finds", "Orvane", 0.9),
                ],
            )
    graph = json.loads(sayso("export", "claimreview").stdout)["@graph"]
    (review,) = (node for node in graph if node["@type"] == "ClaimReview")

    assert review["reviewBody"] == finding.text
    assert review["itemReviewed"]["@id"] == f"urn:sayso:claim:{about.id}"


def test_a_listing_that_ends_early_leaves_no_traceback(ledger: Path, tmp_path: Path) -> None:
    for kind in ("csv", "jsonl", "parquet"):
        done = in_a_process("export", kind, "-o", str(tmp_path / "nowhere" / "x"))

        assert done.returncode == 2
        said = f"sayso: cannot write {tmp_path / 'nowhere' / 'x'}: No such file or directory. Give another file.\n"
        assert done.stderr.decode() == said


def test_a_reader_that_has_enough_leaves_no_traceback(ledger: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "sayso", "export", "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdout
    assert child.stderr
    child.stdout.close()
    said = child.stderr.read()
    child.stderr.close()
    child.wait()

    assert b"Traceback" not in said
    assert b"closing cursor" not in said


def test_an_empty_web_archive_is_not_written(sayso: Sayso, ledger: Path, tmp_path: Path) -> None:
    done = sayso("export", "warc", "-o", tmp_path / "pages.warc.gz")

    assert done.exit_code == 0
    said = f"nothing to export: no such article was fetched. {tmp_path / 'pages.warc.gz'} was not written."
    assert done.stderr == f"sayso: {said}\n"
    assert not (tmp_path / "pages.warc.gz").exists()
    assert sayso("export", "warc").stdout_bytes == b""


@pytest.mark.parametrize("kind", ["csv", "xlsx", "acled", "bundle"])
def test_what_of_a_mask_nothing_met_is_told(sayso: Sayso, ledger: Path, tmp_path: Path, kind: str) -> None:
    claim = json.loads(sayso("claims", "--json", "--limit", "1").stdout)["id"]
    mask = tmp_path / "mask.toml"
    mask.write_text(
        "names = ['Mara Lint', ['Ivo Brandt', 'the colonel'], 'Pavo Irrin']\n"
        f"claims = ['{claim[:8]}', '00ff00ff']\nclaimants = ['The Ministry', 'Nobody']\n"
    )
    done = sayso("export", kind, "-o", tmp_path / "out", "--mask", mask)
    asks = "is it spelt as the reports spell it?"

    assert done.exit_code == 0
    told = [
        f"sayso: only single words of 'Mara Lint' (names) matched; {asks}",
        f"sayso: nothing matched 'Pavo Irrin' (names); {asks}",
        "sayso: nothing matched '00ff00ff' (claims); is it a claim's id?",
        f"sayso: nothing matched 'Nobody' (claimants); {asks}",
    ]
    if kind != "acled":  # there are no stories, so nothing is met
        assert done.stderr.splitlines()[:-1] == told
    assert "sayso: nothing matched 'Pavo Irrin' (names)" in done.stderr
    assert "wrote" in done.stderr.splitlines()[-1]
