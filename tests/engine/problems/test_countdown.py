"""The exact solver against brute force, and the held-out rule."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest

from engine.problems import held_out
from engine.problems.countdown import can_reach, children, combine, luck, options, reachable, show, state_of
from engine.problems.game24 import Game24


def brute_force(values: tuple[Fraction, ...]) -> set[Fraction]:
    """Every value of all numbers, by trying all orders; the solver leaves negative values out, they never help."""
    if len(values) == 1:
        return {values[0]}
    found = set()
    for a, b, *rest in permutations(values):
        for result in {a + b, a - b, a * b, *([a / b] if b else [])}:
            found |= brute_force((result, *rest))
    return found


@pytest.mark.parametrize("numbers", [(1, 1, 1), (2, 3, 7), (5, 5, 1), (3, 8, 8), (6, 6, 6)])
def test_reachable_is_what_brute_force_finds(numbers: tuple[int, ...]) -> None:
    wanted = {abs(value) for value in brute_force(tuple(map(Fraction, numbers)))}
    assert {Fraction(*value) for value in reachable(state_of(numbers))} == wanted


def test_famous_puzzles() -> None:
    assert can_reach(state_of((3, 3, 8, 8)), (24, 1))
    assert not can_reach(state_of((3, 3, 8, 8)), (24, 1), whole=True)
    assert can_reach(state_of((4, 9, 10, 13)), (24, 1), whole=True)
    assert not can_reach(state_of((1, 1, 1, 1)), (24, 1))


def test_every_move_is_legal_for_the_rules() -> None:
    puzzle = Game24((3, 5, 8, 12))
    for move in children(state_of(puzzle.numbers)):
        left = " ".join(map(show, move.state))
        line = f"{show(move.left)} {move.op} {show(move.right)} = {show(move.result)} (left: {left})\n"
        assert puzzle.check_step([line]).correct is True, line


def test_good_moves_keep_the_target_in_reach_and_others_do_not() -> None:
    state, target = state_of((4, 9, 10, 13)), (24, 1)
    good = set(options(state, target).good)
    assert good
    for move in children(state):
        assert (move in good) == can_reach(move.state, target, whole=True)


def test_nothing_negative_and_no_division_by_zero() -> None:
    assert combine((3, 1), "-", (5, 1)) is None
    assert combine((3, 1), "/", (0, 1)) is None
    assert combine((3, 1), "/", (6, 1)) == (1, 2)


def test_luck_is_a_chance() -> None:
    assert luck(((24, 1),), (24, 1)) == 1.0
    assert luck(state_of((2, 12)), (24, 1)) == 0.25  # 14, 10, 24, 6; 1/6 is not plain


def test_the_held_out_sets_are_disjoint_and_never_train() -> None:
    dev, hard, ranked = map(set, (held_out.dev_puzzles(), held_out.hard_puzzles(), held_out.ranks_901_1000()))
    assert len(dev) == len(hard) == len(ranked) == 100
    assert len(held_out.held_out()) == 300
    assert not held_out.held_out() & set(held_out.train_puzzles())
    assert len(held_out.train_puzzles()) == 1362 - 300


def test_the_held_out_sets_do_not_change() -> None:
    """Published figures and the shipped models depend on these."""
    assert held_out.dev_puzzles()[:2] == ((6, 6, 10, 13), (2, 6, 6, 9))
    assert held_out.hard_puzzles()[:2] == ((2, 3, 4, 13), (1, 2, 8, 8))
    assert held_out.ranks_901_1000()[0] == (4, 5, 6, 10)
    assert held_out.ranks_901_1000()[-1] == (4, 9, 10, 13)
