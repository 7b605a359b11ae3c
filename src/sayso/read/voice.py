"""What the outlet says in its own voice: accusations it makes and loaded labels it uses, attributed to nobody.

A label is a noun phrase with a word that judges the party it names: "the so-called army", "terror outfits". The words
are such as anyone may throw at anyone; no party, country or people is among them. An accusation is a clause that lays a
violent or oppressive act at somebody's door: a doer and a deed. Neither says that the outlet is wrong, only that nobody
else vouches for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import partial

from sayso.read.labels import Pair, Words, find_labels, overlaps
from sayso.text import sentences
from sayso.types import Attribution, Span, Voice
from sayso.wordsets import word_set

_BREAK = re.compile(r"\s+[-–—|•]+\s+|\s*[;:]\s+|\s{2,}|\n")

_HARM = word_set(
    """kill kills killed killing murder murders murdered murdering execute executes executed executing massacre
    massacred massacring slaughter slaughtered slaughtering behead beheads beheaded beheading assassinate
    assassinated bomb bombs bombed bombing shell shells shelled shelling attack attacks attacked attacking
    target targets targeted targeting torture tortures tortured torturing rape raped loot looted looting
    abduct abducts abducted kidnap kidnaps kidnapped besiege besieges besieged besieging starve starves
    starved starving expel expels expelled displace displaced violate violates violated violating repress
    repressed oppress oppressed gassed pound pounds pounded pounding wound wounds wounded injure injures
    injured injuring persecuted persecuting ambush ambushed"""
)
# Acts that harm by what they are done with.
_USES = word_set(
    """fire fires fired firing launch launches launched launching drop drops dropped dropping use uses used using
    deploy deployed carry carries carried carrying commit commits committed committing perpetrate perpetrated
    conduct conducts conducted conducting impose imposes imposed imposing detonate detonated released fell fall"""
)
# Acts that harm by whom they befall.
_STRIKES = word_set(
    """seize seizes seized seizing storm stormed hit hits hitting strike strikes struck striking down downs downed
    shoot shoots shot shooting bar barred block blocks blocked blocking prevent prevents prevented burn burned burning
    destroy destroys destroyed destroying"""
)
# What makes an act one that harms: what it is done with …
_WEAPONS = word_set(
    """bomb bombs barrel barrels missile missiles rocket rockets shell shells mortar mortars gas gases gasses
    chlorine sarin weapon weapons airstrike airstrikes attack attacks strike strikes raid raids bombing bombings
    execution executions massacre massacres phosphorus napalm chemical chemicals siege law punishment punishments
    penalties crime crimes"""
)
# … and who or what suffers it.
_SUFFERERS = word_set(
    """civilian civilians child children women citizen citizens resident residents people neighborhood
    neighborhoods neighbourhood neighbourhoods hospital hospitals school schools market markets home homes
    house houses mosque mosques church churches synagogue synagogues temple temples agencies convoy convoys helicopter
    helicopters chopper aircraft plane planes camp camps victims"""
)
_DEEDS = word_set(
    """attack attacks airstrike airstrikes strike strikes raid raids shelling bombing bombings bombardment
    bombardments massacre massacres aggression siege assault assaults onslaught crackdown repression
    oppression atrocity atrocities crimes violations abuses executions blockade"""
)
_GRAVE = word_set(
    """massacre massacres atrocity atrocities repression oppression genocide pretext pretexts revenge provocation
    provocations fabrication fabrications hoax forgery"""
)
_DOERS = word_set(
    """forces troops army military regime government militant militants rebel rebels terrorist terrorists fighter
    fighters gunman gunmen insurgent insurgents police soldier soldiers warplane warplanes jet jets helicopter
    helicopters aircraft plane planes coalition militia militias group groups organization organizations
    organisation organisations authorities bomber bombers extremist extremists opposition sniper snipers
    warship warships artillery guards gangs mercenaries state"""
)
_PREPOSITIONS = word_set("in at near of on from to into towards toward around outside across since until during")
_BE = word_set("was were is are be been being")
# What a clause may open with, capitalised for that alone, before a deed: "Deadly attacks".
_OPENERS = word_set(
    """the this these those that such its their his her our any some all both many several more most other another each
    two three four five six seven ten dozens recent deadly heavy fierce fresh new further repeated intense
    indiscriminate similar previous earlier continued daily air aerial ground drone missile rocket mortar suicide bomb
    car mass and but when after before while"""
)
_DIRECTIONS = word_set(
    "northern southern eastern western central north south east west northeast northwest southeast southwest"
)
# After these "fire" is no deed of who is named: "came under fire", "in the line of fire".
_NO_VERB_AFTER = word_set("under of mortar small-arms artillery sniper")
_ANOTHER_CLAUSE = word_set("which who that where")
_REPORTING = word_set(
    """said says saying told tells added adds according reported reportedly reports claimed claims accused accuses
    blamed blames quoted citing alleged allegedly announced stated confirmed"""
)
_HEADLINE_SOURCES = word_set("ngo monitor monitors watchdog observatory source sources tv television")
_REACH = 8  # words between a doer and the deed
_BY_REACH = 12  # words between a deed and "by" its doer
_PLACE_REACH = 4  # words of a place's name
_OTHERS = 0.3  # the share of a clause in others' words up to which the clause is the outlet's own
_SHORTEST = 5  # words of an accusation


def find_voice(text: str, attributions: Sequence[Attribution]) -> tuple[Voice, ...]:
    """Accusations and labels in the outlet's own voice, in order.

    Contents and cues are others' words; how a source is named is the outlet's choice, so labels are looked for there.
    """
    words = Words.of(text)
    contents = _merged(span for a in attributions for span in a.content)
    spoken = _merged(span for a in attributions for span in (*a.content, a.source, a.cue) if span is not None)
    found = [Voice(Span.of(text, *pair), "accusation", 0.6) for pair in _accusations(words, spoken)]
    found += [Voice(Span.of(text, *pair), "label", 0.7) for pair in find_labels(words, partial(overlaps, contents))]
    return tuple(sorted(found, key=lambda voice: voice.span))


# Accusations


def _accusations(words: Words, spoken: list[Pair]) -> Iterator[Pair]:
    """The clauses in the outlet's own voice that name a doer and a harmful deed."""
    for clause in _clauses(words.text):
        start, end = _own_part(*clause, spoken)
        first, last = bisect_left(words.spans, (start, 0)), bisect_left(words.spans, (end, 0))
        if last - first < _SHORTEST or _is_reported(words, first, last, spoken):
            continue
        if _accuses(words, first, last):
            yield words.spans[first][0], words.spans[last - 1][1]


