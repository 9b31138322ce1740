"""`espalier export`: runs as documents of every format, to a file or a pipe, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from engine.events import PrivacySet, Record
from storage.exporters import EXPORTERS
from storage.session import Session
from tests.helpers.command_line import says
from tests.storage.samples import log, save

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def session(tmp_path: Path) -> str:
    """Two runs of different length."""
    with Session.create(tmp_path / "a.espalier") as made:
        save(made, log(), log(5, 2))
    return str(tmp_path / "a.espalier")


@pytest.mark.parametrize("name", [entry.name for entry in EXPORTERS])
def test_every_format_is_written(
    session: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], name: str
) -> None:
    from app.command_line.cli import main

    out = tmp_path / "out"
    assert main(["export", session, "--to", name, "--run", "1", "--out", str(out)]) == 0
    assert capfdbinary.readouterr().out == b""
    assert main(["export", session, "--to", name, "--run", "1"]) == 0
    assert capfdbinary.readouterr().out == out.read_bytes() != b""


def test_all_runs_stand_in_one_file_where_it_can_hold_them(session: str, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "all.csv"
    assert says(capsys, "export", session, "--to", "csv", "--all", "--out", str(out))[0] == 0
    rows = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"), newline=""))
    assert {row["run"] for row in rows} == {"1", "2"}
    status, _, err = says(capsys, "export", session, "--to", "gexf", "--all", "--out", str(out))
    assert status == 2
    assert "holds one run; several can stand in one of: html, markdown, events" in err
    assert out.read_bytes().startswith(b'"run"')
    assert "--all exports all runs" in says(capsys, "export", session, "--all", "--run", "1")[2]


def test_private_runs_stay_out_and_that_is_said(session: str, capsys: Capture) -> None:
    with Session.open(Path(session)) as made:
        made.append([Record(2, len(log(5, 2)) + 1, 1.0, PrivacySet(True))])
    _, text, err = says(capsys, "export", session, "--to", "events", "--all")
    assert err == "1 private run is left out; --run exports such a run.\n"
    assert {json.loads(line)["run"] for line in text.splitlines()} == {1}
    assert says(capsys, "export", session, "--to", "events", "--run", "2")[0] == 0
    err = says(capsys, "export", session, "--as", "sft")[2]
    assert err == "espalier: There is nothing to write: no run has an answer. Private runs were not looked at.\n"


def test_the_session_is_not_written_over(session: str, capsys: Capture) -> None:
    before = Path(session).read_bytes()
    status, _, err = says(capsys, "export", session, "--out", session)
    assert (status, "is the session itself" in err) == (2, True)
    assert Path(session).read_bytes() == before


def test_what_was_exported_can_be_imported(session: str, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "all.jsonl"
    assert says(capsys, "export", session, "--to", "events", "--all", "--out", str(out))[0] == 0
    status, text, _ = says(capsys, "import", str(out), "--session", str(tmp_path / "b.espalier"), "--json")
    assert status == 0
    report = json.loads(text)
    assert (report["format"], report["runs"], report["odd"]) == ("espalier-events", 2, 0)
    with Session.open(Path(session)) as first, Session.open(tmp_path / "b.espalier") as second:
        for run in (1, 2):
            assert first.records(run) == second.records(run)


def test_a_training_set_without_a_trace_is_none(session: str, capsys: Capture) -> None:
    status, text, err = says(capsys, "export", session, "--as", "sft")
    assert (status, text) == (2, "")
    assert "no run has an answer" in err
