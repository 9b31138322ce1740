"""The domain of ages. Plain data over `parts`."""

from __future__ import annotations

from engine.learning.word_problems.parts import Domain, above, below, multiple, part, solve, span

_AGE = ("{n} is {e} years old.", "So {n} is {e} years old.", "The age of {n} is {e} years.")
OLDER = part(
    "older",
    {"a": span(4, 60), "b": span(2, 30)},
    (
        "{m} is {a} years old. {n} is {b} years older than {m}.",
        "{m} is {a} years old, and {n} is {b} years older.",
        "{n} is {b} years older than {m}, who is {a} years old.",
        "The age of {m} is {a}. {n} is {b} years older.",
    ),
    solve("x = a + b", *_AGE),
)
YOUNGER = part(
    "younger",
    {"a": span(8, 80), "b": below("a", 40)},
    (
        "{m} is {a} years old. {n} is {b} years younger than {m}.",
        "{m} is {a} years old, and {n} is {b} years younger.",
        "{n} is {b} years younger than {m}, who is {a} years old.",
        "The age of {m} is {a}. {n} is {b} years younger.",
    ),
    solve("x = a - b", *_AGE),
)
TIMES_AGE = part(
    "times as old",
    {"a": span(3, 20), "b": span(3, 5)},
    (
        "{m} is {a} years old. {n} is {b} times as old as {m}.",
        "{m} is {a} years old, and {n} is {b} times as old.",
        "{n} is {b} times as old as {m}, who is {a} years old.",
        "The age of {m} is {a}. {n} is {b} times as old.",
    ),
    solve("x = a * b", *_AGE),
)
TWICE_AGE = part(
    "twice as old",
    {"a": span(3, 45)},
    (
        "{m} is {a} years old. {n} is twice as old as {m}.",
        "{m} is {a} years old, and {n} is twice as old.",
        "{n} is twice as old as {m}, who is {a} years old.",
        "The age of {m} is {a}. The age of {n} is double that.",
    ),
    solve("x = a * 2", *_AGE),
)
HALF_AGE = part(
    "half as old",
    {"a": multiple(2, 3, 45)},
    (
        "{m} is {a} years old. {n} is half as old as {m}.",
        "{m} is {a} years old, and {n} is half as old.",
        "{n} is half as old as {m}, who is {a} years old.",
        "The age of {m} is {a}. The age of {n} is half of that.",
    ),
    solve("x = a / 2", *_AGE),
)
AGE_NOW = part(
    "age",
    {},
    ("How old is {n}?", "Find the age of {n} in years.", "How many years old is {n}?", "What is the age of {n}?"),
)
AGE_IN = part(
    "age in",
    {"t": span(2, 30)},
    (
        "How old will {n} be in {t} years?",
        "What will be the age of {n} in {t} years?",
        "In {t} years, how old will {n} be?",
        "After {t} more years, what is the age of {n}?",
    ),
    solve(
        "x = x + t",
        "In {t} years {n} will be {e} years old.",
        "Later the age is {e} years.",
        "Then {n} is {e} years old.",
    ),
)
AGE_AGO = part(
    "age ago",
    {"t": below("x", 30)},
    (
        "How old was {n} {t} years ago?",
        "What was the age of {n} {t} years ago?",
        "{t} years ago, how old was {n}?",
        "How many years old was {n} {t} years ago?",
    ),
    solve(
        "x = x - t",
        "{t} years ago {n} was {e} years old.",
        "Then the age was {e} years.",
        "Before, {n} was {e} years old.",
    ),
)
AGE_SUM = part(
    "age sum",
    {"y": span(3, 90)},
    (
        "{l} is {y} years old. How old are {n} and {l} together?",
        "{l} is {y} years old. What do the ages of {n} and {l} make together?",
        "How many years old are {n} and {l} together if {l} is {y}?",
        "What is the sum of the ages of {n} and {l} if {l} is {y} years old?",
    ),
    solve(
        "x = x + y",
        "Together they are {e} years old.",
        "The sum of the ages is {e} years.",
        "Both ages make {e} years.",
    ),
)
AGE_DIFFERENCE = part(
    "age difference",
    {"y": above("x", 2, 30)},
    (
        "{l} is {y} years old. How many years older than {n} is {l}?",
        "If {l} is {y} years old, how many years younger than {l} is {n}?",
        "How many years is {l} older than {n} if {l} is {y}?",
        "What is the difference of the ages of {n} and {l} if {l} is {y} years old?",
    ),
    solve("x = y - x", "The difference is {e} years.", "{l} is {e} years older.", "{n} is {e} years younger."),
)
AGES = Domain(
    "ages",
    (),
    (OLDER, YOUNGER, TIMES_AGE, TWICE_AGE, HALF_AGE),
    (),
    (AGE_NOW, AGE_IN, AGE_AGO, AGE_SUM, AGE_DIFFERENCE),
)
