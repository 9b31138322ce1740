"""How the tree is looked at: which mode, which colours, with or without the small map. Knows no mode from within."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtWidgets import QWidget

from app.canvas.channels import CHANNELS, Channel, channel_named
from app.canvas.view import TreeView
from app.models.shown_run import ShownRun
from app.theme import Theme
from engine.events import NodeId


class LookedAt(TreeView):
    """A view whose look can be chosen."""

    def __init__(
        self, shown: ShownRun, theme: Theme, parent: QWidget | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(shown, theme, parent, clock)
        self.threshold_box.valueChanged.connect(self._set_threshold)
        self.minimap.aimed.connect(self._look_at)

    def set_mode(self, name: str) -> None:
        """Show the run another way, at the place where that was left, the selected node in view. Raises KeyError."""
        mode = {mode.name: mode for mode in self.modes}[name]
        if mode is self.mode:
            return
        mode.following = self.following
        self.mode.point_at(None)
        self.mode = mode
        mode.resize(self._window())
        mode.rebuild()
        if self.shown.selected is not None:
            mode.reveal(self.shown.selected)
        self.look_changed.emit()
        self._show_now()

    def shows(self, name: str) -> bool:
        """Whether a mode is the one in force."""
        return self.mode.name == name

    def has_minimap(self) -> bool:
        """Whether the small map may show itself."""
        return self.minimap.wanted

    def toggle_minimap(self) -> None:
        self.minimap.wanted = not self.minimap.wanted
        self._read_again()

    def set_channel(self, name: str) -> None:
        """Colour by another channel, a name of CHANNELS."""
        self._recolour(channel_named(name))

    def next_channel(self) -> None:
        """Colour by the next channel in order."""
        self._recolour(CHANNELS[(CHANNELS.index(self.whole_tree.channel) + 1) % len(CHANNELS)])

    def _recolour(self, channel: Channel) -> None:
        self.whole_tree.channel = channel
        self.boxes.fades = channel.fades
        self.boxes.place()
        self._read_again()

    def _set_threshold(self, visits: int) -> None:
        self.whole_tree.threshold = visits
        self._read_again()

    def _look_at(self, node: NodeId, level: float, row: float) -> None:
        """What the small map points at."""
        self.mode.following = False
        self.mode.look_at(node, level, row)
        self._show_now()

    def _read_again(self) -> None:
        """Another look was chosen."""
        self.look_changed.emit()
        for mode in self.modes:
            mode.stale = True
        self._wake()
