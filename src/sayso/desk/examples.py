"""The invented reports that come with Sayso, for a first try: in the installed package, or beside its source."""

from __future__ import annotations

from pathlib import Path

import sayso


def folder() -> Path | None:
    """Where they lie: ``reports/`` and ``places.csv``; None where they did not come along."""
    package = Path(sayso.__file__).parent
    for place in (package / "examples", package.parents[1] / "examples"):
        if (place / "reports").is_dir() and (place / "places.csv").is_file():
            return place
    return None


def reports(place: Path) -> list[Path]:
    """The files with reports, in the order in which ``sayso read`` takes them."""
    return sorted(path for path in (place / "reports").rglob("*") if path.is_file())
