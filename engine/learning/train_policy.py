"""Trains the bundled policy from nothing: `espalier train policy`. Knows the generators; sees no held-out puzzle."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

from engine.learning.cards import policy_card
from engine.learning.examples import Batch, Codec, Labelled, Stream
from engine.learning.export import export_model
from engine.learning.loop import Progress, Schedule, Training, few_threads
from engine.learning.number_puzzles import Example, draw_closed_thought, draw_short, draw_thought
from engine.learning.policy_report import report_policy
from engine.learning.report import Report
from engine.learning.tokenizer import MAX_LENGTH, make_tokenizer
from engine.learning.word_texts import draw_word_closed, draw_word_long, draw_word_short

STEPS = 2200
LONGEST_SHORT, LONGEST_THOUGHT = 240, 640
"""Tokens; longer examples are dropped."""

Draw = Callable[[random.Random], Example]

MIX: dict[str, tuple[Draw, int, int]] = {
    "puzzles": (draw_short, 40, LONGEST_SHORT),
    "words": (draw_word_short, 18, LONGEST_SHORT),
    "thoughts": (draw_thought, 4, LONGEST_THOUGHT),
    "word thoughts": (draw_word_long, 3, LONGEST_THOUGHT),
    "closed": (
        lambda rng: draw_closed_thought(rng) if rng.random() < 0.65 else draw_word_closed(rng),
        6,
        LONGEST_THOUGHT,
    ),
}
"""Kinds of examples: generator, rows per step, longest example in tokens."""


def make_policy(tokenizer: PreTrainedTokenizerFast) -> Qwen3ForCausalLM:
    """A small Qwen3 decoder with random weights: 6 layers of width 192, tied embeddings."""
    config = Qwen3Config(
        vocab_size=len(tokenizer),
        hidden_size=192,
        intermediate_size=512,
        num_hidden_layers=6,
        num_attention_heads=6,
        num_key_value_heads=6,
        head_dim=32,
        max_position_embeddings=MAX_LENGTH,
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    return Qwen3ForCausalLM(config)


def next_token_logits(model: PreTrainedModel, batch: Batch) -> tuple[Tensor, Tensor]:
    """Logits only where the next token counts: the head over the whole vocabulary is a fifth of the work."""
    hidden = model.model(input_ids=batch.ids, use_cache=False).last_hidden_state[:, :-1]
    targets = batch.labels[:, 1:]
    scored = targets >= 0
    return model.lm_head(hidden[scored]), targets[scored]


def policy_streams(codec: Codec, seed: int) -> dict[str, Stream]:
    def labelled(draw: Draw) -> Callable[[random.Random], Labelled]:
        return lambda rng: codec.policy_example(draw(rng))

    return {
        kind: Stream(labelled(draw), rows, longest, seed * 1000 + place, codec.pad)
        for place, (kind, (draw, rows, longest)) in enumerate(MIX.items(), 1)
    }


def train_policy(out: Path, seed: int, steps: int | None, progress: Progress) -> Report:
    """Train a policy, measure it on DEV, and write it to the folder `out`.

    `steps` None takes the recipe's number. A training that was broken off goes on from `OUT.training.pt`, which is
    removed once the folder is written.
    """
    state_file = out.with_name(f"{out.name}.training.pt")
    tokenizer = make_tokenizer()
    with few_threads():
        training = policy_training(tokenizer, state_file, seed, steps or STEPS)
        training.run(progress)
        report = report_policy(training.model, Codec(tokenizer), seed=seed)
    export_model(training.model, tokenizer, policy_card(training.progress(), seed, report), out)
    state_file.unlink()
    return report


def policy_training(tokenizer: PreTrainedTokenizerFast, state_file: Path, seed: int, steps: int) -> Training:
    """The training of the policy, ready to run: everything in it follows from the seed and the number of steps."""
    torch.manual_seed(seed)
    return Training(
        "policy",
        make_policy(tokenizer),
        policy_streams(Codec(tokenizer), seed),
        next_token_logits,
        Schedule(steps, muon_rate=5e-3, adamw_rate=3e-3),
        state_file,
    )
