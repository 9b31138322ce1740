"""What the desk calls things. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from app.language import mark, tr
from app.panels.texts import MISSING, decimal
from app.plain_text import one_line
from engine.events import ROOT
from engine.scores.monte_carlo import Sampled
from engine.scores.traces import ScoredTrace

SCOPE_WORDS = {
    "run": mark("This run"),
    "problem": mark("This problem's runs"),
    "session": mark("Whole session"),
}
RULE_WORDS = {
    "last": mark("last step"),
    "min": mark("minimum"),
    "product": mark("product"),
    "mean": mark("mean"),
    "geometric mean": mark("geometric mean"),
    "sum": mark("sum"),
    "max": mark("maximum"),
}
RATING_TIP = mark(
    "Your rating, as in PRM800K. Good (1 or G): right, and a sensible way on. Neutral (2 or N): right, but it leads "
    "nowhere or says too little. Bad (3 or B): wrong, or not to be understood. 0 or Delete takes it away, Return goes "
    "to the next trace with an unrated step."
)
_SIGNS = {1: "▲", 0: "●", -1: "▼"}


def rating_sign(rating: int | None) -> str:
    """A shape for each; empty for a step that is not rated."""
    return "" if rating is None else _SIGNS[rating]


def sampled_words(sampled: Sampled | None) -> str:
    """`0.75 [0.41, 0.93], 6 of 8`; a dash where nothing was rolled out."""
    if sampled is None:
        return MISSING
    if sampled.checked:
        return tr("the answer was checked: right") if sampled.hard else tr("the answer was checked: wrong")
    low, high = sampled.interval
    words = tr("{share} [{low}, {high}], {hits} of {n}")
    return words.format(
        share=decimal(sampled.soft), low=decimal(low), high=decimal(high), hits=sampled.hits, n=sampled.n
    )


def totals_words(totals: Sequence[tuple[str, float]], rule: str) -> str:
    """`last step 0.93 · minimum 0.12 · …`; the rule in force in front."""
    ordered = sorted(totals, key=lambda entry: entry[0] != rule)
    return " · ".join(f"{tr(RULE_WORDS[name])} {_number(value)}" for name, value in ordered)


def _number(value: float) -> str:
    """Two decimals; one that they cannot tell from 0, as a product of many scores may be, by its order of magnitude."""
    tiny = 0 < abs(value) < 0.005
    return f"{value:.0e}" if tiny else decimal(None if isnan(value) else value)


def trace_words(trace: ScoredTrace) -> str:
    """`Run 3, node 17, rollout 2 · answer 24 · right`."""
    node = trace.nodes[-1] if trace.nodes else ROOT
    where = tr("Run {run}, node {node}").format(run=trace.run, node=node)
    if trace.rollout is not None:
        where += tr(", rollout {number}").format(number=trace.rollout + 1)
    answer = "" if trace.answer is None else tr("answer {answer}").format(answer=one_line(trace.answer, 60))
    right = {True: tr("✓ right"), False: tr("✗ wrong"), None: ""}[trace.correct]
    return " · ".join(filter(None, (where, answer, right)))
