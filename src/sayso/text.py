"""Words, sentences and paragraphs of a text, as offsets. Nothing is normalised, so offsets are the text's own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

# A word is a run of letters, digits and combining marks, with inner hyphens, apostrophes and points as in "U.S." kept
# together only where the encoder's tokenizer does too: it cuts at every punctuation mark, and so do we.
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u064b-\u0652]+[^\W_]*)*|[^\s]", re.UNICODE)
# Each pattern below is anchored so that a run of one character is gone through once, not once for each of its members.
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_STOP = re.compile(
    r"(?<![.!?…؟])[.!?…؟]+[\"'”’»)\]]*(?=\s)|\n(?=[^\S\n]*\n)|\n(?=[^\S\n]*[\-–•*]\s)|\s---?\s(?=[A-Z\"“])"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Brig|Capt|Sgt|Sen|Rep|Gov|Pres|St|Jr|Sr|vs|No|Nos|etc|Inc|Ltd|Co|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z]|[A-Za-z](?:\.[A-Za-z])+|a\.m|p\.m|i\.e|e\.g)\.$"
)


_HEADLINE = 250  # characters
_WRITTEN = re.compile(r"(?P<town>[^\n,(—–\d]{2,40}?)(?P<more>[,\s(][^\n—–]{0,60}?)?(?:[—–]|\s-{1,2}\s|\)\s?[-:])\s*")

# What is left of a quotation mark, an apostrophe or a dash that was decoded wrongly, more than once: "_\x90_â__\x90_â".
# Control characters U+0080 to U+009F are in no text that somebody wrote.
_CONTROL = re.compile("[\u0080-\u009f]")
_ODD = re.compile(r"[_\u0080-\u00bf\u00c2-\u00ef\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]+")
_CONTRACTED = re.compile(r"(?:s|t|re|ve|ll|d|m)\b")


def mangled_marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Offsets of marks that were decoded wrongly, and what each was: ``©`` where that is left at its end, ``–`` between
    blanks, ``'`` within a word, else ``"``."""
    if text.isascii() or not _CONTROL.search(text):  # as nearly all are
        return
    for match in _ODD.finditer(text):
        if _CONTROL.search(match.group()):
            start, end = match.span()
            before, after = text[start - 1 : start], text[end : end + 1]
            if match.group().endswith("©"):
                yield start, end, "©"
            elif before.isspace() and after.isspace():
                yield start, end, "–"
            else:
                yield start, end, "'" if before.isalpha() and _CONTRACTED.match(text, end) else '"'


def unmangled(text: str) -> str:
    """``text`` as somebody may be shown it, with marks for what were such. Its offsets are not the text's."""
    parts, at = [], 0
    for start, end, mark in mangled_marks(text):
        parts += [text[at:start], mark]
        at = end
    return "".join([*parts, text[at:]])


def words_of(text: str) -> list[str]:
    """The words and punctuation marks of ``text``, in order."""
    found: list[str] = _WORD.findall(text)
    return found


def words(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the words and punctuation marks of ``text``, in order."""
    return (m.span() for m in _WORD.finditer(text))


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the paragraphs: what blank lines separate, without the white space around."""
    start = 0
    for blank in [*(m.span() for m in _BLANK.finditer(text)), (len(text), len(text))]:
        first, last = _trim(text, start, blank[0])
        if first < last:
            yield first, last
        start = blank[1]


@lru_cache(maxsize=4)  # an article's are asked for in turn by all that is read in it
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the sentences, without the white space around. A stop ends one unless it ends an abbreviation or the
    next word is in lower case; a blank line always does."""
    found, start = [], 0
    for stop in _STOP.finditer(text):
        end = stop.end()
        if not stop.group().isspace() and not _ends_sentence(text, start, end):
            continue
        found.append((start, end))
        start = end
    found.append((start, len(text)))
    return tuple(span for span in (_trim(text, *s) for s in found) if span[0] < span[1])


def _ends_sentence(text: str, start: int, end: int) -> bool:
    follow = text[end : end + 40].lstrip()
    if follow[:1].islower():
        return False
    # "U.S. President": an abbreviation goes on; "in the U.S. He said": one letter and a common opener ends.
    return not _ABBREVIATION.search(text[max(start, end - 12) : end]) or bool(
        re.match(r"(?:He|She|They|It|The|This|That|In|On|But|And|At|A|An)\b", follow) and text[end - 3 : end - 2] == "."
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def headline_end(text: str) -> int:
    """Where the body begins; 0 where the text has no headline."""
    blank = text.find("\n\n", 0, _HEADLINE)
    return blank + 2 if blank > 0 else 0


def dateline(text: str) -> tuple[int, int]:
    """Where the report says where it was written: "ORVENNA, May 4 (Agency) —", "Orvenna (Agency) -"; (0, 0) where it
    does not. All its words begin with a capital or a digit, and the town is in capitals or an agency is named."""
    found = _WRITTEN.match(text, headline_end(text))
    if not found or not (found["town"].isupper() or "(" in found.group()):
        return 0, 0
    return (0, 0) if any(word.strip("(").islower() for word in found.group().split()) else found.span()


def sentence_number(spans: Sequence[tuple[int, int]], offset: int) -> int:
    """The number of the sentence that holds ``offset``; where it falls between two, of the one before."""
    return max(0, bisect_right(spans, (offset, 1 << 60)) - 1)


def sentence_of(spans: Sequence[tuple[int, int]], offset: int) -> tuple[int, int]:
    """The sentence that holds ``offset``; where it falls between two, the one before."""
    return spans[sentence_number(spans, offset)]
