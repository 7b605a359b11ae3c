"""Labels in the outlet's own voice: noun phrases with a word that judges the party it names.

The words are such as anyone may throw at anyone: before one is added, ask whether each side of any war might use it of
its enemy. No party, country, people or faith is among them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sayso.text import mangled_marks
from sayso.wordsets import word_set

_LOADED_NOUNS = word_set(
    """regime regimes terrorist terrorists extremist extremists mercenary mercenaries thug thugs gang gangs gangster
    gangsters bandit bandits puppet puppets stooge stooges henchman henchmen crony cronies warlord warlords
    junta dictator dictatorship tyrant tyranny despot usurper usurpers invader invaders occupier occupiers
    aggressor aggressors butcher butchers traitor traitors fanatic fanatics murderers hirelings
    collaborators proxies lackey lackeys fascist fascists saboteurs hooligan hooligans hoodlum
    hoodlums outlaws clique cliques horde hordes rabble hireling miscreant miscreants infiltrator infiltrators
    mouthpiece mouthpieces strongman butchers zealot zealots"""
)
_LOADED_ADJECTIVES = word_set(
    """terrorist terror extremist puppet rogue criminal fanatical radical murderous bloodthirsty barbaric
    savage brutal heinous monstrous cowardly treacherous despicable evil tyrannical dictatorial despotic
    illegitimate usurping mercenary genocidal fascist notorious infamous ruthless outlawed"""
)
# Words that hold the name that follows at arm's length, whatever it is.
_DOUBTING = word_set("so-called self-styled self-proclaimed self-appointed self-declared")
# What a loaded adjective goes with where it labels a party: "extremist group". A loaded noun takes it along: "regime
# forces".
_BODIES = word_set(
    """group groups organization organizations organisation organisations outfit outfits militia militias faction
    factions gang gangs network networks cell cells element elements force forces troop troops army armies
    fighter fighters militant militants gunman gunmen leader leaders ruler rulers government governments
    authority authorities entity entities state states regime movement movements party parties commander
    commanders member members opposition council republic"""
)
# Of a deed, these judge who did it: "this heinous crime".
_VILE = word_set("heinous barbaric savage cowardly despicable monstrous bloodthirsty treacherous evil")
_VILE_DEEDS = word_set("crime crimes act acts attack attacks massacre massacres aggression deed deeds bombing bombings")
# Before these a loaded word says what was done, not by whom: "a terrorist attack".
_DONE = word_set(
    """attack attacks airstrike airstrikes strike strikes raid raids shelling bombing bombings bombardment
    bombardments massacre massacres aggression siege assault assaults onslaught crackdown repression
    oppression atrocity atrocities crimes violations abuses executions blockade"""
)
# Whom marks of quotation hold at arm's length, where nobody is quoted: the "moderate rebels".
_QUOTABLE = _BODIES | _LOADED_NOUNS | word_set("rebels activists revolutionaries rescuers revolution liberators")
# "foreign-backed": said of a party to lessen it.
_LESSENING = word_set("foreign militia")
_DETERMINERS = word_set("the this these those its their an a")
_MODIFIERS = 4  # words before the loaded one that its noun phrase may take in
_NAMES = 4  # words of a name after "so-called"

_CLAIMS_TO_BE = re.compile(
    r"\b(?:claim(?:s|ed|ing)?|purport(?:s|ed|ing)?|pretend(?:s|ed|ing)?|pos(?:es|ed|ing)) (?:to be|as) "
    r"[^\W\d_]{1,30}(?: [^\W\d_]{1,30}){0,3}"
)
_BANNED = re.compile(
    r"\b(?:(?:both|also) )?(?:outlawed|banned|proscribed|blacklisted) (?:in|by) (?:the )?[A-Z][^\W\d_]{1,30}"
)
_SCARE = re.compile(r"[\"“‘]((?:[a-z][a-z-]{1,20} ){0,2}[a-z][a-z-]{1,20})[\"”’]")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: their offsets, and each in lower case without a possessive ending."""

    text: str
    spans: list[Pair]
    lower: list[str]

    @classmethod
    def of(cls, text: str) -> Words:
        """The words of ``text``; quotation marks that were decoded wrongly are none, and part none from its "'s"."""
        spans = [match.span() for match in _WORD.finditer(text)]
        mangled = list(mangled_marks(text))
        spans = list(_unmangled(spans, mangled)) if mangled else spans
        return cls(text, spans, [_plain(text[start:end]) for start, end in spans])

    def written(self, at: int) -> str:
        """The word at ``at`` as the text has it."""
        start, end = self.spans[at]
        return self.text[start:end]

    def beside(self, at: int) -> bool:
        """True where nothing but a space or a hyphen stands between the word at ``at`` and the next."""
        return at + 1 < len(self.spans) and self.text[self.spans[at][1] : self.spans[at + 1][0]] in (" ", "-")


def _plain(word: str) -> str:
    low = word.lower()
    return low.removesuffix("'s").removesuffix("’s").strip("'’") if "'" in low or "’" in low else low


