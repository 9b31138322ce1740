"""Where the bundled models lie. Knows paths only: importing it loads no torch."""

from __future__ import annotations

from pathlib import Path

MODELS = Path(__file__).resolve().parents[2] / "resources" / "models"
"""In a checkout and in a frozen bundle alike `resources` stands beside the `engine` package."""

POLICY = MODELS / "policy"
PRM = MODELS / "prm"
ORM = MODELS / "orm"
