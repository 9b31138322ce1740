"""The training loop, batches and export, on a model of a few thousand weights."""

from __future__ import annotations

import json
import os
import random
import signal
from collections.abc import Iterable
from pathlib import Path

import pytest
import torch
from torch import Tensor
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel, Qwen3Config, Qwen3ForCausalLM

from engine.learning.best import HELD_OUT, BestWeights
from engine.learning.examples import IGNORED, Batch, Codec, Labelled, Stream, padded
from engine.learning.export import export_model, load_policy
from engine.learning.loop import Schedule, Training, TrainingStateError, TrainProgress
from engine.learning.number_puzzles import Example, draw_short
from engine.learning.number_traces import Trace
from engine.learning.prm_report import Readings, fit_temperature, fold_temperature, read
from engine.learning.step_marks import StepMarker
from engine.learning.train_policy import next_token_logits
from engine.learning.train_prm import LABELS, make_prm

TOKENIZER = AutoTokenizer.from_pretrained(Path(__file__).parents[3] / "resources" / "models" / "policy")
CODEC = Codec(TOKENIZER)


def tiny_policy(seed: int = 0) -> Qwen3ForCausalLM:
    torch.manual_seed(seed)
    return Qwen3ForCausalLM(
        Qwen3Config(
            vocab_size=len(TOKENIZER),
            hidden_size=16,
            intermediate_size=32,
            num_hidden_layers=1,
            num_attention_heads=2,
            num_key_value_heads=2,
            head_dim=8,
            max_position_embeddings=256,
            tie_word_embeddings=True,
            bos_token_id=None,
            eos_token_id=CODEC.end,
            pad_token_id=CODEC.pad,
        )
    )


def tiny_stream(seed: int = 1) -> Stream:
    return Stream(lambda rng: CODEC.policy_example(draw_short(rng)), 8, 120, seed, CODEC.pad, pool=2)


def tiny_training(
    state_file: Path, save_every: int = 100, best: BestWeights | None = None, origin: str = ""
) -> Training:
    schedule = Schedule(6, muon_rate=1e-2, adamw_rate=1e-2, warm_up=1)
    streams = {"puzzles": tiny_stream()}
    return Training(
        "tiny",
        tiny_policy(),
        streams,
        next_token_logits,
        schedule,
        state_file,
        save_every=save_every,
        best=best,
        origin=origin,
    )


def weights(model: PreTrainedModel) -> dict[str, Tensor]:
    return {name: tensor.clone() for name, tensor in model.state_dict().items()}


class Told:
    """Tells a model the losses that it was given, one after the other, and remembers what it was shown."""

    def __init__(self, losses: Iterable[float]) -> None:
        self.losses, self.shown = iter(losses), list[dict[str, Tensor]]()

    def __call__(self, model: PreTrainedModel) -> float:
        assert not model.training
        self.shown.append(weights(model))
        return next(self.losses)


def same(one: dict[str, Tensor], other: dict[str, Tensor]) -> bool:
    return all(torch.equal(one[name], other[name]) for name in one)


class BrokenOffError(Exception):
    """Stands for a training that is broken off."""


def test_a_training_learns_reports_and_goes_on_where_it_was_broken_off(tmp_path: Path) -> None:
    seen: list[TrainProgress] = []
    whole = tiny_training(tmp_path / "whole.safetensors")
    whole.run(seen.append)
    assert seen[-1].step == seen[-1].steps == 6
    assert 0 < seen[-1].losses["puzzles"] < 8.3
    assert "step 6/6" in str(seen[-1])

    first = tiny_training(tmp_path / "broken.safetensors", save_every=3)

    def scored_four_times(model: PreTrainedModel, batch: Batch) -> tuple[Tensor, Tensor]:
        if first.step == 4:
            raise BrokenOffError
        return next_token_logits(model, batch)

    first.scored = scored_four_times
    with pytest.raises(BrokenOffError):
        first.run(seen.append)
    second = tiny_training(tmp_path / "broken.safetensors")
    second.run(seen.append)
    assert second.step == 6
    for one, other in zip(whole.model.parameters(), second.model.parameters(), strict=True):
        torch.testing.assert_close(one, other)


