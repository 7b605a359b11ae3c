"""What a claimant's name consists of: the words that name it, its initials, the office of a person.

By form and by common words only: no party, place or person is listed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from sayso.text import unmangled
from sayso.wordsets import word_set

LONGEST = 200  # characters of a name that are looked at


_ARTICLES = word_set("the a an")
_JOINS = word_set("of for on in to and de la du des al el")
_ENDS_HEAD = word_set("of for on in at from with within inside near across by who which that to and as")
# Who speaks without being named, one or many.
_NOBODY = word_set(
    "he she it they we i you who this that these those nobody none others source sources witness witnesses eyewitness "
    "eyewitnesses media press agency network resident residents official officials activist activists observer "
    "observers monitor monitors watchdog report reports video videos analyst analysts expert experts doctor doctors "
    "medic medics rescuer rescuers relative relatives neighbour neighbours villagers locals people civilians survivor "
    "survivors victims journalist journalists reporter reporters correspondent correspondents rebel rebels militant "
    "militants fighter fighters insurgent insurgents soldier soldiers opponents critics diplomat diplomats leaders "
    "groups group ngo ngos charities estimates investigators aide aides worker workers volunteer volunteers adviser "
    "advisers spokesman spokeswoman spokesperson commander commanders officer officers refugees many some networks "
    "agencies outlets newspapers accounts images documents statement police statements sides parties countries powers"
)
_KNOWN_BY_ITS_ADJECTIVE = word_set("media press group groups agency network monitor watchdog ngo")  # "Valdan media"
_INDEFINITE = word_set(
    "a an one another some several many most two three four five other various numerous no any local"
)
_CALLED = re.compile(r"\b(?:known as|named|(?<!so-)(?<!so )called)\s+(?=(?:the\s+)?[A-Z])")
# What a person is, before or after the name, and of a body.
_RANKS = word_set(
    "maj gen major general lt lieutenant col colonel brig brigadier capt captain sgt sergeant marshal admiral adm mr "
    "mrs ms dr prof professor sir"
)
_OFFICES = word_set(
    "spokesman spokeswoman spokesperson director head chief chairman chairwoman chair president minister governor "
    "mayor secretary ambassador envoy commander leader official officer representative manager editor coordinator "
    "king queen premier chancellor senator deputy vice adviser advisor commissioner judge activist lawyer doctor "
    "nurse resident journalist reporter correspondent analyst expert founder member co-founder negotiator commissar "
    "emir sheikh imam bishop patriarch"
)
_UNTELLING = _RANKS | word_set("and of the for in at a an to from by with its his her their former others")
_NO_NAMES = word_set(
    "north south east west new saint united northern southern eastern western central upper lower coast front rebels "
    "observatory watch times post monitor daily gazette herald tribune fighters forces"
)
# What is said of a body beside its name.
_DESCRIPTIVE = word_set(
    "monitor monitoring monitors group groups watchdog organisation ngo agency news state official war terror "
    "militant extremist network service activist opposition rights body so-called self-styled earlier opposing "
    "conflict website"
)
_ABOUT = re.compile(
    r".+-(?:based|linked|backed|run|led|owned|affiliated|aligned|controlled)|(?:anti|pro)-.+", re.IGNORECASE
)
_LOOSE = re.compile(
    r"(?<=\w)\s(?=(?:based|linked|backed|affiliated)\b(?!\s(?:in|to|by|with)\b))", re.IGNORECASE
)  # "London Based"
_BRACKETS = re.compile(r"[(\[]([^)\]]{0,80})[)\]]")
_APPOSITION = re.compile(r",|;|\s(?:who|which|whose|that|based in|including)\s|(?<=\w)\s(?=an?\s[\w-]*[a-z])")
_JOINT = re.compile(r"\b(?:and|as well as)\s(?:the\s)?[A-Z]")  # a second party
_SECOND = re.compile(r"\s(?:and|as well as)\s")
_WORD = re.compile(r"[^\W_]+(?:[.'-]{1,2}[^\W_]+)*\.?")
_ARTICLED = re.compile(r"(?:a[a-z]{1,2}|el)-[A-Z]")  # "al-Marn"
# Nouns that do not single a body out of its kind: "the Council" may be anybody's.
KINDS = word_set(
    "ministry government council coalition army agency group police command forces force media party network service "
    "organisation committee union front state centre office department court team commission association authority "
    "administration brigade defence house press news general international national society movement branch division "
    "directorate bureau hospital health rights nations states board fund bank academy institute university school "
    "brigades battalion military television tv radio channel company corporation foundation campaign assembly "
    "parliament senate congress embassy mission delegation secretariat federation republic kingdom region province "
    "city district"
)
_INITIALS = re.compile(r"[A-Z]{3,}")  # "KTA state news agency" has a name, "Local media" none
_SPELLED = (
    ("defense", "defence"), ("organiz", "organis"), ("center", "centre"), ("labor", "labour"), ("television", "tv")
)  # fmt: skip
# Nations whose two words do not grow from one another; the others do by an ending.
_IRREGULAR = dict(
    re.findall(
        r"(\w+)=(\w+)",
        "france=french netherlands=dutch spain=spanish switzerland=swiss greece=greek denmark=danish poland=polish "
        "finland=finnish sweden=swedish ireland=irish wales=welsh scotland=scottish england=english thailand=thai "
        "iceland=icelandic niger=nigerien cyprus=cypriot philippines=philippine peru=peruvian norway=norwegian "
        "portugal=portuguese afghanistan=afghan kazakhstan=kazakh uzbekistan=uzbek tajikistan=tajik "
        "turkmenistan=turkmen kyrgyzstan=kyrgyz us=american britain=british uk=british",
    )
)
NATIONAL = re.compile(r"(?:an|ish|ese|i|ch)\Z")
"""How words end that say "of that country", most of them."""
_IS_OF = re.compile(r"[A-Z]\w+(?:'s|an|ish|ese|i|ic|ch)")
_CUT = ("", "a", "e", "y", "o", "ia", "ey", "on", "us", "os")  # endings that a country loses
_GROWN = ("n", "i", "an", "ian", "ese", "ish")  # and those that it gets


@dataclass(frozen=True, slots=True)
class Named:
    """A name taken apart. ``key``: folded; names with one key are one. ``core``: the words that name the party, folded,
    in order; empty where none does. ``sound``: these in one spelling for all that names from other scripts get, by
    which names are compared. ``described``: whether more is said of a body than its name. ``short``: initials given in
    brackets. ``office``: words of a person's office. ``body``: the body that a person speaks for, in its own words.
    ``short_forms``: what sounds so may stand for this one: its initials, what it has in brackets, its words before "of"
    or "for", a person's last two names of three."""

    key: str
    core: tuple[str, ...]
    sound: tuple[str, ...]
    described: bool
    short: str | None
    office: frozenset[str]
    body: str | None
    short_forms: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=65536)
