"""PRM800K: a record for each trace that has labels on it or beside it, with the siblings of every step.

All steps of the trace stand in `pre_generated_steps`: those behind the last level with a label or with siblings only
there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from engine.events import ROOT, NodeId
from storage.exporters.labelled.traces import Json, LabelledExporter, LabelledRun


def _records(run: LabelledRun) -> Iterator[Json]:
    labels = run.labels()
    left = set(labels)
    for end in _ends(run, labels):
        beside = _beside(run, end)
        if left & beside:
            yield _record(run, [entry.id for entry in run.tree.path(end)[1:]], labels)
            left -= beside


def _beside(run: LabelledRun, end: NodeId) -> set[NodeId]:
    """The steps of a trace, their siblings, and what goes on from it."""
    return {child for entry in run.tree.path(end) for child in entry.children}


def _ends(run: LabelledRun, labels: dict[NodeId, int]) -> Iterator[NodeId]:
    """Of the traces to write, the run's answer first, if a label is on it or no trace beside it has more of them: else
    it would only say what that one says again. Then the deepest labels, which have the most on their way."""
    end = run.tree.finished
    chosen = None if end is None else end.chosen
    if chosen is not None and (
        any(entry.id in labels for entry in run.tree.path(chosen)) or labels.keys() <= _beside(run, chosen)
    ):
        yield chosen
    yield from sorted(labels, key=lambda node: (-run.tree.nodes[node].depth, node))


def _record(run: LabelledRun, spine: list[NodeId], labels: dict[NodeId, int]) -> Json:
    told, problem, tree = run.told, run.problem, run.tree
    levels = [tree.nodes[parent].children for parent in (ROOT, *spine[:-1])]
    told_of = (place for place, level in enumerate(levels, 1) if len(level) > 1 or level[0] in labels)
    rated = max(told_of)
    is_whole = rated == len(spine) and tree.nodes[spine[-1]].terminal
    return {
        "labeler": told.get("labeler", run.rater.labels),
        "timestamp": told.get("timestamp") or _time(run.info.created_at),
        "generation": None,
        "is_quality_control_question": False,
        "is_initial_screening_question": False,
        "question": {
            "problem": run.question,
            "ground_truth_answer": problem.gold if problem is not None else None,
            "pre_generated_steps": [run.text(node) for node in spine],
        },
        "label": {
            "steps": [
                _step(run, level, node, labels, is_last=place == rated)
                for place, (level, node) in enumerate(zip(levels[:rated], spine, strict=False), 1)
            ],
            "total_time": None,
            "finish_reason": told.get("finish_reason") or _finish(labels.get(spine[rated - 1]), is_whole),
        },
    }


def _step(
    run: LabelledRun, level: tuple[NodeId, ...], chosen: NodeId, labels: dict[NodeId, int], *, is_last: bool
) -> dict[str, Any]:
    """After a bad step nobody chose one to go on with; the first of its text is then taken for it."""
    texts, place = [run.text(node) for node in level], level.index(chosen)
    is_open = is_last and labels.get(chosen) == -1 and texts.index(texts[place]) == place
    return {
        "completions": [
            {"text": text, "rating": labels.get(node), "flagged": False}
            for node, text in zip(level, texts, strict=True)
        ],
        "human_completion": None,
        "chosen_completion": None if is_open else place,
    }


def _finish(last: int | None, is_whole: bool) -> str:
    return "found_error" if last == -1 else "solution" if is_whole else "give_up"


def _time(at: float) -> str:
    try:
        return datetime.fromtimestamp(at, UTC).isoformat()
    except (ValueError, OverflowError, OSError):  # a file of others may say any number
        return ""


PRM800K = LabelledExporter(
    "prm800k",
    "PRM800K",
    "one trace with the siblings of its steps, rated 1 good, 0 neutral, -1 bad, or null.",
    _records,
)
