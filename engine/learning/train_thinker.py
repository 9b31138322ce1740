"""Trains the bundled thinker: `espalier train thinker`. Knows the generators; sees no held-out puzzle.

It starts from the policy and learns one thing better: to think at length, and to bear what a probe does to a thought.
The policy stays as it is, since all searches were measured with it.
"""

from __future__ import annotations

from pathlib import Path

from transformers import PreTrainedModel, PreTrainedTokenizerFast

from engine.learning.cards import thinker_card
from engine.learning.examples import Codec
from engine.learning.export import export_model, load_policy
from engine.learning.loop import Progress, Schedule, Training, few_threads
from engine.learning.number_edits import draw_edited, draw_long
from engine.learning.number_puzzles import draw_skilled
from engine.learning.report import Report
from engine.learning.skills import draw_opening
from engine.learning.thinker_report import report_thinker
from engine.learning.train_policy import LONGEST_SHORT, Mix, next_token_logits, policy_streams
from engine.learning.word_edits import draw_word_edited, draw_word_whole
from engine.learning.word_texts import draw_word_short

STEPS = 760
LONGEST = 720
"""Tokens of an example with a thought; longer ones are dropped."""

THINKER_MIX: Mix = {
    "thoughts": (draw_long, 12, LONGEST),
    "edits": (draw_edited, 8, LONGEST),
    "word thoughts": (draw_word_whole, 4, LONGEST),
    "word edits": (draw_word_edited, 7, LONGEST),
    "puzzles": (draw_skilled, 12, LONGEST_SHORT),
    "openings": (draw_opening, 16, LONGEST_SHORT),
    "words": (draw_word_short, 6, LONGEST_SHORT),
}


def train_thinker(out: Path, seed: int, steps: int | None, progress: Progress, policy: Path) -> Report:
    """Train a thinker from the policy in the folder `policy`, measure it on DEV, and write it to the folder `out`.

    `steps` None takes the recipe's number. A training that was broken off goes on from `OUT.thinking.safetensors`,
    which is removed once the folder is written.
    """
    state_file = out.with_name(f"{out.name}.thinking.safetensors")
    model, tokenizer = load_policy(policy)
    before, _ = load_policy(policy)
    with few_threads():
        training = thinker_training(model, tokenizer, state_file, seed, steps or STEPS)
        training.run(progress)
        report = report_thinker(training.model, before, Codec(tokenizer), seed=seed)
    export_model(training.model, tokenizer, thinker_card(training.progress(), seed, report), out)
    state_file.unlink()
    return report


def thinker_training(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, state_file: Path, seed: int, steps: int
) -> Training:
    """The training, ready to run: everything in it follows from the policy, the seed and the number of steps."""
    return Training(
        "thinker",
        model,
        policy_streams(Codec(tokenizer), THINKER_MIX, seed + 3),
        next_token_logits,
        Schedule(steps, muon_rate=3e-3, adamw_rate=1.5e-3, constant_until=1 / 3),
        state_file,
        save_every=50,
    )
