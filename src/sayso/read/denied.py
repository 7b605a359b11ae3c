"""Denials that point back: "the army denied it", "the rebels blamed the army, which it denied", "a charge they reject".

What they deny is a pronoun, or a noun for what others say. The network passes over most of them, for such a content
says nothing by itself. For a denial it is enough: what counts is who denies, and what is denied stands right before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.read.clauses import AND, VERBS, parsed
from sayso.read.found import Found, Offsets, holding, kept, kind_of, less
from sayso.read.relayed import is_speaker, subject
from sayso.read.stance import stance_of
from sayso.read.trailing import SURE, cited, sentences_touched
from sayso.text import sentence_number, sentences
from sayso.wordsets import WEEKDAYS, word_set

_QUICK = re.compile(r"\b(?:den[iy]|refut|disput|reject|dismiss)", re.IGNORECASE)
_ADVERBS = r"(?:(?:\w{2,15}ly|also|always|since|later|both|long|again)\s){0,3}"
_VERB = r"(?P<verb>den(?:ied|ies|y)|refut(?:ed|es|e)|disput(?:ed|es|e)|reject(?:ed|s)?|dismiss(?:ed|es)?)"
_CUE = rf"(?P<cue>\b(?:(?:has|have|had)\s)?{_ADVERBS}{_VERB})"
# Where such a clause may end.
_END = (
    r"(?=\s*(?:[.,;:!?…–—\"”’'()\[\]\n]|--|\Z)|\s(?:and|but|as|in|on|at|when|while|outright|\w{2,15}ly|too|again|later|"
    r"yesterday|today)\b)"
)
_IT = re.compile(rf"{_CUE}\s(?P<what>it|this|that|them|these|those|both){_END}", re.IGNORECASE)
_ONE_SAID = r"(?:charge|claim|accusation|allegation|assertion|account|suggestion|insinuation|report|version|statement)"
_WHICH = (
    rf"(?:(?P<what>\b(?:(?:an?|the|this|that|any|each)\s(?:[\w-]{{2,15}}\s)?{_ONE_SAID}|"
    rf"(?:(?:all|these|those|such|both|the)\s(?:[\w-]{{2,15}}\s)?)?{_ONE_SAID}s|something))(?:\s(?:which|that))?|"
    r"(?:,|\s[–—-]{1,2})\s(?:(?:all|both|each|some) of )?(?P<which>which))"
)
_DENIED = re.compile(rf"{_WHICH}\s(?P<who>(?:[\w’'.&-]{{1,30}}\s){{1,8}}?){_CUE}{_END}", re.IGNORECASE)
_DENIED_BY = re.compile(
    rf"{_WHICH}\s(?P<cue>(?:was|were|is|are|(?:has|have|had)\sbeen)\s{_ADVERBS}{_VERB}\sby)\s", re.IGNORECASE
)
# An account that is denied with what it tells: "rumours according to which soldiers had left"; also behind words for
# how: "refuted, in a statement on Saturday, accusations that …".
_ACCOUNT = (
    rf"(?:(?:the|these|those|all|any|such|this|that|an?)\s)?(?:[\w’'-]{{2,15}}\s){{0,2}}?(?:{_ONE_SAID}s?|rumou?rs?)"
    r"(?:\sof\s(?P<whose>(?:[\w’'-]{1,20}\s){0,3}[\w’'-]{1,20}))?"
)
_ASIDE = (
    r"(?:,\s(?:at|during|in|on|through|via)\s[^,.;:]{2,80},|"
    r"\s(?:in|on|via)\s(?:an?|her|his|its|the|their)\s(?:[\w-]{2,20}\s){0,2}?(?:communique|communiqu[ée]|interview|letter|"
    r"message|post|release|statement|television|tweet|video)(?:\s(?:on\s)?[A-Z]\w{2,5}day)?)"
)
_OF_ACCOUNT = re.compile(
    rf"{_CUE}(?P<aside>{_ASIDE})?\s(?P<what>{_ACCOUNT}\s(?:(?P<which>according\sto\swhich)|that)\s)", re.IGNORECASE
)
_LAST = re.compile(
    r"[\s.,;:!?\"“”'’)]+\Z|,\s(?:adding|and|but|calling|saying|while|according\sto(?!\swhich\b)|"
    r"(?!(?:that|which|who|whom)\b)(?:[\w'’.&-]{1,30}\s){1,6}?(?:said|says|told))\b.*\Z",
    re.DOTALL,
)
_ACCORDING = re.compile(r"according", re.IGNORECASE)
# "Called reports of … baseless", "reports that … are not true": what the account is called is no part of it.
_CALLS = re.compile(r"\b(?:brand|call|label|term)\w{0,4}\Z", re.IGNORECASE)
_VERDICT = re.compile(
    r"\s(?:[a-z]{3,12}ly\s)?(?:absurd|baseless|fabricated|false|groundless|ridiculous|unfounded|untrue)(?=[.,;!?\n”\"]|\Z)"
)
_ARE_UNTRUE = re.compile(
    r"\s(?:are|is|was|were)\s(?:not\strue|absurd|baseless|fabricated|false|groundless|lies|unfounded|untrue)\W{0,3}\Z"
)
_ACCOUNTS = re.compile(rf"(?:{_ONE_SAID}s?|rumou?rs?)(?:\s(?:by|from|of))?\Z", re.IGNORECASE)
# What is denied was said. What is rejected may be a plan, unless somebody was accused.
_OF_PLANS = re.compile(r"reject|dismiss", re.IGNORECASE)
_ACCUSING = re.compile(r"\b(?:accus|blam|alleg|claim|charge|responsib|guilt|behind)", re.IGNORECASE)
_THEY = word_set("they it he she")
_SAYS = frozenset({"asserts", "accuses", "suspects", "warns", "denies"})
_GOES_ON = re.compile(r",?\s{1,2}(?:and )?")  # "which the army denied, saying that"
# Who did not deny it, or when it was denied: "no officials denied it", "neither the army nor the Guard", "by Tuesday".
_NO_DENIER = re.compile(r"\b(?:no(?:body|ne)?|no one|neither|nor|few|hardly|barely|scarcely|nearly)\b", re.IGNORECASE)
_IS_WHEN = re.compile(rf"(?:{'|'.join(sorted(WEEKDAYS))})\b", re.IGNORECASE)
_OPENS_WITH_HAD = re.compile(r"\W*had\s", re.IGNORECASE)
_BEFORE = 12  # characters before who denies, in which it is said that they did not
_REACH = 160  # characters behind "by" among which who denies stands
_MARKS = 2  # characters of quotation marks and stops behind a clause
_LONGEST = 2_000  # characters of a sentence that are looked at


@dataclass(frozen=True, slots=True)
class _Denial:
    """Who denies, in what words, what; ``clause`` is from where to where it is said of what stands before."""

    source: Offsets
    cue: Offsets
    content: Offsets
    clause: Offsets | None = None


def with_denials(text: str, start: int, end: int, found: Sequence[Found]) -> list[Found]:
    """``found`` with the denials between ``start`` and ``end`` that say only "it", "which" or "a charge", each within
    the relation in whose content it stands. A clause of what others say, ", which X denied", is no part of that."""
    near: dict[int, list[Found]] = defaultdict(list)
    bounds = sentences(text)
    wanted = sorted({sentence_number(bounds, match.start()) for match in _QUICK.finditer(text, start, end)})
    if not wanted:
        return list(found)
    for f in found:
        for number in {n for span in (f.cue, *f.content) for n in sentences_touched(bounds, span)}:
            near[number].append(f)
    added = []
    for number in wanted:
        first, last = max(start, bounds[number][0]), min(end, bounds[number][1])
        told = bool(_ACCUSING.search(text, max(start, bounds[max(0, number - 1)][0], first - _LONGEST), first))
        for denial in _denials(text, first, min(last, first + _LONGEST), near[number], told):
            if _NO_DENIER.search(text, max(first, denial.source[0] - _BEFORE), max(denial.source[1], denial.cue[1])):
                continue
            if _IS_WHEN.match(text, *denial.source) or _OPENS_WITH_HAD.match(text, first, denial.cue[0]):
                continue
            if denial.clause:
                _part(text, first, near[number], denial, denial.clause)
            if not any(f.cue[0] < denial.cue[1] and denial.cue[0] < f.cue[1] for f in near[number]):
                above = _holding(near[number], denial.cue)
                added.append(Found(denial.source, denial.cue, (denial.content,), SURE, above))
        added += _of_accounts(text, first, min(last, first + _LONGEST), near[number])
    return kept([*found, *added])


def _denials(text: str, first: int, last: int, near: Sequence[Found], told: bool) -> Iterator[_Denial]:
    """The denials of one sentence; ``told`` where somebody was accused before."""
    for match in _IT.finditer(text, first, last):
        of_plans = _OF_PLANS.match(match["verb"]) and not _ACCUSING.search(text, first, match.start())
        who = _denier(text, first, last, match.span("verb"))
        if who and (not of_plans or (told and text[slice(*who)].lower() in _THEY)):
            yield _Denial(who, match.span("cue"), match.span("what"))
    for match in _DENIED.finditer(text, first, last):
        who = match.start("who"), match.end("who") - 1
        if is_speaker(text, *who) and _is_of_what_is_said(text, first, match, near):
            what = match.span("what" if match["what"] else "which")
            yield _Denial(who, match.span("cue"), what, (match.start(), match.end()))
    for match in _DENIED_BY.finditer(text, first, last):
        by = cited(text, match.end(), min(last, match.end() + _REACH))
        if by and _is_of_what_is_said(text, first, match, near):
            what = match.span("what" if match["what"] else "which")
            yield _Denial(by, match.span("cue"), what, (match.start(), by[1]))


def with_verdicts(text: str, found: Sequence[Found]) -> None:
    """Let what is called untrue end with that, "called reports of a raid [baseless]", and what such an account tells
    before it, "claims [that a market was hit] are not true"."""
    for f in found:
        start, end = f.content[-1]
        cue = text[slice(*f.cue)]
        if _CALLS.search(cue) and (verdict := _VERDICT.match(text, end)):
            f.content = (*f.content[:-1], (start, verdict.end()))
        elif _ACCOUNTS.search(cue) and (untrue := _ARE_UNTRUE.search(text[start:end])) and untrue.start():
            f.content = (*f.content[:-1], (start, start + untrue.start()))


def _of_accounts(text: str, first: int, last: int, near: Sequence[Found]) -> Iterator[Found]:
    """The denials of one sentence that say of what an account is, as far as they were not found; those that were get
    the account's whole words, and what it tells, "according to which …", lies within them, on nobody's word but that of
    whose account it is."""
    for match in _OF_ACCOUNT.finditer(text, first, last):
        if not (match["aside"] or match["which"]) or _NO_DENIER.search(
            text, max(first, match.start() - 20), match.start()
        ):
            continue
        held = [f for f in near if f.cue[0] < match.end("cue") and match.start("cue") < f.cue[1]]
        who = (held[0].source if held else None) or _denier(text, first, last, match.span("verb"))
        rest = _LAST.search(text[:last], match.end())
        end = rest.start() if rest else last
        if who is None or end <= match.end():
            continue
        denial = held[0] if held else Found(who, match.span("cue"), (), SURE, _holding(near, match.span("cue")))
        denial.source, denial.content = who, ((match.start("what"), end),)
        above = {id(denial), *map(id, holding(denial))}
        for f in near:
            if id(f) in above or not match.start("what") <= f.cue[0] < f.cue[1] <= end:
                continue
            f.parent = denial
            if _ACCORDING.match(text, *f.cue):
                f.source = match.span("whose") if match["whose"] else None
                f.content = ((match.end(), end),)
            else:
                f.content = tuple((a, b) for a, b in f.content if b > match.end())
        if not held:
            yield denial


def _is_of_what_is_said(text: str, first: int, match: re.Match[str], near: Sequence[Found]) -> bool:
    """False where "which" takes up what is asked for, and refused."""
    if match["what"] or _ACCUSING.search(text, first, match.start()):
        return True
    said = (f for f in near if first <= f.cue[0] and f.cue[1] <= match.start())
    return not _OF_PLANS.match(match["verb"]) and any(stance_of(text[slice(*f.cue)], None, "") in _SAYS for f in said)


def _denier(text: str, first: int, last: int, cue: Offsets) -> Offsets | None:
    """The subject of a verb; behind "and" or "but" that of the verb before."""
    sentence, (verb,) = parsed(text, (first, last), [cue], (), ())
    if who := subject(sentence, verb, joined=True):
        return who
    if sentence.tag(sentence.before(verb - 1)) != AND:
        return None
    verbs = (at for at in range(verb - 1, -1, -1) if sentence.tags[at] in VERBS)
    return next((who for at in verbs if (who := subject(sentence, at, joined=True))), None)


def _part(text: str, first: int, near: Sequence[Found], denial: _Denial, clause: Offsets) -> None:
    """Part a clause that says who denies what was said from that: what it was taken into ends before it, whoever was
    taken for who said it is who denies it, and who denies it goes on, "saying that …"."""
    start, end = clause
    for f in near:
        if f.cue[0] < denial.cue[1] and denial.cue[0] < f.cue[1]:
            f.source = f.source or denial.source
            continue
        if f.source and f.source[0] < denial.source[1] and denial.source[0] < f.source[1] and f.cue[1] <= start:
            f.source = _denier(text, first, start, (max(f.cue[0], text.rfind(" ", *f.cue) + 1), f.cue[1]))
        if f.cue[0] >= end and text[slice(*f.cue)].endswith("ing") and _GOES_ON.fullmatch(text, end, f.cue[0]):
            f.source = denial.source
        if kind_of(text, f.content) != "direct":
            f.content = tuple(
                piece
                for a, b in f.content
                for piece in (less(text, [(a, b)], start, end) if b <= end + _MARKS else [(a, b)])
            )


def _holding(near: Sequence[Found], cue: Offsets) -> Found | None:
    """The innermost of the relations in whose content the words stand."""
    holding = [(b - a, n) for n, f in enumerate(near) for a, b in f.content if a <= cue[0] and cue[1] <= b]
    return near[min(holding)[1]] if holding else None
