"""Tokenizers in the kinds that model folders really hold, each with a few hundred tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from tests.helpers.tiny_models import WORDS, edit_settings, make_tokenizer

PAD, END, START, UNKNOWN = CONTROL = ("<pad>", "</s>", "<s>", "<unk>")
"""In this order: the networks of `tiny_models` pad with 0 and end a turn with 1."""
SPACE = "▁"
"""What SentencePiece writes for a blank."""
BYTES = tuple(f"<0x{byte:02X}>" for byte in range(256))
LETTERS = " 0123456789+-*/=().,:?aeinorst"
TEMPLATE = (
    "{%- macro turn(role, text) %}[{{ role }}] {{ text | trim }}\n{% endmacro -%}"
    "{%- if messages[0]['role'] == 'tool' %}{{ raise_exception('A tool cannot begin.') }}{% endif -%}"
    "{{ bos_token }}{% set seen = namespace(users=0) %}{{ turn('system', 'In ' ~ strftime_now('%Y') ~ '.') }}"
    "{% for message in messages %}{% if message['role'] == 'user' %}{% set seen.users = seen.users + 1 %}{% endif %}"
    "{{ turn(message['role'], message['content']) }}{% if loop.last %}{{ {'turns': seen.users} | tojson }}{% endif %}"
    "{% endfor %}{% if add_generation_prompt %}\n[assistant] {% if enable_thinking %}<think>\n{% endif %}{% endif %}"
)
"""Uses what the templates of large families use: macros, namespaces, the date, JSON, refusals."""


def save_tokenizer(kind: str, folder: Path, words: tuple[str, ...] = ()) -> int:
    """Write the tokenizer's files into a model's folder; the number of its tokens.

    `bytes`: byte-level BPE (Qwen, Llama 3). `pieces`: SentencePiece's BPE with a fallback to bytes, which the class
    LlamaTokenizer builds again from its vocabulary (Llama 2, Mistral); it knows the `words` too. `unigram`:
    SentencePiece's other model.
    `two files`: vocab.json and merges.txt, and no tokenizer.json (GPT-2, OPT).
    """
    makers: dict[str, Callable[[], PreTrainedTokenizerFast]] = {"pieces": partial(_pieces, words), "unigram": _unigram}
    made = makers.get(kind, make_tokenizer)()
    made.save_pretrained(folder)
    if kind == "two files":
        (folder / "tokenizer.json").unlink()
        made.backend_tokenizer.model.save(str(folder))
        edit_settings(folder, bos_token=made.eos_token, unk_token=made.eos_token)  # else GPT2Tokenizer adds its own
    names = {"pieces": "LlamaTokenizer", "two files": "GPT2Tokenizer"}
    edit_settings(folder, tokenizer_class=names.get(kind, "PreTrainedTokenizerFast"))
    return len(made)


def _pieces(more: tuple[str, ...] = ()) -> PreTrainedTokenizerFast:
    words = [word.replace(" ", SPACE) for word in (*WORDS, *more)]
    merges = dict.fromkeys((word[:end], word[end]) for word in words for end in range(1, len(word)))
    pieces = (*CONTROL, *BYTES, *_letters(words), *(left + right for left, right in merges))
    vocabulary = {piece: place for place, piece in enumerate(dict.fromkeys(pieces))}
    bpe = models.BPE(vocabulary, list(merges), unk_token=UNKNOWN, fuse_unk=True, byte_fallback=True)
    return _wrapped(bpe)


def _unigram() -> PreTrainedTokenizerFast:
    words = [word.replace(" ", SPACE) for word in WORDS]
    letters = _letters(words)
    pieces = {**dict.fromkeys((*CONTROL, *BYTES), 0.0), **dict.fromkeys(letters, -9.0), **dict.fromkeys(words, -4.0)}
    return _wrapped(models.Unigram(list(pieces.items()), CONTROL.index(UNKNOWN), byte_fallback=True))


def _letters(words: Iterable[str]) -> list[str]:
    return sorted({*LETTERS.replace(" ", SPACE), *"".join(words)})


def _wrapped(model: models.Model) -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend(SPACE), normalizers.Replace(" ", SPACE)])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(rf"\n|{SPACE}?[^{SPACE}\n]+|{SPACE}"), "isolated")
    parts = [decoders.Replace(SPACE, " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    tokenizer.decoder = decoders.Sequence(parts)
    names = {"pad_token": PAD, "eos_token": END, "bos_token": START, "unk_token": UNKNOWN}
    wrapped = PreTrainedTokenizerFast(tokenizer_object=tokenizer, clean_up_tokenization_spaces=False, **names)
    wrapped.chat_template = TEMPLATE
    return wrapped
