"""The log: what goes in comes out, whatever it is; what cannot come out does not go in; damage is named."""

from __future__ import annotations

import math
import sqlite3
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import storage.log
from engine.choices import LateChoices
from engine.commands import RunPlan
from engine.events import Expanded, NewNode, Noted, Record, RunFinished, Score, Scored, Selected, encode_event
from engine.frames import Records, encode_frame
from engine.tree import fold
from storage.blocks import FULL_BYTES, FULL_EVENTS, array, pack, unpack
from storage.errors import DamagedLogError, SessionError
from storage.kept_events import Grown, Walked, texts_of
from storage.log import NODE_COLUMNS
from storage.migrations import current_version
from storage.runs import COLUMNS
from storage.schema import expected_schema
from storage.session import Session
from tests.helpers.block_surgery import Rows, operate
from tests.helpers.invariants import check_tree
from tests.helpers.rich_log import rich_log
from tests.storage.samples import PLAN, arbitrary_logs, broad_log, log, save


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
        (Record(1, 2, 1.0, Expanded(1, 0, (NewNode(1, "x", 1.0, samples=2**63),))), "does not fit in 64 bits"),
        (Record(1, 2, 1.0, Expanded(1, 0, (NewNode(1, "x", 1.0, twin=-(2**70)),))), "does not fit in 64 bits"),
        (Record(1, 2, 1.0, Expanded(1, 2**64, (NewNode(1, "x", 1.0),))), "parent is no node"),
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