def anonymous(name: str | None) -> bool:
    """True for nobody, and for a source that is not named: "a medical source", "activists", "residents of Orvane"."""
    if not name:
        return True
    plain = _plain(name)
    if _CALLED.search(plain):
        return False
    words = [w.lower() for w in _WORD.findall(plain)]
    if not words or (words[0] in _INDEFINITE and not _beside_comma(plain)):
        return True
    if _parted(plain)[0]:
        return False  # a person is named
    trimmed = _trimmed(plain)
    head = _head(trimmed)
    first, *others = trimmed.split() or [""]
    proper = any(map(_is_proper, others)) or (others and bool(_INITIALS.fullmatch(first)))
    return head in _NOBODY and not (head in _KNOWN_BY_ITS_ADJECTIVE and proper)


@lru_cache(maxsize=65536)
def named(name: str) -> Named:
    """The parts of ``name``."""
    plain = _plain(name)
    key = " ".join(_folded(plain).split()).removeprefix("the ")
    if told := _CALLED.search(plain):
        plain = plain[told.end() :]
    person, body = _parted(plain)
    if person:
        words = [w for w in _WORD.findall(plain) if romanised(_core_word(w)) not in person]
        own = [w for w in words if not _IS_OF.fullmatch(w)]  # any may be of a country
        office = frozenset(map(_core_word, own or words)) - _UNTELLING
        surnames = (person[-2:],) if len(person) > 2 and person[-2] not in _KUNYA else ()
        return Named(key, person, person, False, None, office, body, surnames)
    brackets = None if _JOINT.search(plain) else _short_in_brackets(plain)
    proper = _proper(_trimmed(plain))
    core = () if {_core_word(w) for w in proper} <= _OFFICES else tuple(_core_word(w) for w in proper)
    forms = tuple(sorted({_sounding(form) for form in _forms(proper, core, brackets)}))
    core = _ministry_last(core)
    described = len(key.split()) > len(proper)
    return Named(key, core, _sounding(core), described, brackets, frozenset(), None, forms)


def one_nation(one: str, other: str) -> bool:
    """True where one word is a country's name and the other says "of that country", in lower case: norvia, norvian."""
    for country, adjective in ((one, other), (other, one)):
        if country in _IRREGULAR:
            if adjective == _IRREGULAR[country]:
                return True
        elif (
            len(country) > 3
            and country[:3] == adjective[:3]
            and any(
                adjective == stem + ending
                for cut in _CUT
                if country.endswith(cut) and len(stem := country.removesuffix(cut)) > 2
                for ending in _GROWN
            )
        ):
            return True
    return False


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKC", unmangled(name[:LONGEST])).replace("’", "'").replace("‘", "'")
    return " ".join(text.replace('"', " ").replace("“", " ").replace("”", " ").split())


