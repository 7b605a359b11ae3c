"""What a name may denote as it is written, and which places are known abroad."""

from __future__ import annotations

import re
from functools import lru_cache

from sayso.read.gazetteer import Gazetteer, Known

_INITIALS = re.compile(r"(?:[A-Z]\.){2,3}")  # "N.J."
_POPULOUS = 100_000  # a town of this size is known abroad: its name needs no further sign of being a place


def is_widely_known(known: Known) -> bool:
    """True of countries, and of large towns and provinces."""
    return known.kind in ("country", "world") or (known.kind != "district" and known.population >= _POPULOUS)


@lru_cache(16384)
def meanings_of(written: str, one_word: bool, gazetteer: Gazetteer) -> tuple[tuple[Known, ...], tuple[Known, ...]]:
    """What a name may denote as it is written, the best known first, and what as another romanisation."""
    known = gazetteer.find(written)
    if not known and one_word and _INITIALS.fullmatch(written):
        known = gazetteer.shortened(written)
    if not known and one_word and written.endswith("s"):  # "Arcadias coast": feeds lose apostrophes
        known = tuple(filter(is_widely_known, gazetteer.find(written[:-1])))
    if "." not in written and (len(written) == 2 or (written.isupper() and len(written) < 4)):
        # An abbreviation is a country's, or none of a place.
        return tuple(k for k in known if k.kind in ("country", "world")), ()
    exact = tuple(sorted(known, key=_prominence, reverse=True))
    return exact, tuple(known for known in gazetteer.find_loosely(written) if known not in exact)


def _prominence(known: Known) -> tuple[bool, int]:
    return known.kind in ("country", "world"), known.population