def _sql(statement: str) -> Callable[[Path], None]:
    def execute(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(statement)

    return execute


def _event(seq: int, event: object) -> Callable[[Path], None]:
    def change(rows: Rows) -> None:
        rows[seq - 1][1] = event

    return lambda path: operate(path, change)


def _deep(rows: Rows) -> None:
    event: object = 1
    for _ in range(900):
        event = [event]
    rows[4][1] = event


def _deeper(path: Path) -> None:
    """An object that no reader of Python's would write, in place of the third event's."""
    deep = b"[" * 100_000 + b"]" * 100_000
    with closing(sqlite3.connect(path)) as connection, connection:
        size, packed = connection.execute("SELECT size, packed FROM events").fetchone()
        rows = texts_of(unpack(packed, size))
        rows[2] = msgspec.Raw(b'[1.0,{"type":"Noted","node":0,"text":"","more":' + deep + b"}]")
        text = array([bytes(row) for row in rows])
        connection.execute("UPDATE events SET size = ?, packed = ?", (len(text), pack(text)))


@pytest.mark.parametrize(
    ("damage", "seq", "says"),
    [
        (lambda path: operate(path, lambda rows: rows.pop(5)), 1, "holds 16 events, and should hold 17"),
        (_event(7, {"type": "Selected", "iteration": 1}), 7, "no event that this Espalier knows"),
        (_event(3, []), 3, "no event that this Espalier knows"),
        (_event(4, {"type": "Exploded"}), 4, "Exploded"),
        (_event(4, {"type": "StepRated", "node": 1, "rating": 2}), 4, "no event that this Espalier knows"),
        (_event(5, None), 5, "no event that this Espalier knows"),
        (lambda path: operate(path, _deep), 5, "no event that this Espalier knows"),
        (_deeper, 1, "no event that this Espalier knows"),
        (_sql("DELETE FROM nodes WHERE node = 4"), 8, "nodes [3, 4] are not all there"),
        (_sql("UPDATE nodes SET parent = 0 WHERE node = 4"), 8, "nodes [3, 4] are not all there"),
        (_sql("UPDATE nodes SET step = CAST(x'22ff22' AS TEXT) WHERE node = 4"), 1, "could not be read"),
        (_event(3, {"type": "Expanded", "iteration": 1, "parent": 0, "children": [10**30]}), 3, "not all there"),
        (_event(3, {"type": "Expanded", "iteration": 1, "parent": 0, "children": [-(10**30)]}), 3, "not all there"),
        (_sql("UPDATE events SET packed = x'78'"), 1, "has another size than it says"),
        (_sql("UPDATE events SET packed = x'0000'"), 1, "cannot be unpacked"),
        (_sql("UPDATE events SET size = size - 1"), 1, "has another size than it says"),
        (_sql("UPDATE events SET size = 60000000"), 1, "claims to hold 60000000 bytes"),
        (_sql("UPDATE events SET first = 2"), 1, "it is missing"),
        (_sql("UPDATE events SET last = 9"), 1, "holds 17 events, and should hold 9"),
    ],
)
def test_damage_is_named_and_what_comes_before_it_is_given(
    tmp_path: Path, damage: Callable[[Path], None], seq: int, says: str
) -> None:
    path = tmp_path / "a.espalier"
    with Session.create(path) as session:
        save(session, log())
    damage(path)
    with Session.open(path) as session:
        with pytest.raises(DamagedLogError) as caught:
            session.records(1)
        good, error = session.readable_records(1)
    assert caught.value.seq == seq
    assert says in str(caught.value)
    assert f"Event {seq} of run 1 in a.espalier" in str(error)
    assert good == list(log()[: seq - 1])


def test_a_block_that_unpacks_to_a_gigabyte_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    with Session.create(path) as session:
        save(session, log())
    bomb = zlib.compress(bytes(30_000_000))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE events SET packed = ?, size = 1000", (bomb,))
    with Session.open(path) as session:
        tracemalloc.start()
        good, error = session.readable_records(1)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert good == []
    assert "another size than it says" in str(error)
    assert most < 5_000_000


def test_damage_in_a_later_block_leaves_those_before(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    records = broad_log(2 * FULL_EVENTS + 10)
    with Session.create(path) as session:
        save(session, records)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM events WHERE first = ?", (FULL_EVENTS + 1,))
    with Session.open(path) as session:
        good, error = session.readable_records(1)
        assert good == list(records[:FULL_EVENTS])
        assert f"Event {FULL_EVENTS + 1} of run 1" in str(error)
        assert session.records(1, after=2 * FULL_EVENTS) == list(records[2 * FULL_EVENTS :])  # which are all there


def test_parts_of_a_log_of_many_blocks(tmp_path: Path) -> None:
    records = broad_log(2 * FULL_EVENTS + 10)
    with Session.create(tmp_path / "a.espalier") as session:
        save(session, records)
        for after, until in ((0, 1), (FULL_EVENTS - 1, FULL_EVENTS + 1), (FULL_EVENTS, 2 * FULL_EVENTS), (1990, None)):
            assert session.records(1, after, until) == list(records[after:until])


def test_few_events_at_a_time_fill_blocks_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    records = broad_log(FULL_EVENTS + 200)
    with Session.create(path) as session:
        session.new_run(PLAN)
        for first in range(0, len(records), 150):
            session.append(records[first : first + 150])
            session.flush()
    with closing(sqlite3.connect(path)) as connection:
        blocks = connection.execute("SELECT first, last FROM events ORDER BY first").fetchall()
    assert blocks == [(1, FULL_EVENTS), (FULL_EVENTS + 1, len(records))]
    with Session.open(path) as session:
        assert session.records(1) == list(records)


def test_after_a_block_that_cannot_be_read_there_comes_another(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    with Session.create(path) as session:
        save(session, log(finished=False))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE events SET packed = x'78'")
    with Session.open(path) as session:
        session.append([Record(1, 17, 1.0, RunFinished("stopped", "", None, None, None, ""))])
        session.flush()
        assert session.records(1, after=16)[0].seq == 17


def test_large_events_do_not_share_a_block(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    notes = [Record(1, seq, 1.0, Noted(0, "x" * FULL_BYTES)) for seq in (18, 19)]
    with Session.create(path) as session:
        save(session, (*log(), *notes))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT first FROM events").fetchall() == [(1,), (18,), (19,)]
    with Session.open(path) as session:
        assert session.records(1) == [*log(), *notes]


def test_what_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage.log, "LARGEST_TEXT", 500)
    children = (NewNode(1, "x" * 600, 1.0),)
    with Session.create(tmp_path / "a.espalier") as session:
        session.new_run(PLAN)
        for event in (
            Noted(0, "x" * 600),
            Expanded(1, 0, children),
            Expanded(1, 0, (NewNode(1, "", 1.0, tokens=b"x" * 600),)),
        ):
            with pytest.raises(SessionError, match="larger than 50 MB"):
                session.append([Record(1, 1, 1.0, event)])


def test_choices_are_read_when_somebody_looks(tmp_path: Path) -> None:
    """They are equal to those that were written, and travel to the engine as those do."""
    records = rich_log(6)
    with Session.create(tmp_path / "a.espalier") as session:
        save(session, tuple(records))
        read = session.records(1)
    event_at = next(at for at, one in enumerate(read) if isinstance(one.event, Selected) and one.event.choices)
    event, written = read[event_at].event, records[event_at].event
    assert isinstance(event, Selected)
    assert isinstance(written, Selected)
    assert isinstance(event.choices, LateChoices)
    assert event == written
    assert written == event
    assert hash(event) == hash(written)
    assert (event.choices[0], event.choices[-1], len(event.choices)) == (
        written.choices[0], written.choices[-1], len(written.choices)
    )  # fmt: skip
    assert encode_event(event) == encode_event(written)
    looked_at = replace(read[event_at], event=replace(event, choices=tuple(event.choices)))
    assert encode_frame(Records((read[event_at],))) == encode_frame(Records((looked_at,)))


def test_choices_that_are_none_are_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    with Session.create(path) as session:
        save(session, log())

    def change(rows: Rows) -> None:
        rows[6][1]["choices"] = [{"parent": "x"}]

    operate(path, change)
    with Session.open(path) as session:
        event = session.records(1)[6].event
    assert isinstance(event, Selected)
    assert event.choices == ()
    assert not event.choices


def test_every_field_of_the_events_that_rest_otherwise_is_kept() -> None:
    """Fails when a field is added to Expanded or Selected: add it to the class beside it, too."""
    assert Grown.__struct_fields__ == Expanded.__struct_fields__
    assert Grown.__struct_defaults__ == Expanded.__struct_defaults__
    assert Walked.__struct_fields__ == Selected.__struct_fields__
