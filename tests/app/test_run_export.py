"""Runs are exported from the window: what is offered, beside the writer, whole or not at all, errors in words."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app import file_job
from app.dialogs.export import ExportDialog
from app.dialogs.files import folder_for
from app.main_window import MainWindow
from app.output import run_export
from app.output.run_export import RunExport
from app.words.exports import export_about, export_title
from engine.events import PrivacySet, Record
from storage.exporters import EXPORTERS, export_runs
from storage.session import Session
from tests.app.conftest import WAIT, MakeWindow
from tests.app.test_window import session_file
from tests.storage.samples import log, save


@pytest.fixture
def window(make: MakeWindow, tmp_path: Path) -> MainWindow:
    return make(session_file(tmp_path / "one.espalier"))


@pytest.fixture
def two_runs(make: MakeWindow, tmp_path: Path) -> MainWindow:
    with Session.create(tmp_path / "two.espalier") as session:
        save(session, log(), log(5, 2))
    return make(tmp_path / "two.espalier")


def exporting(window: MainWindow) -> RunExport:
    found = window.findChild(RunExport)
    assert isinstance(found, RunExport)
    return found


def asked(window: MainWindow, action: str = "file.export_run") -> ExportDialog:
    window.actions_.trigger(action)
    found = window.findChild(ExportDialog)
    assert isinstance(found, ExportDialog)
    return found


def choose(dialog: ExportDialog, name: str) -> None:
    title = export_title(name)
    (item,) = dialog.list.findItems(title, Qt.MatchFlag.MatchExactly)
    dialog.list.setCurrentItem(item)


def close(window: MainWindow, qtbot: QtBot) -> None:
    for dialog in window.findChildren(ExportDialog):
        with qtbot.waitSignal(dialog.destroyed, timeout=WAIT):
            dialog.reject()


def test_the_run_on_screen_is_written_and_the_file_named(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    target = tmp_path / "run.json"
    exporting(window).save(target)
    qtbot.waitUntil(lambda: any("run.json" in text for text in window.banner.texts), timeout=WAIT)
    exported = json.loads(target.read_bytes())
    assert exported["format"] == "espalier-run"
    assert len(exported["nodes"]) == len(window.parts.shown.tree.nodes)


def test_a_folder_that_is_not_there_is_named(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    exporting(window).save(tmp_path / "nowhere" / "run.json")
    qtbot.waitUntil(lambda: any("nowhere" in text for text in window.banner.texts), timeout=WAIT)
    assert not any("…" in text for text in window.banner.texts)


def test_every_format_has_words_in_the_window() -> None:
    for entry in EXPORTERS:
        assert export_title(entry.name) == entry.title
        assert export_about(entry.name).endswith(".")


def test_every_format_is_offered_with_what_it_is_for(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = asked(window)
    rows = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    assert [item.text(0) for item in rows if item] == [entry.title for entry in EXPORTERS]
    assert all(item.text(1).endswith(".") for item in rows if item)
    assert not dialog.every.isVisible()  # there is one run
    choose(dialog, "html")
    dialog.accept_button.click()
    files = window.findChild(QFileDialog)
    assert files is not None
    assert files.defaultSuffix() == "html"
    files.fileSelected.emit(str(tmp_path / "run.html"))
    files.reject()
    qtbot.waitUntil(lambda: window.banner.texts == [f"The run is in {tmp_path / 'run.html'}."], timeout=WAIT)
    assert b"Content-Security-Policy" in (tmp_path / "run.html").read_bytes()
    assert window.parts.settings.last_export == "html"
    assert asked(window).format.name == "html"
    close(window, qtbot)


def test_all_runs_go_into_one_file_where_it_can_hold_them(qtbot: QtBot, two_runs: MainWindow, tmp_path: Path) -> None:
    dialog = asked(two_runs)
    assert not dialog.every.isChecked()
    choose(dialog, "events")
    dialog.every.click()
    choose(dialog, "graphml")
    assert not dialog.every.isEnabled()
    assert not dialog.every.isChecked()
    choose(dialog, "events")
    assert dialog.every.isChecked()  # as it was wanted
    dialog.accept_button.click()
    files = two_runs.findChild(QFileDialog)
    assert files is not None
    files.fileSelected.emit(str(tmp_path / "all.jsonl"))
    files.reject()
    qtbot.waitUntil((tmp_path / "all.jsonl").exists, timeout=WAIT)
    heads = [line for line in (tmp_path / "all.jsonl").read_bytes().splitlines() if b'"espalier-events"' in line]
    assert [json.loads(head)["run"] for head in heads] == [1, 2]


def test_a_session_is_offered_in_formats_that_can_hold_it(two_runs: MainWindow, qtbot: QtBot) -> None:
    dialog = asked(two_runs, "file.export_session")
    titles = {dialog.list.topLevelItem(row).text(0) for row in range(dialog.list.topLevelItemCount())}  # type: ignore[union-attr]
    assert titles == {entry.title for entry in EXPORTERS if entry.takes_many}
    assert dialog.every.isChecked()
    assert dialog.every.text() == "All 2 runs of the session in one file"
    close(two_runs, qtbot)


def test_private_runs_stay_out_unless_they_are_named(make: MakeWindow, tmp_path: Path, qtbot: QtBot) -> None:
    with Session.create(tmp_path / "three.espalier") as session:
        save(session, log(), log(5, 2), log(4, 3))
        session.append([Record(2, len(log(5, 2)) + 1, 1.0, PrivacySet(True))])
    window = make(tmp_path / "three.espalier")
    dialog = asked(window, "file.export_session")
    assert dialog.every.text() == "All 2 runs of the session that are not private, in one file"
    choose(dialog, "csv")
    dialog.accept_button.click()
    files = window.findChild(QFileDialog)
    assert files is not None
    files.fileSelected.emit(str(tmp_path / "all.csv"))
    files.reject()
    qtbot.waitUntil((tmp_path / "all.csv").exists, timeout=WAIT)
    found = {line.split(b",")[0] for line in (tmp_path / "all.csv").read_bytes().splitlines()}
    assert {b"1", b"3"} <= found
    assert b"2" not in found


def test_runs_of_a_session_that_was_closed_meanwhile_are_not_exported_out_of_another(
    two_runs: MainWindow, tmp_path: Path
) -> None:
    """Its second run may be private."""
    choose(dialog := asked(two_runs, "file.export_session"), "csv")
    dialog.accept_button.click()
    files = two_runs.findChild(QFileDialog)
    assert files is not None
    two_runs.parts.sessions.open(session_file(tmp_path / "one.espalier", 2))
    files.fileSelected.emit(str(tmp_path / "all.csv"))
    files.reject()
    assert two_runs.banner.texts == ["Another session was opened meanwhile: nothing was exported."]
    assert not (tmp_path / "all.csv").exists()


def test_the_session_itself_is_not_overwritten(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    before = (tmp_path / "one.espalier").stat().st_size
    exporting(window).save(tmp_path / "one.espalier")
    qtbot.waitUntil(lambda: "is the session itself" in "".join(window.banner.texts), timeout=WAIT)
    assert (tmp_path / "one.espalier").stat().st_size == before


def test_a_long_export_says_how_far_it_is_and_can_be_given_up(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up = threading.Event()

    def slow(*arguments: Any) -> None:
        *_, progress = arguments
        progress(1, 4)
        assert given_up.wait(WAIT / 1000)
        export_runs(*arguments)

    monkeypatch.setattr(run_export, "export_runs", slow)
    monkeypatch.setattr(file_job, "QUICK", 0.0)
    export = exporting(window)
    export.save(tmp_path / "out.json")
    qtbot.waitUntil(lambda: window.banner.texts == ["Being exported: 25% of 4 events…"], timeout=WAIT)
    export.save(tmp_path / "second.json")  # one at a time
    window.actions_.trigger("file.export_run")
    assert window.findChild(ExportDialog) is None
    assert window.banner.texts[1:] == ["Another file is being exported: wait for it, or cancel it."]
    export.cancel()
    given_up.set()
    qtbot.waitUntil(lambda: "Nothing was exported." in window.banner.texts, timeout=WAIT)
    assert not list(tmp_path.glob("*.json"))


def test_closing_the_window_gives_an_export_up(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, given_up = threading.Event(), threading.Event()

    def slow(*arguments: Any) -> None:
        begun.set()
        assert given_up.wait(WAIT / 1000)
        export_runs(*arguments)

    monkeypatch.setattr(run_export, "export_runs", slow)
    exporting(window).save(tmp_path / "out.json")
    assert begun.wait(WAIT / 1000)
    threading.Timer(0.05, given_up.set).start()
    assert window.close()
    assert not list(tmp_path.glob("*.json*"))


def test_a_fault_in_an_export_does_not_stop_the_next(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", faults.append)
    with monkeypatch.context() as broken:
        broken.setattr(run_export, "export_runs", lambda *_: 1 / 0)
        exporting(window).save(tmp_path / "out.json")
        qtbot.waitUntil(lambda: window.banner.texts == ["Nothing was exported."], timeout=WAIT)
    assert [fault.exc_type for fault in faults] == [ZeroDivisionError]
    exporting(window).save(tmp_path / "out.json")
    qtbot.waitUntil((tmp_path / "out.json").exists, timeout=WAIT)


def test_all_runs_are_said_to_be_in_the_file(qtbot: QtBot, two_runs: MainWindow, tmp_path: Path) -> None:
    exporting(two_runs).save(tmp_path / "all.csv", "csv", [1, 2])
    words = f"2 runs are in {tmp_path / 'all.csv'}."
    qtbot.waitUntil(lambda: two_runs.banner.texts == [words], timeout=WAIT)


def test_a_session_without_a_name_is_exported_to_where_people_look(tmp_path: Path) -> None:
    working = tmp_path / "sessions"
    assert folder_for(working / "2026.espalier", working) == folder_for(None, working) == Path.home()
    assert folder_for(tmp_path / "mine.espalier", working) == tmp_path
