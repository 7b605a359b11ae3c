"""Whom an accusation accuses, and whether a denial is by the same side: by the words for both, and whose army "the
army" of a story is.

A side is called by a name, by its nation, or by its kind alone: what any state's side is called ("the army"), or any
that fights one ("rebel forces"). Both kinds are read by the same rules; no party is known here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from sayso.link.naming import KINDS, NATIONAL, anonymous, named, one_nation
from sayso.types import ClaimRow
from sayso.wordsets import MONTHS, WEEKDAYS, word_set

_OF_STATE = word_set(
    "government regime junta army military forces troops soldiers authorities state air ministry president premier "
    "minister"
)
_OF_ARMED = word_set(
    "rebel rebels fighter fighters militant militants opposition insurgent insurgents gunman gunmen guerrilla "
    "guerrillas separatist separatists jihadist jihadists jihadi jihadis terrorist terrorists extremist extremists"
)
# Who bears arms on whichever side.
_OF_EITHER = word_set(
    "militia militias paramilitary paramilitaries coalition alliance police peacekeeper peacekeepers settler settlers "
    "gang gangs mercenary mercenaries commando commandos"
)
_SIDES = (_OF_STATE - {"air"}) | _OF_ARMED | _OF_EITHER
# Whose a deed is that is called after its time: "Friday's attack".
_TIMES = (
    WEEKDAYS
    | MONTHS
    | word_set(
        "yesterday today tomorrow tonight overnight dawn morning afternoon evening night day days weekend week month "
        "year last christmas easter ramadan eid passover diwali"
    )
)
_SICKNESS = word_set("cholera measles malaria typhoid polio ebola disease diseases illness hunger famine drought flood")
_OFFICES = word_set("president premier minister prime ambassador")  # held for a state
_BODIES = word_set("government regime junta army military forces troops ministry") | _OF_ARMED  # that an office is of
_SPEAKING = word_set(
    "spokesman spokeswoman spokesperson commander chief general colonel brigadier major captain lieutenant officer"
)
_FORMER = word_set("former ex retired late then deposed ousted exiled captured")
# What stands before a country's name and is no part of it.
_NO_NAME = word_set(
    "a after an and as at before but by eastern for former free from if in new northern now of on pro southern the "
    "then this to western when where while with"
)
_UNTELLING = (
    KINDS
    | _OF_STATE
    | _OF_ARMED
    | _OFFICES
    | word_set("the a an and its their his of for in by to ally source sources official officials spokesman senior")
)
_OF_NATION = re.compile(
    r"\b(?:([A-Z][a-z]{2,20}?)['’]s|([A-Z][a-z]{1,19}(?:an|ish|ese|i|ch)))\s(?:air force|government|regime|army|"
    r"military|defen[cs]e ministry|ministry of defen[cs]e)\b"
)
_RULER = (
    r"(?:['’]s)?\s(?:regime leader|President|Prime Minister|leader|dictator|ruler|King|Emir)\s"
    r"((?:(?:al-|el-)?[A-Z][\w’'-]{1,20}\s?){1,3})"
)
_LONGEST = 400  # characters of a claim that are looked at
_WHO = 60  # characters of words for somebody
_WHOM = re.compile(r"\W{0,3}(?P<who>(?:[\w'’.-]{1,30}\s){0,5}?[\w'’.-]{1,30})(?=\s(?:of|for|over)\b|\W{0,3}\Z|[,;:])")
_FINITE = re.compile(
    r"\b(?:that|which|who|had|has|have|was|were|is|are|will|would|did)\b|(?-i:\b[a-z]+ed\b)", re.IGNORECASE
)
# With which a text may begin that tells how a deed was done.
_DESCRIBING = re.compile(
    r"(?:ly|al|ous|ed|ing|ful|[ai]ble|ive|less|est)\Z|\A(?:air|another|arson|artillery|bomb|both|brutal|car|cyber|double|"
    r"drone|first|fresh|further|gas|ground|gun|hate|heavy|huge|knife|large|major|many|mass|missile|mob|more|mortar|new|"
    r"night|one|other|recent|revenge|rocket|sea|second|several|suicide|terror|third|three|truck|twin|two|vile)\Z"
)
# An unnamed source that speaks for a body: "a Keld military source"; not "a source in Orvane", "an Orvane doctor".
_OF_BODY = re.compile(
    r"(?:(?:an?|one|two|three|the|some|several|senior|high-ranking|unnamed|unidentified)\s){0,3}(?-i:[A-Z][\w’'-]{2,20})\s"
    r"(?:(?:army|air force|defen[cs]e|government|intelligence|military|militia|opposition|rebel|regime|security|"
    r"separatist)\s)?(?:sources?|officials?|officers?|commanders?|spokes(?:man|woman|person|people))\Z",
    re.IGNORECASE,
)
_OWNS = re.compile(r"(?:['’]s|(?<=s)['’])\Z")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# Deeds: what is done, as a noun and as a verb of which who did it stands before.
_DEED = (
    r"(?:(?:air|drone|missile|rocket|artillery|mortar|suicide|ground|car)[\s-])?(?:air)?(?:strikes?|bombings?|"
    r"bombardments?|shelling|attacks?|raids?|assaults?|massacres?|killings?|offensives?|fire)\b"
)
_CRIME = (
    r"(?:abductions?|atrocit(?:y|ies)|crimes?|deaths?|escalation|executions?|incidents?|loss|murders?|use|violations?|"
    r"violence)\b"
)
_DID = re.compile(
    r"\s(?:(?:had|has|have|also|again|then|later|first|(?:was|were|been|is|are)(?=\s\w{3,20}ing\b)|\w{2,15}ly)\s){0,4}"
    r"(?:carried out|opened fire|shot|hit|struck|blew up|(?:launch|fir|dropp|us)(?:ed|ing)|"
    r"(?:carry|open|hitt|strik)ing|(?:bomb|shell|pound|attack|target|kill|raid|storm|destroy|burn|torch|loot|execut|massacr|abduct|gass|"
    r"wound|injur|besieg|strafe?|slaughter|tortur|rap|ambush|murder|bombard)(?:ed|ing))\b"
    r"(?!\s(?:in|by|during|when|after|near|at(?!\s(?:least|most)\b))\b|\W*\Z)",  # "ten rebels killed in a raid"
    re.IGNORECASE,
)
# What is done to people and things that are harmed, before "by"; who holds, feeds or shields them did them no harm.
_HARMED = (
    r"(?:hit|struck|shot(?:\sdead)?|burnt|beaten|slain|blown\sup|gunned\sdown|laid\ssiege\sto|"
    r"(?:carried|carry)\sout|(?:abduct|ambush|assassinat|assault|attack|behead|besieg|bomb|bombard|burn|commit{1,2}|"
    r"conduct|crucifi|damag|demolish|destroy|dropp|execut|fir|flatten|gass|hang|injur|kidnapp?|kill|launch|level{1,2}|loot|"
    r"lynch|maim|massacr|mount|murder|perpetrat|pillag|poison|pound|raid|rap|ransack|raz|shell|slaughter|stabb|stag|"
    r"storm|straf|target|torch|tortur|wound)ed)"
)
_ARMS = r"(?:arms|bombs?|drones?|gas|guns?|missiles?|munitions|rockets?|shells?|weapons?)"
_DONE_BY = re.compile(
    rf"\b(?:(?:{_DEED}|{_CRIME})(?:\sof\s(?:[\w'’-]{{1,20}}\s){{1,5}})?\s?|{_HARMED}|"
    rf"{_ARMS}(?:\s(?:over|in|on|at|near)(?:\s[\w'’-]{{1,20}}){{1,2}}?)?\s(?:(?:had|has|have|was|were|been|being)\s){{0,2}}(?:used|supplied|provided|sent))\s?by\s",
    re.IGNORECASE,
)
_DEEDS = re.compile(rf"\s{_DEED}", re.IGNORECASE)
# Words for a deed alone, with which what is condemned begins: "the attack on Orvane".
_OF_DEED = re.compile(
    r"\W{0,3}(?:(?:all|an?|any|such|that|the|these|this|those|what)\s){0,2}"
    rf"(?P<whose>(?:(?!(?:by|for|in|of|on|over|with)\s)[\w'’-]{{2,20}}\s){{0,3}}?)(?:{_DEED}|{_CRIME})",
    re.IGNORECASE,
)
# Where the words for who did it begin, and end.
_BREAK = re.compile(
    r"[,;:()\[\]\"“”\n–—]|\b(?:that|which|who|whom|said|says|when|while|as|after|before|because|where|since|then|if|"
    r"killed|wounded|hit|struck|told|was|were|had)\b",
    re.IGNORECASE,
)
_TOLD_OF = re.compile(
    r"\W{0,3}(?:that\s)?(?P<who>(?:[\w'’.-]{1,30}\s){1,5}?)(?:had|has|have|was|were|is|are|did|does|do|could|failed)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:an?|the|its|their|his|her|our|this|these|those)\s", re.IGNORECASE)
_AIR = re.compile(r"\bair\b(?! force)", re.IGNORECASE)  # which is no state's
_PLACED = re.compile(
    r"\b(?:in|at|near|on|around|inside|outside|over|across|against|to|into|towards?|during|for)\s.*",
    re.IGNORECASE | re.DOTALL,
)
_ASKING = re.compile(r"\b(?:who|whom|whose|which|what|whether|if)\b", re.IGNORECASE)
SOMEBODY = r"(?P<who>(?:[\w'’.-]{1,30}\s){0,4}?[\w'’.-]{1,30})"
THAT = re.compile(r"\b(?:that|which|said|says|saying|believe)\s", re.IGNORECASE)  # "that Norvia was behind"
BEING = r"(?:was|were|is|are|has been|have been|had been)"
_OF_DOING = re.compile(
    rf"\s*(?:the\s)?{SOMEBODY}\s(?:of|for)\s(?P<act>\w{{2,20}}ing\b.{{0,400}})", re.IGNORECASE | re.DOTALL
)
_BLAMED = (
    re.compile(
        rf"\b{SOMEBODY}\s{BEING}\s(?:\w{{1,12}}\s)?(?:responsible for|behind|to blame for)(?P<act>.{{0,400}})",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        rf"\bblam(?:e|es|ed|ing)\s(?:the\s)?{SOMEBODY}\s(?:for|over)\b(?P<act>.{{0,400}})", re.IGNORECASE | re.DOTALL
    ),
)
_BLAME = re.compile(r"responsible for|behind|blam", re.IGNORECASE)  # without which nobody is blamed: quickly seen


def whom(claim: ClaimRow) -> tuple[str, str] | None:
    """Who is accused, where a claim that accuses begins with that, and the words behind: "the army of …", "Norvia"."""
    found = _WHOM.match(claim.text[:_LONGEST]) if claim.stance == "accuses" and len(claim.chain) > 1 else None
    if not found or _FINITE.search(found["who"]) or tells_only_of_deed(claim.text, claim.place):
        return None
    return found["who"], claim.text[found.end() : _LONGEST].strip()


def blamed(text: str, *, accuses: bool) -> tuple[str, str] | None:
    """Who is said to have done what, in the words of a claim; of one that ``accuses``, also whom they begin with. None
    where they accuse nobody in so many words."""
    found = _OF_DOING.match(text) if accuses else None
    for pattern in _BLAMED if not found and _BLAME.search(text) else ():
        found = found or pattern.search(text)
    if not found or _ASKING.search(found["who"]):
        return None
    return THAT.split(found["who"])[-1], found["act"].strip()


def tells_only_of_deed(text: str, place: str | None = None) -> bool:
    """True where what is condemned is a deed, "the attack on Orvane", and not said whose: "the Norvian attack". One
    that is called after its ``place`` is nobody's, "the Orvane attack"."""
    told = text[:_LONGEST]
    found = _OF_DEED.match(told)
    if not found:
        return False
    named = _names_side(found["whose"], _words(place or ""), opens=not told[: found.start("whose")].strip(" \"“'‘"))
    return not (named or _DONE_BY.search(told) or _DID.search(told, found.end()))


