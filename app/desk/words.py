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
CHECKS = {True: "✓", False: "✗", None: "·"}
LONGEST_ANSWER = 120
"""Characters that are shown of one."""
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
    return " · ".join(f"{tr(RULE_WORDS[name])} {total_words(value)}" for name, value in ordered)


def trace_words(trace: ScoredTrace) -> str:
    """`Run 3, node 17, rollout 2 · answer 24 · right`."""
    node = trace.nodes[-1] if trace.nodes else ROOT
    where = tr("Run {run}, node {node}").format(run=trace.run, node=node)
    if trace.rollout is not None:
        where += tr(", rollout {number}").format(number=trace.rollout + 1)
    answer = "" if trace.answer is None else tr("answer {answer}").format(answer=one_line(trace.answer, 60))
    right = {True: tr("✓ right"), False: tr("✗ wrong"), None: ""}[trace.correct]
    return " · ".join(filter(None, (where, answer, right)))


def answer_words(trace: ScoredTrace) -> str:
    """Its answer; a dash where none can be read."""
    return MISSING if trace.answer is None else one_line(trace.answer, LONGEST_ANSWER)


def total_words(total: float) -> str:
    """Two decimals; one that they cannot tell from 0, as a product of many scores may be, by its order of magnitude."""
    if isnan(total) or total == 0 or abs(total) >= 0.005:
        return decimal(total)
    size, _, power = f"{total:.0e}".partition("e")
    return f"{size}e{int(power)}".replace("-", "−")


def signed(value: float | None, places: int = 2) -> str:
    """`+0.12`, `−0.30`, `0.00`; a missing one is a dash."""
    words = decimal(value, places)
    if value is None or not float(words.replace("−", "-")):
        return MISSING if value is None else decimal(0.0, places)
    return f"+{words}" if value > 0 else words


def no_scores() -> str:
    """What to do where nobody has scored anything."""
    return tr("Nobody has scored a step of this scope. Press “Score with…” to ask a model, or take a wider scope.")
