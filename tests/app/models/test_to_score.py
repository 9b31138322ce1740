"""Which traces are asked about, in which order and parcels, and what the answers become."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models import to_score
from app.models.to_score import Asked, Count, Feed, Meet, Parcel, feed, rescored
from engine.commands import RunPlan
from engine.events import Cost, Record, Rescored, Unscored
from engine.frames import ScoresFound, TraceScores
from engine.scores.traces import traces_of
from engine.search.votes import ended
from engine.tree import Tree, fold
from storage.session import Session
from tests.helpers.running import plan, run_log


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.create(tmp_path / "a.espalier") as made:
        yield made


def add(session: Session, wish: RunPlan) -> tuple[int, Tree]:
    run = session.new_run(wish)
    log = run_log(wish, number=run)
    session.append(log)
    return run, fold(log)


def fed(source: Feed, *names: str | ScoresFound) -> tuple[list[Meet | Parcel], int]:
    """All that the feed wants, with `names` for answers, and how often it rested."""
    wanted, rests, answers = list[Meet | Parcel](), 0, iter(names)
    answer: ScoresFound | None = None
    while True:
        try:
            one = next(source) if answer is None else source.send(answer)
        except StopIteration:
            return wanted, rests
        said = next(answers) if isinstance(one, Meet) else None
        answer = ScoresFound(said, "prm") if isinstance(said, str) else said
        if one is None:
            rests += 1
        else:
            wanted.append(one)


def asked_in(wanted: list[Meet | Parcel]) -> list[Asked]:
    return [one for each in wanted if isinstance(each, Parcel) for one in each.asked]


def answers(asked: list[Asked], scorer: str = "other", model: str = "") -> ScoresFound:
    """Every step gets its number among the steps, as a share."""
    traces = (
        TraceScores(tuple(number / 100 for number in range(len(one.trace.steps))), cost=Cost(scored=1)) for one in asked
    )
    return ScoresFound(scorer, "prm", "a-recipe", tuple(traces), model=model)


def test_every_ended_trace_is_asked_about_once_in_the_order_of_the_tree(session: Session) -> None:
    run, tree = add(session, plan("beam", beams=8))
    count = Count()
    wanted, _ = fed(feed(session, [run], False, count), "other")
    asked = asked_in(wanted)
    ends = {node.id for node in ended(tree)}
    assert {one.nodes[-1] for one in asked} == ends
    assert len(asked) == len(ends) == count.found == count.total
    for one in asked:
        assert one.trace.steps == tree.steps(one.nodes[-1])
        assert one.trace.ended
        assert (one.trace.problem, one.trace.text) == ("game24", "4 9 10 13")
    paths = [one.nodes for one in asked]
    firsts = [path[0] for path in paths]
    assert len(set(firsts)) == len(
        [first for place, first in enumerate(firsts) if place == 0 or first != firsts[place - 1]]
    )


def test_traces_that_end_in_rollouts_are_asked_about_and_their_scores_are_kept(session: Session) -> None:
    run, tree = add(session, plan("mcts", value="rollout", simulations=6))
    asked = asked_in(fed(feed(session, [run], False, Count()), "other")[0])
    traces = traces_of(tree, run, "other")
    assert sorted((one.nodes, one.rollout or -1) for one in asked) == sorted(
        (trace.nodes, trace.rollout or -1) for trace in traces
    )
    played = next(one for one in asked if one.rollout is not None)
    assert played.trace.ended
    assert played.trace.steps == tree.steps(played.end) + tree.nodes[played.end].rollouts[played.rollout or 0].steps
    event = rescored(asked, answers(asked), Count(), "prm:other")[run]
    session.append([Record(run, session.info(run).events + 1, 0.0, event)])
    for trace in traces_of(fold(session.records(run)), run, "other"):
        assert trace.scores == tuple(number / 100 for number in range(len(trace.scores)))
    assert asked_in(fed(feed(session, [run], False, Count()), "other")[0]) == []


def test_who_spoke_in_the_run_is_not_asked_again_unless_wished(session: Session) -> None:
    run, _ = add(session, plan("self-consistency", samples=4))
    assert asked_in(fed(feed(session, [run], False, Count()), "other")[0])
    log = session.records(run)
    spoke = {score.verifier for node in fold(log).nodes.values() for score in node.scores}
    for name in spoke:
        assert asked_in(fed(feed(session, [run], False, Count()), name)[0]) == []
        assert len(asked_in(fed(feed(session, [run], True, Count()), name)[0])) == 4


def test_what_it_left_out_is_not_asked_again(session: Session) -> None:
    run, _ = add(session, plan("self-consistency", samples=4))
    count = Count()
    asked = asked_in(fed(feed(session, [run], False, count), "other")[0])
    silent = ScoresFound("other", "orm", traces=tuple(TraceScores((None,) * len(one.nodes)) for one in asked))
    events = rescored(asked[:3], ScoresFound("other", "orm", traces=silent.traces[:3]), count, "orm")
    assert events[run].scores == ()
    session.append([Record(run, session.info(run).events + 1, 0.0, events[run])])
    left = asked_in(fed(feed(session, [run], False, Count()), "other")[0])
    assert [one.nodes[-1] for one in left] == [asked[3].nodes[-1]]


def test_another_model_of_the_name_is_asked_anew_and_goes_on_where_it_was_left(session: Session) -> None:
    run, _ = add(session, plan("self-consistency", samples=4))

    def told(model: str, most: int) -> tuple[int, int]:
        count = Count()
        asked = asked_in(fed(feed(session, [run], False, count), ScoresFound("mine", "prm", model=model))[0])
        said = answers(asked[:most], "mine", model)
        for event in rescored(asked[:most], said, Count(), "prm:mine").values():
            session.append([Record(run, session.info(run).events + 1, 0.0, event)])
        return len(asked), count.anew

    assert told("a", 4) == (4, 0)
    assert told("a", 4) == (0, 0)
    assert told("b", 1) == (4, 1)
    assert told("b", 3) == (3, 0), "one of them is its own word by now"
    assert told("b", 4) == (0, 0)
    assert told("a", 4) == (4, 1)


def test_answers_become_one_event_for_each_run_and_each_node_once(session: Session) -> None:
    runs = [add(session, plan("beam", seed=seed, beams=8))[0] for seed in range(2)]
    count = Count()
    asked = asked_in(fed(feed(session, runs, False, count), "other")[0])
    events = rescored(asked, answers(asked), count, "prm:other")
    assert set(events) == set(runs)
    assert count.scored == len(asked) == sum(len(event.ends) for event in events.values())
    for run, event in events.items():
        nodes = [score.node for score in event.scores]
        assert len(nodes) == len(set(nodes))
        assert set(nodes) == {node for one in asked if one.of.run == run for node in one.nodes}
        assert (event.scorer, event.recipe, event.spec) == ("other", "a-recipe", "prm:other")
        assert event.cost.scored == len(event.ends)
        assert {score.verifier for score in event.scores} == {"other"}


def test_why_a_step_has_no_score_is_kept(session: Session) -> None:
    run, _ = add(session, plan("self-consistency", samples=1))
    asked = asked_in(fed(feed(session, [run], False, Count()), "other")[0])
    steps, blank = asked[0].nodes, ("",) * (len(asked[0].nodes) - 2)
    said = TraceScores((0.5, *(None,) * (len(steps) - 1)), ("fine", "no verdict", *blank))
    event = rescored(asked, ScoresFound("other", "prm", traces=(said,)), Count(), "prm:other")[run]
    assert event.unscored == (Unscored(steps[1], "no verdict"),)
    assert [(score.node, score.note) for score in event.scores] == [(steps[0], "fine")]


def test_a_trace_without_any_score_is_counted_with_the_first_reason(session: Session) -> None:
    run, _ = add(session, plan("self-consistency", samples=2))
    count = Count()
    asked = asked_in(fed(feed(session, [run], False, count), "other")[0])
    none = TraceScores((None,) * len(asked[0].nodes), ("", "no verdict"))
    rescored(asked, ScoresFound("other", "prm", traces=(none, TraceScores((0.0,)))), count, "prm:other")
    assert (count.scored, count.silent, count.why_silent) == (2, 1, "no verdict")


def test_a_trace_that_failed_is_said_and_stays_to_be_asked(session: Session) -> None:
    run, _ = add(session, plan("self-consistency", samples=2))
    count = Count()
    asked = asked_in(fed(feed(session, [run], False, count), "other")[0])
    found = answers(asked)
    found = ScoresFound("other", "prm", traces=(TraceScores(failed="Step 2 is too long."), found.traces[1]))
    events = rescored(asked, found, count, "prm:other")
    assert count.said == [f"Run {run}, trace to node {asked[0].nodes[-1]}: Step 2 is too long."]
    assert (count.scored, count.failed, count.done) == (1, 1, 2)
    session.append([Record(run, session.info(run).events + 1, 0.0, events[run])])
    left = asked_in(fed(feed(session, [run], False, Count()), "other")[0])
    assert [one.nodes[-1] for one in left] == [asked[0].nodes[-1]]


def test_parcels_are_small_and_of_one_policy(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(to_score, "MOST_TRACES", 3)
    wishes = [plan("self-consistency", seed=seed, samples=4) for seed in range(3)]
    runs = [add(session, wish)[0] for wish in wishes]
    other = RunPlan("game24", "4 9 10 13", "self-consistency", {"samples": 1}, policy="elsewhere", verifiers=("prm",))
    runs.append(add(session, other)[0])
    wanted, rests = fed(feed(session, runs, False, Count()), "one", "two")
    assert [type(one) for one in wanted] == [Meet, *[Parcel] * 4, Meet, Parcel]
    assert [len(one.asked) for one in wanted if isinstance(one, Parcel)] == [3, 3, 3, 3, 1]
    assert [one.policy for one in wanted] == [""] * 5 + ["elsewhere"] * 2
    assert rests >= len(runs)
    monkeypatch.setattr(to_score, "MOST_CHARACTERS", 1)
    wanted, _ = fed(feed(session, runs[:1], False, Count()), "one")
    assert [len(one.asked) for one in wanted if isinstance(one, Parcel)] == [1] * 4


def test_the_total_is_what_is_known_so_far(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [add(session, plan("self-consistency", seed=seed, samples=2))[0] for seed in range(4)]
    count = Count(runs=4)
    assert count.total == 0
    source = feed(session, runs, False, count)
    while not isinstance(next(source), Meet):
        pass
    source.send(ScoresFound("other", "prm"))
    while count.read < 2:
        next(source)
    assert (count.found, count.total) == (4, 8)
    monkeypatch.setattr(to_score, "MOST_TRACES", 3)
    source = feed(session, runs, False, count := Count(runs=4))
    while not isinstance(next(source), Meet):
        pass
    source.send(ScoresFound("other", "prm"))
    while not isinstance(next(source), Parcel):
        pass
    assert (count.found, count.total) == (3, 8)  # in the middle of the second run


def test_a_run_that_holds_nothing_asks_nothing(session: Session) -> None:
    empty = session.new_run(plan())
    wanted, _ = fed(feed(session, [empty], False, Count()), "other")
    assert asked_in(wanted) == []
    assert not any(isinstance(record.event, Rescored) for record in session.records(empty))
