"""Known vulnerabilities in what an installation of Sayso brings with it: bare, and with each extra.

pip resolves each set without installing it, and pip-audit looks each package up. pip-audit passes over a package of
which its service says nothing, and calls the rest clean; here that is no clean result.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supply.extras import ROOT, for_users

BARE = "bare"


@dataclass(frozen=True)
class Audit:
    """What was found in one set: vulnerabilities by package, and the packages that could not be looked up."""

    packages: int
    vulnerable: dict[str, list[str]]
    unknown: dict[str, str]
    failed: str | None = None


def main(sets: list[str]) -> int:
    """Audit the sets that are named, or all that users install; 1 where there are vulnerabilities, 2 where it is not
    known whether there are."""
    audits = {}
    for name in sets or [BARE, *for_users()]:
        print(f"{name}: resolving and looking up …", file=sys.stderr, flush=True)
        audits[name] = audited(name)
        print(in_words(name, audits[name]), flush=True)
    return verdict(audits)


def audited(name: str) -> Audit:
    """Resolve and look up one set."""
    target = f"{ROOT}" if name == BARE else f"{ROOT}[{name}]"
    with tempfile.TemporaryDirectory() as folder:
        report, pinned = Path(folder, "report.json"), Path(folder, "pinned.txt")
        options = ["--quiet", "--dry-run", "--ignore-installed", "--disable-pip-version-check", "--report", str(report)]
        done = subprocess.run(
            [sys.executable, "-m", "pip", "install", *options, target], capture_output=True, text=True
        )
        if done.returncode:
            return Audit(0, {}, {}, f"pip could not resolve it: {_last(done.stderr)}")
        installed = [item["metadata"] for item in json.loads(report.read_text("utf-8"))["install"]]
        pins = sorted(f"{one['name']}=={one['version']}" for one in installed if one["name"] != "sayso")
        pinned.write_text("\n".join(pins) + "\n")
        command = [sys.executable, "-m", "pip_audit", "-r", str(pinned), "--no-deps", "--disable-pip", "-f", "json"]
        done = subprocess.run([*command, "--progress-spinner", "off"], capture_output=True, text=True)
    try:
        return parsed(json.loads(done.stdout))
    except ValueError:
        return Audit(len(pins), {}, {}, f"pip-audit could not look it up: {_last(done.stderr)}")


def parsed(report: dict[str, Any]) -> Audit:
    """What pip-audit's JSON says."""
    packages = report["dependencies"]
    vulnerable = {
        f"{one['name']} {one['version']}": [found["id"] for found in one["vulns"]]
        for one in packages
        if one.get("vulns")
    }
    unknown = {one["name"]: one["skip_reason"] for one in packages if "skip_reason" in one}
    return Audit(len(packages), vulnerable, unknown)


def in_words(name: str, found: Audit) -> str:
    """One set's result."""
    if found.failed:
        return f"{name}: NOT AUDITED. {found.failed}"
    lines = [
        f"{name}: {found.packages} packages, {len(found.vulnerable)} vulnerable, {len(found.unknown)} not looked up."
    ]
    lines += [f"  {package}: {', '.join(ids)}" for package, ids in found.vulnerable.items()]
    if found.unknown:
        first = next(iter(found.unknown.values()))
        lines.append(f"  NOT AUDITED: {', '.join(found.unknown)[:200]} (the first because: {first})")
    return "\n".join(lines)


def verdict(audits: dict[str, Audit]) -> int:
    """The exit code, with a last line that says what it means."""
    if any(one.vulnerable for one in audits.values()):
        print("there are known vulnerabilities: raise what is listed above, or say in pyproject.toml why not.")
        return 1
    if not audits or any(one.failed or one.unknown or not one.packages for one in audits.values()):
        print(
            "this is NO clean audit: the vulnerability service did not answer for all packages. Run it again elsewhere."
        )
        return 2
    print("no known vulnerabilities.")
    return 0


def _last(said: str) -> str:
    return ([line for line in said.splitlines() if line.strip()] or ["it said nothing"])[-1][:300]
