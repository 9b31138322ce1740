"""The JSON Schema of the events: it is a schema, it takes every event that is written, and refuses what is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from jsonschema import Draft202012Validator, ValidationError

from engine.events import AnyEvent, Expanded, Record
from storage.event_schema import event_schema
from storage.exporters import export_runs
from storage.session import Session
from tests.helpers.rich_log import rich_log
from tests.storage.samples import log, save

RECORDS = rich_log(8, everything=True)


@pytest.fixture(scope="module")
def check() -> Any:
    Draft202012Validator.check_schema(event_schema())
    return Draft202012Validator(event_schema()).validate


def test_every_event_fits(check: Any) -> None:
    kinds = set()
    for record in RECORDS:
        check(json.loads(msgspec.json.encode(record)))
        kinds.add(type(record.event))
    assert kinds >= set(get_args(AnyEvent)) - _not_in_the_log()


def test_every_line_of_an_export_fits(check: Any, tmp_path: Path) -> None:
    with Session.create(tmp_path / "a.espalier") as session:
        save(session, log())
        export_runs(session, [1], "events", tmp_path / "a.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_bytes().splitlines()]
    assert [line.get("format") for line in lines[:2]] == ["espalier-events", None]
    for line in lines:
        check(line)


def test_children_may_be_numbers_as_in_a_session_file(check: Any) -> None:
    record = next(one for one in RECORDS if isinstance(one.event, Expanded) and one.event.children)
    written = json.loads(msgspec.json.encode(record))
    written["event"]["children"] = [child["node"] for child in written["event"]["children"]]
    check(written)


@pytest.mark.parametrize(
    "change", [{"seq": "one"}, {"event": {"type": "Nonsense"}}, {"event": {"type": "Noted", "node": 1, "text": 5}}]
)
def test_what_is_no_event_does_not_fit(check: Any, change: dict[str, Any]) -> None:
    written = {**json.loads(msgspec.json.encode(RECORDS[1])), **change}
    with pytest.raises(ValidationError):
        check(written)


def test_every_class_says_what_it_is() -> None:
    parts = event_schema()["$defs"]
    assert all(parts[kind.__name__]["description"] for kind in get_args(AnyEvent))
    assert Record.__name__ in parts


def _not_in_the_log() -> set[type]:
    present = {type(record.event) for record in RECORDS}
    missing = set(get_args(AnyEvent)) - present
    assert len(missing) <= 3, missing
    return missing
