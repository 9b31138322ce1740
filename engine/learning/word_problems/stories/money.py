"""The domain of earning, saving and spending. Plain data over `parts`."""

from __future__ import annotations

from engine.learning.word_problems.lexicon import GOODS
from engine.learning.word_problems.parts import Domain, above, below, divisor, part, solve, span

MONEY_LEFT = (
    "{n} has {e} dollars left.",
    "That leaves {e} dollars.",
    "After that, {e} dollars are left.",
    "Then {n} still has {e} dollars.",
)
_MONEY_NOW = (
    "{n} has {e} dollars now.",
    "Now {n} has {e} dollars.",
    "That makes {e} dollars.",
    "So {n} has {e} dollars.",
)
EARNS = part(
    "earns",
    {"a": span(3, 40), "p": span(5, 25)},
    (
        "{n} works {a} hours and earns {p} dollars per hour.",
        "{n} earns {p} dollars an hour. {He} works for {a} hours.",
        "At a {job} {n} works {a} hours at {p} dollars per hour.",
        "For each hour of work {n} gets {p} dollars, and {he} works {a} hours.",
        "{n} works at a {job}. {He} gets {p} dollars per hour and works {a} hours.",
    ),
    solve("x = a * p", "{n} earns {e} dollars.", "The work brings {e} dollars.", "For {a} hours {n} gets {e} dollars."),
)
SAVES = part(
    "saves weekly",
    {"a": span(3, 40), "p": span(3, 20)},
    (
        "{n} saves {a} dollars every week for {p} weeks.",
        "Every week {n} puts {a} dollars into a bank. {He} does this for {p} weeks.",
        "For {p} weeks {n} saves {a} dollars each week.",
        "{n} gets {a} dollars a week and saves all of it for {p} weeks.",
    ),
    solve("x = a * p", "{n} saves {e} dollars.", "In {p} weeks that is {e} dollars.", "The savings are {e} dollars."),
)
HAS_MONEY = part(
    "has money",
    {"x": span(20, 600)},
    (
        "{n} has {x} dollars.",
        "{n} has {x} dollars in a bank.",
        "{n} gets {x} dollars for {his} birthday.",
        "{n} starts the week with {x} dollars.",
        "{n} takes {x} dollars to the market.",
    ),
)
SPENDS = part(
    "spends",
    {"d": below("x", 300)},
    (
        "{He} spends {d} dollars on food.",
        "Then {n} spends {d} dollars.",
        "{n} pays {d} dollars for a bicycle.",
        "After that, {n} gives {d} dollars to {his} mother.",
        "{n} has to pay {d} dollars for food.",
    ),
    solve("x = x - d", *MONEY_LEFT),
)
SPENDS_MANY = part(
    "spends on many",
    {"t": span(2, 9), "s": span(2, 20)},
    (
        "{n} buys {t} {o} for {s} dollars each.",
        "Then {n} buys {t} {o} that cost {s} dollars each.",
        "{He} spends money on {t} {o} at {s} dollars each.",
        "{n} pays {s} dollars for each of {t} {o}.",
    ),
    solve("y = t * s", "The {o} cost {e} dollars.", "{n} spends {e} dollars.", "For the {o} {he} pays {e} dollars."),
    solve("x = x - y", *MONEY_LEFT),
)
SPENDS_HALF = part(
    "spends half",
    {},
    (
        "{n} spends half of the money.",
        "Then {n} gives half of the money to {his} father.",
        "{He} puts half of the money away and keeps the rest.",
        "Half of the money goes to {his} brother.",
    ),
    solve("x = x / 2", "Half of the money is {e} dollars.", *MONEY_LEFT),
)
BONUS = part(
    "bonus",
    {"d": span(5, 150)},
    (
        "{He} also gets {d} dollars from {his} uncle.",
        "Then {n} gets {d} dollars more.",
        "{n} finds another {d} dollars at home.",
        "{His} mother gives {him} {d} dollars.",
    ),
    solve("x = x + d", *_MONEY_NOW),
)
MONEY_NOW = part(
    "money now",
    {},
    (
        "How much money does {n} have now?",
        "How many dollars does {n} have in the end?",
        "How many dollars are there at the end?",
        "How much money is that now?",
    ),
)
HOW_MANY_CAN = part(
    "how many can",
    {"g": divisor("x", 2, 20)},
    (
        "One {j} costs {g} dollars. How many {u} can {n} buy with the money?",
        "If a {j} costs {g} dollars, how many {u} can {he} buy?",
        "How many {u} at {g} dollars each can {n} buy?",
        "All of the money goes for {u} at {g} dollars each. How many {u} does {n} get?",
    ),
    solve("x = x / g", "{n} can buy {e} {u}.", "That is enough for {e} {u}.", "The money buys {e} {u}."),
)
GOAL = part(
    "money goal",
    {"y": above("x", 5, 200)},
    (
        "{n} wants a bicycle for {y} dollars. How many more dollars does {he} need?",
        "A new phone costs {y} dollars. How much money is missing?",
        "How much more money must {n} save to have {y} dollars?",
        "The goal of {n} is {y} dollars. How many dollars does {he} still need?",
    ),
    solve("x = y - x", "{n} still needs {e} dollars.", "{e} dollars are missing.", "The difference is {e} dollars."),
)
MONEY_SHARED = part(
    "money shared",
    {"g": divisor("x")},
    (
        "{n} shares the money equally among {g} children. How many dollars does each child get?",
        "If the money is split evenly between {g} people, how much does each person get?",
        "How much does each of {g} friends get if {n} shares the money equally?",
        "The money is put into {g} equal parts. How many dollars is each part?",
    ),
    solve("x = x / g", "Each one gets {e} dollars.", "Each part is {e} dollars.", "Everyone gets {e} dollars."),
)
MONEY = Domain(
    "money",
    GOODS,
    (EARNS, SAVES, HAS_MONEY),
    (SPENDS, SPENDS_MANY, SPENDS_HALF, BONUS),
    (MONEY_NOW, HOW_MANY_CAN, GOAL, MONEY_SHARED),
)
