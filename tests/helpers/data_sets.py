"""Records of datasets of rated steps, made up, and the way through an importer without a file."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from engine.importing import Kept
from engine.tree import Tree, fold
from storage.exporters.labelled import Labels, labelled_exporter
from storage.exporters.labelled.labels import Rater
from storage.exporters.labelled.traces import LabelledRun, LeftOutError
from storage.importers import importer_of
from storage.importers.importer import Odd, Working
from storage.runs import RunInfo

QUESTION = "Tom has 3 bags of 4 apples and eats 2. How many are left?"
STEPS = ["There are 3*4=12 apples.", "He eats 2, so 12-2=11.", "The answer is 11."]


def process_bench(label: int = 1, steps: list[str] = STEPS, **more: Any) -> dict[str, Any]:
    """One record."""
    return {"id": "a-0", "generator": "toy", "problem": QUESTION, "steps": steps, "final_answer_correct": False,
            "label": label, **more}  # fmt: skip


def trl(steps: list[str], labels: list[Any], **more: Any) -> dict[str, Any]:
    """One record."""
    return {"prompt": QUESTION, "completions": steps, "labels": labels, **more}


def completion(text: str, rating: int | None = None) -> dict[str, Any]:
    """Of PRM800K."""
    return {"text": text, "rating": rating, "flagged": False}


def prm800k(*steps: dict[str, Any], written: list[str] | None = None, **question: Any) -> dict[str, Any]:
    """One record; `steps` are those of its label."""
    asked = {"problem": QUESTION, "ground_truth_answer": "10", "pre_generated_steps": written, **question}
    return {"labeler": "a", "timestamp": "2026-01-01", "generation": None, "question": asked,
            "label": {"steps": list(steps), "total_time": 1, "finish_reason": "solution"}}  # fmt: skip


def step(*completions: dict[str, Any], chosen: int | None = 0, human: dict[str, Any] | None = None) -> dict[str, Any]:
    """Of PRM800K."""
    return {"completions": list(completions), "human_completion": human, "chosen_completion": chosen}


def lines(*records: Any) -> bytes:
    """A file of them."""
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def data_set(folder: Path, count: int = 3, name: str = "pb.jsonl") -> Path:
    """A file of ProcessBench in which one line more is no JSON."""
    path = folder / name
    path.write_bytes(lines(*(process_bench(id=f"a-{number}") for number in range(count))) + b"{cut o\n")
    return path


def read(raw: bytes) -> list[Kept | Odd]:
    """What a file of these bytes holds, in whichever format it is."""
    stream = io.BytesIO(raw)
    importer = importer_of(stream, "made up")
    assert importer is not None
    return [one for one in importer.records(stream, "made up") if not isinstance(one, Working)]


def kept_of(*records: Any) -> list[Kept]:
    """The same where nothing is odd."""
    found = read(lines(*records))
    assert not [one for one in found if isinstance(one, Odd)]
    return [one for one in found if isinstance(one, Kept)]


def tree_of(run: Kept) -> Tree:
    return fold(run.records(1, 0.0))


def exported(run: Kept, name: str, labels: Labels = "ratings") -> list[Any]:
    """The records that an exporter makes of a run, LeftOutErrors included."""
    info = RunInfo(1, run.plan, 0.0)
    return list(labelled_exporter(name).records(LabelledRun(info, tree_of(run), Rater(labels))))


def again(run: Kept, name: str) -> list[Kept]:
    """The run, exported and imported."""
    records = exported(run, name)
    assert not [one for one in records if isinstance(one, LeftOutError)]
    return kept_of(*records)


def rated_nodes(tree: Tree, nodes: Iterable[int] | None = None) -> list[tuple[int | None, str, tuple[int, ...]]]:
    """(parent, step, ratings) of nodes, whoever rated them."""
    return [
        (node.parent, node.step, tuple(tree.ratings.get(node.id, {}).values()))
        for node in tree.nodes.values()
        if node.id and (nodes is None or node.id in nodes)
    ]
