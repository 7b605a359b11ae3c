"""Whatever can be called or typed is documented, and docs/cli.md says what the commands say."""

from __future__ import annotations

import runpy
from pathlib import Path

import click
import pytest

import sayso
from sayso.cli import command

ROOT = Path(__file__).parents[2]
COMMANDS = sorted(command.commands)
OPTIONS = [
    (name, option)
    for name in COMMANDS
    for option in command.commands[name].params
    if isinstance(option, click.Option) and not option.hidden
]


def test_cli_md_is_current() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_cli.py"))["page"]

    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == page(), "write it again with: make docs"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_that_names_it(name: str) -> None:
    help = command.commands[name].help or ""

    assert "Example" in help
    assert f"sayso {name}" in help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_fits_the_list_of_commands(name: str) -> None:
    assert not command.commands[name].get_short_help_str(limit=60).endswith("...")


@pytest.mark.parametrize(("name", "option"), OPTIONS, ids=lambda value: getattr(value, "name", value))
def test_every_option_is_explained(name: str, option: click.Option) -> None:
    assert option.help
    assert option.help.endswith((".", "]"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_shown_at_work(name: str) -> None:
    shown = "".join((ROOT / page).read_text("utf-8") for page in ("README.md", "docs/tutorial.md"))

    assert f"sayso {name}" in shown


@pytest.mark.parametrize("name", sayso.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    assert name in (ROOT / "docs" / "python.md").read_text("utf-8")
