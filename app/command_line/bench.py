"""`espalier bench`: measure, and print one JSON object or a table. Knows the command line, measures nothing itself."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app import benchmarks
from app.benchmarks.tables import tables_text
from app.command_line.report import number
from app.command_line.run import UsageError


def bench(arguments: Namespace) -> int:
    """Measure; print one JSON object, or a table."""
    if arguments.name not in (*benchmarks.NAMES, "all"):
        listed = ", ".join(benchmarks.NAMES)
        raise UsageError(f"There is no benchmark called {arguments.name!r}; there are: {listed}, all.")
    names = benchmarks.NAMES if arguments.name == "all" else (arguments.name,)
    if arguments.markdown:
        print(tables_text(_measured_before(arguments.markdown, arguments.name)))
        return 0
    more = tuple(_table_words(arguments))
    if more and not set(names) & set(benchmarks.TABLES):
        raise UsageError(f"{more[0]} is for the benchmarks {' and '.join(benchmarks.TABLES)} alone.")
    for name in names:
        measured = benchmarks.measure(name, arguments.quick, arguments.seed, more if name in benchmarks.TABLES else ())
        print(json.dumps(measured) if arguments.json else figures_text(name, measured["figures"]), flush=True)
    return 0


def add_bench(commands: Any) -> None:
    """The words of `bench`."""
    parser = commands.add_parser("bench", help="measure")
    parser.add_argument("name", metavar="NAME", help=f"{', '.join(benchmarks.NAMES)}, or all")
    parser.add_argument("--quick", action="store_true", help="end within a minute")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    tables = parser.add_argument_group(f"tables ({', '.join(benchmarks.TABLES)})")
    tables.add_argument(
        "--set", action="append", metavar="SET", help="hard, ranks901_1000 (game24), dev; may be repeated"
    )
    tables.add_argument("--rows", metavar="TEXT", help="only rows whose name holds this text")
    tables.add_argument("--seeds", type=int, metavar="N", help="seeds, from --seed on (default: 3)")
    tables.add_argument("--resume", type=Path, metavar="FILE", help="keep what is measured here, and go on from it")
    tables.add_argument(
        "--advice", type=Path, metavar="FILE", help="write the table of compute-optimal choices (dev set)"
    )
    tables.add_argument("--markdown", type=Path, metavar="FILE", help="measure nothing: print a --json file as a table")
    parser.set_defaults(perform=bench)


def _table_words(arguments: Namespace) -> Iterator[str]:
    """What the engine's process is told of a table."""
    for name in arguments.set or ():
        yield from ("--set", name)
    for option in ("rows", "seeds"):
        if getattr(arguments, option) is not None:
            yield from (f"--{option}", str(getattr(arguments, option)))
    for option in ("resume", "advice"):
        if getattr(arguments, option) is not None:
            yield from (f"--{option}", str(getattr(arguments, option).absolute()))


def _measured_before(path: Path, name: str) -> list[dict[str, Any]]:
    """The rows in a file that `--json` wrote. Raises UsageError."""
    try:
        measured = json.loads(path.read_text(encoding="utf-8"))
        bench, rows = measured["bench"], measured["figures"]["rows"]
        tables_text(rows)
    except FileNotFoundError:
        raise UsageError(f"There is no file {path}.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"{path} does not hold what `espalier bench {name} --json` prints.") from None
    if bench != name:
        raise UsageError(f"{path} holds figures of the benchmark {bench}, not {name}.")
    found: list[dict[str, Any]] = rows
    return found


def figures_text(name: str, figures: dict[str, Any]) -> str:
    """Figures for a terminal: a table of strategies, or a line for each."""
    if name in benchmarks.TABLES:
        return tables_text(figures["rows"])
    lines = []
    for key, value in figures.items():
        entries = value if isinstance(value, list) and value and isinstance(value[0], dict) else [value]
        lines += [f"{name:<10} {key:<24} {_figure(entry)}" for entry in entries]
    return "\n".join(lines)


def _figure(value: object) -> str:
    if isinstance(value, dict):
        return "  ".join(f"{key} {_figure(entry)}" for key, entry in value.items())
    return number(value) if isinstance(value, float) else "–" if value is None else str(value)
