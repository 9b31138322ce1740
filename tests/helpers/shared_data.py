"""Data of others that is not part of the repository: it lies beside it, or a test that wants it is skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "data"


def shared_data(*parts: str) -> Path:
    """The path of a file below the folder of shared data; skips the test, saying so, where it is absent."""
    path = FOLDER.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{'/'.join(parts)} is not there (looked in {FOLDER})")
    return path
