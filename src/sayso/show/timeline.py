"""A story's claims as they are told: in the order of time, what only repeats an earlier one folded beneath it.

What a page leaves out is chosen by counts alone, never by who speaks: each claimant's most linked claim comes first, so
that nobody's word is crowded out by another's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sayso.types import ClaimRow, LinkRow, Relation

CONTESTING: tuple[Relation, ...] = ("denies", "differs")


@dataclass(frozen=True, slots=True)
class Told:
    """A claim, and the later ones that only repeat it, in the order of time."""

    claim: ClaimRow
    echoes: tuple[ClaimRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Contest:
    """A claim that denies another or differs from it: ``later`` is the one that does."""

    later: ClaimRow
    earlier: ClaimRow
    relation: Relation
    why: str

    @property
    def does(self) -> str:
        """What the later claim does, as its words are read beside it: "asserts: the reports are false", "differs"."""
        return self.later.stance if self.relation == "denies" else self.relation


def told(claims: Iterable[ClaimRow], links: Iterable[LinkRow]) -> tuple[Told, ...]:
    """The claims in the order of time, undated ones last, each with its echoes; an echo's are the first one's."""
    ordered = sorted(claims, key=_when)
    roots = _roots(ordered, links)
    echoes: dict[str, list[ClaimRow]] = defaultdict(list)
    for claim in ordered:
        if roots[claim.id] != claim.id:
            echoes[roots[claim.id]].append(claim)
    return tuple(Told(claim, tuple(echoes[claim.id])) for claim in ordered if roots[claim.id] == claim.id)


def weightiest(entries: Sequence[Told], links: Iterable[LinkRow]) -> tuple[Told, ...]:
    """The same entries, those first that a page should not leave out: the earliest; then of each claimant the one that
    weighs most, the second of each, and so on. Each answer to a claim weighs two, as do its figures; each echo one."""
    answered = Counter(id for link in links if link.relation != "repeats" for id in (link.from_, link.to))
    weights = {
        entry.claim.id: sum(2 * answered[claim.id] + 1 for claim in (entry.claim, *entry.echoes))
        + 2 * bool(entry.claim.figures)
        for entry in entries
    }
    heaviest = [*entries[:1], *sorted(entries[1:], key=lambda entry: -weights[entry.claim.id])]
    before: Counter[str | None] = Counter()
    rounds: dict[str, int] = {}
    for entry in heaviest:
        rounds[entry.claim.id] = before[entry.claim.claimant]
        before[entry.claim.claimant] += 1
    return tuple(sorted(heaviest, key=lambda entry: rounds[entry.claim.id]))


def contests(entries: Iterable[Told], links: Iterable[LinkRow]) -> tuple[Contest, ...]:
    """Who denies what and differs from what: the surest link between each two claimants, denials before the rest."""
    first = {claim.id: entry.claim for entry in entries for claim in (entry.claim, *entry.echoes)}
    found: dict[tuple[str, str, str], Contest] = {}
    wanted = (link for link in links if link.relation in CONTESTING and link.from_ in first and link.to in first)
    for link in sorted(wanted, key=lambda link: (CONTESTING.index(link.relation), -link.score, link.from_, link.to)):
        later, earlier = first[link.from_], first[link.to]
        found.setdefault(
            (link.relation, later.claimant or later.id, earlier.claimant or earlier.id),
            Contest(later, earlier, link.relation, link.why),
        )
    return tuple(found.values())


def answers(claims: Iterable[ClaimRow], links: Iterable[LinkRow]) -> dict[str, tuple[Relation, ...]]:
    """How later claims answer each of the claims, by its id; only those that are answered by more than a repetition."""
    ids = {claim.id for claim in claims}
    found: dict[str, set[Relation]] = defaultdict(set)
    for link in links:
        if link.to in ids and link.relation != "repeats":
            found[link.to].add(link.relation)
    return {id: tuple(sorted(relations)) for id, relations in found.items()}


def concerned(claims: Collection[ClaimRow], links: Iterable[LinkRow]) -> dict[str, str]:
    """What ties findings to any of these claims, by the findings' ids."""
    ids = {claim.id for claim in claims}
    return {link.from_: link.why for link in links if link.relation == "finds" and link.to in ids}


def outlets(claims: Iterable[ClaimRow]) -> tuple[str, ...]:
    """The outlets of the claims, each once, in the order of the claims."""
    return tuple(dict.fromkeys(claim.outlet for claim in claims if claim.outlet))


def _roots(claims: Sequence[ClaimRow], links: Iterable[LinkRow]) -> dict[str, str]:
    """For each claim the first one that it repeats, or itself; of claims that repeat each other, any of them."""
    repeated = {link.from_: link.to for link in links if link.relation == "repeats"}
    ids = {claim.id for claim in claims}
    parents = {
        claim.id: next((id for id in (claim.echo_of, repeated.get(claim.id)) if id in ids), None) for claim in claims
    }
    roots: dict[str, str] = {}
    for claim in claims:
        path, at = {claim.id: None}, parents[claim.id]  # a dict, for its order
        while at and at not in roots and at not in path:
            path[at], at = None, parents[at]
        root = roots.get(at, claim.id) if at else next(reversed(path))
        roots |= dict.fromkeys(path, root)
    return roots


def _when(claim: ClaimRow) -> tuple[bool, str, str, int, str]:
    return claim.published is None, claim.published or "", claim.article, claim.spans[0].start, claim.id
