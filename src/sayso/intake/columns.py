"""The usual names of the columns that hold an article's parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sayso.errors import IntakeError
from sayso.intake.article import Found

# In each, the first that is there and not empty counts.
TEXT_COLUMNS = ("text", "content", "article_content", "body", "article_text", "article_body", "full_text", "fulltext",
                "maintext", "articlebody")  # fmt: skip
TITLE_COLUMNS = ("title", "headline", "article_title")
OUTLET_COLUMNS = ("outlet", "source", "publisher", "site", "sitename", "site_name", "source_name", "publication",
                  "outlet_name")  # fmt: skip
DATE_COLUMNS = ("published", "date", "published_at", "publishedat", "publication_date", "date_published",
                "datepublished", "date_publish", "pub_date", "pubdate", "publish_date", "published_date")  # fmt: skip
URL_COLUMNS = ("url", "link", "article_url", "source_url")
COLUMNS = frozenset((*TEXT_COLUMNS, *TITLE_COLUMNS, *OUTLET_COLUMNS, *DATE_COLUMNS, *URL_COLUMNS, "id"))

_SEPARATORS = re.compile(r"[\s_-]+")
NAMED = 12  # columns that a reason lists


def column_key(name: str) -> str:
    """``name`` as the lists above write it."""
    return _SEPARATORS.sub("_", name.strip().lstrip("\ufeff")).casefold()


def found_in(row: Mapping[str, Any]) -> Found:
    """What ``row`` says of an article. Raises IntakeError where no column holds a text, or what it holds is none."""
    cells = {column_key(name): value for name, value in row.items()}
    check_columns(row)
    name, text = _first(cells, TEXT_COLUMNS)
    if text is None:
        raise IntakeError(f"its {name} is empty: there is no text to read")
    if not isinstance(text, str):
        raise IntakeError(f"its {name} is {_type(text)}, expected a text")
    return Found(
        text=text,
        title=_words(cells, TITLE_COLUMNS),
        outlet=_words(cells, OUTLET_COLUMNS),
        published=_words(cells, DATE_COLUMNS),
        url=_words(cells, URL_COLUMNS),
    )


def check_columns(names: Iterable[str]) -> None:
    """Raise IntakeError where none of ``names`` is one that a column of texts usually has."""
    found = list(names)
    if not any(column_key(name) in TEXT_COLUMNS for name in found):
        raise IntakeError(
            f"no column holds a text: expected one named {', '.join(TEXT_COLUMNS[:4])}; found {_listed(found)}"
        )


def _first(cells: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str, Any]:
    """The first named cell that is not empty, else the first that is there, with None."""
    present = [name for name in names if name in cells]
    for name in present:
        value = cells[name]
        if value is not None and not (isinstance(value, str) and (not value or value.isspace())):
            return name, value
    return present[0] if present else names[0], None


def _words(cells: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """The words in the first named cell: a text, a number, or the name of an object that has one."""
    name, value = _first(cells, names)
    if isinstance(value, dict):
        value = value.get("name")
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise IntakeError(f"its {name} is {_type(value)}, expected a text")


def _type(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)


def _listed(found: list[str]) -> str:
    names = [name[:40] for name in found]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return (", ".join(repr(name) for name in names[:NAMED]) or "none") + more
