"""URLs and IP addresses: which may be asked at all, and which lie inside the local network."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

from sayso.errors import FetchError

Resolve = Callable[[str, int], list[str]]
"""The IP addresses of a host name, for a port. OSError where there are none."""

PORTS = {"http": 80, "https": 443}
LONGEST = 4096  # characters of a URL
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_.])?")
_KEPT = "/:?#[]@!$&'()*+,;=%~-._"
# Every address of the IPv6 internet is in 2000::/3. In it, these are not what they seem: they carry IPv4 addresses, or
# are for documents and tests. NAT64 and IPv4-mapped addresses lie outside.
_PUBLIC_6 = IPv6Network("2000::/3")
_ODD_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_ODD_4 = tuple(map(ip_network, ("192.88.99.0/24", "192.0.0.0/24", "100.64.0.0/10", "198.18.0.0/15")))


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https URL, taken apart and fit to be sent: all ASCII, without a fragment."""

    scheme: str
    host: str  # in lower case; of an IPv6 address, without brackets
    port: int
    target: str  # path and query

    @property
    def authority(self) -> str:
        """The host, with its port where that is not the usual one, as the header Host has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority: what a robots.txt speaks for."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The URL as one string."""
        return self.origin + self.target


def address_of(url: str, base: Address | None = None) -> Address:
    """``url``, relative to ``base`` if that is given, as an Address. FetchError where it is none that is fetched."""
    written = url.strip(" ")
    if len(written) > LONGEST:
        raise FetchError(f"a URL of {len(written):,} characters, more than {LONGEST:,}")
    if _CONTROL.search(written) or "\\" in written:
        raise FetchError("the URL holds control characters, line breaks or backslashes, which none does")
    try:
        parts = urlsplit(urljoin(base.url, written) if base else written)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise FetchError(f"not a URL: {error}") from None
    if parts.scheme not in PORTS:
        begins = f"begins with {parts.scheme + ':'!r}" if parts.scheme else "has no http:// or https:// before it"
        raise FetchError(f"a URL that {begins}: only http: and https: are fetched")
    if "@" in parts.netloc:
        raise FetchError("a URL with a user name or password in it is not fetched. Give it without")
    if not host:
        raise FetchError("the URL names no host. Expected one such as https://example.org/report.html")
    target = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_KEPT)
    if port == 0:
        raise FetchError("the URL names port 0, which is none")
    return Address(parts.scheme, _host(host), port or PORTS[parts.scheme], target.replace("#", "%23"))


def _host(host: str) -> str:
    if ":" in host:
        try:
            return IPv6Address(host).compressed if "%" not in host else _refuse(host)
        except ValueError:
            return _refuse(host)
    try:
        written = host.encode("idna").decode("ascii").lower() if not host.isascii() else host
    except UnicodeError:
        return _refuse(host)
    labels = written.removesuffix(".").split(".")
    if not _HOST.fullmatch(written) or not all(1 <= len(label) <= 63 for label in labels):
        return _refuse(host)
    return written


def _refuse(host: str) -> str:
    raise FetchError(f"the URL's host, {host[:80]!r}, is no host name or IP address")


def is_local(ip: str) -> bool:
    """True for every address that is not one of the public internet's: of this machine, of a private or local network,
    of many at once, reserved; and those of IPv6 that carry one of IPv4. What cannot be understood is local, too."""
    try:
        address = ip_address(ip)
    except ValueError:
        return True
    if isinstance(address, IPv4Address):
        return not address.is_global or address.is_multicast or address.is_reserved or any(address in n for n in _ODD_4)
    return address not in _PUBLIC_6 or not address.is_global or any(address in n for n in _ODD_6)


def checked(address: Address, resolve: Resolve, allow_local: bool) -> list[str]:
    """The IP addresses to connect to. FetchError where there is none, or one is inside the local network."""
    try:
        found = list(dict.fromkeys(resolve(address.host, address.port)))
    except (OSError, UnicodeError) as error:
        raise FetchError(f"the host {address.host} is not found ({error})", again=True) from None
    if not found:
        raise FetchError(f"the host {address.host} is not found", again=True)
    inside = [ip for ip in found if is_local(ip)]
    if inside and not allow_local:
        where = "" if inside[0] == address.host else f" ({inside[0]})"
        raise FetchError(
            f"{address.host}{where} is this machine or inside the local network, which is not fetched from. "
            "If you mean it: --allow-local"
        )
    return found


def system_resolve(host: str, port: int, seconds: float = 20.0) -> list[str]:
    """What the system says are the addresses of ``host``; OSError where it takes longer than ``seconds``."""
    answer: list[list[str] | OSError | UnicodeError] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.append([str(where[0]) for *_, where in found])
        except (OSError, UnicodeError) as error:
            answer.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if not answer:
        raise TimeoutError(f"no answer within {seconds:g} s")
    if not isinstance(answer[0], list):
        raise answer[0]
    return answer[0]
