"""The machine of each recipe, made once. Knows which kinds of machine there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from engine.traces.harmony import harmony_modes
from engine.traces.modes import Modes, tag_modes
from engine.traces.tags import Recipe


@lru_cache(maxsize=256)
def modes_of(recipe: Recipe, unwatched: frozenset[str] = frozenset()) -> Modes:
    """The machine of a recipe, which finds no `unwatched` tag in text. It is shared: do not change it."""
    made = harmony_modes() if recipe.machine == "harmony" else tag_modes(recipe)
    modes = {mode.name: mode for mode in made}
    for mode in modes.values():
        mode.watch(unwatched)
    return modes


def awaited_tags(recipe: Recipe) -> frozenset[str]:
    """Every tag that leads from one mode to another."""
    return frozenset(tag for mode in modes_of(recipe).values() for tag in mode.awaits)


def tag_tokens(recipe: Recipe, encode: Callable[[str], Sequence[int]]) -> dict[int, str]:
    """The tags that are single tokens, by token id; `encode` is the tokenizer's, without tokens added in front."""
    numbers = {tag: encode(tag) for tag in awaited_tags(recipe) if tag == tag.strip()}
    return {ids[0]: tag for tag, ids in numbers.items() if len(ids) == 1}
