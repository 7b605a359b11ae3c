"""What every text goes through before it is shown, on a page and in a picture."""

from __future__ import annotations

import re

# Controls, what turns the direction of the text that follows, and halves of a surrogate pair. Marks of direction
# (U+200E, U+200F, U+061C) turn nothing outside their own words; right-to-left texts need them.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(text: str) -> str:
    """``text`` with each character that controls instead of showing replaced by U+FFFD, one for one."""
    return _UNSAFE.sub("\ufffd", text)
