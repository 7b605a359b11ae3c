"""Feeds as input: each entry with a content is an article, whose bytes stand on their own."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from sayso.config import Config, Limits
from sayso.errors import IntakeError
from sayso.intake import receive
from sayso.intake.feeds import feed_entries
from sayso.types import Quarantined, Received

SAID = "<p>The governor of Tarn said that four people were killed.</p><p>The command <b>denied</b> it.</p>"

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<!-- <html> is no page here -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Vale Courier</title><link>https://courier.example/</link>
<item><title>Shells fall on Tarn</title><link>https://courier.example/1</link>
<pubDate>Sun, 04 May 2031 10:00:00 GMT</pubDate>
<description>Short.</description><content:encoded><![CDATA[{SAID}]]></content:encoded></item>
<item><title>Only a title</title><link>https://courier.example/2</link></item>
<item><title>Bridge &amp; road</title><guid>https://courier.example/3</guid><dc:date>2031-05-05</dc:date>
<description>&lt;p&gt;The road is closed.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Vale Courier</title>
<entry><title type="html">Shells &lt;i&gt;fall&lt;/i&gt; on Tarn</title><link href="https://courier.example/1"/>
<link rel="edit" href="https://courier.example/edit"/><published>2031-05-04T10:00:00Z</published>
<updated>2031-05-06T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The governor said so.</p>
<p>Nobody else did.</p></div></content></entry>
<entry><title>Plain</title><updated>2031-05-07T00:00:00Z</updated><summary>The road &lt; the river.</summary></entry>
</feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://courier.example/"><title>The Vale Courier</title></channel>
<item rdf:about="https://courier.example/1"><title>Shells fall</title>
<description>The governor said so.</description></item>
</rdf:RDF>"""


def read(tmp_path: Path, feed: str | bytes) -> list[Received | Quarantined]:
    path = tmp_path / "feed"
    path.write_bytes(feed if isinstance(feed, bytes) else feed.encode())
    return list(receive([path], Config()))


def articles(tmp_path: Path, feed: str) -> list[Received]:
    items = read(tmp_path, feed)
    assert not [item for item in items if isinstance(item, Quarantined)], items
    return [item for item in items if isinstance(item, Received)]


def test_rss(tmp_path: Path) -> None:
    first, third = (item.article for item in articles(tmp_path, RSS))

    assert first.location == f"{tmp_path / 'feed'}#1"
    assert third.location == f"{tmp_path / 'feed'}#3"
    assert first.outlet == third.outlet == "The Vale Courier"
    assert first.url == "https://courier.example/1"
    assert third.url == "https://courier.example/3"
    assert first.published == "2031-05-04T10:00:00+00:00"
    assert third.published == "2031-05-05"
    assert first.text == (
        "Shells fall on Tarn\n\nThe governor of Tarn said that four people were killed.\n\nThe command denied it."
    )
    assert third.text == "Bridge & road\n\nThe road is closed."


def test_atom(tmp_path: Path) -> None:
    first, second = (item.article for item in articles(tmp_path, ATOM))

    assert first.text == "Shells fall on Tarn\n\nThe governor said so.\n\nNobody else did."
    assert first.url == "https://courier.example/1"
    assert first.published == "2031-05-04T10:00:00+00:00"
    assert second.text == "Plain\n\nThe road < the river."
    assert second.published == "2031-05-07T00:00:00+00:00"
    assert second.url is None


def test_rss_1(tmp_path: Path) -> None:
    (only,) = articles(tmp_path, RDF)

    assert only.article.text == "Shells fall\n\nThe governor said so."
    assert only.article.url == "https://courier.example/1"
    assert only.article.outlet == "The Vale Courier"


@pytest.mark.parametrize("feed", [RSS, ATOM, RDF], ids=["rss", "atom", "rdf"])
def test_the_bytes_of_an_entry_read_again_are_the_same_article(feed: str, tmp_path: Path) -> None:
    for item in articles(tmp_path, feed):
        alone = tmp_path / "alone.xml"
        alone.write_bytes(item.data)
        (again,) = receive([alone], Config())

        assert isinstance(again, Received)
        assert again.article.id == item.article.id
        assert (again.article.text, again.article.url) == (item.article.text, item.article.url)
        assert (again.article.outlet, again.article.published) == (item.article.outlet, item.article.published)


def test_a_feed_of_titles_is_set_aside_and_says_what_to_do(tmp_path: Path) -> None:
    (item,) = read(tmp_path, "<rss><channel><item><title>A</title></item></channel></rss>")

    assert isinstance(item, Quarantined)
    assert "sayso fetch --feed" in item.reason


LAUGHS = (
    '<!DOCTYPE rss [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><rss><channel><item><title>x</title><description>&j;</description></item></channel></rss>"
)  # fmt: skip


