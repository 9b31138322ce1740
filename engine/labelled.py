"""Traces with a label per step, on their way from the app, which reads sessions, to the training. Knows no model.

JSON lines, one trace each: through a pipe, which leaves nothing lying about, or in a file. Pure but for
`read_labelled`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

LEAST_LABELS = 8
"""That a training needs; fewer teach nothing that could be measured."""
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


def encoded(traces: Iterable[LabelledTrace]) -> bytes:
    """A line for each."""
    return b"".join([_encoder.encode(trace) + b"\n" for trace in traces])


def read_labelled(path: Path) -> tuple[LabelledTrace, ...]:
    """All traces of a file. Raises LabelledError with a sentence that names file and line."""
    try:
        with path.open("rb") as file:
            return decoded(file, path.name)
    except OSError as error:
        raise LabelledError(f"{path} cannot be read: {error.strerror or error}.") from error


def decoded(lines: Iterable[bytes], name: str) -> tuple[LabelledTrace, ...]:
    """All traces of a stream. Raises LabelledError with a sentence that names it and the line."""
    return tuple(_read(lines, name))


def _read(lines: Iterable[bytes], name: str) -> Iterator[LabelledTrace]:
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise LabelledError(f"Line {number} of {name} is longer than {LONGEST_LINE:,} bytes.")
        if line.strip():
            try:
                yield _decoder.decode(line)
            except (msgspec.MsgspecError, ValueError) as error:
                raise LabelledError(f"Line {number} of {name} is no labelled trace: {error}.") from error
