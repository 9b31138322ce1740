"""What came of asking a scorer about traces, in words. Knows no engine and no widget."""

from __future__ import annotations

from app.language import tr
from app.models.to_score import Count

MOST_SAID = 2
"""Sentences about traces that could not be scored."""


def outcome(count: Count, scorer: str, given_up: bool, error: str) -> str:
    """What was scored, what was not, and why: `error` is a sentence, or empty."""
    said = [_scored(count, scorer, given_up, error)]
    if (given_up or error) and (left := count.found - count.done) > 0:
        said.append(tr("Not scored: {count:,} more, as far as was looked.").format(count=left))
    if count.failed:
        said.append(tr("Could not be scored: {count:,}.").format(count=count.failed))
    said += [error, *count.said[:MOST_SAID]]
    if (more := len(count.said) - MOST_SAID) > 0:
        said.append(tr("And {count:,} sentences more of this kind.").format(count=more))
    return " ".join(filter(None, said))


def _scored(count: Count, scorer: str, given_up: bool, error: str) -> str:
    if not count.scored and error:
        return ""
    if not (count.found or given_up):
        return tr("{scorer} has scored all of these traces before, or there are none.").format(scorer=scorer)
    traces = tr("1 trace") if count.scored == 1 else tr("{count:,} traces").format(count=count.scored)
    return tr("{scorer} scored {traces}.").format(scorer=scorer, traces=traces)
