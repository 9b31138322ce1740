"""A trace becomes the log of a run and comes back exactly, whatever its text; what was cut, kept apart and named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.events import ROOT, Expanded, TraceRead, encode_event
from engine.importing import MOST_STEPS, Kept, Origin, kept, steps_of
from engine.problems import parse_problem
from engine.run_traces import is_imported, node_at, place_of, trace_of
from engine.search import SettingError, make_search
from engine.search.imported import REFUSAL
from engine.traces.alignment import hidden_steps
from engine.traces.detecting import detect
from engine.traces.files import FileError, read_file
from engine.traces.reading import Reading
from engine.traces.servers import Source
from engine.traces.spans import Span, Trace
from engine.traces.splitter import split
from engine.tree import Tree, fold
from tests.helpers.shared_data import shared_data

ORIGIN = Origin("r1.txt", "How many?", "10", "tiny")
TAGS = ["<think>", "</think>", "<|channel|>", "analysis<|message|>", "<|end|>", "<|im_end|>", "<tool_call>"]
WORDS = ["So 3 * 4 = 12. ", "Wait, no.\n\n", "\n", " ", "The answer is 5.", "\u2028", "𝟙", "\x00"]
NO_TRACES = (
    "inspect_min.eval", "math_shepherd.jsonl", "otel_genai_spans.jsonl", "prm800k.jsonl", "processbench.jsonl",
    "tot_bfs.json", "tot_dfs.json", "trl_stepwise.jsonl",
)  # fmt: skip
"""Samples of other things: labelled steps, searches, spans of a monitor."""
texts = st.lists(st.sampled_from(TAGS + WORDS) | st.text(max_size=5), max_size=16).map("".join)


def as_split(text: str) -> Trace:
    return split(text, detect(text=text).recipe)


def tree_of(run: Kept) -> Tree:
    return fold(run.records(3, 0.0))


def last_of(tree: Tree) -> int:
    return max(tree.nodes)


@given(texts)
def test_any_text_comes_back_exactly(text: str) -> None:
    trace = as_split(text)
    run = kept(trace, ORIGIN)
    tree = tree_of(run)
    assert trace_of(tree, last_of(tree)) == trace
    assert "".join(step for step, _ in steps_of(trace)) == text
    for event in run.events:
        encode_event(event)


def sample_names() -> list[str]:
    folder = Path(__file__).parents[3] / "shared" / "data" / "samples"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else ["none"]


@pytest.mark.parametrize("name", sample_names())
def test_every_sample_makes_the_round_trip(name: str) -> None:
    path = shared_data("samples", name)
    if name in NO_TRACES:
        with path.open("rb") as file, pytest.raises(FileError, match=r"\.$"):
            read_file(name, file, Source())
        return
    with path.open("rb") as file:
        found = read_file(name, file, Source())
    assert found
    for one in found:
        tree = tree_of(kept(one.trace, Origin(one.name, one.question)))
        assert trace_of(tree, last_of(tree)) == one.trace


def read_sample(name: str) -> list[Reading]:
    with shared_data("samples", name).open("rb") as file:
        return read_file(name, file, Source())


@pytest.mark.parametrize("name", ["openai_messages.jsonl", "sharegpt.jsonl"])
def test_the_question_of_a_conversation_comes_along(name: str) -> None:
    for one in read_sample(name):
        assert one.question == "Tom has 3 bags of 4 apples and eats 2. How many are left?"
        assert one.trace.of("hidden").strip()
        assert one.trace.of("exposed").strip() == "10"


def test_the_run_says_what_it_is() -> None:
    run = kept(as_split("<think>\n3 * 4 = 12\n</think>\n\n10"), ORIGIN)
    tree = tree_of(run)
    assert tree.started is not None
    assert tree.finished is not None
    assert is_imported(tree)
    assert (run.plan.problem, run.plan.text, run.plan.verifiers) == ("question", "How many? #### 10", ())
    assert (tree.started.prompt, tree.started.policy) == ("How many?", "tiny")
    assert (tree.finished.answer, tree.finished.correct) == ("10", True)
    assert tree.finished.why == "The trace was read from r1.txt."
    assert {event.generator for event in run.events if isinstance(event, Expanded)} == {"given"}
    assert [(node.step, node.hidden) for node in tree.path(last_of(tree))[1:]] == [
        ("<think>\n3 * 4 = 12\n", True),
        ("</think>", True),
        ("\n\n10", False),
    ]
    assert tree.nodes[last_of(tree)].terminal


def test_a_thought_that_was_cut_off_is_no_answer() -> None:
    tree = tree_of(kept(as_split("<think>\nSo 3 * 4 = 12"), Origin("cut.txt")))
    end = tree.nodes[last_of(tree)]
    assert (end.broken, end.hidden) == ("the text was cut off inside the thought", True)
    assert tree.answers() == []
    assert tree.finished is not None
    assert tree.finished.answer is None
    assert trace_of(tree, end.id).cut_off == "hidden"


def test_a_trace_without_text_is_kept_at_the_root() -> None:
    trace = Trace("", (Span("redacted", 0, 0),), "the server tells only tokens", "content")
    tree = tree_of(kept(trace, Origin("bare.json")))
    assert set(tree.nodes) == {ROOT}
    assert trace_of(tree, ROOT) == trace


def test_a_long_trace_has_a_bounded_number_of_nodes_and_all_its_text() -> None:
    text = "<think>\n" + "So 3 * 4 = 12, and we go on from there.\n\n" * 5_000 + "</think>\n\n12"
    steps = steps_of(as_split(text))
    assert len(steps) <= MOST_STEPS + 3
    assert "".join(step for step, _ in steps) == text
    assert [kind for _, kind in steps[-2:]] == ["hidden", "exposed"]


@given(texts, st.sets(st.integers(0, 60), min_size=1))
def test_the_steps_of_its_writer_stay_what_they_are(text: str, ends: set[int]) -> None:
    trace = replace(as_split(text), steps=tuple(sorted(ends)))
    run = kept(trace, ORIGIN)
    tree = tree_of(run)
    found = trace_of(tree, last_of(tree))
    assert (found.text, found.spans, found.steps) == (trace.text, trace.spans, trace.steps)
    for step in hidden_steps(found):
        assert step.start in ends | {span.start for span in trace.spans}
        assert step.end in ends | {span.end for span in trace.spans}
    own = Trace("a. b. c. d.", (Span("hidden", 0, 6), Span("exposed", 6, 11)), "", "", steps=(3, 9))
    assert [node.step for node in tree_of(kept(own, ORIGIN)).nodes.values()][1:] == ["a. ", "b. ", "c. ", "d."]


def test_half_characters_can_be_kept_and_move_no_offset() -> None:
    trace = as_split("<think>a\ud800b</think>c")
    run = kept(trace, Origin("half\ud83d.json", "How \udc00 many?"))
    for event in run.events:
        encode_event(event)
    found = trace_of(tree_of(run), 3)
    assert found.text == trace.text.replace("\ud800", "\N{REPLACEMENT CHARACTER}")
    assert found.spans == trace.spans


@pytest.mark.parametrize(
    ("question", "answer"),
    [("", ""), ("#### 5", "5"), ("   ", "long " * 100), ("x" * 200_000, ""), ("Why?\n#### Hint\nlook", "a\nb")],
)
def test_whatever_was_asked_can_be_read_again(question: str, answer: str) -> None:
    run = kept(as_split("10"), Origin("name.txt", question, answer))
    assert parse_problem(run.plan.problem, run.plan.text).prompt.strip()
    read = next(event for event in run.events if isinstance(event, TraceRead))
    assert read.answer == answer


def test_no_search_goes_on_with_it() -> None:
    search = make_search("imported", {})
    assert search.refusal(()) == REFUSAL
    with pytest.raises(SettingError, match="There is no setting called 'samples'"):
        make_search("imported", {"samples": 3})


def test_places_and_nodes_of_a_trace() -> None:
    tree = tree_of(kept(as_split("<think>\n3 * 4 = 12\n</think>\n\n10"), ORIGIN))
    end = last_of(tree)
    assert [place_of(tree, node) for node in tree.nodes] == [(0, 0), (0, 19), (19, 27), (27, 31)]
    assert [node_at(tree, end, offset) for offset in (0, 18, 19, 30, 99)] == [1, 1, 2, 3, 3]
