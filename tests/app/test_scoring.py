"""Scores after the fact in a window, with a real engine process: kept in their runs, given up, gone on with."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.models import to_score
from app.strips.scoring_bar import ScoringBar
from engine.commands import TraceToScore
from engine.events import Record, Rescored
from engine.frames import TraceScores
from engine.search.votes import ended
from engine.tree import Tree, fold
from storage.errors import SessionError
from storage.session import Session
from tests.app.conftest import WAIT, MakeWindow, wait_for_state
from tests.app.test_window import SLOW, wait_for_events
from tests.helpers.running import plan, run_log

SCORER = "check"
"""A scripted verifier of this name has not scored the runs of `session_of_chains`."""


def session_of_chains(path: Path, runs: int = 3, samples: int = 6) -> Path:
    """A session with runs of several answers each."""
    with Session.create(path) as session:
        for seed in range(runs):
            wish = plan("self-consistency", seed=seed, samples=samples)
            session.append(run_log(wish, number=session.new_run(wish)))
    return path


@pytest.fixture
def window(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> MainWindow:
    one = make(session_of_chains(tmp_path / "one.espalier"))
    qtbot.waitUntil(lambda: one.parts.shown.run == 3, timeout=WAIT)
    return one


def tree_of(window: MainWindow, run: int) -> Tree:
    return fold(window.parts.sessions.records_of(run))


def events_of(window: MainWindow, run: int) -> list[Rescored]:
    return [record.event for record in window.parts.sessions.records_of(run) if isinstance(record.event, Rescored)]


def scored(qtbot: QtBot, window: MainWindow, spec: str, *runs: int, again: bool = False) -> str:
    """Score these runs; what was said at the end."""
    with qtbot.waitSignal(window.parts.scoring.finished, timeout=WAIT) as heard:
        window.parts.scoring.score(spec, runs, again)
    return str(heard.args[0])


def traced(tree: Tree) -> set[int]:
    """Every node on an ended trace."""
    return {node.id for end in ended(tree) for node in tree.path(end.id)[1:]}


def test_every_step_of_an_ended_trace_is_scored_and_kept_in_its_run(qtbot: QtBot, window: MainWindow) -> None:
    progress: list[tuple[int, int]] = []
    window.parts.scoring.progressed.connect(lambda done, total: progress.append((done, total)))
    count = sum(len(ended(tree_of(window, run))) for run in (1, 3))
    assert scored(qtbot, window, SCORER, 1, 3) == f"{SCORER} scored {count} traces."
    for run in (1, 3):
        tree = tree_of(window, run)
        assert set(tree.rescored[SCORER]) == traced(tree)
        assert len({score.node for event in events_of(window, run) for score in event.scores}) == sum(
            len(event.scores) for event in events_of(window, run)
        )
        assert all(score.verifier == SCORER for score in tree.rescored[SCORER].values())
    assert events_of(window, 2) == []
    assert window.parts.shown.remarks.tree.rescored.keys() == {SCORER}
    assert progress[-1] == (count, count)
    assert window.banner.texts == []
    assert not window.parts.scoring.active
    with Session.open(window.parts.sessions.path or Path()) as other:  # it is on disk, too
        assert other.read_only
        qtbot.waitUntil(lambda: len(other.records(3)) == len(window.parts.shown.records), timeout=WAIT)


def test_what_was_scored_is_not_scored_again_unless_wished(qtbot: QtBot, window: MainWindow) -> None:
    scored(qtbot, window, SCORER, 2)
    before = len(events_of(window, 2))
    assert "has scored all of these traces before" in scored(qtbot, window, SCORER, 2)
    assert len(events_of(window, 2)) == before
    scored(qtbot, window, SCORER, 2, again=True)
    assert len(events_of(window, 2)) > before
    assert "has scored all" in scored(qtbot, window, "prm", 2) or "scripted-prm" in tree_of(window, 2).rescored


def test_a_run_under_way_is_scored_as_far_as_it_is(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window, run = make(session_of_chains(tmp_path / "one.espalier", runs=1), SLOW), 2
    window.parts.sessions.start(plan("self-consistency", samples=400))
    assert window.parts.shown.run == run
    qtbot.waitUntil(lambda: len(window.parts.shown.tree.answer_ids) > 3, timeout=WAIT)
    window.parts.runs.pause()
    wait_for_state(qtbot, window, "paused")
    scored(qtbot, window, SCORER, run)
    tree = tree_of(window, run)
    assert set(tree.rescored[SCORER]) == traced(tree)
    assert tree.finished is None
    window.parts.runs.go_on()
    events = window.parts.shown.total
    wait_for_events(qtbot, window, events + 3)
    window.parts.runs.stop()
    wait_for_state(qtbot, window, "idle")
    assert [record.seq for record in window.parts.sessions.records_of(run)] == list(
        range(1, window.parts.shown.total + 1)
    )


def test_giving_up_and_the_death_of_the_engine_keep_what_was_scored(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(to_score, "MOST_TRACES", 1)
    scoring = window.parts.scoring
    said: list[str] = []
    scoring.finished.connect(said.append)
    scoring.progressed.connect(lambda done, _: scoring.cancel() if done == 2 else None)
    scoring.score(SCORER, (1, 2, 3))
    scoring.score(SCORER, (1,))
    qtbot.waitUntil(lambda: not scoring.active, timeout=WAIT)
    assert said[0] == "Cancelled."
    assert said[1].startswith(f"{SCORER} scored 2 traces.")
    kept = [len(event.ends) for run in (1, 2, 3) for event in events_of(window, run)]
    assert sum(kept) == 2
    scoring.progressed.disconnect()
    scoring.progressed.connect(lambda done, _: window.parts.engine.kill("It died.") if done == 1 else None)
    scoring.score(SCORER, (1, 2, 3))
    scoring.ask(SCORER, (), lambda found, error: said.append(f"{found} {error}"))
    qtbot.waitUntil(lambda: not scoring.active, timeout=WAIT)
    assert said[2] == "() It died."
    assert said[3].startswith(f"{SCORER} scored 1 trace.")
    assert said[3].endswith("It died.")
    assert sum(len(event.ends) for run in (1, 2, 3) for event in events_of(window, run)) == 3
    scoring.progressed.disconnect()
    scored(qtbot, window, SCORER, 1, 2, 3)  # with a new engine
    for run in (1, 2, 3):
        assert set(tree_of(window, run).rescored[SCORER]) == traced(tree_of(window, run))


def test_another_session_ends_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(to_score, "MOST_TRACES", 1)
    scoring, other = window.parts.scoring, session_of_chains(tmp_path / "two.espalier")
    before = {run: len(window.parts.sessions.records_of(run)) for run in (1,)}
    scoring.progressed.connect(lambda *_: window.parts.sessions.open(other))
    assert scored(qtbot, window, SCORER, 1, 2, 3).endswith("Another session was opened meanwhile.")
    assert len(window.parts.sessions.records_of(1)) == before[1]  # run 1 of the other session: untouched


def test_what_cannot_be_read_or_kept_is_said(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    session = window.parts.sessions.session
    assert session is not None
    read = session.records

    def records(run: int, *words: int, **more: bool) -> list[Record]:
        if run == 1:
            raise SessionError("Event 3 cannot be read.")
        return read(run, *words, **more)

    monkeypatch.setattr(session, "records", records)
    assert scored(qtbot, window, SCORER, 1, 2).endswith("Run 1: Event 3 cannot be read.")
    assert window.banner.texts[-1].endswith("Run 1: Event 3 cannot be read.")
    assert events_of(window, 2)
    session.read_only = True
    window.parts.scoring.score(SCORER, (2,))
    assert "cannot be written to" in window.banner.texts[-1]
    assert not window.parts.scoring.active


def test_texts_of_no_run_are_scored_and_not_kept(qtbot: QtBot, window: MainWindow) -> None:
    heard: list[tuple[tuple[TraceScores, ...], str]] = []
    traces = [TraceToScore("game24", "4 9 10 13", ("a\n", "b\n"), False), TraceToScore("game24", "4", ("a\n",), False)]
    window.parts.scoring.ask(SCORER, traces, lambda found, error: heard.append((found, error)))
    qtbot.waitUntil(lambda: bool(heard), timeout=WAIT)
    (found, error) = heard[0]
    assert error == ""
    assert len(found[0].values) == 2
    assert found[1].failed
    assert all(not events_of(window, run) for run in (1, 2, 3))


def test_the_last_line_of_the_window_says_how_far_it_is(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_of_chains(tmp_path / "many.espalier", runs=1, samples=60))
    (bar,) = window.findChildren(ScoringBar)
    scoring = window.parts.scoring
    assert bar.isHidden()
    seen: list[str] = []
    bar._late.setInterval(0)
    scoring.progressed.connect(lambda *_: seen.append(f"{bar.words.text()} {bar.bar.format()}"))
    scoring.changed.connect(lambda: seen.append("shown") if not bar.isHidden() else None)
    scored(qtbot, window, SCORER, 1)
    assert f"scoring with {SCORER} 4 / 60" in seen or any("/ 60" in words for words in seen)
    assert "shown" in seen
    assert bar.isHidden()
    scoring.score(SCORER, (1,), again=True)
    qtbot.waitUntil(lambda: not bar.isHidden(), timeout=WAIT)
    bar.cancel.click()
    qtbot.waitUntil(lambda: not scoring.active, timeout=WAIT)
