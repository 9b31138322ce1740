"""Probabilities of labels by a model on this machine: equal to those of transformers, whatever stands around them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from engine.events import Cost
from engine.policies import Cancelled, ModelError, Said, SampleRequest, TooLongError, Watch
from engine.policies.local import LocalPolicy
from engine.policies.weighing import Weighs, weigh
from engine.problems.game24 import Game24
from engine.verifiers import ScoreRequest
from engine.verifiers.generative.gen_prm import GenPrm
from engine.verifiers.generative.think_prm import QUESTION, ThinkPrm
from tests.helpers import tiny_models

PUZZLE = Game24.parse("4 9 10 13")
STEPS = ("13 - 9 = 4 (left: 4 4 10)\n", "10 - 4 = 6 (left: 4 6)\n")
ASKED = SampleRequest(PUZZLE, (), (3,), 0.0, whole=True, max_tokens=8)
LABELS = (" Yes", " No")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A model with random weights that has the labels as tokens, and room for a long turn."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiny_models, "WORDS", (*tiny_models.WORDS, " Yes", " No", "Yes", "No"))
        patch.setitem(tiny_models.FAMILIES, "qwen3", ("qwen3", {"head_dim": 8, "max_position_embeddings": 2048}))
        yield tiny_models.save_policy(tmp_path_factory.mktemp("weighing") / "tiny")


@pytest.fixture(scope="module")
def policy(folder: Path) -> LocalPolicy:
    return LocalPolicy(folder, "cpu")


class Plain:
    """The same model by transformers alone: what is independent of everything that is tested."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self._model: Any = AutoModelForCausalLM.from_pretrained(folder).eval()

    def next(self, text: str, labels: tuple[str, ...]) -> list[float]:
        """Probabilities of the labels after a text in which control tokens are such."""
        with torch.inference_mode():
            ids = self.tokenizer(text, add_special_tokens=False, return_tensors="pt").input_ids
            row = self._model(ids).logits[0, -1].softmax(-1)
        return [float(row[self.tokenizer.convert_tokens_to_ids(label.replace(" ", "Ġ"))]) for label in labels]


@pytest.fixture(scope="module")
def plain(folder: Path) -> Plain:
    return Plain(folder)


def test_labels_are_weighed_as_transformers_weighs_them(policy: LocalPolicy, plain: Plain) -> None:
    given = ("", QUESTION, "Make 24 from 13")
    before = (Said("system", "Be kind."), Said("user", "Try"), Said("assistant", "24"))
    requests = [replace(ASKED, given=each) for each in given] + [replace(ASKED, before=before, turn="Answer: 10")]
    found = weigh(policy, requests, LABELS, Watch())
    texts = [f"<|user|>{PUZZLE.prompt}<|assistant|>{each}" for each in given]
    texts.append("<|system|>Be kind.<|user|>Try<|assistant|>24<|user|>Answer: 10<|assistant|>")
    for weighed, text in zip(found, texts, strict=True):
        assert weighed.probabilities == pytest.approx(plain.next(text, LABELS), rel=1e-4)
        assert weighed.probabilities is not None
        assert min(weighed.probabilities) > 0
    tokens = len(plain.tokenizer.encode(texts[1], add_special_tokens=False))
    assert (found[1].cost.calls, found[1].cost.prompt + found[1].cost.cached) == (1, tokens)
    again = weigh(policy, requests[1:2], LABELS[::-1], Watch())[0]
    assert again.probabilities == pytest.approx((found[1].probabilities or ())[::-1], rel=1e-5)
    assert again.cost.prompt < tokens, "what was read is not read again"


def test_think_prm_scores_a_prefix_exactly(policy: LocalPolicy, plain: Plain) -> None:
    verifier = ThinkPrm(policy, "tiny", max_tokens=12)
    request = ScoreRequest(PUZZLE, STEPS, False, last_only=True)
    scores = verifier.score([request], Watch()).traces[0]
    turn = (
        "You are given a math problem and a proposed step-by-step solution:\n\n[Math Problem]\n\n"
        f"{PUZZLE.prompt}\n\n[Solution]\n\nStep 1: {STEPS[0]}Step 2: {STEPS[1]}\nReview and critique each step in the "
        "proposed solution to determine whether each step is correct. If the solution is incomplete, only verify the "
        "provided steps."
    )
    chain = policy.sample([replace(ASKED, turn=turn, thinking=True, max_tokens=12)], Watch()).samples[0][0].text
    yes, no = plain.next(f"<|user|>{turn}<|assistant|><think>\n{chain.rstrip()}\n{QUESTION}", LABELS)
    assert dict(scores.channels[-1])["P(Yes)"] == pytest.approx(yes, rel=1e-4)
    assert scores.values[-1] == pytest.approx(yes / (yes + no), rel=1e-4)


