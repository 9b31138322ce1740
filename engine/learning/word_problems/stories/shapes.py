"""The domains of lengths around a place and of areas. Plain data over `parts`."""

from __future__ import annotations

from engine.learning.word_problems.parts import Domain, below, divisor, part, solve, span

PERIMETER = part(
    "perimeter",
    {"a": span(3, 60), "b": span(3, 60)},
    (
        "A {place} is {a} meters long and {b} meters wide. {n} builds a fence around it.",
        "{n} builds a fence around a {place} that is {a} meters long and {b} meters wide.",
        "The sides of a {place} are {a} meters and {b} meters long. A fence goes all the way around it.",
        "A fence goes around a {place} with a length of {a} meters and a width of {b} meters.",
    ),
    solve("y = a + b", "One long and one short side make {e} meters.", "Two sides make {e} meters."),
    solve("x = y * 2", "The fence is {e} meters long.", "The perimeter is {e} meters.", "Four sides make {e} meters."),
)
SQUARE = part(
    "square",
    {"a": span(3, 90)},
    (
        "A square {place} has sides of {a} meters. {n} builds a fence around it.",
        "{n} builds a fence around a square {place} with sides of {a} meters.",
        "Each side of a square {place} is {a} meters long. A fence goes all the way around it.",
        "A fence goes around a square {place}. One side of it is {a} meters long.",
    ),
    solve(
        "x = a * 4", "The four sides make {e} meters.", "The perimeter is {e} meters.", "The fence is {e} meters long."
    ),
)
GATE = part(
    "gate",
    {"d": below("x", 20)},
    (
        "A gate takes {d} meters, and no fence is needed there.",
        "For {d} meters there is a wall and no fence.",
        "No fence is needed along {d} meters of water.",
        "There is no fence at a gate that is {d} meters long.",
    ),
    solve("x = x - d", "The fence needs only {e} meters.", "The rest is {e} meters.", "That leaves {e} meters."),
)
ROUNDS = part(
    "several",
    {"t": span(2, 6)},
    (
        "{n} builds {t} fences like this.",
        "The same fence is needed {t} times.",
        "The fence has {t} wires that are as long as the fence.",
        "There are {t} places that need the same fence.",
    ),
    solve("x = x * t", "{t} times that is {e} meters.", "In all it is {e} meters.", "Together that is {e} meters."),
)
HOW_LONG = part(
    "how long",
    {},
    (
        "How many meters is that?",
        "How many meters are needed in total?",
        "What is the whole length in meters?",
        "Find the length in meters.",
    ),
)
METER_PRICE = part(
    "price per meter",
    {"p": span(2, 9)},
    (
        "One meter costs {p} dollars. How many dollars does all of it cost?",
        "If each meter costs {p} dollars, how much is it in total?",
        "How much must {n} pay at {p} dollars for every meter?",
        "How many dollars are needed if one meter costs {p} dollars?",
    ),
    solve("x = x * p", "For all meters that is {e} dollars.", "It costs {e} dollars.", "The price is {e} dollars."),
)
POSTS = part(
    "pieces",
    {"g": divisor("x", 2, 12)},
    (
        "One piece of it is {g} meters long. How many pieces are needed?",
        "It is cut into parts of {g} meters. How many parts are there?",
        "If one roll of wire is {g} meters long, how many rolls are needed?",
        "How many pieces are there if each piece is {g} meters long?",
    ),
    solve("x = x / g", "The number is {e}.", "That makes {e} of them.", "We need {e} of them."),
)
AREA = part(
    "area",
    {"a": span(3, 30), "b": span(3, 30)},
    (
        "A {place} is {a} meters long and {b} meters wide.",
        "{n} has a {place} with a length of {a} meters and a width of {b} meters.",
        "The sides of a {place} are {a} meters and {b} meters long.",
        "There is a {place} of {a} meters by {b} meters.",
    ),
    solve(
        "x = a * b", "The area is {e} square meters.", "The ground is {e} square meters.", "It has {e} square meters."
    ),
)
AREA_LESS = part(
    "area less",
    {"d": below("x", 200)},
    (
        "{d} square meters of it are covered by a house.",
        "Water or trees take {d} square meters of it.",
        "Of this area, {d} square meters cannot be used.",
        "For {d} square meters of it there is a house.",
    ),
    solve(
        "x = x - d",
        "The free area is {e} square meters.",
        "The rest is {e} square meters.",
        "That leaves {e} square meters.",
    ),
)
AREA_MORE = part(
    "area more",
    {"d": span(4, 200)},
    (
        "Then {d} square meters are added to it.",
        "The owner buys {d} more square meters of ground beside it.",
        "It is made larger by {d} square meters.",
        "The owner adds {d} square meters of ground to it.",
    ),
    solve(
        "x = x + d",
        "The new area is {e} square meters.",
        "Now it has {e} square meters.",
        "That makes {e} square meters.",
    ),
)
AREA_NOW = part(
    "area now",
    {},
    (
        "How many square meters are free for use?",
        "What is the area that can be used in square meters?",
        "How large is the area in square meters?",
        "Find the area in square meters.",
    ),
)
AREA_SPLIT = part(
    "area split",
    {"g": divisor("x")},
    (
        "The area is split into {g} equal parts. How many square meters does each part have?",
        "{g} families share the area equally. How many square meters does each family get?",
        "How large is each part in square meters if there are {g} equal parts?",
        "How many square meters are there for each of {g} families if they share the area equally?",
    ),
    solve("x = x / g", "Each part has {e} square meters.", "For each it is {e} square meters."),
)
LENGTHS = Domain("lengths", (), (PERIMETER, SQUARE), (GATE, ROUNDS), (HOW_LONG, METER_PRICE, POSTS))
AREAS = Domain("areas", (), (AREA,), (AREA_LESS, AREA_MORE), (AREA_NOW, AREA_SPLIT))
