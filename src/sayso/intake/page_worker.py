"""The process that takes pages apart: ``python -m sayso.intake.page_worker DEPTH``.

Pages are hostile input for a parser in C and heuristics in Python, so they are read in a process of their own, which
can be ended when it takes too long and whose fall costs one page. It reads frames on standard input: a P and a page, or
an F and a fragment of one, in UTF-8 HTML. It answers each with a frame of JSON: ``{"title", "body", "outlet",
"published", "url", "extraction"}``, of a fragment ``{"body"}``, or ``{"reason"}``.
Before, it says with an empty frame that it is ready, so that no page's time is spent on loading libraries. A frame is
its length in eight bytes, then its bytes. The process ends when standard input does. It never asks the network.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from importlib.metadata import version
from typing import Any, BinaryIO

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document

from sayso.intake.pages import LENGTH
from sayso.wordsets import word_set

# Only what the page marks as its date counts: an extensive search would take any day that the text speaks of. Without
# max_date, what is found would hang on the day of reading.
DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}

EXTRACTED: dict[str, Any] = {"include_comments": False, "include_tables": True}

WARM_UP = b"<html><body><p>The libraries load much only when they meet their first page.</p></body></html>"


_BLOCKS = word_set(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav "
    "ol p pre section table td th tr ul"
)
_HIDDEN = word_set("script style template noscript iframe object svg math")


_NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _TooDeep(Exception):  # noqa: N818  # control flow out of the parser
    pass


class _DepthGauge:
    """A parser target that builds no tree, and stops at the first element nested deeper than ``limit``."""

    def __init__(self, limit: int) -> None:
        self.depth, self.limit = 0, limit

    def start(self, _tag: str, _attributes: Any) -> None:
        self.depth += 1
        if self.depth > self.limit:
            raise _TooDeep

    def end(self, _tag: str) -> None:
        self.depth -= 1

    def close(self) -> None:
        pass


def _check_depth(page: bytes, deepest: int) -> None:
    etree.fromstring(page, etree.HTMLParser(target=_DepthGauge(deepest), encoding="utf-8", huge_tree=True))


def _mend(tree: html.HtmlElement) -> None:
    """Put a space for each character that HTML may have and XML may not, and leave out attributes with one: a single
    one would cost the whole page."""
    for element in tree.iter():
        if element.text and _NOT_XML.search(element.text):
            element.text = _NOT_XML.sub(" ", element.text)
        if element.tail and _NOT_XML.search(element.tail):
            element.tail = _NOT_XML.sub(" ", element.tail)
        if isinstance(element.tag, str) and _NOT_XML.search(element.tag):
            element.tag = "span"
        if any(_NOT_XML.search(name + value) for name, value in element.attrib.items()):
            element.attrib.clear()  # there are names that can be read, and neither set nor deleted


def take_apart(page: bytes, deepest: int) -> dict[str, Any]:
    """What the UTF-8 ``page`` says: title, body (paragraphs between blank lines), outlet, published, url; or a reason
    why it says nothing."""
    _check_depth(page, deepest)
    # Without huge_tree, the parser would leave out what is nested more than 256 deep and say nothing.
    tree = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    _mend(tree)
    about = extract_metadata(tree, date_config=DATES)
    # A tree, not a string: a string that is an address would be fetched.
    document = bare_extraction(tree, **EXTRACTED)
    body = paragraphs(document.text or "", about.title) if isinstance(document, Document) else ""
    if not body:
        return {"reason": "no article text was found in the page. Give the text itself, as a plain text file"}
    return {
        "title": about.title,
        "body": body,
        "outlet": about.sitename,
        "published": about.date,
        "url": about.url,
        "extraction": {
            "tool": "trafilatura",
            "version": version("trafilatura"),
            "settings": EXTRACTED | {"dates": DATES},
        },
    }


def text_of(fragment: bytes, deepest: int) -> dict[str, str | None]:
    """The text of a fragment: ``{"body"}``, paragraphs between blank lines."""
    _check_depth(fragment, deepest)
    tree = html.document_fromstring(fragment, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, ("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else None
        hidden += (event == "start") - (event == "end") if name in _HIDDEN else 0
        if name in _BLOCKS:
            pieces.append("\n")
        said = element.text if event == "start" else element.tail
        if said and not hidden:
            pieces.append(" ".join(said.split("\n")) if name != "pre" else said)
    return {"body": paragraphs("".join(pieces), None)}


def paragraphs(text: str, title: str | None) -> str:
    """The lines of ``text``, which are its paragraphs, between blank lines; without the title if it comes first."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines and title and lines[0] == title.strip():
        del lines[0]
    return "\n\n".join(lines)


def serve(requests: BinaryIO, answers: BinaryIO, deepest: int) -> None:
    """Say by an empty frame that all is loaded; then answer each frame of ``requests`` with one of ``answers``."""
    take_apart(WARM_UP, deepest)
    answers.write(LENGTH.pack(0))
    answers.flush()
    while len(length := requests.read(LENGTH.size)) == LENGTH.size:
        request = requests.read(LENGTH.unpack(length)[0])
        try:
            answer = (text_of if request[:1] == b"F" else take_apart)(request[1:], deepest)
        except _TooDeep:
            answer = {"reason": f"the page's tags are nested more than {deepest} deep, the limit html_depth"}
        except Exception as error:  # whatever heuristics stumble over, it costs this page only
            answer = {"reason": f"the page cannot be taken apart: {type(error).__name__}: {error}"}
        frame = json.dumps(answer).encode()
        answers.write(LENGTH.pack(len(frame)) + frame)
        answers.flush()


if __name__ == "__main__":
    logging.disable()
    # What a library prints must not get among the answers.
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        serve(sys.stdin.buffer, out, int(sys.argv[1]))
