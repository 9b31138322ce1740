"""A log that comes into the engine in parcels: what is asked meanwhile waits, and it can be given up or be wrong."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from engine import parcels
from engine.commands import Ping, ReadOn, ResumeRun, StepPhase, Stop
from engine.events import Backpropagated, Record, RunResumed
from engine.frames import Reply, Status
from engine.parcels import in_parcels
from engine.tree import fold
from tests.helpers.engine_pipe import EnginePipe, paused
from tests.helpers.running import plan, resume_log, run_log

WISH = plan(simulations=12, width=3)
LOG = run_log(WISH)
HALF = LOG[:31]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "MOST_EVENTS", 10)


def wish(*, paused: bool = False) -> ResumeRun:
    return ResumeRun(1, WISH, HALF, paused)


def nodes(log: list[Record]) -> object:
    tree = fold(log)
    return [(node.step, node.visits, node.value_sum) for node in tree.nodes.values()]


def test_a_run_goes_on_from_parcels_as_from_one_piece() -> None:
    with EnginePipe() as engine:
        first, *others = [engine.send(parcel) for parcel in in_parcels(wish())]
        assert len(others) == 3
        replies = [engine.reply(request) for request in others]
        assert not any(reply.error for reply in replies)
        assert not engine.reply(first).error
        rest = engine.records()
    assert isinstance(rest[0].event, RunResumed)
    assert rest[0].seq == len(HALF) + 1
    assert nodes([*HALF, *rest]) == nodes(list(resume_log(WISH, HALF)))


def test_what_is_asked_meanwhile_is_done_when_it_is_there() -> None:
    with EnginePipe() as engine:
        begin, *rest = in_parcels(wish(paused=True))
        run = engine.send(begin)
        step = engine.send(StepPhase(1))
        for parcel in rest[:-1]:
            engine.send(parcel)
        engine.reply(engine.send(Ping()))
        assert not any(isinstance(frame, Reply) and frame.id == step for frame in engine.frames)
        engine.send(rest[-1])
        assert not engine.reply(step).error
        stepped = engine.until(paused)
        assert isinstance(stepped, Status)
        assert len(engine.records()) > 1, "it was resumed, and has made a step"
        engine.send(Stop(1))
        assert not engine.reply(run).error


def test_who_gives_up_leaves_nothing_behind() -> None:
    with EnginePipe() as engine:
        begin, then, *rest = in_parcels(wish())
        run = engine.send(begin)
        engine.send(then)
        step = engine.send(StepPhase(1))
        assert not engine.reply(engine.send(Stop(1))).error
        assert "Run 1 is not under way" in next(
            frame.error for frame in engine.frames if isinstance(frame, Reply) and frame.id == step
        )
        assert not engine.reply(run).error
        assert engine.reply(engine.send(rest[0])).error == "The log of run 1 is not wanted."
        assert not engine.records()
        again, *_ = [engine.send(parcel) for parcel in in_parcels(wish())]  # the number is free again
        assert not engine.reply(again).error
        assert engine.records()


def test_a_log_that_makes_no_sense_is_said_of_the_run() -> None:
    with EnginePipe() as engine:
        begin, then, *_ = in_parcels(wish())
        assert isinstance(then, ReadOn)
        spoilt = replace(then.records[3], event=Backpropagated(9, 10_000, 0.5, "prm"))
        run = engine.send(begin)
        part = engine.send(replace(then, records=(*then.records[:3], spoilt)))
        assert not engine.reply(part).error
        assert "names node 10000, which does not exist" in engine.reply(run).error
        assert "not under way" in engine.reply(engine.send(StepPhase(1))).error
        assert not engine.records()


def test_a_parcel_that_is_missing_is_found_out() -> None:
    with EnginePipe() as engine:
        begin, _, *rest = in_parcels(wish())
        run = engine.send(begin)
        engine.send(rest[0])
        assert engine.reply(run).error == "The log of run 1 lacks event 11: event 21 comes in its place."


def test_an_event_that_is_missing_within_a_parcel_is_found_out() -> None:
    """What comes would bear numbers that the log has already."""
    with EnginePipe() as engine:
        gone = replace(wish(), records=(*HALF[:5], *HALF[6:9]))
        assert engine.reply(engine.send(gone)).error == "The log of run 1 lacks event 6: event 7 comes in its place."


def test_a_run_arrives_only_once_at_a_time() -> None:
    with EnginePipe() as engine:
        begin, *rest = in_parcels(wish())
        run = engine.send(begin)
        assert engine.reply(engine.send(begin)).error == "Run 1 is under way already."
        for parcel in rest:
            engine.send(parcel)
        assert not engine.reply(run).error
