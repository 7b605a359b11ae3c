"""What Sayso is made of: the bill of materials is whole and the same each time; an audit is clean only if it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from supply import audit, extras, licences

sbom = pytest.importorskip("supply.sbom", reason="cyclonedx-bom is missing: pip install 'sayso[supply]'")

VULNERABLE = {"name": "tarn", "version": "1.0", "vulns": [{"id": "PYSEC-2031-1", "fix_versions": ["1.1"]}]}
SOUND = {"name": "orvane", "version": "2.0", "vulns": []}
SKIPPED = {"name": "karvel", "skip_reason": "Dependency not found on PyPI and could not be audited: karvel (3.0)"}


@pytest.mark.parametrize(
    ("packages", "code", "words"),
    [
        ([SOUND], 0, "no known vulnerabilities"),
        ([SOUND, VULNERABLE], 1, "tarn 1.0: PYSEC-2031-1"),
        ([SOUND, SKIPPED], 2, "NOT AUDITED: karvel"),
        ([VULNERABLE, SKIPPED], 1, "NOT AUDITED: karvel"),
        ([], 2, "NO clean audit"),
    ],
)
def test_an_audit_is_clean_only_if_all_was_looked_up(
    packages: list[Any], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = audit.parsed({"dependencies": packages})
    print(audit.in_words("desk", found))
    assert audit.verdict({"desk": found}) == code
    assert words in capsys.readouterr().out


def test_a_set_that_cannot_be_resolved_is_no_clean_audit() -> None:
    assert audit.verdict({"desk": audit.Audit(0, {}, {}, "pip could not resolve it")}) == 2
    assert audit.verdict({}) == 2


def test_what_users_may_install_is_audited() -> None:
    assert {"desk", "llm", "xlsx"} <= set(extras.for_users())
    assert not set(extras.for_users()) & set(extras.OURS)


def test_the_bill_of_materials_has_what_no_package_manager_knows_of() -> None:
    environment = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:8b0ecb1a-38ad-4ae5-a1a5-7d1a9ffa1c2e",
        "metadata": {"component": {"type": "application", "name": "sayso", "bom-ref": "root"}},
        "components": [
            {"type": "library", "bom-ref": "tarn", "name": "tarn", "version": "1.0", "externalReferences": []},
            {"type": "library", "bom-ref": "pip", "name": "pip", "version": "26"},
        ],
        "dependencies": [{"ref": "root", "dependsOn": ["tarn", "pip"]}, {"ref": "tarn"}, {"ref": "pip"}],
    }  # fmt: skip
    made = sbom.whole(environment)
    names = {one["name"]: one for one in made["components"]}
    assert {"tarn", "htmx.min.js", "maplibre-gl.mjs", "countries-50m.json", "reader.onnx", "places.tsv.gz"} <= set(
        names
    )
    assert "pip" not in names
    assert names["reader.onnx"]["hashes"][0]["content"] == sbom.sha256_of(sbom.WEIGHTS / "reader.onnx")
    assert names["htmx.min.js"]["purl"].startswith("pkg:npm/htmx.org@")
    assert "serialNumber" not in made
    assert json.dumps(sbom.whole(environment)) == json.dumps(made), "the same each time"
    assert [name for name, _, _, suits in licences.listed(made) if not suits] == ["tarn"]


def test_a_vendored_file_that_was_changed_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in sbom.VENDOR.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(sbom, "VENDOR", tmp_path)
    sbom.vendored()
    with (tmp_path / "htmx.min.js").open("ab") as file:
        file.write(b";")
    with pytest.raises(ValueError, match="its hash is another"):
        sbom.vendored()
    (tmp_path / "other.js").write_text("")
    with pytest.raises(ValueError, match=r"not in both: other\.js"):
        sbom.vendored()


@pytest.mark.parametrize(
    ("licence", "suits"),
    [
        ("MIT", True), ("Apache-2.0 OR GPL-2.0-only", True), ("MIT AND GPL-3.0-only", False), ("BSD License", True),
        ("AGPL-3.0-only", False), ("GPL-3.0-or-later", False), ("", False),
        ("(MIT OR 0BSD) AND ISC", True), ("(MIT OR 0BSD) AND GPL-3.0-only", False),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
    ],
)  # fmt: skip
def test_licences(licence: str, suits: bool) -> None:
    assert licences.suits(licence) == suits
