"""Makes the sample sessions of the welcome page: real runs of the bundled models, with a few bookmarks and notes.

    .venv/bin/python packaging/make_samples.py [FOLDER]

The same seeds give the same trees. Beside the sessions goes `shapes.json`: every sample's tree for its tile. FOLDER is
`resources/samples` unless it is given.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.command_line.headless import Engine, perform
from app.guide.samples import SAMPLES
from engine.commands import RunPlan, StartRun
from engine.events import Bookmarked, NodeId, Noted, Record
from engine.tree import Node, Tree, apply
from storage.session import Session

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "samples"
LARGEST = 400_000
"""Bytes; a larger session does not belong into the repository."""
MOST_DRAWN = 60
"""Nodes of a tile: the chosen trace, and the first born of the others."""

WORD_PROBLEM = (
    "Anna reads 15 pages every day. Her book has 240 pages. She has read for 9 days. How many pages are left?"
)


@dataclass(frozen=True)
class Remark:
    """What is noted and bookmarked afterwards: at the n-th step of the chosen trace, -1 being the last."""

    step: int
    note: str


@dataclass(frozen=True)
class Part:
    """One run of a sample."""

    plan: RunPlan
    answer: str
    """What comes of it; the sentences of the welcome page and the notes rely on that."""
    remarks: tuple[Remark, ...] = ()


PARTS: dict[str, tuple[Part, ...]] = {
    "mcts-24": (
        Part(
            RunPlan("game24", "4 9 10 13", "mcts", {}),
            "(10 - (13 - 9)) * 4",
            (
                Remark(1, "The search comes back to this step again and again: look at its N."),
                Remark(3, "Three numbers are gone, and 24 is there."),
            ),
        ),
    ),
    "beam-and-best-of-n": (
        Part(RunPlan("game24", "3 3 8 8", "best-of-n", {}), "8 * (3 - (8 / 3))"),
        Part(
            RunPlan("game24", "3 3 8 8", "beam", {}),
            "8 / (3 - (8 / 3))",
            (Remark(1, "A fraction: few samples begin like this, and the beam kept the one that did."),),
        ),
    ),
    "thought-24": (
        Part(
            RunPlan("game24", "3 3 8 8", "cot", {"think": True}),
            "8 * ((8 - 3) - 3)",
            (Remark(-6, "The thought gives up here; the answer shown says nothing of it, and is wrong."),),
        ),
    ),
    "word-problem": (
        Part(
            RunPlan("words", WORD_PROBLEM, "self-consistency", {}),
            "150",
            (
                Remark(2, "The first mistake: what was read must be taken away from 240, not added to it."),
                Remark(
                    -1, "Six chains say 150, five say 105, which is right. The PRM trusts those more: see the scores."
                ),
            ),
        ),
    ),
}


def make(engine: Engine, path: Path, parts: tuple[Part, ...]) -> Tree:
    """Run every part into a fresh session at `path`; returns the tree of the last one, which the tile shows."""
    path.unlink(missing_ok=True)
    with Session.create(path) as session:
        for part in parts:
            run = session.new_run(part.plan)
            tree = perform(engine, StartRun(run, part.plan), session)
            if tree.finished is None or tree.finished.answer != part.answer:
                raise SystemExit(f"{path.stem}: the answer is not {part.answer} any more; look at what is said of it.")
            for remark in part.remarks:
                annotate(session, run, tree, remark)
    if path.stat().st_size > LARGEST:
        raise SystemExit(f"{path} has {path.stat().st_size:,} bytes; at most {LARGEST:,} are wanted.")
    return tree


def annotate(session: Session, run: int, tree: Tree, remark: Remark) -> None:
    """Add a note and a bookmark to a step of the chosen trace, as a person would after the run."""
    chosen = tree.finished.chosen if tree.finished else None
    if chosen is None:
        return
    node = tree.path(chosen)[remark.step].id
    for event in (Noted(node, remark.note), Bookmarked(node, True)):
        apply(event, tree)
        session.append([Record(run, session.info(run).events + 1, time.time(), event)])


def shape(tree: Tree) -> dict[str, Any]:
    """The tree for a tile, see app.guide.samples.Shape."""
    chosen = tree.finished.chosen if tree.finished else None
    trace = {node.id for node in tree.path(chosen)} if chosen is not None else {0}
    others = [number for number in tree.nodes if number not in trace][: MOST_DRAWN - len(trace)]
    kept = sorted(with_parents(tree, [*trace, *others]))
    place = {number: at for at, number in enumerate(kept)}
    return {
        "parents": [place.get(tree.nodes[number].parent or 0, -1) if number else -1 for number in kept],
        "values": [_worth(tree.nodes[number]) for number in kept],
        "trace": [place[number] for number in kept if number in trace],
    }


def with_parents(tree: Tree, numbers: list[NodeId]) -> set[NodeId]:
    return {node.id for number in numbers for node in tree.ascend(number)}


def _worth(node: Node) -> float | None:
    """Q, or the latest score where a search values nothing."""
    value = node.value if node.value is not None else node.scores[-1].value if node.scores else None
    return None if value is None else round(value, 2)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    shapes: dict[str, Any] = {}
    with Engine() as engine:
        for sample in SAMPLES:
            tree = make(engine, folder / sample.path.name, PARTS[sample.id])
            shapes[sample.id] = shape(tree)
            answer = tree.finished.answer if tree.finished else None
            print(f"{sample.path.name}: {len(tree.nodes)} nodes, answer {answer}")
    (folder / "shapes.json").write_text(json.dumps(shapes, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
