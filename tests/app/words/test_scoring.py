"""What came of scoring, as plain sentences."""

from __future__ import annotations

import pytest

from app.models.to_score import Count
from app.words.scoring import outcome


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(runs=2, read=2, found=500, scored=6), "orm scored 6 traces. 494 more were not scored."),
        (Count(runs=2, read=1, found=500, scored=6), "orm scored 6 traces. At least 494 more were not scored."),
        (Count(runs=1, read=1, found=2, scored=1), "orm scored 1 trace. 1 more was not scored."),
        (Count(runs=1, read=1, found=2, scored=2), "orm scored 2 traces."),
        (
            Count(runs=1, read=1, found=2, scored=2, anew=1),
            "orm scored 2 traces. Another model of this name had scored before: the new scores replace its own.",
        ),
    ],
)
def test_what_was_given_up_is_counted(count: Count, words: str) -> None:
    assert outcome(count, "orm", given_up=True, error="") == words
