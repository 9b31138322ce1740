"""What a benchmark has measured so far, by key, in a file of JSON lines: a second run goes on where the first ended.

Knows nothing of what it keeps.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any


class BenchmarkError(Exception):
    """A benchmark cannot be run as it was asked for; the message is a sentence."""


def key_of(*parts: Any) -> str:
    """A digest of JSON values: whatever decides a measurement has its place in here."""
    text = json.dumps(parts, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


class Store:
    """Values by key; without a path in memory only. Raises BenchmarkError where a file holds something else."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._values: dict[str, Any] = {}
        if path is not None and path.exists():
            self._read(path)

    def get(self, key: str) -> Any | None:
        return self._values.get(key)

    def put(self, key: str, words: str, value: Any) -> None:
        """Keep a JSON value; `words` tell a reader of the file what it is."""
        self._values[key] = value
        if self._path is None:
            return
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "what": words, "value": value}) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _read(self, path: Path) -> None:
        try:
            whole = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise BenchmarkError(f"{path} is not the state of a benchmark: it is no text.") from None
        lines = whole.splitlines(keepends=True)
        for number, line in enumerate(lines, 1):
            try:
                entry = json.loads(line)
                self._values[entry["key"]] = entry["value"]
            except (ValueError, KeyError, TypeError):
                if number == len(lines) > 1 and not line.endswith("\n"):  # the run was killed while it wrote
                    path.write_text("".join(lines[:-1]), encoding="utf-8", newline="")
                    return
                raise BenchmarkError(
                    f"{path} is not the state of a benchmark: line {number} is not one of its lines."
                ) from None
