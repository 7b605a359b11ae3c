"""One request and its response over a connection of our own, with every byte as it was sent.

The connection goes to an IP address that was checked, and to no other: the host's name is not looked up again. With
https, the certificate is checked against the name. h11 says where the response ends, and refuses what is none.
"""

from __future__ import annotations

import socket
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime

import h11

from sayso import __version__
from sayso.config import Limits
from sayso.errors import FetchError, IntakeError
from sayso.fetch.addresses import Address
from sayso.intake.http import HEAD_BYTES, Response, response_of

AGENT = f"sayso/{__version__}"
_BLOCK = 64 * 1024
_INFORMATIONAL = 8  # responses that only announce another


@dataclass(frozen=True, slots=True)
class Hop:
    """A request and its response, as sent. ``at`` is when the request was, ISO 8601 in UTC."""

    address: Address
    ip: str
    at: str
    request: bytes
    message: bytes
    response: Response


def exchange(
    address: Address, ips: list[str], fields: dict[str, str], limits: Limits, context: ssl.SSLContext, most: int
) -> Hop:
    """Ask for ``address`` at one of ``ips``; ``fields`` are header fields more. At most ``most`` bytes are taken as the
    response. FetchError where there is no whole response in time; ``again`` where it may come at another try."""
    deadline = time.monotonic() + limits.fetch_seconds
    request = _request(address, fields)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        with _connected(address, ips, deadline, context) as (connection, ip):
            connection.settimeout(_left(deadline))
            connection.sendall(request)
            message = _message(connection, deadline, most)
    except ssl.SSLCertVerificationError as error:
        raise FetchError(f"the server's certificate is not valid for it ({error.verify_message})") from None
    except ssl.SSLError as error:
        raise FetchError(f"no safe connection can be made ({error.reason or error})") from None
    except TimeoutError:
        raise FetchError(
            f"no whole answer within {limits.fetch_seconds:g} s, the limit fetch_seconds", again=True
        ) from None
    except OSError as error:
        raise FetchError(f"the connection failed ({error.strerror or error})", again=True) from None
    except h11.RemoteProtocolError as error:
        reason = str(error).partition("(")[0].strip() or "no HTTP"
        # A response that ends before its end may be whole another time; one that is none will not.
        raise FetchError(f"the server's answer is broken: {reason}", again="closed" in reason) from None
    try:
        return Hop(address, ip, at, request, message, response_of(message))
    except IntakeError as error:
        raise FetchError(str(error)) from None


def _request(address: Address, fields: dict[str, str]) -> bytes:
    headers = {
        "Host": address.authority,
        "User-Agent": AGENT,
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.1",
        "Accept-Encoding": "gzip",
        **fields,
        "Connection": "close",
    }
    try:
        request = h11.Request(method="GET", target=address.target, headers=list(headers.items()))
    except h11.LocalProtocolError as error:
        raise FetchError(f"the URL cannot be asked for ({error})") from None
    writer = h11.Connection(h11.CLIENT)
    return (writer.send(request) or b"") + (writer.send(h11.EndOfMessage()) or b"")


class _connected:  # noqa: N801  # used as a context manager, in the manner of a function
    """A connection to the first of ``ips`` that takes one, and which that is."""

    def __init__(self, address: Address, ips: list[str], deadline: float, context: ssl.SSLContext) -> None:
        failure: OSError = ConnectionError("no address")
        for ip in ips:
            try:
                plain = socket.create_connection((ip, address.port), timeout=_left(deadline))
            except OSError as error:
                failure = error
                continue
            self.ip = ip
            self.socket = self._wrapped(plain, address, deadline, context)
            return
        raise failure

    def _wrapped(
        self, plain: socket.socket, address: Address, deadline: float, context: ssl.SSLContext
    ) -> socket.socket:
        if address.scheme == "http":
            return plain
        try:
            plain.settimeout(_left(deadline))
            return context.wrap_socket(plain, server_hostname=address.host)
        except BaseException:
            plain.close()
            raise

    def __enter__(self) -> tuple[socket.socket, str]:
        return self.socket, self.ip

    def __exit__(self, *_: object) -> None:
        self.socket.close()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _message(connection: socket.socket, deadline: float, most: int) -> bytes:
    """The bytes of the final response, from its status line to its end."""
    parser = h11.Connection(h11.CLIENT, max_incomplete_event_size=HEAD_BYTES)
    parser.send(h11.Request(method="GET", target="/", headers=[("Host", "x")]))
    parser.send(h11.EndOfMessage())
    parts: list[bytes] = []
    size = announced = 0
    while True:
        event = parser.next_event()
        if event is h11.NEED_DATA:
            connection.settimeout(_left(deadline))
            try:
                data = connection.recv(_BLOCK)
            except ssl.SSLEOFError:
                data = b""  # closed without a farewell: whether it was the end, the response itself says
            parser.receive_data(data)
            parts.append(data)
            size += len(data)
            if size > most:
                raise FetchError(f"the answer is more than {most:,} bytes long, over the limit article_bytes")
        elif isinstance(event, h11.InformationalResponse):
            announced += 1
            if announced > _INFORMATIONAL or event.status_code == 101:
                raise FetchError("the server announces a response, and sends none")
            parts = [parser.trailing_data[0]]
            size = len(parts[0])
        elif isinstance(event, h11.EndOfMessage):
            message, beyond = b"".join(parts), len(parser.trailing_data[0])
            return message[: len(message) - beyond] if beyond else message
        elif event is h11.PAUSED or isinstance(event, h11.ConnectionClosed):
            raise FetchError("the server closed the connection without an answer", again=True)
