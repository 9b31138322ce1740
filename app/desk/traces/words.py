"""How traces of the desk are written: in a line, in a cell, step by step. Knows no widget."""

from __future__ import annotations

from app.desk.steps import step_text
from app.desk.words import CHECKS, answer_words
from app.language import tr
from app.models.ballot import Verdict
from app.panels.texts import MISSING, decimal
from app.plain_text import one_line
from engine.scores.table import ScoreTable
from engine.scores.traces import ScoredTrace
from engine.tree import Tree

LONGEST_STEP = 300
"""Characters that are shown of one."""


def label_words(trace: ScoredTrace, with_run: bool) -> str:
    """`3 ✓ (1 + 2) * 8`; the number is the run's."""
    words = f"{CHECKS[trace.correct]} {answer_words(trace)}"
    return f"{trace.run} {words}" if with_run else words


def checked_words(trace: ScoredTrace) -> str:
    """Its answer and whether it is right, in words."""
    if trace.answer is None:
        return tr("no answer that can be read")
    answer = answer_words(trace)
    if trace.correct is None:
        return tr("answer {answer}, nobody knows whether it is right").format(answer=answer)
    words = tr("answer {answer}, right") if trace.correct else tr("answer {answer}, wrong")
    return words.format(answer=answer)


def cell_words(tree: Tree, table: ScoreTable, row: int, step: int, error: int) -> str:
    """All about a cell of the heat map; `error`: column of the trace's first error, -1 for none."""
    trace, steps = table.traces[row], int(table.lengths[row])
    head = tr("run {run}, {answer}").format(run=trace.run, answer=checked_words(trace))
    if step >= steps:
        return f"{head}\n{tr('The trace has {steps} steps.').format(steps=steps)}"
    score = trace.scores[step]
    words = tr("step {step} of {steps}: {score}").format(
        step=step + 1, steps=steps, score=tr("no score") if score is None else decimal(score)
    )
    if step == error:
        words = tr("{words}, the first below 0.5").format(words=words)
    elif 0 <= error < step:
        words = tr("{words}, after the first error (step {error})").format(words=words, error=error + 1)
    return f"{head}\n{words}\n{one_line(step_text(tree, trace, step), LONGEST_STEP)}".rstrip()


def verdict_words(verdict: Verdict, table: ScoreTable, problems: int) -> str:
    """`✓ (1 + 2) * 8`, or of many problems `12/15 ✓`."""
    if not verdict.traces:
        return MISSING
    if problems == 1:
        return f"{CHECKS[verdict_is_right(verdict)]} {answer_words(table.traces[verdict.traces[0]])}"
    if not verdict.asked:
        return tr("nobody knows")
    return tr("{right:,}/{asked:,} ✓").format(right=verdict.right, asked=verdict.asked)


def verdict_is_right(verdict: Verdict) -> bool | None:
    """Whether the answer of one problem is right; None of several, or where nobody knows."""
    return bool(verdict.right) if len(verdict.traces) == 1 and verdict.asked else None
