"""What one types to go somewhere, and where in the log that is."""

from __future__ import annotations

import pytest

from app.models.go_to import Place, Spot, find_place, read_place
from tests.helpers.logs import EVENTS_PER_ITERATION, search_log


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("17", Place("node", 17)), (" #17 ", Place("node", 17)), ("node 17", Place("node", 17)),
        ("N17", Place("node", 17)), ("iteration 12", Place("iteration", 12)), ("iter12", Place("iteration", 12)),
        ("I 12", Place("iteration", 12)), ("Knoten 3", Place("node", 3)), ("Durchgang 3", Place("iteration", 3)),
        ("", None), ("17b", None), ("-3", None), ("twelve", None), ("event 4", None), ("9" * 40, None),
    ],
)  # fmt: skip
def test_what_is_typed_is_read(typed: str, place: Place | None) -> None:
    assert read_place(typed, "Knoten", "Durchgang") == place


def test_places_are_found_in_the_log() -> None:
    records = search_log(3)
    assert find_place(records, Place("node", 0)) == Spot(0, 1)
    assert find_place(records, Place("node", 4)) == Spot(4, 1 + EVENTS_PER_ITERATION + 2)
    assert find_place(records, Place("node", 7)) is None
    assert find_place(records, Place("iteration", 2)) == Spot(1, 1 + 2 * EVENTS_PER_ITERATION)
    assert find_place(records, Place("iteration", 4)) is None
    assert find_place(records[:8], Place("iteration", 2)) == Spot(1, 8)  # under way
