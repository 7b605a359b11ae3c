"""Asking an OpenAI-compatible chat endpoint: politely, within bounds, and without telling anybody the key."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sayso.config import Limits, Llm
from sayso.errors import BudgetError, EndpointError, ReaderError, SaysoError, UsageError
from sayso.read.prompt import SCHEMA, AnswerError, CutOffError, load_json

if TYPE_CHECKING:
    import httpx

SEED = 7
BACKOFF, LONGEST_BACKOFF = 0.5, 30.0  # seconds before the second try, doubled before each that follows
BUSY = (408, 425, 429)  # and all from 500 on
UNANSWERED = 3  # articles in a row without any answer, after which the endpoint is taken to be gone
ERROR_BYTES = 64 * 1024  # of the body of a refusal
_CHARS_OF_A_TOKEN = 4  # where the endpoint doesn't say how many it used

Messages = list[dict[str, str]]


class Budget:
    """What one run may still ask. Answers that are under way when the tokens are used up are still taken."""

    def __init__(self, llm: Llm) -> None:
        self._llm = llm
        self.requests = 0
        self.tokens = 0

    def take(self) -> None:
        """Count one request. BudgetError where there is none left."""
        for what, used, most in (
            ("requests", self.requests, self._llm.requests),
            ("tokens", self.tokens, self._llm.tokens),
        ):
            if most is not None and used >= most:
                raise BudgetError(
                    f"the budget of {most:,} {what} is used up ({self.requests:,} requests, {self.tokens:,} tokens)"
                )
        self.requests += 1


class _BusyError(Exception):
    """No answer this time; another try may get one, after ``wait`` seconds if the endpoint says so."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Chat:
    """One endpoint, asked by several articles at once. To be made and used within one event loop. ``over`` is why it
    is not to be asked any more."""

    def __init__(self, llm: Llm, limits: Limits, budget: Budget) -> None:
        import httpx

        self._llm = llm
        self._limits = limits
        self._budget = budget
        self._unanswered = 0
        self.over: EndpointError | None = None
        self._url = completions_url(llm.url or "")
        self._host = host_of(self._url)
        headers = {"Accept-Encoding": "identity"}  # what is packed could be a bomb
        if llm.key:
            headers["Authorization"] = f"Bearer {llm.key}"
        # Proxies and the like come from the environment, which only the command line looks at.
        self._client = httpx.AsyncClient(headers=headers, timeout=None, follow_redirects=False, trust_env=False)

    async def close(self) -> None:
        """End all connections."""
        await self._client.aclose()

    async def ask(self, messages: Messages, deadline: float) -> str:
        """What the model says to ``messages``. ``deadline`` is a time of the event loop's clock, in seconds.

        Raises AnswerError where it says nothing usable, ReaderError where it does not answer, EndpointError where it
        will not answer others either, BudgetError where it may not be asked.
        """
        reason = ""
        for attempt in range(self._llm.tries):
            try:
                said = await self._once(messages)
            except _BusyError as busy:
                reason = str(busy)
                wait = min(BACKOFF * 2**attempt, LONGEST_BACKOFF) if busy.wait is None else busy.wait
            else:
                self._unanswered = 0
                return said
            if attempt + 1 == self._llm.tries:
                break
            if asyncio.get_running_loop().time() + wait > deadline:
                raise self.given_up(f"{reason}; to wait {wait:,.0f} s more is past the time for an article")
            await asyncio.sleep(wait)
        raise self.given_up(f"{reason} (tried {self._llm.tries} times)")

    def given_up(self, reason: str) -> SaysoError:
        """The error for an article that got no answer: its own, or after several in a row that of the endpoint."""
        self._unanswered += 1
        if self._unanswered < UNANSWERED:
            return ReaderError(f"{self._host} did not answer: {reason}")
        return EndpointError(f"{self._host} answered none of {UNANSWERED} articles in a row: {reason}.")

    async def _once(self, messages: Messages) -> str:
        import httpx

        self._budget.take()
        try:
            async with (
                asyncio.timeout(self._llm.timeout),
                self._client.stream("POST", self._url, json=self._body(messages)) as response,
            ):
                if response.status_code != 200:
                    raise self._refusal(response, await self._error(response))
                data = await self._read(response)
        except httpx.InvalidURL as error:
            raise EndpointError(f"--llm-url: {self._host} is no address: {error}") from error
        except TimeoutError as error:
            raise _BusyError(f"no answer within {self._llm.timeout:g} s") from error
        except httpx.TransportError as error:
            raise _BusyError(self._plain(f"{type(error).__name__}: {error}")) from error
        return self._said(data, messages)

    def _body(self, messages: Messages) -> dict[str, Any]:
        return {
            "model": self._llm.model,
            "messages": messages,
            "temperature": 0,
            "seed": SEED,
            "stream": False,
        } | _response_format(self._llm.form)

    async def _read(self, response: httpx.Response) -> bytes:
        if response.headers.get("content-encoding", "identity").lower() not in ("identity", ""):
            raise AnswerError("it is packed, which was not asked for")
        data = bytearray()
        async for chunk in response.aiter_raw():
            data += chunk
            if len(data) > self._limits.answer_bytes:
                raise AnswerError(f"it is longer than {self._limits.answer_bytes:,} bytes (limit answer_bytes)")
        return bytes(data)

    async def _error(self, response: httpx.Response) -> str:
        """What a refusal says, in short."""
        data = bytearray()
        async for chunk in response.aiter_raw():
            data += chunk
            if len(data) > ERROR_BYTES:
                break
        said = data[:ERROR_BYTES].decode("utf-8", "replace")
        try:
            record = load_json(said, self._limits.answer_depth)
        except AnswerError:
            return self._plain(said)
        error = record.get("error", record) if isinstance(record, dict) else record
        message = error.get("message", error) if isinstance(error, dict) else error
        return self._plain(str(message))

    def _refusal(self, response: httpx.Response, said: str) -> Exception:
        status = response.status_code
        if status in BUSY or status >= 500:
            return _BusyError(f"{status} {said}".strip(), _seconds(response.headers.get("retry-after")))
        if 300 <= status < 400:
            elsewhere = self._plain(response.headers.get("location", "nowhere"))
            return EndpointError(
                f"{self._host} sends on to {elsewhere} ({status}), and redirects are not followed. "
                "If you trust it, give its address with --llm-url."
            )
        if status in (401, 402, 403):
            return EndpointError(f"{self._host} refuses ({status}): {said}. The key is read from SAYSO_LLM_KEY.")
        if status in (404, 405):
            return EndpointError(
                f"{self._host} has no such endpoint or model ({status}): {said}. Check --llm-url, which ends before "
                "/chat/completions, and --llm-model."
            )
        return self.given_up(f"{status} {said}")

    def _said(self, data: bytes, messages: Messages) -> str:
        try:
            record = load_json(data.decode("utf-8"), self._limits.answer_depth)
        except UnicodeDecodeError as error:
            raise AnswerError("it is not UTF-8") from error
        self._budget.tokens += _tokens(record, len(data) + sum(len(m["content"]) for m in messages))
        choice = _first(record)
        message = choice.get("message")
        said = message.get("content") if isinstance(message, dict) else None
        if choice.get("finish_reason") == "length":
            raise CutOffError("it is cut off where the model had to stop; send less at once (llm chars)")
        if not isinstance(said, str) or not said.strip():
            raise AnswerError("it has no text where a chat completion has it, choices[0].message.content")
        return said

    def _plain(self, said: str) -> str:
        """The endpoint's words on one short line; it may have repeated the key."""
        if self._llm.key:
            said = said.replace(self._llm.key, "[key]")
        return re.sub(r"\s+", " ", said)[:200].strip(" .")


