from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.intake.broken import REPORT

from sayso.errors import IntakeError, UsageError
from sayso.intake import article_of


def test_title_stands_above_a_blank_line() -> None:
    article = article_of(REPORT, title=" Shells fall\non Tarn ")
    assert article.title == "Shells fall on Tarn"
    assert article.text == f"Shells fall on Tarn\n\n{REPORT}"


def test_id_is_the_start_of_the_hash_of_the_bytes() -> None:
    article = article_of(REPORT, data=b"the bytes", location="here")
    assert article.sha256 == hashlib.sha256(b"the bytes").hexdigest()
    assert article.id == article.sha256[:16]
    assert article_of(REPORT).sha256 == hashlib.sha256(REPORT.encode()).hexdigest()


def test_lone_surrogates_are_replaced_so_that_offsets_stay() -> None:
    article = article_of("Shells \ud83d fell \U0001f4a5", title="\udc00 Tarn", outlet="\udfff")
    assert article.text == "\ufffd Tarn\n\nShells \ufffd fell \U0001f4a5"
    assert article.outlet == "\ufffd"


@given(st.text(st.characters(exclude_categories=[])), st.none() | st.text(st.characters(exclude_categories=[])))
def test_every_article_can_be_written_in_utf8(text: str, title: str | None) -> None:
    try:
        article = article_of(text, title=title)
    except IntakeError:
        return
    assert article.text.encode()
    assert article.text.endswith(text[-1:]) or text[-1:].encode("utf-8", "replace") == b"?"
    assert "\n" not in (article.title or "")


@pytest.mark.parametrize("text", ["", " \n ", "\0", "Shells \0 fell", "\x01\x02\x03"])
def test_what_is_no_text(text: str) -> None:
    with pytest.raises(IntakeError):
        article_of(text)


def test_a_date_that_is_not_understood() -> None:
    with pytest.raises(UsageError, match="2018-04-13"):
        article_of(REPORT, published="some day")


def test_importing_the_stage_loads_no_heavy_library() -> None:
    heavy = ["trafilatura", "htmldate", "lxml", "py3langid", "charset_normalizer", "numpy"]
    code = f"import sys, sayso.intake; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
