"""The whole window and every dialog: named for screen readers, reached by Tab, translatable, and deaf to markup."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.language import translate_with
from app.main_window import MainWindow
from app.panels.texts import ENGLISH
from app.plain_text import as_tool_tip
from app.settings import LANGUAGES
from engine.problems import PROBLEMS
from engine.search import SEARCHES
from engine.search.values import AGGREGATIONS
from storage.session import Session
from tests.app.conftest import ROOT, MakeWindow
from tests.app.test_window import session_file
from tests.helpers.hostile_log import HOSTILE, hostile_log
from tests.helpers.running import plan

SIZE = (1440, 900)
BEFORE, AFTER = "⟦", "⟧"
"""Around every text that went through `tr`, in the language of this test."""
OPENS = "…"
"""At the end of a title: a dialog opens."""
WORD = re.compile(r"[^\W\d_]{3,}")


@pytest.fixture
def window(make: MakeWindow, tmp_path: Path) -> MainWindow:
    window = make(session_file(tmp_path / "one.espalier"))
    window.resize(*SIZE)
    window.activateWindow()
    return window


def dialogs(window: MainWindow) -> Iterator[tuple[str, QDialog]]:
    """Every dialog of the window that an action opens now, shown; the system's own are not ours to judge."""
    for action in list(window.actions_):
        if not window.actions_.qaction(action.id).text().split("\t")[0].strip(AFTER).endswith(OPENS):
            continue
        window.actions_.trigger(action.id)
        for dialog in window.findChildren(QDialog):
            if not dialog.isVisible():
                continue
            if type(dialog).__module__.startswith("app."):
                yield action.id, dialog
            dialog.reject()


def ours(widget: QWidget) -> bool:
    """Not a piece of one of Qt's composite widgets (scroll areas, headers, corner and clear buttons)."""
    pieces = {
        "QScrollArea",
        "QHeaderView",
        "QAbstractButton",
        "QTabBar",
        "QLineEditIconButton",
        "QDockWidgetTitleButton",
    }
    inside = widget.objectName().startswith("qt_") or isinstance(widget.parent(), QLineEdit | QComboBox | QHeaderView)
    return not inside and type(widget).__name__ not in pieces and widget.metaObject().className() not in pieces


def takes_keys(inside: QWidget) -> list[QWidget]:
    """What Tab must reach in a window."""
    return [
        child
        for child in inside.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        and child.focusProxy() is None
        and child.isVisible()
        and child.isEnabled()
        and child.window() is inside
    ]


def name_of(widget: QWidget) -> str:
    """What a screen reader says."""
    if widget.accessibleName():
        return widget.accessibleName()
    return widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""


def nameless(inside: QWidget) -> list[str]:
    return [
        f"{type(w).__name__} in {type(w.parent()).__name__}" for w in takes_keys(inside) if ours(w) and not name_of(w)
    ]


def test_everything_that_takes_keys_has_a_name(window: MainWindow) -> None:
    for dock in window.docks.values():
        window.docks.show(dock.objectName())
        assert nameless(window) == []
    found = {action: nameless(dialog) for action, dialog in dialogs(window)}
    assert len(found) >= 5
    assert not [(action, names) for action, names in found.items() if names]


def test_tab_reaches_everything(window: MainWindow, qtbot: QtBot) -> None:
    window.canvas.setFocus()
    assert unreached(window) == []
    for action, dialog in dialogs(window):
        qtbot.waitUntil(lambda dialog=dialog: dialog.isActiveWindow())  # type: ignore[misc]
        assert unreached(dialog) == [], action


def unreached(inside: QWidget) -> list[str]:
    """What has no turn while Tab goes round."""
    reached: set[QWidget] = set()
    for _ in range(2 * len(inside.findChildren(QWidget))):
        focused = QApplication.focusWidget()
        if focused is None or focused in reached:
            break
        reached.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return [f"{type(w).__name__} {name_of(w)!r}" for w in takes_keys(inside) if w not in reached]


