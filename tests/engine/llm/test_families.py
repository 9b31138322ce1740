"""Folders as they are met in the wild: other attention, experts, tokenizers, templates, number formats, shards."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from engine.llm.decode import Decoder, Order
from engine.llm.keys_values import Snapshots
from engine.llm.load import load_policy
from engine.llm.network import choose_network
from engine.llm.text import Vocabulary
from engine.policies import Watch
from engine.problems import PROBLEMS
from engine.verifiers import ScoreRequest
from engine.verifiers.prm import PrmVerifier
from tests.helpers.tiny_families import FAMILIES, save_family

WRITERS = (
    "llama",
    "phi3",
    "gemma3_text",
    "opt",
    "bloom",
    "falcon",
    "gpt_oss",
    "deepseek_v3",
    "jamba",
    "falcon_h1",
    "xglm",
)
"""Between them: every kind of tokenizer and number format, one file and several; alibi, windows, sinks, experts,
compressed keys, recurrent layers."""
PROMPT = "Make 24 from 4 9 10 13\n(Ω)"


def test_the_families_here_differ() -> None:
    made = [FAMILIES[name] for name in WRITERS]
    assert {family.tokenizer for family in made} == {"bytes", "pieces", "unigram", "two files"}
    assert {family.dtype for family in made} == {torch.float32, torch.bfloat16, torch.float16}
    assert {family.sharded for family in made} == {True, False}


@pytest.mark.parametrize("name", WRITERS)
def test_a_folder_writes_what_transformers_writes(tmp_path: Path, name: str) -> None:
    loaded = load_policy(save_family(name, tmp_path / name), "cpu")
    vocabulary = Vocabulary(loaded.tokenizer, loaded.entries)
    contexts = [vocabulary.encode_prompt(PROMPT, thinking) for thinking in (False, True)]
    assert PROMPT in vocabulary.join(contexts[0])
    decoder = Decoder(choose_network(loaded.model, loaded.longest), vocabulary, loaded.ends, 8, Snapshots(10**8))
    for context, written in zip(contexts, decoder.decode([Order(ids, 0, 0.0, 12) for ids in contexts]), strict=True):
        ids = torch.tensor([context])
        wanted = loaded.model.generate(
            ids, attention_mask=torch.ones_like(ids), do_sample=False, max_new_tokens=12, pad_token_id=0
        )
        assert list(written.ids) == wanted[0, len(context) :].tolist()


@pytest.mark.parametrize("name", ["mistral", "gemma2", "falcon"])
def test_a_reward_model_of_another_family_scores(tmp_path: Path, name: str) -> None:
    prm = PrmVerifier(save_family(name, tmp_path / name, scores=True), "cpu")
    problem = PROBLEMS["game24"].parse("4 9 10 13")
    steps = ("13 - 9 = 4 (left: 4 4 10)\n", "10 - 4 = 6 (left: 4 6)\n")
    requests = [ScoreRequest(problem, part, ended=False) for part in (steps[:1], steps)]
    first, both = (trace.values for trace in prm.score(requests, Watch()).traces)
    assert len(both) == 2
    assert all(value is not None and 0 < value < 1 for value in both)
    assert first[0] == pytest.approx(both[0])
