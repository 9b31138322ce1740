"""The decode loop: equal to transformers, independent of the batch, stopped by text, cancelled at once."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from engine.llm.decode import Decoder, Order, Written
from engine.llm.fast import FastNetwork
from engine.llm.keys_values import CacheShape, Snapshots
from engine.llm.network import CachedNetwork, RecomputingNetwork, choose_network
from engine.llm.text import Vocabulary
from engine.policies import Cancelled, ModelError
from tests.helpers.scripted_network import Scripted
from tests.helpers.tiny_models import FAMILIES, make_model, make_tokenizer

END = 1
TOKENIZER = make_tokenizer()
VOCABULARY = Vocabulary(TOKENIZER, len(TOKENIZER))
RAGGED = [tuple((7 * place + length) % 200 + 7 for place in range(length)) for length in (3, 12, 11, 30, 1)]
"""Contexts of different lengths, so that rows are padded."""


def decoder(network: Any, max_rows: int = 128, budget: int = 10**8) -> Decoder:
    return Decoder(network, VOCABULARY, {END}, max_rows, Snapshots(budget))


def random_decoder(family: str = "qwen3", **settings: int) -> Decoder:
    model = make_model(family)
    return decoder(choose_network(model, 256), **settings)


def says(text: str, *step_ends: str, max_tokens: int = 99, ids: list[int] | None = None) -> Written:
    script = TOKENIZER.encode(text) if ids is None else ids
    order = Order((5,), 0, 0.0, max_tokens, step_ends)
    return decoder(Scripted([*script, END, END])).decode([order])[0]


@pytest.mark.parametrize("family", FAMILIES)
def test_greedy_equals_generate_in_a_ragged_batch(family: str) -> None:
    model = make_model(family)
    written = decoder(choose_network(model, 256)).decode([Order(ids, 0, 0.0, 24) for ids in RAGGED])
    for context, one in zip(RAGGED, written, strict=True):
        ids = torch.tensor([context])
        wanted = model.generate(
            ids, attention_mask=torch.ones_like(ids), do_sample=False, max_new_tokens=24, pad_token_id=0
        )
        assert list(one.ids) == wanted[0, len(context) :].tolist()


@pytest.mark.parametrize(
    ("family", "kind"),
    [
        ("qwen3", FastNetwork),
        ("llama", FastNetwork),
        ("qwen2", FastNetwork),
        ("gpt2", CachedNetwork),
        ("window", CachedNetwork),
        ("mamba", RecomputingNetwork),
    ],
)
def test_each_family_runs_on_the_fastest_network_that_is_right(family: str, kind: type) -> None:
    assert isinstance(choose_network(make_model(family), 256), kind)


def test_a_network_that_is_built_otherwise_is_not_computed_directly() -> None:
    model = make_model("qwen3")
    model.model.norm.forward = lambda x: x * 2
    assert isinstance(choose_network(model, 256), CachedNetwork)


@pytest.mark.parametrize("family", ["qwen3", "gpt2", "mamba"])
def test_a_text_depends_on_seed_and_context_only(family: str) -> None:
    orders = [Order(context, seed, 1.0, 20) for context in RAGGED for seed in (3, 2**64 - 1)]
    orders += [Order(RAGGED[0], 5, 0.0, 20), Order(RAGGED[1], 5, 0.7, 20)]
    together = random_decoder(family).decode(orders)
    alone = [random_decoder(family).decode([order])[0] for order in orders]
    split = random_decoder(family, max_rows=3).decode(orders[::-1])[::-1]
    warm = random_decoder(family)
    warm.decode(orders[:3])
    assert [one.ids for one in together] == [one.ids for one in alone]
    assert [one.ids for one in together] == [one.ids for one in split]
    assert [one.ids for one in together] == [one.ids for one in warm.decode(orders)]
    assert len({one.ids for one in together}) > len(orders) // 2


def test_frequencies_follow_the_probabilities() -> None:
    written = random_decoder().decode([Order(RAGGED[1], seed, 2.0, 1) for seed in range(4000)], details=False)
    with torch.no_grad():
        logits = make_model("qwen3")(torch.tensor([RAGGED[1]])).logits[0, -1]
    probabilities = (logits / 2).softmax(-1)
    counts = torch.bincount(torch.tensor([one.ids[0] for one in written]), minlength=len(logits))
    expected = probabilities * len(written)
    squares = (counts - expected).square() / expected
    assert float(squares.sum()) < 1.4 * len(logits)  # chi squared, of about as many degrees of freedom


def test_numbers_of_a_token_are_those_of_the_distribution() -> None:
    model = make_model("qwen3")
    one = decoder(choose_network(model, 256)).decode([Order(RAGGED[1], 1, 1.7, 4)])[0]
    ids = torch.tensor([[*RAGGED[1], *one.ids]])
    with torch.no_grad():
        logprobs = model(ids).logits[0, len(RAGGED[1]) - 1 : -1].log_softmax(-1)
    for token, row in zip(one.tokens, logprobs, strict=True):
        best = row.exp().topk(5)
        assert token.logprob == pytest.approx(float(row[token.id]), abs=1e-4)
        assert token.entropy == pytest.approx(float(-(row.exp() * row).sum()), abs=1e-4)
        assert [each.probability for each in token.alternatives] == pytest.approx(best.values.tolist(), abs=1e-5)
        assert [each.text for each in token.alternatives] == [VOCABULARY.label(i) for i in best.indices.tolist()]
    assert one.logprob == pytest.approx(sum(token.logprob for token in one.tokens))


def test_a_snapshot_saves_reading_and_changes_nothing() -> None:
    warm, cold = random_decoder(), random_decoder(budget=0)
    longer = (*RAGGED[3], 9, 10, 11)
    assert warm.decode([Order(RAGGED[3], 0, 0.0, 8)])[0].cached == 0
    again, fresh = (each.decode([Order(longer, 0, 0.0, 8)])[0] for each in (warm, cold))
    assert (again.cached, fresh.cached) == (len(RAGGED[3]), 0)
    assert again.ids == fresh.ids
    assert again.logprob == pytest.approx(fresh.logprob, abs=1e-4)
    assert len(cold.snapshots) == 0


def test_snapshots_stay_in_their_budget() -> None:
    snapshots = random_decoder(budget=20_000)
    for start in range(20):
        snapshots.decode([Order(tuple(range(start + 7, start + 17)), 0, 0.0, 1)])
    assert 0 < snapshots.snapshots.nbytes <= 20_000
    assert 0 < len(snapshots.snapshots) < 20


@pytest.mark.parametrize(
    ("text", "ends", "kept", "ended"),
    [
        ("13 - 10 = 3 (left: 3)\n13", (")\n",), "13 - 10 = 3 (left: 3)\n", "step"),
        ("No (a) b.\nTry", (")\n", ".\n"), "No (a) b.\n", "step"),
        ("\n\nTry\n24", ("\n",), "\n\nTry\n", "step"),
        ("Answer: 24", (")\n",), "Answer: 24", "end"),
        ("Answer: 24)\n10", (), "Answer: 24)\n10", "end"),
        ("a )\r\n b )\n c", (")\n",), "a )\r\n b )\n", "step"),
    ],
)
def test_a_step_ends_where_its_text_says(text: str, ends: tuple[str, ...], kept: str, ended: str) -> None:
    written = says(text, *ends)
    assert (written.text, written.ended) == (kept, ended)
    assert "".join(token.text for token in written.tokens) == kept


def test_a_step_end_may_be_spread_over_tokens_or_hidden_in_one() -> None:
    byte = TOKENIZER.convert_tokens_to_ids
    assert says("", ")\n", ids=[byte("a"), byte(")"), byte("Ċ"), byte("b")]).text == "a)\n"
    words = Vocabulary(TOKENIZER, len(TOKENIZER))
    words._texts |= {20: ")\nAn", 21: ")\n\n"}
    for number, kept in ((20, "a)\n"), (21, "a)\n\n")):
        script = Scripted([byte("a"), number, END])
        one = Decoder(script, words, {END}, 8, Snapshots(0)).decode([Order((5,), 0, 0.0, 9, (")\n",))])[0]
        assert (one.text, one.ended, len(one.ids)) == (kept, "step", 2)
        assert "".join(token.text for token in one.tokens) == kept


def test_a_limit_of_tokens_cuts_the_text_off() -> None:
    written = says("13 - 10 = 3", max_tokens=3)
    assert (written.text, written.ended, len(written.ids)) == ("13 - 10", "length", 3)


def test_the_token_that_completes_a_character_has_its_text() -> None:
    written = says("é€😀.")
    assert written.text == "é€😀."
    assert [token.text for token in written.tokens] == ["", "é", "", "", "€", "", "", "", "😀", ".", ""]


def test_bytes_that_are_no_character_are_shown_as_replaced() -> None:
    broken = TOKENIZER.encode("é")[:1]
    for ids in (broken, broken * 5):
        written = says("", ids=ids, max_tokens=len(ids))
        assert set(written.text) == {"\N{REPLACEMENT CHARACTER}"}
        assert "".join(token.text for token in written.tokens) == written.text


def test_control_tokens_have_no_text_and_tags_of_a_thought_do() -> None:
    written = says("", ids=[2, *TOKENIZER.encode("<think>a</think>"), 0])
    assert written.text == "<think>a</think>"


def test_text_under_way_is_told_at_every_token() -> None:
    told: list[tuple[int, str]] = []
    script = [*TOKENIZER.encode("13 - 10"), END]
    decoder(Scripted(script)).decode([Order((5,), 0, 0.0, 9)], writing=lambda order, text: told.append((order, text)))
    assert told == [(0, "13"), (0, "13 - "), (0, "13 - 10"), (0, "13 - 10")]


def test_a_cancel_is_honoured_within_one_token() -> None:
    network = Scripted(TOKENIZER.encode("13 - 10 = 3") * 9)
    answers = iter([False, False, False, True])
    with pytest.raises(Cancelled):
        decoder(network).decode([Order((5,), 0, 0.0, 99)], cancelled=lambda: next(answers))
    assert network.calls == 3


def test_a_long_context_is_read_in_chunks_that_can_be_cancelled() -> None:
    network = Scripted([7] * 99)
    answers = iter([False, True])
    with pytest.raises(Cancelled):
        decoder(network).decode([Order((5,) * 3000, 0, 0.0, 9)], cancelled=lambda: next(answers))
    assert network.calls == 1


def test_damaged_weights_are_told() -> None:
    model = make_model("qwen3")
    with torch.no_grad():
        model.model.norm.weight.fill_(float("nan"))
    with pytest.raises(ModelError, match="not finite"):
        decoder(CachedNetwork(model, CacheShape(2, 4, 8, torch.float32, torch.device("cpu")), 256)).decode(
            [Order((5, 6), 0, 1.0, 4)]
        )


def test_without_details_the_texts_are_the_same() -> None:
    orders = [Order(context, 4, 1.0, 9) for context in RAGGED]
    full, bare = random_decoder().decode(orders), random_decoder().decode(orders, details=False)
    assert [one.text for one in full] == [one.text for one in bare]
    assert bare[0].tokens == ()
