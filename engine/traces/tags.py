"""Formats of reasoning text as data: which tags open and close a thought, per family of models. Splits nothing.

The formats that come along are in `resources/trace_formats.toml`; users add files of the same form. A file that cannot
be used is a sentence that names the file, the entry and what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from engine.tables import Table

BUNDLED = Path(__file__).resolve().parents[2] / "resources" / "trace_formats.toml"
"""In a checkout and in a frozen bundle alike `resources` stands beside the `engine` package."""
FALLBACK = "think"
"""The recipe for text of which nothing is known."""
MAX_TAG = 200
"""Characters: so much of a stream may have to be held back."""
MAX_TAGS = 200
"""Tags of one recipe."""

Blocks = Literal["one", "several", "anywhere"]
Start = Literal["exposed", "hidden", "unsure"]
Machine = Literal["tags", "harmony"]


class TagError(ValueError):
    """A file of formats cannot be used; the message is a sentence for the user."""


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tags around a part of the text: any of `open` opens it, the first of any of `close` ends it."""

    open: tuple[str, ...]
    close: tuple[str, ...] = ()
    """Without one it goes on to the end of the text."""
    ends_thought: bool = False
    """Of a tool: it also opens inside a thought, which it ends."""


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a family of models writes its thoughts."""

    name: str
    title: str
    models: tuple[str, ...] = ()
    """Parts of names of models that write so, in lower case."""
    hidden: tuple[Pair, ...] = ()
    tool: tuple[Pair, ...] = ()
    turns: tuple[str, ...] = ()
    """What the model's own turn begins with in a rendered prompt; after it a thought may open."""
    marks: tuple[str, ...] = ()
    """Tags that stand in exposed text and change nothing."""
    ends: tuple[str, ...] = ()
    """Tags that may end the whole text."""
    blocks: Blocks = "one"
    """How many thoughts: one; several, as long as no answer text has come since the last thought or tool; anywhere."""
    start: Start = "unsure"
    """Where the text begins when its prompt is unknown; unsure: a closing tag without an opening one tells."""
    machine: Machine = "tags"

    @property
    def openers(self) -> tuple[str, ...]:
        return tuple(tag for pair in self.hidden for tag in pair.open)

    @property
    def closers(self) -> tuple[str, ...]:
        return tuple(tag for pair in self.hidden for tag in pair.close)

    @property
    def tags(self) -> tuple[str, ...]:
        """All of them."""
        tools = tuple(tag for pair in self.tool for tag in (*pair.open, *pair.close))
        return (*self.openers, *self.closers, *tools, *self.turns, *self.marks, *self.ends)


def load(path: Path) -> tuple[Recipe, ...]:
    """The recipes in a file, in order. Raises TagError."""
    return Table("format", Recipe, check, TagError).load(path)


def known(files: Iterable[Path] = ()) -> tuple[Recipe, ...]:
    """The recipes of the user's `files`, then those that come along; of one name the first counts. Raises TagError."""
    recipes: dict[str, Recipe] = {}
    for recipe in [recipe for path in files for recipe in load(path)] + list(bundled()):
        recipes.setdefault(recipe.name, recipe)
    return tuple(recipes.values())


@lru_cache(maxsize=1)
def bundled() -> tuple[Recipe, ...]:
    """The recipes that come along."""
    return load(BUNDLED)


def named(name: str, recipes: Iterable[Recipe] | None = None) -> Recipe:
    """The recipe called `name`. Raises TagError."""
    found = {recipe.name: recipe for recipe in (bundled() if recipes is None else recipes)}
    if name not in found:
        raise TagError(f"There is no trace format called “{name}”; there are: {', '.join(found)}.")
    return found[name]


def check(recipe: Recipe) -> str:
    """What is wrong with a recipe, in words without a full stop; empty if nothing is."""
    if not recipe.name.strip() or not recipe.title.strip():
        return "name and title must not be empty"
    if recipe.machine == "tags" and not recipe.hidden:
        return "there is no pair of tags in hidden"
    if any(model != model.lower() or not model for model in recipe.models):
        return "a name in models is empty or not in lower case"
    if len(recipe.tags) > MAX_TAGS:
        return f"there are {len(recipe.tags)} tags; at most {MAX_TAGS} are allowed"
    for tag in recipe.tags:
        if not tag.strip():
            return "a tag is empty"
        if tag[0].isspace():
            return f"the tag {tag!r} begins with a blank"
        if len(tag) > MAX_TAG:
            return f"the tag {tag[:20]!r}… has {len(tag)} characters; at most {MAX_TAG} are allowed"
    for pair in (*recipe.hidden, *recipe.tool):
        if not pair.open:
            return "a pair of tags has no tag in open"
        if both := set(pair.open) & set(pair.close):
            return f"the tag {min(both)!r} both opens and closes"
    if any(not pair.close for pair in recipe.hidden):
        return "a pair of tags in hidden has no tag in close"
    if both := set(recipe.openers) & {tag for pair in recipe.tool for tag in pair.open}:
        return f"the tag {min(both)!r} opens both a thought and a tool"
    return ""
