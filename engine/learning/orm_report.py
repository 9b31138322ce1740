"""Measures an outcome reward model on whole solutions, and what it is worth for choosing among them. Knows no search.

On DEV puzzles and on word problems of training and of held-out templates; never on the HARD set unless asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import partial

import torch
from transformers import PreTrainedModel

from engine.learning.examples import Codec, padded
from engine.learning.number_traces import Trace
from engine.learning.own_traces import number_traces, word_traces
from engine.learning.prm_report import Readings, fit_temperature, fold_temperature, played
from engine.learning.report import Figure, Report, share
from engine.learning.step_marks import StepMarker, mark_outcome, outcome
from engine.problems.game24 import Game24
from engine.problems.held_out import dev_puzzles
from engine.scores.trust import accuracy, auc, calibration_error

ROWS = 64
SAMPLES = 24
"""Solutions per puzzle among which one is chosen: eight at each temperature of `own_traces`."""


@torch.inference_mode()
def outcome_margins(model: PreTrainedModel, codec: Codec, traces: Sequence[Trace]) -> list[float]:
    """The logit of `correct` minus that of `wrong` at the end of each trace, in the order of the traces."""
    marked = list(map(partial(mark_outcome, codec), traces))
    order = sorted(range(len(marked)), key=lambda place: len(marked[place].ids))
    margins = [0.0] * len(marked)
    for start in range(0, len(order), ROWS):
        places = order[start : start + ROWS]
        logits = model(input_ids=padded([marked[place] for place in places], codec.pad).ids, use_cache=False).logits
        for row, place in enumerate(places):
            wrong, right = logits[row, len(marked[place].ids) - 1].float().tolist()
            margins[place] = right - wrong
    return margins


@torch.inference_mode()
def least_step_scores(model: PreTrainedModel, codec: Codec, traces: Sequence[Trace]) -> list[float]:
    """What a process reward model says of each trace: its lowest score."""
    marker = StepMarker(codec)
    scores = []
    for start in range(0, len(traces), ROWS):
        items = [marker(trace) for trace in traces[start : start + ROWS]]
        logits = model(input_ids=padded(items, codec.pad).ids, use_cache=False).logits.float()
        for row, item in zip(logits.softmax(-1)[..., 1], items, strict=True):
            scores.append(min((float(row[at]) for at, label in enumerate(item.labels) if label >= 0), default=0.0))
    return scores


def report_orm(
    model: PreTrainedModel,
    prm: PreTrainedModel,
    policy: PreTrainedModel,
    codec: Codec,
    *,
    puzzles: Sequence[Game24] | None = None,
    name: str = "DEV",
    seed: int = 0,
) -> Report:
    """Figures on played solutions and the policy's own, and the best of several by four rules on the same samples."""
    asked = puzzles if puzzles is not None else [Game24(numbers) for numbers in dev_puzzles()]
    sampled = number_traces(policy, codec, asked, seed=seed + 2, samples=SAMPLES)
    sets = {
        "played solutions": played(asked, seed, 0.3),
        "policy samples": sampled,
        "words, policy samples": word_traces(policy, codec, 800, seed=seed + 3),
        "words, held-out templates": word_traces(policy, codec, 800, seed=seed + 4, held_out=True),
    }
    figures: list[Figure] = []
    for title, traces in sets.items():
        figures += _figures(title, Readings(outcome_margins(model, codec, traces), list(map(outcome, traces))))
    figures += best_of(
        sampled, outcome_margins(model, codec, sampled), least_step_scores(prm, codec, sampled), len(asked)
    )
    return Report(f"ORM on {len(asked)} {name} puzzles, seed {seed}", tuple(figures))


def best_of(sampled: Sequence[Trace], orm: Sequence[float], prm: Sequence[float], puzzles: int) -> list[Figure]:
    """Shares of puzzles solved by the sample that each rule chooses; ties go to the first."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, trace in enumerate(sampled):
        groups[trace.prompt].append(place)
    chosen = {
        "the ORM": [max(group, key=lambda place: orm[place]) for group in groups.values()],
        "the PRM's lowest score": [max(group, key=lambda place: prm[place]) for group in groups.values()],
        "majority": [_majority(sampled, group) for group in groups.values()],
    }
    figures = [
        Figure(f"best of {SAMPLES} by {rule}", sum(outcome(sampled[place]) for place in places) / puzzles)
        for rule, places in chosen.items()
    ]
    solvable = sum(any(outcome(sampled[place]) for place in group) for group in groups.values())
    return [*figures, Figure(f"any of {SAMPLES}", solvable / puzzles)]


def calibrate_outcomes(model: PreTrainedModel, policy: PreTrainedModel, codec: Codec, seed: int) -> float:
    """Fit one temperature on samples of DEV puzzles and of word problems, fold it into the model, and return it."""
    puzzles = [Game24(numbers) for numbers in dev_puzzles()]
    traces = number_traces(policy, codec, puzzles, seed=seed + 51, samples=12)
    traces += played(puzzles, seed + 52, 0.3, times=6) + word_traces(policy, codec, 900, seed=seed + 53)
    readings = Readings(outcome_margins(model, codec, traces), list(map(outcome, traces)))
    temperature = fit_temperature([readings])
    fold_temperature(model, temperature)
    return temperature


def _majority(sampled: Sequence[Trace], group: Sequence[int]) -> int:
    """The first sample whose answer is the commonest of the group; without any answer, the first sample."""
    puzzle = Game24.parse(sampled[group[0]].prompt)
    answers = {place: puzzle.read_answer("".join(sampled[place].steps)) for place in group}
    votes = Counter(answer for answer in answers.values() if answer is not None)
    if not votes:
        return group[0]
    winner = votes.most_common(1)[0][0]
    return next(place for place in group if answers[place] == winner)


def _figures(title: str, here: Readings) -> Iterable[Figure]:
    scores = here.scores
    right, error = accuracy(scores, here.labels), calibration_error(scores, here.labels)
    note = f"accuracy {right:.3f}, calibration error {error:.3f}, {share(map(bool, here.labels)):.2f} of them right"
    yield Figure(f"{title}: AUC", auc(scores, here.labels), f"{note}, n {len(scores)}")
