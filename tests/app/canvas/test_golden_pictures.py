"""A few pictures of the tree, compared with what they once were: both themes, one and two device pixels per pixel.

`ESPALIER_NEW_PICTURES=1` writes them anew. What differs is kept beside the test's other files, with the difference.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from app.canvas.canvas import TreeCanvas
from app.models.shown_run import ShownRun
from app.theme import Theme
from tests.app.canvas.trees import Search

FOLDER = Path(__file__).parents[2] / "golden" / "pictures"
WIDTH, HEIGHT = 480, 320
LEVELS, SHARE = 2, 0.001
"""Another processor may round differently: at most so far, in at most this share of the pixels."""

PICTURES = (
    ("map", "value", "dark", 1),
    ("map", "visits", "light", 2),
    ("icicle", "value", "light", 1),
    ("icicle", "source", "dark", 2),
    ("focus", "value", "dark", 1),
    ("focus", "prior", "light", 1),
)


def pixels(image: QImage) -> npt.NDArray[np.int16]:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(bytes(plain.constBits()), np.uint8).reshape(plain.height(), -1).astype(np.int16)


def draw(qtbot: QtBot, mode: str, channel: str, look: Literal["dark", "light"], ratio: int) -> QImage:
    shown = ShownRun()
    canvas = TreeCanvas(shown, Theme(look))
    qtbot.addWidget(canvas)
    shown.show(1, Search(width=3, seed=4, deepest=5).run(25).records)
    canvas.set_mode(mode)
    canvas.set_channel(channel)
    canvas.settle()
    image = QImage(WIDTH * ratio, HEIGHT * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    with QPainter(image) as painter:
        canvas.paint_tree(painter, QRectF(0, 0, WIDTH, HEIGHT))
    return image


@pytest.mark.parametrize(("mode", "channel", "look", "ratio"), PICTURES)
def test_the_tree_looks_as_it_did(
    qtbot: QtBot, tmp_path: Path, mode: str, channel: str, look: Literal["dark", "light"], ratio: int
) -> None:
    name = f"{mode}-{channel}-{look}-{ratio}x.png"
    image = draw(qtbot, mode, channel, look, ratio)
    if os.environ.get("ESPALIER_NEW_PICTURES"):
        FOLDER.mkdir(exist_ok=True)
        assert image.save(str(FOLDER / name))
    wanted = QImage(str(FOLDER / name))
    assert (wanted.width(), wanted.height()) == (image.width(), image.height())
    difference = abs(pixels(image) - pixels(wanted)).reshape(image.height(), image.width(), 4).max(axis=2)
    if difference.max() > LEVELS or (difference > 0).mean() > SHARE:
        image.save(str(tmp_path / f"actual-{name}"))
        shade = np.ascontiguousarray(np.clip(difference * 8, 0, 255).astype(np.uint8))
        grey = QImage(shade.data, image.width(), image.height(), image.width(), QImage.Format.Format_Grayscale8)
        grey.save(str(tmp_path / f"difference-{name}"))
        pytest.fail(f"{(difference > 0).mean():.2%} of {name} is different, see {tmp_path}")
