"""The claims of a story in the order of time, with what any comparison of two of them needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sayso.link.contents import Contents, Matrix, overlap
from sayso.link.days import day_of
from sayso.link.denials import Wording
from sayso.link.figures import Toll, is_of_several, is_vague, of_one_time, size, tolls
from sayso.link.naming import anonymous
from sayso.link.places import distance
from sayso.link.sides import sides
from sayso.types import ClaimRow, LinkRow, Relation

LIKE = 0.5  # likeness from which on two contents speak of the same
REACH = 10  # claims of an article on either side of one, among which what it may be of is looked for
FAR = 50.0  # kilometres beyond which two places are two
_FEWEST = 3  # content words below which a claim says too little to be compared
_TRIED = 12  # most alike claims, for each relation, that are looked at one by one
_PIECES = 16  # pieces of a claim's content that are looked at
_LAG = 7  # days after an event in which reports that give no date may tell of it
_WHY = 120  # characters of a claim's words in a link
_SAYS = ("asserts", "accuses", "suspects", "denies")

Flags = NDArray[np.bool_]


class Ordered:
    """The claims of a story in the order of time, with what their comparison needs. Claims are called by number."""

    def __init__(
        self, claims: list[ClaimRow], embeddings: list[bytes], names: Mapping[str, str], copies: Mapping[str, str]
    ) -> None:
        self.claims = claims
        self.contents = Contents(claims, embeddings)
        self.origins = [copies.get(c.article, c.article) for c in claims]
        self.sides = sides(claims, names, copies)
        self.by_article: defaultdict[str, list[int]] = defaultdict(list)
        self.at: list[int] = []  # each claim's number within its article
        for number, claim in enumerate(claims):
            self.at.append(len(self.by_article[claim.article]))
            self.by_article[claim.article].append(number)
        self.given = {a: {size(f) for n in held for f in claims[n].figures} for a, held in self.by_article.items()}
        self._lend_sides()
        self.said = [Wording(c) for c in claims]
        timely = {c.id for c in of_one_time(claims)}
        self.timely = np.array([c.id in timely for c in claims])
        self.tolls = [list(tolls(c)) for c in claims]
        self._open_tolls()
        self.main = self._main_tolls()
        self._telling = np.array([len(words) >= _FEWEST for words in self.contents.words])
        self._side = _numbered(self.sides)
        self._origin, self._article = np.split(_numbered([*self.origins, *(c.article for c in claims)]), 2)
        self._says = np.array([c.stance in _SAYS for c in claims])
        self._negative = np.array([said.negative for said in self.said])
        # Figures that are nobody's, or which an outlet has from others, are not held against anybody's.
        known = [c.claimant is not None and not said.relays for c, said in zip(claims, self.said, strict=True)]
        self._counts = self.timely & np.array(known)
        self._told: set[tuple[str, str, int, str]] = set()  # what an article has of a side against a claim

    def _lend_sides(self) -> None:
        """What an outlet tells on its own and, near by in the article, on somebody's word, is that party's word."""
        for n, claim in enumerate(self.claims):
            if len(claim.chain) == 1:
                told = [m for m in self._around(n, 2 * REACH) if len(self.claims[m].chain) > 1]
                shares = [(overlap(self.contents.words[n], self.contents.words[m]), -m) for m in told]
                share, best = max(shares, default=(0.0, 0))
                if share >= LIKE:
                    self.sides[n] = self.sides[-best]

    def _around(self, n: int, reach: int) -> list[int]:
        """The claims that stand around ``n`` in its article, itself left out."""
        held, at = self.by_article[self.claims[n].article], self.at[n]
        return [m for m in held[max(0, at - reach) : at + reach + 1] if m != n]

    def _open_tolls(self) -> None:
        """Where one party gives a number of the same harm and victims as exact and as "at least" in one article, as
        headlines cut it, it is the least."""

        def key(n: int, toll: Toll) -> tuple[str, str, str, str, int | None]:
            return self.claims[n].article, self._speaker(n), toll.figure.kind, toll.whom, toll.figure.min

        least = {key(n, t) for n, held in enumerate(self.tolls) for t in held if t.figure.max is None}
        for n, held in enumerate(self.tolls):
            cut = [t.figure.min == t.figure.max and key(n, t) in least for t in held]
            self.tolls[n] = [
                replace(t, figure=replace(t.figure, max=None)) if is_cut else t
                for t, is_cut in zip(held, cut, strict=True)
            ]

    def _main_tolls(self) -> list[list[Toll]]:
        """Of each claim's tolls those that may be its article's for the story: exact enough, and the greatest that the
        same party gives there of this harm and these victims. Others are of a part, or of something else."""
        most: defaultdict[tuple[str, str, str, str], int] = defaultdict(int)
        for n, claim in enumerate(self.claims):
            for toll in self.tolls[n]:
                key = (claim.article, self._speaker(n), toll.figure.kind, toll.whom)
                most[key] = max(most[key], size(toll.figure))
        return [
            [
                toll
                for toll in self.tolls[n]
                if self.timely[n]
                and not is_vague(toll.figure)
                and not is_of_several(claim.text)
                and size(toll.figure) == most[claim.article, self._speaker(n), toll.figure.kind, toll.whom]
            ]
            for n, claim in enumerate(self.claims)
        ]

    def _speaker(self, n: int) -> str:
        """Whose figures are those of claim ``n``: an unnamed source's are its outlet's."""
        claim = self.claims[n]
        return f"\0{claim.outlet}" if anonymous(claim.claimant) or len(claim.chain) == 1 else self.sides[n]

    def _closest(self, n: int, first: int, alike: Matrix, least: float, where: Flags) -> list[tuple[float, int]]:
        """The most alike of the earlier claims ``where`` holds, with their likeness, best first."""
        earlier = alike[: n - first]
        (fitting,) = (where[: n - first] & (earlier >= least)).nonzero()
        if not len(fitting):
            return []
        ranked = fitting[(-earlier[fitting]).argsort(kind="stable")][:_TRIED]
        return list(zip(earlier[ranked].tolist(), (ranked + first).tolist(), strict=True))

    def _is_copy(self, n: int) -> bool:
        return self.origins[n] != self.claims[n].article

    def _is_new(self, n: int, m: int, why: str = "") -> bool:
        """True unless an earlier claim of the same article and side was held against claim ``m`` already."""
        key = (self.claims[n].article, self.sides[n], m, why)
        known = key in self._told
        self._told.add(key)
        return not known

    def _beside(self, n: int, m: int) -> bool:
        """True where neither claim is within the other, nor both are one article's without a name."""
        one_article = self.claims[n].article == self.claims[m].article
        return not one_article or (not self._overlaps(n, m) and self._speaker(n) != self._speaker(m))

    def _overlaps(self, n: int, m: int) -> bool:
        """True where two claims have words of one article in common."""
        a, b = self.claims[n], self.claims[m]
        pieces, others = a.spans[:_PIECES], b.spans[:_PIECES]
        return a.article == b.article and any(s.start < t.end and t.start < s.end for s in pieces for t in others)

    def _one_act(self, n: int, m: int, far: float = FAR) -> bool:
        """True where two claims may tell of one act: nothing says that it was of another kind, day or place, which is
        more than ``far`` kilometres away."""
        a, b = self.claims[n], self.claims[m]
        if a.event_type and b.event_type and a.event_type != b.event_type:
            return False
        return of_one_time_as(a, b) and (a.place == b.place or (distance(a, b) or 0.0) <= far)

    def _link(self, n: int, m: int, relation: Relation, why: str, score: float) -> LinkRow:
        return LinkRow(self.claims[n].id, self.claims[m].id, relation, why, round(min(1.0, score), 3))

    def _quotes(self, n: int, m: int) -> str:
        return f"{cut(self.claims[n].text)} ≠ {cut(self.claims[m].text)}"


def _numbered(keys: Sequence[str]) -> NDArray[np.int64]:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys])


def cut(text: str) -> str:
    """The beginning of a claim's words."""
    words = " ".join(text.split())
    return words if len(words) <= _WHY else words[:_WHY].rsplit(" ", 1)[0] + " …"


def of_one_time_as(a: ClaimRow, b: ClaimRow) -> bool:
    """True where two claims may tell of one day: the same, give or take one; of a claim without a date, a report tells
    of the days before it was published."""
    one, other = day_of(a.date), day_of(b.date)
    if one and other:
        return abs((one - other).days) <= 1
    for dated, undated in ((one, b), (other, a)):
        told = day_of(undated.published)
        if dated and told and not undated.date and not -1 <= (told - dated).days <= _LAG:
            return False
    return True
