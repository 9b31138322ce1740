"""The domain of people who come and go. Plain data over `parts`."""

from __future__ import annotations

from engine.learning.word_problems.parts import Domain, above, below, divisor, part, solve, span

_PEOPLE = ("There are {e} people.", "Now there are {e} people.", "That makes {e} people.", "So there are {e} people.")
BUS = part(
    "bus",
    {"x": span(12, 150)},
    (
        "A bus starts with {x} people.",
        "There are {x} people on a train.",
        "{x} people are in a hall.",
        "At noon there are {x} people in a museum.",
        "A ship starts with {x} people.",
    ),
)
SEATS = part(
    "seats",
    {"a": span(3, 30), "b": span(4, 30)},
    (
        "A hall has {a} rows with {b} seats each, and there is one person on every seat.",
        "In a theater there are {a} rows of {b} people.",
        "{a} groups of {b} people come to a museum.",
        "Each of {a} groups brings {b} people to a museum.",
    ),
    solve("x = a * b", *_PEOPLE),
)
TEAMS = part(
    "two groups",
    {"a": span(5, 200), "b": span(5, 200)},
    (
        "{a} girls and {b} boys go to a {club}.",
        "A {club} has {a} girls and {b} boys.",
        "{a} adults and {b} children come to a {club}.",
        "There are {a} adults and {b} children in a {club}.",
    ),
    solve("x = a + b", *_PEOPLE),
)
GET_OFF = part(
    "people leave",
    {"d": below("x", 120)},
    (
        "Then {d} people leave.",
        "After a while {d} of them go home.",
        "{d} people go away.",
        "{d} of them get off and leave.",
    ),
    solve("x = x - d", "After that, {e} people are left.", "There are {e} people left.", "That leaves {e} people."),
)
GET_ON = part(
    "people come",
    {"d": span(2, 120)},
    (
        "Then {d} more people come.",
        "After a while {d} people join them.",
        "{d} new people arrive.",
        "Later {d} more people get in.",
    ),
    solve("x = x + d", *_PEOPLE),
)
HALF_LEAVE = part(
    "half leave",
    {},
    ("Half of the people leave.", "Then half of them go home.", "At the next stop half of the people go away."),
    solve("x = x / 2", "Half of them are {e} people.", "After that, {e} people are left.", "That leaves {e} people."),
)
PEOPLE_NOW = part(
    "people now",
    {},
    (
        "How many people are there now?",
        "How many people are there in the end?",
        "Find the number of people.",
        "What is the number of people at the end?",
    ),
)
TICKETS = part(
    "tickets",
    {"p": span(2, 15)},
    (
        "Each of them pays {p} dollars. How many dollars do they pay in total?",
        "A ticket costs {p} dollars for each person who is there now. How much do all tickets cost?",
        "If each of these people buys a ticket for {p} dollars, how much money is that?",
        "How much do the people pay if each person pays {p} dollars?",
    ),
    solve("x = x * p", "They pay {e} dollars.", "All tickets cost {e} dollars.", "In total that is {e} dollars."),
)
TABLES = part(
    "tables",
    {"g": divisor("x")},
    (
        "{g} people can sit at one table. How many tables do they need?",
        "They make teams of {g} people. How many teams are there?",
        "If they go in cars with {g} people in each car, how many cars are needed?",
        "The people sit in rows of {g}. How many rows are there?",
    ),
    solve("x = x / g", "The number is {e}.", "They need {e} of them.", "That makes {e} of them."),
)
FREE_SEATS = part(
    "free seats",
    {"y": above("x", 2, 150)},
    (
        "There is room for {y} people. How many more people can come?",
        "There are {y} seats. How many seats are free?",
        "If there are {y} chairs, how many chairs stay empty?",
        "How many of {y} seats are empty if each person takes one?",
    ),
    solve("x = y - x", "There is room for {e} more.", "{e} are free.", "The difference is {e}."),
)
PEOPLE = Domain(
    "people",
    (),
    (BUS, SEATS, TEAMS),
    (GET_OFF, GET_ON, HALF_LEAVE),
    (PEOPLE_NOW, TICKETS, TABLES, FREE_SEATS),
)
