"""A process reward model on this machine: a token classifier read at the end of each step. Knows no search."""

from __future__ import annotations

from typing import ClassVar

from engine.events import Source
from engine.verifiers import ScoreRequest
from engine.verifiers.reading import RewardModel


class PrmVerifier(RewardModel):
    """Scores every step of a trace (Lightman et al. 2023)."""

    source: ClassVar[Source] = "prm"
    good: ClassVar[str] = "a good step"

    def reads(self, request: ScoreRequest, number: int) -> bool:
        return True
