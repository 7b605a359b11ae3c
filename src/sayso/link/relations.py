"""Relations between the claims of one story: who repeats, agrees with, denies or differs from whom, and what shows it.

What two claims have to do with each other depends on these two and on what stands beside them in their articles. Each
link gives the words or figures that show it; nothing here says who is right.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sayso.link.accused import home, is_of_side, whom
from sayso.link.contents import Contents, Matrix, content_words, overlap
from sayso.link.days import day_of
from sayso.link.denials import Wording
from sayso.link.figures import Toll, contradicts, in_time, is_of_several, is_vague, of_one_time, size, tolls
from sayso.link.naming import anonymous, named
from sayso.link.places import distance
from sayso.link.sides import sides
from sayso.types import ClaimRow, Figure, LinkRow, Relation

SAME = 0.7  # likeness from which on two contents say the same
VERBATIM = 0.9  # and from which on they are the same words, whoever is named
LIKE = 0.5  # and from which on they speak of the same
_WINDOW = 4_096  # earlier claims that each is compared with: of a greater story, its latest only
_ROWS = 256  # claims that are compared at a time
_TRIED = 12  # most alike claims, for each relation, that are looked at one by one
_PIECES = 16  # pieces of a claim's content that are looked at
_FEWEST = 3  # content words below which a claim says too little to be compared
_REACH = 10  # claims of an article before a denial among which what it denies is looked for
_JUST = 3  # and after it; claims before a denial that it answers, if they accuse, whoever is named
_DENIED = 3  # sides whose claims one denial is led to at most
_ACCUSING = 128  # claims that accuse, before and after a denial, that are looked at
_A_FEW = 5  # people harmed, from which on two who give one number are taken to tell of one thing
_TIMES = 3  # times that one figure is the other at most, in claims that are only like
_MEANT = 0.6  # score of a denial that is told by form and place, and not by likeness
_LAG = 7  # days after an event in which reports that give no date may tell of it
_FAR = 50.0  # kilometres beyond which two places are two
_APART = 20.0  # and beyond which figures of two are of two events
_FEWER = 3  # times fewer words in common than with another claim, and a denial is of that one
_WHY = 120  # characters of a claim's words in a link
_SAYS = ("asserts", "accuses", "suspects", "denies")

Flags = NDArray[np.bool_]


def relations(
    claims: Sequence[ClaimRow],
    embeddings: Sequence[bytes],
    names: Mapping[str, str],
    copies: Mapping[str, str],
) -> Iterator[LinkRow]:
    """The links between the claims of one story: from each claim to the earlier one, by publication, article and place
    in the text, that it repeats, agrees with or differs from; and from a denial to what it denies, earlier or later. A
    copy is never earlier than what it copies.

    ``embeddings`` are the claims', in their order: 384 float16 each, or empty. ``names`` leads claimants' names to
    canonical ones, ``copies`` an article that copies to the one where its words start. The order of ``claims`` does not
    matter. Each is compared with a bounded number of others, and has few links.
    """
    if not claims:
        return
    turns = _turns(claims, copies)
    order = sorted(range(len(claims)), key=lambda n: (*turns[claims[n].article], *in_time(claims[n]), claims[n].id))
    yield from _Story([claims[n] for n in order], [embeddings[n] for n in order], names, copies).links()


def _turns(claims: Sequence[ClaimRow], copies: Mapping[str, str]) -> dict[str, tuple[bool, str, int]]:
    """By which articles have their say one after the other: when each was published, the undated last; but what copies
    another follows it, though it be dated earlier, as an agency's dispatch of the evening is in the day's paper."""
    own = {c.article: (c.published is None, c.published or "", 0) for c in claims}
    turns: dict[str, tuple[bool, str, int]] = {}
    for article in own:
        path = [article]
        seen = {article}
        while (origin := copies.get(path[-1])) in own and origin not in turns and origin not in seen:
            path.append(origin)
            seen.add(origin)
        for at in reversed(path):
            before = turns.get(copies.get(at, ""))
            turns[at] = own[at] if before is None or own[at] > before else (before[0], before[1], before[2] + 1)
    return turns


# What one body, or its office, may be called by besides its name.
_OF_ANY_BODY = frozenset(
    word.rstrip("s")
    for word in content_words(
        "directorate authority department office head director chief spokesman official governor province governorate"
    )
)


class _Story:
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
                told = [m for m in self._around(n, 2 * _REACH) if len(self.claims[m].chain) > 1]
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

    def links(self) -> Iterator[LinkRow]:
        for start in range(0, len(self.claims), _ROWS):
            stop = min(start + _ROWS, len(self.claims))
            first = max(0, start - _WINDOW)
            alike = self.contents.alike(slice(start, stop), slice(first, stop))
            most = np.tril(alike, start - first - 1).max(axis=1)
            for n in range(start, stop):
                yield from self._links_of(n, first, alike[n - start], most[n - start])

    def _links_of(self, n: int, first: int, alike: Matrix, most: float) -> Iterator[LinkRow]:
        """Those from claim ``n``; ``alike`` has its likeness to the claims from ``first`` on. ``most``, the greatest to
        those before it, tells what need not be looked for."""
        repeated = self._repeated(n, first, alike) if most >= SAME and len(self.by_article) > 1 else None
        if repeated is not None:
            yield repeated
            if self._is_copy(n):
                return  # what it has to do with others, the claim that it copies has
        if most >= LIKE:
            found = (self._agreeing(n, first, alike), self._differing(n, first, alike))
            yield from (link for link in found if link)
        yield from self._denied(n, first, alike)
        if most >= LIKE / 2:
            yield from self._contradicted(n, first, alike)

    def _is_copy(self, n: int) -> bool:
        return self.origins[n] != self.claims[n].article

    def _closest(self, n: int, first: int, alike: Matrix, least: float, where: Flags) -> list[tuple[float, int]]:
        """The most alike of the earlier claims ``where`` holds, with their likeness, best first."""
        earlier = alike[: n - first]
        (fitting,) = (where[: n - first] & (earlier >= least)).nonzero()
        if not len(fitting):
            return []
        ranked = fitting[(-earlier[fitting]).argsort(kind="stable")][:_TRIED]
        return list(zip(earlier[ranked].tolist(), (ranked + first).tolist(), strict=True))

    def _repeated(self, n: int, first: int, alike: Matrix) -> LinkRow | None:
        """The most alike earlier claim that another article has on the same side's word, or in the very same words. Of
        few words, "the charge", only where one article copies the other."""
        here = slice(first, n)
        one_side = self._side[here] == self._side[n]
        where = self._telling[here] & (one_side | (alike[: n - first] >= VERBATIM))
        where |= one_side & ((self._origin[here] == self._origin[n]) | (self._article[here] == self._origin[n]))
        where &= self._article[here] != self._article[n]
        closest = self._closest(n, first, alike, SAME, where)
        for score, m in sorted(closest, key=lambda found: (-found[0], abs(self.at[found[1]] - self.at[n]))):
            if self._same_figures(n, m) and self.said[n].negative == self.said[m].negative:
                return self._link(n, m, "repeats", self._shared(n, m), score)
        return None

    def _agreeing(self, n: int, first: int, alike: Matrix) -> LinkRow | None:
        """The most alike earlier claim that another side makes in other words, of an article that doesn't copy."""
        if not self._says[n] or not self.timely[n] or not self._telling[n]:
            return None
        here = slice(first, n)
        where = self._apart(n, here) & self._says[here] & self.timely[here] & self._telling[here]
        where &= (self._side[here] != self._side[n]) & (self._negative[here] == self._negative[n])
        for score, m in self._closest(n, first, alike, LIKE, where & (alike[: n - first] < VERBATIM)):
            if self._beside(n, m) and self._agree(n, m) and (score >= SAME or self._one_toll(n, m)):
                return self._link(n, m, "agrees", self._shared(n, m), score)
        return None

    def _apart(self, n: int, here: slice) -> Flags:
        """Which of the claims ``here`` are of the same article as ``n``, or of one that has other words."""
        flags: Flags = (self._origin[here] != self._origin[n]) | (self._article[here] == self._article[n])
        return flags

    def _agree(self, n: int, m: int) -> bool:
        """True where two like claims can both hold, and figures or place show that they tell of one thing.
        What an unnamed source says cannot be known to be independent."""
        a, b = self.claims[n], self.claims[m]
        if any(len(c.chain) > 1 and anonymous(c.claimant) for c in (a, b)):
            return False
        if not self._one_act(n, m) or self.said[n].accuses_another(self.said[m]):
            return False
        both = [(now.figure, then.figure) for now in self.tolls[n] for then in self.tolls[m] if _of_one_kind(now, then)]
        if any(contradicts(*pair) for pair in both) or self._counted_apart(n, m):
            return False
        one, other = self.said[n].numbers, self.said[m].numbers
        if not both and one and other and one.isdisjoint(other):
            return False  # "seven boats sank", "two boats sank": whatever is counted
        return bool(both) or (a.place == b.place and not (self.tolls[n] and self.tolls[m]))

    def _one_toll(self, n: int, m: int) -> bool:
        """True where two claims give one number of the same harm and victims, more than a few."""
        return any(
            _of_one_kind(now, then) and size(now.figure) == size(then.figure) >= _A_FEW
            for now in self.main[n]
            for then in self.main[m]
        )

    def _differing(self, n: int, first: int, alike: Matrix) -> LinkRow | None:
        """The most alike earlier claim with figures that cannot both hold at that time, of an article that doesn't
        copy."""
        if not self._counts[n] or not (self.main[n] or self.said[n].counts):
            return None
        here = slice(first, n)
        where = self._apart(n, here) & self._says[here] & self._counts[here] & (self._side[here] != self._side[n])
        for score, m in self._closest(n, first, alike, LIKE, where):
            if self._beside(n, m) and self._one_count(n, m) and (why := self._conflict(n, m, score)):
                return self._link(n, m, "differs", why, score) if self._is_new(n, m, why) else None
        return None

    def _is_new(self, n: int, m: int, why: str = "") -> bool:
        """True unless an earlier claim of the same article and side was held against claim ``m`` already."""
        key = (self.claims[n].article, self.sides[n], m, why)
        known = key in self._told
        self._told.add(key)
        return not known

    def _one_count(self, n: int, m: int) -> bool:
        """True where two claims may count at one act, and not for one body: "that attack" is another than one elsewhere
        of the same article, and the health directorate of a place is the place's health authority."""
        a, b = self.claims[n], self.claims[m]
        if a.article == b.article and a.place != b.place and (self.said[n].of_that or self.said[m].of_that):
            return False
        return self._one_act(n, m, _APART) and not self._may_be_one_body(a, b)

    def _may_be_one_body(self, a: ClaimRow, b: ClaimRow) -> bool:
        """True where both claimants are called by a place of which the claims tell, and by another word, and what else
        they are called by is only what kind of body or office that is."""
        told, *names = (
            {word.rstrip("s") for word in content_words(text)}  # feeds lose apostrophes: "Orvanes health authority"
            for text in (f"{a.place} {b.place}", *((named(c.claimant or "").body or c.claimant or "") for c in (a, b)))
        )
        both = set.intersection(*names)
        return len(both) > 1 and not both.isdisjoint(told) and set.union(*names) - both <= _OF_ANY_BODY

    def _conflict(self, n: int, m: int, alike: float) -> str | None:
        """The figures of the later claim ``n`` and the earlier ``m`` that cannot both hold; None if all can. Figures
        far from each other are of two events, unless the claims say the same but for them."""
        for now in self.main[n]:
            for then in self.main[m]:
                if (
                    _of_one_kind(now, then)
                    and contradicts(now.figure, then.figure)
                    and (alike >= SAME or _near(now, then))
                    and not self._grown(n, now, m, then)
                    and not self._adds_up(n, now, m, then)
                ):
                    return f"{_told(now.figure)} ≠ {_told(then.figure)}"
        return self._counted_apart(n, m)

    def _counted_apart(self, n: int, m: int) -> str | None:
        """Things that two claims count, and not alike."""
        for what, number, words in self.said[n].counts:
            for other, count, others in self.said[m].counts:
                if what == other and number != count and min(number, count) > 1:
                    return f"{words} ≠ {others}"
        return None

    def _grown(self, n: int, now: Toll, m: int, then: Toll) -> bool:
        """True where a toll is higher on a later day."""
        later, earlier = day_of(self.claims[n].published), day_of(self.claims[m].published)
        return size(now.figure) > size(then.figure) and later is not None and earlier is not None and later > earlier

    def _adds_up(self, n: int, now: Toll, m: int, then: Toll) -> bool:
        """True where one of two figures may be a part of the other: one claim gives both, or what is left, or both
        together, is a figure of one of the two articles."""
        one, other = size(now.figure), size(then.figure)
        if any({one, other} <= {size(f) for f in self.claims[k].figures} for k in (n, m)):
            return True
        given = self.given[self.claims[n].article] | self.given[self.claims[m].article]
        return one + other in given or abs(one - other) in given

    def _beside(self, n: int, m: int) -> bool:
        """True where neither claim is within the other, nor both are one article's without a name."""
        one_article = self.claims[n].article == self.claims[m].article
        return not one_article or (not self._overlaps(n, m) and self._speaker(n) != self._speaker(m))

    def _overlaps(self, n: int, m: int) -> bool:
        """True where two claims have words of one article in common."""
        a, b = self.claims[n], self.claims[m]
        pieces, others = a.spans[:_PIECES], b.spans[:_PIECES]
        return a.article == b.article and any(s.start < t.end and t.start < s.end for s in pieces for t in others)

    def _same_figures(self, n: int, m: int) -> bool:
        told, before = ({(t.figure.kind, t.whom): size(t.figure) for t in self.tolls[k]} for k in (n, m))
        return all(before.get(key, number) == number for key, number in told.items())

    def _one_act(self, n: int, m: int, far: float = _FAR) -> bool:
        """True where two claims may tell of one act: nothing says that it was of another kind, day or place, which is
        more than ``far`` kilometres away."""
        a, b = self.claims[n], self.claims[m]
        if a.event_type and b.event_type and a.event_type != b.event_type:
            return False
        return _of_one_time(a, b) and (a.place == b.place or (distance(a, b) or 0.0) <= far)

    def _denied(self, n: int, first: int, alike: Matrix) -> Iterator[LinkRow]:
        """What the denial ``n`` denies: what stands around it in its article and is meant, or was said before."""
        said = self.said[n]
        if self._refutes(n):
            yield from self._denying(n, self._accusing(n), first, alike)
        if not said.is_denial or said.denies_falsehood or said.is_of_another_speaker or self._is_foretold(n):
            return
        near = [m for m in self._around(n, _REACH) if self.at[m] - self.at[n] <= _JUST and self._deniable(n, m)]
        picked = [m for m in near if said.speaks_of_account_by(self.claims[m].claimant)]
        if not picked and not said.of_owned_account:
            picked = [m for m in near if self._is_meant(n, m)]
        if not said.bare:
            most = max((said.has_in_common(self.said[m]) for m in picked), default=0)
            picked = [m for m in picked if _FEWER * said.has_in_common(self.said[m]) >= most]
        picked.sort(key=lambda m: (m > n, abs(m - n)))
        if said.points:
            told = [m for m in near if m < n and (m in picked or self.said[m].accuses)]
            picked = [m for m in picked if m == max(told, default=m)]
        if said.of_harm and not said.bare:
            like = self._closest(n, first, alike, LIKE, self._says[first:n])
            picked += [m for _, m in like if self._deniable(n, m) and self._is_said_by(m, n)]
        if not picked and said.only_points_at_account:
            picked = [m for m in near if 0 < self.at[n] - self.at[m] <= _JUST][-1:]
        yield from self._denying(n, picked or self._accusing(n), first, alike)

    def _denying(self, n: int, picked: list[int], first: int, alike: Matrix) -> Iterator[LinkRow]:
        for m in self._of_different_sides(self._innermost(picked)):
            if self._is_new(n, m):
                yield self._link(n, m, "denies", self._quotes(n, m), max(_MEANT, self._score(m, first, alike)))

    def _refutes(self, n: int) -> bool:
        """True where claim ``n``, though it is told as no denial, says that reports are false, or that the claimant's
        own side did no harm."""
        said, claim = self.said[n], self.claims[n]
        if len(claim.chain) == 1 or not claim.claimant:
            return False
        if said.refuted is not None or said.not_us:
            return True
        return said.disclaims is not None and is_of_side(said.disclaims, claim.claimant, self._home)

    def _accusing(self, n: int) -> list[int]:
        """Claims of other articles that accuse the side whose denial ``n`` is of what it denies, the nearest first."""
        said, denier = self.said[n], self.claims[n].claimant
        if not denier or said.of_former or not (said.of_harm or said.not_us):
            return []
        at = bisect_left(self._accusing_at, n)
        found = [
            m
            for m in self._accusing_at[max(0, at - _ACCUSING) : at + _ACCUSING]
            if is_of_side((told := self._accusations[m])[0], denier, self._home)
            and self._origin[m] != self._origin[n]
            and self._deniable(n, m)
            and self.timely[m]
            and (distance(self.claims[n], self.claims[m]) or 0.0) <= _FAR
            and (said.bare or not told[1] or self._is_of_that(n, m))
            and said.names_place_of(self.said[m])
            and (not said.of_owned_account or said.speaks_of_account_by(self.claims[m].claimant))
        ]
        return sorted(found, key=lambda m: (m > n, abs(m - n)))[:_DENIED]

    def _is_of_that(self, n: int, m: int) -> bool:
        """True where denial ``n`` is of the harm of which claim ``m`` accuses somebody."""
        said, other = self.said[n], self.said[m]
        return said.not_us or (said.may_deny_harm_in(other) if said.refuted is None else said.refutes(other))

    @cached_property
    def _accusing_at(self) -> list[int]:
        return list(self._accusations)

    @cached_property
    def _accusations(self) -> dict[int, tuple[str, str]]:
        """The claims that accuse somebody, with whom, and of what in their words, if they say it."""
        return {n: told for n, said in enumerate(self.said) if (told := said.accused or whom(self.claims[n]))}

    @cached_property
    def _home(self) -> frozenset[str]:
        return home(c for n, c in enumerate(self.claims) if not self._is_copy(n))

    def _innermost(self, claims: list[int]) -> list[int]:
        """Those claims that do not hand on what another of them says: "that the mayor said …"."""
        return [m for m in claims if not any(self._hands_on(m, k) for k in claims)]

    def _hands_on(self, m: int, k: int) -> bool:
        """True where claim ``m`` has ``k`` within it, and names who says that: not a body's own officer."""
        outer, inner = self.claims[m], self.claims[k]
        within = outer.chain == inner.chain[: len(outer.chain)] and len(inner.chain) > len(outer.chain)
        return within and self._overlaps(m, k) and inner.claimant is not None and inner.claimant in outer.text

    def _of_different_sides(self, claims: list[int]) -> list[int]:
        """The first claim of each side, of few sides."""
        return list({self.sides[m]: m for m in reversed(claims)}.values())[::-1][:_DENIED]

    def _score(self, m: int, first: int, alike: Matrix) -> float:
        return float(alike[m - first]) if 0 <= m - first < len(alike) else 0.0

    def _deniable(self, n: int, m: int) -> bool:
        others = self.sides[m] != self.sides[n] and not self.said[m].negative and bool(self._says[m])
        others = others and self.claims[m].claimant is not None and not self.said[m].is_name and not self.said[m].relays
        return others and not self._is_among(m, n) and not self._overlaps(n, m)

    def _is_foretold(self, n: int) -> bool:
        """True where the denial ``n`` is one that somebody says will come."""
        return any(self.said[m].foretells_denial and self._overlaps(n, m) for m in self._around(n, _JUST))

    def _is_among(self, m: int, n: int) -> bool:
        """True where who speaks in claim ``m`` is one of those who speak in ``n`` together."""
        one, both = ((self.claims[k].claimant or "").casefold().split() for k in (m, n))
        names = set(one) - {"the"}
        return "and" in both and bool(names) and names.issubset(both)

    def _is_said_by(self, m: int, n: int) -> bool:
        """True where claim ``m`` says what ``n`` says is not so, and accuses nobody else than who speaks in ``n``."""
        said, other, denier = self.said[n], self.said[m], self.claims[n].claimant
        if other.accused is not None:
            return said.denies_content_of(other) and bool(denier and other.blames(denier))
        return said.denies_content_of(other) and said.names_doer_in(other) and not said.is_of_another(other)

    def _is_meant(self, n: int, m: int) -> bool:
        """True where a claim beside a denial is what it denies: it blames the denier, or does so just before by
        whatever name, or accuses."""
        said, denier = self.said[n], self.claims[n].claimant
        if said.of_former or (said.of_one and self.said[m].of_many):
            return False
        blamed = denier and not anonymous(denier) and said.of_harm and self.said[m].blames(denier)
        if blamed and said.may_deny_harm_in(self.said[m]):
            return True
        if not (0 < self.at[n] - self.at[m] <= _JUST and said.bare):
            return False
        called = said.only_points and denier and self.said[m].blames_one_called(denier)
        return self.said[m].accuses or bool(called)

    def _contradicted(self, n: int, first: int, alike: Matrix) -> Iterator[LinkRow]:
        """The most alike earlier claim of another side of which one says what the other says is not so, or of which one
        accuses somebody else of the same act."""
        if self.said[n].is_denial or not self._says[n]:
            return
        here = slice(first, n)
        where = self._says[here] & (self._side[here] != self._side[n]) & self._telling[here]
        for score, m in self._closest(n, first, alike, LIKE / 2, where):
            for denier, denied in ((n, m), (m, n)):
                if self._speaks_against(denier, denied, score):
                    yield self._link(denier, denied, "denies", self._quotes(denier, denied), max(_MEANT, score))
                    return
            told = self.said[n].accuses_another(self.said[m]) if self._one_act(n, m) else None
            if told:
                yield self._link(n, m, "denies", told, max(_MEANT, score))
                return

    def _speaks_against(self, n: int, m: int, alike: float) -> bool:
        """True where claim ``n`` says that what ``m`` says is not so."""
        said, other = self.said[n], self.said[m]
        if (
            other.negative
            or other.relays
            or self.claims[m].claimant is None
            or (said.is_denial and (said.bare or not said.of_harm))
        ):
            return False
        if said.says_alive(other):
            return True
        if not said.negative or not self._beside(n, m):
            return False
        return said.clears(other) or (alike >= LIKE and self._is_said_by(m, n))

    def _link(self, n: int, m: int, relation: Relation, why: str, score: float) -> LinkRow:
        return LinkRow(self.claims[n].id, self.claims[m].id, relation, why, round(min(1.0, score), 3))

    def _shared(self, n: int, m: int) -> str:
        """The figure that both give; else the words of the earlier."""
        told = [t.figure for t in self.tolls[n] for o in self.tolls[m] if _of_one_kind(t, o)]
        return _told(told[0]) if told else _cut(self.claims[m].text)

    def _quotes(self, n: int, m: int) -> str:
        return f"{_cut(self.claims[n].text)} ≠ {_cut(self.claims[m].text)}"


def _numbered(keys: Sequence[str]) -> NDArray[np.int64]:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys])


def _near(a: Toll, b: Toll) -> bool:
    few, many = sorted((size(a.figure), size(b.figure)))
    return many <= _TIMES * few


def _of_one_kind(a: Toll, b: Toll) -> bool:
    """True where two tolls are of the same harm and victims; of those who bear arms, only if called by one word."""
    if a.figure.kind != b.figure.kind or a.whom != b.whom:
        return False
    return a.whom != "armed" or bool(content_words(a.figure.who or "") & content_words(b.figure.who or ""))


def _told(figure: Figure) -> str:
    """A figure in words: "at least 10 killed"."""
    if figure.min == figure.max:
        return f"{figure.min} {figure.kind}"
    if figure.max is None:
        return f"at least {figure.min} {figure.kind}"
    return f"up to {figure.max} {figure.kind}" if figure.min is None else f"{figure.min} to {figure.max} {figure.kind}"


def _cut(text: str) -> str:
    """The beginning of a claim's words."""
    words = " ".join(text.split())
    return words if len(words) <= _WHY else words[:_WHY].rsplit(" ", 1)[0] + " …"


def _of_one_time(a: ClaimRow, b: ClaimRow) -> bool:
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
