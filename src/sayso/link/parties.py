"""One claimant, many names across reports: which names are one party's.

What two names have to do with each other depends on these two alone (``same_party``). Over many names a short form
("the Observatory") is led to a fuller one only if it fits just one (``parties``), and what a person has decided goes
before (``resolve``), as in nomenklatura: positive judgements are transitive, a negative one keeps two groups apart. No
party is built in: acronyms are made of the names themselves, and what a name is reduced to are common words and form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sayso.link.naming import KINDS, Named, anonymous, named, one_nation, romanised

SURE = 0.8  # from here on two names are suggested to be one party's

Pair = tuple[str, str]


def same_party(a: str, b: str) -> float:
    """How surely two names from different reports are one party's, 0 to 1; suggested from ``SURE`` on.

    An unnamed source ("a medical source", "activists") is the same as nobody, not even as one that is called alike.
    """
    if anonymous(a) or anonymous(b):
        return 0.0
    one, other = named(a), named(b)
    if one.key == other.key:
        return 1.0
    if not one.core or not other.core:
        return 0.0
    if one.sound == other.sound:
        return 0.6 if _offices_apart(one, other) else 0.95
    if one.core[1:] == other.core[1:] and one_nation(one.core[0], other.core[0]):
        return 0.9
    if one.sound in other.short_forms or other.sound in one.short_forms:
        return 0.85
    if one.short and one.short == other.short:
        return 0.85
    return SURE if _is_surname(one, other) or _is_surname(other, one) else 0.0


def _is_surname(one: Named, other: Named) -> bool:
    """True where the one name is the last word of the other: "Colonel Marn" may be "Ilo Marn", "the Front" the "Ilmar
    Front". Nobody is led to anybody by that."""
    return len(one.core) == 1 < len(other.core) and _last(one) == _last(other) and one.core[0] not in KINDS


def _last(name: Named) -> str:
    return romanised(name.core[-1])


def suggested(names: Iterable[str]) -> Iterator[tuple[str, str, float]]:
    """Pairs of names that are likely one party's, and how surely: ``same_party`` from ``SURE`` on. Only names that have
    something in common by which they may be are compared. In order, the earlier name first."""
    sharing: defaultdict[tuple[str, object], list[int]] = defaultdict(list)
    listed = list(names)
    for number, name in enumerate(listed):
        for shared in () if anonymous(name) else _shared(named(name)):
            sharing[shared].append(number)
    pairs = {(a, b) for held in sharing.values() for i, b in enumerate(held) for a in held[:i]}
    for b, a in sorted((b, a) for a, b in pairs):
        if (sure := same_party(listed[a], listed[b])) >= SURE:
            yield listed[a], listed[b], sure


def _shared(name: Named) -> set[tuple[str, object]]:
    """What another name that may be the same party's has, too."""
    found: set[tuple[str, object]] = {("key", name.key)}
    if name.core:
        found |= {("sound", name.sound), ("tail", name.core[1:])}
        found |= {("sound", short) for short in name.short_forms}
        if name.short:
            found.add(("short", name.short))
        if len(name.core) > 1 or name.core[0] not in KINDS:
            found.add(("last", _last(name)))
    return found


def parties(names: Mapping[str, int]) -> dict[str, str]:
    """The canonical name of each name's party, from how often each is used: the fullest, of these one that says nothing
    else of a body, of these the most used.

    Only what is sure is put together; an unnamed source stays alone.
    """
    return resolve(names, (), ())


def resolve(names: Mapping[str, int], same: Iterable[Pair], different: Iterable[Pair]) -> dict[str, str]:
    """As ``parties``, with people's judgements: ``same`` is transitive, whatever the names look like; a pair of
    ``different`` names, or of their groups, is never put together by the machine. Where both say otherwise, ``same``
    wins; the caller leaves out what somebody has taken back. The order of all three does not matter."""
    groups = _Groups(names)
    for a, b in sorted(same):
        groups.join(a, b)
    groups.keep_apart(different)
    for a, b in _sure(names):
        groups.join_unless_apart(a, b)
    _lead_short_forms(groups, names)
    return groups.canonical(names)


