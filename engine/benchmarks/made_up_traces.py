"""Texts of reasoning models that nobody wrote, for measuring and for tests. Knows recipes; splits nothing."""

from __future__ import annotations

from random import Random

from engine.traces.machines import awaited_tags
from engine.traces.tags import Recipe

_WORDS = (
    "Wait, let me check: 3 * 4 = 12, and 12 - 2 = 10. ",
    "So the answer is 10.\n",
    "If a < b and c > d, then a * c < b * d. ",
    "print('<b>' + str(x) + '</b>')\n",
    "Ответ: 10, потому что 3·4−2. ",
    "答えは10です。\n",
    "\\frac{3}{4} \\approx 0.75, hence $x \\to 1$.\n\n",
    "| a | b |\n|---|---|\n",
    "`</think>` and `<think>` are tags. ",
)
_ODD = ("<", "</", "|", "`", "\x00", "\ud800", "\u200f", " ", "\n", "\n\n", "a", "Here ", " to=", "é", "😀", "[", "<|")


def long_trace(recipe: Recipe, characters: int, rng: Random) -> str:
    """A thought of about so many characters as the family of models writes it, and an answer."""
    thought: list[str] = []
    length = 0
    while length < characters:
        thought.append(rng.choice(_WORDS).replace("</think>", "</th"))
        length += len(thought[-1])
    pair = recipe.hidden[0]
    return f"{pair.open[0]}\n{''.join(thought)}{pair.close[0]}\n\nAnswer: 10"


def odd_text(recipe: Recipe, rng: Random) -> str:
    """A short text full of tags, beginnings of tags and characters that trip parsers, in no sensible order."""
    tags = all_tags(recipe)
    pieces = []
    for _ in range(rng.randint(0, 14)):
        draw = rng.random()
        tag = rng.choice(tags)
        if draw < 0.45:
            pieces.append(tag)
        elif draw < 0.6:
            pieces.append(tag[: rng.randint(1, len(tag))])
        elif draw < 0.9:
            pieces.append(rng.choice(_ODD))
        else:
            pieces.append(rng.choice(_WORDS))
    return "".join(pieces)


def odd_prompt(recipe: Recipe, rng: Random) -> str | None:
    """A prompt's tail that may open the model's turn and a thought; or nothing."""
    if rng.random() < 0.3:
        return None
    openers, closers = recipe.openers or ("<|channel|>analysis<|message|>",), recipe.closers or ("<|end|>",)
    return "".join(
        (
            rng.choice(("", "What does <think> do? ")),
            rng.choice((*recipe.turns, "")),
            rng.choice(("", rng.choice(openers), rng.choice(openers) + "\n\n" + rng.choice(closers))),
            rng.choice(("", "\n", "Well, ")),
        )
    )


def all_tags(recipe: Recipe) -> list[str]:
    """Every tag that means something to a recipe."""
    return sorted({*recipe.tags, *awaited_tags(recipe)})


def pieces_of(text: str, rng: Random, shortest: int, longest: int) -> list[str]:
    """The text cut into pieces of random lengths."""
    pieces, place = [], 0
    while place < len(text):
        length = rng.randint(shortest, longest)
        pieces.append(text[place : place + length])
        place += length
    return pieces
