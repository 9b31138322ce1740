"""Files with what a reasoning model or its server gave: what kind of file it is, and its traces. Opens none itself.

A text; a JSON body of a server; a conversation; lines of JSON; a stream as it was recorded. Content is untrusted: any
bytes end in traces or in one sentence.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from msgspec.structs import replace

from engine.traces.conversations import Asked, asked, messages_of, reply_of, turns
from engine.traces.detecting import detect
from engine.traces.reading import As, Reading
from engine.traces.servers import Answer, Source, Stream, read
from engine.traces.splitter import split

MOST_BYTES = 20_000_000
"""Of a text, a body or lines of JSON."""
MOST_STREAM = 400_000_000
"""Bytes of a recorded stream, which is read piece by piece; most of them are not text."""
MOST_TRACES = 500
_PIECE = 1 << 20
_SNIFFED = 65_536

_EVENTS = re.compile(rb"(?:^|[\r\n])data:[ ]?(?:\{|\[DONE\])")
JSON_BEGINS = re.compile(r'\[?\s*\{\s*"[^"\n]{1,80}"\s*:')
_EVENT_LINES = (b"data:", b"event:", b"id:", b"retry:", b":")


class FileError(ValueError):
    """A file holds no trace that can be read; the message is a sentence for the user."""


def read_file(name: str, file: IO[bytes], source: Source, kind: As = "auto") -> list[Reading]:
    """The traces in an open file, in its order; `name` stands in sentences. Raises FileError, or OSError."""
    found = _readings(name, file, source, kind)
    if not any(one.trace.text.strip() or one.trace.opaque for one in found):
        error = next((one.error for one in found if one.error), "")
        raise FileError(f"{name}: {error}" if error else f"{name} holds no text of a model.")
    return found


def read_text(name: str, file: IO[bytes]) -> str:
    """An open text file whole. Raises FileError, or OSError."""
    return _decoded(name, _bounded(name, file.read(MOST_BYTES + 1)))


def _readings(name: str, file: IO[bytes], source: Source, kind: As) -> list[Reading]:
    raw = file.read(MOST_BYTES + 1)
    if not raw.strip():
        raise FileError(f"{name} is empty.")
    raw = _without_head(raw)
    if kind == "stream" or (kind == "auto" and _is_stream(raw)):
        return _streamed(name, raw, file, source)
    if kind == "text":
        return [_of_text(name, _decoded(name, _bounded(name, raw)), source)]
    found = _of_json(name, _decoded(name, _bounded(name, raw)), source)
    if found is not None:
        return found
    if kind == "json":
        raise FileError(f"{name} is not JSON.")
    return [_of_text(name, _decoded(name, raw), source)]


def _bounded(name: str, raw: bytes) -> bytes:
    if len(raw) > MOST_BYTES:
        raise FileError(f"{name} is larger than {MOST_BYTES // 1_000_000} MB, more than can be compared at once.")
    return raw


def _decoded(name: str, raw: bytes) -> str:
    """UTF-8, or UTF-16 with its mark; the file may end within a character, as a stream that was cut off does."""
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8-sig")()
    try:
        return decoder.decode(raw)
    except UnicodeDecodeError as error:
        raise FileError(f"{name} is not a text: its byte {error.start:,} is no UTF-8.") from error


def _without_head(raw: bytes) -> bytes:
    """Without the HTTP head that `curl -i` records."""
    while raw.startswith(b"HTTP/"):
        places = [(raw.find(end, 0, _SNIFFED), len(end)) for end in (b"\r\n\r\n", b"\n\n")]
        ends = [place + length for place, length in places if place >= 0]
        if not ends:
            break
        raw = raw[min(ends) :]
    return raw


def _is_stream(raw: bytes) -> bool:
    """Server-sent events, or lines of JSON each of which is a piece of one reply."""
    head = raw[:_SNIFFED].removeprefix(codecs.BOM_UTF8).lstrip()
    if head.startswith(_EVENT_LINES):
        return _EVENTS.search(head) is not None
    if not head.startswith(b"{"):
        return False
    first, line_end, more = head.partition(b"\n")
    return bool(line_end and more.strip().startswith(b"{")) and is_piece(_json_of(first))


def is_piece(frame: Any) -> bool:
    """Whether an object is a piece of a reply: Ollama's lines, or chunks and events without their `data:`."""
    if not isinstance(frame, dict):
        return False
    if "done" in frame:
        return True
    choices = frame.get("choices")
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        return "delta" in choices[0]
    return isinstance(frame.get("type"), str) and frame["type"].startswith(("message_start", "response.", "content_"))


