"""Tables of strategies and budgets as Markdown, for a terminal and for the manual. Knows the figures' names only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Figures = Mapping[str, Any]

COLUMNS = (
    "Strategy",
    "Verifiers",
    "Solved (95 %)",
    "Any answer right",
    "Tokens",
    "PRM tokens",
    "s per puzzle",
    "Sampling, same tokens",
)


def tables_text(rows: Sequence[Figures]) -> str:
    """One table for each set, the best row last; rows that were not measured come first, with dashes."""
    names = dict.fromkeys(row["set"] for row in rows)
    return "\n\n".join(_table(name, [row for row in rows if row["set"] == name]) for name in names)


def _table(name: str, rows: Sequence[Figures]) -> str:
    ordered = sorted(rows, key=lambda row: -1.0 if row["solved"] is None else row["solved"])
    lines = [_heading(name, rows), "", _line(COLUMNS), _line(["---"] * len(COLUMNS)), *map(_row, ordered)]
    return "\n".join(lines)


def _heading(name: str, rows: Sequence[Figures]) -> str:
    puzzles = max((row.get("puzzles") or 0 for row in rows), default=0)
    seeds = max((row.get("seeds") or [] for row in rows), key=len, default=[])
    return f"Set {name}: {puzzles} problems, seeds {', '.join(map(str, seeds))}"


def _row(row: Figures) -> str:
    verifiers = ", ".join(row["settings"]["verifiers"]) or "none"
    gold = " (a gold answer was used)" if row.get("gold") else ""
    return _line(
        (
            row["search"] + gold,
            verifiers,
            _share(row["solved"]) + _interval(row.get("ci95")),
            _share(row.get("any_solved")),
            _count(row.get("tokens")),
            _count(row.get("prm_tokens")),
            "–" if row.get("seconds_per_puzzle") is None else f"{row['seconds_per_puzzle']:.2f}",
            _sampling(row.get("same_budget")),
        )
    )


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


def _interval(ci95: Sequence[float] | None) -> str:
    return "" if ci95 is None else f" ({100 * ci95[0]:.1f}-{100 * ci95[1]:.1f})"


def _count(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def _sampling(best: Figures | None) -> str:
    return "–" if best is None else f"{_share(best['solved'])} ({best['search']})"
