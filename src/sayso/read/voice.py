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

from sayso.read.wordsets import word_set
from sayso.text import sentences
from sayso.types import Attribution, Span, Voice

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BREAK = re.compile(r"\s+[-–—|•]+\s+|\s*[;:]\s+|\s{2,}|\n")

# Words of labels

_LOADED_NOUNS = word_set(
    """regime regimes terrorist terrorists extremist extremists mercenary mercenaries thug thugs gang gangs gangster
    gangsters bandit bandits puppet puppets stooge stooges henchman henchmen crony cronies warlord warlords
    junta dictator dictatorship tyrant tyranny despot usurper usurpers invader invaders occupier occupiers
    aggressor aggressors butcher butchers traitor traitors fanatic fanatics murderers hirelings
    collaborators proxies lackeys fascist fascists saboteurs hooligans outlaws"""
)
_LOADED_ADJECTIVES = word_set(
    """terrorist terror extremist puppet rogue criminal fanatical radical murderous bloodthirsty barbaric
    savage brutal heinous monstrous cowardly treacherous despicable evil tyrannical dictatorial despotic
    illegitimate usurping mercenary genocidal fascist outlawed notorious infamous ruthless so-called self-
    styled self-proclaimed"""
)
# What a loaded adjective goes with where it labels a party: "extremist group". A loaded noun takes it along: "regime
# forces".
_BODIES = word_set(
    """group groups organization organizations organisation organisations outfit outfits militia militias faction
    factions gang gangs network networks cell cells element elements force forces troop troops army armies
    fighter fighters militant militants gunman gunmen leader leaders ruler rulers government governments
    authority authorities entity entities state states regime movement movements party parties commander
    commanders member members opposition council republic"""
)
# "foreign-backed": said of a party to lessen it.
_LESSENING = word_set("foreign militia")
_DETERMINERS = word_set("the this these those its their an a")
_MODIFIERS = 4  # words before the loaded one that its noun phrase may take in

_CLAIMS_TO_BE = re.compile(
    r"\b(?:claim(?:s|ed|ing)?|purport(?:s|ed|ing)?|pretend(?:s|ed|ing)?|pos(?:es|ed|ing)) (?:to be|as) "
    r"[^\W\d_]{1,30}(?: [^\W\d_]{1,30}){0,3}"
)

# Words of accusations

_HARM = word_set(
    """kill kills killed killing murder murders murdered murdering execute executes executed executing massacre
    massacred massacring slaughter slaughtered slaughtering behead beheads beheaded beheading assassinate
    assassinated bomb bombs bombed bombing shell shells shelled shelling attack attacks attacked attacking
    target targets targeted targeting torture tortures tortured torturing rape raped loot looted looting
    abduct abducts abducted kidnap kidnaps kidnapped besiege besieges besieged besieging starve starves
    starved starving expel expels expelled displace displaced violate violates violated violating repress
    repressed oppress oppressed gassed pound pounds pounded pounding wound wounds wounded injure injures
    injured injuring persecuted persecuting ambush ambushed clash clashes clashed"""
)
_ACTS = word_set(
    """fire fires fired firing launch launches launched launching drop drops dropped dropping use uses used using
    deploy deployed carry carries carried carrying commit commits committed committing perpetrate perpetrated
    conduct conducts conducted conducting impose imposes imposed imposing seize seizes seized seizing storm
    stormed hit hits hitting strike strikes struck striking down downs downed shoot shoots shot shooting bar
    barred block blocks blocked blocking prevent prevents prevented burn burned burning destroy destroys
    destroyed destroying detonate detonated released fell fall"""
)
# What makes an act one that harms: weapons, and those who or what suffers.
_HARMFUL = word_set(
    """bomb bombs barrel barrels missile missiles rocket rockets shell shells mortar mortars gas gases gasses
    chlorine sarin weapon weapons airstrike airstrikes attack attacks strike strikes raid raids execution
    executions civilian civilians child children women citizen citizens resident residents people neighborhood
    neighborhoods neighbourhood neighbourhoods hospital hospitals school schools market markets home homes
    house houses mosque mosques church churches
    synagogue synagogues temple temples aid agencies convoy helicopter helicopters chopper aircraft plane
    planes law punishment punishments penalties food supplies camp camps phosphorus napalm chemical chemicals
    siege victims"""
)
_DEEDS = word_set(
    """attack attacks airstrike airstrikes strike strikes raid raids shelling bombing bombings bombardment
    bombardments massacre massacres aggression siege assault assaults onslaught crackdown repression
    oppression atrocity atrocities crimes violations abuses executions blockade"""
)
_GRAVE = word_set("massacre massacres atrocity atrocities repression oppression genocide pretext pretexts")
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
_REACH = 8  # words between a doer and the deed
_OTHERS = 0.3  # the share of a clause in others' words up to which the clause is the outlet's own
_SHORTEST = 5  # words of an accusation


