"""Each line of docs/threats.md names tests that are there, or says to whom the threat is left."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "threats.md").read_text("utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
LINES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("|") and not line.startswith(("| threat |", "|---"))
]


@cache
def named_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8")) if (ROOT / path).is_file() else ast.Module([], [])
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_there_are_lines() -> None:
    assert len(LINES) > 50
    assert all(len(cells) == 3 and cells[0] and cells[1] for cells in LINES)


@pytest.mark.parametrize("cells", LINES, ids=lambda cells: cells[0][:60])
def test_each_line_names_tests_or_who_it_is_left_to(cells: list[str]) -> None:
    named = NAMED.findall(cells[2])
    if not named:
        assert "not covered: left to" in cells[1] + cells[2]
    for path, name in named:
        assert name.startswith("test_")
        assert name in named_in(path), f"{path} has no {name}"
    assert NAMED.sub("", cells[2]).replace(",", "").strip() == "" or not named
