"""The pipe between app and engine: `u32 length, big endian | msgpack`. Imports msgspec, events and commands only.

stdin carries `Request`s, stdout carries `Frame`s, stderr is the log; the end of stdin ends the engine. After KataGo's
analysis protocol: a request has an id, gets any number of partial replies and exactly one final one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any, Generic, Literal, TypeAlias, TypeVar

import msgspec

from engine.breakpoints import Hit
from engine.choices import for_encoder
from engine.commands import Request
from engine.events import Cost, NodeId, Record, Source

MAX_FRAME = 64 * 1024 * 1024
"""Bytes; a length above this is garbage, not a frame."""

_LENGTH = struct.Struct(">I")

RunState = Literal["loading", "running", "paused", "finished"]


class FrameError(ValueError):
    """What came through the pipe is not a frame; the message is a sentence."""


class Frame(msgspec.Struct, frozen=True, tag=True, tag_field="type"):
    """What the engine says."""


class Hello(Frame, frozen=True):
    """First frame of an engine process."""

    version: str
    pid: int
    device: str
    """Where models run, e.g. `cpu, 1 thread`."""


class Records(Frame, frozen=True):
    """New events, in order. The app writes them to the file before it shows them."""

    records: tuple[Record, ...]


class Branch(msgspec.Struct, frozen=True, array_like=True):
    """Text that is still being written below `parent`."""

    parent: NodeId
    index: int
    """Which child of this expansion, from 0; -1 for a rollout."""
    text: str


class Writing(Frame, frozen=True):
    """Transient: text of live branches, at most once a display frame. Never stored; replaces the one before."""

    run: int
    branches: tuple[Branch, ...]


class TaskStatus(msgspec.Struct, frozen=True, array_like=True):
    """Something that a person asked for, waiting or under way."""

    task: int
    node: NodeId
    words: str
    done: int
    total: int
    """Iterations, as far as anybody can know."""
    under_way: bool


class Status(Frame, frozen=True):
    """Transient: how a run is going. Sent on every change of state and about four times a second."""

    run: int
    state: RunState
    phase: str = ""
    """Phase under way; while paused, the phase that comes next."""
    iteration: int = 0
    tokens_per_second: float = 0.0
    memory_mb: float = 0.0
    """Resident memory of the engine process in MiB; 0 where unknown."""
    cache_hit: float | None = None
    """Share of prompt tokens that came from the cache, in [0, 1]."""
    progress: float | None = None
    """Share of the budget that is used, in [0, 1]."""
    first_token_seconds: float | None = None
    """From the beginning of the latest model call to its first token."""
    tasks: tuple[TaskStatus, ...] = ()
    """In the order in which they are performed."""
    hit: Hit | None = None
    """The breakpoint by which the run was paused."""


class Reply(Frame, frozen=True):
    """Answer to the request with this id."""

    id: int
    final: bool = True
    error: str = ""
    """A sentence for the user, if the request failed."""
    detail: str = ""
    """For the log: where it failed (a traceback, for bugs only)."""
    data: dict[str, Any] = {}


class TraceScores(msgspec.Struct, frozen=True, array_like=True):
    """What a scorer says of one trace that it was asked about after the fact."""

    values: tuple[float | None, ...] = ()
    """One for each step, in [0, 1]; None where it says nothing."""
    notes: tuple[str, ...] = ()
    """One for each step, or none at all."""
    channels: tuple[tuple[tuple[str, float], ...], ...] = ()
    """As in Score; one entry for each step, or none at all."""
    cost: Cost = Cost()
    failed: str = ""
    """Why the trace could not be scored, as a sentence; everything else is empty then."""


class ScoresFound(msgspec.Struct, frozen=True):
    """Data of the replies to a ScoreTraces."""

    scorer: str
    """The verifier's name."""
    source: Source
    recipe: str = ""
    traces: tuple[TraceScores, ...] = ()
    """Those after the ones that were told before."""
    cancelled: bool = False
    model: str = ""
    """Fingerprint of its weights and recipe; empty where there is none."""


AnyFrame: TypeAlias = Hello | Records | Writing | Status | Reply

_encoder = msgspec.msgpack.Encoder(enc_hook=for_encoder)
T = TypeVar("T")


def encode_frame(message: Frame | Request) -> bytes:
    """One message with its length in front. Raises FrameError above MAX_FRAME."""
    body = _encoder.encode(message)
    if len(body) > MAX_FRAME:
        raise FrameError(f"a frame of {len(body) >> 20} MB is too large for the pipe")
    return _LENGTH.pack(len(body)) + body


class FrameReader(Generic[T]):
    """Cuts a stream of bytes into messages: `feed` what arrived, then take what is complete."""

    def __init__(self, message_type: Any, sender: str) -> None:
        self._sender = sender
        self._decoder: msgspec.msgpack.Decoder[T] = msgspec.msgpack.Decoder(message_type)
        self._buffer = bytearray()

    @property
    def pending(self) -> int:
        """Bytes of a message that is not complete yet."""
        return len(self._buffer)

    def feed(self, data: bytes) -> None:
        self._buffer += data

    def messages(self) -> Iterator[T]:
        """Complete messages, oldest first. Raises FrameError on garbage; the stream is then of no more use."""
        while len(self._buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer)
            if length > MAX_FRAME:
                raise FrameError(f"{self._sender} sent bytes that are not a frame")
            end = _LENGTH.size + length
            if len(self._buffer) < end:
                return
            body = bytes(self._buffer[_LENGTH.size : end])
            del self._buffer[:end]
            try:
                message = self._decoder.decode(body)
            except msgspec.MsgspecError as error:
                raise FrameError(f"{self._sender} sent a frame that cannot be read: {error}") from error
            yield message


def frame_reader() -> FrameReader[AnyFrame]:
    """For the app's end of the pipe."""
    return FrameReader(AnyFrame, "the engine")


def request_reader() -> FrameReader[Request]:
    """For the engine's end of the pipe."""
    return FrameReader(Request, "the app")