def _names_side(whose: str, place: set[str], *, opens: bool) -> bool:
    """True where a name stands before a deed, or a word for who bears arms; a plain word that ``opens`` a text has its
    capital for that."""
    for n, word in enumerate(whose.split()):
        plain, owns = _OWNS.sub("", word), bool(_OWNS.search(word))
        low = plain.casefold()
        if low in _SIDES:
            return True
        if not plain[:1].isupper() or low in _TIMES or low in place:
            continue
        if n or not opens or owns or plain.isupper() or NATIONAL.search(low) or not _DESCRIBING.search(low):
            return True
    return False


def doers(text: str) -> tuple[str, ...]:
    """Those of whom ``text`` says that they did harm, in its words: who stands before a word for it ("government
    warplanes bombed", "a Norvian strike"), or behind "by"."""
    told = text[:_LONGEST]
    found = [_ending(told[max(0, m.start() - _WHO) : m.start()]) for p in (_DID, _DEEDS) for m in p.finditer(told)]
    found += [_beginning(told[match.end() : match.end() + _WHO]) for match in _DONE_BY.finditer(told)]
    return tuple(dict.fromkeys(who for who in found if _names_somebody(who)))


def _names_somebody(who: str) -> bool:
    words = _words(who) - _TIMES - _SICKNESS
    return bool(words - _UNTELLING or words & (_OF_STATE | _OF_ARMED)) and not _DEEDS.fullmatch(f" {who}")


