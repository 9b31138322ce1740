"""Finds what a thought says again: steps that repeat an earlier one nearly word by word, and loops of such steps.

Nearly is by runs of WINDOW words (numbers are words, so `3 + 4 = 7` does not repeat `3 + 5 = 8`). Time is linear in the
text; of texts beyond LARGE characters only a fixed sample of the runs is kept, so that memory stays in bounds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from zlib import crc32

import msgspec

from engine.traces.steps import Step

WINDOW = 4
NEARLY = 0.8
"""Share of a step's runs of words that one earlier step must have."""
FEWEST = 4
"""Words of a step below which it repeats nothing: `So 12.` says little."""
LARGE = 20_000_000

_WORD = re.compile(r"\w+|[-+*/=^]")


class Repeat(msgspec.Struct, frozen=True, gc=False):
    """Step `step` says again what step `of` says: the latest that does."""

    step: int
    of: int
    share: float
    """Of its runs of words, in (0, 1]."""


class Loop(msgspec.Struct, frozen=True, gc=False):
    """`period` steps said again and again: [first, last] are the repeats, the original stands before them."""

    first: int
    last: int
    period: int

    @property
    def times(self) -> float:
        """How often the period is repeated, the original not counted."""
        return (self.last - self.first + 1) / self.period


class Repeats(msgspec.Struct, frozen=True):
    """All that a thought says again."""

    steps: tuple[Repeat, ...]
    loops: tuple[Loop, ...]
    share: float
    """What part of all runs of words has been there before, in [0, 1]."""


def repeats(text: str, steps: Sequence[Step]) -> Repeats:
    """Steps that repeat, loops of at least two repeats in a row, and how much of all is repeated."""
    every = 1 + sum(step.end - step.start for step in steps) // LARGE
    latest: dict[int, int] = {}
    found: list[Repeat] = []
    seen = total = 0
    for number, step in enumerate(steps):
        runs = _runs(text[step.start : step.end], every)
        before = Counter(latest[run] for run in runs if run in latest)
        seen += len(runs) - len({run for run in runs if run not in latest})
        total += len(runs)
        if runs and before:
            of, count = max(before.items(), key=lambda entry: (entry[1], entry[0]))
            if count >= NEARLY * len(runs):
                found.append(Repeat(number, of, count / len(runs)))
        latest.update(dict.fromkeys(runs, number))
    return Repeats(tuple(found), _loops(found), seen / total if total else 0.0)


def _runs(step: str, every: int) -> list[int]:
    """Its runs of WINDOW words, as numbers; the whole step if it has just enough words."""
    words = _WORD.findall(step.casefold())
    if len(words) < FEWEST:
        return []
    runs = (" ".join(words[at : at + WINDOW]) for at in range(len(words) - WINDOW + 1))
    sums = [crc32(run.encode("utf-8", "surrogatepass")) << 8 | len(run) & 255 for run in runs]
    return sums if every == 1 else [run for run in sums if (run >> 8) % every == 0]


def _loops(found: Sequence[Repeat]) -> tuple[Loop, ...]:
    """Repeats in a row at one and the same distance."""
    loops: list[Loop] = []
    run: list[Repeat] = []
    for entry in [*found, None]:
        if entry and run and entry.step == run[-1].step + 1 and entry.step - entry.of == run[-1].step - run[-1].of:
            run.append(entry)
            continue
        if len(run) >= 2 and len(run) >= (period := run[0].step - run[0].of):
            loops.append(Loop(run[0].step, run[-1].step, period))
        run = [entry] if entry else []
    return tuple(loops)
