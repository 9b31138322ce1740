"""Cells of a table that a spreadsheet would reckon: guarded on the way out, as they were on the way back.

After OWASP, "CSV Injection"; full-width signs are taken for the plain ones by some programs. Knows no table.
"""

from __future__ import annotations

import re

_GUARD = "'"
_RECKONED = re.compile(r"['\s\ufeff]*[=+\-@＝＋－＠]|[' ]*[\t\r\n]")
"""Beginnings that make a formula of a cell, or may after blanks. Those of guarded cells are among them, so that a text
which begins with an apostrophe of its own comes back with it."""


def guarded(cell: str) -> str:
    """A text that would be taken for a formula, with an apostrophe before it; any other as it is."""
    return _GUARD + cell if _RECKONED.match(cell) else cell


def unguarded(cell: str) -> str:
    """What `guarded` was given."""
    is_guarded = cell.startswith(_GUARD) and _RECKONED.match(cell, 1) is not None
    return cell[1:] if is_guarded else cell
