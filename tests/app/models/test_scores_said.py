"""Later scores taken back: whatever scorers said in whatever order, the word before stands again, and only that."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.scores_said import ScoresSaid, joined
from app.models.shown_run import ShownRun
from app.models.to_score import RunToScore
from app.undo import UndoHistory
from engine.commands import KeepScores, RunPlan
from engine.events import AnyEvent, Record, Rescored, RolledOut, RolloutScores, Score, Unscored
from engine.tree import Tree, fold
from tests.helpers.rich_log import rich_log

SEARCHED = rich_log(2, finished=False)
PLAYED = [RolledOut(3, node, ("Answer: 24",), "24", None, None) for node in (1, 2)]
NODES = st.sets(st.integers(1, 8), max_size=4)
PLACES = ((1, 0), (2, 0))


@st.composite
def said(draw: st.DrawFn) -> Rescored:
    scorer, model = draw(st.sampled_from(["a", "b"])), draw(st.sampled_from(["one", "one", "two"]))
    nodes, silent = draw(NODES), draw(NODES)
    value = draw(st.floats(0, 1))
    scores = tuple(Score(node, value, "prm", scorer) for node in sorted(nodes))
    unscored = tuple(Unscored(node, f"why {value}") for node in sorted(silent - nodes))
    rollouts = tuple(RolloutScores(node, number, (value,)) for node, number in PLACES if draw(st.booleans()))
    return Rescored(scores, scorer, "", ends=tuple(draw(NODES)), rollouts=rollouts, unscored=unscored, model=model)


def log(*events: AnyEvent) -> list[Record]:
    return [Record(1, seq, 1.0 * seq, event) for seq, event in enumerate((*_events(), *PLAYED, *events), 1)]


def _events() -> list[AnyEvent]:
    return [record.event for record in SEARCHED]


def words(tree: Tree) -> tuple[object, ...]:
    """All that scorers said, those with nothing to say left out."""
    tables = (tree.rescored, tree.unscored, tree.rescored_rollouts)
    return tuple({scorer: found for scorer, found in table.items() if found} for table in tables)


def asked(events: list[Record]) -> dict[tuple[str, str], set[int]]:
    run = RunToScore(1, RunPlan("game24", "4 9 10 13", "mcts", {}))
    run._take(events)
    return {key: ends for key, ends in run.asked.items() if ends}


@settings(max_examples=40)
@given(st.lists(said(), min_size=1, max_size=5))
def test_what_is_taken_back_is_as_if_it_had_not_been_said(events: list[Rescored]) -> None:
    known, inverses = ScoresSaid(), []
    for event in events:
        inverses.append(known.take(event))
    for count in range(len(events), 0, -1):
        before, done = log(*events[: count - 1]), [*events, *reversed(inverses[count - 1 :])]
        assert words(fold(log(*done))) == words(fold(before))
        if len({event.model for event in events}) == 1:
            assert asked(log(*done)) == asked(before)


@settings(max_examples=40)
@given(said(), said())
def test_parcels_are_taken_back_together(one: Rescored, other: Rescored) -> None:
    known = ScoresSaid()
    inverses = known.take(one), known.take(other)
    if one.scorer == other.scorer and one.model == other.model and not _meet(one, other):
        assert words(fold(log(one, other, joined(*inverses)))) == words(fold(log()))
        assert words(fold(log(joined(one, other)))) == words(fold(log(one, other)))


def _meet(one: Rescored, other: Rescored) -> bool:
    def about(event: Rescored) -> set[object]:
        nodes = (*(score.node for score in event.scores), *(one.node for one in event.unscored), *event.ends)
        return {*nodes, *((one.node, one.rollout) for one in event.rollouts)}

    return bool(about(one) & about(other))


def test_the_parcels_of_one_scorer_are_one_edit_and_another_scorers_are_another() -> None:
    shown = ShownRun()
    shown.show(1, log())
    done: list[KeepScores] = []

    def perform(wish: object, answered: object) -> None:
        assert isinstance(wish, KeepScores)
        done.append(wish)
        shown.append([Record(1, shown.total + 1, 100.0, wish.scores)])
        answered("")  # type: ignore[operator] # it hears why not

    history = UndoHistory(shown, perform)
    parcels = [Rescored((Score(node, 0.5, "prm", "a"),), "a", model="one") for node in (1, 2, 3)]
    other = Rescored((Score(1, 0.5, "prm", "b"),), "b", model="one")
    again = Rescored((Score(1, 0.75, "prm", "a"),), "a", model="one")
    for place, event in enumerate((*parcels, other, again), 1):
        shown.append([Record(1, shown.total + 1, 50.0 + place, event)])
    assert [edit.words for edit in history.edits] == ["later scores by a", "later scores by b", "later scores by a"]
    history.go_to(0)
    assert not history.done
    assert words(shown.tree) == ({}, {}, {})
    assert len(done) == 3
    history.go_to(3)
    assert words(shown.tree) == words(fold(log(*parcels, other, again)))
