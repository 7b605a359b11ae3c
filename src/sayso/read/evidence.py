"""What a claim is said to rest on: footage, photographs, documents, witnesses, satellite images, intercepted speech.

Nothing is judged: that a video is mentioned says nothing of what it shows.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections.abc import Sequence

from sayso.text import sentence_of, sentences
from sayso.types import Attribution, Evidence, EvidenceKind, Span

# A space stands for any white space or hyphen. Every repetition is bounded, so that matching is linear.
_PATTERNS: dict[EvidenceKind, tuple[str, ...]] = {
    "satellite": (
        r"(satellite|aerial|drone) (images?|imagery|photos?|photographs?|pictures?|footage|data)",
        r"radar (images?|data|tracks?)",
    ),
    "intercept": (
        r"(intercepted|wiretapped) ([a-z]{1,20} )?(communications?|calls?|conversations?|messages?|chatter|signals?)",
        r"((radio|communications?|phone|signals?) )?intercepts|wiretaps?",
        r"(audio|phone|voice) recordings?|recorded ((phone|radio) )?(calls?|conversations?)",
    ),
    "video": (
        r"(video|television|tv|(mobile )?phone|amateur|cctv|surveillance) (footage|clips?|recordings?|images?)",
        r"videos?|footage|videotapes?",
    ),
    "photo": (
        r"photos?|photographs?|screenshots?",
        r"(images?|pictures?) (of|from|show(s|ed|ing)?|posted|published|released|taken|circulat(ed|ing))",
    ),
    "document": (
        r"documents?|dossiers?|memos?|memorandum|transcripts?|death certificates?|autops(y|ies)",
        r"(hospital|medical|police|court|official|prison|military|flight|phone|public) (records?|files?|logs?)",
        r"according to (the )?records?|(internal|leaked|secret|classified) (files?|papers?|letters?|emails?)",
    ),
    "witness": (
        r"(eye )?witness(es)?( (accounts?|reports?|statements?|testimon(y|ies)))?|eyewitness(es)?( accounts?)?",
        r"(first hand|survivors?) accounts?|testimon(y|ies)",
    ),
    "other": (
        r"(information|intelligence|data|evidence) ((was|were|is|are|has been|had been) )?"
        r"(received|obtained|gathered|collected|available)",
        r"(received|obtained|gathered|collected|possess(es|ed)?|has|have|had|according to) "
        r"((the|its|reliable|credible|some|new|confirmed|preliminary|operational|initial) ){0,2}"
        r"(information|intelligence|evidence)",
        r"open source (information|data|intelligence|material)|intelligence (reports?|information|assessments?)",
        r"(forensic|physical|material|credible|hard|solid|irrefutable|clear|strong) (evidence|proof)",
        r"(soil|blood|urine|hair|environmental|biomedical|tissue) samples?",
        r"(laboratory|lab|forensic) (tests?|analys[ie]s|results?)",
        r"evidence (that|of|show(s|ed|ing)?|suggest(s|ed|ing)?|indicat(es|ed|ing))",
    ),
}
# Words that only show that what stands before them is meant, and are no part of it.
_AFTER = re.compile(
    r"\s+(?:of|from|that|show(?:s|ed|ing)?|posted|published|released|taken|circulat(?:ed|ing)|"
    r"suggest(?:s|ed|ing)?|indicat(?:es|ed|ing))\Z",
    re.IGNORECASE,
)


def _compiled(*patterns: str) -> re.Pattern[str]:
    """What is any of ``patterns``; without groups, which take long to keep."""
    return re.compile(r"\b(?:" + "|".join(patterns).replace("(", "(?:").replace(" ", r"[\s\-]") + r")\b")


# A kind named earlier wins where two begin at one place, so that "satellite images" are no photographs.
_EVIDENCE = _compiled(*(pattern for patterns in _PATTERNS.values() for pattern in patterns))
_OF_KIND = {kind: _compiled(*patterns) for kind, patterns in _PATTERNS.items()}


def find_evidence(text: str, attributions: Sequence[Attribution]) -> tuple[Evidence, ...]:
    """Every mention of evidence in ``text``, in order, with the innermost attribution that holds it.

    An attribution holds what lies in its content, source or cue; one that is alone in a sentence holds all of that.
    """
    holders = _Holders(text, attributions)
    found = []
    lower = text.lower()  # much faster than not to mind the case; a few letters of other scripts become two
    for match in _EVIDENCE.finditer(lower if len(lower) == len(text) else text):
        kind = next(kind for kind, pattern in _OF_KIND.items() if pattern.match(match.string, match.start()))
        tail = _AFTER.search(match.group())
        span = Span.of(text, match.start(), match.start() + tail.start() if tail else match.end())
        found.append(Evidence(span, kind, holders.of(span)))
    return tuple(found)


class _Holders:
    """Which attribution a span of the text belongs to, for spans that come in order and do not overlap.

    The pieces of attributions are taken up as the spans reach them and dropped for good once a span ends after them, so
    that the whole text takes one pass.
    """

    def __init__(self, text: str, attributions: Sequence[Attribution]) -> None:
        self._sentences = sentences(text)
        pieces = [(piece, a) for a in attributions for piece in (*a.content, a.source, a.cue) if piece is not None]
        self._ahead = sorted(((p.start, p.end, number, a.id) for number, (p, a) in enumerate(pieces)), reverse=True)
        # Begun and not yet dropped, as (length, number, end, id): the shortest that holds a span is the innermost.
        self._begun: list[tuple[int, int, int, str]] = []
        self._cues = sorted((cue.start, a.id) for a in attributions if (cue := a.cue or a.source) is not None)

    def of(self, span: Span) -> str | None:
        """The id of the innermost attribution that holds ``span``; None where it is the outlet's own."""
        while self._ahead and self._ahead[-1][0] <= span.start:
            start, end, number, name = self._ahead.pop()
            heapq.heappush(self._begun, (end - start, number, end, name))
        while self._begun and self._begun[0][2] < span.end:
            heapq.heappop(self._begun)
        if self._begun:
            return self._begun[0][3]
        start, end = sentence_of(self._sentences, span.start)
        first, last = bisect_left(self._cues, (start, "")), bisect_left(self._cues, (end, ""))
        return self._cues[first][1] if last - first == 1 else None
