"""The picture of a run: made without a display, in both themes, with everything in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from app.canvas.picture import save_picture, summary_of, verdict_of
from app.theme import DARK, LIGHT, Palette
from engine.tree import Tree
from tests.app.canvas.trees import Search

pytestmark = pytest.mark.usefixtures("qapp")

ALONE = """
import sys
from pathlib import Path
from app.canvas.picture import save_picture
from tests.app.canvas.trees import Search
tree = Search(seed=3).run(10).finish().tree
save_picture(tree, Path(sys.argv[1]), dark=True, size=(640, 480))
save_picture(tree, Path(sys.argv[2]), dark=True, size=(640, 480))
"""


def test_without_a_display_and_without_an_application(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "QT_QPA_PLATFORM"}}
    files = [tmp_path / "one.png", tmp_path / "two.png"]
    subprocess.run([sys.executable, "-c", ALONE, *map(str, files)], check=True, env=environment, timeout=60)
    one, two = (QImage(str(file)) for file in files)
    assert one.size() == QSize(640, 480)
    assert one == two


@pytest.mark.parametrize(("dark", "palette"), [(True, DARK), (False, LIGHT)])
def test_the_picture_shows_the_tree_in_the_theme(dark: bool, palette: Palette, tmp_path: Path) -> None:
    file = tmp_path / "tree.png"
    save_picture(Search(seed=3).run(20).finish().tree, file, dark)
    image = QImage(str(file))
    colours = {image.pixelColor(x, y).name() for x in range(0, 1600, 2) for y in range(image.height())}
    assert image.pixelColor(2, 2) == palette.background
    for wanted in (palette.card, palette.principal, palette.panel):
        assert wanted.name() in colours


def test_a_run_without_events_gives_a_picture_too(tmp_path: Path) -> None:
    save_picture(Tree(), tmp_path / "none.png", dark=True, size=(400, 300))
    assert QImage(str(tmp_path / "none.png")).size() == QSize(400, 300)


def test_a_file_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"could not be written to .*nowhere"):
        save_picture(Tree(), tmp_path / "nowhere" / "x.png", dark=True, size=(40, 30))


@pytest.mark.parametrize(
    ("correct", "words", "tone"),
    [(True, "✓ correct: 24, right", "good"), (False, "✗ wrong: 24, right", "bad"), (None, "24, right", "neutral")],
)
def test_the_verdict_is_the_check_s(correct: bool | None, words: str, tone: str) -> None:
    assert verdict_of(Search().run(8).finish(correct).tree) == (words, tone)
    assert verdict_of(Search().run(2).tree) == ("still searching", "neutral")


def test_the_summary_counts() -> None:
    tree = Search(width=3).run(2).tree
    assert "2 iterations" in summary_of(tree)
    assert f"{len(tree.nodes)} nodes" in summary_of(tree)
    assert "gold" not in summary_of(tree)
    tree.gold = True
    assert summary_of(tree).endswith("gold answer used")
