"""Draw the next token of each row from its logits, with the numbers a reader wants to see. Knows no text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

ALTERNATIVES = 5
_BLOCK = 64


class Uniforms:
    """An endless row of numbers in [0, 1) that depends on a 64-bit seed and the place alone (Philox, counter-based)."""

    def __init__(self, seed: int) -> None:
        self._generator = np.random.Generator(np.random.Philox(key=seed & (1 << 64) - 1))
        self._drawn: list[float] = []

    def __getitem__(self, place: int) -> float:
        while place >= len(self._drawn):
            self._drawn += self._generator.random(_BLOCK).tolist()
        return self._drawn[place]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One new token for each row. Probabilities, logprobs and entropies (nats) are those at temperature 1."""

    ids: list[int]
    logprobs: list[float]
    entropies: list[float]
    alternative_ids: list[list[int]]
    """The likeliest tokens of each row, best first."""
    alternative_probabilities: list[list[float]]


def draw(
    logits: Tensor,
    temperatures: Sequence[float],
    uniforms: Sequence[float],
    details: bool = True,
    top_ps: Sequence[float] = (),
) -> Drawn:
    """logits (rows, vocabulary). A temperature of 0 is greedy. A row's draw does not depend on the other rows.

    Without `details` there are no entropies and no alternatives. `top_ps`: the probability, at the row's temperature,
    of the likeliest tokens among which it draws; by default 1, which are all of them.
    """
    logprobs = logits.log_softmax(-1)
    probabilities = logprobs.exp()
    chosen = _choose(logits, probabilities, temperatures, uniforms, top_ps)
    of_chosen = logprobs.gather(1, chosen[:, None])[:, 0].tolist()
    if not details:
        return Drawn(chosen.tolist(), of_chosen, [], [], [])
    # A token of probability 0 adds nothing, but its 0 * -inf would be not-a-number.
    entropies = -(probabilities * logprobs.clamp(min=-1e4)).sum(-1)
    best = probabilities.topk(min(ALTERNATIVES, logits.shape[-1]), dim=-1)
    return Drawn(chosen.tolist(), of_chosen, entropies.tolist(), best.indices.tolist(), best.values.tolist())


def _choose(
    logits: Tensor,
    probabilities: Tensor,
    temperatures: Sequence[float],
    uniforms: Sequence[float],
    top_ps: Sequence[float],
) -> Tensor:
    """`probabilities` are those at temperature 1."""
    if not any(temperatures):
        return logits.argmax(-1)
    if any(temperature not in (0, 1) for temperature in temperatures):
        heat = torch.tensor([temperature or 1.0 for temperature in temperatures], device=logits.device)
        probabilities = (logits / heat[:, None]).softmax(-1)
    if any(top_p < 1 for top_p in top_ps):
        probabilities = _likeliest(probabilities, top_ps)
    chosen = _invert(probabilities, uniforms)
    if all(temperatures):
        return chosen
    greedy = torch.tensor([not temperature for temperature in temperatures], device=logits.device)
    return torch.where(greedy, logits.argmax(-1), chosen)


def _likeliest(probabilities: Tensor, top_ps: Sequence[float]) -> Tensor:
    """Of each row the fewest likeliest tokens that reach its top_p together; all others are impossible."""
    best = probabilities.sort(dim=-1, descending=True, stable=True)
    before = best.values.cumsum(-1) - best.values
    late = before >= torch.tensor(top_ps, device=probabilities.device)[:, None]
    late[:, 0] = False
    return probabilities.masked_fill(late.gather(-1, best.indices.argsort(-1)), 0.0)


def _invert(probabilities: Tensor, uniforms: Sequence[float]) -> Tensor:
    """The first token at which the cumulated probability passes the row's uniform number."""
    exact = torch.float32 if probabilities.device.type == "mps" else torch.float64
    cumulated = probabilities.to(exact).cumsum(-1)
    marks = torch.tensor(uniforms, dtype=exact, device=probabilities.device) * cumulated[:, -1]
    place = torch.searchsorted(cumulated, marks[:, None], right=True)[:, 0]
    return place.clamp(max=probabilities.shape[-1] - 1)
