from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from tests.unit.cli.conftest import Sayso

from sayso import desk
from sayso.config import Config
from sayso.desk.accounts import Accounts
from sayso.desk.serving import Served, listen
from sayso.errors import NotThereError, UsageError
from sayso.ledger import Ledger


def test_it_serves_the_ledger_until_it_is_interrupted(made_once: Path, tmp_path: Path) -> None:
    words = ["-m", "sayso", "desk", "--ledger", str(made_once), "--port", "0", "--no-open", "--no-key"]
    running = subprocess.Popen(
        [sys.executable, *words], cwd=tmp_path, stderr=subprocess.PIPE, text=True, env=os.environ
    )
    with running:
        said = running.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said).group()
        with urllib.request.urlopen(f"{address}api/home", timeout=60) as answer:
            assert b'"articles"' in answer.read()
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 0
        assert running.stderr.read() == ""


def test_a_missing_extra_names_the_command_that_installs_it(
    sayso: Sayso, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(desk, "_NEEDED", ("fastapi", "no_such_module"))
    with pytest.raises(
        UsageError, match=re.escape("no_such_module, not installed here. Install it with: pip install 'sayso[desk]'")
    ):
        sayso("desk", "--no-open")


def test_what_is_no_ledger_is_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no ledger at all, but long enough to be read as one" * 20)
    with pytest.raises(Exception, match=r"not a ledger"), listen(Config(ledger=str(path)), Served(port=0)):
        pass


def test_a_port_that_is_taken_is_said_and_another_is_found_where_none_was_asked_for(
    made_once: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port}"), listen(Config(ledger=str(made_once)), Served(port=port)):
            pass
        monkeypatch.setattr("sayso.desk.serving.PORT", port)
        with listen(Config(ledger=str(made_once)), Served()) as listening:
            assert listening.at.getsockname()[1] != port


def test_a_ledger_that_is_not_there_yet_is_no_mistake(tmp_path: Path) -> None:
    with listen(Config(ledger=str(tmp_path / "none.db")), Served(port=0)) as listening:
        assert listening.address.startswith("http://127.0.0.1:")


PASSWORD = b"seven grey herons at dusk\n"


@pytest.fixture
def running(made_once: Path, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Starts a desk for a ledger with the words given, and says what it says."""
    started: list[subprocess.Popen[str]] = []

    def start(*words: str) -> str:
        command = [sys.executable, "-m", "sayso", "desk", "--port", "0", "--no-open", *words]
        environ = os.environ | {"SAYSO_LEDGER": str(made_once), "SAYSO_USER": "mara"}
        process = subprocess.Popen(command, cwd=tmp_path, env=environ, stderr=subprocess.PIPE, text=True)
        started.append(process)
        return process.stderr.readline()

    yield start
    for process in started:
        with process:
            process.send_signal(signal.SIGINT)


@pytest.fixture
def shared(made_once: Path, tmp_path: Path, sayso: Sayso, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger with the account of an analyst."""
    path = Path(shutil.copy(made_once, tmp_path / "shared.db"))
    monkeypatch.setenv("SAYSO_LEDGER", str(path))
    assert sayso("desk", "users", "add", "mara", "--role", "analyst", stdin=PASSWORD).exit_code == 0
    return path


def test_other_users_of_the_machine_lack_the_key_that_it_says(running: Callable[..., str]) -> None:
    address, key = re.search(r"(http://127\.0\.0\.1:\d+/)\?key=([\w-]{43}) until", running()).groups()
    with (
        httpx.Client(timeout=60, base_url=address) as other,
        httpx.Client(timeout=60, base_url=address, follow_redirects=True) as own,
    ):
        assert other.get("/api/home").status_code == 401
        assert other.get("/").status_code == 303
        assert own.get(f"/?key={key}").status_code == 200
        assert own.get("/api/home").status_code == 200


def test_others_are_served_only_when_there_are_accounts(sayso: Sayso, made_once: Path) -> None:
    for words in (("--host", "0.0.0.0"), ("--host", "192.0.2.1"), ("--proxy", "127.0.0.1")):
        with pytest.raises(UsageError, match=r"there are no accounts\. Add the first with: sayso desk users add"):
            sayso("desk", "--ledger", made_once, "--no-open", *words)


def test_how_others_are_served_is_said_where_it_cannot_be(sayso: Sayso, shared: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--allow-host NAME"):
        sayso("desk", "--host", "0.0.0.0")
    with pytest.raises(UsageError, match="go together"):
        sayso("desk", "--certificate", "desk.pem")
    (tmp_path / "desk.pem").write_text("none")
    with pytest.raises(UsageError, match=r"cannot use desk\.pem"):
        sayso("desk", "--certificate", "desk.pem", "--private-key", "desk.pem")
    with pytest.raises(UsageError, match=r"port \d+ of 192\.0\.2\.1"):  # no address of this machine
        sayso("desk", "--host", "192.0.2.1", "--no-open")


def test_accounts_are_added_listed_changed_and_removed(sayso: Sayso, shared: Path) -> None:
    accounts = Accounts.of(shared)
    listed = sayso("desk", "users", "list").stdout
    assert re.fullmatch(r"analyst   \d{4}-\d\d-\d\d  mara\n", listed)
    assert accounts.verified("mara", PASSWORD.decode().strip(), accounts.decoy())
    assert sayso("desk", "users", "passwd", "mara", stdin=b"other words, as many\n").exit_code == 0
    assert accounts.verified("MARA", "other words, as many", accounts.decoy())
    assert sayso("desk", "--ledger", shared, "users", "remove", "mara").exit_code == 0
    assert "no accounts yet" in sayso("desk", "users", "list").stderr
    with pytest.raises(NotThereError, match="no account mara"):
        sayso("desk", "users", "remove", "mara")
    with pytest.raises(UsageError, match="15 to 1000"):
        sayso("desk", "users", "add", "mara", stdin=b"short\n")


def log_in(address: str, **headers: str) -> httpx.Response:
    with httpx.Client(timeout=60, base_url=address, headers=headers) as client:
        page = client.get("/login")
        name, _, value = page.headers["set-cookie"].partition(";")[0].partition("=")
        token = re.search(r'name="token" value="(\w+)"', page.text).group(1)
        given = {"name": "mara", "password": PASSWORD.decode().strip(), "token": token}
        return client.post("/login", data=given, headers={"Cookie": f"{name}={value}"})


def test_only_a_proxy_that_is_named_is_believed_that_there_is_tls(running: Callable[..., str], shared: Path) -> None:
    for words, secure in ((("--proxy", "127.0.0.1"), True), (("--proxy", "192.0.2.1"), False), ((), False)):
        address = re.search(r"http://\S+", running("--ledger", str(shared), *words)).group()
        answer = log_in(address, **{"X-Forwarded-Proto": "https"})
        assert answer.status_code == 303, answer.text
        assert ("Secure" in answer.headers["set-cookie"]) == secure


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the command openssl")
def test_with_a_certificate_it_is_served_by_tls(running: Callable[..., str], shared: Path, tmp_path: Path) -> None:
    made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]
    named = [
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        "key.pem",
        "-out",
        "cert.pem",
    ]
    subprocess.run(["openssl", *made, *named], cwd=tmp_path, check=True, capture_output=True)
    said = running("--ledger", str(shared), "--certificate", "cert.pem", "--private-key", "key.pem")
    address = re.search(r"https://127\.0\.0\.1:\d+/", said).group()
    trusted = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
    with httpx.Client(timeout=60, base_url=address, verify=trusted) as client:
        answer = client.get("/login")
    assert answer.status_code == 200
    assert answer.headers["set-cookie"].startswith("__Host-sayso_form=")
    assert "Secure" in answer.headers["set-cookie"]


def test_one_decides_by_the_name_that_is_set(running: Callable[..., str], made_once: Path, tmp_path: Path) -> None:
    path = shutil.copy(made_once, tmp_path / "own.db")
    address = re.search(r"http://\S+", running("--ledger", str(path), "--no-key")).group()
    with httpx.Client(timeout=60, base_url=address) as client:
        claim = client.get("/api/claims").json()["claims"][0]["id"]
        page = client.get(f"/claim/{claim}")
        token = re.search(r'name="token" value="(\w+)"', page.text).group(1)
        said = {"verdict": "confirm", "about": claim, "token": token}
        assert client.post("/decide", data=said).status_code in (200, 303)
    with Ledger.open(str(path)) as ledger:
        assert [row.user for row in ledger.decisions()] == ["mara"]


@pytest.mark.parametrize("host", ["::1", "[::1]", "127.0.0.2", "localhost"])
def test_any_address_of_this_machine_s_own_is_served_to_its_user(running: Callable[..., str], host: str) -> None:
    if ":" in host and not _has_ipv6():
        pytest.skip("this machine has no IPv6")
    address, key = re.search(r"(http://\S+/)\?key=([\w-]{43}) until", running("--host", host)).groups()
    with httpx.Client(timeout=60, base_url=address, follow_redirects=True) as own:
        assert own.get(f"/?key={key}").status_code == 200
        assert own.get("/api/home").status_code == 200
        assert own.get("/api/home", headers={"host": "[::2]"}).status_code == 400


def _has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def test_how_an_address_is_called_in_a_browser() -> None:
    assert Served(host="2001:DB8:0::5").hosts == ("[2001:db8::5]",)
    assert Served(host="::", names=("desk.example.org", "2001:db8::5")).hosts == ("desk.example.org", "[2001:db8::5]")
    assert Served(host="::").hosts == Served(host="0.0.0.0").hosts == ()
    assert not Served(host="::").loopback
    assert Served(host="::1").loopback
