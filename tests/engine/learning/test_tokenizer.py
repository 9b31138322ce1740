"""The tokenizer: any text comes back, numbers and step ends are one token, and it is the one the models ship with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transformers import PreTrainedTokenizerFast

from engine.learning.tokenizer import CONTROL, STEP_ENDS, THINK, make_tokenizer

POLICY = Path(__file__).parents[3] / "resources" / "models" / "policy"
MADE = make_tokenizer()


@pytest.fixture(name="tokenizer")
def made_tokenizer() -> PreTrainedTokenizerFast:
    return MADE


@given(st.text(max_size=80).filter(lambda text: "<" not in text))
def test_any_text_comes_back(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode("utf-8")
    assert MADE.decode(MADE(text)["input_ids"]) == text


def test_numbers_and_step_ends_are_one_token(tokenizer: PreTrainedTokenizerFast) -> None:
    for number in (0, 7, 24, 999):
        assert len(tokenizer(str(number))["input_ids"]) == 1
    for line in ("13 - 9 = 4 (left: 4 4 10)\n", "Then 35 - 12 = 23 pens are left.\n"):
        assert tokenizer.decode(tokenizer(line)["input_ids"][-1:]) in STEP_ENDS


def test_steps_can_be_encoded_one_by_one(tokenizer: PreTrainedTokenizerFast) -> None:
    """The process reward model is read at step ends of a text that grew step by step."""
    steps = ["Try 4 + 9 = 13 (left: 10 13 13)\n", "</think>\n", "The jars hold 4 * 9 = 36 pens.\n", "Answer: 36"]
    joined = [token for step in steps for token in tokenizer(step)["input_ids"]]
    assert joined == tokenizer("".join(steps))["input_ids"]


def test_the_chat_template_writes_turns_and_opens_a_thought(tokenizer: PreTrainedTokenizerFast) -> None:
    turns = [{"role": "user", "content": "Make 24 from 4 9 10 13."}]
    plain = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
    assert plain == "<|user|>Make 24 from 4 9 10 13.<|assistant|>"
    thinking = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True, enable_thinking=True)
    assert thinking == plain + "<think>\n"
    turns.append({"role": "assistant", "content": "Answer: 24"})
    assert tokenizer.apply_chat_template(turns, tokenize=False) == plain + "Answer: 24<|end|>"


def test_control_tokens_come_first_and_thoughts_survive_skipping(tokenizer: PreTrainedTokenizerFast) -> None:
    assert tokenizer.convert_tokens_to_ids([*CONTROL, *THINK]) == list(range(7))
    ids = tokenizer("<think>\n</think>\n<|end|>")["input_ids"]
    assert tokenizer.decode(ids, skip_special_tokens=True) == "<think>\n</think>\n"


def test_the_shipped_tokenizer_is_this_one(tokenizer: PreTrainedTokenizerFast) -> None:
    for name in ("policy", "prm"):
        shipped = json.loads((POLICY.parent / name / "tokenizer.json").read_text(encoding="utf-8"))
        assert shipped == json.loads(tokenizer.backend_tokenizer.to_str())
