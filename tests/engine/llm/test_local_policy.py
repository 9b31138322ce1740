"""The local policy keeps the contract of `engine.policies` with a real, tiny model folder."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest

from engine.llm.decode import Order
from engine.llm.keys_values import shared
from engine.policies import Cancelled, ModelError, Sample, SampleRequest, Watch
from engine.policies.local import LocalPolicy
from engine.problems.game24 import Game24
from engine.tokens import unpack
from tests.helpers.tiny_models import make_tokenizer

PUZZLE = Game24.parse("4 9 10 13")
STEPS = ("13 - 9 = 4 (left: 4 4 10)\n", "10 - 4 = 6 (left: 4 6)\n")
ASKED = SampleRequest(PUZZLE, STEPS, (1, 2, 3), 1.0)
TOKENIZER = make_tokenizer()


@pytest.fixture(scope="module")
def policy(policy_folder: Path) -> LocalPolicy:
    return LocalPolicy(policy_folder, "cpu")


def orders(policy: LocalPolicy, request: SampleRequest, monkeypatch: pytest.MonkeyPatch) -> list[Order]:
    """What the policy asks of the decode loop for a request."""
    seen: list[Order] = []
    decode = policy._decoder.decode

    def spy(asked: list[Order], *rest: object) -> object:
        seen.extend(asked)
        return decode(asked, *rest)

    monkeypatch.setattr(policy._decoder, "decode", spy)
    policy.sample([request], Watch())
    return seen


def test_name_is_the_folders(policy: LocalPolicy) -> None:
    assert policy.name == "tiny-policy"


def test_samples_are_those_of_the_seeds_whatever_shares_the_call(policy: LocalPolicy, policy_folder: Path) -> None:
    other = SampleRequest(Game24.parse("1 2 3"), (), (9,), 0.0, whole=True)
    together = policy.sample([other, ASKED], Watch()).samples[1]
    alone = [
        LocalPolicy(policy_folder, "cpu").sample([replace(ASKED, seeds=(seed,))], Watch()).samples[0][0]
        for seed in ASKED.seeds
    ]
    assert [sample.text for sample in together] == [sample.text for sample in alone]
    assert len({sample.text for sample in together}) == 3


def test_a_sample_fits_its_token_row(policy: LocalPolicy) -> None:
    for sample in policy.sample([ASKED], Watch()).samples[0]:
        row = unpack(sample.tokens)
        assert "".join(token.text for token in row) == sample.text
        assert len(row) == sample.count
        assert sum(token.logprob for token in row) == pytest.approx(sample.logprob)


def test_cost_is_that_of_each_request(policy_folder: Path) -> None:
    fresh = LocalPolicy(policy_folder, "cpu")
    shorter = replace(ASKED, steps=STEPS[:1])
    length = [len(fresh._context(request)) for request in (shorter, ASKED)]
    first = fresh.sample([shorter], Watch())
    other = replace(ASKED, problem=Game24.parse("1 2 3"), steps=())
    second = fresh.sample([ASKED, other], Watch())
    assert [first.costs[0].prompt, first.costs[0].cached] == [length[0], 0]
    assert [second.costs[0].prompt, second.costs[0].cached] == [length[1] - length[0], length[0]]
    assert second.costs[0].calls == 3
    assert second.costs[0].generated == sum(sample.count for sample in second.samples[0])
    assert second.costs[1].cached == shared(fresh._context(ASKED), fresh._context(other)) > 0  # both begin with Make


def test_the_context_is_the_turn_and_the_steps(policy: LocalPolicy, monkeypatch: pytest.MonkeyPatch) -> None:
    order = orders(policy, ASKED, monkeypatch)[0]
    assert TOKENIZER.decode(order.context) == f"<|user|>{PUZZLE.prompt}<|assistant|>{''.join(STEPS)}"
    assert (order.seed, order.temperature, order.step_ends) == (1, 1.0, PUZZLE.step_ends)
    assert order.max_tokens == PUZZLE.max_step_tokens


@pytest.mark.parametrize(
    ("changes", "ends", "most"),
    [
        ({"thinking": True}, ("\n",), 217),  # a paragraph, as far as the model reads
        ({"thinking": True, "steps": ("Try 13 - 9\n", "</think>\n")}, (")\n",), 48),
        ({"thinking": True, "whole": True, "max_tokens": 7}, (), 7),
        ({"whole": True, "steps": ()}, (), 192),
    ],
)
def test_where_a_sample_ends(
    policy: LocalPolicy,
    monkeypatch: pytest.MonkeyPatch,
    changes: dict[str, object],
    ends: tuple[str, ...],
    most: int,
) -> None:
    order = orders(policy, replace(ASKED, **changes), monkeypatch)[0]  # type: ignore[arg-type]
    assert (order.step_ends, order.max_tokens) == (ends, most)
    assert ("<think>" in TOKENIZER.decode(order.context)) == ("thinking" in changes)


def test_text_under_way_is_told_with_its_place(policy: LocalPolicy) -> None:
    told: dict[tuple[int, int], str] = {}
    watch = Watch(writing=lambda request, index, text: told.__setitem__((request, index), text))
    samples = policy.sample([replace(ASKED, seeds=(7,)), ASKED], watch).samples
    written = {(r, i): sample.text for r, mine in enumerate(samples) for i, sample in enumerate(mine)}
    assert told.keys() == written.keys()
    assert all(written[place].startswith(text.rstrip("\N{REPLACEMENT CHARACTER}")) for place, text in told.items())


def test_a_cancel_ends_the_call_and_the_next_call_works(policy: LocalPolicy) -> None:
    with pytest.raises(Cancelled):
        policy.sample([ASKED], Watch(cancelled=lambda: True))
    assert policy.sample([ASKED], Watch()).samples


def test_a_trace_that_fills_the_context_gets_empty_samples(policy: LocalPolicy) -> None:
    full = replace(ASKED, steps=STEPS * 20)
    sampled = policy.sample([full, ASKED], Watch())
    assert sampled.samples[0] == (Sample("", None, 0, "length"),) * 3
    assert sampled.costs[0].calls == 0
    assert all(sample.count for sample in sampled.samples[1])


def test_a_trace_near_the_end_of_the_context_is_cut_there(policy: LocalPolicy) -> None:
    near = replace(ASKED, steps=STEPS * 8, whole=True, max_tokens=500)
    context = len(policy._context(near))
    assert all(sample.count <= 256 - context for sample in policy.sample([near], Watch()).samples[0])


def test_a_problem_that_is_too_long_is_told(policy: LocalPolicy) -> None:
    class Story(Game24):
        prompt = "far too long " * 100

    with pytest.raises(ModelError, match=r"The problem takes \d+ tokens, but the model tiny-policy reads at most 256"):
        policy.sample([replace(ASKED, problem=Story((1, 2, 3)))], Watch())


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("DefaultCPUAllocator: can't allocate memory")])
def test_a_full_memory_is_told(policy: LocalPolicy, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr(policy._decoder.network, "run", Mock(side_effect=error))
    with pytest.raises(ModelError, match="not enough memory for tiny-policy"):
        policy.sample([replace(ASKED, seeds=(10**9,), steps=("new\n",))], Watch())


def test_nothing_asked_is_nothing_done(policy: LocalPolicy) -> None:
    assert policy.sample([], Watch()).samples == ()
    assert policy.sample([replace(ASKED, seeds=())], Watch()).samples == ((),)


def test_a_broken_folder_is_told(policy_folder: Path, tmp_path: Path) -> None:
    broken = Path(shutil.copytree(policy_folder, tmp_path / "broken"))
    (broken / "config.json").unlink()
    with pytest.raises(ModelError, match=r"broken has no config\.json"):
        LocalPolicy(broken)


def test_the_tokens_of_what_is_given_are_kept(policy: LocalPolicy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the text alone would be read as other tokens: `13` is one, `1` and `3` are two."""
    vocabulary = policy._vocabulary
    one, three = vocabulary.encode_step("1") + vocabulary.encode_step("3")
    assert vocabulary.encode_step("13") != (one, three)
    asked = replace(ASKED, given="13", given_ids=(one, three))
    order = orders(policy, asked, monkeypatch)[0]
    assert order.context[-2:] == (one, three)
    assert order.given == "13"


@pytest.mark.parametrize("ids", [(), (-1,), (10**6,), (1,), (7, 7)])
def test_tokens_that_are_not_the_texts_are_not_believed(
    policy: LocalPolicy, monkeypatch: pytest.MonkeyPatch, ids: tuple[int, ...]
) -> None:
    """A file from elsewhere may name any numbers, those of control tokens, or another model's."""
    order = orders(policy, replace(ASKED, given="13", given_ids=ids), monkeypatch)[0]
    assert order.context[-1:] == policy._vocabulary.encode_step("13")
