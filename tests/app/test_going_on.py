"""More to do for a run that has ended: the form, its estimate, what is refused; the same run goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app import run_reader
from app.dialogs.more import MoreDialog
from app.main_window import MainWindow
from engine.commands import RunPlan
from engine.events import Budget, RunFinished, RunResumed
from engine.tree import fold
from storage.session import Session
from tests.app.conftest import WAIT, MakeWindow
from tests.helpers.running import plan, run_log

WISH = plan(simulations=6, width=3)


def session_of(path: Path, wish: RunPlan, until: int | None = None) -> Path:
    with Session.create(path) as session:
        session.new_run(wish)
        session.append(run_log(wish)[:until])
    return path


def dialog_of(window: MainWindow) -> MoreDialog:
    window.actions_.trigger("run.more")
    (found,) = window.findChildren(MoreDialog)
    return found


def why(window: MainWindow) -> str:
    return window.actions_["run.more"].obstacle()


def test_a_run_that_has_ended_does_more_and_the_file_knows_it(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_of(tmp_path / "one.espalier", WISH))
    shown = window.parts.shown
    total = shown.total
    dialog = dialog_of(window)
    assert dialog.go.isDefault(), "Enter is no way to lose it"
    dialog.count.setValue(4)
    assert "10 simulations in all" in dialog.estimate.text()
    dialog.go.click()
    qtbot.waitUntil(lambda: shown.total > total and shown.tree.finished is not None, timeout=WAIT)
    assert isinstance(shown.records[total].event, RunResumed)
    info = window.parts.sessions.shown_info
    assert info is not None
    assert info.plan.settings["simulations"] == 10
    assert fold(shown.records).nodes == fold(run_log(plan(simulations=10, width=3))).nodes
    qtbot.waitUntil(lambda: window.parts.runs.active is None, timeout=WAIT)
    window.parts.sessions.close()
    with Session.open(tmp_path / "one.espalier") as session:
        assert session.plan(1).settings["simulations"] == 10
        assert isinstance(session.records(1)[-1].event, RunFinished)


def test_a_run_whose_budget_is_used_up_gets_a_larger_one(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    wish = plan("beam", budget=Budget(tokens=60))
    window = make(session_of(tmp_path / "one.espalier", wish))
    shown = window.parts.shown
    dialog = dialog_of(window)
    assert dialog.more().count is None
    assert "no count that could be raised" in window.parts.going_on.offer().why_no_count
    assert dialog.tokens.value() == 60
    dialog.tokens.setValue(0)
    dialog.go.click()
    qtbot.waitUntil(lambda: shown.tree.finished is not None and shown.tree.finished.reason != "budget", timeout=WAIT)
    assert fold(shown.records).nodes == fold(run_log(plan("beam"))).nodes


def test_more_of_nothing_is_refused_while_one_looks(make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_of(tmp_path / "one.espalier", plan("beam")))
    dialog = dialog_of(window)
    assert dialog.error.text() == "The run would end at once. Finished: every trace that was kept has ended."
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_a_run_that_was_cut_off_can_be_given_more_too(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_of(tmp_path / "one.espalier", WISH, 14))
    shown = window.parts.shown
    done = shown.tree.root.visits
    dialog = dialog_of(window)
    dialog.count.setValue(9)
    dialog.go.click()
    qtbot.waitUntil(lambda: shown.tree.finished is not None, timeout=WAIT)
    assert shown.tree.root.visits == done + 9


def test_what_cannot_be_gone_on_with_says_why(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_of(tmp_path / "one.espalier", WISH), seconds=0.02)
    assert why(window) == ""
    window.actions_.trigger("run.run")
    qtbot.waitUntil(lambda: window.parts.runs.active is not None, timeout=WAIT)
    assert why(window) == f"Run {window.parts.runs.active} is under way: stop it, then go on with this one."


def test_it_has_room_for_its_words(make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_of(tmp_path / "one.espalier", WISH))
    dialog = dialog_of(window)
    dialog.show()
    assert dialog.estimate.height() >= dialog.estimate.heightForWidth(dialog.estimate.width())
    dialog.reject()


def test_what_the_form_says_is_what_a_fold_would_say(make: MakeWindow, tmp_path: Path) -> None:
    wish = plan("self-consistency", samples=6, batch=4)
    window = make(session_of(tmp_path / "one.espalier", wish))
    window.parts.shown.seek(5)
    tree, offer = fold(run_log(wish)), window.parts.going_on.offer()
    assert (offer.done, offer.cost) == (6, tree.cost)


def test_leaves_in_flight_promise_no_more_than_is_true(make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_of(tmp_path / "one.espalier", plan(simulations=6, width=8, in_flight=4)))
    assert "may differ from what would have come at once" in window.parts.going_on.offer().why_other
    dialog = dialog_of(window)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert any("may differ" in text for text in words)
    assert not any("is what would have come at once" in text for text in words)
    dialog.reject()


def test_a_run_that_is_being_read_is_not_begun_anew(
    qtbot: QtBot, make: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is quick would start another run in place of going on with this one."""
    monkeypatch.setattr(run_reader, "SHORT", 0)
    window = make(session_of(tmp_path / "one.espalier", WISH, 14), start=False)
    sessions, shown, actions = window.parts.sessions, window.parts.shown, window.actions_
    sessions.open(tmp_path / "one.espalier")
    qtbot.waitUntil(lambda: shown.is_awaited, timeout=WAIT)
    run = actions["run.run"]
    assert run.label is not None
    assert (run.label(), run.possible()) == ("Go on", False)
    assert not actions["run.run_or_pause"].possible()
    assert why(window) == "The run is being read…"
    qtbot.waitUntil(lambda: shown.run == 1, timeout=WAIT)
    assert (run.label(), run.possible()) == ("Go on", True)
    assert why(window) == ""


def test_undo_names_what_it_takes_back_also_after_more(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    """What a search did is no edit: Ctrl+Z stands for the latest change by hand, and says so."""
    window = make(session_of(tmp_path / "one.espalier", WISH))
    shown, edits = window.parts.shown, window.parts.edits
    assert edits.why_not_undo() == "Nothing was changed by hand in this run."
    shown.select(1)
    edits.note(1, "look here")
    before = edits.undo_words()
    dialog = dialog_of(window)
    assert any("cannot be undone" in label.text() for label in dialog.findChildren(QLabel))
    dialog.count.setValue(2)
    dialog.go.click()
    qtbot.waitUntil(lambda: window.parts.runs.active is None and shown.tree.root.visits == 8, timeout=WAIT)
    assert edits.undo_words() == before == "Undo note of node 1"
    edits.undo()
    assert not shown.remarks.notes
    assert shown.tree.root.visits == 8
    assert edits.why_not_undo() == "Nothing was changed by hand in this run."
