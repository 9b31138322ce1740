"""The connection to one server: requests out, bytes in, and every fault as a sentence. Knows no endpoint and no model.

Nothing of the key reaches an error, a log or an event.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2

from engine.addresses import Address, is_here
from engine.policies import Cancelled, ModelError, OutOfReachError
from engine.traces.servers.values import fault, table

T = TypeVar("T")

CONNECT_SECONDS = 5.0
SILENT_SECONDS = 120.0
"""Without a byte; a server may read a long prompt, or load its model, before it says anything."""
TICK = 0.05
"""Seconds between two looks at whether the call is still wanted."""
PAGE_SECONDS = 30.0
"""For all of a page that a server has at hand: no model works for it."""
MOST_ANSWER = 64_000_000
"""Bytes of one answer."""
MOST_PAGE = 8_000_000
"""Bytes of one that is no stream."""
MOST_WORDS = 300
"""Characters of what a server says of an error."""
KEY, OPENAI_KEY, OPENAI_HOST = "ESPALIER_API_KEY", "OPENAI_API_KEY", "api.openai.com"
KEY_HOSTS = "ESPALIER_API_HOSTS"
"""Whose key it is: hosts, with a port or without, separated by commas. A server on this machine needs no such word."""


class RefusalError(OutOfReachError):
    """The server answered with an error. `status` is HTTP's."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


def key_of(address: Address, environment: Mapping[str, str]) -> str:
    """The key for a server; empty if there is none. Raises ModelError.

    A plan may come from a stranger's session file, and name any server: so the key goes to no server that the
    environment does not name, and OpenAI's own to OpenAI alone.
    """
    theirs = address.host == OPENAI_HOST and address.url.startswith("https://")
    for name in (KEY,) * _is_named(address, environment) + (OPENAI_KEY,) * theirs:
        if key := environment.get(name, "").strip():
            if not (key.isascii() and key.isprintable()):
                raise ModelError(f"The variable {name} holds characters that no key has, such as line breaks.")
            return key
    return ""


def _is_named(address: Address, environment: Mapping[str, str]) -> bool:
    """Whether ESPALIER_API_KEY is meant for this server."""
    hosts = {host.strip().lower() for host in environment.get(KEY_HOSTS, "").split(",")}
    return is_here(address.host) or bool({address.host, urlsplit(address.url).netloc.lower()} & hosts)


def _trust() -> ssl.SSLContext:
    """Whose certificates are believed: those that the system believes. Raises ModelError."""
    try:
        return httpx2.create_ssl_context()
    except OSError as error:
        raise ModelError(
            f"The certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read: {one_line(str(error))}."
        ) from error