def test_the_weights_with_the_least_loss_on_what_is_held_out_are_kept(tmp_path: Path) -> None:
    told, seen = Told([3.0, 1.0, 2.0, 2.5]), list[TrainProgress]()
    training = tiny_training(tmp_path / "state.safetensors", best=BestWeights(told, 2))
    training.run(seen.append)
    assert training.best is not None
    assert (training.best.step, training.best.loss) == (2, 1.0)
    assert seen[-1].losses[HELD_OUT] == 2.5
    assert same(weights(training.model), told.shown[1])
    assert not same(told.shown[1], told.shown[3])
    assert not training.model.training


def test_what_only_got_worse_keeps_the_weights_that_it_began_with(tmp_path: Path) -> None:
    told = Told([1.0, 2.0, float("nan"), 1.0])
    training = tiny_training(tmp_path / "state.safetensors", best=BestWeights(told, 2))
    training.run(lambda _: None)
    assert same(weights(training.model), weights(tiny_policy()))


@pytest.mark.skipif(os.name == "nt", reason="signals are sent in another way there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_waits_for_the_end_of_a_step_and_its_state_and_best_weights_are_gone_on_from(
    number: signal.Signals, tmp_path: Path
) -> None:
    state, before = tmp_path / "state.safetensors", signal.getsignal(number)
    first = tiny_training(state, best=BestWeights(Told([3.0, 1.0]), 2), origin="these labels")

    def stopped(model: PreTrainedModel, batch: Batch) -> tuple[Tensor, Tensor]:
        if first.step == 2:
            os.kill(os.getpid(), number)
        return next_token_logits(model, batch)

    first.scored = stopped
    with pytest.raises(KeyboardInterrupt):
        first.run(lambda _: None)
    assert first.step == 3
    assert signal.getsignal(number) == before
    told = Told([2.0, 2.0])
    second = tiny_training(state, best=BestWeights(told, 2), origin="these labels")
    second.run(lambda _: None)
    assert second.best is not None
    assert (second.best.step, second.best.loss, len(told.shown)) == (2, 1.0, 2)
    other = Told([9.0, 1.0, 2.0, 3.0])
    whole = tiny_training(tmp_path / "whole.safetensors", best=BestWeights(other, 2))
    whole.run(lambda _: None)
    assert same(weights(second.model), weights(whole.model))
    assert same(told.shown[1], other.shown[3]), "the last step is the same, too"


def test_the_state_of_another_training_is_not_gone_on_from(tmp_path: Path) -> None:
    state = tmp_path / "state.safetensors"
    tiny_training(state, origin="these labels").run(lambda _: None)
    seen: list[TrainProgress] = []
    tiny_training(state, origin="more labels").run(seen.append)
    assert [one.step for one in seen] == [6]
    again: list[TrainProgress] = []
    tiny_training(state, origin="more labels").run(again.append)
    assert again == [], "the same one has ended already"


def test_a_state_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(TrainingStateError, match=r"could not be saved in .*state\.safetensors"):
        tiny_training(tmp_path / "file" / "state.safetensors").run(lambda _: None)


@pytest.mark.parametrize("body", [b"", b"no state", b"\x08\0\0\0\0\0\0\0{}      ", b"PK\x03\x04cut off"])
def test_a_damaged_state_is_named_in_a_sentence(tmp_path: Path, body: bytes) -> None:
    state = tmp_path / "broken.safetensors"
    state.write_bytes(body)
    with pytest.raises(TrainingStateError, match=r"broken\.safetensors holds no state .* remove it"):
        tiny_training(state).run(print)


def test_the_rate_rises_holds_and_falls() -> None:
    schedule = Schedule(1000, muon_rate=1.0, adamw_rate=1.0, warm_up=10, constant_until=0.4, floor=0.02)
    assert schedule.factor(0) == pytest.approx(0.1)
    assert schedule.factor(399) == 1.0
    assert schedule.factor(700) == pytest.approx(0.5)
    assert schedule.factor(999) == pytest.approx(0.02)


def test_only_the_completion_counts() -> None:
    item = CODEC.policy_example(Example("Make 24 from 4 9.", "<think>\n", "Answer"))
    counted = [token for token, label in zip(item.ids, item.labels, strict=True) if label != IGNORED]
    assert CODEC.text(counted) == "Answer<|end|>"
    assert CODEC.text(item.ids) == "<|user|>Make 24 from 4 9.<|assistant|><think>\nAnswer<|end|>"


