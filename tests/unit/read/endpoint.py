"""A real HTTP server on this machine that speaks the chat protocol, as well or as badly as a test wants it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]

REPORT = """Major General Ivo Sand, deputy head of the Joint Truce Centre, said that the ministry denied that 12 \
people had been killed in Karvel on 3 May 2031.

“They will publish videos,” the senior general warned."""

ANSWER: dict[str, Any] = {
    "attributions": [
        {
            "id": 1,
            "source": "Major General Ivo Sand, deputy head of the Joint Truce Centre",
            "cue": "said",
            "content": ["that the ministry denied that 12 people had been killed in Karvel on 3 May 2031"],
            "within": None,
            "claimant": "Major General Ivo Sand",
            "stance": "asserts",
        },
        {
            "id": 2,
            "source": "the ministry",
            "cue": "denied",
            "content": ["that 12 people had been killed in Karvel on 3 May 2031"],
            "within": 1,
            "claimant": None,
            "stance": "denies",
        },
        {
            "id": 3,
            "source": "the senior general",
            "cue": "warned",
            "content": ['"They will publish videos,"'],  # with the marks of a keyboard
            "within": None,
            "claimant": None,
            "stance": "warns",
        },
    ],
    "names": [
        {"text": "Ivo Sand", "kind": "person"},
        {"text": "Joint Truce Centre", "kind": "organisation"},
        {"text": "Karvel", "kind": "place"},
    ],
}
NOTHING: dict[str, Any] = {"attributions": [], "names": []}


@dataclass
class Endpoint:
    """``replies`` are used up in turn; then ``otherwise`` is the reply to all. ``asked`` are the requests' bodies."""

    url: str
    replies: list[Reply] = field(default_factory=list)
    otherwise: Reply = field(default_factory=lambda: says(ANSWER))
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    under_way: int = 0
    most_under_way: int = 0


@contextmanager
def serving() -> Iterator[Endpoint]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with endpoint.lock:
                endpoint.asked.append(body | {"path": self.path})
                endpoint.headers.append({name.lower(): value for name, value in self.headers.items()})
                reply = endpoint.replies.pop(0) if endpoint.replies else endpoint.otherwise
                endpoint.under_way += 1
                endpoint.most_under_way = max(endpoint.most_under_way, endpoint.under_way)
            try:
                reply(self, body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the reader had enough
            finally:
                with endpoint.lock:
                    endpoint.under_way -= 1

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def sends(status: int, data: bytes, **headers: str) -> Reply:
    """Exactly these bytes."""

    def reply(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return reply


def completion(said: object, finish: str = "stop", tokens: int | None = 100) -> bytes:
    usage = {} if tokens is None else {"usage": {"total_tokens": tokens}}
    return json.dumps({"choices": [{"message": {"content": said}, "finish_reason": finish}], **usage}).encode()


def says(answer: object, finish: str = "stop", tokens: int | None = 100) -> Reply:
    """A chat completion whose text is ``answer``, as JSON unless it is a text already."""
    said = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    return sends(200, completion(said, finish, tokens))
