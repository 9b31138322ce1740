"""`espalier advise`: samples chains, says how hard the problem is, and proposes a search. Knows no Qt, no torch."""

from __future__ import annotations

import json
import shlex
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

import msgspec

from app.command_line.headless import Engine, ctrl_c, perform
from app.command_line.report import Progress
from app.command_line.run import INTERRUPTED, UsageError
from engine.commands import RunPlan, StartRun
from engine.events import Record
from engine.problems import Problem, parse_problem
from engine.search.advice import Advice, Table, TableError, TableRow, advise, difficulty, load_table
from engine.tree import Tree

TABLE = Path(__file__).resolve().parents[2] / "resources" / "compute_optimal.json"


class _Dropped:
    """A log that keeps nothing: these samples are only counted."""

    def append(self, records: Sequence[Record]) -> None:
        pass

    def flush(self) -> None:
        pass


def advise_on(arguments: Namespace) -> int:
    """Print the proposal, the reason, and the table behind it."""
    problem = parse_problem(arguments.problem, arguments.text)
    try:
        table = load_table(arguments.table, problem.kind)
        tree, stopped = _sampled(_plan(problem, table, arguments))
        if stopped:
            return INTERRUPTED
        advice = advise(difficulty(tree), table, arguments.budget_tokens, _names(arguments.verifiers))
    except TableError as error:
        raise UsageError(str(error)) from error
    if arguments.json:
        print(json.dumps({"command": command_for(problem, advice.row), **msgspec.to_builtins(advice)}))
    else:
        print(advice_text(problem, advice))
    return 0


def advice_text(problem: Problem, advice: Advice) -> str:
    """The proposal as plain text."""
    rows = [_cells(row) for row in advice.rows]
    heads = ("Search", "Settings", "Verifiers", "Budget", "Tokens", "Solved", "Of")
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in (heads, *rows)]
    return "\n".join(
        (
            f"Problem   {problem.text}  ({problem.kind})",
            f"Proposal  {advice.row.search}, at most {advice.row.budget} tokens",
            f"Reason    {advice.reason}",
            f"Command   {command_for(problem, advice.row)}",
            "",
            *lines,
        )
    )


def command_for(problem: Problem, row: TableRow) -> str:
    """The words that run the proposal."""
    settings = [word for name, value in row.settings.items() for word in ("--set", f"{name}={value}")]
    words = ["espalier", "run", problem.text, "--problem", problem.kind, "--search", row.search, *settings]
    return shlex.join([*words, "--verifiers", ",".join(row.verifiers), "--budget-tokens", str(row.budget)])


def _cells(row: TableRow) -> tuple[str, ...]:
    settings = " ".join(f"{name}={value}" for name, value in row.settings.items())
    numbers = (str(row.budget), f"{row.tokens:.0f}", f"{row.solved:.0%}", str(row.problems))
    return row.search, settings, ",".join(row.verifiers), *numbers


def _plan(problem: Problem, table: Table, arguments: Namespace) -> RunPlan:
    """Chains of thought, as many as the table was made with; scored only where no exact rule can tell right from
    wrong."""
    is_exact = problem.gold is None and problem.check_answer("").correct is not None
    settings = {"samples": table.samples, "batch": table.samples, "temperature": 1.0, "score": not is_exact}
    verifiers = () if is_exact else ("prm",)
    return RunPlan(
        problem.kind,
        problem.text,
        "self-consistency",
        settings,
        arguments.seed,
        policy=arguments.policy,
        verifiers=verifiers,
    )


def _sampled(plan: RunPlan) -> tuple[Tree, bool]:
    """The run, and whether the user stopped it."""
    progress = Progress(sys.stderr)
    try:
        with ctrl_c() as stopping, Engine() as engine:
            return perform(engine, StartRun(1, plan), _Dropped(), progress.show, stopping), stopping()
    finally:
        progress.end()


def _names(words: str | None) -> tuple[str, ...] | None:
    return None if words is None else tuple(name.strip() for name in words.split(",") if name.strip())
