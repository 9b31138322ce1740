"""Traces from files and the clipboard as runs: every way in, in a window; what is odd is said, nothing is lost."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app import trace_imports, trace_job
from app.bootstrap import _come_to_front
from app.main_window import MainWindow
from app.plans import FIRST_PLAN
from engine.commands import LabelStep
from engine.importing import Kept, kept
from engine.run_traces import borders_of, trace_of
from engine.traces.files import read_file
from engine.traces.reading import Reading
from engine.traces.splitter import split
from storage.session import Session
from tests.app.conftest import WAIT, MakeWindow
from tests.app.test_window import session_file
from tests.helpers.trace_files import R1, r1_file


@pytest.fixture
def window(make: MakeWindow, tmp_path: Path) -> MainWindow:
    return make(session_file(tmp_path / "one.espalier"))


def texts(window: MainWindow) -> list[str]:
    return [info.plan.text for info in window.parts.sessions.runs]


def test_a_file_becomes_the_run_on_screen(window: MainWindow, tmp_path: Path) -> None:
    window.parts.traces.open([r1_file(tmp_path)])
    shown = window.parts.shown
    assert shown.run == 2
    end = max(shown.tree.nodes)
    assert trace_of(shown.tree, end) == split(R1)
    assert window.banner.texts == []
    shown.select(1)
    window.actions_.refresh()
    for name in ("edit.prune", "edit.insert_step", "engine.alternatives"):
        assert "was read from a file" in window.actions_[name].obstacle()
    assert not window.parts.sessions.can_go_on()


def test_the_dialog_takes_files_of_any_name(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    odd = tmp_path / "answer.log"
    odd.write_text(R1)
    window.actions_.trigger("file.open_trace")
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(odd), str(r1_file(tmp_path))])
    dialog.reject()
    qtbot.waitUntil(lambda: len(texts(window)) == 3, timeout=WAIT)
    assert texts(window)[1:] == ["answer.log", "r1.txt"]


def test_text_on_the_clipboard_becomes_a_run(window: MainWindow) -> None:
    QGuiApplication.clipboard().clear()
    window.actions_.trigger("file.paste_trace")
    assert window.banner.texts == ["There is no text on the clipboard."]
    QGuiApplication.clipboard().setText(R1)
    window.actions_.trigger("file.paste_trace")
    assert texts(window)[1:] == ["Pasted text"]
    assert window.parts.shown.tree.finished is not None
    assert window.parts.shown.tree.finished.answer == "12"


NO_TRACES: tuple[tuple[str, bytes | None, str], ...] = (
    ("a.json", b'{"choices": [{"message": {"con', "a.json begins like JSON, but is none: cut off?"),
    ("b.json", b'{"rows": 3}', "b.json is JSON, but no reply of a server that is known."),
    ("a.txt", b"  \n", "a.txt is empty."),
    ("b.txt", b"\xff\x00\xff", "b.txt is not a text: its byte 0 is no UTF-8."),
    ("a.sse", b'data: {"error": {"message": "out of \\u202e memory"}}\n\n', "out of ⟦202E⟧ memory"),
    ("c.txt", None, "c.txt cannot be read: No such file or directory."),
)


def test_what_is_no_trace_is_said(window: MainWindow, tmp_path: Path) -> None:
    for name, body, said in NO_TRACES:
        if body is not None:
            (tmp_path / name).write_bytes(body)
        window.parts.traces.open([tmp_path / name])
        assert said in window.banner.texts[-1]
    assert len(window.banner.texts) == len(NO_TRACES)
    window.parts.traces.open([tmp_path / f"{number}.txt" for number in range(9)])
    assert window.banner.texts[-1].endswith("And 6 sentences more of this kind.")
    assert len(texts(window)) == 1


def test_a_broken_stream_is_kept_with_what_the_server_said(window: MainWindow, tmp_path: Path) -> None:
    chunk = json.dumps({"choices": [{"index": 0, "delta": {"reasoning": "3 * 4"}}]})
    (tmp_path / "a.sse").write_text(f'data: {chunk}\n\ndata: {{"error": {{"message": "overloaded"}}}}\n\n')
    window.parts.traces.open([tmp_path / "a.sse"])
    assert window.banner.texts == ["a.sse: The server reports an error: overloaded"]
    assert trace_of(window.parts.shown.tree, 1).cut_off == "hidden"


def test_a_large_file_is_read_in_a_thread_and_can_be_given_up(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trace_imports, "SMALL", 10)
    monkeypatch.setattr(trace_imports, "TELL_MS", 1)
    go_on = threading.Event()

    def slow(*arguments: Any) -> list[Reading]:
        assert go_on.wait(WAIT / 1000)
        assert threading.current_thread() is not threading.main_thread()
        return read_file(*arguments)

    monkeypatch.setattr(trace_job, "read_file", slow)
    traces = window.parts.traces
    traces._late.setInterval(1)
    traces.open([r1_file(tmp_path)])
    traces.open([r1_file(tmp_path, "later.txt")])
    qtbot.waitUntil(lambda: window.banner.texts == ["r1.txt is being read…"], timeout=WAIT)
    traces.cancel()
    assert window.banner.texts == []
    traces.open([r1_file(tmp_path, "wanted.txt")])
    with qtbot.waitSignal(traces.kept, timeout=WAIT):
        go_on.set()
    assert texts(window)[1:] == ["wanted.txt"]


def test_a_file_that_is_too_large_is_not_opened(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trace_job, "LARGEST", 10)
    window.parts.traces.open([r1_file(tmp_path)])
    assert window.banner.texts == ["r1.txt is larger than 0 MB, more than can be kept in a session."]


def test_what_was_read_for_another_session_is_not_added_here(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trace_imports, "SMALL", 10)
    go_on = threading.Event()

    def slow(*arguments: Any) -> Kept:
        assert go_on.wait(WAIT / 1000)
        return kept(*arguments)

    monkeypatch.setattr(trace_job, "kept", slow)
    window.parts.traces.open([r1_file(tmp_path)])
    window.parts.sessions.open(session_file(tmp_path / "two.espalier"))
    go_on.set()
    words = "Another session was opened meanwhile: r1.txt was not added."
    qtbot.waitUntil(lambda: window.banner.texts == [words], timeout=WAIT)
    assert len(texts(window)) == 1


def test_a_session_that_cannot_be_written_says_so(make: MakeWindow, tmp_path: Path) -> None:
    path = session_file(tmp_path / "one.espalier")
    with Session.open(path):
        window = make(path)
        window.parts.traces.open([r1_file(tmp_path)])
        assert window.banner.texts[-1] == "This session cannot be written to: save it under another name first."
        assert not window.actions_["file.open_trace"].possible()


def test_the_program_is_opened_with_a_trace_or_handed_one(make: MakeWindow, tmp_path: Path) -> None:
    window = make(r1_file(tmp_path))
    assert texts(window) == ["r1.txt"]
    _come_to_front(window, r1_file(tmp_path, "another.txt"))
    assert texts(window) == ["r1.txt", "another.txt"]
    assert FIRST_PLAN.text not in texts(window)


def test_what_a_person_says_is_taken_back_and_is_there_again(
    qtbot: QtBot, make: MakeWindow, window: MainWindow, tmp_path: Path
) -> None:
    window.parts.traces.open([r1_file(tmp_path)])
    shown, edits = window.parts.shown, window.parts.edits
    end = max(shown.tree.nodes)
    found = trace_of(shown.tree, end)
    with qtbot.waitSignal(shown.remarked):
        edits.move_borders(end, borders_of(found.moved(12)))
    edits.label_step(end, 7, 18, "check")
    edits.label_step(end, 7, 18, "check")
    assert trace_of(shown.tree, end).of("hidden") == found.text[7:12]
    assert [edit.words for edit in edits.history.edits] == [
        f"boundary between hidden and exposed, trace to node {end}",
        f"label “check” of a step, trace to node {end}",
    ]
    window.actions_.refresh()
    window.actions_.trigger("edit.undo")
    window.actions_.trigger("edit.undo")
    assert trace_of(shown.tree, end) == found
    assert shown.tree.labels == {}
    window.actions_.trigger("edit.redo")
    refused = edits.why_not_say(LabelStep(shown.run or 0, end, 8, 19, "nonsense"))
    assert refused.startswith("There is no function called 'nonsense'")
    window.parts.sessions.save_as(tmp_path / "copy.espalier")
    window.close()
    again = make(tmp_path / "copy.espalier")
    assert again.parts.shown.run == 2
    assert trace_of(again.parts.shown.tree, end) == found.moved(12)
    again.parts.edits.undo()
    assert trace_of(again.parts.shown.tree, end) == found
