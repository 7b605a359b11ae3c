"""Which pictures and videos a page shows: addresses read off its tags, in a process of its own. Nothing is fetched."""

from __future__ import annotations

import json
import re
import tempfile

from sayso.config import Limits
from sayso.media.bounds import run

_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_ANSWER = 4096  # bytes of one address and what comes around it, at the most


def cited_in(page: bytes, address: str | None, limits: Limits) -> list[tuple[str, str]] | None:
    """The pictures and videos that ``page``, published at ``address``, shows: ("picture" or "video", absolute URL), in
    their order, each once; none where it is no HTML. None where it takes too long or makes the parser fail."""
    if not _MARKUP.match(page):
        return []
    settings = {
        "address": address,
        "most": limits.media_cited,
        "seconds": limits.seconds,
        "memory": limits.media_memory,
    }
    with tempfile.TemporaryFile() as file:
        file.write(page)
        file.seek(0)
        most = limits.media_cited * _ANSWER
        ended = run("sayso.media.citing_worker", json.dumps(settings), file, limits.seconds + 10, most)
    try:
        return [(str(what), str(url)) for what, url in json.loads(ended.out)]
    except ValueError:
        return None
