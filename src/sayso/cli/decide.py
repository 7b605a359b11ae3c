"""``sayso decide``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.options import PRINTING, asked, ledger_option, login, with_options
from sayso.cli.output import print_json, print_rows, say

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.types import Agreement, Correction, DecisionRow, Figure, Span

VERDICTS = ("confirm", "reject", "correct", "same-story", "other-story", "same-party", "other-party")
_NONE = "none"
_CORRECTIONS = ("source", "cue", "content", "claimant", "stance", "figure")


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of ``sayso decide``, in the order in which --help lists them."""
    options = (
        click.option("--by", "user", metavar="USER", help="Who decides.  [default: your login name]"),
        click.option("--note", metavar="TEXT", help="Why, in your words."),
        click.option("--undo", is_flag=True, help="Take back what you decided on this."),
        click.option("--content", metavar="START:END", multiple=True, help="Correct: where its words are."),
        click.option("--source", metavar="START:END", help="Correct: where the source is, or none."),
        click.option("--cue", metavar="START:END", help="Correct: where the cue is, or none."),
        click.option("--claimant", metavar="NAME", help="Correct: who claims it; '' for somebody unnamed."),
        click.option("--stance", metavar="STANCE", help="Correct: asserts, denies, accuses, warns, and so on."),
        click.option("--figure", metavar="KIND:MIN:MAX:WHO", multiple=True, help="Correct: all its figures, or none."),
        click.option("--list", "listed", is_flag=True, help="List what was decided, on CLAIM or at all."),
        click.option("--queue", is_flag=True, help="List what waits for a decision."),
        click.option("--agreement", metavar="USER USER", nargs=2, help="How far two people agree."),
        click.option("--limit", metavar="N", type=click.IntRange(min=1), help="List at most so many."),
        *PRINTING,
        ledger_option,
    )
    return with_options(options, function)


@click.command()
@click.argument("claim", metavar="[CLAIM]", required=False)
@click.argument("verdict", metavar="[VERDICT]", type=click.Choice(VERDICTS), required=False)
@click.argument("other", metavar="[OTHER]", required=False)
@_options
def decide(claim: str | None, verdict: str | None, other: str | None, ledger: str | None, **given: Any) -> None:
    """Say what you think of a machine's reading.

    VERDICT is confirm, reject or correct, of one claim; or, of CLAIM and OTHER, same-story, other-story, same-party or
    other-party. Claims are given by their ids, or the beginnings of these; parties by a claim of theirs or by name.

    A rejected claim stays in the ledger and counts no more. A correction changes what is shown and linked; what was
    read stays. Places are code points in the article's text, as in sayso claim ID --json. Whatever rests on a decision
    is told anew at once. Nothing is overwritten: your newer decision supersedes your older one on the same thing, and
    of several people's the newest holds. What contradicts others is refused.

    \b
    Examples:
      sayso decide --queue
      sayso decide 5be0a7 confirm
      sayso decide 5be0a7 correct --stance denies --figure killed:24:24:civilians
      sayso decide 5be0a7 reject --note "a caption" --by mara
      sayso decide 5be0a7 same-story 77c1d2
      sayso decide "KCR" same-party "Kestavia Conflict Register"
      sayso decide 5be0a7 --undo
      sayso decide --agreement mara ivo
    """
    from sayso.errors import UsageError

    with asked(ledger) as held:
        if given["queue"]:
            _print_queue(held, given["kind"], given["limit"])
        elif given["agreement"]:
            _print_agreement(held.agreement(*given["agreement"]), given["kind"])
        elif given["listed"]:
            _print_decisions(held, claim, given["kind"], given["limit"])
        elif claim is None or (verdict is None and not given["undo"]):
            raise UsageError(f"say on what and what: sayso decide CLAIM VERDICT. A verdict is {', '.join(VERDICTS)}.")
        else:
            _decide(held, claim, verdict or "confirm", other, given)


def _decide(held: Ledger, claim: str, verdict: str, other: str | None, given: dict[str, Any]) -> None:
    from sayso import deciding
    from sayso.ledger import Judgement
    from sayso.show.export import as_json

    correction = _correction(held, claim, given)
    said = Judgement(verdict, claim, given["user"] or login(), other, given["note"], correction)  # type: ignore[arg-type]
    done = (deciding.undo if given["undo"] else deciding.decide)(held, said)
    if given["kind"] == "jsonl":
        print_json(as_json(done))
    else:
        say(_told(done, undone=given["undo"]))


def _told(row: DecisionRow, *, undone: bool) -> str:
    what = " and ".join(filter(None, (row.about, row.other)))
    return f"decision {row.id} {'taken back' if undone else 'entered'}: {row.verdict} {what}, by {row.user}."


def _correction(held: Ledger, claim: str, given: dict[str, Any]) -> Correction | None:
    """What the options say that is to be corrected; None where they say nothing."""
    from sayso.types import Correction

    if not any(given[name] not in (None, ()) for name in _CORRECTIONS):
        return None
    text = held.article(held.claim(claim).article.id).text

    def spans(name: str) -> tuple[Span, ...] | None:
        values = given[name] if name == "content" else given[name] and (given[name],)
        if not values:
            return None
        return () if values == (_NONE,) else tuple(_span(text, name, value) for value in values)

    figures = tuple(map(_figure, given["figure"])) if given["figure"] != (_NONE,) else ()
    return Correction(
        source=spans("source"),
        cue=spans("cue"),
        content=spans("content"),
        claimant=given["claimant"],
        stance=given["stance"],
        figures=figures if given["figure"] else None,
    )


def _span(text: str, name: str, value: str) -> Span:
    from sayso.errors import UsageError
    from sayso.types import Span

    try:
        start, end = map(int, value.split(":"))
        return Span.of(text, start, end)
    except ValueError:
        raise UsageError(
            f"--{name}: expected two places in a text of {len(text)} characters, as in 120:180, got {value!r}."
        ) from None


def _figure(value: str) -> Figure:
    from sayso.errors import UsageError
    from sayso.types import Figure

    parts: Sequence[str] = value.split(":", 3)
    try:
        kind, least, most = parts[:3]
        who = parts[3] if len(parts) > 3 else ""
        return Figure(int(least) if least else None, int(most) if most else None, kind, who or None)  # type: ignore[arg-type]
    except ValueError:
        raise UsageError(
            f"--figure: expected a kind, the least and the most, as in killed:24:24 or killed:10::civilians (at least "
            f"10), got {value!r}."
        ) from None


def _print_queue(held: Ledger, kind: str, limit: int | None) -> None:
    from sayso import deciding
    from sayso.show import tables
    from sayso.types import Waiting

    rows = deciding.queue(held, limit) if limit else deciding.queue(held)
    print_rows(iter(rows), kind, Waiting, tables.waiting, "nothing waits for a decision.")


def _print_decisions(held: Ledger, claim: str | None, kind: str, limit: int | None) -> None:
    from sayso.show import tables
    from sayso.types import DecisionRow

    print_rows(held.decisions(claim, limit), kind, DecisionRow, tables.decisions, "nothing was decided.")


def _print_agreement(found: Agreement, kind: str) -> None:
    from sayso.show.plain import count, one_line

    if kind != "table":
        print_json(asdict(found))
        return
    who = f"{one_line(found.one)} and {one_line(found.other)}"
    if found.share is None:
        say(f"{who} have decided on no claim both.")
        return
    kappa = "not defined, as both always said the same" if found.kappa is None else f"{found.kappa:.2f}"
    click.echo(f"{who} decided on {count(found.claims, 'claim')} both; the same on {found.share:.0%}; kappa {kappa}")
