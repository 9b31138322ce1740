"""The domain of ways, speeds and fuel. Plain data over `parts`."""

from __future__ import annotations

from engine.learning.word_problems.lexicon import THINGS
from engine.learning.word_problems.parts import Domain, above, divisor, part, solve, span

DRIVES = part(
    "drives",
    {"a": span(8, 90), "b": span(2, 9)},
    (
        "A {v} moves at {a} kilometers per hour for {b} hours.",
        "A {v} travels {a} kilometers every hour. It travels for {b} hours.",
        "For {b} hours a {v} goes {a} kilometers per hour.",
        "A {v} goes {a} kilometers per hour, and the trip takes {b} hours.",
    ),
    solve(
        "x = a * b", "In {b} hours it goes {e} kilometers.", "The way is {e} kilometers.", "It travels {e} kilometers."
    ),
)
LEGS = part(
    "two legs",
    {"a": span(10, 300), "b": span(10, 300)},
    (
        "A {v} goes {a} kilometers on {day} and {b} kilometers on the next day.",
        "In the morning a {v} travels {a} kilometers. In the afternoon it travels {b} kilometers.",
        "The first part of a trip is {a} kilometers long, and the second part is {b} kilometers long.",
        "A {v} goes {a} kilometers. After a rest it goes {b} kilometers.",
    ),
    solve(
        "x = a + b", "Both parts are {e} kilometers.", "Together that is {e} kilometers.", "The way is {e} kilometers."
    ),
)
DAILY_WAY = part(
    "daily way",
    {"a": span(3, 30), "b": span(2, 14)},
    (
        "{n} runs {a} kilometers every day for {b} days.",
        "Each day {n} walks {a} kilometers. {He} does this for {b} days.",
        "For {b} days {n} rides {a} kilometers a day.",
        "On each of {b} days {n} travels {a} kilometers.",
    ),
    solve("x = a * b", "In {b} days that is {e} kilometers.", "The way is {e} kilometers.", "It makes {e} kilometers."),
)
MORE_WAY = part(
    "more way",
    {"d": span(2, 150)},
    (
        "After a rest there are {d} more kilometers to go.",
        "Then the trip goes on for {d} kilometers more.",
        "A wrong turn makes the trip {d} kilometers longer.",
        "After that, it is {d} kilometers more.",
    ),
    solve(
        "x = x + d", "With that the trip is {e} kilometers.", "Now it is {e} kilometers.", "That makes {e} kilometers."
    ),
)
BACK_AGAIN = part(
    "back again",
    {},
    (
        "Then the same way is traveled back.",
        "The way back is just as long.",
        "After that comes the same way home.",
        "After that, the trip goes back the same way.",
    ),
    solve(
        "x = x * 2",
        "There and back it is {e} kilometers.",
        "Twice the way is {e} kilometers.",
        "That makes {e} kilometers.",
    ),
)
HOW_FAR = part(
    "how far",
    {},
    (
        "How many kilometers is that in total?",
        "How long is the whole trip in kilometers?",
        "How far is it all together?",
        "What is the whole way in kilometers?",
    ),
)
WAY_LEFT = part(
    "way left",
    {"y": above("x", 3, 200)},
    (
        "The goal was {y} kilometers. How many kilometers are left?",
        "How many kilometers are missing to reach {y} kilometers?",
        "The next city is {y} kilometers from the start. How many kilometers are still to go?",
        "If the goal was {y} kilometers, how far is it still?",
    ),
    solve("x = y - x", "{e} kilometers are left.", "There are {e} kilometers to go.", "The rest is {e} kilometers."),
)
FUEL = part(
    "liters",
    {"g": divisor("x", 2, 20)},
    (
        "One liter is enough for {g} kilometers. How many liters are needed?",
        "If one liter lasts for {g} kilometers, how many liters does the trip take?",
        "Every {g} kilometers take one liter. How many liters does all of it take?",
        "How many liters are needed for the trip if one liter is enough for {g} kilometers?",
    ),
    solve("x = x / g", "The trip takes {e} liters.", "That needs {e} liters.", "It takes {e} liters."),
)
TRAVEL = Domain("travel", THINGS, (DRIVES, LEGS, DAILY_WAY), (MORE_WAY, BACK_AGAIN), (HOW_FAR, WAY_LEFT, FUEL))
