"""Trains the bundled outcome reward model from the process reward model: `espalier train orm`. Sees no held-out puzzle.

It learns one probability per complete solution, read at its end of turn: is the final answer right? (Cobbe et al.
2021). It is shown solutions of two kinds, played ones with slips and the policy's own, half of each kind right.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import torch
from transformers import PreTrainedTokenizerFast, Qwen3ForCausalLM, Qwen3ForTokenClassification

from engine.learning.cards import orm_card
from engine.learning.examples import Codec, Stream
from engine.learning.export import export_model, load_policy, load_prm
from engine.learning.loop import Progress, Schedule, Training, few_threads
from engine.learning.number_traces import Trace, draw_trace
from engine.learning.orm_report import calibrate_outcomes, report_orm
from engine.learning.own_traces import training_number_traces, word_traces
from engine.learning.report import Report
from engine.learning.step_marks import mark_outcome, outcome
from engine.learning.train_prm import LONGEST_SHORT, step_logits
from engine.learning.word_problems import draw_word_trace

STEPS = 500
OWN_PUZZLES, OWN_WORDS = 3000, 5000
"""Samples drawn from the policy before training."""
LABELS = {0: "wrong", 1: "correct"}
TRIES = 8
"""Draws before a solution is taken that is right where a wrong one was wanted, or the other way round."""

ROWS = {"puzzles": 14, "own puzzles": 26, "words": 24, "own words": 36}
"""Rows per step of each kind of solution."""

Draw = Callable[[random.Random], Trace]


def make_orm(prm: Qwen3ForTokenClassification) -> Qwen3ForTokenClassification:
    """The process reward model with its weights, its head included, and classes that speak of the whole solution."""
    config = type(prm.config).from_dict(prm.config.to_dict())
    config.id2label, config.label2id = LABELS, {name: place for place, name in LABELS.items()}
    model = Qwen3ForTokenClassification(config)
    model.load_state_dict(prm.state_dict())
    return model


def balanced(draw: Draw) -> Draw:
    """Right and wrong solutions half and half, as far as `TRIES` draws find what is wanted."""

    def wanted(rng: random.Random) -> Trace:
        right = rng.randrange(2)
        for _ in range(TRIES):
            trace = draw(rng)
            if outcome(trace) == right:
                break
        return trace

    return wanted


def orm_streams(codec: Codec, own_puzzles: Sequence[Trace], own_words: Sequence[Trace], seed: int) -> dict[str, Stream]:
    draws: dict[str, Draw] = {
        "puzzles": draw_trace,
        "own puzzles": lambda rng: rng.choice(own_puzzles),
        "words": lambda rng: Trace(*draw_word_trace(rng)),
        "own words": lambda rng: rng.choice(own_words),
    }
    mark = partial(mark_outcome, codec)

    def stream(place: int, kind: str, draw: Draw) -> Stream:
        return Stream(lambda rng: mark(draw(rng)), ROWS[kind], LONGEST_SHORT, seed * 1000 + 200 + place, codec.pad)

    return {kind: stream(place, kind, balanced(draw)) for place, (kind, draw) in enumerate(draws.items())}


def train_orm(
    out: Path, seed: int, steps: int | None, progress: Progress, policy_folder: Path, prm_folder: Path
) -> Report:
    """Train an outcome reward model, calibrate and measure it on DEV, and write it to the folder `out`.

    It starts from the process reward model in `prm_folder`, whose tokenizer is that of the policy. A training that was
    broken off goes on from `OUT.training.safetensors`, which is removed once the folder is written.
    """
    state_file = out.with_name(f"{out.name}.training.safetensors")
    policy, tokenizer = load_policy(policy_folder)
    prm = load_prm(prm_folder)
    codec = Codec(tokenizer)
    with few_threads():
        training = orm_training(prm, policy, tokenizer, state_file, seed, steps or STEPS)
        training.run(progress)
        temperature = calibrate_outcomes(training.model, policy, codec, seed)
        report = report_orm(training.model, prm, policy, codec, seed=seed)
    export_model(training.model, tokenizer, orm_card(training.progress(), seed, temperature, report), out)
    state_file.unlink()
    return report


def orm_training(
    prm: Qwen3ForTokenClassification,
    policy: Qwen3ForCausalLM,
    tokenizer: PreTrainedTokenizerFast,
    state_file: Path,
    seed: int,
    steps: int,
) -> Training:
    """The training of the outcome reward model, ready to run. Sampling from the policy takes about three minutes."""
    codec = Codec(tokenizer)
    share = min(1.0, steps / STEPS)
    own_puzzles = training_number_traces(policy, codec, int(OWN_PUZZLES * share) + 30, seed=seed + 41)
    own_words = word_traces(policy, codec, int(OWN_WORDS * share) + 30, seed=seed + 43)
    torch.manual_seed(seed)
    return Training(
        "orm",
        make_orm(prm),
        orm_streams(codec, own_puzzles, own_words, seed),
        step_logits,
        Schedule(steps, muon_rate=2e-3, adamw_rate=1e-3, warm_up=30, constant_until=0.0, floor=0.01),
        state_file,
        origin=f"seed {seed}",
    )
