"""Our own CSV of nodes: the tree again, as far as a table says it. See `storage.exporters.csv_export`."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Generator, Iterator
from io import TextIOWrapper
from itertools import groupby
from typing import IO

from engine.importing import Kept
from engine.importing_tree import MOST_NODES, DraftError
from storage.exporters.csv_export import HEAD
from storage.exporters.run_document import ExportedRun
from storage.guarding import unguarded
from storage.importers.document_rows import LARGEST_ROWS, Row, document_of_rows
from storage.importers.espalier_run import kept_or_odd
from storage.importers.importer import LARGEST_RECORD, Head, Odd, Working

_NEEDED = ("id", "parent", "step", "N", "W")
"""Columns without which a table is none of ours."""
_TEXTS = ("step", "broken", "pruned", "note", "edit", "scores", "by")


class _Table:
    name = "espalier-csv"
    title = "Espalier's CSV"

    def recognises(self, head: Head) -> float:
        line = head.start.removeprefix(codecs.BOM_UTF8).split(b"\n", 1)[0].strip()
        columns = [cell.strip(b'"') for cell in line.split(b",")]
        return float(set(columns) >= {name.encode() for name in _NEEDED} and len(columns) <= 2 * len(HEAD))

    def records(self, stream: IO[bytes], source: str) -> Iterator[Kept | Odd | Working]:
        text = TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
        longest = csv.field_size_limit(LARGEST_RECORD)
        try:
            for run, found in groupby(_rows(text), key=lambda row: row.get("run", "")):
                yield (yield from kept_or_odd(_document(found), self.title, f"{source}, run {run}" if run else source))
        except csv.Error as error:
            yield Odd(1, f"it is no CSV ({error})")
        finally:
            csv.field_size_limit(longest)
            text.detach()  # the file is its owner's to close


def _document(found: Iterator[Row]) -> Generator[Working, None, ExportedRun]:
    """Of the rows of one run. Raises DraftError."""
    rows, size = [], 0
    for row in found:
        rows.append(row)
        size += sum(map(len, row.values()))
        if len(rows) > MOST_NODES:
            raise DraftError(f"it has more than {MOST_NODES:,} nodes, and no more can be read")
        if size > LARGEST_ROWS:
            raise DraftError(f"it is larger than {LARGEST_ROWS // 1_000_000} MB")
    return (yield from document_of_rows(rows))


def _rows(text: TextIOWrapper) -> Iterator[Row]:
    for row in csv.DictReader(iter(lambda: text.readline(LARGEST_RECORD), "")):
        told = {name: cell for name, cell in row.items() if name is not None and isinstance(cell, str)}
        yield {name: unguarded(cell) if name in _TEXTS else cell for name, cell in told.items()}


ESPALIER_CSV = _Table()
