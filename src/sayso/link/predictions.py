"""The words of a claim that look ahead to harm: "will attack", "planning a series of strikes", "imminent massacre".

What looks ahead must govern a deed of harm. A meeting or a vote is none, nor is an inquiry into an attack, a toll that
may rise, a bargain that is struck, or an attack that was foiled. No word names a party.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.text import unmangled
from sayso.types import ClaimRow
from sayso.wordsets import word_set

READ = 1500
"""Characters of a claim that are read; what stands further down is not what it is about."""


# What looks ahead: after these a verb follows at once …
_MODALS = word_set("will shall would 'll")
_MAY = word_set("could might may")  # only where somebody warns or suspects: what could be done is no warning yet
# … after these with "to" …
_AHEAD = word_set(
    """plan plans planned planning prepare prepares prepared preparing preparations intend intends intended intending
    intention intentions plot plots plotted plotting conspiring vow vows vowed vowing threaten threatens threatened
    threatening threat threats swore sworn pledged about going poised ready readying set likely expected"""
)
# … after these the deed itself, as in "preparing an attack", "a threat of strikes" …
_PLOTTING = word_set(
    """plan plans planning prepare prepares preparing preparations plot plots plotting threat threats threatening
    imminent impending upcoming looming forthcoming"""
)
# … and these after the deed: "an attack is imminent".
_COMING = word_set("imminent impending looming expected likely planned")
_BETWEEN = word_set("soon again also now then likely probably even still possibly eventually continue keep to")
_NOT = word_set("not never no cannot for")  # "jailed for plotting to kill"
# What is seen of what may come; where there is none of it, nothing is foreseen.
_SIGNS = word_set(
    "indication indications sign signs evidence information intelligence plan plans intention intentions reason reports"
)
_SEEING = word_set("see seen saw expect expected expecting expects anticipate anticipated foresee")
_NEGATED = word_set("not 't never")
_UNSEEN = 10  # words before one that looks ahead
_UNDONE = word_set(
    """foil foiled foils thwart thwarted thwarts avert averted prevent prevented prevents disrupt disrupted stop stopped
    repelled failed denied cancelled"""
)
# Shortly before what looks ahead these show that it is told by the way, of somebody whom something else has befallen
# since: "struck men who were plotting an attack".
_ASIDE = word_set("who whom which as while when against after before")
_SAID = word_set("said say says")  # "which, they said, would be attacked" is what they said
# Verbs that are the deed themselves, as they stand after what governs them, and after "be".
_DEEDS = word_set(
    """attack strike bomb bombard shell storm target massacre slaughter execute behead assassinate slay kill retaliate
    avenge kidnap abduct invade raid ambush seize capture recapture retake overrun besiege shoot torch blow mine
    demolish detonate destroy sabotage"""
)
_DISARMED = word_set("weapon weapons stockpile stockpiles arsenal chemical chemicals munitions evidence samples")
_DONE = word_set(
    """attacked bombed bombarded shelled stormed targeted massacred slaughtered executed beheaded assassinated killed
    kidnapped abducted invaded raided seized captured besieged attacking bombing shelling targeting storming"""
)
# Verbs that need a deed as their object: "launch a wave of strikes", "use poison gas", "stage a provocation".
_LIGHT = word_set(
    """launch launching carry carrying conduct conducting mount mounting stage staging wage waging commit committing
    perpetrate start begin open resume repeat intensify escalate unleash use fire drop orchestrate continue face"""
)
_HARMS = word_set(
    """attack attacks strike strikes airstrike airstrikes raid raids bombing bombings bombardment shelling assault
    assaults offensive offensives onslaught massacre massacres slaughter bloodbath killings execution executions
    assassination assassinations ambush invasion incursion sabotage provocation provocations retaliation reprisal
    reprisals revenge barrage missiles rockets shells mortars bombs gas chlorine sarin weapons explosions genocide
    atrocities kidnappings"""
)
# Between what governs and the deed these show that something else is done, about it.
_ELSE = word_set(
    """investigation investigations inquiry probe talks mission aid ceasefire truce meeting session resolution response
    the into to on after following against in at from about over with by since during despite amid who that which
    responsible inspectors experts end halt destruction elimination dismantling or but"""
)
_FIGURES = word_set("deal deals balance agreement bargain accord pact initiative opportunity chance")  # struck, seized
_REACH = 6  # words from what governs to the deed

# How harm is done. A warned "attack" may be any of these; warned airstrikes are not followed by a car bomb.
_METHODS: Mapping[str, frozenset[str]] = {
    "chemical": word_set("chemical chemicals gas gassed chlorine sarin toxic poison poisonous nerve"),
    "air": word_set(
        """airstrike airstrikes air aerial warplane warplanes jet jets aircraft helicopter helicopters plane planes
        drone drones barrel"""
    ),
    "artillery": word_set(
        "shell shells shelled shelling rocket rockets mortar mortars missile missiles artillery barrage"
    ),
    "explosion": word_set(
        """explosion explosions blast blasts explosive explosives detonated suicide ied car blew booby-trapped bomber
        bombers blow mine mined mines detonate demolish demolished"""
    ),
    "ground": word_set(
        """offensive offensives storm stormed storming invade invaded invasion incursion seize seized seizing capture
        captured capturing recapture recaptured retake retook overrun overran ambush ambushed onslaught besiege
        besieged"""
    ),
    "killing": word_set(
        """massacre massacres massacred slaughter slaughtered bloodbath execute executed executing execution executions
        behead beheaded assassinate assassinated assassination slay slain kidnap kidnapped kidnapping kidnappings abduct
        abducted genocide"""
    ),
}
# Said of two of them, where nothing else tells which.
_EITHER: Mapping[str, frozenset[str]] = {
    "air explosion": word_set("bomb bombs bombing bombings bombed"),
    "air artillery": word_set("bombardment bombarded bombard"),
}
_EARLIER = word_set("after following since before response retaliation amid despite than because")
_LEAST = 4  # words of a clause

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*|'[a-z]{1,2}\b|[.;!?…]")
_STOPS = frozenset(".;!?…")
_CLAUSE = _STOPS | word_set("that when while because as and where if")
_AUXILIARIES = word_set("is are was were be been being has have had also may now reportedly allegedly")
_ONESELF = word_set("i we")
_PRONOUNS = word_set("it they he she") | _ONESELF
_SMALL = word_set("the a an of for in on at to by and its their his her some any all many several other 's") | _STOPS


@dataclass(frozen=True, slots=True)
class Prediction:
    """Where a claim looks ahead to a deed: ``words`` as they are there, ``methods`` of the harm as far as its clause
    says (none for an attack of any kind), and ``doer``, who would do it, in the claim's words ("" where it does not
    say; "it" and the like stand for the claimant of a threat)."""

    words: str
    methods: frozenset[str]
    doer: str


def prediction(claim: ClaimRow) -> Prediction | None:
    """The first words of ``claim`` that look ahead to a deed of harm; None where it warns of nothing."""
    if claim.stance == "denies" or claim.certainty == "denied":
        return None
    # What was said of the content before it looks ahead, as in "threatened [to attack]", unless it has happened.
    ahead = claim.stance in ("warns", "plans") and not happened(claim)
    found = _prediction(claim.text[:READ], ahead, claim.stance in ("warns", "suspects"))
    if found is None or found.doer not in _PRONOUNS:
        return found
    own = ahead or found.doer in _ONESELF
    return Prediction(found.words, found.methods, (claim.claimant or "") if own else "")


def happened(claim: ClaimRow) -> bool:
    """True of a claim whose event is said to have happened, or to be happening."""
    return claim.certainty in ("happened", "ongoing")


def tokens_of(text: str) -> tuple[str, ...]:
    """The words of ``text`` in lower case, and the marks that end sentences."""
    return tuple(match.group() for match in _TOKEN.finditer(_plain(text).lower()))


def main_words(text: str) -> tuple[str, ...]:
    """The words of a claim up to what it says came before: "strikes hit the town [following a rocket barrage]"."""
    tokens = tokens_of(text[:READ])
    return tokens[: next((i for i, token in enumerate(tokens) if i >= _LEAST and token in _EARLIER), len(tokens))]


def methods_in(tokens: Iterable[str]) -> frozenset[str]:
    """How harm is done, by what ``tokens`` say: "chemical", "air", "artillery", "explosion", "ground", "killing"."""
    told = frozenset(tokens)
    sure = frozenset(name for name, words in _METHODS.items() if words & told)
    return sure or frozenset(name for names, words in _EITHER.items() if words & told for name in names.split())


def name_words(name: str) -> frozenset[str]:
    """The words of ``name`` that tell it from another."""
    return frozenset(tokens_of(name)) - _SMALL


def _plain(text: str) -> str:
    return unmangled(text).replace("’", "'").replace("‘", "'")


@lru_cache(maxsize=1024)  # a claim is asked for its window, its keys and what follows in turn
def _prediction(text: str, ahead: bool, may: bool) -> Prediction | None:
    text = _plain(text)
    tokens = tuple([token.lower() for token in _TOKEN.findall(text)])
    if (where := next(_foreseen(tokens, ahead, may), None)) is None:
        return None
    first, deed = where
    found = list(_TOKEN.finditer(text))
    deed = max((i for i in range(deed, min(len(tokens), deed + 4)) if tokens[i] in _HARMS), default=deed)
    words = " ".join(text[found[first].start() : found[deed].end()].split())
    return Prediction(words, methods_in(tokens[first : deed + _REACH]), _doer(tokens, first))


def _foreseen(tokens: Sequence[str], ahead: bool, may: bool) -> Iterator[tuple[int, int]]:
    """Positions of words that look ahead and of the last word of the deeds that they govern."""
    if ahead and tokens:
        deed = _governed(tokens, 1) if tokens[0] == "to" else _object(tokens, _after_preposition(tokens, 0))
        if deed is not None:
            yield 0, deed
    modals = _MODALS | _MAY if may else _MODALS
    undone = False
    for at, token in enumerate(tokens):
        undone = token in _UNDONE or (undone and token not in _STOPS)
        deed = None if undone else _deed_at(tokens, at, modals)
        if deed is not None and not _is_aside(tokens[max(0, at - 4) : at]) and not _is_unseen(tokens, at):
            yield at, deed


def _is_aside(before: Sequence[str]) -> bool:
    return bool(before) and (before[-1] in _NOT or not (_ASIDE.isdisjoint(before) or _SAID.intersection(before)))


def _is_unseen(tokens: Sequence[str], at: int) -> bool:
    """True where what looks ahead is not seen coming: "no sign of an imminent attack", "we do not expect"."""
    before = tokens[max(0, at - _UNSEEN) : at]
    for first, token in enumerate(before):
        seen = _SIGNS if token == "no" else _SEEING if token in _NEGATED else frozenset()
        if seen.intersection(before[first + 1 : first + 3]) and _STOPS.isdisjoint(before[first:]):
            return True
    return False


def _deed_at(tokens: Sequence[str], at: int, modals: frozenset[str]) -> int | None:
    """The position of what ends the prediction that begins at ``at``."""
    token, follow = tokens[at], tokens[at + 1 : at + 3]
    if token in modals:
        return _governed(tokens, at + 1)
    if token in _AHEAD and follow[:1] == ("to",):
        return _governed(tokens, at + 2)
    if token in _PLOTTING:
        return _object(tokens, _after_preposition(tokens, at + 1))
    if token in _HARMS and len(follow) == 2 and follow[0] in ("is", "are") and follow[1] in _COMING:
        return at + 2 if at == 0 or tokens[at - 1] != "of" else None
    return None


def _after_preposition(tokens: Sequence[str], at: int) -> int:
    return at + 1 if tokens[at : at + 1] in (("of",), ("for",), ("against",)) else at


def _governed(tokens: Sequence[str], at: int) -> int | None:
    """The position of the deed where a verb is due at ``at``: the verb itself or its object."""
    end = min(len(tokens), at + 4)
    while at < end and (tokens[at] in _BETWEEN or tokens[at].endswith("ly")):
        at += 1
    if at >= end:
        return None
    if tokens[at] == "be":
        return at + 1 if at + 1 < len(tokens) and tokens[at + 1] in _DONE else None
    if tokens[at] in _DEEDS:
        return at if _is_done_to_somebody(tokens[at], tokens[at + 1 : at + 1 + _REACH]) else None
    return _object(tokens, at + 1) if tokens[at] in _LIGHT else None


def _is_done_to_somebody(deed: str, after: Sequence[str]) -> bool:
    """False for "strike a deal", "blow the whistle" and "destroy its chemical weapons"."""
    if deed == "blow":
        return "up" in after[:4]
    return (_DISARMED if deed == "destroy" else _FIGURES).isdisjoint(after if deed == "destroy" else after[:3])


def _object(tokens: Sequence[str], at: int) -> int | None:
    """The position of a noun of harm that is an object at ``at``; None where other words show that it is not."""
    for position in range(at, min(len(tokens), at + _REACH)):
        if tokens[position] in _HARMS and tokens[position - 1] != "more":  # "a more offensive policy"
            return position
        if tokens[position] in _ELSE or tokens[position] in _STOPS or tokens[position] in _MODALS:
            return None
    return None


def _doer(tokens: Sequence[str], first: int) -> str:
    """The words before the one that looks ahead, within its clause; a pronoun for what begins with "to"."""
    if first == 0:
        return "it" if tokens[0] == "to" else ""
    at = first
    while at > 0 and tokens[at - 1] in _AUXILIARIES:
        at -= 1
    if at == first and tokens[first].endswith("ing"):  # "militants gather near the town, preparing to strike"
        at = next((i for i in range(1, first) if tokens[i] in _AUXILIARIES), 0)
    if tokens[at - 1 : at] and tokens[at - 1] in _PRONOUNS:
        return tokens[at - 1]
    start = max((i + 1 for i in range(max(0, at - _REACH), at) if tokens[i] in _CLAUSE), default=max(0, at - _REACH))
    return " ".join(tokens[start:at])
