"""The window's half of `bench prm`: its table is as large as it says, and its figure is there."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from app import benchmarks
from app.benchmarks import prm


def test_the_made_up_table() -> None:
    table = prm.made_up_table(Random(0), 300, 30)
    assert table.values.shape == (300, 30)
    assert table.lengths.min() >= prm.SHORTEST
    inside = np.arange(30) < table.lengths[:, None]
    missing = np.isnan(table.values[inside]).mean()
    assert 0 < missing < 0.1
    assert set(np.unique(table.correct)) == {0.0, 1.0}


@pytest.mark.usefixtures("qapp")
def test_the_figure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(prm, "TRACES", 200)
    monkeypatch.setattr(prm, "QUICK_DRAWS", 2)
    figures = benchmarks.IN_BOTH["prm"](True, 0)
    assert figures.keys() == {"heatmap_ms"}
    assert isinstance(figures["heatmap_ms"], float)
    assert "first drawn in" in capsys.readouterr().err
