"""Labels are exported from the window: in a thread, with a word about how far it is, whole or not at all."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app import file_job
from app.main_window import MainWindow
from app.output import label_export
from app.output.label_export import LabelExport
from storage.exporters.labelled import Written, export_labelled
from storage.importers.importing import Report, import_file
from storage.session import Session
from tests.app.conftest import WAIT, MakeWindow
from tests.helpers.data_sets import data_set


@pytest.fixture
def window(make: MakeWindow, tmp_path: Path) -> MainWindow:
    with Session.create(tmp_path / "one.espalier") as session:
        import_file(session, data_set(tmp_path), Report("pb.jsonl"))
    return make(tmp_path / "one.espalier")


def exporting(window: MainWindow) -> LabelExport:
    found = window.findChild(LabelExport)
    assert isinstance(found, LabelExport)
    return found


def test_the_formats_are_offered_and_the_file_named(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.actions_.trigger("file.export_labels")
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "Export the labelled steps as"
    assert [name.partition(" (")[0] for name in dialog.nameFilters()] == [
        "PRM800K", "Math-Shepherd", "ProcessBench", "TRL stepwise supervision", "DPO pairs",
        "SFT of best traces",
    ]  # fmt: skip
    dialog.selectNameFilter(dialog.nameFilters()[2])
    dialog.fileSelected.emit(str(tmp_path / "out.jsonl"))
    dialog.reject()
    qtbot.waitUntil(lambda: "3 records of ProcessBench are in" in "".join(window.banner.texts), timeout=WAIT)
    lines = (tmp_path / "out.jsonl").read_text().splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["a-0", "a-1", "a-2"]
    assert (tmp_path / "out.jsonl.README.md").exists()

    window.parts.edits.rate_step(1, -1)  # not on disk yet
    exporting(window).save(tmp_path / "trl.jsonl", 3)
    qtbot.waitUntil(lambda: (tmp_path / "trl.jsonl").exists(), timeout=WAIT)
    assert json.loads((tmp_path / "trl.jsonl").read_text().splitlines()[2])["labels"] == [False, False]


def test_labels_of_another_session_are_not_exported(window: MainWindow, tmp_path: Path) -> None:
    window.actions_.trigger("file.export_labels")
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    window.parts.sessions.new_session()
    dialog.fileSelected.emit(str(tmp_path / "out.jsonl"))
    dialog.reject()
    assert window.banner.texts == ["Another session was opened meanwhile: nothing was exported."]


def test_it_can_be_given_up_and_what_goes_wrong_is_said(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up = threading.Event()

    def slow(*arguments: Any, **more: Any) -> Written:
        more["progress"](0, 3)
        assert given_up.wait(WAIT / 1000)
        return export_labelled(*arguments, **more)

    monkeypatch.setattr(label_export, "export_labelled", slow)
    monkeypatch.setattr(file_job, "QUICK", 0.0)
    export = exporting(window)
    export.save(tmp_path / "out.jsonl")
    told = ["The labelled steps are being exported: 0 of 3 runs…"]
    qtbot.waitUntil(lambda: window.banner.texts == told, timeout=WAIT)
    export.cancel()
    given_up.set()
    qtbot.waitUntil(lambda: window.banner.texts == ["Nothing was exported."], timeout=WAIT)
    assert not (tmp_path / "out.jsonl").exists()
    export.save(tmp_path / "nowhere" / "out.jsonl")
    qtbot.waitUntil(lambda: "there is no folder" in "".join(window.banner.texts), timeout=WAIT)