def test_a_stream_repeats_from_its_seed_and_can_skip() -> None:
    one, other, third = tiny_stream(3), tiny_stream(3), tiny_stream(4)
    one.skip(5)
    for _ in range(5):
        other.next()
    assert torch.equal(one.next().ids, other.next().ids)
    assert not torch.equal(third.next().ids[:, :4], tiny_stream(3).next().ids[:, :4])


def test_padding_is_ignored() -> None:
    batch = padded([Labelled([1, 2, 3], [IGNORED, 2, 3]), Labelled([1], [IGNORED])], pad=0)
    assert batch.ids.tolist() == [[1, 2, 3], [1, 0, 0]]
    assert batch.labels.tolist() == [[IGNORED, 2, 3], [IGNORED] * 3]


def test_marks_stand_at_step_ends_and_at_the_end_of_an_answer() -> None:
    marked = StepMarker(CODEC)
    steps = ("13 - 9 = 4 (left: 4 4 10)\n", "It is 4 * 4 = 16 pens.\n", "Answer: 4")
    item = marked(Trace("Make 24 from 4 9 10 13.", steps, (1, 0, 1)))
    read_at = [(CODEC.text([token]), label) for token, label in zip(item.ids, item.labels, strict=True) if label >= 0]
    assert read_at == [(")\n", 1), (".\n", 0), ("<|end|>", 1)]
    opening = marked(Trace("Make 24 from 4 9 10 13.", steps[:1], (1,)))
    assert opening.ids[-1] != CODEC.end
    assert opening.labels[-1] == 1


def test_an_exported_folder_is_whole_clean_and_loads(tmp_path: Path) -> None:
    policy, out = tiny_policy(), tmp_path / "policy"
    export_model(policy, TOKENIZER, "# A card\n", out)
    export_model(policy, TOKENIZER, "# Another card\n", out)
    names = {file.name for file in out.iterdir()}
    assert {"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "README.md"} <= names
    assert "chat_template.jinja" in names
    assert [entry.name for entry in tmp_path.iterdir()] == ["policy"]
    settings = json.loads((out / "tokenizer_config.json").read_text(encoding="utf-8"))
    assert settings["tokenizer_class"] == "PreTrainedTokenizerFast"
    assert not {"is_local", "local_files_only"} & set(settings)
    model = AutoModelForCausalLM.from_pretrained(out)
    assert model.dtype == torch.float32
    ids = torch.tensor([CODEC.prompt_ids("Make 24 from 4 9 10 13.")])
    torch.testing.assert_close(model(ids).logits, policy(ids).logits, atol=2e-2, rtol=2e-2)
    assert AutoTokenizer.from_pretrained(out).get_vocab() == TOKENIZER.get_vocab()
    assert load_policy(out)[0].training is False


def test_the_reward_model_starts_from_the_policy() -> None:
    policy = tiny_policy()
    model = make_prm(policy)
    assert model.config.id2label == LABELS
    assert torch.equal(model.model.embed_tokens.weight, policy.model.embed_tokens.weight)
    assert model.dropout.p == 0.0


def test_readings_are_sorted_by_position_and_temperature_makes_them_softer() -> None:
    model = make_prm(tiny_policy()).eval()
    trace = Trace("Make 24 from 4 9 10 13.", ("13 - 9 = 4 (left: 4 4 10)\n", "Answer: 4"), (1, 0))
    before = read(model, CODEC, [trace, trace])
    assert list(before) == ["step 1", "answer"]
    fold_temperature(model, 2.0)
    after = read(model, CODEC, [trace])
    assert after["step 1"].margins[0] == pytest.approx(before["step 1"].margins[0] / 2, abs=1e-5)


def test_the_fitted_temperature_undoes_boasting() -> None:
    rng = random.Random(0)
    margins = [rng.uniform(-3, 3) for _ in range(4000)]
    chances = torch.sigmoid(torch.tensor(margins)).tolist()
    labels = [int(rng.random() < chance) for chance in chances]
    boastful = Readings([3 * margin for margin in margins], labels)
    assert fit_temperature([boastful]) == pytest.approx(3.0, rel=0.1)
