"""The models in the repository: small, standard, safe, and about as good as their cards say."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForTokenClassification, PreTrainedModel

from engine.learning.examples import Codec
from engine.learning.export import load_policy
from engine.learning.number_puzzles import CLOSE
from engine.learning.number_traces import trace_of
from engine.learning.policy_report import PolicyMeter, is_legal, is_right, is_word_right, repeated_share
from engine.learning.prm_report import read
from engine.learning.report import share
from engine.learning.sampling import sample
from engine.learning.word_problems import draw_word_example
from engine.learning.word_texts import OPEN
from engine.problems.game24 import Game24
from engine.problems.held_out import dev_puzzles
from engine.scores.trust import auc

MODELS = Path(__file__).parents[3] / "resources" / "models"
DEV = [Game24(numbers) for numbers in dev_puzzles()[:32]]


@cache
def bundled() -> tuple[PreTrainedModel, Codec]:
    model, tokenizer = load_policy(MODELS / "policy")
    return model, Codec(tokenizer)


@cache
def thinker() -> tuple[PreTrainedModel, Codec]:
    model, tokenizer = load_policy(MODELS / "thinker")
    return model, Codec(tokenizer)


def test_they_are_small_and_hold_nothing_that_could_run() -> None:
    files = [file for file in MODELS.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < 40e6
    assert {file.suffix for file in files} <= {".json", ".jinja", ".md", ".safetensors"}


@pytest.mark.parametrize("name", ["policy", "thinker", "prm", "orm"])
def test_they_name_their_limits_and_how_they_were_made(name: str) -> None:
    card = (MODELS / name / "README.md").read_text(encoding="utf-8")
    for part in ("## Formats", "## Data and what is held out", "## Training", "## Results", "## Caveats", "--seed"):
        assert part in card
    assert "license: mit" in card


def test_the_policy_writes_legal_solutions_in_any_order() -> None:
    model, codec = bundled()
    rng = random.Random(0)
    shuffled = [Game24(tuple(rng.sample(puzzle.numbers, 4))) for puzzle in DEV]
    for puzzles in (DEV, shuffled):
        texts = sample(model, codec, [(puzzle.prompt, "") for puzzle in puzzles], temperature=0.0, most_tokens=96)
        assert share(map(is_legal, puzzles, texts)) > 0.8


def test_a_thought_closed_by_force_is_followed_by_a_legal_answer() -> None:
    model, codec = bundled()
    prompts = [(puzzle.prompt, OPEN + CLOSE) for puzzle in DEV]
    texts = sample(model, codec, prompts, temperature=0.0, most_tokens=96)
    assert share(map(is_legal, DEV, texts)) > 0.8


def test_the_thinker_closes_its_thoughts_and_often_finds_the_answer() -> None:
    model, codec = thinker()
    rng = random.Random(5)
    examples = [draw_word_example(rng) for _ in range(8)]
    texts = sample(model, codec, [(e.question, OPEN) for e in examples], temperature=0.0, most_tokens=180)
    assert share(CLOSE in text for text in texts) > 0.9
    assert share(map(is_word_right, examples, texts)) > 0.5


def test_the_thinker_finds_ways_and_takes_dead_ends_back() -> None:
    model, codec = thinker()
    texts = sample(model, codec, [(puzzle.prompt, OPEN) for puzzle in DEV[:8]], temperature=0.0, most_tokens=200)
    assert any(map(is_right, DEV, texts))
    assert share("Wait, back to " in text for text in texts) > 0.5
    assert repeated_share(texts) < 0.2


@pytest.mark.parametrize("thought", ["", "...\n" * 9])
def test_whatever_its_thought_is_the_thinker_shows_legal_steps(thought: str) -> None:
    model, codec = thinker()
    prompts = [(puzzle.prompt, OPEN + thought + CLOSE) for puzzle in DEV]
    texts = sample(model, codec, prompts, temperature=0.0, most_tokens=96)
    assert share(map(is_legal, DEV, texts)) > 0.9


def test_the_policy_finds_a_solving_first_step_among_sixteen() -> None:
    model, codec = bundled()
    figures = {figure.name: figure.value for figure in PolicyMeter(model, codec, DEV, 0)._sampled(1.0)}
    assert figures["puzzles, T=1.0, solving first step in 16"] > 0.7
    assert 0.03 < figures["puzzles, T=1.0, mean of 16"] < 0.6


def test_the_policy_solves_word_problems_of_held_out_templates() -> None:
    model, codec = bundled()
    rng = random.Random(5)
    examples = [draw_word_example(rng, held_out=True) for _ in range(48)]
    texts = sample(model, codec, [(example.question, "") for example in examples], temperature=0.0, most_tokens=96)
    assert share(map(is_word_right, examples, texts)) > 0.3


def test_the_reward_model_tells_dead_ends_at_every_step() -> None:
    codec = bundled()[1]
    model = AutoModelForTokenClassification.from_pretrained(MODELS / "prm", dtype=torch.float32).eval()
    assert model.config.id2label == {0: "dead_end", 1: "solvable"}
    rng = random.Random(0)
    traces = [trace_of(puzzle, rng, 0.0) for puzzle in DEV for _ in range(6)]
    readings = read(model, codec, traces)
    assert list(readings) == ["step 1", "step 2", "step 3", "answer"]
    for position, here in readings.items():
        assert auc(here.scores, here.labels) > 0.95, position


def test_the_configs_are_plain() -> None:
    kinds = dict.fromkeys(("policy", "thinker"), "Qwen3ForCausalLM")
    for name, kind in {**kinds, "prm": "Qwen3ForTokenClassification"}.items():
        config = json.loads((MODELS / name / "config.json").read_text(encoding="utf-8"))
        assert config["architectures"] == [kind]
        assert "auto_map" not in config, "no code may come with a model"
