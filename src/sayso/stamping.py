"""Ask an authority for a time stamp (RFC 3161) of the log's last entry: that it was there then, on its word.

The authority is sent a hash and a random number, and nothing else; only the one that the user names is asked.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from sayso.errors import SaysoError, UsageError
from sayso.ledger import Ledger, custody
from sayso.ledger.schema import log
from sayso.ledger.stamps import MISSING, Roots, Stamped, check_stamp

_SECONDS = 30.0
_ANSWER = 1 << 20  # bytes of an answer; they have a few thousand


def stamp(ledger: Ledger, url: str, roots: Roots | None = None) -> tuple[int, Stamped]:
    """Have the authority at ``url`` stamp the last entry of the log, and keep what it answers. Returns the entry's key,
    and what the stamp says.

    UsageError where ``url`` is none, or the extra is not installed; SaysoError where the authority gives no stamp, or
    one that does not hold.
    """
    if not _is_address(url):
        raise _no_address(url)
    try:
        import rfc3161_client as tsp
    except ImportError as error:
        raise UsageError(MISSING) from error
    with ledger.reading_all() as connection:
        last = connection.execute(select(log).order_by(log.c.key.desc()).limit(2)).mappings().all()
    entry = last[0]
    before = last[1]["hash"] if len(last) > 1 else custody.START
    # The library hashes what it is given: it is given what the entry's hash is the hash of.
    message = f"{before}{custody.content_hash(entry)}".encode("ascii")
    request = tsp.TimestampRequestBuilder().data(message).hash_algorithm(tsp.HashAlgorithm.SHA256).build()
    token = _asked(url, request.as_bytes())
    try:
        answer = tsp.decode_timestamp_response(token)
        if answer.status != 0:
            raise ValueError(f"it refused, with the status {answer.status}: {', '.join(answer.status_string)}")
        if answer.tst_info.nonce != request.nonce:
            raise ValueError("it answers another request than this")
        stamped = check_stamp(token, entry["hash"], roots)
    except (ValueError, TypeError) as error:
        raise SaysoError(f"no time stamp from {url}: {error}. Nothing was kept.") from error
    ledger.keep_stamp(entry["key"], url, token)
    return int(entry["key"]), stamped


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and url.isascii() and parts.port != 0
    except ValueError:  # no host or port can be found in it
        return False


def _no_address(url: str) -> UsageError:
    return UsageError(f"expected the address of an authority, as in https://tsa.example/tsr, got {url!r}")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Nobody is asked but whom the user named."""


def _asked(url: str, request: bytes) -> bytes:
    asking = urllib.request.Request(url, request, {"Content-Type": "application/timestamp-query"})
    try:
        with urllib.request.build_opener(_NoRedirects).open(asking, timeout=_SECONDS) as answer:
            data: bytes = answer.read(_ANSWER + 1)
    except urllib.error.HTTPError as error:
        raise SaysoError(f"no time stamp from {url}: it answered {error.code} {error.reason}.") from error
    except (OSError, HTTPException) as error:
        raise SaysoError(f"no time stamp from {url}: {getattr(error, 'reason', error)}. Try again later.") from error
    except ValueError as error:  # a host that is none
        raise _no_address(url) from error
    if len(data) > _ANSWER:
        raise SaysoError(f"no time stamp from {url}: its answer has more than {_ANSWER:,} bytes.")
    return data