def _sure(names: Iterable[str]) -> Iterator[Pair]:
    """Pairs of names that sound alike; of each party's names the first with every other."""
    alike: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    by_core: dict[tuple[str, ...], str] = {}
    by_tail: defaultdict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for name in sorted(names):
        if not anonymous(name):
            known = named(name)
            alike[known.sound or (known.key,)].append(name)
            by_core.setdefault(known.core, name)
            if len(known.core) > 1:
                by_tail[known.core[1:]].add(known.core)
    for held in alike.values():
        for party in _by_office(held):
            yield from ((party[0], name) for name in party[1:])
    for cores in by_tail.values():
        ordered = sorted(cores)[:_NATIONS]
        for number, core in enumerate(ordered):
            for other in ordered[:number]:
                if one_nation(core[0], other[0]):
                    yield by_core[other], by_core[core]


_NATIONS = 64  # names that differ in their first word only, among which a nation's two words are looked for


def _by_office(held: list[str]) -> Iterator[list[str]]:
    """Names that sound alike, by whom they name: those whose offices hang together by a word. Namesakes have quite
    different ones; with several of them, a name without an office may be any of theirs."""
    groups = _Groups(held)
    holds: dict[str, str] = {}
    for name in held:
        for word in named(name).office:
            groups.join(holds.setdefault(word, name), name)
    parties_: defaultdict[str, list[str]] = defaultdict(list)
    bare = [name for name in held if not named(name).office]
    for name in held:
        if named(name).office:
            parties_[groups.root(name)].append(name)
    if len(parties_) == 1:
        yield sorted([*bare, *next(iter(parties_.values()))])
    else:
        yield from filter(None, [bare, *parties_.values()])


def _offices_apart(one: Named, other: Named) -> bool:
    return bool(one.office and other.office and not one.office & other.office)


def _lead_short_forms(groups: _Groups, names: Mapping[str, int]) -> None:
    """Put each short form to the fuller name that it fits, if it fits (nearly) one party only; the longer ones first,
    so that "the Observatory" finds the "Valdan Observatory" already with its full name."""
    fuller: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    listed = [name for name in sorted(names) if not anonymous(name) and named(name).core]
    for name in listed:
        for short in named(name).short_forms:
            fuller[short].append(name)
    for name in sorted(listed, key=lambda n: (-len(named(n).core), -len("".join(named(n).core)), n)):
        uses: defaultdict[str, int] = defaultdict(int)
        for other in fuller.get(named(name).sound, ()):
            uses[groups.root(other)] += max(1, names[other])
        best = max(sorted(uses), key=uses.__getitem__, default=None)
        if best is not None and uses[best] >= _CLEARLY * sum(uses.values()):
            groups.join_unless_apart(best, name)


_CLEARLY = 0.9  # of the uses of all fuller names that a short form fits; the rest are mostly misread names


class _Groups:
    """Names in disjoint groups, some of which must stay apart."""

    def __init__(self, names: Iterable[str]) -> None:
        self._above = {name: name for name in names}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)

    def root(self, name: str) -> str:
        above = self._above.setdefault(name, name)
        while above != self._above[above]:
            self._above[above] = self._above[self._above[above]]
            above = self._above[above]
        self._above[name] = above
        return above

    def join(self, a: str, b: str) -> None:
        """One group for both; what is kept apart from either is so from both."""
        kept, lost = sorted((self.root(a), self.root(b)))
        if kept == lost:
            return
        self._above[lost] = kept
        for foe in self._apart.pop(lost, set()):
            self._apart[foe].discard(lost)
            self._apart[foe].add(kept)
            self._apart[kept].add(foe)

    def keep_apart(self, pairs: Iterable[Pair]) -> None:
        for a, b in pairs:
            if (one := self.root(a)) != (other := self.root(b)):
                self._apart[one].add(other)
                self._apart[other].add(one)

    def join_unless_apart(self, a: str, b: str) -> None:
        if self.root(b) not in self._apart[self.root(a)]:
            self.join(a, b)

    def canonical(self, names: Mapping[str, int]) -> dict[str, str]:
        """Each of ``names``, and each that a person has judged, with its group's fullest and most used name."""
        members: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(self._above):
            members[self.root(name)].append(name)
        best = {
            root: min(held, key=lambda n: (-len(named(n).core), _says_more(n), -names.get(n, 0), len(n), n))
            for root, held in members.items()
        }
        return {name: best[self.root(name)] for name in sorted(self._above)}


def _says_more(name: str) -> bool:
    """True of a name with what somebody says of a body beside it, "the so-called Ilmar Front group", and of what was
    cut from the middle of one: "spokesman Ilo Marn"."""
    cut = name[:1].islower() and not name.startswith(("the ", "al-", "el-"))
    return cut or named(name).described
