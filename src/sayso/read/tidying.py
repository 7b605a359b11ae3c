"""Relations as the network joined them, put to rights: whole words and names, one speaker's contents, no empty cues."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.read.found import Found, Offsets, bare, kind_of, says_something
from sayso.read.gaps import within_gaps
from sayso.read.names import singular
from sayso.read.nouns import GROUP_NOUNS, PERSON_ROLES
from sayso.read.relayed import SAYING, is_speaker
from sayso.text import sentence_number, sentences
from sayso.wordsets import MONTHS, WEEKDAYS, word_set

_EDGE = 3  # characters of marks around a sentence
_HOLE = 20  # characters between two pieces of a content that are taken for its own
_PRONOUNS = word_set("i we he she they who")
# Words that say nothing, and so are nobody's words of saying: auxiliaries, articles, and what the network takes from
# the foot of web pages ("Tags", "we periodically …").
_NO_CUES = word_set(
    "have has had having is are was were be been being do does did will would can could may might must shall should to "
    "not a an the in on of about also periodically tags"
)
_NAME_AHEAD = re.compile(r" [A-Z][\w’'-]*(?: (?:al-)?[A-Z][\w’'-]*){0,4}")
_HYPHENED = re.compile(r"\w+[-‑]\Z")
_HYPHENED_NAME = re.compile(r"(?<![\w.])[A-Z](?:[\w.])*[-‑]\Z|(?<![\w.])[A-Z][\w.]*(?<=\w)\.\Z")
_CAPITALS = re.compile(
    rf"(?! (?i:{'|'.join(WEEKDAYS | MONTHS)})\b)(?P<name>(?: [A-Z][\w’'-]*){{1,4}}) "  # no "forces on Sunday"
)
_HYPHEN_ON = re.compile(r"(?:[-‑]|\w[-‑])\w+")
_DAY_ON = re.compile(r" (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_NOUN_AFTER = re.compile(
    r" (?!(?:and|or|but|in|on|at|of|by|to|for|from|with|as|who|which|that|this|these|the|an?|his|her|its|their|he|she|"
    r"it|they|we|i|was|were|is|are|has|have|had|when|while|after|before|since|until|because|if)\b)(?P<noun>\w+)"
)
_SURNAME = re.compile(r"[A-Z][\w’'-]+(?= [a-z]{4})")
_INFLECTED = re.compile(r"(?:s|ed|ld)\Z")
# Who does not speak: "no group has claimed it", "neither side said so". "None of the witnesses" may well have seen it.
_NOBODY = re.compile(r"(?:no one|nobody|no(?! \.| \d)|neither)\b", re.IGNORECASE)
_BY = re.compile(r"\bby\Z")
_TELLING = word_set("said says say saying reported reports stated states told tells added adds wrote claimed claims")
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being)\s(?:\w+ly )?\w+ed(?: by)?\Z|\btold(?: by)?\Z", re.IGNORECASE)
_AGENT = re.compile(
    r"(?P<by>by )?(?P<who>[^,;:.\n\"“”]{2,80}?(?= of (?:\w+ly )?\w+ing\b)|[^,;:.\n\"“”]{2,80}?"
    r"(?= (?:of|for|over|that|to|with|in|on)\b))"
)
# A name before a verb in the present or the past, and what that goes with.
_DOER = re.compile(
    r"(?:[Tt]he )?[A-Z][\w’'-]*(?: (?:of|for|and|[A-Z][\w’'-]*)){0,6}"
    r"(?= [a-z]{2,}(?:s|ed) (?:on|in|to|by|with|the|an?|its|his|her|that)\b)"
)
_CLOCK = re.compile(r"\W?\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?| ?[A-Z]{3})?[\s:–—-]{1,3}(?=\w)")
_MARK = re.compile(r"[\"“”«»]")
_SENTENCE = re.compile(r"[.!?\"”]\s|\n")


def tidied(text: str, found: Found) -> Iterator[Found]:
    """The relation with whole words and names, and without contents that say nothing ("which", a broken quotation
    mark); none, if its cue doesn't.

    Where the cue's own line has a content, those of other lines are no part of it: a headline is not said by whoever
    speaks in the first paragraph. A quotation among them goes on where the speaker left off, as a relation of its own.
    """
    found = _with_name(
        text, _with_surname(text, within_gaps(text, _with_whole_source(text, _with_whole_words(text, found))))
    )
    found = _less_deed(text, _less_clock(text, _with_agent(text, _less_doer(text, found))))
    cue = text[slice(*found.cue)].lower().split()
    if cue and (_NO_CUES.issuperset(cue) or (cue[-1:] == ["seen"] and not _sees(text, found.source))):
        return
    if found.source and _NOBODY.match(text, *found.source):
        return
    content = [span for span in found.content if says_something(text, *span)]
    near = [(a, b) for a, b in content if "\n" not in text[min(b, found.cue[1]) : max(a, found.cue[0])]]
    if not near:
        near, content = content, []
    if near:
        yield replace(found, content=tuple(near))
    for span in content:
        if span not in near and span[0] > found.cue[0] and kind_of(text, [span]) != "indirect":
            yield replace(found, content=(span,))


def _sees(text: str, source: Offsets | None) -> bool:
    """True of somebody with eyes: "the town has seen some of the worst raids" is nobody's word."""
    last = text[slice(*source)].rpartition(" ")[2].lower() if source else ""
    return last in _PRONOUNS or singular(last) in PERSON_ROLES


