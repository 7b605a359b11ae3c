"""Options that several commands share, and what they are turned into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sayso.acting import login_name

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.types import Filters

Function = TypeVar("Function", bound=Callable[..., Any])

LIST_FORMATS = ("table", "jsonl", "csv", "parquet")

ledger_option = click.option(
    "--ledger",
    metavar="L",
    help="The ledger, a file or a database URL.  [default: $SAYSO_LEDGER, else sayso.db]",
)


def engine_option(help: str) -> Callable[[Function], Function]:
    """Where the work is done."""
    return click.option("--engine", type=click.Choice(("local", "ray")), default="local", show_default=True, help=help)


no_link_option = click.option(
    "--no-link", is_flag=True, help="Do not relate it to what is in the ledger; sayso link does that later."
)


def where_unsaid(function: Function) -> Function:
    """What is said of articles where they do not say it themselves."""
    options = (
        click.option("--outlet", metavar="NAME", help="Who published it, where the input does not say."),
        click.option("--published", metavar="DATE", help="When it was published, where the input does not say."),
    )
    return with_options(options, function)


def read_with(function: Function) -> Function:
    """What reads, as each command is asked that reads into a ledger; handed to the command as ``config`` names it."""
    options = (
        click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="Read so many at once.  [default: 1]"),
        click.option(
            "--reader",
            type=click.Choice(("local", "llm")),
            help="What reads: Sayso's own network, or a language model that is sent the articles.  [default: local]",
        ),
        click.option(
            "--weights",
            metavar="DIR",
            help="Read with the network that sayso train wrote there.  [default: the shipped one]",
        ),
        click.option("--llm-url", metavar="URL", help="The model's endpoint, as http://localhost:8080/v1."),
        click.option("--llm-model", metavar="NAME", help="The model's name there."),
        click.option(
            "--llm-requests", metavar="N", type=click.IntRange(min=1), help="Send so many requests at the most."
        ),
        click.option(
            "--llm-tokens", metavar="N", type=click.IntRange(min=1), help="Stop once so many tokens are used."
        ),
        click.option("--llm-seconds", metavar="S", type=float, help="Time for one article.  [default: 600]"),
        click.option(
            "--llm-tries", metavar="N", type=click.IntRange(min=1), help="Tries where it is busy.  [default: 5]"
        ),
    )
    return with_options(options, function)


whole_option = click.option("--all", "whole", is_flag=True, help="Leave nothing out for the sake of one page.")


def filters(function: Function) -> Function:
    """The options that narrow a listing, handed to the command as ``filters``."""
    options = (
        click.option("--about", metavar="TEXT", help="Only what mentions these words."),
        click.option("--by", metavar="NAME", help="Only what this party claims, or passed on."),
        click.option("--outlet", metavar="NAME", help="Only what this outlet published."),
        click.option("--place", metavar="NAME", help="Only what is about this place."),
        click.option("--since", metavar="DATE", help="Only what was published on this day or later."),
        click.option("--until", metavar="DATE", help="Only what was published on this day or before."),
        click.option("--limit", metavar="N", type=click.IntRange(min=1), help="At most so many."),
    )
    return with_options(options, function)


_TYPES = (  # as in read.heads, for --help
    *("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    *("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)
_STANCES = ("asserts", "denies", "accuses", "warns", "plans", "suspects", "other")  # as in types, for --help


def claim_filters(function: Function) -> Function:
    """The options that narrow claims further, handed to the command with those of ``filters``."""
    options = (
        click.option(
            "--stance",
            metavar="STANCE",
            type=click.Choice(_STANCES),
            help=f"Only what is said so: {', '.join(_STANCES)}.",
        ),
        click.option(
            "--type",
            metavar="TYPE",
            type=click.Choice(_TYPES, case_sensitive=False),
            help=f"Only this type of event: {', '.join(_TYPES)}.",
        ),
    )
    return with_options(options, function)


PRINTING = (
    click.option(
        "--format",
        "kind",
        type=click.Choice(LIST_FORMATS),
        default="table",
        show_default=True,
        help="How to print.",
    ),
    click.option("--json", "kind", flag_value="jsonl", help="The same as --format jsonl."),
)
"""How a listing is printed."""


def listing(function: Function) -> Function:
    """What each listing takes: a ledger, the filters and an output format."""
    return with_options((ledger_option, *PRINTING), filters(function))


def one_of(what: str, argument: str = "ID") -> Callable[[Function], Function]:
    """What each command takes that shows one thing: its ID or NAME, a ledger, and an output format."""

    def add(function: Function) -> Function:
        options = (
            click.argument(argument.lower(), metavar=argument),
            ledger_option,
            click.option(
                "--format",
                "kind",
                type=click.Choice(("text", "json")),
                default="text",
                show_default=True,
                help=f"How to print the {what}.",
            ),
            click.option("--json", "kind", flag_value="json", help="The same as --format json."),
        )
        return with_options(options, function)

    return add


def as_filters(values: dict[str, Any]) -> Filters:
    """The filter options as the ledger takes them."""
    from sayso.types import Filters

    if not values.get("place"):
        return Filters(**values)
    from sayso.read.places import names_of

    return Filters(**values, also_called=names_of(values["place"]))


@contextmanager
def asked(where: str | None) -> Iterator[Ledger]:
    """The ledger that the option, the environment or ``sayso.toml`` names, to be asked; where that, or what is
    asked for, is not there, it is wrong usage."""
    from sayso import config
    from sayso.errors import NotThereError, UsageError
    from sayso.ledger import Ledger

    try:
        with Ledger.open(config.load({"ledger": where}).ledger, create=False) as ledger:
            yield ledger
    except NotThereError as error:
        raise UsageError(str(error)) from error


def login(how: str = "Say who it is with --by USER.") -> str:
    """The user's login name. UsageError where it is not known; ``how`` is how else to say who it is."""
    from sayso.errors import UsageError

    if name := login_name():
        return name
    raise UsageError(f"your login name is not known here. {how}")


def with_options(options: tuple[Callable[[Function], Function], ...], function: Function) -> Function:
    """``function`` with these options, in the order in which --help lists them."""
    for option in reversed(options):  # decorators apply from the inside out
        function = option(function)
    return function


def nothing_linked(held: Ledger) -> str:
    """What to say where a listing of what linking found is empty."""
    from sayso.show.plain import count

    waiting = held.waiting()
    return f"nothing found; {count(waiting, 'article')} not linked yet: sayso link" if waiting else "nothing found."
