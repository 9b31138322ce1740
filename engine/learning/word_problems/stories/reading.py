"""The domain of pages that are read or written. Plain data over `parts`."""

from __future__ import annotations

from engine.learning.word_problems.parts import Domain, above, part, solve, span

_PAGES = ("That makes {e} pages.", "So it is {e} pages.", "In all that is {e} pages.")
READS = part(
    "reads",
    {"a": span(4, 60), "b": span(2, 14)},
    (
        "{n} reads {a} pages every day for {b} days.",
        "For {b} days {n} reads {a} pages a day.",
        "Each day {n} reads {a} pages. {He} does this for {b} days.",
        "On each of {b} days {n} reads {a} pages of a book.",
    ),
    solve("x = a * b", "In {b} days it is {e} pages.", "The pages of {b} days are {e} pages.", *_PAGES),
)
READS_TWO = part(
    "reads two days",
    {"a": span(5, 120), "b": span(5, 120)},
    (
        "{n} reads {a} pages on {day} and {b} pages on the next day.",
        "In the morning {n} reads {a} pages. In the evening {he} reads {b} pages.",
        "{n} reads {a} pages of one book and {b} pages of another book.",
        "{n} reads {a} pages this week and {b} pages in the week after.",
    ),
    solve("x = a + b", "Together that is {e} pages.", *_PAGES),
)
WEEKEND = part(
    "weekend",
    {"d": span(3, 120)},
    (
        "On the weekend {he} reads {d} pages more.",
        "Then {n} reads another {d} pages.",
        "Later {n} reads {d} more pages.",
        "After that, {he} reads {d} pages of another book.",
    ),
    solve("x = x + d", "With the extra pages it is {e} pages.", *_PAGES),
)
AS_MANY_AGAIN = part(
    "twice again",
    {},
    (
        "After that, {n} reads twice as many pages as in all this time.",
        "Later {n} reads double the number of all these pages.",
        "Then {n} reads another book with twice as many pages as all of these.",
    ),
    solve("y = x * 2", "Twice as many is {e} pages.", "The later pages are {e} pages."),
    solve("x = x + y", "Together that is {e} pages.", *_PAGES),
)
PAGES_NOW = part(
    "pages now",
    {},
    (
        "How many pages is that in total?",
        "How many pages does {n} read all together?",
        "What is the total number of pages?",
        "Find the number of pages that {n} reads.",
    ),
)
PAGES_LEFT = part(
    "pages left",
    {"y": above("x", 3, 200)},
    (
        "There are {y} pages in all. How many pages are left?",
        "How many pages are left if there are {y} pages?",
        "{n} has to read {y} pages. How many pages are still missing?",
        "The goal is {y} pages. How many more pages are there to read?",
    ),
    solve("x = y - x", "{e} pages are left.", "There are {e} pages to read.", "The rest is {e} pages."),
)
PAGE_TIME = part(
    "minutes per page",
    {"p": span(2, 6)},
    (
        "One page takes {p} minutes. How many minutes do all pages take?",
        "If {n} needs {p} minutes for a page, how long does all of it take in minutes?",
        "How many minutes are needed at {p} minutes per page?",
        "How many minutes does {n} need for all pages if each page takes {p} minutes?",
    ),
    solve("x = x * p", "It takes {e} minutes.", "All pages take {e} minutes.", "The time is {e} minutes."),
)
READING = Domain("reading", (), (READS, READS_TWO), (WEEKEND, AS_MANY_AGAIN), (PAGES_NOW, PAGES_LEFT, PAGE_TIME))
