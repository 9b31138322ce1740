"""A real HTTP server on this machine that says what a test wants: recorded streams and faults. Knows no model."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Pieces = Iterable[bytes]
Say = Callable[[dict[str, Any]], "Answer"]
SSE = {"Content-Type": "text/event-stream"}


@dataclass
class Answer:
    """What is said to one request."""

    body: Pieces = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    breaks: bool = False
    """Hang up after the body, without the end that was promised."""


def said(value: Any, status: int = 200) -> Answer:
    return Answer([json.dumps(value).encode()], status)


def frames(*values: Any, done: bool = True) -> list[bytes]:
    """Server-sent events."""
    sent = [b"data: " + json.dumps(value).encode() + b"\n\n" for value in values]
    return [*sent, b"data: [DONE]\n\n"] if done else sent


def completion(*texts: str, reason: str = "stop", **more: Any) -> list[bytes]:
    """A streamed completion, text by text."""
    told = [{"choices": [{"index": 0, "text": text}]} for text in texts]
    return frames(*told, {"choices": [{"index": 0, "text": "", "finish_reason": reason}], **more})


@dataclass
class FakeServer:
    """`routes`: what is said to `GET /v1/models` and the like; anything else is a 404."""

    routes: dict[str, Say] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)
    """A client left in the middle of an answer."""
    url: str = ""

    def bodies(self, path: str) -> list[dict[str, Any]]:
        return [body for where, body in self.asked if where.endswith(path)]


def models(*names: str, owner: str = "somebody") -> Say:
    return lambda _body: said({"data": [{"id": name, "owned_by": owner} for name in names]})


def raw(stream: Callable[[dict[str, Any]], Pieces]) -> Say:
    """A completion of raw text; the probe with its one token is answered by itself."""

    def say(body: dict[str, Any]) -> Answer:
        return Answer(stream(body)) if body["stream"] else said({"choices": [{"index": 0, "text": "1"}]})

    return say


@contextmanager
def serving(routes: dict[str, Say]) -> Iterator[FakeServer]:
    """A server that lives as long as the block, on a free port."""
    fake = FakeServer(routes)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(f"GET {self.path}", {})

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            self._answer(f"POST {self.path}", json.loads(self.rfile.read(length)))

        def _answer(self, what: str, body: dict[str, Any]) -> None:
            fake.asked.append((what, body))
            fake.headers.append(dict(self.headers))
            say = fake.routes.get(what)
            answer = say(body) if say else said({"error": {"message": "There is no such page."}}, 404)
            self.send_response(answer.status)
            for header in answer.headers.items():
                self.send_header(*header)
            if answer.breaks:
                self.send_header("Content-Length", "1000000")
            self.end_headers()
            try:
                for piece in answer.body:
                    self.wfile.write(piece)
                    self.wfile.flush()
            except (BrokenPipeError, ConnectionResetError):
                fake.hung_up.set()

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = False
        request_queue_size = 128  # many connect at once

    server = Server(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
