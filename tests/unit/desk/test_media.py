from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from tests.unit.desk.conftest import SCRIPT, client
from tests.unit.ledger.builders import Builder, received
from tests.unit.media.making import drawing, encoded, picture, with_exif

from sayso import attaching
from sayso.config import Config
from sayso.desk.app import make_app
from sayso.ledger import Ledger
from sayso.media_types import Sighting

PAGE = received(
    '<html><body><p>Shells fell.</p><img src="https://example.org/a.jpg"></body></html>', title="Shells fell"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with one article, and a picture of which the file says that a script wrote it."""
    path = tmp_path_factory.mktemp("media") / "sayso.db"
    with Ledger.open(str(path)) as ledger:
        ledger.store(PAGE, Builder(PAGE).reading)
        seen = Sighting(PAGE.article.id, None, None, "", SCRIPT)
        for name, data in (("a.jpg", with_exif(author=SCRIPT)), ("b.jpg", encoded(drawing(1), quality=40))):
            attaching.attach_file(io.BytesIO(data), f"{SCRIPT}{name}", seen, Config(), ledger)
    return path


@pytest.fixture
def asked(made: Path, tmp_path: Path) -> Iterator[TestClient]:
    yield from client(Path(shutil.copy(made, tmp_path / "sayso.db")))


def token(asked: TestClient) -> str:
    found = re.search(r'name="token" value="(\w+)"', asked.get("/bring").text)
    assert found
    return found[1]


def send(asked: TestClient, data: bytes, **more: str) -> object:
    fields = {"token": token(asked), "article": PAGE.article.id, **more}
    return asked.post("/media", data=fields, files={"file": ("c.png", data, "image/svg+xml")})


def test_an_article_shows_its_pictures_with_what_looks_like_each(asked: TestClient) -> None:
    page = asked.get(f"/article/{PAGE.article.id}").text
    assert page.count('<details class="medium">') == 2
    assert "of 256 bits differ" in page
    assert "<script>alert" not in page
    assert "Harbour M2" in page
    made = asked.get(f"/api/article/{PAGE.article.id}").json()
    assert [len(one["near"]) for one in made["media"]] == [1, 1]
    assert made["cited"] is None


def test_the_page_of_a_picture_says_what_the_file_says_and_no_verdict(asked: TestClient) -> None:
    made = asked.get(f"/api/article/{PAGE.article.id}").json()["media"][0]
    page = asked.get(f"/media/{made['row']['id']}")
    assert page.status_code == 200
    assert made["sha256"] in page.text
    assert "anybody can have written that" in page.text
    assert "<script>alert" not in page.text
    assert asked.get(f"/api/media/{made['sha256'][:9]}").json()["look"]["says"]["camera"] == "Harbour M2"
    assert asked.get("/media/ffff").status_code == 404


def test_a_browser_gets_a_picture_drawn_anew_and_never_the_file(asked: TestClient) -> None:
    made = asked.get(f"/api/article/{PAGE.article.id}").json()["media"][0]
    small = asked.get(f"/media/{made['sha256']}/thumbnail")
    assert small.headers["content-type"] == "image/jpeg"
    assert small.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert small.headers["x-content-type-options"] == "nosniff"
    assert b"alert" not in small.content
    with Image.open(io.BytesIO(small.content)) as image:
        assert max(image.size) == 320
    assert asked.get(f"/media/{'0' * 64}/thumbnail").status_code == 404


def test_an_analyst_adds_a_picture_which_is_tied_to_what_the_page_shows(asked: TestClient) -> None:
    answer = asked.post(f"/article/{PAGE.article.id}/cited", data={"token": token(asked)})
    assert answer.headers["location"] == f"/article/{PAGE.article.id}#media"
    assert "not added" in asked.get(f"/article/{PAGE.article.id}").text
    done = send(asked, picture(5, "PNG"), url="https://example.org/a.jpg")
    assert done.status_code == 303  # type: ignore[attr-defined]
    made = asked.get(f"/api/article/{PAGE.article.id}").json()
    assert made["media"][2]["kind"] == "png"  # whatever the browser calls it
    assert made["media"][2]["seen"][0]["who"] == "local"
    assert made["cited"][0]["medium"] == made["media"][2]["row"]["id"]


@pytest.mark.parametrize(
    ("data", "more", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", {}, "set aside: this is an SVG"),
        (b"", {}, "no file was given"),
        (b"x", {"article": ""}, "no article was named"),
        (picture(5), {"url": "javascript:alert(1)"}, "expected an address"),
    ],
    ids=["an SVG", "nothing", "no article", "no address"],
)
def test_what_cannot_be_added_is_told_in_words(asked: TestClient, data: bytes, more: dict[str, str], said: str) -> None:
    answer = send(asked, data, **more)
    assert (answer.status_code, said in answer.text) == (400, True)  # type: ignore[attr-defined]


def test_without_the_sessions_token_nothing_is_added(asked: TestClient) -> None:
    answer = send(asked, picture(5), token="of another session")
    assert answer.status_code == 403  # type: ignore[attr-defined]
    assert asked.post(f"/article/{PAGE.article.id}/cited", data={}).status_code == 403
    assert len(asked.get(f"/api/article/{PAGE.article.id}").json()["media"]) == 2


def test_more_than_is_taken_at_once_is_refused(made: Path, tmp_path: Path) -> None:
    from sayso.config import Limits

    path = Path(shutil.copy(made, tmp_path / "sayso.db"))
    app = make_app(str(path), config=Config(limits=Limits(upload_bytes=2_000)))
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as asked:
        assert send(asked, picture(5, "PNG")).status_code == 413  # type: ignore[attr-defined]
    app.state.desk.close()