# -- markup


def test_no_text_of_a_model_is_rendered_as_markup(make: MakeWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "hostile.espalier"
    with Session.create(path) as session:
        session.new_run(plan(text="4 9 10 13"))
        session.append(hostile_log())
    window = make(path)
    window.resize(*SIZE)
    shown = window.parts.shown
    for node in (None, *shown.tree.nodes):
        shown.select(node)
        for cursor in (shown.total, shown.total // 2):
            shown.seek(cursor)
            for name in window.panels:
                window.docks.show(name)
                panel = window.panels[name]
                qtbot.waitUntil(lambda panel=panel: not getattr(panel, "stale", False))  # type: ignore[misc]
                assert obeyed(window) == [], name
    shown.select(1)
    for action, dialog in dialogs(window):
        assert obeyed(dialog) == [], action


def obeyed(inside: QWidget) -> list[str]:
    """Labels and tool tips, and cells of lists, through which markup would come out as markup."""
    labels = [
        f"label {label.text()!r}"
        for label in inside.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText and QtGui.Qt.mightBeRichText(label.text())
    ]
    tips = [
        f"tool tip of {owner}: {tip!r}"
        for owner, tip in tool_tips(inside)
        if HOSTILE in tip and QtGui.Qt.mightBeRichText(tip)
    ]
    return labels + tips


def tool_tips(inside: QWidget) -> Iterator[tuple[str, str]]:
    for widget in inside.findChildren(QWidget):
        owner = f"{type(widget).__name__} {widget.objectName()}"
        yield owner, widget.toolTip()
        for action in widget.actions():
            yield action.objectName() or owner, action.toolTip()
        if isinstance(widget, QAbstractItemView) and isinstance(model := widget.model(), QAbstractItemModel):
            for row in range(model.rowCount()):
                yield owner, str(model.data(model.index(row, 0), Qt.ItemDataRole.ToolTipRole) or "")


def test_the_hostile_text_is_hostile() -> None:
    assert QtGui.Qt.mightBeRichText(HOSTILE)
    document = QTextDocument()
    document.setHtml(HOSTILE)
    assert "<b>" not in document.toPlainText()


def test_a_painter_is_always_put_away() -> None:
    """An exception while a painter is open on a widget ends the process, so painters stand in `with` statements."""
    bare = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "app").rglob("*.py"))
        for tree in [ast.parse(path.read_text(encoding="utf-8"))]
        for kept in [{id(item.context_expr) for n in ast.walk(tree) if isinstance(n, ast.With) for item in n.items}]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "QPainter" and node.args and id(node) not in kept
    ]
    assert bare == []


# -- translation

SHOWS = {
    "setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setPlaceholderText", "setWindowTitle",
    "setSpecialValueText", "setSuffix", "setPrefix", "setLabelText", "setHeaderLabels", "QLabel", "QPushButton",
    "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "addRow", "addAction", "addButton", "addMenu",
    "plain_label", "plain_view", "empty_state", "say", "set_title", "Notice", "Fact", "TextItem",
}  # fmt: skip
"""Calls whose first argument a user reads."""
NAMES = {"Espalier", " — Espalier", "espalier run --search "}
"""The same in every language."""


def test_no_text_goes_past_the_catalogue() -> None:
    """The same as the next test, for states of the window that it does not see: by the source."""
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}: {text!r}"
        for path in sorted((ROOT / "app").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and call.args and last_name(call.func) in SHOWS
        for text in literals(call.args[0])
        if WORD.search(text) and text not in NAMES
    ]
    assert found == []


def last_name(function: ast.expr) -> str:
    match function:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def literals(shown: ast.expr) -> Iterator[str]:
    """Texts that stand in an argument as they are, also in an f-string, a choice, a sum or a list."""
    match shown:
        case ast.Constant(value=str() as text):
            yield text
        case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from literals(part)
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            yield from literals(one)
            yield from literals(other)


