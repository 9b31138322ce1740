"""Texts of tokens as they are written, and token ids of texts that nobody may use to forge a turn. Knows no network."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from engine.policies import ModelError

THINK_TAGS = ("<think>", "</think>")
_BROKEN = "\N{REPLACEMENT CHARACTER}"
_LONGEST_CHARACTER = 4
"""Bytes of a character in UTF-8: no character takes more tokens."""
_CUT = "\uf8ff"
"""A private-use character that marks where a text is cut before it is encoded; it is never encoded itself."""
_KEPT = 10_000
"""Encoded texts that are remembered."""


class Vocabulary:
    """A tokenizer seen as a table of texts: exact, and cheap to ask again.

    `entries` is the number of tokens that the network knows: a text that needs another one raises ModelError.
    """

    def __init__(self, tokenizer: Any, entries: int) -> None:
        self._tokenizer = tokenizer
        self._entries = entries
        self.names: dict[int, str] = {
            number: token.content
            for number, token in tokenizer.added_tokens_decoder.items()
            if token.special and token.content not in THINK_TAGS
        }
        """Control tokens, which have no text, and their names for a reader."""
        self._anchor = self._encode("a")[-1:]
        self._anchor_text = self._decode(self._anchor)
        self._texts: dict[int, str] = {}
        self._break = self._encode("\n")
        self._marks_start = self._encode("\na")[len(self._break) :] != self._encode("a")
        self.encode_prompt = lru_cache(maxsize=_KEPT)(self._encode_prompt)
        self.encode_step = lru_cache(maxsize=_KEPT)(self._encode_step)

    def text(self, number: int) -> str:
        """What a token adds to a text; a part of a character is a replacement character, a control token is empty."""
        if number not in self._texts:
            self._texts[number] = self.join((number,))
        return self._texts[number]

    def label(self, number: int) -> str:
        """A token as a reader sees it: its text, or the name of a control token."""
        return self.names.get(number) or self.text(number)

    def join(self, numbers: Iterable[int]) -> str:
        """The text that tokens add to a text before them."""
        return self._decode([*self._anchor, *numbers])[len(self._anchor_text) :]

    def writes(self, numbers: tuple[int, ...], text: str) -> bool:
        """Whether these are tokens of the model, none of them a control token, and `text` is what they write."""
        known = all(0 <= number < self._entries and number not in self.names for number in numbers)
        return bool(numbers) and known and self.join(numbers) == text

    def _encode_prompt(self, prompt: str, thinking: bool) -> tuple[int, ...]:
        """Ids of a user turn in the model's chat template, up to where the assistant speaks.

        A control token or a thought's tag that was typed by the user is read as plain characters. A model without a
        template is given the prompt and a line break.
        """
        cut = _cut_inside(prompt, [*self.names.values(), *THINK_TAGS])
        if self._tokenizer.chat_template:
            return tuple(self._encode_parts(self._render(cut, thinking)))
        start = [self._tokenizer.bos_token_id] if self._tokenizer.bos_token_id is not None else []
        return (*start, *self._encode_parts(f"{cut}\n<think>\n" if thinking else f"{cut}\n"))

    def _render(self, content: str, thinking: bool) -> str:
        """The user turn in the chat template: a program of the model's folder, run in a sandbox by transformers."""
        messages = [{"role": "user", "content": content}]
        try:
            text: str = self._tokenizer.apply_chat_template(
                messages, tokenize=False, add_generation_prompt=True, enable_thinking=thinking
            )
        except Exception as error:
            raise ModelError(f"The chat template of the model cannot be used: {error}") from error
        return text

    def _encode_step(self, step: str) -> tuple[int, ...]:
        """Ids of a step, the same whatever stands before it; tags of a thought are tags, control tokens are not."""
        cut = _cut_inside(step, self.names.values())
        if not self._marks_start:
            return tuple(self._encode_parts(cut))
        ids = self._encode_parts(f"\n{cut}")
        return tuple(ids[len(self._break) :] if ids[: len(self._break)] == self._break else self._encode_parts(cut))

    def _encode_parts(self, cut: str) -> list[int]:
        return [number for part in cut.split(_CUT) for number in self._encode(part)]

    def _encode(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False) if text else []
        if max(ids, default=0) >= self._entries:
            raise ModelError(
                f"The tokenizer writes token {max(ids)}, but the network knows only {self._entries}: "
                "they do not belong together."
            )
        return ids

    def _decode(self, numbers: list[int]) -> str:
        written = [number for number in numbers if number not in self.names]
        text: str = self._tokenizer.decode(written, clean_up_tokenization_spaces=False)
        return text


class Writing:
    """The text of one row under way: bytes of a character are held back until the token that completes it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._held: list[int] = []
        self.texts: list[str] = []
        """One per token; joined they are the text."""
        self.text = ""

    def add(self, number: int) -> None:
        """Take in the next token."""
        self._held.append(number)
        piece = self._vocabulary.text(number) if len(self._held) == 1 else self._vocabulary.join(self._held)
        if piece.endswith(_BROKEN) and len(self._held) < _LONGEST_CHARACTER:
            self.texts.append("")
        else:
            self.texts.append(self._release(piece))

    def close(self) -> None:
        """No token follows: what is still held back is written as it is."""
        if self._held:
            self.texts[-1] = self._release(self._vocabulary.join(self._held))

    def cut(self, length: int) -> None:
        """Take back all but the first `length` characters; the cut lies in the last token."""
        surplus = len(self.text) - length
        self.texts[-1] = self.texts[-1][: len(self.texts[-1]) - surplus]
        self.text = self.text[:length]

    def _release(self, piece: str) -> str:
        self._held.clear()
        self.text += piece
        return piece


def _cut_inside(text: str, names: Iterable[str]) -> str:
    """The text with a mark after the first character of every name in it, so that no part holds a whole name."""
    long_names = [re.escape(name) for name in names if len(name) > 1]
    text = text.replace(_CUT, "")
    if not long_names:
        return text
    return re.sub(f"(?={'|'.join(long_names)}).", lambda first: first[0] + _CUT, text, flags=re.DOTALL)
