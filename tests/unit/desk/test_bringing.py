"""Bringing in: the real pages, the real reader and a real ledger; whatever is sent, harmless, and nothing lost."""

from __future__ import annotations

import errno
import gzip
import io
import os
import re
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from sayso.config import Config, Limits
from sayso.desk import examples
from sayso.desk.app import make_app
from sayso.desk.bringing import Given, Job, Jobs
from sayso.desk.held import Desk
from sayso.errors import SaysoError, UsageError
from sayso.ledger import Ledger

TEXT = "Talks at the dam\n\nThe governor of Orvane said on Monday that at least 12 people were killed at the dam."
SMALL = Limits(upload_bytes=200_000, upload_files=5, text_chars=5_000, ratio=50)
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("brought") / "new.db"


@pytest.fixture(scope="module")
def desk(path: Path) -> Iterator[TestClient]:
    """A desk whose ledger isn't there yet."""
    yield from opened(path)


def opened(path: Path, limits: Limits = SMALL) -> Iterator[TestClient]:
    app = make_app(str(path), config=Config(ledger=str(path), places="", limits=limits))
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as asked:
        yield asked
    app.state.desk.close()


def token(desk: TestClient) -> str:
    (found,) = set(
        html.fromstring(desk.get("/bring").text).xpath("//form[@action='/bring']/input[@name='token']/@value")
    )
    return str(found)


def send(desk: TestClient, files: dict[str, bytes] | None = None, **fields: str) -> Any:
    parts = [("files", (name, io.BytesIO(data))) for name, data in (files or {}).items()]
    return desk.post("/bring", data={"token": token(desk)} | fields, files=parts or [("files", ("", b""))])


def finished(desk: TestClient, answer: Any) -> dict[str, Any]:
    """The job that an answer leads to, once it is over."""
    assert answer.status_code == 303, answer.text
    end = time.monotonic() + 60
    while time.monotonic() < end:
        job: dict[str, Any] = desk.get(answer.headers["location"].replace("/bring/", "/api/job/")).json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.05)
    raise AssertionError("not over after a minute")


def left(path: Path) -> list[str]:
    folder = path.with_name(f"{path.name}.incoming")
    return [str(one) for one in folder.rglob("*")] if folder.exists() else []


def one_file(data: bytes = TEXT.encode()) -> Given:
    return Given((("a.txt", io.BytesIO(data)),), "1 file")


def broken(folder: Path) -> Path:
    path = folder / "broken.db"
    path.write_bytes(b"no ledger at all" * 100)
    return path


def over(jobs: Jobs, id: str) -> Job:
    end = time.monotonic() + 60
    while jobs.job(id).running:
        assert time.monotonic() < end
        time.sleep(0.01)
    return jobs.job(id)


def test_an_empty_ledger_leads_to_bringing_in_and_a_pasted_text_is_read(desk: TestClient, path: Path) -> None:
    assert html.fromstring(desk.get("/").text).xpath("//main//a[@href='/bring']")
    page = html.fromstring(desk.get("/bring").text)
    assert page.xpath("//form[@action='/bring/examples']")
    assert not path.exists()

    answer = send(desk, text=TEXT, outlet="The Harbour Post", published="2031-03-02")
    job = finished(desk, answer)

    assert job["counts"] == {"read": 1}
    (told,) = job["told"]
    article = desk.get(f"/api/article/{told['article']}").json()["article"]
    assert (article["outlet"], article["published"], article["location"]) == (
        "The Harbour Post",
        "2031-03-02",
        "pasted text",
    )
    assert desk.get("/api/claims?about=killed").json()["total"] == 1
    shown = html.fromstring(desk.get(answer.headers["location"]).text)
    assert shown.xpath(f"//a[@href='/article/{told['article']}']")
    assert desk.get("/api/home").json()["waiting"] == 0  # it is linked, too
    assert left(path) == []
    assert desk.get("/api/jobs").json()["jobs"][0]["id"] == job["id"]
    assert finished(desk, send(desk, text=TEXT))["counts"] == {"known": 1}


def test_a_title_of_its_own_becomes_the_title(desk: TestClient) -> None:
    job = finished(desk, send(desk, text="The mayor said that nobody was hurt.", title="Calm at the weir"))
    assert (job["what"], job["told"][0]["title"]) == ("Calm at the weir", "Calm at the weir")


def test_names_of_files_are_texts_and_lead_nowhere(desk: TestClient, path: Path) -> None:
    names = ["../../../evil.txt", "C:\\temp\\..\\win.txt", "a\r\nX-Header: b.txt", "nul\x00.txt", "\u202egnp.txt"]
    before = set(path.parent.rglob("*"))
    answer = send(desk, {name: f"{TEXT} {number}".encode() for number, name in enumerate(names)})
    job = finished(desk, answer)
    locations = [one["location"] for one in job["told"]]
    assert len(locations) == len(names)
    assert locations[:2] == ["evil.txt", "win.txt"]
    assert not any(".." in one.split("/") or CONTROLS.search(one) or "\n" in one for one in locations)
    assert {one for one in path.parent.rglob("*") if "new.db" not in one.name} <= before
    assert not CONTROLS.search(html.fromstring(desk.get(answer.headers["location"]).text).text_content())
    assert not CONTROLS.search(desk.get("/bring").text)


