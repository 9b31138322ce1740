"""Events as they rest in a block: as JSON says them, but for children, which are numbers of nodes. Knows no table.

What is hardly ever looked at, the choices of a selection, is read as text.
"""

from __future__ import annotations

from types import GenericAlias
from typing import Any, Literal, TypeAlias, Union, cast, get_args

import msgspec

from engine.choices import LateChoices, decoded, for_encoder
from engine.events import AnyEvent, Choice, Cost, Expanded, NodeId, Selected

NO_CHOICES = b"[]"


class Grown(msgspec.Struct, frozen=True, gc=False, tag="Expanded", tag_field="type"):
    """Expanded, its children by their numbers."""

    iteration: int
    parent: NodeId
    children: tuple[NodeId, ...]
    cost: Cost = Cost()
    generator: Literal["sample", "propose", "person", "given"] = "sample"


class Walked(msgspec.Struct, frozen=True, gc=False, tag="Selected", tag_field="type"):
    """Selected, its choices as text."""

    iteration: int
    leaf: NodeId
    path: tuple[NodeId, ...]
    formula: str
    choices: msgspec.Raw


_KINDS = {Expanded: Grown, Selected: Walked}

Row: TypeAlias = tuple[float, Any]
"""When, and what: an event of engine.events, or one of those above."""

_EVENT: Any = Union[tuple(_KINDS.get(kind, kind) for kind in get_args(AnyEvent))]  # noqa: UP007
_ROW: Any = GenericAlias(tuple, (float, _EVENT))

_encoder = msgspec.json.Encoder(enc_hook=for_encoder)
_rows: msgspec.json.Decoder[list[Row]] = msgspec.json.Decoder(list[_ROW])
_row: msgspec.json.Decoder[Row] = msgspec.json.Decoder(_ROW)
_texts: msgspec.json.Decoder[list[msgspec.Raw]] = msgspec.json.Decoder(list[msgspec.Raw])


def write_rows(events: list[tuple[float, AnyEvent]]) -> list[bytes]:
    """Each as JSON. Raises UnicodeEncodeError or msgspec.MsgspecError."""
    kept = [(at, _grown(event) if type(event) is Expanded else event) for at, event in events]
    return _encoder.encode_lines(kept).split(b"\n")[:-1]  # in JSON a line end is written \n


def _grown(event: Expanded) -> Grown:
    children = tuple([child.node for child in event.children])
    return Grown(event.iteration, event.parent, children, event.cost, event.generator)


def read_rows(text: bytes) -> list[Row]:
    """The rows of a block. Raises msgspec.MsgspecError."""
    return decoded(_rows, text)


def read_row(text: bytes | msgspec.Raw) -> Row:
    """One row. Raises msgspec.MsgspecError."""
    return decoded(_row, text)


def texts_of(text: bytes) -> list[msgspec.Raw]:
    """The rows of a block as they stand. Raises msgspec.MsgspecError."""
    return decoded(_texts, text)


def selected(walked: Walked, formulas: dict[str, str]) -> Selected:
    """The event itself. `formulas` are those met before: thousands of events share a few."""
    text = bytes(walked.choices)
    choices = () if text == NO_CHOICES else cast("tuple[Choice, ...]", LateChoices(text))
    formula = formulas.setdefault(walked.formula, walked.formula)
    return Selected(walked.iteration, walked.leaf, walked.path, formula, choices)
