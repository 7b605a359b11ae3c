"""Who comes in, what each role may do, and what is refused whoever asks."""

from __future__ import annotations

import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx import Response
from lxml import html
from starlette.routing import BaseRoute

from sayso.desk import accounts as accounts_module
from sayso.desk.accounts import ABSOLUTE, IDLE, Accounts, Staff
from sayso.desk.app import HEADERS, make_app
from sayso.desk.guarding import LOGIN, ROLES, SAFE, Alone, needs, posted
from sayso.desk.limiting import Budget, Waits
from sayso.errors import NotThereError, UsageError

PASSWORD = "seven grey herons at dusk"
NAMES = {"reader": "Rea", "analyst": "ana@example.org", "admin": "mara lind"}
KEY = "k" * 43


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Office:
    """A desk with accounts, one of each role, and the time there."""

    app: FastAPI
    clock: Clock
    accounts: Accounts

    def visit(self, role: str | None = None, base_url: str = "http://localhost") -> Visit:
        client = TestClient(self.app, base_url=base_url, follow_redirects=False, raise_server_exceptions=False)
        visit = Visit(client)
        if role:  # without the login's work, which takes long
            session = self.accounts.open_session(NAMES[role], self.accounts.stored(NAMES[role]) or "")
            client.cookies.set("sayso_80", session, domain="localhost.local")
        return visit


@dataclass
class Visit:
    client: TestClient

    def get(self, path: str, **given: Any) -> Response:
        return self.client.get(path, **given)

    def token(self) -> str:
        """As the forms of a page have it."""
        for path in ("/password", LOGIN):
            answer = self.get(path)
            if answer.status_code == 200:
                return html.fromstring(answer.text).xpath("//form//input[@name='token']/@value")[0]
        raise AssertionError("no page has a form")

    def post(self, path: str, values: dict[str, str] | None = None, **given: Any) -> Response:
        return self.client.post(path, data={"token": self.token()} | (values or {}), **given)

    def log_in(self, name: str, password: str = PASSWORD, **values: str) -> Response:
        return self.post(LOGIN, {"name": name, "password": password} | values)

    @property
    def session(self) -> str:
        return self.client.cookies["sayso_80"]


@pytest.fixture(scope="module")
def accounts_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("accounts") / "demo.db.accounts"
    accounts = Accounts(path)
    for role, name in NAMES.items():
        accounts.add(name, role, PASSWORD)
    return path


@pytest.fixture
def office(accounts_file: Path, demo_path: Path, tmp_path: Path) -> Iterator[Office]:
    path = Path(shutil.copy(accounts_file, tmp_path))
    ledger = Path(shutil.copy(demo_path, tmp_path))
    clock = Clock()
    accounts = Accounts(path, clock)
    app = make_app(str(ledger), Staff(accounts, clock))
    yield Office(app, clock, accounts)
    app.state.desk.close()


@pytest.fixture
def keyed(demo_path: Path) -> Iterator[TestClient]:
    """A desk of one user that takes a key."""
    app = make_app(str(demo_path), Alone("mara", KEY))
    yield TestClient(app, base_url="http://127.0.0.1:8460", follow_redirects=False)
    app.state.desk.close()


# Every route