class _Impatient(ThreadPoolExecutor):
    """Looks hosts up. A call that is over does not wait for a name that nobody answers."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        super().shutdown(wait=False, cancel_futures=True)


class Link:
    """To be used inside `run`, which gives it connections."""

    def __init__(self, address: Address, environment: Mapping[str, str] = os.environ) -> None:
        self.address = address
        self._key = key_of(address, environment)
        self._is_here = is_here(address.host)
        self._trust = _trust() if address.url.startswith("https://") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._client: httpx2.AsyncClient | None = None

    def run(self, work: Callable[[], Awaitable[T]], cancelled: Callable[[], bool] = lambda: False) -> T:
        """Do `work` to its end, on this thread. Raises Cancelled within 250 ms of a wish, and ModelError."""
        return asyncio.run(self._run(work, cancelled))

    async def _run(self, work: Callable[[], Awaitable[T]], cancelled: Callable[[], bool]) -> T:
        asyncio.get_running_loop().set_default_executor(_Impatient())
        async with self._new_client() as self._client:
            task = asyncio.ensure_future(work())
            try:
                while not task.done():
                    await asyncio.wait({task}, timeout=TICK)
                    if cancelled():
                        raise Cancelled
                return task.result()
            finally:
                await give_up([task])

    def _new_client(self) -> httpx2.AsyncClient:
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        timeout = httpx2.Timeout(SILENT_SECONDS, connect=CONNECT_SECONDS, pool=None)
        try:
            return httpx2.AsyncClient(headers=headers, timeout=timeout, verify=self._trust, trust_env=not self._is_here)
        except (ImportError, ValueError, httpx2.InvalidURL):  # its words may hold the proxy's password
            raise ModelError(
                f"{self._where} cannot be reached: the proxy that HTTP_PROXY, HTTPS_PROXY or ALL_PROXY names is none "
                "that can be used here. It begins with http://; NO_PROXY lists the hosts that need none."
            ) from None

    async def ask(self, path: str, body: Any = None) -> Any:
        """The JSON that a path answers with: to a GET, or to a POST with a body, which may take the model's time."""
        seconds = PAGE_SECONDS if body is None else SILENT_SECONDS
        try:
            async with asyncio.timeout(seconds), self._answer(path, body, MOST_PAGE) as chunks:
                raw = b"".join([chunk async for chunk in chunks])
        except TimeoutError:
            raise OutOfReachError(f"{self._where} took more than {seconds:g} seconds to answer {path}.") from None
        try:
            return json.loads(raw)
        except (ValueError, RecursionError):
            raise OutOfReachError(f"{self._where} answers {path} with something that is not JSON.") from None

    def stream(self, path: str, body: Any) -> Any:
        """The bytes of a streamed answer as they come: `async with link.stream(...) as chunks`."""
        return self._answer(path, body, MOST_ANSWER)

    @asynccontextmanager
    async def _answer(self, path: str, body: Any, most: int) -> AsyncGenerator[AsyncIterator[bytes], None]:
        assert self._client is not None, "outside of run"
        url = self.address.origin + path if path.startswith("/") else f"{self.address.url}/{path}"
        method = "GET" if body is None else "POST"
        try:
            async with self._client.stream(method, url, json=body) as response:
                if response.status_code != 200:
                    raise await self._refusal(response, path)
                yield _bounded(response.aiter_bytes(), most, self._where)
        except httpx2.TimeoutException as error:
            raise OutOfReachError(self._too_late(error)) from error
        except (httpx2.ReadError, httpx2.RemoteProtocolError, httpx2.DecodingError) as error:
            raise OutOfReachError(self.broken) from error
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ExceptionGroup) as error:
            raise OutOfReachError(self._unreachable(error)) from error

    @property
    def _where(self) -> str:
        return f"The server at {self.address.url}"

    @property
    def broken(self) -> str:
        """The sentence for an answer that ends before it says that it does."""
        return f"The connection to the server at {self.address.url} broke in the middle of an answer."

    def said(self, words: str) -> str:
        """The server's own words about a fault, as part of a sentence of ours: one line, bounded, without the key."""
        return one_line(words.replace(self._key, "(the key)") if self._key else words)

    def _unreachable(self, error: BaseException) -> str:
        if self._goes_through_proxy():
            return f"{self._where} cannot be reached through the proxy that the environment names."
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ConnectionRefusedError):
                return f"Nobody listens at {self.address.origin}: is the server running, and is that its port?"
            if isinstance(cause, socket.gaierror):
                return f"Nobody knows a host called {self.address.host}."
            cause = cause.__cause__ or cause.__context__
        return f"{self._where} cannot be reached: {self.said(str(error)) or 'no answer'}."

    def _goes_through_proxy(self) -> bool:
        if self._is_here or proxy_bypass(self.address.host):
            return False
        return bool({"all", self.address.url.partition(":")[0]} & getproxies().keys())

    def _too_late(self, error: httpx2.TimeoutException) -> str:
        if isinstance(error, httpx2.ConnectTimeout):
            return f"Nobody answers at {self.address.origin}: no connection within {CONNECT_SECONDS:g} seconds."
        return f"{self._where} sent nothing for {SILENT_SECONDS:g} seconds."

    async def _refusal(self, response: httpx2.Response, path: str) -> RefusalError:
        status = response.status_code
        if status in (401, 403):
            wants = f"wants a key: put it into the variable {KEY}"
            if not self._is_here:
                wants += f", and the host into {KEY_HOSTS}"
            what = f"refuses the key in {KEY}" if self._key else wants
            return RefusalError(f"{self._where} {what} (HTTP {status}).", status)
        if response.has_redirect_location:  # nobody follows: it would be asked what another was named for
            to = self.said(response.headers["Location"])
            return RefusalError(f"{self._where} sends on to {to} (HTTP {status}): name that address yourself.", status)
        raw = b""
        async for chunk in response.aiter_bytes():
            raw += chunk
            if len(raw) > 100 * MOST_WORDS:
                break
        words = self.said(_words(raw))
        return RefusalError(f"{self._where} answers {path} with HTTP {status}{f': {words}' if words else '.'}", status)


async def give_up(tasks: list[asyncio.Future[Any]]) -> None:
    """End tasks, finished or not, so that none is left behind."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def one_line(words: str) -> str:
    """Text of a server, fit for a terminal and for a sentence: printable, bounded."""
    shown = "".join(letter if letter.isprintable() else " " for letter in words[: 2 * MOST_WORDS])
    return " ".join(shown.split())[:MOST_WORDS]


def _words(raw: bytes) -> str:
    """What the body of an error says; nothing if it is a page for a browser."""
    text = raw.decode("utf-8", "replace")
    try:
        said = table(json.loads(text))
    except (ValueError, RecursionError):
        return "" if text.lstrip().startswith("<") else text
    found = next((said[name] for name in ("error", "detail", "message") if said.get(name)), said)
    return fault(found)


async def _bounded(chunks: AsyncIterator[bytes], most: int, where: str) -> AsyncIterator[bytes]:
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise ModelError(f"{where} sends more than {most // 1_000_000} MB in one answer.")
        yield chunk