def _trimmed(plain: str) -> str:
    """The name without brackets and apposition."""
    bare = " ".join(_LOOSE.sub("-", _BRACKETS.sub(" ", plain)).split())
    found = None if bare.lower().startswith(("a ", "an ")) else _APPOSITION.search(bare)
    return bare[: found.start()] if found and not _JOINT.search(bare, found.end()) else bare


def _head(trimmed: str) -> str:
    """The noun that the words turn on, in lower case: the last before a preposition."""
    head = ""
    for word in _WORD.findall(trimmed):
        if head and word.lower() in _ENDS_HEAD:
            break
        head = word.lower()
    return head


def _folded(text: str) -> str:
    folded = text.casefold()
    for other, ours in _SPELLED:
        folded = folded.replace(other, ours)
    return folded


def _core_word(word: str) -> str:
    bare = _folded(word).removesuffix("'s").removesuffix("'").removeprefix("al-").removeprefix("el-")
    return bare.replace(".", "")


def _is_proper(word: str) -> bool:
    return word[:1].isupper() or bool(_ARTICLED.match(word))


def _proper(trimmed: str) -> list[str]:
    """The words of a body's name, without articles; without what is said beside it too, if enough is left: initials of
    three letters, or two words with a capital."""
    words = [w for w in _WORD.findall(trimmed) if w.lower() not in _ARTICLES]
    bare_first = bool(words) and trimmed.startswith(words[0]) and words[1:2] != [] and words[1].lower() not in _JOINS
    kept = [
        w
        for n, w in enumerate(words)
        if not _describes(w, first=bare_first and n == 0) or (w, words[n - 1].lower()) == ("rights", "human")
    ]
    while kept and kept[0].lower() in _JOINS and not _is_proper(kept[0]):
        kept = kept[1:]
    while kept and kept[-1].lower() in _JOINS:
        kept = kept[:-1]
    capitals = [w for w in kept if _is_proper(w)]
    enough = len(capitals) > 1 or any(len(w) > 2 and w.isupper() for w in capitals)
    return kept if enough else words


def _describes(word: str, *, first: bool) -> bool:
    """A capital says that a word is part of the name, except as a sentence begins."""
    return bool(_ABOUT.fullmatch(word)) or (_core_word(word) in _DESCRIPTIVE and (first or not _is_proper(word)))


def _ministry_last(core: tuple[str, ...]) -> tuple[str, ...]:
    """ "The Ministry of Defence" is "the Defence Ministry"."""
    at = next((n for n, word in enumerate(core[:-1]) if (word, core[n + 1]) == ("ministry", "of")), None)
    return core if at is None else (*core[:at], *core[at + 2 :], "ministry")


def _sounding(words: tuple[str, ...]) -> tuple[str, ...]:
    """``words`` as a person's name is spelt; not a single one, which may be initials, nor those of a body."""
    named = 1 < len(words) < 5 and KINDS.isdisjoint(words) and all(map(str.isalpha, words))
    return tuple(map(romanised, words)) if named and _NO_NAMES.isdisjoint(words) else words


def _short_in_brackets(plain: str) -> str | None:
    found = (m for m in _BRACKETS.finditer(plain) if 1 < len(m[1]) < 9 and m[1].isalpha() and m[1][:2].isupper())
    return next((m[1].casefold() for m in found if not _SECOND.match(plain, m.end())), None)


def _forms(proper: list[str], core: tuple[str, ...], brackets: str | None) -> tuple[tuple[str, ...], ...]:
    forms: set[tuple[str, ...]] = {(brackets,)} if brackets else set()
    if len(proper) == 2 and _INITIALS.fullmatch(proper[1]) and _IS_OF.fullmatch(proper[0]):
        forms.add((core[1],))  # "Norvia's VNA", "the Norvian news agency VNA"
    capitals = [w for w in proper if _is_proper(w)]
    if len(capitals) > 1 and len(capitals) + sum(w.lower() in _JOINS for w in proper if not _is_proper(w)) == len(
        proper
    ):
        forms.add(("".join(w[0] for w in capitals).casefold(),))
    lead = next((n for n, w in enumerate(proper) if w.lower() in ("of", "for")), 0)
    if lead > 1 and core[lead - 1] not in KINDS and _is_proper(proper[lead - 1]):
        forms |= {core[:lead], core[lead - 1 : lead]}
    return tuple(sorted(forms - {core}))


