"""All that is found in one trace, in one value: each part is what its own module says."""

from __future__ import annotations

from engine.traces.alignment import align_trace
from engine.traces.analysis import GIVEN, analyse
from engine.traces.functions import label, shares
from engine.traces.loops import repeats
from engine.traces.overthinking import fold
from engine.traces.splitter import split

TRACE = split("<think>\nLet me try 5 * 7 = 35.\nThen 35 - 12 = 23.\nSo the answer is 23.\n</think>\nThe answer is 24.")


def test_every_part_is_what_its_module_says() -> None:
    found = analyse(TRACE)
    steps = found.alignment.steps
    assert found.alignment == align_trace(TRACE)
    assert found.labels == label(TRACE.text, steps)
    assert found.functions == shares(found.labels, steps)
    assert found.fold == fold(steps, found.labels)
    assert found.repeats == repeats(TRACE.text, steps)
    assert (found.gold, found.right_hidden, found.right_exposed) == (False, None, None)
    assert found.answer is not None
    assert found.answer.text == "24"


def test_a_given_answer_judges_both() -> None:
    found = analyse(TRACE, "23")
    assert (found.gold, found.right_hidden, found.right_exposed) == (True, True, False)
    assert found.meter.judged == GIVEN
    assert found.meter.first is not None
    assert found.meter.first.step == 1


def test_labels_by_hand_count_where_a_step_begins() -> None:
    steps = analyse(TRACE).alignment.steps
    found = analyse(TRACE, by_hand={steps[1].start: "check", steps[2].start + 1: "plan"})
    assert (found.labels[1].function, found.labels[1].by) == ("check", "person")
    assert [tag.by for tag in found.labels] == ["rule", "person", "rule"]


def test_tokens_tell_how_much_came_after() -> None:
    start = TRACE.text.index("Let me")
    ends = [start + place for place in range(6, 60, 6)]
    found = analyse(TRACE, "35", token_ends=ends)
    assert found.meter.tokens == len(ends)
    assert found.meter.tokens_after is not None
    assert 0 < found.meter.tokens_after < len(ends)


def test_a_text_without_a_thought() -> None:
    found = analyse(split("The answer is 24."))
    assert found.alignment.steps == ()
    assert found.meter.first is None
    assert found.answer is not None
