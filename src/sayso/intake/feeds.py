"""RSS and Atom feeds: their entries as articles, and the pages that they list.

A feed is XML from anywhere: it may declare no entities, which are what XML bombs are made of, asks nothing of the
network, and is as deep as the parser allows, 256. An entry's bytes are a feed of this one entry, in canonical XML, so
that they can be read again on their own, as the bytes of any article. A title or attributes of the feed that are too
long to be repeated in each are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain
from typing import Any

from lxml import etree

from sayso.errors import IntakeError
from sayso.intake.stream import RATIO_FROM

_ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_ENTRIES = ("item", "entry")
_REPEATED = 1000  # characters of the feed's title, and of its attributes, that each entry's bytes repeat
_GROWS = 20  # times the size of a feed that its entries' bytes may have in all, with what each repeats


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


@dataclass(frozen=True, slots=True)
class _Frame:
    """What each entry's bytes repeat: a ``feed`` of its title alone, which is the ``outlet``. ``is_around``: its
    entries lie in its first element."""

    feed: Any
    outlet: str | None
    is_around: bool


def feed_entries(data: bytes, most: int) -> Iterator[FeedEntry]:
    """The entries of the feed ``data``, in its order, ``most`` at most. IntakeError where it cannot be read as one."""
    root = parsed(data)
    if _name(root) not in ("rss", "feed", "RDF"):
        raise IntakeError(f"no RSS or Atom feed: its first element is {_name(root)[:40]!r}")
    channel = root if _name(root) == "feed" else _child(root, "channel")
    holder = channel if _name(root) == "rss" and channel is not None else root
    frame, size = None, 0
    for number, element in enumerate((e for e in holder if _name(e) in _ENTRIES), 1):
        if number > most:
            raise IntakeError(f"a feed of more than {most:,} entries, the limit members")
        try:
            frame = _frame(root, channel) if frame is None else frame
            entry = _entry(number, element, frame)
        except (etree.LxmlError, ValueError) as error:
            raise IntakeError(f"entry {number} of the feed cannot be taken apart: {str(error)[:200]}") from None
        size += len(entry.data)
        if size > max(RATIO_FROM, _GROWS * len(data)):
            raise IntakeError(f"a bomb: {number:,} entries of {size:,} bytes in a feed of {len(data):,}")
        yield entry


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


def _entry(number: int, entry: Any, frame: _Frame) -> FeedEntry:
    content, is_html = _content(entry)
    source = _child(entry, "source")
    named = None if source is None else (_text(source, "title") or _inner(source))
    return FeedEntry(
        number=number,
        title=_plain(_child(entry, "title")),
        outlet=named or frame.outlet,
        published=_text(entry, "pubDate", "published", "issued", "date"),
        updated=_text(entry, "updated", "modified", "lastBuildDate"),
        url=_link(entry),
        content=content,
        is_html=is_html,
        data=_alone(frame, entry),
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


def _frame(root: Any, channel: Any) -> _Frame:
    """``root`` with its title, and nothing else within it."""
    attributes = root.attrib if sum(map(len, chain(*root.attrib.items()))) <= _REPEATED else {}
    feed = etree.Element(root.tag, attributes, nsmap=root.nsmap)
    is_apart = channel is not None and channel is not root
    titled = etree.SubElement(feed, channel.tag, nsmap=channel.nsmap) if is_apart else feed
    title = next((e for e in (channel if is_apart else root) if _name(e) == "title" and _inner(e)), None)
    if title is not None and len(_canonical(title)) <= _REPEATED:
        _copy(title, titled)
    outlet = None if channel is None else _text(titled, "title")
    return _Frame(feed, outlet, is_apart and _name(root) == "rss")


def _alone(frame: _Frame, entry: Any) -> bytes:
    """A feed of nothing but ``entry`` and the feed's title."""
    feed = deepcopy(frame.feed)
    _copy(entry, feed[0] if frame.is_around else feed)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + _canonical(feed)


def _canonical(element: Any) -> bytes:
    written: bytes = etree.tostring(element, method="c14n", exclusive=True, with_comments=False, with_tail=False)
    return written


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
