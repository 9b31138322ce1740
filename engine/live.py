"""A run together with what performs its moves, and with what was told of it. Knows no torch, no pipe."""

from __future__ import annotations

from dataclasses import dataclass

from engine.policies import Policy
from engine.run import Run
from engine.verifiers import Verifier


@dataclass(frozen=True, slots=True)
class Live:
    """A run with its policy and its verifiers."""

    run: Run
    policy: Policy
    verifiers: tuple[Verifier, ...]


@dataclass
class Active:
    """A run under way with the request that its end will answer."""

    live: Live
    request: int
    told: object = None
    """What the last Status said of state, phase, breakpoint and tasks."""
    told_at: float = 0.0
    first_token: float | None = None
