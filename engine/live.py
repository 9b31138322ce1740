"""A run together with what performs its moves. Knows no torch, no pipe."""

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
