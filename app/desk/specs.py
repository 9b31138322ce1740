"""How the scorers of the desk can be asked again: the specs that somebody has used. Knows no widget and no model."""

from __future__ import annotations

from app.desk.data import DeskData
from app.parts import Parts
from app.theme import RESOURCES
from engine.scorers.naming import parse

BUNDLED = RESOURCES / "models"
BUNDLED_KINDS = ("prm", "orm")
KINDS = (*BUNDLED_KINDS, "critic")
"""Of scorers that can be asked about any text."""


def known_specs(parts: Parts, data: DeskData) -> tuple[str, ...]:
    """The scorers that somebody has asked, in this session or lately, and those that come along: as they are asked."""
    asked = (name for info in parts.sessions.runs for name in info.plan.verifiers)
    names = dict.fromkeys((*data.specs, *parts.settings.recent_scorers, *asked, *BUNDLED_KINDS))
    return tuple(name for name in names if parse(name).kind in KINDS)
