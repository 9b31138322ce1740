"""An engine process and an app that works off events slowly, or not at all: who acknowledges is waited for."""

from __future__ import annotations

import queue
from collections.abc import Sequence

import pytest

from engine.commands import (
    Ack,
    Ask,
    Continue,
    InsertStep,
    Note,
    Pause,
    Ping,
    Prune,
    Request,
    StartRun,
    Stop,
)
from engine.events import Expanded, Noted, Pruned, Record, RunFinished, RunStarted, Selected
from engine.frames import AnyFrame, Records, Reply, Status, frame_reader
from engine.outbox import MAX_RECORDS, WINDOW
from engine.policies import Policy, Sampled, SampleRequest, Watch
from engine.process import Process
from engine.server import CLOSED, Requests, Server
from engine.shelf import Shelf
from engine.tree import fold
from engine.verifiers import Verifier
from tests.helpers.engine_pipe import EnginePipe
from tests.helpers.invariants import check_tree
from tests.helpers.running import plan, scripted_verifiers
from tests.helpers.scripted import ScriptedPolicy

LONG = plan(simulations=1_200, width=30)
"""About four times as many events as the window."""
ONE_TURN = 16
"""Events that a turn of the engine may add at most: a move of the one run, and what is said around it."""

RUN = 2
"""The request whose reply ends the run of `standing`."""


def standing(engine: EnginePipe) -> int:
    """Let the engine run until it waits for the app; how many events it is ahead by then."""
    engine.send(Ack(0))
    assert engine.send(StartRun(1, LONG)) == RUN
    engine.until(lambda _: len(engine.records()) >= WINDOW)
    engine.reply(engine.send(Ping()))  # answered while it waits, and nothing has come before it but what was under way
    return len(engine.records())


def test_it_is_never_further_ahead_than_the_window() -> None:
    with EnginePipe() as engine:
        ahead = standing(engine)
        assert WINDOW <= ahead < WINDOW + ONE_TURN
        for _ in range(3):
            engine.reply(engine.send(Ping()))
            assert len(engine.records()) == ahead
        for done in range(MAX_RECORDS, 5 * MAX_RECORDS, MAX_RECORDS):
            engine.send(Ack(MAX_RECORDS))
            engine.until(lambda _, done=done: len(engine.records()) >= done + WINDOW)  # type: ignore[misc]
            engine.reply(engine.send(Ping()))
            assert len(engine.records()) < done + WINDOW + ONE_TURN
        log = engine.records()
    assert [record.seq for record in log] == list(range(1, len(log) + 1))


def test_an_app_that_does_not_acknowledge_is_not_waited_for() -> None:
    with EnginePipe() as engine:
        request = engine.send(StartRun(1, LONG))
        assert not engine.reply(request).error
        log = engine.records()
    assert len(log) > 3 * WINDOW
    assert isinstance(log[-1].event, RunFinished)


def test_an_app_that_keeps_up_gets_all_of_it() -> None:
    with EnginePipe() as engine:
        engine.send(Ack(0))
        request = engine.send(StartRun(1, LONG))

        def over(frame: AnyFrame) -> bool:
            if isinstance(frame, Records):
                engine.send(Ack(len(frame.records)))
            return isinstance(frame, Reply) and frame.id == request

        engine.until(over)
        log = engine.records()
    assert isinstance(log[-1].event, RunFinished)
    check_tree(fold(log), log)


def test_a_stop_is_obeyed_while_it_waits() -> None:
    with EnginePipe() as engine:
        standing(engine)
        engine.send(Stop(1))
        engine.until(lambda frame: isinstance(frame, Reply) and frame.id == RUN)
        end = engine.records()[-1].event
    assert isinstance(end, RunFinished)
    assert end.reason == "stopped"


def test_a_pause_holds_and_is_told_while_it_waits() -> None:
    with EnginePipe() as engine:
        ahead = standing(engine)
        engine.send(Pause(1))
        engine.until(lambda frame: isinstance(frame, Status) and frame.state == "paused")
        engine.send(Ack(ahead))
        engine.reply(engine.send(Ping()))
        assert len(engine.records()) == ahead
        engine.reply(engine.send(Continue(1)))
        engine.until(lambda _: len(engine.records()) > ahead)


def test_edits_and_remarks_are_obeyed_while_it_waits_and_a_wish_is_taken_up() -> None:
    with EnginePipe() as engine:
        ahead = standing(engine)
        assert not engine.reply(engine.send(Note(1, 0, "slow"))).error
        assert not engine.reply(engine.send(Prune(1, (2,)))).error
        assert "out of the search" in engine.reply(engine.send(InsertStep(1, 2, "1 + 1 = 2 (left: 2)"))).error
        asked = engine.send(Ask(1, "deepen", 1, {"simulations": 2}))
        engine.until(lambda frame: isinstance(frame, Status) and len(frame.tasks) == 1)
        kinds = [type(record.event) for record in engine.records()[ahead:]]
        assert kinds[:2] == [Noted, Pruned]
        engine.send(Ack(ahead))
        assert not engine.reply(asked).error
        log: list[Record] = engine.records()
    check_tree(fold(log), log)


def test_the_end_of_the_app_ends_it_while_it_waits() -> None:
    with EnginePipe() as engine:
        standing(engine)
        assert engine.process.stdin
        engine.process.stdin.close()
        assert engine.process.wait(20) == 0


class Overheard(ScriptedPolicy):
    """Somebody stops the run in the middle of its call, and the call is over before it hears of it."""

    def __init__(self, requests: Requests) -> None:
        super().__init__()
        self._requests = requests

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        answer = super().sample(requests, watch)
        self._requests.put(Request(9, Stop(1)))
        watch.cancelled()
        return answer


class OneShelf(Shelf):
    def __init__(self, policy: Policy) -> None:
        super().__init__()
        self._only = policy

    def policy(self, folder: str, thinking: bool = False) -> Policy:
        return self._only

    def verifiers(self, names: Sequence[str], policy: str = "") -> tuple[Verifier, ...]:
        return tuple(scripted_verifiers(names))


class Commands(queue.SimpleQueue[Request | None]):
    """Nothing more comes: who waits for it would wait for ever."""

    def get(self, block: bool = True, timeout: float | None = None) -> Request | None:
        assert not block or not self.empty(), "the engine waits"
        return super().get(block, timeout)


def test_a_stop_that_came_in_a_model_call_is_obeyed_though_the_window_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.outbox.WINDOW", 3)  # the beginning, a selection, and what comes of the call
    requests, reader, frames = Commands(), frame_reader(), list[AnyFrame]()

    def write(data: bytes) -> None:
        reader.feed(data)
        frames.extend(reader.messages())
        if any(isinstance(frame, Reply) and frame.id == 1 for frame in frames):
            requests.put(CLOSED)

    requests.put(Request(0, Ack(0)))
    requests.put(Request(1, StartRun(1, plan(simulations=5))))
    Server(requests, write, OneShelf(Overheard(requests)), Process(0, "none")).serve()
    log = [record for frame in frames if isinstance(frame, Records) for record in frame.records]
    assert [type(record.event) for record in log] == [RunStarted, Selected, Expanded, RunFinished]
