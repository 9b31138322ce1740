"""How a model writes its thought, and how a run does: `<think>` and `</think>`, whatever the model's own tags are.

A policy translates on the way in and on the way out, so the rest of the engine knows one pair of tags. Whatever a model
only writes *about* tags gets an invisible mark inside (a window shows it): in a run's text a tag is always meant.
Knows recipes (engine.traces), no model and no tokenizer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from engine.thoughts import CLOSE
from engine.traces.detecting import detect
from engine.traces.machines import modes_of
from engine.traces.starting import begin
from engine.traces.tags import FALLBACK, Recipe, TagError, bundled, named
from engine.traces.templates import recipe_of

OPEN = "<think>"
MARK = "\N{WORD JOINER}"
"""Stands before the last character of a tag that is none."""
_HARMONY = ("<|channel|>analysis<|message|>", "<|end|><|start|>assistant<|channel|>final<|message|>")
"""Where the analysis channel begins, and where the final one follows it."""
_HEAD = re.compile(r"<[^<>\s]+>|\[[^\[\]\s]+\]")


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of one model."""

    recipe: Recipe
    open: str
    closers: tuple[str, ...]
    """Any of them closes the thought; the first is what is written."""
    after: str = "\n"
    """What stands between the opening tag and the thought, where the prompt has to open it."""

    @property
    def close(self) -> str:
        return self.closers[0]

    @property
    def names(self) -> frozenset[str]:
        """Every text that is a tag, of the model or of a run."""
        return frozenset((OPEN, CLOSE, self.open, *self.closers))

    def opened(self, prompt: str, thinking: bool) -> str:
        """A rendered prompt with the thought open as it is wanted: many templates open it, or never do, whoever asks.

        A thought that is not wanted is closed at once, as Qwen3's template does it.
        """
        started = begin(replace(self.recipe, start="exposed"), prompt)
        is_open = modes_of(self.recipe)[started.mode].inside
        if thinking == is_open:
            return prompt
        if thinking:
            return f"{prompt}{self.open}{self.after}"
        return f"{prompt}{'' if prompt.endswith(chr(10)) else chr(10)}{self.close}\n\n"

    def own(self, text: str, cut: str = MARK) -> str:
        """A run's text as the model would write it; `cut` comes where a tag must not be read as one."""
        text = text.replace(OPEN, self.open).replace(CLOSE, self.close)
        return re.sub(_marked(self.names), lambda found: found[0].replace(MARK, cut), text)

    def house(self, text: str) -> str:
        """The model's text as a run has it, where all of its tags are meant."""
        for closer in self.closers:
            text = text.replace(closer, CLOSE)
        return text.replace(self.open, OPEN)


def tags_of(template: str, prompt: str, model: str, is_token: Callable[[str], bool], parser: Any = None) -> Tags:
    """The tags of a model: of the formats whose tags it can know, the one with the most signs in its prompt and name.

    `template` is its chat template, `prompt` a rendered one, `is_token` says whether a text is one token of its own,
    and `parser` is the tokenizer's `response_template`, if it has one.
    """
    recipes = [recipe for recipe in (*_parsed(parser, model), *bundled()) if _known(recipe, template, is_token)]
    recipe = detect(prompt, "", model, recipes).recipe if recipes else named(FALLBACK)
    return tags_in(recipe, lambda tag: tag in template or is_token(tag), template)


def tags_in(recipe: Recipe, known: Callable[[str], bool] = lambda _tag: True, template: str = "") -> Tags:
    """The tags of a recipe; of its pairs the first whose tags are `known`."""
    if recipe.machine == "harmony":
        return Tags(recipe, _HARMONY[0], _HARMONY[1:], after="")
    pairs = [pair for pair in recipe.hidden if any(map(known, pair.open))] or list(recipe.hidden)
    opening = next(filter(known, pairs[0].open), pairs[0].open[0])
    breaks = opening + "\n" in template or opening + "\\n" in template  # a template's source may spell the line end
    after = "\n" if not template or breaks else ""
    return Tags(recipe, opening, pairs[0].close, "" if opening.endswith("\n") else after)


