"""The pipe: messages in any pieces come out whole, garbage is refused in words."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.commands import Ping, Request, RunPlan, StartRun, Stop
from engine.frames import (
    Branch,
    FrameError,
    Hello,
    Records,
    Reply,
    Status,
    Writing,
    encode_frame,
    frame_reader,
    request_reader,
)
from engine.tokens import Alternative, Token, TokenRowError, pack, unpack
from tests.helpers.running import plan, run_log

FRAMES = [
    Hello("1", 2, "cpu"),
    Records(run_log(plan(simulations=2))),
    Writing(1, (Branch(0, 1, "13 - "),)),
    Status(1, "paused", "expansion", 3),
    Reply(7, error="no"),
]
REQUESTS = [
    Request(1, Ping()),
    Request(2, StartRun(1, RunPlan("game24", "1 2 3 4", "mcts", {"width": 3}))),
    Request(3, Stop(1)),
]


@given(st.lists(st.integers(1, 400), max_size=30))
def test_frames_survive_any_cutting(sizes: list[int]) -> None:
    stream = b"".join(map(encode_frame, FRAMES))
    reader, found, start = frame_reader(), [], 0
    for size in [*sizes, len(stream)]:
        reader.feed(stream[start : start + size])
        found += list(reader.messages())
        start += size
    assert found == FRAMES
    assert reader.pending == 0


def test_requests_survive() -> None:
    reader = request_reader()
    reader.feed(b"".join(map(encode_frame, REQUESTS)))
    assert list(reader.messages()) == REQUESTS


@pytest.mark.parametrize(
    "garbage",
    [
        b"Traceback (most recent call last)",
        b"\xff\xff\xff\xff",
        struct.pack(">I", 3) + b"\xc1\xc1\xc1",
        struct.pack(">I", 1) + b"\x80",
    ],
)
def test_garbage_is_refused_in_words(garbage: bytes) -> None:
    reader = frame_reader()
    reader.feed(garbage)
    with pytest.raises(FrameError, match="the engine sent"):
        list(reader.messages())


def test_a_cut_frame_waits() -> None:
    reader = frame_reader()
    reader.feed(encode_frame(FRAMES[0])[:-1])
    assert list(reader.messages()) == []
    assert reader.pending > 0


def test_token_rows_survive_packing_and_damage_is_named() -> None:
    row = (Token("13", 3, -0.5, 1.0, (Alternative("13", 0.6), Alternative("9", 0.3))), Token(" - ", 4, -0.1, 0.2))
    blob = pack(row)
    assert unpack(blob) == row
    assert unpack(pack(())) == ()
    for damaged in (b"x", blob[:-3], blob[:5] + b"\x00" + blob[6:]):
        with pytest.raises(TokenRowError):
            unpack(damaged)
