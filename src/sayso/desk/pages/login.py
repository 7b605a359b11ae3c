"""Coming in and going out: the login, one's own password, and the accounts, which admins manage."""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from sayso.desk.accounts import Account, Staff, TooSoonError, folded
from sayso.desk.guarding import (
    LOGIN,
    ROLES,
    Guard,
    Role,
    cookie_name,
    needs,
    posted,
    set_session,
    user_of,
    visitor,
    within,
)
from sayso.desk.rendering import render, with_query
from sayso.errors import NotThereError, SaysoError, UsageError

router = APIRouter(include_in_schema=False)

Name = Annotated[str, Form(max_length=200)]
Password = Annotated[str, Form(max_length=4000)]
Next = Annotated[str | None, Query(alias="next", max_length=4000)]
GoingOn = Annotated[str, Form(alias="next", max_length=4000)]

WRONG = "Name or password is wrong."
WRONG_KEY = "That key opens nothing here. It may be of a desk that has ended, or have been used already."


@dataclass(frozen=True, slots=True)
class LoginPage:
    """A login, by name and password if not ``by_key``, which goes on to the address ``next``. ``onward`` is where to
    ask at once for the same page again, if anywhere; ``said`` what went wrong."""

    by_key: bool
    next: str
    onward: str | None = None
    said: str | None = None


@dataclass(frozen=True, slots=True)
class PasswordPage:
    """A change of one's own password. ``said`` is what came of it."""

    said: str | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class UsersPage:
    """All accounts, with what they may be made. ``said`` is what went wrong."""

    accounts: tuple[Account, ...]
    roles: tuple[Role, ...]
    said: str | None = None


@router.get(LOGIN)
def login_page(request: Request, next_: Next = None, wrong: bool = False, here: bool = False) -> Response:
    """The login, or for somebody known what they were on their way to."""
    going = within(next_)
    if visitor(request).user is not None:
        return RedirectResponse(going, HTTPStatus.SEE_OTHER)
    # A link on another site brings no session with it, but one on this page does: whoever is logged in goes on.
    # Browsers don't say where a link was when the desk is asked without TLS, by another name than localhost.
    elsewhere = request.headers.get("sec-fetch-site") not in ("same-origin", "none") and not here
    onward = with_query(LOGIN, {"next": going, "here": 1, "wrong": "1" if wrong else None}) if elsewhere else None
    return _login(request, going, onward=onward, said=WRONG_KEY if wrong else None)


@router.post(LOGIN, dependencies=[Depends(posted)])
def log_in(
    request: Request, name: Name = "", password: Password = "", key: Name = "", going: GoingOn = "/"
) -> Response:
    """Begin a session, under a new id."""
    guard, going = _guard(request), within(going)
    try:
        session = guard.login(name, password, _address(request)) if isinstance(guard, Staff) else guard.admit(key)
    except TooSoonError as error:
        seconds = math.ceil(error.seconds)
        said = f"Too many logins have failed. Try again in {seconds} seconds."
        answer = _login(request, going, HTTPStatus.TOO_MANY_REQUESTS, said=said)
        answer.headers["Retry-After"] = str(seconds)
        return answer
    if session is None:
        return _login(request, going, HTTPStatus.UNAUTHORIZED, said=WRONG_KEY if guard.by_key else WRONG)
    guard.leave(visitor(request).session)
    answer = RedirectResponse(going, HTTPStatus.SEE_OTHER)
    set_session(request, answer, session)
    return answer


@router.post("/logout", dependencies=[Depends(posted), Depends(needs("reader"))])
def log_out(request: Request) -> Response:
    """End the session, here and in the browser, and have the browser forget what it kept of the pages."""
    _guard(request).leave(visitor(request).session)
    answer = RedirectResponse(LOGIN, HTTPStatus.SEE_OTHER)
    answer.delete_cookie(cookie_name(request), secure=request.url.scheme == "https", httponly=True, samesite="strict")
    answer.headers["Clear-Site-Data"] = '"cache"'  # not "cookies": those of other ports of this host would go with them
    return answer


@router.get("/password")
def password_page(request: Request) -> Response:
    """To change one's own password."""
    _staff(request)
    return render(request, "password.html", PasswordPage())


@router.post("/password", dependencies=[Depends(posted), Depends(needs("reader"))])
def change_password(request: Request, old: Password, new: Password) -> Response:
    """Change one's own password, and go on in a new session; all others end."""
    staff = _staff(request)
    name = user_of(request)
    try:
        if staff.login(name, old, _address(request)) is None:
            raise UsageError("The present password is wrong.")
        session = staff.accounts.open_session(name, staff.accounts.set_password(name, new))
    except (UsageError, TooSoonError) as error:
        return render(request, "password.html", PasswordPage(str(error)), HTTPStatus.BAD_REQUEST)
    answer = render(request, "password.html", PasswordPage(done=True))
    if session is not None:  # else it was changed once more, meanwhile
        set_session(request, answer, session)
    return answer


@router.get("/users", dependencies=[Depends(needs("admin"))])
def users_page(request: Request) -> Response:
    """Who has an account."""
    return _users(request, _staff(request))


@router.post("/users", dependencies=[Depends(posted), Depends(needs("admin"))])
def change_users(request: Request, what: Name, name: Name, role: Name = "", password: Password = "") -> Response:
    """Add or remove an account, or change its role or password: as ``what`` says. An admin stays one until another
    says otherwise, and changes the own password where that takes the present one."""
    accounts = _staff(request).accounts
    changes: dict[str, Callable[[], object]] = {
        "add": lambda: accounts.add(name, role, password),
        "role": lambda: accounts.set_role(name, role),
        "password": lambda: accounts.set_password(name, password),
        "remove": lambda: accounts.remove(name),
    }
    try:
        if what not in changes:
            raise UsageError(f"cannot {what!r} an account, only {', '.join(changes)}.")
        if folded(name) == folded(user_of(request)) and what in ("role", "remove", "password"):
            raise UsageError(
                "this is your own account: another admin can do that, or sayso desk users. Your password is changed at "
                "/password."
            )
        changes[what]()
    except SaysoError as error:
        return _users(request, _staff(request), str(error))
    return RedirectResponse("/users", HTTPStatus.SEE_OTHER)


def _login(
    request: Request,
    going: str,
    status: int = HTTPStatus.OK,
    *,
    onward: str | None = None,
    said: str | None = None,
) -> Response:
    return render(request, "login.html", LoginPage(_guard(request).by_key, going, onward, said), status)


def _users(request: Request, staff: Staff, said: str | None = None) -> Response:
    status = HTTPStatus.OK if said is None else HTTPStatus.BAD_REQUEST
    return render(request, "users.html", UsersPage(staff.accounts.listed(), ROLES, said), status)


def _guard(request: Request) -> Guard:
    guard: Guard = request.app.state.guard
    return guard


def _staff(request: Request) -> Staff:
    guard = _guard(request)
    if not isinstance(guard, Staff):
        raise NotThereError(
            "This desk serves you alone, without accounts. sayso desk users add NAME --role ROLE, in a terminal, makes "
            "them; they count from its next start."
        )
    return guard


def _address(request: Request) -> str:
    """Where a request comes from; of IPv6 the network, as one machine has all addresses in it."""
    given = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given
    return given if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))
