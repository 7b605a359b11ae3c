"""Where a credit, a tag or a heading has run into the text: more than one blank parts them, or none."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from sayso.read.demonyms import COUNTRY_OF
from sayso.read.found import STRETCH, Found
from sayso.read.names import DETERMINERS, STOPS, singular
from sayso.read.nouns import GROUP_NOUNS, PERSON_ROLES

GAP = re.compile(r"(?<!\w)(\w{1,40})\W{0,3}[^\S\n]{2,}(?=[A-Z])")
_WIDE = re.compile(r"(\w?)[^\S\n]{2,9}(\w?)")  # more than one blank, and what is beside it
_SPACED_OUT = 1 / 10  # of a text's wide gaps stand between small letters: it is set in block, and they part nothing
# A heading, and the paragraph below it, whose line break is lost: "Talks stallThe minister", "chargesProsecutors".
_RUN_ON = re.compile(r"(?<=[a-z]{3})(?=(?:The|An|A|His|Her|Its|Their) )|\b[a-z]{4,20}(?=[A-Z][a-z])")
_BEFORE_A_NAME = STOPS | DETERMINERS | PERSON_ROLES | GROUP_NOUNS


def within_gaps(text: str, found: Found) -> Found:
    """The relation with what stands next to its cue of a source that goes over a wide gap before a capital, or over a
    blank that is lost: a credit, tag or heading has run into it ("Tags Harbour  The ministry"). A title or a country
    before a name has not, nor what stands elsewhere with one blank."""
    if not found.source or found.cue[0] < found.source[1]:
        return found
    start, end = found.source
    for run in _RUN_ON.finditer(text, start, end):
        start = run.end() if run.start() > start else start  # not "eTower" at a source's beginning: so it may be called
    for gap in GAP.finditer(text, start, end):
        before, closed = gap.group(1), f"{gap.group().rstrip()} {text[gap.end() : end].split()[0]}"
        if before in COUNTRY_OF or singular(before.lower()) in _BEFORE_A_NAME or closed in text:
            continue
        if parts(text):
            start = gap.end()
    return found if text[start:end].lower() in DETERMINERS else replace(found, source=(start, end))


@lru_cache(4)
def parts(text: str) -> bool:
    """True where wide gaps part passages of the text, and do not merely fill its lines."""
    gaps = [a.islower() and b.islower() for a, b in _WIDE.findall(text[:STRETCH])]
    return gaps.count(True) <= _SPACED_OUT * len(gaps)
