"""A trace and what was found in it as bytes for a pipe, in parcels that are quickly read. Knows no process.

`u32 length, big endian | msgpack`. An analysis of a long trace is tens of thousands of values: whoever shows it reads
them a parcel at a time, between two pictures.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import msgspec

from engine.traces.alignment import Aligned, Unshown
from engine.traces.analysis import Analysis
from engine.traces.functions import Function, Label
from engine.traces.loops import Repeat
from engine.traces.overthinking import Run
from engine.traces.spans import Trace, without_halves
from engine.traces.steps import Step

MOST = 200 * 1024 * 1024
"""Bytes of a parcel; a length above this is garbage."""
CLAIMS, STEPS = 100, 1_000
"""Values in one parcel: about a millisecond to read."""

_LENGTH = struct.Struct(">I")


class ParcelError(ValueError):
    """What came through the pipe is no parcel; the message is a sentence."""


class Wish(msgspec.Struct, frozen=True):
    """Analyse this: the arguments of `analyse`."""

    trace: Trace
    gold: str | None = None
    by_hand: dict[int, Function | None] = {}
    token_ends: tuple[int, ...] = ()


class Parcel(msgspec.Struct, frozen=True, tag=True):
    """What comes back: news of how far it is, then the parts of one analysis."""


class Progress(Parcel, frozen=True):
    share: float
    """Of the work, in [0, 1]."""


class Steps(Parcel, frozen=True):
    steps: tuple[Step, ...]
    labels: tuple[Label, ...]


class Sentences(Parcel, frozen=True):
    sentences: tuple[Step, ...]


class Claims(Parcel, frozen=True):
    claims: tuple[Aligned, ...]


class OnlyHidden(Parcel, frozen=True):
    steps: tuple[Unshown, ...]


class Runs(Parcel, frozen=True):
    runs: tuple[Run, ...]


class Again(Parcel, frozen=True):
    steps: tuple[Repeat, ...]


class Rest(Parcel, frozen=True):
    """The last one: everything else."""

    analysis: Analysis
    """Without what came before."""


AnyParcel: TypeAlias = Progress | Steps | Sentences | Claims | OnlyHidden | Runs | Again | Rest


def wish(
    trace: Trace,
    gold: str | None = None,
    by_hand: Mapping[int, Function | None] | None = None,
    token_ends: Sequence[int] = (),
) -> Wish:
    """Lone surrogates, which no pipe takes, become replacement characters: offsets stay what they are."""
    clean = msgspec.structs.replace(trace, text=without_halves(trace.text))
    return Wish(clean, None if gold is None else without_halves(gold), dict(by_hand or {}), tuple(token_ends))


def pack(message: Wish | Parcel) -> bytes:
    """One message with its length in front."""
    body = _encoder.encode(message)
    return _LENGTH.pack(len(body)) + body


def parcels(analysis: Analysis) -> Iterator[Parcel]:
    """An analysis in parts, in the order in which `Unpacking` puts them together."""
    found, fold, again = analysis.alignment, analysis.fold, analysis.repeats
    for at in range(0, len(found.steps), STEPS):
        yield Steps(found.steps[at : at + STEPS], analysis.labels[at : at + STEPS])
    for at in range(0, len(found.sentences), STEPS):
        yield Sentences(found.sentences[at : at + STEPS])
    for at in range(0, len(found.claims), CLAIMS):
        yield Claims(found.claims[at : at + CLAIMS])
    for at in range(0, len(found.only_hidden), STEPS):
        yield OnlyHidden(found.only_hidden[at : at + STEPS])
    for at in range(0, len(fold.runs), STEPS):
        yield Runs(fold.runs[at : at + STEPS])
    for at in range(0, len(again.steps), STEPS):
        yield Again(again.steps[at : at + STEPS])
    replace = msgspec.structs.replace
    alignment = replace(found, steps=(), sentences=(), claims=(), only_hidden=())
    rest = replace(analysis, alignment=alignment, labels=(), fold=replace(fold, runs=()))
    yield Rest(replace(rest, repeats=replace(again, steps=())))


class Unpacking:
    """Puts an analysis together again from its parcels."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._labels: list[Label] = []
        self._sentences: list[Step] = []
        self._claims: list[Aligned] = []
        self._hidden: list[Unshown] = []
        self._runs: list[Run] = []
        self._again: list[Repeat] = []
        self.analysis: Analysis | None = None
        """Whole, once the last parcel was added."""

    def add(self, parcel: AnyParcel) -> None:
        """The next one."""
        match parcel:
            case Steps(steps=steps, labels=labels):
                self._steps += steps
                self._labels += labels
            case Sentences(sentences=sentences):
                self._sentences += sentences
            case Claims(claims=claims):
                self._claims += claims
            case OnlyHidden(steps=hidden):
                self._hidden += hidden
            case Runs(runs=runs):
                self._runs += runs
            case Again(steps=again):
                self._again += again
            case Rest(analysis=rest):
                self.analysis = self._whole(rest)

    def _whole(self, rest: Analysis) -> Analysis:
        replace = msgspec.structs.replace
        alignment = replace(
            rest.alignment,
            steps=tuple(self._steps),
            sentences=tuple(self._sentences),
            claims=tuple(self._claims),
            only_hidden=tuple(self._hidden),
        )
        return replace(
            rest,
            alignment=alignment,
            labels=tuple(self._labels),
            fold=replace(rest.fold, runs=tuple(self._runs)),
            repeats=replace(rest.repeats, steps=tuple(self._again)),
        )


