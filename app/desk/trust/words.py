"""Whether to believe a scorer, in words and as tables to copy. Knows no widget."""

from __future__ import annotations

from app.desk.words import RULE_WORDS
from app.language import mark, tr
from app.models.trust import FEW, Against, Bin, Figures, Position
from app.output.markdown import escaped, table
from app.panels.texts import MISSING, decimal

AGAINST_WORDS: dict[Against, str] = {
    "answer": mark("Right answer"),
    "exact": mark("Exact labels"),
    "monte carlo": mark("Monte-Carlo labels"),
    "person": mark("Your ratings"),
    "dataset": mark("A dataset's ratings"),
}
AGAINST_TIPS: dict[Against, str] = {
    "answer": mark("Every step is held against how its trace ended; a step of several traces counts once for each"),
    "exact": mark("Every step is held against what a solver says of it"),
    "monte carlo": mark("Every step is held against whether any completion from behind it came out right"),
    "person": mark("Every step is held against what you rated it; neutral counts as good"),
    "dataset": mark("Every step is held against the rating that came with it; neutral counts as good"),
}
NOTHING: dict[Against, str] = {
    "answer": mark(
        "No trace of this scope has both a score and an answer that is known to be right or wrong: take a wider scope, "
        "a problem whose answers can be checked, or press Score with…"
    ),
    "exact": mark(
        "No step with a score has an exact label here: only problems with a solver, such as the Game of 24, have them."
    ),
    "monte carlo": mark(
        "No step with a score has a Monte-Carlo label here: have completions rolled out from its steps first."
    ),
    "person": mark("You have rated no step that has a score here: rate steps of the trace on the screen first."),
    "dataset": mark(
        "No step with a score has come with a rating here: open a dataset of rated steps, such as PRM800K or "
        "ProcessBench, and press Score with…"
    ),
}
NO_PROBABILITY = mark(
    "By this rule a trace's total is no number from 0 to 1: how often it is right cannot be read off."
)
BORDERLESS = 0.02
"""A mean score this near to the share of good ones is neither too sure nor too unsure."""
BIN_HEADS = mark("Scores"), mark("n"), mark("Mean score"), mark("Share right"), mark("95 % interval")
POSITION_HEADS = mark("Step"), mark("n"), mark("Right ones"), mark("AUC"), mark("Accuracy")


def summary(found: Figures) -> str:
    """All figures in a line."""
    parts = [
        tr("calibration error (ECE) {value}").format(value=decimal(found.ece, 3)),
        tr("Brier {value}").format(value=decimal(found.brier, 3)),
        tr("AUC {value}").format(value=decimal(found.auc, 3)),
        tr("accuracy {value}").format(value=percent(found.accuracy)),
        tr("{n:,} traces").format(n=found.traces)
        if found.unit == "trace"
        else tr("{n:,} steps of {traces:,} traces").format(n=found.n, traces=found.traces),
    ]
    return " · ".join(parts)


def verdict(found: Figures) -> str:
    """Whether it is too sure of itself, as a sentence; first of all, whether there are enough data to say so."""
    return " ".join(filter(None, (warning(found), _one_class(found), _bias(found))))


def warning(found: Figures) -> str:
    """That the figures may be chance; empty where there are enough data."""
    if not found.few:
        return ""
    if found.against == "answer":
        words = tr("Few data: {n} traces, fewer than {few}. All of this may be chance.")
        return words.format(n=found.traces, few=FEW)
    return tr("Few data: {n} labelled steps, fewer than {few}. All of this may be chance.").format(n=found.n, few=FEW)


def _one_class(found: Figures) -> str:
    if found.mean_label == 1.0:
        return tr("All of them are right, so there is no AUC.")
    return tr("None of them is right, so there is no AUC.") if found.mean_label == 0.0 else ""


def _bias(found: Figures) -> str:
    if found.mean_score is None or found.mean_label is None or not found.bins:
        return ""
    said, was = decimal(found.mean_score), decimal(found.mean_label)
    if found.mean_score - found.mean_label > BORDERLESS:
        return tr("It is too sure: on average it says {said}, and {was} are right.").format(said=said, was=was)
    if found.mean_label - found.mean_score > BORDERLESS:
        return tr("It is not sure enough: on average it says {said}, and {was} are right.").format(said=said, was=was)
    return tr("On average it says {said}, and {was} are right.").format(said=said, was=was)


def bin_words(one: Bin) -> str:
    """A point of the diagram."""
    low, high = one.interval
    words = tr("scores from {start} to {end}: {count:,}, mean {score}, right {share} [{low}, {high}]")
    return words.format(
        start=decimal(one.low, 1), end=decimal(one.high, 1), count=one.count, score=decimal(one.score),
        share=decimal(one.share), low=decimal(low), high=decimal(high),
    )  # fmt: skip


def position_words(one: Position, rule: str) -> str:
    """A step position, or the totals."""
    words = tr("{place}: AUC {auc}, accuracy {accuracy}, {right:,} of {n:,} right").format(
        place=place_words(one, rule), auc=decimal(one.auc, 3), accuracy=percent(one.accuracy), right=one.right, n=one.n
    )
    return f"{words} ({tr('few data')})" if one.thin else words


def place_words(one: Position, rule: str) -> str:
    return tr(RULE_WORDS[rule]) if one.step is None else tr("step {step}").format(step=one.step)


def percent(share: float | None) -> str:
    return MISSING if share is None else f"{share:.1%}"


def as_markdown(title: str, found: Figures) -> str:
    """Figures, bins and positions."""
    parts = [f"**{escaped(title)}**", escaped(summary(found)), escaped(verdict(found))]
    bins = [_bin_cells(one) for one in found.bins]
    positions = [_position_cells(one, found.rule) for one in found.positions]
    parts += [table([tr(head) for head in BIN_HEADS], bins)] if bins else []
    parts += [table([tr(head) for head in POSITION_HEADS], positions)] if positions else []
    return "\n\n".join(filter(None, parts)) + "\n"


def _bin_cells(one: Bin) -> tuple[str, ...]:
    low, high = one.interval
    between, interval = f"{decimal(one.low, 1)}–{decimal(one.high, 1)}", f"{decimal(low, 3)}–{decimal(high, 3)}"
    return between, f"{one.count:,}", decimal(one.score, 3), decimal(one.share, 3), interval


def _position_cells(one: Position, rule: str) -> tuple[str, ...]:
    place, numbers = place_words(one, rule), (f"{one.n:,}", f"{one.right:,}")
    return place, *numbers, decimal(one.auc, 3), percent(one.accuracy)
