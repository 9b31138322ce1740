"""The engine that floods: real frames of a real search, no faster than it was told."""

from __future__ import annotations

import pytest

from engine.benchmarks import flood
from engine.benchmarks.flood import CATCH_UP, PacedPolicy
from engine.benchmarks.search import Endless
from engine.commands import RunPlan, StartRun
from engine.events import Expanded
from engine.policies import SampleRequest, Watch
from engine.tree import fold
from tests.helpers.engine_pipe import EnginePipe


def test_it_floods_with_a_run_that_folds() -> None:
    with EnginePipe("engine.benchmarks.flood", "100000") as pipe:
        pipe.send(StartRun(1, RunPlan("endless", "go", "mcts", {"simulations": 1_000_000, "width": 4})))
        pipe.until(lambda _: len(pipe.records()) > 2000)
        records = pipe.records()
    tree = fold(records)
    born = sum(len(record.event.children) for record in records if isinstance(record.event, Expanded))
    assert born == len(tree.nodes) - 1 > 1000


class Clock:
    """Time passes only while somebody sleeps or works."""

    def __init__(self) -> None:
        self.now = 50.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_it_keeps_its_pace_and_catches_up_on_little(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(flood, "time", clock)
    policy, request = PacedPolicy(1000.0), SampleRequest(Endless(), (), (0, 1, 2, 3), 1.0)
    for _ in range(250):
        policy.sample([request], Watch())
    assert clock.now == pytest.approx(51.0, abs=0.01)
    clock.now += 10
    for _ in range(250):
        policy.sample([request], Watch())
    assert clock.now == pytest.approx(62.0 - CATCH_UP, abs=0.01)
