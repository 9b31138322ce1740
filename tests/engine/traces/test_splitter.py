"""The splitter: every row of formats.md 2.3 and peers.md 6.5 that is about text, and any text cut anywhere."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.benchmarks.made_up_traces import all_tags, long_trace
from engine.traces.machines import tag_tokens
from engine.traces.spans import Trace
from engine.traces.splitter import Splitter, split
from engine.traces.tags import Recipe, bundled, named
from tests.helpers.fuzz_splitter import fault_of, fuzz
from tests.helpers.linear import is_linear
from tests.helpers.shared_data import shared_data

QWEN, R1, HARMONY, THINK = named("qwen3"), named("deepseek-r1"), named("harmony"), named("think")
CHATML = "<|im_start|>user\nWhat does <think> do?<|im_end|>\n<|im_start|>assistant\n"


def parts(trace: Trace) -> list[tuple[str, str]]:
    """Kinds and texts, without the tags."""
    return [(span.kind, trace.text[span.start : span.end]) for span in trace.spans if span.kind != "tag"]


def test_a_well_formed_text() -> None:
    trace = split("<think>\n3*4=12\n</think>\n\n10", QWEN, CHATML)
    assert parts(trace) == [("hidden", "\n3*4=12\n"), ("exposed", "\n\n10")]
    assert trace.of("tag") == "<think></think>"
    assert trace.how == "Qwen3 and QwQ: <think> opens the thought; </think> ends it"
    assert (trace.splitter, trace.cut_off, trace.thinking) == ("qwen3", "", "on")


@pytest.mark.parametrize(
    ("recipe", "prompt", "how"),
    [
        (QWEN, CHATML + "<think>\n", "Qwen3 and QwQ: the prompt ends inside a thought; </think> ends it"),
        (THINK, "Any template at all: <think>", "<think> tags: the prompt ends inside a thought; </think> ends it"),
        (R1, None, "DeepSeek-R1 and its distills: this format opens the thought in the prompt, which is not known"),
        (THINK, None, "<think> tags: </think> comes without an opening tag, so all before it counts as hidden"),
    ],
)
def test_a_closing_tag_only(recipe: Recipe, prompt: str | None, how: str) -> None:
    text = shared_data("samples", "deepseek_r1_prefilled.txt").read_text(encoding="utf-8")
    trace = split(text, recipe, prompt)
    assert parts(trace) == [("hidden", "3*4=12, minus 2.\n"), ("exposed", "\n\n10")]
    assert trace.how.startswith(how)
    assert trace.thinking == "on"


@pytest.mark.parametrize(
    ("text", "prompt"),
    [("<think>\n3*4=1", CHATML), ("3*4=1", CHATML + "<think>\n"), ("3*4=1</thi", CHATML + "<think>")],
)
@pytest.mark.parametrize("reason", ["length", ""])
def test_a_text_that_ends_inside_the_thought(text: str, prompt: str, reason: str) -> None:
    trace = split(text, QWEN, prompt, reason)
    assert trace.of("exposed") == ""
    assert trace.of("hidden") == text.removeprefix("<think>")
    assert (trace.cut_off, trace.thinking) == ("hidden", "on")
    assert "the text ends inside the thought" in trace.how


def test_a_text_that_ends_right_after_the_opening_tag_thinks() -> None:
    trace = split("<think>", QWEN, CHATML, "length")
    assert (trace.cut_off, trace.thinking, trace.of("exposed")) == ("hidden", "on", "")


def test_an_answer_that_is_cut_off() -> None:
    assert split("<think>a</think>The answ", QWEN, CHATML, "length").cut_off == "exposed"
    assert split("<think>a</think>The answer", QWEN, CHATML, "stop").cut_off == ""


@pytest.mark.parametrize("prompt", [None, CHATML])
def test_no_tags_at_all(prompt: str | None) -> None:
    trace = split("10", QWEN, prompt)
    assert parts(trace) == [("exposed", "10")]
    assert trace.thinking == "unknown"
    assert "no tag of a thought was found" in trace.how


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("<think>\n\n</think>\n\n10", CHATML),
        ("<think></think>10", None),
        ("\n</think>\n\n10", CHATML + "<think>\n"),
        ("</think>10", None),
        ("10", CHATML + "<think>\n\n</think>\n\n"),
    ],
)
def test_an_empty_block_means_that_thinking_was_off(text: str, prompt: str | None) -> None:
    trace = split(text, QWEN, prompt)
    assert trace.thinking == "off"
    assert trace.of("hidden").strip() == ""
    assert trace.of("exposed").strip() == "10"
    assert "thinking was off" in trace.how


def test_a_tag_in_the_answer_is_text() -> None:
    text = "Use `<think>` like so:\n```\n<think>x</think>\n```"
    for prompt in (None, CHATML):
        assert parts(split(text, QWEN, prompt)) == [("exposed", text)]
    trace = split(f"<think>a</think>{text}", QWEN, CHATML)
    assert parts(trace) == [("hidden", "a"), ("exposed", text)]


@pytest.mark.parametrize("quote", ["`", "'", '"', "“"])
def test_a_quoted_closing_tag_makes_no_thought_of_an_answer(quote: str) -> None:
    text = f"The tag {quote}</think>{quote} ends it."
    assert parts(split(text)) == [("exposed", text)]


def test_a_nested_opening_tag_is_text_and_the_first_closing_tag_ends_the_block() -> None:
    assert parts(split("<think>a<think>b</think>c</think>d", QWEN)) == [
        ("hidden", "a<think>b"),
        ("exposed", "c</think>d"),
    ]


def test_an_opening_tag_that_repeats_the_prompts_is_a_tag() -> None:
    for recipe, prompt in ((QWEN, CHATML + "<think>\n"), (R1, None)):
        trace = split("\n<think>\na</think>b", recipe, prompt)
        assert parts(trace)[1:] == [("hidden", "\na"), ("exposed", "b")]


def test_a_second_block_after_a_tool() -> None:
    text = "<think>a</think>\n<tool_call>{}</tool_call>\n<think>b</think>10 <think>c</think>"
    assert parts(split(text, QWEN)) == [
        ("hidden", "a"),
        ("exposed", "\n"),
        ("tool", "{}"),
        ("exposed", "\n"),
        ("hidden", "b"),
        ("exposed", "10 <think>c</think>"),
    ]
    assert split(text, QWEN).how.endswith("2 thoughts")


def test_two_blocks_in_a_row_are_two_thoughts_where_the_recipe_has_several() -> None:
    text = "<think>a</think>\n<think>b</think>c"
    assert [kind for kind, _ in parts(split(text, QWEN))] == ["hidden", "exposed", "hidden", "exposed"]
    assert parts(split(text, R1))[1:] == [("exposed", "\n<think>b</think>c")]


def test_a_whole_transcript_with_the_tools_answer() -> None:
    text = (
        "<think>a</think><tool_call>{}</tool_call><|im_end|>\n<|im_start|>user\n<tool_response>7</tool_response>"
        "<|im_end|>\n<|im_start|>assistant\n<think>b</think>7<|im_end|>\n"
    )
    trace = split(text, QWEN)
    assert parts(trace) == [("hidden", "a"), ("tool", "{}"), ("tool", "7"), ("hidden", "b"), ("exposed", "7")]


def test_a_tool_ends_a_thought_where_the_recipe_says_so() -> None:
    text = "<think>a<|tool_calls_section_begin|>f<|tool_calls_section_end|>b"
    assert parts(split(text, named("kimi-k2"))) == [("hidden", "a"), ("tool", "f"), ("exposed", "b")]
    assert parts(split(text, THINK)) == [("hidden", text.removeprefix("<think>"))]


def test_the_answer_may_repeat_in_the_thought() -> None:
    trace = split("<think>The answer is 10. 10</think>The answer is 10.", QWEN)
    assert (trace.of("hidden"), trace.of("exposed")) == ("The answer is 10. 10", "The answer is 10.")


def test_tags_that_end_the_text_are_no_answer() -> None:
    trace = split("<think>a</think>10<|im_end|>\n<|endoftext|>\n", QWEN)
    assert parts(trace) == [("hidden", "a"), ("exposed", "10")]
    literal = "<|im_end|> ends a turn"
    assert split(literal, QWEN).of("exposed") == literal


def test_tags_as_single_tokens() -> None:
    """The tokens end the block; the same tag spelled out in code does not."""
    splitter = Splitter(QWEN, CHATML, {7: "<think>", 8: "</think>"})
    for piece, token in [("<think>", 7), ("print('</thi", 1), ("nk>')", 2), ("</think>", 8), ("10", 3), ("<think>", 7)]:
        splitter.feed_token(piece, token)
    assert parts(splitter.finish()) == [("hidden", "print('</think>')"), ("exposed", "10<think>")]


def test_harmony_by_tokens() -> None:
    """Their ids are those of gpt-oss; a channel's tag is two tokens, so it counts as text."""
    ids = {"<|start|>": 200006, "<|end|>": 200007, "<|message|>": 200008, "<|channel|>": 200005, "<|return|>": 200002}
    splitter = Splitter(HARMONY, "<|start|>assistant", {number: tag for tag, number in ids.items()})
    pieces = "<|channel|> analysis <|message|> say_<|end|> <|end|> <|start|> assistant <|channel|> final <|message|> b"
    for piece in pieces.split():
        splitter.feed_token(piece.replace("_", " "), ids.get(piece, 1))
    assert parts(splitter.finish()) == [("hidden", "say <|end|>"), ("exposed", "b")]


