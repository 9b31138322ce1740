"""What the outcome reward model learns from, and how it is measured, on a model of a few thousand weights."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import torch
from transformers import AutoTokenizer, Qwen3Config, Qwen3ForCausalLM

from engine.learning.examples import IGNORED, Codec
from engine.learning.number_traces import Trace, draw_trace
from engine.learning.orm_report import best_of, least_step_scores, outcome_margins
from engine.learning.prm_report import read
from engine.learning.step_marks import mark_outcome, outcome
from engine.learning.train_orm import LABELS, ROWS, balanced, make_orm, orm_streams
from engine.learning.train_prm import make_prm
from engine.learning.word_problems import draw_word_trace
from engine.llm.bundled import POLICY
from engine.problems.game24 import Game24
from engine.problems.held_out import held_out

CODEC = Codec(AutoTokenizer.from_pretrained(POLICY))
PROMPT = "Make 24 from 4 9 10 13."
STEPS = ("13 - 9 = 4 (left: 4 4 10)\n", "10 - 4 = 6 (left: 4 6)\n", "6 * 4 = 24 (left: 24)\n")
ANSWER = "Answer: (10 - 4) * (13 - 9) = 24"
RIGHT = Trace(PROMPT, (*STEPS, ANSWER), (1, 1, 1, 1))
WRONG = Trace(PROMPT, (*STEPS[:2], "6 + 4 = 10 (left: 10)\n", "Answer: (10 - 4) + (13 - 9) = 10"), (1, 1, 0, 0))
UNFINISHED = Trace(PROMPT, STEPS, (1, 1, 1))


@pytest.fixture(scope="module")
def tiny() -> Qwen3ForCausalLM:
    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = Qwen3Config(
        vocab_size=len(CODEC.tokenizer), num_key_value_heads=2, head_dim=8, tie_word_embeddings=True, **sizes
    )
    return Qwen3ForCausalLM(config).eval()


@pytest.mark.parametrize(("trace", "label"), [(RIGHT, 1), (WRONG, 0), (UNFINISHED, 0)])
def test_the_one_label_stands_at_the_end_of_the_turn(trace: Trace, label: int) -> None:
    item = mark_outcome(CODEC, trace)
    assert outcome(trace) == label
    assert item.labels == [IGNORED] * (len(item.ids) - 1) + [label]
    assert CODEC.text(item.ids) == f"<|user|>{PROMPT}<|assistant|>{''.join(trace.steps)}<|end|>"


def test_a_right_answer_after_a_wrong_step_is_right() -> None:
    assert outcome(Trace(PROMPT, (STEPS[0], "10 - 4 = 5 (left: 4 5)\n", ANSWER), (1, 0, 1))) == 1


def test_right_and_wrong_solutions_come_half_and_half() -> None:
    rng = random.Random(0)
    for draw in (draw_trace, lambda rng: Trace(*draw_word_trace(rng))):
        assert 0.35 < sum(outcome(balanced(draw)(rng)) for _ in range(200)) / 200 < 0.65
    only_wrong = balanced(lambda _rng: WRONG)
    assert {outcome(only_wrong(rng)) for _ in range(5)} == {0}, "where there are none, it does not look for ever"


def test_batches_hold_whole_solutions_and_nothing_held_out() -> None:
    streams = orm_streams(CODEC, [RIGHT, WRONG], [WRONG], seed=0)
    assert set(streams) == set(ROWS)
    batch = streams["puzzles"].next()
    assert batch.ids.shape[0] == ROWS["puzzles"]
    assert ((batch.labels >= 0).sum(1) == 1).all()
    assert (batch.ids[batch.labels >= 0] == CODEC.end).all()
    for row in batch.ids.tolist():
        prompt = CODEC.text(row).split("<|user|>")[1].split("<|assistant|>")[0]
        assert tuple(sorted(Game24.parse(prompt).numbers)) not in held_out()


def test_it_starts_from_the_process_model(tiny: Qwen3ForCausalLM) -> None:
    prm = make_prm(tiny)
    orm = make_orm(prm)
    assert orm.config.id2label == LABELS
    assert prm.config.id2label != LABELS
    for mine, its in zip(orm.parameters(), prm.parameters(), strict=True):
        assert torch.equal(mine, its)
        assert mine is not its


def test_it_is_read_at_the_end_whatever_shares_the_batch(tiny: Qwen3ForCausalLM) -> None:
    prm = make_prm(tiny).eval()
    margins = outcome_margins(prm, CODEC, [RIGHT, WRONG, UNFINISHED])
    alone = [outcome_margins(prm, CODEC, [trace])[0] for trace in (RIGHT, WRONG, UNFINISHED)]
    assert margins == pytest.approx(alone, abs=1e-5)
    assert len(set(margins)) == 3
    assert margins[0] == pytest.approx(read(prm, CODEC, [RIGHT])["answer"].margins[0], abs=1e-5)


def test_the_least_step_score_is_the_lowest_of_the_trace(tiny: Qwen3ForCausalLM) -> None:
    prm = make_prm(tiny).eval()
    readings = read(prm, CODEC, [WRONG])
    scores = [here.scores[0] for here in readings.values()]
    assert least_step_scores(prm, CODEC, [RIGHT, WRONG])[1] == pytest.approx(min(scores), abs=1e-5)


def test_the_best_of_several_by_each_rule() -> None:
    other = Trace("Make 24 from 1 2 3 4.", ("Answer: 1 + 2 + 3 + 4 = 10",), (0,))
    sampled = [WRONG, WRONG, RIGHT, other]
    figures = {figure.name: figure.value for figure in best_of(sampled, [0, 0, 1, 0], [0.9, 0.1, 0.2, 0.5], 2)}
    assert list(figures.values()) == [0.5, 0.0, 0.0, 0.5], "ORM, PRM, majority, any"
    assert next(iter(figures)).endswith("by the ORM")


def test_a_majority_of_right_answers_wins() -> None:
    figures = {figure.name: figure.value for figure in best_of([WRONG, RIGHT, RIGHT], [1, 0, 0], [1, 0, 0], 1)}
    assert [value for name, value in figures.items() if "majority" in name] == [1.0]


def test_the_folder_beside_comes_before_the_bundled_one(tmp_path: Path) -> None:
    from engine.learning.__main__ import _parser, _prm_of

    wish = _parser().parse_args(["orm", "--out", str(tmp_path / "orm")])
    assert _prm_of(wish, tmp_path / "orm").name == "prm"
    (tmp_path / "prm").mkdir()
    assert _prm_of(wish, tmp_path / "orm") == tmp_path / "prm"