def told_of(text: str) -> str:
    """Of whom ``text`` says something, where it begins with that: "the army had been slow"; else ""."""
    found = _TOLD_OF.match(text)
    return _PLACED.sub("", found["who"]) if found else ""


def _ending(before: str) -> str:
    """The words for somebody with which ``before`` ends, without where he is."""
    return _AIR.sub("", _PLACED.sub("", _ARTICLE.split(_BREAK.split(before)[-1])[-1])).strip()


def _beginning(behind: str) -> str:
    return _PLACED.sub("", _BREAK.split(behind)[0]).strip()


def home(claims: Iterable[ClaimRow]) -> frozenset[str]:
    """The words for whose country a story is told of: of the nation whose government and army most of its claims speak
    of, in the word that is used most, and the names of who rules it, "Norvian President Hal Orvist". Of equals the
    first in order; empty where none speaks of any."""
    told = [f"{c.claimant or ''}. {c.text[:_LONGEST]}" for c in claims]
    counts = Counter(word for text in told for word in {a or b for a, b in _OF_NATION.findall(text)})
    if not counts:
        return frozenset()
    nation = min(counts, key=lambda word: (-counts[word], word))
    whole = _first_names(nation, told)
    rulers = re.compile(rf"\b{nation}\w{{0,3}}{_RULER}")
    names = [found[1] for text in told for found in rulers.finditer(text)]
    return frozenset(word for name in [nation, *whole, *names] for word in _words(name) if len(word) > 2)


