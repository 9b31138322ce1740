"""Where the bundled models lie. Knows paths only: importing it loads no torch."""

from __future__ import annotations

from pathlib import Path

MODELS = Path(__file__).resolve().parents[2] / "resources" / "models"
"""In a checkout and in a frozen bundle alike `resources` stands beside the `engine` package."""

POLICY = MODELS / "policy"
THINKER = MODELS / "thinker"
"""Thinks at length and bears what a probe does to a thought; the policy of every search that thinks."""
PRM = MODELS / "prm"
ORM = MODELS / "orm"
