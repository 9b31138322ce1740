"""Worked examples for few-shot prompts, in the house format: (prompt, completion) each. Data only.

None of them is a held-out problem; a test asks the rules of both kinds.
"""

from __future__ import annotations

GAME24 = (
    (
        "Make 24 from 8 1 12 8.",
        "12 - 8 = 4 (left: 1 4 8)\n4 - 1 = 3 (left: 3 8)\n8 * 3 = 24 (left: 24)\nAnswer: 8 * ((12 - 8) - 1) = 24",
    ),
    (
        "Make 24 from 2 12 3 9.",
        "9 - 3 = 6 (left: 2 6 12)\n6 * 2 = 12 (left: 12 12)\n12 + 12 = 24 (left: 24)\nAnswer: ((9 - 3) * 2) + 12 = 24",
    ),
    (
        "Make 24 from 6 9 1 7.",
        "7 + 1 = 8 (left: 6 8 9)\n9 - 6 = 3 (left: 3 8)\n8 * 3 = 24 (left: 24)\nAnswer: (7 + 1) * (9 - 6) = 24",
    ),
)

WORDS = (
    (
        "There are 15 cakes in the bowl of Julia. All cakes are put into parcels with 5 cakes each. "
        "How many parcels are there?",
        "Julia needs 15 / 5 = 3 parcels.\nAnswer: 3",
    ),
    (
        "Victor buys 6 pizzas for 8 dollars each. If Victor has 101 dollars, how much money is left after paying?",
        "The price is 6 * 8 = 48 dollars.\nVictor has 101 - 48 = 53 dollars left.\nAnswer: 53",
    ),
    (
        "The sides of a field are 26 meters and 3 meters long. It is made larger by 44 square meters. "
        "What is the area that can be used in square meters?",
        "The area is 26 * 3 = 78 square meters.\nThe new area is 78 + 44 = 122 square meters.\nAnswer: 122",
    ),
)
