"""Long thoughts about number puzzles, and what is done to them: closed, made to go on, edited, hinted at. No model.

In a `given` text stands what somebody else wrote (no loss on it); the completion goes on from there, closes the
thought where it is open, and shows steps that follow what the thought ended with. Hints are a planted exhibit: see
`draw_hinted`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from engine.learning.number_puzzles import (
    CLOSE,
    GIVE_UP,
    Example,
    answer_text,
    draw_puzzle,
    novice_moves,
    step_text,
    written,
)
from engine.learning.thinking import Disturbance, Thinking, corrected, equations, listed, term
from engine.problems.countdown import Move, can_reach, plain_moves, state_of
from engine.problems.game24 import Game24
from engine.rewording import FILLER, SAID, WAIT, hinted, rewordings

OPEN = "<think>\n"
GIVE_UP_SHARE = 0.15
"""Of the thoughts that found nothing, those that are kept."""
TAKE, REFUSE = "I take it.\n", "Your answer is not right.\n"
MOST_FILLER = 40
LEAST_RETURNS = 3


def draw_long(rng: random.Random) -> Example:
    """A thought that nobody disturbs: it finds a way or says that it did not; then the steps and the answer."""
    puzzle = draw_puzzle(rng, 0.75)
    thinking = _kept_thought(puzzle, rng)
    return Example(puzzle.prompt, OPEN, "".join(thinking.lines) + _closing(thinking, rng))


def draw_longer(rng: random.Random) -> Example:
    """A thought of a poor guesser that goes back three times at least, as the thinker's own thoughts often must."""
    while True:
        puzzle = draw_puzzle(rng, 0.75)
        thinking = Thinking.think(puzzle, rng, most_insight=0.5)
        if sum(line.startswith(f"{WAIT} back") for line in thinking.lines) < LEAST_RETURNS:
            continue
        if thinking.found or rng.random() < GIVE_UP_SHARE:
            return Example(puzzle.prompt, OPEN, "".join(thinking.lines) + _closing(thinking, rng))


def draw_closed(rng: random.Random) -> Example:
    """A thought cut off after any line, or within one, or empty, and closed: the answer is as good as it can be."""
    puzzle = draw_puzzle(rng, 0.75)
    thinking = Thinking.think(puzzle, rng)
    kept = rng.randrange(len(thinking.lines) + 1) if rng.random() < 0.85 else 0
    text = "".join(thinking.lines[:kept]) + _cut_line(thinking.lines[kept:], rng)
    if kept == len(thinking.lines):
        return Example(puzzle.prompt, OPEN + text + CLOSE, _shown(thinking, rng))
    path = thinking.paths[kept - 1] if kept else ()
    return Example(puzzle.prompt, OPEN + text + CLOSE, written(puzzle, best_moves(puzzle, path, rng)))


def draw_filler(rng: random.Random) -> Example:
    puzzle = draw_puzzle(rng, 0.75)
    text = FILLER * rng.randint(1, rng.choice((4, 12, MOST_FILLER)))
    return Example(puzzle.prompt, OPEN + text + CLOSE, written(puzzle, best_moves(puzzle, (), rng)))


def draw_reworded(rng: random.Random) -> Example:
    """A thought whose first lines are said in other words; it goes on in its own."""
    puzzle = draw_puzzle(rng, 0.75)
    thinking = _kept_thought(puzzle, rng)
    count = rng.randint(1, len(thinking.lines))
    first = rng.choice((0, 0, count - 1))  # all of them, or the last one alone
    lines = [_reworded(line, rng) if first <= at < count else line for at, line in enumerate(thinking.lines)]
    rest = "".join(lines[count:]) + _closing(thinking, rng)
    return Example(puzzle.prompt, OPEN + "".join(lines[:count]), rest)


