"""The policy's own samples with exact labels: what the process reward model will meet in a search.

Knows the policy through `sampling.sample` only. Problems are training problems; no held-out puzzle is sampled.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from transformers import PreTrainedModel

from engine.learning.examples import Codec
from engine.learning.number_puzzles import draw_puzzle
from engine.learning.number_traces import Trace, label_steps
from engine.learning.sampling import lines, sample
from engine.learning.word_problems import draw_word_example, grade_steps
from engine.problems.game24 import Game24

T = TypeVar("T")

TEMPERATURES = (0.7, 1.0, 1.3)
MOST_TOKENS = 96


def number_traces(
    model: PreTrainedModel, codec: Codec, puzzles: Sequence[Game24], *, seed: int, samples: int = 1
) -> list[Trace]:
    """`samples` labelled completions per puzzle, a third at each temperature."""
    asked = [puzzle for puzzle in puzzles for _ in range(samples)]
    return _labelled(model, codec, asked, lambda puzzle: puzzle.prompt, label_steps, seed)


def training_number_traces(model: PreTrainedModel, codec: Codec, count: int, *, seed: int) -> list[Trace]:
    """Samples on training puzzles in which traces with an illegal or inexact step are at least a third.

    The first half are plain; the second half repeats the broken ones as often as it takes.
    """
    rng = random.Random(seed)
    traces = number_traces(model, codec, [draw_puzzle(rng, 0.8) for _ in range(count)], seed=seed)
    broken = [trace for trace in traces if _is_broken(trace)]
    missing = len(traces) // 2 - len(broken)
    return traces + [rng.choice(broken) for _ in range(missing if broken else 0)]


def word_traces(model: PreTrainedModel, codec: Codec, count: int, *, seed: int, held_out: bool = False) -> list[Trace]:
    rng = random.Random(seed)
    asked = [draw_word_example(rng, held_out=held_out) for _ in range(count)]
    return _labelled(model, codec, asked, lambda example: example.question, grade_steps, seed)


def _labelled(
    model: PreTrainedModel,
    codec: Codec,
    asked: Sequence[T],
    prompt_of: Callable[[T], str],
    label: Callable[[T, Sequence[str]], tuple[int, ...]],
    seed: int,
) -> list[Trace]:
    """One sample of each problem, a third of them at each temperature, with the label of every step."""
    traces = []
    for place, temperature in enumerate(TEMPERATURES):
        group = asked[place :: len(TEMPERATURES)]
        prompts = [(prompt_of(problem), "") for problem in group]
        texts = sample(model, codec, prompts, temperature=temperature, most_tokens=MOST_TOKENS, seed=seed + place)
        for problem, text in zip(group, texts, strict=True):
            if steps := lines(text):
                traces.append(Trace(prompt_of(problem), steps, label(problem, steps)))
    return traces


def _is_broken(trace: Trace) -> bool:
    puzzle = Game24.parse(trace.prompt)
    return any(puzzle.check_step(trace.steps[:count]).correct is False for count in range(1, len(trace.steps) + 1))
