"""Words that two texts have in common, found by lining them up; and keys under which such texts meet.

What is compared is runs of six words, whatever their case, punctuation, quotation marks and accents: the measure of
text reuse in newspapers (Clough et al., "METER: MEasuring TExt Reuse", 2002). Everything takes time in proportion to
the texts' lengths.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from sayso.link.terms import common, hashed, is_name, term
from sayso.text import mangled_marks
from sayso.types import Span

_RUN = 6  # words: a shorter run is often a stock phrase ("at least ten people were killed")
_LEAST = 1 / 3  # of the shorter text's words
_FEWEST = 20  # words copied: a headline in common makes no copy of two notes of two lines
_OPENING = 1 / 10  # of the first half of one of the two texts
_SLOT = 2 * _RUN  # words at the most in the place of others
_KNOWN = 1 / 2  # of a text's words, which general English texts have, too
_KEYS = 64
_FEW = 16  # runs with names or figures, below which all runs count
_LONGEST = 10_000  # words of a text that are looked at, so that a hostile one costs no more than a long report

# Apostrophes, thousands' commas and the points of "U.S." are lost in some copies: a word is the same without them.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,8}|\d{1,3}(?:,\d{3}){1,4}|[^\W_]+(?:['’‘ʼ`´\u0300-\u036f\u064b-\u0652]+[^\W_]*)*")
_LOST = re.compile(r"[.,'’‘ʼ`´]+")


@dataclass(frozen=True, slots=True)
class Copy:
    """What two texts share: the share of each one's words that stands in runs which the other has too (0 to 1), and the
    longest such run as it stands in each."""

    share_a: float
    share_b: float
    run_a: Span
    run_b: Span

    def mirrored(self) -> Copy:
        """The same, with the two texts exchanged."""
        return Copy(self.share_b, self.share_a, self.run_b, self.run_a)


def copied(a: str, b: str) -> Copy | None:
    """What ``a`` and ``b`` share, if one copies the other or both copy a third; else None.

    They do where at least a third of the shorter one's words, and twenty, stand in shared runs, and where these reach
    into the first half of one of the two: what stands only at the end of both is the background that an outlet repeats
    from report to report ("The war began in …"), not the news. The order of the runs does not count, so that inserted,
    moved and cut passages do no harm.
    """
    if (len(_wording(b).words), b) < (len(_wording(a).words), a):
        return None if (found := copied(b, a)) is None else found.mirrored()
    short, long = _wording(a), _wording(b)
    runs = list(_runs(short, long))
    if not runs:
        return None
    in_short = _covered(short, ((i, n) for i, _, n in runs))
    if sum(in_short) < max(_FEWEST, _LEAST * len(in_short)):
        return None
    in_long = _covered(long, ((j, n) for j, _, n in _runs(long, short)))
    if max(_opening(in_short), _opening(in_long)) < _OPENING:
        return None
    i, j, n = max(runs, key=lambda run: (run[2], -run[0]))
    return Copy(_share(in_short), _share(in_long), _span(a, i, n), _span(b, j, n))


def filled_in(a: str, b: str) -> int:
    """How many names and figures of one text stand in the place of others of the other text, as where a form is filled
    in anew; the same whichever is first. Names that are only spelled otherwise are the same, and "ISIS" for "ISIL"
    throughout counts once. In texts of which we know few words, figures alone count."""
    one, two = sorted((_wording(a), _wording(b)), key=lambda wording: (len(wording.words), wording.words))
    tells = is_name if one.is_known and two.is_known else str.isdigit
    found: set[tuple[frozenset[str], frozenset[str]]] = set()
    i, j = 0, 0
    for first, second, n in (*_runs(one, two), (len(one.words), len(two.words), 0)):
        if i < first <= i + _SLOT and j < second <= j + _SLOT:
            said, other = (
                frozenset(word if word.isdigit() else term(word) for word in words if tells(word))
                for words in (one.words[i:first], two.words[j:second])
            )
            found.add((said - other, other - said))
        i, j = first + n, second + n
    return sum(min(len(said), len(other)) for said, other in found)


def bands(text: str) -> tuple[int, ...]:
    """The keys of ``text``, sorted: at most 64 integers of 63 bits, the same on any machine. Texts of which one has a
    third of the other's words very probably share some.

    They are the smallest hashes of its runs of six words, a "bottom-k" sketch (Broder, "On the resemblance and
    containment of documents", 1997): what two texts have in common is as likely to be among the smallest in both.
    Only runs with a name or a figure count, as long as there are enough: the others are the phrases of all such
    reports, and the form that one outlet fills in for event after event.
    """
    runs = _wording(text).runs
    telling = [run for run in runs if not common().issuperset(run)]
    return tuple(heapq.nsmallest(_KEYS, {hashed(" ".join(run)) for run in (telling if len(telling) >= _FEW else runs)}))


@dataclass(frozen=True, slots=True)
class _Wording:
    """A text's words as they are compared, and where each run of six begins first."""

    words: tuple[str, ...]
    runs: dict[tuple[str, ...], int]

    @property
    def is_known(self) -> bool:
        """True of a text of whose words most are in general English texts."""
        return sum(word in common() for word in self.words) >= _KNOWN * len(self.words)


@lru_cache(maxsize=256)  # a new article is compared with its candidates, one after the other
def _wording(text: str) -> _Wording:
    words = tuple([_plain(match[0]) for match in islice(_WORD.finditer(_mended(text)), _LONGEST)])
    runs: dict[tuple[str, ...], int] = {}
    for at, run in enumerate(zip(*(words[i:] for i in range(_RUN)), strict=False)):
        runs.setdefault(run, at)
    return _Wording(words, runs)


def _span(text: str, first: int, count: int) -> Span:
    """``count`` words of ``text`` as they stand there."""
    found = list(islice(_WORD.finditer(_mended(text)), first, first + count))
    return Span.of(text, found[0].start(), found[-1].end())


def _mended(text: str) -> str:
    """``text`` with marks where one was decoded wrongly, each as long as what it stands for: offsets stay."""
    parts, at = [], 0
    for start, end, mark in mangled_marks(text):
        parts += [text[at:start], mark * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower() if word.isalnum() else _LOST.sub("", word).lower()
    word = _LOST.sub("", word).casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def _runs(a: _Wording, b: _Wording) -> Iterator[tuple[int, int, int]]:
    """Where runs that both have begin in ``a``, where first in ``b``, and of how many words each is, in the order of
    ``a``; all words of ``a`` that stand in a run of six which ``b`` has are in one of them."""
    i = 0
    while i <= len(a.words) - _RUN:
        j = b.runs.get(a.words[i : i + _RUN])
        if j is None:
            i += 1
            continue
        n = _RUN
        while i + n < len(a.words) and j + n < len(b.words) and a.words[i + n] == b.words[j + n]:
            n += 1
        yield i, j, n
        i += n - _RUN + 1


def _covered(wording: _Wording, runs: Iterable[tuple[int, int]]) -> bytearray:
    """1 for each word that is in one of ``runs`` (first word, number of words), else 0."""
    covered = bytearray(len(wording.words))
    for first, count in runs:
        covered[first : first + count] = b"\x01" * count
    return covered


def _share(covered: bytearray) -> float:
    return sum(covered) / len(covered)


def _opening(covered: bytearray) -> float:
    """The share of the first half that is covered."""
    return _share(covered[: (len(covered) + 1) // 2])
