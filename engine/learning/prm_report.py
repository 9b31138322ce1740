"""Measures a process reward model: AUC, accuracy and calibration per step position; and fits its temperature.

On DEV puzzles and on word problems of training and of held-out templates; never on the HARD set unless asked.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import torch
from transformers import PreTrainedModel

from engine.learning.examples import Codec, padded
from engine.learning.number_traces import Trace, trace_of
from engine.learning.own_traces import number_traces, word_traces
from engine.learning.report import Figure, Report
from engine.learning.step_marks import StepMarker
from engine.learning.word_problems import draw_word_trace
from engine.problems.game24 import Game24
from engine.problems.held_out import dev_puzzles
from engine.scores.trust import accuracy, auc, calibration_error

ROWS = 64
ANSWER = "answer"


@dataclass(slots=True)
class Readings:
    """Logit margins (class 1 minus class 0) and labels at one position of many traces."""

    margins: list[float] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)

    @property
    def scores(self) -> list[float]:
        return torch.sigmoid(torch.tensor(self.margins)).tolist()


@torch.inference_mode()
def read(model: PreTrainedModel, codec: Codec, traces: Sequence[Trace]) -> dict[str, Readings]:
    """The model's readings of labelled traces by position: `step 1`, `step 2`, ..., `answer`."""
    marked = StepMarker(codec)
    items = sorted((marked(trace) for trace in traces), key=lambda item: len(item.ids))
    readings: dict[str, Readings] = defaultdict(Readings)
    for start in range(0, len(items), ROWS):
        batch = padded(items[start : start + ROWS], codec.pad)
        logits = model(input_ids=batch.ids, use_cache=False).logits.float()
        margins = logits[..., 1] - logits[..., 0]
        for row, item in enumerate(items[start : start + ROWS]):
            places = [place for place, label in enumerate(item.labels) if label >= 0]
            for number, place in enumerate(places, 1):
                here = readings[ANSWER if place == len(item.labels) - 1 else f"step {number}"]
                here.margins.append(float(margins[row, place]))
                here.labels.append(item.labels[place])
    return dict(sorted(readings.items(), key=lambda entry: (entry[0] == ANSWER, entry[0])))


def report_prm(
    model: PreTrainedModel,
    policy: PreTrainedModel,
    codec: Codec,
    *,
    puzzles: Sequence[Game24] | None = None,
    name: str = "DEV",
    seed: int = 0,
) -> Report:
    """Figures on played traces, traces with slips, and the policy's own samples, of the DEV puzzles or those given."""
    asked = puzzles if puzzles is not None else [Game24(numbers) for numbers in dev_puzzles()]
    sets = {
        "legal traces": played(asked, seed, 0.0),
        "traces with a slip": played(asked, seed + 1, 1.0),
        "policy samples": number_traces(policy, codec, asked, seed=seed + 2, samples=24),
        "words, training templates": _word_slips(seed + 3, held_out=False),
        "words, held-out templates": _word_slips(seed + 3, held_out=True),
        "words, policy samples": word_traces(policy, codec, 600, seed=seed + 4, held_out=True),
    }
    figures: list[Figure] = []
    for title, traces in sets.items():
        figures += _figures(title, read(model, codec, traces))
    return Report(f"PRM on {len(asked)} {name} puzzles, seed {seed}", tuple(figures))


def played(puzzles: Sequence[Game24], seed: int, slip_share: float, times: int = 12) -> list[Trace]:
    rng = random.Random(seed)
    return [trace_of(puzzle, rng, slip_share) for puzzle in puzzles for _ in range(times)]


def _word_slips(seed: int, *, held_out: bool, count: int = 800) -> list[Trace]:
    rng = random.Random(seed)
    return [Trace(*draw_word_trace(rng, held_out=held_out)) for _ in range(count)]


def _figures(title: str, readings: dict[str, Readings]) -> Iterable[Figure]:
    for position, here in readings.items():
        if len(here.labels) < 50:
            continue
        scores = here.scores
        right, error = accuracy(scores, here.labels), calibration_error(scores, here.labels)
        note = f"accuracy {right:.3f}, calibration error {error:.3f}, n {len(scores)}"
        yield Figure(f"{title}, {position}: AUC", auc(scores, here.labels), note)


def calibrate(model: PreTrainedModel, policy: PreTrainedModel, codec: Codec, seed: int) -> float:
    """Fit one temperature on samples of DEV puzzles and of word problems, fold it into the model, and return it."""
    puzzles = [Game24(numbers) for numbers in dev_puzzles()]
    traces = number_traces(policy, codec, puzzles, seed=seed + 31, samples=12)
    traces += played(puzzles, seed + 32, 0.3, times=6)
    traces += word_traces(policy, codec, 600, seed=seed + 33) + _word_slips(seed + 34, held_out=False, count=300)
    temperature = fit_temperature(read(model, codec, traces).values())
    fold_temperature(model, temperature)
    return temperature


def fit_temperature(readings: Iterable[Readings]) -> float:
    """The divisor of the margins with the least cross-entropy (Guo et al. 2017), from a grid of 0.25 to 4."""
    pooled = list(readings)
    margins = torch.tensor([margin for here in pooled for margin in here.margins])
    labels = torch.tensor([float(label) for here in pooled for label in here.labels])
    grid = [2 ** (exponent / 20) for exponent in range(-40, 41)]
    losses = [
        float(torch.nn.functional.binary_cross_entropy_with_logits(margins / divisor, labels)) for divisor in grid
    ]
    return grid[losses.index(min(losses))]


@torch.no_grad()
def fold_temperature(model: PreTrainedModel, temperature: float) -> None:
    """Divide the score head by the temperature, so that the saved model is calibrated as it is."""
    model.score.weight /= temperature
    model.score.bias /= temperature
