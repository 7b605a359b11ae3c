"""Time stamps: an authority on this machine, and what is made of its answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.ledger.builders import simple
from tests.unit.tsa import Authority, serving

from sayso.config import Config
from sayso.errors import SaysoError, UsageError
from sayso.ledger import Ledger
from sayso.ledger.stamps import Roots
from sayso.stamping import stamp
from sayso.verifying import check_ledger


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture
def held(tmp_path: Path) -> Ledger:
    with Ledger.open(str(tmp_path / "sayso.db")) as ledger:
        ledger.store(*simple())
    return Ledger.open(str(tmp_path / "sayso.db"))


def roots(authority: Authority) -> Roots:
    return Roots.of(authority.root.read_bytes(), "ca.pem")


def test_the_end_of_the_log_is_stamped_and_checked_by_the_authoritys_root(held: Ledger, authority: Authority) -> None:
    with held, serving(lambda query: (200, authority.answer(query))) as url:
        key, stamped = stamp(held, url, roots(authority))
        held.store(*simple(2))
    config = Config(ledger=str(held.path))

    done = check_ledger(config, roots=roots(authority))
    assert (key, stamped.authority) == (2, "CN=Clock of Kestavia")
    assert (done.count, done.stamps) == (0, 1)
    assert "signature checked" in done.notes[0]
    assert "signature not checked" in check_ledger(config).notes[0]


def test_a_stamp_by_another_authority_does_not_hold(held: Ledger, authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Authority(tmp_path / "other")
    with held:
        with serving(lambda query: (200, other.answer(query))) as url:
            with pytest.raises(SaysoError, match=r"signature that does not hold.*Nothing was kept"):
                stamp(held, url, roots(authority))
            stamp(held, url)
        done = check_ledger(Config(ledger=str(held.path)), roots=roots(authority))

    assert [b.where for b in done.broken] == ["time stamp 1"]
    assert "signature that does not hold" in done.broken[0].said


def test_a_stamp_of_something_else_is_found(held: Ledger, authority: Authority) -> None:
    with held:
        held.keep_stamp(2, "https://tsa.example", authority.stamp("ab" * 32))
    done = check_ledger(Config(ledger=str(held.path)), roots=roots(authority))

    assert [b.said for b in done.broken] == ["stamps something else than the entry's hash"]


@pytest.mark.parametrize(
    ("status", "data", "said"),
    [
        (500, b"", "it answered 500"),
        (302, b"", "it answered 302"),
        (200, b"no stamp", "no time stamp from"),
        (200, b"\0" * (2 << 20), "more than"),
    ],
)
def test_what_is_no_stamp_is_not_kept(held: Ledger, status: int, data: bytes, said: str) -> None:
    with held, serving(lambda _: (status, data)) as url:
        with pytest.raises(SaysoError, match=said):
            stamp(held, url)
        with held.reading_all() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM stamp").scalar() == 0


def test_an_answer_to_another_request_is_not_kept(held: Ledger, authority: Authority) -> None:
    with held:
        with held.reading_all() as connection:
            hashed = connection.exec_driver_sql("SELECT hash FROM log ORDER BY key DESC LIMIT 1").scalar()
        old = authority.stamp(str(hashed))
        with serving(lambda _: (200, old)) as url, pytest.raises(SaysoError, match="another request"):
            stamp(held, url)


def test_nobody_at_home_is_told_so(held: Ledger) -> None:
    with held, pytest.raises(SaysoError, match="no time stamp from"):
        stamp(held, "http://127.0.0.1:9/")


NO_ADDRESSES = ["http://[", "http://tsa.example/ü", "http://tsa.example:99999/", "http://a..b/"]


@pytest.mark.parametrize("url", ["ftp://tsa.example", "tsa.example", "file:///etc/passwd", *NO_ADDRESSES])
def test_what_is_no_address_of_an_authority_is_refused(held: Ledger, url: str) -> None:
    with held, pytest.raises(UsageError, match="expected the address of an authority"):
        stamp(held, url)


@pytest.mark.parametrize("pem", [b"no certificate", b""])
def test_a_file_without_a_root_is_refused(pem: bytes) -> None:
    with pytest.raises(UsageError, match="expected"):
        Roots.of(pem, "ca.pem")
