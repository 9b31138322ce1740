"""A real engine process (with scripted models): steps, stop, cancel, errors, the end of the pipe."""

from __future__ import annotations

import queue
import time
from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from engine.commands import (
    Continue,
    InsertStep,
    LoadModels,
    Pause,
    Ping,
    Prune,
    Request,
    Restore,
    ResumeRun,
    RunPlan,
    StartRun,
    StepIteration,
    StepPhase,
    Stop,
)
from engine.events import Cost, Expanded, Pruned, Record, Restored, RunFinished, RunResumed, Selected
from engine.frames import AnyFrame, Hello, Records, Reply, Status, Writing, frame_reader
from engine.policies import ModelError, Policy, Sampled, SampleRequest, Watch
from engine.process import Process
from engine.search.mcts import Mcts
from engine.server import CLOSED, Requests, Server
from engine.shelf import Shelf
from engine.tree import Tree, fold
from engine.verifiers import Verifier
from tests.helpers.engine_pipe import SCRIPTED, EnginePipe, paused
from tests.helpers.running import plan, run_log
from tests.helpers.scripted import ScriptedPolicy, ScriptedVerifier


def test_a_run_from_hello_to_final_reply() -> None:
    with EnginePipe() as engine:
        assert engine.reply(engine.send(Ping())).data["pid"] == engine.process.pid
        assert isinstance(engine.frames[0], Hello)
        assert not engine.reply(engine.send(LoadModels())).error
        request = engine.send(StartRun(1, plan(simulations=20)))
        assert not engine.reply(request).error
        log = engine.records()
    assert _but_costs(log) == _but_costs(run_log(plan(simulations=20)))
    assert [frame.state for frame in engine.frames if isinstance(frame, Status)][-1] == "finished"
    assert engine.process.returncode == 0


def _but_costs(log: Sequence[Record]) -> list[object]:
    """Events without what depends on the clock."""
    return [replace(record.event, cost=Cost()) if hasattr(record.event, "cost") else record.event for record in log]


def test_stepping_and_going_on() -> None:
    with EnginePipe() as engine:
        run = engine.send(StartRun(1, plan(simulations=4), paused=True))
        status = engine.until(paused)
        assert isinstance(status, Status)
        assert status.phase == "selection"
        phases = []
        for _ in range(4):
            engine.reply(engine.send(StepPhase(1)))
            found = engine.until(paused)
            assert isinstance(found, Status)
            phases.append(found.phase)
        assert phases == ["expansion", "simulation", "backpropagation", "selection"]
        engine.reply(engine.send(StepIteration(1)))
        engine.until(paused)
        assert fold(engine.records()).iterations_done == 2
        engine.reply(engine.send(Continue(1)))
        assert not engine.reply(run).error
    assert fold(engine.records()).iterations_done == 4


def test_pause_comes_before_the_next_phase() -> None:
    with EnginePipe(SCRIPTED, "0.05") as engine:
        engine.send(StartRun(1, plan(simulations=1000)))
        engine.until(lambda frame: isinstance(frame, Records))
        engine.reply(engine.send(Pause(1)))
        engine.until(paused)
        count = len(engine.records())
        engine.reply(engine.send(Ping()))
        assert len(engine.records()) == count


def test_stop_is_obeyed_in_the_middle_of_a_call() -> None:
    with EnginePipe(SCRIPTED, "30") as engine:
        run = engine.send(StartRun(1, plan(simulations=1000)))
        engine.until(lambda frame: isinstance(frame, Writing))
        began = time.monotonic()
        engine.reply(engine.send(Stop(1)))
        assert not engine.reply(run).error
        assert time.monotonic() - began < 5.0  # of 30: it was cancelled; the 250 ms are measured by `bench live`
        end = engine.records()[-1].event
    assert isinstance(end, RunFinished)
    assert end.reason == "stopped"


def test_a_run_goes_on_in_another_process() -> None:
    wish = plan(simulations=12)
    half = run_log(wish)[:23]
    with EnginePipe() as engine:
        request = engine.send(ResumeRun(5, wish, half))
        assert not engine.reply(request).error
        rest = engine.records()
    assert isinstance(rest[0].event, RunResumed)
    assert rest[0].seq == 24
    assert fold([*half, *rest]).iterations_done == 12


