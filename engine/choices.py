"""The choices of a selection, left as text until somebody looks at them. Imports msgspec and the parts of events only.

They are most of the volume of a long log and hardly ever looked at: read at once, those of a million events take
gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, overload

import msgspec

from engine.parts import Choice

_choices = msgspec.json.Decoder(tuple[Choice, ...])
T = TypeVar("T")


def decoded(decoder: msgspec.json.Decoder[T], text: bytes | msgspec.Raw) -> T:
    """What the decoder makes of a text from a file. Raises msgspec.MsgspecError, also where it is nested so deeply that
    msgspec gives up."""
    try:
        return decoder.decode(text)
    except RecursionError:
        raise msgspec.DecodeError("it is nested too deeply") from None


class LateChoices(Sequence[Choice]):
    """In place of a `tuple[Choice, ...]`, to which it is equal. Read anew each time: whoever needs many keeps a tuple.

    `text` is a JSON value. One that is no choices counts as empty: only a forged file has such. Whoever makes a file of
    ours of it asks first whether they are `sound`.
    """

    __slots__ = ("text",)

    def __init__(self, text: bytes) -> None:
        self.text = text

    def all(self) -> tuple[Choice, ...]:
        try:
            return decoded(_choices, self.text)
        except msgspec.MsgspecError:
            return ()

    @property
    def sound(self) -> bool:
        """Whether the text is what it should be."""
        try:
            decoded(_choices, self.text)
        except msgspec.MsgspecError:
            return False
        return True

    def __iter__(self) -> Iterator[Choice]:
        return iter(self.all())

    def __len__(self) -> int:
        return len(self.all())

    @overload
    def __getitem__(self, place: int) -> Choice: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Choice, ...]: ...
    def __getitem__(self, place: int | slice) -> Choice | tuple[Choice, ...]:
        return self.all()[place]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, LateChoices):
            return self.text == other.text or self.all() == other.all()
        return self.all() == other

    def __hash__(self) -> int:
        return hash(self.all())

    def __repr__(self) -> str:
        return repr(self.all())


def for_encoder(value: Any) -> Any:
    """What a msgspec encoder of events takes for a value that it does not know. Raises NotImplementedError."""
    if isinstance(value, LateChoices):
        return value.all()
    raise NotImplementedError(f"{type(value).__name__} is no part of an event")
