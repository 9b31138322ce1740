"""Long thoughts about number puzzles, for the bundled thinker: a search that is written down, and can be disturbed.

As `number_puzzles.Thought`, which the policy learned from, but no state is met twice, what is found is often checked,
and somebody may break in: a line with a mistake, or a `Wait,` where the thought would have ended. Knows no model.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.learning.number_puzzles import GIVE_UP, pair_results, step_text
from engine.problems.countdown import Move, State, Value, combine, options, show, show_state, state_of
from engine.problems.game24 import Game24

OFF = (-10, -5, -2, -1, 1, 2, 5, 10)
"""By how much a mistaken result is wrong."""


@dataclass(frozen=True, slots=True)
class Disturbance:
    """What happens to a thought from outside, at the `at`-th of its tries and lists."""

    at: int
    kind: str
    """`mistake`: the line holds a wrong result. `abandon`: a `Wait,` follows it."""
    noticed: bool = False
    """Whether the thought notices the mistake at once."""


@dataclass(slots=True)
class Thinking:
    """One thought in the making. `lines` are the text; `found` are the moves that it ended with, None if it gave up."""

    puzzle: Game24
    rng: random.Random
    insight: float
    lists_left: int
    disturbance: Disturbance | None = None
    lines: list[str] = field(default_factory=list)
    paths: list[tuple[Move, ...]] = field(default_factory=list)
    """Per line, the moves that led to the state in hand after it, without those just found dead."""
    path: list[Move] = field(default_factory=list)
    found: tuple[Move, ...] | None = None
    broken_in: int | None = None
    """The line after which, or in which, somebody broke in."""
    _tried: list[Move] = field(default_factory=list)
    _seen: set[State] = field(default_factory=set)
    _counted: int = 0
    _slip: Move | None = None

    @classmethod
    def think(
        cls, puzzle: Game24, rng: random.Random, disturbance: Disturbance | None = None, most_insight: float = 0.8
    ) -> Thinking:
        """A whole thought without its closing tag. `insight`, drawn per thought, is the chance that a guess is good."""
        thinking = cls(puzzle, rng, rng.uniform(0.2, most_insight), rng.randint(4, 12), disturbance)
        thinking.search(rng.randint(4, 9))
        if thinking.found is None:
            thinking.write(GIVE_UP)
        elif rng.random() < 0.5:
            thinking.check()
        return thinking

    def search(self, more_tries: int) -> None:
        """Try so many first moves, beside those tried before, or until one leads to the target."""
        if self._search(state_of(self.puzzle.numbers), len(self._tried) + more_tries, self._tried):
            self.found = tuple(self.path)

    def search_again(self, more_tries: int, most_lists: int) -> None:
        """Go on as if nothing was found: from a state on the way, or from the start."""
        self.path.clear()
        self.lists_left = most_lists
        self.search(more_tries)

    def check(self) -> None:
        """A line that goes through what was found. A mistake in it is sometimes seen, and then the search goes on."""
        slip = self._slip
        assert self.found is not None
        if slip is None or slip not in self.found or self.rng.random() < 0.6:
            self.write(f"Check: {equations(self.found)}. Yes!\n")
            return
        kept = self.found[: self.found.index(slip)]
        self.write(f"Check: {equations((*kept, corrected(slip)))}. No.\n")
        self.write(notice(slip))
        self.found = None
        self.search_again(3, 4)
        if self.found is None:
            self.write(GIVE_UP)

    def write(self, line: str, dead: int = 0) -> None:
        self.lines.append(line)
        self.paths.append(tuple(self.path[: len(self.path) - dead]))

    def _search(self, state: State, most_tries: int, tried: list[Move]) -> bool:
        if len(state) == 2:
            return self._list_pair(state)
        while len(tried) < most_tries and self.lists_left > 0:
            guess = self._guess(state, tried)
            if guess is None:
                break
            if tried:
                self.write(back(state, tried))
            tried.append(guess)
            if self._try(guess):
                return True
        return False

    def _try(self, move: Move) -> bool:
        disturbed = self._disturbed()
        if disturbed == "mistake":
            return self._try_wrongly(move)
        self._enter(move)
        if disturbed == "abandon":
            self.broken_in = len(self.lines) - 1
            self.path.pop()
            return False
        return self._go_deeper(move)

    def _try_wrongly(self, move: Move) -> bool:
        slip = self._slip = slipped(move, self.rng)
        self._enter(slip)
        self.broken_in = len(self.lines) - 1
        assert self.disturbance is not None
        if not self.disturbance.noticed:
            return self._go_deeper(slip)
        self.path.pop()
        self.write(notice(slip))
        self._enter(move)
        return self._go_deeper(move)

    def _enter(self, move: Move) -> None:
        self.path.append(move)
        self._seen.add(move.state)
        self.write("Try " + step_text(move))

    def _go_deeper(self, move: Move) -> bool:
        if self._search(move.state, self.rng.choice((2, 2, 3, 3)), []):
            return True
        self.path.pop()
        return False

    def _disturbed(self) -> str:
        """What happens to the line that is due."""
        due = self.disturbance is not None and self.disturbance.at == self._counted
        self._counted += 1
        return self.disturbance.kind if due and self.disturbance else ""

    def _guess(self, state: State, tried: Sequence[Move]) -> Move | None:
        known = {move[:3] for move in tried}
        good, plain = (
            [move for move in some if move[:3] not in known and move.state not in self._seen]
            for some in options(state, (self.puzzle.target, 1))
        )
        if good and (self.rng.random() < self.insight or not plain):
            return self.rng.choice(good)
        return self.rng.choice(plain) if plain else None

    def _list_pair(self, state: State) -> bool:
        """One line with every result of the last two numbers that is worth a look, up to a hit."""
        self.lists_left -= 1
        disturbed = self._disturbed()
        target = (self.puzzle.target, 1)
        results = listed(state, target)
        if disturbed == "mistake":
            first_hit = next((at for at, move in enumerate(results) if move.result == target), len(results) - 1)
            place = self.rng.randrange(first_hit + 1)
            right = results[place]
            results[place] = slip = self._slip = self._list_slip(right)
            found = self._write_list(results)
            self.broken_in = len(self.lines) - 1
            assert self.disturbance is not None
            if not self.disturbance.noticed:
                return found
            if found:
                self.path.pop()
            self.write(notice(slip))
            results[place] = right
        found = self._write_list(results)
        if disturbed == "abandon":
            self.broken_in = len(self.lines) - 1
            if found:
                self.path.pop()
            return False
        return found

    def _list_slip(self, move: Move) -> Move:
        """A wrong result; in three of ten cases the very target, so that a way seems to be found."""
        if move.result != (self.puzzle.target, 1) and self.rng.random() < 0.3:
            return move._replace(result=(self.puzzle.target, 1), state=((self.puzzle.target, 1),))
        return slipped(move, self.rng)

    def _write_list(self, results: Sequence[Move]) -> bool:
        shown: list[Move] = []
        for move in results:
            shown.append(move)
            if move.result == (self.puzzle.target, 1):
                self.path.append(move)
                self.write(f"{equations(shown)}. Yes!\n")
                return True
        self.write(f"{equations(shown)}. No.\n", dead=1)
        return False


def listed(state: State, target: Value) -> list[Move]:
    """What can be made of two numbers, in the order of a list line."""
    return [Move(left, op, right, result, (result,)) for left, op, right, result in pair_results(state, target)]


def equation(move: Move) -> str:
    return f"{term(move)} = {show(move.result)}"


def equations(moves: Sequence[Move]) -> str:
    return ", ".join(map(equation, moves))


def term(move: Move) -> str:
    return f"{show(move.left)} {move.op} {show(move.right)}"


def back(state: State, tried: Sequence[Move]) -> str:
    return f"Wait, back to {show_state(state)}. Tried {', '.join(map(term, tried))}.\n"


def slipped(move: Move, rng: random.Random) -> Move:
    """The move with a wrong whole result, which also stands among the numbers left."""
    value = round(move.result[0] / move.result[1])
    wrong = (rng.choice([value + by for by in OFF if value + by >= 0 and (value + by, 1) != move.result]), 1)
    rest = list(move.state)
    rest.remove(move.result)
    return move._replace(result=wrong, state=tuple(sorted((*rest, wrong), key=lambda v: v[0] / v[1])))


def corrected(slip: Move) -> Move:
    """A mistaken move with its right result; the numbers left are not corrected."""
    right = combine(slip.left, slip.op, slip.right)
    assert right is not None
    return slip._replace(result=right)


def notice(slip: Move) -> str:
    return f"Wait, {term(slip)} is {show(corrected(slip).result)} and not {show(slip.result)}.\n"
