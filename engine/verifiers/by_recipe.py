"""Scorers that a recipe describes: a trace laid out as its model knows it, numbers read there. Knows no search."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from engine.events import Source
from engine.llm.heads import HeadedModel, only_labels, read_head
from engine.llm.keys_values import Snapshots
from engine.llm.load import Loaded, load_body, load_policy, load_scorer
from engine.llm.measures import Classes, Plain
from engine.llm.network import choose_network
from engine.llm.readings import Outputs
from engine.llm.score import TokenScorer
from engine.policies import ModelError
from engine.scorers.recipes import Recipe
from engine.verifiers import ScoreRequest
from engine.verifiers.layout import Laid, Layout
from engine.verifiers.reading import MAX_ROWS, SNAPSHOT_BYTES, Judged, TraceReader, good_class


class RecipeVerifier(TraceReader):
    """Scores steps after a recipe. Raises ModelError, also from the constructor."""

    def __init__(self, recipe: Recipe, loaded: Loaded, name: str) -> None:
        super().__init__(name)
        self.recipe = recipe
        self._layout = Layout(recipe, loaded.tokenizer, loaded.folder, loaded.entries, loaded.longest)

    @property
    def source(self) -> Source:
        return self.recipe.source

    def _lay(self, request: ScoreRequest) -> Laid:
        return self._layout.lay(request)


class HeadVerifier(RecipeVerifier):
    """Reads a head's classes or number, or two labels as the next token, at one token of each step."""

    def __init__(self, folder: Path, recipe: Recipe, name: str, device: str = "auto") -> None:
        loaded, model = _with_head(folder, recipe, device)
        super().__init__(recipe, loaded, name)
        if recipe.read == "labels":
            only_labels(model, self._layout.labels)
        plain = recipe.read == "sigmoid"
        self._names = () if plain else _names(recipe, model)
        self._good = recipe.value or ("" if plain else self._names[_good(folder, recipe, model)])
        network = choose_network(model, loaded.longest)
        self._scorer = TokenScorer(network, Plain() if plain else Classes(), MAX_ROWS, Snapshots(SNAPSHOT_BYTES))

    def _judge(self, traces: Sequence[Laid], cancelled: Callable[[], bool]) -> list[tuple[list[Judged], int]]:
        reads = self._scorer.read([trace.reading(trace.read_places) for trace in traces], cancelled)
        return [([self._judged(outputs) for outputs in read.outputs], read.tokens) for read in reads]

    def _judged(self, outputs: Outputs) -> Judged:
        if not self._names:
            (raw,) = outputs
            unbounded = self.recipe.family == "scalar_orm"
            return Judged(sigmoid(raw), (("raw", raw),), "The sigmoid of the raw reward." if unbounded else "")
        count = len(self._names)
        shares = dict(zip(self._names, outputs[:count], strict=True))
        shares |= {name: sum(shares[part] for part in parts) for name, parts in self.recipe.channels.items()}
        logits = tuple((f"logit {name}", x) for name, x in zip(self._names, outputs[count:], strict=True))
        return Judged(min(shares[self._good], 1.0), (*shares.items(), *logits))


def sigmoid(x: float) -> float:
    """1 / (1 + e^-x), of numbers of any size."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def _with_head(folder: Path, recipe: Recipe, device: str) -> tuple[Loaded, Any]:
    """A model's parts, and the network whose outputs are read. Raises ModelError."""
    if recipe.read == "labels":
        loaded = load_policy(folder, device)
        return loaded, loaded.model
    if not recipe.head:
        loaded = load_scorer(folder, device)
        _check_outputs(folder, recipe, loaded.model.config.num_labels)
        return loaded, loaded.model
    loaded = load_body(folder, device)
    body = loaded.model
    head = read_head(folder, recipe.head, body.config.get_text_config().hidden_size, body.dtype)
    _check_outputs(folder, recipe, head[-1].out_features)
    return loaded, HeadedModel(body, head.to(body.device)).eval()


def _names(recipe: Recipe, model: Any) -> tuple[str, ...]:
    """What the classes are called: by the recipe, or by the model."""
    told = recipe.labels or recipe.classes
    return told or tuple(str(model.config.id2label[number]) for number in range(model.config.num_labels))


def _good(folder: Path, recipe: Recipe, model: Any) -> int:
    """The number of the class that is the score, where the recipe names none."""
    return 0 if recipe.labels else good_class(folder, model.config.id2label, "a good step")


def _check_outputs(folder: Path, recipe: Recipe, outputs: int) -> None:
    wanted = 1 if recipe.read == "sigmoid" else len(recipe.classes) or outputs
    if outputs != wanted or (recipe.read == "classes" and outputs < 2):
        raise ModelError(
            f"The head of the model in {folder} gives {outputs} numbers, and the recipe {recipe.name} reads {wanted}: "
            "choose the recipe that this model was made for."
        )
