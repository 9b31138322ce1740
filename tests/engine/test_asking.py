"""Wishes in a real engine process (with scripted models): tasks, cancel in a call, breakpoints, one reply to each."""

from __future__ import annotations

import time
from typing import Any

from engine.breakpoints import IterationReached, TextMatched
from engine.commands import (
    Ask,
    CancelTask,
    Continue,
    Pause,
    Prune,
    ResumeRun,
    SetBreakpoints,
    StartRun,
    StepIteration,
    StepPhase,
    Stop,
)
from engine.events import Asked, AskEnded, Record, Selected
from engine.frames import AnyFrame, Records, Reply, Status, Writing
from engine.tree import fold
from tests.helpers.engine_pipe import SCRIPTED, EnginePipe, paused
from tests.helpers.invariants import check_tree
from tests.helpers.running import plan, run_log


def with_tasks(count: int, state: str = "") -> Any:
    return lambda frame: isinstance(frame, Status) and len(frame.tasks) == count and state in ("", frame.state)


def ready(engine: EnginePipe, **settings: object) -> int:
    """A run in pause after an iteration; the id of its request."""
    run = engine.send(StartRun(1, plan(width=3, **{"simulations": 30, **settings}), paused=True))  # type: ignore[arg-type]
    engine.until(paused)
    engine.reply(engine.send(StepIteration(1)))
    engine.until(paused)
    return run


def story(log: list[Record]) -> list[Asked | AskEnded]:
    return [record.event for record in log if isinstance(record.event, Asked | AskEnded)]


def test_a_wish_is_performed_in_a_pause_and_answered_once() -> None:
    with EnginePipe() as engine:
        run = ready(engine)
        request = engine.send(Ask(1, "deepen", 1, {"simulations": 3}))
        reply = engine.reply(request)
        born = reply.data.pop("born")
        assert reply.data == {"task": 1, "done": 3, "total": 3, "why": "", "given_up": False, "pruned": []}
        assert born
        replies = [frame for frame in engine.frames if isinstance(frame, Reply) and frame.id == request]
        assert [(frame.final, frame.data["task"]) for frame in replies] == [(False, 1), (True, 1)]
        engine.until(paused)
        tree = fold(engine.records())
        assert tree.nodes[1].visits >= 3
        assert tree.iterations_done == 4
        engine.reply(engine.send(Continue(1)))
        assert not engine.reply(run).error
        log = engine.records()
    check_tree(fold(log), log)


def test_tasks_wait_in_line_and_the_status_lists_them() -> None:
    with EnginePipe(SCRIPTED, "0.05") as engine:
        ready(engine)
        first = engine.send(Ask(1, "deepen", 1, {"simulations": 3}))
        second = engine.send(Ask(1, "alternatives", 2, {"samples": 2}))
        found = engine.until(with_tasks(2))
        assert isinstance(found, Status)
        assert [(task.task, task.node, task.total) for task in found.tasks] == [(1, 1, 3), (2, 2, 1)]
        assert found.tasks[1].words.startswith("alternatives of node 2")
        assert not engine.reply(first).error
        assert not engine.reply(second).error
        engine.until(with_tasks(0, "paused"))
        numbers = [event.task for event in story(engine.records())]
    assert numbers == [1, 1, 2, 2]


def test_a_task_is_cancelled_in_the_middle_of_a_model_call() -> None:
    with EnginePipe(SCRIPTED, "30") as engine:
        run = engine.send(StartRun(1, plan(simulations=1000), paused=True))
        engine.until(paused)
        asked = engine.send(Ask(1, "deepen", 0, {"simulations": 5}))
        engine.until(lambda frame: isinstance(frame, Writing))
        began = time.monotonic()
        assert not engine.reply(engine.send(CancelTask(1, 1))).error
        reply = engine.reply(asked) if not _answered(engine, asked) else _answer(engine, asked)
        assert reply.data["why"] == "Cancelled after 0 of 5."
        engine.until(with_tasks(0, "paused"))
        assert time.monotonic() - began < 5.0  # of 30
        assert "has ended already" in engine.reply(engine.send(CancelTask(1, 1))).error
        engine.reply(engine.send(Stop(1)))
        assert not engine.reply(run).error
        log = engine.records()
    assert isinstance(story(log)[-1], AskEnded)
    check_tree(fold(log), log)


def _answer(engine: EnginePipe, request: int) -> Reply:
    return next(frame for frame in engine.frames if isinstance(frame, Reply) and frame.id == request and frame.final)


def _answered(engine: EnginePipe, request: int) -> bool:
    return any(isinstance(frame, Reply) and frame.id == request and frame.final for frame in engine.frames)


def test_a_task_can_be_paused_and_stepped() -> None:
    with EnginePipe(SCRIPTED, "0.02") as engine:
        ready(engine)
        asked = engine.send(Ask(1, "deepen", 1, {"simulations": 40}))
        engine.until(
            lambda frame: isinstance(frame, Records) and any(isinstance(r.event, Selected) for r in frame.records)
        )
        engine.reply(engine.send(Pause(1)))
        engine.until(with_tasks(1, "paused"))
        before = len(engine.records())
        engine.reply(engine.send(StepPhase(1)))
        engine.until(with_tasks(1, "paused"))
        assert len(engine.records()) == before + 1
        engine.reply(engine.send(CancelTask(1, 1)))
        assert _answered(engine, asked)


