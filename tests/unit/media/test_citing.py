from __future__ import annotations

import pytest

from sayso.config import Limits
from sayso.media import cited_in
from sayso.media.citing_worker import LONGEST, shown_in

PAGE = b"""<!doctype html><html><head><title>Bridge</title>
<meta property="og:image" content="https://cdn.example.org/lead.jpg#top"><meta name="twitter:image" content="/lead.jpg">
<meta property="og:video" content="https://cdn.example.org/clip.mp4"></head><body>
<img src="a.png" srcset="a-2x.png 2x, /wide,1.png 800w"><img src="a.png"><img src="data:image/png;base64,AAAA">
<picture><source srcset="b.avif"><img src="b.jpg"></picture>
<video src="/v.mp4" poster="poster.jpg"><source src="v.webm"></video>
<audio><source src="speech.mp3"></audio><img src="javascript:alert(1)"><img src="file:///etc/passwd">
<img src="http://[broken"><img>"""
SHOWN = [
    ("picture", "https://cdn.example.org/lead.jpg"),
    ("picture", "https://example.org/lead.jpg"),
    ("video", "https://cdn.example.org/clip.mp4"),
    ("picture", "https://example.org/news/a.png"),
    ("picture", "https://example.org/news/a-2x.png"),
    ("picture", "https://example.org/wide,1.png"),
    ("picture", "https://example.org/news/b.avif"),
    ("picture", "https://example.org/news/b.jpg"),
    ("video", "https://example.org/v.mp4"),
    ("picture", "https://example.org/news/poster.jpg"),
    ("video", "https://example.org/news/v.webm"),
]


def test_a_page_shows_pictures_and_videos_at_absolute_addresses_each_once() -> None:
    assert cited_in(PAGE, "https://example.org/news/bridge.html", Limits()) == SHOWN


def test_what_is_no_page_shows_nothing() -> None:
    assert cited_in(b'A report about <img src="https://example.org/a.png">', None, Limits()) == []


@pytest.mark.parametrize(
    ("head", "first"),
    [
        (b"", []),
        (b'<link rel="canonical" href="https://example.org/news/x">', ["https://example.org/news/a.png"]),
        (b'<meta property="og:url" content="https://example.org/y">', ["https://example.org/a.png"]),
        (b'<base href="https://static.example.org/z/">', ["https://static.example.org/z/a.png"]),
    ],
    ids=["nowhere", "canonical", "og:url", "base"],
)
def test_an_address_within_a_site_needs_the_page_to_say_where_it_is(head: bytes, first: list[str]) -> None:
    page = b"<html><head>" + head + b'</head><body><img src="a.png">'
    assert [url for _, url in shown_in(page, None, 9)] == first


def test_so_many_are_taken_and_none_too_long() -> None:
    many = b"".join(b'<img src="https://example.org/%d.png">' % n for n in range(100))
    long = b'<img src="https://example.org/%s">' % (b"x" * LONGEST)
    assert len(shown_in(b"<p>" + long + many, None, 7)) == 7
    assert shown_in(b"<p>" + long, None, 7) == []


def test_a_page_nested_without_end_is_gone_through() -> None:
    page = b"<div>" * 200_000 + b'<img src="https://example.org/a.png">'
    assert cited_in(page, None, Limits()) in ([("picture", "https://example.org/a.png")], [])
