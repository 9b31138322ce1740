"""PRM800K (Lightman et al. 2023, arXiv 2305.20050): trees of steps that people rated good, neutral or bad.

The completions of a step are siblings; the one that was chosen, or that the labeler wrote, goes on. What the model had
written before anybody rated it stands in the record too: where the rated steps follow it to their end, its unrated
rest comes behind them, so that the trace has its answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.importing_steps import Given, Level, Rated
from storage.importers.records import (
    Record,
    RecordError,
    RecordImporter,
    list_in,
    object_in,
    text_in,
    texts_in,
    told_by,
    words_in,
)

TITLE = "PRM800K"
ANSWER = "# Answer"
"""Heads the answer, in the last step of a solution."""


def _sure(record: Record) -> float:
    question, label = record.get("question"), record.get("label")
    fits = isinstance(question, dict) and "problem" in question and isinstance(label, dict) and "steps" in label
    return 1.0 if fits else 0.0


def _read(record: Record) -> Rated:
    question, label = object_in(record, "question"), object_in(record, "label")
    written = texts_in(question, "pre_generated_steps") if question.get("pre_generated_steps") else []
    levels, human = _levels(list_in(label, "steps"), written)
    spine = [level.given[level.on].text for level in levels]
    rest = written[len(spine) :] if spine == written[: len(spine)] else []
    finish = words_in(label, "finish_reason")
    told = told_by(record, "labeler", "timestamp", "generation", "is_quality_control_question",
                   "is_initial_screening_question")  # fmt: skip
    told |= told_by(question, "pre_generated_answer", "pre_generated_verifier_score")
    told |= told_by(label, "finish_reason", "total_time")
    if human:
        told["written by the labeler"] = ", ".join(map(str, human))
    end = rest[-1] if rest else spine[-1] if spine else ""
    return Rated(
        TITLE,
        text_in(question, "problem"),
        (*levels, *(Level((Given(text),)) for text in rest)),
        answer=words_in(question, "ground_truth_answer"),
        said=_answer(end) or (words_in(question, "pre_generated_answer") or None if rest else None),
        is_whole=bool(rest) or finish == "solution",
        told=told,
    )


def _levels(steps: list[Any], written: list[str]) -> tuple[list[Level], list[int]]:
    """One for each step that has completions, and the numbers of the nodes that the labeler wrote."""
    levels: list[Level] = []
    human: list[int] = []
    first = 1
    for place, step in enumerate(steps):
        if not isinstance(step, dict):
            raise RecordError(f"step {place + 1} is no object")
        given = list(_completions(step.get("completions"), place))
        own = step.get("human_completion")
        chosen = step.get("chosen_completion")
        if isinstance(own, dict):
            given.append(_completion(own, place))
            human.append(first + len(given) - 1)
        if not given:
            continue
        levels.append(Level(tuple(given), _on(given, chosen, isinstance(own, dict), written, place)))
        first += len(given)
    return levels, human


def _completions(found: Any, place: int) -> Iterator[Given]:
    if not isinstance(found, list | None):
        raise RecordError(f"the completions of step {place + 1} are no list")
    for completion in found or ():
        if not isinstance(completion, dict):
            raise RecordError(f"a completion of step {place + 1} is no object")
        yield _completion(completion, place)


def _completion(completion: dict[str, Any], place: int) -> Given:
    rating = completion.get("rating")
    if rating is not None and (isinstance(rating, bool) or rating not in (-1, 0, 1)):
        raise RecordError(f"a rating of step {place + 1} is none of -1, 0, 1 and null")
    text = text_in(completion, "text")
    return Given(text, None if rating is None else int(rating), ends=_answer(text) is not None)


def _on(given: list[Given], chosen: Any, has_human: bool, written: list[str], place: int) -> int:
    """Which one the next step follows: the chosen one, the labeler's own, what the model had written, the bad one."""
    if isinstance(chosen, int) and not isinstance(chosen, bool):
        if not 0 <= chosen < len(given):
            raise RecordError(f"step {place + 1} chooses completion {chosen}, and there are {len(given)}")
        return chosen
    if has_human:
        return len(given) - 1
    before = [number for number, step in enumerate(given) if place < len(written) and step.text == written[place]]
    bad = [number for number, step in enumerate(given) if step.rating == -1]
    return (*before, *bad, 0)[0]


def _answer(step: str) -> str | None:
    """What stands under the heading, if the step has one."""
    _, heading, answer = step.rpartition(ANSWER)
    return answer.strip() or None if heading else None


PRM800K = RecordImporter("prm800k", TITLE, _sure, _read)
