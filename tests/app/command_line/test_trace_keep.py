"""`espalier trace FILE --keep SESSION`: the traces are runs of the file, shown and exported as others, not resumed."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.run_traces import trace_of
from engine.traces.splitter import split
from engine.tree import fold
from storage.session import Session
from tests.helpers.command_line import says
from tests.helpers.trace_files import R1, r1_file

Capture = pytest.CaptureFixture[str]


def test_traces_are_added_to_a_session_new_or_old(capsys: Capture, tmp_path: Path) -> None:
    trace, session = r1_file(tmp_path), tmp_path / "a.espalier"
    for number in (1, 2):
        status, out, err = says(capsys, "trace", str(trace), "--keep", str(session), "--gold", "12")
        assert (status, err) == (0, f"Run {number} of a.espalier is {trace}.\n")
        assert "Trace" in out
    with Session.open(session) as opened:
        tree = fold(opened.records(2))
        assert [info.correct for info in opened.runs()] == [True, True]
    assert trace_of(tree, max(tree.nodes)) == split(R1)


def test_it_is_shown_on_a_page_and_refuses_to_go_on(capsys: Capture, tmp_path: Path) -> None:
    session = tmp_path / "a.espalier"
    says(capsys, "trace", str(r1_file(tmp_path)), "--keep", str(session))
    status, out, _ = says(capsys, "show", str(session))
    assert status == 0
    assert "└─ <think> 3 * 4 = 12  [N 0  P 1.000  given  hidden] *\n   </think>" in out
    status, _, err = says(capsys, "resume", str(session))
    assert status == 2
    assert "The trace was read from r1.txt" in err


def test_nothing_is_made_of_what_is_no_trace_or_no_session(capsys: Capture, tmp_path: Path) -> None:
    session = tmp_path / "a.espalier"
    assert says(capsys, "trace", str(tmp_path / "none.txt"), "--keep", str(session))[0] == 2
    assert not session.exists()
    status, _, err = says(capsys, "trace", str(r1_file(tmp_path)), "--keep", str(tmp_path / "r1.txt"))
    assert status == 2
    assert "whose name ends with .espalier" in err
    session.write_bytes(b"no session")
    assert says(capsys, "trace", str(r1_file(tmp_path)), "--keep", str(session))[0] == 2