def _is_reported(words: Words, first: int, last: int, spoken: list[Pair]) -> bool:
    """True where the clause says who says so, though no attribution was found: "… it added", "… the monitor said"."""
    reporting = (at for at in range(first, last) if words.lower[at] in _REPORTING)
    if any(not overlaps(spoken, *words.spans[at]) for at in reporting):
        return True
    return words.lower[last - 1] in _HEADLINE_SOURCES


def _own_part(start: int, end: int, spoken: list[Pair]) -> Pair:
    """All of a clause where others' words are but a small part of it, or what stands before the first of them."""
    at = bisect_right(spoken, (start, start))
    at -= at > 0 and spoken[at - 1][1] > start
    inside = [(max(a, start), min(b, end)) for a, b in spoken[at : bisect_left(spoken, (end, end))]]
    if sum(b - a for a, b in inside) <= _OTHERS * (end - start):
        return start, end
    return start, inside[0][0]


def _clauses(text: str) -> Iterator[Pair]:
    for start, end in sentences(text):
        at = start
        for match in _BREAK.finditer(text, start, end):
            if at < match.start():
                yield at, match.start()
            at = match.end()
        if at < end:
            yield at, end


def _accuses(words: Words, first: int, last: int) -> bool:
    lower = words.lower[first:last]
    if not _GRAVE.isdisjoint(lower):
        return True
    clause = _Clause(lower, [words.written(at) for at in range(first, last)])
    armed, suffering = not _WEAPONS.isdisjoint(lower), not _SUFFERERS.isdisjoint(lower)
    for at, word in enumerate(lower):
        if word in _DEEDS and clause.is_somebodys(at):
            return True
        acts = word in _HARM or (armed and word in _USES) or ((armed or suffering) and word in _STRIKES)
        if acts and lower[at - 1 if at else 0] not in _NO_VERB_AFTER and clause.has_doer(at):
            return True
    return False


class _Clause:
    """The words of a clause, and who does what in it. ``by``: where it says so, looked up once for all its words, as a
    clause may be as long as the text."""

    def __init__(self, lower: list[str], written: list[str]) -> None:
        self.lower = lower
        self.written = written
        self.by = [at for at, word in enumerate(lower) if word == "by"]

    def is_somebodys(self, at: int) -> bool:
        """True where a doer stands before the deed at ``at``; a name beside it is one, as in "in X attacks"."""
        if at == 0:
            return False
        if self._is_name(at - 1) and self.lower[at - 1] not in _OPENERS:
            return True
        return any(self._is_doer(i) for i in range(max(0, at - 3), at))

    def has_doer(self, at: int) -> bool:
        """True where somebody does what word ``at`` says: a doer before it, or after it and the next "by"."""
        following = bisect_right(self.by, at)
        if following < len(self.by) and self.by[following] <= at + _BY_REACH:
            start = self.by[following] + 1
            between = self.lower[at + 1 : start - 1]
            doers = range(start, min(start + 4, len(self.lower)))
            if _ANOTHER_CLAUSE.isdisjoint(between) and any(self._is_doer(i) for i in doers):
                return True
        if not _BE.isdisjoint(self.lower[max(0, at - 3) : at]):
            return False  # a passive with nobody named
        return any(self._is_doer(i) for i in range(max(0, at - _REACH), at))

    def _is_doer(self, at: int) -> bool:
        """True for an armed or ruling body, or a name that no preposition makes a place or time."""
        if self.lower[at] in _DOERS:
            return True
        if at == 0 or not self._is_name(at):
            return False
        before = at - 1
        while before > max(0, at - _PLACE_REACH) and (self._is_name(before) or self.lower[before] in _DIRECTIONS):
            before -= 1  # "in Vorl's northern Karvel"
        return self.lower[before] not in _PREPOSITIONS

    def _is_name(self, at: int) -> bool:
        """True for a capitalised word, and for initials, be they but two."""
        bare = self.written[at].removesuffix("'s").removesuffix("’s")
        return bare[:1].isupper() and (len(bare) > 2 or (len(bare) == 2 and bare.isupper()))


# Ranges


def _merged(spans: Iterator[Span]) -> list[Pair]:
    """The spans as ranges in order, those that touch made one."""
    merged: list[Pair] = []
    for start, end in sorted((span.start, span.end) for span in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