def completions_url(url: str) -> str:
    """The address to post to. UsageError where ``url`` is none, or holds a name and password."""
    try:
        split = urlsplit(url)
        fits = split.scheme in ("http", "https") and split.hostname and split.port != 0 and url.isprintable()
    except ValueError:
        fits = False
    if not fits:
        raise UsageError("--llm-url: expected an address as http://localhost:8080/v1")
    if split.username is not None:
        raise UsageError("--llm-url: an address that holds a password is shown to others; set SAYSO_LLM_KEY instead")
    path = split.path.rstrip("/").removesuffix("/chat/completions")
    return split._replace(path=f"{path}/chat/completions", fragment="").geturl()


def host_of(url: str) -> str:
    """What a message shows of an address: never its query, which may hold a key."""
    split = urlsplit(url)
    return f"{split.scheme}://{split.netloc}"


def _response_format(form: str) -> dict[str, Any]:
    if form == "text":
        return {}
    if form == "json":
        return {"response_format": {"type": "json_object"}}
    schema = {"name": "attributions", "strict": True, "schema": SCHEMA}
    return {"response_format": {"type": "json_schema", "json_schema": schema}}


def _first(record: Any) -> dict[str, Any]:
    choices = record.get("choices") if isinstance(record, dict) else None
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise AnswerError("it is no chat completion: choices[0] is missing")
    return choices[0]


def _tokens(record: Any, chars: int) -> int:
    usage = record.get("usage") if isinstance(record, dict) else None
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    if isinstance(total, int) and not isinstance(total, bool) and total > 0:
        return total
    return chars // _CHARS_OF_A_TOKEN


def _seconds(retry_after: str | None) -> float | None:
    """Seconds that a Retry-After header asks to wait: a number, or a date; None where it is neither."""
    if not retry_after:
        return None
    if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", retry_after.strip()):
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (until.astimezone(UTC) - datetime.now(UTC)).total_seconds())
