"""The sample sessions that come with the program: their names, and the trees of their tiles. Knows no widget.

Made by `packaging/make_samples.py`. They are opened as copies; the files themselves are never written to.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from app.language import mark
from storage.copying import replacing
from storage.opening import adopt

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "samples"


@dataclass(frozen=True, slots=True)
class Sample:
    """One bundled session."""

    id: str
    file: str
    """Name of the file, which the copy has too: the window's title shows it."""
    title: str
    line: str

    @property
    def path(self) -> Path:
        return FOLDER / self.file


def own_copy(sample: Sample, folder: Path) -> Path:
    """The user's copy of a sample in `folder`, made if it is not there. Raises OSError or SessionError."""
    copy = folder / sample.file
    if not copy.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(copy) as fresh:
            shutil.copyfile(sample.path, fresh)
            adopt(fresh)
    return copy


class Shape(msgspec.Struct, frozen=True):
    """A tree small enough for a tile."""

    parents: tuple[int, ...]
    """By place; -1 for the root, which is first. A parent comes before its children."""
    values: tuple[float | None, ...]
    """Q of each node in [0, 1]; None where nobody valued it."""
    trace: tuple[int, ...]
    """Places of the chosen trace, from the root on."""


SAMPLES: tuple[Sample, ...] = (
    Sample(
        "mcts-24",
        "MCTS finds 24 from 4 9 10 13.espalier",
        mark("MCTS finds 24"),
        mark("From 4, 9, 10 and 13, by 64 simulations"),
    ),
    Sample(
        "beam-and-best-of-n",
        "Beam against best-of-N on 3 3 8 8.espalier",
        mark("Beam search"),
        mark("Against best-of-N, on 3, 3, 8 and 8"),
    ),
    Sample(
        "thought-24",
        "A thought and its answer on 3 3 8 8.espalier",
        mark("A thought"),
        mark("It found no way, and showed one"),
    ),
    Sample(
        "word-problem",
        "A word problem by self-consistency.espalier",
        mark("A vote"),
        mark("Self-consistency, and where it goes wrong"),
    ),
)
TOUR_SAMPLE = SAMPLES[0]
THOUGHT_SAMPLE = SAMPLES[2]


@cache
def shapes() -> dict[str, Shape]:
    """The tree of each sample by its id; empty if the file is not there, which is no reason to show no window."""
    try:
        return msgspec.json.decode((FOLDER / "shapes.json").read_bytes(), type=dict[str, Shape])
    except (OSError, msgspec.MsgspecError):
        return {}
