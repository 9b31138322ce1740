"""Datasets opened in a window: dropped or chosen they become sessions, with progress and a way to give it up."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app import dataset_job, file_imports, session_opener
from app.benchmarks.import_logs import inspect_archive, inspect_sample
from app.benchmarks.import_parts import as_json
from app.benchmarks.import_samples import chats
from app.benchmarks.import_trees import folder
from app.bootstrap import _come_to_front
from app.dialogs.odd import OddSheet
from app.main_window import MainWindow
from app.odd_rows import OddRow, OddRows
from app.plain_text import one_line
from app.plans import FIRST_PLAN
from storage.importers import importing
from storage.importers.importing import Report, import_file
from storage.session import Session
from tests.app.conftest import WAIT, MakeWindow, wait_for_state
from tests.app.test_drops import dropped, files
from tests.app.test_window import session_file
from tests.helpers.data_sets import data_set, lines, process_bench
from tests.helpers.trace_files import r1_file
from tests.helpers.tree_files import mctx

DONE = "3 of 4 records of pb.jsonl (ProcessBench) are runs of a new session. Line 4: it is no JSON."


@pytest.fixture
def window(make: MakeWindow, tmp_path: Path) -> MainWindow:
    return make(session_file(tmp_path / "one.espalier"))


def wait_until_open(qtbot: QtBot, window: MainWindow, name: str) -> None:
    qtbot.waitUntil(lambda: window.parts.sessions.name == name and bool(window.banner.texts), timeout=WAIT)


def press(window: MainWindow, title: str) -> None:
    next(button for button in window.banner.findChildren(QPushButton) if button.text() == title).click()


def test_every_way_in(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """Dropped, chosen in the dialog, handed over by another start; no name is taken twice."""
    assert dropped(window, files(data_set(tmp_path)))
    wait_until_open(qtbot, window, "pb")
    assert window.parts.sessions.path == tmp_path / "sessions" / "pb.espalier"
    assert [info.plan.search for info in window.parts.sessions.runs] == ["imported"] * 3
    assert window.parts.shown.run == 1
    assert window.banner.texts == [DONE]
    press(window, "What was odd")
    sheet = window.findChild(OddSheet)
    assert sheet is not None
    row = sheet.list.topLevelItem(0)
    assert row is not None
    assert [row.text(column) for column in range(3)] == ["line 4", "it is no JSON", "{cut o"]
    sheet.copy.click()
    assert QGuiApplication.clipboard().text() == "line 4: it is no JSON: {cut o"
    sheet.reject()
    assert window.banner.texts == []
    words = "What was odd in pb.jsonl (ProcessBench):\nline 4: it is no JSON: {cut o"
    assert window.parts.shown.remarks.notes == {0: words}, "it is kept with the session"
    window.actions_.trigger("file.open")
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert {"*.espalier", "*.jsonl"} <= set(dialog.selectedNameFilter().strip(")").replace("(", " ").split())
    dialog.fileSelected.emit(str(data_set(tmp_path)))
    wait_until_open(qtbot, window, "pb (2)")
    dialog.fileSelected.emit(str(tmp_path / "one.espalier"))
    dialog.reject()
    qtbot.waitUntil(lambda: window.parts.sessions.name == "one", timeout=WAIT)
    assert window.banner.texts == [], "what was read is no news in another session"
    _come_to_front(window, data_set(tmp_path))
    qtbot.waitUntil(lambda: window.parts.sessions.name == "pb (3)", timeout=WAIT)


def test_data_sets_and_traces_together(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """The trace goes into the session that is open; two datasets become one new session."""
    more = data_set(tmp_path, 2, "more.jsonl")
    window.parts.imports.open([data_set(tmp_path), r1_file(tmp_path), more])
    assert [info.plan.text for info in window.parts.sessions.runs][1:] == ["r1.txt"]
    wait_until_open(qtbot, window, "pb")
    assert len(window.parts.sessions.runs) == 5
    (said,) = window.banner.texts
    assert "2 of 3 records of more.jsonl (ProcessBench)" in said
    assert said.endswith("pb.jsonl, line 4: it is no JSON. And 1 sentence more of this kind.")


class Gate:
    """Lets an import go on when a test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened = threading.Event()
        monkeypatch.setattr(dataset_job, "import_file", self._slow)
        monkeypatch.setattr(file_imports, "QUICK", 0.0)
        monkeypatch.setattr(importing, "TOGETHER", 1)

    def _slow(self, session: Session, path: Path, report: Any, progress: Any, is_unwanted: Callable[[], bool]) -> None:
        def told(done: int, total: int | None) -> None:
            progress(done, total)
            if done == 2:
                assert threading.current_thread() is not threading.main_thread()
                assert self.opened.wait(WAIT / 1000)

        import_file(session, path, report, told, is_unwanted)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    return Gate(monkeypatch)


