"""Labels of the process reward model: exact, and 0 from the first slip on."""

from __future__ import annotations

import random

import pytest

from engine.learning.number_traces import (
    UNLABELLED,
    draw_opening,
    draw_thought_trace,
    draw_trace,
    label_steps,
    trace_of,
)
from engine.problems.game24 import Game24

PUZZLE = Game24((4, 9, 10, 13))
ANSWER = "Answer: (10 - 4) * (13 - 9) = 24"


@pytest.mark.parametrize(
    ("steps", "labels"),
    [
        (["13 - 9 = 4 (left: 4 4 10)\n", "10 - 4 = 6 (left: 4 6)\n", "6 * 4 = 24 (left: 24)\n", ANSWER], (1, 1, 1, 1)),
        (["13 - 9 = 4 (left: 4 4 10)\n", "10 + 4 = 14 (left: 4 14)\n"], (1, 0)),
        (["13 - 8 = 4 (left: 4 4 10)\n", "10 - 4 = 6 (left: 4 6)\n", "6 * 4 = 24 (left: 24)\n"], (0, 0, 0)),
        (["13 - 9 = 4 (left: 4 4 10)\n", "6 * 4 = 24 (left: 24)\n", ANSWER], (1, 0, 1)),
        (["nonsense\n", "13 - 9 = 4 (left: 4 4 10)\n", "Answer: 24"], (0, 0, 0)),
        (["13 * 10 = 130 (left: 4 9 130)\n"], (0,)),
    ],
)
def test_labels_are_exact(steps: list[str], labels: tuple[int, ...]) -> None:
    assert label_steps(PUZZLE, steps) == labels


def test_without_slips_every_step_is_legal() -> None:
    rng = random.Random(0)
    for _ in range(50):
        trace = trace_of(PUZZLE, rng, slip_share=0.0)
        assert all(PUZZLE.check_step(trace.steps[:count]).correct for count in range(1, len(trace.steps)))


def test_with_a_slip_nearly_every_trace_ends_wrong_or_holds_an_illegal_step() -> None:
    rng = random.Random(0)
    traces = [trace_of(PUZZLE, rng, slip_share=1.0) for _ in range(100)]
    assert sum(0 in trace.labels for trace in traces) > 90


@pytest.mark.parametrize("draw", [draw_trace, draw_opening])
def test_both_labels_are_drawn(draw: object) -> None:
    assert callable(draw)
    rng = random.Random(0)
    labels = [label for _ in range(200) for label in draw(rng).labels]
    assert 0.2 < sum(labels) / len(labels) < 0.7


def test_an_opening_has_no_answer() -> None:
    rng = random.Random(0)
    assert all(trace.steps[-1].endswith(")\n") for trace in (draw_opening(rng) for _ in range(50)))


def test_inside_a_thought_only_tries_are_labelled() -> None:
    trace = draw_thought_trace(random.Random(2))
    shown = next(place for place, step in enumerate(trace.steps) if step.startswith("</think>"))
    for step, label in zip(trace.steps[:shown], trace.labels[:shown], strict=True):
        assert (label != UNLABELLED) == step.startswith("Try ")
    assert UNLABELLED not in trace.labels[shown:]
