"""Contexts are read once, whatever they share, and what is read changes no text."""

from __future__ import annotations

import pytest
from torch import Tensor

from engine.llm.decode import Decoder, Order
from engine.llm.keys_values import KeyValues, Snapshots
from engine.llm.network import Network, choose_network
from engine.llm.text import Vocabulary
from tests.helpers.tiny_models import make_model, make_tokenizer

END = 1
TOKENIZER = make_tokenizer()
VOCABULARY = Vocabulary(TOKENIZER, len(TOKENIZER))
SHORT = tuple(range(9, 20))


def decoder_of(network: Network, max_rows: int = 128, budget: int = 10**8) -> Decoder:
    return Decoder(network, VOCABULARY, {END}, max_rows, Snapshots(budget))


def random_decoder(family: str = "qwen3", **settings: int) -> Decoder:
    return decoder_of(choose_network(make_model(family), 256), **settings)


LONG = tuple((11 * place) % 200 + 7 for place in range(120))
NESTED = [LONG[:length] for length in (30, 31, 60, 90, 120)]
BRANCHES = [(*LONG[:length], 9, 8) for length in (25, 50, 100)] + [(*LONG[:70], *range(40, 70)), (*LONG[:70], 5, 41)]


@pytest.mark.parametrize("family", ["qwen3", "gpt2", "window", "mamba"])
def test_what_contexts_of_one_call_share_is_read_once_and_changes_nothing(family: str) -> None:
    contexts = [*BRANCHES, *NESTED, SHORT]
    orders = [Order(context, seed, 1.0, 8) for context in contexts for seed in (1, 2)]
    together = random_decoder(family).decode(orders)
    alone = [random_decoder(family).decode([order])[0] for order in orders]
    assert [one.ids for one in together] == [one.ids for one in alone]
    assert [one.logprob for one in together] == pytest.approx([one.logprob for one in alone], abs=1e-3)


@pytest.mark.parametrize("max_rows", [128, 3])
def test_prefixes_of_one_trace_cost_the_trace_and_a_token_each(max_rows: int) -> None:
    written = random_decoder(max_rows=max_rows).decode([Order(context, 0, 0.0, 1) for context in NESTED])
    read = sum(len(context) - one.cached for context, one in zip(NESTED, written, strict=True))
    assert read <= len(LONG) + len(NESTED)


def test_branches_are_read_from_where_they_leave_the_trace() -> None:
    written = random_decoder().decode([Order(context, 0, 0.0, 1) for context in (*BRANCHES, LONG)])
    read = [len(context) - one.cached for context, one in zip((*BRANCHES, LONG), written, strict=True)]
    assert read == [2, 2, 2, 30, 2, 120]


class Counting:
    """A network that counts what it computes."""

    def __init__(self, network: Network) -> None:
        self.network, self.shape, self.tokens = network, network.shape, 0

    def run(self, ids: Tensor, batch: KeyValues, last_only: bool) -> Tensor:
        self.tokens += ids.numel()
        return self.network.run(ids, batch, last_only)


def test_tokens_are_computed_as_often_as_the_counters_say() -> None:
    network = Counting(choose_network(make_model("qwen3"), 256))
    written = decoder_of(network).decode([Order(context, 0, 0.0, 1) for context in NESTED])
    read = sum(len(context) - one.cached for context, one in zip(NESTED, written, strict=True))
    assert network.tokens == read + 1  # the longest one's last token again, in the batch of all


def test_without_room_for_snapshots_every_context_is_read_by_itself() -> None:
    orders = [Order(context, 1, 1.0, 6) for context in NESTED]
    cold, warm = random_decoder(budget=0), random_decoder()
    bare = cold.decode(orders)
    assert [one.ids for one in bare] == [one.ids for one in warm.decode(orders)]
    assert {one.cached for one in bare} == {0}


def test_a_snapshot_serves_what_begins_as_it_does() -> None:
    kept = random_decoder()
    kept.decode([Order(LONG, 0, 0.0, 1)])
    assert len(kept.snapshots) == 1
    for context, cached in ((LONG[:40], 39), ((*LONG[:40], 3, 3), 40), (LONG, len(LONG) - 1), ((2, 2), 0)):
        assert kept.decode([Order(context, 0, 0.0, 1)])[0].cached == cached
    assert len(kept.snapshots) == 3  # those that bring something new; a beginning is no news
    kept.decode([Order((*LONG, 4), 0, 0.0, 1)])
    assert len(kept.snapshots) == 3  # the longer one took the place of its beginning
    assert kept.snapshots.holds(LONG)
