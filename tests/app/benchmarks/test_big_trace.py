"""The window's half of `bench probes`: its trace is as large as it says, and its figure is there."""

from __future__ import annotations

from random import Random

import pytest

from app import benchmarks
from app.benchmarks import big_trace
from tests.app.conftest import engine_of, scripted


def test_the_trace_is_large_and_has_a_line_that_is_very_long() -> None:
    text = big_trace.big_text(Random(0), 300_000)
    assert 300_000 <= len(text) < 302_000
    assert max(map(len, text.split("\n"))) >= big_trace.LONGEST_LINE
    assert text == big_trace.big_text(Random(0), 300_000) != big_trace.big_text(Random(1), 300_000)


@pytest.mark.usefixtures("qapp")
def test_the_figure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name, value in (("CHARACTERS", 60_000), ("LONGEST_LINE", 20_000), ("ANSWER", 4_000), ("FEW_PAGES", 3)):
        monkeypatch.setattr(big_trace, name, value)
    monkeypatch.setattr(big_trace, "SETTLE_MS", 100)
    monkeypatch.setattr(big_trace, "EngineClient", lambda: engine_of(*scripted()))
    figures = benchmarks.IN_BOTH["probes"](True, 0)
    assert figures.keys() == {"big_trace_stall_ms", "big_trace_stall_wall_ms"}
    assert all(isinstance(value, float) for value in figures.values())
    said = capsys.readouterr().err
    for act in ("open", "read", "scroll", "to the end", "search", "resize", "copy"):
        assert f"{act} " in said


def test_figures_of_both_halves_are_one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmarks, "_in_engine", lambda *_: {"splitter_mb_per_s": 30.0})
    monkeypatch.setitem(benchmarks.IN_BOTH, "probes", lambda _quick, _seed: {"big_trace_stall_ms": 20.0})
    monkeypatch.setattr(benchmarks, "machine", dict)
    figures = benchmarks.measure("probes", True, 0)["figures"]
    assert figures == {"splitter_mb_per_s": 30.0, "big_trace_stall_ms": 20.0}
