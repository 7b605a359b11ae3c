"""Time expressions and the calendar dates they stand for, resolved on the day of publication.

The reference day is the publication stamp in the text ("Published March 9 2011", "NEWS Wednesday 9 Mar 2011", "HARBOUR
March 9 (NEWS)") where there is one, else ``published``. A stamp is no date of an event and is not returned. Where
nothing gives a reference day, what depends on one has the value None.

A weekday is the latest on or before the reference day, unless the words before it look ahead ("will meet on Friday").
A day or month without its year is the nearest, looking two months ahead at most, and not ahead where the words before
speak of what is over ("was killed on 6 May"). "overnight" and "tonight" are the reference day, "last week" is the
month it falls in. "The next day" and "that year" go by what was named last. 04/05/2018 is 4 May, as most of the world
writes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

from sayso.read.numbers import small_number
from sayso.types import Date, DatePrecision, Span
from sayso.wordsets import word_set

_TWELVE = "January February March April May June July August September October November December"
_MONTH_NAMES = _TWELVE.split()
_MONTHS = {name[:size].lower(): i for i, name in enumerate(_MONTH_NAMES, 1) for size in (3, len(name))} | {"sept": 9}
_SEVEN = "monday tuesday wednesday thursday friday saturday sunday"
_DAYS = _SEVEN.split()
_WEEKDAYS = {name[:3]: i for i, name in enumerate(_DAYS)}

# White space is bounded everywhere, so that a page of blanks costs no more than a page of words.
_S = r"\s{1,3}"
_MONTH_WORD = rf"(?P<month>(?i:{'|'.join(_MONTH_NAMES)}|Sept|{'|'.join(n[:3] for n in _MONTH_NAMES)}))"
_POINT = r"(?:\.(?=[\s,]{0,2}\d))?"  # of "Apr. 14", not of a sentence that ends with "April."
_MONTH = rf"{_MONTH_WORD}\b{_POINT}"
_GLUED_MONTH = rf"{_MONTH_WORD}(?![^\W\d_]){_POINT}"  # "Apr052017", as pages without their commas have it
_WEEKDAY = rf"(?i:{'|'.join(_DAYS)})"
_WHICH_DAY = r"(?P<which>(?i:last|next|this|coming|previous|past))"
_ANY_WEEKDAY = rf"(?:{_WEEKDAY}|(?i:tues|thu(?:rs?)?|mon|tue|wed|fri|sat|sun)\b\.?)"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?!\d)"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_TO_DAY = r"(?:\s?[-–]\s?(?P<till>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d))?"  # "the night of 8-9 June"
_PART = r"(?i:morning|noon|afternoon|evening|night|dawn|prayers?)"
_EARLY = rf"(?:(?i:early|late|earlier){_S}(?:(?i:on){_S})?)?"
_UNIT = r"(?P<unit>(?i:day|week|month|year))s?"
_START, _END = r"(?<![\w/.-])", r"(?![\w])"
_YEAR_START = r"(?<![\w/.,])"  # "mid-2013" holds one
# Looked for backwards from what has been found, where a pattern would have to be tried at every word of the text.
_CUE_BEFORE = re.compile(r"(['’]s|[^\W\d_]{1,9}|\()[\s-]{0,3}$")
_NUMBER_BEFORE = re.compile(r"(?<!\w)([^\W_]{1,12}(?:-[^\W_]{1,6})?)\s{1,3}$")

_FULL_PATTERNS = [
    rf"(?:{_ANY_WEEKDAY},?{_S})?{_DAY}{_TO_DAY}\s{{0,3}}(?:(?i:of){_S})?{_GLUED_MONTH}(?:[\s,.]{{0,3}}{_YEAR})?",
    rf"(?:{_ANY_WEEKDAY},?{_S})?{_GLUED_MONTH}\s{{0,3}}{_DAY}{_TO_DAY}(?:[\s,]{{0,3}}{_YEAR}|(?!\d))",
    r"(?P<year>(?:19|20)\d\d)(?P<mark>[-/])(?P<monthnumber>\d\d?)(?P=mark)(?P<day>\d\d?)(?:T[\d:.]{4,12}Z?)?(?!\d)",
    rf"(?P<day>\d\d?)(?P<mark>[-/.])(?P<monthnumber>\d\d?)(?P=mark){_YEAR}",
]
_PATTERNS: dict[str, list[str]] = {
    "full": _FULL_PATTERNS,
    "month_year": [rf"{_MONTH},?{_S}(?:(?i:of){_S})?{_YEAR}"],
    "weekday": [
        rf"{_EARLY}(?:{_WHICH_DAY}{_S})?(?P<weekday>{_WEEKDAY})(?:{_S}{_PART})?",
        # "Tuesdays attack" has lost its apostrophe; "on Tuesdays" is no day.
        rf"(?<!\b[Oo]n\s)(?<!\bevery\s)(?:{_WHICH_DAY}{_S})?(?P<weekday>{_WEEKDAY})s(?={_S}[a-z])",
    ],
    "month": [
        rf"(?:(?P<which>(?i:last|next|this|in|since|until|of|by|during|early|late|mid))[\s-]{{1,3}})?{_MONTH}"
        rf"(?:{_S}(?P<whichyear>(?i:last|this|next)){_S}(?i:year))?"
    ],
    "near": [
        rf"(?P<near>(?i:the{_S}day{_S}before{_S}yesterday|yesterday|today|tomorrow|tonight|overnight|last{_S}night|"
        rf"during{_S}the{_S}night(?!{_S}(?:of|from|between)\b)|this{_S}(?:morning|afternoon|evening)))"
    ],
    "period": [rf"(?P<which>(?i:last|this|next|previous)){_S}(?P<unit>(?i:week|month|year))"],
    "ago": [rf"{_UNIT}{_S}(?P<way>(?i:ago|earlier|before|later))"],
    "recent": [rf"(?i:recent{_S}days|(?:past|last){_S}few{_S}days)"],
    "again": [
        rf"(?P<which>(?i:the{_S}same|that{_S}same|that|the{_S}(?:next|following|previous|preceding)))"
        rf"{_S}(?P<unit>(?i:day|morning|afternoon|evening|night|month|year))"
    ],
    "past": [rf"(?i:the{_S}(?P<which>past|current)){_S}(?P<unit>(?i:year|month))"],
    "year": [_YEAR],
}
_COMPILED = {
    kind: [re.compile(f"{_YEAR_START if kind == 'year' else _START}{pattern}{_END}") for pattern in patterns]
    for kind, patterns in _PATTERNS.items()
}

# Without one of these near it nothing is a time expression of its kind: most of a text need not be looked at pattern by
# pattern.
_UNITS = ("day", "week", "month", "year")
_TOLD_BY = (
    dict.fromkeys(_MONTHS, ("full", "month_year", "month"))
    | dict.fromkeys([day + ending for day in _DAYS for ending in ("", "s")], ("weekday",))
    | dict.fromkeys(
        [unit + ending for unit in _UNITS for ending in ("", "s")], ("period", "ago", "recent", "again", "past")
    )
    | dict.fromkeys(
        ["yesterday", "today", "tonight", "tomorrow", "overnight", "night", "morning", "afternoon", "evening"],
        ("near", "again"),
    )
)
_TELLING = re.compile(r"[^\W\d_]+|(?:1[89]|20)\d\d|\d[-/.]\d")
_REACH = 80  # code points: no time expression, with what is looked at around it, is longer than that

_TIME_BEFORE = re.compile(r"(?<![\w.,])(?:[01]\d|2[0-3])[:.]?[0-5]\d\s{1,3}$")

_STEPS = {"last": -1, "previous": -1, "this": 0, "next": 1}
_AHEAD = re.compile(
    r"\b(?:(?:will|shall|to be|scheduled|expected|set (?:to|for)|due|plan(?:s|ned|ning)?|hopes?|intends?|slated|"
    r"preparing|headed|heading|traveling|travelling)\b[^.!?\n]{0,50}|"
    r"(?:upcoming|coming|ahead of|before the end of|effective|expires)\s{1,3}(?:an?\s{1,3}|the\s{1,3})?)$",
    re.IGNORECASE,
)
# So does an end that is set to what may come: "warned that shells would fall before Friday".
_TO_COME = re.compile(
    r"\b(?:(?:would|could|might|(?-i:may)|(?:is|are|was|were)\s(?:going|about)\sto)\s(?!have|not|see)|"
    r"(?:warn(?:s|ed|ing)?|threat(?:en|ens|ened|ening)?)\s[^.!?\n]{0,20}?\b(?:that|of|to|with)\s)"
    r"(?P<what>[^.!?\n]{1,60})\s(?:before|by|until)\s{1,3}$",
    re.IGNORECASE,
)
_ANOTHER_DEED = re.compile(r"\b(?:and|but|had|was|were|has|have|kept|held|left|fell)\b", re.IGNORECASE)
# Right before a day or month, these say that it is not over yet when it is near, whatever the verb before.
_BY = re.compile(r"\b(?:by|until|through|to|effective)\s{1,3}(?:early\s|late\s|mid-)?$", re.IGNORECASE)
# Right before a day or month, these say that it is over; so does a verb of the past in the words before.
_BEHIND = re.compile(
    r"\b(?:ended|since|after|last|dated|from|until last|ago)\s{1,3}$|"
    r"\b(?:was|were|had|did|died|began|took|made|came|went|fell|held|won|lost|fought|met|saw|shot|struck|hit|\w{3,12}ed)\b"
    r"[^.!?\n]{0,40}$",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:said|says|told|reported|added|announced|warned|stated)\b", re.IGNORECASE)
_STAMP_CUE = re.compile(
    r"(?:published|posted|updated?|publication|issued)[\s:]{0,3}(?:\d{1,2}:?\d\d[\s:]{0,3})?(?:(?:on|at)[\s:]{0,3})?$",
    re.IGNORECASE,
)
_STAMP_HEAD = 400  # code points: a stamp without a cue stands no further down
_DATELINE = re.compile(r"[A-Z]{3,}[^\w\n]{1,3}$")
_DATELINE_END = re.compile(r"\s{0,2}[.,]?\s{0,2}[(/]")
# What may stand before a stamp on its line: nothing, a mark, a time of day, or an agency or town in capitals.
_STAMP_BEFORE = re.compile(
    r"(?:^|[^\w\s,'’\"“]|\b\d{4}|\b\d\d:\d\d|\b[A-Z]{2,},?|\bReuters|\bAgencies)\s{0,3}$", re.MULTILINE
)
_HEADING_BEFORE = re.compile(r"\b[A-Z]\w+\s{1,3}$")  # "Far Coast 09.03.2011"
_CUES = (
    "both into in since until till from of by during early late mid before after year between and through to for "
    "spring summer autumn fall winter back ("
)
_YEAR_CUES = frozenset(_CUES.split())  # what a bare number is a year after
_PLAIN_WORDS = {"may", "march", "august"}  # words of the language, too
_ARTICLES = {"the", "its", "his", "their", "'s", "’s", "a"}
_CLOCK_AFTER = re.compile(r"\s{0,3}(?:[A-Z]{1,3}T|UTC|hrs|hours|local time)\b")  # "1900 GMT"
_UNITS_AFTER = re.compile(r"\s{1,3}(?:[a-z]+s|people|men|women|children|km|metres?|meters?|miles)\b")
_THING_AFTER = re.compile(r"\s[a-z]{2,}[a-rt-z]\b|[.,;:]?\s{1,3}(?![A-Z\d])|[.;]$")
# Before a number that counts something, or that something is called by.
_QUANTITIES = word_set(
    """about over than nearly least most some only around almost exactly number no nos at flight route of was is are
    were be been has have killed wounded with"""
)
_SLACK_DAYS = 7  # "April 6" in a report stamped 4 April is this year's
_INTENT = re.compile(r"plan|hope|intend|prepar", re.IGNORECASE)
_WILL = re.compile(r"\b(?:will|shall|be|scheduled|expected|set|due)\b", re.IGNORECASE)
_FAR = timedelta(days=300)  # nobody leaves out the year of a day so far ahead
_SOON_DAYS = 75  # and so is "June 1", unless the words before speak of what is over
_SOON_MONTHS = 2


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    kind: str
    match: re.Match[str]
    number: int = 0  # the "three" of "three days ago"


@dataclass(frozen=True, slots=True)
class _Value:
    text: str | None
    precision: DatePrecision
    day: date | None = None


@dataclass(frozen=True, slots=True)
class _Context:
    """What a value depends on: the text, the reference day, the day named last, and the value given last."""

    text: str
    reference: date | None
    latest: date | None
    value: str | None = None


def find_dates(text: str, published: str | None) -> tuple[Date, ...]:
    """Every time expression of ``text`` that names a day, month or year, in order, none within another.

    ``published`` is an ISO 8601 date or time; what cannot be read as one counts as None.
    """
    found = _expressions(text)
    reference, stamps = _reference(text, found, published)
    dates: list[Date] = []
    context = _Context(text, reference, latest=reference)
    for item in found:
        if item in stamps:
            continue
        value = _RESOLVERS[item.kind](item, context)
        if value is not None:
            dates.append(Date(Span.of(text, item.start, item.end), value.text, value.precision))
            context = replace(context, latest=value.day or context.latest, value=value.text or context.value)
    return tuple(dates)


def date_spans(text: str) -> list[tuple[int, int]]:
    """Where time expressions stand in ``text``, publication stamps included, with a time of day right before a date in
    numbers ("1735 15.04.2017"): numbers there count nobody."""
    return [(_with_time(text, d), d.end) for d in _expressions(text)]


def _with_time(text: str, found: _Found) -> int:
    """Where the expression starts, a time of day before it included."""
    in_numbers = "mark" in found.match.groupdict()
    time = _TIME_BEFORE.search(text, max(0, found.start - 8), found.start) if in_numbers else None
    return time.start() if time else found.start


@lru_cache(maxsize=4)  # dates and casualties ask for an article's in turn
def _expressions(text: str) -> tuple[_Found, ...]:
    """What looks like a time expression, in order; of two that overlap, the kind first in ``_PATTERNS`` stands."""
    taken: list[_Found] = []
    covered = bytearray(len(text))
    around = _around_telling(text)
    for kind, patterns in _COMPILED.items():
        stretches = around[kind]
        for match in (
            m for pattern in patterns for start, end in stretches for m in pattern.finditer(text, start, end)
        ):
            found = _found(kind, match, text)
            if found is not None and not any(covered[found.start : found.end]):
                covered[found.start : found.end] = b"\1" * (found.end - found.start)
                taken.append(found)
    return tuple(sorted(taken, key=lambda f: f.start))


def _around_telling(text: str) -> dict[str, list[tuple[int, int]]]:
    """The stretches of ``text`` that may hold time expressions of each kind, in order."""
    around: dict[str, list[tuple[int, int]]] = {kind: [] for kind in _COMPILED}
    for match in _TELLING.finditer(text):
        word = match.group()
        for kind in ("full", "year") if word[0].isdigit() else _TOLD_BY.get(word.lower(), ()):
            stretches = around[kind]
            start, end = max(0, match.start() - _REACH), min(len(text), match.end() + _REACH)
            begin = stretches.pop()[0] if stretches and start <= stretches[-1][1] else start
            stretches.append((begin, end))
    return around


def _found(kind: str, match: re.Match[str], text: str) -> _Found | None:
    """The expression that ``match`` is; None where its words mean something else."""
    start, end = match.span()
    if kind == "ago":
        before = _NUMBER_BEFORE.search(text, max(0, start - 24), start)
        number = small_number(before[1]) if before else None
        return None if before is None or number is None else _Found(before.start(), end, kind, match, number)
    if kind == "month":
        which = (match["which"] or "").lower()
        if not _is_month_alone(match["month"], bool(which)):
            return None
        start = start if which in _STEPS else match.start("month")
    if kind == "year" and not _is_year(match, text):
        return None
    if kind in {"full", "month_year"} and match.groupdict().get("month") and not _is_month(match, bool(match["year"])):
        return None
    return _Found(start, end, kind, match)


def _is_month_alone(word: str, cued: bool) -> bool:
    """A month's full name, written as one; "May" and "March" only after "in", "since" and the like."""
    return word[0].isupper() and word.capitalize() in _MONTH_NAMES and (cued or word not in {"May", "March"})


