"""Who may see what, and who may change it. ``Gate`` stands before every page; what it lets in carries its ``Visitor``.

The invariants: nothing but ``LOGIN`` and ``STATIC`` is answered to somebody unknown; whatever changes anything is a
request that is no GET, came from a page of this desk (``Origin``, ``Sec-Fetch-Site``) and, by the dependency
``posted``, brings the token of its own session; what a role may not do is refused by the dependency ``needs``. Each
holds without the others.

There are two guards. ``Alone`` lets in the one user of this machine, with all roles: by a key in the address that the
desk opens or prints, as Jupyter does, because any other user of the machine can reach its ports. ``accounts.Staff``
lets in whoever has an account. Sessions are random ids in a cookie; their token is a keyed hash of the id (the signed
double submit of OWASP's Cross-Site Request Forgery Prevention Cheat Sheet): who plants a cookie has no token for it.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Literal, Protocol, get_args
from urllib.parse import urlencode

from fastapi import HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from jinja2 import pass_context
from jinja2.runtime import Context
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.acting import UNNAMED, acting_as

Role = Literal["reader", "analyst", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""What somebody may do, each with what the ones before it may: see and take away; decide and bring in; manage users."""

LOGIN = "/login"
STATIC = "/static/"
"""What somebody unknown may ask for: the page at the one address, and what is below the other."""

SAFE = ("GET", "HEAD", "OPTIONS")
TOKEN_FIELD, TOKEN_HEADER = "token", "X-Sayso-Token"
_SESSION = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 bits, as new_id makes them


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may come in."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: ``user`` is None while unknown. ``session`` is the id in the cookie, ``token`` what its forms bring.
    Who is in no session has an id in another cookie, for the forms that need none, as the login."""

    user: User | None
    session: str
    token: str


class Guard(Protocol):
    """Who comes in. ``by_key`` is true where it is a key in the address that lets in, not a name with a password;
    ``anybody`` is who somebody without a session is taken for."""

    by_key: bool
    anybody: User | None

    def user(self, session: str) -> User | None:
        """Whose session this is, if it is anybody's."""

    def admit(self, key: str) -> str | None:
        """The id of a new session for the bearer of ``key``; None where that is no key."""

    def bearer(self, key: str) -> User | None:
        """Who asks with this key in the header ``Authorization``, as programs do, without a session."""

    def leave(self, session: str) -> None:
        """End a session."""

    def pause(self, user: User) -> float:
        """Seconds until this user may ask for something costly; 0 for now, which counts."""


def new_id() -> str:
    """What nobody can guess."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret that is random: whoever reads it can't use it."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Alone:
    """The guard of a desk that serves its own user. Without ``key`` it lets in everybody who can reach it."""

    by_key = True

    def __init__(self, name: str, key: str | None = None) -> None:
        self._user = User(name, "admin")
        self._key = key
        self.anybody = self._user if key is None else None
        self._once: set[str] = set()
        self._sessions: set[str] = set()

    def once(self) -> str | None:
        """A key that opens once: the browser's command line, which other users can see, has it. None without keys."""
        if self._key is None:
            return None
        key = new_id()
        self._once.add(digest(key))
        return key

    def user(self, session: str) -> User | None:
        """The user, for the sessions that a key has opened."""
        return self._user if digest(session) in self._sessions else None

    def admit(self, key: str) -> str | None:
        """A new session for the bearer of the key, or of one that opens once."""
        used = digest(key)
        if self._key is None or not (used in self._once or hmac.compare_digest(used, digest(self._key))):
            return None
        self._once.discard(used)
        session = new_id()
        self._sessions.add(digest(session))
        return session

    def bearer(self, key: str) -> User | None:
        """The user, for the key that the desk prints."""
        held = self._key is not None and hmac.compare_digest(digest(key), digest(self._key))
        return self._user if held else None

    def leave(self, session: str) -> None:
        """End a session."""
        self._sessions.discard(digest(session))

    def pause(self, user: User) -> float:  # noqa: ARG002 - as Guard has it
        """None: it is the user's own machine."""
        return 0.0