def test_the_tags_that_are_single_tokens() -> None:
    found = tag_tokens(QWEN, lambda text: [len(text)] if "think" in text else [1, 2])
    assert found == {7: "<think>", 8: "</think>"}
    assert tag_tokens(HARMONY, lambda text: [len(text)]).keys() <= set(range(7, 30))


def test_a_tag_token_that_means_nothing_here_is_text() -> None:
    splitter = Splitter(R1, "<｜Assistant｜>", {7: "<think>", 8: "</think>"})
    for piece, token in [(" ", 1), ("</think>", 8), ("10", 2), ("<think>", 7)]:
        splitter.feed_token(piece, token)
    assert splitter.finish().of("exposed") == " </think>10<think>"


def test_a_tag_in_code_inside_the_thought_ends_it_and_a_user_may_move_the_border() -> None:
    text = "<think>```\nprint('</think>')\n```\nSo 10.</think>10"
    trace = split(text, QWEN)
    assert trace.of("hidden") == "```\nprint('"
    moved = trace.moved(text.rindex("</think>"))
    assert (moved.of("hidden"), moved.of("exposed")) == ("```\nprint('')\n```\nSo 10.", "</think>10")


def test_a_tag_whose_token_has_no_text_still_counts() -> None:
    """`skip_special_tokens` strips Magistral's tags."""
    splitter = Splitter(named("magistral"), None, {34: "[THINK]", 35: "[/THINK]"})
    for piece, token in [("", 34), ("3*4", 1), ("", 35), ("10", 2)]:
        splitter.feed_token(piece, token)
    assert parts(splitter.finish()) == [("hidden", "3*4"), ("exposed", "10")]


