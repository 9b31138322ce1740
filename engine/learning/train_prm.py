"""Trains the bundled process reward model from the policy: `espalier train prm`. Sees no held-out puzzle.

It starts from the policy's weights and learns one probability per step end and one at the end of the answer, from
played traces with slips and from the policy's own samples, all with exact labels.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerFast, Qwen3ForCausalLM, Qwen3ForTokenClassification

from engine.learning.cards import prm_card
from engine.learning.examples import Batch, Codec, Stream
from engine.learning.export import export_model, load_policy
from engine.learning.loop import Progress, Schedule, Training, few_threads
from engine.learning.number_traces import Trace, draw_fractions, draw_opening, draw_thought_trace, draw_trace
from engine.learning.own_traces import training_number_traces, word_traces
from engine.learning.prm_report import calibrate, report_prm
from engine.learning.report import Report
from engine.learning.step_marks import StepMarker
from engine.learning.word_problems import draw_word_trace

STEPS = 2600
OWN_PUZZLES, OWN_WORDS = 6000, 3000
"""Samples drawn from the policy before training."""
LONGEST_SHORT, LONGEST_THOUGHT = 240, 480
LABELS = {0: "dead_end", 1: "solvable"}

ROWS = {"openings": 40, "fractions": 16, "puzzles": 12, "own puzzles": 9, "words": 26, "own words": 8, "thoughts": 1}
"""Rows per step of each kind of trace."""


def make_prm(policy: Qwen3ForCausalLM) -> Qwen3ForTokenClassification:
    """A token classifier with the policy's weights and a new head of two classes, without dropout."""
    config = type(policy.config).from_dict(policy.config.to_dict())
    config.id2label, config.label2id = LABELS, {name: place for place, name in LABELS.items()}
    config.classifier_dropout = 0.0
    model = Qwen3ForTokenClassification(config)
    model.model.load_state_dict(policy.model.state_dict())
    return model


def step_logits(model: PreTrainedModel, batch: Batch) -> tuple[Tensor, Tensor]:
    hidden = model.model(input_ids=batch.ids, use_cache=False).last_hidden_state
    scored = batch.labels >= 0
    return model.score(hidden[scored]), batch.labels[scored]


def prm_streams(codec: Codec, own_puzzles: Sequence[Trace], own_words: Sequence[Trace], seed: int) -> dict[str, Stream]:
    marked = StepMarker(codec)
    draws: dict[str, Callable[[random.Random], Trace]] = {
        "openings": draw_opening,
        "fractions": draw_fractions,
        "puzzles": draw_trace,
        "own puzzles": lambda rng: rng.choice(own_puzzles),
        "words": lambda rng: Trace(*draw_word_trace(rng)),
        "own words": lambda rng: rng.choice(own_words),
        "thoughts": draw_thought_trace,
    }

    def stream(place: int, kind: str, draw: Callable[[random.Random], Trace]) -> Stream:
        longest = LONGEST_THOUGHT if kind == "thoughts" else LONGEST_SHORT
        return Stream(lambda rng: marked(draw(rng)), ROWS[kind], longest, seed * 1000 + 100 + place, codec.pad)

    return {kind: stream(place, kind, draw) for place, (kind, draw) in enumerate(draws.items())}


def train_prm(out: Path, seed: int, steps: int | None, progress: Progress, policy_folder: Path) -> Report:
    """Train a process reward model from a policy, calibrate and measure it on DEV, and write it to the folder `out`.

    A training that was broken off goes on from `OUT.training.safetensors`, which is removed once the folder is written.
    """
    state_file = out.with_name(f"{out.name}.training.safetensors")
    policy, tokenizer = load_policy(policy_folder)
    codec = Codec(tokenizer)
    with few_threads():
        training = prm_training(policy, tokenizer, state_file, seed, steps or STEPS)
        training.run(progress)
        temperature = calibrate(training.model, policy, codec, seed)
        report = report_prm(training.model, policy, codec, seed=seed)
    export_model(training.model, tokenizer, prm_card(training.progress(), seed, temperature, report), out)
    state_file.unlink()
    return report


def prm_training(
    policy: Qwen3ForCausalLM, tokenizer: PreTrainedTokenizerFast, state_file: Path, seed: int, steps: int
) -> Training:
    """The training of the process reward model, ready to run. Sampling from the policy takes about three minutes."""
    codec = Codec(tokenizer)
    share = min(1.0, steps / STEPS)
    own_puzzles = training_number_traces(policy, codec, int(OWN_PUZZLES * share) + 30, seed=seed + 11)
    own_words = word_traces(policy, codec, int(OWN_WORDS * share) + 30, seed=seed + 13)
    torch.manual_seed(seed)
    return Training(
        "prm",
        make_prm(policy),
        prm_streams(codec, own_puzzles, own_words, seed),
        step_logits,
        Schedule(steps, muon_rate=3e-3, adamw_rate=2e-3, warm_up=50, constant_until=0.0, floor=0.01),
        state_file,
        origin=f"seed {seed}",
    )
