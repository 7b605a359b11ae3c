"""What makes a page a file that can be sent: its styles within, and a policy by which it asks nobody for anything."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

_STATIC = Path(__file__).with_name("static")
_SHEETS = ("desk.css", "charts.css", "story.css")


@lru_cache(maxsize=1)
def styles() -> Markup:
    """The desk's styles as one text, to stand in a ``style`` element."""
    sheets = "\n".join((_STATIC / name).read_text("utf-8") for name in _SHEETS)
    return Markup(sheets)  # our own files: nothing in them ends the element


@lru_cache(maxsize=1)
def policy() -> str:
    """The file's Content-Security-Policy: these very styles, and nothing else from anywhere."""
    hashed = b64encode(sha256(styles().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
