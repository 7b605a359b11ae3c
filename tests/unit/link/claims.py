"""Invented claims for tests of how claims relate."""

from __future__ import annotations

import itertools

from sayso.types import ClaimRow, Figure, Span

_numbers = itertools.count()


def killed(least: int | None, most: int | None = None, who: str | None = "people", *, kind: str = "killed") -> Figure:
    """``killed(5)`` is exactly five, ``killed(5, -1)`` at least five."""
    return Figure(least, None if most == -1 else least if most is None else most, kind, who)


def claim(
    text: str,
    *,
    by: str | None = None,
    outlet: str = "Harbour Post",
    article: str | None = None,
    published: str | None = "2031-05-04",
    stance: str = "asserts",
    figures: tuple[Figure, ...] = (),
    place: str | None = "Orvane",
    date: str | None = None,
    certainty: str | None = "happened",
    event_type: str | None = "ASSAULT",
    chain: tuple[str | None, ...] | None = None,
    at: int | None = None,
) -> ClaimRow:
    """A claim by ``by``, or of the outlet's own where nobody is given; claims of an ``article`` come in turn."""
    number = next(_numbers)
    start = 10_000 * (number if at is None else at)
    full = chain or ((outlet, by) if by else (outlet,))
    return ClaimRow(
        id=f"c{number:06}",
        article=article or f"a{number:06}",
        outlet=outlet,
        published=published,
        claimant=full[-1],
        chain=full,
        stance=stance,
        text=text,
        spans=(Span(start, start + len(text), text),),
        event_type=event_type,
        certainty=certainty,
        place=place,
        lat=None,
        lon=None,
        date=date,
        figures=figures,
        evidence=(),
        story=None,
        origin=None,
        echo_of=None,
        confidence=0.9,
        decision=None,
    )
