"""The command ``sayso``: each command parses, calls one library function and prints.

Data goes to standard output, everything else to standard error. Exit codes: 0 all went well; 1 some input was
quarantined, or the run could not be finished; 2 wrong usage; 130 interrupted; 141 nobody reads the output any more.

What a command needs beyond click is imported when it runs, so that ``sayso --help`` is quick.
"""

from __future__ import annotations

import io
import os
import sys

import click

from sayso import __version__
from sayso.acting import UNNAMED, acting_as, login_name
from sayso.cli.articles import article, articles
from sayso.cli.claimant import claimant
from sayso.cli.claimants import claimants
from sayso.cli.claims import claim, claims
from sayso.cli.copy import copy
from sayso.cli.decide import decide
from sayso.cli.desk import desk
from sayso.cli.echoes import echoes
from sayso.cli.export import export
from sayso.cli.fetch import fetch
from sayso.cli.findings import findings
from sayso.cli.link import link
from sayso.cli.links import links
from sayso.cli.load import load
from sayso.cli.media import media
from sayso.cli.places import places
from sayso.cli.quarantine import quarantine
from sayso.cli.read import read
from sayso.cli.score import score
from sayso.cli.stamp import stamp
from sayso.cli.stories import stories, story
from sayso.cli.train import train
from sayso.cli.verify import verify
from sayso.cli.warnings import warnings
from sayso.errors import SaysoError, UsageError

EXIT_FAILED, EXIT_USAGE, EXIT_INTERRUPTED, EXIT_BROKEN_PIPE = 1, 2, 130, 141


class _Commands(click.Group):
    """Lists commands in the order in which they were added: the order in which one needs them."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; whoever reads its output, as ``head`` does, may go away, which is no error."""
        try:
            with acting_as(login_name() or UNNAMED):
                result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _drop_output()
            ctx.exit(EXIT_BROKEN_PIPE)
        return result

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        return list(self.commands)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="sayso %(version)s")
def command() -> None:
    """Read news reports about conflicts; keep a ledger of who claims what, on whose word.

    \b
    Example:
      sayso read reports/
      sayso claims --about "water tower"
    """


_COMMANDS: tuple[click.Command, ...] = (
    *(read, fetch, load, desk, link, articles, claims, claimants, stories, echoes, links, warnings),
    *(article, claim, claimant, story, decide, findings, media, quarantine),
    *(export, copy, verify, stamp, score, places, train),
)
for _command in _COMMANDS:
    command.add_command(_command)


def main() -> None:
    """Run the command that the arguments name, and exit."""
    _speak_utf8()
    sys.exit(_run())


def _speak_utf8() -> None:
    """Other programs get UTF-8 whatever the locale; a terminal that cannot show a letter shows a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _run() -> int:
    try:
        code = command.main(prog_name="sayso", standalone_mode=False)
    except click.exceptions.Abort:
        return _fail("interrupted. What was reported as stored is safe; run the same again to go on.", EXIT_INTERRUPTED)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except UsageError as error:
        return _fail(str(error), EXIT_USAGE)
    except SaysoError as error:
        return _fail(str(error), EXIT_FAILED)
    except MemoryError:
        return _fail(
            "not enough memory. What was reported as stored is safe; run the same again to go on, with fewer --jobs.",
            EXIT_FAILED,
        )
    except OSError as error:
        _drop_output()
        return _fail(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}", EXIT_FAILED)
    return code or 0


def _drop_output() -> None:
    """What is still to be written to standard output cannot be; without this, Python tries again when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str, code: int) -> int:
    from sayso.cli.output import say

    say(message)
    return code
