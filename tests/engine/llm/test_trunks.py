"""What many texts begin with is found, read once, and gives the numbers that each text alone gets."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.llm.keys_values import CacheShape, Snapshots
from engine.llm.load import load_policy, load_scorer
from engine.llm.measures import ClassProbability, LogProbability, Measure
from engine.llm.network import choose_network
from engine.llm.prefill import WORTH
from engine.llm.readings import Reading
from engine.llm.score import TokenScorer
from engine.llm.trunks import ENOUGH_ROWS, batches, trunks
from engine.policies import Cancelled, ModelError

OPENING = tuple(range(10, 10 + WORTH))


def reading(*steps: tuple[int, ...], opening: tuple[int, ...] = OPENING) -> Reading:
    """Steps of tokens, read at the last token of each."""
    ids, places = [*opening], []
    for step in steps:
        stem = len(ids)
        ids += step
        places.append(len(ids) - 1)
    return Reading(tuple(ids), tuple(places), stem, len(opening))


def test_stems_part_where_steps_do() -> None:
    a, b, c, d, e = (1, 2), (3, 4, 5), (6,), (7, 8), (9, 9)
    levels = trunks([reading(a, b, c), reading(a, b, d), reading(a, d, c), reading(e, a, b), reading(e)])
    assert [[each.ids for each in level] for level in levels] == [[OPENING], [(*OPENING, *a)]]
    assert levels[1][0] == Reading((*OPENING, *a), (WORTH + 1,), WORTH + 2, WORTH)


def test_a_stem_that_several_share_is_no_trunk_of_its_own() -> None:
    assert trunks([reading((1,), (2,)), reading((1,), (3,)), reading((1,), (4,))]) == []
    assert trunks([reading((1,))]) == trunks([]) == []


def test_a_short_opening_is_not_read_apart() -> None:
    assert trunks([reading((1,), (2,), opening=(5,)), reading((3,), (2,), opening=(5,))]) == []


def test_batches_are_as_large_as_memory_allows() -> None:
    shape = CacheShape(10, 100, 100, torch.float32, torch.device("cpu"))  # 800,000 bytes a token
    assert list(batches([500, 500, 900, 3000, 10, 10, 10], int, int, shape, 2)) == [
        [500, 500],
        [900],
        [3000],
        [10, 10],
        [10],
    ]
    assert list(batches([], int, int, shape, 2)) == []


def test_a_batch_that_is_large_enough_takes_in_nothing_much_longer() -> None:
    shape = CacheShape(1, 1, 1, torch.float32, torch.device("cpu"))
    lengths = [*[8] * ENOUGH_ROWS, 10, 11, 40, 40]
    assert [len(batch) for batch in batches(lengths, lambda _: 50, int, shape, 128)] == [ENOUGH_ROWS + 1, 3]
    assert [len(batch) for batch in batches(lengths[1:], lambda _: 50, int, shape, 128)] == [ENOUGH_ROWS, 3]
    assert [len(batch) for batch in batches([0, 0, 5], lambda _: 50, int, shape, 128)] == [3]


@pytest.fixture(scope="module", params=["class", "word"])
def made(request: pytest.FixtureRequest, prm_folder: Path, policy_folder: Path) -> tuple[object, Measure]:
    if request.param == "class":
        return load_scorer(prm_folder, "cpu").model, ClassProbability(1)
    return load_policy(policy_folder, "cpu").model, LogProbability()


@torch.inference_mode()
def by_hand(model: object, measure: Measure, each: Reading) -> list[float]:
    logits = model(torch.tensor([each.ids])).logits[0]  # type: ignore[operator]
    if measure.ahead:
        return [float(logits[place - 1].log_softmax(-1)[each.ids[place]]) for place in each.places]
    return [float(logits[place].softmax(-1)[1]) for place in each.places]


def scorer(made: tuple[object, Measure], rows: int = 8, budget: int = 10_000_000) -> TokenScorer:
    model, measure = made
    return TokenScorer(choose_network(model, 256), measure, rows, Snapshots(budget))


def trees() -> st.SearchStrategy[list[Reading]]:
    """Traces of a few different steps, so that many begin alike."""
    step = st.sampled_from([(40,), (41, 42), (41, 43), tuple(range(50, 70))])
    return st.lists(st.lists(step, min_size=1, max_size=4).map(lambda steps: reading(*steps)), min_size=1, max_size=8)


@settings(max_examples=15, deadline=None)
@given(st.lists(trees(), min_size=1, max_size=2), st.sampled_from([1, 3, 8]), st.sampled_from([0, 30_000, 10_000_000]))
def test_shared_reading_changes_no_number(
    made: tuple[object, Measure], calls: list[list[Reading]], rows: int, budget: int
) -> None:
    mine = scorer(made, rows, budget)
    for call in calls:
        for each, read in zip(call, mine.read(call), strict=True):
            assert [value for (value,) in read.outputs] == pytest.approx(by_hand(*made, each), abs=2e-5)


def test_each_token_of_a_tree_is_read_about_once(made: tuple[object, Measure]) -> None:
    long = [tuple(range(20 + number, 50 + number)) for number in range(8)]
    tree = [reading(long[i], long[2 + j], long[4 + k]) for i in range(2) for j in range(2) for k in range(4)]
    tokens = sum(read.tokens for read in scorer(made, rows=32).read(tree))
    distinct = len(OPENING) + 30 * (2 + 4 + 16)
    alone = sum(len(each.ids) for each in tree)
    assert distinct <= tokens <= distinct + 40 < alone / 2
    assert sum(read.tokens for read in scorer(made, rows=32).read(tree * 2)) == tokens


def test_a_cancel_between_batches_keeps_what_was_read(made: tuple[object, Measure]) -> None:
    looks = iter([False, False, True])
    mine = scorer(made, rows=1)
    several = [reading((number, 40 + number)) for number in range(20, 26)]
    with pytest.raises(Cancelled):
        mine.read(several, lambda: next(looks))
    assert mine._known
    assert [value for (value,) in mine.read(several[:1])[0].outputs] == pytest.approx(by_hand(*made, several[0]))


def test_damaged_weights_are_told(made: tuple[object, Measure]) -> None:
    mine = scorer(made)
    run = mine.network.run
    mine.network.run = lambda *arguments: run(*arguments) * float("nan")  # type: ignore[method-assign]
    with pytest.raises(ModelError, match="numbers that are not finite"):
        mine.read([reading((1, 2))])
