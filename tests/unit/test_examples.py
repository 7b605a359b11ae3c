"""The examples hold what their README promises, in the formats that it promises."""

import csv
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
REPORTS = EXAMPLES / "reports"
README = (EXAMPLES / "README.md").read_text("utf-8")


class Report(NamedTuple):
    name: str  # how the README names it: an id within a table, or a path
    outlet: str | None
    title: str
    text: str


class Page(HTMLParser):
    """The metadata of a page and the text of its paragraphs."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.paragraphs: list[str] = []
        self._within = False
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "meta" and values.get("property") is not None:
            self.meta[values["property"]] = values["content"]
        self._within = tag == "p" or (self._within and tag != "footer")
        if tag == "p":
            self.paragraphs.append("")

    def handle_endtag(self, tag):
        self._within = self._within and tag != "p"

    def handle_data(self, data):
        if self._within:
            self.paragraphs[-1] += data


def reports() -> list[Report]:
    found = []
    for line in (REPORTS / "agencies.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        found.append(Report(row["id"], row["outlet"], row["title"], row["text"]))
    with (REPORTS / "clippings.csv").open(encoding="utf-8", newline="") as table:
        found += [Report(row["id"], row["publisher"], row["headline"], row["body"]) for row in csv.DictReader(table)]
    for path in sorted((REPORTS / "pages").iterdir()):
        page = Page(path.read_text("utf-8"))
        text = "\n\n".join(page.paragraphs)
        found.append(Report(f"pages/{path.name}", page.meta["og:site_name"], page.meta["og:title"], text))
    for path in sorted((REPORTS / "texts").iterdir()):
        text = path.read_text("utf-8")
        found.append(Report(f"texts/{path.name}", None, text.partition("\n")[0], text))
    return found


ALL = reports()
NAMED = [pytest.param(report, id=report.name) for report in ALL]


def test_there_are_eighteen_by_six_outlets():
    assert len(ALL) == 18
    assert len({report.outlet for report in ALL} - {None}) == 6


def test_none_is_there_twice():
    for field in ("name", "title", "text"):
        values = [getattr(report, field) for report in ALL]
        assert len(set(values)) == len(values), field


@pytest.mark.parametrize("report", NAMED)
def test_each_has_the_length_of_a_report(report):
    assert 150 <= len(report.text.split()) <= 450


@pytest.mark.parametrize("report", NAMED)
def test_the_readme_says_what_each_shows(report):
    lines = [line for line in README.splitlines() if f"{report.name}`" in line]
    assert len(lines) == 1
    assert report.outlet is None or report.outlet in README


def test_nothing_lies_there_that_the_readme_does_not_name():
    for path in REPORTS.rglob("*"):
        if path.is_file():
            assert path.name in README


@pytest.mark.parametrize(
    ("copy", "original"), [("tc-24-0611", "kta-0305"), ("tc-24-0655", "mw-0313-3"), ("lantern-1187", "mw-0313-3")]
)
def test_agency_copy_is_copied_and_not_all_of_it(copy, original):
    """Most of a copy's sentences are the agency's, whatever quotation marks the house puts round them."""
    plain = str.maketrans("‘’“”'", '""""' + '"')
    texts = {report.name: report.text.translate(plain) for report in ALL}
    paragraphs = texts[copy].split("\n\n")
    shared = [paragraph for paragraph in paragraphs if paragraph[-100:] in texts[original]]
    assert len(shared) >= len(paragraphs) / 2
    assert texts[copy] not in texts[original]
    assert texts[original] not in texts[copy]


def test_the_list_of_places_has_none_that_no_report_names():
    told = " ".join(f"{report.title} {report.text}" for report in ALL)
    with (EXAMPLES / "places.csv").open(encoding="utf-8", newline="") as table:
        places = [row["name"] for row in csv.DictReader(table)]
    assert places
    assert [name for name in places if name not in told] == []
    assert "places.csv" in README
