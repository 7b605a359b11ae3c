"""Which extras are for users, and which only for those who work on Sayso; run, it prints what pip is asked for."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = ("bench", "fuzz", "supply", "test", "test-exports", "train")


def for_users() -> list[str]:
    """The extras that a user may install."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return sorted(set(project["optional-dependencies"]) - set(OURS))


if __name__ == "__main__":
    print(f"{ROOT}[{','.join(for_users())}]")
