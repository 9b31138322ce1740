"""Which recipe a text was written by, and the recipes of tokenizers."""

from __future__ import annotations

from typing import Any

import pytest

from engine.traces.detecting import detect
from engine.traces.splitter import split
from engine.traces.tags import TagError, bundled
from engine.traces.templates import recipe_of


@pytest.mark.parametrize(
    ("prompt", "text", "model", "name"),
    [
        (None, "10", "", "think"),
        (None, "<think>a</think>b", "", "think"),
        (None, "a</think>b", "", "think"),
        (None, "\n<seed:think>a", "", "seed-oss"),
        (None, "[THINK]a[/THINK]b", "", "magistral"),
        (None, "<|begin_of_thought|>a<|end_of_thought|>", "", "openthoughts"),
        (None, "Here is my thought process: a", "", "granite"),
        (None, "<|channel|>final<|message|>b", "", "harmony"),
        (None, "a<|end|><|start|>assistant<|channel|>final<|message|>b", "", "harmony"),
        ("<|start|>assistant", "b", "", "harmony"),
        ("<｜User｜>q<｜Assistant｜><think>\n", "a", "", "deepseek-r1"),
        ("<|im_start|>assistant\n", "<seed:think>a", "", "seed-oss"),
        ("<|user|>q<|assistant|><think>\n", "a", "espalier-policy", "espalier"),
        (None, "10", "Qwen/Qwen3-8B", "qwen3"),
        (None, "10", "mistralai/Magistral-Small-2506", "magistral-2506"),
        (None, "10", "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B", "deepseek-r1"),
    ],
)
def test_the_recipe_is_found(prompt: str | None, text: str, model: str, name: str) -> None:
    found = detect(prompt, text, model)
    assert found.recipe.name == name
    assert found.why


def test_it_says_why() -> None:
    assert detect(text="10").why == "nothing tells the format"
    assert detect(text="<think>", model="qwen3").why == "the model's name and the tag that the text begins with"


@pytest.mark.parametrize("recipe", bundled(), ids=lambda recipe: recipe.name)
def test_every_recipe_is_found_by_its_models(recipe: Any) -> None:
    assert all(detect(model=f"some/{model}-8b").recipe == recipe for model in recipe.models)


GEMMA = {
    "start_anchor": ["<|turn>model\n", "<tool_response|>"],
    "defaults": {"role": "assistant"},
    "fields": {
        "content": {"close": ["<turn|>", "<eos>"], "content": "text"},
        "reasoning_content": {"open": "<|channel>thought\n", "close": "<channel|>", "content": "text"},
        "tool_calls": {"open_pattern": r"<\|tool_call>call:(?P<name>\w+)", "close": "<tool_call|>", "repeats": True},
    },
}
QWEN: dict[str, Any] = {
    "version": 1,
    "start_anchor": "<|im_start|>assistant\n",
    "fields": {
        "content": {"close_pattern": r"\s*(?:<\|im_end\|>|<\|endoftext\|>)"},
        "thinking": {"open": "<think>", "close": "</think>"},
        "tool_calls": {
            "open_pattern": r"\s*<tool_call>\s*<function=(?P<name>[^>\n]+)>",
            "close_pattern": r"</function>\s*</tool_call>",
        },
    },
}


def test_a_tokenizers_template_is_a_recipe() -> None:
    recipe = recipe_of(GEMMA, "gemma4")
    trace = split("<|channel>thought\na<channel|>b<|tool_call>call:f{}<tool_call|><turn|>", recipe, "<|turn>model\n")
    assert [trace.of(kind) for kind in ("hidden", "exposed", "tool")] == ["a", "b", "f{}"]
    assert trace.how.startswith("the response template of gemma4: ")


def test_of_an_expression_the_literal_tag_is_taken() -> None:
    recipe = recipe_of(QWEN, "qwen")
    assert recipe.tool[0].open == ("<tool_call>",)
    assert recipe.tool[0].close == ("</tool_call>",)
    assert recipe.ends == ("<|im_end|>", "<|endoftext|>")
    assert split("a</think>b<|im_end|>", recipe, "<|im_start|>assistant\n<think>\n").of("exposed") == "b"


def without(template: dict[str, Any], field: str, **changes: Any) -> dict[str, Any]:
    fields = {name: spec for name, spec in template["fields"].items() if name != field}
    return {**template, "fields": fields | changes}


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (None, "of x has no fields."),
        ({"fields": []}, "of x has no fields."),
        ({**QWEN, "version": 2}, "of x has version 2; only version 1 is known."),
        (without(QWEN, "thinking"), "has no field for a thought; known are: reasoning_content, reasoning, thinking."),
        (without(QWEN, "", thinking=3), "field thinking is not a table."),
        (without(QWEN, "", thinking={"close": "x"}), "field thinking: there is no tag that opens it."),
        (without(QWEN, "", thinking={"open": "x"}), "a pair of tags in hidden has no tag in close."),
        (without(QWEN, "", thinking={"open": 3}), "open is neither a text nor a list of texts."),
        (without(QWEN, "", thinking={"open": ["x", 3]}), "open is neither a text nor a list of texts."),
        (without(QWEN, "", thinking={"open_pattern": r"\w+", "close": "x"}), r"has no literal tag: \w+."),
        (without(QWEN, "", thinking={"open_pattern": 3, "close": "x"}), "open_pattern is not a text."),
        (without(QWEN, "", thinking={"open": "", "close": "x"}), "a tag is empty."),
    ],
)
def test_a_template_that_cannot_be_used_is_told(template: Any, words: str) -> None:
    with pytest.raises(TagError) as error:
        recipe_of(template, "x")
    assert str(error.value).startswith("The response template of x")
    assert str(error.value).endswith(words)
