"""The importance of the steps of a long thought costs a fraction of what it would cost without sharing."""

from __future__ import annotations

import re
from random import Random

import pytest

from engine.benchmarks.importance import importance_prefill_saving, made_up_thought
from engine.llm.bundled import POLICY
from engine.policies.local import LocalPolicy
from engine.search.probes.spine import pieces


def test_shared_prefixes_are_read_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert importance_prefill_saving(LocalPolicy(POLICY, "cpu"), quick=True) > 50
    numbers = [int(number) for number in re.findall(r"\d+", capsys.readouterr().err)]
    samples, one_by_one, by_place, read = numbers
    assert (samples, one_by_one) == (210, 10 * by_place)
    assert by_place > 5 * read  # the places share with each other, not only the samples of one place


def test_the_thought_has_the_steps_that_it_should() -> None:
    assert len(pieces(made_up_thought(60, Random(0)))) == 60
