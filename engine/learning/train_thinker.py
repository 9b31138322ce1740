"""Trains the bundled thinker: `espalier train thinker`. Knows the generators; sees no held-out puzzle.

It starts from the policy and learns one thing better: to think at length, and to bear what a probe does to a thought.
The policy stays as it is, since all searches were measured with it. In two stages: all of it; then above all to keep
track of a long thought (where it goes back to, and what was tried from there).
"""

from __future__ import annotations

import random
from pathlib import Path

from transformers import PreTrainedModel, PreTrainedTokenizerFast

from engine.learning.cards import thinker_card
from engine.learning.examples import IGNORED, Codec, Labelled, Stream
from engine.learning.export import export_model, load_policy
from engine.learning.loop import Progress, Schedule, Training, few_threads
from engine.learning.number_edits import draw_edited, draw_long, draw_longer
from engine.learning.number_puzzles import draw_skilled
from engine.learning.report import Report
from engine.learning.skills import draw_opening
from engine.learning.thinker_report import report_thinker
from engine.learning.train_policy import LONGEST_SHORT, Mix, next_token_logits, policy_streams
from engine.learning.word_edits import draw_word_edited, draw_word_whole
from engine.learning.word_texts import draw_word_short

STEPS, TRACK_STEPS = 760, 280
"""Of the two stages."""
LONGEST = 720
"""Tokens of an example with a thought; longer ones are dropped."""
TRACKED_ROWS = 10
DEAD_LIST = "No.\n"

THINKER_MIX: Mix = {
    "thoughts": (draw_long, 12, LONGEST),
    "edits": (draw_edited, 8, LONGEST),
    "word thoughts": (draw_word_whole, 4, LONGEST),
    "word edits": (draw_word_edited, 7, LONGEST),
    "puzzles": (draw_skilled, 12, LONGEST_SHORT),
    "openings": (draw_opening, 16, LONGEST_SHORT),
    "words": (draw_word_short, 6, LONGEST_SHORT),
}
TRACK_MIX: Mix = {
    "edits": (draw_edited, 6, LONGEST),
    "word thoughts": (draw_word_whole, 3, LONGEST),
    "word edits": (draw_word_edited, 5, LONGEST),
    "puzzles": (draw_skilled, 6, LONGEST_SHORT),
    "openings": (draw_opening, 10, LONGEST_SHORT),
    "words": (draw_word_short, 6, LONGEST_SHORT),
}
"""Of the second stage, beside `tracked` thoughts."""


def train_thinker(out: Path, seed: int, steps: int | None, progress: Progress, policy: Path) -> Report:
    """Train a thinker from the policy in the folder `policy`, measure it on DEV, and write it to the folder `out`.

    `steps` None takes the recipe's number for the first stage; the second is shorter in proportion. A training that was
    broken off goes on from `OUT.*.safetensors`, which are removed once the folder is written.
    """
    thinking, tracking = (out.with_name(f"{out.name}.{stage}.safetensors") for stage in ("thinking", "tracking"))
    model, tokenizer = load_policy(policy)
    before, _ = load_policy(policy)
    first_steps = steps or STEPS
    with few_threads():
        thinker_training(model, tokenizer, thinking, seed, first_steps).run(progress)
        second = track_training(model, tokenizer, tracking, seed, max(1, first_steps * TRACK_STEPS // STEPS))
        second.run(progress)
        report = report_thinker(second.model, before, Codec(tokenizer), seed=seed)
    export_model(second.model, tokenizer, thinker_card(second.progress(), seed, first_steps, report), out)
    thinking.unlink()
    tracking.unlink()
    return report


def thinker_training(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, state_file: Path, seed: int, steps: int
) -> Training:
    """The first stage, ready to run: everything in it follows from the policy, the seed and the number of steps."""
    return Training(
        "thinker, thinking",
        model,
        policy_streams(Codec(tokenizer), THINKER_MIX, seed + 3),
        next_token_logits,
        Schedule(steps, muon_rate=3e-3, adamw_rate=1.5e-3, constant_until=1 / 3),
        state_file,
        save_every=50,
        origin=f"seed {seed}",
    )


def track_training(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, state_file: Path, seed: int, steps: int
) -> Training:
    """The second stage, from the weights of the first."""
    codec = Codec(tokenizer)
    tracked = Stream(lambda rng: draw_tracked(codec, rng), TRACKED_ROWS, LONGEST, (seed + 4) * 1000, codec.pad)
    return Training(
        "thinker, tracking",
        model,
        {"tracked": tracked, **policy_streams(codec, TRACK_MIX, seed + 4)},
        next_token_logits,
        Schedule(steps, muon_rate=2e-3, adamw_rate=1e-3, constant_until=0.3),
        state_file,
        save_every=40,
        origin=f"seed {seed}",
    )


def draw_tracked(codec: Codec, rng: random.Random) -> Labelled:
    """A thought that goes back often. Its lists of dead ends are easy and half of its text: they carry no loss."""
    example = draw_longer(rng)
    ids = codec.prompt_ids(example.prompt, example.given)
    labels = [IGNORED] * len(ids)
    for line in example.completion.splitlines(keepends=True):
        written = codec.ids(line)
        ids += written
        labels += [IGNORED] * len(written) if line.endswith(DEAD_LIST) else written
    return Labelled([*ids, codec.end], [*labels, codec.end])
