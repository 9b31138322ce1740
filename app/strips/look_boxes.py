"""Two boxes of the toolbar: what the colours of the tree show, and how it is drawn. Remembers both in settings."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.canvas.canvas import TreeCanvas
from app.canvas.channels import CHANNELS
from app.language import tr
from app.panels.texts import plain_label
from app.settings import Settings


class LookBoxes(QWidget):
    """Colour and View."""

    def __init__(self, canvas: TreeCanvas, settings: Settings) -> None:
        super().__init__()
        self._canvas, self._settings = canvas, settings
        self.colour = _box(tr("Colour"), ((entry.name, entry.title) for entry in CHANNELS))
        self.colour.setToolTip(tr("What the colours of the tree show"))
        self.view = _box(tr("View"), ((mode.name, mode.title) for mode in canvas.modes))
        self.view.setToolTip(tr("How the tree is drawn"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(4)
        for title, box in ((tr("Colour"), self.colour), (tr("View"), self.view)):
            layout.addWidget(plain_label(title))
            layout.addWidget(box)
        canvas.set_channel(settings.tree_colour)
        if self.view.findData(settings.tree_view) >= 0:
            canvas.set_mode(settings.tree_view)
        canvas.threshold_box.setValue(settings.faint_below)
        canvas.minimap.wanted = settings.minimap
        self._show()
        self.colour.activated.connect(lambda _: canvas.set_channel(self.colour.currentData()))
        self.view.activated.connect(lambda _: canvas.set_mode(self.view.currentData()))
        canvas.look_changed.connect(self._keep)

    def _keep(self) -> None:
        canvas, settings = self._canvas, self._settings
        settings.tree_colour, settings.tree_view = canvas.whole_tree.channel.name, canvas.mode.name
        settings.faint_below, settings.minimap = canvas.whole_tree.threshold, canvas.minimap.wanted
        self._show()

    def _show(self) -> None:
        self.colour.setCurrentIndex(self.colour.findData(self._canvas.whole_tree.channel.name))
        self.view.setCurrentIndex(self.view.findData(self._canvas.mode.name))


def _box(name: str, entries: Iterable[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for data, title in entries:
        box.addItem(tr(title), data)
    return box