def visitor(request: Request) -> Visitor:
    """Who asks, as the gate found; somebody unknown where it could not look."""
    found: Visitor = request.scope.get("sayso.visitor", Visitor(None, "", ""))
    return found


def user_of(request: Request) -> str:
    """The name of who asks, under which decisions are entered."""
    known = visitor(request).user
    if known is None:
        raise HTTPException(HTTPStatus.UNAUTHORIZED, "Nobody is logged in.")
    return known.name


def may(request: Request, role: Role) -> bool:
    """True where who asks may do what ``role`` may."""
    known = visitor(request).user
    return known is not None and ROLES.index(known.role) >= ROLES.index(role)


@cache
def needs(role: Role) -> Callable[[Request], None]:
    """The dependency of what only ``role`` and those above it may do; always the same one for a role."""

    def check(request: Request) -> None:
        if not may(request, role):
            raise HTTPException(
                HTTPStatus.FORBIDDEN,
                f"This takes the role {role}, which you don't have here. Ask whoever runs this desk for it.",
            )

    return check


async def posted(request: Request) -> None:
    """The dependency of all that changes anything: it was sent by a page that this session was shown."""
    given = request.headers.get(TOKEN_HEADER)
    if given is None and "json" not in request.headers.get("content-type", ""):
        field = (await request.form()).get(TOKEN_FIELD)
        given = field if isinstance(field, str) else None
    wanted = visitor(request).token
    if not wanted or not hmac.compare_digest((given or "").encode(), wanted.encode()):
        raise HTTPException(
            HTTPStatus.FORBIDDEN,
            "The page that sent this is not of your present session. Nothing was changed. Go back, load the page again "
            "and send it once more.",
        )


@pass_context
def token_of(context: Context, request: Request | None = None) -> str:
    """In templates: the token of the session that the page is for, as ``{{ token(request) }}`` or ``{{ token() }}``."""
    return visitor(request or context["request"]).token


def set_session(request: Request, response: Response, session: str) -> None:
    """Have the browser keep ``session`` until it is closed: for this desk alone, out of reach for scripts."""
    response.set_cookie(
        cookie_name(request), session, httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )


def cookie_name(request: Request) -> str:
    """What the cookie is called: by the port, as a browser sends one address's cookies to all its ports. With TLS a
    browser takes the name's prefix as a promise that no other host has set it."""
    return "__Host-sayso" if request.url.scheme == "https" else f"sayso_{request.url.port or 80}"


def within(address: str | None) -> str:
    """``address`` if it is one within this desk, to go on to; else that of the first page."""
    return address if address and re.fullmatch(r"/(?![/\\])[!-\[\]-~]*", address) else "/"


