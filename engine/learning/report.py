"""What a training reports: named figures with their question, as a table and as data. Knows no model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value: shares and scores are 0..1, counts and tokens as they are."""

    name: str
    value: float
    note: str = ""

    @property
    def shown(self) -> str:
        return f"{self.value:.3f}" if abs(self.value) <= 1 else f"{self.value:.1f}"


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one model on one set of problems."""

    title: str
    figures: tuple[Figure, ...]

    def __str__(self) -> str:
        width = max((len(figure.name) for figure in self.figures), default=0)
        rows = (f"  {figure.name:<{width}}  {figure.shown:>7}  {figure.note}".rstrip() for figure in self.figures)
        return "\n".join((self.title, *rows))

    def markdown(self) -> str:
        rows = (f"| {figure.name} | {figure.shown} | {figure.note} |" for figure in self.figures)
        return "\n".join((f"**{self.title}**", "", "| figure | value | note |", "|---|---|---|", *rows))

    def data(self) -> dict[str, float]:
        return {figure.name: figure.value for figure in self.figures}


def share(outcomes: Iterable[bool]) -> float:
    """The share of true outcomes; 0 where there are none."""
    counted = list(outcomes)
    return sum(counted) / len(counted) if counted else 0.0


def auc(scores: Sequence[float], labels: Sequence[int]) -> float:
    """The area under the ROC curve, ties counted half (Mann-Whitney); NaN where one class is missing."""
    ordered = sorted(range(len(scores)), key=lambda place: scores[place])
    ranks = [0.0] * len(scores)
    start = 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and scores[ordered[end]] == scores[ordered[start]]:
            end += 1
        for place in ordered[start:end]:
            ranks[place] = (start + end + 1) / 2
        start = end
    positive = sum(labels)
    negative = len(labels) - positive
    if not positive or not negative:
        return float("nan")
    rank_sum = sum(rank for rank, label in zip(ranks, labels, strict=True) if label)
    return (rank_sum - positive * (positive + 1) / 2) / (positive * negative)


def accuracy(scores: Sequence[float], labels: Sequence[int]) -> float:
    return share((score > 0.5) == bool(label) for score, label in zip(scores, labels, strict=True))


def calibration_error(scores: Sequence[float], labels: Sequence[int], bins: int = 10) -> float:
    """Expected calibration error with equal-width bins (Guo et al. 2017): mean |score - frequency|, 0..1."""
    total = 0.0
    for place in range(bins):
        inside = [
            (score, label)
            for score, label in zip(scores, labels, strict=True)
            if place == min(bins - 1, int(score * bins))
        ]
        total += abs(sum(score for score, _ in inside) - sum(label for _, label in inside))
    return total / len(scores) if scores else float("nan")
