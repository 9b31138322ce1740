"""`bench canvas`: its figures are there, and its made-up run folds and grows."""

from __future__ import annotations

import pytest

from app.benchmarks import canvas
from app.benchmarks.made_up_tree import MadeUpRun
from engine.tree import fold


def test_a_made_up_run_is_a_run() -> None:
    made = MadeUpRun(200, seed=1)
    made.grow(40)
    tree = fold(made.shown.records)
    assert len(tree.nodes) == len(made.shown.tree.nodes) == made.shown.history.count == 241
    assert made.shown.records != MadeUpRun(240, seed=2).shown.records


@pytest.mark.usefixtures("qapp")
def test_figures(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name, nodes in (("SMALL", 40), ("MEDIUM", 120), ("LARGE", 200), ("INSERTED", 20)):
        monkeypatch.setattr(canvas, name, nodes)
    figures = canvas.run(quick=True, seed=0)
    rival = figures.pop("speedup_vs_pyqtgraph")  # null where it is not installed
    assert rival is None or isinstance(rival, float)
    assert figures.keys() == {
        "full_1k_ms_p95", "full_100k_ms_p95", "full_1m_ms_p95", "cards_ms_p95", "insert_1000_at_100k_ms",
        "ratio_100k_1k", "speedup_vs_graphicsscene",
    }  # fmt: skip
    assert all(isinstance(value, float) and value > 0 for value in figures.values())
    assert "canvas: 120 nodes" in capsys.readouterr().err