class Gate:
    """Finds who asks, and lets through what is for them. ``refuse(request, status, title, said)`` makes the answer
    where it doesn't."""

    def __init__(self, app: ASGIApp, guard: Guard, refuse: Callable[[Request, int, str, str], Response]) -> None:
        self._app = app
        self._guard = guard
        self._refuse = refuse
        self._secret = secrets.token_bytes(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        session, form = _id_in(request, cookie_name(request)), _id_in(request, _form_cookie(request))
        user = await run_in_threadpool(self._guard.user, session) if session else None
        if user is None:
            session = form or new_id()
        scope["sayso.visitor"] = Visitor(
            user or self._bearer(request) or self._guard.anybody, session, self._token(session)
        )
        answer = self._instead(request, scope["sayso.visitor"].user)
        if user is None and not form and answer is None and not request.url.path.startswith(STATIC):
            send = _with_form_cookie(request, session, send)
        known = scope["sayso.visitor"].user
        with acting_as(known.name if known else UNNAMED):
            await (answer or self._app)(scope, receive, send)

    def _instead(self, request: Request, user: User | None) -> Response | None:
        """The answer to what is not let through; None for what is."""
        if request.method not in SAFE and not _from_here(request):
            said = (
                "This was sent by a page of another site, or by way of a proxy that sayso desk was not told of "
                "(--proxy). Nothing was changed."
            )
            return self._refuse(request, HTTPStatus.FORBIDDEN, "Not from this desk", said)
        if self._guard.by_key and request.method == "GET" and "key" in request.query_params:
            return self._opened(request, user)
        if user is None:
            open_to_all = request.url.path == LOGIN or request.url.path.startswith(STATIC)
            return None if open_to_all else self._unknown(request)
        if _costly(request) and (wait := self._guard.pause(user)):
            said = f"That was much at once. Try again in {math.ceil(wait)} seconds."
            answer = self._refuse(request, HTTPStatus.TOO_MANY_REQUESTS, "Too much at once", said)
            answer.headers["Retry-After"] = str(math.ceil(wait))
            return answer
        return None

    def _opened(self, request: Request, user: User | None) -> Response:
        """To the same address without its key, which is in nobody's history then, with a session if it is a key."""
        rest = request.url.remove_query_params("key")
        asked = within(rest.path + (f"?{rest.query}" if rest.query else ""))
        session = self._guard.admit(request.query_params["key"])
        if session is None and user is None:
            return RedirectResponse(f"{LOGIN}?{urlencode({'next': asked, 'wrong': 1})}", HTTPStatus.SEE_OTHER)
        answer = RedirectResponse(asked, HTTPStatus.SEE_OTHER)
        if session is not None:
            set_session(request, answer, session)
        return answer

    def _unknown(self, request: Request) -> Response:
        to_read = request.method == "GET" and not request.url.path.startswith(("/api/", "/download/"))
        if to_read and "hx-request" not in request.headers:
            asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"{LOGIN}?{urlencode({'next': asked})}", HTTPStatus.SEE_OTHER)
        said = (
            "This desk wants the key that it printed when it started. Programs send it as Authorization: Bearer KEY."
            if self._guard.by_key
            else f"Log in first, at {LOGIN}."
        )
        answer = self._refuse(request, HTTPStatus.UNAUTHORIZED, "Not logged in", said)
        answer.headers["HX-Refresh"] = "true"  # the whole page, not a part of it, goes to the login
        return answer

    def _bearer(self, request: Request) -> User | None:
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        return self._guard.bearer(key.strip()) if scheme.lower() == "bearer" else None

    def _token(self, session: str) -> str:
        return hmac.digest(self._secret, session.encode(), "sha256").hex()


def _from_here(request: Request) -> bool:
    """True unless the browser says that another site's page sent this. Programs that are no browsers say nothing."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}".lower()
    return site in (None, "same-origin", "none") and (origin is None or origin.lower() == own)


def _costly(request: Request) -> bool:
    """True for what takes long, or changes something."""
    path = request.url.path
    takes_long = path.startswith(("/download/", "/compare/", "/api/compare/")) or path.endswith(".html")
    return takes_long or request.method not in SAFE


def _id_in(request: Request, cookie: str) -> str:
    """The id in a cookie; empty where there is none that could be one."""
    given = request.cookies.get(cookie, "")
    return given if _SESSION.fullmatch(given) else ""


def _form_cookie(request: Request) -> str:
    return f"{cookie_name(request)}_form"


def _with_form_cookie(request: Request, form: str, send: Send) -> Send:
    """``send``, with the cookie of forms that need no session. It is one of its own, as a link on another site brings
    no session with it, and must not end one; and such a link brings this."""
    cookie = Response()
    secure = request.url.scheme == "https"
    cookie.set_cookie(_form_cookie(request), form, httponly=True, samesite="lax", secure=secure)

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", cookie.headers["set-cookie"])
        await send(message)

    return sending
