"""numpy memory that QPainter reads as a C array: thousands of lines in one call. Knows nothing else.

After pyqtgraph's PrimitiveArray (pyqtgraph pull request 1781), which is not imported because it costs start-up time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shiboken6
from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter, QPixmap

SHARPEST = 4.0
"""Pictures are drawn with no more pixels than this for one of the view's: paper has more than memory."""


def draw_lines(painter: QPainter, lines: npt.NDArray[np.float64]) -> None:
    """Draw (n, 4) lines x1 y1 x2 y2 with the painter's pen."""
    if len(lines):
        memory = np.ascontiguousarray(lines, np.float64)  # must stay alive until the call returns
        first: Any = shiboken6.Shiboken.wrapInstance(memory.ctypes.data, QLineF)
        painter.drawLines(first, len(memory))


def draw_sprites(painter: QPainter, sprites: npt.NDArray[np.float64], atlas: QPixmap) -> None:
    """Draw (n, 10) pieces of `atlas`: x, y of the middle, source left, top, width, height, scale x, y, rotation,
    opacity."""
    if len(sprites):
        memory = np.ascontiguousarray(sprites, np.float64)
        first: Any = shiboken6.Shiboken.wrapInstance(memory.ctypes.data, QPainter.PixmapFragment)
        painter.drawPixmapFragments(first, len(memory), atlas)


def sharpness(painter: QPainter) -> float:
    """Pixels of the device for one of the painter's, at most SHARPEST."""
    return min(SHARPEST, painter.device().devicePixelRatioF() * painter.worldTransform().m11())


def curves(starts: npt.NDArray[np.float64], ends: npt.NDArray[np.float64], pieces: int = 8) -> npt.NDArray[np.float64]:
    """Horizontal S-curves from (n, 2) starts to (n, 2) ends as (n * pieces, 4) short lines.

    The same cubic as `QPainterPath.cubicTo` with both control points halfway.
    """
    t = np.linspace(0.0, 1.0, pieces + 1)
    middle = (starts[:, 0] + ends[:, 0]) / 2
    inner, outer = 3 * t * (1 - t), (1 - t) ** 3
    x = np.outer(starts[:, 0], outer) + np.outer(middle, inner) + np.outer(ends[:, 0], t**3)
    blend = t * t * (3 - 2 * t)
    y = starts[:, 1:2] + (ends[:, 1:2] - starts[:, 1:2]) * blend
    return np.stack((x[:, :-1], y[:, :-1], x[:, 1:], y[:, 1:]), axis=-1).reshape(-1, 4)
