"""Best traces for supervised fine-tuning, as TRL's SFTTrainer takes them: a prompt and the completion to learn.

A trace is good where the exact check says that its answer is right (rejection sampling: Yuan et al. 2023, arXiv
2308.01825). Where nobody can check, it is the one that the run chose. Wrong ones are never written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from storage.exporters.labelled.traces import Json, LabelledExporter, LabelledRun, LeftOutError


class _Candidate(NamedTuple):
    completion: str
    correct: bool | None
    is_chosen: bool


def _records(run: LabelledRun) -> Iterator[Json | LeftOutError]:
    seen: set[str] = set()
    for candidate in _candidates(run):
        if candidate.completion in seen:
            continue
        seen.add(candidate.completion)
        if candidate.correct or (candidate.correct is None and candidate.is_chosen):
            by = "exact check" if candidate.correct else "the run's choice"
            yield {"prompt": run.question, "completion": candidate.completion, "by": by}
        else:
            yield LeftOutError("their answer is wrong" if candidate.correct is False else "nobody can check them")


def _candidates(run: LabelledRun) -> Iterator[_Candidate]:
    """The run's answer first, then every other answer in the tree, its rollouts included."""
    tree, end = run.tree, run.tree.finished
    if end is not None and end.chosen is not None and end.answer is not None:
        whole = "".join(tree.chosen_steps())
        yield _Candidate(whole, end.correct if end.correct is not None else _correct(run, whole), True)
    for node in tree.answers():
        if not tree.is_out(node.id):
            yield _candidate(run, tree.steps(node.id))
    for node in tree.nodes.values():
        for rollout in node.rollouts:
            if rollout.answer is not None and not rollout.turn:
                yield _candidate(run, (*tree.steps(node.id), *rollout.steps))


def _candidate(run: LabelledRun, steps: tuple[str, ...]) -> _Candidate:
    whole = "".join(steps)
    return _Candidate(whole, _correct(run, whole), False)


def _correct(run: LabelledRun, completion: str) -> bool | None:
    return None if run.problem is None else run.problem.check_answer(completion).correct


SFT = LabelledExporter(
    "sft",
    "SFT of best traces",
    "a prompt and a completion whose answer is right, or that the run chose where nobody can check; `by` says which.",
    _records,
    by_labels=False,
)
