"""What a claim counts besides those harmed: lorries, attackers, houses."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from sayso.wordsets import ARMED, word_set

_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
}
_NUMBER = re.compile(rf"(?<![\w.,:-])(?:\d{{1,6}}|{'|'.join(_NUMBERS)})(?![\w:]|[.,]\d)", re.IGNORECASE)
_COUNT = re.compile(
    r"(?<![\w.,:-])(?P<vague>(?:at least|more than|less than|fewer than|up to|about|around|some|nearly|almost|over|"
    r"under|close to|another|other|a further|the other|first|last)\s)?"
    rf"(?P<number>\d{{1,6}}|{'|'.join(_NUMBERS)})(?:\sof\s(?:its|his|her|their)|\sother)?"
    r"(?P<what>(?:\s[\"“'‘]?[a-z-]{2,20}){1,4})",
    re.IGNORECASE,
)
_ENDS = word_set(
    "of in and or who which that were was had have has with from to at on the a an by for after before as into out be "
    "is are more other others when while during since near inside died dead killed wounded injured per did said also "
    "it they he she"
) | set(_NUMBERS)
_MEASURES = word_set(
    "minute hour day week month year metre meter kilome mile km percen am pm time degree dollar euro millio billio "
    "thousa hundre dozen people person gmt clock foot feet inch ton tonne kilogr wounde injure child childr women "
    "woman man men third half side part end way rocket missile bomb shell strike attack civili "
    "january februa march april may june july august septem octobe novemb decemb"
)
_ATTACKERS = frozenset(word[:6].rstrip("s") for word in ARMED)
# Who took part stands behind what was done, or before it; whom others fought is none of them.
_DID = r"(?:carried\sout|took\spart|attacked|blew|blown|detonat\w*|conducted)"
_DONE_BY = re.compile(
    rf"\b(?:involv\w*|{_DID}(?:\s[\w-]{{1,20}}){{0,2}}\sby)\s(?:the\s|(?:at\sleast|some)\s)?\Z", re.IGNORECASE
)
_TOOK_PART = re.compile(
    rf"\s(?:(?!(?:and|as|by|from|that|when|where|which|while)\s)[\w-]{{1,20}}\s){{1,4}}?{_DID}\b(?!\sby\b)",
    re.IGNORECASE,
)
_BEFORE = 60  # characters in which that is looked for


def counts(text: str, harmed: Container[int]) -> Iterator[tuple[tuple[str, ...], int, str]]:
    """What is counted exactly, but for numbers ``harmed``: the stems of the thing's words, the number, the words."""
    for found in _COUNT.finditer(text):
        number = _number(found["number"])
        what: list[str] = []
        for word in re.findall(r"[a-z-]+", found["what"].lower()):
            if word in _ENDS or word.endswith(("ing", "ed")):
                break
            what.append(word)
        stems = tuple(word[:6].rstrip("s") for word in what)
        if number is None or not stems or number in harmed or found["vague"] or stems[-1] in _MEASURES:
            continue
        if stems[-1] in _ATTACKERS and _took_part(text, found):
            stems = ("attackers",)
        yield stems, number, f"{found['number']} {' '.join(what)}"


def _took_part(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - _BEFORE) : found.start()]
    return bool(_DONE_BY.search(before) or _TOOK_PART.match(text, found.start("what")))


def numbers_in(text: str) -> frozenset[int]:
    """All numbers from one to twelve in words, and of up to six digits."""
    found = (_number(word) for word in _NUMBER.findall(text))
    return frozenset(number for number in found if number is not None)


def _number(written: str) -> int | None:
    """None for what only case folding takes for a number, as "nıne" and "ſix"."""
    return int(written) if written.isdecimal() else _NUMBERS.get(written.lower())
