"""One article, or one claim, as a text for a terminal: the exact words, and on whose word they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sayso.show.marked import chains, event_label, marked_text
from sayso.show.plain import bounds, count, one_line, visible
from sayso.show.tables import chain
from sayso.types import ArticleRow, ClaimRow, ExchangeRow, Figure, Reading, Span

Fact = tuple[str, Text | str | None]  # a name, and what there is to say


def article_view(
    row: ArticleRow, text: str, reading: Reading | None, fetched: Sequence[ExchangeRow] = ()
) -> RenderableType:
    """An article: where it is from, its text with the contents marked, and beneath it the chain of each."""
    got = [("fetched", f"{each.at} from {each.url}, {_answered(each)}") for each in fetched]
    origin = fact_lines([("article", row.id), *_origin(row), *got, ("echo of", row.origin), ("story", row.story)])
    if reading is None:
        return Group(
            origin, Text(), Text(visible(text)), Text(), Text("Not read: the reader reads English only.", "italic")
        )
    return Group(
        origin,
        Text(),
        marked_text(reading),
        *_section("On whose word", _said(reading)),
        *_section("In the outlet's own voice", ((v.kind, v.span.text) for v in reading.voice)),
        *_section("Events", ((f"{e.type} {e.certainty}", event_label(e)) for e in reading.events)),
        *_section("People harmed", _harm(reading)),
    )


def claim_view(claim: ClaimRow, article: ArticleRow, context: Span, *, anonymous: bool = False) -> RenderableType:
    """A claim: on whose word, what it says in the words around it, and what was made of it."""
    facts = (
        ("source", "not named in the article" if anonymous else None),
        ("place", _place(claim)),
        ("date", claim.date),
        ("event", _event(claim)),
        ("figures", "; ".join(_figure(figure) for figure in claim.figures)),
        ("rests on", "; ".join(f"{e['kind']}: {e['text']}" for e in claim.evidence)),
        ("decision", claim.decision),
        ("confidence", f"{claim.confidence:.2f}"),
        ("said by", _counted(claim.origins_for, claim.claimants_for)),
        ("against", _counted(claim.origins_against, claim.claimants_against)),
        ("echo of", claim.echo_of),
        ("story", claim.story),
        ("claim", claim.id),
        ("article", article.id),
    )
    return Group(
        Text.assemble(chain(claim.chain), f"  {claim.stance}"),
        Text(),
        Padding(_in_context(claim.spans, context), (0, 0, 0, 2)),
        Text(),
        fact_lines([*facts, *_origin(article)]),
    )


def _origin(row: ArticleRow) -> tuple[Fact, ...]:
    return (
        ("title", row.title),
        ("outlet", row.outlet),
        ("published", row.published),
        ("url", row.url),
        ("read from", row.location),
    )


def _answered(exchange: ExchangeRow) -> str:
    return "unchanged since" if exchange.status == 304 else f"answered {exchange.status}"


def fact_lines(facts: Iterable[Fact], indent: int = 0) -> RenderableType:
    """Facts one below the other, those without anything to say left out."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for name, value in facts:
        if value:
            grid.add_row(Text(visible(name)), Text(one_line(value)) if isinstance(value, str) else value)
    return Padding(grid, (0, 0, 0, indent))


def _section(title: str, facts: Iterable[Fact]) -> Iterator[RenderableType]:
    if listed := list(facts):
        yield Text.assemble("\n", (title, "bold"))
        yield fact_lines(listed, indent=2)


def _said(reading: Reading) -> Iterator[Fact]:
    words = chains(reading)
    for a in reading.attributions:
        yield a.id, Text.assemble(chain(words[a.id]), f"  {a.stance}", "  (not named)" if a.anonymous else "")
    if not reading.attributions:
        yield "", "nothing was found that is attributed to anybody"


def _harm(reading: Reading) -> Iterator[Fact]:
    for c in reading.casualties:
        yield f"{bounds(c.min, c.max)} {c.kind}", f"{c.span.text} ({c.attribution or 'own voice'})"


def _in_context(spans: Sequence[Span], context: Span) -> Text:
    """The context with the exact words in brackets, which show them in a pipe too, where there are no colours."""
    text = Text(visible(context.text))
    for span in sorted(spans, reverse=True):  # from the end, so that offsets before it stay what they are
        start, end = span.start - context.start, span.end - context.start
        text.stylize("bold reverse", start, end)
        text = Text.assemble(text[:start], ("[", "bold"), text[start:end], ("]", "bold"), text[end:])
    return text


def _figure(figure: Figure) -> str:
    who = f" ({figure.who})" if figure.who else ""
    return f"{bounds(figure.min, figure.max)} {figure.kind}{who}"


def _counted(origins: int | None, claimants: int | None) -> str | None:
    """How many stand with a claim, or against it; nothing where nobody does, or where it is not linked."""
    if not origins or claimants is None:
        return None
    return f"{count(claimants, 'claimant')}, {count(origins, 'independent origin')}"


def _event(claim: ClaimRow) -> str | None:
    return f"{claim.event_type} ({claim.certainty})" if claim.event_type and claim.certainty else claim.event_type


def _place(claim: ClaimRow) -> str | None:
    if claim.place is None or claim.lat is None or claim.lon is None:
        return claim.place
    return f"{claim.place} ({claim.lat:.3f}, {claim.lon:.3f})"
