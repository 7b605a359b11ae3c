"""The reader that asks a language model, at an endpoint that the user names.

What it answers is only ever used to point at words of the article; everything else is the same plain code that the
local reader uses. An event loop of its own asks for several articles at once.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib.util
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property

from sayso import __version__
from sayso.config import Limits, Llm
from sayso.errors import EndpointError, ReaderError, UsageError
from sayso.read.added import AddedPlaces, gazetteer_with
from sayso.read.anchor import Offsets
from sayso.read.chat import SEED, Budget, Chat, Messages, completions_url, host_of
from sayso.read.gazetteer import Gazetteer
from sayso.read.grounded import ground
from sayso.read.headline import repeated_headline
from sayso.read.prompt import INSTRUCTIONS, SCHEMA, Answer, AnswerError, CutOffError, parse_answer, parts
from sayso.read.resolve import reading_of
from sayso.text import unmangled
from sayso.types import Article, Provenance, Reading

ASKED = 3  # times that one part is asked for while the answers cannot be used
SHORTEST = 500  # characters of a part that is still cut in two where its answer does not fit
COMPLAINT = "Your last answer could not be used: {}. Answer again, with the JSON object alone."

Answers = list[tuple[Offsets, Answer]]


class LlmReader:
    """Reads English articles by asking the model that ``llm`` names."""

    def __init__(self, llm: Llm, limits: Limits, places: AddedPlaces | None = None) -> None:
        self._llm = llm
        self._limits = limits
        self._budget = Budget(llm)
        self._places = places or AddedPlaces()
        self.provenance = Provenance(__version__, f"{llm.model}-{_fingerprint(llm)}{self._places.mark}", "llm", 0)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return gazetteer_with(self._places)

    @classmethod
    def load(cls, llm: Llm, limits: Limits | None = None, places: AddedPlaces | None = None) -> LlmReader:
        """The reader; nothing is asked yet. UsageError where whom to ask is not said, or httpx is not installed."""
        destination(llm)
        return cls(llm, limits or Limits(), places)

    def reads(self, article: Article) -> bool:
        """True if the article is in a language that the plain code reads; one of unknown language is tried."""
        return article.language in (None, "en")

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """The readings of the articles, in their order."""
        with self.asking(1) as start:
            for article in articles:
                yield start(article)()

    def read(self, article: Article) -> Reading:
        """One article's reading. ReaderError where the model gives no usable answer; EndpointError where it cannot be
        asked; BudgetError where it may not."""
        with self.asking(1) as start:
            return start(article)()

    @contextmanager
    def asking(self, jobs: int) -> Iterator[Callable[[Article], Callable[[], Reading]]]:
        """A function that begins to ask about an article, ``jobs`` of them at once; what it returns waits for the
        reading. Leaving the context ends what is under way."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, name="sayso-llm", daemon=True)
        thread.start()
        chat = Chat(self._llm, self._limits, self._budget)
        turns = asyncio.Semaphore(jobs)

        def start(article: Article) -> Callable[[], Reading]:
            asked = asyncio.run_coroutine_threadsafe(self._ask(article, chat, turns), loop)
            return lambda: self._reading(article, asked.result())

        try:
            yield start
        finally:
            asyncio.run_coroutine_threadsafe(_end(chat), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    def _reading(self, article: Article, answers: Answers) -> Reading:
        grounded = ground(article.text, answers)
        provenance = replace(self.provenance, dropped=grounded.dropped)
        return reading_of(article, grounded.marks, provenance, grounded.given, self._gazetteer)

    async def _ask(self, article: Article, chat: Chat, turns: asyncio.Semaphore) -> Answers:
        async with turns:
            if chat.over:  # what waited for its turn is not sent any more
                raise chat.over
            try:
                return await self._ask_in_time(article, chat)
            except EndpointError as error:
                chat.over = error
                raise

    async def _ask_in_time(self, article: Article, chat: Chat) -> Answers:
        try:
            async with asyncio.timeout(self._llm.seconds):
                deadline = asyncio.get_running_loop().time() + self._llm.seconds
                return await self._ask_of(article, chat, deadline)
        except TimeoutError as error:
            raise chat.given_up(f"the {self._llm.seconds:g} s for an article are over") from error
        except AnswerError as error:
            raise ReaderError(f"the answers of {self._llm.model} cannot be used: {error}") from error

    async def _ask_of(self, article: Article, chat: Chat, deadline: float) -> Answers:
        # What stands in the first of two headlines is not read: words found there would be lost.
        start = repeated_headline(article.text) if article.title else 0
        found: Answers = []
        for a, b in parts(article.text[start:], self._llm.chars):
            found += await self._ask_of_part(article.text, (start + a, start + b), chat, deadline)
        return found

    async def _ask_of_part(self, text: str, part: Offsets, chat: Chat, deadline: float) -> Answers:
        start, end = part
        try:
            return [(part, await self._answer(text[start:end], chat, deadline))]
        except CutOffError:
            if end - start < 2 * SHORTEST:
                raise
        halves: Answers = []
        for a, b in parts(text[start:end], (end - start) // 2 + 1):
            halves += await self._ask_of_part(text, (start + a, start + b), chat, deadline)
        return halves

    async def _answer(self, text: str, chat: Chat, deadline: float) -> Answer:
        """The answer about one part; where it cannot be used, the model is told why and asked again."""
        asked = _messages(text)
        for attempt in range(1, ASKED + 1):
            try:
                return parse_answer(await chat.ask(asked, deadline), self._limits.answer_depth)
            except CutOffError:
                raise
            except AnswerError as error:
                if attempt == ASKED:
                    raise
                asked = [*_messages(text), {"role": "user", "content": COMPLAINT.format(error)}]
        raise AssertionError("unreachable")


def destination(llm: Llm) -> str:
    """Where articles are sent, to be shown. UsageError where that is not said, or httpx is not installed."""
    if not llm.url or not llm.model:
        raise UsageError(
            "--reader llm asks the model that you name: give --llm-url, as http://localhost:8080/v1, and --llm-model"
        )
    if importlib.util.find_spec("httpx") is None:
        raise UsageError("--reader llm needs httpx, which is not installed. Install it with: pip install 'sayso[llm]'")
    return host_of(completions_url(llm.url))


def _messages(text: str) -> Messages:
    return [{"role": "system", "content": INSTRUCTIONS}, {"role": "user", "content": unmangled(text)}]


def _fingerprint(llm: Llm) -> str:
    """What, beside the model, decides an answer; where the endpoint is does not."""
    asked = [INSTRUCTIONS, COMPLAINT, SCHEMA, llm.form, llm.chars, SEED]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:12]


async def _end(chat: Chat) -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await chat.close()
