"""The reader that asks a language model, against a real server on this machine, good and bad."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from tests.unit.read.endpoint import (
    ANSWER,
    NOTHING,
    REPORT,
    Endpoint,
    Reply,
    completion,
    says,
    sends,
    serving,
)

from sayso.config import Limits, Llm
from sayso.errors import BudgetError, EndpointError, ReaderError, UsageError
from sayso.read import LlmReader, chat
from sayso.types import Article, Reading

KEY = "sk-not-to-be-shown-4711"


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    monkeypatch.setattr(chat, "BACKOFF", 0.01)
    with serving() as server:
        yield server


def article(text: str = REPORT, number: int = 0) -> Article:
    name = f"{number:016x}"
    return Article(name, name * 4, f"{number}.txt", None, None, "2031-05-06", None, "en", text)


def reader(endpoint: Endpoint, limits: Limits | None = None, **settings: Any) -> LlmReader:
    return LlmReader.load(Llm(url=endpoint.url, model="toy", key=KEY, **settings), limits)


def failing(endpoint: Endpoint, *, limits: Limits | None = None, **settings: Any) -> str:
    """The reason for which an article cannot be read."""
    with pytest.raises(ReaderError) as error:
        reader(endpoint, limits, **settings).read(article())
    assert KEY not in str(error.value)
    return str(error.value)


def check(reading: Reading) -> None:
    for a in reading.attributions:
        for span in (a.source, a.cue, *a.content):
            assert span is None or reading.article.text[span.start : span.end] == span.text != ""


# What is asked, and what becomes of a good answer


def test_a_report_is_read(endpoint: Endpoint) -> None:
    reading = reader(endpoint).read(article())

    check(reading)
    outer, inner, quoted = reading.attributions
    assert (inner.within, inner.stance, inner.claimant) == (outer.id, "denies", "the ministry")
    assert quoted.claimant == "Major General Ivo Sand"  # the plain code knows who the senior general is
    assert quoted.kind == "direct"
    assert [(c.min, c.kind, c.attribution) for c in reading.casualties] == [(12, "killed", inner.id)]
    assert [d.value for d in reading.dates] == ["2031-05-03"]
    assert "Karvel" in [p.name for p in reading.places]
    assert reading.provenance.reader == "llm"
    assert reading.provenance.model.startswith("toy-")
    assert reading.provenance.dropped == 0
    assert Reading.from_json(reading.to_json()) == reading


def test_only_the_text_goes_there_and_with_settings_that_repeat(endpoint: Endpoint) -> None:
    reader(endpoint).read(replace(article(), outlet="The Lantern", location="secret/place.txt"))

    (asked,) = endpoint.asked
    assert asked["path"] == "/v1/chat/completions"
    assert (asked["model"], asked["temperature"], asked["stream"]) == ("toy", 0, False)
    assert isinstance(asked["seed"], int)
    assert asked["response_format"]["type"] == "json_schema"
    assert [m["role"] for m in asked["messages"]] == ["system", "user"]
    assert asked["messages"][1]["content"] == REPORT
    assert "Lantern" not in json.dumps(asked)
    assert "secret" not in json.dumps(asked)
    assert endpoint.headers[0]["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(("form", "type_"), [("json", "json_object"), ("text", None)])
def test_other_ways_to_ask_for_json(endpoint: Endpoint, form: str, type_: str | None) -> None:
    reader(endpoint, form=form).read(article())

    assert endpoint.asked[0].get("response_format", {}).get("type") == type_


def test_the_provenance_tells_settings_apart_but_not_places(endpoint: Endpoint) -> None:
    one = reader(endpoint).provenance.model

    assert one != reader(endpoint, form="text").provenance.model
    assert one != reader(endpoint, chars=500).provenance.model
    assert one == LlmReader.load(Llm("http://elsewhere.example/v1", "toy", seconds=5.0)).provenance.model


def test_without_a_key_none_is_sent(endpoint: Endpoint) -> None:
    LlmReader.load(Llm(endpoint.url, "toy")).read(article())

    assert "authorization" not in endpoint.headers[0]


def test_a_long_text_goes_in_parts_and_is_one_reading(endpoint: Endpoint) -> None:
    text = "\n\n".join([REPORT] * 3)

    reading = reader(endpoint, chars=len(REPORT) + 10).read(article(text))

    check(reading)
    assert len(endpoint.asked) == 3
    assert len(reading.attributions) == 9
    assert reading.attributions[8].content[0].start > 2 * len(REPORT)
    assert {a.claimant for a in reading.attributions} == {"Major General Ivo Sand", "the ministry"}


def test_a_headline_that_is_printed_twice_is_sent_once(endpoint: Endpoint) -> None:
    headline = "Twelve people killed in the shelling of Karvel market, says monitor"
    told = {
        "id": 1,
        "source": "monitor",
        "cue": "says",
        "content": ["Twelve people killed in the shelling of Karvel market"],
    }
    endpoint.otherwise = says({"attributions": [told]})
    twice = replace(article(f"{headline}\n\n{headline}\n\nNobody knew more on Tuesday."), title=headline)

    (found,) = reader(endpoint).read(twice).attributions

    assert endpoint.asked[0]["messages"][1]["content"].count(headline) == 1
    assert found.content[0].start == len(headline) + 2


def test_an_answer_that_was_cut_off_is_asked_for_in_halves(endpoint: Endpoint) -> None:
    text = "\n\n".join([REPORT] * 6)
    endpoint.replies = [says(json.dumps(ANSWER)[:200], finish="length")]

    reading = reader(endpoint).read(article(text))

    sent = [asked["messages"][1]["content"] for asked in endpoint.asked]
    assert sent[0] == text
    assert "".join("".join(sent[1:]).split()) == "".join(text.split())
    assert len(reading.attributions) == 3 * (len(sent) - 1)


def test_several_are_asked_about_at_once_and_come_in_order(endpoint: Endpoint) -> None:
    def slowly(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        time.sleep(0.3 if "Number 0." in body["messages"][1]["content"] else 0.05)
        says(NOTHING)(handler, body)

    endpoint.otherwise = slowly
    with reader(endpoint).asking(3) as start:
        waiting = [start(article(f"Number {n}.", n)) for n in range(9)]
        found = [wait().article.text for wait in waiting]

    assert found == [f"Number {n}." for n in range(9)]
    assert endpoint.most_under_way == 3


def test_leaving_ends_what_is_under_way(endpoint: Endpoint) -> None:
    endpoint.otherwise = lambda *_: time.sleep(60)
    began = time.monotonic()

    with reader(endpoint).asking(2) as start:
        start(article())
        time.sleep(0.1)

    assert time.monotonic() - began < 30


# Words that are not in the text


def test_what_the_report_does_not_say_is_dropped_and_counted(endpoint: Endpoint) -> None:
    first, *others = ANSWER["attributions"]
    invented = {"id": 9, "source": "The mayor", "cue": "said", "content": ["that all is well"], "within": None}
    changed = first | {"claimant": "General Boris Sand"}
    endpoint.otherwise = says(
        {"attributions": [changed, *others, invented], "names": [{"text": "Oz", "kind": "place"}]}
    )

    reading = reader(endpoint).read(article())

    check(reading)
    assert len(reading.attributions) == 3
    assert reading.provenance.dropped == 5
    assert reading.to_json()["provenance"]["dropped"] == 5


# Answers that cannot be used


def test_fences_are_taken_off(endpoint: Endpoint) -> None:
    endpoint.otherwise = says(f"```json\n{json.dumps(ANSWER)}\n```")

    assert len(reader(endpoint).read(article()).attributions) == 3


def test_after_nonsense_it_is_asked_again_and_told_why(endpoint: Endpoint) -> None:
    endpoint.replies = [says("As a language model, I"), says({"attributions": [{"id": "one", "content": []}]})]

    reading = reader(endpoint).read(article())

    assert len(reading.attributions) == 3
    complaints = [[m["content"] for m in asked["messages"][2:]] for asked in endpoint.asked]
    assert complaints[0] == []
    assert "no valid JSON" in complaints[1][0]
    assert "whole number" in complaints[2][0]
    assert "language model" not in complaints[1][0]


def packed(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    sends(200, b"\x1f\x8b not looked into", Content_Encoding="gzip")(handler, _)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (says("nonsense"), "no valid JSON"),
        (says(json.dumps(ANSWER)[:-30]), "no valid JSON"),
        (says(ANSWER | {"attributions": "none"}), "expected a list"),
        (says("{" * 5000), "nested deeper"),
        (says(""), "no text where a chat completion has it"),
        (sends(200, completion(None)), "no text where"),
        (sends(200, completion([{"type": "text", "text": "{}"}])), "no text where"),
        (says(json.dumps(ANSWER), finish="length"), "cut off where the model had to stop"),
        (sends(200, b""), "no valid JSON"),
        (sends(200, b"<html>Welcome</html>"), "no valid JSON"),
        (sends(200, b"\xff\xfe\x00"), "not UTF-8"),
        (sends(200, b"[" * 50_000), "nested deeper"),
        (sends(200, b'{"choices": []}'), r"choices\[0\] is missing"),
        (sends(200, b'{"choices": ["x"]}'), r"choices\[0\] is missing"),
        (sends(200, b'{"choices": [{"message": "x"}]}'), "no text where"),
        (sends(200, b"null"), r"choices\[0\] is missing"),
        (packed, "it is packed"),
    ],
)
def test_answers_that_stay_unusable_are_the_articles_fault(endpoint: Endpoint, reply: Reply, reason: str) -> None:
    endpoint.otherwise = reply

    with pytest.raises(ReaderError, match=f"the answers of toy cannot be used: .*{reason}"):
        reader(endpoint).read(article())
    assert len(endpoint.asked) <= 3


def test_a_huge_answer_is_not_taken_in(endpoint: Endpoint) -> None:
    sent = 0

    def without_end(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.send_header("Content-Length", str(1 << 40))
        handler.end_headers()
        while sent < 200_000_000:
            handler.wfile.write(b" " * 65536)
            sent += 65536

    endpoint.otherwise = without_end

    assert "longer than 100,000 bytes" in failing(endpoint, limits=Limits(answer_bytes=100_000))
    assert sent < 100_000_000


# No answers


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 529])
def test_a_busy_endpoint_is_asked_again(endpoint: Endpoint, status: int) -> None:
    endpoint.replies = [sends(status, b'{"error": {"message": "busy"}}')] * 2

    assert len(reader(endpoint).read(article()).attributions) == 3
    assert len(endpoint.asked) == 3


@pytest.mark.parametrize("kind", ["seconds", "date"])
def test_it_waits_as_long_as_it_is_told_to(endpoint: Endpoint, kind: str) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    endpoint.replies = [sends(429, b"", Retry_After="1" if kind == "seconds" else until)]
    began = time.monotonic()

    reader(endpoint).read(article())

    assert 0.9 < time.monotonic() - began < 30


def test_it_does_not_wait_longer_than_an_article_may_take(endpoint: Endpoint) -> None:
    endpoint.replies = [sends(429, b'{"error": {"message": "quota"}}', Retry_After="3600")]
    began = time.monotonic()

    reason = failing(endpoint, seconds=20.0)

    assert "429 quota; to wait 3,600 s more is past the time for an article" in reason
    assert time.monotonic() - began < 60


def test_failures_that_stay_are_told_with_what_the_endpoint_says_but_never_the_key(endpoint: Endpoint) -> None:
    message = json.dumps({"error": {"message": f"overloaded,\n key {KEY}" + "!" * 500}}).encode()
    endpoint.otherwise = sends(500, message)

    reason = failing(endpoint, tries=3)

    assert "500 overloaded, key [key]!!!" in reason
    assert reason.endswith("(tried 3 times)")
    assert len(reason) < 350
    assert len(endpoint.asked) == 3


def test_a_connection_that_breaks_off_is_tried_again(endpoint: Endpoint) -> None:
    def breaks_off(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        handler.wfile.write(b'{"choices"')
        handler.close_connection = True

    endpoint.replies = [breaks_off]

    assert len(reader(endpoint).read(article()).attributions) == 3


def test_nobody_listens(endpoint: Endpoint) -> None:
    with serving() as gone:
        pass
    with pytest.raises(ReaderError, match=f"{gone.url[:-3]} did not answer: ConnectError.*tried 2 times"):
        reader(gone, tries=2).read(article())


def test_a_slow_answer_is_given_up_and_asked_for_again(endpoint: Endpoint) -> None:
    endpoint.replies = [lambda *_: time.sleep(60)]

    assert len(reader(endpoint, timeout=2.0).read(article()).attributions) == 3


def drips(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    """Never silent for long, and never done."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(1200):
        handler.wfile.write(f"X-Header-{number}: x\r\n".encode())
        handler.wfile.flush()
        time.sleep(0.05)
    handler.close_connection = True


