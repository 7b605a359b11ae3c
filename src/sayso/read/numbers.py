"""Quantities as reports give them: "at least 31", "dozens", "twenty-one", "1.2 million", "between 10 and 15".

A quantity is a pair of bounds, both included, either of them None where the text leaves it open:

    58, fifty-eight, about 58     58, 58        up to 20, nearly 20    None, 20
    at least 10                   10, None      dozens                 24, None
    more than 50                  51, None      scores                 40, None
    fewer than 50                 None, 49      hundreds               200, None

No commas are needed: "60 000", "60,000" and "60000" are the same. A figure of more than ``MAX_DIGITS`` digits counts
nothing and is passed over, as are shares, sums of money, ages, decimals ("1.2" without "million") and times of day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MAX_DIGITS = 12
_MAX_MODIFIERS = 3  # "at least around 20"; a bound, so that "at least at least at least …" stays linear


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark: code points ``start`` to ``end``, and its text in lower case."""

    start: int
    end: int
    low: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """Code points ``start`` to ``end``, modifiers included, and the bounds. ``vague``: "dozens", "several hundred"."""

    start: int
    end: int
    min: int | None
    max: int | None
    vague: bool = False


# A word keeps its inner hyphens and apostrophes ("twenty-one", "6-year-old"), a number its inner commas and points.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’\-][^\W_]+)*|[^\w\s]", re.UNICODE)
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")

