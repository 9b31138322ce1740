"""The child process of trials: reads the files that it is told of, as the program would, and says how that went.

python -m app.benchmarks.trial_child SUBJECT     paths on stdin, one JSON string a line; verdicts on stdout
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from app.benchmarks.memory import peak_mb


def _session(path: Path) -> None:
    from app.benchmarks.reading_sessions import read_all

    read_all(path)


def _import(path: Path) -> None:
    from app.benchmarks.reading_imports import import_all

    import_all(path)


READERS: dict[str, Callable[[Path], None]] = {"session": _session, "import": _import}
"""By the name of the subject. Each raises SessionError or another error of `_sentences` for what it refuses."""


def _sentences() -> tuple[type[Exception], ...]:
    """Errors whose message is a sentence for the user."""
    from storage.errors import SessionError
    from storage.importers import ForeignFileError

    return SessionError, ForeignFileError


def main(subject: str) -> None:
    """Answer every line until there is none any more."""
    read, sentences = READERS[subject], _sentences()
    read(Path())  # what is imported when it is first needed is no growth
    before = peak_mb()
    print("ready", flush=True)
    for line in sys.stdin:
        path, began = Path(json.loads(line)), time.monotonic()
        kind, words = "read", ""
        try:
            read(path)
        except sentences as error:
            kind, words = "refused", str(error)
        except Exception:
            kind, words = "traceback", traceback.format_exc()
        after = peak_mb()
        growth = None if before is None or after is None else round(after - before, 1)
        answer = {"kind": kind, "words": words, "seconds": time.monotonic() - began, "growth_mb": growth}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
