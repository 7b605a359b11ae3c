"""The figures of a story: what each claimant says of those harmed, as it grew; and figures that cannot both hold.

A figure of a part ("14 people, among them 3 children") is never taken for the total, nor are the dead of a whole war
for those of one attack. Whom a figure is of is told by common nouns only: people, civilians, those who bear arms.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from sayso.link.contents import LONGEST
from sayso.link.days import day_of
from sayso.link.naming import anonymous
from sayso.types import CasualtyKind, ClaimRow, Figure, StoryFigure
from sayso.wordsets import ARMED, word_set

_MOST = 32  # figures of a claim that are looked at

_ANYONE, _CIVILIANS, _CHILDREN, OF_ARMED = "people", "civilians", "women and children", "armed"
_CIVIL = word_set(
    "civilian civilians noncombatants child children kid kids infant infants baby babies minor minors woman women "
    "girl girls boy boys resident residents villager villagers family families student students pupil pupils teacher "
    "teachers patient patients doctor doctors medic medics nurse nurses journalist journalists reporter reporters "
    "worker workers volunteer volunteers rescuer rescuers worshippers worshipper refugee refugees passengers evacuees"
)
_PARTS_OF_CIVILIANS = word_set(
    "child children kid kids infant infants baby babies minor minors woman women girl girls boy boys"
)
_FIGHTING = ARMED | word_set("officer officers commander commanders forces personnel recruits guard guards members")
_WORD = re.compile(r"[^\W\d_]+")
# A total of years is not of one event. Every repetition is bounded.
_OF_YEARS = re.compile(
    r"\bsince (?:the (?:\w{1,20} ){0,3}?(?:war|conflict|uprising|crisis|fighting|revolt|revolution|violence)|"
    r"(?:its|their|his|it|they) (?:\w{1,20} ){0,3}?(?:start|beg[ai]n|erupt|broke)|"
    r"(?:early |late |mid-?|\w{3,9} )?(?:19|20)\d\d)|"
    r"\b(?:the|this) (?:\w{1,20} ){0,3}?(?:war|conflict) (?:has|have|had) (?:\w{1,12} )?(?:killed|claimed|left|cost)|"
    r"\b(?:in|over|during|for) (?:the )?(?:past|last|more than|nearly|almost|about)? ?(?:\w{1,8} )?(?:months|years)\b|"
    r"\bso far this year\b|\b(?:civil |-year-old |year-old )war\b",
    re.IGNORECASE,
)
_APART = 15  # days between a claim's date and the story's, beyond which it tells of something else


@dataclass(frozen=True, slots=True)
class Toll:
    """The figure that a claim gives of all harmed, of one kind: ``whom`` is as ``victims`` tells."""

    figure: Figure
    whom: str


def figures(claims: Sequence[ClaimRow], names: Mapping[str, str] | None = None) -> tuple[StoryFigure, ...]:
    """What each claimant of a story says of those harmed, by kind; where it tells civilians and those who bear arms
    apart, a row for each. In the order of claimants' names, nobody's last; ``claims`` may come in any order.

    ``names`` leads a claimant's name to the party's canonical one. An unnamed source is one claimant in each article.
    ``min`` and ``max`` are the least and the most ever given; ``max`` is None where the most is "at least" so many.
    """
    known = names or {}
    given: defaultdict[tuple[str, str, CasualtyKind], dict[str, list[tuple[ClaimRow, Toll]]]] = defaultdict(dict)
    # Who rejects a figure gives none.
    given_out = [claim for claim in sorted(claims, key=in_time) if claim.stance != "denies"]
    told = [(claim, toll) for claim in of_one_time(given_out) for toll in tolls(claim)]
    for claim, toll in _of_one_size(told):
        name = claim.claimant
        party = f"\0{claim.article}" if anonymous(name) else ""
        key = (known.get(name, name) if name else "", party, toll.figure.kind)
        given[key].setdefault(claim.article, []).append((claim, toll))
    rows = [row for key in sorted(given) for row in _rows(key[0] or None, key[2], given[key])]
    return tuple(sorted(rows, key=lambda row: row.claimant is None))


def tolls(claim: ClaimRow) -> Iterator[Toll]:
    """The claim's figures without those of a part of another; none where it counts the dead of years."""
    if not claim.figures or _OF_YEARS.search(claim.text[:LONGEST]):
        return
    given = claim.figures[:_MOST]
    for figure in given:
        whom = victims(figure.who)
        others = (other for other in given if other is not figure and other.kind == figure.kind and not is_vague(other))
        if not any(_is_part(figure, whom, other) for other in others):
            yield Toll(figure, whom)


