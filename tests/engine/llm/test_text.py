"""Texts and token ids: what a user or a model writes can never forge a turn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from engine.llm.text import THINK_TAGS, Vocabulary, Writing
from engine.policies import ModelError
from tests.helpers.tiny_models import CONTROL, make_tokenizer

TOKENIZER = make_tokenizer()
VOCABULARY = Vocabulary(TOKENIZER, len(TOKENIZER))
USER, ASSISTANT = 2, 3
PIECES = st.lists(st.sampled_from([*CONTROL, *THINK_TAGS, "<|", "|>", "<", "end", "a", "é", "\n", "13", "\uf8ff"]))


@given(PIECES.map("".join))
def test_a_prompt_holds_no_control_token_but_the_templates(prompt: str) -> None:
    ids = VOCABULARY.encode_prompt(prompt, thinking=False)
    assert (ids[0], ids[-1]) == (USER, ASSISTANT)
    assert min(ids[1:-1], default=7) >= 7  # below are the control tokens and the tags
    assert TOKENIZER.decode(ids[1:-1]) == prompt.replace("\uf8ff", "")


@given(PIECES.map("".join))
def test_a_step_holds_tags_of_a_thought_but_no_control_token(step: str) -> None:
    ids = VOCABULARY.encode_step(step)
    assert min(ids, default=5) >= 5
    assert TOKENIZER.decode(ids) == step.replace("\uf8ff", "")
    assert ids.count(5) == step.replace("\uf8ff", "").count("<think>")


def test_thinking_is_opened_by_the_template() -> None:
    assert TOKENIZER.decode(VOCABULARY.encode_prompt("24", thinking=True)) == "<|user|>24<|assistant|><think>\n"


def test_plain_text_is_encoded_as_the_template_has_it() -> None:
    wanted = TOKENIZER.apply_chat_template(
        [{"role": "user", "content": "Make 24 from 10 13."}], add_generation_prompt=True
    )
    assert list(VOCABULARY.encode_prompt("Make 24 from 10 13.", thinking=False)) == wanted["input_ids"]


def test_a_model_without_a_template_is_given_the_prompt() -> None:
    bare = make_tokenizer()
    bare.chat_template = None
    assert TOKENIZER.decode(Vocabulary(bare, 300).encode_prompt("Make 24", thinking=False)) == "Make 24\n"
    assert TOKENIZER.decode(Vocabulary(bare, 300).encode_prompt("a", thinking=True)) == "a\n<think>\n"


def test_a_template_that_fails_is_told() -> None:
    bare = make_tokenizer()
    bare.chat_template = "{{ raise_exception('no users here') }}"
    with pytest.raises(ModelError, match=r"chat template.*no users here"):
        Vocabulary(bare, 300).encode_prompt("24", thinking=False)


def test_a_token_that_the_network_does_not_know_is_told() -> None:
    with pytest.raises(ModelError, match="do not belong together"):
        Vocabulary(make_tokenizer(), 20)


@given(st.text(max_size=30))
def test_texts_of_tokens_join_to_the_text(text: str) -> None:
    writing = Writing(VOCABULARY)
    for number in VOCABULARY.encode_step(text):
        writing.add(number)
    writing.close()
    assert writing.text == "".join(writing.texts) == text.replace("\uf8ff", "")


@pytest.fixture(scope="module")
def marking() -> Vocabulary:
    """A tokenizer that marks the start of every text with a blank, as SentencePiece models do."""
    words = ["<unk>", "▁", "▁a", "a", "b", "▁b", "\n", "c"]
    tokenizer = Tokenizer(
        models.BPE(
            vocab={word: place for place, word in enumerate(words)}, merges=[("▁", "a"), ("▁", "b")], unk_token="<unk>"
        )
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    return Vocabulary(PreTrainedTokenizerFast(tokenizer_object=tokenizer), len(words))


def test_a_step_gets_no_blank_that_it_does_not_have(marking: Vocabulary) -> None:
    assert marking.join(marking.encode_step("ab\n")) == "ab\n"
    assert marking.join(marking.encode_step(" a")) == " a"
    assert marking.text(2) == " a"