def find_voice(text: str, attributions: Sequence[Attribution]) -> tuple[Voice, ...]:
    """Accusations and labels in the outlet's own voice, in order.

    Contents and cues are others' words; how a source is named is the outlet's choice, so labels are looked for there.
    """
    words = [match.span() for match in _WORD.finditer(text)]
    contents = _merged(span for a in attributions for span in a.content)
    spoken = _merged(span for a in attributions for span in (*a.content, a.source, a.cue) if span is not None)
    found = [*_accusations(text, words, spoken), *_labels(text, words, contents), *_doubts(text, contents)]
    return tuple(sorted(found, key=lambda voice: voice.span))


# Labels


def _labels(text: str, words: list[tuple[int, int]], contents: list[tuple[int, int]]) -> Iterator[Voice]:
    lower = [text[start:end].lower().removesuffix("'s").removesuffix("’s").strip("'’") for start, end in words]
    end = 0
    for at in range(len(words)):
        if at < end or not _is_label(lower, at) or _overlaps(contents, *words[at]):
            continue
        start, end = _noun_phrase(text, words, lower, at)
        yield Voice(Span.of(text, words[start][0], words[end - 1][1]), "label", 0.7)


def _is_label(lower: list[str], at: int) -> bool:
    if lower[at] in _LOADED_NOUNS - _LOADED_ADJECTIVES or _is_loaded_compound(lower[at]):
        return True
    following = lower[at + 1 : at + 3]
    if lower[at] in _LOADED_ADJECTIVES and any(word in _BODIES for word in following):
        return True
    return lower[at] in _LOADED_NOUNS and not any(word in _DEEDS for word in following)


def _is_loaded_compound(word: str) -> bool:
    """True for "regime-held", "anti-regime" and "foreign-backed"."""
    first, hyphen, second = word.partition("-")
    if not hyphen or word in _LOADED_ADJECTIVES:
        return False
    return bool({first, second} & _LOADED_NOUNS) or (first in _LESSENING and second in ("backed", "sponsored"))


def _doubts(text: str, contents: list[tuple[int, int]]) -> Iterator[Voice]:
    """ "claims to be a charity": what a party says of itself, held at arm's length."""
    for match in _CLAIMS_TO_BE.finditer(text):
        if not _overlaps(contents, *match.span()):
            yield Voice(Span.of(text, *match.span()), "label", 0.7)


def _noun_phrase(text: str, words: list[tuple[int, int]], lower: list[str], at: int) -> tuple[int, int]:
    """The words of the loaded one's noun phrase: determiner, names and adjectives before it, bodies after."""
    start, end = at, at + 1
    while start > max(0, at - _MODIFIERS) and _one_space(text, words, start - 1) and _modifies(text, words[start - 1]):
        start -= 1
    if start > 0 and lower[start - 1] in _DETERMINERS and _one_space(text, words, start - 1):
        start -= 1
    while (
        end < len(words) and end < at + 4 and _one_space(text, words, end - 1) and lower[end] in _BODIES | _LOADED_NOUNS
    ):
        end += 1
    return start, end


def _modifies(text: str, word: tuple[int, int]) -> bool:
    """True for a name or an adjective of one, as in "Ruritanian regime"."""
    written = text[slice(*word)]
    return (written[0].isupper() and written.lower() not in _DETERMINERS) or written.lower() in _LOADED_ADJECTIVES


