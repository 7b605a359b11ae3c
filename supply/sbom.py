"""The bill of materials, as CycloneDX 1.6 JSON: the Python packages of an environment, the JavaScript and the map that
the desk brings with it, and the network that reads.

The same environment and the same files give the same bytes: no time and no random number is in it.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from sayso import __version__

ROOT = Path(__file__).parents[1]
VENDOR = ROOT / "src/sayso/desk/static/vendor"
WEIGHTS = ROOT / "src/sayso/weights"
PLACES = ROOT / "src/sayso/read/places.tsv.gz"  # GeoNames'
INSTALLERS = ("pip", "setuptools", "wheel")
"""They stand in every environment, and are no part of Sayso."""

_ROW = re.compile(
    r"\| `(?P<file>[^`]+)` \| (?P<package>[^|]+) \| (?P<version>[^|]+) \| (?P<licence>[^|]+) \| `(?P<sha256>\w{64})`"
)
_SPDX = {"Zero-Clause BSD": "0BSD", "BSD-3-Clause": "BSD-3-Clause", "ISC": "ISC"}
_SAME = "the same"


def main(python: str, output: Path) -> int:
    """Write the bill of materials of the environment of ``python``; it is checked against CycloneDX's schema."""
    made = whole(of_environment(python))
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    print(f"wrote {output}: {len(made['components'])} components.", file=sys.stderr)
    return 0


def of_environment(python: str) -> dict[str, Any]:
    """What cyclonedx-py finds installed there."""
    options = ["--pyproject", str(ROOT / "pyproject.toml"), "--mc-type", "application"]
    options += ["--output-reproducible", "--spec-version", "1.6", "--output-format", "JSON"]
    command = [sys.executable, "-m", "cyclonedx_py", "environment", *options, python]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def whole(found: dict[str, Any]) -> dict[str, Any]:
    """``found`` with what no package manager knows of. ValueError where that does not fit CycloneDX's schema."""
    left = {one["bom-ref"] for one in found["components"] if one["name"].lower() in (*INSTALLERS, "sayso")}
    added = [*vendored(), *weights()]
    packages = [_without_folders(one) for one in found["components"] if one["bom-ref"] not in left]
    made = {key: value for key, value in found.items() if key not in ("serialNumber", "dependencies")}
    made["components"] = sorted([*packages, *added], key=lambda one: one["bom-ref"])
    made["metadata"]["component"]["version"] = __version__
    made["metadata"]["component"].pop("externalReferences", None)
    made["dependencies"] = [
        {**one, "dependsOn": sorted(set(one.get("dependsOn", ())) - left)}
        for one in found.get("dependencies", ())
        if one["ref"] not in left
    ]
    if wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(made)):
        raise ValueError(f"not as CycloneDX has it: {wrong}")
    return made


def _without_folders(component: dict[str, Any]) -> dict[str, Any]:
    """A package without where it was installed from, which differs from machine to machine."""
    return {key: value for key, value in component.items() if key != "externalReferences"}


def vendored() -> list[dict[str, Any]]:
    """The files of the desk that others made, as their table says. ValueError where a file is another than it says."""
    made, package, version, licence = [], "", "", ""
    rows = [match.groupdict() for match in _ROW.finditer((VENDOR / "README.md").read_text("utf-8"))]
    listed = {row["file"] for row in rows}
    there = {path.name for path in VENDOR.iterdir()} - {"README.md"}
    if missing := {name for name in there if not name.endswith(".LICENSE")} ^ listed:
        raise ValueError(f"{VENDOR}: in the folder or in its README, but not in both: {', '.join(sorted(missing))}")
    for row in rows:
        if row["package"].strip() != _SAME:
            package = row["package"].strip().lstrip("[").partition("]")[0]
            version = row["version"].strip()
        if row["licence"].strip() != _SAME:
            licence = next(spdx for name, spdx in _SPDX.items() if row["licence"].startswith(name))
        if sha256_of(VENDOR / row["file"]) != row["sha256"]:
            raise ValueError(f"{VENDOR / row['file']} is not the file that its README names: its hash is another")
        made.append(_component("library", row["file"], version, licence, row["sha256"], f"pkg:npm/{package}@{version}"))
    return made


def weights() -> list[dict[str, Any]]:
    """The files of the network that reads, and the places that it knows."""
    made = []
    for path in (*sorted(WEIGHTS.iterdir()), PLACES):
        if path.name != "README.md":
            kind = "machine-learning-model" if path.suffix == ".onnx" else "data"
            licence = "CC-BY-4.0" if path == PLACES else "Apache-2.0"
            made.append(_component(kind, path.name, __version__, licence, sha256_of(path), None))
    return made


def _component(kind: str, name: str, version: str, licence: str, sha256: str, purl: str | None) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": kind,
        "bom-ref": f"{name}@{sha256[:16]}",
        "name": name,
        "version": version,
        "licenses": [{"license": {"id": licence}}],
        "hashes": [{"alg": "SHA-256", "content": sha256}],
    }
    return made | ({"purl": purl} if purl else {})


def sha256_of(path: Path) -> str:
    """The hash of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
