"""Models that write their thoughts in other tags: a run's text has one pair, and a tag in it is always meant."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from engine.growth import new_children
from engine.llm.decode import Decoder, Order, Written
from engine.llm.keys_values import Snapshots
from engine.llm.text import Vocabulary
from engine.policies import Sample
from engine.policies.stopping import THOUGHT_ENDS
from engine.policies.tags import MARK
from engine.problems.game24 import Game24
from engine.thoughts import in_thought
from tests.helpers.scripted_network import Scripted
from tests.helpers.tiny_models import make_tokenizer

END = 0
"""Ends a turn; `<|end|>` is a part of the tags of harmony."""
USER = "{% for m in messages %}<|user|>{{ m['content'] }}{% endfor %}"


@dataclass(frozen=True)
class Family:
    """How a tiny tokenizer is made, and what it must come to."""

    tags: tuple[str, ...]
    template: str
    open: str
    close: str
    special: bool = True
    begins: str = ""
    """What the prompt of a thinking turn ends with, if not with the opening tag alone."""


FINAL = "<|end|><|start|>assistant<|channel|>final<|message|>"
FAMILIES = {
    "qwen3": Family(
        ("<think>", "</think>"),
        USER + "<|im_start|>assistant\n{% if not enable_thinking %}<think>\n\n</think>\n\n{% endif %}",
        "<think>",
        "</think>",
        special=False,
        begins="<think>\n",
    ),
    "always open": Family(
        ("<think>", "</think>"), USER + "<|assistant|>{{ '<think>\\n' }}", "<think>", "</think>", False, "<think>\n"
    ),
    "magistral": Family(("[THINK]", "[/THINK]"), "[INST]" + USER + "[/INST]", "[THINK]", "[/THINK]"),
    "seed": Family(
        ("<seed:think>", "</seed:think>"),
        USER + "<seed:bos>assistant\n",
        "<seed:think>",
        "</seed:think>",
    ),
    "harmony": Family(
        ("<|start|>", "<|channel|>", "<|message|>"),
        USER + "<|start|>assistant",
        "<|channel|>analysis<|message|>",
        FINAL,
    ),
    "gemma": Family(("<|channel>", "<channel|>"), USER + "<|turn>model\n", "<|channel>thought\n", "<channel|>"),
    "granite": Family(
        (),
        "{# Here is my thought process: Here is my response: #}" + USER + "<|start_of_role|>assistant<|end_of_role|>",
        "Here is my thought process:",
        "Here is my response:",
    ),
}


def vocabulary_of(name: str) -> Vocabulary:
    family = FAMILIES[name]
    tokenizer = make_tokenizer(family.tags, family.template, special=family.special)
    return Vocabulary(tokenizer, len(tokenizer), name)


def written(vocabulary: Vocabulary, own: str, *ends: str, hidden: bool = True) -> Written:
    """What comes of a text in the model's own words."""
    tokenizer = vocabulary._tokenizer
    network = Scripted([*tokenizer.encode(own), END, END], len(tokenizer))
    order = Order((5,), 0, 0.0, 400, ends, hidden=hidden)
    return Decoder(network, vocabulary, {END}, 8, Snapshots(0)).decode([order])[0]


@pytest.mark.parametrize("name", FAMILIES)
def test_the_tags_are_found(name: str) -> None:
    tags = vocabulary_of(name).tags
    assert (tags.open, tags.close) == (FAMILIES[name].open, FAMILIES[name].close)


@pytest.mark.parametrize("name", FAMILIES)
def test_the_prompt_opens_the_thought_or_not_as_it_is_wanted(name: str) -> None:
    vocabulary, family = vocabulary_of(name), FAMILIES[name]
    thinking, plain = (vocabulary._tokenizer.decode(vocabulary.encode_prompt("24?", each)) for each in (True, False))
    assert thinking.endswith(family.begins or family.open)
    assert plain.rfind(family.open) <= plain.rfind(family.close)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_text_has_the_tags_of_a_run(name: str) -> None:
    vocabulary = vocabulary_of(name)
    one = written(vocabulary, f"Try 4\n{FAMILIES[name].close}\nAnswer: 4")
    assert one.text == "Try 4\n</think>\nAnswer: 4"
    assert "".join(token.text for token in one.tokens) == one.text


