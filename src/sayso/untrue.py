"""Words that say of what was just told that it is not so: "this is a lie". What reads claims and what relates them both
ask for it."""

from __future__ import annotations

import re

_LONGEST = 200  # characters
_THIS_IS_UNTRUE = re.compile(
    r"\W{0,3}(?:all\s)?(?:this|that|these|those|it)(?:['’]s|\s(?:is|are|was|were))\s"
    r"(?:(?:\w{3,12}ly\s)?not\s(?:\w{3,12}ly\s)?true|"
    r"(?:nothing but\s|"
    r"(?:(?!(?:anything|far|hardly|neither|never|no|nor|not|nothing|scarcely|without)\b)[a-z]{1,15}\s){0,4}?)"
    r"(?:untrue|false(?!\sflag)|baseless|unfounded|groundless|lies?|fabrications?|fabricated|fake(?:\snews|ry)?|fiction|"
    r"hoax|inventions?|invented|nonsense|propaganda|slander))\b"
    r"(?=\W*\Z|[^\w\s]|\s(?:and|but|by|which|because|invented|spread)\b)",
    re.IGNORECASE,
)


def this_is_untrue(text: str) -> bool:
    """True of "this is a lie", "that is not true", of what was just told."""
    return bool(_THIS_IS_UNTRUE.match(text[:_LONGEST]))
