"""Labelled traces of number puzzles for the process reward model, with many kinds of slips. Knows no model.

A step's label is 1 while every step so far was legal and exact and the target can still be reached; the answer's label
is 1 where the answer is right. Labels come from the exact solver and the rules, never from samples.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from engine.learning.number_puzzles import Thought, answer_text, draw_puzzle, novice_moves, step_text
from engine.problems.countdown import (
    MAX_DENOMINATOR,
    MAX_NUMERATOR,
    Move,
    State,
    Value,
    by_size,
    can_reach,
    children,
    combine,
    options,
    state_of,
)
from engine.problems.game24 import Game24
from engine.scores.exact import exact_labels, read_state

SLIP_SHARE = 0.45
UNLABELLED = -1


@dataclass(frozen=True, slots=True)
class Trace:
    """A prompt, the steps of a completion and a label per step, 0 or 1. A last step with a line end is not the end."""

    prompt: str
    steps: tuple[str, ...]
    labels: tuple[int, ...]
    given: str = ""
    """What stands between prompt and steps, e.g. the opening of a thought."""


def label_steps(puzzle: Game24, steps: Sequence[str]) -> tuple[int, ...]:
    """The exact label of each step of any completion, however broken."""
    return tuple([int(label is True) for label in exact_labels(puzzle, steps)])


def draw_trace(rng: random.Random, slip_share: float = SLIP_SHARE) -> Trace:
    return trace_of(draw_puzzle(rng, 0.72), rng, slip_share)


def trace_of(puzzle: Game24, rng: random.Random, slip_share: float = SLIP_SHARE) -> Trace:
    """One played trace; with chance `slip_share` one of its lines is wrong or illegal."""
    played = _play(puzzle, rng, slip_share)
    steps = (*map(step_text, played.moves), played.answer)
    return Trace(puzzle.prompt, steps, label_steps(puzzle, steps))


def draw_opening(rng: random.Random) -> Trace:
    """Only the first step or two: the hardest positions to judge, at a third of a whole trace's tokens."""
    puzzle = draw_puzzle(rng, 0.75)
    target = (puzzle.target, 1)
    state, moves = state_of(puzzle.numbers), list[Move]()
    length = 1 if rng.random() < 0.75 else 2
    slip_at = rng.randrange(length) if rng.random() < 0.25 else None
    while len(moves) < length and children(state):
        move = _next_move(state, target, 0.4, rng, any_legal=0.3)
        moves.append(_slipped(move, target, rng) if slip_at == len(moves) else move)
        state = moves[-1].state
    steps = tuple(map(step_text, moves))
    return Trace(puzzle.prompt, steps, label_steps(puzzle, steps))


def draw_fractions(rng: random.Random) -> Trace:
    """One or two steps that make fractions: few of them win, and those few decide the puzzles that need them."""
    puzzle = draw_puzzle(rng, 0.8)
    target, state, moves = (puzzle.target, 1), state_of(puzzle.numbers), list[Move]()
    for _ in range(1 if rng.random() < 0.5 else 2):
        every = children(state)
        if not every:
            break
        fractions = [] if moves else [move for move in every if move.result[1] > 1]
        winning = [move for move in fractions or every if can_reach(move.state, target)]
        moves.append(rng.choice(winning if winning and rng.random() < 0.6 else fractions or every))
        state = moves[-1].state
    steps = tuple(map(step_text, moves))
    return Trace(puzzle.prompt, steps, label_steps(puzzle, steps))


def draw_thought_trace(rng: random.Random) -> Trace:
    """A long thought, its tries labelled as steps of their own line of play, then the clean steps and the answer."""
    puzzle = draw_puzzle(rng, 0.72)
    thought = Thought.think(puzzle, rng)
    tries = [_try_label(puzzle, line) for line in thought.lines]
    moves = thought.path if thought.solved else novice_moves(puzzle, rng)
    shown = (*map(step_text, moves), answer_text(puzzle.numbers, moves))
    steps = (*thought.lines, "</think>\n" + shown[0], *shown[1:])
    return Trace(puzzle.prompt, steps, (*tries, *label_steps(puzzle, shown)), "<think>\n")


def _try_label(puzzle: Game24, line: str) -> int:
    """Tries of a made thought are legal, so the numbers left say all; other lines carry no label."""
    if not line.startswith("Try "):
        return UNLABELLED
    left = line.rpartition("(left: ")[2].removesuffix(")\n")
    return int(can_reach(read_state(left), (puzzle.target, 1)))


@dataclass(frozen=True, slots=True)
class _Played:
    moves: tuple[Move, ...]
    answer: str


