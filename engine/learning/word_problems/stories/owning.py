"""Openings about how many things somebody has, and sentences that several domains share. Plain data over `parts`."""

from __future__ import annotations

from engine.learning.word_problems.parts import below, multiple, part, solve, span

HAS_NOW = (
    "{n} has {e} {o} now.",
    "Now {n} has {e} {o}.",
    "That makes {e} {o}.",
    "So {n} has {e} {o}.",
    "The new number of {o} is {e}.",
)
LEFT = (
    "{n} has {e} {o} left.",
    "After that, {e} {o} are left.",
    "That leaves {e} {o}.",
    "There are {e} {o} left.",
    "Then {n} still has {e} {o}.",
)
TOTAL = (
    "In total there are {e} {o}.",
    "Together that is {e} {o}.",
    "All together there are {e} {o}.",
    "The total is {e} {o}.",
    "Adding them gives {e} {o}.",
)
GIVEN = part(
    "given",
    {"x": span(8, 200)},
    (
        "{n} has {x} {o}.",
        "{n} owns {x} {o}.",
        "There are {x} {o} in the {c} of {n}.",
        "{n} starts with {x} {o}.",
        "{n} keeps {x} {o} in a {c}.",
        "At first, {n} has {x} {o}.",
    ),
)
GROUPS = part(
    "groups",
    {"a": span(2, 14), "b": span(3, 30)},
    (
        "{n} has {a} {cs} with {b} {o} each.",
        "{n} has {a} {cs}. Each {c} holds {b} {o}.",
        "There are {b} {o} in every {c}, and {n} has {a} {cs}.",
        "{n} fills {a} {cs} with {b} {o} each.",
        "{n} buys {a} {cs} of {o}. Every {c} has {b} {o} in it.",
        "In each of {a} {cs} {n} keeps {b} {o}.",
    ),
    solve(
        "x = a * b",
        "The {cs} hold {e} {o}.",
        "In the {cs} there are {e} {o}.",
        "{n} has {e} {o}.",
        "{a} {cs} of {b} {o} make {e} {o}.",
        "All the {cs} together hold {e} {o}.",
    ),
)
NESTED = part(
    "nested groups",
    {"a": span(2, 7), "b": span(2, 8), "d": span(2, 12)},
    (
        "{n} has {a} {rs}. Each {r} has {b} {cs}, and each {c} holds {d} {o}.",
        "There are {a} {rs} with {b} {cs} each. {n} puts {d} {o} in every {c}.",
        "{n} looks after {a} {rs}. In every {r} there are {b} {cs} with {d} {o} each.",
        "Every {c} of {n} holds {d} {o}. There are {b} {cs} in each of the {a} {rs}.",
    ),
    solve("y = a * b", "There are {e} {cs}.", "The {rs} have {e} {cs}.", "The number of {cs} is {e}."),
    solve("x = y * d", "The {cs} hold {e} {o}.", "They hold {e} {o}.", "So there are {e} {o}."),
)
COLOURED = part(
    "two colours",
    {"a": span(5, 150), "b": span(5, 150)},
    (
        "{n} has {a} {colour} {o} and {b} {hue} {o}.",
        "In a {c} {n} has {a} {colour} {o} and {b} {hue} {o}.",
        "{n} owns {a} {colour} {o}. {He} also owns {b} {hue} {o}.",
        "{n} has {a} {o} that are {colour} and {b} that are {hue}.",
    ),
    solve("x = a + b", *TOTAL, "{n} has {e} {o}."),
)
MORE_THAN = part(
    "more than",
    {"a": span(5, 150), "b": span(2, 90)},
    (
        "{m} has {a} {o}. {n} has {b} more {o} than {m}.",
        "{m} has {a} {o}, and {n} has {b} more than {m}.",
        "{n} has {b} {o} more than {m}, who has {a} {o}.",
        "{m} owns {a} {o}. {n} owns {b} more.",
        "{m} has only {a} {o}, and {n} has {b} {o} more.",
    ),
    solve("x = a + b", "{n} has {e} {o}.", "So {n} has {e} {o}.", "The number of {o} that {n} has is {e}."),
)
FEWER_THAN = part(
    "fewer than",
    {"a": span(12, 200), "b": below("a", 90)},
    (
        "{m} has {a} {o}. {n} has {b} fewer {o} than {m}.",
        "{m} has {a} {o}, and {n} has {b} fewer than {m}.",
        "{n} has {b} fewer {o} than {m}, who has {a} {o}.",
        "{m} owns {a} {o}. {n} owns {b} fewer.",
    ),
    solve("x = a - b", "{n} has {e} {o}.", "So {n} has {e} {o}.", "The number of {o} that {n} has is {e}."),
)
TIMES = part(
    "times as many",
    {"a": span(3, 90), "b": span(3, 9)},
    (
        "{m} has {a} {o}. {n} has {b} times as many {o} as {m}.",
        "{n} has {b} times as many {o} as {m}, who has {a} {o}.",
        "{m} has {a} {o}, and {n} has {b} times as many.",
        "{n} owns {b} times as many {o} as {m}, who owns {a}.",
    ),
    solve("x = a * b", "{n} has {e} {o}.", "So {n} has {e} {o}.", "The number of {o} that {n} has is {e}."),
)
TWICE = part(
    "twice as many",
    {"a": span(3, 200)},
    (
        "{m} has {a} {o}. {n} has twice as many {o} as {m}.",
        "{n} has twice as many {o} as {m}, who has {a} {o}.",
        "{m} has {a} {o}, and {n} has twice as many.",
        "{m} has {a} {o}. {n} has double that number of {o}.",
    ),
    solve("x = a * 2", "{n} has {e} {o}.", "So {n} has {e} {o}.", "Twice as many is {e} {o}."),
)
HALF_OF = part(
    "half as many",
    {"a": multiple(2, 3, 150)},
    (
        "{m} has {a} {o}. {n} has half as many {o} as {m}.",
        "{n} has half as many {o} as {m}, who has {a} {o}.",
        "{m} has {a} {o}, and {n} has half as many.",
        "{m} has {a} {o}. {n} has half that number of {o}.",
    ),
    solve("x = a / 2", "{n} has {e} {o}.", "So {n} has {e} {o}.", "Half as many is {e} {o}."),
)
EVERY_DAY = part(
    "every day",
    {"a": span(3, 40), "b": span(2, 14)},
    (
        "{n} collects {a} {o} every day for {b} days.",
        "For {b} days, {n} gets {a} {o} each day.",
        "{n} finds {a} {o} a day. {He} does this for {b} days.",
        "Each day {n} collects {a} {o}, and {he} goes on for {b} days.",
        "Over {b} days, {n} collects {a} {o} per day.",
    ),
    solve("x = a * b", "In {b} days {n} gets {e} {o}.", "{n} collects {e} {o}.", "Over {b} days that is {e} {o}."),
)
