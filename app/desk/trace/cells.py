"""How the numbers of a step are painted: coloured field, interval, check, rating. Knows no model and no run."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.desk.colours import hatch, ink_on, score_colour
from app.desk.trace.rows import StepRow
from app.desk.words import rating_sign
from app.language import tr
from app.panels.rows_table import Index
from app.panels.texts import MISSING, decimal
from app.theme import Theme, mix
from app.words.rating import rating_words

SMALL = 8.5
FIELD_CHARS = 6
"""Width of a coloured field, in digits."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


class StepCells(QStyledItemDelegate):
    """For the columns named in `kinds`: `score`, `sampled`, `exact` or `mine`. The row lies in its index's data."""

    def __init__(self, theme: Theme, role: int, kinds: Mapping[int, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._role, self._kinds = theme, role, kinds

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(self._role)
        if not isinstance(row, StepRow):
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        painter.save()
        if selected:
            painter.fillRect(rect, self._theme.palette.accent)
        painter.setFont(self._theme.mono_font(SMALL))
        ink = self._ink(row, selected)
        match self._kinds[index.column()]:
            case "score":
                self._field(painter, rect, row.score, row.after_error)
            case "sampled":
                self._paint_sampled(painter, rect, row, ink)
            case "exact":
                self._paint_exact(painter, rect, row, ink, str(index.data()))
            case _:
                self._paint_rating(painter, rect, row.mine, ink)
        painter.restore()

    def _ink(self, row: StepRow, selected: bool) -> QColor:
        colours = self._theme.palette
        return colours.on_accent if selected else colours.secondary if row.after_error else colours.text

    def _field(self, painter: QPainter, rect: QRect, value: float | None, faded: bool) -> None:
        """A number on its colour; hatched with a dash where it is missing."""
        field = QRectF(rect).adjusted(3, 2, -3, -2)
        colour = self._theme.palette.card if value is None else score_colour(self._theme, value, faded=faded)
        painter.fillRect(field, colour)
        if value is None:
            hatch(painter, field, self._theme)
            painter.setPen(self._theme.palette.text)
        else:
            painter.setPen(self._theme.palette.secondary if faded else ink_on(colour))
        painter.drawText(field, CENTRE, decimal(value))

    def _paint_sampled(self, painter: QPainter, rect: QRect, row: StepRow, ink: QColor) -> None:
        """The share on its colour, its interval as a line over 0 to 1, and how many of how many."""
        sampled, digit = row.sampled, painter.fontMetrics().horizontalAdvance("0")
        field = QRect(rect.left(), rect.top(), digit * FIELD_CHARS + 6, rect.height())
        self._field(painter, field, None if sampled is None else sampled.soft, False)
        if sampled is None:
            return
        counts = tr("checked") if sampled.checked else f"{sampled.hits}/{sampled.n}"
        painter.setPen(ink)
        text = rect.adjusted(0, 0, -4, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, counts)
        right = rect.right() - painter.fontMetrics().horizontalAdvance(counts) - 10
        whole = QRectF(field.right() + 5, rect.center().y(), right - field.right() - 5, 1)
        if whole.width() >= 3 * digit and not sampled.checked:
            self._whisker(painter, whole, sampled.interval, sampled.soft, ink)

    def _whisker(
        self, painter: QPainter, whole: QRectF, interval: tuple[float, float], value: float, ink: QColor
    ) -> None:
        low, high, at = (whole.left() + share * whole.width() for share in (*interval, value))
        y = whole.center().y()
        painter.fillRect(whole, mix(ink, self._theme.palette.background, 0.75))
        painter.fillRect(QRectF(low, y - 1, max(1.0, high - low), 2), ink)
        for end in (low, high):
            painter.fillRect(QRectF(end - 0.5, y - 3, 1, 7), ink)
        painter.fillRect(QRectF(at - 2, y - 3, 4, 7), ink)

    def _paint_exact(self, painter: QPainter, rect: QRect, row: StepRow, ink: QColor, words: str) -> None:
        if row.exact is None:
            field = QRectF(rect).adjusted(3, 2, -3, -2)
            hatch(painter, field, self._theme)
            painter.setPen(self._theme.palette.text)
            painter.drawText(field, CENTRE, MISSING)
            return
        painter.setPen(ink)
        painter.drawText(rect.adjusted(6, 0, -2, 0), LEFT, words)

    def _paint_rating(self, painter: QPainter, rect: QRect, rating: int | None, ink: QColor) -> None:
        """Shapes differ, too: who tells no colours apart reads them all the same."""
        if rating is None:
            return
        colours = self._theme.palette
        colour = {1: colours.good, 0: colours.secondary, -1: colours.bad}[rating]
        sign = rating_sign(rating)
        painter.setPen(ink if ink == colours.on_accent else colour)
        place = rect.adjusted(6, 0, -2, 0)
        painter.drawText(place, LEFT, sign)
        painter.setPen(ink)
        painter.setFont(self._theme.ui_font(SMALL))
        painter.drawText(place.adjusted(painter.fontMetrics().horizontalAdvance(f"{sign} ") + 2, 0, 0, 0), LEFT,
                         rating_words(rating))  # fmt: skip
