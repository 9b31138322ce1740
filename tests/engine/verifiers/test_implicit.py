"""Implicit rewards: sums of log-ratios of two models, as two plain forward passes give them."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM

from engine.policies import ModelError
from engine.problems.game24 import Game24
from engine.verifiers import implicit
from tests.helpers.scored_traces import PUZZLE, TRACES, agree, made, score
from tests.helpers.tiny_scorers import save_words, tokenizer_of


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("implicit")
    return save_words(folder / "EurusPRM-Stage1", "qwen2"), save_words(folder / "before", "qwen2", seed=3)


def log_probabilities(folder: Path, ids: list[int]) -> torch.Tensor:
    """Of each token behind those before it; the first has none."""
    logits = AutoModelForCausalLM.from_pretrained(folder).eval()(torch.tensor([ids])).logits.detach()[0]
    return logits[:-1].log_softmax(-1).gather(-1, torch.tensor(ids[1:])[:, None])[:, 0]


def cumulative(pair: tuple[Path, Path], problem: Game24, steps: tuple[str, ...]) -> list[float]:
    """0.001 times the sum of log-ratios from the answer's first token to each step's last one."""
    tokenizer = tokenizer_of(pair[0])

    def ids_of(answer: str) -> list[int]:
        turns = [{"role": "user", "content": problem.prompt}, {"role": "assistant", "content": answer}]
        ids: list[int] = tokenizer.encode(tokenizer.apply_chat_template(turns, tokenize=False))
        return ids

    told = [step.strip() for step in steps]
    whole, start = ids_of("\n\n".join(told)), len(ids_of("")) - 2
    ratios = log_probabilities(pair[0], whole) - log_probabilities(pair[1], whole)
    ends = [len(ids_of("\n\n".join(told[:count]))) - 2 for count in range(1, len(told) + 1)]
    return [0.001 * float(ratios[start - 1 : end - 1].sum()) for end in ends]


def test_scores_are_sigmoids_of_cumulative_log_ratios(pair: tuple[Path, Path]) -> None:
    mine, other = pair
    name = f"prm:{mine}#eurus-prm-stage1;reference={other}"
    by_hand = [cumulative(pair, *trace) for trace in TRACES]
    agree(name, [torch.tensor(values, dtype=torch.float64).sigmoid().tolist() for values in by_hand])
    for scores, values in zip(score(made(name), *TRACES), by_hand, strict=True):
        told = [dict(channels) for channels in scores.channels]
        assert [step["cumulative"] for step in told] == pytest.approx(values, abs=1e-6)
        added = [after - before for before, after in zip([0.0, *values], values, strict=False)]
        assert [step["increment"] for step in told] == pytest.approx(added, abs=1e-6)
        assert set(scores.notes) == {implicit.NOTE}


def test_the_coefficient_may_be_another(pair: tuple[Path, Path]) -> None:
    name = f"prm:{pair[0]}#implicit-prm;reference={pair[1]};coefficient=0.05"
    channels = dict(score(made(name), TRACES[0])[0].channels[-1])
    assert channels["cumulative"] == pytest.approx(50 * cumulative(pair, *TRACES[0])[-1], rel=1e-3)


def test_what_the_reference_said_serves_every_scorer_that_names_it(pair: tuple[Path, Path]) -> None:
    implicit._reference.cache_clear()
    first = made(f"prm:{pair[0]}#eurus-prm-stage1;reference={pair[1]}")
    second = made(f"prm:{pair[0]}#eurus-prm-stage2;reference={pair[1]}")
    both, one = score(first, TRACES[0])[0].tokens, score(second, TRACES[0])[0].tokens
    assert both == 2 * one > 0


def test_long_traces_end_with_missing_scores(pair: tuple[Path, Path]) -> None:
    steps = TRACES[0][1][:3] * 8
    scores = score(made(f"prm:{pair[0]}#implicit-prm;reference={pair[1]}"), (PUZZLE, steps))[0]
    known = [value is not None for value in scores.values]
    count = sum(known)
    assert 3 < count < len(steps) == len(scores.values)
    assert known == [True] * count + [False] * (len(steps) - count)
    values = [dict(channels)["cumulative"] for channels in scores.channels[:count]]
    assert values == pytest.approx(cumulative(pair, PUZZLE, steps[:count]), abs=1e-6)


def test_a_reference_that_is_missing_or_of_another_kind_is_told(pair: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="name the one that EurusPRM-Stage1 was trained from, with ;reference=FOLDER"):
        made(f"prm:{pair[0]}")
    with pytest.raises(ModelError, match="no model folder nowhere"):
        made(f"prm:{pair[0]}#implicit-prm;reference=nowhere")
    stranger = save_words(tmp_path / "stranger", "mistral")
    with pytest.raises(ModelError, match="have different tokens"):
        made(f"prm:{pair[0]}#implicit-prm;reference={stranger}")


def test_a_template_that_shows_the_answer_alone_is_read_from_its_second_token(pair: tuple[Path, Path]) -> None:
    verifier = made(f"prm:{pair[0]}#implicit-prm;reference={pair[1]}")
    verifier._layout._tokenizer.chat_template = "{{ messages[-1]['content'] }}"  # type: ignore[attr-defined]
    scores = score(verifier, (PUZZLE, ("4", "5 + 6")))[0]
    assert scores.values[0] is None
    assert scores.notes[0] == "Step 1 has no token of its own."
    ids = tokenizer_of(pair[0]).encode("4\n\n5 + 6", add_special_tokens=False)
    ratios = log_probabilities(pair[0], ids) - log_probabilities(pair[1], ids)
    assert dict(scores.channels[1])["cumulative"] == pytest.approx(0.001 * float(ratios.sum()), abs=1e-6)
