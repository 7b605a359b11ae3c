"""One article, or one claim, as a text for a terminal: the exact words, and on whose word they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from sayso.show.marked import chains, marked_text
from sayso.show.plain import bounds, one_line, visible
from sayso.show.tables import chain
from sayso.types import ArticleRow, ClaimRow, Figure, Reading, Span


def article_view(row: ArticleRow, text: str, reading: Reading | None) -> RenderableType:
    """An article: where it is from, its text with the contents marked, and beneath it the chain of each."""
    parts: list[RenderableType] = [*_origin(row), Text()]
    if reading is None:
        return Group(*parts, Text(visible(text)), Text(), Text("Not read: the reader reads English only.", "italic"))
    return Group(*parts, marked_text(reading), Text(), *_said(reading), *_voice(reading), *_harm(reading))


def claim_view(claim: ClaimRow, article: ArticleRow, context: Span) -> RenderableType:
    """A claim: on whose word, what it says in the words around it, and what was made of it."""
    facts = [
        ("place", _place(claim)),
        ("date", claim.date),
        ("event", claim.event_type),
        ("figures", "; ".join(_figure(figure) for figure in claim.figures)),
        ("rests on", "; ".join(f"{e['kind']}: {e['text']}" for e in claim.evidence)),
        ("decision", claim.decision),
        ("confidence", f"{claim.confidence:.2f}"),
        ("claim", claim.id),
        ("article", article.id),
    ]
    return Group(
        Text.assemble(chain(claim.chain), f"  {claim.stance}"),
        Text(),
        Padding(_in_context(claim.spans, context), (0, 0, 0, 2)),
        Text(),
        *(_fact(name, value) for name, value in facts if value),
        *_origin(article),
    )


def _origin(row: ArticleRow) -> list[Text]:
    facts = (
        ("title", row.title),
        ("outlet", row.outlet),
        ("published", row.published),
        ("url", row.url),
        ("read from", row.location),
    )
    return [_fact(name, value) for name, value in facts if value]


def _fact(name: str, value: str) -> Text:
    return Text.assemble((f"{name:11}", "dim"), one_line(value))


def _in_context(spans: Sequence[Span], context: Span) -> Text:
    text = Text(visible(context.text))
    for span in spans:
        text.stylize("bold reverse", span.start - context.start, span.end - context.start)
    # Without colours, on paper or in a pipe, the brackets alone show the exact words.
    for span in sorted(spans, reverse=True):
        start, end = span.start - context.start, span.end - context.start
        text = Text.assemble(text[:start], ("[", "bold"), text[start:end], ("]", "bold"), text[end:])
    return text


def _said(reading: Reading) -> Iterator[Text]:
    """One line for each attribution: id, chain, stance."""
    words = chains(reading)
    yield Text("On whose word", "bold")
    for a in reading.attributions:
        yield Text.assemble((f"  {visible(a.id):5}", "bold blue"), chain(words[a.id]), f"  {a.stance}")
    if not reading.attributions:
        yield Text("  nothing attributed to anybody was found")


def _voice(reading: Reading) -> Iterator[Text]:
    if reading.voice:
        yield Text.assemble("\n", ("In the outlet's own voice", "bold"))
    for v in reading.voice:
        yield Text.assemble(f"  {v.kind}: ", one_line(v.span.text))


def _harm(reading: Reading) -> Iterator[Text]:
    if reading.casualties:
        yield Text.assemble("\n", ("People harmed", "bold"))
    for c in reading.casualties:
        by = c.attribution or "own voice"
        yield Text(f"  {bounds(c.min, c.max)} {c.kind}: {one_line(c.span.text)} ({visible(by)})")


def _figure(figure: Figure) -> str:
    who = f" ({figure.who})" if figure.who else ""
    return f"{bounds(figure.min, figure.max)} {figure.kind}{who}"


def _place(claim: ClaimRow) -> str | None:
    if claim.place is None or claim.lat is None or claim.lon is None:
        return claim.place
    return f"{claim.place} ({claim.lat:.3f}, {claim.lon:.3f})"
