"""Verifiers score steps. This page is the contract; it knows no torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.events import Cost, Source
from engine.policies import Watch
from engine.problems.problem import Problem


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """Score the steps of one trace."""

    problem: Problem
    steps: tuple[str, ...]
    ended: bool
    """Whether the trace is complete (its last step is the answer and the turn is over)."""
    thinking: bool = False
    seed: int = 0
    """For verifiers that sample: 64 bit, the same for the same node of the same run."""
    ballot: int = 0
    """Requests with the same number are compared with each other, by verifiers that compare."""
    last_only: bool = False
    """Whether only the last step's score is asked for: the others may be left out."""


@dataclass(frozen=True, slots=True)
class StepScores:
    """One entry per step; None where the verifier has nothing to say. Missing is not zero."""

    values: tuple[float | None, ...]
    notes: tuple[str, ...] = ()
    channels: tuple[tuple[tuple[str, float], ...], ...] = ()
    """What the model gave for each step, by name: see Score.channels. Empty where the values are all there is."""
    tokens: int = 0
    """Tokens that a model read for this trace."""
    cost: Cost = Cost()  # noqa: RUF009 - frozen
    """What a verifier that asks the policy used besides."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The answer to a list of requests, in their order."""

    traces: tuple[StepScores, ...]


class Verifier(Protocol):
    """Something that scores steps, each in [0, 1]."""

    @property
    def name(self) -> str: ...

    @property
    def source(self) -> Source: ...

    def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
        """Scores of every step of every trace, in one batch where possible. Raises Cancelled or ModelError."""
        ...
