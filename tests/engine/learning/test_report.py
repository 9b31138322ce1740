"""The figures of a report as a table and as data."""

from __future__ import annotations

from engine.learning.report import Figure, Report


def test_a_report_is_a_table_and_data() -> None:
    report = Report("On DEV", (Figure("greedy", 0.25), Figure("tokens", 300.0, "mean")))
    assert "0.250" in str(report)
    assert "| tokens | 300.0 | mean |" in report.markdown()
    assert report.data() == {"greedy": 0.25, "tokens": 300.0}
