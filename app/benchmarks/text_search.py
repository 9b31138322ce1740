"""Part of `bench storage`: how fast the index of texts answers over 100,000 steps. No window; nothing is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import numpy as np

from engine.commands import RunPlan
from engine.events import ROOT, AnyEvent, Budget, Expanded, NewNode, Record, RunStarted
from storage.finding.index import TextIndex
from storage.finding.query import parse_query
from storage.session import Session

STEPS = 100_000
WIDTH = 100
"""Children of a node: how deep they lie matters to no search for text."""
QUERIES = 200
WORDS = (
    *("apples", "bags", "total", "cost", "wait", "that", "is", "too", "large", "should", "look", "for", "product"),
    *("numbers", "instead", "each", "holds", "boxes", "pens", "gives", "away", "left", "therefore", "answer", "check"),
)
PLAN = RunPlan("game24", "4 9 10 13", "mcts", {})


def text_search_ms(folder: Path, seed: int, tell: Callable[[str], None]) -> float:
    """The 95th percentile of searches for words, pairs of words, quoted pieces, numbers, and what is not there."""
    random = Random(seed)
    with Session.create(folder / "texts.espalier") as session:
        run = session.new_run(PLAN)
        session.append([Record(run, seq, 1e9 + seq, event) for seq, event in enumerate(_events(random), 1)])
        index = TextIndex(folder / "texts.sqlite")
        began = time.perf_counter()
        index.read_session(session)
        tell(f"the texts of {STEPS:,} steps were read in {time.perf_counter() - began:.1f} s")
    return float(np.percentile([_search(index, random) for _ in range(QUERIES)], 95)) * 1000


def _search(index: TextIndex, random: Random) -> float:
    """Seconds from what was typed to the hits, with their texts."""
    words = random.choice((_word, _pair, _sum, _nothing))(random)
    began = time.perf_counter()
    index.find(parse_query(words))
    return time.perf_counter() - began


def _events(random: Random) -> Iterator[AnyEvent]:
    yield RunStarted("game24", "4 9 10 13", "Make 24.", "mcts", {}, 0, Budget(), "made up", ())
    for first in range(1, STEPS, WIDTH):
        children = tuple(NewNode(first + place, _step(random), 1 / WIDTH) for place in range(WIDTH))
        yield Expanded(1, ROOT if first == 1 else random.randrange(first), children)


def _step(random: Random) -> str:
    return f"{_sum(random)[1:-1]} (left: {random.randrange(30)} 7) {' '.join(random.choices(WORDS, k=8))}\n"


def _sum(random: Random) -> str:
    first, second = random.randrange(100), random.randrange(100)
    return f'"{first} + {second} = {first + second}"'


def _word(random: Random) -> str:
    return random.choice(WORDS)


def _pair(random: Random) -> str:
    return f"{random.choice(WORDS)} {random.choice(WORDS)}"


def _nothing(random: Random) -> str:
    return f"nowhere{random.randrange(100)}"
