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
        said.append(_left(left, count.read < count.runs))
    if count.anew:
        said.append(tr("Another model of this name had scored before: the new scores replace its own."))
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


def _left(left: int, more: bool) -> str:
    """`more`: not all runs had been looked through for traces."""
    if more:
        words = tr("At least {count:,} more were not scored.")
    else:
        words = tr("1 more was not scored.") if left == 1 else tr("{count:,} more were not scored.")
    return words.format(count=left)