def test_errors_are_sentences_and_the_engine_lives_on() -> None:
    with EnginePipe() as engine:
        wrong = [
            (StartRun(1, RunPlan("game24", "4 9 ten", "mcts", {})), "ten"),
            (StartRun(1, RunPlan("game24", "4 9 10 13", "mcts", {"width": 0})), "Width must be at least 1"),
            (Stop(77), "Run 77 is not under way"),
            (ResumeRun(2, plan(), run_log(plan(simulations=2))[3:]), "lacks event 1"),
        ]
        for command, words in wrong:
            reply = engine.reply(engine.send(command))
            assert words in reply.error
            assert "Traceback" not in reply.error
        assert not engine.reply(engine.send(StartRun(1, plan(simulations=2)))).error


def test_a_person_changes_the_tree_of_a_paused_run() -> None:
    step = "13 - 9 = 4 (left: 4 4 10)"
    with EnginePipe() as engine:
        run = engine.send(StartRun(1, plan(simulations=30), paused=True))
        engine.reply(engine.send(StepIteration(1)))
        engine.until(paused)
        born = engine.reply(engine.send(InsertStep(1, 0, step))).data["node"]
        assert not engine.reply(engine.send(Prune(1, (1, 2)))).error
        assert not engine.reply(engine.send(Restore(1, (2,)))).error
        events = [record.event for record in engine.records()]
        assert events[-3:-1] == [events[-3], Pruned(1, (1, 2), ("pruned by a person",) * 2, "person")]
        assert events[-1] == Restored(1, (2,), "person")
        assert isinstance(events[-3], Expanded)
        assert (events[-3].generator, events[-3].children[0].node) == ("person", born)
        engine.reply(engine.send(Continue(1)))
        assert not engine.reply(run).error
        log = engine.records()
    tree = fold(log)
    assert tree.iterations_done == 30
    assert tree.nodes[born].step == f"{step}\n"
    after = [record.event for record in log[log.index(_record(log, Restored)) :]]
    assert not any(1 in event.path for event in after if isinstance(event, Selected))


def _record(log: Sequence[Record], kind: type) -> Record:
    return next(record for record in log if isinstance(record.event, kind))


def test_edits_that_cannot_be_are_refused_in_words() -> None:
    with EnginePipe() as engine:
        run = engine.send(StartRun(1, plan(simulations=4), paused=True))
        engine.until(paused)
        wrong = [
            (Prune(1, (0,)), "The root cannot be pruned"),
            (Prune(1, (99,)), "There is no node 99"),
            (Restore(1, (0,)), "Node 0 is not pruned"),
            (InsertStep(1, 0, " "), "The step is empty"),
            (Prune(7, (1,)), "Run 7 is not under way: go on with it"),
        ]
        for command, words in wrong:
            reply = engine.reply(engine.send(command))
            assert words in reply.error
            assert not reply.detail
        engine.reply(engine.send(Continue(1)))
        assert not engine.reply(run).error
        assert "go on with it" in engine.reply(engine.send(Prune(1, (1,)))).error  # it has ended


def test_an_edit_waits_for_the_end_of_a_model_call() -> None:
    """Heard in the middle of a call, it is performed between two moves: no expansion is mixed with it."""
    with EnginePipe(SCRIPTED, "0.3") as engine:
        engine.send(StartRun(1, plan(simulations=3)))
        engine.until(lambda frame: isinstance(frame, Writing))
        assert not engine.reply(engine.send(InsertStep(1, 0, "13 - 9 = 4 (left: 4 4 10)"))).error
        engine.reply(engine.send(Stop(1)))
        engine.until(lambda frame: isinstance(frame, Status) and frame.state == "finished")
        log = engine.records()
    grown = [record.event for record in log if isinstance(record.event, Expanded)]
    assert [event.generator for event in grown][:2] == ["sample", "person"]
    assert fold(log).finished is not None