class Bytes:
    """Cuts a stream of bytes into parcels: `feed` what arrived, then take what is complete."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._at = 0

    def feed(self, data: bytes) -> None:
        del self._buffer[: self._at]
        self._at = 0
        self._buffer += data

    def take(self) -> AnyParcel | None:
        """The next parcel; None until it is complete. Raises ParcelError on garbage."""
        body = self._body()
        if body is None:
            return None
        try:
            parcel: AnyParcel = _parcels.decode(body)
        except msgspec.MsgspecError as error:
            raise ParcelError(f"The analysis sent something that cannot be read: {error}.") from error
        return parcel

    def _body(self) -> bytes | None:
        if len(self._buffer) - self._at < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(self._buffer, self._at)
        if length > MOST:
            raise ParcelError("The analysis sent bytes that are not a parcel.")
        start = self._at + _LENGTH.size
        if len(self._buffer) < start + length:
            return None
        self._at = start + length
        return bytes(self._buffer[start : self._at])


def read_wish(data: bytes) -> Wish:
    """What `pack` made of a wish. Raises ParcelError."""
    try:
        return _wishes.decode(data[_LENGTH.size :])
    except msgspec.MsgspecError as error:
        raise ParcelError(f"The wish cannot be read: {error}.") from error


def _to_bytes(value: Any) -> str:
    """Of a number; in hexadecimal, which has no limit of digits."""
    if isinstance(value, Fraction):
        return f"{value.numerator:x}/{value.denominator:x}"
    raise NotImplementedError(f"{type(value)} has no place in a parcel")


def _from_bytes(kind: type, value: Any) -> Any:
    if kind is Fraction:
        try:
            above, _, below = value.partition("/")
            return Fraction(int(above, 16), int(below, 16))
        except (AttributeError, ZeroDivisionError) as error:
            raise ValueError("a number is none") from error
    raise NotImplementedError(f"{kind} has no place in a parcel")


_encoder = msgspec.msgpack.Encoder(enc_hook=_to_bytes)
_parcels: msgspec.msgpack.Decoder[AnyParcel] = msgspec.msgpack.Decoder(AnyParcel, dec_hook=_from_bytes)
_wishes = msgspec.msgpack.Decoder(Wish, dec_hook=_from_bytes)