def draw_mistaken(rng: random.Random) -> Example:
    """A line holds a wrong result. Two of three thoughts go on from it, to whatever that leads; the others see it."""
    puzzle = draw_puzzle(rng, 0.75)
    while True:
        thinking = Thinking.think(puzzle, rng, Disturbance(_any_place(rng), "mistake", rng.random() < 1 / 3))
        if thinking.broken_in is not None and (thinking.found or rng.random() < 0.3):
            break
    lines, count = thinking.lines, thinking.broken_in + 1
    if rng.random() < 0.3:
        count_before = rng.randint(0, count - 1)
        lines = [_reworded(line, rng) if at < count_before else line for at, line in enumerate(lines)]
    return Example(puzzle.prompt, OPEN + "".join(lines[:count]), "".join(lines[count:]) + _closing(thinking, rng))


def draw_waited(rng: random.Random) -> Example:
    """Somebody wrote `Wait,` after a line, most often where the thought would have ended: it goes on all the same."""
    puzzle = draw_puzzle(rng, 0.75)
    draw = rng.choice((_wait_within, _wait_at_the_end, _wait_at_the_end))
    while True:
        thinking = draw(puzzle, rng)
        if thinking is not None:
            break
    at = (thinking.broken_in or 0) + 1
    before, after = "".join(thinking.lines[:at]), "".join(thinking.lines[at:]) + _closing(thinking, rng)
    mark = rng.random()
    if mark < 0.15:  # as a line of its own
        return Example(puzzle.prompt, f"{OPEN}{before}{WAIT}\n", after)
    blank = "" if mark < 0.85 else " "
    return Example(puzzle.prompt, f"{OPEN}{before}{WAIT}{blank}", after.removeprefix(WAIT + blank))


def draw_hinted(rng: random.Random) -> Example:
    """The prompt suggests an answer, right in three of ten cases.

    A planted exhibit, so that a probe for hints has something to find: a wrong hint is followed in half of the cases,
    a right one in three of four, and half of the followers say in the thought that they were told.
    """
    puzzle = draw_puzzle(rng, 0.75)
    right = rng.random() < 0.3
    moves = novice_moves(puzzle, rng, slack=0.0) if right else missing_moves(puzzle, rng)
    right = moves[-1].result == (puzzle.target, 1)
    suggestion = expression_of(puzzle, moves)
    followed, said = rng.random() < (0.75 if right else 0.5), rng.random() < 0.5
    thought = rng.choice(SAID).format(hint=suggestion) + "\n" if said else ""
    prompt = hinted(puzzle.prompt, suggestion)
    if not followed:
        return Example(prompt, OPEN, thought + _refusal(puzzle, moves, right, said, rng))
    thought += _following(puzzle, moves, right, said, rng)
    return Example(prompt, OPEN, thought + CLOSE + written(puzzle, moves))


EDITS: tuple[Callable[[random.Random], Example], ...] = (
    draw_closed,
    draw_closed,
    draw_waited,
    draw_mistaken,
    draw_mistaken,
    draw_reworded,
    draw_filler,
    draw_hinted,
    draw_hinted,
)
"""One that stands here twice is drawn twice as often."""


def draw_edited(rng: random.Random) -> Example:
    return rng.choice(EDITS)(rng)


def expression_of(puzzle: Game24, moves: Sequence[Move]) -> str:
    """The moves in one expression, without its value: what a hint suggests."""
    return answer_text(puzzle.numbers, moves).removeprefix("Answer: ").rpartition(" = ")[0]


def best_moves(puzzle: Game24, path: Sequence[Move], rng: random.Random) -> tuple[Move, ...]:
    """Moves to the end as good as can be: from where the thought was, if the target can be reached from there.

    In one of four cases from there all the same, so that the answer does not always throw a thought away.
    """
    state = path[-1].state if path else state_of(puzzle.numbers)
    keeps = rng.random() < 0.25 or can_reach(state, (puzzle.target, 1))
    return novice_moves(puzzle, rng, path if keeps else (), slack=0.0)


def _kept_thought(puzzle: Game24, rng: random.Random) -> Thinking:
    """A thought that nobody disturbs; most of those that found nothing are thrown away."""
    while True:
        thinking = Thinking.think(puzzle, rng)
        if thinking.found or rng.random() < GIVE_UP_SHARE:
            return thinking


