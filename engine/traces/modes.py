"""A recipe as a small machine: in each mode some tags are awaited, and each leads to a mode. Reads no text itself.

The rules (reference/formats.md 2.4): an opening tag counts only before any answer text; the first closing tag ends the
block; later opening tags are answer text unless the recipe has several blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.traces.spans import Kind
from engine.traces.tags import Pair, Recipe

FRESH, EXPOSED, UNSURE_FRESH, UNSURE, GIVEN, THOUGHT = "fresh", "exposed", "unsure fresh", "unsure", "given", "thought"
"""Before answer text; in it; the same where nobody knows whether a thought was open; a thought that the prompt opened,
while it is blank; and after that."""


@dataclass(frozen=True, slots=True)
class Next:
    """What an awaited tag does."""

    mode: str
    is_text: bool = False
    """It is text like any other: it only settles what is not sure."""
    closes_unopened: bool = False
    """All text before it was a thought after all. Does not count right after a quotation mark."""


class Mode:
    """A part of the text and what may end it."""

    __slots__ = ("awaits", "inside", "kind", "leads", "longest", "name", "pattern", "prefixes", "then", "thought")

    def __init__(
        self, name: str, kind: Kind, awaits: Mapping[str, Next], then: str = "", *, inside: bool | None = None
    ) -> None:
        self.name = name
        self.kind = kind
        self.awaits = dict(awaits)
        self.then = then
        """The mode after the first character that is no blank; empty if blanks are like other characters."""
        self.inside = kind == "hidden" if inside is None else inside
        """A text that ends here ends inside a thought."""
        self.watch(frozenset())

    def watch(self, unwatched: frozenset[str]) -> None:
        """Prepare to find the awaited tags in text, but for the `unwatched`, which come as tokens of their own."""
        tags = sorted((tag for tag in self.awaits if tag not in unwatched), key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, tags)) or r"(?!)")
        self.prefixes = frozenset(tag[:length] for tag in tags for length in range(1, len(tag)))
        self.longest = max(map(len, tags), default=0)
        self.leads = tuple(sorted({tag[0] for tag in tags}))


Modes = dict[str, Mode]
"""By name."""


def start_mode(recipe: Recipe) -> str:
    """Where a text begins whose prompt is unknown."""
    return {"exposed": FRESH, "hidden": GIVEN, "unsure": UNSURE_FRESH}[recipe.start] if recipe.hidden else FRESH


def tag_modes(recipe: Recipe) -> Iterator[Mode]:
    """The machine of a recipe made of pairs of tags."""
    common = {tag: Next(FRESH) for tag in recipe.turns} | _opening(recipe.tool, "tool")
    opening = _opening(recipe.hidden, "hidden")
    unopened = {tag: Next(after_thought(recipe), closes_unopened=True) for tag in recipe.closers}
    literal = {tag: Next(EXPOSED, is_text=True) for tag in opening}
    after_tool = EXPOSED if recipe.blocks == "one" else FRESH
    interrupting = {
        tag: Next(f"tool {number}") for number, pair in enumerate(recipe.tool) if pair.ends_thought for tag in pair.open
    }

    def marks(mode: str) -> dict[str, Next]:
        return dict.fromkeys(recipe.marks, Next(mode))

    yield Mode(FRESH, "exposed", marks(FRESH) | common | opening, then=EXPOSED)
    yield Mode(EXPOSED, "exposed", marks(EXPOSED) | common | (opening if recipe.blocks == "anywhere" else {}))
    yield Mode(UNSURE_FRESH, "exposed", marks(UNSURE_FRESH) | common | unopened | opening, then=UNSURE)
    yield Mode(UNSURE, "exposed", marks(UNSURE) | common | unopened | literal)
    closing = {tag: Next(after_thought(recipe)) for tag in recipe.closers} | interrupting
    yield Mode(GIVEN, "hidden", dict.fromkeys(opening, Next(THOUGHT)) | closing, then=THOUGHT)
    yield Mode(THOUGHT, "hidden", closing)
    for number, pair in enumerate(recipe.hidden):
        ending = dict.fromkeys(pair.close, Next(after_thought(recipe)))
        yield Mode(f"hidden {number}", "hidden", ending | interrupting)
    for number, pair in enumerate(recipe.tool):
        yield Mode(f"tool {number}", "tool", dict.fromkeys(pair.close, Next(after_tool)))


def after_thought(recipe: Recipe) -> str:
    """The mode after the tag that closes a thought."""
    return FRESH if recipe.blocks == "several" else EXPOSED


def _opening(pairs: tuple[Pair, ...], name: str) -> dict[str, Next]:
    return {tag: Next(f"{name} {number}") for number, pair in enumerate(pairs) for tag in pair.open}
