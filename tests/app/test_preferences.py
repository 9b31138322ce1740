"""The preferences: what is chosen holds at once, and after a restart, and nonsense in the file counts as nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from app.dialogs.preferences import Preferences
from app.dialogs.shortcuts import ShortcutsSheet
from app.main_window import MainWindow
from app.panels.texts import plain_view
from app.settings import LANGUAGES, TEXT_SIZES, Settings
from app.theme import Theme
from tests.app.conftest import MakeWindow


@pytest.fixture
def window(make: MakeWindow) -> MainWindow:
    return make(start=False)


@pytest.fixture
def sheet(window: MainWindow) -> Preferences:
    window.actions_.trigger("window.preferences")
    sheet = window.findChild(Preferences)
    assert sheet is not None
    return sheet


def choose(box: QComboBox, data: str) -> None:
    box.setCurrentIndex(box.findData(data))


def test_the_look_changes_at_once(sheet: Preferences, window: MainWindow, settings: Settings) -> None:
    for mode in ("light", "dark"):
        choose(sheet.look, mode)
        assert (window.parts.theme.dark, settings.theme) == (mode == "dark", mode)
    choose(sheet.look, "system")
    assert (settings.theme, window.parts.theme.mode) == ("system", "system")


def test_the_text_grows_at_once(sheet: Preferences, window: MainWindow, settings: Settings) -> None:
    before = window.panels["log"].font().pixelSize()
    choose(sheet.size_box, "150")
    assert window.panels["log"].font().pixelSize() == round(before * 1.5)
    assert window.parts.theme.mono_font().pixelSize() == round(before * 1.5)
    assert window.parts.theme.scene_font().pixelSize() == before
    assert settings.text_size == 150


def test_the_sizes_have_the_default_among_them() -> None:
    assert 100 in TEXT_SIZES
    assert Theme("dark", 125).text_size == 125


def test_less_motion_is_the_switch_of_the_menu(sheet: Preferences, window: MainWindow, settings: Settings) -> None:
    before = sheet.motion.isChecked()
    sheet.motion.click()
    assert settings.reduced_motion == (not before)
    assert window.canvas.animations == before
    window.actions_.refresh()
    assert window.actions_.qaction("view.reduced_motion").isChecked() == (not before)


def test_a_language_is_remembered_and_said_to_come_later(sheet: Preferences, settings: Settings) -> None:
    assert sheet.later.text() == ""
    choose(sheet.language, "de")
    assert settings.language == "de"
    assert "started again" in sheet.later.text()
    choose(sheet.language, "")
    assert settings.language == ""


def test_every_language_stands_in_its_own_words(sheet: Preferences) -> None:
    shown = {sheet.language.itemText(at) for at in range(sheet.language.count())}
    assert set(LANGUAGES.values()) < shown


def test_the_welcome_page_can_be_wished_for(sheet: Preferences, settings: Settings) -> None:
    assert not settings.welcome_at_start
    sheet.welcome.click()
    assert settings.welcome_at_start


def test_the_keys_are_a_click_away(sheet: Preferences, window: MainWindow) -> None:
    next(button for button in sheet.findChildren(QPushButton) if button.text().startswith("Keys")).click()
    assert window.findChild(ShortcutsSheet) is not None


def test_everything_is_there_when_it_is_opened_again(window: MainWindow, settings: Settings) -> None:
    settings.theme, settings.text_size, settings.language = "light", 125, "de"
    settings.welcome_at_start = settings.reduced_motion = True
    window.actions_.refresh()
    again = Preferences(settings, window.parts.theme, window.actions_, window)
    assert (again.look.currentData(), again.size_box.currentData(), again.language.currentData()) == (
        "light", "125", "de",
    )  # fmt: skip
    assert again.welcome.isChecked()
    assert again.motion.isChecked()


@pytest.mark.parametrize("nonsense", ["{", "[1, 2]", '{"problem": 3}', "\0", "-1", "1e9", "../de", '{"a": 1}'])
def test_nonsense_counts_as_nothing(tmp_path: Path, nonsense: str) -> None:
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    for key in ("language", "text_size", "keys", "welcome_at_start"):
        store.setValue(f"v1/{key}", nonsense)
    settings = Settings(store)
    assert (settings.language, settings.text_size, settings.keys) == ("", 100, {})
    assert not settings.welcome_at_start


def test_text_panes_have_a_size_of_their_own(qtbot: QtBot, window: MainWindow) -> None:
    """And the same keys do not zoom the tree meanwhile."""
    pane, zoomed = plain_view("A text"), []
    qtbot.addWidget(pane)
    window.actions_.qaction("view.zoom_in").triggered.connect(lambda: zoomed.append(1))
    before = pane.font().pixelSize()
    with qtbot.waitExposed(pane):
        pane.show()
    sizes = []
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0):
        qtbot.keyClick(pane, key, Qt.KeyboardModifier.ControlModifier)
        sizes.append(pane.font().pixelSize() - before)
    assert sizes == [1, 2, 1, 0]
    assert zoomed == []
