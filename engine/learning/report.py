"""What a training reports: named figures with their question, as a table and as data. Knows no model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value: shares and scores are 0..1, means as they are, what was counted as an int."""

    name: str
    value: float
    note: str = ""

    @property
    def shown(self) -> str:
        if isinstance(self.value, int):
            return f"{self.value:,}"
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
