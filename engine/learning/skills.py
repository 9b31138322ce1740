"""What a policy of number puzzles is asked in a search: first steps, proposals, judgements, votes, answers at once.

The texts of the questions are those of `engine.prompts`; the answers come from the exact solver. Knows no model.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

from engine import prompts
from engine.learning.number_puzzles import (
    Example,
    answer_text,
    draw_puzzle,
    novice_moves,
    step_text,
    written,
)
from engine.learning.number_traces import draw_trace
from engine.problems.countdown import Move, State, Value, can_reach, children, options, reachable, state_of
from engine.problems.game24 import Game24
from engine.problems.held_out import all_multisets, solvable


def draw_opening(rng: random.Random) -> Example:
    """One step that keeps the target in reach, from any state: the position that decides most."""
    puzzle, moves = _advanced(rng, (0.7, 0.25, 0.05))
    state = moves[-1].state if moves else state_of(puzzle.numbers)
    good, plain = options(state, (puzzle.target, 1))
    given = "".join(map(step_text, moves))
    return Example(puzzle.prompt, given, step_text(rng.choice(good or plain)), ends=False)


def draw_proposals(rng: random.Random) -> Example:
    """The list of all next steps, in a fixed order: what is possible, whether it is good or not."""
    puzzle, moves = _advanced(rng, (0.5, 0.4, 0.1))
    if moves and rng.random() < 0.5:
        moves = _any_moves(puzzle, rng, len(moves))  # so that fractions are met as well
    turn = prompts.propose(puzzle, tuple(map(step_text, moves))).turn
    return Example(turn, "", "".join(map(step_text, children(_state(puzzle, moves)))))


def draw_value(rng: random.Random) -> Example:
    """`sure` where several first moves win, `likely` where one does, else `impossible`."""
    puzzle, moves = _judged(rng)
    turn = prompts.value(puzzle, tuple(map(step_text, moves))).turn
    return Example(turn, "", value_word(_state(puzzle, moves), (puzzle.target, 1)))


def draw_scale(rng: random.Random) -> Example:
    puzzle, moves = _judged(rng)
    turn = prompts.scale(puzzle, tuple(map(step_text, moves))).turn
    return Example(turn, "", str(grade(_state(puzzle, moves), (puzzle.target, 1))))


def draw_answer_value(rng: random.Random) -> Example:
    """The judgement of an answer line: `sure` if it is right, else `impossible`; or 10 and 1."""
    trace = draw_trace(rng)
    puzzle = Game24.parse(trace.prompt)
    right = bool(puzzle.check_answer(trace.steps[-1]).correct)
    if rng.random() < 0.5:
        return Example(prompts.value(puzzle, trace.steps).turn, "", prompts.WORDS[0 if right else 2])
    return Example(prompts.scale(puzzle, trace.steps).turn, "", "10" if right else "1")


def draw_check(rng: random.Random) -> Example:
    """(A) while every step so far was legal and exact and the target can still be reached."""
    trace = draw_trace(rng)
    count = rng.randint(1, len(trace.steps))
    turn = prompts.check(Game24.parse(trace.prompt), trace.steps[:count]).turn
    return Example(turn, "", "A" if trace.labels[count - 1] else "B")


def draw_vote(rng: random.Random) -> Example:
    """The best of two to five next steps: the one that wins in the most ways, the first of equals."""
    puzzle, moves = _advanced(rng, (0.6, 0.4, 0.0))
    target = (puzzle.target, 1)
    state = _state(puzzle, moves)
    good, plain = options(state, target)
    chosen = list(rng.sample(plain, min(len(plain), rng.randint(1, 4))))
    chosen += [move for move in rng.sample(good, min(len(good), 1)) if move not in chosen]
    rng.shuffle(chosen)
    best = max(range(len(chosen)), key=lambda at: (ways(chosen[at].state, target), -at))
    steps = tuple(map(step_text, moves))
    turn = prompts.vote(puzzle, steps, [(step_text(move),) for move in chosen]).turn
    return Example(turn, "", str(best + 1))


def draw_direct(rng: random.Random) -> Example:
    puzzle = draw_puzzle(rng)
    return Example(prompts.direct(puzzle).turn, "", answer_text(puzzle.numbers, novice_moves(puzzle, rng, slack=0.0)))


def draw_zero_shot(rng: random.Random) -> Example:
    """One of the two calls: the steps alone, or the answer after steps that somebody wrote."""
    puzzle = draw_puzzle(rng)
    moves = novice_moves(puzzle, rng, slack=0.0 if rng.random() < 0.75 else None)
    steps = "".join(map(step_text, moves))
    turn = prompts.think_step_by_step(puzzle).turn
    if rng.random() < 0.4:
        return Example(turn, "", steps)
    answer = answer_text(puzzle.numbers, moves).removeprefix("Answer:")
    return Example(turn, f"{steps}{prompts.THEREFORE}", answer)


def draw_few_shot(rng: random.Random) -> Example:
    worked = []
    for _ in range(rng.randint(1, 3)):
        other = draw_puzzle(rng)
        worked.append((other.prompt, written(other, novice_moves(other, rng, slack=0.0))))
    puzzle = draw_puzzle(rng)
    moves = novice_moves(puzzle, rng, slack=0.0 if rng.random() < 0.75 else None)
    return Example(prompts.few_shot(puzzle, worked).turn, "", written(puzzle, moves))


JUDGEMENTS: tuple[Callable[[random.Random], Example], ...] = (
    draw_value,
    draw_value,
    draw_value,
    draw_scale,
    draw_scale,
    draw_answer_value,
    draw_check,
    draw_check,
    draw_vote,
    draw_direct,
    draw_zero_shot,
)
"""Short questions; one that stands here twice is drawn twice as often."""


def draw_judgement(rng: random.Random) -> Example:
    return rng.choice(JUDGEMENTS)(rng)


def ways(state: State, target: Value) -> int:
    """How many winning first moves there are; for one number left 1 or 0."""
    if len(state) == 1:
        return int(state[0] == target)
    return len(options(state, target).good)


def value_word(state: State, target: Value) -> str:
    """The word for a state: exact, apart from calling a single way only likely."""
    found = ways(state, target)
    return prompts.WORDS[2 if not found else 1 if found == 1 and len(state) > 2 else 0]


def grade(state: State, target: Value) -> int:
    """From 1 to 10: 6, 8, 10 for one, two, more ways; up to 3 where an end comes near the target."""
    found = ways(state, target)
    if found:
        return 10 if len(state) <= 2 else 4 + 2 * min(3, found)
    if len(state) > 3:
        return 1
    nearest = min(abs(end[0] / end[1] - target[0]) for end in reachable(state))
    return 3 if nearest <= 1 else 2 if nearest <= 2 else 1


@cache
def _hopeless() -> tuple[tuple[int, ...], ...]:
    """The games of four numbers from which 24 cannot be made; none of them is held out."""
    return tuple(numbers for numbers in all_multisets() if numbers not in set(solvable()))


def _judged(rng: random.Random) -> tuple[Game24, tuple[Move, ...]]:
    """A state to be judged; one in sixteen is a whole game without a way."""
    if rng.random() < 0.06:
        return Game24(rng.choice(_hopeless())), ()
    while True:
        puzzle, moves = _advanced(rng, (0.06, 0.54, 0.4), slack=rng.choice((0.2, 0.7, 0.9)))
        state = _state(puzzle, moves)
        if can_reach(state, (puzzle.target, 1)) or rng.random() < 0.7:
            return puzzle, moves


def _advanced(
    rng: random.Random, shares: tuple[float, float, float], slack: float = 0.25
) -> tuple[Game24, tuple[Move, ...]]:
    """A puzzle after none, one or two moves, in these shares; two numbers are left at least."""
    puzzle = draw_puzzle(rng, 0.8)
    count = min(rng.choices((0, 1, 2), shares)[0], len(puzzle.numbers) - 2)
    return puzzle, novice_moves(puzzle, rng, slack=slack)[:count]


def _any_moves(puzzle: Game24, rng: random.Random, count: int) -> tuple[Move, ...]:
    """So many legal moves of any kind, half of the time with a fraction as the first result."""
    moves: list[Move] = []
    for _ in range(count):
        every = children(_state(puzzle, tuple(moves)))
        fractions = [move for move in every if move.result[1] > 1]
        moves.append(rng.choice(fractions if fractions and not moves and rng.random() < 0.5 else every))
    return tuple(moves)


def _state(puzzle: Game24, moves: tuple[Move, ...]) -> State:
    return moves[-1].state if moves else state_of(puzzle.numbers)
