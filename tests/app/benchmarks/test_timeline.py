"""`bench timeline`: its made-up run folds, and its figures are there."""

from __future__ import annotations

import pytest

from app.benchmarks import timeline
from app.benchmarks.long_run import long_run
from engine.tree import fold


def test_a_long_run_is_a_run() -> None:
    records = long_run(2000, seed=1)
    tree = fold(records)
    assert [record.seq for record in records] == list(range(1, 2001))
    assert len(tree.nodes) == pytest.approx(2000 / 4, rel=0.02)
    assert (tree.root.visits, tree.iterations_done) == (400, 399)
    assert records == long_run(2000, seed=1) != long_run(2000, seed=2)


@pytest.mark.usefixtures("qapp")
def test_figures(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(timeline, "EVENTS", 600)
    monkeypatch.setattr(timeline, "FOLDED", 300)
    monkeypatch.setattr(timeline, "FEW_SEEKS", 10)
    figures = timeline.run(quick=True, seed=0)
    assert figures.keys() == {"seek_1m_ms_p95", "fold_events_per_s"}
    assert all(isinstance(value, float | int) and value > 0 for value in figures.values())
    assert "600 events" in capsys.readouterr().err
