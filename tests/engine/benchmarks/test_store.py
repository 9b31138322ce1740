"""What was measured is found again: by key, after an end in the middle of a line, and in no other file."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.benchmarks.store import BenchmarkError, Store, key_of


def test_a_second_store_finds_what_the_first_kept(tmp_path: Path) -> None:
    path = tmp_path / "state.jsonl"
    Store(path).put("a", "hard: MCTS", {"solved": 1})
    Store(path).put("b", "hard: CoT", [0.5, None])
    again = Store(path)
    assert (again.get("a"), again.get("b"), again.get("c")) == ({"solved": 1}, [0.5, None], None)


def test_a_line_that_was_cut_off_is_measured_again(tmp_path: Path) -> None:
    path = tmp_path / "state.jsonl"
    for key in "ab":
        Store(path).put(key, "row", 1)
    path.write_bytes(path.read_bytes()[:-9])
    store = Store(path)
    assert (store.get("a"), store.get("b")) == (1, None)
    store.put("b", "row", 2)
    assert Store(path).get("b") == 2


@pytest.mark.parametrize("text", [b"# Notes\nnot ours\n", b'{"key": 1}\n', b"\xff\xfe", b"[1]\n"])
def test_another_file_is_refused_and_left_as_it_is(text: bytes, tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_bytes(text)
    with pytest.raises(BenchmarkError, match=r"notes\.md is not the state of a benchmark"):
        Store(path)
    assert path.read_bytes() == text


def test_without_a_path_nothing_is_written(tmp_path: Path) -> None:
    store = Store()
    store.put("a", "row", 1)
    assert store.get("a") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_key_hangs_on_every_part_and_not_on_the_order_of_names() -> None:
    assert key_of("row", {"a": 1, "b": 2}) == key_of("row", {"b": 2, "a": 1})
    assert len({key_of("row", {"a": 1}), key_of("row", {"a": 2}), key_of("chains", {"a": 1}), key_of("row")}) == 4
