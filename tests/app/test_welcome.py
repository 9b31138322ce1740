"""The welcome page: shown on a first start over a search that has begun by itself; everything on it leads somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.guide.samples import SAMPLES
from app.guide.welcome import FULL, ROOMY, WIDE, WelcomePage
from app.settings import Settings
from app.theme import Mode, Theme
from tests.app.conftest import WAIT, MakeWindow
from tests.app.test_window import session_file


@pytest.fixture
def page(qtbot: QtBot, settings: Settings) -> WelcomePage:
    made = WelcomePage(Theme("dark"), settings)
    qtbot.addWidget(made)
    made.resize(WIDE + 20, 190)
    return made


def test_a_first_start_shows_the_page_and_searches_by_itself(qtbot: QtBot, make: MakeWindow) -> None:
    window = make()
    page = window.welcome_page
    assert page.isVisible()
    assert "Space pauses" in page.hint.text()
    qtbot.waitUntil(lambda: window.parts.shown.tree.finished is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: "has looked for 24" in page.hint.text(), timeout=WAIT)
    assert window.canvas.height() > 150
    page.cross.click()
    assert page.isHidden()
    window.actions_.trigger("help.welcome")
    assert page.isVisible()
    assert "Space pauses" not in page.hint.text()


def test_the_page_speaks_of_the_first_search_only_while_that_is_shown(
    qtbot: QtBot, make: MakeWindow, tmp_path: Path
) -> None:
    window = make(None, 0.05)
    assert "Space pauses" in window.welcome_page.hint.text()
    other = session_file(tmp_path / "one.espalier")
    window.parts.sessions.open(other)
    qtbot.waitUntil(lambda: window.parts.sessions.path == other, timeout=WAIT)
    assert window.welcome_page.isVisible()
    assert "24" not in window.welcome_page.hint.text()


def test_a_later_start_shows_it_only_if_that_is_wanted(make: MakeWindow, settings: Settings, tmp_path: Path) -> None:
    settings.add_recent_file(session_file(tmp_path / "one.espalier"))
    first = make()
    assert first.welcome_page.isHidden()
    first.actions_.trigger("help.welcome")
    first.welcome_page.at_start.click()
    assert settings.welcome_at_start
    first.close()
    second = make()
    assert second.welcome_page.isVisible()
    assert second.welcome_page.at_start.isChecked()
    assert second.parts.sessions.name == "one"
    second.close()
    assert make(tmp_path / "one.espalier").welcome_page.isHidden()  # a file was asked for


def test_a_sample_opens_as_a_copy(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    window.resize(1600, 900)  # room for every sample
    window.reception.welcome()
    qtbot.waitUntil(window.welcome_page.tiles[1].isVisible)
    qtbot.mouseClick(window.welcome_page.tiles[1], Qt.MouseButton.LeftButton)
    sessions = window.parts.sessions
    assert sessions.path == tmp_path / "sessions" / SAMPLES[1].file
    assert [info.plan.search for info in sessions.runs] == ["best-of-n", "beam"]
    assert sessions.writable


def test_a_sample_that_is_gone_is_a_sentence(make: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    monkeypatch.setattr("app.guide.samples.FOLDER", tmp_path / "nowhere")
    window.reception.open_sample(SAMPLES[0])
    assert "cannot be copied" in window.banner.texts[-1]
    window.reception.take_tour()
    assert window.reception.tour is None
    assert window.parts.sessions.name == "one"


def test_the_buttons_lead_on(make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    new_run, _, tour = window.welcome_page.buttons
    new_run.click()
    assert window.findChild(QDialog) is not None
    tour.click()
    assert window.reception.tour is not None
    window.reception.tour.end()


def test_recent_files_are_named_and_open(page: WelcomePage, tmp_path: Path) -> None:
    opened: list[Path] = []
    page.file_chosen.connect(opened.append)
    paths = [tmp_path / f"{name}.espalier" for name in ("a & b", "c", "d", "e")]
    page.open("", paths)
    buttons = page.files.findChildren(QPushButton)
    assert [button.accessibleName() for button in buttons] == ["a & b", "c", "d"]
    buttons[0].click()
    assert opened == paths[:1]


def test_the_files_of_late_are_there_at_any_width(page: WelcomePage, settings: Settings, tmp_path: Path) -> None:
    opened: list[Path] = []
    page.file_chosen.connect(opened.append)
    (tmp_path / "a.espalier").touch()
    settings.add_recent_file(tmp_path / "a.espalier")
    page.resize(ROOMY - 1, 190)
    page.open()
    menu = page.lately.menu()
    assert page.lately.isVisible()
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    assert opened == [tmp_path / "a.espalier"]


def test_a_narrow_page_leaves_out_what_does_not_fit(page: WelcomePage, tmp_path: Path) -> None:
    page.open("", [tmp_path / "a.espalier"])
    assert page.files.isVisible()
    page.resize(WIDE - 1, 190)
    assert not page.files.isVisible()
    assert page.tiles[3].isVisible()
    page.resize(FULL - 1, 190)
    assert [tile.isVisible() for tile in page.tiles] == [True, True, True, False]
    page.resize(ROOMY - 1, 190)
    assert [tile.isVisible() for tile in page.tiles] == [True, False, False, False]
    assert page.minimumSizeHint().width() == 0


def test_everything_is_reached_by_the_keyboard_and_has_a_name(qtbot: QtBot, page: WelcomePage) -> None:
    chosen: list[object] = []
    page.sample_chosen.connect(chosen.append)
    with qtbot.waitActive(page):
        page.open()
        page.activateWindow()
    page.tiles[0].setFocus()
    for tile in page.tiles:
        qtbot.waitUntil(tile.hasFocus)
        qtbot.keyClick(tile, Qt.Key.Key_Space)
        qtbot.keyClick(tile, Qt.Key.Key_Tab)
    assert chosen == list(SAMPLES)
    assert QApplication.focusWidget() is page.buttons[0]
    assert all(tile.accessibleName() and tile.accessibleDescription() for tile in page.tiles)
    qtbot.keyClick(page.buttons[0], Qt.Key.Key_Escape)
    assert page.isHidden()


def test_the_arrow_beside_open_follows_the_theme(qapp: QApplication, qtbot: QtBot, settings: Settings) -> None:
    theme = Theme("dark")
    theme.apply(qapp)
    page = WelcomePage(theme, settings)
    qtbot.addWidget(page)
    page.open()
    looks: tuple[tuple[Mode, bool], ...] = (("dark", False), ("light", True))
    for mode, bright in looks:
        theme.set_mode(mode)
        qapp.processEvents()
        assert (page.lately.grab().toImage().pixelColor(6, 6).lightness() > 128) is bright


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_a_tile_paints_its_tree_in_the_theme(qtbot: QtBot, settings: Settings, mode: Mode) -> None:
    theme = Theme(mode)
    page = WelcomePage(theme, settings)
    qtbot.addWidget(page)
    page.resize(WIDE, 190)
    page.open()
    tile = page.tiles[0]
    image = tile.grab().toImage()
    trace = theme.palette.principal.name()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(60)}
    assert trace in seen
    assert theme.palette.card.name() in seen
