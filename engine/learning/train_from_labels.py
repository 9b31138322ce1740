"""Trains a process reward model on the labels of a session: `espalier train prm --from SESSION`.

The recipe is that of the bundled one (`train_prm`), with people's, datasets', solvers' or rollouts' labels in place of
drawn traces. Warm: from a process reward model that there is; fresh: from a policy's weights with a new head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil, isfinite
from pathlib import Path

import torch
from transformers import PreTrainedModel, PreTrainedTokenizerFast, Qwen3ForTokenClassification

from engine.labelled import LabelledError, LabelledTrace
from engine.learning.cards import labels_card
from engine.learning.examples import IGNORED, Labelled, Stream, padded
from engine.learning.export import export_model, load_policy
from engine.learning.label_examples import Parts, Reader, divided
from engine.learning.loop import Progress, Schedule, Training, TrainProgress, few_threads
from engine.learning.report import Figure, Report
from engine.learning.train_prm import make_prm, step_logits
from engine.llm.load import load_scorer
from engine.llm.text import Vocabulary
from engine.policies import ModelError
from engine.scores.trust import accuracy, auc, calibration_error
from engine.verifiers.prm import PrmVerifier
from engine.verifiers.reading import good_class

ROWS = 24
"""Traces per step."""
EPOCHS = 8
"""How often each trace is seen where nobody says how many steps."""
LEAST_STEPS, MOST_STEPS = 40, 2600
WARM_RATE = 0.3
"""Of the fresh rates, for a model that knows something already."""
MEASURED_EVERY = 20
"""Steps between two looks at what is held out."""
HELD_OUT = "held out"
"""The name of its loss."""


def train_from_labels(
    out: Path,
    seed: int,
    steps: int | None,
    progress: Progress,
    traces: Sequence[LabelledTrace],
    start: Path,
    fresh: bool = False,
) -> Report:
    """Train on the labelled traces and write the model to the folder `out`; the report compares with the start.

    `start`: a process reward model to go on from, or with `fresh` a policy whose weights get a new head. A training
    that was broken off goes on from `OUT.training.safetensors`. Raises LabelledError and ModelError with a sentence.
    """
    state_file = out.with_name(f"{out.name}.training.safetensors")
    model, tokenizer, reader, pad = _begin(start, fresh, seed)
    parts = divided(traces, reader, seed)
    rows = min(ROWS, len(parts.learn))
    count = steps or min(MOST_STEPS, max(LEAST_STEPS, ceil(EPOCHS * len(parts.learn) / rows)))
    before = _figures(model, parts.measure, pad, "before")
    with few_threads():
        training = _training(model, parts, rows, pad, seed, count, state_file, fresh)
        watched = _Watched(training, parts.measure, pad, progress)
        training.run(watched)
        report = _report(parts, before, _figures(model, parts.measure, pad, "after"), seed)
    card = labels_card(training.progress(), seed, start.name, fresh, parts.too_long, report)
    export_model(model, tokenizer, card, out)
    state_file.unlink(missing_ok=True)
    return report


def _begin(
    start: Path, fresh: bool, seed: int
) -> tuple[Qwen3ForTokenClassification, PreTrainedTokenizerFast, Reader, int]:
    """The model to be trained, and what makes examples for it. Raises ModelError."""
    if fresh:
        policy, tokenizer = load_policy(start)
        torch.manual_seed(seed)
        model = make_prm(policy)
    else:
        loaded = load_scorer(start, "cpu")
        model, tokenizer = loaded.model, loaded.tokenizer
        if not isinstance(model, Qwen3ForTokenClassification) or model.config.num_labels != 2:
            raise ModelError(
                f"The model in {start} is no process reward model of this recipe: a token classifier of two classes on "
                "a Qwen3 backbone, such as the bundled one."
            )
        if good_class(start, model.config.id2label, PrmVerifier.good) != 1:
            raise ModelError(f"In the model in {start} class 1 means bad: the recipe trains class 1 as good.")
        model.requires_grad_(True)
    longest = model.config.max_position_embeddings
    vocabulary = Vocabulary(tokenizer, model.config.vocab_size)
    return model, tokenizer, Reader(vocabulary, tokenizer.eos_token_id, longest), tokenizer.pad_token_id or 0


def _training(
    model: PreTrainedModel,
    parts: Parts,
    rows: int,
    pad: int,
    seed: int,
    steps: int,
    state_file: Path,
    fresh: bool,
) -> Training:
    longest = max(len(example.ids) for example in parts.learn)
    stream = Stream(lambda rng: rng.choice(parts.learn), rows, longest, seed, pad)
    rate = 1.0 if fresh else WARM_RATE
    warm_up = min(50, ceil(steps / 8))
    schedule = Schedule(
        steps, muon_rate=3e-3 * rate, adamw_rate=2e-3 * rate, warm_up=warm_up, constant_until=0.0, floor=0.01
    )
    return Training("prm", model, {"labels": stream}, step_logits, schedule, state_file)


class _Watched:
    """Adds the loss on what is held out to the progress, measured now and then."""

    def __init__(self, training: Training, held_out: Sequence[Labelled], pad: int, progress: Progress) -> None:
        self._training, self._held_out, self._pad, self._progress = training, held_out, pad, progress
        self._last: dict[str, float] = {}

    def __call__(self, news: TrainProgress) -> None:
        if self._held_out and (news.step % MEASURED_EVERY == 0 or news.step == news.steps):
            self._training.model.eval()
            scores, labels = read(self._training.model, self._held_out, self._pad)
            self._training.model.train()
            self._last = {HELD_OUT: _cross_entropy(scores, labels)}
        self._progress(replace(news, losses={**news.losses, **self._last}))


@torch.inference_mode()
def read(model: PreTrainedModel, examples: Sequence[Labelled], pad: int) -> tuple[list[float], list[int]]:
    """The probability of class 1 at every label of the examples, and the labels, in the same order."""
    ordered = sorted(examples, key=lambda example: len(example.ids))
    scores: list[float] = []
    labels: list[int] = []
    for start in range(0, len(ordered), ROWS):
        batch = padded(ordered[start : start + ROWS], pad)
        asked = batch.labels != IGNORED
        logits = model(input_ids=batch.ids, use_cache=False).logits[asked].float()
        scores += logits.softmax(-1)[:, 1].tolist()
        labels += batch.labels[asked].tolist()
    return scores, labels


def _cross_entropy(scores: Sequence[float], labels: Sequence[int]) -> float:
    known, said = torch.tensor(scores).clamp(1e-7, 1 - 1e-7), torch.tensor(labels, dtype=torch.float32)
    return float(torch.nn.functional.binary_cross_entropy(known, said))


def _figures(model: PreTrainedModel, held_out: Sequence[Labelled], pad: int, when: str) -> Mapping[str, Figure]:
    """What the model is worth on traces that it has not learned from."""
    if not held_out:
        return {}
    scores, labels = read(model, held_out, pad)
    found = {
        "AUC": auc(scores, labels),
        "accuracy": accuracy(scores, labels),
        "calibration error": calibration_error(scores, labels),
        "loss, nats": _cross_entropy(scores, labels),
    }
    note = f"{when}, {len(labels)} labels, {sum(labels)} of them good"
    return {name: Figure(f"{name} {when}", value, note) for name, value in found.items() if isfinite(value)}


def _report(parts: Parts, before: Mapping[str, Figure], after: Mapping[str, Figure], seed: int) -> Report:
    divided_by = "problems" if parts.by_problem else "traces, for there are too few problems"
    title = (
        f"PRM on {len(parts.measure)} held-out traces (divided by {divided_by}; {len(parts.learn)} learned from), "
        f"seed {seed}"
    )
    return Report(title, tuple(figure for name in after for figure in (before.get(name), after[name]) if figure))


__all__ = ["LabelledError", "read", "train_from_labels"]
