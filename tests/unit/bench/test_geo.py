"""Toponyms: which count, and which are near."""

import pytest
from bench import geo

from sayso.types import Place, Span

GEO = """<articles><article><text>Orr is near Vennath, the Orrish say. Elsewhere.</text><toponyms>
<toponym><start>0</start><end>3</end><phrase>Orr</phrase><gaztag><lat>10.0</lat><lon>20.0</lon></gaztag></toponym>
<toponym><start>12</start><end>19</end><phrase>Vennath</phrase><gaztag><lat>10.0</lat><lon>22.0</lon></gaztag></toponym>
<toponym><start>0</start><end>3</end><phrase>Oor</phrase><gaztag><lat>1.0</lat><lon>2.0</lon></gaztag></toponym>
<toponym><start>38</start><end>47</end><phrase>Elsewhere</phrase></toponym>
</toponyms></article></articles>"""
GWN_ARTICLE = """<articles><article><text>Swiss cheese in Orr.</text><toponyms>
<toponym><extractedName>Swiss</extractedName><type>Non_Literal_Modifier</type><start>0</start><end>5</end>
<latitude>47</latitude><longitude>8</longitude></toponym></toponyms></article></articles>"""


def test_toponyms_are_those_with_coordinates_that_stand_where_they_should(tmp_path):
    (tmp_path / geo.LGL).write_text(GEO, "utf-8")
    (tmp_path / geo.GWN).write_text(GWN_ARTICLE, "utf-8")
    swiss, local = geo.articles(tmp_path)
    assert [(t.start, t.end, t.name) for t in swiss.toponyms] == [(0, 5, False)]
    assert [(t.start, t.end, t.name) for t in local.toponyms] == [(0, 3, True), (12, 19, True)]


def test_a_toponym_is_near_if_a_place_that_touches_it_is():
    place = Place(Span(0, 3, "Orr"), "Orr", None, 10.0, 21.0, "town", 1)
    other = Place(Span(12, 19, "Vennath"), "Vennath", None, None, None, "none", None)
    toponyms = tuple(geo.Toponym(a, b, 10.0, lon, True) for a, b, lon in ((0, 3, 20.0), (12, 19, 22.0), (30, 31, 1.0)))
    figures = geo.figures([(geo.Marked("…", toponyms), [place, other])])
    assert figures["toponym recall"] == pytest.approx(200 / 3)
    assert figures["within 161 km"] == pytest.approx(50)
