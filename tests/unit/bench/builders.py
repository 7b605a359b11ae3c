"""A reading in which nothing is found, to be given what a test needs, and made-up figures."""

from bench.accuracy import Measured

from sayso.types import Article, Attribution, Provenance, Reading

NOTHING_FOUND = Reading(
    article=Article("a", "a", "a.txt", None, None, None, None, "en", "…"),
    attributions=(),
    voice=(),
    casualties=(),
    events=(),
    places=(),
    dates=(),
    mentions=(),
    evidence=(),
    provenance=Provenance("0", "none", "local"),
)


def says(number, source, cue, within=None, claimant=None):
    return Attribution(number, source, cue, (), within, "indirect", "asserts", claimant, 0.9)


def measured(sha256="abc", **figures):
    return [Measured("corpus", sha256, "made up", figures)]