def _is_month(match: re.Match[str], has_year: bool) -> bool:
    """False of "may", "march", "mar" and "dec" in lower case without a year."""
    word: str = match["month"]
    return has_year or word[0].isupper() or (word.capitalize() in _MONTH_NAMES and word not in _PLAIN_WORDS)


def _is_year(match: re.Match[str], text: str) -> bool:
    """A bare number is a year after "in", "since"… or, after "the", before what is not a plural ("the 2013 attack")."""
    before = _CUE_BEFORE.search(text, max(0, match.start() - 16), match.start())
    cue = before[1].lower() if before else ""
    if _CLOCK_AFTER.match(text, match.end("year")):
        return False
    counts = bool(_UNITS_AFTER.match(text, match.end("year")))
    if cue in _YEAR_CUES:
        return not (counts and match["year"].endswith("00"))
    if cue in _ARTICLES:
        return not counts
    # "his failed 1996 campaign", "both 1990 and 1991"
    return before is not None and before[1].islower() and cue not in _QUANTITIES and _is_thing(match, text)


def _is_thing(match: re.Match[str], text: str) -> bool:
    """True for "1996 campaign" and "1996.", but not for "1996 fighters" and "1900 Damascus time"."""
    return not match["year"].endswith("0") and bool(_THING_AFTER.match(text, match.end("year")))


