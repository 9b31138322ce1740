"""Gliding cards and played phases, with a clock made of numbers."""

from __future__ import annotations

import numpy as np
import pytest

from app.canvas.effects import PLAY, TOO_FAST, Effect, Playback, latest_effect, rollouts_under_way
from app.canvas.focus import Interest
from app.canvas.motion import GLIDE, GROW, Motion
from app.canvas.scene import build_scene
from engine.events import Backpropagated, Expanded, NewNode, RolledOut, RunFinished, Selected
from engine.frames import Branch
from tests.app.canvas.trees import Search


def test_cards_glide_and_arrive() -> None:
    search, motion = Search(width=3).run(1), Motion()
    motion.go_to(build_scene(search.tree, Interest()), 0.0, None)
    before = motion.places(0.0).copy()
    assert not motion.moving(1.0)
    search.run(3)
    motion.go_to(build_scene(search.tree, Interest()), 10.0, None)
    halfway, arrived = motion.places(10 + GLIDE / 2), motion.places(10 + GLIDE)
    place = motion.scene.of_node(1)
    assert place is not None
    assert np.array_equal(motion.places(10.0)[place], before[1])
    assert np.array_equal(arrived, motion.scene.places)
    assert not np.array_equal(halfway, arrived)
    assert motion.moving(10.05)
    assert not motion.moving(10 + max(GLIDE, GROW))


def test_the_anchor_keeps_its_place_and_everything_else_moves_around_it() -> None:
    search, motion = Search(width=4, seed=5).run(6), Motion()
    motion.go_to(build_scene(search.tree, Interest()), 0.0, None)
    place = motion.scene.of_node(3)
    assert place is not None
    before = motion.scene.places[place].copy()
    search.run(20)
    motion.go_to(build_scene(search.tree, Interest(3)), 9.0, ("node", 3, 0))
    after = motion.scene.of_node(3)
    assert after is not None
    for moment in (9.0, 9.05, 20.0):
        assert motion.places(moment)[after] == pytest.approx(before)


def test_a_new_node_takes_the_card_of_the_text_that_was_being_written() -> None:
    search, motion = Search(), Motion()
    motion.go_to(build_scene(search.tree, Interest(), [Branch(0, 0, "a"), Branch(0, 1, "b")]), 0.0, None)
    written = motion.scene.places[motion.scene.index["writing", 0, 1]].copy()
    search.happen(Expanded(1, 0, (NewNode(1, "a", 0.5), NewNode(2, "b", 0.4), NewNode(3, "c", 0.1))))
    motion.go_to(build_scene(search.tree, Interest()), 5.0, None)
    place = motion.scene.of_node(2)
    assert place is not None
    assert motion.places(5.0)[place] == pytest.approx(written)
    assert motion.presence(5.0)[place] == 1  # it was there before it had a number
    unwritten = motion.scene.of_node(3)
    assert unwritten is not None
    assert motion.presence(5.0)[unwritten] == 0
    assert motion.presence(5 + GROW)[unwritten] == 1


def test_nothing_moves_when_all_that_was_written_is_born() -> None:
    search, motion = Search(), Motion()
    branches = [Branch(0, index, "x") for index in range(3)]
    motion.go_to(build_scene(search.tree, Interest(), branches), 0.0, None)
    before = motion.places(1.0).copy()
    search.happen(Expanded(1, 0, tuple(NewNode(node, f"step {node}", 0.3) for node in (1, 2, 3))))
    motion.go_to(build_scene(search.tree, Interest(active=(0,))), 5.0, ("node", 0, 0))
    assert np.array_equal(motion.places(5.0), before)
    assert not motion.moving(5.0)


def test_without_animation_cards_are_there_at_once() -> None:
    search, motion = Search().run(1), Motion()
    motion.go_to(build_scene(search.tree, Interest()), 0.0, None, animated=False)
    search.run(5)
    motion.go_to(build_scene(search.tree, Interest()), 1.0, None, animated=False)
    assert not motion.moving(1.0)
    assert np.array_equal(motion.places(1.0), motion.scene.places)
    assert (motion.presence(1.0) == 1).all()


def effects(search: Search) -> dict[str, Effect]:
    """The last effect of every phase, replayed from the log."""
    found: dict[str, Effect] = {}
    for cursor in range(1, len(search.records) + 1):
        _, effect = latest_effect(search.records, cursor, search.tree)
        if effect is not None:
            found[effect.phase] = effect
    return found


def test_every_phase_has_its_effect() -> None:
    search = Search(seed=2).run(12)
    found = effects(search)
    last = {type(record.event): record.event for record in search.records}
    selected, expanded, credited = last[Selected], last[Expanded], last[Backpropagated]
    assert isinstance(selected, Selected)
    assert isinstance(expanded, Expanded)
    assert isinstance(credited, Backpropagated)
    assert found["selection"].path == selected.path
    assert found["expansion"].nodes == tuple(new.node for new in expanded.children)
    assert found["backpropagation"].value == credited.value
    assert found["backpropagation"].path[-1] == credited.leaf
    assert [found[phase].number for phase in ("selection", "expansion", "simulation", "backpropagation")] == [
        0,
        1,
        2,
        3,
    ]


def test_a_finished_run_plays_nothing() -> None:
    search = Search().run(3)
    search.happen(RunFinished("budget", "done", None, None, None, ""))
    assert latest_effect(search.records, len(search.records), search.tree)[1] is None
    assert latest_effect(search.records, 0, search.tree)[1] is None


def test_rollouts_have_a_card_until_the_next_selection() -> None:
    search = Search().run(1)
    rollout = RolledOut(2, 1, ("4 * 6 = 24",), "24", 1.0, "rule")
    search.happen(Selected(2, 1, (0, 1), "UCT", ()))
    search.happen(rollout)
    assert rollouts_under_way(search.records, len(search.records)) == {1: rollout}
    search.happen(Selected(3, 1, (0, 1), "UCT", ()))
    assert rollouts_under_way(search.records, len(search.records)) == {}


def test_an_effect_is_played_once_and_stays() -> None:
    playback, effect = Playback(), Effect("selection", (0, 1))
    playback.show(4, effect, 10.0)
    assert [playback.progress(10 + PLAY * share) for share in (0, 0.5, 1, 3)] == pytest.approx([0, 0.5, 1, 1])
    playback.show(4, effect, 11.0)
    assert playback.progress(11.0) == 1
    assert not playback.playing(11.0)


def test_phases_that_follow_each_other_fast_are_shown_at_their_end() -> None:
    playback, now = Playback(), 10.0
    playback.show(0, Effect("selection", (0,)), now)
    for event in range(1, 50):
        now += TOO_FAST / 2
        playback.show(event, Effect("expansion", (), (event,)), now)
        assert playback.progress(now) == 1


def test_without_animation_effects_are_at_their_end() -> None:
    playback = Playback()
    playback.show(1, Effect("selection", (0, 1)), 10.0, animated=False)
    assert playback.progress(10.0) == 1
    playback.show(2, Effect("expansion", (), (1,)), 20.0)
    playback.show(2, Effect("expansion", (), (1,)), 20.0, animated=False)
    assert playback.progress(20.0) == 1