def test_the_time_for_an_article_is_hard(endpoint: Endpoint) -> None:
    endpoint.otherwise = drips
    began = time.monotonic()

    assert "the 0.5 s for an article are over" in failing(endpoint, seconds=0.5)
    assert time.monotonic() - began < 30


def test_an_endpoint_that_answers_no_article_is_gone(endpoint: Endpoint) -> None:
    endpoint.otherwise = sends(400, b'{"error": "no such thing as response_format"}')
    asking = reader(endpoint)

    with asking.asking(1) as start:
        for number in range(2):
            with pytest.raises(ReaderError, match="400 no such thing as response_format"):
                start(article(number=number))()
        with pytest.raises(EndpointError, match="answered none of 3 articles in a row: 400"):
            start(article(number=3))()


def test_an_answer_between_failures_shows_that_it_is_there(endpoint: Endpoint) -> None:
    bad = sends(400, b"{}")
    endpoint.replies = [bad, bad, says(NOTHING), bad, bad]

    with reader(endpoint).asking(1) as start:
        for number in range(5):
            if number == 2:
                start(article(number=number))()
            else:
                with pytest.raises(ReaderError):
                    start(article(number=number))()


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (
            sends(401, f'{{"error": {{"message": "bad key {KEY}"}}}}'.encode()),
            r"refuses \(401\): bad key \[key\]\. .*_KEY",
        ),
        (sends(403, b""), "refuses"),
        (sends(404, b'{"detail": "no model toy"}'), "no such endpoint or model.*no model toy.*--llm-url"),
        (sends(307, b"", Location="http://other.example/v1"), "sends on to http://other.example/v1 .* not followed"),
        (sends(302, b"", Location="http://[bad"), "not followed"),
    ],
)
def test_what_no_other_article_could_change_ends_the_run(endpoint: Endpoint, reply: Reply, message: str) -> None:
    endpoint.otherwise = reply

    with pytest.raises(EndpointError, match=message) as error:
        reader(endpoint).read(article())
    assert KEY not in str(error.value)
    assert len(endpoint.asked) == 1


