"""Finds the recipe that a text was written by: from the model's name, its prompt and the text. Splits nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.traces.tags import FALLBACK, Recipe, bundled, named

_HARMONY = ("<|channel|>", "<|start|>assistant<|channel|>")
_BY_NAME, _BY_PROMPT_END, _BY_OPENER, _BY_TURN, _BY_CLOSER = 1000, 400, 300, 200, 100
"""What a sign weighs; signs of one recipe add up."""


class Detected(NamedTuple):
    """A recipe and why it was taken, in words."""

    recipe: Recipe
    why: str


def detect(
    prompt: str | None = None, text: str = "", model: str = "", recipes: Sequence[Recipe] | None = None
) -> Detected:
    """The recipe with the most signs in the model's name, the end of its prompt and its text; the first of equals."""
    known = bundled() if recipes is None else recipes
    name, tail = model.lower(), (prompt or "").rstrip()
    last_turn = max((_last(tail, recipe.turns) for recipe in known), default=-1)
    best, best_weight, why = named(FALLBACK, (*known, *bundled())), 0, ""
    for recipe in known:
        signs = _signs(recipe, name, tail, last_turn, text)
        weight = sum(weight for weight, _ in signs)
        if weight > best_weight:
            best, best_weight, why = recipe, weight, " and ".join(words for _, words in signs)
    return Detected(best, why or "nothing tells the format")


def _signs(recipe: Recipe, name: str, tail: str, last_turn: int, text: str) -> list[tuple[int, str]]:
    """What speaks for a recipe: weights and words."""
    signs = []
    if found := max((len(part) for part in recipe.models if part in name), default=0):
        signs.append((_BY_NAME + found, "the model's name"))
    if any(tail.endswith(tag.rstrip()) for tag in (*recipe.openers, *recipe.closers)):
        signs.append((_BY_PROMPT_END, "the tag that the prompt ends with"))
    if last_turn >= 0 and _last(tail, recipe.turns) == last_turn:
        signs.append((_BY_TURN, "the way the prompt opens the turn"))
    opened = text.lstrip() if text[:1].isspace() else text
    if opened.startswith(_HARMONY if recipe.machine == "harmony" else recipe.openers):
        signs.append((_BY_OPENER, "the tag that the text begins with"))
    elif any(tag in text for tag in (_HARMONY[1:] if recipe.machine == "harmony" else recipe.closers)):
        signs.append((_BY_CLOSER, "a closing tag in the text"))
    return signs


def _last(tail: str, turns: tuple[str, ...]) -> int:
    """Where the last mark of a turn ends; -1 if there is none. A mark may have lost the blanks at its end."""
    ends = [(tail.rfind(stripped), len(stripped)) for stripped in (turn.rstrip() for turn in turns)]
    return max((place + length for place, length in ends if place >= 0), default=-1)
