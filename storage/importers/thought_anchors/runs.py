"""A problem's folder as a run: its thought with the sentences as steps, their weights, and what else was sampled.

Importances keep their names and signs. A program worked them out afterwards: they steered no search, so none is gold.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from msgspec.structs import replace

from engine.events import (
    AnyEvent,
    Expanded,
    NodeId,
    Noted,
    RolledOut,
    RunFinished,
    RunStarted,
    Score,
    Scored,
    StepLabelled,
)
from engine.importing import Kept, Origin, kept
from engine.importing_tree import named, told
from engine.traces.spans import Trace, without_halves
from engine.traces.splitter import split
from engine.traces.steps import cut_ranges
from storage.importers.records import RecordError, words_in
from storage.importers.thought_anchors.chunks import ACCURACY, Chunk, chunks_of
from storage.importers.thought_anchors.folders import BASE, CUT, Problem
from storage.importers.thought_anchors.places import places_in
from storage.importers.trees import first_words, number, scale_of

TITLE = "thought anchors"
RESAMPLED = "chunks_resampled.json"
OPENED = "<think>"
MOST_RESAMPLED = 100
"""Of one sentence."""
MOST_ROLLOUTS = 30_000
"""Of one run."""
SHOWN = 50
"""Characters of a sentence that is named."""
_QUESTIONS = ("problem", "question", "user_prompt", "task", "scenario", "description", "system_prompt")
_SCALE = "accuracy of what was sampled from the sentence on"
_ANSWERS = ("gt_answer", "answer", "ground_truth")


class _Placed(NamedTuple):
    """A sentence, and where it stands in the text of the trace."""

    chunk: Chunk
    start: int


def run_of(problem: Problem) -> Kept:
    """The run. Raises RecordError."""
    base = problem.record(BASE)
    asked = problem.record("problem.json") or problem.record("scenario.json")
    text, prompt = _solution(base) if problem.has(BASE) else _cut_solution(problem.record(CUT))
    chunks = chunks_of(problem)
    trace, placed = _with_steps(split(text, prompt=prompt), chunks, problem.odd)
    question, answer = first_words(asked, *_QUESTIONS) or prompt, first_words(asked, *_ANSWERS)
    origin = Origin(problem.name, question, answer, words_in(base, "model"))
    run = kept(trace, origin, _told(problem, asked))
    started, *events, end = run.events
    if not isinstance(started, RunStarted) or not isinstance(end, RunFinished) or end.chosen is None:
        raise RecordError(f"{BASE} has no text")
    nodes = _Nodes([event for event in events if isinstance(event, Expanded)])
    scored = tuple(_scored(placed, nodes))
    main = without_halves(_main(chunks))
    scale = scale_of([score.value for score in scored], _SCALE if main == ACCURACY else main)
    return Kept(
        run.plan,
        (
            replace(started, scale=scale),
            *events,
            *([Scored(1, scored)] if scored else []),
            *_rollouts(problem, placed, nodes),
            *_remarks(placed, nodes, end.chosen),
            _finished(end, base),
        ),
    )


class _Nodes:
    """The nodes of a chain, by characters of its text."""

    def __init__(self, born: Sequence[Expanded]) -> None:
        self._ends = list(accumulate(len(event.children[0].step) for event in born))

    def at(self, offset: int) -> NodeId:
        """The one that holds a character."""
        return min(bisect_right(self._ends, offset) + 1, len(self._ends))

    def span(self, node: NodeId) -> tuple[int, int]:
        """Its characters."""
        return (self._ends[node - 2] if node > 1 else 0), self._ends[node - 1]


def _solution(base: Mapping[str, Any]) -> tuple[str, str]:
    """What the model wrote, and what it was given: the thought is opened there."""
    given = (base.get(key) for key in ("prompt", "solution", "full_cot"))
    prompt, text, whole = (text if isinstance(text, str) else "" for text in given)
    if not text and whole.startswith(prompt):
        text = whole[len(prompt) :]
    if not text.strip():
        raise RecordError(f"{BASE} has no solution")
    return without_halves(text), without_halves(prompt)


def _cut_solution(cut: Mapping[str, Any]) -> tuple[str, str]:
    """The same of an older folder: prompt, thought and answer are one text, and the thought stands there once more."""
    given = (cut.get(key) for key in ("source_text", "solution_text"))
    whole, thought = (text if isinstance(text, str) else "" for text in given)
    prompt, opened, text = whole.partition(OPENED)
    if not opened:
        prompt, text = "", thought or whole
    if not text.strip():
        raise RecordError(f"it has no {BASE}, and {CUT} has no solution")
    begins = len(text) - len(text.lstrip("\n"))
    return without_halves(text[begins:]), without_halves(prompt + opened + text[:begins])


def _with_steps(trace: Trace, chunks: Sequence[Chunk], odd: list[str]) -> tuple[Trace, list[_Placed]]:
    """The trace with the sentences as its steps; what is shown is cut by us. Sentences that it lacks are said."""
    found = places_in(trace.text, [without_halves(chunk.text) for chunk in chunks])
    placed = [_Placed(chunk, start) for chunk, start in zip(chunks, found, strict=True) if start is not None]
    for chunk, start in zip(chunks, found, strict=True):
        if start is None:
            odd.append(f"sentence {chunk.number} is not in the solution and is left out: {chunk.text[:SHOWN]!r}")
    last = placed[-1].start if placed else 0
    shown = [(max(span.start, last), span.end) for span in trace.spans if span.kind == "exposed" and span.end > last]
    ends = {place.start for place in placed[1:]} | {step.end for step in cut_ranges(trace.text, shown)}
    return replace(trace, steps=tuple(sorted(ends))) if placed else trace, placed


def _main(chunks: Sequence[Chunk]) -> str:
    """Which number is the score: the accuracy, for want of it the first one that there is."""
    if any(chunk.accuracy is not None for chunk in chunks):
        return ACCURACY
    return next((name for chunk in chunks for name, _ in chunk.numbers), ACCURACY)


def _scored(placed: Sequence[_Placed], nodes: _Nodes) -> Iterator[Score]:
    main = _main([place.chunk for place in placed])
    for chunk, start in placed:
        if (value := _value(chunk, main)) is not None:
            yield Score(nodes.at(start), value, "code", without_halves(main), "", named(chunk.numbers))


def _value(chunk: Chunk, main: str) -> float | None:
    return chunk.accuracy if main == ACCURACY else dict(chunk.numbers).get(main)


def _rollouts(problem: Problem, placed: Sequence[_Placed], nodes: _Nodes) -> Iterator[RolledOut]:
    """What was sampled in the place of a sentence, from the node before it."""
    given = problem.record(RESAMPLED)
    kept_of_all = left_out = 0
    for chunk, start in placed:
        found = given.get(str(chunk.number))
        texts = [text for text in found if isinstance(text, str)] if isinstance(found, list) else []
        room = min(MOST_RESAMPLED, MOST_ROLLOUTS - kept_of_all)
        left_out += max(0, len(texts) - room)
        for text in texts[:room]:
            kept_of_all += 1
            yield RolledOut(1, nodes.at(start) - 1, (without_halves(text),), None, None, None)
    if left_out:
        problem.odd.append(f"{left_out:,} resampled sentences are left out: {MOST_RESAMPLED} of each are kept")


def _remarks(placed: Sequence[_Placed], nodes: _Nodes, end: NodeId) -> Iterator[AnyEvent]:
    """Functions, and what is said in words. Several sentences that had to become one step are told together."""
    main = _main([place.chunk for place in placed])
    notes: dict[NodeId, list[str]] = {}
    labelled: set[int] = set()
    for chunk, start in placed:
        node = nodes.at(start)
        low, high = nodes.span(node)
        if chunk.function is not None and low not in labelled:
            labelled.add(low)
            yield StepLabelled(end, low, high, chunk.function)
        unscored = (
            "" if _value(chunk, main) is not None else ", ".join(f"{name} {one:.4g}" for name, one in chunk.numbers)
        )
        notes.setdefault(node, []).extend(filter(None, (chunk.note, unscored)))
    yield from (Noted(node, without_halves("\n".join(texts))) for node, texts in notes.items() if texts)


def _finished(end: RunFinished, base: Mapping[str, Any]) -> RunFinished:
    """With the file's own word on the answer."""
    answer = " ".join(without_halves(words_in(base, "answer")).split()) or end.answer
    correct = base.get("is_correct")
    if not isinstance(correct, bool):
        return replace(end, answer=answer)
    return replace(
        end,
        answer=answer,
        correct=correct,
        verdict=f"the file says that the answer is {'right' if correct else 'wrong'}",
    )


def _told(problem: Problem, asked: Mapping[str, Any]) -> dict[str, str]:
    summary = problem.record("summary.json")
    found = told(asked, "level", "type", "nickname", "gt_answer") | told(summary, "problem_idx", "num_chunks")
    for key in ("avg_importance", "max_importance", "min_importance"):
        if (value := number(summary.get(key))) is not None:
            found[key] = f"{value:.4g}"
    return {key: value[:1_000] for key, value in found.items()} | {"format": TITLE, "folder": problem.name}