_OF_THEM = frozenset(["of", "them", "these", "those", "whom"])


def victims(who: str | None) -> str:
    """Whom a figure is of: "armed", "civilians", of these "women and children", or "people" where that isn't said."""
    words = _WORD.findall(who.casefold()) if who else []
    if any(word in _FIGHTING for word in words):
        return OF_ARMED
    if not any(word in _CIVIL for word in words):
        return _ANYONE
    return _CHILDREN if all(word in _PARTS_OF_CIVILIANS for word in words if word in _CIVIL) else _CIVILIANS


def contradicts(a: Figure, b: Figure) -> bool:
    """True where two figures of one kind cannot both hold: "at least 10" and 15 can, 24 and 126 cannot. Round numbers
    are taken for within a tenth of the truth."""
    return _above(a, b) or _above(b, a)


def size(figure: Figure) -> int:
    """The number that a figure names."""
    return max(figure.min or 0, figure.max or 0)


def in_time(claim: ClaimRow) -> tuple[bool, str, str, int]:
    """The order of claims: by publication, the undated last, then article, then place in the text."""
    return claim.published is None, claim.published or "", claim.article, claim.spans[0].start if claim.spans else 0


def of_one_time(claims: Sequence[ClaimRow]) -> list[ClaimRow]:
    """Those of a story's claims that aren't dated to another time: weeks away from what the story's claims say."""
    days = sorted(day for c in claims if (day := day_of(c.date) or day_of(c.published)))
    if not days:
        return list(claims)
    usual = median_low(days)
    return [c for c in claims if c.date is None or _near(c.date, usual)]


def _of_one_size(told: list[tuple[ClaimRow, Toll]]) -> list[tuple[ClaimRow, Toll]]:
    """Without figures so much greater than the story's others that they can only be those of a war."""
    usual: defaultdict[str, list[int]] = defaultdict(list)
    for _, toll in told:
        usual[toll.figure.kind].append(size(toll.figure))
    most = {kind: max(_WAR, _TIMES * median_low(sizes)) for kind, sizes in usual.items()}
    return [item for item in told if size(item[1].figure) <= most[item[1].figure.kind]]


_WAR, _TIMES = 10_000, 50  # people harmed, and how often the story's usual figure, beyond which it is a war's


def _near(value: str, usual: date) -> bool:
    day = day_of(value)
    return abs((day - usual).days) <= _APART if day else usual.isoformat().startswith(value)


def _is_part(figure: Figure, whom: str, other: Figure) -> bool:
    """True where ``figure`` counts some of those whom ``other`` counts."""
    if size(figure) >= size(other):
        return False
    wider = victims(other.who)
    nouns = set(_WORD.findall((figure.who or "").casefold()))
    if nouns and nouns <= _OF_THEM:  # "nine civilians, six of them children"
        return True
    if wider != whom:
        return wider == _ANYONE or (wider == _CIVILIANS and whom == _CHILDREN)
    return whom != OF_ARMED or not nouns & _FIGHTING or nouns == set(_WORD.findall((other.who or "").casefold()))


def is_of_several(text: str) -> bool:
    """True where a claim counts those harmed beside others ("another 12 people"), over days, in many places, or as an
    earlier report did: such figures are set beside no other's."""
    return bool(_OF_SEVERAL.search(text[:LONGEST]))


def is_only_toll(text: str) -> bool:
    """True where a claim says how many were harmed, and nothing else: "six people were killed", "the number of dead at
    two"."""
    words = _WORD.findall(text[:LONGEST].casefold())
    return bool(words) and len(words) <= _FEW and _TOLLING.issuperset(words)


