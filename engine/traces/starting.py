"""Where a text begins: in the state that its prompt leaves, which is read by the same machine. Splits no answer."""

from __future__ import annotations

from typing import NamedTuple

from engine.traces.machines import modes_of
from engine.traces.modes import EXPOSED, FRESH, GIVEN, THOUGHT, UNSURE, UNSURE_FRESH, start_mode
from engine.traces.reader import NON_BLANK, Reader
from engine.traces.spans import Thinking
from engine.traces.tags import Recipe

_IN_THOUGHT = "the prompt ends inside a thought"
_EMPTY = "the prompt ends with an empty thought"
_BY_RECIPE = "this format opens the thought in the prompt, which is not known"
_SURE = {UNSURE_FRESH: FRESH, UNSURE: EXPOSED}
"""What a mode becomes once the prompt is known to open no thought."""


class Begin(NamedTuple):
    """The mode that a text begins in, what decided it, and whether the prompt switched thinking off."""

    mode: str
    how: str = ""
    thinking: Thinking = "unknown"


def begin(recipe: Recipe, prompt: str | None) -> Begin:
    """How the text after `prompt` begins; `prompt` may be its tail alone, and None if it is not known."""
    reader = None if prompt is None else _read_turn(recipe, prompt)
    if reader is None:
        mode = start_mode(recipe)
        return Begin(mode, _BY_RECIPE if mode == GIVEN else "")
    text, spans = reader.close()
    hidden = [span for span in spans if span.kind == "hidden"]
    thought = any(NON_BLANK.search(text, span.start, span.end) for span in hidden)
    if not reader.mode.inside:
        empty = reader.seen.thoughts > 0 and not thought
        mode = _SURE.get(reader.mode.name, reader.mode.name)
        return Begin(mode, _EMPTY if empty else "", "off" if empty else "on" if thought else "unknown")
    if recipe.machine == "harmony":
        return Begin(reader.mode.name, _IN_THOUGHT)
    open_thought = spans[-1].kind == "hidden" and NON_BLANK.search(text, spans[-1].start) is not None
    return Begin(THOUGHT if open_thought else GIVEN, _IN_THOUGHT)


def _read_turn(recipe: Recipe, prompt: str) -> Reader | None:
    """The model's turn as the prompt opens it, read: from its last mark of a turn on, or from a tag of a thought.

    Nothing where neither is found. Such a tag counts only at the end: one in a question must not open a thought.
    """
    places = [(prompt.rfind(tag) + len(tag), tag) for tag in recipe.turns if tag in prompt]
    if places:
        end, mark = max(places, key=lambda place: (place[0], len(place[1])))
        if recipe.machine == "harmony":
            return _fed(recipe, FRESH, prompt[end - len(mark) :])
        return _fed(recipe, UNSURE_FRESH, prompt[end:])  # unsure: DeepSeek V3.1 closes a thought that nobody opened
    place = max((prompt.rfind(tag) for tag in recipe.openers), default=-1)
    if place < 0:
        return None
    reader = _fed(recipe, FRESH, prompt[place:])
    text, spans = reader.close()
    blank = all(span.kind == "tag" or not NON_BLANK.search(text, span.start, span.end) for span in spans)
    return reader if blank else None


def _fed(recipe: Recipe, mode: str, text: str) -> Reader:
    reader = Reader(modes_of(recipe), mode, {})
    reader.feed(text)
    return reader
