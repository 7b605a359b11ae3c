"""Fetching: URLs in, pages out, each with the exchange that brought it as WARC records.

``Fetcher`` is the way in. Nothing connects to an address inside the local network unless that is allowed. What this
needs is the extra "fetch".
"""

from importlib.util import find_spec

from sayso.errors import UsageError

if missing := [name for name in ("h11", "protego", "warcio") if find_spec(name) is None]:
    raise UsageError(
        f"fetching needs {', '.join(missing)}, not installed here. Install it with: pip install 'sayso[fetch]'"
    )

from sayso.fetch.client import Fetched, Fetcher

__all__ = ["Fetched", "Fetcher"]