def test_harmony() -> None:
    trace = split(shared_data("samples", "harmony.txt").read_text(encoding="utf-8"), HARMONY, "<|start|>assistant")
    assert parts(trace) == [("hidden", "3*4=12"), ("exposed", "10")]
    assert "analysis is hidden" in trace.how


def test_harmony_with_preamble_tools_and_several_thoughts() -> None:
    text = (
        "<|channel|>analysis<|message|>a<|end|>"
        "<|start|>assistant<|channel|>commentary<|message|>I look it up.<|end|>"
        "<|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>{}<|call|>"
        "<|start|>functions.f to=assistant<|channel|>commentary<|message|>7<|end|>"
        "<|start|>assistant<|channel|>analysis to=python code<|message|>1+1<|call|>"
        "<|start|>assistant to=functions.g<|channel|>commentary<|message|>[]<|call|>"
        "<|start|>assistant<|channel|>analysis<|message|>b<|end|>"
        "<|start|>assistant<|channel|>final<|message|>10<|return|>"
    )
    trace = split(text, HARMONY, "<|start|>system<|message|>x<|end|><|start|>assistant")
    assert parts(trace) == [
        ("hidden", "a"),
        ("exposed", "I look it up."),
        ("tool", "{}"),
        ("tool", "7"),
        ("tool", "1+1"),
        ("tool", "[]"),
        ("hidden", "b"),
        ("exposed", "10"),
    ]


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("<|channel|>analysis<|message|>3*4", "<|start|>assistant"),
        ("<|channel|>analysis", "<|start|>assistant"),
        ("3*4", "<|start|>assistant<|channel|>analysis<|message|>"),
    ],
)
def test_harmony_cut_off_while_thinking(text: str, prompt: str) -> None:
    assert split(text, HARMONY, prompt, "length").cut_off == "hidden"


def test_harmony_with_a_missing_end_and_a_literal_tag() -> None:
    text = (
        "<|channel|>analysis<|message|>a<|start|>assistant<|channel|>final<|message|>The tag <|start|> opens\na header."
    )
    assert parts(split(text, HARMONY))[1:] == [("exposed", "The tag "), ("exposed", "a header.")]


@pytest.mark.parametrize("recipe", [recipe for recipe in bundled() if recipe.hidden], ids=lambda recipe: recipe.name)
def test_every_recipe_splits_its_own_format(recipe: Recipe) -> None:
    for pair in recipe.hidden:
        for opener, closer in [(opener, closer) for opener in pair.open for closer in pair.close]:
            turn = recipe.turns[0] if recipe.turns else ""
            for text, prompt in [(f"{opener}a{closer}b", turn), (f"a{closer}b", turn + opener)]:
                trace = split(text, recipe, prompt)
                assert (trace.of("hidden"), trace.of("exposed")) == ("a", "b")