def _parsed(parser: Any, model: str) -> tuple[Recipe, ...]:
    """What a tokenizer says itself; one that says nothing that can be used is asked no further."""
    if parser is None:
        return ()
    try:
        return (replace(recipe_of(parser, model or "model"), models=(model.lower(),) if model else ()),)
    except TagError:
        return ()


def _known(recipe: Recipe, template: str, is_token: Callable[[str], bool]) -> bool:
    """Whether a model can know the tags of a recipe: its template has them, or they are tokens, or begin with one."""

    def has(tag: str) -> bool:
        head = _HEAD.match(tag)
        return tag.strip() in template or is_token(tag) or (head is not None and is_token(head[0]))

    if recipe.machine == "harmony":
        return has(_HARMONY[0])
    return any(map(has, recipe.openers)) and any(map(has, recipe.closers))


class Telling:
    """A text while a model writes it: its tags become those of a run, and what only looks like one is marked."""

    def __init__(self, tags: Tags, hidden: bool = False, by_token: bool = False, opens: bool = True) -> None:
        self.text = ""
        self.pieces: list[str] = []
        """One for each that was added; joined they are the text."""
        self.hidden = hidden
        """Whether the text is inside the thought now."""
        self._tags = tags
        self._by_token = by_token
        """The tags are tokens of their own, which come as `add_tag`: in other tokens none is meant."""
        self._opens = opens
        """The turn begins here, perhaps with a thought."""
        self._longest = max(map(len, tags.names))
        self._pattern = re.compile("|".join(sorted(map(re.escape, tags.names), key=len, reverse=True)))

    def add(self, piece: str) -> None:
        """More text."""
        old = len(self.text)
        self.pieces.append(piece)
        self.text += piece
        self._settle(old)

    def lengthen(self, piece: str) -> None:
        """More text for the piece that was added last."""
        old = len(self.text)
        self.pieces[-1] += piece
        self.text += piece
        self._settle(old)

    def add_tag(self, tag: str) -> None:
        """A token that is a tag: OPEN or CLOSE."""
        self.pieces.append(tag)
        self.text += tag
        self.hidden = tag == OPEN

    def cut(self, length: int) -> None:
        """Take back all but the first `length` characters."""
        surplus, place = len(self.text) - length, len(self.pieces)
        while surplus > 0:
            place -= 1
            taken = min(surplus, len(self.pieces[place]))
            self.pieces[place] = self.pieces[place][: len(self.pieces[place]) - taken]
            surplus -= taken
        self.text = self.text[:length]

    def _settle(self, old: int) -> None:
        """Look at every tag that the characters from `old` on completed."""
        place = max(0, old - self._longest + 1)
        while found := self._pattern.search(self.text, place):
            if found.end() <= old:
                place = found.start() + 1
                continue
            if tag := self._meant(found[0], found.start()):
                self._put(found.start(), found.end(), tag)
                place = found.start() + len(tag)
            else:
                self._put(found.end() - 1, found.end(), MARK + found[0][-1])
                place = found.end() + 1
            old = place  # what follows is new, and has moved

    def _meant(self, tag: str, start: int) -> str:
        """The run's tag for a tag in the text; empty where it is none."""
        if self._by_token:
            return ""
        if self.hidden and tag in self._tags.closers:
            self.hidden = False
            return CLOSE
        if self._opens and not self.hidden and tag == self._tags.open and not self.text[:start].strip():
            self.hidden = True
            return OPEN
        return ""

    def _put(self, start: int, end: int, new: str) -> None:
        """`new` in the place of the text from `start` to `end`, which reaches into the last piece: there it stands."""
        rest = self.text[end:]
        self.cut(start)
        self.pieces[-1] += new + rest
        self.text += new + rest


def _marked(names: frozenset[str]) -> str:
    return "|".join(re.escape(name[:-1]) + MARK + re.escape(name[-1]) for name in sorted(names, key=len, reverse=True))
