"""Finds where a thought admits that it was given an answer, by words alone. A guess, which a person may overrule.

The patterns are data (`resources/trace_edits.toml`), English.
"""

from __future__ import annotations

import re
from functools import lru_cache

from engine.traces.edit_rules import edit_rules

MOST_HINT = 200
"""Characters of a hint that are looked for."""
MOST_QUOTE = 120
"""Characters of what is quoted."""


def admission(thought: str, hint: str) -> str:
    """The first line in which a thought says that `hint` was suggested to it; empty where no rule finds any."""
    found = [match.start() for pattern in _patterns(hint[:MOST_HINT]) if (match := pattern.search(thought))]
    if not found:
        return ""
    start = thought.rfind("\n", 0, min(found)) + 1
    return thought[max(start, min(found) - MOST_QUOTE // 2) :].partition("\n")[0][:MOST_QUOTE]


@lru_cache(maxsize=16)
def _patterns(hint: str) -> tuple[re.Pattern[str], ...]:
    literal = re.escape(hint)
    return tuple(
        re.compile(pattern.replace("{hint}", literal), re.IGNORECASE) for pattern in edit_rules().admissions.patterns
    )