def routes(of: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """All routes; newer FastAPIs keep those of a router that was included within it."""
    for route in of:
        router = getattr(route, "original_router", None)
        yield from [route] if router is None else routes(router.routes)


def changing(app: FastAPI) -> list[APIRoute]:
    """All routes by which something is changed."""
    found = [route for route in routes(app.routes) if set(getattr(route, "methods", None) or ()) - set(SAFE)]
    assert {"/login", "/logout", "/password", "/users", "/decide", "/bring"} <= {route.path for route in found}
    assert all(isinstance(route, APIRoute) for route in found)
    return found


def calls(dependant: Dependant) -> Iterator[Any]:
    for one in dependant.dependencies:
        yield one.call
        yield from calls(one)


def test_every_route_that_changes_something_wants_a_token_and_a_role(office: Office) -> None:
    roles = {needs(role) for role in ROLES}
    for route in changing(office.app):
        depends = set(calls(route.dependant))
        assert posted in depends, f"{route.path} lacks Depends(posted)"
        assert route.path == LOGIN or depends & roles, f"{route.path} lacks Depends(needs(…))"


def test_every_route_that_changes_something_refuses_what_no_page_of_its_session_sent(office: Office) -> None:
    visit = office.visit("admin")
    other = office.visit("admin").token()
    for route in changing(office.app):
        path = re.sub(r"{.*?}", "x", route.path)
        for token in ({}, {"token": ""}, {"token": "0" * 64}, {"token": other}):
            for method in set(route.methods) - set(SAFE):
                office.clock.now += 1
                answer = visit.client.request(method, path, data=token)
                assert answer.status_code == 403, f"{method} {path}: {answer.status_code}"
                assert "not of your present session" in answer.text
    assert visit.get("/users").status_code == 200


ELSEWHERE = (
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": "http://localhost:8000"},
    {"origin": "https://localhost"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "http://localhost", "sec-fetch-site": "cross-site"},
)


def test_what_another_sites_page_sends_is_refused_even_with_the_token(office: Office) -> None:
    visit = office.visit("admin")
    given = {"token": visit.token()}
    for route in changing(office.app):
        for headers in ELSEWHERE:
            answer = visit.client.post(re.sub(r"{.*?}", "x", route.path), data=given, headers=headers)
            assert answer.status_code == 403, (route.path, headers)
            assert "Not from this desk" in answer.text
    assert visit.get("/").status_code == 200


def test_what_a_page_of_the_desk_sends_is_taken(office: Office) -> None:
    visit = office.visit("admin")
    values = {"what": "role", "name": NAMES["reader"], "role": "analyst"}
    given = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
    assert visit.post("/users", values, headers=given).status_code == 303
    assert {a.name: a.role for a in office.accounts.listed()}[NAMES["reader"]] == "analyst"


def test_a_script_sends_the_token_as_a_header(office: Office) -> None:
    visit = office.visit("reader")
    answer = visit.client.post("/logout", headers={"X-Sayso-Token": visit.token()}, json={})
    assert answer.status_code == 303


# Roles

MAY = {
    "see": ("reader", lambda visit: visit.get("/claims")),
    "the API": ("reader", lambda visit: visit.get("/api/claims")),
    "take away": ("reader", lambda visit: visit.get("/download/claims.csv")),
    "own password": ("reader", lambda visit: visit.get("/password")),
    "decide": ("analyst", lambda visit: visit.post("/decide", {"verdict": "confirm", "about": "ffff"})),
    "bring in": ("analyst", lambda visit: visit.post("/bring", {"text": ""})),
    "see users": ("admin", lambda visit: visit.get("/users")),
    "change users": ("admin", lambda visit: visit.post("/users", {"what": "remove", "name": "nobody"})),
}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_its_own_and_what_those_below_it_may(office: Office, role: str) -> None:
    visit = office.visit(role)
    for what, (least, ask) in MAY.items():
        answer = ask(visit)
        assert (answer.status_code == 403) == (ROLES.index(role) < ROLES.index(least)), (what, answer.text)
        assert answer.status_code not in (401, 404, 405) or what == "decide", (what, answer.status_code)


def test_nobody_is_led_to_what_takes_another_role(office: Office) -> None:
    for role in ROLES:
        page = html.fromstring(office.visit(role).get("/claims").text)
        there = [page.xpath(f"//nav[@aria-label='Pages']/a[@href='{to}']") != [] for to in ("/queue", "/bring")]
        assert there == [role != "reader"] * 2


def test_a_role_that_is_changed_holds_at_once(office: Office) -> None:
    visit = office.visit("admin")
    office.accounts.set_role(NAMES["admin"], "reader")
    assert visit.get("/users").status_code == 403
    office.accounts.remove(NAMES["admin"])
    assert visit.get("/claims").status_code == 303


def test_a_decision_is_entered_under_the_name_of_who_is_logged_in(office: Office) -> None:
    visit = office.visit("analyst")
    claim = visit.get("/api/claims").json()["claims"][0]["id"]
    assert visit.post("/decide", {"verdict": "confirm", "about": claim, "user": "somebody else"}).status_code < 400
    assert [row.user for row in office.app.state.desk.ledger().decisions()] == [NAMES["analyst"]]


# Somebody unknown


@pytest.mark.parametrize("path", ["/", "/claims?about=bridge", "/nothing", "/users", "/loginx", "/static"])
def test_somebody_unknown_is_asked_who_it_is_and_then_goes_on(office: Office, path: str) -> None:
    visit = office.visit()
    answer = visit.get(path)
    assert answer.status_code == 303
    page = visit.get(answer.headers["location"])
    going = html.fromstring(page.text).xpath("//input[@name='next']/@value")[0]
    assert going == path
    assert ".db" not in page.text
    assert visit.log_in(NAMES["reader"], next=going).headers["location"] == path


@pytest.mark.parametrize("path", ["/api/claims", "/api/openapi.json", "/download/claims.csv"])
def test_a_program_that_is_unknown_is_told_so(office: Office, path: str) -> None:
    answer = office.visit().get(path)
    assert answer.status_code == 401
    assert "Not logged in" in answer.text


def test_a_part_of_a_page_is_not_replaced_by_the_login(office: Office) -> None:
    answer = office.visit().get("/claims", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["hx-refresh"] == "true"


def test_a_login_leads_nowhere_else(office: Office) -> None:
    visit = office.visit("reader")
    for going in (
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\tx",
        "/\r\nX: y",
        "",
    ):
        assert visit.get(LOGIN, params={"next": going}).headers["location"] == "/", going
    assert office.visit().log_in(NAMES["reader"], next="//evil.example").headers["location"] == "/"


def test_a_link_from_another_site_reaches_who_is_logged_in(office: Office) -> None:
    """The browser brings no cookie with it, and is sent once more from here, when it does."""
    visit = office.visit("reader")
    held = dict(visit.client.cookies)
    for crossing in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {}):
        elsewhere = office.visit()
        answers = [elsewhere.get("/claims", headers=crossing), elsewhere.get("/login?next=/claims", headers=crossing)]
        set_there = "".join(answer.headers.get("set-cookie", "") for answer in answers)
        assert "sayso_80=" not in set_there  # that would end the session
        onward = (
            html.fromstring(answers[1].text).xpath("//meta[@http-equiv='refresh']/@content")[0].partition("url=")[2]
        )
        assert visit.get(onward).headers["location"] == "/claims"
        assert "http-equiv" not in office.visit().get(onward, headers=crossing).text
    assert dict(visit.client.cookies) == held


# Logging in


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    verify = accounts_module.PasswordHasher.verify

    def counted(self: Any, known: str, password: str) -> bool:
        done.append(known.rsplit("$", 2)[0])
        return verify(self, known, password)

    monkeypatch.setattr(accounts_module.PasswordHasher, "verify", counted)
    monkeypatch.setattr(accounts_module.PasswordHasher, "hash", lambda *_: done.append("more work"))
    answers = [office.visit().log_in(name, "not the password") for name in (NAMES["reader"], "nobody")]
    assert [answer.status_code for answer in answers] == [401, 401]
    texts = [re.sub(r'(?<=value=")[0-9a-f]{64}', "", answer.text) for answer in answers]
    assert texts[0] == texts[1]
    assert done == ["$argon2id$v=19$m=65536,t=3,p=4"] * 2  # the same work for both


def test_a_login_begins_a_session_under_a_new_id(office: Office) -> None:
    planted = "p" * 43
    victim, thief = office.visit(), office.visit()
    for visit in (victim, thief):
        for name in ("sayso_80", "sayso_80_form"):
            visit.client.cookies.set(name, planted, domain="localhost.local")
    assert victim.log_in(NAMES["reader"]).status_code == 303
    assert victim.session != planted
    assert victim.get("/claims").status_code == 200
    assert thief.get("/claims").status_code == 303
    first = victim.session
    assert victim.client.post(LOGIN, data={"name": NAMES["reader"], "password": PASSWORD}).status_code == 403
    assert victim.post(LOGIN, {"name": NAMES["reader"], "password": PASSWORD}).status_code == 303
    thief.client.cookies.clear()
    thief.client.cookies.set("sayso_80", first)
    assert thief.get("/claims").status_code == 303  # the first one ended with the second


def test_logging_out_ends_the_session_itself(office: Office) -> None:
    visit = office.visit("reader")
    held = visit.session
    answer = visit.post("/logout")
    assert answer.status_code == 303
    assert re.match(r'sayso_80="";.*Max-Age=0', answer.headers["set-cookie"])
    visit.client.cookies.clear()
    visit.client.cookies.set("sayso_80", held)
    assert visit.get("/claims").status_code == 303


def test_a_session_ends_when_it_is_not_used_and_in_the_end_anyway(office: Office) -> None:
    idle, busy = office.visit("reader"), office.visit("reader")
    begun = office.clock.now
    while office.clock.now < begun + ABSOLUTE - IDLE / 2:
        assert busy.get("/claims").status_code == 200
        office.clock.now += IDLE * 0.75
    assert idle.get("/claims").status_code == 303
    office.clock.now = begun + ABSOLUTE + 1
    assert busy.get("/claims").status_code == 303


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_cookie_is_for_this_desk_alone(office: Office, scheme: str) -> None:
    visit = office.visit(base_url=f"{scheme}://localhost")
    of_forms = visit.get(LOGIN).headers["set-cookie"]
    cookie = visit.log_in(NAMES["reader"]).headers["set-cookie"]
    for given, site in ((of_forms, "lax"), (cookie, "strict")):
        assert "HttpOnly" in given
        assert f"SameSite={site}" in given
        assert "Path=/" in given
        assert "Domain" not in given
        assert ("Secure" in given) == (scheme == "https")
    assert cookie.startswith("__Host-sayso=" if scheme == "https" else "sayso_80=")


def test_guessing_takes_longer_and_longer(office: Office) -> None:
    waits = []
    for _ in range(12):
        answer = office.visit().log_in(NAMES["reader"], "not the password")
        while answer.status_code == 429:
            waits.append(int(answer.headers["retry-after"]))
            office.clock.now += waits[-1]
            answer = office.visit().log_in(NAMES["reader"], "not the password")
        assert answer.status_code == 401
    assert waits == [1, 2, 4, 8, 16, 32, 64]
    assert office.visit().log_in(NAMES["reader"]).status_code == 429  # also the right one waits
    assert office.visit().log_in(NAMES["analyst"]).status_code == 303
    office.clock.now += 5 * 60
    assert office.visit().log_in(NAMES["reader"]).status_code == 303


def test_guessing_at_many_names_takes_longer_too(office: Office) -> None:
    staff: Staff = office.app.state.guard
    for number in range(20):
        assert staff.login(f"nobody {number}", "x", "203.0.113.9") is None
        if number == 10:
            assert staff.login(NAMES["reader"], PASSWORD, "203.0.113.9")  # one's own login pays for nothing
    with pytest.raises(accounts_module.TooSoonError):
        staff.login("nobody else", "x", "203.0.113.9")
    assert staff.login(NAMES["reader"], PASSWORD, "203.0.113.10")


def test_many_guesses_at_once_are_no_more_than_one_after_another() -> None:
    waits = Waits(free=5, most=300, clock=Clock())
    assert [bool(waits.attempt("mara")) for _ in range(8)] == [False] * 5 + [True] * 3


def test_who_asks_for_much_at_once_waits() -> None:
    clock = Clock()
    budget = Budget(size=3, seconds=6, clock=clock)
    assert [budget.spend("mara") for _ in range(4)] == [0, 0, 0, 2]
    assert budget.spend("ivo") == 0
    clock.now += 2
    assert [budget.spend("mara") for _ in range(2)] == [0, 2]


def test_what_is_costly_is_given_out_by_and_by(office: Office) -> None:
    visit = office.visit("reader")
    answers = [visit.get("/compare/x/y").status_code for _ in range(61)]
    assert answers == [404] * 60 + [429]
    assert visit.get("/claims").status_code == 200
    office.clock.now += 1
    assert visit.get("/compare/x/y").status_code == 404


# Accounts


def test_passwords_are_neither_kept_nor_shown(office: Office, capfd: pytest.CaptureFixture[str]) -> None:
    visit = office.visit("admin")
    secret = "a secret of some length"
    visit.post("/users", {"what": "add", "name": "new", "role": "reader", "password": secret})
    visit.post("/users", {"what": "add", "name": "new", "role": "reader", "password": secret})  # refused
    visit.post("/password", {"old": secret, "new": secret})
    visit.log_in("new", secret + "x")
    shown = visit.get("/users").text + visit.get("/password").text + "".join(capfd.readouterr())
    assert "new" in shown
    kept = office.accounts._path.read_bytes()
    for text in (secret, PASSWORD, visit.session):
        assert text not in shown
        assert text.encode() not in kept
    assert "argon2" not in shown
    too_long = visit.post("/password", {"old": secret * 300, "new": secret}).text
    assert secret not in too_long


def test_the_file_is_its_owners_alone(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "fresh.accounts"
    assert Accounts(path).listed() == ()
    assert not path.exists()
    Accounts(path).add("mara", "reader", PASSWORD)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_new_password_ends_other_sessions_and_goes_on_in_a_new_one(office: Office) -> None:
    visit, other = office.visit("reader"), office.visit("reader")
    assert "wrong" in visit.post("/password", {"old": "not the password", "new": "quite some other words"}).text
    assert other.get("/claims").status_code == 200
    assert visit.post("/password", {"old": PASSWORD, "new": "quite some other words"}).status_code == 200
    assert visit.get("/claims").status_code == 200
    assert other.get("/claims").status_code == 303
    assert office.visit().log_in(NAMES["reader"]).status_code == 401


def test_a_password_that_is_changed_while_it_is_checked_opens_nothing(office: Office) -> None:
    name = NAMES["reader"]
    old = office.accounts.stored(name)
    assert old is not None
    new = office.accounts.set_password(name, "quite some other words")
    assert office.accounts.open_session(name, old) is None
    assert office.accounts.open_session(name, new) is not None
    office.accounts.remove(name)
    assert office.accounts.open_session(name, new) is None


def test_an_admin_does_not_shut_himself_out(office: Office) -> None:
    visit = office.visit("admin")
    others = ({"what": "role", "role": "reader"}, {"what": "password", "password": "quite some other words"})
    for values in ({"what": "remove"}, *others):
        assert visit.post("/users", {"name": NAMES["admin"].upper()} | values).status_code == 400
    assert visit.get("/users").status_code == 200


def test_names_that_will_not_do_are_refused(office: Office) -> None:
    for name in ("", " mara", "a  b", "<script>", "a\u202eb", "a\nb", "x" * 65, "mara LIND"):
        with pytest.raises(UsageError, match=r"no name for an account|an account mara LIND already"):
            office.accounts.add(name, "reader", PASSWORD)


def test_passwords_that_will_not_do_are_refused(office: Office) -> None:
    for password in ("x" * 14, "x" * 1001):
        with pytest.raises(UsageError, match="15 to 1000"):
            office.accounts.add("new", "reader", password)
    with pytest.raises(UsageError, match="not be the name"):
        office.accounts.add("a name of length", "reader", "A Name Of Length")
    with pytest.raises(UsageError, match="no role"):
        office.accounts.add("new", "owner", PASSWORD)
    with pytest.raises(NotThereError, match="no account nobody"):
        office.accounts.remove("nobody")


# A desk of one


def test_only_who_has_the_key_comes_in(keyed: TestClient) -> None:
    assert keyed.get("/claims").status_code == 303
    assert keyed.get("/api/claims").status_code == 401
    assert keyed.get("/claims?key=wrong").headers["location"] == "/login?next=%2Fclaims&wrong=1"
    answer = keyed.get(f"/claims?about=x&key={KEY}")
    assert answer.headers["location"] == "/claims?about=x"  # the key stays in nobody's history
    assert answer.headers["set-cookie"].startswith("sayso_8460=")
    assert keyed.get("/claims").status_code == 200
    assert keyed.get("/users").status_code == 404


def test_the_key_may_be_given_by_hand_or_by_a_program(keyed: TestClient) -> None:
    token = html.fromstring(keyed.get(LOGIN).text).xpath("//input[@name='token']/@value")[0]
    assert keyed.post(LOGIN, data={"key": "wrong", "token": token}).status_code == 401
    assert keyed.post(LOGIN, data={"key": KEY, "token": token, "next": "/claims"}).status_code == 303
    assert keyed.get("/claims").status_code == 200
    keyed.cookies.clear()
    assert keyed.get("/api/claims", headers={"Authorization": f"Bearer {KEY}"}).status_code == 200
    assert keyed.get("/api/claims", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_the_key_that_the_browser_is_started_with_opens_once(keyed: TestClient) -> None:
    once = keyed.app.state.guard.once()  # type: ignore[attr-defined]
    assert keyed.get(f"/?key={once}").headers["location"] == "/"
    assert keyed.get("/claims").status_code == 200
    assert keyed.get(f"/?key={once}").headers["location"] == "/"  # a page loaded again, by whoever is in
    keyed.cookies.clear()
    assert "wrong" in keyed.get(f"/?key={once}").headers["location"]


def test_without_a_key_forms_still_bring_a_token(demo_path: Path) -> None:
    app = make_app(str(demo_path), Alone("mara"))
    client = TestClient(app, base_url="http://localhost", follow_redirects=False)
    assert client.get("/claims").status_code == 200
    assert client.post("/decide", data={"verdict": "confirm", "about": "ffff"}).status_code == 403
    app.state.desk.close()


# Every answer

KINDS = ("/", LOGIN, "/nothing", "/users", "/static/desk.css", "/static/none", "/api/claims", "/boom")
FOREIGN = ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:80", "")


@pytest.mark.parametrize("role", [None, "reader"])
def test_every_answer_says_what_the_browser_may_do(office: Office, role: str | None) -> None:
    @office.app.get("/boom")
    def boom() -> None:
        raise RuntimeError("the secret")

    visit = office.visit(role)
    for path in KINDS:
        answers = [visit.get(path), visit.client.post(path), visit.client.put(path)]
        answers.append(visit.get(path, headers={"host": "evil.example"}))
        for answer in answers:
            for name, value in HEADERS.items():
                assert answer.headers.get(name) == value, (path, answer.status_code, name)


def test_another_name_for_this_address_reaches_nothing(office: Office) -> None:
    for host in FOREIGN:
        for path in ("/", LOGIN, "/api/claims", "/static/desk.css"):
            assert office.visit().get(path, headers={"host": host}).status_code == 400, host


def test_the_desk_answers_to_the_names_it_is_given(demo_path: Path) -> None:
    app = make_app(str(demo_path), None, ("desk.example.org",))
    client = TestClient(app, base_url="http://desk.example.org")
    assert client.get("/claims").status_code == 200
    assert client.get("/claims", headers={"host": "localhost"}).status_code == 400
    app.state.desk.close()
