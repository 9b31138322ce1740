"""Files with traces, as models write them."""

from __future__ import annotations

from pathlib import Path

R1 = "<think>\n3 * 4 = 12\n</think>\n\n**Answer:** \\boxed{12}\n"


def r1_file(folder: Path, name: str = "r1.txt") -> Path:
    """A short trace of a model that thinks in tags."""
    path = folder / name
    path.write_text(R1, encoding="utf-8")
    return path
