"""Traces in a session file: written like any run, there after a hard end, exported, never gone on with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.events import AnyEvent, BordersMoved, Record, StepLabelled
from engine.importing import Origin, kept
from engine.run_traces import trace_of
from engine.traces.splitter import split
from engine.tree import fold
from storage.exporters import exporter
from storage.kept_traces import keep_trace
from storage.session import Session
from tests.helpers.trace_files import R1

ROOT = Path(__file__).parents[2]
KEEP_AND_DIE = """
import os, sys
from pathlib import Path
from engine.importing import Origin, kept
from engine.traces.splitter import split
from storage.kept_traces import keep_trace
from storage.session import Session
session = Session.create(Path(sys.argv[1]))
keep_trace(session, kept(split(sys.stdin.read()), Origin("r1.txt")))
session.flush()
os._exit(9)
"""


def test_a_trace_outlives_the_program_that_kept_it(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    died = subprocess.run([sys.executable, "-c", KEEP_AND_DIE, str(path)], input=R1, text=True, cwd=ROOT)
    assert died.returncode == 9
    with Session.open(path) as session:
        (info,) = session.runs()
        assert (info.plan.search, info.state, info.answer) == ("imported", "finished", "12")
        tree = fold(session.records(1))
    assert trace_of(tree, info.nodes - 1) == split(R1)


@pytest.mark.parametrize("name", ["json", "json-full"])
def test_an_export_has_the_reading_and_what_was_said(tmp_path: Path, name: str) -> None:
    with Session.create(tmp_path / "a.espalier") as session:
        run = keep_trace(session, kept(split(R1), Origin("r1.txt", "How many?", "12")))
        said: list[AnyEvent] = [BordersMoved(3, (4,)), StepLabelled(3, 0, 8, "setup")]
        for event in said:
            session.append([Record(run, session.info(run).events + 1, 0.0, event)])
        document = json.loads(exporter(name).render(session, run))
    (trace,) = document["traces"]
    assert (trace["name"], trace["answer"], trace["node"]) == ("r1.txt", "12", 3)
    assert "".join(node["step"] for node in document["nodes"][1:]) == R1
    assert [entry["type"] for entry in document["said"]] == ["BordersMoved", "StepLabelled"]


def test_a_session_takes_many(tmp_path: Path) -> None:
    with Session.create(tmp_path / "a.espalier") as session:
        assert [keep_trace(session, kept(split(R1), Origin(f"{n}.txt"))) for n in range(3)] == [1, 2, 3]
    with Session.open(tmp_path / "a.espalier") as session:
        assert [info.plan.text for info in session.runs()] == ["0.txt", "1.txt", "2.txt"]
