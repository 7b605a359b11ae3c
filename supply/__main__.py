"""``python -m supply audit | sbom | licences``, as make audit and make sbom run it. See docs/threats.md.

Needs the extra supply: pip install 'sayso[supply]'.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from supply import audit, licences, sbom


def main() -> int:
    """Do what the arguments ask; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m supply", description="What Sayso is made of.")
    commands = parser.add_subparsers(dest="command", required=True)
    checked = commands.add_parser(
        "audit", help="look for known vulnerabilities; 1: some, 2: not all could be looked up"
    )
    checked.add_argument("sets", nargs="*", metavar="EXTRA", help="only these; bare is Sayso without extras")
    made = commands.add_parser("sbom", help="write the bill of materials of an environment")
    made.add_argument("python", help="the environment's python")
    made.add_argument("-o", "--output", type=Path, required=True)
    listed = commands.add_parser("licences", help="list the licences in a bill of materials; 1: one does not suit")
    listed.add_argument("sbom", type=Path)
    asked = parser.parse_args()
    if asked.command == "audit":
        return audit.main(asked.sets)
    if asked.command == "sbom":
        return sbom.main(asked.python, asked.output)
    return licences.main(asked.sbom)


if __name__ == "__main__":
    sys.exit(main())
