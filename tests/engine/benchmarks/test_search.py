"""The benchmark of the search measures whole simulations, and the work of one hardly grows with the tree."""

from __future__ import annotations

import sys
from itertools import count

import pytest

from engine.benchmarks import search


def test_a_simulation_is_five_events() -> None:
    ticks = count()
    played = search.play(60, seed=1, clock=lambda: float(next(ticks)))
    assert played.simulations == 60
    assert played.events == 1 + 5 * 60 + 1
    assert played.cost == pytest.approx(1 / 60)


def test_the_figures_are_those_of_the_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(search, "FEW", 20)
    monkeypatch.setattr(search, "MANY", 100)
    figures = search.run(quick=True, seed=0)
    assert list(figures) == ["sims_per_s_1k", "sims_per_s_100k", "cost_ratio_100k_1k", "events_per_sim"]
    assert all(figure > 0 for figure in figures.values())
    assert "100 simulations" in capsys.readouterr().err


def test_the_work_of_a_simulation_grows_no_faster_than_the_depth_of_the_tree() -> None:
    """Work is counted in Python calls, so that no clock is needed: ten times the tree, less than half as much again."""
    small, large = (calls(size) / size for size in (200, 2000))
    assert large < 1.5 * small


def calls(simulations: int) -> int:
    """How many functions a run calls."""
    found = 0

    def see(_frame: object, event: str, _argument: object) -> None:
        nonlocal found
        found += event == "call"

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        search.play(simulations, seed=0)
    finally:
        sys.setprofile(before)
    return found
