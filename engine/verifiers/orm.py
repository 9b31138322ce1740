"""An outcome reward model on this machine: a token classifier read where a complete trace ends. Knows no search."""

from __future__ import annotations

from typing import ClassVar

from engine.events import Source
from engine.verifiers import ScoreRequest
from engine.verifiers.reading import RewardModel


class OrmVerifier(RewardModel):
    """Scores the last step of a complete trace: is its final answer right? (Cobbe et al. 2021)

    Of every other step it says nothing: before the end there is no outcome.
    """

    source: ClassVar[Source] = "orm"
    good: ClassVar[str] = "a right answer"

    def reads(self, request: ScoreRequest, number: int) -> bool:
        return request.ended and number == len(request.steps)