def test_a_prompt_that_closes_a_thought_without_opening_it_switches_thinking_off() -> None:
    trace = split("10", named("deepseek-v3"), "<｜User｜>q<｜Assistant｜></think>")
    assert (trace.thinking, parts(trace)) == ("off", [("exposed", "10")])
    assert split("10</think>", named("deepseek-v3"), "<｜Assistant｜>Well,").of("exposed") == "10</think>"


def test_a_question_about_the_tag_opens_no_thought() -> None:
    assert parts(split("It opens a thought.", QWEN, CHATML)) == [("exposed", "It opens a thought.")]
    assert split("It opens a thought.", THINK, "What does <think> do?").of("hidden") == ""


def test_a_prompt_that_went_on_to_the_answer_opens_no_thought_again() -> None:
    prompt = CHATML + "<think>\na</think>\nThe answer is"
    assert parts(split(" <think>10", QWEN, prompt)) == [("exposed", " <think>10")]
    thinks = split(" and more</think>10", QWEN, CHATML + "<think>\nOne")
    assert parts(thinks) == [("hidden", " and more"), ("exposed", "10")]


def test_tags_round_the_solution_are_no_part_of_it() -> None:
    text = "<|begin_of_thought|>a<|end_of_thought|>\n\n<|begin_of_solution|>b<|end_of_solution|>"
    found = split(text, named("openthoughts"))
    assert (found.of("hidden"), found.of("exposed").strip()) == ("a", "b")


SAMPLES = [
    (QWEN, "<think>\n3*4 < 13\n</think>\n\n10<|im_end|>", CHATML),
    (THINK, "3*4\n</think>\n\n10", None),
    (QWEN, "<think></think><tool_call>{}</tool_call><think>é😀\u202e</think>x", None),
    (HARMONY, "<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>b<|return|>", None),
    (named("granite"), "Here is my thought process: Here is it. Here is my response: Here", None),
    (named("gemma-4"), "<|channel>thought\na<channel|>b<|tool_call>call:f{}<tool_call|>", None),
]


@pytest.mark.parametrize(("recipe", "text", "prompt"), SAMPLES)
def test_a_tag_cut_at_every_place(recipe: Recipe, text: str, prompt: str | None) -> None:
    for first in range(len(text)):
        for second in range(first, len(text)):
            assert not fault_of([text[:first], text[first:second], text[second:]], recipe, prompt)


def texts(recipe: Recipe) -> st.SearchStrategy[str]:
    anything = st.text(st.characters(), max_size=8)  # with nulls, lone surrogates and right-to-left marks
    tags = st.sampled_from(all_tags(recipe))
    cut = tags.flatmap(lambda tag: st.integers(1, len(tag)).map(lambda length: tag[:length]))
    return st.lists(st.one_of(tags, cut, anything), max_size=12).map("".join)


@given(st.data())
def test_any_text_cut_anywhere_gives_the_one_shot_result_and_loses_nothing(data: st.DataObject) -> None:
    recipe = data.draw(st.sampled_from(bundled()))
    text = data.draw(texts(recipe))
    prompt = data.draw(st.one_of(st.none(), texts(recipe)))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert not fault_of(pieces, recipe, prompt)


def test_the_fuzzer_finds_nothing() -> None:
    assert fuzz(1_500, seed=1) == []


def test_only_the_beginning_of_an_awaited_tag_is_held_back() -> None:
    splitter = Splitter(QWEN, CHATML)
    held = []
    for piece in ("<", "think", ">", "a <b", " </", "thin", "g </", "think>", "<", "/think"):
        splitter.feed(piece)
        held.append(splitter.held)
    assert held == ["<", "<think", "", "", "</", "</thin", "</", "", "<", ""]


@pytest.mark.parametrize(
    "unit",
    ["<", "<think></think>", "<tool_call></tool_call>", "</think>", " ", "`</think>", "<|channel|>", "a"],
)
@pytest.mark.parametrize("recipe", [QWEN, THINK, HARMONY], ids=lambda recipe: recipe.name)
def test_time_is_linear_in_hostile_text(unit: str, recipe: Recipe) -> None:
    def nothing_lost(text: str) -> None:
        assert sum(span.end - span.start for span in split(text, recipe).spans) == len(text)

    assert is_linear(nothing_lost, unit)


def test_a_long_trace_in_one_piece_and_in_many() -> None:
    text = long_trace(QWEN, 200_000, Random(3))
    pieces = [text[place : place + 7] for place in range(0, len(text), 7)]
    splitter = Splitter(QWEN, CHATML)
    for piece in pieces:
        splitter.feed(piece)
    assert splitter.finish() == split(text, QWEN, CHATML)
    assert [span.kind for span in split(text, QWEN).spans] == ["tag", "hidden", "tag", "exposed"]