_UNIT_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_UNITS = {word: value for value, word in enumerate(_UNIT_WORDS.split())}
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * value for value, word in enumerate(_TEN_WORDS.split(), start=2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
_VAGUE = {
    "tens": 20,
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2000,
    "millions": 2_000_000,
}
NUMBER_WORDS = frozenset(_UNITS) | frozenset(_TENS) | frozenset(_VAGUE) | frozenset(_SCALES)
COUNTING = NUMBER_WORDS | {"couple", "pair", "both", "billions"}  # one of them is in each quantity without digits
_A_FEW = {"several": 3, "few": 3, "many": 3}  # only before a scale: "several dozen", "a few hundred"

_LEAST, _MORE, _MOST, _FEWER, _ABOUT = "least", "more", "most", "fewer", "about"
_MODIFIERS = {
    tuple(words.split()): bound
    for bound, phrases in {
        _LEAST: "at least|at least at|a minimum of|no fewer than|no less than|not fewer than|not less than|minimum",
        _MORE: "more than|over|well over|upwards of|in excess of|exceeding|above",
        _MOST: "up to|as many as|as much as|as high as|at most|no more than|not more than|a maximum of|nearly|almost|"
        "close to|some nearly|just under",
        _FEWER: "fewer than|less than|under|below",
        _ABOUT: "around|about|some|approximately|roughly|an estimated|estimated|exactly|a total of|a total|total of|"
        "a family of|a group of|a crew of|a team of|family of|group of|crew of|team of|circa",
    }.items()
    for words in phrases.split("|")
}
_LONGEST_MODIFIER = max(map(len, _MODIFIERS))
_MODIFYING = {words[0] for words in _MODIFIERS}
_PHRASES = frozenset({"a", "an", "half", "quarter", "couple", "pair", "both", "several", "few", "many"})
# What a quantity can begin with: most words are passed over at once.
_BEGINNINGS = NUMBER_WORDS | _PHRASES | _MODIFYING | {"between"}
_TIMES_AND_SHARES = {"percent", "per", "%", "pm", "p.m", "am", "a.m", "gmt", "°"}
_MONEY = {"$", "€", "£", "¥"}


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words, numbers and marks of ``text`` from ``start`` to ``end``, in order; underscores and white space are
    none."""
    found = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return [Token(*match.span(), match.group().lower()) for match in found]


def find_quantities(text: str) -> list[Quantity]:
    """Every quantity of ``text``, in order, none within another. A lone "a" or "an" is none."""
    return [quantity for _, _, quantity in quantities_among(tokens(text))]


def quantities_among(tokens: Sequence[Token]) -> Iterator[tuple[int, int, Quantity]]:
    """The quantities among ``tokens``, each with the index of its first token and that after its last."""
    at = 0
    while at < len(tokens):
        low = tokens[at].low
        begins = low in _BEGINNINGS or low[:1].isdigit() or ("-" in low and low.partition("-")[0] in _BEGINNINGS)
        found = _quantity(tokens, at) if begins else None
        if found is None:
            at += 1
        else:
            end, quantity = found
            yield at, end, quantity
            at = end


def _quantity(tokens: Sequence[Token], at: int) -> tuple[int, Quantity] | None:
    begin, bounds = at, set()
    for _ in range(_MAX_MODIFIERS):
        if (modifier := _modifier(tokens, at)) is None:
            break
        at, bound = modifier
        bounds.add(bound)
    between = tokens[at].low == "between" if at < len(tokens) else False
    if (low := _number(tokens, at + between)) is None or (low[1] == 1 and at > begin and tokens[at - 1].low == "of"):
        return None  # or "the family of one of them"
    at, value, vague = low
    highest = None
    if not vague and (high := _upper(tokens, at, value, between)) is not None:
        at, highest = high
    elif between:
        return None
    if not _counts(tokens, begin, at):
        return None
    at, bounds = _afterthought(tokens, at, bounds)
    least, most = _bounds(value, highest, vague, bounds)
    return at, Quantity(tokens[begin].start, tokens[at - 1].end, least, most, vague)


def _modifier(tokens: Sequence[Token], at: int) -> tuple[int, str] | None:
    if at >= len(tokens) or tokens[at].low not in _MODIFYING:
        return None
    for size in range(_LONGEST_MODIFIER, 0, -1):
        bound = _MODIFIERS.get(tuple(t.low for t in tokens[at : at + size]))
        if bound is not None:
            return at + size, bound
    return None


def _upper(tokens: Sequence[Token], at: int, lower: int, between: bool) -> tuple[int, int] | None:
    """The other end of "10 to 15", "10-15", "ten or eleven", "between 10 and 15"."""
    if at >= len(tokens) or tokens[at].low not in ({"and"} if between else {"to", "or", "-", "–"}):
        return None
    found = _number(tokens, at + 1)
    if found is None or found[2] or found[1] <= lower:
        return None
    if tokens[at].low == "or" and found[1] > lower + 2:  # "two or 30" is no range
        return None
    return found[0], found[1]


def _afterthought(tokens: Sequence[Token], at: int, bounds: set[str]) -> tuple[int, set[str]]:
    """What may follow a number: "20 or more", "20 at least", "20+"."""
    follow = [t.low for t in tokens[at : at + 2]]
    if _number(tokens, at + 2) is not None:  # "13 at least 13 sailors": the next number's
        return at, bounds
    if follow in (["or", "more"], ["at", "least"]):
        return at + 2, bounds | {_LEAST}
    if follow == ["at", "most"]:
        return at + 2, bounds | {_MOST}
    if follow[:1] == ["+"] and tokens[at].start == tokens[at - 1].end:
        return at + 1, bounds | {_LEAST}
    return at, bounds


def _bounds(value: int, highest: int | None, vague: bool, bounds: set[str]) -> tuple[int | None, int | None]:
    if highest is not None:
        return value, highest
    if vague or _LEAST in bounds:
        return value, None
    if _MORE in bounds:
        return value + 1, None
    if _MOST in bounds:
        return None, value
    if _FEWER in bounds:
        return None, value - 1
    return value, value


def _counts(tokens: Sequence[Token], begin: int, end: int) -> bool:
    """False of what is a share, a sum of money, a time of day or part of a longer number."""
    follow = tokens[end].low if end < len(tokens) else ""
    before = tokens[begin - 1].low if begin else ""
    if follow == "and" and _word(tokens, end + 1) in {"a", "an"} and _word(tokens, end + 2) == "half":  # of a time
        return False
    if follow in _TIMES_AND_SHARES and not (follow == "per" and _word(tokens, end + 1) != "cent"):
        return False
    glued_before = begin > 0 and tokens[begin - 1].end == tokens[begin].start
    glued_after = end < len(tokens) and tokens[end].start == tokens[end - 1].end
    if glued_after and follow[:1].isalpha():  # "5th", "23mm"
        return False
    if glued_after and follow == "-" and _word(tokens, end + 1)[:1].isalpha():  # "6-year-old", "48-hour"
        return False
    return not (
        before in _MONEY or (glued_before and before in {":", "+", "/", "."}) or (glued_after and follow in ":/")
    )


def small_number(word: str) -> int | None:
    """What "3", "three", "a" or "twenty-one" stands for; None of anything else or above 999."""
    low = word.lower()
    if low in {"a", "an"}:
        return 1
    return int(low) if low.isdecimal() and len(low) < 4 else _below_hundred(low)


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""


def _number(tokens: Sequence[Token], at: int) -> tuple[int, int, bool] | None:
    """The number that starts at token ``at``: the token after it, its value, and whether it is vague."""
    word = _word(tokens, at)
    if word in _VAGUE:
        return _vague(tokens, at, _VAGUE[word])
    if word in _PHRASES:
        return _phrase(tokens, at)
    if word[:1].isdigit():
        return _digits(tokens, at)
    return _words(tokens, at)


def _vague(tokens: Sequence[Token], at: int, value: int) -> tuple[int, int, bool]:
    """ "hundreds", "tens of thousands" (20,000), "hundreds of thousands" (200,000)."""
    scale = {"thousands": 1000, "millions": 1_000_000}.get(_word(tokens, at + 2))
    if _word(tokens, at + 1) == "of" and scale and value < scale:
        return at + 3, value * scale, True
    return at + 1, value, True


def _phrase(tokens: Sequence[Token], at: int) -> tuple[int, int, bool] | None:
    """ "a dozen", "a hundred", "half a million", "a quarter of a million", "a couple of", "both", "several dozen"."""
    start, word = at, _word(tokens, at)
    if word == "both":
        return at + 1, 2, False
    if word in {"a", "an"}:
        at, word = at + 1, _word(tokens, at + 1)
    if word in {"couple", "pair"} and at > start:
        return at + 1 + (_word(tokens, at + 1) == "of"), 2, False
    if word in {"half", "quarter"}:
        at += 1 + (_word(tokens, at + 1) == "of")
        at += _word(tokens, at) in {"a", "an"}
        scale = _SCALES.get(_word(tokens, at), 1)
        return (at + 1, scale // (2 if word == "half" else 4), False) if scale > 1 else None
    if word in _A_FEW:
        scale = _SCALES.get(_word(tokens, at + 1).removesuffix("s"), 1)
        return (at + 2, _A_FEW[word] * scale, True) if scale > 1 else None
    if word in _SCALES and at > start:
        return _words(tokens, at, leading=1)
    return None


def _digits(tokens: Sequence[Token], at: int) -> tuple[int, int, bool] | None:
    word = tokens[at].low
    scale = _SCALES.get(_word(tokens, at + 1), 1)
    end = at + 1 + (scale > 1)
    if len(word) > 2 * MAX_DIGITS:
        return None
    if _DIGITS.fullmatch(word):
        number = int(word.replace(",", ""))
        if scale == 1 and len(word) <= 3 and word[0] != "0":
            end, number = _spaced(tokens, at, number)
        return (end, number * scale, False) if len(str(number * scale)) <= MAX_DIGITS else None
    if scale >= 1000 and word.count(".") == 1 and "," not in word:
        return end, round(float(word) * scale), False
    return None


def _spaced(tokens: Sequence[Token], at: int, number: int) -> tuple[int, int]:
    """ "60 000": groups of just three digits, the first of them zeros or none, parted by one space."""
    end = at + 1
    while (
        end < len(tokens)
        and end < at + 4
        and tokens[end].start == tokens[end - 1].end + 1
        and len(tokens[end].low) == 3
        and tokens[end].low.isdecimal()
    ):
        number = 1000 * number + int(tokens[end].low)
        end += 1
    return end, number


def _words(tokens: Sequence[Token], at: int, leading: int | None = None) -> tuple[int, int, bool] | None:
    """ "twenty-one", "two hundred and fifty thousand"; ``leading`` is what an "a" before the first scale stands for."""
    total, part, begin, last = 0, leading, at, 0
    while (word := _word(tokens, at)) and at < begin + 12:
        if (value := _below_hundred(word)) is not None and _fits(part, last, value):
            part, last = (part or 0) + value, value
        elif word in _SCALES and part:
            part, last = part * _SCALES[word], _SCALES[word]
            if word != "hundred":
                total, part = total + part, None
        elif word == "and" and last >= 100 and _below_hundred(_word(tokens, at + 1)) is not None:
            pass
        else:
            break
        at += 1
    return None if at == begin else (at, total + (part or 0), False)


def _below_hundred(word: str) -> int | None:
    tens, _, unit = word.partition("-")
    if unit:
        return _TENS[tens] + _UNITS[unit] if tens in _TENS and 0 < _UNITS.get(unit, 0) < 10 else None
    return _UNITS.get(word, _TENS.get(word))


def _fits(part: int | None, last: int, value: int) -> bool:
    """True where ``value`` may go on the number so far: "twenty" then "one", "hundred" then "fifty"."""
    return part is None or last == 100 or (last in _TENS.values() and 0 < value < 10)