def _parted(plain: str) -> tuple[tuple[str, ...], str | None]:
    """A person's name, folded, and the body that he or she speaks for; () where the words name no person with an
    office. "Valdan Observatory chief Ilo Marn", "Ilo Marn, head of the Valdan Observatory": the run of capitals beside
    the office is the person, that on the other side the body. "The allies of President Ilo Marn" are no person."""
    words = _WORD.findall(_BRACKETS.sub(" ", plain))
    at = [n for n, w in enumerate(words) if _core_word(w) in _OFFICES]
    if not at:
        return _ranked(words), None
    if _JOINT.search(plain):
        return (), None
    if beside := _beside_comma(plain):
        return beside
    before, after = words[: at[0]], words[at[-1] + 1 :]
    if after and after[0].lower() in _JOINS | {"at"}:
        person = _run(before)
        return (person, _body(after)) if len(person) > 1 else ((), None)
    if not after and before[-1:] and before[-1].lower() in _ARTICLES:
        person = _run(before)
        return (person, None) if len(person) > 1 else ((), None)
    of = next((n for n, w in enumerate(before) if w.lower() in _JOINS), 0)
    if of and not _is_proper(before[of - 1]):
        return (), None
    person = _run(after)
    return (person, _body(before)) if person else ((), None)


def _beside_comma(plain: str) -> tuple[tuple[str, ...], str | None] | None:
    """A person and the body, where a comma parts the name from the office: "the head of the Valdan Observatory, Ilo
    Marn", "Ilo Marn, the Observatory's deputy head". None where that is not so."""
    first, *others = plain.split(", ")
    for name, office in ((others[-1], first), (first, " ".join(others))) if others else ():
        words = _WORD.findall(name)
        told = [w for w in words if _core_word(w) not in _RANKS and _core_word(w) not in _OFFICES]
        if len(told) < 2 or not all(map(_is_proper, told)) or {_core_word(w) for w in told} & (KINDS | _NO_NAMES):
            continue
        spoken = _WORD.findall(office)
        at = [n for n, w in enumerate(spoken) if _core_word(w) in _OFFICES]
        if not at or _names_somebody(spoken, at[-1]):
            continue
        if person := _run(told):
            return person, _body([w for w in spoken if _core_word(w) not in _OFFICES])
    return None


def _names_somebody(office: list[str], at: int) -> bool:
    """True where a person's name stands beside the last word of an office, or an office of a place, behind which stands
    where that is: "spokesman Ilo Marn, Keldian Times", "the mayor of Orvane, Keld Orsa"."""
    behind = office[at + 1 :]
    named = len(behind) > 1 and all(map(_is_proper, behind[:2]))
    of_place = len(behind) == 2 and behind[0].lower() in ("of", "in") and _is_proper(behind[1])
    return named or of_place


def _ranked(words: list[str]) -> tuple[str, ...]:
    """The name after a rank or title at the beginning: "Maj. Gen. Ilo Marn"."""
    lead = next((n for n, w in enumerate(words) if _core_word(w) not in _RANKS), len(words))
    return _run(words[lead:]) if lead else ()


def _run(words: list[str]) -> tuple[str, ...]:
    """The capitals that ``words`` begin with, without ranks, each in one spelling; () if there are none, more than
    a person has, or if they only say whose what follows is ("Marn's government")."""
    run = [w for w in words if _core_word(w) not in _RANKS]
    end = next((n for n, w in enumerate(run) if not _is_proper(w) and w.lower() not in _PARTICLES), len(run))
    goes_on = end < len(run) and run[end].lower() not in _ENDS_HEAD | _ARTICLES
    if goes_on or any(w.endswith("'s") for w in run[:end]):
        return ()
    name = tuple(romanised(_core_word(w)) for w in run[:end] if _core_word(w) not in ("al", "el"))
    return name if 0 < len(name) < 6 else ()


_KUNYA = word_set("abu um umm bin ibn bint")  # "Abu Omar" is a name of many
_PARTICLES = word_set("al el de bin ibn abu van von la da del al-din")
_DOUBLED = re.compile(r"(.)\1+")


def romanised(name: str) -> str:
    """One spelling for those that a name from another script gets: Mohammed, Muhamad."""
    return _DOUBLED.sub(r"\1", name.replace("e", "a").replace("o", "u"))


def _body(words: list[str]) -> str | None:
    """The words that name a body, without what joins them to the office."""
    kept = words
    while kept and kept[0].lower() in _JOINS | _ARTICLES | {"at"}:
        kept = kept[1:]
    told = " ".join(kept).removesuffix("'s")
    return told if any(map(_is_proper, kept)) else None
