"""JSON values of a file one by one: lines and lists, whatever is between them, and nothing without a bound."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from storage.importers import ForeignFileError, importer_of, records
from storage.importers import json_values as module
from storage.importers.importer import Odd
from storage.importers.json_values import count_lines, values_of
from tests.helpers.data_sets import lines, process_bench


def found(raw: bytes) -> list[Any]:
    """(number, value), or the words of what is odd."""
    return [str(one) if isinstance(one, Odd) else one for one in values_of(io.BytesIO(raw))]


@pytest.mark.parametrize(
    ("raw", "values"),
    [
        (b"", []),
        (b"\n \n", []),
        (b'{"a": 1}\r\n\n{"b": 2}', [(1, {"a": 1}), (3, {"b": 2})]),
        (b'\xef\xbb\xbf\n{"a": NaN, "b": [-Infinity]}', [(2, {"a": None, "b": [None]})]),
        (b'{"a": 1}\n{"a": \n{"b": "\xff"}\n3', [(1, {"a": 1}), "line 2: it is no JSON", "line 3: it is no UTF-8",
                                                 (4, 3)]),
        (b'[{"a": 1}, {"b": 2}]', [(1, {"a": 1}), (2, {"b": 2})]),
        (b'[\n  {"a":\n 1},\n\n  {"b": NaN}\n]\n', [(1, {"a": 1}), (2, {"b": None})]),
        (b'[{"a": 1}, {"b": ', [(1, {"a": 1}),
                                "line 2: it is no JSON, or the file is cut off: what follows is left out"]),
        (b'[{"a": 1},', [(1, {"a": 1}), "line 2: the list is cut off"]),
        (b"[[1]]\n", [(1, [[1]])]),
        (b'[[{"a": 1}], [2]]', [(1, [{"a": 1}]), (2, [2])]),
        (b"[" * 5_000, ["line 1: it is no JSON"]),
        (b"1" * 5_000, ["line 1: it is no JSON"]),
    ],
)  # fmt: skip
def test_lines_and_lists(raw: bytes, values: list[Any]) -> None:
    assert found(raw) == values


def test_what_lies_too_deep() -> None:
    deep = b'{"a":' * 64 + b"1" + b"}" * 64
    assert found(deep)[0][0] == 1
    why = "its lists and objects lie more than 64 deep within each other"
    assert found(b"\n" + b'{"a":' + deep + b"}\n3") == [f"line 2: {why}", (3, 3)]
    assert found(b'[{"a":' + deep + b"}, {}]") == [f"line 1: {why}", (2, {})]


def test_a_list_that_is_longer_than_a_piece() -> None:
    rows = [{"text": "ü" * 30_000, "n": n} for n in range(9)]
    assert [value for _, value in found(json.dumps(rows, ensure_ascii=False, indent=1).encode())] == rows


def test_what_is_too_large_costs_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_RECORD", 100)
    monkeypatch.setattr(module, "_PIECE", 10)
    large = b'{"a": "' + b"x" * 3_000 + b'"}'
    assert found(b"{}\n" + large + b"\n{}\n" + large) == [
        (1, {}), "line 2: it is larger than 64 MB", (3, {}), "line 4: it is larger than 64 MB",
    ]  # fmt: skip
    assert found(b"[{}, " + large + b"]") == [(1, {}), "line 2: it is larger than 64 MB"]


def test_no_more_records_than_a_session_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_RECORDS", 2)
    assert found(b"1\n2\n3\n4\n") == [(1, 1), (2, 2), "line 3: more than 2 records: the rest is left out"]


SPREAD = b'\n{\n "a": 1,\n "b": [\n  {}\n ]\n}\n'


def test_an_object_over_several_lines_is_one_value(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(SPREAD) == [(2, {"a": 1, "b": [{}]})]
    assert found(b'{"logs": [\n{"a": 1},\n{"b": 2}]}') == [(1, {"logs": [{"a": 1}, {"b": 2}]})]
    assert found(b'{"a": 1,\n{"b": 2}\n{"c": 3}') == ["line 1: it is no JSON", (2, {"b": 2}), (3, {"c": 3})]
    assert found(SPREAD[:-4]) == ["line 2: it is no JSON"]
    assert found(b'{"logs": [\n{"a": 1},\n{"b"') == ["line 1: it is no JSON"]
    assert found(SPREAD + b"\n" + SPREAD) == [(2, {"a": 1, "b": [{}]}), (3, {"a": 1, "b": [{}]})]
    assert found(SPREAD + SPREAD[:-4])[1] == "line 3: it is no JSON, or the file is cut off: what follows is left out"
    assert count_lines(io.BytesIO(SPREAD)) is None
    monkeypatch.setattr(module, "LARGEST_RECORD", 20)
    assert found(SPREAD) == ["line 2: it is larger than 64 MB"]


def test_lines_are_counted_and_lists_are_not() -> None:
    assert [count_lines(io.BytesIO(raw)) for raw in (b"", b"1", b"1\n", b"1\n2", b"\n1\n2\n")] == [0, 1, 1, 2, 2]
    assert count_lines(io.BytesIO(b'[{"a": 1},\n{"a": 2}]')) is None


REFUSED = (
    (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n", "is a pointer of Git LFS, not the data"),
    (b"PAR1\x15\x04", "is a Parquet file"),
    (b"ARROW1\0\0", "is an Arrow file"),
    (b"\x80\x04\x95", "is a Python pickle, or holds one. Opening one can run any program that is in it"),
    (b"\x1f\x8b\x08", "is compressed: unpack it first"),
)


@pytest.mark.parametrize(("raw", "why"), REFUSED)
def test_what_is_known_and_not_read_is_said(raw: bytes, why: str) -> None:
    with pytest.raises(ForeignFileError, match=f"^phase2.jsonl {why}"):
        importer_of(io.BytesIO(raw), "phase2.jsonl")


@pytest.mark.parametrize(
    "raw", [b"", b"hel\0lo", b"{}\n", b"[]", b'{"a": 1}\n', b'{"messages": []}', b"SQLite format 3\0"]
)
def test_files_of_no_format(raw: bytes) -> None:
    assert importer_of(io.BytesIO(raw), "a") is None


def test_a_damaged_first_line_hides_no_format() -> None:
    stream = io.BytesIO(b"{cut o\n" + lines(process_bench()))
    importer = importer_of(stream, "a")
    assert importer is not None
    assert (importer.name, stream.tell()) == ("processbench", 0)


def test_what_a_record_says_beside_its_steps_is_bounded() -> None:
    told = records.told_by({"a": "x" * 5_000, "b": True, "c": 1.5, "d": None, "e": [1]}, "a", "b", "c", "d", "e")
    assert told == {"a": "x" * 1_000, "b": "true", "c": "1.5"}
