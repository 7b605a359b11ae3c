"""Whether a report is read the same with the names of the parties exchanged.

``PAIRS`` is a list of names for measuring; the reader has none. Each report of FA-KES is read twice, the second time
with the two names of each pair exchanged throughout, which leaves the number of words as it is. No outlet is told,
because its name would have to be exchanged too. The second reading is put back: its offsets are moved to where the
words stand in the report as it is, and the names in its claimants and victims are exchanged again. Then these are
compared:

- *attributions*: the spans of source, cue and contents, the claimant, the stance, and the spans of the attribution
  that it lies within are all the same;
- *casualties*: span, bounds, kind, who, and the spans of the attribution that carries it;
- *voice*: span and kind.

The figure is the share of what either reading has that the other has too (F1): what is lost counts as much as what is
new. *All together* has the three in one. A report in which exchanging twice doesn't give the same text back, because
two names came to stand side by side, is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sayso.types import Attribution, Reading, Span

# Names of parties that such reports set against each other, or set side by side. Both of a pair have as many words, the
# same form, and where it can be had the same sound at the beginning ("an Iranian", "an Israeli"). Not words that judge
# ("regime"), nor those for a kind of body ("army"): a reading may well differ by these.
PAIRS = (
    ("Russia", "Turkey"),
    ("Russias", "Turkeys"),  # FA-KES lost its apostrophes
    ("Russian", "Turkish"),
    ("Russians", "Turks"),
    ("Moscow", "Ankara"),
    ("Vladimir", "Tayyip"),
    ("Putin", "Erdogan"),
    ("Sergei", "Mevlut"),
    ("Lavrov", "Cavusoglu"),
    ("Sputnik", "Anadolu"),
    ("Iran", "Israel"),
    ("Iranian", "Israeli"),
    ("Iranians", "Israelis"),
    ("Tehran", "Jerusalem"),
    ("Rouhani", "Netanyahu"),
    ("United States", "European Union"),
    ("a US", "an EU"),
    ("US", "EU"),
    ("U.S", "E.U"),
    ("an American", "a European"),
    ("American", "European"),
    ("Americans", "Europeans"),
    ("Washington", "Brussels"),
    ("White House", "European Commission"),
    ("Barack Obama", "Francois Hollande"),
    ("Obama", "Hollande"),
    ("Donald Trump", "Emmanuel Macron"),
    ("Trump", "Macron"),
    ("John Kerry", "Jean Juncker"),
    ("Kerry", "Juncker"),
    ("Bashar", "Riad"),
    ("Assad", "Hijab"),
    ("Assads", "Hijabs"),
    ("a government", "an opposition"),
    ("government", "opposition"),
    ("governments", "oppositions"),
    ("rebel", "loyalist"),
    ("rebels", "loyalists"),
    ("Free Syrian Army", "Syrian Arab Army"),
    ("FSA", "SAA"),
    ("SANA", "SOHR"),
    ("an Observatory", "an Agency"),
    ("Observatory", "Agency"),
    ("White Helmets", "Red Crescent"),
    ("Hezbollah", "Nusra"),
    ("Daesh", "Asayish"),
    ("ISIL", "SDF"),
    ("ISIS", "YPG"),
    ("Islamic State", "Democratic Forces"),
)
EVERY = 5  # of the reports, where all would take too long

Key = tuple[Any, ...]


def _exchange() -> dict[str, str]:
    """Each name with the other of its pair, also in capitals, and as the first word of a sentence."""
    other: dict[str, str] = {}
    for pair in PAIRS:
        shapes = [pair, (pair[0].upper(), pair[1].upper())]
        if pair[0][0].islower() and pair[1][0].islower():
            shapes.append((_capitalised(pair[0]), _capitalised(pair[1])))
        for one, two in shapes:
            if one not in other and two not in other:  # an acronym is its own capitals
                other |= {one: two, two: one}
    return other


def _capitalised(name: str) -> str:
    return name[0].upper() + name[1:]


_OTHER = _exchange()
# Longer names first, so that they are not taken for the shorter ones in them. "Its opposition to the plan" is no party.
_NAME = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in sorted(_OTHER, key=len, reverse=True))})(?!\w)"
    r"(?<!\bin opposition)(?<!\bin government)(?!(?<=opposition) to\b)(?!(?<=government) to\b)"
)


def exchanged(text: str) -> str:
    """``text`` with the two names of each pair exchanged."""
    return _NAME.sub(lambda name: _OTHER[name.group()], text)


def back(text: str) -> Callable[[int], int]:
    """Where in ``text`` an offset of ``exchanged(text)`` was. One within a name is as far from the name's start, and no
    farther than its end."""
    new, old = [0], [0]  # where stretches begin: a name, and what follows it
    for name in _NAME.finditer(text):
        start = new[-1] + name.start() - old[-1]
        new += [start, start + len(_OTHER[name.group()])]
        old += [name.start(), name.end()]

    def at(offset: int) -> int:
        stretch = bisect_right(new, offset) - 1
        moved = old[stretch] + offset - new[stretch]
        return min(moved, old[stretch + 1]) if stretch + 1 < len(old) else moved

    return at


def holds(text: str) -> bool:
    """True if exchanging twice gives the text back, as it must."""
    return exchanged(exchanged(text)) == text


def figures(pairs: Iterable[tuple[Reading, Reading]]) -> dict[str, float]:
    """The figures, in per cent, of readings and those of the same reports with the names exchanged."""
    same, of = Counter[str](), Counter[str]()
    for plain, other in pairs:
        at = back(plain.article.text)
        once, again = found(plain, lambda offset: offset, str), found(other, at, exchanged)
        for kind in once:
            same[kind] += 2 * (once[kind] & again[kind]).total()
            of[kind] += once[kind].total() + again[kind].total()
    shares = {f"{kind} the same": 100 * same[kind] / of[kind] if of[kind] else 100.0 for kind in _KINDS}
    return shares | {"all together the same": 100 * same.total() / of.total() if of.total() else 100.0}


_KINDS = ("attributions", "casualties", "voice")


def found(reading: Reading, at: Callable[[int], int], name: Callable[[str], str]) -> dict[str, Counter[Key]]:
    """What is compared of a reading, by kind, with its offsets moved by ``at`` and its names put back by ``name``."""
    by_id = {a.id: a for a in reading.attributions}

    def place(span: Span | None) -> Key | None:
        return (at(span.start), at(span.end)) if span else None

    def spans(attribution: Attribution | None) -> Key | None:
        if attribution is None:
            return None
        return place(attribution.source), place(attribution.cue), *map(place, attribution.content)

    def named(words: str | None) -> str | None:
        return name(words) if words else None

    said = ((spans(a), named(a.claimant), a.stance, spans(by_id.get(a.within or ""))) for a in reading.attributions)
    harm = (
        (place(c.span), c.min, c.max, c.kind, named(c.who), spans(by_id.get(c.attribution or "")))
        for c in reading.casualties
    )
    voice = ((place(v.span), v.kind) for v in reading.voice)
    return dict(zip(_KINDS, map(Counter[Key], (said, harm, voice)), strict=True))


def some(reports: Sequence[str]) -> Sequence[str]:
    """A fixed part of the reports."""
    return reports[::EVERY]
