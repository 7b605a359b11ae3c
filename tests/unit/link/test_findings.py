"""Findings: feeds of ClaimReviews, the articles they become, and the claims that they concern."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.unit.ledger.builders import Builder, received
from tests.unit.link.test_warnings import ORVANE, SENNATH, claim, later

from sayso.config import Limits
from sayso.errors import IntakeError
from sayso.ledger.claims import claims_of
from sayso.link.findings import (
    Finding,
    blocks,
    blocks_of_told,
    concerns,
    is_feed,
    read_findings,
    reading_of,
    text_of,
)
from sayso.types import ClaimRow, Figure

REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://desk.example/reviews/7",
    "datePublished": "2031-07-01T08:00:00Z",
    "author": {"@type": "Organization", "name": "Orvane Inquiry"},
    "claimReviewed": "Cluster shells struck the market in Orvane on 4 May 2031",
    "reviewRating": {"@type": "Rating", "ratingValue": 4, "bestRating": 5, "alternateName": "Well supported"},
}


def feed(tree: Any) -> bytes:
    return json.dumps(tree).encode()


def read_one(review: Mapping[str, Any] = REVIEW, name: str = "Somebody") -> Finding:
    (finding,) = read_findings(feed(review), name)
    return finding


def test_a_review_is_the_bodys_word_on_a_claim() -> None:
    assert read_one() == Finding(
        body="Orvane Inquiry",
        claim="Cluster shells struck the market in Orvane on 4 May 2031",
        conclusion="Well supported",
        url="https://desk.example/reviews/7",
        date="2031-07-01",
        place=None,
    )


@pytest.mark.parametrize(
    "wrapped",
    [
        [REVIEW],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
        {"@type": "DataFeed", "dataFeedElement": [REVIEW]},
        REVIEW | {"@type": "http://schema.org/ClaimReview"},
        REVIEW | {"@type": ["Review", "schema:ClaimReview"]},
        REVIEW | {"author": [REVIEW["author"]], "reviewRating": [REVIEW["reviewRating"]]},
        REVIEW | {"author": "Orvane Inquiry"},
    ],
)
def test_reviews_are_found_however_the_feed_wraps_them(wrapped: Any) -> None:
    assert read_one(wrapped) == read_one()


def test_reviews_come_in_the_feeds_order() -> None:
    many = [REVIEW | {"claimReviewed": f"claim {n}"} for n in range(20)]
    assert [f.claim for f in read_findings(feed({"@graph": many}), "X")] == [f"claim {n}" for n in range(20)]


def test_a_review_without_an_author_is_that_of_the_body_given() -> None:
    review = {key: value for key, value in REVIEW.items() if key != "author"}
    assert read_one(review, "Sennath Commission").body == "Sennath Commission"


def test_a_rating_that_has_no_name_is_its_place_on_the_scale() -> None:
    assert read_one(REVIEW | {"reviewRating": {"ratingValue": "4", "bestRating": 5}}).conclusion == "4 of 5"


def test_a_place_is_taken_from_the_feed() -> None:
    item = {"@type": "Claim", "contentLocation": {"@type": "Place", "name": "Orvane"}}
    finding = read_one(REVIEW | {"itemReviewed": item})
    assert finding.place == "Orvane"
    assert "this claim about Orvane: Cluster" in text_of(finding)


def test_reviews_that_find_nothing_are_left_out() -> None:
    bare = {key: value for key, value in REVIEW.items() if key != "reviewRating"}
    unclaimed = REVIEW | {"claimReviewed": "  "}
    assert len(read_findings(feed([bare, REVIEW, unclaimed]), "X")) == 1


def test_text_from_a_feed_can_be_stored_and_shown_on_a_line() -> None:
    finding = read_one(REVIEW | {"claimReviewed": "a\x00b\ud800 c\n\nd " + "e" * 50_000, "datePublished": "soon"})
    assert finding.claim.startswith("a�b� c d e")
    assert len(finding.claim) <= 20_000
    assert finding.date is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"[" * 100_000, "deep"),
        (feed({"a": 1}), "0 ClaimReviews"),
        (b"[]", "0 ClaimReviews"),
        (b"{", "no valid JSON at character 1"),
        (b"[NaN]", "no valid JSON"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "no valid JSON"),
        (b"\xff\xfe[]", "not UTF-8"),
        (feed([{"@type": "ClaimReview"}]), "1 ClaimReviews in it, none"),
    ],
)
def test_a_hostile_or_empty_feed_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(IntakeError, match=reason):
        read_findings(data, "X")


def test_a_feed_is_bounded_in_size_and_depth() -> None:
    deep: Any = REVIEW
    for _ in range(40):
        deep = {"item": [deep]}
    with pytest.raises(IntakeError, match="deeper than 32"):
        read_findings(feed(deep), "X")
    with pytest.raises(IntakeError, match="article_bytes of 100"):
        read_findings(feed(REVIEW), "X", Limits(article_bytes=100))


def test_json_with_a_review_is_a_feed_and_anything_else_is_read_as_articles_are() -> None:
    assert is_feed(b'[{"@type": ["Thing", "http://schema.org/ClaimReview"')
    assert not is_feed(b'{"text": "We reviewed a ClaimReview"}')
    assert not is_feed(json.dumps({"text": '{"@type": "ClaimReview"}'}).encode())
    assert not is_feed(b"[]")
    assert is_feed(b'\xef\xbb\xbf \n{"@type": "ClaimReview"}')
    assert is_feed(feed([REVIEW]))
    assert not is_feed(b"<html><body>We found</body></html>")
    assert not is_feed(b"The commission found")
    assert not is_feed(b"")


def test_a_finding_is_stored_as_an_article_with_one_claim() -> None:
    finding = replace(read_one(), claim="Shells killed 12 people in Orvane")
    build = Builder(received(text_of(finding), outlet=finding.body, published=finding.date))
    build.says(finding.body, "this claim", cue="reviewed")
    inner = build.says(None, finding.claim)
    build.killed("12", 12, attribution=inner)
    build.place("Orvane")
    build.says(None, "Well supported")
    build.reading = replace(build.reading, embeddings=b"\x01" * 768 + b"\x02" * 768 + b"\x03" * 768)
    reading = reading_of(finding, build.reading)
    (row,) = claims_of(reading)
    assert row.text == "Shells killed 12 people in Orvane … Well supported"
    assert (row.claimant, row.chain, row.stance) == ("Orvane Inquiry", ("Orvane Inquiry", "Orvane Inquiry"), "other")
    assert (row.place, row.figures) == ("Orvane", (Figure(12, 12, "killed", "civilians"),))
    assert reading.embeddings == b"\x02" * 768
    for attribution in reading.attributions:
        for span in (attribution.source, attribution.cue, *attribution.content):
            assert reading.article.text[span.start : span.end] == span.text


def test_another_articles_reading_is_refused() -> None:
    with pytest.raises(ValueError, match="not the text of this finding"):
        reading_of(read_one(), Builder(received("Something else.")).reading)


FOUND = claim(
    "that cluster shells struck the crowded market",
    name="f1",
    article="found",
    claimant="Orvane Inquiry",
    published="2031-07-01",
    date="2031-05-04",
)


def said(text: str = "cluster shells fell on the market", **more: Any) -> ClaimRow:
    told: dict[str, Any] = {"name": "c1", "article": "b1", "claimant": "a resident", "published": "2031-05-05"}
    return claim(text, **(told | more))


def concerned(*claims: ClaimRow, finding: ClaimRow = FOUND, embeddings: Mapping[str, bytes] | None = None) -> list[str]:
    return [link.to for link in concerns(finding, claims, embeddings or {})]


def test_a_finding_concerns_claims_of_one_place_time_and_matter() -> None:
    (link,) = concerns(FOUND, [said(date="2031-05-04")], {})
    assert (link.from_, link.to, link.relation) == ("f1", "c1", "finds")
    assert link.why == "Orvane, 2031-05-04, cluster, market, shell"
    assert 0 < link.score <= 1


@pytest.mark.parametrize(
    "other",
    [
        said(place=SENNATH),
        said(place=None),
        said(date="2031-04-20"),
        said(published="2031-05-20"),
        said(published="2031-05-03"),
        said("that the council met in the town hall"),
        said("that Orvane Market Cluster Shells opened"),  # names only
        said(article="found"),
        said(claimant="the Orvane inquiry"),
        said(stance="plans"),
    ],
)
def test_it_concerns_nothing_else(other: ClaimRow) -> None:
    assert concerned(other) == []


def test_denials_are_concerned_too() -> None:
    assert concerned(said(stance="denies")) == ["c1"]


def test_figures_that_both_give_are_named() -> None:
    dead = (Figure(12, 12, "killed", "people"), Figure(30, None, "wounded", "people"))
    (link,) = concerns(replace(FOUND, figures=dead), [said(figures=dead[:1])], {})
    assert link.why.endswith("12 killed")


def test_a_finding_of_a_month_concerns_claims_of_that_month() -> None:
    finding = replace(FOUND, date="2031-05")
    assert concerned(said(published="2031-05-20"), finding=finding) == ["c1"]
    assert concerned(said(published="2031-06-20"), finding=finding) == []


def test_one_without_a_date_concerns_what_came_before_and_shares_more() -> None:
    finding = replace(FOUND, date=None)
    assert concerned(said(), finding=finding) == ["c1"]
    assert concerned(said("shells fell on the market"), finding=finding) == []
    assert concerned(said(published="2031-07-02"), finding=finding) == []
    assert concerned(said(published="2030-05-05"), finding=finding) == []


TOWN_NEAR = ("Sennath", 41.20, 12.55)  # 21 km east, in the next cell


@pytest.mark.parametrize("of", ["2031-05-04", "2031-05", None, "2031"])
@pytest.mark.parametrize("town", [ORVANE, TOWN_NEAR])
@pytest.mark.parametrize("stance", ["asserts", "denies"])
@pytest.mark.parametrize("when", [("2031-05-05", f"2031-05-0{day}") for day in (3, 4, 5)] + [("2031-05-07", None)])
def test_a_finding_shares_a_key_with_what_it_concerns(
    of: str | None, town: tuple[str, float, float], stance: str, when: tuple[str, str | None]
) -> None:
    finding = replace(FOUND, date=of, stance="other", event_type=None, certainty=None)
    told = later("that cluster shells struck the crowded market", when[0], place=town, stance=stance, date=when[1])
    assert concerned(told, finding=finding) == ["l1"]
    assert set(blocks(finding)) & set(blocks_of_told(told))
    assert len(blocks(finding)) <= 60


def test_what_no_finding_concerns_shares_no_key() -> None:
    town = ORVANE[0]
    assert not set(blocks(FOUND)) & set(blocks_of_told(later("that shells hit the town", "2031-06-20")))
    assert not set(blocks(FOUND)) & set(blocks_of_told(later("that shells hit the town", "2031-05-04", place=SENNATH)))
    assert blocks_of_told(later("that they will shell the town", "2031-05-04", certainty="planned")) == ()
    assert blocks_of_told(later("that it plans to shell the town", "2031-05-04", stance="denies")) == ()
    assert blocks(FOUND, {town}) == blocks(replace(FOUND, place=None)) == ()
    assert blocks(replace(FOUND, date=None, published=None)) == blocks(replace(FOUND, date="9999-12-31")) == ()


def vectors(cosine: float) -> dict[str, bytes]:
    one, other = np.zeros(384, np.float16), np.zeros(384, np.float16)
    one[0] = 1
    other[:2] = cosine, (1 - cosine**2) ** 0.5
    return {"f1": one.tobytes(), "c1": other.tobytes()}


@pytest.mark.parametrize(
    ("text", "cosine", "concerned_"),
    [
        ("munitions fell on the market", 0.65, True),
        ("munitions fell on the market", 0.5, False),
        ("munitions fell on stalls", 0.65, False),
        ("munitions fell on stalls", 0.95, False),
    ],
)
def test_embeddings_count_where_both_have_one(text: str, cosine: float, concerned_: bool) -> None:
    assert concerned(said(text), embeddings=vectors(cosine)) == (["c1"] if concerned_ else [])


def test_a_wide_place_tells_no_events_apart() -> None:
    assert list(concerns(FOUND, [said()], {}, wide=frozenset({ORVANE[0]}))) == []


def test_the_order_of_claims_does_not_count() -> None:
    claims = [said(name=f"c{n}", article=f"b{n}") for n in range(5)]
    assert concerned(*claims) == concerned(*claims[::-1]) == [c.id for c in claims]