def test_a_redirect_is_not_followed_to_another_host(endpoint: Endpoint) -> None:
    with serving() as other:
        endpoint.otherwise = sends(307, b"", Location=f"{other.url}/chat/completions")
        with pytest.raises(EndpointError):
            reader(endpoint).read(article())
        assert other.asked == []


# How much may be asked


def test_the_budget_of_requests_counts_every_request(endpoint: Endpoint) -> None:
    endpoint.replies = [sends(500, b"")]
    asking = reader(endpoint, requests=3)

    asking.read(article(number=1))
    asking.read(article(number=2))
    with pytest.raises(BudgetError, match=r"budget of 3 requests is used up \(3 requests, 200 tokens\)"):
        asking.read(article(number=3))
    assert len(endpoint.asked) == 3


@pytest.mark.parametrize("tokens", [100, None, -5, True])
def test_the_budget_of_tokens_is_counted_also_where_the_endpoint_does_not(endpoint: Endpoint, tokens: Any) -> None:
    endpoint.otherwise = says(ANSWER, tokens=tokens)
    asking = reader(endpoint, tokens=50)

    asking.read(article(number=1))
    with pytest.raises(BudgetError, match="budget of 50 tokens is used up"):
        asking.read(article(number=2))


# Settings


@pytest.mark.parametrize(
    "url",
    [
        "localhost:8080",
        "ftp://a.example/v1",
        "http://",
        "http://[::1",
        "http://a.example:99999/v1",
        "file:///etc/passwd",
        "http://a.example/\nv1",
        f"http://me:{KEY}@a.example/v1",
    ],
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(UsageError, match="--llm-url") as error:
        LlmReader.load(Llm(url, "toy"))
    assert KEY not in str(error.value)


@pytest.mark.parametrize("path", ["/v1", "/v1/", "/v1/chat/completions"])
def test_the_address_may_be_given_in_full(endpoint: Endpoint, path: str) -> None:
    LlmReader.load(Llm(endpoint.url.removesuffix("/v1") + path, "toy")).read(article())

    assert endpoint.asked[0]["path"] == "/v1/chat/completions"


def test_a_query_is_sent_and_not_shown(endpoint: Endpoint) -> None:
    endpoint.otherwise = sends(401, b"")
    with pytest.raises(EndpointError) as error:
        LlmReader.load(Llm(f"{endpoint.url}?api-version=7", "toy")).read(article())

    assert endpoint.asked[0]["path"] == "/v1/chat/completions?api-version=7"
    assert "api-version" not in str(error.value)


@pytest.mark.parametrize("llm", [Llm(), Llm(url="http://a.example/v1"), Llm(model="toy")])
def test_whom_to_ask_has_to_be_said(llm: Llm) -> None:
    with pytest.raises(UsageError, match=r"--llm-url.*--llm-model"):
        LlmReader.load(llm)


def test_a_missing_extra_is_told_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'sayso\[llm\]'"):
        LlmReader.load(Llm("http://a.example/v1", "toy"))


def test_the_key_is_in_no_picture_of_the_settings() -> None:
    assert KEY not in repr(Llm(key=KEY))


def test_language_decides_what_is_read(endpoint: Endpoint) -> None:
    assert reader(endpoint).reads(article())
    assert not reader(endpoint).reads(replace(article(), language="ar"))


@pytest.mark.parametrize("text", ["", " \n", "😀", "x" * 100])
def test_texts_in_which_there_is_little(endpoint: Endpoint, text: str) -> None:
    endpoint.otherwise = says(ANSWER)

    reading = reader(endpoint, chars=10).read(article(text))

    assert reading.attributions == ()
