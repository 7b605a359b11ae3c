"""Licences: what is in a bill of materials, and whether each suits a project under the Apache License 2.0.

Sayso takes its dependencies as they are, from where they are published, and changes none: licences that ask for
changes to be given on, file by file (MPL-2.0) or library by library (LGPL), suit it. A licence that is not listed here
has to be looked at by a person.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

SUIT = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CNRI-Python", "HPND", "ISC", "MIT", "MIT-CMU", "MIT-0"),
    *(
        "PSF-2.0",
        "Python-2.0",
        "Unlicense",
        "Zlib",
        "BSL-1.0",
        "CC0-1.0",
        "MPL-2.0",
        "LGPL-3.0-only",
        "LGPL-3.0-or-later",
    ),
    *("LGPL-2.1-only", "LGPL-2.1-or-later", "MPL-1.1"),
    *("GPL-3.0-only WITH Classpath-exception-2.0", "NCSA", "OFL-1.1", "CC-BY-4.0"),
}
NAMES = {
    "apache license 2.0": "Apache-2.0", "apache 2.0": "Apache-2.0", "apache software license": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0", "mit license": "MIT", "bsd license": "BSD-3-Clause",
    "3-clause bsd license": "BSD-3-Clause", "the bsd 2-clause license": "BSD-2-Clause", "bsd": "BSD-3-Clause",
    "python software foundation license": "PSF-2.0", "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "isc license (iscl)": "ISC", "bsd 3-clause": "BSD-3-Clause", "new bsd": "BSD-3-Clause",
    "gnu lesser general public license v3 (lgplv3)": "LGPL-3.0-only", "apache": "Apache-2.0",
}  # fmt: skip
"""What packages write that give no SPDX identifier."""

LOOKED_UP = {"protobuf": "BSD-3-Clause", "ray": "Apache-2.0"}
"""Packages whose metadata has their licence's text only, or nothing; by their LICENSE files."""


def main(path: Path) -> int:
    """Print a table of the licences; 1 where one does not suit, or is not known."""
    rows = sorted(listed(json.loads(path.read_text("utf-8"))))
    for name, version, licence, suits in rows:
        print(f"| {name} | {version} | {licence} |{'' if suits else ' **look at this** |'}")
    wrong = [name for name, _, _, suits in rows if not suits]
    print(f"{len(rows)} components; " + (f"to be looked at: {', '.join(wrong)}" if wrong else "all suit Apache-2.0."))
    return 1 if wrong else 0


def listed(sbom: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """Name, version, licence and whether it suits, for each component."""
    return [
        (one["name"], one.get("version", ""), " / ".join(said) or "unknown", any(map(suits, said)))
        for one in sbom["components"]
        for said in [sorted(set(_said(one)))]
    ]


def suits(expression: str) -> bool:
    """True where an SPDX expression, or a name, allows what we do: all that AND joins suits, one of what OR joins."""
    words = re.findall(r"[()]|[^\s()]+(?: WITH \S+)?", NAMES.get(expression.strip().lower(), expression))
    logic = {"AND": "and", "OR": "or", "(": "(", ")": ")"}
    try:  # nothing but and, or, True, False and brackets is left
        return bool(eval(" ".join(logic.get(word, str(word in SUIT)) for word in words)))
    except SyntaxError:
        return False


def _said(component: dict[str, Any]) -> list[str]:
    said = []
    for one in component.get("licenses", ()):
        licence = one.get("license", {})
        text = one.get("expression") or licence.get("id") or licence.get("name") or ""
        text = text.removeprefix("License :: OSI Approved :: ")
        if text and "\n" not in text:
            said.append(text)
    return said or [LOOKED_UP[component["name"]]] if said or component["name"] in LOOKED_UP else []
