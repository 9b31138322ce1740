"""A trace as tokens, after a recipe, and the token at which each of its steps is read. Knows no network.

Text of a model or a user never becomes a control token or a step tag: names of such tokens are cut in two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from engine.llm.readings import Reading
from engine.llm.text import CUT, THINK_TAGS, cut_inside
from engine.policies import ModelError
from engine.scorers.recipes import Recipe
from engine.verifiers import ScoreRequest

DATE = "26 Jul 2024"
"""What chat templates are told of the day, as Llama's say without one: else scores would change daily."""
_SAME_DAY = "{% macro strftime_now(form) %}" + DATE + "{% endmacro %}{{ '' }}"
"""What stands before a template, for one that asks for the day; the empty text keeps its own first line break."""
PLACE, FIRST, LAST = "\uf8fe", "\uf8fd", "\uf8fc"
"""Private-use characters: what stands before the first is read; the first step and the last one begin."""
UNREAD = "A blank step, or a tag of a thought, is not read."
BEYOND = "Step {number} lies beyond the {longest:,} tokens that the model reads."
_MARKS = re.compile(f"[{PLACE}{FIRST}{LAST}{CUT}]")
_TAG = re.compile(r"[<\[{(|].*[>\]})|]", re.DOTALL)
"""What tags look like: tokens that are named so are none in a step, whether they are called special or not."""


@dataclass(frozen=True, slots=True)
class Laid:
    """One trace as tokens."""

    ids: tuple[int, ...]
    places: tuple[int | None, ...]
    """One per step: the token at which it is read; None where it is not."""
    notes: tuple[str, ...]
    """One per step: why it is not read."""
    first: int
    """The first token of the first step."""
    stem: int
    """Tokens before the last step."""

    def reading(self, places: tuple[int, ...]) -> Reading:
        """Up to the last of the places."""
        end = places[-1] + 1
        return Reading(self.ids[:end], places, min(max(self.stem, 2), end), min(self.first, end))

    @property
    def read_places(self) -> tuple[int, ...]:
        return tuple(place for place in self.places if place is not None)


class Layout:
    """Lays out traces for one model. Raises ModelError where the recipe does not fit its tokenizer."""

    def __init__(self, recipe: Recipe, tokenizer: Any, folder: Path, entries: int, longest: int) -> None:
        self.recipe = recipe
        self._tokenizer = tokenizer
        self._folder = folder
        self._entries = entries
        self._longest = longest
        named = tokenizer.added_tokens_decoder.values()
        self._forbidden = tuple(name.content for name in named if name.special or _TAG.fullmatch(name.content.strip()))
        self._tag = token_of(tokenizer, recipe.tag, folder) if recipe.tag else None
        self.labels = tuple(token_of(tokenizer, label, folder) for label in recipe.labels)
        if len(set(self.labels)) < len(self.labels):
            raise ModelError(f"The labels of the recipe {recipe.name} are one token in {folder}.")
        if recipe.form in ("chat", "turns") and not tokenizer.chat_template:
            raise ModelError(
                f"The tokenizer in {folder} has no chat template, which the recipe {recipe.name} needs: "
                "add chat_template.jinja or tokenizer_config.json of the model."
            )

    def lay(self, request: ScoreRequest) -> Laid:
        """The trace as tokens. A step that cannot be read has a note that says why, and no place."""
        steps = {number: step for number, step in enumerate(request.steps) if step.strip() not in ("", *THINK_TAGS)}
        places: list[int | None] = [None] * len(request.steps)
        notes = ["" if number in steps else UNREAD for number in range(len(request.steps))]
        whole = self.recipe.family == "scalar_orm"
        if not steps or (whole and not request.ended):
            return Laid((), tuple(places), ("",) * len(places) if whole else tuple(notes), 0, 0)
        if whole:
            answer = "".join(step for step in request.steps if step.strip() not in THINK_TAGS)
            steps, notes = {max(steps): answer.strip()}, [""] * len(places)
        told = [self._guarded(step, self.recipe.strip) for step in steps.values()]
        text = _Text(self, self._marked(self._guarded(request.problem.prompt), told))
        ends = [len(text.ids) - 1] if self.recipe.at == "end" else text.places
        sound = self._sound(text)
        before = 0 if self.recipe.read == "log-ratio" else -1  # nothing foretells the first token of all
        for number, place in zip(steps, ends, strict=True):
            notes[number] = self._refusal(number + 1, place, before, sound, text.ids)
            if not notes[number]:
                places[number] = before = place
        return Laid(text.ids, tuple(places), tuple(notes), max(1, min(text.first, max(ends))), max(1, text.last))

    def _refusal(self, number: int, place: int, before: int, sound: int, ids: tuple[int, ...]) -> str:
        """Why a step cannot be read at its place; empty if it can. `before`: the place of the step before it."""
        if place >= self._longest:
            return BEYOND.format(number=number, longest=self._longest)
        if place <= before:
            return f"Step {number} has no token of its own."
        if self.recipe.at == "tag" and ids[place] != self._tag:
            return f"Step {number}: its tag is no token of its own behind it."
        if place > sound:
            return f"Step {number} stands behind a text that holds the tag as a token."
        if self.recipe.form == "turns" and ids[place + 1 : place + 2] != self.labels[:1]:
            return f"Step {number}: its label is no token of its own behind it."
        return ""

    def _sound(self, text: _Text) -> int:
        """The first place of a tag that stands behind no step: what follows it cannot be trusted."""
        places = set(text.places)
        strays = (place for place, token in enumerate(text.ids) if token == self._tag and place not in places)
        return len(text.ids) if self.recipe.at != "tag" else next(strays, len(text.ids))

    def _guarded(self, text: str, strip: bool = False) -> str:
        """A text in which no control token and no tag is one."""
        text = _MARKS.sub("", text)
        text = cut_inside(text.strip() if strip else text, self._forbidden)
        tag = self.recipe.tag.strip()
        if self._tag is None or tag not in text or self._tag not in self._encode(text.replace(CUT, "")):
            return text
        return text.replace(tag, tag[:1] + CUT + tag[1:])

    def _marked(self, question: str, steps: list[str]) -> str:
        """The whole text, with marks where steps begin and are read, and where it is cut."""
        recipe = self.recipe
        joint = CUT if recipe.form == "pieces" else ""
        pieces = [self._piece(number, step, len(steps), joint) for number, step in enumerate(steps, 1)]
        asked = recipe.question.replace("{question}", question)
        if recipe.form in ("plain", "pieces"):
            return self._checked(joint.join((asked, *pieces)), len(steps))
        messages = [{"role": "system", "content": recipe.system}] if recipe.system else []
        if recipe.form == "chat":
            messages += [{"role": "user", "content": asked}, {"role": "assistant", "content": "".join(pieces)}]
        else:
            for number, piece in enumerate(pieces):
                messages.append({"role": "user", "content": piece if number else asked + piece})
                messages.append({"role": "assistant", "content": PLACE + recipe.labels[0]})
        return self._checked(self._rendered(messages), len(steps))

    def _piece(self, number: int, step: str, count: int, joint: str) -> str:
        """One step with what stands around it, and its marks."""
        recipe = self.recipe
        before, _, after = recipe.step.replace("{number}", str(number)).partition("{step}")
        begins = (FIRST if number == 1 else "") + (LAST if number == count else "")
        told = step if before and step.startswith(before) else before + step
        parts = [told + after]
        parts += [recipe.tag] if recipe.tag else []
        parts += [recipe.separator] if recipe.separator and (number < count or recipe.at == "separator") else []
        if recipe.form != "turns" and recipe.at != "end":
            read = {"step": 0, "tag": 1, "separator": len(parts) - 1}[recipe.at]
            parts[read] += PLACE
        return begins + joint.join(parts)

    def _rendered(self, messages: list[dict[str, str]]) -> str:
        try:
            text: str = self._tokenizer.apply_chat_template(
                messages,
                tokenize=False,
                chat_template=_SAME_DAY + self._tokenizer.get_chat_template(),
                add_generation_prompt=False,
                date_string=DATE,
            )
        except Exception as error:
            raise ModelError(f"The chat template of the model in {self._folder} cannot be used: {error}") from error
        return text

    def _checked(self, marked: str, steps: int) -> str:
        places = 0 if self.recipe.at == "end" else steps
        if (marked.count(PLACE), marked.count(FIRST), marked.count(LAST)) != (places, 1, 1):
            raise ModelError(f"The chat template of the model in {self._folder} leaves out steps of a finished turn.")
        return marked

    def _encode(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False) if text else []
        return ids

    def tokens(self, text: str) -> tuple[list[int], list[int]]:
        """Ids of a part, and the character at which each begins. Raises ModelError."""
        if not text:
            return [], []
        coded = self._tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
        ids = list(coded["input_ids"])
        if max(ids, default=0) >= self._entries:
            raise ModelError(
                f"The tokenizer writes token {max(ids)}, but the network knows only {self._entries}: "
                "they do not belong together."
            )
        return ids, [start for start, _ in coded["offset_mapping"]]

    @property
    def start(self) -> int | None:
        """The token that begins the text, where the recipe wants one that the tokenizer would not write by itself."""
        wanted = self.recipe.form in ("plain", "pieces") if self.recipe.start is None else self.recipe.start
        return self._tokenizer.bos_token_id if wanted else None


