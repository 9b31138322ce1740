"""Trains the bundled policy: `espalier train policy`. Knows the generators; sees no held-out puzzle.

In two stages: first to solve, from random weights; then to do all that a search asks for as well (to propose, judge,
vote, answer at once), with better players to learn from.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

from engine.learning.cards import policy_card
from engine.learning.examples import Batch, Codec, Labelled, Stream
from engine.learning.export import export_model, load_policy
from engine.learning.loop import Progress, Schedule, Training, few_threads
from engine.learning.number_puzzles import Example, draw_closed_thought, draw_short, draw_skilled, draw_thought
from engine.learning.policy_report import report_policy
from engine.learning.report import Report
from engine.learning.skills import draw_few_shot, draw_judgement, draw_opening, draw_proposals
from engine.learning.tokenizer import MAX_LENGTH, make_tokenizer
from engine.learning.word_skills import draw_word_few_shot, draw_word_skill
from engine.learning.word_texts import draw_word_closed, draw_word_long, draw_word_short

STEPS, SKILL_STEPS = 2200, 1200
"""Of the two stages."""
LONGEST_SHORT, LONGEST_THOUGHT = 240, 640
"""Tokens; longer examples are dropped."""

Draw = Callable[[random.Random], Example]

Mix = dict[str, tuple[Draw, int, int]]
"""Kinds of examples: generator, rows per step, longest example in tokens."""


def _draw_closed(rng: random.Random) -> Example:
    return draw_closed_thought(rng) if rng.random() < 0.65 else draw_word_closed(rng)


def _draw_long(rng: random.Random) -> Example:
    return rng.choice((draw_thought, draw_thought, draw_word_long, _draw_closed, _draw_closed))(rng)


def _draw_worked(rng: random.Random) -> Example:
    return draw_few_shot(rng) if rng.random() < 0.6 else draw_word_few_shot(rng)


MIX: Mix = {
    "puzzles": (draw_short, 40, LONGEST_SHORT),
    "words": (draw_word_short, 18, LONGEST_SHORT),
    "thoughts": (draw_thought, 4, LONGEST_THOUGHT),
    "word thoughts": (draw_word_long, 3, LONGEST_THOUGHT),
    "closed": (_draw_closed, 6, LONGEST_THOUGHT),
}
SKILL_MIX: Mix = {
    "puzzles": (draw_skilled, 24, LONGEST_SHORT),
    "openings": (draw_opening, 40, LONGEST_SHORT),
    "proposals": (draw_proposals, 6, LONGEST_THOUGHT),
    "judgements": (draw_judgement, 44, LONGEST_SHORT),
    "words": (draw_word_short, 20, LONGEST_SHORT),
    "word skills": (draw_word_skill, 10, LONGEST_SHORT),
    "long": (_draw_long, 4, LONGEST_THOUGHT),
    "worked": (_draw_worked, 2, LONGEST_THOUGHT),
}


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


def policy_streams(codec: Codec, mix: Mix, seed: int) -> dict[str, Stream]:
    def labelled(draw: Draw) -> Callable[[random.Random], Labelled]:
        return lambda rng: codec.policy_example(draw(rng))

    return {
        kind: Stream(labelled(draw), rows, longest, seed * 1000 + place, codec.pad)
        for place, (kind, (draw, rows, longest)) in enumerate(mix.items(), 1)
    }


def train_policy(out: Path, seed: int, steps: int | None, progress: Progress, start: Path | None = None) -> Report:
    """Train a policy, measure it on DEV, and write it to the folder `out`.

    `steps` None takes the recipe's number for the first stage; the second is shorter in proportion. With `start`, the
    folder of a policy that has been through the first stage, only the second is done. A training that was broken off
    goes on from `OUT.*.safetensors`, which are removed once the folder is written.
    """
    solving, skills = (out.with_name(f"{out.name}.{stage}.safetensors") for stage in ("solving", "skills"))
    tokenizer = make_tokenizer()
    with few_threads():
        if start is None:
            first = policy_training(tokenizer, solving, seed, steps or STEPS)
            first.run(progress)
            model = first.model
        else:
            model, _ = load_policy(start)
        second = skill_training(model, tokenizer, skills, seed, (steps or STEPS) * SKILL_STEPS // STEPS)
        second.run(progress)
        report = report_policy(second.model, Codec(tokenizer), seed=seed)
    export_model(second.model, tokenizer, policy_card(second.progress(), seed, steps or STEPS, report), out)
    solving.unlink(missing_ok=True)
    skills.unlink()
    return report


def policy_training(tokenizer: PreTrainedTokenizerFast, state_file: Path, seed: int, steps: int) -> Training:
    """The first stage, ready to run: everything in it follows from the seed and the number of steps."""
    torch.manual_seed(seed)
    return Training(
        "policy, solving",
        make_policy(tokenizer),
        policy_streams(Codec(tokenizer), MIX, seed),
        next_token_logits,
        Schedule(steps, muon_rate=5e-3, adamw_rate=3e-3),
        state_file,
        origin=f"seed {seed}",
    )


def skill_training(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, state_file: Path, seed: int, steps: int
) -> Training:
    """The second stage, from the weights of the first, at about half its rates."""
    return Training(
        "policy, skills",
        model,
        policy_streams(Codec(tokenizer), SKILL_MIX, seed + 1),
        next_token_logits,
        Schedule(steps, muon_rate=3e-3, adamw_rate=1.5e-3, constant_until=0.3),
        state_file,
        save_every=100,
        origin=f"seed {seed}",
    )
