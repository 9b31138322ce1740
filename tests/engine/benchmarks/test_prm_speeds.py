"""The speeds of `bench prm`: measured on what they say, and refused where the two sides disagree."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

from engine.benchmarks import reaggregate
from engine.benchmarks.prefixes import Forgetful, speedup_shared_prefix
from engine.problems.game24 import Game24
from engine.verifiers import StepScores
from tests.helpers.scripted import ScriptedPolicy
from tests.helpers.tiny_models import save_prm


@pytest.fixture
def reader(tmp_path: Path) -> Forgetful:
    return Forgetful(save_prm(tmp_path / "prm"), "cpu")


def test_traces_of_a_tree_are_scored_together_and_alone(reader: Forgetful, capsys: pytest.CaptureFixture[str]) -> None:
    assert speedup_shared_prefix(ScriptedPolicy(), reader, [Game24((3, 4, 8))], turns=1) > 0
    said = capsys.readouterr().err
    assert "traces of 1 trees" in said
    assert "each trace alone" in said


def test_scores_that_differ_are_no_measurement(reader: Forgetful, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "engine.benchmarks.prefixes._timed",
        lambda _reader, calls: (1.0, [StepScores((len(calls) / 1000,))]),
    )
    with pytest.raises(AssertionError, match="together and"):
        speedup_shared_prefix(ScriptedPolicy(), reader, [Game24((3, 4, 8))], turns=1)


def test_the_table_that_is_added_up_is_as_large_as_its_name_says() -> None:
    table = reaggregate.made_up_table(Random(0))
    assert table.values.shape == (10_000, 30)
    assert 0.05 < float(np.isnan(table.values).mean()) < 0.15


def test_the_slowest_rule_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaggregate, "TRACES", 50)
    assert 0 < reaggregate.reaggregate_10k_ms() < 1000
