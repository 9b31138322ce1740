"""Tables for a spreadsheet, in which what a model wrote is text and is never reckoned. Knows no particular table."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from storage.guarding import guarded as guarded


def comma_separated(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV with a line for the head and one for each row; cells that somebody else wrote go through `guarded`."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
