"""A run as a page of Markdown: the best trace with its numbers, then what the run was and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from storage.exporters.exporter import Exporter, Wanted
from storage.exporters.run_story import (
    GOLD,
    Fact,
    Row,
    Story,
    best_trace,
    costs,
    number,
    origin,
    outcome,
    read_story,
    recipe,
    score_words,
    timeline,
    title,
)
from storage.markdown_text import escaped, table

_HEAD = ("", "Step", "N", "Q", "P", "Scores")
_LONGEST = 500
"""Characters of a tally's answer."""


def _write(wanted: Wanted, out: IO[bytes]) -> None:
    for info in wanted.infos:
        parts = _parts(read_story(wanted, info.id))
        out.write(("\n\n".join(parts) + "\n\n").encode())
    out.write(f"*{escaped(origin(wanted))}*\n".encode())


def _parts(story: Story) -> Iterator[str]:
    yield f"# {escaped(title(story))}"
    if story.tree.gold:
        yield f"**{GOLD}**"
    rows = best_trace(story.tree)
    if rows:
        yield "## Best trace"
        yield table(_HEAD, [_row(place, row) for place, row in enumerate(rows, 1)])
    for words, facts in (("Outcome", outcome(story)), ("Recipe", recipe(story)), ("Cost", costs(story)),
                         ("Votes", _votes(story)), ("Timeline", timeline(story))):  # fmt: skip
        if facts:
            yield f"## {words}"
            yield table(("What", "Value"), facts)


def _row(place: int, row: Row) -> tuple[str, ...]:
    node = row.node
    numbers = ("played", "", "") if node is None else (f"{node.visits:,}", number(node.value), number(node.prior))
    return (f"{place}", row.text, *numbers, ", ".join(map(score_words, row.scores)))


def _votes(story: Story) -> list[Fact]:
    """The last count."""
    if not story.tree.votes:
        return []
    return [(f"{tally.answer[:_LONGEST]}", f"{tally.votes:,} votes, weight {number(tally.weight)}")
            for tally in story.tree.votes[-1].tallies]  # fmt: skip


MARKDOWN = Exporter(
    "markdown",
    "Markdown",
    ".md",
    "The best trace with its numbers and what the run was, for notes, issues and mail.",
    _write,
    takes_many=True,
)
