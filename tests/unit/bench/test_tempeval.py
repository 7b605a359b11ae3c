"""Dates: which count."""

import pytest
from bench import tempeval

from sayso.types import Date, Span

TIMEML = """<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2018-05-04">x</TIMEX3></DCT><TEXT>
A&amp;B fell <TIMEX3 tid="t1" type="DATE" value="2018-05-03">yesterday</TIMEX3>, in
<TIMEX3 tid="t2" type="DATE" value="PRESENT_REF">now</TIMEX3> <TIMEX3 tid="t3" type="DURATION" value="P1D">a
day</TIMEX3> of <EVENT eid="e1">rain</EVENT> <TIMEX3 tid="t4" type="DATE" value="2018-Q1">last quarter</TIMEX3>.
</TEXT></TimeML>"""


def test_dates_that_count(tmp_path):
    (tmp_path / "a.tml").write_text(TIMEML, "utf-8")
    (tmp_path / "._a.tml").write_bytes(b"\x00\x05")
    (document,) = tempeval.documents(tmp_path)
    assert document.made == "2018-05-04"
    assert [(document.text[d.start : d.end], d.value) for d in document.dates] == [
        ("yesterday", "2018-05-03"),
        ("last quarter", "2018-Q1"),
    ]
    start = document.text.index("yesterday")
    right = Date(Span(start, start + 9, "yesterday"), "2018-05-03", "day")
    unknown = Date(Span(0, 1, "A"), None, "day")
    assert tempeval.figures([(document, [right, unknown])])["date value"] == pytest.approx(200 / 3)
