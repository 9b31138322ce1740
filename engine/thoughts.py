"""Where a model's own thought ends, in the texts of a trace's steps. Pure; knows no model."""

from __future__ import annotations

from collections.abc import Sequence

CLOSE = "</think>"


def in_thought(steps: Sequence[str], thinking: bool) -> bool:
    """Whether the step after `steps` lies inside the model's thinking."""
    return thinking and not any(CLOSE in step for step in steps)
