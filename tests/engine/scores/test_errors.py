"""Where the trouble stands in a trace, against a look at each trace by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scores.errors import PARTS, first_error, place_of_minimum
from tests.helpers.scored import table_of

Row = list[float | None]
scores = st.one_of(st.none(), st.sampled_from([0.0, 0.25, 0.5, 0.75]))
rows = st.lists(st.lists(scores, max_size=12), max_size=8)


@given(rows, st.sampled_from([0.25, 0.5]))
def test_the_first_error_is_the_first_score_below_the_threshold(entries: list[Row], threshold: float) -> None:
    expected = [
        next((step for step, value in enumerate(row) if value is not None and value < threshold), -1) for row in entries
    ]
    assert first_error(table_of(*entries), threshold).tolist() == expected


@given(rows)
def test_minima_are_counted_by_step_and_by_part_beside_what_chance_gives(entries: list[Row]) -> None:
    found = place_of_minimum(table_of(*entries))
    longest = max(map(len, entries), default=0)
    steps, chance = np.zeros(longest), np.zeros(longest)
    parts, part_chance = np.zeros(PARTS), np.zeros(PARTS)
    for row in entries:
        known = [(value, step) for step, value in enumerate(row) if value is not None]
        if not known:
            continue
        lowest = min(known)[1]
        steps[lowest] += 1
        parts[int((lowest + 0.5) / len(row) * PARTS + 1e-9)] += 1
        for _, step in known:
            chance[step] += 1 / len(known)
            part_chance[int((step + 0.5) / len(row) * PARTS + 1e-9)] += 1 / len(known)
    assert found.by_step.tolist() == steps.tolist()
    assert found.by_part.tolist() == parts.tolist()
    assert found.by_step_chance == pytest.approx(chance)
    assert found.by_part_chance == pytest.approx(part_chance)
    assert found.traces == steps.sum()


def test_a_short_trace_stands_in_the_middle_of_its_length() -> None:
    assert place_of_minimum(table_of([0.5])).by_part.tolist() == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
    ten = place_of_minimum(table_of([0.9] * 9 + [0.1]))
    assert (ten.by_step[9], ten.by_part[9]) == (1, 1)
