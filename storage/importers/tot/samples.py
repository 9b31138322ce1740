"""A log of plain samples, as they lie beside those of Tree of Thoughts: no search, one trace for each output.

Standard and chain-of-thought prompts; the log does not hold the question.
"""

from __future__ import annotations

from typing import Any

from engine.events import ROOT, Cost, NodeId
from engine.importing import Kept
from engine.importing_tree import Step, TreeDraft
from engine.traces.steps import cut
from storage.importers.records import texts_in, told_by
from storage.importers.tot.beam import TITLE, answer_of, name_of
from storage.importers.tot.outcomes import outcomes_of, spent, verdict
from storage.importers.trees import Place

EMPTY = "the model wrote nothing"
_MOST_STEPS = 400
_MOST_CHARACTERS = 1_000_000
"""Of one sample, that are cut into steps; the rest of a longer one belongs to the last step."""


def read_samples(record: dict[str, Any], place: Place) -> Kept:
    """The run of one puzzle: an iteration for each sample. Raises RecordError or DraftError."""
    outputs, outcomes = texts_in(record, "ys"), outcomes_of(record)
    cost, dollars = spent(record, place.before)
    told = {"format": TITLE, "file": place.source, **told_by(record, "idx"), "outputs": verdict(outcomes), **dollars}
    draft = TreeDraft(name_of(record, place), "", told=told)
    ends: list[NodeId] = []
    for text in outputs:
        is_last = len(ends) + 1 == len(outputs)
        ends.append(_sample(draft, text, cost if is_last else Cost()))
    for end, outcome in zip(ends, outcomes, strict=False):
        draft.note(end, f"The log's grader: {outcome.words}.")
    answer = answer_of(outputs[0]) if outputs else None
    return draft.finish(ends[0] if ends else None, answer, outcomes[0].right if outcomes else None, verdict(outcomes))


def _sample(draft: TreeDraft, text: str, cost: Cost) -> NodeId:
    """The steps of one sample, one below the other; the last one."""
    node = ROOT
    steps = _steps(text)
    for at, step in enumerate(steps, 1):
        is_last = at == len(steps)
        born = Step(step, terminal=is_last, broken="" if step.strip() else EMPTY, goes_on=not is_last)
        (node,) = draft.expand(node, [born], cost if is_last else None)
    draft.end_iteration()
    return node


def _steps(text: str) -> list[str]:
    found = [(step.start, step.end) for step in cut(text, 0, _MOST_CHARACTERS)][:_MOST_STEPS] or [(0, 0)]
    found[-1] = found[-1][0], len(text)
    return [text[start:end] for start, end in found]
