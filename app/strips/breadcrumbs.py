"""The bar above the tree: the trace from the root to the selection, and which of the four phases the search is in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from app.canvas.walks import next_twin
from app.language import tr
from app.models.shown_run import ShownRun
from app.plain_text import as_tool_tip, one_line
from app.strips.phase_indicator import PhaseIndicator
from app.theme import Theme, embolden
from app.words.node import twin_words
from engine.events import ROOT, NodeId
from engine.tree import Node

LONGEST_CRUMB = 32
"""Characters of a step in the bar."""
LONGEST_ENTRY = 80
"""Characters of a step in the menu of those that found no room."""
CRUMB_EDGES = 26
"""Pixels of a crumb besides its text: margins of the button and the angle in front of it."""
ELLIPSIS = "…"


class BreadcrumbBar(QWidget):
    """root › … › step › selected step, each a button, as many as there is room for; the phases at the right.

    The trace begins at the hoisted step if there is one, after a button that shows the whole tree again.
    """

    def __init__(self, shown: ShownRun, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self._drawn: object = None
        self._crumbs = QHBoxLayout()
        self._crumbs.setSpacing(0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 2, 8, 2)
        layout.addLayout(self._crumbs)
        layout.addStretch(1)
        self.phases = PhaseIndicator(shown, theme)
        layout.addWidget(self.phases)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for signal in (shown.selection_changed, shown.run_changed, shown.tree_changed, shown.attention.changed):
            signal.connect(self._refresh)
        self._refresh()

    def texts(self) -> list[str]:
        """What the bar says, from the left on, without the ellipsis."""
        return [button.text() for button in self.buttons() if button.text() != ELLIPSIS]

    def buttons(self) -> list[QToolButton]:
        """From the left on, as the Tab key goes through them."""
        items = filter(None, map(self._crumbs.itemAt, range(self._crumbs.count())))
        return [widget for item in items if isinstance(widget := item.widget(), QToolButton)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        path = self._path()
        room = self.width() - self.phases.sizeHint().width() - 40
        twin = path[-1].twin if path else None
        wanted = [node.id for node in path], twin, room
        if wanted != self._drawn:
            self._drawn = wanted
            had_focus = any(button.hasFocus() for button in self.buttons())
            self._clear()
            self._fill(path, room)
            if had_focus and (buttons := self.buttons()):
                buttons[-1].show()  # Qt would do it later, and what is hidden cannot have the focus
                buttons[-1].setFocus()

    def _path(self) -> list[Node]:
        """From the hoisted step, or the root, to the selection."""
        tree, selected = self._shown.tree, self._shown.selected
        top = self._shown.attention.hoisted(tree)
        path = tree.path(top if selected is None else selected) if tree.nodes else []
        return [node for node in path if node.depth >= tree.nodes[top].depth]

    def _clear(self) -> None:
        while (item := self._crumbs.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _fill(self, path: Sequence[Node], room: int) -> None:
        """The first step and, from the end backwards, those that fit; one ellipsis stands for those between."""
        if not path:
            return
        if path[0].id != ROOT:
            room -= self._add(self._way_out())
        if path[-1].twin is not None:
            room -= self._twin(path[-1].id).sizeHint().width()
        words = [_words(node) for node in path]
        widths = [self.fontMetrics().horizontalAdvance(text) + CRUMB_EDGES for text in words]
        start = _first_that_fits(widths, room - self.fontMetrics().horizontalAdvance(f"› {ELLIPSIS} "))
        longest = max(40, room - widths[0] - 40)
        for at in (0, *range(start, len(path))):
            if at == start > 1:
                self._crumbs.addWidget(QLabel("›"))
                self._add(self._ellipsis(path[1:start]))
            if at:
                self._crumbs.addWidget(QLabel("›"))
            width = min(widths[at], longest) - CRUMB_EDGES + 8
            text = self.fontMetrics().elidedText(words[at], Qt.TextElideMode.ElideRight, width)
            self._add(self._crumb(path[at], text, last=at == len(path) - 1))
        if path[-1].twin is not None:
            self._add(self._twin(path[-1].id))

    def _add(self, button: QToolButton) -> int:
        """Gives back the room it takes."""
        self._crumbs.addWidget(button)
        return button.sizeHint().width()

    def _crumb(self, node: Node, text: str, last: bool) -> QToolButton:
        button = _button(text, as_tool_tip(node.step), lambda: self._shown.select(node.id))
        button.setAccessibleName(one_line(node.step, LONGEST_ENTRY) if node.id != ROOT else tr("root"))
        font = button.font()
        embolden(font, last)
        button.setFont(font)
        return button

    def _way_out(self) -> QToolButton:
        return _button(
            tr("‹ Whole tree"),
            tr("Only the subtree of this step is shown. Press to show the whole tree again."),
            self._shown.attention.unhoist,
        )

    def _twin(self, node: NodeId) -> QToolButton:
        """Where the same state was first."""
        tree = self._shown.tree
        first = tree.nodes[node].twin
        assert first is not None
        return _button(
            tr("= node {node}").format(node=first),
            as_tool_tip(tr("The same state as {step}. Press to go there.").format(step=twin_words(tree, first))),
            lambda: self._shown.select(next_twin(self._shown.tree, node)),
        )

    def _ellipsis(self, left_out: Sequence[Node]) -> QToolButton:
        """Opens a menu of the steps that found no room."""
        button = _button(
            ELLIPSIS, tr("The steps between"), lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
        )
        button.setAccessibleName(tr("The steps between"))
        menu = QMenu(button)
        for node in left_out:
            entry = menu.addAction(one_line(node.step, LONGEST_ENTRY).replace("&", "&&"))
            entry.setToolTip(as_tool_tip(node.step))
            entry.triggered.connect(lambda _=False, node=node.id: self._shown.select(node))
        return button


def _button(text: str, tip: str, act: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setText(text.replace("&", "&&"))
    button.setToolTip(tip)
    button.setAccessibleName(text)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda: act())
    return button


def _first_that_fits(widths: Sequence[int], room: int) -> int:
    """Where the steps begin that fit beside the first one; the last is there whatever its width."""
    start, used = len(widths), widths[0]
    while start > 1 and (used + widths[start - 1] <= room or start == len(widths)):
        start -= 1
        used += widths[start]
    return start


def _words(node: Node) -> str:
    return tr("root") if node.id == ROOT else one_line(node.step, LONGEST_CRUMB)
