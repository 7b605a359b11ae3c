"""Fetching: URLs in, pages out, each with the exchange that brought it as WARC records.

``client.Fetcher`` is the way in. Nothing connects to an address inside the local network unless that is allowed. What
this needs is the extra "fetch".
"""

from __future__ import annotations

from importlib.util import find_spec

from sayso.errors import UsageError

_NEEDED = ("h11", "protego", "warcio")


def check_installed() -> None:
    """UsageError, with what to install, where the extra ``fetch`` is not there."""
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise UsageError(
            f"fetching needs {', '.join(missing)}, not installed here. Install it with: pip install 'sayso[fetch]'"
        )
