"""Trains a process reward model on the labels of a session: `espalier train prm --from SESSION`.

The recipe is that of the bundled one (`train_prm`), with people's, datasets', solvers' or rollouts' labels in place of
drawn traces. Warm: from a process reward model that there is; fresh: from a policy's weights with a new head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from math import ceil, isfinite
from pathlib import Path

import torch
from transformers import PreTrainedModel, PreTrainedTokenizerFast, Qwen3ForCausalLM, Qwen3ForTokenClassification

from engine.labelled import LabelledError, LabelledTrace
from engine.learning.best import BestWeights
from engine.learning.cards import labels_card
from engine.learning.examples import IGNORED, Labelled, Stream, padded
from engine.learning.export import export_model
from engine.learning.label_examples import Parts, Reader, divided
from engine.learning.loop import Progress, Schedule, Training, few_threads
from engine.learning.report import Figure, Report
from engine.learning.train_prm import make_prm, step_logits
from engine.llm.load import load_policy, load_scorer
from engine.llm.text import Vocabulary
from engine.policies import ModelError
from engine.scorers import table
from engine.scorers.naming import Spec
from engine.scorers.recipes import RecipeError
from engine.scores.trust import accuracy, auc, calibration_error
from engine.verifiers.choosing import recipe_for
from engine.verifiers.prm import PrmVerifier
from engine.verifiers.reading import good_class

ROWS = 24
"""Traces per step, where they are short."""
MOST_TOKENS = 32_768
"""Per step, padding included."""
EPOCHS = 8
"""How often each trace is seen where nobody says how many steps."""
LEAST_STEPS, MOST_STEPS = 40, 2600
WARM_RATE = 0.3
"""Of the fresh rates, for a model that knows something already."""
MEASURED_EVERY, SAVED_EVERY = 10, 20
"""Steps between two looks at what is held out, where it is little; and between two states that can be gone on from."""
KEPT_STEP = "kept step"
"""The name of the figure that says whose weights the model has; 0: those that it began with."""
LOOKING = 0.25
"""Share of the time that may be spent on these looks. A step forward and back costs three times a look."""


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

    The weights that had the least loss on what is held out are those that are kept: with few labels the last ones
    mostly know the traces by heart. `start`: a process reward model to go on from, or with `fresh` a policy whose
    weights get a new head. A training that was broken off goes on from `OUT.training.safetensors`, if it is the same.
    Raises LabelledError, ModelError and TrainingStateError with a sentence.
    """
    state_file = out.with_name(f"{out.name}.training.safetensors")
    model, tokenizer, reader, pad = _begin(start, fresh, seed)
    parts = divided(traces, reader, seed)
    with few_threads():
        before = _figures(model, parts.measure, pad, "before")
        training = _training(model, parts, pad, seed, steps, state_file, fresh)
        training.run(progress)
        report = _report(parts, before, _figures(model, parts.measure, pad, "after"), seed, training)
    card = labels_card(training.progress(), seed, start.name, fresh, parts.too_long, report)
    export_model(model, tokenizer, card, out, {table.IN_FOLDER: f'recipe = "{table.OWN}"\n'})
    state_file.unlink(missing_ok=True)
    return report


def _begin(
    start: Path, fresh: bool, seed: int
) -> tuple[Qwen3ForTokenClassification, PreTrainedTokenizerFast, Reader, int]:
    """The model to be trained, and what makes examples for it. Raises ModelError."""
    if fresh:
        policy = load_policy(start, "cpu")
        if not isinstance(policy.model, Qwen3ForCausalLM):
            raise ModelError(f"The model in {start} is no policy of this recipe: a language model of the Qwen3 family.")
        torch.manual_seed(seed)
        model, tokenizer = make_prm(policy.model), policy.tokenizer
    else:
        loaded = load_scorer(start, "cpu")
        model, tokenizer = loaded.model, loaded.tokenizer
        _check(model, start)
        model.requires_grad_(True)
    longest = model.config.max_position_embeddings
    vocabulary = Vocabulary(tokenizer, model.config.vocab_size)
    return model, tokenizer, Reader(vocabulary, tokenizer.eos_token_id, longest), tokenizer.pad_token_id or 0


