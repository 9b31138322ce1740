"""Borders, labels and verdicts: what a person says of traces is checked, folded, taken back, and asked of an engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest

from engine import remarking
from engine.commands import AnyRemark, JudgeRollout, LabelStep, MoveBorders, RateStep, StartRun, Stop
from engine.editing import EditError
from engine.events import (
    Admission,
    BordersMoved,
    Rescored,
    RolledOut,
    RolloutJudged,
    RolloutScores,
    Score,
    StepLabelled,
    StepRated,
    Unscored,
)
from engine.tree import Tree, TreeError, apply
from tests.engine.test_edits import begun
from tests.engine.test_run_traces import HIDDEN, SHOWN, own_run
from tests.helpers.engine_pipe import SCRIPTED, EnginePipe
from tests.helpers.running import go, plan

PLAYED = RolledOut(1, 1, ("Answer: 12",), "12", None, None)
LENGTH = len("".join((*HIDDEN, *SHOWN)))


def tree_of(*events: BordersMoved | StepLabelled | StepRated | RolloutJudged) -> Tree:
    tree = own_run(HIDDEN, SHOWN, PLAYED)
    for event in events:
        apply(event, tree)
    return tree


@pytest.mark.parametrize(
    ("wish", "event"),
    [
        (MoveBorders(1, 5, (0, LENGTH)), BordersMoved(5, (0, LENGTH))),
        (MoveBorders(1, 4, ()), BordersMoved(4, ())),
        (LabelStep(1, 5, 0, 19, "check"), StepLabelled(5, 0, 19, "check")),
        (LabelStep(1, 4, 0, 9, ""), StepLabelled(4, 0, 9, "")),
        (LabelStep(1, 4, 0, 4, "plan"), StepLabelled(4, 0, 4, "plan")),
        (RateStep(1, 3, -1), StepRated(3, -1)),
        (RateStep(1, 4, 0), StepRated(4, 0)),
        (RateStep(1, 4, None), StepRated(4, None)),
        (JudgeRollout(1, 1, 0, "admits"), RolloutJudged(1, 0, "admits")),
    ],
)
def test_a_wish_becomes_an_event_that_folds(
    wish: AnyRemark, event: BordersMoved | StepLabelled | StepRated | RolloutJudged
) -> None:
    tree = tree_of(BordersMoved(4, (3,)), StepLabelled(4, 0, 9, "plan"), StepRated(4, 1))
    assert remarking.said(tree, wish) == event
    apply(event, tree)
    with pytest.raises(EditError):
        remarking.said(tree, wish)


def test_the_last_word_counts_and_an_empty_one_takes_it_back() -> None:
    said = tree_of(BordersMoved(5, (3,)), StepLabelled(5, 0, 9, "plan"), RolloutJudged(1, 0, "silent"))
    assert (said.borders, said.verdicts) == ({5: (3,)}, {(1, 0): "silent"})
    assert said.labels[5][0].label == "plan"
    for event in (BordersMoved(5, ()), StepLabelled(5, 0, 9, ""), RolloutJudged(1, 0, "")):
        apply(event, said)
    assert (said.borders, said.labels, said.verdicts) == ({}, {}, {})


def test_ratings_of_people_and_of_datasets_stand_side_by_side() -> None:
    said = tree_of(StepRated(3, 1, "PRM800K"), StepRated(3, -1), StepRated(4, 0))
    assert said.ratings == {3: {"PRM800K": 1, "": -1}, 4: {"": 0}}
    for node in (3, 4, 4):
        apply(StepRated(node, None), said)
    assert said.ratings == {3: {"PRM800K": 1}}


def test_scores_asked_for_afterwards_are_kept_apart_from_those_of_the_search() -> None:
    first, later = Score(3, 0.25, "prm", "other"), Score(3, 0.5, "prm", "other")
    tree = tree_of()
    before = tree.nodes[3].scores, tree.nodes[3].mark, tree.cost
    apply(Rescored((first, Score(4, 0.75, "prm", "other")), "other"), tree)
    apply(Rescored((later,), "other"), tree)
    assert tree.rescored == {"other": {3: later, 4: Score(4, 0.75, "prm", "other")}}
    assert (tree.nodes[3].scores, tree.nodes[3].mark, tree.cost) == before
    apply(Rescored((), "other", unscored=(Unscored(5, "no verdict"),), spec="prm:folder/other"), tree)
    assert (tree.unscored, tree.scorer_specs) == ({"other": {5: "no verdict"}}, {"other": "prm:folder/other"})
    with pytest.raises(TreeError, match="node 99"):
        apply(Rescored((), "other", unscored=(Unscored(99, ""),)), tree)
    with pytest.raises(TreeError, match="node 99"):
        apply(Rescored((first, Score(99, 0.5, "prm", "other")), "other"), tree)
    assert tree.rescored["other"][3] == later


def test_what_another_model_of_a_name_said_is_forgotten() -> None:
    tree = tree_of()
    old = Score(3, 0.25, "prm", "mine"), Score(4, 0.5, "prm", "mine")
    apply(Rescored(old, "mine", unscored=(Unscored(5, "blank"),), model="a"), tree)
    apply(Rescored((Score(4, 0.75, "prm", "other"),), "other", model="b"), tree)
    new = Score(4, 1.0, "prm", "mine")
    apply(Rescored((new,), "mine", model="c"), tree)
    assert tree.rescored["mine"] == {4: new}
    assert "mine" not in tree.unscored
    assert tree.rescored["other"] == {4: Score(4, 0.75, "prm", "other")}
    assert tree.changed == (3, 4)
    apply(Rescored((Score(3, 0.0, "prm", "mine"),), "mine", model="c"), tree)
    assert set(tree.rescored["mine"]) == {3, 4}


@pytest.mark.parametrize(
    ("attempt", "why"),
    [
        (lambda tree: remarking.borders_moved(tree, 99, (1,)), "There is no node 99"),
        (lambda tree: remarking.borders_moved(tree, 5, (9, 3)), "must ascend"),
        (lambda tree: remarking.borders_moved(tree, 5, (3, 3)), "must ascend"),
        (lambda tree: remarking.borders_moved(tree, 5, (-1,)), "outside of the trace"),
        (lambda tree: remarking.borders_moved(tree, 1, (LENGTH,)), "outside of the trace, which has 19 characters"),
        (lambda tree: remarking.borders_moved(tree, 5, ()), "are where they were found"),
        (lambda tree: remarking.step_labelled(tree, 1, 0, 20, "plan"), "no text from 0 to 20"),
        (lambda tree: remarking.step_labelled(tree, 1, 5, 5, "plan"), "no text from 5 to 5"),
        (lambda tree: remarking.step_labelled(tree, 1, 0, 5, "guess"), "no function called 'guess'; there are: setup"),
        (lambda tree: remarking.step_labelled(tree, 1, 0, 5, ""), "has no label by hand"),
        (lambda tree: remarking.step_rated(tree, 0, 1), "root cannot be rated"),
        (lambda tree: remarking.step_rated(tree, 3, 2), "not 2"),
        (lambda tree: remarking.step_rated(tree, 3, None), "is not rated"),
        (lambda tree: remarking.step_rated(tree, 99, 1), "There is no node 99"),
        (lambda tree: remarking.rollout_judged(tree, 1, 1, "admits"), "has no rollout 2: it has 1"),
        (lambda tree: remarking.rollout_judged(tree, 1, -1, "admits"), "has no rollout 0"),
        (lambda tree: remarking.rollout_judged(tree, 1, 0, cast(Admission, "odd")), "admit or to be silent"),
        (lambda tree: remarking.rollout_judged(tree, 1, 0, ""), "Nothing was said"),
    ],
)
def test_every_refusal_is_a_sentence(attempt: Callable[[Tree], object], why: str) -> None:
    with pytest.raises(EditError, match=why) as refused:
        attempt(tree_of())
    assert str(refused.value).endswith(".")


def test_it_changes_nothing_in_a_search() -> None:
    live, other = begun([], simulations=10, paused=True), begun([], simulations=10, paused=True)
    ahead = live.run._move
    live.run.say(MoveBorders(1, 1, (2,)))
    live.run.say(LabelStep(1, 1, 0, 2, "compute"))
    assert live.run._move is ahead
    for each in (live, other):
        each.run.pace.go_on()
        go(each)
    assert live.run.tree.borders == {1: (2,)}
    assert {node: entry.visits for node, entry in live.run.tree.nodes.items()} == {
        node: entry.visits for node, entry in other.run.tree.nodes.items()
    }


def test_an_engine_obeys_at_once_and_says_why_not() -> None:
    with EnginePipe(SCRIPTED) as engine:
        engine.send(StartRun(1, plan(simulations=2), paused=True))
        assert not engine.reply(engine.send(MoveBorders(1, 0, (0,)))).error
        refused = engine.reply(engine.send(LabelStep(1, 0, 0, 5, "plan"))).error
        assert refused == "There is no text from 0 to 5 in the trace, which has 0 characters."
        assert engine.records()[-1].event == BordersMoved(0, (0,))
        engine.reply(engine.send(Stop(1)))


def test_scores_of_a_rollouts_steps_are_kept_by_its_number() -> None:
    tree = own_run(HIDDEN, SHOWN, PLAYED)
    apply(Rescored((), "other", ends=(1,), rollouts=(RolloutScores(1, 0, (0.5,)),)), tree)
    assert tree.rescored_rollouts == {"other": {(1, 0): (0.5,)}}
    assert tree.rescored == {"other": {}}
    for node, number in ((1, -1), (1, 1), (2, 0)):
        event = Rescored((), "other", rollouts=(RolloutScores(node, number, (0.5,)),))
        with pytest.raises(TreeError, match="Rescored names rollout"):
            apply(event, tree)
        with pytest.raises(EditError, match="has no rollout"):
            remarking.rescored(tree, event)