@pytest.fixture
def other_language() -> Iterator[None]:
    translate_with(lambda text: f"{BEFORE}{text}{AFTER}")
    yield
    translate_with(str)


@pytest.mark.usefixtures("other_language")
def test_every_text_can_be_translated(make: MakeWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """With a language that brackets every text: what has words and no brackets never went through `tr`."""
    window = make(session_file(tmp_path / "one.espalier"))
    window.resize(*SIZE)
    shown = window.parts.shown
    found: dict[str, str] = {}
    for node in (None, 0, max(shown.tree.nodes)):
        shown.select(node)
        for name, panel in window.panels.items():
            window.docks.show(name)
            qtbot.waitUntil(lambda panel=panel: not getattr(panel, "stale", False))  # type: ignore[misc]
        found |= dict.fromkeys(untranslated(window, stays_english(window)), "window")
    for action, dialog in dialogs(window):
        found |= dict.fromkeys(untranslated(dialog, stays_english(window)), action)
    assert not found, "\n".join(f"{place}: {text!r}" for text, place in found.items())


def untranslated(inside: QWidget, english: set[str]) -> list[str]:
    """Texts with words in them that nobody translated and that need not stay English."""
    return [
        text
        for text in texts_of(inside)
        if WORD.search(text) and BEFORE not in text and text not in english and not NO_WORDS.search(text)
    ]


NO_WORDS = re.compile(r"left:|= 24|scripted|^4 9 10 13|^one\b|✕$")
"""Steps and names of models in the logs of this test, the name of its file, and keys to take away."""


def stays_english(window: MainWindow) -> set[str]:
    """Names that mean the same everywhere, and what the engine says: titles of strategies, its sentences in the log."""
    started, finished = window.parts.shown.tree.started, window.parts.shown.tree.finished
    assert started is not None
    assert finished is not None
    names = {search.title for search in SEARCHES.values()} | {search.group for search in SEARCHES.values()}
    said = {started.prompt.strip(), as_tool_tip(started.prompt.strip()), finished.why, finished.verdict}
    problems = {problem.title for problem in PROBLEMS.values()}
    asked = f"{PROBLEMS[started.problem].title}: {started.text}"
    return {*names, *said, *problems, *LANGUAGES.values(), *AGGREGATIONS, asked}


def texts_of(inside: QWidget) -> Iterator[str]:
    for widget in (inside, *inside.findChildren(QWidget)):
        if not speaks_for_us(widget):
            continue
        yield widget.toolTip()
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        match widget:
            case QLabel() | QAbstractButton():
                yield widget.text()
            case QLineEdit() | QPlainTextEdit():
                yield widget.placeholderText()
            case QGroupBox() | QMenu():
                yield widget.title()
            case QComboBox():
                yield from (widget.itemText(at) for at in range(widget.count()))
            case QTabBar():
                yield from (widget.tabText(at) for at in range(widget.count()))
            case QHeaderView():
                model = widget.model()
                for at in range(widget.count()):
                    yield str(model.headerData(at, widget.orientation()) or "")
        for action in widget.actions():
            yield action.text()
            yield action.toolTip()
    yield inside.windowTitle()


def speaks_for_us(widget: QWidget) -> bool:
    """Not one of Qt's own buttons, which Qt translates, and not a text that the engine wrote."""
    box = widget.parent()
    if isinstance(widget, QAbstractButton) and isinstance(box, QDialogButtonBox):
        return box.standardButton(widget) == QDialogButtonBox.StandardButton.NoButton
    kind, name = widget.metaObject().className(), widget.objectName()
    pieces = kind in {"QDockWidgetTitleButton", "QLineEditIconButton"} or name.startswith(("qt_", "Scroll"))
    return not pieces and not is_english(widget)


def is_english(widget: QWidget) -> bool:
    """Whether it says so of itself, or what it stands in does."""
    above: QWidget | None = widget
    while above is not None and above.objectName() != ENGLISH:
        above = above.parentWidget()
    return above is not None