def _reference(text: str, found: Sequence[_Found], published: str | None) -> tuple[date | None, set[_Found]]:
    """The reference day, and the expressions that are publication stamps."""
    given = _iso(published)
    stamps: list[_Found] = []
    reference = None
    for item in found:
        if item.kind != "full" or not _is_stamp(item, text, first=not stamps):
            continue
        day = _day_of(item, None) if item.match["year"] else _without_year(item, given)
        if day is not None:
            stamps.append(item)
            reference = reference or day
    return reference or given, set(stamps)


def _is_stamp(item: _Found, text: str, first: bool) -> bool:
    before = text[max(0, item.start - 40) : item.start]
    if not item.match["year"]:
        in_head = item.start < _STAMP_HEAD
        return in_head and bool(_DATELINE.search(before)) and bool(_DATELINE_END.match(text, item.end))
    if _STAMP_CUE.search(before):
        return True
    if not first or item.start >= _STAMP_HEAD:
        return False
    numeric = bool(item.match.groupdict().get("monthnumber"))
    return bool(_STAMP_BEFORE.search(before) or (numeric and _HEADING_BEFORE.search(before)))


def _iso(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _plus(day: date | None, days: int) -> date | None:
    """``day`` and so many days; None where the calendar has no such day, or there is no ``day``."""
    try:
        return day + timedelta(days=days) if day else None
    except OverflowError:
        return None


def _month_number(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("monthnumber"):
        return int(groups["monthnumber"])
    word: str = groups["month"].lower()
    return _MONTHS[word if word in _MONTHS else word[:3]]


def _day_of(item: _Found, year: int | None) -> date | None:
    """The day that a full date names; where month and day must have been exchanged ("04/14/2018"), they are."""
    month, day = _month_number(item.match), int(item.match["day"])
    year = int(item.match["year"]) if item.match["year"] else year
    if year is None:
        return None
    return _date(year, month, day) or (_date(year, day, month) if item.match.groupdict().get("monthnumber") else None)


def _without_year(item: _Found, reference: date | None, ahead: bool = False, slack: int = _SLACK_DAYS) -> date | None:
    """The latest such day that is no more than ``slack`` days after the reference; the next one where the text looks
    ahead."""
    if reference is None:
        return None
    years = range(reference.year, reference.year + 9) if ahead else range(reference.year + 1, reference.year - 9, -1)
    latest = _plus(reference, slack) or reference
    days = (day for year in years if (day := _day_of(item, year)))  # 29 February may be eight years away
    return next((day for day in days if (day >= reference if ahead else day <= latest)), None)


def _ahead(item: _Found, text: str) -> bool:
    """True where the words before look ahead: "will meet on Friday", but not "will rise he said on Friday"."""
    start = max(0, item.start - 80)
    cue = _AHEAD.search(text, start, item.start)
    if cue is not None and not _SAID.search(cue.group()):
        return True
    to_come = _TO_COME.search(text, start, item.start)
    return to_come is not None and not _ANOTHER_DEED.search(to_come["what"])


def _is_intent(item: _Found, text: str) -> bool:
    """True where only a word of intent looks ahead, which may be a noun: "the plan"."""
    cue = _AHEAD.search(text, max(0, item.start - 80), item.start)
    leap = item.match["day"] == "29" and _month_number(item.match) == 2  # it may well be years ahead
    return cue is not None and not leap and bool(_INTENT.match(cue.group())) and not _WILL.search(cue.group())


def _is_behind(item: _Found, text: str) -> bool:
    """True where the words before speak of what is over: "was killed on", "ended"."""
    start = max(0, item.start - 60)
    return not _BY.search(text, start, item.start) and _BEHIND.search(text, start, item.start) is not None


def _as_day(day: date | None) -> _Value:
    return _Value(day.isoformat() if day else None, "day", day)


def _as_month(day: date | None) -> _Value:
    return _Value(day.isoformat()[:7] if day else None, "month")


def _as_year(year: int | None) -> _Value:
    return _Value(f"{year:04d}" if year is not None and MINYEAR <= year <= MAXYEAR else None, "year")


def _full(item: _Found, context: _Context) -> _Value | None:
    till = item.match.groupdict().get("till")
    of = _as_month if till and int(till) - int(item.match["day"]) > 1 else _as_day  # "3-9 June" is no day
    if item.match["year"]:
        day = _day_of(item, None)
        return of(day) if day else None
    ahead = _ahead(item, context.text)
    slack = _SLACK_DAYS if not ahead and _is_behind(item, context.text) else _SOON_DAYS
    day = _without_year(item, context.reference, ahead, slack)
    if ahead and day and context.reference and day - context.reference > _FAR and _is_intent(item, context.text):
        day = _without_year(item, context.reference)  # "the plan that leaked on March 5": of last week, not next year
    return of(day)


def _month_year(item: _Found, _: _Context) -> _Value:
    return _as_month(_date(int(item.match["year"]), _month_number(item.match), 1))


def _weekday(item: _Found, context: _Context) -> _Value:
    reference = context.reference
    if reference is None:
        return _as_day(None)
    wanted, which = _WEEKDAYS[item.match["weekday"][:3].lower()], (item.match["which"] or "").lower()
    back = (reference.weekday() - wanted) % 7
    if which in {"next", "coming"} or (not which and _ahead(item, context.text)):
        return _as_day(_plus(reference, 7 - back))
    return _as_day(_plus(reference, -(back or (7 if which in {"last", "previous", "past"} else 0))))


def _month_alone(item: _Found, context: _Context) -> _Value:
    reference = context.reference
    if reference is None:
        return _as_month(None)
    month, which = _month_number(item.match), (item.match["which"] or "").lower()
    if year := (item.match["whichyear"] or "").lower():
        return _as_month(_date(reference.year + _STEPS[year], month, 1))
    if which == "this":
        return _as_month(_date(reference.year, month, 1))
    if which == "next" or (which not in {"last", "since"} and _is_to_come(item, context, month)):
        return _as_month(_date(reference.year + (month < reference.month), month, 1))
    past = month > reference.month or (which == "last" and month == reference.month)
    return _as_month(_date(reference.year - past, month, 1))


def _is_to_come(item: _Found, context: _Context, month: int) -> bool:
    """True where the text looks ahead, and of a month that is near and not over."""
    if _ahead(item, context.text) or _BY.search(context.text, max(0, item.start - 30), item.start):
        return True
    soon = context.reference is not None and 0 < (month - context.reference.month) % 12 <= _SOON_MONTHS
    return soon and not _is_behind(item, context.text)


_NEAR = {"yesterday": -1, "tomorrow": 1, "last night": -1, "the day before yesterday": -2}


def _near(item: _Found, context: _Context) -> _Value:
    words = " ".join(item.match["near"].lower().split())
    return _as_day(_plus(context.reference, _NEAR.get(words, 0)))


def _period(item: _Found, context: _Context) -> _Value:
    return _moved(context.reference, item.match["unit"].lower(), _STEPS[item.match["which"].lower()])


def _ago(item: _Found, context: _Context) -> _Value:
    way = item.match["way"].lower()
    base = context.reference if way == "ago" else context.latest
    return _moved(base, item.match["unit"].lower(), item.number if way == "later" else -item.number)


def _moved(day: date | None, unit: str, steps: int) -> _Value:
    """``day`` moved by so many days, weeks (as precise as its month), months or years."""
    if unit == "year":
        return _as_year(day.year + steps if day else None)
    if day is None:
        return _as_day(None) if unit == "day" else _as_month(None)
    if unit == "month":
        months = 12 * day.year + day.month - 1 + steps
        return _as_month(_date(months // 12, months % 12 + 1, 1))
    moved = _plus(day, steps * (7 if unit == "week" else 1))
    return _as_day(moved) if unit == "day" else _as_month(moved)


_AGAIN = {"next": 1, "following": 1, "previous": -1, "preceding": -1}


def _again(item: _Found, context: _Context) -> _Value | None:
    """What lies beside what was named last, or is the same: "the following day", "that year"."""
    unit, steps = item.match["unit"].lower(), _AGAIN.get(item.match["which"].lower().split()[-1], 0)
    value = context.value or ""
    if unit == "year":
        return _as_year(int(value[:4]) + steps) if value else None
    if unit == "month":
        return _moved(_date(int(value[:4]), int(value[5:7]), 1), unit, steps) if len(value) > 4 else None
    return _as_day(_plus(context.latest, steps)) if len(value) == 10 else None


def _past(item: _Found, context: _Context) -> _Value:
    return _moved(context.reference, item.match["unit"].lower(), -(item.match["which"].lower() == "past"))


def _recent(_: _Found, context: _Context) -> _Value:
    return _as_month(_plus(context.reference, -3))


def _year_alone(item: _Found, _: _Context) -> _Value:
    return _as_year(int(item.match["year"]))


_RESOLVERS: dict[str, Callable[[_Found, _Context], _Value | None]] = {
    "full": _full,
    "month_year": _month_year,
    "weekday": _weekday,
    "month": _month_alone,
    "near": _near,
    "period": _period,
    "ago": _ago,
    "recent": _recent,
    "again": _again,
    "past": _past,
    "year": _year_alone,
}