def _first_names(nation: str, told: Iterable[str]) -> list[str]:
    """The word that mostly stands before a nation whose government or army is spoken of: "South" before "Orvia"."""
    before = Counter[str]()
    for text in told:
        for found in _OF_NATION.finditer(text):
            if nation in found.groups():
                word = text[: found.start()].removesuffix(" ").rpartition(" ")[2]
                before[word if word.istitle() and word.isalpha() and word.casefold() not in _NO_NAME else ""] += 1
    return [word for word, times in before.items() if word and 2 * times > before.total()]


@lru_cache(maxsize=4096)
def is_of_side(who: str, denier: str, at_home: frozenset[str]) -> bool:
    """True where ``who`` is accused and ``denier`` speaks for the same side: both are called by their kind, of the
    nation that is ``at_home`` or of none; or by one name; or by one nation, of which the denier is the state."""
    speaks_for = _kind_of_speaker(denier, at_home)
    if speaks_for and speaks_for == _kind(who, at_home):
        return True
    if anonymous(denier) and (not _OF_BODY.match(denier) or _are_foes(_words(who), _words(denier))):
        return False
    own, theirs = _telling(denier), _telling(who)
    if any(word in theirs for word in own if not _is_national(word, at_home)):
        return True
    of_state = own == _words(denier) - _UNTELLING and not _OF_ARMED & (_words(denier) | _words(who))
    of_state = of_state and (bool(_words(denier) & _OF_STATE) or own == _words(denier) - {"the"})
    return of_state and len(own) == 1 and any(word == one or one_nation(one, word) for one in own for word in theirs)


def _are_foes(who: set[str], other: set[str]) -> bool:
    """True where one is called by what a state's side is, and the other by what fights it."""
    state, armed = ({n for n, words in enumerate((who, other)) if words & kind} for kind in (_OF_STATE, _OF_ARMED))
    return bool(state and armed and state.isdisjoint(armed))


def _kind_of_speaker(name: str, at_home: frozenset[str]) -> str | None:
    """The kind of side that a claimant speaks for, an official for the body or the state."""
    found = named(name)
    if not found.office:
        return _kind(name, at_home)
    bodies = found.office & _BODIES if found.office & _SPEAKING else frozenset[str]()
    if bodies and not found.body and not _FORMER & _words(name):
        return "armed" if bodies & _OF_ARMED else "state"  # "the army's spokesman, Tor Hale"
    body = found.body or name
    held = found.office & _OFFICES and any(_is_at_home(word, at_home) for word in _words(body))
    return _kind(body, at_home) or ("state" if held else None)


def _kind(name: str, at_home: frozenset[str]) -> str | None:
    """What kind of side is called so, "state" or "armed", by its kind or by its nation and its kind; None for one with
    a name of its own, or of another nation."""
    words = _words(name)
    if not all(_is_at_home(word, at_home) for word in _telling(name)):
        return None
    if words & _OF_ARMED or any(word.startswith("anti-") for word in words):
        return "armed"
    return "state" if words & _OF_STATE or (_telling(name) and words <= _telling(name) | _UNTELLING - KINDS) else None


def _telling(name: str) -> set[str]:
    """The words in capitals that tell a side from others."""
    capitals = {word for word in _WORD.findall(name.replace("'s", "").replace("’s", "")) if word[:1].isupper()}
    return {word.casefold() for word in capitals} - _UNTELLING


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text.replace("'s", "").replace("’s", ""))}


def _is_national(word: str, at_home: frozenset[str]) -> bool:
    return _is_at_home(word, at_home) or bool(NATIONAL.search(word))


def _is_at_home(word: str, at_home: frozenset[str]) -> bool:
    return word in at_home or any(one_nation(own, word) for own in at_home)