def _one_space(text: str, words: list[tuple[int, int]], at: int) -> bool:
    return text[words[at][1] : words[at + 1][0]] in (" ", "-")


# Accusations


def _accusations(text: str, words: list[tuple[int, int]], spoken: list[tuple[int, int]]) -> Iterator[Voice]:
    """The clauses in the outlet's own voice that name a doer and a harmful deed."""
    for start, end in _clauses(text):
        start, end = _own_part(start, end, spoken)
        first, last = bisect_left(words, (start, 0)), bisect_left(words, (end, 0))
        if last - first >= _SHORTEST and _accuses([text[slice(*word)] for word in words[first:last]]):
            yield Voice(Span.of(text, words[first][0], words[last - 1][1]), "accusation", 0.6)


def _own_part(start: int, end: int, spoken: list[tuple[int, int]]) -> tuple[int, int]:
    """All of a clause where others' words are but a small part of it, or what stands before the first of them."""
    at = bisect_right(spoken, (start, start))
    at -= at > 0 and spoken[at - 1][1] > start
    inside = [(max(a, start), min(b, end)) for a, b in spoken[at : bisect_left(spoken, (end, end))]]
    if sum(b - a for a, b in inside) <= _OTHERS * (end - start):
        return start, end
    return start, inside[0][0]


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    for start, end in sentences(text):
        at = start
        for match in _BREAK.finditer(text, start, end):
            if at < match.start():
                yield at, match.start()
            at = match.end()
        if at < end:
            yield at, end


def _accuses(written: list[str]) -> bool:
    lower = [word.lower().removesuffix("'s").removesuffix("’s") for word in written]
    if any(word in _GRAVE for word in lower):
        return True
    by = [at for at, word in enumerate(lower) if word == "by"]
    harmful = any(word in _HARMFUL or word in _DEEDS for word in lower)
    for at, word in enumerate(lower):
        if word in _DEEDS and _is_somebodys(written, at):
            return True
        if (word in _HARM or (word in _ACTS and harmful)) and _has_doer(written, lower, by, at):
            return True
    return False


def _is_somebodys(written: list[str], at: int) -> bool:
    """True where the deed at ``at`` has a doer before it. A name beside it is one, even after "in": "in X attacks"."""
    if at == 0:
        return False
    beside = _bare(written[at - 1])
    if _is_name(beside) and beside.lower() not in _OPENERS:
        return True
    return any(_is_doer(written, i) for i in range(max(0, at - 3), at))


def _has_doer(written: list[str], lower: list[str], by: list[int], at: int) -> bool:
    """True where somebody does what word ``at`` says: a doer before it, or after it and the next "by".

    ``by``: where the clause says "by", looked up once for all its words, as a clause may be as long as the text.
    """
    following = bisect_right(by, at)
    if following < len(by):
        start = by[following] + 1
        if any(_is_doer(written, i) for i in range(start, min(start + 4, len(written)))):
            return True
    if _BE.intersection(lower[max(0, at - 3) : at]):
        return False  # a passive with nobody named
    return any(_is_doer(written, i) for i in range(max(0, at - _REACH), at))


def _is_doer(written: list[str], at: int) -> bool:
    """True for an armed or ruling body, or a name that no preposition makes a place or time."""
    bare = _bare(written[at])
    if bare.lower() in _DOERS:
        return True
    return at > 0 and _is_name(bare) and written[at - 1].lower() not in _PREPOSITIONS


def _is_name(bare: str) -> bool:
    """True for a capitalised word, and for initials, be they but two."""
    return bare[:1].isupper() and (len(bare) > 2 or (len(bare) == 2 and bare.isupper()))


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")


# Ranges


def _merged(spans: Iterator[Span]) -> list[tuple[int, int]]:
    """The spans as ranges in order, those that touch made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for span in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _overlaps(ranges: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_right(ranges, (end - 1, end))
    return at > 0 and ranges[at - 1][1] > start
