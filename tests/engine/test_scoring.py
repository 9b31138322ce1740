"""Scores after the fact: chunks, what fails, giving up; and beside a run, in a real engine process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace

import msgspec
import pytest

from engine.commands import (
    CancelScoring,
    KeepScores,
    Pause,
    Ping,
    Prune,
    Request,
    Restore,
    ScoreTraces,
    StartRun,
    Stop,
    TraceToScore,
)
from engine.events import Cost, Rescored, RunFinished, Score
from engine.frames import Records, Reply, ScoresFound, TraceScores
from engine.policies import Cancelled, ModelError, OutOfReachError, Watch
from engine.scoring import MOST, MOST_FAILURES, MOST_STEPS, Scoring
from engine.shelf import Shelf
from engine.tree import fold
from engine.verifiers import ScoreRequest, Scores, StepScores, Verifier
from tests.helpers.engine_pipe import SCRIPTED, EnginePipe, paused
from tests.helpers.running import plan
from tests.helpers.scripted import ScriptedVerifier

STEPS = ("4 + 9 = 13 (left: 10 13 13)\n", "13 - 13 = 0 (left: 0 10)\n", "Answer: 1 = 1")


def trace(*steps: str, text: str = "4 9 10 13") -> TraceToScore:
    return TraceToScore("game24", text, steps or STEPS, ended=True)


def found(reply: Reply) -> ScoresFound:
    return msgspec.convert(reply.data, ScoresFound)


@dataclass
class Desk:
    """A Scoring whose verifier and clock are set by hand; `served` is what it was asked and how many at once."""

    answer: Callable[[ScoreRequest], StepScores] = lambda request: StepScores((0.5,) * len(request.steps))
    slow: float = 0.0
    """Seconds that a trace takes."""
    cancelled: bool = False
    calls: list[int] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now = 0.0
        desk = self

        class One:
            name, source, recipe = "one", "prm", SimpleNamespace(name="made-up")

            def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
                desk.calls.append(len(requests))
                if watch.cancelled():
                    raise Cancelled
                desk.now += desk.slow * len(requests)
                return Scores(tuple(map(desk.answer, requests)))

        class OneShelf(Shelf):
            def verifiers(self, names: Sequence[str], policy: str = "") -> tuple[Verifier, ...]:
                if names != ("one",):
                    raise ModelError(f"There is no verifier called {names[0]!r}.")
                return (One(),)  # type: ignore[return-value] # its source is a str

        self.scoring = Scoring(OneShelf(), self.replies.append, lambda: self.cancelled, lambda: self.now)

    def serve(self, *traces: TraceToScore, verifier: str = "one") -> ScoresFound:
        """All that was said of the traces; the last reply's word in the rest."""
        self.scoring.take(Request(7, ScoreTraces(verifier, "", traces)))
        while self.scoring.wish is not None:
            self.scoring.turn()
        assert [reply.final for reply in self.replies] == [False] * (len(self.replies) - 1) + [True]
        all_of_it = tuple(one for reply in self.replies for one in found(reply).traces)
        return msgspec.structs.replace(found(self.replies[-1]), traces=all_of_it)


def test_every_trace_gets_its_scores_in_order_with_what_the_scorer_is() -> None:
    channels = ((("good", 2.5),), (), (("good", -1.0), ("bad", float("inf"))))

    def answer(request: ScoreRequest) -> StepScores:
        assert request.ended
        cost = Cost(calls=1)
        return StepScores((0.25, None, len(request.steps[0]) / 100), ("a", "", "b"), channels, 12, cost)

    desk = Desk(answer)
    said = desk.serve(*[trace("x" * size, "y", "z") for size in range(1, 11)])
    assert (said.scorer, said.source, said.recipe, said.cancelled) == ("one", "prm", "made-up", False)
    assert [one.values for one in said.traces] == [(0.25, None, size / 100) for size in range(1, 11)]
    assert said.traces[0].notes == ("a", "", "b")
    assert said.traces[0].channels == ((("good", 2.5),), (), (("good", -1.0),))  # what is no number is left out
    assert (said.traces[0].cost.scored, said.traces[0].cost.calls) == (12, 1)


def test_without_traces_it_only_says_what_it_is() -> None:
    desk = Desk()
    assert desk.serve() == ScoresFound("one", "prm", "made-up")
    assert desk.calls == []


def test_calls_grow_while_the_scorer_is_fast_and_shrink_to_one_trace_where_it_is_slow() -> None:
    fast, slow = Desk(), Desk(slow=3.0)
    many = [trace(f"step {number}") for number in range(600)]
    assert len(fast.serve(*many).traces) == 600
    assert fast.calls[:5] == [4, 8, 16, 32, 64]
    assert max(fast.calls) == MOST
    assert len(slow.serve(*many[:10]).traces) == 10
    assert slow.calls == [4, 2, 1, 1, 1, 1]


