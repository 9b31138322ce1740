"""The domain of food that is bought, prepared and eaten. Plain data over `parts`."""

from __future__ import annotations

from engine.learning.word_problems.lexicon import FOODS
from engine.learning.word_problems.parts import Domain, below, part, solve, span
from engine.learning.word_problems.stories.collection import (
    GETS,
    GIVES_EACH,
    GIVES_HALF,
    GIVES_THIRD,
    LASTS,
    NOW,
    PACKS,
    SELLS,
    SHARES,
    STILL_NEEDS,
    WITH_OTHER,
)
from engine.learning.word_problems.stories.owning import GIVEN, GROUPS, HALF_OF, LEFT, MORE_THAN, TWICE

BAKES = part(
    "bakes",
    {"a": span(2, 12), "b": span(4, 30)},
    (
        "{n} prepares {a} trays of {o} with {b} {o} on each tray.",
        "In the kitchen {n} fills {a} trays. Each tray has {b} {o}.",
        "{n} puts {b} {o} on each of {a} trays.",
        "Each tray takes {b} {o}, and {n} fills {a} trays.",
    ),
    solve("x = a * b", "The trays hold {e} {o}.", "{n} has {e} {o}.", "On the trays there are {e} {o}."),
)
DOZENS = part(
    "dozens",
    {"a": span(2, 15)},
    (
        "{n} buys {a} dozen {o}.",
        "{n} has {a} dozen {o} in the kitchen.",
        "There are {a} dozen {o} on the table of {n}.",
        "At the market {n} gets {a} dozen {o}.",
    ),
    solve("x = a * 12", "{a} dozen are {e} {o}.", "{n} has {e} {o}.", "That is {e} {o}."),
)
EATS = part(
    "eats",
    {"d": below("x", 40)},
    (
        "The family eats {d} of the {o}.",
        "{n} and {his} friends eat {d} {o}.",
        "{d} of the {o} are bad, and {n} throws them away.",
        "At lunch {d} {o} are eaten.",
        "Then {d} of the {o} are eaten by friends.",
    ),
    solve("x = x - d", *LEFT),
)
EATS_DAILY = part(
    "eats daily",
    {"t": span(2, 7), "s": span(2, 9)},
    (
        "The family eats {s} {o} a day for {t} days.",
        "For {t} days the children eat {s} {o} each day.",
        "{n} eats {s} {o} every day for {t} days.",
        "Over the next {t} days, {s} {o} per day are eaten.",
    ),
    solve("y = t * s", "In {t} days they eat {e} {o}.", "The {o} eaten are {e}.", "{e} {o} are eaten."),
    solve("x = x - y", *LEFT),
)
FOOD = Domain(
    "food",
    FOODS,
    (GIVEN, BAKES, DOZENS, GROUPS, MORE_THAN, TWICE, HALF_OF),
    (EATS, EATS_DAILY, GETS, GIVES_EACH, GIVES_HALF, GIVES_THIRD),
    (NOW, SHARES, PACKS, LASTS, SELLS, WITH_OTHER, STILL_NEEDS),
)
