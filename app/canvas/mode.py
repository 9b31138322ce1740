"""What every way to show the shown run can do. Adding one is one new file and one line in `app.canvas.modes`.

Points and rectangles are those of the widget, in device-independent pixels. A mode keeps its own place while another
one is on screen; it works only when it is told to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from app.canvas.legend import Key
from engine.events import NodeId


@dataclass(frozen=True)
class Seen:
    """What a mode shows of the whole tree, for the minimap: an area in levels and rows, or single nodes."""

    area: QRectF | None = None
    """x, width in levels; y, height in rows."""
    nodes: tuple[NodeId, ...] = ()
    everything: bool = False
    """Whether nothing lies outside of the window."""


class Mode(Protocol):
    """One way to show the run."""

    name: str
    """Stable: it is in the settings."""
    title: str
    """Marked for translation."""
    help: str
    """A sentence, marked for translation."""
    animations: bool
    following: bool
    """Whether the search's latest work is kept in view."""
    stale: bool
    """Whether something changed since `rebuild`."""

    def reset(self) -> None:
        """Another run is shown."""

    def touch(self, nodes: tuple[NodeId, ...] | None) -> None:
        """These nodes changed; None: everything may have."""

    def write(self) -> None:
        """Text under way has changed."""

    def rebuild(self) -> None:
        """Read the run again."""

    def advance(self) -> bool:
        """One frame of camera movement; whether the view moved."""

    def moving(self) -> bool:
        """Whether something glides or a phase is played."""

    def busy(self) -> bool:
        """Whether something will change without anybody's doing."""

    def is_empty(self) -> bool:
        """Whether there is nothing to paint yet."""

    def paint(self, painter: QPainter, window: QRectF, device_ratio: float) -> None:
        """What can be seen."""

    def paint_whole(self, painter: QPainter, window: QRectF) -> None:
        """Everything, fitted into the window: for export and print."""

    def key(self) -> Key:
        """What the colours mean at the moment."""

    def node_at(self, point: QPointF) -> NodeId | None:
        """The node that a click here means."""

    def place_of(self, node: NodeId) -> QRectF | None:
        """Where a node is drawn; None if it has no place here."""

    def is_free(self, rect: QRectF) -> bool:
        """Whether no node is drawn in a part of the window."""

    def point_at(self, node: NodeId | None) -> bool:
        """The pointer is over this node, or over none; whether that is shown."""

    def press(self, point: QPointF) -> bool:
        """A click where no node is; whether it meant something."""

    def fold(self, node: NodeId) -> None:
        """Put a node's children away or bring them out, where the mode can."""

    def resize(self, window: QSizeF) -> None:
        """The window has another size."""

    def fit(self) -> None:
        """Show everything."""

    def fit_selection(self, node: NodeId) -> None:
        """Show a node with its parent and what is below it."""

    def actual_size(self) -> None:
        """100 %: text can be read."""

    def zoom(self, columns: float, rows: float, at: QPointF) -> None:
        """By two factors; the point `at` stays where it is."""

    def pan(self, dx: float, dy: float) -> None:
        """Move what is seen, without losing it."""

    def reveal(self, node: NodeId) -> None:
        """Glide until the node can be seen."""

    def seen(self) -> Seen:
        """What the window shows of the whole tree."""

    def look_at(self, node: NodeId, level: float, row: float) -> None:
        """Put this place of the whole tree, or the node there, into the middle."""
