"""What is dropped onto the window: sessions open, traces are added, text becomes a new run, the rest is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from app.dialogs.new_run import NewRunForm
from app.main_window import MainWindow
from tests.app.conftest import MakeWindow
from tests.app.test_window import session_file

NO_KEYS = Qt.KeyboardModifier.NoModifier


def dropped(window: MainWindow, data: QMimeData) -> bool:
    """Drag it over the window and let it go; whether the window would have it."""
    button, action = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(5, 5), action, data, button, NO_KEYS)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), action, data, button, NO_KEYS))
    return enter.isAccepted()


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def text(words: str) -> QMimeData:
    data = QMimeData()
    data.setText(words)
    return data


@pytest.fixture
def window(make: MakeWindow, tmp_path: Path) -> MainWindow:
    return make(session_file(tmp_path / "one.espalier"))


def test_the_first_session_is_opened_and_the_rest_is_said(window: MainWindow, tmp_path: Path) -> None:
    two, three = (session_file(tmp_path / f"{name}.espalier") for name in ("two", "three"))
    assert dropped(window, files(tmp_path / "text.txt", two, three))
    assert window.parts.sessions.path == two
    assert window.banner.texts == [
        "One session is shown at a time: two.espalier was opened, and not three.espalier, text.txt."
    ]


def test_other_files_are_not_taken(window: MainWindow, tmp_path: Path) -> None:
    assert not dropped(window, files(tmp_path / "picture.png"))


def test_traces_become_runs_of_the_open_session(window: MainWindow, tmp_path: Path) -> None:
    text, lines = tmp_path / "r1.TXT", tmp_path / "rows.jsonl"
    text.write_text("<think>\n3 * 4 = 12\n</think>\n\n12")
    lines.write_text('{"question": "How many?", "response": "<think>7</think>8", "answer": 8}\n')
    assert dropped(window, files(text, lines))
    assert [info.plan.search for info in window.parts.sessions.runs] == ["mcts", "imported"]
    QApplication.processEvents()
    QApplication.processEvents()
    assert [info.plan.text for info in window.parts.sessions.runs][1:] == ["r1.TXT", "How many? #### 8"]
    assert window.parts.shown.run == 2
    assert window.banner.texts == ["2 files: 2 traces became runs 2 to 3."]


@pytest.mark.parametrize(
    ("words", "kind"), [("4 9 10 13", "game24"), ("Tom has 3 apples and eats one. How many are left?", "words")]
)
def test_text_opens_the_form_filled_in(window: MainWindow, words: str, kind: str) -> None:
    assert dropped(window, text(f"  {words}\n"))
    form = window.findChild(NewRunForm)
    assert form is not None
    assert (form.plan().problem, form.plan().text) == (kind, words)
    form.reject()


@pytest.mark.parametrize("words", ["", "   ", "x" * 5_000])
def test_text_that_is_no_problem_of_any_kind_is_not_taken(window: MainWindow, words: str) -> None:
    assert not dropped(window, text(words))
