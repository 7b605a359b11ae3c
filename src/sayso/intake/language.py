"""The language of a text, as an ISO 639-1 code."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 4000  # characters; more changes nothing and costs time
ENOUGH_WORDS = 20  # below this the identifier errs often, and must be surer
SURE, SURE_OF_FEW_WORDS = 0.5, 0.9
PLAINLY_ENGLISH = 0.12  # share of the words below; half of what English news has, several times what any other has

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    ("the", "and", "that", "of", "to", "said", "with", "from", "for", "his", "by", "which", "have", "has", "had",
     "they", "their", "this", "who", "not", "would", "it")
)  # fmt: skip


def language_of(text: str) -> str | None:
    """The language of ``text``; None where it cannot be told, as with a few words or with numbers only."""
    sample = text[:SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    if not words:
        return None
    # Loading the identifier takes longer than all the rest of a first reading, so plain English does without.
    if len(words) >= ENOUGH_WORDS and sum(word in _ENGLISH for word in words) >= PLAINLY_ENGLISH * len(words):
        return "en"
    language, confidence = _identifier().classify(sample)
    sure = SURE if len(words) >= ENOUGH_WORDS else SURE_OF_FEW_WORDS
    return language if confidence >= sure else None


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """py3langid, held to the languages that have an ISO 639-1 code; loading it takes about a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([label for label in identifier.labels if len(label) == 2])
    return identifier
