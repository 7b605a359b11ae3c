"""Words as stories are compared by: what the spellings of one word share, and how an event came about.

Nothing is counted in the reports at hand, so that what two of them have in common never depends on a third.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby

from sayso.types import Span
from sayso.wordsets import word_set

FORCE = frozenset({"ASSAULT", "COERCE"})
"""Types of events in which force is used."""

_SHORTEST, _LONGEST = 3, 40  # letters; longer is an address or noise
_KEPT = 1 << 14  # words, and names, of which it is kept what they are compared by


# What any report says, whatever it tells of. Months and weekdays are read as dates, numbers as figures.
_EMPTY = word_set(
    """
    about above according account across activist activists added adding after again against agency ago all almost along
    already also although among and another any are area areas around article because been before being between both but
    called came can carried claimed claims cited city confirmed could country day days did does down dozens during each
    early earlier east eastern eight eleven english even every few first five following for former forces four from get
    group groups had has have he her here him his how however http https hundreds including into its itself just killed
    killing kill kills last late later least left less like local made main many may meanwhile media middle might
    minister monitor more morning most much near nearly news night nine no north northern not now off official officials
    on one only other others our out over own part people photo pictured province published quoted reached read region
    report reported reporter reporters reports said same says saying scores second see seven several she short since six
    so some source sources south southern spokesman state statement still such take taken ten than that the their them
    then there these they third this those thousands three through time told took total town two under until updated
    url very via village was week weeks well were west western what when where which while who will with within
    without world would www year years yesterday yet you your
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep oct nov dec
    """
)

# By what an event of force came about, the more telling first; ways are told apart, and nobody's are named.
_WAYS = {
    "gas": "gas gassed chemical chlorine sarin toxic nerve poison poisonous suffocation",
    "bomb": "suicide blast explosion explode bomber bombing detonate detonated bomb explosives motorcycle",
    "killing": "execution executed beheaded massacre massacred shot burned graves bodies",
    "air": "air airstrike airstrikes raid warplane warplanes plane jet aircraft planes helicopter bombardment barrel",
    "shelling": "shell shelling shelled mortar artillery rocket howitzer missile sniper",
    "fighting": "clash battle offensive fighting repelled foiled ambush advance recapture seized assault stormed",
}
_NO_PLANES = word_set("plan plans planned planning")  # which have the term of "planes"
_FUEL = frozenset({"oil", "field", "pipeline", "plant", "station"})  # words beside which gas is no weapon
WAYS = tuple(_WAYS)
RARE = frozenset({"gas"})
"""So rare that with a day and a country it all but singles out an event."""

_ARTICLE = re.compile(r"^(?:al|el|ad|an|ar|as|at|az|ash|the)[\s-]+(?=\w{3})")
_ENDINGS = ("ings", "ing", "ers", "ed", "es", "er", "s")
_STEM = 3  # letters that stand before an ending


def hashed(key: str) -> int:
    """``key`` as a number of 63 bits, the same on any machine: what it is filed under."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


def folded(word: str) -> str:
    """The letters and digits of ``word`` in lower case, without accents."""
    if word.isascii():  # nearly all are
        return word.lower() if word.isalnum() else "".join(filter(str.isalnum, word.lower()))
    return "".join(c for c in unicodedata.normalize("NFKD", word).casefold() if c.isalnum())


def content_words(found: Iterable[str]) -> Iterator[str]:
    """Those of ``found`` that tell one report from another, folded: no figures, and nothing that any report says."""
    return filter(None, map(_content_word, found))


@lru_cache(maxsize=_KEPT)
def _content_word(word: str) -> str:
    """``word``, folded; empty for one that tells nothing."""
    plain = folded(word)
    return plain if _SHORTEST <= len(plain) <= _LONGEST and plain.isalpha() and plain not in _EMPTY else ""


@lru_cache(maxsize=_KEPT)
def term(word: str) -> str:
    """What a folded word is compared by: without its ending; a name by its consonants, with an
    asterisk before them and no s at the end, as headlines lose their apostrophes."""
    if is_name(word):
        return "*" + _consonants(word.removesuffix("s") if len(word) > _STEM else word)
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= _STEM), "")
    return word.removesuffix(ending)


def is_name(word: str) -> bool:
    """True for a folded word that general texts do not have: a name, in all likelihood."""
    return word not in common()


@cache
def common() -> frozenset[str]:
    """The words of general texts, in lower case: what is none of them is a name or a figure, in all likelihood."""
    return frozenset(files("sayso").joinpath("weights/common.txt").read_text("utf-8").split())


@lru_cache(maxsize=_KEPT)
def name_key(name: str) -> str:
    """What the spellings of one place name share, an article before it apart."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return _consonants(folded(_ARTICLE.sub("", "".join(c for c in plain if not unicodedata.combining(c)))))


def _consonants(name: str) -> str:
    """The first letter and the consonants of a folded name, doubled ones once, as each outlet writes the vowels of a
    foreign name in its own way: "raqqa" and "raqa", "atmeh" and "atme" have the same."""
    plain = name.replace("q", "k").replace("ph", "f").replace("c", "k")
    return "".join(letter for letter, _ in groupby(plain[:1] + re.sub("[aeiouwyh]", "", plain[1:])))


def ways(found: Iterable[str]) -> frozenset[str]:
    """In which of ``WAYS`` things came about that folded words tell of."""
    terms = {term(word) for word in found if word not in _NO_PLANES}
    if terms & _FUEL:
        terms.discard("gas")
    return frozenset(way for word in terms if (way := _way_of().get(word)))


@cache
def _way_of() -> dict[str, str]:
    return {term(word): way for way, told in _WAYS.items() for word in told.split()}


_DEAD = r"(?:dead|victims?|martyrs?|fallen|loved ones|relatives?)"
_BURIED = re.compile(rf"bur(?:y|ies|ied|ying)\s(?:\S+\s){{0,5}}{_DEAD}\b", re.IGNORECASE)
_DEAD_WERE = re.compile(rf"\b{_DEAD}\s(?:were|was|are|is|(?:had|have|has)\sbeen)\s(?:\w+\s)?\Z", re.IGNORECASE)
_NOT_DEAD = re.compile(r"[^.]{0,60}\b(?:alive|rubble|debris|ruins|mass grave)\b", re.IGNORECASE)
_BEFORE = 60  # characters before the burying in which the dead are named


def is_funeral(text: str, span: Span) -> bool:
    """True of an event, at ``span``, in which people buried their dead, which is no act of force."""
    start, end = span.start, span.end
    if not span.text.lower().startswith("bur") or _NOT_DEAD.match(text, end):
        return False
    return bool(_BURIED.match(text, start) or _DEAD_WERE.search(text, max(0, start - _BEFORE), start))