def test_a_folder_keeps_its_paths_and_equal_names_stay_apart(desk: TestClient) -> None:
    parts = [
        ("folder", (name, f"{TEXT} {n}f".encode())) for n, name in enumerate(["in/a/x.txt", "in/b/x.txt", "in/b/x.txt"])
    ]
    job = finished(desk, desk.post("/bring", data={"token": token(desk)}, files=parts))
    assert [one["location"] for one in job["told"]] == ["in/a/x.txt", "in/b/x.txt", "in/b/x.txt (2)"]


def test_what_cannot_be_read_is_shown_with_its_reason(desk: TestClient) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", b"0" * 8_000_000)
        archive.writestr("../out.txt", TEXT)
        archive.writestr("good.txt", TEXT + " In a zip.")
    files = {
        "bomb.zip": bomb.getvalue(),
        "bomb.txt.gz": gzip.compress(b"0" * 8_000_000),
        "noise.bin": bytes(range(256)) * 8,
        "empty.txt": b"",
        "page.html": b"<html><body><script>alert(1)</script></body></html>",
    }
    answer = send(desk, files)
    job = finished(desk, answer)
    assert job["counts"]["read"] == 1
    reasons = {one["location"]: one["reason"] for one in job["set_aside"]}
    assert {"bomb.zip!/zeros.txt", "bomb.txt.gz", "noise.bin", "empty.txt", "page.html"} <= set(reasons)
    assert "ratio" in reasons["bomb.txt.gz"]
    page = html.fromstring(desk.get(answer.headers["location"]).text).text_content()
    assert all(reason in page for reason in reasons.values())
    assert {one["location"] for one in desk.get("/api/quarantine").json()["rows"]} >= set(reasons)


@pytest.mark.parametrize(
    ("files", "fields", "status", "said"),
    [
        ({"big.txt": b"x" * 300_000}, {}, 413, "more than 200,000 bytes were sent"),
        ({f"{n}.txt": b"x" for n in range(7)}, {}, 400, "Too many files"),
        ({f"{n}.txt": b"x" for n in range(6)}, {}, 400, "6 files at once, over the limit upload_files of 5"),
        ({}, {"text": "x" * 6_000}, 400, "over the limit text_chars of 5,000"),
        ({}, {"text": "x" * 25_000}, 400, "maximum size"),
        ({}, {}, 400, "nothing was given"),
        ({}, {"text": "  \n "}, 400, "nothing was given"),
        ({"a.txt": b"x"}, {"published": "yesterday"}, 400, "expected a date such as"),
        ({"a.txt": b"x"}, {"outlet": "x" * 301}, 400, "The outlet has 301 characters"),
    ],
)
def test_too_much_and_what_makes_no_sense_is_refused_in_words(
    desk: TestClient, path: Path, files: dict[str, bytes], fields: dict[str, str], status: int, said: str
) -> None:
    before = desk.get("/api/jobs").json()
    answer = send(desk, files, **fields)
    assert answer.status_code == status
    assert said in html.fromstring(answer.text).findtext(".//p[@class='lead']")
    assert desk.get("/api/jobs").json() == before
    assert left(path) == []


def test_without_the_token_of_the_session_nothing_is_taken(desk: TestClient) -> None:
    for address in ("/bring", "/bring/examples"):
        assert desk.post(address, data={"text": TEXT, "token": "wrong"}).status_code == 403
        assert desk.post(address, data={"text": TEXT}).status_code == 403


def test_two_at_once_are_both_read_one_after_the_other(desk: TestClient) -> None:
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda n: send(desk, {f"{n}.txt": f"{TEXT} At once {n}.".encode()}), range(2)))
    jobs = [finished(desk, answer) for answer in answers]
    assert [job["counts"] for job in jobs] == [{"read": 1}, {"read": 1}]
    assert jobs[0]["id"] != jobs[1]["id"]


def test_a_stopped_desk_goes_on_where_it_was_when_it_starts_again(tmp_path: Path) -> None:
    path, place = tmp_path / "stopped.db", examples.folder()
    assert place is not None
    for desk in opened(path, Limits()):
        form = {"token": html.fromstring(desk.get("/bring").text).xpath("//input[@name='token']/@value")[0]}
        at = desk.post("/bring/examples", data=form).headers["location"]
        while not desk.get(at.replace("/bring/", "/api/job/")).json()["counts"]:
            time.sleep(0.01)
        page = html.fromstring(desk.get(at).text)
        assert page.xpath("//progress")
        assert page.xpath(f"//*[@id='job' and @hx-get='{at}']")
        assert page.xpath("//noscript/meta[@http-equiv='refresh']")
        assert desk.get("/claims").status_code == 200
    with Ledger.open(str(path)) as ledger:
        assert 0 < len(list(ledger.articles())) < 18
    assert left(path)
    unfinished = path.with_name("stopped.db.incoming") / ".half"
    unfinished.mkdir()

    for desk in opened(path, Limits()):
        while desk.get(at.replace("/bring/", "/api/job/")).json()["state"] != "done":
            time.sleep(0.05)
        assert desk.get("/api/home").json()["counts"]["articles"] == 18
        assert desk.get("/api/home").json()["waiting"] == 0
        assert "Vennath" in {row["place"] for row in desk.get("/api/stories").json()["stories"] if row["lat"]}
        assert not html.fromstring(desk.get("/bring").text).xpath("//form[@action='/bring/examples']")
    assert left(path) == []