def _play(puzzle: Game24, rng: random.Random, slip_share: float) -> _Played:
    """Moves of mixed quality. After a slip the play goes on well, so that a good ending cannot excuse it."""
    target = (puzzle.target, 1)
    state = state_of(puzzle.numbers)
    insight = rng.choice((0.3, 0.6, 0.85))
    slip_at = rng.randrange(len(state)) if rng.random() < slip_share else None
    moves: list[Move] = []
    while children(state):  # none are left for one number, nor where a slip made the numbers too large
        move = _next_move(state, target, insight, rng)
        if slip_at == len(moves):
            move, insight = _slipped(move, target, rng), 0.85
        moves.append(move)
        state = move.state
    answer = answer_text(puzzle.numbers, moves)
    if slip_at == len(moves):
        answer = _slipped_answer(answer, puzzle, rng)
    if rng.random() < 0.5 and not puzzle.check_answer(answer).correct:
        answer = f"{answer.rpartition('=')[0]}= {puzzle.target}"
    return _Played(tuple(moves), answer)


def _next_move(state: State, target: Value, insight: float, rng: random.Random, any_legal: float = 0.1) -> Move:
    choices = options(state, target)
    if choices.good and rng.random() < insight:
        return rng.choice(choices.good)
    return rng.choice(children(state) if rng.random() < any_legal else choices.plain)


def _slipped(move: Move, target: Value, rng: random.Random) -> Move:
    """A wrong or illegal variant of a move; seven times in ten one from which the target seems in reach."""
    slips = [_one_slip(move, rng) for _ in range(6)]
    tempting = [slip for slip in slips if _tempts(slip, target)]
    return rng.choice(tempting) if tempting and rng.random() < 0.7 else slips[0]


def _tempts(slip: Move, target: Value) -> bool:
    return can_reach(slip.state, target)


def _one_slip(move: Move, rng: random.Random) -> Move:
    kind = rng.random()
    if kind < 0.3:
        return _wrong_result(move, rng)
    if kind < 0.45:
        return _wrong_list(move, rng)
    return _illegal_number(move, rng)


def _wrong_result(move: Move, rng: random.Random) -> Move:
    result = (abs(move.result[0] + rng.choice((-10, -5, -2, -1, 1, 2, 5, 10))), 1)
    return move._replace(result=result, state=_exchanged(move, result))


def _wrong_list(move: Move, rng: random.Random) -> Move:
    """One number of the list is another one, is missing, or was used and is still there."""
    values = list(move.state)
    kind = rng.random()
    if kind < 0.5:
        values[rng.randrange(len(values))] = (rng.randint(1, 24), 1)
    elif kind < 0.75 and len(values) > 1:
        values.pop(rng.randrange(len(values)))
    else:
        values.append(rng.choice((move.left, move.right)))
        values.pop(rng.randrange(len(values)))
    return move._replace(state=tuple(sorted(values, key=by_size)))


def _illegal_number(move: Move, rng: random.Random) -> Move:
    """One number is exchanged for one that is not at hand, or used twice; the arithmetic and the list go along."""
    kept, gone = (move.left, move.right) if rng.random() < 0.5 else (move.right, move.left)
    kind = rng.random()
    if kind < 0.35:
        other = kept
    elif kind < 0.65:
        other = (rng.randint(1, 20), 1)
    elif kind < 0.8 and len(move.state) > 1:
        other = rng.choice([value for value in move.state if value != move.result] or [kept])
    else:
        other = (max(1, gone[0] + rng.choice((-2, -1, 1, 2))), 1)
    large, small = (kept, other) if by_size(kept) >= by_size(other) else (other, kept)
    op = rng.choice("+-*/") if rng.random() < 0.6 else move.op
    result = combine(large, op, small)
    if result is None or result[0] > MAX_NUMERATOR or result[1] > MAX_DENOMINATOR:
        op, result = "+", combine(large, "+", small)
    assert result is not None
    return Move(large, op, small, result, _exchanged(move, result))


def _exchanged(move: Move, result: Value) -> State:
    rest = list(move.state)
    rest.remove(move.result)
    return tuple(sorted((*rest, result), key=by_size))


def _slipped_answer(answer: str, puzzle: Game24, rng: random.Random) -> str:
    """The answer line with one operator or one number of its expression exchanged."""
    expression, _, value = answer.removeprefix("Answer: ").partition(" = ")
    words = expression.replace("(", "( ").replace(")", " )").split()
    operators = [place for place, word in enumerate(words) if word in "+-*/"]
    numbers = [place for place, word in enumerate(words) if word[0].isdigit()]
    if rng.random() < 0.5:
        place = rng.choice(operators)
        words[place] = rng.choice([op for op in "+-*/" if op != words[place]])
    else:
        place = rng.choice(numbers)
        words[place] = str(rng.choice(puzzle.numbers) if rng.random() < 0.6 else rng.randint(1, 20))
    changed = " ".join(words).replace("( ", "(").replace(" )", ")")
    return f"Answer: {changed} = {value}"
