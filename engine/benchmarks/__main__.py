"""`python -m engine.benchmarks NAME [--quick] [--seed N] ...`: its figures as one JSON object, words on stderr."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.benchmarks.table import Options


def main(argv: list[str] | None = None) -> int:
    from engine.benchmarks import BENCHMARKS, TABLES
    from engine.benchmarks.store import BenchmarkError
    from engine.policies import ModelError
    from engine.process import collect_rarely
    from engine.search import SettingError

    collect_rarely()  # as the engine process does
    wish = _parser(sorted({*BENCHMARKS, *TABLES})).parse_args(argv)
    try:
        figures = (
            TABLES[wish.name](_options(wish)) if wish.name in TABLES else BENCHMARKS[wish.name](wish.quick, wish.seed)
        )
    except (ModelError, BenchmarkError, SettingError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(figures))
    return 0


def _parser(names: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m engine.benchmarks")
    parser.add_argument("name", choices=names)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seeds", type=int)
    parser.add_argument("--set", action="append", default=[])
    parser.add_argument("--rows", default="")
    parser.add_argument("--resume", type=Path)
    parser.add_argument("--advice", type=Path)
    return parser


def _options(wish: argparse.Namespace) -> Options:
    from engine.benchmarks.table import Options

    return Options(wish.quick, wish.seed, wish.seeds, tuple(wish.set), wish.rows, wish.resume, wish.advice)


if __name__ == "__main__":
    sys.exit(main())