def _check(model: object, start: Path) -> None:
    """Raises ModelError where a model is read in another way than it would be trained."""
    if not isinstance(model, Qwen3ForTokenClassification) or model.config.num_labels != 2:
        raise ModelError(
            f"The model in {start} is no process reward model of this recipe: a token classifier of two classes on "
            "a Qwen3 backbone, such as the bundled one."
        )
    if good_class(start, model.config.id2label, PrmVerifier.good) != 1:
        raise ModelError(f"In the model in {start} class 1 means bad: the recipe trains class 1 as good.")
    try:
        recipe = recipe_for(Spec("prm", str(start)), start)
    except RecipeError as error:
        raise ModelError(str(error)) from error
    if recipe.form != "own":
        raise ModelError(
            f"The model in {start} is read by the recipe {recipe.name}, and would be trained for another one: "
            f"{table.OWN}."
        )


def _training(
    model: PreTrainedModel, parts: Parts, pad: int, seed: int, steps: int | None, state_file: Path, fresh: bool
) -> Training:
    longest = max(len(example.ids) for example in parts.learn)
    rows = max(1, min(ROWS, len(parts.learn), MOST_TOKENS // longest))
    count = steps or min(MOST_STEPS, max(LEAST_STEPS, ceil(EPOCHS * len(parts.learn) / rows)))
    stream = Stream(lambda rng: rng.choice(parts.learn), rows, longest, seed, pad)
    rate = 1.0 if fresh else WARM_RATE
    schedule = Schedule(
        count,
        muon_rate=3e-3 * rate,
        adamw_rate=2e-3 * rate,
        warm_up=min(50, ceil(count / 8)),
        constant_until=0.0,
        floor=0.01,
    )
    best = BestWeights(lambda trained: _cross_entropy(*read(trained, parts.measure, pad)), _every(parts, rows))
    return Training(
        "prm",
        model,
        {"labels": stream},
        step_logits,
        schedule,
        state_file,
        save_every=SAVED_EVERY,
        best=best if parts.measure else None,
        origin=_origin(model, parts, seed, fresh),
    )


def _every(parts: Parts, rows: int) -> int:
    """Steps between two looks, a multiple of ten as reports of progress are."""
    return max(MEASURED_EVERY, 10 * ceil(len(parts.measure) / (LOOKING * 3 * rows) / 10))


def _origin(model: PreTrainedModel, parts: Parts, seed: int, fresh: bool) -> str:
    """What a training follows from beside its steps: weights, examples and how they are divided, and the seed."""
    found = sha256(repr((seed, fresh, [[(each.ids, each.labels) for each in part] for part in parts[:2]])).encode())
    for tensor in model.state_dict().values():
        found.update(tensor.numpy().tobytes())
    return found.hexdigest()


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
    note = f"{len(labels)} labels, {sum(labels)} of them good"
    return {name: Figure(f"{name} {when}", value, note) for name, value in found.items() if isfinite(value)}


def _report(
    parts: Parts, before: Mapping[str, Figure], after: Mapping[str, Figure], seed: int, training: Training
) -> Report:
    learned = f"{len(parts.learn)} traces learned from"
    if training.best is None:
        title = f"PRM, {learned}, seed {seed}. Nothing is held out, so nobody knows what it is worth: there are too few"
        return Report(f"{title} traces, or too few labels of one kind.", ())
    few = "traces, which flatters it, for there are too few problems"
    divided_by = "problems" if parts.by_problem else few
    title = f"PRM on {len(parts.measure)} held-out traces (divided by {divided_by}; {learned}), seed {seed}"
    known = tuple(figure for name in after for figure in (before.get(name), after[name]) if figure)
    note = f"of {training.step}: the one with the least loss on what is held out; its weights are kept"
    return Report(title, (*known, Figure(KEPT_STEP, training.best.step, note)))


__all__ = ["KEPT_STEP", "LabelledError", "read", "train_from_labels"]
