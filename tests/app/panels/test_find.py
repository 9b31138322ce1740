"""The dock Find in sessions, as somebody types in it: rows, words, and where a click leads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import run_reader
from app.banner import Notice
from app.bootstrap import make_parts
from app.engine_client import EngineClient
from app.panels.find import FILE, SCOPE_WORDS, TEXT, FindPanel
from app.parts import Parts
from app.settings import Settings
from app.text_finder import SCOPES
from app.theme import Theme
from engine.events import ROOT
from engine.importing_tree import Step, TreeDraft
from storage.finding.index import TextIndex
from storage.session import Session
from tests.app.conftest import WAIT
from tests.storage.samples import PLAN, log

pytestmark = pytest.mark.usefixtures("qapp")

Type = Callable[[str], None]


def made(path: Path, *runs: tuple[str, ...]) -> Path:
    with Session.create(path) as session:
        for steps in runs:
            draft = TreeDraft("a file", "4 9 10 13")
            draft.expand(ROOT, [Step(step) for step in steps])
            kept = draft.finish()
            session.append(kept.records(session.new_run(kept.plan), 1e9))
    return path


@pytest.fixture
def parts(settings: Settings, tmp_path: Path) -> Iterator[Parts]:
    found = make_parts(Theme("dark"), settings, EngineClient(["no-engine"], {}), tmp_path / "sessions")
    found.finder.use(TextIndex(tmp_path / "cache" / "texts.sqlite"))
    made(tmp_path / "other.espalier", ("a plum in another file",))
    found.sessions.open(made(tmp_path / "mine.espalier", ("a bag of plums", "13 - 9 = 4"), ("an old <b>boot</b>",)))
    yield found
    found.sessions.close(discard=True)


@pytest.fixture
def panel(parts: Parts, qtbot: QtBot) -> FindPanel:
    made = FindPanel(parts)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def look(panel: FindPanel, parts: Parts, qtbot: QtBot) -> Type:
    def type_and_wait(words: str) -> None:
        parts.finder.found = None
        panel.line.setText(words)
        panel.line.returnPressed.emit()
        qtbot.waitUntil(lambda: parts.finder.found is not None and not parts.finder.busy, timeout=WAIT)
        qtbot.waitUntil(lambda: not panel.stale, timeout=WAIT)

    return type_and_wait


def test_it_says_what_it_does_before_anything_was_typed(panel: FindPanel) -> None:
    assert "notes" in panel.said.text()
    assert panel.scope.count() == len(SCOPES) == len(SCOPE_WORDS)


def test_rows_are_the_texts_that_were_found(panel: FindPanel, look: Type) -> None:
    look('"13 - 9"')
    assert [panel.model.text(row, TEXT) for row in panel.model.rows] == ["13 - 9 = 4"]
    assert panel.said.text() == "1 text"
    look("nowhere to be found")
    assert (panel.model.rows, panel.said.text()) == ((), "Nothing was found.")


def test_text_of_a_model_stays_plain(panel: FindPanel, look: Type) -> None:
    look("boot")
    (row,) = panel.model.rows
    assert panel.model.text(row, TEXT) == "an old <b>boot</b>"
    assert "<b>" not in panel.model.tip(row, TEXT)


def test_a_click_leads_to_the_step_of_another_run(panel: FindPanel, parts: Parts, look: Type, qtbot: QtBot) -> None:
    assert parts.shown.run == 2
    look("bag")
    panel.table.clicked.emit(panel.model.index(0, TEXT))
    qtbot.waitUntil(lambda: (parts.shown.run, parts.shown.selected) == (1, 1), timeout=WAIT)


def test_a_folder_is_searched_and_its_other_session_opened(
    panel: FindPanel, parts: Parts, look: Type, qtbot: QtBot, tmp_path: Path
) -> None:
    panel.scope.setCurrentIndex(SCOPES.index("folder"))
    look("plum")
    assert sorted(panel.model.text(row, FILE) for row in panel.model.rows) == ["mine", "other"]
    place = [row.path.stem for row in panel.model.rows].index("other")
    panel.table.activated.emit(panel.model.index(place, TEXT))
    qtbot.waitUntil(lambda: parts.sessions.path == tmp_path / "other.espalier", timeout=WAIT)
    qtbot.waitUntil(lambda: (parts.shown.run, parts.shown.selected) == (1, 1), timeout=WAIT)


def test_a_step_is_selected_although_the_newest_run_of_its_session_is_long(
    panel: FindPanel, parts: Parts, look: Type, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path / "long.espalier", ("a pear",))
    with Session.open(path) as session:
        monkeypatch.setattr(run_reader, "SHORT", session.info(1).events)
        session.append(log(run=session.new_run(PLAN)))
    panel.scope.setCurrentIndex(SCOPES.index("folder"))
    look("pear")
    panel.table.activated.emit(panel.model.index(0, TEXT))
    assert parts.sessions.path == path
    qtbot.waitUntil(lambda: (parts.shown.run, parts.shown.selected) == (1, 1), timeout=WAIT)


def test_an_empty_line_forgets_what_was_found(panel: FindPanel, look: Type, qtbot: QtBot) -> None:
    look("plum")
    panel.line.clear()
    qtbot.waitUntil(lambda: not panel.model.rows, timeout=WAIT)


def test_the_last_wish_is_the_one_that_is_fulfilled(parts: Parts, qtbot: QtBot) -> None:
    for words in ("plum", "bag", '"13 -"', "boot"):
        parts.finder.search(words, "session")
    qtbot.waitUntil(lambda: not parts.finder.busy and parts.finder.found is not None, timeout=WAIT)
    assert parts.finder.found is not None
    assert [hit.text for hit in parts.finder.found.hits] == ["an old <b>boot</b>\n"]


def test_a_long_reading_says_how_far_it_is_and_can_be_given_up(
    panel: FindPanel, parts: Parts, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow(
        _index: TextIndex, session: Session, is_unwanted: Callable[[], bool], progress: Callable[[str], None]
    ) -> None:
        for _ in range(3):
            progress(session.path.name)
        assert go_on.wait(WAIT / 1000)
        assert is_unwanted()

    monkeypatch.setattr(TextIndex, "read_session", slow)
    parts.finder.search("plum", "session")
    words = "mine.espalier is being read so that it can be searched: run 3…"
    qtbot.waitUntil(lambda: panel.said.text() == words, timeout=WAIT)
    assert panel.cancel.isVisible()
    panel.cancel.click()
    go_on.set()
    qtbot.waitUntil(lambda: not panel.cancel.isVisible(), timeout=WAIT)
    assert parts.finder.found is None


def test_a_run_under_way_is_not_stopped_by_a_click(
    panel: FindPanel, parts: Parts, look: Type, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Notice] = []
    parts.sessions.notice.connect(said.append)
    panel.scope.setCurrentIndex(SCOPES.index("folder"))
    look('"another file"')
    monkeypatch.setattr(parts.runs, "active", 2)
    panel.table.clicked.emit(panel.model.index(0, TEXT))
    assert parts.sessions.path == tmp_path / "mine.espalier"
    assert said[-1].text.startswith("This text is in other.espalier: opening it stops run 2")
    monkeypatch.setattr(parts.runs, "active", None)
    ((_, open_it),) = said[-1].buttons
    open_it()
    qtbot.waitUntil(lambda: parts.sessions.path == tmp_path / "other.espalier", timeout=WAIT)
    qtbot.waitUntil(lambda: (parts.shown.run, parts.shown.selected) == (1, 1), timeout=WAIT)
