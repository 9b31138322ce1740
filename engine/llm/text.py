"""Texts of tokens as they are written, and token ids of texts that nobody may use to forge a turn. Knows no network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from engine.policies import ModelError, Said
from engine.policies.tags import MARK, OPEN, Telling, tags_of
from engine.thoughts import CLOSE

THINK_TAGS = (OPEN, CLOSE)
_BROKEN = "\N{REPLACEMENT CHARACTER}"
_LONGEST_CHARACTER = 4
"""Bytes of a character in UTF-8: no character takes more tokens."""
CUT = "\uf8ff"
"""A private-use character that marks where a text is cut before it is encoded; it is never encoded itself."""
_KEPT = 10_000
"""Encoded texts that are remembered."""
_LONG = 2_000
"""Characters of a text that is not: a critique or a conversation, which mostly comes once."""


class Vocabulary:
    """A tokenizer seen as a table of texts: exact, and cheap to ask again.

    `entries` is the number of tokens that the network knows: a text that needs another one raises ModelError. `model`
    is the model's name, one of the signs of how it writes its thought.
    """

    def __init__(self, tokenizer: Any, entries: int, model: str = "") -> None:
        self._tokenizer = tokenizer
        self._entries = entries
        control = {
            number: token.content
            for number, token in tokenizer.added_tokens_decoder.items()
            if token.special and token.content not in THINK_TAGS
        }
        self._template = str(tokenizer.chat_template or "")
        parser = getattr(tokenizer, "response_template", None)
        self.tags = tags_of(self._template, self._example(), model, self._is_token, parser)
        """How the model writes its thought; the texts of this class have the tags of a run."""
        own = self.tags.open + self.tags.close
        self.names: dict[int, str] = {number: name for number, name in control.items() if name not in own}
        """Control tokens, which have no text, and their names for a reader."""
        self._forbidden = (*control.values(), *(self.tags.names - {*THINK_TAGS}))
        """What a step cannot say: only a run's own tags are tags in it."""
        self._tag_tokens = {ids[0]: tag for tag in THINK_TAGS if len(ids := self._encode(self.tags.own(tag))) == 1}
        self._anchor = self._encode("a")[-1:]
        self._anchor_text = self._decode(self._anchor)
        self._texts: dict[int, str] = dict(self._tag_tokens)
        self._break = self._encode("\n")
        self._marks_start = self._encode("\na")[len(self._break) :] != self._encode("a")
        self._prompt_ids = lru_cache(maxsize=_KEPT)(self._encode_prompt)
        self._step_ids = lru_cache(maxsize=_KEPT)(self._encode_step)

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
        return bool(numbers) and known and self.tags.house(self.join(numbers)) == text

    def encode_prompt(self, prompt: str, thinking: bool, before: tuple[Said, ...] = ()) -> tuple[int, ...]:
        """Ids of a user turn, after what was said `before`, in the model's template, up to where the assistant speaks.

        A control token or a thought's tag that was typed by the user is read as plain characters. A model without a
        template is given the texts and line breaks. The thought is open at the end, or not, as it is wanted.
        """
        once = before or len(prompt) > _LONG
        return (self._encode_prompt if once else self._prompt_ids)(prompt, thinking, before)

    def encode_step(self, step: str) -> tuple[int, ...]:
        """Ids of a step, the same whatever stands before it; tags of a thought are tags, control tokens are not."""
        return (self._encode_step if len(step) > _LONG else self._step_ids)(step)

    def only_token(self, label: str) -> int:
        """The token that is this label. Raises ModelError where it is none, or several, or is not read back alike."""
        ids = self.encode_step(label)
        if (back := self.join(ids)) != label:
            raise ModelError(
                f"The tokenizer of the model reads {label!r} and gives back {back!r}: its files do not belong to it, "
                "or transformers knows them under a wrong class. What the model thinks of a label cannot be told."
            )
        if len(ids) != 1:
            raise ModelError(f"{label!r} is {len(ids)} tokens of the model, not one: such a label has no probability.")
        return ids[0]

    def length(self, text: str) -> int:
        """Tokens of a text in which control tokens are such."""
        return len(self._encode(text))

    def tag(self, number: int) -> str:
        """The tag of a run that this token is; empty for any other token."""
        return self._tag_tokens.get(number, "")

    def telling(self, hidden: bool, opens: bool = True) -> Telling:
        """A text to be written, which begins inside the thought or not; `opens`: the turn begins with it."""
        return Telling(self.tags, hidden, by_token=CLOSE in self._tag_tokens.values(), opens=opens)

    def prompt_text(self, prompt: str, thinking: bool, before: Sequence[Said] = ()) -> str:
        """The same as a text, for a server that reads control tokens in a text as such: what a user typed is marked.

        Without a token that begins every text: servers add it.
        """
        start = self._tokenizer.bos_token or ""
        rendered = self._render(self._turns(prompt, before, MARK), thinking)
        return self.tags.opened(rendered.removeprefix(start), thinking)

    def _encode_prompt(self, prompt: str, thinking: bool, before: tuple[Said, ...] = ()) -> tuple[int, ...]:
        bare = not self._template and self._tokenizer.bos_token_id is not None
        start = [self._tokenizer.bos_token_id] if bare else []
        rendered = self._render(self._turns(prompt, before, CUT), thinking)
        return (*start, *self._encode_parts(self.tags.opened(rendered, thinking)))

    def _turns(self, prompt: str, before: Sequence[Said], mark: str) -> list[dict[str, str]]:
        """A conversation for a template, with a mark in all that only a model's own files may say."""
        names = [*self._forbidden, *THINK_TAGS]
        said = [*before, Said("user", prompt)]
        return [{"role": each.role, "content": cut_inside(each.text, names, mark)} for each in said]

    def _render(self, messages: Sequence[dict[str, str]], thinking: bool) -> str:
        """Turns in the chat template: a program of the model's folder, run in a sandbox by transformers."""
        if not self._template:
            return "".join(f"{each['content']}\n" for each in messages)
        try:
            text: str = self._tokenizer.apply_chat_template(
                list(messages), tokenize=False, add_generation_prompt=True, enable_thinking=thinking
            )
        except Exception as error:
            raise ModelError(f"The chat template of the model cannot be used: {error}") from error
        return text

    def _example(self) -> str:
        """Some prompt; empty where the template refuses it: a scorer's may, and it is never asked for one."""
        try:
            return self._render([{"role": "user", "content": "1"}], True)
        except ModelError:
            return ""

    def _encode_step(self, step: str) -> tuple[int, ...]:
        cut = self.tags.own(cut_inside(step, self._forbidden), CUT)
        if not self._marks_start:
            return tuple(self._encode_parts(cut))
        ids = self._encode_parts(f"\n{cut}")
        return tuple(ids[len(self._break) :] if ids[: len(self._break)] == self._break else self._encode_parts(cut))

    def _is_token(self, text: str) -> bool:
        return len(self._encode(text)) == 1

    def _encode_parts(self, cut: str) -> list[int]:
        return [number for part in cut.split(CUT) for number in self._encode(part)]

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
    """The text of one row under way: bytes of a character are held back until the token that completes it.

    It is that of a run: the model's own tags have become `<think>` and `</think>`. `hidden`: it begins in a thought.
    """

    def __init__(self, vocabulary: Vocabulary, hidden: bool = False, opens: bool = True) -> None:
        self._vocabulary = vocabulary
        self._held: list[int] = []
        self._telling = vocabulary.telling(hidden, opens)

    @property
    def text(self) -> str:
        return self._telling.text

    @property
    def texts(self) -> list[str]:
        """One per token; joined they are the text."""
        return self._telling.pieces

    def add(self, number: int) -> None:
        """Take in the next token."""
        if tag := self._vocabulary.tag(number):
            self.close()
            self._telling.add_tag(tag)
            return
        self._held.append(number)
        piece = self._vocabulary.text(number) if len(self._held) == 1 else self._vocabulary.join(self._held)
        if piece.endswith(_BROKEN) and len(self._held) < _LONGEST_CHARACTER:
            self._telling.add("")
        else:
            self._telling.add(piece)
            self._held.clear()

    def close(self) -> None:
        """No token follows: what is still held back is written as it is."""
        if self._held:
            self._telling.lengthen(self._vocabulary.join(self._held))
            self._held.clear()

    def cut(self, length: int) -> None:
        """Take back all but the first `length` characters; the cut lies in the last token."""
        self._telling.cut(length)


def cut_inside(text: str, names: Iterable[str], mark: str = CUT) -> str:
    """The text with a mark after the first character of every name in it, so that no part holds a whole name."""
    long_names = [re.escape(name) for name in names if len(name) > 1]
    text = text.replace(CUT, "")
    if not long_names:
        return text
    return re.sub(f"(?={'|'.join(long_names)}).", lambda first: first[0] + mark, text, flags=re.DOTALL)