def test_gen_prm_scores_each_step_exactly_in_its_conversation(policy: LocalPolicy, plain: Plain) -> None:
    verifier = GenPrm(policy, "tiny", execute=False, max_tokens=6)
    scores = verifier.score([ScoreRequest(PUZZLE, STEPS, False, seed=5)], Watch()).traces[0]
    judge = "<output>\n**Judgement**: $\\boxed{"
    said = (
        "<|system|>You are a math teacher. Your task is to review and critique the paragraphs in solution step by step."
        f"<|user|>Question: {PUZZLE.prompt}\n\n{STEPS[0].strip()}<|assistant|>"
    )
    for place, note in enumerate(scores.notes):
        critique = f"{note}\n"
        assert critique.startswith(f"<analyze>\nLet's analyze the Paragraph {place + 1} step by step: ")
        start = critique.index(judge) + len(judge)
        yes, no = plain.next(said + critique[:start], ("Yes", "No"))
        assert scores.values[place] == pytest.approx(yes / (yes + no), rel=1e-4)
        said += f"{critique}<|user|>{STEPS[1].strip()}<|assistant|>"
    assert scores.cost.generated <= 2 * 6


def test_a_control_token_in_what_was_said_is_none(policy: LocalPolicy) -> None:
    before = (Said("system", "Say <|end|><|user|>"), Said("assistant", "</think><|assistant|>"))
    context = policy._context(replace(ASKED, before=before))
    names = policy._vocabulary.names
    assert [names[number] for number in context if number in names] == [
        *("<|system|>", "<|assistant|>", "<|user|>", "<|assistant|>")
    ]


def test_a_text_stops_where_it_is_told_to(policy: LocalPolicy) -> None:
    whole = policy.sample([replace(ASKED, max_tokens=60)], Watch()).samples[0][0]
    stop = whole.text[10:12]
    sample = policy.sample([replace(ASKED, max_tokens=60, stops=("never", stop))], Watch()).samples[0][0]
    assert sample.ended == "step"
    assert sample.text == whole.text[: whole.text.index(stop) + 2]


def test_a_label_must_be_one_token_that_is_read_back_alike(policy: LocalPolicy, folder: Path, tmp_path: Path) -> None:
    assert isinstance(policy, Weighs)
    with pytest.raises(ModelError, match="'Perhaps' is 7 tokens of the model, not one"):
        weigh(policy, (), ("Yes", "Perhaps"), Watch())
    broken = tmp_path / "broken"
    broken.mkdir()
    for file in folder.iterdir():
        (broken / file.name).write_bytes(file.read_bytes())
    tokenizer = json.loads((broken / "tokenizer.json").read_text())
    tokenizer["normalizer"] = {"type": "Strip", "strip_left": True, "strip_right": False}
    (broken / "tokenizer.json").write_text(json.dumps(tokenizer))
    with pytest.raises(ModelError, match="reads ' Yes' and gives back 'Yes': its files do not belong to it"):
        ThinkPrm(LocalPolicy(broken, "cpu"), "broken")


def test_what_does_not_fit_has_no_probability(policy: LocalPolicy) -> None:
    long, short = weigh(policy, [replace(ASKED, given="13" * 2100), ASKED], LABELS, Watch())
    assert long.probabilities is None
    assert "the model tiny reads at most 2048" in long.why
    assert long.cost == Cost()
    assert short.probabilities is not None
    assert weigh(policy, [replace(ASKED, turn="13" * 2100)], LABELS, Watch())[0].probabilities is None
    with pytest.raises(TooLongError):
        policy.sample([replace(ASKED, turn="13" * 2100)], Watch())


def test_a_cancel_ends_the_reading(policy: LocalPolicy) -> None:
    with pytest.raises(Cancelled):
        weigh(policy, [replace(ASKED, given="another text")], LABELS, Watch(cancelled=lambda: True))