def without_holes(text: str, found: Found, content: Sequence[Offsets]) -> tuple[Offsets, ...]:
    """The pieces of a content, joined where neither source nor cue stands between two of them: what interrupts a
    content is who says it."""
    whole = sorted(content)[:1]
    for start, end in sorted(content)[1:]:
        hole = whole[-1][1], start
        interrupted = any(a < hole[1] and hole[0] < b for a, b in (found.cue, found.source or found.cue))
        if interrupted or hole[1] - hole[0] > _HOLE or _SENTENCE.search(text, *hole):
            whole.append((start, end))
        else:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
    return tuple(whole)


def _less_doer(text: str, found: Found) -> Found:
    """The relation without a source that is only who is said to have done it: "accusations of shelling by the army"."""
    if not found.source:
        return found
    for at, (start, end) in enumerate(found.content):
        if found.cue[1] <= start and _BY.search(text, start, end) and text[end : found.source[0]].isspace():
            whole = (*found.content[:at], (start, found.source[1]), *found.content[at + 1 :])
            return replace(found, source=None, content=whole)
    return found


def _less_deed(text: str, found: Found) -> Found:
    """The relation with the source before what it does first: "The Observatory relies on sources and says"."""
    if not found.source or text[found.source[1] : found.cue[0]] != " and ":
        return found
    doer = _DOER.match(text, *found.source)
    return replace(found, source=(found.source[0], doer.end())) if doer else found


def _less_clock(text: str, found: Found) -> Found:
    """The relation without the end of a time that its source begins with: "14:32 Rebels"."""
    if not found.source or not text[found.source[0]].isdigit():
        return found
    clock = _CLOCK.match(text, max(0, found.source[0] - 3), found.source[1])
    return replace(found, source=(clock.end(), found.source[1])) if clock else found


def _with_agent(text: str, found: Found) -> Found:
    """The relation with the source that its content begins with, behind "by": "was accused by the rebels of a raid"."""
    if found.source or not _PASSIVE.search(text, *found.cue):
        return found
    for at, (start, end) in enumerate(found.content):
        agent = _AGENT.match(text, start, end) if text[found.cue[1] : start].isspace() else None
        if agent and text.endswith("by", *found.cue) != bool(agent["by"]) and is_speaker(text, *agent.span("who")):
            whole = (*found.content[:at], (agent.end() + 1, end), *found.content[at + 1 :])
            return replace(found, source=agent.span("who"), content=whole)
    return found


def _with_name(text: str, found: Found) -> Found:
    """The relation with the name that its source stops before: "state news agency" of "state news agency Tassa"."""
    if not found.source:
        return found
    start, end = found.source
    noun = text[start:end].rpartition(" ")[2]
    name = _NAME_AHEAD.match(text, end) if noun.islower() and noun in GROUP_NOUNS | PERSON_ROLES else None
    if not name or any(a < name.end() and end < b for a, b in (found.cue, *found.content)):
        return found
    return replace(found, source=(start, name.end()))


def _with_surname(text: str, found: Found) -> Found:
    """The relation with the name that its cue begins with, right behind its source: "Orla May promised"."""
    if not found.source or text[found.source[1] : found.cue[0]] != " " or not text[found.cue[0]].isupper():
        return found
    name = _SURNAME.match(text, *found.cue)
    if not name or name.group().lower() in SAYING | WEEKDAYS or _INFLECTED.search(name.group()):
        return found  # "Orvia Agrees that", in a headline
    return replace(found, source=(found.source[0], name.end()), cue=(name.end() + 1, found.cue[1]))


def _with_whole_source(text: str, found: Found) -> Found:
    """The relation with the whole of the word whose hyphen its source begins at or behind, "UN-backed experts", and
    with the name that its source is cut before: "residents of Maskel in northern | Quay State"."""
    if not found.source:
        return found
    start, end = found.source
    if before := _HYPHENED_NAME.search(text, max(0, start - 30), start + (text[start] in ".-‑")):
        start = before.start()
    if start < end < found.cue[0] and text[start:end].rpartition(" ")[2].islower():
        rest = _CAPITALS.fullmatch(text, end, found.cue[0])
        end = rest.end("name") if rest else end
    if any(a < end and start < b for a, b in (found.cue, *found.content)):
        return found
    return replace(found, source=(start, end))