def test_the_end_of_a_run_answers_every_wish() -> None:
    with EnginePipe(SCRIPTED, "0.05") as engine:
        run = ready(engine)
        asked = [engine.send(Ask(1, "deepen", node, {"simulations": 50})) for node in (1, 2)]
        engine.until(with_tasks(2))
        engine.reply(engine.send(Stop(1)))
        assert not engine.reply(run).error
        assert all(_answered(engine, request) for request in asked)
        assert {_answer(engine, request).data["why"] for request in asked} == {"The run ended."}


def test_what_cannot_be_asked_is_refused_in_words() -> None:
    with EnginePipe() as engine:
        ready(engine)
        wrong = [
            (Ask(1, "dance", 1), "There is nothing called 'dance' to ask for"),
            (Ask(1, "deepen", 99), "There is no node 99"),
            (Ask(1, "deepen", 1, {"simulations": 0}), "Simulations must be at least 1"),
            (Ask(1, "deepen", 1, {"speed": 3}), "no setting called 'speed'"),
            (Ask(7, "deepen", 1), "Run 7 is not under way"),
            (CancelTask(1, 5), "There is no task 5"),
            (SetBreakpoints(7, ()), "Run 7 is not under way"),
        ]
        for command, words in wrong:
            reply = engine.reply(engine.send(command))
            assert words in reply.error
            assert not reply.detail
        first = engine.send(Ask(1, "only", 1))
        late = engine.send(Ask(1, "deepen", 2))
        assert not engine.reply(first).error
        if not _answered(engine, late):
            engine.reply(late)
        assert "out of the search" in _answer(engine, late).error  # the tree had changed when its turn came


def test_a_breakpoint_pauses_the_run_and_the_status_says_which() -> None:
    with EnginePipe() as engine:
        run = engine.send(StartRun(1, plan(simulations=30, width=3), paused=True))
        engine.until(paused)
        assert not engine.reply(
            engine.send(SetBreakpoints(1, (IterationReached(4), TextMatched("no such text"))))
        ).error
        engine.reply(engine.send(Continue(1)))
        found = engine.until(lambda frame: isinstance(frame, Status) and frame.hit is not None)
        assert isinstance(found, Status)
        assert (found.state, found.iteration) == ("paused", 4)
        assert found.hit is not None
        assert found.hit.words == "Iteration 4 is done."
        engine.reply(engine.send(Continue(1)))
        assert not engine.reply(run).error
        last = [frame for frame in engine.frames if isinstance(frame, Status)][-1]
        assert last.hit is None


def test_a_finished_run_is_opened_again_for_a_wish() -> None:
    wish = plan(simulations=4, width=3)
    old = run_log(wish)
    with EnginePipe() as engine:
        run = engine.send(ResumeRun(1, wish, old, paused=True))
        reply = engine.reply(engine.send(Ask(1, "deepen", 1, {"simulations": 2})))
        assert reply.data["done"] == 2
        engine.reply(engine.send(Prune(1, (2,))))
        engine.reply(engine.send(Continue(1)))
        assert not engine.reply(run).error
        log = [*old, *engine.records()]
    asked = story(log)[0]
    assert isinstance(asked, Asked)
    assert asked.words.startswith("2 more simulations below node 1 (beyond the end of the run")
    check_tree(fold(log), log)


def test_what_is_asked_for_is_told_before_a_long_model_call() -> None:
    with EnginePipe(SCRIPTED, "30") as engine:
        engine.send(StartRun(1, plan(simulations=30), paused=True))
        engine.until(paused)
        asked = engine.send(Ask(1, "alternatives", 0, {"of": "children"}))
        found = engine.until(with_tasks(1, "running"), seconds=10)
        assert isinstance(found, Status)
        assert found.tasks[0].under_way
        engine.send(CancelTask(1, found.tasks[0].task))
        assert engine.reply(asked, seconds=10).data["given_up"]


def test_who_asks_and_then_pauses_gets_a_pause() -> None:
    with EnginePipe(SCRIPTED, "0.5") as engine:
        engine.send(StartRun(1, plan(simulations=1000)))
        engine.until(lambda frame: isinstance(frame, Writing))  # both are heard in the middle of a call
        asked = engine.send(Ask(1, "alternatives", 0, {"of": "children"}))
        assert not engine.reply(engine.send(Pause(1))).error
        found = engine.until(with_tasks(1, "paused"))
        assert isinstance(found, Status)
        assert not found.tasks[0].under_way
        assert not story(engine.records())
        engine.send(Continue(1))
        assert not engine.reply(asked).error
        assert len(story(engine.records())) == 2


def test_a_run_begins_and_goes_on_with_its_breakpoints() -> None:
    def hit(frame: AnyFrame) -> bool:
        return isinstance(frame, Status) and frame.hit is not None

    wish, at_once = plan(simulations=30, width=3), (IterationReached(1), IterationReached(2))
    with EnginePipe() as engine:
        engine.send(StartRun(1, wish, breakpoints=at_once))
        engine.until(hit)
        log = engine.records()
    assert fold(log).iterations_done == 1
    with EnginePipe() as engine:
        engine.send(ResumeRun(1, wish, tuple(log), breakpoints=at_once))
        engine.until(hit)
        assert fold([*log, *engine.records()]).iterations_done == 2
