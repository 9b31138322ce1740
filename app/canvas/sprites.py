"""Dots of the Map, drawn once for every colour and a few sizes, and stamped from then on. Knows no tree."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from app.canvas.channels import FAINT, MISSING, OUT, STEPS

SIZES = (4, 6, 8, 10, 12, 14, 16, 20, 24)
"""Diameters in px."""
COARSE = 8
"""Neighbouring colours of a table that share a dot."""
_PAD = 1


class Sprites:
    """Atlases for one `colour_table`."""

    def __init__(self, table: npt.NDArray[np.uint32], exact: bool) -> None:
        """`exact`: neighbours in the table are no neighbours in meaning, so each keeps its dot."""
        self._table = table
        coarse = 1 if exact else COARSE
        plain = np.arange(2 * STEPS) // coarse
        self._number = np.concatenate((plain, (plain[-1] + 1, plain[-1] + 2)))
        """Which dot stands for a place in the table."""
        self._codes = np.concatenate((np.arange(coarse // 2, 2 * STEPS, coarse), (MISSING, OUT)))
        self._draw = lru_cache(maxsize=4)(self._atlas)

    def atlas(self, wanted: float, ratio: float) -> tuple[QPixmap, int]:
        """The atlas for dots of at most `wanted` px, and the side of a piece in its pixels."""
        size = max((size for size in SIZES if size <= wanted), default=SIZES[0])
        return self._draw(size, ratio), round((size + 2 * _PAD) * ratio)

    def pieces(
        self,
        x: npt.NDArray[np.float64],
        y: npt.NDArray[np.float64],
        codes: npt.NDArray[np.integer],
        side: int,
        ratio: float,
    ) -> npt.NDArray[np.float64]:
        """(n, 10) for `draw_sprites`: dots at (x, y) coloured by `codes`."""
        pieces = np.zeros((len(x), 10))
        pieces[:, 0], pieces[:, 1] = x, y
        pieces[:, 2] = self._number[codes] * side
        pieces[:, 4:6] = side
        pieces[:, 6:8] = 1 / ratio
        pieces[:, 9] = 1
        return pieces

    def _atlas(self, size: int, ratio: float) -> QPixmap:
        side = round((size + 2 * _PAD) * ratio)
        atlas = QPixmap(side * len(self._codes), side)
        atlas.fill(Qt.GlobalColor.transparent)
        with QPainter(atlas) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, code in enumerate(self._codes.tolist()):
                dot = QRectF(number * side, 0, side, side).adjusted(*(_PAD * ratio * sign for sign in (1, 1, -1, -1)))
                self._draw_dot(painter, dot, code, ratio)
        return atlas

    def _draw_dot(self, painter: QPainter, dot: QRectF, code: int, ratio: float) -> None:
        """Full, hollow for a missing number, crossed for what is out of the search; never told by colour alone."""
        colour = QColor.fromRgb(int(self._table[code]))
        pen = QPen(colour, 1.4 * ratio)
        inner = dot.adjusted(ratio, ratio, -ratio, -ratio)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        if code == OUT:
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(inner.bottomLeft(), inner.topRight())
        elif code == MISSING:
            painter.drawEllipse(inner)
        else:
            painter.setPen(Qt.PenStyle.NoPen if code < FAINT else pen)
            painter.setBrush(colour)
            painter.drawEllipse(dot)
