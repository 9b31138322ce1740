"""How fast the thought is told from the answer, and how much of a thought is read for a probe. Judges nothing."""

from __future__ import annotations

import sys
import time
from random import Random

from engine.benchmarks.importance import importance_prefill_saving
from engine.benchmarks.made_up_traces import long_trace, pieces_of
from engine.shelf import Shelf
from engine.traces.splitter import Splitter, split
from engine.traces.tags import Recipe, bundled

CHARACTERS = 10_000_000
QUICK_CHARACTERS = 1_000_000
PIECE = (4, 40)
"""Characters that a model's token or a server's chunk brings."""
MEGABYTE = 1_000_000


def run(quick: bool, seed: int) -> dict[str, float]:
    """Figures of table `probes`."""
    return {
        "splitter_mb_per_s": round(splitter_mb_per_s(quick, seed), 1),
        "importance_prefill_saving": round(importance_prefill_saving(Shelf().policy("", True), quick, seed), 1),
    }


def splitter_mb_per_s(quick: bool, seed: int = 0) -> float:
    """Megabytes of UTF-8 per second of CPU: of all recipes, texts whole and in small pieces, the slowest pair."""
    rng = Random(seed)
    recipes = [recipe for recipe in bundled() if recipe.hidden]
    speeds: list[float] = []
    for recipe in recipes:
        text = long_trace(recipe, (QUICK_CHARACTERS if quick else CHARACTERS) // len(recipes), rng)
        pieces = pieces_of(text, rng, *PIECE)
        size = len(text.encode()) / MEGABYTE
        whole, streamed = size / _seconds(recipe, [text]), size / _seconds(recipe, pieces)
        print(f"{recipe.name}: {whole:.0f} MB/s whole, {streamed:.0f} MB/s in pieces", file=sys.stderr, flush=True)
        speeds += (whole, streamed)
    return min(speeds)


def _seconds(recipe: Recipe, pieces: list[str]) -> float:
    """CPU seconds for a text in `pieces`; what comes out is checked against the text in one piece."""
    splitter = Splitter(recipe)
    began = time.process_time()
    for piece in pieces:
        splitter.feed(piece)
    trace = splitter.finish()
    seconds = time.process_time() - began
    if trace != split("".join(pieces), recipe):
        raise AssertionError(f"the recipe {recipe.name} splits a text in pieces differently")
    return max(seconds, 1e-9)
