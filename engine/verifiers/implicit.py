"""Implicit rewards: how much likelier one model finds each step than another. Knows no search.

Yuan et al. 2024, "Free process rewards without process labels": the log-ratio of a model that was trained on outcomes
and the one that it was trained from is a reward of every token; its sum up to a step's end is that step's value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from engine.llm.keys_values import Snapshots
from engine.llm.load import Loaded, load_policy
from engine.llm.measures import LogProbability
from engine.llm.network import choose_network
from engine.llm.readings import Read
from engine.llm.score import TokenScorer
from engine.policies import ModelError
from engine.scorers.recipes import Recipe
from engine.verifiers.by_recipe import RecipeVerifier, sigmoid
from engine.verifiers.layout import Laid
from engine.verifiers.reading import MAX_ROWS, SNAPSHOT_BYTES, Judged

NOTE = "The sigmoid of the cumulative log-ratio."


class ImplicitVerifier(RecipeVerifier):
    """Scores each step by `coefficient * sum(log p - log p_reference)` over the answer's tokens up to its last one.

    Two channels: that sum (`cumulative`), and what the step added to it (`increment`). The models are asked one after
    the other; each remembers what it said of a text, the reference for all scorers that share it.
    """

    def __init__(self, folder: Path, recipe: Recipe, name: str, device: str = "auto") -> None:
        if not recipe.reference:
            raise ModelError(
                f"The recipe {recipe.name} compares two models: name the one that {folder.name} was trained from, "
                f"with ;reference=FOLDER behind #{recipe.name}."
            )
        other = Path(recipe.reference).expanduser()
        loaded = load_policy(folder, device)
        super().__init__(recipe, loaded, name)
        self._scorer = _scorer(loaded)
        self._reference, vocabulary = _reference(other, device)
        if vocabulary != loaded.tokenizer.get_vocab():
            raise ModelError(
                f"The models in {folder} and {other} have different tokens, so what they say cannot be compared: "
                "the reference is the model that the other one was trained from."
            )

    def _judge(self, traces: Sequence[Laid], cancelled: Callable[[], bool]) -> list[tuple[list[Judged], int]]:
        readings = [trace.reading(tuple(range(trace.first, trace.read_places[-1] + 1))) for trace in traces]
        reads = self._scorer.read(readings, cancelled)
        others = self._reference.read(readings, cancelled)
        return [
            (self._judged(trace, read, other), read.tokens + other.tokens)
            for trace, read, other in zip(traces, reads, others, strict=True)
        ]

    def _judged(self, trace: Laid, read: Read, other: Read) -> list[Judged]:
        ratios = (mine - theirs for (mine,), (theirs,) in zip(read.outputs, other.outputs, strict=True))
        sums = [self.recipe.coefficient * total for total in accumulate(ratios)]
        values = [sums[place - trace.first] for place in trace.read_places]
        added = [value - before for before, value in zip([0.0, *values], values, strict=False)]
        return [
            Judged(sigmoid(value), (("cumulative", value), ("increment", increment)), NOTE)
            for value, increment in zip(values, added, strict=True)
        ]


def _scorer(loaded: Loaded) -> TokenScorer:
    network = choose_network(loaded.model, loaded.longest)
    return TokenScorer(network, LogProbability(), MAX_ROWS, Snapshots(SNAPSHOT_BYTES))


@lru_cache(maxsize=2)
def _reference(folder: Path, device: str) -> tuple[TokenScorer, dict[str, int]]:
    """A model to compare with, and its tokens: the same for every scorer that names it."""
    loaded = load_policy(folder, device)
    return _scorer(loaded), loaded.tokenizer.get_vocab()
