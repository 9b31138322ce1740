"""The upper row of the dock: which trace, what of it is shown, and what can be done with it. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QWidget,
)

from app.icons import icon
from app.language import mark, tr
from app.models.thought_choice import TraceEnd
from app.models.thought_filter import Layer, Side
from app.plain_text import as_tool_tip
from app.theme import Theme

LAYERS: dict[Layer, tuple[str, str]] = {
    "raw": (mark("Raw"), mark("All that was written beside the answer: the thought, its tags, tools")),
    "thought": (mark("Thought"), mark("The thought alone, without tags and tools")),
    "summary": (mark("Summary"), mark("What the provider tells of the thought")),
}
SIDES: dict[Side, str] = {
    "both": mark("Both columns"),
    "hidden": mark("Hidden column alone"),
    "exposed": mark("Exposed column alone"),
}
NO_SUMMARY = mark("This trace has no summary: its provider gave none.")


class ThoughtBar(QWidget):
    """Says what the user wants."""

    end_chosen = Signal(object)
    """TraceEnd: this trace, whatever is selected; None: that of the selected step."""
    layer_chosen = Signal(str)
    side_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.traces = _box(
            tr("Trace"), tr("Which trace is shown: that of the selected step, or always the same one"), 14
        )
        self.layers = _box(tr("Layer of the hidden column"), tr("What the left column shows"), 6)
        self.sides = _box(tr("Columns"), tr("Which columns are shown"), 10)
        self.outline = _button(tr("Outline"), tr("The thought as runs of planning and of execution, to be unfolded"))
        self.search = _button("", tr("Find in both texts"), icon(theme, "search"))
        self.lab = _button(tr("As hosted"), tr("Show it as a hosted model would have: the thought blacked out"))
        self.more = _button(f"{tr('More')}  ", tr("Copy, save a report, move the boundary back, show everything"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(tr("More"), self)
        self.menu.setToolTipsVisible(True)
        self.more.setMenu(self.menu)
        self._ends: tuple[tuple[str, TraceEnd | None], ...] = ()
        for button in (self.outline, self.search, self.lab):
            button.setCheckable(True)
            button.toggled.connect(self._show_checked)
        theme.changed.connect(self._show_checked)
        self._build()

    def show_ends(self, ends: Sequence[tuple[str, TraceEnd]], shown: TraceEnd | None, followed: str) -> None:
        """The traces that can be chosen. `shown`: the pinned one; None: the selection, whose trace is `followed`."""
        wanted: tuple[tuple[str, TraceEnd | None], ...] = ((followed, None), *ends)
        if shown is not None and shown not in [end for _, end in wanted]:
            wanted = (*wanted, (tr("Pinned trace"), shown))
        if wanted != self._ends:
            self._ends = wanted
            self.traces.clear()
            for at, (words, _) in enumerate(wanted):
                self.traces.addItem(words)
                self.traces.setItemData(at, as_tool_tip(words), Qt.ItemDataRole.ToolTipRole)
        self.traces.setCurrentIndex(next((at for at, (_, end) in enumerate(wanted) if end == shown), 0))

    def show_state(self, layer: Layer, side: Side, has_summary: bool) -> None:
        """What is shown now."""
        self.layers.setCurrentIndex(self.layers.findData(layer))
        self.sides.setCurrentIndex(self.sides.findData(side))
        place = self.layers.findData("summary")
        self.layers.setItemData(place, None if has_summary else 0, Qt.ItemDataRole.UserRole - 1)  # Qt: 0 is disabled
        tip = LAYERS["summary"][1] if has_summary else NO_SUMMARY
        self.layers.setItemData(place, as_tool_tip(tr(tip)), Qt.ItemDataRole.ToolTipRole)

    def _show_checked(self) -> None:
        """What is on stands out; Qt's own shade can hardly be seen in a dark window."""
        for button in (self.outline, self.search, self.lab):
            colours = QPalette()
            if button.isChecked():
                colours.setColor(QPalette.ColorRole.Button, self._theme.palette.accent)
                colours.setColor(QPalette.ColorRole.ButtonText, self._theme.palette.on_accent)
            button.setPalette(colours)

    def _build(self) -> None:
        for at, (layer, (words, tip)) in enumerate(LAYERS.items()):
            self.layers.addItem(tr(words), layer)
            self.layers.setItemData(at, as_tool_tip(tr(tip)), Qt.ItemDataRole.ToolTipRole)
        for side, words in SIDES.items():
            self.sides.addItem(tr(words), side)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.traces, 1)
        for widget in (self.layers, self.sides, self.outline, self.lab, self.search, self.more):
            row.addWidget(widget)
        self.traces.activated.connect(lambda at: self.end_chosen.emit(self._ends[at][1]))
        self.layers.activated.connect(lambda at: self.layer_chosen.emit(self.layers.itemData(at)))
        self.sides.activated.connect(lambda at: self.side_chosen.emit(self.sides.itemData(at)))


class _Box(QComboBox):
    """Words for which there is no room end in “…”; Qt would cut through a letter."""

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        words, room = option.currentText, field.width() - 4
        option.currentText = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()


def _box(name: str, tip: str, letters: int) -> QComboBox:
    box = _Box()
    box.setAccessibleName(name)
    box.setToolTip(tip)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(letters)
    return box


def _button(text: str, tip: str, picture: QIcon | None = None) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(tip)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if picture is not None:
        button.setIcon(picture)
    return button
