"""Traces with a label per step, in a file between the app, which reads sessions, and the training. Knows no model.

JSON lines, one trace each. Pure but for the two functions that touch a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

LONGEST_LINE = 64_000_000
"""Bytes of one trace."""


class LabelledError(ValueError):
    """Traces with labels cannot be used; the message is a sentence for the user."""


class LabelledTrace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a scorer would read, and what it should have said."""

    problem: str
    """Kind and text of the problem: traces of one problem are never divided between learning and measuring."""
    prompt: str
    """The user turn."""
    steps: tuple[str, ...]
    """As they stand, with their line ends."""
    labels: tuple[int | None, ...]
    """1 good, 0 not, None where nobody says; as many as steps."""
    ended: bool
    """Whether the last step ends the turn."""
    thinking: bool = False

    def __post_init__(self) -> None:
        if len(self.labels) != len(self.steps):
            raise ValueError(f"{len(self.labels)} labels for {len(self.steps)} steps")
        if any(label not in (None, 0, 1) for label in self.labels):
            raise ValueError("a label is 1, 0 or missing")


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(LabelledTrace)


def write_labelled(path: Path, traces: Iterable[LabelledTrace]) -> int:
    """Write them and say how many. Raises OSError."""
    count = 0
    with path.open("wb") as file:
        for trace in traces:
            file.write(_encoder.encode(trace) + b"\n")
            count += 1
    return count


def read_labelled(path: Path) -> tuple[LabelledTrace, ...]:
    """All traces of a file. Raises LabelledError with a sentence that names file and line."""
    try:
        with path.open("rb") as file:
            return tuple(_read(path, file))
    except OSError as error:
        raise LabelledError(f"{path} cannot be read: {error.strerror or error}.") from error


def _read(path: Path, lines: Iterable[bytes]) -> Iterator[LabelledTrace]:
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise LabelledError(f"Line {number} of {path.name} is longer than {LONGEST_LINE:,} bytes.")
        if line.strip():
            try:
                yield _decoder.decode(line)
            except (msgspec.MsgspecError, ValueError) as error:
                raise LabelledError(f"Line {number} of {path.name} is no labelled trace: {error}.") from error