def _with_whole_words(text: str, found: Found) -> Found:
    """The relation with the whole of each word whose hyphen a content begins behind, or ends at, and then with the noun
    that follows: "Orvane al-Noor", "the war-torn city"; and with the day behind "on"."""
    others = [found.cue, *([found.source] if found.source else [])]
    content = []
    for start, end in found.content:
        first, last = _whole_start(text, start), _whole_end(text, start, end)
        is_free = not any((a < last and end <= a) or first < b <= start for a, b in others)
        content.append((first, last) if is_free else (start, end))
    return replace(found, content=tuple(content))


def _whole_start(text: str, start: int) -> int:
    before = _HYPHENED.search(text, max(0, start - 30), start)
    return before.start() if before else start


def _whole_end(text: str, start: int, end: int) -> int:
    if day := _DAY_ON.match(text, end) if text[max(start, end - 3) : end] == " on" else None:
        return day.end()
    after = _HYPHEN_ON.match(text, end - 1, end + 30)
    if not after or not text[after.end() - 1].islower() or after.group().istitle():
        return after.end() if after else end
    noun = _NOUN_AFTER.match(text, after.end())
    return noun.end() if noun and noun["noun"] not in SAYING else after.end()


def uncrossed(text: str, found: list[Found]) -> list[Found]:
    """The relations with whoever was taken for all that somebody says put before what they say themselves: "it said the
    rebels had claimed that …" is a chain."""
    by_cue = {f.cue[0]: f for f in found}
    for outer in found:
        verb = text[slice(*outer.cue)].rpartition(" ")[2].lower()
        start, end = outer.content[-1]
        inner = by_cue.get(end + 1) if outer.cue[1] < start and verb in _TELLING else None
        if not inner or inner is outer or inner.content[0][0] < inner.cue[1] or text.endswith("ing", *inner.cue):
            continue
        who = bare(text, start, end)
        if text[inner.cue[0]].islower() and is_speaker(text, *who):
            inner.source, inner.parent = who, outer
            outer.content = (*outer.content[:-1], (start, inner.content[-1][1]))
    return found


def told_once(found: list[Found]) -> list[Found]:
    """The relations within others, each once: where a rule and the network found the same words of saying, that which
    lies deepest, else the first, stays."""
    by_cue: dict[int, list[Found]] = {}
    for f in found:
        if f.parent:
            by_cue.setdefault(f.cue[1], []).append(f)
    better: dict[int, Found] = {}
    for same in by_cue.values():
        for at, one in enumerate(same):
            for other in same[at + 1 :]:
                if _is_deeper(other, one):
                    better[id(one)] = other
                elif _is_deeper(one, other) or (one.parent is other.parent and _overlap(one, other)):
                    better[id(other)] = one
    for f in found:
        while f.parent and id(f.parent) in better:
            f.parent = better[id(f.parent)]
    return [f for f in found if id(f) not in better]


def _overlap(one: Found, other: Found) -> bool:
    return any(a < d and c < b for a, b in one.content for c, d in other.content)


def _is_deeper(one: Found, other: Found) -> bool:
    """True where ``one`` lies in something that lies in what holds the ``other``."""
    above = one.parent and one.parent.parent
    while above and above is not other.parent:
        above = above.parent
    return above is not None


def less_far(text: str, found: list[Found]) -> list[Found]:
    """The relations without pieces of content that somebody else's words of saying part from their own: a sentence of
    the outlet's that the network gave to who speaks two sentences on. And without scraps of other sentences."""
    cues = sorted(f.cue for f in found)
    for f in found:
        if len(f.content) > 1:
            near = tuple(p for p in f.content if not _is_parted(f, p, cues) and not _is_scrap(text, f, p))
            f.content = near or f.content
    return found


def _is_scrap(text: str, found: Found, piece: Offsets) -> bool:
    """True of part of a sentence in which the relation's words of saying do not stand; a quotation is none."""
    bounds = sentences(text)
    first, last = bounds[sentence_number(bounds, piece[0])]
    if first <= found.cue[0] < last or (last < piece[1] and found.cue[0] >= last):
        return False
    if kind_of(text, [piece]) == "direct" or any(_MARK.search(text, max(0, at - 1), at + 1) for at in piece):
        return False
    return piece[0] - first > _EDGE or last - piece[1] > _EDGE


def _is_parted(found: Found, piece: Offsets, cues: Sequence[Offsets]) -> bool:
    """True where one of ``cues`` stands between the piece and the relation's own, and outside of its content."""
    start, end = min(piece[1], found.cue[1]), max(piece[0], found.cue[0])
    between = cues[bisect_left(cues, (start,)) : bisect_left(cues, (end,))]
    return any(cue != found.cue and not any(a <= cue[0] < b for a, b in found.content) for cue in between)
