"""The domain of prices, bills and change. Plain data over `parts`."""

from __future__ import annotations

from engine.learning.word_problems.lexicon import GOODS
from engine.learning.word_problems.parts import Domain, above, below, divisor, part, solve, span
from engine.learning.word_problems.stories.money import MONEY_LEFT

_COST = ("The cost is {e} dollars.", "{n} pays {e} dollars.", "That costs {e} dollars.", "The price is {e} dollars.")
BUYS = part(
    "buys",
    {"a": span(2, 15), "p": span(2, 30)},
    (
        "{n} buys {a} {o} for {p} dollars each.",
        "{n} buys {a} {o}. Each {i} costs {p} dollars.",
        "One {i} costs {p} dollars. {n} buys {a} {o}.",
        "In a shop {n} takes {a} {o} at {p} dollars each.",
        "The price of one {i} is {p} dollars, and {n} wants {a} {o}.",
    ),
    solve("x = a * p", "The {o} cost {e} dollars.", "{a} {o} cost {e} dollars.", *_COST),
)
BUYS_TWO = part(
    "buys two kinds",
    {"a": span(2, 12), "p": span(2, 20), "b": span(2, 12), "q": span(2, 20)},
    (
        "{n} buys {a} {o} for {p} dollars each and {b} {u} for {q} dollars each.",
        "One {i} costs {p} dollars and one {j} costs {q} dollars. {n} buys {a} {o} and {b} {u}.",
        "{n} buys {a} {o} and {b} {u}. Each {i} costs {p} dollars, and each {j} costs {q} dollars.",
        "In a shop {n} takes {a} {o} at {p} dollars each. {He} also takes {b} {u} at {q} dollars each.",
    ),
    solve("y = a * p", "The {o} cost {e} dollars.", "{n} pays {e} dollars for the {o}."),
    solve("z = b * q", "The {u} cost {e} dollars.", "{n} pays {e} dollars for the {u}."),
    solve(
        "x = y + z", "In total that is {e} dollars.", "Together they cost {e} dollars.", "All of it costs {e} dollars."
    ),
)
COUPON = part(
    "coupon",
    {"d": below("x", 40)},
    (
        "A coupon takes {d} dollars off the price.",
        "{n} has a coupon for {d} dollars.",
        "The shop takes {d} dollars off.",
        "{n} has a coupon that takes {d} dollars off the price.",
    ),
    solve("x = x - d", "With the coupon the price is {e} dollars.", "The new price is {e} dollars.", *_COST),
)
DELIVERY = part(
    "delivery",
    {"d": span(2, 40)},
    (
        "Delivery costs {d} dollars more.",
        "{He} also pays {d} dollars for delivery.",
        "The tax is {d} dollars.",
        "{n} pays {d} dollars more for a card.",
    ),
    solve("x = x + d", "With that it costs {e} dollars.", "The new price is {e} dollars.", *_COST),
)
HALF_PRICE = part(
    "half price",
    {},
    (
        "Today the shop sells everything at half price.",
        "There is a sale, and {n} pays only half of the price.",
        "A friend pays half of it.",
        "The shop gives {him} half off.",
    ),
    solve("x = x / 2", "Half of the price is {e} dollars.", "The half is {e} dollars.", *_COST),
)
HOW_MUCH = part(
    "how much",
    {},
    (
        "How much does {n} pay?",
        "How many dollars does {n} pay in total?",
        "What is the total cost in dollars?",
        "How much money does {he} need?",
        "Find the number of dollars that {n} has to pay.",
    ),
)
CHANGE_BACK = part(
    "change",
    {"y": above("x", 2, 60)},
    (
        "{n} pays with {y} dollars. How much change does {he} get?",
        "{He} gives the seller {y} dollars. How many dollars does {he} get back?",
        "If {n} has {y} dollars, how much money is left after paying?",
        "How much change does {n} get from {y} dollars?",
        "{n} has {y} dollars. How many dollars does {he} have after paying?",
    ),
    solve("x = y - x", "The change is {e} dollars.", "{n} gets {e} dollars back.", *MONEY_LEFT),
)
SPLIT_BILL = part(
    "split bill",
    {"g": divisor("x")},
    (
        "{g} friends share the cost equally. How many dollars does each of them pay?",
        "If {g} people split the price evenly, how much does each person pay?",
        "The bill is shared equally by {g} people. How much is it for each one?",
        "How many dollars does each of {g} friends pay if they share the cost equally?",
    ),
    solve("x = x / g", "Each one pays {e} dollars.", "Everyone pays {e} dollars.", "For each it is {e} dollars."),
)
TOO_LITTLE = part(
    "too little",
    {"y": below("x")},
    (
        "{n} has only {y} dollars. How many more dollars does {he} need?",
        "{He} already has {y} dollars. How much money is missing?",
        "If {n} has saved {y} dollars, how much more must {he} save?",
        "How many more dollars does {n} need if {he} has {y} dollars?",
    ),
    solve("x = x - y", "{n} still needs {e} dollars.", "{e} dollars are missing.", "The difference is {e} dollars."),
)
SHOPPING = Domain(
    "shopping",
    GOODS,
    (BUYS, BUYS_TWO),
    (COUPON, DELIVERY, HALF_PRICE),
    (HOW_MUCH, CHANGE_BACK, SPLIT_BILL, TOO_LITTLE),
)
