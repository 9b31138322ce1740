"""A run over plain pipes: with the real engine process and scripted models, and with engines that misbehave."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from app.command_line.headless import Engine, EngineDied, Faulted, Refused, ctrl_c, perform, try_engine
from engine import parcels
from engine.commands import ResumeRun, RunPlan, StartRun
from engine.events import Record
from engine.frames import AnyFrame, Hello, Records, Reply, encode_frame
from engine.tree import Tree, fold

ROOT = Path(__file__).parents[3]
SCRIPTED = [sys.executable, "-m", "tests.helpers.scripted_engine"]
SLOW = [*SCRIPTED, "30"]
PLAN = RunPlan("game24", "4 9 10 13", "mcts", {"simulations": 4, "width": 2})


class ListLog:
    """A log that is a list."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.flushed = False

    def append(self, records: Iterable[Record]) -> None:
        self.records.extend(records)

    def flush(self) -> None:
        self.flushed = True


@pytest.fixture(autouse=True)
def _from_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def saying(*frames: bytes, code: int = 0) -> list[str]:
    """An engine that writes these bytes and leaves."""
    data = b"".join(frames)
    return [sys.executable, "-c", f"import os, sys; os.write(1, {data!r}); sys.exit({code})"]


def perform_with(command: Sequence[str], log: ListLog, **options: object) -> Tree:
    with Engine(command) as engine:
        return perform(engine, StartRun(1, PLAN), log, **options)  # type: ignore[arg-type]


def test_a_run_is_logged_shown_and_folded() -> None:
    log, shown = ListLog(), list[AnyFrame]()
    tree = perform_with(SCRIPTED, log, show=lambda frame, _tree: shown.append(frame))
    assert tree == fold(log.records)
    assert tree.finished is not None
    assert tree.iterations_done == 4
    assert log.flushed
    assert [record for frame in shown if isinstance(frame, Records) for record in frame.records] == log.records


def test_every_record_is_in_the_log_before_it_is_shown() -> None:
    log = ListLog()

    def show(frame: AnyFrame, tree: Tree) -> None:
        if isinstance(frame, Records):
            assert log.records[-len(frame.records) :] == list(frame.records)
            assert tree == fold(log.records)

    perform_with(SCRIPTED, log, show=show)


def test_stopping_ends_the_run_in_the_middle_of_a_model_call() -> None:
    log = ListLog()
    tree = perform_with(SLOW, log, stopping=lambda: bool(log.records))
    assert tree.finished is not None
    assert tree.finished.reason == "stopped"
    assert log.flushed


@pytest.mark.parametrize("most", [3, 1_000])
def test_an_interrupted_run_goes_on_from_its_log(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "MOST_EVENTS", most)
    whole = ListLog()
    tree = perform_with(SCRIPTED, whole)
    cut = next(
        place for place, record in enumerate(whole.records) if type(record.event).__name__ == "IterationFinished"
    )
    rest = ListLog()
    with Engine(SCRIPTED) as engine:
        resumed = perform(engine, ResumeRun(1, PLAN, tuple(whole.records[: cut + 1])), rest)
    assert rest.records[0].seq == cut + 2
    assert resumed.iterations_done == tree.iterations_done


def test_who_stops_it_while_its_log_is_handed_over_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, log = ListLog(), ListLog()
    perform_with(SCRIPTED, whole)
    cut = tuple(whole.records[:12])
    monkeypatch.setattr(parcels, "MOST_EVENTS", 3)
    with Engine(SCRIPTED) as engine:
        assert perform(engine, ResumeRun(1, PLAN, cut), log, stopping=lambda: True) == fold(cut)
    assert not log.records
    assert log.flushed


def test_a_plan_that_cannot_be_is_refused_in_words() -> None:
    with Engine(SCRIPTED) as engine, pytest.raises(Refused, match="no search called 'nonsense'"):
        perform(engine, StartRun(1, RunPlan("game24", "4 9 10 13", "nonsense", {})), ListLog())


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_a_killed_engine_leaves_everything_in_the_log() -> None:
    log = ListLog()
    with Engine(SLOW) as engine:

        def kill(_frame: AnyFrame, _tree: Tree) -> None:
            if log.records:
                os.kill(engine.pid, signal.SIGKILL)

        with pytest.raises(EngineDied, match=r"stopped unexpectedly \(killed by signal 9"):
            perform(engine, StartRun(1, PLAN), log, kill)
    assert log.records
    assert log.flushed


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_an_engine_that_meets_an_unknown_instruction_blames_the_processor() -> None:
    dying = [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGILL)"]
    with pytest.raises(EngineDied, match="this processor lacks an instruction that PyTorch needs"):
        try_engine(20, dying)


HELLO = encode_frame(Hello("1", 1, "cpu"))


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (saying(b"not a frame at all"), "did not answer properly: the engine sent bytes that are not a frame"),
        (saying(HELLO, b"\0\0\0\1\xc1"), "did not answer properly: the engine sent a frame that cannot be read"),
        (saying(HELLO, HELLO[:9]), r"\(exit code 0, in the middle of a message\)"),
        (saying(HELLO, code=7), r"\(exit code 7\)"),
        ([sys.executable, "-c", "import sys; sys.exit('no memory left')"], "Its last words: no memory left"),
        (["/no/such/engine"], "could not be started"),
    ],
)
def test_an_engine_that_talks_nonsense_or_dies_ends_with_a_sentence(command: list[str], says: str) -> None:
    with pytest.raises(EngineDied, match=says):
        perform_with(command, ListLog())


def test_a_bug_of_the_engine_comes_with_its_report() -> None:
    reply = encode_frame(Reply(1, error="The engine ran into a fault of its own.", detail="where it happened"))
    with pytest.raises(Faulted, match="a fault of its own") as caught:
        perform_with(saying(HELLO, reply), ListLog())
    assert caught.value.report == "where it happened"


def test_the_engine_says_what_it_is() -> None:
    assert "version" in try_engine(60, SCRIPTED).data


def test_an_engine_that_never_answers_is_given_up() -> None:
    silent = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    with pytest.raises(EngineDied, match="did not answer within"):
        try_engine(0.2, silent)


def test_the_first_ctrl_c_is_a_wish_and_the_second_one_an_order() -> None:
    with ctrl_c() as pressed:
        assert not pressed()
        signal.raise_signal(signal.SIGINT)
        assert pressed()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
