"""Names and noun phrases, word by word: what they turn on, when two are one party's, whether one is a person's.

A name by itself does not tell whether a person or a body bears it, least of all in a language one doesn't know. So the
words around are asked: titles, "who", what stands beside it, what it stands before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from sayso.read.nouns import GROUP_NOUNS, NAMING, PARTIES, PERSON_ROLES
from sayso.text import unmangled
from sayso.wordsets import word_set

Name = tuple[int, int, bool]  # offsets, and whether the network takes it for a person's

DETERMINERS = word_set("the a an this that these those its his her their our one another some several many other")
STOPS = word_set("""
    of in for from at by with to on who which that whose near inside outside during after before about across
    among under over within between based said is was has had are were have been speaking citing quoted -- - ( ; :
    close familiar loyal allied affiliated linked present working living involved belonging
    """)
SMALL = word_set("of the and for in on de la le al el bin ibn van von der - ' ’ . &")
_WORD = re.compile(r"[^\W_]+(?:(?:\.-|[-.'’])[^\W_]+)*\.?|[^\w\s]", re.UNICODE)  # "U.N.-backed" is one
_STOPPED = re.compile(r"[a-z]{4}\.(?=[A-Z])")  # two sentences whose blank is lost: "in Orvane.Mayor Sand said"
_PARTICLE = re.compile(r"[a-z]{1,3}[-‑’'](?=\w{3})")  # "al-Noor" and "Noor", "O'Dare" and "Dare" are one name
SITTING = ("-based", "-led", "-backed", "-run", "-affiliated", "-linked")  # said of a party, no part of its name
_ABBREVIATED = re.compile(r"\(([A-Z]{2,8})\)")
_WRITTEN_OUT = 120  # characters before an abbreviation in brackets in which it is written out
_TITLE = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Gen|Lt|Col|Maj|Brig|Major|Vice|Prime|Foreign|Deputy)\b", re.IGNORECASE
)
_BEFORE = re.compile(r"([^\W_][\w.’'-]{0,30}) \Z")
_AFTER = re.compile(r"(?:'s |’s |,? )([^\W\d_]{1,30})\b")
_APPOSITION = re.compile(r"(?:\s?[,(–-]\s?|\s(?=(?:an?|the)\s))((?:[\w’'-]{1,30} ?){1,7})")
_PARTICIPLE = re.compile(
    r"(?:(?:also|long|once|now|not|\w+ly) )?(?:[a-z]+(?:ed|ing)|led|known|seen|held) ", re.IGNORECASE
)
_NOUNS = GROUP_NOUNS | PERSON_ROLES | PARTIES
_KEPT = 4096  # names and phrases that are asked about again and again within an article, and in the next
_TITLES_REACH = 90  # characters before a name in which its titles stand


@lru_cache(_KEPT)
def words_of(phrase: str) -> tuple[str, ...]:
    """The words and marks of ``phrase``."""
    return tuple(_WORD.findall(unmangled(phrase)))


@lru_cache(_KEPT)
def name_words(name: str) -> frozenset[str]:
    """The words that tell a name from others: lower case, singular, without articles and particles."""
    lower = (_undotted(w.lower()) for w in words_of(name) if w[:1].isalnum() and not w.endswith(SITTING))
    return frozenset(singular(_PARTICLE.sub("", w, count=1)) for w in lower if w not in SMALL) - DETERMINERS


def _undotted(word: str) -> str:
    """ "u.n." as "un": an abbreviation is the same with and without its points."""
    return word.replace(".", "") if word[1:2] == "." else word.rstrip(".")


def same_name(name: str, words: frozenset[str], other: str, person: bool) -> bool:
    """True where ``name``, whose ``name_words`` are ``words``, and ``other`` may be one party's."""
    others = name_words(other)
    if not words or not others:
        return False
    if words == others:
        return True
    if f"({name})" in other or f"({other})" in name:
        return True
    if person:
        words, others = (frozenset(w for w in both if not is_title(w)) or both for both in (words, others))
        name, other = name.split(",")[0], other.split(",")[0]
        last, other_last = (_PARTICLE.sub("", (words_of(n) or ("",))[-1].lower(), count=1) for n in (name, other))
        return last == other_last and (words <= others or others <= words)
    if words < others or others < words:
        # "the Monitor" of "the Hill Monitor for Rights", but not "Hill": the part holds what the whole turns on.
        part, whole = (words, other) if words < others else (others, name)
        head = singular(_PARTICLE.sub("", head_of(whole).lower(), count=1))
        return head in part
    return words == {singular(initials(other).lower())} or others == {singular(initials(name).lower())}


def folded(word: str) -> str:
    """``word`` in lower case, but "Guard" as it is: with a capital it is a body's name, and no man."""
    low = word.lower()
    return word if low in NAMING and word.istitle() else low


def phrase_key(words: Iterable[str]) -> tuple[str, ...]:
    """What two phrases share that differ in article and number only."""
    return tuple(singular(w) for w in words if w not in DETERMINERS)


@lru_cache(_KEPT)
def initials(name: str) -> str:
    """The first letters of a name's capitalised words, the article and what is said of its bearer apart."""
    words = words_of(name.partition("(")[0].partition(",")[0])
    return "".join(w[0] for w in words if w[:1].isupper() and w.lower() not in DETERMINERS)


@lru_cache(_KEPT)
def head_of(phrase: str) -> str:
    """The noun that a phrase turns on, ``folded``: the last word before a preposition, clause or mark."""
    head = ""
    for word in words_of(phrase):
        low = folded(word)
        if head and (low in STOPS or not low[0].isalnum()):
            break
        if low not in DETERMINERS and low[0].isalnum():
            head = low
    return head


@lru_cache(4 * _KEPT)
def singular(word: str) -> str:
    """The singular of a lower-case noun, roughly."""
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def is_plural(phrase: str) -> bool:
    """True of "activists" and of "the army and its allies"."""
    head = head_of(phrase)
    return head != singular(head) or " and " in f" {phrase} "


def person_like(head: str) -> bool | None:
    """True for a noun that is a person's, False for a body's, None for others."""
    single = singular(head)
    if single in PERSON_ROLES:
        return True
    return False if single in GROUP_NOUNS or single[:1].isupper() else None


def modifies(follow: str) -> bool:
    """True where what follows a name makes it say whose or what kind: "the Ulvanian general", "Sand's deputy"."""
    if follow.startswith(("'", "’")):
        return True
    words = words_of(follow)
    return follow[:1] == " " and bool(words) and words[0].islower() and words[0] not in DETERMINERS | STOPS


@lru_cache(_KEPT)
def adds_name(phrase: str) -> bool:
    """True where the phrase carries a name of its own: a capital beyond its first word, or one word with a capital."""
    first, *others = words_of(phrase) or ("",)
    if not others:
        return first[:1].isupper() and singular(first.lower()) not in _NOUNS
    return any(w[:1].isupper() and "-" not in w for w in others)


def with_title(text: str, start: int, end: int) -> str:
    """The name at ``start`` with the titles and offices that stand before it: "deputy foreign minister Jane Roe"."""
    first, seen_role = start, False
    for word in reversed(list(_WORD.finditer(text, max(0, start - _TITLES_REACH), start))):
        stopped = _STOPPED.search(word.group())
        begin = word.start() + (stopped.end() if stopped else 0)
        written = text[begin : word.end()]
        title = is_title(written)
        if (
            text[word.end() : first] not in ("", " ")
            or _ends_sentence(written)
            or not (title or (seen_role and written[:1].isupper()))
        ):
            break
        seen_role, first = True, begin
        if stopped:
            break
    return text[first:end]


def _ends_sentence(word: str) -> bool:
    """True of a long word with a stop: "Sen." and "U.N." are none."""
    return word.endswith(".") and len(word) > 5 and "." not in word[:-1]


@lru_cache(_KEPT)
def is_title(word: str) -> bool:
    """True of a word that may stand before a person's name: "Dr", "spokesman"."""
    return singular(folded(word)) in PERSON_ROLES or bool(_TITLE.match(word))


def apposition(text: str, end: int) -> str:
    """What stands right behind a name, if it may say who that is: ", deputy head of the …"; else ""."""
    match = _APPOSITION.match(text, end)
    return match.group(1) if match and is_apposition(match.group(1)) else ""


def is_apposition(words: str) -> bool:
    """True of "a monitoring group"; not of "at war with the army" nor of "backed by the army", which tell of others."""
    first = words_of(words)[:1]
    return bool(first) and first[0].lower() not in STOPS and not _PARTICIPLE.match(words)


def beside(text: str, end: int) -> set[str]:
    """Head nouns of what stands right behind a name: ", deputy head of the …", "a writer"."""
    head = singular(head_of(apposition(text, end)))
    return {head} if head in PERSON_ROLES or head in GROUP_NOUNS else set()


def abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """Names with the abbreviation that stands in brackets behind them: "High Talks Committee", "HTC"."""
    for match in _ABBREVIATED.finditer(text):
        before = text[max(0, match.start() - _WRITTEN_OUT) : match.start()].rpartition("\n")[2]
        words = words_of(before)
        capitals = [at for at, word in enumerate(words) if word[:1].isupper()]
        first = capitals[-len(match.group(1)) :]
        if "".join(words[at][0] for at in first) == match.group(1):
            yield " ".join(words[first[0] :]), match.group(1)


def persons(text: str, names: Sequence[Name]) -> list[bool | None]:
    """For each name whether it is a person's, by all its occurrences; None where nothing tells."""
    surfaces = [text[start:end] for start, end, _ in names]
    alone = {s.lower() for s in surfaces if " " not in s}
    votes: Counter[str] = Counter()
    for (start, end, taken), surface in zip(names, surfaces, strict=True):
        votes[surface] += (1 if taken else -1) + _clues_around(text, start, end)
    for surface in votes:
        votes[surface] += _clues_within(surface, alone)
    family = {s.rpartition(" ")[2].lower() for s, vote in votes.items() if vote > 0 and " " in s}
    return [votes[s] > 0 or s.lower() in family if votes[s] else None for s in surfaces]


def _clues_around(text: str, start: int, end: int) -> int:
    """Above 0 for a person, below for a body."""
    clues = 0
    before = _BEFORE.search(text, max(0, start - 32), start)
    if before:
        low = before.group(1).lower()
        clues += 2 * (is_title(low) and low not in PARTIES) - 2 * (low == "the") - (low in ("a", "an"))
    after = _AFTER.match(text, end)
    if after:
        low = after.group(1)
        single = singular(low)
        # "Observatory director", but also "Jane Roe coordinator of the council", whose comma is lost.
        owns = single in GROUP_NOUNS or (single in PERSON_ROLES and " " not in text[start:end])
        clues += 2 * (low == "who") - 2 * (low == "which") - 2 * owns
    described = beside(text, end)
    return clues + 2 * any(word in PERSON_ROLES for word in described) - 2 * any(w in GROUP_NOUNS for w in described)


def _clues_within(name: str, alone: set[str]) -> int:
    words = words_of(name)
    lower = [word.lower() for word in words]
    if any(singular(word) in GROUP_NOUNS for word in lower) or any(folded(word)[0].isupper() for word in words[1:]):
        return -6
    clues = -2 * bool({"of", "for", "and"}.intersection(lower))
    if len(words) == 1 and len(name) > 1 and name.isupper():
        clues -= 3
    if len(words) > 1 and is_title(words[0]):
        clues += 3
    return clues + 3 * (1 < len(words) < 5 and lower[-1] in alone)
