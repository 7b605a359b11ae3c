"""A real server on this machine that says what it is told to, byte for byte, and behaves as badly as it is told to."""

from __future__ import annotations

import contextlib
import datetime
import ipaddress
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sayso.config import Limits

Handler = Callable[["Connection"], None]

LIMITS = Limits(host_seconds=0.001, crawl_delay=0.002, fetch_seconds=3.0, fetch_tries=3, retry_seconds=5.0)

REPORT = (
    "The governor of Tarn said on Sunday that at least four people were killed when shells fell on the market. "
    "A spokesman for the northern command denied that its guns had fired on the town, and blamed the militia."
)


def page(title: str = "Shells fall on Tarn", text: str = REPORT) -> bytes:
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>"
        '<meta property="article:published_time" content="2031-05-04"><meta property="og:site_name" '
        f'content="The Vale Courier"></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>'
    ).encode()


def answer(body: bytes = b"", status: str = "200 OK", *fields: str, type: str | None = "text/html") -> bytes:
    """A response as it is sent."""
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {type}"] if type else []), *fields]
    if not any(line.lower().startswith(("content-length", "transfer-encoding")) for line in fields):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def moved(where: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, f"Location: {where}")


@dataclass
class Connection:
    """One request that came in, and the way to answer it."""

    socket: socket.socket
    head: bytes
    number: int  # of the requests for this path, from 1
    stop: threading.Event

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def reset(self) -> None:
        """Close so that the other side gets a reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def field(self, name: str) -> str | None:
        for line in self.head.decode("latin-1").split("\r\n")[1:]:
            if line.lower().startswith(name.lower() + ":"):
                return line.partition(":")[2].strip()
        return None


@dataclass
class Server:
    """Answers by path: ``says["/a"]`` is what is sent, or a function that does as it likes."""

    port: int
    scheme: str = "http"
    says: dict[str, bytes | Handler] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)  # the paths, in the order in which they were asked for

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def handle(self, plain: socket.socket, context: ssl.SSLContext | None, stop: threading.Event) -> None:
        with contextlib.suppress(OSError), plain:
            plain.settimeout(10)
            connection = context.wrap_socket(plain, server_side=True) if context else plain
            with connection:
                head = b""
                while b"\r\n\r\n" not in head and len(head) < 65536:
                    if not (data := connection.recv(4096)):
                        return
                    head += data
                    if head.startswith(b"\x16"):  # somebody speaks TLS, which this server does not
                        connection.sendall(answer(b"", "400 Bad Request"))
                        return
                path = head.split(b" ", 2)[1].decode("latin-1")
                self.asked.append(path)
                said = self.says.get(path, answer(b"not here", "404 Not Found"))
                if isinstance(said, bytes):
                    connection.sendall(said)
                else:
                    said(Connection(connection, head, self.asked.count(path), stop))


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server on a free port of the loopback interface; it is gone afterwards, with all its threads."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = Server(listening.getsockname()[1], "https" if context else "http")
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def accept() -> None:
        while not stop.is_set():
            try:
                plain, _ = listening.accept()
            except OSError:
                return
            one = threading.Thread(target=server.handle, args=(plain, context, stop), daemon=True)
            threads.append(one)
            one.start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield server
    finally:
        stop.set()
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        accepting.join(5)
        for one in threads:
            one.join(12)


def certificate(folder: Path, name: str = "127.0.0.1", days: int = 2) -> Path:
    """A file with a key and a certificate for ``name`` that vouches for itself, valid for so many days."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a server of a test")])
    try:
        called: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        called = x509.DNSName(name)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=abs(days) + 1))
        .not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([called]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    kept = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / f"{name.replace(':', '_')}-{days}.pem"
    path.write_bytes(kept + made.public_bytes(pem))
    return path
