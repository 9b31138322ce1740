"""`python -m engine.benchmarks NAME [--quick] [--seed N]`: its figures as one JSON object, words on stderr."""

from __future__ import annotations

import argparse
import json
import sys


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
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
