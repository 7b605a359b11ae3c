"""Articles that are made to measure how linking grows, and what is told of it."""

from datetime import date
from itertools import islice
from xml.etree import ElementTree

import pytest
from bench import growth
from bench.growth import Grown, Renamed
from tests.unit.ledger.builders import Builder, received

from sayso.ledger import Ledger
from sayso.types import Span

COMMON = frozenset({"the", "shells", "on"})
TEXT = "Shells fell on Orvane on 4 May 2031, the ministry of VENN said. It added: 12 people of Orvane died."


def reading(text=TEXT, location="one.txt"):
    build = Builder(received(text, location=location))
    said = build.says("the ministry of VENN", "Shells fell on Orvane on 4 May 2031", cue="said")
    build.killed("12 people of Orvane", 12, said)
    build.place("Orvane", lat=80.0, lon=170.0)
    build.date("4 May 2031", "2031-05-04")
    build.rests_on("died", "witness", said)
    return build.reading


def spans(value):
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from spans(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from spans(getattr(value, name))


@pytest.mark.parametrize("seed", range(20))
def test_every_span_of_a_renamed_reading_still_holds_its_words(seed):
    item, made = Renamed(seed, COMMON).reading(reading())
    assert len(made.article.text) == len(TEXT)
    assert item.article == made.article
    assert item.data.decode() == made.article.text
    assert len(list(spans(made))) == len(list(spans(reading()))) == 7
    assert all(made.article.text[s.start : s.end] == s.text for s in spans(made))


def test_names_figures_days_and_places_are_others_and_agree_with_the_text():
    _, made = Renamed(3, COMMON).reading(reading())
    text = made.article.text
    name = text.split()[3]
    assert text.startswith("Shells fell on ")  # common words stay
    assert "Orvane" not in text
    assert text.count(name) == 2  # a name becomes the same wherever it stands
    assert made.places[0].name == name
    assert "VENN" not in text
    assert made.attributions[0].claimant in text
    assert str(made.casualties[0].min) in made.casualties[0].span.text
    assert made.casualties[0].min != 12
    assert date.fromisoformat(made.dates[0].value) - date(2031, 5, 4) == date.fromisoformat(
        made.article.published
    ) - date(2031, 5, 4)
    assert made.dates[0].value != "2031-05-04"
    assert -90 <= made.places[0].lat <= 90
    assert -180 <= made.places[0].lon <= 180
    assert made.places[0].lat != 80.0


def test_one_set_of_names_is_always_the_same_and_two_differ():
    assert Renamed(3, COMMON).reading(reading()) == Renamed(3, COMMON).reading(reading())
    assert Renamed(3, COMMON).words("Orvane") != Renamed(4, COMMON).words("Orvane")


def test_made_articles_are_all_different():
    originals = [reading(location=f"{n}.txt") for n in range(3)]
    made = [read for _, read in islice(growth.made(originals), 12)]
    assert len({read.article.location for read in made}) == 12
    assert len({read.article.text for read in made}) == 4  # neighbours keep to one set of names


def test_a_ledger_grows_to_each_size(tmp_path, monkeypatch):
    monkeypatch.setattr(growth, "SIZES", (3, 6, 100))
    texts = [TEXT, "Bread was dear. " + TEXT, TEXT + " It rained."]
    sizes = list(growth.measure([reading(t, f"{n}.txt") for n, t in enumerate(texts)], 6, tmp_path))
    assert [(g.articles, g.added) for g in sizes] == [(3, 3), (6, 2)]  # one more was linked at three
    assert all(g.seconds > 0 and g.one_more > 0 and g.peak > 1_000_000 for g in sizes)


def test_a_ledger_that_was_left_goes_on_where_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(growth, "SIZES", (3, 9, 12, 100))
    monkeypatch.setattr(growth, "STEP", 2)
    reports = [reading(t, f"{n}.txt") for n, t in enumerate([TEXT, "Bread was dear. " + TEXT, TEXT + " It rained."])]
    whole = tmp_path / "whole"
    whole.mkdir()
    assert [g.articles for g in growth.measure(reports, 12, whole)] == [3, 9, 12]
    left = tmp_path / "left"
    left.mkdir()
    (first,) = growth.measure(reports, 3, left)
    links = []

    def cut_off(ledger):
        if len(links) == 1:
            raise KeyboardInterrupt
        links.append(link(ledger))

    link = growth.pipeline.link
    with monkeypatch.context() as patch:
        patch.setattr(growth.pipeline, "link", cut_off)
        with pytest.raises(KeyboardInterrupt):
            list(growth.measure(reports, 12, left))
    assert growth.Progress.of(left / "grown.json").stored == 6
    sizes = list(growth.measure(reports, 12, left))
    assert sizes[0] == first
    assert [(g.articles, g.added) for g in sizes] == [(3, 3), (9, 5), (12, 2)]
    assert list(growth.measure(reports, 12, left)) == sizes
    assert ids(left) == ids(whole)
    assert all(ids(left))


def ids(folder):
    with Ledger.open(str(folder / "grown.db")) as ledger:
        return [row.id for row in ledger.articles()], [row.id for row in ledger.stories()]


def grown(power, sizes=(1_000, 3_000, 10_000)):
    """Sizes whose time, all together, is their number to ``power`` in milliseconds."""
    before = [0, *sizes]
    return [Grown(n, n - m, (n**power - m**power) / 1000, 0.05, 10**9) for m, n in zip(before, sizes, strict=False)]


@pytest.mark.parametrize("power", [1.0, 1.15, 2.0])
def test_the_exponent_is_that_of_all_the_time_so_far(power):
    assert growth.exponent(grown(power)) == pytest.approx(power)


def test_the_part_has_each_size_with_machine_and_date():
    text = growth.part(grown(1.0), date(2031, 5, 4))
    assert "| 1,000 | 1.0 | 0.05 | 1,000 | 1,000 |" in text
    assert "| 10,000 | 1.0 | 0.05 | 1,000 | 100 |" in text
    assert "2031-05-04" in text
    assert "--to 10000" in text
    assert "power of 1.00" in text
    assert "Python 3" in text
    assert "power of" not in growth.part(grown(1.0)[:1], date(2031, 5, 4))


def test_the_chart_has_a_line_for_time_and_one_for_memory():
    root = ElementTree.fromstring(growth.chart(grown(2.0)))
    time, memory = (
        [tuple(map(float, point.split(","))) for point in line.attrib["points"].split()]
        for line in root.iterfind("{*}polyline")
    )
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    assert [y for _, y in time] == sorted((y for _, y in time), reverse=True)  # upwards
    assert [y for _, y in memory] == sorted(y for _, y in memory)  # downwards
    assert all(0 < x < width and 0 < y < height for x, y in time + memory)
    assert max(x for x, _ in time) < min(x for x, _ in memory)
    assert root.find("{*}rect").attrib["fill"] == "white"
    words = [text.text for text in root.iterfind("{*}text")]
    assert {"ms per article", "1,000", "10,000", "100", "articles in the ledger"} <= set(words)