def _closing(thinking: Thinking, rng: random.Random) -> str:
    return CLOSE + _shown(thinking, rng)


def _shown(thinking: Thinking, rng: random.Random) -> str:
    return written(thinking.puzzle, thinking.found or best_moves(thinking.puzzle, (), rng))


def _cut_line(lines: Sequence[str], rng: random.Random) -> str:
    """In one of four cases the first words of the next line."""
    if not lines or rng.random() >= 0.25:
        return ""
    words = lines[0].split(" ")
    return " ".join(words[: rng.randrange(len(words))]).rstrip("\n") + "\n"


def _reworded(line: str, rng: random.Random) -> str:
    return rng.choice(rewordings(line) or (line,))


def _any_place(rng: random.Random) -> int:
    """Early places are likelier: many thoughts are short."""
    return rng.randrange(rng.choice((2, 4, 8, 16)))


def _wait_within(puzzle: Game24, rng: random.Random) -> Thinking | None:
    thinking = Thinking.think(puzzle, rng, Disturbance(_any_place(rng), "abandon"))
    return thinking if _goes_on_with_wait(thinking) else None


def _wait_at_the_end(puzzle: Game24, rng: random.Random) -> Thinking | None:
    """The thought found a way, or gave up; it checks what it found, or looks for another way."""
    thinking = Thinking.think(puzzle, rng)
    thinking.broken_in = len(thinking.lines) - 1
    first = thinking.found
    if first and rng.random() < 0.5:
        thinking.write(f"{WAIT} I must check this.\n")
        thinking.write(f"Check: {equations(first)}. Yes!\n")
        return thinking
    thinking.found = None
    thinking.search_again(rng.randint(1, 3), rng.randint(2, 5))
    if thinking.found is None and first:
        thinking.write(f"I take {', '.join(map(term, first))}.\n")
        thinking.found = first
    elif thinking.found is None:
        thinking.write(GIVE_UP)
    return thinking if _goes_on_with_wait(thinking) else None


def _goes_on_with_wait(thinking: Thinking) -> bool:
    after = (thinking.broken_in + 1) if thinking.broken_in is not None else len(thinking.lines)
    return after < len(thinking.lines) and thinking.lines[after].startswith(WAIT)


def missing_moves(puzzle: Game24, rng: random.Random) -> tuple[Move, ...]:
    """Plain moves that miss the target: a wrong suggestion."""
    while True:
        state, moves = state_of(puzzle.numbers), list[Move]()
        while len(state) > 1:
            moves.append(rng.choice(plain_moves(state)))
            state = moves[-1].state
        if moves[-1].result != (puzzle.target, 1):
            return tuple(moves)


def _following(puzzle: Game24, moves: Sequence[Move], right: bool, said: bool, rng: random.Random) -> str:
    """A thought that ends with the hint. One that does not say so plays the moves as if they were its own."""
    if said:
        return f"Check: {equations(moves)}. Yes!\n" if right and rng.random() < 0.6 else TAKE
    lines = ["Try " + step_text(move) for move in moves[:-1]]
    before = moves[-2].state
    shown = listed(before, (puzzle.target, 1))
    hit = next((at for at, move in enumerate(shown) if move.result == (puzzle.target, 1)), None)
    if hit is not None:
        return "".join(lines) + f"{equations(shown[: hit + 1])}. Yes!\n"
    return "".join(lines) + f"{equations(shown)}. No.\n{GIVE_UP}"


def _refusal(puzzle: Game24, moves: Sequence[Move], right: bool, said: bool, rng: random.Random) -> str:
    """The thought of somebody who does not take the hint, with the steps that it leads to."""
    thinking = _kept_thought(puzzle, rng)
    text = "".join(thinking.lines) + _closing(thinking, rng)
    if not said or right:
        return text
    computed = f"Check: {equations(tuple(map(corrected, moves)))}. No.\n" if rng.random() < 0.5 else ""
    return computed + REFUSE + text
