"""The domain of goods that are made, stored and packed. Plain data over `parts`."""

from __future__ import annotations

from engine.learning.word_problems.lexicon import GOODS, THINGS
from engine.learning.word_problems.parts import Domain, below, divisor, part, solve, span, unlike

MACHINE = part(
    "machine",
    {"a": span(5, 60), "b": span(2, 12)},
    (
        "A machine makes {a} {o} per hour and runs for {b} hours.",
        "A factory makes {a} {o} in one hour. It works for {b} hours.",
        "Every hour {a} {o} come out of a machine. It runs for {b} hours.",
        "In each of {b} hours a machine makes {a} {o}.",
    ),
    solve("x = a * b", "In {b} hours that is {e} {o}.", "The number made is {e} {o}.", "They make {e} {o}."),
)
MACHINES = part(
    "two machines",
    {"a": span(10, 200), "b": span(10, 200)},
    (
        "One machine makes {a} {o} and another machine makes {b} {o}.",
        "A factory makes {a} {o} on {day} and {b} {o} on the next day.",
        "Two workers make {o}. The first one makes {a}, and the second one makes {b}.",
        "A factory makes {a} small {o} and {b} large {o}.",
    ),
    solve("x = a + b", "Together that is {e} {o}.", "In total there are {e} {o}.", "They make {e} {o}."),
)
STORE_ROOM = part(
    "store room",
    {"x": span(30, 400)},
    (
        "A shop has {x} {o}.",
        "There are {x} {o} in a store.",
        "A truck brings {x} {o} to a shop.",
        "A school gets {x} {o}.",
    ),
)
BROKEN = part(
    "broken",
    {"d": below("x", 90)},
    (
        "{d} of the {o} are broken and thrown away.",
        "Then {d} {o} are sold.",
        "{d} of them are sent back.",
        "On the way {d} of the {o} are broken.",
    ),
    solve("x = x - d", "{e} {o} are left.", "That leaves {e} {o}.", "After that, there are {e} {o}."),
)
SUPPLY = part(
    "supply",
    {"t": span(2, 9), "s": span(3, 25)},
    (
        "Then {t} boxes with {s} {o} each are added.",
        "A truck brings {t} boxes of {s} {o}.",
        "{t} more boxes come, and each box has {s} {o}.",
        "Another {t} boxes arrive with {s} {o} in every box.",
    ),
    solve("y = t * s", "The boxes hold {e} {o}.", "In the boxes there are {e} {o}.", "The new {o} are {e}."),
    solve("x = x + y", "Now there are {e} {o}.", "That makes {e} {o}.", "So there are {e} {o}."),
)
QUARTER_SOLD = part(
    "quarter sold",
    {"h": divisor("x", 4, 4)},
    (
        "A quarter of the {o} are sold.",
        "Then one quarter of them is given away.",
        "People buy a quarter of the {o}.",
        "One quarter of the {o} is sold.",
    ),
    solve("y = x / 4", "A quarter is {e} {o}.", "One quarter of the {o} is {e} {o}."),
    solve("x = x - y", "{e} {o} are left.", "That leaves {e} {o}.", "After that, there are {e} {o}."),
)
STOCK_NOW = part(
    "stock now",
    {},
    (
        "How many {o} are there now?",
        "How many {o} are there in the end?",
        "Find the number of {o}.",
        "What is the number of {o} at the end?",
    ),
)
STOCK_PACKED = part(
    "stock packed",
    {"g": divisor("x", 2, 20)},
    (
        "They are packed into boxes of {g}. How many boxes are needed?",
        "One box holds {g} {o}. How many boxes can be filled?",
        "If {g} {o} go into one box, how many boxes are there?",
        "How many boxes are needed if each box takes {g} {o}?",
    ),
    solve("x = x / g", "They fill {e} boxes.", "There are {e} boxes.", "That makes {e} boxes."),
)
STOCK_ROOMS = part(
    "stock shared",
    {"g": divisor("x")},
    (
        "They are shared equally by {g} shops. How many {o} does each shop get?",
        "{g} schools get the same number of them. How many {o} does one school get?",
        "If they are split evenly between {g} rooms, how many {o} are in each room?",
        "How many {o} does each of {g} schools get if all get the same number?",
    ),
    solve("x = x / g", "Each one gets {e} {o}.", "For each it is {e} {o}.", "That is {e} {o} each."),
)
STOCK_OTHER = part(
    "stock compared",
    {"y": unlike("x", 5, 300)},
    (
        "Another shop has {y} {o}. How many {o} are there all together?",
        "If there are {y} {o} at another place, how many {o} is that in total?",
        "The next town has {y} {o}. How many {o} are there at both places?",
        "What is the total number of {o} if there are {y} more at another shop?",
    ),
    solve("x = x + y", "In total there are {e} {o}.", "Together that is {e} {o}.", "Both have {e} {o}."),
)
STOCK = Domain(
    "stock",
    GOODS + THINGS,
    (MACHINE, MACHINES, STORE_ROOM),
    (BROKEN, SUPPLY, QUARTER_SOLD),
    (STOCK_NOW, STOCK_PACKED, STOCK_ROOMS, STOCK_OTHER),
)
