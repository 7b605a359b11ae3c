"""What a denial denies, among the claims of its story: what stands around it in its article and is meant, what was said
before, or who accused the same side in another report."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from sayso.link.accused import home, is_of_side, told_of, whom
from sayso.link.contents import Matrix
from sayso.link.days import day_of
from sayso.link.figures import OF_ARMED, Toll
from sayso.link.naming import anonymous
from sayso.link.ordered import FAR, LIKE, REACH, Ordered, of_one_time_as
from sayso.link.places import distance
from sayso.types import LinkRow
from sayso.wordsets import word_set

_JUST = 3  # claims before a denial that it answers, if they accuse, whoever is named; and after it that it may be of
_BESIDE = 60  # characters between what is said and "a charge that it rejects"
_DENIED = 3  # sides whose claims one denial is led to at most
_ACCUSING = 128  # claims that accuse, before and after a denial, that are looked at
_MEANT = 0.6  # score of a denial that is told by form and place, and not by likeness
_FEWER = 3  # times fewer words in common than with another claim, and a denial is of that one

# Whose these are, or who they are, is not said: "a drone hit a bus".
_UNTOLD = word_set(
    "aircraft artillery attacker attackers bomb bomber bombs drone drones gunman gunmen guns helicopter helicopters "
    "jets men mine missile missiles plane planes rocket rockets shell shells two warplanes"
)
_OWN = word_set("it they we he she its their our his her any no none not never")  # with which one's own side is told of


class _Blame(NamedTuple):
    """Who is accused, the claim that tells of what, and whether it may be of anything."""

    whom: str
    deed: int | None
    of_all: bool = False


class Denying(Ordered):
    """The claims of a story, and which of them deny which."""

    def _denied(self, n: int, first: int, alike: Matrix) -> Iterator[LinkRow]:
        """What the denial ``n`` denies: what stands around it in its article and is meant, or was said before."""
        said = self.said[n]
        near = [m for m in self._around(n, REACH) if self.at[m] - self.at[n] <= _JUST and self._deniable(n, m)]
        if said.bare and self.claims[n].text.casefold().startswith(("a ", "an ")):
            near = [m for m in near if self._is_right_before(m, n)]  # "…, a charge that it rejects"
        if counted := self._counted(n, near):
            yield from self._denying(n, counted, first, alike)
            return
        if said.only_points_at_account and not said.of_former:
            picked = self._pointed_at(n, near)
            if said.is_of_any_accounts or (said.is_of_any_account and not picked):
                picked = picked + self._accusing(n)
            yield from self._denying(n, picked, first, alike)
            return
        if said.of_nothing or said.of_nobody:
            yield from self._denying(n, self._said_to_happen(n, near)[::-1], first, alike)
            return
        if self._refutes(n):
            meant = [m for m in near if self._is_meant(n, m)]
            yield from self._denying(n, meant[::-1] + self._accusing(n), first, alike)
        if not said.is_denial or said.is_of_another_speaker or self._is_foretold(n):
            return
        if said.of_former:
            return
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
        like = self._closest(n, first, alike, LIKE, self._says[first:n]) if said.of_harm and not said.bare else []
        said_so = [m for _, m in like if self._deniable(n, m) and self._is_said_by(m, n)]
        if not (picked or said_so) or not (said.bare or said.points):
            picked += self._accusing(n)
        picked += said_so
        yield from self._denying(n, picked, first, alike)

    def _is_right_before(self, m: int, n: int) -> bool:
        """True where claim ``m`` has words just before those of ``n``."""
        start = self.claims[n].spans[0].start
        return any(0 <= start - span.end <= _BESIDE for span in self.claims[m].spans)

    def _pointed_at(self, n: int, near: list[int]) -> list[int]:
        """What a denial of "that claim" is of: the last before it that tells of a deed of the same side, or accuses, if
        it is of an accusation; else the last that others say, unless the same side spoke in between."""
        just = [m for m in near if 0 < self.at[n] - self.at[m] <= _JUST]
        accusing = [m for m in just if self.said[m].accuses] if self.said[n].of_accusation else []
        told = self._just_told(n, near) if self.said[n].of_accusation else []
        spoken = [m for m in self._around(n, _JUST) if m < n]
        own = max((m for m in spoken if self.sides[m] == self.sides[n]), default=-1)
        if (self.claims[n].claimant or "").startswith(("Its ", "Their ")):
            own = spoken[-1] if spoken else -1  # whose spokesman denies, spoke last
        return (self._just_told(n, just) or accusing or told or [m for m in just if m > own])[-1:]

    def _counted(self, n: int, near: list[int]) -> list[int]:
        """What a denial of "that figure" is of, the last told; or of "the number of ten dead": those who give it there,
        the nearest first."""
        said, wrong = self.said[n], self.said[n].figure_denied
        if said.points_at_figure:
            return [m for m in near if m < n and self.tolls[m]][-1:]
        found = [
            m
            for m in range(max(0, n - _ACCUSING), min(len(self.claims), n + _ACCUSING) if wrong else 0)
            if any(t.figure.kind == "killed" and wrong & {t.figure.min, t.figure.max} for t in self.tolls[m])
            and m != n
            and self._may_answer(n, m)
            and self._deniable(n, m)
            and (distance(self.claims[n], self.claims[m]) or 0.0) <= FAR
            and said.names_place_of(self.said[m])
        ]
        return sorted(found, key=lambda m: (m > n, abs(m - n)))

    def _said_to_happen(self, n: int, near: list[int]) -> list[int]:
        """What claim ``n``, that nothing happened or that nobody was killed, answers: what was just told of harm, or of
        people killed, there and then."""
        said, now = self.said[n], self.claims[n]
        days = {self.claims[m].date for m in near if m < n and self.claims[m].date}
        if now.date and days and now.date not in days:
            return []
        return [
            m
            for m in near
            if 0 < self.at[n] - self.at[m] <= _JUST
            and ("attack" in self.said[m].harm if said.of_nothing else _has_dead(self.tolls[m], said.of_civilians))
            and of_one_time_as(now, self.claims[m])
            and said.names_place_of(self.said[m])
        ]

    def _just_told(self, n: int, near: list[int]) -> list[int]:
        """Those before denial ``n`` that tell of a deed of the side that denies."""
        denier = self.claims[n].claimant
        return [m for m in near if m < n and denier is not None and self._is_doing_of(denier, m)]

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
        """Claims of other articles that accuse the side whose denial ``n`` is of what it denies, the nearest first;
        failing these, claims that tell on somebody's word that this side did that harm."""
        said = self.said[n]
        if not self.claims[n].claimant or said.of_former or not (said.of_harm or said.not_us):
            return []
        accusing = [m for m in self._near(self._accusing_at, n) if self._accuses(m, n)]
        if not accusing and self._is_of_own_deed(n):
            accusing = [m for m in self._near(self._doing_at, n) if self._tells_of_deed(m, n)]
        return accusing[:_DENIED]

    def _near(self, held: list[int], n: int) -> list[int]:
        """Those around ``n``, the nearest first, and those before it before any behind it; what copies comes last."""
        at = bisect_left(held, n)
        some = held[max(0, at - _ACCUSING) : at + _ACCUSING]
        return sorted(some, key=lambda m: (self._is_copy(m), m > n, abs(m - n)))

    def _accuses(self, m: int, n: int) -> bool:
        """True where claim ``m`` accuses the side whose denial ``n`` is of what that denies."""
        said, blame = self.said[n], self._accusations[m]
        if not (is_of_side(blame.whom, self.claims[n].claimant or "", self._home) and self._may_be_denied(m, n)):
            return False
        if said.of_owned_account and not said.speaks_of_account_by(self.claims[m].claimant):
            return False
        if blame.of_all or blame.deed is None:
            return blame.of_all or said.names_nothing
        return said.bare or self._is_of_that(n, blame.deed)

    def _is_of_own_deed(self, n: int) -> bool:
        """False of a denial of what others are said to have done: "that rebels had shelled the market"."""
        denier = self.claims[n].claimant or ""
        return all(is_of_side(who, denier, self._home) for who in self._told_doers(n))

    def _told_doers(self, n: int) -> Iterator[str]:
        """Those of whom claim ``n`` says that they did harm, if it says who they are: not "it", "planes"."""
        for who in self.said[n].doers:
            words = who.casefold().split()
            if words[0] not in _OWN and not _UNTOLD.issuperset(words):
                yield who

    def _tells_of_deed(self, m: int, n: int) -> bool:
        """True where claim ``m`` tells that the side whose denial ``n`` is did what that denies, and nothing says that
        it was on another day or elsewhere."""
        if not self._is_doing_of(self.claims[n].claimant or "", m):
            return False
        if not (self.said[n].may_deny_deed_in(self.said[m]) and of_one_time_as(self.claims[n], self.claims[m])):
            return False
        return self._may_be_denied(m, n)

    def _may_be_denied(self, m: int, n: int) -> bool:
        """True where nothing speaks against another article's claim ``m`` being what ``n`` denies."""
        apart = distance(self.claims[n], self.claims[m]) or 0.0
        return (
            self._origin[m] != self._origin[n]
            and self._may_answer(n, m)
            and self._may_be_held(m, n)
            and bool(self.timely[m])
            and apart <= FAR
            and self.said[n].names_place_of(self.said[m])
        )

    def _may_answer(self, n: int, m: int) -> bool:
        """False where claim ``m`` was published on a later day than ``n``, which cannot answer it."""
        answer, said = day_of(self.claims[n].published), day_of(self.claims[m].published)
        return answer is None or said is None or said <= answer

    def _is_of_that(self, n: int, m: int) -> bool:
        """True where denial ``n`` is of the harm of which claim ``m`` accuses somebody."""
        said, other = self.said[n], self.said[m]
        if said.refuted is not None:
            return said.refutes(other)
        if said.not_us and said.disowns:
            return True
        return said.may_deny_harm_in(other) or (other.tells_only_that_harm_was_done and said.is_of_harm_at(other))

    @cached_property
    def _accusing_at(self) -> list[int]:
        return list(self._accusations)

    @cached_property
    def _accusations(self) -> dict[int, _Blame]:
        """The claims that accuse somebody."""
        found: dict[int, _Blame] = {}
        for n, said in enumerate(self.said):
            if told := said.accused or whom(self.claims[n]):
                found[n] = self._blame(n, *told)
        return found

    def _blame(self, n: int, who: str, act: str) -> _Blame:
        """What claim ``n`` blames somebody for. A name alone, which may be blamed for much, is blamed for what was told
        of harm right before."""
        if act or not self.said[n].is_name:
            return _Blame(who, n if act else None, of_all=not act)
        before = next((m for m in reversed(self._around(n, 1)) if m < n), None)
        if before is None or self.claims[before].certainty != "happened" or "attack" not in self.said[before].harm:
            return _Blame(who, None)
        others = any(not is_of_side(doer, who, self._home) for doer in self._told_doers(before))
        denied = self.said[before].negative or self.said[before].of_nothing
        return _Blame(who, None if others or denied else before)

    @cached_property
    def _doing_at(self) -> list[int]:
        """The claims that tell on somebody's word that somebody did harm."""
        told = (n for n, c in enumerate(self.claims) if len(c.chain) > 1 and c.certainty == "happened")
        return [n for n in told if not self.said[n].negative and self.said[n].doers]

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
        return not self.said[m].is_name and self._may_be_held(m, n)

    def _may_be_held(self, m: int, n: int) -> bool:
        """True of what another side claims, be it a name alone."""
        others = self.sides[m] != self.sides[n] and not self.said[m].negative and bool(self._says[m])
        others = others and self.claims[m].claimant is not None and not self.said[m].relays
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
        if said.of_one and self.said[m].of_many:
            return False
        own = denier is not None and bool(self.timely[m]) and self._is_doing_of(denier, m)
        own = own and not (said.bare and len(self.claims[m].chain) == 1)
        own = own and said.names_place_of(self.said[m])
        blamed = own or (denier and not anonymous(denier) and self.said[m].blames(denier))
        if blamed and (said.disowns or (said.of_harm and said.may_deny_harm_in(self.said[m]))):
            return True
        if not 0 < self.at[n] - self.at[m] <= _JUST:
            return False
        if not said.bare:
            told = told_of(self.claims[m].text)
            return (
                denier is not None and is_of_side(told, denier, self._home) and said.denies_most_of(self.said[m], told)
            )
        called = said.only_points and denier and self.said[m].blames_one_called(denier)
        return own or bool(called) or (self.said[m].accuses and not said.not_us)  # "we did not": we were accused

    def _is_doing_of(self, denier: str, m: int) -> bool:
        """True where claim ``m`` says that the side for which ``denier`` speaks did harm."""
        return any(is_of_side(who, denier, self._home) for who in self.said[m].doers)

    def _contradicted(self, n: int, first: int, alike: Matrix) -> Iterator[LinkRow]:
        """The most alike earlier claim of another side of which one says what the other says is not so, or of which one
        accuses somebody else of the same act."""
        if self.said[n].is_denial or not self._says[n]:
            return
        here = slice(first, n)
        where = self._says[here] & (self._side[here] != self._side[n]) & self._telling[here]
        for score, m in self._closest(n, first, alike, LIKE / 2, where):
            for denier, denied in ((n, m), (m, n)):
                if self._may_answer(denier, denied) and self._speaks_against(denier, denied, score):
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


def _has_dead(tolls: list[Toll], civilians: bool) -> bool:
    """True where a claim tells of people killed; of ``civilians``, not of those who bear arms."""
    return any(toll.figure.kind == "killed" and not (civilians and toll.whom == OF_ARMED) for toll in tolls)
