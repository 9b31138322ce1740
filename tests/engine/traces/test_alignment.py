"""Alignment: measured on made-up traces with known links; then the marks one by one, and any text at all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.traces.alignment import Aligned, Alignment, align, align_trace, hidden_steps
from engine.traces.spans import Span, Trace
from engine.traces.splitter import split
from engine.traces.steps import cut
from tests.helpers.labelled_traces import labelled_traces
from tests.helpers.linear import is_linear
from tests.helpers.trace_writer import GoldNumber, LabelledTrace, Range


@dataclass
class Tally:
    """Right, wrongly given, and missed, by what was asked."""

    right: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)

    def precision(self, what: str) -> float:
        return self.right[what] / self.given[what]

    def recall(self, what: str) -> float:
        return self.right[what] / self.wanted[what]


def overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def aligned(trace: LabelledTrace) -> Alignment:
    return align(trace.text, cut(trace.text, *trace.hidden), [trace.exposed])


def is_right(entry: Aligned, gold: GoldNumber, found: Alignment) -> bool:
    """The right mark, and its best link is a step that has the quantity."""
    if entry.mark != gold.mark:
        return False
    links = entry.links if gold.mark == "supported" else entry.against
    return gold.mark == "only exposed" or any(overlap(found.steps[links[0].step], place) for place in gold.places)


@cache
def tally(seed: int) -> Tally:
    result = Tally()
    for trace in labelled_traces(seed):
        found = aligned(trace)
        _count_numbers(result, trace, found)
        _count_sentences(result, trace, found)
        hidden = {unshown.step for unshown in found.only_hidden}
        gold = {n for n, step in enumerate(found.steps) for place in trace.only_hidden if overlap(step, place)}
        result.right["only hidden"] += len(hidden & gold)
        result.given["only hidden"] += len(hidden)
        result.wanted["only hidden"] += len(gold)
    return result


def _count_numbers(result: Tally, trace: LabelledTrace, found: Alignment) -> None:
    entries = [entry for entry in found.claims if entry.claim.kind == "number"]
    left = list(trace.numbers)
    for entry in entries:
        result.given["number"] += 1
        result.given[f"number {entry.mark}"] += 1
        gold = next((gold for gold in left if overlap((entry.claim.start, entry.claim.end), gold.place)), None)
        if gold is not None:
            left.remove(gold)
            if is_right(entry, gold, found):
                result.right["number"] += 1
                result.right[f"number {gold.mark}"] += 1
    for gold in trace.numbers:
        result.wanted["number"] += 1
        result.wanted[f"number {gold.mark}"] += 1


def _count_sentences(result: Tally, trace: LabelledTrace, found: Alignment) -> None:
    for entry in found.claims:
        if entry.claim.kind != "text":
            continue
        place = (entry.claim.start, entry.claim.end)
        gold = next((gold for gold in trace.sentences if overlap(place, gold.place)), None)
        if gold is not None:
            linked = entry.mark != "supported" or any(
                overlap(found.steps[entry.links[0].step], source) for source in gold.sources
            )
            result.given["text"] += 1
            result.right["text"] += entry.mark == gold.mark and linked
    result.wanted["text"] += len(trace.sentences)


SEEDS = (0, 1, 2)


def test_there_are_enough_traces_and_they_are_hard() -> None:
    traces = labelled_traces(0)
    assert len(traces) >= 60
    marks = Counter(number.mark for trace in traces for number in trace.numbers)
    assert min(marks["contradicted"], marks["only exposed"], sum(len(trace.only_hidden) for trace in traces)) >= 20
    assert sum(len(trace.labels) for trace in traces) >= 60
    several = [n for trace in traces for n in trace.numbers if _times(trace, n) > 1]
    assert len(several) > 100


def _times(trace: LabelledTrace, number: GoldNumber) -> int:
    return trace.text[slice(*trace.hidden)].count(trace.text[slice(*number.place)])


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers(seed: int) -> None:
    found = tally(seed)
    for what in ("number", "number supported"):
        assert found.precision(what) >= 0.95
        assert found.recall(what) >= 0.95
    assert found.precision("number contradicted") >= 0.95
    assert found.recall("number contradicted") >= 0.85  # two of 22 are said in other words
    assert found.recall("number only exposed") >= 0.95


@pytest.mark.parametrize("seed", SEEDS)
def test_text(seed: int) -> None:
    """Measured 0.97 to 0.98 on these seeds; sentences in other words are what is missed."""
    found = tally(seed)
    assert found.precision("text") >= 0.9
    assert found.recall("text") >= 0.9


@pytest.mark.parametrize("seed", SEEDS)
def test_results_that_are_not_shown(seed: int) -> None:
    found = tally(seed)
    assert found.precision("only hidden") >= 0.95
    assert found.recall("only hidden") >= 0.95


@pytest.mark.parametrize("seed", SEEDS)
def test_what_only_numbers_something_is_no_claim(seed: int) -> None:
    for trace in labelled_traces(seed):
        claims = [entry.claim for entry in aligned(trace).claims if entry.claim.kind == "number"]
        assert not [label for label in trace.labels if any(overlap((c.start, c.end), label) for c in claims)]


def marks(hidden: str, exposed: str, kind: str = "number") -> list[tuple[str, str]]:
    text = hidden + exposed
    found = align(text, cut(text, 0, len(hidden)), [(len(hidden), len(text))])
    return [(text[c.claim.start : c.claim.end], c.mark) for c in found.claims if c.claim.kind == kind]


def test_equations() -> None:
    hidden = "We get 12 * 4 = 48. Then six times 7 makes 42 here, of 6 things.\n"
    assert marks(hidden, "So 4 × 12 = 48. Or 12 * 4 = 46. Or 6 * 7 = 42. Or 2 + 2 = 4.", "equation") == [
        ("4 × 12 = 48", "supported"),
        ("12 * 4 = 46", "contradicted"),
        ("6 * 7 = 42", "supported"),
        ("2 + 2 = 4", "only exposed"),
    ]


def test_a_result_that_was_corrected_in_the_thought_is_supported_and_the_other_is_kept() -> None:
    text = "First 12 * 4 = 46. No: 12 * 4 = 48.\n"
    exposed = "So 12 * 4 = 48."
    found = align(text + exposed, cut(text), [(len(text), len(text + exposed))])
    equation = next(entry for entry in found.claims if entry.claim.kind == "equation")
    assert (equation.mark, equation.links[0].step, equation.against[0].step) == ("supported", 1, 0)


def test_the_same_words_with_another_value_contradict() -> None:
    hidden = "Tom pays 45 dollars for the pens. There are 40 cows on the hill.\n"
    assert marks(hidden, "Tom pays $40 for the pens.") == [("40", "contradicted")]
    assert marks(hidden, "Tom pays $45 for the pens.") == [("45", "supported")]
    assert marks(hidden, "Somebody paints 40 doors of castles.") == [("40", "only exposed")]


def test_a_denial_contradicts() -> None:
    hidden = "The blue pens are not included in the price.\n"
    assert marks(hidden, "The blue pens are included in the price.", "text")[0][1] == "contradicted"
    assert marks(hidden, "The blue pens are not included in the price.", "text")[0][1] == "supported"


def test_what_the_answers_are() -> None:
    text = "so the answer is 0.5.</think>\\boxed{50\\%}"
    found = align(text, cut(text, 0, 21), [(29, len(text))])
    assert found.answer.same
    assert "no model judged" in found.how


def test_spans_of_a_trace() -> None:
    text = "<think>3 * 4 = 12 pens.</think>So 12 pens.<think>12 - 2 = 10 pens.</think>So 10 pens."
    cuts = [0, 7, 23, 31, 42, 49, 66, 74, len(text)]
    kinds = ("tag", "hidden", "tag", "exposed", "tag", "hidden", "tag", "exposed")
    spans = tuple(Span(k, a, b) for k, a, b in zip(kinds, cuts, cuts[1:], strict=False))  # type: ignore[arg-type]
    found = align_trace(Trace(text, spans, "by hand", "test"))
    assert [text[step.start : step.end] for step in found.steps] == ["3 * 4 = 12 pens.", "12 - 2 = 10 pens."]
    numbers = [entry for entry in found.claims if entry.claim.kind == "number"]
    assert [(entry.mark, entry.links[0].step) for entry in numbers] == [("supported", 0), ("supported", 1)]
    assert found.only_hidden == ()
    assert found.count("supported", "number") == 2
    assert found.answer.same


def test_nothing_hidden_and_nothing_shown() -> None:
    assert {mark for _, mark in marks("", "It is 12.")} == {"only exposed"}
    assert marks("It is 12.", "") == []
    assert align("", (), ()).claims == ()


PIECES = (
    "12 ",
    "3 * 4 = 12. ",
    "So ",
    "pens ",
    "= ",
    "\\boxed{12}",
    "not ",
    "\n\n",
    "1. ",
    "50% ",
    "\x00",
    "\ud800",
    "מספר ",
    "数字12个。",
)
texts = st.text() | st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@settings(max_examples=200)
@given(texts, texts)
def test_any_text_can_be_aligned(hidden: str, exposed: str) -> None:
    text = hidden + exposed
    steps = cut(text, 0, len(hidden))
    found = align(text, steps, [(len(hidden), len(text))])
    assert found == align(text, steps, [(len(hidden), len(text))])
    for entry in found.claims:
        assert len(hidden) <= entry.claim.start < entry.claim.end <= len(text)
        assert all(0 <= link.step < len(steps) for link in (*entry.links, *entry.against))
        assert (entry.mark == "supported") <= bool(entry.links)
        assert (entry.mark == "contradicted") <= bool(entry.against)


@pytest.mark.parametrize("unit", ["12 = 12. ", "the pens ", "3 * 4 = 12\n", "a", "1"])
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def halves(text: str) -> None:
        half = len(text) // 2
        align(text, cut(text, 0, half), [(half, len(text))])

    assert is_linear(halves, unit, 2_000)


@pytest.mark.parametrize(
    ("thought", "answer"),
    [
        ("Try 3 * 4 = 12.\nSo it is 12.\n", "12"),
        ("Try 3 * 4 = 12.\nThat makes 12\n", "12"),
        ("Try 12 * 10 = 120.\nI found no way.\n", None),
        ("I look at 3*4", None),
        ("12 + 4 = 16, 12 - 4 = 8", "8"),
    ],
)
def test_a_thought_that_gave_up_came_to_no_answer(thought: str, answer: str | None) -> None:
    trace = split(f"<think>\n{thought}</think>\nAnswer: 7")
    found = align_trace(trace).answer.hidden
    assert (found.text if found else None) == answer


def test_a_writers_own_steps_are_the_steps() -> None:
    text = "Try 3 * 4 = 12. No.\nWait, back.\n</think>\nAnswer: 7"
    spans = (Span("hidden", 0, 32), Span("tag", 32, 40), Span("exposed", 40, len(text)))
    trace = Trace(text, spans, "by hand", "run", steps=(20, 32, 41, len(text)))
    assert [text[step.start : step.end] for step in hidden_steps(trace)] == ["Try 3 * 4 = 12. No.\n", "Wait, back.\n"]
    assert align_trace(trace).steps == hidden_steps(trace)
