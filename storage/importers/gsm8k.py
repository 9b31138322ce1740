"""GSM8K (Cobbe et al. 2021, arXiv 2110.14168): solutions with calculator marks, and those of several models.

The marks, `<<48/2=24>>`, are checked exactly: a step whose marks are all true has the score 1 of the rule, one with a
false mark the 0, and a step without marks none. A rounded mark, or one that cannot be read, is said in words only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from engine.events import ROOT, NodeId
from engine.importing import Kept
from engine.importing_tree import Step, TreeDraft
from engine.problems.problem import Verdict
from engine.problems.question import Question
from engine.traces.answers import same_answer, whole_answer
from engine.traces.calculator import check, explain, marks
from storage.importers.records import RecordError, text_in
from storage.importers.trees import Place, TreeImporter

TITLE = "GSM8K"
SOLUTIONS_TITLE = "GSM8K solutions of models"
RULE = "calculator marks"
FILE_SAYS = "is_correct"
"""Whose word it is whether a model's answer is right: that of the program that made the file; no search knew it."""
HEADINGS = ("####", "A:")
"""Before the answer, in its last line."""
EMPTY = "the solution is empty"
MOST_SOLUTIONS = 100
MOST_MARKS = 10_000
"""Of one record, that are checked."""


class _Chain(NamedTuple):
    """A solution in the tree."""

    end: NodeId
    answer: str


def _sure(record: Any) -> float:
    fits = isinstance(record, dict) and isinstance(record.get("question"), str)
    answer = record.get("answer") if fits else None
    return 0.9 if isinstance(answer, str) and _answer(answer, HEADINGS[:1]) else 0.0


def _read(record: Any, place: Place) -> Kept:
    question, solution = _text(record, "question"), _text(record, "answer")
    if not solution.strip():
        raise RecordError("its 'answer' is empty")
    answer = _answer(solution, HEADINGS)
    draft = TreeDraft(place.name, question, answer=answer, told={"format": TITLE, "file": place.source})
    chain = _chain(draft, solution, _has_few_marks(place, solution))
    verdict = Question(question, answer or None).check_answer(solution) if answer else Verdict(None, "")
    return draft.finish(chain.end, answer or None, verdict.correct, verdict.reason)


def _solutions(record: Any) -> dict[str, Mapping[str, Any]]:
    """The models' solutions, by the models' names."""
    if not isinstance(record, dict) or not isinstance(record.get("ground_truth"), str):
        return {}
    return {
        name: one
        for name, one in record.items()
        if isinstance(one, dict) and isinstance(one.get("is_correct"), bool) and isinstance(one.get("solution"), str)
    }


def _sure_of_solutions(record: Any) -> float:
    return 0.95 if _solutions(record) and isinstance(record.get("question"), str) else 0.0


def _read_solutions(record: Any, place: Place) -> Kept:
    question, given = _text(record, "question"), _text(record, "ground_truth")
    answer, found = _answer(given, HEADINGS), _solutions(record)
    if not found or len(found) > MOST_SOLUTIONS:
        raise RecordError(f"it has {len(found):,} solutions of models, and 1 to {MOST_SOLUTIONS} can be shown")
    told = {"format": SOLUTIONS_TITLE, "file": place.source, "ground_truth": given, "models": ", ".join(found)}
    draft = TreeDraft(place.name, question, answer=answer, told=told)
    ends: dict[NodeId, bool] = {}
    is_checked = _has_few_marks(place, *(one["solution"] for one in found.values()))
    for name, one in found.items():
        chain = _chain(draft, one["solution"], is_checked, name)
        ends[chain.end] = one["is_correct"]
        _compare(chain.answer, answer, one["is_correct"], name, place)
    draft.score([(end, float(right)) for end, right in ends.items()], "code", FILE_SAYS)
    right = [name for name, one in found.items() if one["is_correct"]]
    why = f"{len(right)} of {len(found)} solutions are right, says the file: {', '.join(right) or 'none'}."
    return draft.finish(why=why)


def _compare(said: str, answer: str, right: bool, name: str, place: Place) -> None:
    """Where our own exact comparison disagrees with the file's word."""
    same = same_answer(whole_answer(said), whole_answer(answer)) if said and answer else None
    if same is not None and same != right:
        words = "right" if right else "wrong"
        place.odd.append(
            f"the file calls the answer of {name} {words}: it is {said[:50]!r}, and {answer[:50]!r} is known"
        )


def _has_few_marks(place: Place, *solutions: str) -> bool:
    """Whether they can all be checked; if not, that is said."""
    count = sum(solution.count("<<") for solution in solutions)
    if count > MOST_MARKS:
        place.odd.append(f"it has more than {MOST_MARKS:,} calculator marks, which are not checked: {count:,}")
    return count <= MOST_MARKS


def _chain(draft: TreeDraft, solution: str, is_checked: bool, name: str = "") -> _Chain:
    """A branch from the root with a node for each line, and the scores of its marks. A model's name is a note."""
    lines = [line for line in solution.splitlines() if line.strip()] or [""]
    node = ROOT
    scores: list[tuple[NodeId, float]] = []
    notes: dict[NodeId, str] = {}
    for place, line in enumerate(lines, 1):
        (node,) = draft.expand(node, [Step(line, terminal=place == len(lines), broken="" if line else EMPTY)])
        said = [name] if place == 1 and name else []
        if found := marks(line) if is_checked else ():
            notes[node] = "; ".join(map(explain, found))
            verdict = check(found)
            if verdict is None:
                said.append(notes[node])
            else:
                scores.append((node, float(verdict)))
        if said:
            draft.note(node, ": ".join(said))
    if scores:
        draft.score(scores, "rule", RULE, notes)
    return _Chain(node, _answer(solution, HEADINGS))


def _answer(solution: str, headings: tuple[str, ...]) -> str:
    """What stands in the last line behind a heading; empty without one."""
    last = next(_last_lines(solution), "")
    heading = next((heading for heading in headings if last.startswith(heading)), None)
    return "" if heading is None else last.removeprefix(heading).strip()


def _last_lines(text: str) -> Iterator[str]:
    return (line.strip() for line in reversed(text.splitlines()) if line.strip())


def _text(record: Any, key: str) -> str:
    if not isinstance(record, dict):
        raise RecordError("it is no JSON object")
    return text_in(record, key)


GSM8K = TreeImporter("gsm8k", TITLE, _sure, _read)
GSM8K_SOLUTIONS = TreeImporter("gsm8k-solutions", SOLUTIONS_TITLE, _sure_of_solutions, _read_solutions)
