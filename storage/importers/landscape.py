"""Landscape of Thoughts (Zhou et al. 2025, arXiv 2503.22165): many trials of one question, as traces side by side.

A trial is its text, or its steps, or a list of them with its answer and whether that is right. The matrices that are
drawn of them come as pickles, which are never opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from engine.events import ROOT, NodeId
from engine.importing import Kept
from engine.importing_tree import Step, TreeDraft, told
from storage.importers.records import RecordError, list_in, words_in
from storage.importers.trees import Place, TreeImporter

TITLE = "Landscape of Thoughts"
FILE_SAYS = "trial_thoughts"
"""Whose word it is whether a trial is right: that of the program that made the file. No search looked at it."""
MOST_OPTIONS = 100


class _Trial(NamedTuple):
    steps: list[str]
    answer: str
    right: bool | None


def _sure(record: Any) -> float:
    fits = isinstance(record, dict) and isinstance(record.get("trial_thoughts"), list)
    return 0.95 if fits and ("model_input" in record or "answer_gt_short" in record) else 0.0


def _read(record: Any, place: Place) -> Kept:
    if not isinstance(record, dict):
        raise RecordError("it is no JSON object")
    trials = [_trial(one) for one in list_in(record, "trial_thoughts")]
    good = [trial for trial in trials if trial.steps]
    if len(good) < len(trials):
        place.odd.append(f"{len(trials) - len(good):,} of its trials have no text and are left out")
    gold = words_in(record, "answer_gt_short")
    about = {"format": TITLE, "file": place.source, "answers": _options(record.get("answers"))}
    about |= told(record, "dataset", "model", "method", "accuracy", "answer_gt_full", "answer_gt_expl")
    draft = TreeDraft(
        place.name, _whole_text(record.get("model_input")), answer=gold, model=words_in(record, "model"), told=about
    )
    ends = [_chain(draft, trial) for trial in good]
    judged = [(end, float(trial.right)) for end, trial in zip(ends, good, strict=True) if trial.right is not None]
    if judged:
        draft.score(judged, "code", FILE_SAYS)
    return draft.finish()


def _chain(draft: TreeDraft, trial: _Trial) -> NodeId:
    node = ROOT
    for place, step in enumerate(trial.steps, 1):
        (node,) = draft.expand(node, [Step(step, terminal=place == len(trial.steps))])
    if trial.answer:
        draft.note(node, f"answer: {trial.answer}")
    return node


def _trial(one: Any) -> _Trial:
    """Texts alone are steps; beside something else the first entry has the steps, and the next text is the answer."""
    if not isinstance(one, list):
        return _Trial(list(_lines(one)), "", None)
    if all(isinstance(part, str) for part in one):
        return _Trial([line for part in one for line in _lines(part)], "", None)
    answer = next((str(part) for part in one[1:] if isinstance(part, str)), "")
    right = next((part for part in one[1:] if isinstance(part, bool)), None)
    return _Trial(list(_lines(one[0])), answer, right)


def _lines(text: Any) -> Iterator[str]:
    """The lines of a text, or of the texts of a list, that are not blank."""
    for part in text if isinstance(text, list) else [text]:
        if isinstance(part, str):
            yield from (line for line in part.splitlines() if line.strip())


def _options(given: Any) -> str:
    """What could be answered."""
    options = [str(one) for one in given if isinstance(one, str | int | float)] if isinstance(given, list) else []
    return " | ".join(options[:MOST_OPTIONS])


def _whole_text(value: Any) -> str:
    return value if isinstance(value, str) else ""


LANDSCAPE = TreeImporter("landscape", TITLE, _sure, _read)
