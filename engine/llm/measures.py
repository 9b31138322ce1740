"""What is read of a network's outputs at a token: classes, a plain number, the next token. Knows no text."""

from __future__ import annotations

from typing import ClassVar, Protocol

from torch import Tensor, cat

from engine.llm.prefill import Reduce
from engine.policies import ModelError


class Measure(Protocol):
    """Makes a few numbers of the outputs at each token."""

    ahead: ClassVar[int]
    """1 where the numbers of a token are in the outputs of the one before it, which foretell it; else 0."""

    def reducing(self, follow: Tensor, base: int) -> Reduce:
        """What makes outputs (rows, columns, any) the numbers (rows, columns, few).

        `follow` (rows, columns) has the token behind each one, from the batch's column `base` on.
        """
        ...


class ClassProbability:
    """The probability of one class: one number."""

    ahead: ClassVar[int] = 0

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted

    def reducing(self, follow: Tensor, base: int) -> Reduce:
        return lambda logits, _first: _finite(logits).softmax(-1)[:, :, self.wanted, None]


class Classes:
    """The probabilities of all classes, then their logits: twice as many numbers as classes."""

    ahead: ClassVar[int] = 0

    def reducing(self, follow: Tensor, base: int) -> Reduce:
        return lambda logits, _first: cat((_finite(logits).softmax(-1), logits), -1)


class Plain:
    """The outputs as they are."""

    ahead: ClassVar[int] = 0

    def reducing(self, follow: Tensor, base: int) -> Reduce:
        return lambda logits, _first: _finite(logits)


class LogProbability:
    """The log-probability of the token itself, in nats, behind those before it: one number."""

    ahead: ClassVar[int] = 1

    def reducing(self, follow: Tensor, base: int) -> Reduce:
        def reduce(logits: Tensor, first: int) -> Tensor:
            tokens = follow[:, first - base : first - base + logits.shape[1], None]
            return _finite(logits.gather(-1, tokens) - logits.logsumexp(-1, keepdim=True))

        return reduce


def _finite(numbers: Tensor) -> Tensor:
    """Raises ModelError. Padding is computed too and always finite: it sees itself."""
    if not numbers.isfinite().all():
        raise ModelError("The model computes numbers that are not finite: its weights are damaged.")
    return numbers
