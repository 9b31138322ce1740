"""What goes through the pipe comes out as it was, however it is cut; garbage is a sentence."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.traces import parcels
from engine.traces.alignment import Unshown
from engine.traces.analysis import Analysis, analyse
from engine.traces.parcels import (
    AnyParcel,
    Bytes,
    ParcelError,
    Progress,
    Unpacking,
    pack,
    read_wish,
    wish,
)
from engine.traces.spans import Span, Trace

THOUGHT = "".join(f"First, {n} * 3 = {3 * n}. Wait, that is {n}/7 of it. Yes.\n" for n in range(2, 60))
SHOWN = "".join(f"So {n} boxes hold {3 * n} pens.\n" for n in range(2, 90)) + "The answer is 12."
TRACE = Trace(
    THOUGHT + SHOWN,
    (Span("hidden", 0, len(THOUGHT)), Span("exposed", len(THOUGHT), len(THOUGHT + SHOWN))),
    "by hand",
    "test",
)


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyse(TRACE, "12")


def taken(stream: Bytes) -> list[AnyParcel]:
    found = []
    while (parcel := stream.take()) is not None:
        found.append(parcel)
    return found


def test_an_analysis_comes_out_as_it_was(analysis: Analysis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "STEPS", 7)
    monkeypatch.setattr(parcels, "CLAIMS", 5)
    data = b"".join(map(pack, parcels.parcels(analysis)))
    stream, whole = Bytes(), Unpacking()
    count = 0
    for at in range(0, len(data), 997):
        stream.feed(data[at : at + 997])
        for parcel in taken(stream):
            whole.add(parcel)
            count += 1
    assert whole.analysis == analysis
    assert count > 60


@given(st.integers(), st.integers(1, 10**9), st.integers(0, 9000))
def test_numbers_of_any_size_come_out_exactly(above: int, below: int, digits: int) -> None:
    value = Fraction(above * 10**digits, below)
    only = Unshown(3, (value,))
    stream = Bytes()
    stream.feed(pack(parcels.OnlyHidden((only,))))
    assert stream.take() == parcels.OnlyHidden((only,))


def test_a_wish_comes_out_as_it_was_but_for_lone_surrogates() -> None:
    odd = msgspec.structs.replace(TRACE, text=TRACE.text[:-1] + "\ud800")
    made = read_wish(pack(wish(odd, "1\udfff2", {3: "check", 7: None}, [1, 2])))
    assert made.trace.text == TRACE.text[:-1] + "\ufffd"
    assert (made.trace.spans, made.gold) == (TRACE.spans, "1\ufffd2")
    assert (made.by_hand, made.token_ends) == ({3: "check", 7: None}, (1, 2))
    assert wish(TRACE).trace.text is TRACE.text


@pytest.mark.parametrize("garbage", [b"\xff\xff\xff\xff", b"\0\0\0\1\xc1", b"\0\0\0\1\x01"])
def test_garbage_is_a_sentence(garbage: bytes) -> None:
    stream = Bytes()
    stream.feed(garbage)
    with pytest.raises(ParcelError, match=r"^The analysis sent .*\.$"):
        stream.take()


@pytest.mark.parametrize("number", ["1/0", "x/1", "", 5])
def test_a_number_that_is_none_is_a_sentence(number: object) -> None:
    body = msgspec.msgpack.encode({"type": "OnlyHidden", "steps": [{"step": 1, "values": [number]}]})
    stream = Bytes()
    stream.feed(len(body).to_bytes(4, "big") + body)
    with pytest.raises(ParcelError, match=r"^The analysis sent .*\.$"):
        stream.take()


def child(data: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "engine.analysing"], input=data, capture_output=True)


def test_the_child_tells_how_far_it_is_and_then_everything(analysis: Analysis) -> None:
    done = child(pack(wish(TRACE, "12")))
    assert (done.returncode, done.stderr) == (0, b"")
    stream, whole = Bytes(), Unpacking()
    stream.feed(done.stdout)
    found = taken(stream)
    shares = [parcel.share for parcel in found if isinstance(parcel, Progress)]
    assert shares == sorted(shares)
    assert 2 < len(shares) < 20
    for parcel in found:
        whole.add(parcel)
    assert whole.analysis == analysis


def test_a_child_that_is_told_nonsense_says_so() -> None:
    done = child(b"nonsense")
    assert done.returncode == 1
    assert done.stderr.decode().startswith("The wish cannot be read")
    assert done.stdout == b""
