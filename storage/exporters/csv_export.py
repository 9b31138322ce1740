"""CSV (RFC 4180): a row for each node, for spreadsheets and pandas. Texts are quoted and guarded, numbers are bare."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from io import TextIOWrapper
from typing import IO, Any

import msgspec

from storage.exporters.exporter import Exporter, Wanted
from storage.exporters.run_document import ExportedNode, run_document
from storage.guarding import guarded

HEAD = (
    "run", "id", "parent", "depth", "step", "N", "W", "Q", "P", "logprob", "score", "by", "samples", "terminal",
    "hidden", "broken", "pruned", "twin", "note", "bookmarked", "edit", "scores",
)  # fmt: skip
"""`depth` counts steps from the root, `scores` is a list of Score as JSON, flags are 0 or 1; what is missing is empty.
The others are fields of ExportedNode."""


def _write(wanted: Wanted, out: IO[bytes], mark: bytes = b"") -> None:
    out.write(mark)
    text = TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        table = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
        table.writerow(HEAD)
        for info in wanted.infos:
            table.writerows(_rows(wanted, info.id))
    finally:
        text.detach()  # the file is its owner's to close


def _rows(wanted: Wanted, run: int) -> Iterator[list[str | int | float]]:
    depths: dict[int, int] = {}
    for node in run_document(wanted, run).nodes:
        depths[node.id] = 0 if node.parent is None else depths[node.parent] + 1
        yield [_cell(value) for value in _values(node, run, depths[node.id])]


def _values(node: ExportedNode, run: int, depth: int) -> Iterator[Any]:
    told = {"run": run, "depth": depth, "scores": msgspec.json.encode(node.scores).decode() if node.scores else None}
    return (told[name] if name in told else getattr(node, name) for name in HEAD)


def _cell(value: str | float | bool | None) -> str | int | float:
    if isinstance(value, bool):
        return int(value)
    return "" if value is None else guarded(value) if isinstance(value, str) else value


CSV = Exporter(
    "csv",
    "CSV",
    ".csv",
    "A row for each node, for pandas, R and spreadsheets; no cell is taken for a formula.",
    _write,
    takes_many=True,
)
CSV_EXCEL = Exporter(
    "csv-excel",
    "CSV for Excel",
    ".csv",
    "The same with a byte order mark, by which Excel sees that it is UTF-8.",
    lambda wanted, out: _write(wanted, out, codecs.BOM_UTF8),
    takes_many=True,
)
