"""How text from a model or a file is made safe to draw: plain, with nothing invisible in it. Knows no widget."""

from __future__ import annotations

import html

# The rules are those of the files that leave the program, too; whoever draws a text has all of them from here.
from storage.plain_text import LONGEST_DRAWN as LONGEST_DRAWN
from storage.plain_text import one_line as one_line
from storage.plain_text import visible as visible


def as_tool_tip(text: str, longest: int = LONGEST_DRAWN) -> str:
    """`text` for a tool tip. Qt guesses whether a tool tip is rich text, so markup is escaped and said to be markup."""
    cut = visible(text[:longest]) + ("…" if len(text) > longest else "")
    return f'<div style="white-space: pre-wrap">{html.escape(cut)}</div>'
