"""RSS and Atom feeds: their entries as articles, and the pages that they list.

A feed is XML from anywhere: it may declare no entities, which are what XML bombs are made of, asks nothing of the
network, and is as deep as the parser allows, 256. An entry's bytes are a feed of this one entry, in canonical XML, so
that they can be read again on their own, as the bytes of any article.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from sayso.errors import IntakeError

_ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_ENTRIES = ("item", "entry")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry: its number from 1; what it says, dates as they are written; its content, HTML or, where
    ``is_html`` is False, text; "" where it has none; its bytes."""

    number: int
    title: str | None
    outlet: str | None
    published: str | None
    updated: str | None
    url: str | None
    content: str
    is_html: bool
    data: bytes


def feed_entries(data: bytes, most: int) -> Iterator[FeedEntry]:
    """The entries of the feed ``data``, in its order, ``most`` at most. IntakeError where it cannot be read as one."""
    root = parsed(data)
    if _name(root) not in ("rss", "feed", "RDF"):
        raise IntakeError(f"no RSS or Atom feed: its first element is {_name(root)[:40]!r}")
    channel = root if _name(root) == "feed" else _child(root, "channel")
    outlet = None if channel is None else _text(channel, "title")
    holder = channel if _name(root) == "rss" and channel is not None else root
    for number, entry in enumerate((e for e in holder if _name(e) in _ENTRIES), 1):
        if number > most:
            raise IntakeError(f"a feed of more than {most:,} entries, the limit members")
        try:
            yield _entry(number, entry, outlet, root)
        except (etree.LxmlError, ValueError) as error:
            raise IntakeError(f"entry {number} of the feed cannot be taken apart: {str(error)[:200]}") from None


def parsed(data: bytes) -> Any:
    """The root of the XML document ``data``. IntakeError where it is none, or declares entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise IntakeError(f"not well-formed XML: {str(error)[:200]}") from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise IntakeError("XML that declares entities, which bombs are made of, is not read")
    return root


def _entry(number: int, entry: Any, outlet: str | None, root: Any) -> FeedEntry:
    content, is_html = _content(entry)
    source = _child(entry, "source")
    named = None if source is None else (_text(source, "title") or _inner(source))
    return FeedEntry(
        number=number,
        title=_plain(_child(entry, "title")),
        outlet=named or outlet,
        published=_text(entry, "pubDate", "published", "issued", "date"),
        updated=_text(entry, "updated", "modified", "lastBuildDate"),
        url=_link(entry),
        content=content,
        is_html=is_html,
        data=_alone(root, entry),
    )


def _content(entry: Any) -> tuple[str, bool]:
    """The fullest content that the entry has, and whether it is HTML."""
    for element in entry:
        if element.tag == f"{{{_CONTENT}}}encoded" and (text := _inner(element)):
            return text, True
    for name in ("content", "description", "summary"):
        for element in entry:
            if _name(element) != name or _namespace(element) not in (*_ATOM, _namespace(entry)):
                continue
            if len(element):  # XHTML, as elements
                return etree.tostring(element, encoding="unicode", method="html", with_tail=False), True
            if text := _inner(element):
                kind = element.get("type", "html" if name == "description" else "text")
                return text, "html" in kind
    return "", False


def _link(entry: Any) -> str | None:
    """The address of the entry's page: an http or https one, else None."""
    found = []
    for element in entry:
        if _name(element) == "link" and element.get("rel", "alternate") == "alternate":
            found.append(element.get("href") or _inner(element))
        elif _name(element) == "guid" and element.get("isPermaLink", "true") == "true":
            found.append(_inner(element))
    about = entry.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or ""
    return next((link for link in (*found, about) if link.lower().startswith(("http://", "https://"))), None)


def _alone(root: Any, entry: Any) -> bytes:
    """A feed of nothing but ``entry`` and the feed's title."""
    feed = etree.Element(root.tag, root.attrib, nsmap=root.nsmap)
    holder = feed
    channel = root if _name(root) == "feed" else _child(root, "channel")
    if channel is not None and channel is not root:
        outer = etree.SubElement(feed, channel.tag, nsmap=channel.nsmap)
        holder = outer if _name(root) == "rss" else feed
        _copy(_child(channel, "title"), outer)
    else:
        _copy(_child(root, "title"), feed)
    _copy(entry, holder)
    canonical: bytes = etree.tostring(feed, method="c14n", exclusive=True, with_comments=False)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + canonical


def _copy(element: Any, into: Any) -> None:
    if element is not None:
        copied = deepcopy(element)
        copied.tail = None
        into.append(copied)


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _namespace(element: Any) -> str | None:
    return etree.QName(element).namespace if isinstance(element.tag, str) else None


def _child(element: Any, name: str) -> Any:
    return next((child for child in element if _name(child) == name), None)


def _text(element: Any, *names: str) -> str | None:
    """The text of the first child of these names that has one."""
    texts = (_inner(child) for name in names for child in element if _name(child) == name)
    return next((text for text in texts if text), None)


def _inner(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _plain(title: Any) -> str | None:
    """A title as text: of one that holds HTML, without its marks."""
    if title is None:
        return None
    text = _inner(title)
    if "html" in title.get("type", "") and "<" in text:
        text = "".join(piece for piece in _outside_tags(text))
    return text or None


def _outside_tags(text: str) -> Iterator[str]:
    for number, piece in enumerate(text.split("<")):
        yield piece if not number else piece.partition(">")[2]