def test_an_ended_run_is_opened_again_to_be_changed() -> None:
    wish = plan(simulations=4)
    with EnginePipe() as engine:
        run = engine.send(ResumeRun(3, wish, run_log(wish, number=3), paused=True))
        engine.until(paused)
        assert not engine.reply(engine.send(Prune(3, (1,)))).error
        engine.reply(engine.send(Continue(3)))
        assert not engine.reply(run).error
        events = [type(record.event) for record in engine.records()]
    assert events == [RunResumed, Pruned, RunFinished]


def test_garbage_on_stdin_ends_the_engine_in_words(capfd: pytest.CaptureFixture[str]) -> None:
    with EnginePipe() as engine:
        engine.until(lambda frame: isinstance(frame, Hello))
        assert engine.process.stdin
        engine.process.stdin.write(b"\xff\xff\xff\xff garbage")
        engine.process.stdin.flush()
        assert engine.process.wait(20) == 0
    assert capfd.readouterr().err == "engine: the app sent bytes that are not a frame\n"


def test_the_end_of_stdin_ends_the_engine_in_the_middle_of_a_call() -> None:
    with EnginePipe(SCRIPTED, "30") as engine:
        engine.send(StartRun(1, plan(simulations=1000)))
        engine.until(lambda frame: isinstance(frame, Writing))
        assert engine.process.stdin
        engine.process.stdin.close()
        assert engine.process.wait(20) == 0


def test_two_runs_share_the_engine() -> None:
    with EnginePipe() as engine:
        requests = [engine.send(StartRun(number, plan(seed=number, simulations=15))) for number in (1, 2)]
        waiting = set(requests)
        while waiting:
            frame = engine.until(lambda frame: isinstance(frame, Reply))
            assert isinstance(frame, Reply)
            waiting.discard(frame.id)
    for number in (1, 2):
        log = [record for record in engine.records() if record.run == number]
        assert fold(log).iterations_done == 15


class _Stumbling(ScriptedPolicy):
    """Fails for one puzzle, as a model does whose context is too short for it."""

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        if any(request.problem.text == "2 3 4" for request in requests):
            raise ModelError("The problem is too long.")
        return super().sample(requests, watch)


class _OneShelf(Shelf):
    def policy(self, folder: str, thinking: bool = False) -> Policy:
        return _Stumbling()

    def verifiers(self, names: Sequence[str], policy: str = "") -> tuple[Verifier, ...]:
        return (ScriptedVerifier(),)


def _served(*commands: StartRun) -> list[AnyFrame]:
    """What a server in this thread says to `commands` until every run has had its final reply."""
    requests: Requests = queue.SimpleQueue()
    reader, frames = frame_reader(), list[AnyFrame]()

    def write(data: bytes) -> None:
        reader.feed(data)
        frames.extend(reader.messages())
        if sum(isinstance(frame, Reply) for frame in frames) == len(commands):
            requests.put(CLOSED)

    for number, command in enumerate(commands, 1):
        requests.put(Request(number, command))
    Server(requests, write, _OneShelf(), Process(0, "none")).serve()
    return frames


def test_a_run_that_fails_takes_no_other_with_it() -> None:
    frames = _served(StartRun(1, plan(simulations=6)), StartRun(2, plan(text="2 3 4")), StartRun(3, plan("cot")))
    errors = {frame.id: frame.error for frame in frames if isinstance(frame, Reply)}
    assert errors == {1: "", 2: "The problem is too long.", 3: ""}
    log = [record for frame in frames if isinstance(frame, Records) for record in frame.records]
    for number, wish in ((1, plan(simulations=6)), (3, plan("cot"))):
        assert _but_costs([record for record in log if record.run == number]) == _but_costs(run_log(wish))


def test_a_search_that_fails_while_it_chooses_ends_its_run_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def choose(_self: Mcts, _tree: Tree) -> int | None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(Mcts, "choose", choose)
    frames = _served(StartRun(1, plan(simulations=2)), StartRun(2, plan("cot")))
    replies = {frame.id: frame for frame in frames if isinstance(frame, Reply)}
    assert "fault of its own (ZeroDivisionError: a bug)" in replies[1].error
    assert "Traceback" in replies[1].detail
    assert not replies[2].error
    ends = {r.run: r.event for f in frames if isinstance(f, Records) for r in f.records}
    assert isinstance(ends[1], RunFinished)
    assert ends[1].reason == "failed"
