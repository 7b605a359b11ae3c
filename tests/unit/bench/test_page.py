"""The page, the figures in the README, and the chart."""

from xml.etree import ElementTree

from bench import corpora, goals, page
from bench.accuracy import Measured, Skipped
from bench.speed import NAMES, Start
from tests.unit.bench.builders import measured


def test_the_page_has_every_figure(under, speeds):
    facts = {"machine": "2 cores", "versions": "Python 3", "model": "tiny+abc"}
    parts = [*measured(cue=71.26, other=5.0), Skipped("gone", "gone is not there")]
    text = page.render(parts, under, speeds, [Start("sayso --help", 0.25, 12.5)], facts)

    assert "| cue | 71.3 | 70.0 |" in text
    assert "| other | 5.0 |  |" in text
    assert "Not measured: gone is not there." in text
    assert "| Sayso, the reader alone | 166,667 | 83,333 | 6.0 | 0.5 | 6 | 0.5 | 6 |" in text
    assert "| spaCy's blank tokenizer and sentencizer | 1,000,000 | 500,000 | 1.0 | 3.0 | 1 | – | 1 |" in text
    assert "| speed, text to reading | FA-KES | 166,667 words/s | 7,000 words/s | 12,000 words/s | aim |" in text
    assert text.index("speed, text to reading") < text.index("| cue |")
    assert "| `sayso --help` | 0.25 | 12.5 |" in text
    assert all(fact in text for fact in facts.values())
    widths = {line.count("|") for line in text.splitlines() if line.startswith("|")}
    assert widths == {4, 7, 9}


def test_figures_go_between_the_marks_of_the_readme():
    readme = page.README.read_text("utf-8")
    written = page.with_figures(
        readme, goals.reached([Measured(corpora.MPQA, "", "", {"chain of speech events": 41.2})])
    )
    before, _, after = (part for part in readme.partition("<!-- figures -->"))
    assert written.startswith(before)
    assert written.endswith(after.partition("<!-- /figures -->")[2])
    assert "| speech (writer, A, B) or deeper, with its chain | MPQA, held-out topics | 41.2 |" in written
    assert page.with_figures(written, goals.reached([])).count("not measured") == len(goals.GOALS)


def test_a_page_without_speeds_says_why(under):
    facts = {"machine": "", "versions": "", "model": ""}
    assert "Not measured: spacy is not installed." in page.render([], under, "spacy is not installed", [], facts)


def test_the_chart_has_a_bar_for_each_system_the_fastest_longest(speeds):
    root = ElementTree.fromstring(page.chart(speeds))
    lengths = [float(bar.attrib["width"]) for bar in root.iterfind("{*}rect")][1:]  # the first is the background

    words = [text.text for text in root.iterfind("{*}text")]
    assert {"times textacy", "peak memory, MB", "model, MB", "1,000,000", "0.5"} <= set(words)
    assert len(lengths) == len(NAMES)
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] > 0


def test_what_is_said_of_growth_outlasts_another_run(under, speeds):
    facts = {"machine": "", "versions": "", "model": ""}
    fresh = page.render(measured(cue=71.0), under, speeds, [], facts)
    assert page.growth(fresh) == ""
    grown = page.with_growth(fresh, "## Growth\n\nIt grows.\n")
    assert page.growth(grown) == "## Growth\n\nIt grows.\n"
    again = page.with_growth(page.render(measured(cue=72.0), under, speeds, [], facts), page.growth(grown))
    assert again == grown.replace("| cue | 71.0 |", "| cue | 72.0 |")
    assert page.with_growth(grown, "") == fresh
    page.growth(page.PAGE.read_text("utf-8"))  # has its marks
