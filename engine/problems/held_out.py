"""Which Game of 24 puzzles are held out from all training, by rule. Knows no model.

The rule, computed by the project's own solver and by nothing else:

1. All 1,362 multisets of four numbers 1..13 that can make 24 are taken.
2. The 100 puzzles ranked 901-1000 by human solving time, on which published figures exist, are held out.
3. Of the others, the harder two thirds (lowest `luck`: the chance that random play reaches 24) are shuffled with
   seed 24; the first 100 are DEV (settings are chosen on them), the next 100 are HARD (run once, for the figures).

A held-out multiset never occurs in training, in any order and with any target.
"""

from __future__ import annotations

import random
from functools import lru_cache
from itertools import combinations_with_replacement

from engine.problems.countdown import can_reach, luck, state_of

Numbers = tuple[int, ...]

TARGET = 24
SET_SIZE = 100

# Ranks 901-1000 of src/tot/data/24/24.csv in princeton-nlp/tree-of-thought-llm (MIT License, Shunyu Yao 2023).
_RANKS_901_1000 = """
4 5 6 10, 1 2 4 7, 2 5 8 11, 3 4 4 13, 6 7 8 9, 1 11 11 13, 1 8 10 11, 2 3 6 9, 1 3 5 9, 3 3 7 12,
4 5 7 9, 1 2 8 13, 4 6 6 9, 1 4 4 8, 1 5 10 11, 3 4 6 11, 2 4 8 9, 1 4 5 13, 2 2 7 12, 3 3 6 7,
1 5 9 13, 5 6 7 13, 5 5 8 10, 2 4 6 12, 6 7 8 11, 7 9 9 13, 3 6 9 12, 6 9 12 13, 4 7 9 13, 5 6 8 12,
2 4 6 7, 2 5 10 10, 6 6 7 12, 6 9 9 11, 5 8 11 12, 5 6 8 10, 6 11 12 13, 2 2 8 8, 2 7 12 13, 2 6 8 12,
3 4 9 13, 4 5 10 12, 1 2 7 11, 4 5 6 8, 6 10 12 13, 1 3 9 9, 1 4 4 11, 2 3 9 10, 1 2 3 13, 1 6 6 6,
1 2 2 9, 1 3 6 11, 5 10 12 13, 2 3 6 6, 6 7 10 12, 7 8 8 12, 3 4 6 8, 1 7 9 11, 2 3 6 13, 2 2 5 12,
2 6 8 13, 8 8 10 12, 1 3 8 13, 4 4 7 10, 1 7 10 13, 1 9 10 13, 3 3 4 11, 2 5 7 7, 3 9 10 13, 2 3 4 7,
4 4 8 12, 1 2 6 10, 1 5 12 12, 5 6 6 8, 7 7 8 11, 1 3 7 10, 3 3 9 12, 3 5 7 10, 4 10 12 13, 2 3 10 12,
3 4 6 6, 5 8 8 8, 6 8 8 12, 2 3 4 9, 2 6 7 11, 5 9 12 12, 1 2 7 12, 2 4 5 6, 5 5 8 13, 2 3 3 10,
3 4 8 12, 2 4 6 11, 2 2 8 9, 1 5 6 7, 5 8 10 11, 4 4 9 12, 2 5 6 6, 2 4 9 12, 4 8 11 13, 4 9 10 13
"""


def ranks_901_1000() -> tuple[Numbers, ...]:
    """The 100 puzzles of the Tree-of-Thoughts paper (Yao et al. 2023), each ascending, in their order."""
    return tuple(
        tuple(map(int, line.split())) for line in _RANKS_901_1000.replace(",", "\n").split("\n") if line.strip()
    )


@lru_cache(maxsize=1)
def all_multisets() -> tuple[Numbers, ...]:
    """The 1,820 multisets of four numbers from 1..13, ascending."""
    return tuple(combinations_with_replacement(range(1, 14), 4))


@lru_cache(maxsize=1)
def solvable() -> tuple[Numbers, ...]:
    """The 1,362 of them from which 24 can be made."""
    return tuple(numbers for numbers in all_multisets() if can_reach(state_of(numbers), (TARGET, 1)))


@lru_cache(maxsize=1)
def _drawn() -> tuple[Numbers, ...]:
    known = set(ranks_901_1000())
    rest = [numbers for numbers in solvable() if numbers not in known]
    rest.sort(key=lambda numbers: (luck(state_of(numbers), (TARGET, 1)), numbers))
    harder = rest[: len(rest) * 2 // 3]
    random.Random(TARGET).shuffle(harder)
    return tuple(harder[: 2 * SET_SIZE])


def dev_puzzles() -> tuple[Numbers, ...]:
    """100 puzzles on which settings are chosen."""
    return _drawn()[:SET_SIZE]


def hard_puzzles() -> tuple[Numbers, ...]:
    """100 puzzles for the figures; nothing is chosen on them."""
    return _drawn()[SET_SIZE:]


@lru_cache(maxsize=1)
def held_out() -> frozenset[Numbers]:
    """Every multiset (ascending) that training must not see."""
    return frozenset(ranks_901_1000()) | frozenset(_drawn())


@lru_cache(maxsize=1)
def train_puzzles() -> tuple[Numbers, ...]:
    """The solvable multisets that training may see."""
    return tuple(numbers for numbers in solvable() if numbers not in held_out())
