"""The outcome reward model speaks of complete traces only, and reads where the turn ends."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import AutoModelForTokenClassification

from engine.llm.bundled import ORM
from engine.policies import ModelError, Watch
from engine.problems.game24 import Game24
from engine.verifiers import ScoreRequest
from engine.verifiers.orm import OrmVerifier
from engine.verifiers.prm import PrmVerifier
from tests.helpers.tiny_models import make_tokenizer, save_policy, save_prm

PUZZLE = Game24.parse("4 9 10 13")
STEPS = (
    "13 - 9 = 4 (left: 4 4 10)\n",
    "10 - 4 = 6 (left: 4 6)\n",
    "6 * 4 = 24 (left: 24)\n",
    "Answer: (10 - 4) * (13 - 9) = 24",
)
WRONG = (*STEPS[:2], "6 + 4 = 10 (left: 10)\n", "Answer: (10 - 4) + (13 - 9) = 10")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_prm(tmp_path_factory.mktemp("orm") / "tiny-orm", seed=3)


def test_only_the_end_of_a_complete_trace_is_scored(folder: Path) -> None:
    orm = OrmVerifier(folder, "cpu")
    assert (orm.name, orm.source) == ("tiny-orm", "orm")
    asked = [ScoreRequest(PUZZLE, STEPS, True), ScoreRequest(PUZZLE, STEPS, False), ScoreRequest(PUZZLE, (), True)]
    whole, unfinished, empty = orm.score(asked, Watch()).traces
    assert unfinished.values == (None,) * 4
    assert (empty.values, unfinished.tokens) == ((), 0)

    model = AutoModelForTokenClassification.from_pretrained(folder).eval()
    text = f"<|user|>{PUZZLE.prompt}<|assistant|>{''.join(STEPS)}<|end|>"
    with torch.no_grad():
        wanted = float(model(torch.tensor([make_tokenizer().encode(text)])).logits[0, -1].softmax(-1)[1])
    assert whole.values == pytest.approx((None, None, None, wanted), abs=1e-5)


def test_it_says_of_the_end_what_a_process_model_of_the_same_weights_says(folder: Path) -> None:
    asked = [ScoreRequest(PUZZLE, steps, True) for steps in (STEPS, WRONG)]
    outcomes = OrmVerifier(folder, "cpu").score(asked, Watch()).traces
    processes = PrmVerifier(folder, "cpu").score(asked, Watch()).traces
    for outcome, process in zip(outcomes, processes, strict=True):
        assert outcome.values[-1] == pytest.approx(process.values[-1], abs=1e-5)


def test_a_folder_that_scores_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="has no head that scores tokens"):
        OrmVerifier(save_policy(tmp_path / "policy"), "cpu")
    with pytest.raises(ModelError, match="no model folder"):
        OrmVerifier(tmp_path / "nowhere", "cpu")


@pytest.mark.skipif(not (ORM / "config.json").is_file(), reason="the bundled outcome reward model is not there yet")
def test_the_bundled_model_prefers_a_right_answer() -> None:
    orm = OrmVerifier(ORM)
    right, wrong = orm.score([ScoreRequest(PUZZLE, steps, True) for steps in (STEPS, WRONG)], Watch()).traces
    assert right.values[-1] is not None
    assert wrong.values[-1] is not None
    assert right.values[-1] > 0.5 > wrong.values[-1]
