"""Exchanges as WARC records, each byte of a message as it was sent, each record in a gzip member of its own."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso.fetch.exchange import Hop

_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


class _AsSent(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """A head whose bytes warcio writes as they are; it would put them in order otherwise."""

    def __init__(self, head: bytes) -> None:
        super().__init__("as sent", [])  # one without a status line warcio takes for none
        self.headers_buff = head

    def compute_headers_buffer(self, header_filter: Any = None) -> None:
        """They are there."""


def records_of(hops: Iterable[Hop]) -> bytes:
    """The WARC records of a page that was asked for: for each hop a response and a request, in the order of time; a
    response that says that nothing has changed is a revisit record."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    for hop in hops:
        kind = "revisit" if hop.response.status == 304 else "response"
        response = _record(writer, hop, kind, hop.message)
        if kind == "revisit":
            response.rec_headers.add_header("WARC-Profile", _NOT_MODIFIED)
        request = _record(writer, hop, "request", hop.request)
        request.rec_headers.add_header("WARC-Concurrent-To", response.rec_headers.get_header("WARC-Record-ID"))
        writer.write_record(response)
        writer.write_record(request)
    return out.getvalue()


def _record(writer: Any, hop: Hop, kind: str, message: bytes) -> Any:
    end = message.find(b"\r\n\r\n")
    head = message[: end + 4] if end >= 0 else message
    body = message[len(head) :]
    # warcio's own digests are SHA-1. That of the payload is left out of messages whose body was sent in chunks, where
    # tools do not agree on whether the chunks belong to it.
    headers = {
        "WARC-Date": hop.at.replace("+00:00", "Z"),
        "WARC-IP-Address": hop.ip,
        "WARC-Block-Digest": f"sha256:{hashlib.sha256(message).hexdigest()}",
    }
    if kind == "response":
        headers["WARC-Payload-Digest"] = f"sha256:{hashlib.sha256(body).hexdigest()}"
    record = writer.create_warc_record(
        hop.address.url,
        kind,
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=_AsSent(head),
        warc_headers_dict=headers,
    )
    if kind == "response" and "chunked" in hop.response.field("transfer-encoding").lower():
        record.rec_headers.remove_header("WARC-Payload-Digest")
    return record
