"""Writes docs/cli.md from what the commands say with --help. Run it after a change to a command: ``make docs``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from sayso.cli import command

PAGE = Path(__file__).with_name("cli.md")
HEAD = """# The command line

This page is written by `docs/make_cli.py` from what the commands themselves say; change it there.

Data goes to standard output, everything else to standard error. Exit codes: 0 all went well; 1 some input was
quarantined, or the run could not be finished; 2 wrong usage; 130 interrupted; 141 nobody reads the output any more.

Settings come from options, then from the environment (`SAYSO_LEDGER`, `SAYSO_OUTLET`, `SAYSO_JOBS`, …; limits on input
as `SAYSO_LIMIT_ARTICLE_BYTES`, …), then from `sayso.toml` in the current folder.
"""


def page() -> str:
    """The page as it should be now."""
    return "\n".join([HEAD, *_sections("sayso", command)])


def _sections(name: str, of: click.Command) -> Iterator[str]:
    yield _section(name, of)
    for inner, command_within in of.commands.items() if isinstance(of, click.Group) else ():
        yield from _sections(f"{name} {inner}", command_within)


def _section(name: str, shown: click.Command) -> str:
    with click.Context(shown, info_name=name, terminal_width=80, help_option_names=["-h", "--help"]) as ctx:
        return f"## {name}\n\n```\n{shown.get_help(ctx)}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
