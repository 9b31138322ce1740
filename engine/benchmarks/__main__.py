"""`python -m engine.benchmarks NAME [--quick] [--seed N]`: one JSON object on stdout, words on stderr."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from engine import __version__


def main(argv: list[str] | None = None) -> int:
    from engine.benchmarks import BENCHMARKS
    from engine.policies import ModelError

    parser = argparse.ArgumentParser(prog="python -m engine.benchmarks")
    parser.add_argument("name", choices=sorted(BENCHMARKS))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    wish = parser.parse_args(argv)
    try:
        figures = BENCHMARKS[wish.name](wish.quick, wish.seed)
    except ModelError as error:
        print(error, file=sys.stderr)
        return 1
    measured = {"bench": wish.name, "version": __version__, "seed": wish.seed, "machine": machine(), "figures": figures}
    print(json.dumps(measured))
    return 0


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "cpu_count": os.cpu_count(),
        "python": platform.python_version(),
        "qt": _installed("PySide6-Essentials"),
        "torch": _installed("torch"),
        "device": "cpu",
    }


def _installed(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    sys.exit(main())
