"""The log: what goes in comes out, whatever it is; what cannot come out does not go in; damage is named."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.commands import RunPlan
from engine.events import Expanded, NewNode, Record, RunFinished, Score, Scored
from engine.tree import fold
from storage.errors import DamagedLogError, SessionError
from storage.log import NODE_COLUMNS
from storage.migrations import current_version
from storage.runs import COLUMNS
from storage.schema import expected_schema
from storage.session import Session
from tests.helpers.invariants import check_tree
from tests.helpers.rich_log import rich_log
from tests.storage.samples import PLAN, arbitrary_logs, log, save


@settings(max_examples=25)
@given(records=arbitrary_logs(), data=st.data())
def test_any_batches_are_read_back_equal_and_fold_to_the_same_tree(records: list[Record], data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(records)))) | {0, len(records)})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.espalier"
        with Session.create(path) as session:
            session.new_run(PLAN)
            for start, end in pairwise(cuts):
                session.append(records[start:end])
            assert session.records(1) == records  # wherever each of them is by now
            before = session.runs()
        with Session.open(path) as session:
            read = session.records(1)
            assert session.runs() == before
    assert read == records
    assert fold(read) == fold(records)
    assert before[0].gold == fold(records).gold


@pytest.mark.parametrize("gold", [False, True])
def test_every_event_comes_back_from_a_file(tmp_path: Path, gold: bool) -> None:
    records = rich_log(8, everything=True, gold=gold)
    with Session.create(tmp_path / "a.espalier") as session:
        save(session, tuple(records))
        assert session.info(1).gold == gold
    with Session.open(tmp_path / "a.espalier") as session:
        assert session.records(1) == records
        check_tree(fold(session.records(1)), records)
        assert session.info(1).gold == gold


def test_a_part_of_a_log_and_a_log_without_tokens(tmp_path: Path) -> None:
    with Session.create(tmp_path / "a.espalier") as session:
        save(session, log(5))
        records = list(log(5))
        assert session.records(1, after=4, until=9) == records[4:9]
        assert session.records(1, after=len(records)) == []
        bare = session.records(1, tokens=False)
    assert [type(record.event) for record in bare] == [type(record.event) for record in records]
    children = [child for record in bare if isinstance(record.event, Expanded) for child in record.event.children]
    assert len(children) == 10
    assert all(child.step and not child.tokens for child in children)


def test_the_text_of_a_step_is_in_the_file_once(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    step = "a step that is like no other 0x5EED\n"
    start, *_ = log()
    born = Record(1, 2, 1.0, Expanded(1, 0, (NewNode(1, step, 1.0, tokens=b"\x00row\xff"),)))
    with Session.create(path) as session:
        save(session, (start, born))
    assert path.read_bytes().count(step.strip().encode()) == 1


def test_every_field_of_a_new_node_and_of_a_plan_has_its_column() -> None:
    """Fails when a field is added: write a migration that adds its column."""
    schema = expected_schema(current_version())
    with closing(sqlite3.connect(":memory:")) as connection:
        for _, sql in schema.values():
            connection.execute(sql)
        columns = {name: {row[1] for row in connection.execute(f"PRAGMA table_info({name})")} for name in schema}
    assert columns["nodes"] == {"run_id", "parent", "seq", *NODE_COLUMNS}
    assert set(NODE_COLUMNS) | {"tokens"} == set(NewNode.__struct_fields__)
    assert columns["runs"] == set(COLUMNS)
    assert set(RunPlan.__struct_fields__) < columns["runs"]


START = log()[0]


@pytest.mark.parametrize(
    ("record", "says"),
    [
        (replace(START, run=9), "no such run"),
        (replace(START, seq=3), "event 2 is next"),
        (replace(START, seq=1), "event 2 is next"),
        (Record(1, 2, math.inf, START.event), "no proper time"),
        (Record(1, 2, 1.0, Expanded(1, 0, (NewNode(5, "x", 1.0),))), "makes nodes [5], and 1 is next"),
        (Record(1, 2, 1.0, Expanded(1, 0, (NewNode(1, "x", math.nan),))), "cannot be stored"),
        (Record(1, 2, 1.0, Expanded(1, 0, (NewNode(1, "\ud800", 1.0),))), "cannot be stored"),
        (Record(1, 2, 1.0, Scored(1, (Score(0, math.inf, "prm", "v"),))), "cannot be stored"),
        (Record(1, 2, 1.0, RunFinished("budget", "", 7, None, None, "")), "chooses node 7"),
    ],
)
def test_a_record_that_could_not_be_read_back_is_refused_with_its_batch(
    tmp_path: Path, record: Record, says: str
) -> None:
    with Session.create(tmp_path / "a.espalier") as session:
        save(session, (START,))
        with pytest.raises(SessionError) as caught:
            session.append([record])
        assert says in str(caught.value)
        assert "a.espalier" in str(caught.value)
        session.append(log()[1:])  # and the session goes on as if nothing had been said
        assert session.records(1) == list(log())


def _sql(statement: str) -> Callable[[sqlite3.Connection], Any]:
    return lambda connection: connection.execute(statement)


@pytest.mark.parametrize(
    ("damage", "seq", "says"),
    [
        (_sql("DELETE FROM events WHERE seq = 6"), 6, "missing"),
        (_sql('UPDATE events SET body = \'{"type": "Sel\' WHERE seq = 7'), 7, "no Selected event"),
        (_sql("UPDATE events SET body = '[]' WHERE seq = 3"), 3, "no Expanded event"),
        (_sql("UPDATE events SET body = '{\"type\": \"Exploded\"}', type = 'Exploded' WHERE seq = 4"), 4, "Exploded"),
        (_sql("UPDATE events SET type = 'Scored' WHERE seq = 5"), 5, "holds a Backpropagated"),
        (_sql("DELETE FROM nodes WHERE node = 4"), 8, "nodes [3, 4] are not all there"),
        (_sql("UPDATE nodes SET parent = 0 WHERE node = 4"), 8, "nodes [3, 4] are not all there"),
        (_sql("UPDATE events SET body = CAST(x'22ff22' AS TEXT) WHERE seq = 9"), 9, "could not be read"),
    ],
)
def test_damage_is_named_and_what_comes_before_it_is_given(
    tmp_path: Path, damage: Callable[[sqlite3.Connection], Any], seq: int, says: str
) -> None:
    path = tmp_path / "a.espalier"
    with Session.create(path) as session:
        save(session, log())
    with closing(sqlite3.connect(path)) as connection, connection:
        damage(connection)
    with Session.open(path) as session:
        with pytest.raises(DamagedLogError) as caught:
            session.records(1)
        good, error = session.readable_records(1)
    assert caught.value.seq == seq
    assert says in str(caught.value)
    assert f"Event {seq} of run 1 in a.espalier" in str(error)
    assert good == list(log()[: seq - 1])
