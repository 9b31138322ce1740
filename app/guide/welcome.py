"""The welcome page: samples to open, ways to begin, and the files of late. A strip over the tree, never in its way.

Says what was chosen through signals; opens nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStyleOptionToolButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.canvas.cards import two_lines
from app.canvas.layout import tidy_rows
from app.guide.samples import SAMPLES, Sample, Shape, shapes
from app.icons import icon
from app.language import tr
from app.panels.texts import ElidedLabel, plain_label
from app.plain_text import as_tool_tip, one_line
from app.settings import Settings
from app.strips.recent_menu import RecentMenu
from app.theme import Theme

MOST_FILES = 3
"""Recent files that are named here; the menu File has more."""
WIDE, FULL, ROOMY = 900, 720, 560
"""Pixels: below WIDE there is no room for recent files, below FULL for the last sample, below ROOMY for any but one."""
PICTURE, TILE = 52, 106
"""Heights in pixels, of a tile's picture and of a tile at the text size of 100 %."""
DOT = 3.2


class WelcomePage(QWidget):
    """Hidden until `open`. What happens below it, the first search for example, goes on and stays in sight."""

    sample_chosen = Signal(object)
    """app.guide.samples.Sample."""
    file_chosen = Signal(object)
    """Path."""
    new_run_wanted = Signal()
    open_wanted = Signal()
    tour_wanted = Signal()

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._settings = theme, settings
        self._recent = QVBoxLayout()
        self.hint = ElidedLabel()
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.at_start = QCheckBox(tr("Show at start"))
        self.at_start.setToolTip(tr("Show this page at every start; Help brings it back at any time"))
        self.at_start.toggled.connect(self._keep)
        self.cross = self._make_cross()
        self.tiles = [SampleTile(sample, shapes().get(sample.id), theme) for sample in SAMPLES]
        self.buttons = (
            _button(tr("New run…"), self.new_run_wanted.emit),
            _button(tr("Open…"), self.open_wanted.emit),
            _button(tr("Take the tour (2 minutes)"), self.tour_wanted.emit),
        )
        self.lately = self._make_lately()
        self.files = QWidget()
        self._build()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Welcome"))
        theme.changed.connect(self.update)
        self.hide()

    def open(self, hint: str = "", recent: Sequence[Path] = ()) -> None:
        """Show the page; `hint` says what is going on below it."""
        self.say(hint)
        self.at_start.setChecked(self._settings.welcome_at_start)
        self._fill_recent(recent[:MOST_FILES])
        self.show()

    def say(self, hint: str) -> None:
        """What is going on below the page; empty: nothing that it knows of."""
        self.hint.setText(hint or tr("Look at a search that was recorded, or start one of your own."))
        self.hint.setToolTip(as_tool_tip(self.hint.text()))

    def _build(self) -> None:
        title = ElidedLabel()
        title.setText(tr("Welcome to Espalier"))
        title.setFont(self._theme.ui_font(12))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title, 1)
        head.addWidget(self.at_start)
        head.addWidget(self.cross)
        body = QHBoxLayout()
        body.setSpacing(10)
        for tile in self.tiles:
            tile.clicked.connect(lambda _=False, sample=tile.sample: self.sample_chosen.emit(sample))
            body.addWidget(tile, 1)
        body.addLayout(self._ways())
        self._recent.setContentsMargins(0, 0, 0, 0)
        self._recent.setSpacing(2)
        self.files.setLayout(self._recent)
        self.files.setFixedWidth(170)
        body.addWidget(self.files)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(14, 6, 10, 10)
        column.setSpacing(5)
        column.addLayout(head)
        column.addWidget(self.hint)
        column.addLayout(body)

    def _ways(self) -> QGridLayout:
        """The buttons, one below the other; beside Open the files of late, for which there may be no room."""
        new_run, open_file, tour = self.buttons
        grid = QGridLayout()
        grid.setSpacing(6)
        grid.addWidget(new_run, 0, 0, 1, 2)
        grid.addWidget(open_file, 1, 0)
        grid.addWidget(self.lately, 1, 1)
        grid.addWidget(tour, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(3, 1)
        return grid

    def _make_lately(self) -> QToolButton:
        button = _ArrowButton()
        button.setArrowType(Qt.ArrowType.DownArrow)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(RecentMenu(button, self._settings, self.file_chosen.emit))
        button.setAccessibleName(tr("Open recent"))
        button.setToolTip(tr("Open recent"))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _make_cross(self) -> QToolButton:
        cross = QToolButton()
        cross.setIcon(icon(self._theme, "cross"))
        cross.setAutoRaise(True)
        cross.setAccessibleName(tr("Close the welcome page"))
        cross.setToolTip(tr("Close the welcome page (Esc)"))
        cross.clicked.connect(self.hide)
        return cross

    def _fill_recent(self, paths: Sequence[Path]) -> None:
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if paths:
            self._recent.addWidget(plain_label(tr("Recent"), quiet=True))
        for path in paths:
            self._recent.addWidget(self._file_button(path))
        self._recent.addStretch(1)
        self._show_what_fits()

    def _file_button(self, path: Path) -> QPushButton:
        name = one_line(path.stem)
        button = _button("", lambda: self.file_chosen.emit(path))
        button.setText(button.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, 140).replace("&", "&&"))
        button.setFlat(True)
        button.setAccessibleName(name)
        button.setToolTip(as_tool_tip(str(path)))
        return button

    def _keep(self, wanted: bool) -> None:
        self._settings.welcome_at_start = wanted

    def _show_what_fits(self) -> None:
        self.files.setVisible(self.width() >= WIDE and self._recent.count() > 1)
        for tile in self.tiles[1:]:
            tile.setVisible(self.width() >= (FULL if tile is self.tiles[-1] else ROOMY))

    # -- Qt

    def minimumSizeHint(self) -> QSize:
        """Any width: what does not fit is left out, and never makes the window wider."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_what_fits()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.palette
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colours.panel)
            painter.fillRect(0, self.height() - 1, self.width(), 1, colours.border)


class _ArrowButton(QToolButton):
    """Its arrow is enough: the style draws no second one for its menu. A style sheet would keep the old theme."""

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:
        super().initStyleOption(option)
        option.features &= ~QStyleOptionToolButton.ToolButtonFeature.HasMenu


class SampleTile(QAbstractButton):
    """A sample: its tree, its title, and a line about it."""

    def __init__(self, sample: Sample, shape: Shape | None, theme: Theme) -> None:
        super().__init__()
        self.sample = sample
        self._shape, self._theme = shape, theme
        self._rows = tidy_rows(shape.parents) if shape is not None else []
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr(sample.title))
        self.setAccessibleDescription(tr(sample.line))
        self.setToolTip(tr("{line}. Opens as a copy of your own.").format(line=tr(sample.line)))

    def sizeHint(self) -> QSize:
        return QSize(190, PICTURE + round((TILE - PICTURE) * self._theme.text_size / 100))

    def minimumSizeHint(self) -> QSize:
        return QSize(96, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, box = self._theme.palette, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        lit = self.hasFocus() or self.underMouse()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours.accent if lit else colours.border, 2 if self.hasFocus() else 1))
            painter.setBrush(colours.background if self.isDown() else colours.card)
            painter.drawRoundedRect(box, 7, 7)
            self._draw_tree(painter, box.adjusted(12, 9, -12, PICTURE - box.height()))
            words = box.adjusted(10, PICTURE + 1, -10, -5)
            self._draw_words(painter, words)

    def _draw_words(self, painter: QPainter, box: QRectF) -> None:
        """The title on one line, what there is to see on the next two."""
        title, line = self._theme.ui_font(9.5), self._theme.ui_font(8.5)
        title.setWeight(QFont.Weight.DemiBold)
        metrics, small = QFontMetricsF(title), QFontMetricsF(line)
        painter.setFont(title)
        painter.setPen(self._theme.palette.text)
        cut = metrics.elidedText(tr(self.sample.title), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), cut)
        painter.setFont(line)
        painter.setPen(self._theme.palette.secondary)
        for row, text in enumerate(two_lines(tr(self.sample.line), small, box.width(), box.width())):
            below = box.top() + metrics.height() + 2 + row * small.height()
            painter.drawText(QPointF(box.left(), below + small.ascent()), text)

    def _draw_tree(self, painter: QPainter, box: QRectF) -> None:
        """Edges, then dots in the colour of their value; the chosen trace in the colour of the principal path."""
        if self._shape is None:
            return
        spots, trace, colours = self._spots(box), set(self._shape.trace), self._theme.palette
        for place, parent in enumerate(self._shape.parents[1:], 1):
            chosen = place in trace
            painter.setPen(QPen(colours.principal if chosen else colours.edge, 2.0 if chosen else 1.0))
            painter.drawLine(spots[parent], spots[place])
        painter.setPen(Qt.PenStyle.NoPen)
        for place, spot in enumerate(spots):
            painter.setBrush(self._theme.value_colour(self._shape.values[place]))
            size = DOT if place in trace else DOT * 0.7
            painter.drawEllipse(spot, size, size)

    def _spots(self, box: QRectF) -> list[QPointF]:
        """Where every node is: its depth to the right, its row down, the whole as large as `box`."""
        assert self._shape is not None
        depths = [0]
        for parent in self._shape.parents[1:]:
            depths.append(depths[parent] + 1)
        wide = box.width() / max(1, *depths)
        top, high = min(self._rows), box.height() / max(1.0, max(self._rows) - min(self._rows))
        return [
            QPointF(box.left() + depth * wide, box.top() + (row - top) * high)
            for depth, row in zip(depths, self._rows, strict=True)
        ]


def _button(title: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(title)
    button.clicked.connect(lambda: act())
    return button
