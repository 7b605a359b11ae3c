"""News agencies: which one an article credits, and whether somebody quoted is an outlet that we know.

A credit stands where credits stand: in a dateline, a byline or at the end. "The agency said", in a sentence, is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from sayso.text import unmangled
from sayso.wordsets import word_set

_HEAD = 800  # characters: a headline, often twice, date, place and agency
_TAIL = 300
_NAME = 200
AGENCIES = "agencies"
"""What ``wire`` says where agencies are credited and none is named."""

# Canonical names, and after a colon what else each is called in a credit. One that is not listed is still found where
# the form of the credit is plain.
_KNOWN = """
agencies: Agencies; AGENCIES; news agencies; News Agencies; wire services
AFP: Agence France-Presse; Agence France Presse | AP: A.P.; Associated Press; The Associated Press | UPI
Reuters: Thomson Reuters | Bloomberg: Bloomberg News | DPA: dpa; Deutsche Presse-Agentur | APA | EFE: Agencia EFE | ANSA
Adnkronos | KNA | Belga | ANP | Lusa | NTB | Ritzau | STT | TT News Agency | BNS | LETA | ELTA | PAP | TASR | MTI | STA
CTK: ČTK; Czech News Agency | HINA: Hina | FENA | Tanjug | BTA | Agerpres: AGERPRES | Mediafax | ANA-MPA: AMNA
CNA: Cyprus News Agency | PA Media | TASS: Tass; ITAR-TASS; Itar-Tass | RIA Novosti: RIA; Ria Novosti | Interfax
Sputnik: Sputnik International | Ukrinform | UNIAN | BelTA | Moldpres | Armenpress | AzerTac: Azertag
Interpressnews | Kazinform | Kabar | UzA | Khovar | Montsame | Xinhua: Xinhua News Agency | CNS: China News Service
Kyodo: Kyodo News | Jiji Press | Yonhap: Yonhap News Agency | KCNA | VNA: Vietnam News Agency | Antara | Bernama | TNA
PNA: Philippine News Agency | PTI: Press Trust of India | ANI | IANS | APP: Associated Press of Pakistan | BSS | UNB
AAP: Australian Associated Press | Anadolu: Anadolu Agency; Anadolu Ajansi; AA | IHA: Ihlas News Agency
DHA: Dogan News Agency; Demirören News Agency | SANA: Syrian Arab News Agency | ARA News | ANHA: Hawar News Agency
Qasioun: Qasioun News Agency | SMART News | NNA: National News Agency | Petra: Jordan News Agency | WAFA: Wafa
Maan: Ma'an; Ma’an; Ma'an News Agency | MENA: Middle East News Agency | INA: Iraqi News Agency | NINA | Shafaq News
IRNA: Islamic Republic News Agency | ISNA: Iranian Students' News Agency; Iranian Students News Agency
Fars: FNA; Fars News Agency | Tasnim: Tasnim News Agency | Mehr: MNA; Mehr News Agency | KUNA: Kuwait News Agency
QNA: Qatar News Agency | WAM: Emirates News Agency | SPA: Saudi Press Agency | BNA: Bahrain News Agency
ONA: Oman News Agency | SABA: Saba | JTA | APS: Algerie Presse Service | TAP: Tunis Afrique Presse | LANA
MAP: Maghreb Arabe Presse | SUNA: Sudan News Agency | ENA: Ethiopian News Agency | SONNA | NAN: News Agency of Nigeria
GNA: Ghana News Agency | PANA: Panapress | ZNA | SAPA | ANGOP | CP: Canadian Press; The Canadian Press | Notimex
Prensa Latina | Telam: Télam | Agencia Brasil: Agência Brasil | AVN | Colprensa
"""


def _names() -> dict[str, str]:
    """Every name of an agency, to its canonical one."""
    canonical = {}
    for entry in _KNOWN.strip().replace("\n", " | ").split(" | "):
        name, _, others = entry.partition(": ")
        for other in filter(None, (name, *others.split("; "))):
            canonical[other] = name
            if len(other) > 4:
                canonical[other.upper()] = name
    return canonical


_CANONICAL = _names()
_FIRST = re.escape("".join(sorted({name[0] for name in _CANONICAL})))  # seen at once, where hundreds of names are not
_NAMED = rf"(?=[{_FIRST}])(?:{'|'.join(map(re.escape, sorted(_CANONICAL, key=len, reverse=True)))})(?!\w)"
# A name that no list has: a few capitals, or words that end as agencies' names do.
_FORMED = r"(?:[A-Z]{2,6}(?!\w)|(?:[A-Z][\w'’-]{1,20}\s){1,4}(?:News Agency|Press Agency|News Service|Newswire))"
_ANY = f"(?:{_NAMED}|{_FORMED})"
_LIST = rf"{_NAMED}(?:(?:,\s?|\s?[/&+]\s?|\s)(?:and\s)?{_NAMED}){{0,4}}"
_PLACE = r"(?:[A-Z][\w'’.-]{1,20}[,/]?\s?){1,3}"
_CITY = r"(?:[A-Z][A-Z'’.-]{2,20}[,/]?\s?){1,3}"
_DAY = r"(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}\.?)"
_BEGIN = r"(?:^|\n\s{0,3}|[.!?\"”|:]\s{1,3}|\s[-–—]\s)"
_DASH = r"\s{0,3}(?:[-–—]{1,3}|[\"”:])"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s{1,3}"

# Where the text begins: "DAMASCUS (XYZ) —", "XYZ - Damascus", "XYZ  Saturday 9 Jul 2016", "By XYZ". Repetitions are
# bounded, so that a search takes time in proportion to the text.
_AT_HEAD = (
    rf"(?:{_PLACE}(?:{_DAY},?\s)?\((?P<a>{_NAMED})\)|{_BEGIN}{_CITY}(?:{_DAY},?\s)?\((?P<b>{_ANY})\)){_DASH}",
    rf"{_BEGIN}(?:{_PLACE})?(?P<c>{_NAMED})\s?[-–—]{{1,3}}\s?(?=[A-Z\"“])",
    rf"(?<![\w/])(?:[A-Z]{{3,20}}\s?/\s?(?P<d>{_NAMED})|(?P<e>{_NAMED})\s?/\s?[A-Z]{{3,20}}(?!\w))",
    rf"(?:\s(?!agencies)(?P<f>{_NAMED})|\n(?P<g>{_ANY}))[,|]?\s{{1,4}}(?:{_WEEKDAY})?{_DAY},?\s\d{{4}}",
    rf"(?:^|\n\s{{0,3}}|\d{{4}}\s{{1,3}})[Bb]y\s(?:(?P<h>{_LIST})|(?P<i>{_ANY})\s{{0,3}}(?=$|\n|\|))",
)
# Where it ends: "---XYZ", "(XYZ)", "(With XYZ and ABC)", "Source: XYZ", "XYZ contributed to this report", "… so. XYZ".
_AT_END = r"[\"”)\].]{0,2}\s{0,3}(?=$|\n|\s\s|Last\s|Twitter)"
_AT_TAIL = (
    rf"(?:[-–—]{{2,4}}|[–—])\s{{0,2}}(?P<j>{_ANY}){_AT_END}",
    rf"[(\[](?:(?:[Ww]ith|[Ff]rom|[Bb]y|[Vv]ia)\s)?(?P<k>{_LIST})[)\]]{_AT_END}",
    rf"[(\s]Sources?\s?:?\s(?P<l>[^\n.()]{{2,60}})\)?{_AT_END}",
    rf"(?P<m>{_LIST})\s(?:has\s|have\s)?contributed\b",
    rf"[.!?\"”]\s{{1,4}}(?P<n>{_NAMED})\.?\s{{0,3}}$",
)
_HEADS = re.compile("|".join(_AT_HEAD))
_TAILS = re.compile("|".join(_AT_TAIL))
_EITHER = re.compile(rf"(?<![\w-])(?:{_ANY})")


def wire(text: str, outlet: str | None) -> str | None:
    """The agency that ``text`` credits, by its usual name; None where none is credited, or only ``outlet`` itself.

    The first of several; "agencies" where agencies are credited and none is named.
    """
    shown = unmangled(text).rstrip()
    credited = [name for name in _credits(shown) if not speaks_for(name, outlet)]
    return next((name for name in credited if name != AGENCIES), AGENCIES if credited else None)


def _credits(text: str) -> Iterator[str]:
    for pattern, part in ((_HEADS, text[:_HEAD]), (_TAILS, text[-_TAIL:])):
        for match in pattern.finditer(part):
            for name in _EITHER.findall(match.group(match.lastgroup or 0)):
                yield _CANONICAL.get(name, name)


# Words around a name that tell what it is: they count for nothing, unless they are all there is.
_AROUND = word_set(
    "the a an state national central local private independent official semi government owned run backed funded news "
    "agency press wire service television tv channel network newspaper daily website site media outlet broadcaster "
    "radio station correspondent reporter online world international edition"
)
_BEFORE = word_set("the a an state official semi government run owned")
_EDITIONS = _AROUND | word_set("english arabic french russian persian turkish chinese spanish kurdish hebrew urdu")
# What a name must have among its words for its initials to count, so that no army is taken for an agency.
_PRESS = word_set(
    "news agency press presse agence agencia television tv radio broadcasting times media network service channel wire"
)
_OF_A_COUNTRY = re.compile(r"[A-Z]\w+(?:an|ish|ese|i|ic|ch|ek)")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,80})[)\]]")
_POSSESSIVE = re.compile(r"^(?:\w+\s){0,2}\w+['’]s?\s")
_TOKEN = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_SITE = re.compile(r"^(?:https?://)?(?:www\.)?([\w-]+)\.(?:[a-z]{2,6})(?:\.[a-z]{2})?/?$")


def speaks_for(claimant: str | None, outlet: str | None) -> bool:
    """Whether ``claimant`` names ``outlet``, so that what it says is the outlet's own word: "the state news agency
    SANA", "Syrian Arab News Agency (SANA)" and the outlet "sana"; "Press TV" and "presstv".

    Names are compared by letters and digits, by initials, by what stands in brackets, and without the words around a
    name that say what it is.
    """
    if not claimant or not outlet:
        return False
    (names, initials), (other_names, other_initials) = _spellings(claimant[:_NAME]), _spellings(outlet[:_NAME])
    return not (names.isdisjoint(other_names) and names.isdisjoint(other_initials) and initials.isdisjoint(other_names))


@lru_cache(maxsize=4096)  # few outlets, and the same claimants again and again
def _spellings(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """What the spellings of one outlet's name have in common: its names, and its initials where it is of the press.
    Initials alone name nobody: two outlets may well share them."""
    name = unicodedata.normalize("NFKC", name).strip()
    if site := _SITE.match(name.lower()):
        name = site[1]
    names: set[str] = set()
    initials: set[str] = set()
    for part in (_BRACKETS.sub(" ", name), *_BRACKETS.findall(name)):
        for words in _readings(part):
            names.update(_names_in(words))
            if not _PRESS.isdisjoint(word.lower() for word in words):
                initials.add(_squeezed([word[0] for word in words if word[0].isupper()]))
    return frozenset(names - {""}), frozenset(key for key in initials if len(key) > 1)


def _readings(part: str) -> Iterator[list[str]]:
    """The words of ``part``; those without whose it is; and, of the press, those without the country's."""
    for words in (_TOKEN.findall(part), _TOKEN.findall(_POSSESSIVE.sub("", part))):
        named = words[next((i for i, word in enumerate(words) if word.lower() not in _BEFORE), len(words)) :]
        yield named
        if named and _OF_A_COUNTRY.fullmatch(named[0]) and not _PRESS.isdisjoint(word.lower() for word in named):
            yield named[1:]


def _names_in(words: list[str]) -> Iterator[str]:
    """``words`` as one name, in full and without what stands around it."""
    lower = [word.lower() for word in words]
    yield _squeezed(lower)
    first = next((i for i, word in enumerate(lower) if word not in _AROUND), len(lower))
    last = max((i for i, word in enumerate(lower) if word not in _EDITIONS), default=-1)
    if named := lower[first : last + 1]:
        yield _squeezed(named)
        if named[0] == "al":
            yield _squeezed(named[1:])
    if not _PRESS.isdisjoint(lower):  # "Syria's official SANA news agency"
        yield from (word.lower() for word in words if word.isupper() and len(word) > 2)


def _squeezed(words: list[str]) -> str:
    letters = unicodedata.normalize("NFKD", "".join(words)).casefold()
    return "".join(c for c in letters if c.isalnum())
