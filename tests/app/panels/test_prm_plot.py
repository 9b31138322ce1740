"""Scores per step: which traces are drawn, and that missing is not zero."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.canvas.walks import principal_path
from app.models.shown_run import ShownRun
from app.panels.prm_plot import NO_SCORES, PrmPlotPanel, curve, curves
from app.theme import Theme
from engine.tree import fold
from tests.helpers.rich_log import rich_log

RECORDS = rich_log(30)
CONSTRUCT = """
import sys
from PySide6.QtWidgets import QApplication
from PySide6.QtCore import QSettings
from pathlib import Path
from app.bootstrap import make_parts
from app.engine_client import EngineClient
from app.panels import PANELS
from app.settings import Settings
from app.theme import Theme
app = QApplication([])
settings = Settings(QSettings("no-file.ini", QSettings.Format.IniFormat))
parts = make_parts(Theme("dark"), settings, EngineClient(), Path("no-folder"))
panels = [panel.factory(parts) for panel in PANELS]
print(sorted({"pyqtgraph", "torch"} & set(sys.modules)))
"""


def test_scores_along_the_principal_path_and_the_selected_trace() -> None:
    tree = fold(RECORDS)
    path = principal_path(tree)
    aside = next(node for node in tree.nodes if node not in path and tree.nodes[node].depth == 2)
    source, (principal, selected) = curves(tree, aside)
    assert source == "prm"
    assert (principal.name, selected.name) == ("principal path", "selected")
    assert principal.steps == tuple(range(1, len(path)))
    assert principal.scores == tuple(tree.nodes[node].scores[-1].value for node in path[1:])
    assert len(selected.scores) == 2


def test_a_selection_on_the_path_is_not_drawn_twice() -> None:
    tree = fold(RECORDS)
    assert len(curves(tree, principal_path(tree)[1])[1]) == 1


def test_a_missing_score_is_a_gap() -> None:
    tree = fold(RECORDS)
    path = principal_path(tree)
    tree.nodes[path[1]].scores = ()
    assert curve(tree, "principal path", path[-1], "prm").scores[0] is None


def test_other_verifiers_are_drawn_where_there_is_no_prm() -> None:
    tree = fold(rich_log(30, gold=True))
    for node in tree.nodes.values():
        node.scores = tuple(score for score in node.scores if score.source == "gold")
    assert curves(tree, None)[0] == "gold"


def test_plot_follows_the_cursor(
    see: Callable[[type[PrmPlotPanel]], PrmPlotPanel], shown: ShownRun, theme: Theme, qtbot: QtBot
) -> None:
    panel = see(PrmPlotPanel)
    shown.show(1, RECORDS)
    qtbot.waitUntil(lambda: panel.content.isVisibleTo(panel))
    qtbot.waitUntil(lambda: panel.title.text() == "PRM score per step")
    coloured = panel.content.grab().toImage()
    amber = theme.palette.principal.name()
    assert any(
        coloured.pixelColor(x, y).name() == amber for x in range(coloured.width()) for y in range(coloured.height())
    )
    shown.seek(1)
    qtbot.waitUntil(lambda: not panel.content.isVisibleTo(panel))
    assert any(label.text() == NO_SCORES for label in panel.findChildren(QLabel))


def test_the_names_at_the_ends_have_their_room_at_any_width(
    see: Callable[[type[PrmPlotPanel]], PrmPlotPanel], shown: ShownRun, qtbot: QtBot
) -> None:
    panel = see(PrmPlotPanel)
    panel.resize(900, 200)
    shown.show(1, RECORDS)
    qtbot.waitUntil(lambda: panel.title.text() == "PRM score per step")

    def right_end() -> float:
        assert panel._plot is not None
        return float(panel._plot.items.viewRange()[0][1])

    wide = right_end()
    panel.resize(400, 200)
    qtbot.waitUntil(lambda: right_end() > wide)


def test_building_the_panels_imports_neither_pyqtgraph_nor_torch() -> None:
    done = subprocess.run([sys.executable, "-c", CONSTRUCT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
