"""Drawing from the likeliest tokens alone."""

from __future__ import annotations

import torch

from engine.llm.sampling import draw

LOGITS = torch.log(torch.tensor([[0.1, 0.5, 0.15, 0.25]]))


def drawn(uniform: float, top_p: float, temperature: float = 1.0) -> int:
    return draw(LOGITS, [temperature], [uniform], top_ps=[top_p]).ids[0]


def test_only_the_likeliest_that_reach_top_p_together_are_drawn() -> None:
    places = [step / 1000 for step in range(1000)]
    assert {drawn(place, 1.0) for place in places} == {0, 1, 2, 3}
    assert {drawn(place, 0.8) for place in places} == {1, 2, 3}
    assert {drawn(place, 0.74) for place in places} == {1, 3}
    assert {drawn(place, 0.5) for place in places} == {1}
    assert {drawn(place, 0.001) for place in places} == {1}
    share = sum(drawn(place, 0.74) == 1 for place in places) / 1000
    assert abs(share - 0.5 / 0.75) < 0.01, "what is left keeps its proportions"


def test_top_p_is_of_the_distribution_that_is_drawn_from() -> None:
    places = [step / 1000 for step in range(1000)]
    assert {drawn(place, 0.6, 0.3) for place in places} == {1}, "a low temperature makes the likeliest likelier"
    assert {drawn(place, 0.6, 3.0) for place in places} == {1, 3, 2}
    assert drawn(0.99, 0.9, 0.0) == 1


def test_a_row_does_not_hang_on_the_others() -> None:
    rows = LOGITS.repeat(3, 1)
    ids = draw(rows, [1.0, 1.0, 0.0], [0.05, 0.05, 0.05], top_ps=[1.0, 0.5, 1.0]).ids
    assert ids == [0, 1, 1]
    assert draw(rows, [1.0] * 3, [0.05] * 3).ids == [0, 0, 0]
    probabilities = draw(rows, [1.0] * 3, [0.05] * 3, top_ps=[0.5] * 3).alternative_probabilities[0]
    assert probabilities[:2] == [0.5, 0.25], "what is told are the model's own probabilities"
