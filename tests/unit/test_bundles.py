"""Case files: what is in them, that another machine can check them, and that nothing in them can be changed."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.ledger.builders import simple
from tests.unit.ledger.test_custody import fill
from tests.unit.tsa import Authority

from sayso import deciding
from sayso.bundles import check_bundle, write_bundle
from sayso.bundles.bag import TOP, Packing
from sayso.config import Limits
from sayso.errors import NotThereError
from sayso.exporting import export
from sayso.ledger import Judgement, Ledger
from sayso.ledger.checking import Verified
from sayso.ledger.stamps import Roots
from sayso.types import Filters

DAY = date(2031, 5, 6)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Path:
    path = tmp_path_factory.mktemp("bundles") / "sayso.db"
    fill(path, authority)
    return path


@pytest.fixture
def held(filled: Path, tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(str(shutil.copy(filled, tmp_path / "copy.db"))) as ledger:
        yield ledger


@pytest.fixture(scope="module")
def bundle(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    with Ledger.open(str(shutil.copy(filled, folder / "copy.db"))) as ledger:
        return made(ledger, folder / "case.zip")


def made(ledger: Ledger, path: Path, **filters: Any) -> Path:
    with path.open("wb") as out:
        write_bundle(ledger, out, Filters(**filters), day=DAY)
    return path


def checked(path: Path, **more: Any) -> Verified:
    return check_bundle(path, more.pop("limits", Limits()), **more)


def files(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename.removeprefix(TOP): archive.read(info) for info in archive.infolist()}


def lines(data: bytes) -> list[Any]:
    return [json.loads(line) for line in data.splitlines()]


def test_a_bundle_is_checked_without_its_ledger(bundle: Path, authority: Authority) -> None:
    done = checked(bundle, roots=Roots.of(authority.root.read_bytes(), "ca.pem"))

    assert done.broken == ()
    assert (done.stamps, done.entries, done.rows > 30) == (1, 21, True)
    assert any("signature checked" in note for note in done.notes)


def test_what_was_chosen_is_there_and_nothing_else(held: Ledger, tmp_path: Path) -> None:
    article = next(held.articles(Filters(outlet="Outlet 1")))
    inside = files(made(held, tmp_path / "case.zip", outlet="Outlet 1"))
    others = [row for row in held.articles() if row.outlet != "Outlet 1"]
    whole = b"".join(inside.values())

    assert [name for name in inside if name.startswith(f"data/bytes/{article.id}")]
    assert {row["id"] for row in lines(inside["data/shown/articles.jsonl"])} == {
        row.id for row in held.articles(Filters(outlet="Outlet 1"))
    }
    assert held.article(article.id).text.encode() in whole
    for row in others:
        assert row.id.encode() not in whole
        assert held.article(row.id).text.encode() not in whole
    assert checked(tmp_path / "case.zip").broken == ()


def test_the_same_ledger_gives_the_same_bytes(filled: Path, tmp_path: Path) -> None:
    made_of = []
    for name in ("one", "two"):
        with Ledger.open(str(shutil.copy(filled, tmp_path / f"{name}.db"))) as ledger:
            made_of.append(made(ledger, tmp_path / f"{name}.zip").read_bytes())

    assert made_of[0] == made_of[1]


def test_the_log_tells_of_a_bundle_with_its_hash(held: Ledger, tmp_path: Path) -> None:
    path = made(held, tmp_path / "case.zip", limit=2)
    with held.reading_all() as connection:
        what, detail = connection.exec_driver_sql("SELECT what, detail FROM log ORDER BY key DESC LIMIT 1").one()

    assert what == "exported"
    assert json.loads(detail)["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_bundle_is_of_one_moment(held: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(made(held, tmp_path / "before.zip"))
    data = Ledger.data

    def meanwhile(self: Ledger, sha256: str) -> bytes:
        with Ledger.open(str(held.path)) as other:
            deciding.decide(other, Judgement("reject", next(other.claims()).id, "ann"))
        monkeypatch.setattr(Ledger, "data", data)
        return data(self, sha256)

    monkeypatch.setattr(Ledger, "data", meanwhile)
    after = files(made(held, tmp_path / "after.zip"))

    assert after["data/shown/claims.jsonl"] == before["data/shown/claims.jsonl"]
    assert files(made(held, tmp_path / "later.zip"))["data/shown/claims.jsonl"] != before["data/shown/claims.jsonl"]


def test_it_is_a_bag_that_sha256sum_checks(bundle: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(tmp_path)
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        done = subprocess.run(["sha256sum", "-c", "--strict", manifest], cwd=tmp_path / TOP, capture_output=True)
        assert done.returncode == 0, done.stdout
    info = (tmp_path / TOP / "bag-info.txt").read_text()
    size = sum(path.stat().st_size for path in (tmp_path / TOP / "data").rglob("*") if path.is_file())
    assert f"Payload-Oxum: {size}." in info
    assert "Bagging-Date: 2031-05-06" in info


def test_the_end_of_the_log_is_found_by_its_hash(bundle: Path) -> None:
    head = checked(bundle).head

    assert checked(bundle, head=head).count == 0
    assert checked(bundle, head="ab" * 32).broken[0].where == "the log"


def test_nothing_to_bundle_is_told_so(held: Ledger, tmp_path: Path) -> None:
    with pytest.raises(NotThereError, match="no article is so"):
        made(held, tmp_path / "case.zip", outlet="Nobody")


def test_exporting_puts_it_in_its_place(held: Ledger, tmp_path: Path) -> None:
    export(held, "bundle", tmp_path / "case.zip", Filters(limit=1))

    assert checked(tmp_path / "case.zip").broken == ()


# Changed bundles


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.floats(0, 1, exclude_max=True),
    change=st.sampled_from(("flip", "remove", "add", "cut")),
    byte=st.integers(1, 255),
)
def test_any_byte_that_is_changed_removed_or_added_is_found(
    place: float, change: str, byte: int, bundle: Path, tmp_path: Path
) -> None:
    data = bytearray(bundle.read_bytes())
    at = int(place * len(data))
    if change == "flip":
        data[at] ^= byte
    elif change == "remove":
        del data[at]
    elif change == "add":
        data.insert(at, byte)
    else:
        del data[at:]
    path = tmp_path / "changed.zip"
    path.write_bytes(data)

    assert checked(path).count >= 1


def test_a_byte_more_at_either_end_is_found(bundle: Path, tmp_path: Path) -> None:
    for number, data in enumerate((b"x" + bundle.read_bytes(), bundle.read_bytes() + b"x")):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(data)
        assert checked(path).count == 1


def forged(bundle: Path, path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The bundle with other files, and with manifests that fit these."""
    inside = files(bundle)
    info = inside.pop("bag-info.txt").decode()
    for name in ("bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"):
        del inside[name]
    change(inside)
    with path.open("wb") as out:
        bag = Packing(out)
        for name, data in inside.items():
            bag.add(name, data)
        bag.close(info.split("Payload-Oxum")[0])
    return path


