"""The domain of plants in a garden. Plain data over `parts`."""

from __future__ import annotations

from engine.learning.word_problems.lexicon import PLANTS
from engine.learning.word_problems.parts import Domain, below, part, solve, span
from engine.learning.word_problems.stories.collection import GETS, GIVES_THIRD, NOW, SELLS, STILL_NEEDS
from engine.learning.word_problems.stories.owning import FEWER_THAN, GIVEN, LEFT, TIMES

ROWS = part(
    "rows",
    {"a": span(2, 15), "b": span(3, 25)},
    (
        "{n} plants {a} rows of {o} with {b} {o} in each row.",
        "In the {place} there are {a} rows of {o}. Each row has {b} {o}.",
        "A {place} has {a} rows with {b} {o} each. {n} looks after it.",
        "Each of the {a} rows in the {place} of {n} has {b} {o}.",
    ),
    solve("x = a * b", "The rows have {e} {o}.", "There are {e} {o}.", "{n} has {e} {o}."),
)
DRY_OUT = part(
    "dry out",
    {"d": below("x", 60)},
    (
        "{d} of the {o} do not grow.",
        "In the summer {d} {o} die.",
        "The wind breaks {d} of the {o}.",
        "{n} takes out {d} of the {o}.",
    ),
    solve("x = x - d", *LEFT),
)
GARDEN = Domain(
    "garden", PLANTS, (ROWS, GIVEN, TIMES, FEWER_THAN), (DRY_OUT, GETS, GIVES_THIRD), (NOW, SELLS, STILL_NEEDS)
)
