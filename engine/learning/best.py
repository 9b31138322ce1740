"""Measures a model while it is trained, and keeps the weights that had the least loss. Knows no task and no file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf
from typing import Any

from torch import Tensor
from transformers import PreTrainedModel

HELD_OUT = "held out"
"""The name of the loss."""


class BestWeights:
    """`measure` gives the loss of a model in its evaluation mode; it is called every `every` steps, and at both ends.

    The weights that a training began with are among those that can be the best.
    """

    def __init__(self, measure: Callable[[PreTrainedModel], float], every: int) -> None:
        self._measure, self.every = measure, every
        self.step, self.loss, self.last = 0, inf, inf
        """Of the best weights; and the loss that was measured last."""
        self._weights: dict[str, Tensor] = {}

    @property
    def losses(self) -> Mapping[str, float]:
        """For a report of progress."""
        return {HELD_OUT: self.last} if self._weights else {}

    def look(self, model: PreTrainedModel, step: int) -> None:
        """Measure, and keep a copy of the weights if no others were as good. The model is in training mode after it."""
        model.eval()
        self.last = self._measure(model)
        model.train()
        if self.last < self.loss or not self._weights:
            self.step, self.loss = step, self.last
            self._weights = {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}

    def restore(self, model: PreTrainedModel) -> None:
        """Give the model the best weights."""
        model.load_state_dict(self._weights)

    def state(self) -> tuple[Mapping[str, Any], Mapping[str, Tensor]]:
        """What `take` needs to go on from here: facts for JSON, and tensors."""
        return {"step": self.step, "loss": self.loss, "last": self.last}, self._weights

    def take(self, facts: Mapping[str, Any], tensors: Mapping[str, Tensor]) -> None:
        self.step, self.loss, self.last = facts["step"], facts["loss"], facts["last"]
        self._weights = dict(tensors)