def test_a_disk_that_takes_nothing_is_told_before_anything_is_promised(tmp_path: Path) -> None:
    (tmp_path / "full.db.incoming").write_text("no folder")
    jobs = Jobs(Desk(str(tmp_path / "full.db")), Config())
    with pytest.raises(SaysoError, match=r"cannot keep what was brought in at .*Nothing was taken"):
        jobs.add(one_file(b"x"), "mara")
    jobs.close()
    assert jobs.all() == ()


def test_what_the_disk_does_not_hold_is_not_promised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(at: int) -> None:
        raise OSError(errno.EIO, "the disk is broken")

    path = tmp_path / "unsynced.db"
    jobs = Jobs(Desk(str(path)), Config())
    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(SaysoError, match=r"the disk is broken\. Nothing was taken"):
        jobs.add(one_file(b"x"), "mara")
    jobs.close()
    assert (jobs.all(), left(path)) == ((), [])


def test_of_two_desks_one_brings_in_and_the_other_says_so(tmp_path: Path) -> None:
    path = tmp_path / "two.db"
    first, second = (Jobs(Desk(str(path)), Config(places="")) for _ in range(2))
    job = first.add(one_file(), "mara")
    unfinished = path.with_name("two.db.incoming") / ".half"
    unfinished.mkdir()
    second.resume()
    assert second.all() == ()
    assert unfinished.exists()
    with pytest.raises(UsageError, match="another sayso desk brings reports into this ledger"):
        second.add(one_file(), "ivo")
    over(first, job.id)
    first.close()

    later = second.add(one_file(), "ivo")
    assert over(second, later.id).counts == {"known": 1}
    with pytest.raises(UsageError, match="only what has failed"):
        second.give_up(later.id)
    second.close()
    assert left(path) == []


def test_what_fails_is_tried_three_times_and_can_be_given_up(tmp_path: Path) -> None:
    path = broken(tmp_path)
    first = Jobs(Desk(str(path)), Config(places=""))
    id = first.add(one_file(), "mara").id
    said = [over(first, id).said or ""]
    first.close()
    for _ in range(2):
        again = Jobs(Desk(str(path)), Config(places=""))
        again.resume()
        said.append(over(again, id).said or "")
        again.close()
    assert ["is tried again when" in one for one in said] == [True, True, False]

    path.unlink()  # it would be read now
    for desk in opened(path):
        assert desk.get(f"/api/job/{id}").json()["said"] == said[2]
        (form,) = html.fromstring(desk.get(f"/bring/{id}").text).xpath("//form[@action][.//button[@name='give-up']]")
        assert desk.post(form.action, data={"token": "wrong"}).status_code == 403
        assert left(path)
        assert desk.post(form.action, data=dict(form.form_values())).headers["location"] == "/bring"
        assert desk.get(f"/bring/{id}").status_code == 404
    assert left(path) == []


def test_what_is_kept_is_bounded_with_what_has_failed(tmp_path: Path) -> None:
    path = broken(tmp_path)
    jobs = Jobs(Desk(str(path)), Config(places="", limits=Limits(upload_bytes=1_000)))
    for _ in range(2):
        over(jobs, jobs.add(one_file(b"x" * 1_200), "mara").id)
    before = left(path)
    with pytest.raises(UsageError, match="more than 4,000 bytes would be kept"):
        jobs.add(one_file(b"x" * 1_200), "mara")
    assert left(path) == before
    jobs.give_up(jobs.all()[0].id)
    assert over(jobs, jobs.add(one_file(b"x" * 1_200), "mara").id).state == "failed"
    jobs.close()


def test_a_ledger_that_cannot_be_used_fails_the_job_and_keeps_what_was_brought(tmp_path: Path) -> None:
    path = broken(tmp_path)
    jobs = Jobs(Desk(str(path)), Config(places=""))
    job = jobs.add(Given((("a.txt", io.BytesIO(TEXT.encode())),), "1 file"), "mara")
    while jobs.job(job.id).running:
        time.sleep(0.01)
    failed = jobs.job(job.id)
    jobs.close()
    assert failed.state == "failed"
    assert "is kept" in (failed.said or "")
    (kept,) = [Path(one) for one in left(path) if one.endswith("/0")]
    assert kept.read_bytes() == TEXT.encode()

    path.unlink()
    again = Jobs(Desk(str(path)), Config(places=""))
    again.resume()
    while again.job(job.id).running:
        time.sleep(0.01)
    again.close()
    assert again.job(job.id) == replace(
        failed, state="done", said=None, done=1, counts={"read": 1}, told=again.job(job.id).told, linked=1, to_link=1
    )
    assert left(path) == []
