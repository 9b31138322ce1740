"""The domain of animals on a farm. Plain data over `parts`."""

from __future__ import annotations

from engine.learning.word_problems.lexicon import ANIMALS
from engine.learning.word_problems.parts import Domain, below, divisor, part, solve, span, unlike

HERDS = part(
    "herds",
    {"a": span(2, 12), "b": span(3, 25)},
    (
        "A farmer has {a} barns with {b} {o} each.",
        "On a farm there are {a} barns. {b} {o} live in each barn.",
        "{b} {o} live in each of the {a} barns of a farm.",
        "Each barn on the farm is home to {b} {o}, and there are {a} barns.",
    ),
    solve("x = a * b", "The barns hold {e} {o}.", "There are {e} {o}.", "On the farm there are {e} {o}."),
)
FLOCK = part(
    "flock",
    {"a": span(5, 150), "b": span(5, 150)},
    (
        "A farm has {a} {colour} {o} and {b} {hue} {o}.",
        "There are {a} young {o} and {b} old {o} on a farm.",
        "A farmer looks after {a} big {o} and {b} small {o}.",
        "On one field there are {a} {o}, and on another field there are {b} {o}.",
    ),
    solve("x = a + b", "There are {e} {o}.", "The farm has {e} {o}.", "In total there are {e} {o}."),
)
HERD_LEAVES = part(
    "herd leaves",
    {"d": below("x", 90)},
    (
        "{d} {o} are sold.",
        "Then {d} of the {o} run away.",
        "The farmer sells {d} of the {o}.",
        "Another farmer takes {d} of the {o}.",
    ),
    solve("x = x - d", "There are {e} {o} left.", "After that, {e} {o} are left.", "That leaves {e} {o}."),
)
HERD_GROWS = part(
    "herd grows",
    {"d": span(2, 90)},
    (
        "Then {d} more {o} are born.",
        "The farmer buys {d} more {o}.",
        "{d} more {o} come to the farm.",
        "In summer the farm gets {d} new {o}.",
    ),
    solve("x = x + d", "Now there are {e} {o}.", "The farm now has {e} {o}.", "That makes {e} {o}."),
)
HERD_NOW = part(
    "herd now",
    {},
    (
        "How many {o} are on the farm now?",
        "How many {o} does the farm have in the end?",
        "What is the number of {o} on the farm?",
        "Find the number of {o} that live on the farm now.",
    ),
)
HERD_FOOD = part(
    "herd food",
    {"p": span(2, 9)},
    (
        "Each {i} needs {p} kilograms of food a day. How many kilograms of food does the farm need for one day?",
        "If every {i} eats {p} kilograms of food a day, how many kilograms do all of them eat in one day?",
        "One {i} eats {p} kilograms of food. How many kilograms of food do all {o} eat?",
        "How many kilograms of food are needed if each {i} gets {p} kilograms?",
    ),
    solve(
        "x = x * p", "They need {e} kilograms of food.", "All {o} eat {e} kilograms.", "The food weighs {e} kilograms."
    ),
)
HERD_SPLIT = part(
    "herd split",
    {"g": divisor("x")},
    (
        "The farmer puts them into {g} equal groups. How many {o} are in each group?",
        "All {o} are split evenly between {g} fields. How many {o} are on each field?",
        "If {g} fields get the same number of {o}, how many {o} does each field get?",
        "How many {o} are on each of {g} fields if all fields get the same number?",
    ),
    solve("x = x / g", "Each one gets {e} {o}.", "In each of them there are {e} {o}.", "That is {e} {o} each."),
)
HERD_OTHER = part(
    "herd total",
    {"y": unlike("x", 5, 150)},
    (
        "Another farm has {y} {o}. How many {o} do both farms have together?",
        "The next farm has {y} {o}. How many {o} are there on both farms?",
        "If another farm has {y} {o}, what is the total number of {o} on the two farms?",
        "How many {o} are there on two farms if the second farm has {y} {o}?",
    ),
    solve("x = x + y", "Both farms have {e} {o}.", "In total there are {e} {o}.", "Together that is {e} {o}."),
)
FARM = Domain("farm", ANIMALS, (HERDS, FLOCK), (HERD_LEAVES, HERD_GROWS), (HERD_NOW, HERD_FOOD, HERD_SPLIT, HERD_OTHER))