def _unmangled(spans: Sequence[Pair], mangled: Sequence[tuple[int, int, str]]) -> Iterator[Pair]:
    held: Pair | None = None
    nth = 0
    for start, end in spans:
        while nth < len(mangled) and mangled[nth][1] <= start:
            nth += 1
        if nth < len(mangled) and mangled[nth][0] < end:
            continue
        before = mangled[nth - 1] if nth else (0, 0, "")
        if held and before[2] == "'" and before[1] == start and held[1] == before[0]:
            held = (held[0], end)
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held


def find_labels(words: Words, is_others: Callable[[int, int], bool]) -> Iterator[Pair]:
    """Offsets of the labels; ``is_others(start, end)``: whether these are somebody else's words."""
    done = 0
    for at, low in enumerate(words.lower):
        if at < done or (low not in _TELLING and "-" not in low and low != "so"):
            continue
        if not _is_label(words.lower, at) or is_others(*words.spans[at]):
            continue
        first, done = _noun_phrase(words, at)
        yield words.spans[first][0], words.spans[done - 1][1]
    for pattern in (_CLAIMS_TO_BE, _BANNED):
        yield from (m.span() for m in pattern.finditer(words.text) if not is_others(*m.span()))
    yield from _scare_quotes(words.text, is_others)


def _scare_quotes(text: str, is_others: Callable[[int, int], bool]) -> Iterator[Pair]:
    for match in _SCARE.finditer(text):
        if match.group(1).rpartition(" ")[2] in _QUOTABLE and not is_others(*match.span()):
            yield match.span()


_TELLING = _LOADED_NOUNS | _LOADED_ADJECTIVES | _DOUBTING | _VILE


def _is_label(lower: Sequence[str], at: int) -> bool:
    low = lower[at]
    following = lower[at + 1 : at + 3]
    if low in _DOUBTING or (low == "so" and following[:1] == ["called"]):
        return True
    if (low in _LOADED_NOUNS and low not in _LOADED_ADJECTIVES) or _is_loaded_compound(low):
        return True
    if low in _VILE and following[:1] and following[0] in _VILE_DEEDS:
        return True
    if low in _LOADED_ADJECTIVES and not _BODIES.isdisjoint(following):
        return True
    return low in _LOADED_NOUNS and _DONE.isdisjoint(following)


def _is_loaded_compound(word: str) -> bool:
    """True for "regime-held", "anti-regime" and "foreign-backed"."""
    first, hyphen, second = word.partition("-")
    if not hyphen or word in _LOADED_ADJECTIVES:
        return False
    return (
        first == "pseudo"
        or first in _LOADED_NOUNS
        or second in _LOADED_NOUNS
        or (first in _LESSENING and second in ("backed", "sponsored"))
    )


def _noun_phrase(words: Words, at: int) -> Pair:
    """From and to which word (exclusive) the loaded one's noun phrase goes: determiner, names and adjectives before it,
    bodies after, and the name that "so-called" holds at arm's length."""
    start, end = at, at + 1
    while start > max(0, at - _MODIFIERS) and words.beside(start - 1) and _modifies(words, start - 1):
        start -= 1
    if start > 0 and words.lower[start - 1] in _DETERMINERS and words.beside(start - 1):
        start -= 1
    while end < at + 4 and words.beside(end - 1) and words.lower[end] in _BODIES | _LOADED_NOUNS | _VILE_DEEDS:
        end += 1
    return start, _name_in_doubt(words, at, end)


def _name_in_doubt(words: Words, at: int, end: int) -> int:
    """The end of the name in "so-called Free Army" and "terrorists of the so called Free Army"; else ``end``."""
    ahead = words.lower[end : end + 4]
    doubted = at
    if ahead[:1] == ["of"] and not _DOUBTING.union(["so"]).isdisjoint(ahead[1:3]):
        doubted = end + (1 if ahead[1] in _DOUBTING or ahead[1] == "so" else 2)
    elif words.lower[at] not in _DOUBTING and words.lower[at] != "so":
        return end
    last = doubted + 1 + (words.lower[doubted] == "so")
    first = last
    while last < first + _NAMES and last < len(words.spans) and words.beside(last - 1) and _goes_on(words, first, last):
        last += 1
    return max(end, last)


def _goes_on(words: Words, first: int, at: int) -> bool:
    """A name's words, or the one noun that takes its place."""
    return at == first or words.written(at)[0].isupper()


def _modifies(words: Words, at: int) -> bool:
    """True for a name or an adjective of one, as in "Ruritanian regime"."""
    low = words.lower[at]
    return (words.written(at)[0].isupper() and low not in _DETERMINERS) or low in _LOADED_ADJECTIVES


def overlaps(ranges: Sequence[Pair], start: int, end: int) -> bool:
    """True where one of ``ranges``, which are in order and apart, meets ``start`` to ``end``."""
    at = bisect_right(ranges, (end - 1, end))
    return at > 0 and ranges[at - 1][1] > start
