"""A trace on the clipboard: plain text for everybody, Markdown and JSON for whom they are meant, and a picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.output.clipboard import MIME, trace_data, trace_markdown, trace_text
from engine.tree import fold
from tests.app.conftest import MakeWindow
from tests.app.test_window import session_file
from tests.helpers.running import plan, run_log


@pytest.fixture
def window(make: MakeWindow, tmp_path: Path) -> MainWindow:
    return make(session_file(tmp_path / "one.espalier"))


def clipboard() -> QMimeData:
    return QGuiApplication.clipboard().mimeData()


def test_text_goes_with_the_numbers_in_our_own_format(window: MainWindow) -> None:
    shown = window.parts.shown
    shown.select(1)
    window.actions_.trigger("copy.trace")
    step = shown.tree.nodes[1].step.strip("\n")
    assert clipboard().text() == f"4 9 10 13\n{step}\n"
    (data,) = json.loads(bytes(clipboard().data(MIME).data()))["steps"]
    assert (data["node"], data["step"], data["n"]) == (1, shown.tree.nodes[1].step, shown.tree.nodes[1].visits)


def test_without_a_selection_it_is_the_chosen_trace(window: MainWindow) -> None:
    wish = plan(simulations=40)
    window.parts.shown.show(1, run_log(wish))
    tree = window.parts.shown.tree
    assert tree.finished is not None
    assert tree.finished.chosen is not None
    window.actions_.trigger("copy.json")
    data = json.loads(clipboard().text())
    assert [step["node"] for step in data["steps"]] == [node.id for node in tree.path(tree.finished.chosen)[1:]]
    assert data["problem"] == {"kind": "game24", "text": "4 9 10 13"}
    assert (data["format"], data["version"]) == ("espalier-trace", 1)


def test_a_picture_has_the_colours_of_the_tree(window: MainWindow) -> None:
    window.actions_.trigger("copy.picture")
    image = QGuiApplication.clipboard().image()
    assert image.width() == 3200
    colours = {image.pixelColor(x, image.height() // 2).name() for x in range(0, image.width(), 7)}
    assert window.parts.theme.palette.background.name() in colours
    assert len(colours) > 3


def test_nothing_to_copy_is_said(make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "empty.espalier", runs=0))
    for name in ("copy.trace", "copy.text", "copy.markdown", "copy.json"):
        assert "Select a step first" in window.actions_[name].obstacle()
    assert not window.actions_["copy.picture"].possible()


def test_the_formats_stand_in_a_menu_of_their_own_and_at_the_pointer(qtbot: QtBot, window: MainWindow) -> None:
    menus = {menu.title().replace("&", ""): menu for menu in window.menuBar().findChildren(QMenu)}
    assert [entry.text() for entry in menus["Copy as"].actions()][:4] == ["Text", "Markdown", "JSON", "Picture"]
    window.actions_.trigger("copy.ask")
    qtbot.waitUntil(window._copy_menu.isVisible)
    assert len(window._copy_menu.actions()) == 4
    window._copy_menu.close()


def test_markdown_is_a_table_in_which_model_text_is_only_text() -> None:
    tree = fold(run_log(plan(simulations=4)))
    tree.nodes[1].step = "a | b `c` <img src=x> *d*\nnext"
    head, _, search, _, columns, line, row = trace_markdown(tree, 1).splitlines()
    assert head == "### 4 9 10 13"
    assert search == "mcts, seed 0"
    assert columns == "| Step | N | Q | P | prm |"
    assert line == "| --- | ---: | ---: | ---: | ---: |"
    assert row.startswith(r"| a \| b \`c\` \<img src=x\> \*d\* next | ")


def test_steps_are_copied_as_they_were_written() -> None:
    tree = fold(run_log(plan(simulations=4)))
    tree.nodes[1].step = "<b>bold</b>\u202e\n"
    assert trace_text(tree, 1) == "4 9 10 13\n<b>bold</b>\u202e\n"
    assert trace_data(tree, 1)["steps"][0]["step"] == "<b>bold</b>\u202e\n"
    assert trace_text(tree, 0) == "4 9 10 13\n"
