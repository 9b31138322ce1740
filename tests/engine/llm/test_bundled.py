"""The bundled models compute here what they compute in transformers."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoModelForTokenClassification, AutoTokenizer

from engine.llm.bundled import POLICY, PRM
from engine.policies import SampleRequest, Watch
from engine.policies.local import LocalPolicy
from engine.problems.game24 import Game24
from engine.problems.problem import Problem
from engine.problems.words import WordProblem
from engine.tokens import unpack
from engine.verifiers import ScoreRequest
from engine.verifiers.prm import PrmVerifier

PUZZLE = Game24.parse("4 9 10 13")
STEPS = ("13 - 9 = 4 (left: 4 4 10)\n", "10 - 4 = 6 (left: 4 6)\n", "6 * 4 = 24 (left: 24)\n")
ANSWER = "Answer: (10 - 4) * (13 - 9) = 24"
STORY = WordProblem.parse("Tom has 5 boxes with 7 pens each. Tom gives away 12 pens. How many pens are left?")


@pytest.fixture(scope="module")
def policy() -> LocalPolicy:
    return LocalPolicy(POLICY, "cpu")


@pytest.mark.parametrize("problem", [PUZZLE, STORY])
@pytest.mark.parametrize("thinking", [False, True])
def test_greedy_equals_generate(policy: LocalPolicy, problem: Problem, thinking: bool) -> None:
    request = SampleRequest(problem, (), (0,), 0.0, whole=True, thinking=thinking, max_tokens=100)
    model = AutoModelForCausalLM.from_pretrained(POLICY, dtype=torch.float32)
    tokenizer = AutoTokenizer.from_pretrained(POLICY)
    prompt = tokenizer.apply_chat_template(
        [{"role": "user", "content": problem.prompt}],
        add_generation_prompt=True,
        enable_thinking=thinking,
        return_tensors="pt",
    )["input_ids"]
    written = model.generate(prompt, attention_mask=torch.ones_like(prompt), do_sample=False, max_new_tokens=100)
    wanted = tokenizer.decode(written[0, prompt.shape[1] :], skip_special_tokens=True)
    assert policy.sample([request], Watch()).samples[0][0].text == wanted


@pytest.mark.parametrize("thinking", [False, True])
def test_a_step_goes_on_from_any_of_its_tokens(policy: LocalPolicy, thinking: bool) -> None:
    """Greedily it ends as it did: the kept tokens are the very ones, and a step end may begin in them."""
    request = SampleRequest(PUZZLE, () if thinking else STEPS[:1], (0,), 0.0, thinking=thinking)
    (whole,) = policy.sample([request], Watch()).samples[0]
    row = unpack(whole.tokens)
    assert len(row) > 5
    for kept in range(1, len(row)):
        given = "".join(token.text for token in row[:kept])
        asked = replace(request, given=given, given_ids=tuple(token.id for token in row[:kept]))
        (rest,) = policy.sample([asked], Watch()).samples[0]
        assert (given + rest.text, rest.ended) == (whole.text, "step")
        assert [token.id for token in unpack(rest.tokens)] == [token.id for token in row[kept:]]


def test_alternatives_know_their_tokens(policy: LocalPolicy) -> None:
    (sample,) = policy.sample([SampleRequest(PUZZLE, (), (0,), 1.0)], Watch()).samples[0]
    for token in unpack(sample.tokens):
        assert all(policy._vocabulary.label(other.id) == other.text for other in token.alternatives)


def test_proposals_are_steps(policy: LocalPolicy) -> None:
    samples = policy.sample([SampleRequest(PUZZLE, (), tuple(range(8)), 1.0)], Watch()).samples[0]
    assert all(sample.ended == "step" and sample.text.endswith(")\n") for sample in samples)
    assert any(PUZZLE.check_step([sample.text]).correct for sample in samples)


def test_scores_equal_transformers() -> None:
    scores = PrmVerifier(PRM, "cpu").score([ScoreRequest(PUZZLE, (*STEPS, ANSWER), True)], Watch()).traces[0]
    model = AutoModelForTokenClassification.from_pretrained(PRM, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(PRM)
    text = f"<|user|>{PUZZLE.prompt}<|assistant|>{''.join(STEPS)}{ANSWER}<|end|>"
    ids = tokenizer(text, return_tensors="pt")["input_ids"]
    ends = [place for place, token in enumerate(ids[0].tolist()) if tokenizer.decode([token]) in (")\n", "<|end|>")]
    with torch.no_grad():
        probabilities = model(ids).logits[0].softmax(-1)[ends, 1]
    assert scores.values == pytest.approx(probabilities.tolist(), abs=1e-5)