def test_traces_of_one_problem_are_asked_with_one_seed() -> None:
    seeds: list[int] = []

    def answer(request: ScoreRequest) -> StepScores:
        seeds.append(request.seed)
        return StepScores((0.5,) * len(request.steps))

    Desk(answer).serve(trace("a", "b"), trace("a", "c"), trace("a", text="1 2 3 4"))
    assert seeds[0] == seeds[1] != seeds[2]


def test_long_traces_are_asked_in_small_calls_so_that_an_answer_fits_into_a_frame() -> None:
    desk = Desk()
    many = [trace(*["a step"] * (MOST_STEPS // 2), text="4 9 10 13") for _ in range(6)]
    huge = trace(*["a step"] * (3 * MOST_STEPS))
    assert [len(one.values) for one in desk.serve(huge, *many).traces] == [3 * MOST_STEPS, *[MOST_STEPS // 2] * 6]
    assert desk.calls == [1, 2, 2, 2]


def test_a_trace_that_fails_is_named_and_takes_no_other_with_it() -> None:
    def answer(request: ScoreRequest) -> StepScores:
        if request.steps[0] == "bad":
            raise ModelError("Step 3 holds the separator.")
        return StepScores((0.5,) * len(request.steps) if request.steps[0] != "short" else ())

    said = Desk(answer).serve(trace("a"), trace("bad"), trace("short"), trace("b"), trace("c", text="4 9 ten"))
    assert [one.failed for one in said.traces[:4]] == [
        "",
        "Step 3 holds the separator.",
        "The scorer gave another number of scores than there are steps: 0 for 1 step.",
        "",
    ]
    assert "ten" in said.traces[4].failed
    assert [one.values for one in said.traces] == [(0.5,), (), (), (0.5,), ()]


@pytest.mark.parametrize("value", [float("nan"), 1.5, -0.1])
def test_what_is_no_score_is_none(value: float) -> None:
    said = Desk(lambda _: StepScores((0.5, value))).serve(trace("a", "b"))
    assert said.traces[0].values == ()
    assert "for step 2, which is no number from 0 to 1" in said.traces[0].failed


def test_a_scorer_that_always_fails_is_given_up() -> None:
    def answer(_: ScoreRequest) -> StepScores:
        raise ModelError("No memory.")

    desk = Desk(answer)
    with pytest.raises(ModelError, match=rf"^{MOST_FAILURES} traces failed one after the other, .*: No memory\.$"):
        desk.serve(*[trace(f"step {number}") for number in range(100)])
    assert desk.scoring.wish is None
    assert sum(desk.calls) < 40


def test_failures_of_one_wish_do_not_count_for_the_next() -> None:
    def answer(_: ScoreRequest) -> StepScores:
        raise ModelError("No memory.")

    desk = Desk(answer)
    for _ in range(3):
        desk.replies.clear()
        assert {one.failed for one in desk.serve(*[trace("a")] * (MOST_FAILURES - 1)).traces} == {"No memory."}


def test_a_server_out_of_reach_ends_the_wish_at_once() -> None:
    def answer(_: ScoreRequest) -> StepScores:
        raise OutOfReachError("It does not answer.")

    desk = Desk(answer)
    with pytest.raises(OutOfReachError):
        desk.serve(trace("a"), trace("b"))
    assert desk.calls == [2]


def test_a_call_that_is_interrupted_is_made_again() -> None:
    desk = Desk(cancelled=True)
    desk.scoring.take(Request(7, ScoreTraces("one", "", (trace("a"), trace("b")))))
    desk.scoring.turn()
    assert desk.replies == []
    desk.cancelled = False
    desk.scoring.turn()
    assert [len(found(reply).traces) for reply in desk.replies] == [2, 0]
    assert desk.calls == [2, 2]


def test_giving_up_keeps_what_was_told() -> None:
    desk = Desk(slow=1.0)
    desk.scoring.take(Request(7, ScoreTraces("one", "", tuple(trace(f"{number}") for number in range(50)))))
    desk.scoring.turn()
    desk.scoring.cancel(8)  # nobody's
    desk.scoring.cancel(7)
    desk.scoring.turn()
    assert [len(found(reply).traces) for reply in desk.replies] == [4, 0]
    assert found(desk.replies[-1]).cancelled
    assert desk.scoring.wish is None


# -- in an engine process


def test_a_run_goes_on_beside_it_and_gets_the_same_scores_kept() -> None:
    with EnginePipe() as engine:
        run = engine.send(StartRun(1, plan(simulations=30)))
        scoring = engine.send(ScoreTraces("prm", "", (trace(),) * 500))
        waiting, order = {run, scoring}, list[object]()
        while waiting:
            frame = engine.until(lambda frame: isinstance(frame, Reply | Records))
            order.append(frame.id if isinstance(frame, Reply) else "events")
            if isinstance(frame, Reply) and frame.final:
                assert not frame.error
                waiting.discard(frame.id)
        between = order[order.index(scoring) : len(order) - order[::-1].index(scoring)]
        assert "events" in between  # it took turns with the run
        said = [one for frame in engine.frames if isinstance(frame, Reply) and frame.id == scoring
                for one in found(frame).traces]  # fmt: skip
        expected = ScriptedVerifier().score([ScoreRequest(None, STEPS, True)], Watch())  # type: ignore[arg-type]
        assert {one.values for one in said} == {expected.traces[0].values}
        assert len(said) == 500


def test_scores_are_kept_in_a_paused_run_and_in_none_that_is_over() -> None:
    event = Rescored((Score(1, 0.25, "prm", "other"),), "other", "a recipe", Cost(scored=3), (1,))
    with EnginePipe() as engine:
        run = engine.send(StartRun(1, plan(simulations=4)))
        assert not engine.reply(run).error
        assert "not under way" in engine.reply(engine.send(KeepScores(1, event))).error
        engine.send(StartRun(2, plan("cot"), paused=True))
        engine.until(paused)
        assert "no node 1" in engine.reply(engine.send(KeepScores(2, event))).error
        root = msgspec.structs.replace(event, scores=(Score(0, 0.25, "prm", "other"),), ends=(0,))
        assert not engine.reply(engine.send(KeepScores(2, root))).error
        log = [record for record in engine.records() if record.run == 2]
    assert log[-1].event == root
    tree = fold(log)
    assert tree.rescored == {"other": {0: root.scores[0]}}
    assert tree.root.scores == ()


def test_pause_stop_and_cancel_are_heard_and_errors_are_sentences() -> None:
    with EnginePipe(SCRIPTED, "0.02") as engine:
        run = engine.send(StartRun(1, plan(simulations=1000)))
        engine.until(lambda frame: isinstance(frame, Records))
        scoring = engine.send(ScoreTraces("prm", "", (trace(),) * 20_000))
        engine.until(lambda frame: isinstance(frame, Reply) and frame.id == scoring)
        assert not engine.reply(engine.send(Pause(1))).error
        engine.until(paused)
        assert not engine.reply(engine.send(Stop(1))).error
        engine.reply(run)
        assert not engine.reply(engine.send(CancelScoring(scoring))).error
        end = engine.reply(scoring)
        assert found(end).cancelled
        assert not end.error
        said = sum(len(found(frame).traces) for frame in engine.frames if isinstance(frame, Reply)
                   and frame.id == scoring)  # fmt: skip
        assert 0 < said < 20_000
        assert not engine.reply(engine.send(Ping())).error
        assert isinstance(engine.records()[-1].event, RunFinished)


def test_a_scorer_that_takes_minutes_keeps_nobody_waiting() -> None:
    with EnginePipe() as engine:
        run = engine.send(StartRun(1, plan(simulations=1000)))
        engine.until(lambda frame: isinstance(frame, Records) and len(fold(engine.records()).nodes) > 1)
        scoring = engine.send(ScoreTraces("endless", "", (trace(),)))
        engine.send(Pause(1))
        engine.until(paused, seconds=10)
        assert not engine.reply(engine.send(Prune(1, (1,)))).error
        assert not engine.reply(engine.send(Restore(1, (1,)))).error
        assert not engine.reply(engine.send(Stop(1))).error
        assert not engine.reply(run).error
        assert isinstance(engine.records()[-1].event, RunFinished)
        assert not [frame for frame in engine.frames if isinstance(frame, Reply) and frame.id == scoring]
        engine.send(CancelScoring(scoring))
        assert found(engine.reply(scoring)).cancelled


def test_a_scorer_that_is_not_there_is_said() -> None:
    with EnginePipe("engine") as engine:
        reply = engine.reply(engine.send(ScoreTraces("prm:/nowhere/at/all", "", (trace(),))))
        assert "/nowhere/at/all" in reply.error
        assert not reply.detail
        beginning = TraceToScore("game24", "4 9 10 13", STEPS[:1], ended=False)
        ask = engine.send(ScoreTraces("prm", "", (trace(), beginning)))
        assert not engine.reply(ask).error
        partial = [frame for frame in engine.frames if isinstance(frame, Reply) and frame.id == ask and not frame.final]
    assert found(partial[0]).scorer == "prm"
    both: list[TraceScores] = [one for frame in partial for one in found(frame).traces]
    assert both[0].values[0] == pytest.approx(both[1].values[0], abs=1e-4)
    assert all(value is not None and 0 < value < 1 for one in both for value in one.values)
    assert both[0].cost.scored > 0
