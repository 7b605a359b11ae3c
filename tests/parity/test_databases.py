"""SQLite and PostgreSQL hold the same: every listing, story and export is the same to the byte."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.postgres import Server
from tests.unit.ledger.builders import Builder, received

from sayso import config, deciding, linking, pipeline
from sayso.errors import UsageError
from sayso.exporting import KINDS, export
from sayso.ledger import Judgement, Ledger
from sayso.ledger.browse import ARTICLE_ORDERS, CLAIM_ORDERS, STORY_ORDERS
from sayso.read.added import add as add_places
from sayso.types import Correction, Filters, Quarantined

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
CORPUS = Path(os.environ.get("SAYSO_DATA", ROOT.parent / "shared" / "data")) / "stories_dev" / "articles.json"
REPORTS = 60
ALIKE = [kind for kind in KINDS if kind != "bundle"]  # which has the log, whose every entry has its moment
LISTINGS = ("articles", "claims", "claimants", "stories", "echoes", "links", "warnings", "quarantined", "decisions")
FILTERS = (
    Filters(about="bridge"),
    Filters(about='"the army"', since="2024-03"),
    Filters(by="ministry"),
    Filters(place="a", limit=7),
    Filters(stance="denies"),
    Filters(type="ASSAULT", until="2024-03-13"),
)


@pytest.fixture(scope="module")
def pair(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, Ledger]]:
    """Two empty ledgers, one in each database."""
    with _pair(postgres, tmp_path_factory.mktemp("pair")) as both:
        yield both


@contextmanager
def _pair(postgres: Server, folder: Path) -> Iterator[tuple[Ledger, Ledger]]:
    where = postgres.new_ledger()
    with Ledger.open(str(folder / "a.db")) as one, Ledger.open(where) as other:
        yield one, other
    postgres.drop(where)


@pytest.fixture(scope="module")
def examples(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, Ledger]]:
    """The example reports, read, linked and decided on in both."""
    places = tmp_path_factory.mktemp("places") / "places.tsv"
    settled = config.load({"places": str(places)}, {}, places.parent)
    add_places(EXAMPLES / "places.csv", places, settled.limits)
    with _pair(postgres, places.parent) as both:
        _read(EXAMPLES / "reports", settled, both)
        for ledger in both:
            _decide(ledger)
        yield both


def _read(path: Path, settled: config.Config, both: tuple[Ledger, Ledger]) -> None:
    """Read once, and store and link in both."""
    for outcome in pipeline.outcomes([str(path)], settled):
        for ledger in both:
            if isinstance(outcome, Quarantined):
                ledger.quarantine(outcome)
            else:
                ledger.store(outcome.received, outcome.reading)
    for ledger in both:
        linking.link(ledger)


def _decide(ledger: Ledger) -> None:
    claims = list(ledger.claims())
    deciding.decide(ledger, Judgement("reject", claims[3].id, "mara", note="not said"))
    said = Correction(claimant="Zoë Ærne", stance="denies")
    deciding.decide(ledger, Judgement("correct", claims[5].id, "ivo", correction=said))
    deciding.decide(ledger, Judgement("confirm", claims[8].id, "mara"))
    deciding.undo(ledger, Judgement("confirm", claims[8].id, "mara"))


def listed(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """All that can be listed, as text, by name."""
    for name in LISTINGS:
        yield name, _text(getattr(ledger, name)())
    for f in FILTERS:
        for name in ("articles", "claims", "claimants", "stories", "links"):
            yield f"{name} {f}", _text(getattr(ledger, name)(f))
    for row in ledger.stories():
        yield f"story {row.id}", _text(ledger.story(row.id))
    for row in ledger.claimants(Filters(limit=15)):
        yield f"claimant {row.name}", _text([deciding.claimant(ledger, row.name)])
    yield "queue", _text(deciding.queue(ledger, 200))
    with ledger.browsing() as browse:
        yield "outlets", _text(browse.outlets())
        yield "counts", _text([browse.counts(), browse.stances(Filters()), browse.event_types()])
        for listing, orders in ((browse.claims, CLAIM_ORDERS), (browse.articles, ARTICLE_ORDERS)):
            for order in orders:
                if order != "added":  # by the moment at which it was stored
                    yield f"page {order}", _text(listing(Filters(), order).rows)
        for order in STORY_ORDERS:
            yield f"stories {order}", _text(browse.stories(Filters(), order).rows)
        for outlet in browse.outlets():
            cited = (browse.cited_by_outlet, browse.copied_from, browse.copied_by)
            yield f"beside {outlet.name}", _text([of(outlet.name, 20) for of in cited])


def _text(rows: object) -> str:
    def plain(row: object) -> object:
        return asdict(row) if hasattr(row, "__dataclass_fields__") else str(row)

    at = ("at", "superseded")  # the moments at which somebody decided
    lines = [json.dumps(row, default=plain, ensure_ascii=False, indent=1) for row in rows]  # type: ignore[attr-defined]
    return "\n".join(line for text in lines for line in text.splitlines() if not line.strip().startswith(_keys(at)))


def _keys(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f'"{name}":' for name in names)


def assert_same(both: tuple[Ledger, Ledger]) -> None:
    found = [dict(listed(ledger)) for ledger in both]
    assert found[0].keys() == found[1].keys()
    for name, text in found[0].items():
        assert found[1][name] == text, name


def test_the_example_reports_are_listed_alike(examples: tuple[Ledger, Ledger]) -> None:
    assert_same(examples)


def exported(ledger: Ledger, kind: str) -> bytes:
    out = io.BytesIO()
    export(ledger, kind, out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ALIKE)
def test_the_example_reports_are_exported_alike(examples: tuple[Ledger, Ledger], kind: str) -> None:
    one, other = (exported(ledger, kind) for ledger in examples)
    assert one == other


def test_reports_as_found_are_listed_and_exported_alike(postgres: Server, tmp_path: Path) -> None:
    if not CORPUS.is_file():
        pytest.skip(f"needs the reports in {CORPUS}")
    table = tmp_path / "reports.jsonl"
    rows = json.loads(CORPUS.read_text("utf-8"))[:REPORTS]
    table.write_text("".join(json.dumps(row) + "\n" for row in rows))
    settled = config.load({"places": ""}, {}, tmp_path)
    with _pair(postgres, tmp_path) as both:
        _read(table, settled, both)
        assert len(list(both[0].articles())) == REPORTS
        assert_same(both)
        for kind in ALIKE:
            assert exported(both[0], kind) == exported(both[1], kind), kind


LETTERS = "ab é\u0301e\u0345ẞßſİıΣςﬁǅ_-'’.:*^()\"“”,0١५ع中日あ가🙂\u200b\u00ad\ue000\U00010400\n"
text = st.text(st.one_of(st.sampled_from(LETTERS), st.characters(exclude_categories=("Cs",))), min_size=1, max_size=40)
texts = st.lists(text, min_size=1, max_size=3)


@given(contents=texts, about=texts, cut=st.integers(0))
@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_whatever_is_looked_for_both_find_the_same(
    pair: tuple[Ledger, Ledger], contents: list[str], about: list[str], cut: int
) -> None:
    item = received(" | ".join(contents) + " | end", location="random.txt")
    build = Builder(item)
    for content in dict.fromkeys(contents):
        build.says(None, content)
    for ledger in pair:
        ledger.store(item, build.reading)
    piece = contents[0][cut % len(contents[0]) :]
    for query in (*about, " ".join(about), f'"{piece}"', f'"{contents[-1]}" {piece}'):
        one, other = (_found(ledger, query, item.article.id) for ledger in pair)
        assert one == other, query


def _found(ledger: Ledger, query: str, article: str) -> list[str] | None:
    try:
        return [row.id for row in ledger.claims(Filters(about=query)) if row.article == article]
    except UsageError:
        return None


@pytest.mark.parametrize("word", ["x" * 199, "x" * 200, "x" * 5000, "é" * 3000])
def test_words_of_any_length_are_found(pair: tuple[Ledger, Ledger], word: str) -> None:
    item = received(f"Somebody said that {word} fell, again and again {'the ' * 20_000} end.", location="long.txt")
    build = Builder(item)
    build.says(None, item.article.text[14:])
    for ledger in pair:
        ledger.store(item, build.reading)
        for query in (word, f'"{word} fell"', f'"the the the end" {word}'):
            assert _found(ledger, query, item.article.id), query
        for query in (word + "y", f'"fell {word}"', f'"again the end" {word}'):
            assert not _found(ledger, query, item.article.id), query