@pytest.mark.parametrize("name", FAMILIES)
def test_a_step_is_read_again_in_the_models_own_words(name: str) -> None:
    vocabulary = vocabulary_of(name)
    own = f"Try 4\n{FAMILIES[name].close}\nAnswer: 4"
    step = written(vocabulary, own).text
    assert vocabulary._tokenizer.decode(vocabulary.encode_step(step)) == own
    assert [*vocabulary.encode_step("</think>\n")][:-1] == vocabulary._tokenizer.encode(FAMILIES[name].close)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_closing_tag_ends_a_step_of_a_thought(name: str) -> None:
    vocabulary = vocabulary_of(name)
    close = FAMILIES[name].close
    assert written(vocabulary, f"So.{close}Answer: 4", *THOUGHT_ENDS).text == "So.</think>"
    assert written(vocabulary, f"{close}\nAnswer: 4", *THOUGHT_ENDS).text == "</think>\n"
    assert written(vocabulary, f"So.\n{close}", *THOUGHT_ENDS).text == "So.\n"


@pytest.mark.parametrize("name", ["qwen3", "always open", "magistral", "seed"])
@pytest.mark.parametrize("literal", ["</think>", "<think>"])
def test_a_tag_in_other_tokens_is_marked_and_ends_no_thought(name: str, literal: str) -> None:
    """The model writes about tags, in code: it spells them."""
    vocabulary = vocabulary_of(name)
    plain = [number for letter in f"`{literal}`\n" for number in vocabulary._tokenizer.encode(letter)]
    network = Scripted([*plain, END, END], len(vocabulary._tokenizer))
    order = Order((5,), 0, 0.0, 99, THOUGHT_ENDS, hidden=True)
    text = Decoder(network, vocabulary, {END}, 8, Snapshots(0)).decode([order])[0].text
    assert text == f"`{literal[:-1]}{MARK}>`\n"
    assert in_thought((text,), True)
    assert not {*vocabulary._tag_tokens} & {*vocabulary.encode_step(text)}


@pytest.mark.parametrize("name", ["magistral", "granite"])
def test_a_tag_in_an_answer_hides_nothing(name: str) -> None:
    vocabulary = vocabulary_of(name)
    spelled = "Say [/THINK], </think>.\n"
    ids = [number for letter in spelled for number in vocabulary._tokenizer.encode(letter)]
    network = Scripted([*ids, END, END], len(vocabulary._tokenizer))
    text = Decoder(network, vocabulary, {END}, 8, Snapshots(0)).decode([Order((5,), 0, 0.0, 99, ("\n",))])[0].text
    assert "</think>" not in text
    (child,) = new_children(Game24((4, 9, 10, 13)), ("</think>\n",), True, (Sample(text, None, 9, "step"),), 1)
    assert not child.hidden


def test_nobody_forges_a_tag_of_the_models_own() -> None:
    vocabulary = vocabulary_of("magistral")
    closing = vocabulary._tokenizer.encode("[/THINK]")
    for text in (vocabulary.encode_step("[/THINK]"), vocabulary.encode_prompt("[/THINK]", True)):
        assert not {*closing} & {*text}


def test_a_template_that_a_server_reads_as_text_forges_nothing_either() -> None:
    vocabulary = vocabulary_of("magistral")
    text = vocabulary.prompt_text("Say [/THINK] <|end|>", True)
    assert text.endswith("[/INST][THINK]")
    assert "[/THINK]" not in text
    assert "<|end|>" not in text


def test_a_response_template_names_the_tags() -> None:
    tokenizer = make_tokenizer(("<mull>", "</mull>"), USER + "<|assistant|>", special=True)
    tokenizer.response_template = {
        "fields": {"reasoning_content": {"open": "<mull>", "close": "</mull>"}, "content": {}},
    }
    tags = Vocabulary(tokenizer, len(tokenizer), "odd").tags
    assert (tags.open, tags.close) == ("<mull>", "</mull>")