@pytest.mark.parametrize(
    ("feed", "words"),
    [
        (LAUGHS, "entity amplification"),
        ('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
         "entities"),
        ('<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1/">%x;]><rss><channel/></rss>', "entities"),
        ("<rss><channel><item><description>&nbsp;</description></item></channel></rss>", "not well-formed"),
        ("<rss><channel><item><description>cut", "not well-formed"),
        ("<rss>" + "<a>" * 5000 + "</a>" * 5000 + "</rss>", "not well-formed"),
        ("<rss><channel><item><description>" + "&lt;b&gt;" * 5000 + "x</description></item></channel></rss>",
         "html_depth"),
        ('<rss xmlns:a="relative"><channel><item a:b="c"><description>x</description></item></channel></rss>',
         "taken apart"),
    ],
    ids=["laughs", "file", "parameter", "undeclared", "cut_off", "deep", "deep_html", "relative_namespace"],
)  # fmt: skip
def test_hostile_feeds_are_set_aside(feed: str, words: str, tmp_path: Path) -> None:
    (item,) = read(tmp_path, feed)

    assert isinstance(item, Quarantined)
    assert words in item.reason
    assert "root:" not in item.reason


def test_an_outer_dtd_is_not_asked_for(tmp_path: Path) -> None:
    dtd = '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss-0.91.dtd">'
    (item,) = read(tmp_path, dtd + "<rss><channel><item><description>said</description></item></channel></rss>")

    assert isinstance(item, Received)


def test_more_entries_than_the_limit() -> None:
    with pytest.raises(IntakeError, match="limit members"):
        list(feed_entries(RSS.encode(), 2))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "/relative", "", "mailto:a@b.example"])
def test_links_that_are_no_pages_are_left_out(link: str, tmp_path: Path) -> None:
    feed = f"<rss><channel><item><link>{link}</link><description>said</description></item></channel></rss>"

    assert articles(tmp_path, feed)[0].article.url is None


@pytest.mark.parametrize("date", ["yesterday", "99/99/9999", "2031-13-45", "0" * 5000])
def test_dates_that_are_none_are_left_out(date: str, tmp_path: Path) -> None:
    feed = f"<rss><channel><item><pubDate>{date}</pubDate><description>said</description></item></channel></rss>"

    assert articles(tmp_path, feed)[0].article.published is None


def test_a_page_that_speaks_of_feeds_is_a_page(tmp_path: Path) -> None:
    (item,) = read(tmp_path, f"<html><body><article>{SAID * 3}<rss> is a word here</article></body></html>")

    assert isinstance(item, Received)
    assert item.article.location == str(tmp_path / "feed")


def test_a_feed_in_another_encoding(tmp_path: Path) -> None:
    feed = '<?xml version="1.0" encoding="windows-1252"?><rss><channel>'
    feed += "<item><description>Brücke</description></item></channel></rss>"
    (item,) = read(tmp_path, feed.encode("cp1252"))

    assert isinstance(item, Received)
    assert item.article.text == "Brücke"


def test_limits_are_those_of_articles(tmp_path: Path) -> None:
    path = tmp_path / "feed"
    path.write_text(RSS)
    (item,) = receive([path], Config(limits=Limits(article_bytes=500)))

    assert isinstance(item, Quarantined)
    assert "article_bytes" in item.reason


ITEM = "<item><title>A</title><description>said {}</description></item>"


@pytest.mark.parametrize(
    "feed",
    [
        "<rss><channel><title>{long}</title>{items}</channel></rss>",
        '<rss a="{long}"><channel><title>The Vale Courier</title>{items}</channel></rss>',
        "<feed><title>{long}</title>{items}</feed>",
    ],
    ids=["title", "attribute", "atom"],
)
def test_what_is_long_is_not_repeated_in_each_entry(feed: str) -> None:
    items = "".join(ITEM.format(number) for number in range(200))
    entries = list(feed_entries(feed.format(long="x" * 1_000_000, items=items).encode(), 1000))

    assert len(entries) == 200
    assert max(len(entry.data) for entry in entries) < 500
    assert all(len(entry.outlet or "") < 20 for entry in entries)


def test_a_feed_whose_entries_grow_is_a_bomb(tmp_path: Path) -> None:
    items = "".join(ITEM.replace("item", "a:item").format(number) for number in range(200))
    feed = f'<rss xmlns:a="http://{"x" * 1_000_000}"><channel>{items}</channel></rss>'
    *articles, last = read(tmp_path, feed)

    assert sum(len(item.data) for item in articles if isinstance(item, Received)) < 21 * len(feed)
    assert isinstance(last, Quarantined)
    assert "a bomb" in last.reason


def test_entries_count_towards_what_an_archive_may_hold(tmp_path: Path) -> None:
    path = tmp_path / "feed"
    path.write_text(RSS)
    _, last = receive([path], Config(limits=Limits(expanded_bytes=700)))

    assert isinstance(last, Quarantined)
    assert "expanded_bytes" in last.reason


def test_many_entries_take_linear_time() -> None:
    feed = "<rss><channel>" + "<item/>" * 30_000 + "<title>The Vale Courier</title></channel></rss>"
    started = process_time()
    *_, last = feed_entries(feed.encode(), 30_000)

    assert last.outlet == "The Vale Courier"
    assert process_time() - started < 20