def begin(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    """Read two records of it and wait at the gate."""
    window.parts.imports.open([path])
    words = "pb.jsonl: 2 of 10 records of ProcessBench are read…"
    qtbot.waitUntil(lambda: words in window.banner.texts, timeout=WAIT)


def test_how_far_it_is_and_giving_it_up(qtbot: QtBot, window: MainWindow, tmp_path: Path, gate: Gate) -> None:
    begin(qtbot, window, data_set(tmp_path, 9))
    window.parts.imports.open([data_set(tmp_path, 1, "later.jsonl")])  # given up with it
    press(window, "Cancel")
    gate.opened.set()
    qtbot.waitUntil(lambda: window.parts.imports._job is None, timeout=WAIT)
    assert window.parts.sessions.name == "one"
    assert list((tmp_path / "sessions").iterdir()) == []
    assert window.banner.texts == ["Nothing of pb.jsonl was kept."]

    gate.opened.clear()
    begin(qtbot, window, tmp_path / "pb.jsonl")
    press(window, "Open what was read")
    gate.opened.set()
    wait_until_open(qtbot, window, "pb")
    assert len(window.parts.sessions.runs) == 2
    assert window.banner.texts == [
        "Reading pb.jsonl (ProcessBench) was stopped after 2 records: what was read is a new session."
    ], "the file holds ten"


def test_what_is_given_up_when_it_is_whole_is_not_kept(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    imports = window.parts.imports
    imports.open([data_set(tmp_path)])
    assert imports._thread is not None
    imports._thread.join()  # it is read, and the window does not know it yet
    imports.cancel()
    qtbot.waitUntil(lambda: window.banner.texts == ["Nothing of pb.jsonl was kept."], timeout=WAIT)
    assert list((tmp_path / "sessions").iterdir()) == []


def test_what_another_window_made_a_moment_ago_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = session_file(tmp_path / "pb.espalier")
    monkeypatch.setattr(dataset_job, "_free", lambda folder, stem: folder / f"{stem}.espalier")
    job = dataset_job.DatasetJob([data_set(tmp_path)], tmp_path)
    job.go_through(lambda _report, _total: None)
    assert "pb.espalier exists already" in job.errors[0]
    assert job.target is None
    assert theirs.exists()


def test_what_was_being_looked_at_when_the_window_closed_is_not_read(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_imports, "SMALL", 10)
    imports = window.parts.imports
    imports.open([data_set(tmp_path), r1_file(tmp_path)])
    window.close()
    qtbot.wait(1)  # what the thread said comes now
    assert imports._job is None
    assert window.banner.texts == []


def test_files_wait_for_the_session_that_is_being_opened(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trace goes into it; what becomes a session of its own is opened behind it."""
    large = session_file(tmp_path / "large.espalier")
    monkeypatch.setattr(session_opener, "LARGE", large.stat().st_size - 1)
    window.parts.sessions.open(large)
    monkeypatch.setattr(session_opener, "LARGE", 10**9)
    assert window.parts.sessions.name == "one"
    window.parts.imports.open([r1_file(tmp_path), data_set(tmp_path)])
    wait_until_open(qtbot, window, "pb")
    assert window.banner.texts == [DONE]
    with Session.look(large) as session:
        assert [info.plan.text for info in session.runs()][1:] == ["r1.txt"]


def test_what_cannot_be_opened_now_is_offered_as_long_as_it_takes(
    qtbot: QtBot, make: MakeWindow, tmp_path: Path
) -> None:
    other = session_file(tmp_path / "other.espalier")
    window = make(session_file(tmp_path / "one.espalier"), 0.05)
    window.parts.sessions.start(FIRST_PLAN)
    wait_for_state(qtbot, window, "running")
    window.parts.imports.open([data_set(tmp_path)])
    qtbot.waitUntil(lambda: window.banner.texts == [DONE], timeout=WAIT)
    window.parts.sessions.open(other)
    qtbot.waitUntil(lambda: window.parts.sessions.path == other, timeout=WAIT)
    assert window.banner.texts == [DONE], "nothing else leads to it"
    press(window, "Open it")
    assert window.parts.sessions.name == "pb"
    assert window.parts.shown.run == 1
    assert [button.text() for button in window.banner.findChildren(QPushButton) if button.isVisible()] == [
        "What was odd"
    ]


def test_closing_the_window_gives_it_up(qtbot: QtBot, window: MainWindow, tmp_path: Path, gate: Gate) -> None:
    begin(qtbot, window, data_set(tmp_path, 9))
    threading.Timer(0.05, gate.opened.set).start()
    window.close()
    assert not list((tmp_path / "sessions").glob("pb*"))


def test_a_run_under_way_is_not_stopped(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"), 0.05)
    window.parts.sessions.start(FIRST_PLAN)
    wait_for_state(qtbot, window, "running")
    window.parts.imports.open([data_set(tmp_path)])
    qtbot.waitUntil(lambda: window.banner.texts == [DONE], timeout=WAIT)
    assert window.parts.sessions.name == "one"
    press(window, "Open it")
    qtbot.waitUntil(lambda: window.parts.sessions.name == "pb", timeout=WAIT)


def test_what_is_not_read_is_said(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    for name, raw, why in (
        ("a.jsonl", b"version https://git-lfs.github.com/spec/v1\n", "is a pointer of Git LFS"),
        ("b.parquet", b"PAR1", "is a Parquet file"),
        ("c.pkl", b"\x80\x04", "is a Python pickle, or holds one"),
        ("d.zip", b"PK\x03\x04", "is in no format that is imported. It is a ZIP archive: unpack it first."),
    ):
        (tmp_path / name).write_bytes(raw)
        assert dropped(window, files(tmp_path / name))
        assert any(f"{name} {why}" in text for text in window.banner.texts)
    assert len(window.banner.texts) == 4
    assert len(window.parts.sessions.runs) == 1
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(lines(process_bench(9)))
    window.parts.imports.open([bad])
    words = "bad.jsonl holds nothing that could be read. Line 1: its 'label' is"
    qtbot.waitUntil(lambda: window.banner.texts[-1].startswith(words), timeout=WAIT)
    assert window.parts.sessions.name == "one"
    assert list((tmp_path / "sessions").iterdir()) == []


def test_many_runs_become_a_session_and_a_single_trace_a_run_of_the_open_one(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    record, (one, many) = as_json(chats()[0]), (tmp_path / "one.jsonl", tmp_path / "many.jsonl")
    one.write_bytes(record)
    many.write_bytes(record + b"\n" + record)
    assert dropped(window, files(one))
    qtbot.waitUntil(lambda: len(window.parts.sessions.runs) == 2, timeout=WAIT)
    window.parts.imports.open([many], here=True)
    qtbot.waitUntil(lambda: len(window.parts.sessions.runs) == 4, timeout=WAIT)
    assert window.parts.sessions.name == "one"
    assert dropped(window, files(many))
    wait_until_open(qtbot, window, "many")
    assert len(window.parts.sessions.runs) == 2
    log = tmp_path / "log.eval"
    log.write_bytes(inspect_archive(inspect_sample(), header=False))
    assert dropped(window, files(log))
    wait_until_open(qtbot, window, "log")
    assert "Line 1: it has no header.json" in window.banner.texts[-1]


def test_a_folder_becomes_a_session_or_is_refused(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    there = tmp_path / "apples"
    there.mkdir()
    assert dropped(window, files(there))
    assert window.banner.texts == ["apples is a folder in no format that is imported."]
    for name, raw in folder().items():
        (there / name).write_bytes(raw)
    assert dropped(window, files(there))
    qtbot.waitUntil(lambda: window.parts.sessions.name == "apples", timeout=WAIT)
    window.actions_.trigger("file.open_folder")
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.fileMode() == QFileDialog.FileMode.Directory
    dialog.fileSelected.emit(str(there))
    dialog.reject()
    qtbot.waitUntil(lambda: window.parts.sessions.name == "apples (2)", timeout=WAIT)


def test_large_files_are_looked_at_in_a_thread(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_imports, "SMALL", 10)
    seen: list[bool] = []
    known = dataset_job.becomes_session

    def looked(path: Path, here: bool) -> bool:
        seen.append(threading.current_thread() is threading.main_thread())
        return known(path, here)

    monkeypatch.setattr(dataset_job, "becomes_session", looked)
    window.parts.imports.open([data_set(tmp_path), r1_file(tmp_path)])
    wait_until_open(qtbot, window, "pb")
    assert seen == [False, False]


def test_what_is_odd_about_many_traces_can_be_read_whole(window: MainWindow, tmp_path: Path) -> None:
    window.parts.traces.open([tmp_path / f"{number}.txt" for number in range(9)])
    press(window, "What was odd")
    sheet = window.findChild(OddSheet)
    assert sheet is not None
    assert sheet.list.topLevelItemCount() == 9
    assert [sheet.list.isColumnHidden(column) for column in range(3)] == [True, False, True]
    sheet.reject()


def test_the_list_is_bounded_and_shows_no_markup_and_nothing_invisible(qtbot: QtBot) -> None:
    rows = OddRows([OddRow("line 1", one_line("<b>\u202e</b>"), "x")], 7)
    sheet = OddSheet(rows)
    qtbot.addWidget(sheet)
    item = sheet.list.topLevelItem(0)
    assert item is not None
    assert item.text(1) == "<b>⟦202E⟧</b>"
    assert rows.as_text() == "line 1: <b>⟦202E⟧</b>: x\nAnd 7 sentences more of this kind."


def test_a_file_with_one_run_says_its_share() -> None:
    report = Report("a.graphml", title="GraphML", share=0.25)
    assert file_imports._how_far(report, None) == "a.graphml: 25% of the file is read…"
    report.checked = 0.5
    assert file_imports._how_far(report, None) == "a.graphml: the file is read, and 50% of a run put together…"
    report.records, report.checked = 3, None
    assert file_imports._how_far(report, None) == "a.graphml: 3 records of GraphML are read…"


def test_the_prm_desk_comes_for_rated_steps_alone(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    tree = tmp_path / "tree.json"
    tree.write_text(json.dumps(mctx()))
    with qtbot.assertNotEmitted(window.parts.imports.ratings_read):
        window.parts.imports.open([tree])
        wait_until_open(qtbot, window, "tree")
    assert window.banner.texts[-1].startswith("tree.json (mctx) is a run of a new session.")
    with qtbot.waitSignal(window.parts.imports.ratings_read, timeout=WAIT):
        window.parts.imports.open([data_set(tmp_path)])
    wait_until_open(qtbot, window, "pb")
