"""The domain of things that somebody collects, gives away and shares. Plain data over `parts`."""

from __future__ import annotations

from engine.learning.word_problems.lexicon import THINGS
from engine.learning.word_problems.parts import Domain, above, below, divisor, part, solve, span
from engine.learning.word_problems.stories.owning import (
    COLOURED,
    EVERY_DAY,
    FEWER_THAN,
    GIVEN,
    GROUPS,
    HALF_OF,
    HAS_NOW,
    LEFT,
    MORE_THAN,
    NESTED,
    TIMES,
    TOTAL,
    TWICE,
)

GIVES = part(
    "gives away",
    {"d": below("x", 120)},
    (
        "{n} gives away {d} {o}.",
        "Then {n} gives {d} {o} to a friend.",
        "{He} gives {d} of the {o} to {his} sister.",
        "{n} sells {d} of them.",
        "After that, {n} loses {d} {o}.",
        "{d} of the {o} are given to a friend.",
    ),
    solve("x = x - d", *LEFT),
)
GETS = part(
    "gets more",
    {"d": span(2, 120)},
    (
        "{n} gets {d} more {o}.",
        "Then {n} buys {d} more {o}.",
        "{His} aunt gives {him} {d} {o}.",
        "Later {he} finds {d} more {o}.",
        "{n} adds {d} more {o}.",
        "Another {d} {o} are given to {n}.",
    ),
    solve("x = x + d", *HAS_NOW),
)
GETS_GROUPS = part(
    "gets groups",
    {"t": span(2, 9), "s": span(2, 20)},
    (
        "Then {n} buys {t} bundles of {s} {o} each.",
        "{n} gets {t} more bundles with {s} {o} in each bundle.",
        "{He} adds {t} bundles, and each bundle has {s} {o}.",
        "After that, {t} bundles of {s} {o} are given to {n}.",
    ),
    solve(
        "y = t * s", "The bundles have {e} {o}.", "The new bundles hold {e} {o}.", "In the bundles there are {e} {o}."
    ),
    solve("x = x + y", *HAS_NOW),
)
GIVES_EACH = part(
    "gives to each friend",
    {"t": span(2, 8), "s": span(2, 12)},
    (
        "{n} gives {s} {o} to each of {t} friends.",
        "Then {t} friends come, and {n} gives each of them {s} {o}.",
        "{He} gives {t} children {s} {o} each.",
        "Each of {t} children gets {s} {o} from {n}.",
    ),
    solve(
        "y = t * s",
        "{n} gives away {e} {o}.",
        "The {o} given away are {e}.",
        "All of them together get {e} {o}.",
    ),
    solve("x = x - y", *LEFT),
)
GIVES_HALF = part(
    "gives half",
    {},
    (
        "{n} gives half of the {o} to {his} brother.",
        "Then {n} sells half of the {o}.",
        "{He} gives away half of them.",
        "Half of the {o} are given away.",
    ),
    solve("x = x / 2", "Half of the {o} are {e} {o}.", "The other half is {e} {o}.", *LEFT),
)
GIVES_THIRD = part(
    "gives a third",
    {"h": divisor("x", 3, 3)},
    (
        "{n} gives a third of the {o} to {his} brother.",
        "Then {n} sells one third of the {o}.",
        "{He} gives away a third of them.",
        "One third of the {o} are given away.",
    ),
    solve("y = x / 3", "A third of the {o} is {e} {o}.", "One third is {e} {o}.", "{n} gives away {e} {o}."),
    solve("x = x - y", *LEFT),
)
NOW = part(
    "now",
    {},
    (
        "How many {o} does {n} have now?",
        "How many {o} does {n} have in the end?",
        "How many {o} are there now?",
        "Find the number of {o} that {n} has now.",
        "What is the number of {o} that {n} has at the end?",
    ),
)
SHARES = part(
    "shares",
    {"g": divisor("x")},
    (
        "{n} shares all the {o} equally among {g} friends. How many {o} does each friend get?",
        "{He} shares them equally among {g} children. How many {o} does each child get?",
        "If {g} people share the {o} equally, how many does each person get?",
        "All {o} are split evenly between {g} families. How many {o} does each family get?",
        "How many {o} does each of {g} friends get if {n} shares all of them equally?",
    ),
    solve(
        "x = x / g",
        "Each one gets {e} {o}.",
        "Each of the {g} gets {e} {o}.",
        "Shared equally, that is {e} {o} each.",
        "Everyone gets {e} {o}.",
    ),
)
PACKS = part(
    "packs",
    {"g": divisor("x")},
    (
        "{n} packs the {o} into parcels of {g}. How many parcels does {he} need?",
        "All {o} are put into parcels with {g} {o} each. How many parcels are there?",
        "A parcel takes {g} {o}. How many parcels can {n} fill?",
        "If every parcel holds {g} {o}, how many parcels does {n} fill?",
    ),
    solve("x = x / g", "That fills {e} parcels.", "{n} needs {e} parcels.", "There are {e} parcels."),
)
LASTS = part(
    "lasts days",
    {"g": divisor("x")},
    (
        "{n} uses {g} {o} every day. How many days do the {o} last?",
        "If {n} uses {g} {o} a day, for how many days will they last?",
        "Each day {n} needs {g} {o}. After how many days are all of them used?",
        "How many days do they last if {n} uses {g} of them per day?",
    ),
    solve("x = x / g", "They last {e} days.", "The {o} last {e} days.", "That is enough for {e} days."),
)
SELLS = part(
    "sells for",
    {"p": span(2, 12)},
    (
        "{n} sells each of the {o} for {p} dollars. How much money does {n} get?",
        "{He} sells all of them for {p} dollars each. How many dollars does {he} get?",
        "If every {i} is sold for {p} dollars, how much does {n} earn?",
        "How many dollars does {n} get for all the {o} at {p} dollars each?",
    ),
    solve("x = x * p", "{n} gets {e} dollars.", "Selling them brings {e} dollars.", "They sell for {e} dollars."),
)
WITH_OTHER = part(
    "together",
    {"y": span(5, 150)},
    (
        "{l} has {y} {o}. How many {o} do {n} and {l} have together?",
        "If {l} has {y} {o}, how many {o} do they have all together?",
        "{l} brings {y} {o}. How many {o} do {n} and {l} have in total?",
        "What is the total number of {o} of {n} and {l} if {l} has {y}?",
    ),
    solve("x = x + y", *TOTAL, "Together they have {e} {o}."),
)
HOW_MANY_MORE = part(
    "how many more",
    {"y": below("x")},
    (
        "{l} has {y} {o}. How many more {o} does {n} have than {l}?",
        "How many more {o} than {l} does {n} have if {l} has {y}?",
        "If {l} has {y} {o}, how many fewer {o} does {l} have than {n}?",
        "{l} has only {y} {o}. How many {o} more does {n} have?",
    ),
    solve("x = x - y", "{n} has {e} {o} more.", "The difference is {e} {o}.", "That is {e} more {o} than {l} has."),
)
STILL_NEEDS = part(
    "still needs",
    {"y": above("x")},
    (
        "{n} wants to have {y} {o}. How many more {o} does {he} need?",
        "{n} needs {y} {o} in total. How many {o} are missing?",
        "How many more {o} must {n} get to have {y}?",
        "The goal is {y} {o}. How many {o} does {n} still need?",
    ),
    solve("x = y - x", "{n} still needs {e} {o}.", "{e} {o} are missing.", "The number that is missing is {e} {o}."),
)
_OWNED = (COLOURED, MORE_THAN, FEWER_THAN, TIMES, TWICE, HALF_OF)
_CHANGED = (GIVES, GETS, GETS_GROUPS, GIVES_EACH, GIVES_HALF, GIVES_THIRD)
_ASKED = (NOW, SHARES, PACKS, LASTS, SELLS, WITH_OTHER, HOW_MANY_MORE, STILL_NEEDS)
COLLECTION = Domain("collection", THINGS, (GIVEN, GROUPS, NESTED, EVERY_DAY, *_OWNED), _CHANGED, _ASKED)
