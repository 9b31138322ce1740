"""The bundled models' tokenizer: whole words, whole numbers 0..999, byte fallback. Deterministic; knows no model.

With no merges a piece is either one entry of the vocabulary or falls apart into bytes, so any text comes back
unchanged. A step's end, `)` or `.` with its line break, is one token.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from engine.learning.number_puzzles import Example, draw_short, draw_thought
from engine.learning.word_problems import all_words, draw_word_example, draw_word_thought

PIECES = r" \(left: |\)\n| [-+*/=] |, |\. |\.\n|: |\d{1,3}| ?[A-Za-z]+|\n|."
"""Operators and `(left:` carry their blanks, a word the one before it, a number none."""

PAD, END, USER, ASSISTANT, SYSTEM = "<|pad|>", "<|end|>", "<|user|>", "<|assistant|>", "<|system|>"
CONTROL = (PAD, END, USER, ASSISTANT, SYSTEM)
THINK = ("<think>", "</think>")
STEP_ENDS = (")\n", ".\n")
"""The tokens at which the process reward model is read, beside `<|end|>`."""

MAX_LENGTH = 1024
DRAWS = 4000

CHAT_TEMPLATE = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}"
    "{% if m['role'] == 'assistant' %}<|end|>{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>"
    "{% if enable_thinking is defined and enable_thinking %}<think>\n{% endif %}{% endif %}"
)


def make_tokenizer() -> PreTrainedTokenizerFast:
    """The tokenizer with its chat template. The same code always makes the same entries in the same order."""
    splitter = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PIECES), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    vocabulary = _vocabulary(_pieces(splitter))
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[], ignore_merges=True))
    tokenizer.pre_tokenizer = splitter
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(name, special=True, normalized=False) for name in CONTROL])
    # The thought's tags are not special, so that they survive `skip_special_tokens=True`.
    tokenizer.add_tokens([AddedToken(name, special=False, normalized=False) for name in THINK])
    wrapped = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token=END,
        pad_token=PAD,
        clean_up_tokenization_spaces=False,
        model_max_length=MAX_LENGTH,
    )
    wrapped.chat_template = CHAT_TEMPLATE
    return wrapped


def _pieces(splitter: pre_tokenizers.PreTokenizer) -> list[str]:
    """Every piece that training texts use more than once, by frequency, then every word of the word list."""
    counts: Counter[str] = Counter()
    for text in _texts(random.Random(1)):
        counts.update(piece for piece, _ in splitter.pre_tokenize_str(text))
    often = [piece for piece, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count > 1]
    listed = [piece for word in sorted(set(all_words())) for piece in _forms(word)]
    return often + [piece for text in listed for piece, _ in splitter.pre_tokenize_str(text)]


def _forms(word: str) -> tuple[str, ...]:
    return (f" {word}", word) if word[0].isupper() else (f" {word}",)


def _texts(rng: random.Random) -> Iterable[str]:
    for draw in range(DRAWS):
        example: Example = draw_thought(rng) if draw % 4 == 0 else draw_short(rng)
        yield example.prompt
        yield from example.completion.split("</think>")
        word = draw_word_example(rng, held_out=draw % 4 == 1)
        yield word.question
        yield "".join(word.steps) + word.answer
        if draw % 4 == 2:
            yield from draw_word_thought(rng)[1].replace("<think>", "").split("</think>")


def _vocabulary(pieces: Iterable[str]) -> dict[str, int]:
    """Control tokens, the 256 bytes, the numbers 0..999, the pieces; filled up to a multiple of 16."""
    names = [*CONTROL, *THINK, *sorted(pre_tokenizers.ByteLevel.alphabet()), *map(str, range(1000)), *pieces]
    vocabulary = {name: place for place, name in enumerate(dict.fromkeys(names))}
    while len(vocabulary) % 16:
        vocabulary[f"<|unused{len(vocabulary)}|>"] = len(vocabulary)
    return vocabulary
