"""Labelled traces go through a file unchanged, and what is no such file is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.labelled import LabelledError, LabelledTrace, encoded, read_labelled

TRACE = LabelledTrace("game24 4 9", "Make 24.", ("a\n", "b \u2028 ки\n", "Answer"), (1, None, 0), True, thinking=True)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_bytes(encoded(iter((TRACE, TRACE))))
    assert read_labelled(file) == (TRACE, TRACE)


def test_as_many_labels_as_steps() -> None:
    with pytest.raises(ValueError, match="2 labels for 1 steps"):
        LabelledTrace("p", "q", ("a",), (1, 0), True)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "Line 2 of labels.jsonl is no labelled trace"),
        ('{"problem": "p"}', "Line 2"),
        ('{"problem":"p","prompt":"q","steps":["a"],"labels":[1,0],"ended":true}', "2 labels for 1 steps"),
        ('{"problem":"p","prompt":"q","steps":["a"],"labels":[5],"ended":true}', "a label is 1, 0 or missing"),
    ],
)
def test_a_line_that_is_no_trace_is_named(line: str, why: str, tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(LabelledError, match=why):
        read_labelled(file)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(LabelledError, match="cannot be read"):
        read_labelled(tmp_path / "none.jsonl")