def _json_of(raw: str | bytes) -> Any:
    """The value, or None where it is no JSON."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _streamed(name: str, raw: bytes, file: IO[bytes], source: Source) -> list[Reading]:
    stream, size = Stream(source), len(raw)
    raw = raw.removeprefix(codecs.BOM_UTF8)
    for place in range(0, len(raw), _PIECE):  # what a piece brings is let go before the next
        stream.feed(raw[place : place + _PIECE])
    while piece := file.read(_PIECE):
        size += len(piece)
        if size > MOST_STREAM:
            raise FileError(f"{name} is a stream of more than {MOST_STREAM // 1_000_000} MB.")
        stream.feed(piece)
    return _of_answers(name, "a recorded stream", stream.finish())


def _of_text(name: str, text: str, source: Source) -> Reading:
    why = "as asked for"
    recipe = source.recipe
    if recipe is None:
        recipe, sign = detect(source.prompt, text, source.model, source.recipes or None)
        why = f"because of {sign}" if sign.startswith(("the ", "a ")) else sign
    return Reading(name, "a text", split(text, recipe, source.prompt), why)


def _of_answers(name: str, read_as: str, answers: tuple[Answer, ...]) -> list[Reading]:
    return [
        Reading(
            name if len(answers) == 1 else f"{name}, reply {number}",
            read_as,
            answer.trace,
            reason=answer.reason,
            error=answer.error,
            tokens=answer.thinking_tokens,
            model=answer.model,
        )
        for number, answer in enumerate(answers, 1)
    ]


def _of_json(name: str, text: str, source: Source) -> list[Reading] | None:
    """The traces in JSON; None if it is a text."""
    lead = text[:_SNIFFED].lstrip()
    if not lead.startswith(("{", "[")):
        return None
    body = _json_of(text)
    if body is None:
        first = text.lstrip().partition("\n")[0]
        if isinstance(_json_of(first), dict):
            return _of_lines(name, text, source)
        if JSON_BEGINS.match(lead):
            raise FileError(f"{name} begins like JSON, but is none: cut off? --as text reads it as a text.")
        return None
    found = replies_in(name, body, source)
    if not found:
        raise FileError(f"{name} is JSON, but no reply of a server that is known. --as text reads it as a text.")
    return found


def _of_lines(name: str, text: str, source: Source) -> list[Reading]:
    """Lines of JSON, each with a reply or a conversation of its own."""
    found: list[Reading] = []
    left_out = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        more = replies_in(f"{name}, line {number}", _json_of(line), source) if len(found) < MOST_TRACES else []
        found += more[: MOST_TRACES - len(found)]
        left_out += not more
    if not found:
        raise FileError(f"{name} has lines of JSON, but none is a reply of a server that is known.")
    if left_out:
        lines = "1 line" if left_out == 1 else f"{left_out:,} lines"
        found[0] = replace(found[0], note=f"{lines} of {name} left out: no reply, or too many.")
    return found


def replies_in(name: str, body: Any, source: Source) -> list[Reading]:
    """The traces in a JSON value, whose name is given, with what it says around them; none if it is not known."""
    said = asked(body) if isinstance(body, dict) else Asked()
    return [
        replace(one, question=one.question or said.question, answer=said.answer) for one in _replies(name, body, source)
    ]


def _replies(name: str, body: Any, source: Source) -> list[Reading]:
    if isinstance(body, dict) and isinstance(body.get("response"), dict):  # a line of a batch
        body = body["response"].get("body", body["response"])
    if (messages := messages_of(body)) is not None:
        return list(_of_conversation(name, messages, source))
    if isinstance(body, list) and body and all(isinstance(one, dict) and _is_chunk(one) for one in body):
        stream = Stream(source)
        stream.feed(b"".join(f"data: {json.dumps(one)}\n\n".encode() for one in body) + b"data: [DONE]\n\n")
        return _of_answers(name, "a recorded stream", stream.finish())
    if not isinstance(body, dict | list):
        return []
    answers = read(body, source)
    if any(answer.trace.text or answer.trace.opaque for answer in answers):
        return _of_answers(name, "a reply of a server", answers)
    if isinstance(body, dict) and (reply := reply_of(body)):
        return [replace(_of_text(name, reply, source), read_as="a row of a dataset")]
    return _of_answers(name, "a reply of a server", answers) if isinstance(body, dict) and "error" in body else []


def _is_chunk(one: dict[str, Any]) -> bool:
    return "candidates" in one or is_piece(one)


def _of_conversation(name: str, messages: list[Any], source: Source) -> Iterator[Reading]:
    """What the assistant said in it, message by message."""
    own = list(turns(messages))
    for number, message, question in own[:MOST_TRACES]:
        for one in _of_answers(name, "a message of a conversation", read(message, source)):
            if one.trace.text or one.trace.opaque:
                yield replace(one, name=name if len(own) == 1 else f"{name}, message {number}", question=question)