class _Text:
    """A marked text as tokens."""

    def __init__(self, layout: Layout, marked: str) -> None:
        ids: list[int] = []
        self.places: list[int] = []
        self.first = self.last = 0
        for part in marked.split(CUT):
            self._add(layout, part, ids)
        if layout.start is not None and ids[:1] != [layout.start]:
            ids.insert(0, layout.start)
            self.places = [place + 1 for place in self.places]
            self.first, self.last = self.first + 1, self.last + 1
        self.ids = tuple(ids)

    def _add(self, layout: Layout, part: str, ids: list[int]) -> None:
        """Take in a part between two cuts, and find the tokens that its marks stand behind."""
        pieces = re.split(f"([{PLACE}{FIRST}{LAST}])", part)
        ends = [0, *accumulate(map(len, pieces[::2]))]
        plain = "".join(pieces[::2])
        new, starts = layout.tokens(plain)
        for mark, end in zip(pieces[1::2], ends[1:], strict=False):
            begun = len(new) if end == len(plain) else bisect_left(starts, end)
            tokens = len(ids) + begun
            if mark == PLACE:
                self.places.append(tokens - 1)
            elif mark == FIRST:
                self.first = tokens
            else:
                self.last = tokens
        ids += new


def token_of(tokenizer: Any, text: str, folder: Path) -> int:
    """The token that a short text is, such as `+`, ` Yes` or a tag; a blank before it may be a token of its own.

    Raises ModelError where the tokenizer has no such token, or loses the blank (as one of a wrong class does).
    """
    told = f"a{text}" if text[:1].isspace() else text
    ids = tokenizer.encode(told, add_special_tokens=False)
    whole = tokenizer.decode(ids, clean_up_tokenization_spaces=False)
    last = tokenizer.decode(ids[-1:], clean_up_tokenization_spaces=False)
    if not ids or whole != told or last.strip() != text.strip():
        raise ModelError(
            f"The tokenizer in {folder} does not write {text!r} as one token, so the recipe does not fit this model, "
            "or files of the tokenizer are missing."
        )
    return int(ids[-1])
