"""A view of a trace's text on the (offscreen) screen, in the bundled font."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.theme import Theme
from app.trace_text.view import TraceTextView

MakeView = Callable[..., TraceTextView]


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    assert qapp is not None  # fonts need it
    return Theme("dark")


@pytest.fixture
def make_view(qtbot: QtBot, theme: Theme) -> MakeView:
    """Shown and with the keyboard; nothing glides."""

    def make(width: int = 500, height: int = 300) -> TraceTextView:
        view = TraceTextView(theme, "a text")
        qtbot.addWidget(view)
        view.animated = False
        view.resize(width, height)
        with qtbot.waitExposed(view):
            view.show()
        view.activateWindow()
        view.setFocus()
        qtbot.waitUntil(view.hasFocus)
        return view

    return make


@pytest.fixture
def view(make_view: MakeView) -> TraceTextView:
    return make_view()