def a_text(inside: dict[str, bytes]) -> None:
    inside["data/texts/1.txt"] = inside["data/texts/1.txt"].replace(b"shells", b"stones")


def a_claim(inside: dict[str, bytes]) -> None:
    inside["data/rows/claim.jsonl"] = inside["data/rows/claim.jsonl"].replace(b'"asserts"', b'"denies"', 1)


def no_claim(inside: dict[str, bytes]) -> None:
    inside["data/rows/claim.jsonl"] = b"\n".join(inside["data/rows/claim.jsonl"].split(b"\n")[1:])


def a_claim_more(inside: dict[str, bytes]) -> None:
    last = lines(inside["data/rows/claim.jsonl"])[-1] | {"key": 1000}
    inside["data/rows/claim.jsonl"] += json.dumps(last, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def the_bytes(inside: dict[str, bytes]) -> None:
    name = next(name for name in inside if name.startswith("data/bytes/"))
    inside[name] += b"x"


def no_bytes(inside: dict[str, bytes]) -> None:
    del inside[next(name for name in inside if name.startswith("data/bytes/"))]


def an_entry(inside: dict[str, bytes]) -> None:
    inside["data/log.jsonl"] = inside["data/log.jsonl"].replace(b'"who":"mara"', b'"who":"ivo"', 1)


def no_entry(inside: dict[str, bytes]) -> None:
    entries = inside["data/log.jsonl"].split(b"\n")
    inside["data/log.jsonl"] = b"\n".join([*entries[:5], *entries[6:]])


def the_end(inside: dict[str, bytes]) -> None:
    entries = inside["data/log.jsonl"].split(b"\n")
    inside["data/log.jsonl"] = b"\n".join([*entries[:-2], b""])


def a_reading(inside: dict[str, bytes]) -> None:
    name = next(name for name in inside if name.startswith("data/blobs/"))
    inside[name] = inside[name][:-1] + b"x"


def a_decision(inside: dict[str, bytes]) -> None:
    inside["data/rows/decision.jsonl"] = inside["data/rows/decision.jsonl"].replace(b"caption", b"picture")


def a_stamp(inside: dict[str, bytes]) -> None:
    row = inside["data/rows/stamp.jsonl"].replace(b'"log_key":3', b'"log_key":4')
    inside["data/rows/stamp.jsonl"] = row


FORGED = [
    *(a_text, a_claim, no_claim, a_claim_more, the_bytes, no_bytes, an_entry, no_entry, the_end, a_reading),
    *(a_decision, a_stamp),
]


@pytest.mark.parametrize("change", FORGED, ids=lambda change: change.__name__)
def test_what_was_changed_with_its_manifests_is_found_by_the_log(
    change: Callable[[dict[str, bytes]], None], bundle: Path, tmp_path: Path
) -> None:
    path = forged(bundle, tmp_path / "forged.zip", change)

    assert files(path) != files(bundle)
    assert checked(path).count >= 1


def test_a_bundle_written_again_as_it_was_is_sound(bundle: Path, tmp_path: Path) -> None:
    assert checked(forged(bundle, tmp_path / "same.zip", lambda inside: None)).count == 0


# Hostile bundles


def archive_of(path: Path, *members: tuple[zipfile.ZipInfo | str, bytes], pack: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", pack) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def link_to(target: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(f"{TOP}data/link")
    member.external_attr = 0o120777 << 16
    member.create_system = 3
    member.comment = target.encode()
    return member


@pytest.mark.parametrize(
    ("members", "pack"),
    [
        ([("../../etc/passwd", b"x")], zipfile.ZIP_STORED),
        ([(f"{TOP}data/../../x", b"x")], zipfile.ZIP_STORED),
        ([("/etc/passwd", b"x")], zipfile.ZIP_STORED),
        ([(link_to("/etc/passwd"), b"/etc/passwd")], zipfile.ZIP_STORED),
        ([(f"{TOP}data/bomb", b"\0" * 10_000_000)], zipfile.ZIP_DEFLATED),
        ([], zipfile.ZIP_STORED),
    ],
    ids=["above", "within", "absolute", "link", "bomb", "empty"],
)
def test_an_archive_that_is_no_bundle_is_refused(
    members: list[tuple[zipfile.ZipInfo | str, bytes]], pack: int, tmp_path: Path
) -> None:
    before = set(tmp_path.iterdir())
    path = archive_of(tmp_path / "hostile.zip", *members, pack=pack)

    done = checked(path)

    assert done.count == 1
    assert done.broken[0].where == "the file"
    assert set(tmp_path.iterdir()) == before | {path}


@pytest.mark.parametrize("data", [b"", b"PK", b"no archive at all", b"PK\5\6" + b"\xff" * 18])
def test_a_file_that_is_no_archive_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.zip"
    path.write_bytes(data)

    assert checked(path).count == 1


def test_what_is_too_large_is_refused(bundle: Path) -> None:
    assert "limit file_bytes" in checked(bundle, limits=replace(Limits(), file_bytes=1000)).broken[0].said


@pytest.mark.parametrize(
    "about", [b"{}", b"[" * 100_000, b'{"is_masked": 1}', b"null", b"\xff", b'{"a": ' * 5_000], ids=range(6)
)
def test_a_bundle_that_says_nonsense_of_itself_is_broken(about: bytes, bundle: Path, tmp_path: Path) -> None:
    def change(inside: dict[str, bytes]) -> None:
        inside["data/about.json"] = about

    assert checked(forged(bundle, tmp_path / "forged.zip", change)).count >= 1


@pytest.mark.parametrize("line", [b"{}", b"[]", b'{"key": 1}', b'{"key": "x", "content": 7}', b"[" * 100_000])
@pytest.mark.parametrize("name", ["data/log.jsonl", "data/rows/claim.jsonl", "data/rows/stamp.jsonl"])
def test_lines_that_are_none_of_ours_are_broken(name: str, line: bytes, bundle: Path, tmp_path: Path) -> None:
    def change(inside: dict[str, bytes]) -> None:
        inside[name] = line + b"\n" + inside[name]

    assert checked(forged(bundle, tmp_path / "forged.zip", change)).count >= 1


def test_a_bundle_of_a_ledger_with_much_more_shows_nothing_of_the_rest(held: Ledger, tmp_path: Path) -> None:
    held.store(*simple(77, claimant="Secret Source", outlet="Hidden Post"))
    inside = files(made(held, tmp_path / "case.zip", outlet="Outlet 1"))

    assert b"Secret" not in b"".join(inside.values())
    assert b"Hidden" not in b"".join(inside.values())
    withheld = [entry for entry in lines(inside["data/log.jsonl"]) if entry.keys() == {"key", "content"}]
    assert len(withheld) == json.loads(inside["data/about.json"])["entries_withheld"] > 0