_FEW = 12  # words of a claim that says no more than a toll
_NUMBERS = word_set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred"
)
_TOLLING = _NUMBERS | word_set(
    "a an at been dead death deaths died figure had has have in injured is killed least more number of others people "
    "persons residents civilians that than the those to toll total victims was were who wounded and hurt"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_OF_SEVERAL = re.compile(
    r"\b(?:another|additional|a further|in addition to)\s(?:\d|\w{3,12}\s)|\bother (?:people|civilians)|"
    r"\bseparate\s(?:attack|bombing|clash|incident|raid|strike)|"
    r"\bothers (?:were |have been |had been )?(?:died|killed|dead)|"
    r"\b(?:in|over|during|within|for|of)\s(?:the\s)?"
    r"(?:(?:past|last|recent|previous|few|several|less|than|one|two|three)\s){1,3}"
    r"(?:\w{1,8}\s)?(?:hours|days?|weeks?|months?)\b|\bso far\b|"
    rf"\b(?:in|since) (?:{_MONTHS})\b|\bin and around\b|\bacross\b|"
    r"\b(?:several|various|many|different|multiple) (?:\w{2,12} )?(?:neighbou?rhoods|districts|areas|towns|villages|"
    r"cities|attacks|strikes|raids|incidents|places)\b|"
    r"\b(?:earlier|previous|initial|first|preliminary|provisional)\s(?:death\s)?(?:toll|count)",
    re.IGNORECASE,
)


def is_vague(figure: Figure) -> bool:
    """True for "dozens", "scores" and the like."""
    return figure.max is None and figure.min in _VAGUE


_VAGUE = (24, 40, 200, 2_000, 20_000, 200_000)  # "dozens", "scores", "hundreds", …: anybody who counts goes before


def _above(low: Figure, high: Figure) -> bool:
    if low.max is None:
        return False
    top, bottom = low.max, high.min or 0
    slack = max((n // 10 for n in (top, bottom) if n % 10 == 0), default=0)
    return top + slack < bottom


def _rows(
    claimant: str | None, kind: CasualtyKind, articles: Mapping[str, list[tuple[ClaimRow, Toll]]]
) -> Iterator[StoryFigure]:
    """One row; or one each for people, civilians and those who bear arms, where the claimant tells them apart."""
    all_given = [item for held in articles.values() for item in held]
    kinds = {toll.whom for _, toll in all_given}
    apart = OF_ARMED in kinds and bool({_CIVILIANS, _CHILDREN} & kinds)
    for whom in sorted(kinds, key=(_ANYONE, _CIVILIANS, _CHILDREN, OF_ARMED).index) if apart else [None]:
        chosen = [
            max(fitting, key=lambda i: (i[1].whom != _CHILDREN, not is_vague(i[1].figure), size(i[1].figure)))
            for held in articles.values()
            if (fitting := [item for item in held if whom is None or item[1].whom == whom])
        ]
        yield _row(claimant, kind, chosen, whom if whom != _ANYONE else None)


def _row(
    claimant: str | None, kind: CasualtyKind, given: Iterable[tuple[ClaimRow, Toll]], who: str | None
) -> StoryFigure:
    ordered = sorted(given, key=lambda item: in_time(item[0]))
    told = [toll.figure for _, toll in ordered]
    days = [claim.published[:10] for claim, _ in ordered if claim.published]
    most = max(told, key=lambda f: (size(f), f.max is None))
    return StoryFigure(
        claimant=claimant,
        kind=kind,
        min=min((f.min for f in told if f.min is not None), default=None),
        max=most.max,
        first=min(days, default=None),
        last=max(days, default=None),
        articles=tuple(dict.fromkeys(claim.article for claim, _ in ordered)),
        values=tuple(
            (claim.published[:10] if claim.published else None, toll.figure.min, toll.figure.max, claim.outlet)
            for claim, toll in ordered
        ),
        who=who,
    )
