"""Relations between the claims of one story: who repeats, agrees with, denies or differs from whom, and what shows it.

What two claims have to do with each other depends on these two and on what stands beside them in their articles. Each
link gives the words or figures that show it; nothing here says who is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sayso.link.contents import Matrix, content_words
from sayso.link.days import day_of
from sayso.link.denying import Denying
from sayso.link.figures import Toll, contradicts, in_time, is_only_toll, size
from sayso.link.naming import anonymous, named
from sayso.link.ordered import LIKE, REACH, Flags, cut, of_one_time_as
from sayso.types import ClaimRow, Figure, LinkRow

SAME = 0.7  # likeness from which on two contents say the same
VERBATIM = 0.9  # and from which on they are the same words, whoever is named
_WINDOW = 4_096  # earlier claims that each is compared with: of a greater story, its latest only
_ROWS = 256  # claims that are compared at a time
_A_FEW = 5  # people harmed, from which on two who give one number are taken to tell of one thing
_TIMES = 3  # times that one figure is the other at most, in claims that are only like
_APART = 20.0  # and beyond which figures of two are of two events


def relations(
    claims: Sequence[ClaimRow],
    embeddings: Sequence[bytes],
    names: Mapping[str, str],
    copies: Mapping[str, str],
) -> Iterator[LinkRow]:
    """The links between the claims of one story: from each claim to the earlier one, by publication, article and place
    in the text, that it repeats, agrees with or differs from; and from a denial to what it denies, of that day or
    before. A copy is never earlier than what it copies.

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


_CAPITALS = re.compile(r"\b[A-Z]\w+")
# What one body, or its office, may be called by besides its name.
_OF_ANY_BODY = frozenset(
    word.rstrip("s")
    for word in content_words(
        "directorate authority department office head director chief spokesman official governor province governorate"
    )
)


class _Story(Denying):
    """The claims of a story, and how they relate."""

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
        found: tuple[LinkRow | None, ...]
        if most >= LIKE:
            found = (self._agreeing(n, first, alike), self._differing(n, first, alike) or self._differing_toll(n))
        else:
            found = (self._differing_toll(n),)
        yield from (link for link in found if link)
        yield from self._denied(n, first, alike)
        if most >= LIKE / 2:
            yield from self._contradicted(n, first, alike)

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

    def _differing_toll(self, n: int) -> LinkRow | None:
        """Of a claim that says only how many were harmed, "six people were killed", the last toll before it in its
        article, if both cannot hold: it is of what was just told, however few words the two have in common."""
        claim = self.claims[n]
        if not self._counts[n] or not self.main[n] or not is_only_toll(claim.text):
            return None
        tolls = (m for m in reversed(self._around(n, REACH)) if m < n and self._says[m] and self._counts[m])
        last = next((m for m in tolls if any(_of_one_kind(a, b) for a in self.main[n] for b in self.main[m])), None)
        if last is None or self.sides[last] == self.sides[n] or not self._beside(n, last):
            return None
        if set(_CAPITALS.findall(claim.claimant or "")) & set(_CAPITALS.findall(self.claims[last].claimant or "")):
            return None  # one party by two names
        if claim.date and claim.date != self.claims[last].date:
            return None  # "had spoken of 24 dead on Tuesday"
        if len(self.claims[last].chain) == 1 and (claim.claimant or "") in self.claims[last].text:
            return None  # "who had put the toll at 12 raised it to 20"
        there = self._one_count(n, last) or (
            self._is_placed_by_name(claim) and of_one_time_as(claim, self.claims[last])
        )
        why = self._conflict(n, last, LIKE) if there else None
        return self._link(n, last, "differs", why, LIKE) if why and self._is_new(n, last, why) else None

    def _is_placed_by_name(self, claim: ClaimRow) -> bool:
        """True where the place of a claim is only in its claimant's name: "Congo's government"."""
        return bool(content_words(claim.place or "") & content_words(claim.claimant or ""))

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

    def _same_figures(self, n: int, m: int) -> bool:
        told, before = ({(t.figure.kind, t.whom): size(t.figure) for t in self.tolls[k]} for k in (n, m))
        return all(before.get(key, number) == number for key, number in told.items())

    def _shared(self, n: int, m: int) -> str:
        """The figure that both give; else the words of the earlier."""
        told = [t.figure for t in self.tolls[n] for o in self.tolls[m] if _of_one_kind(t, o)]
        return _told(told[0]) if told else cut(self.claims[m].text)


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
