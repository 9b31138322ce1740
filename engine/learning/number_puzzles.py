"""Training texts for number puzzles: short chains of thought, long thoughts, thoughts closed early. Knows no model.

The player is deliberately a novice: half of the traces draw some of their moves at random among the plain ones, so a
search has something to find. Held-out multisets (`engine.problems.held_out`) are never drawn, with any target.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.problems.countdown import (
    Move,
    State,
    Value,
    combine,
    options,
    plain_moves,
    show,
    show_state,
    state_of,
)
from engine.problems.game24 import Game24
from engine.problems.held_out import all_multisets, held_out, train_puzzles

LARGEST_TARGET = 999
GIVE_UP = "I found no way.\n"
CLOSE = "</think>\n"


@dataclass(frozen=True, slots=True)
class Example:
    """One conversation for next-token training: no loss on `prompt` and `given`, loss on `completion`."""

    prompt: str
    given: str
    completion: str
    ends: bool = True
    """Whether the turn is over after the completion."""


def draw_puzzle(rng: random.Random, share_24: float = 0.6) -> Game24:
    """A training puzzle in any order: `share_24` for 24, the others three numbers, other targets or larger numbers."""
    kind = rng.random()
    if kind < share_24:
        return Game24(_ordered(rng.choice(train_puzzles()), rng))
    while True:
        if kind < share_24 + 0.12:
            numbers = tuple(rng.randint(1, 25) for _ in range(3))
        elif kind < 0.95:
            numbers = rng.choice(all_multisets())
        else:
            numbers = tuple(rng.randint(1, rng.choice((20, 50, 100))) for _ in range(4))
        if tuple(sorted(numbers)) in held_out():
            continue
        target = _played_target(numbers, rng)
        if target is not None:
            return Game24(_ordered(numbers, rng), target)


def draw_short(rng: random.Random) -> Example:
    puzzle = draw_puzzle(rng)
    return Example(puzzle.prompt, "", written(puzzle, novice_moves(puzzle, rng)))


def draw_skilled(rng: random.Random) -> Example:
    """A chain of thought by a better player: three of four traces have no random move."""
    puzzle = draw_puzzle(rng)
    slack = 0.0 if rng.random() < 0.5 else None
    return Example(puzzle.prompt, "", written(puzzle, novice_moves(puzzle, rng, slack=slack)))


def draw_thought(rng: random.Random) -> Example:
    """A long thought that finds a way (or, in one of eight, says that it did not), then the answer."""
    puzzle = draw_puzzle(rng, 0.7)
    while True:
        thought = Thought.think(puzzle, rng)
        if thought.solved or rng.random() < 0.125:
            break
    moves = thought.path if thought.solved else novice_moves(puzzle, rng, slack=1.0)
    ending = "" if thought.solved else GIVE_UP
    text = "".join(thought.lines) + ending + CLOSE + written(puzzle, moves)
    return Example(puzzle.prompt, "<think>\n", text)


def draw_closed_thought(rng: random.Random) -> Example:
    """A thought that somebody cut off after any line (or within one) and closed: the answer is as good as it can be."""
    puzzle = draw_puzzle(rng, 0.7)
    thought = Thought.think(puzzle, rng)
    kept = rng.randrange(len(thought.lines) + 1) if rng.random() < 0.85 else 0
    text = "".join(thought.lines[:kept])
    if kept < len(thought.lines) and rng.random() < 0.25:
        words = thought.lines[kept].split(" ")
        text += " ".join(words[: rng.randrange(len(words))]).rstrip("\n") + "\n"
    if thought.solved and kept == len(thought.lines):
        moves: Sequence[Move] = thought.path
    else:
        start = thought.open_paths[kept - 1] if kept and rng.random() < 0.5 else ()
        moves = novice_moves(puzzle, rng, start)
    return Example(puzzle.prompt, "<think>\n" + text + CLOSE, written(puzzle, moves))


def novice_moves(
    puzzle: Game24, rng: random.Random, start: Sequence[Move] = (), slack: float | None = None
) -> tuple[Move, ...]:
    """Moves to the end. `slack` is the chance of a random plain move instead of a good one; by default half of the
    traces have none and the others draw it from 0.3..1."""
    if slack is None:
        slack = 0.0 if rng.random() < 0.5 else rng.uniform(0.3, 1.0)
    moves = list(start)
    state = moves[-1].state if moves else state_of(puzzle.numbers)
    while len(state) > 1:
        good, plain = options(state, (puzzle.target, 1))
        moves.append(rng.choice(good if good and rng.random() >= slack else plain))
        state = moves[-1].state
    return tuple(moves)


def step_text(move: Move) -> str:
    """`13 - 9 = 4 (left: 4 4 10)` with its line end."""
    return f"{_equation(move.left, move.op, move.right, move.result)} (left: {show_state(move.state)})\n"


def answer_text(numbers: Sequence[int], moves: Sequence[Move]) -> str:
    """The moves put into one expression, and the value that really came out.

    Where two equal values are at hand the one made last is taken; a value that is not at hand (an illegal step) is
    written as a number.
    """
    pool = [((number, 1), str(number)) for number in numbers]
    expression = ""
    for move in moves:
        left, right = _taken(pool, move.left), _taken(pool, move.right)
        expression = f"{_bracketed(left)} {move.op} {_bracketed(right)}"
        pool.append((move.result, expression))
    return f"Answer: {expression} = {show(moves[-1].result)}"


def written(puzzle: Game24, moves: Sequence[Move]) -> str:
    """The short chain of thought of these moves, with its answer line."""
    return "".join(map(step_text, moves)) + answer_text(puzzle.numbers, moves)


@dataclass(slots=True)
class Thought:
    """A depth-first search with noisy guesses, written down line by line (grammar: the model card)."""

    target: Value
    rng: random.Random
    insight: float
    lists_left: int
    lines: list[str] = field(default_factory=list)
    open_paths: list[tuple[Move, ...]] = field(default_factory=list)
    """Per line, the moves that led to the state in hand after it, without those just found dead."""
    path: list[Move] = field(default_factory=list)
    solved: bool = False

    @classmethod
    def think(cls, puzzle: Game24, rng: random.Random) -> Thought:
        """`insight`, drawn per thought, is the chance that a guess is a good move; at most 3 to 9 pairs are listed."""
        thought = cls((puzzle.target, 1), rng, rng.uniform(0.1, 0.6), rng.randint(3, 9))
        thought.solved = thought._search(state_of(puzzle.numbers), rng.randint(3, 8))
        return thought

    def _search(self, state: State, most_tries: int) -> bool:
        if len(state) == 2:
            return self._list_pair(state)
        tried: list[Move] = []
        while len(tried) < most_tries and self.lists_left:
            guess = self._guess(state, tried)
            if guess is None:
                break
            if tried:
                names = ", ".join(f"{show(move.left)} {move.op} {show(move.right)}" for move in tried)
                self._write(f"Wait, back to {show_state(state)}. Tried {names}.\n")
            tried.append(guess)
            self.path.append(guess)
            self._write("Try " + step_text(guess))
            if self._search(guess.state, self.rng.choice((2, 3, 3, 4))):
                return True
            self.path.pop()
        return False

    def _guess(self, state: State, tried: Sequence[Move]) -> Move | None:
        good, plain = ([move for move in some if move not in tried] for some in options(state, self.target))
        if good and (self.rng.random() < self.insight or not plain):
            return self.rng.choice(good)
        return self.rng.choice(plain) if plain else None

    def _list_pair(self, state: State) -> bool:
        """One line with every result of the last two numbers that is worth a look, up to a hit."""
        self.lists_left -= 1
        shown: list[str] = []
        for left, op, right, result in pair_results(state, self.target):
            shown.append(_equation(left, op, right, result))
            if result == self.target:
                self.path.append(Move(left, op, right, result, (result,)))
                self._write(", ".join(shown) + ". Yes!\n")
                return True
        self._write(", ".join(shown) + ". No.\n", dead=1)
        return False

    def _write(self, line: str, dead: int = 0) -> None:
        self.lines.append(line)
        self.open_paths.append(tuple(self.path[: len(self.path) - dead]))


def pair_results(state: State, target: Value) -> list[tuple[Value, str, Value, Value]]:
    small, large = state
    found: list[tuple[Value, str, Value, Value]] = []
    for left, op, right in [(large, op, small) for op in "+-*/"] + [(small, "/", large)] * (small != large):
        result = combine(left, op, right)
        if result is None:
            continue
        whole = result[1] == 1 and result[0] <= LARGEST_TARGET
        if op in "+-" or result == target or (whole and left == large):
            found.append((left, op, right, result))
    return found


def _equation(left: Value, op: str, right: Value, result: Value) -> str:
    return f"{show(left)} {op} {show(right)} = {show(result)}"


def _taken(pool: list[tuple[Value, str]], value: Value) -> str:
    for place in range(len(pool) - 1, -1, -1):
        if pool[place][0] == value:
            return pool.pop(place)[1]
    return show(value)


def _bracketed(expression: str) -> str:
    return f"({expression})" if " " in expression else expression


def _played_target(numbers: Sequence[int], rng: random.Random) -> int | None:
    """The end of one random play with plain moves, if it is a whole number from 1 to 999: a target that can be made."""
    state = state_of(numbers)
    while len(state) > 1:
        state = rng.choice(plain_moves(state)).state
    numerator, denominator = state[0]
    return numerator if denominator == 1 and 1 <= numerator <= LARGEST_TARGET else None


def _ordered(numbers: Sequence[int], rng: random.Random) -> tuple[int, ...]:
    """Ascending in two of five, any order in two, descending in one."""
    ascending = sorted(numbers)
    order = rng.randrange(5)
    if order < 2:
        return tuple(ascending)
    return tuple(rng.sample(ascending, len(ascending))) if order < 4 else tuple(reversed(ascending))
