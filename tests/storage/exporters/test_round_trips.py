"""What is exported and imported again gives the same tree: from every format of ours, with whatever texts."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.events import ROOT, Budget, Expanded, NewNode, Noted, Record, RunStarted, Scale, Score, Scored
from engine.importing import Kept
from engine.run_traces import is_imported
from engine.tree import Tree, fold
from storage.exporters import EXPORTERS, exporter, write_runs
from storage.exporters.run_document import without_tokens
from storage.importers import importer_of
from storage.importers.importer import Odd
from storage.session import Session
from tests.helpers.rich_log import rich_log
from tests.helpers.same_run import assert_same_nodes, assert_same_run
from tests.storage.samples import PLAN, arbitrary_logs

EXACT = ("events", "json-full")
TREES = ("json", "node-link", "graphml", "gexf")
TABLES = ("csv", "csv-excel")
ONE_WAY = ("html", "markdown", "dot", "events-bare")
HOSTILE = (
    "=cmd|' /C calc'!A0", "'=1", "\x00\x1b[31m", "a\r\nb\rc", "\ufffe\uffff", "]]>&<b>\"'", "\u202eevil\u2066", " \t",
    "＝1", "\n\n", "line\u2028line", '"", 1', "\N{PILE OF POO}" * 3, "&#0;&amp;", "null",
)  # fmt: skip


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with Session.create(tmp_path_factory.mktemp("trips") / "a.espalier") as made:
        yield made


def keep(session: Session, records: Sequence[Record]) -> int:
    run = session.new_run(PLAN)
    session.append(replace(record, run=run) for record in records)
    return run


def again(body: bytes) -> list[Kept]:
    """What an export holds, found by its content, with nothing odd."""
    stream = io.BytesIO(body)
    importer = importer_of(stream, "made up")
    assert importer is not None
    assert importer.name.startswith("espalier-")
    found = list(importer.records(stream, "made up"))
    assert [one for one in found if isinstance(one, Odd)] == []
    return [one for one in found if isinstance(one, Kept)]


def tree_of(run: Kept) -> Tree:
    return fold(run.records(1, 0.0))


def hostile_log() -> list[Record]:
    """A node for each nasty text: as a step, as a reason, as a note, in a score."""
    first = RunStarted("game24", "4 9 10 13", HOSTILE[0], "mcts", {}, 7, Budget(), HOSTILE[1], (),
                       scale=Scale(-1, 60, HOSTILE[2]), told={HOSTILE[3]: HOSTILE[4]})  # fmt: skip
    born = tuple(NewNode(n, text, 0.1, broken=text * (n % 2), edit=text) for n, text in enumerate(HOSTILE, 1))
    events: list[Any] = [first, Expanded(1, ROOT, born, generator="given")]
    events.append(Scored(1, tuple(Score(n, 20.0, "prm", text, text) for n, text in enumerate(HOSTILE, 1))))
    events += [Noted(n, text) for n, text in enumerate(HOSTILE, 1)]
    return [Record(1, seq, seq / 3, event) for seq, event in enumerate(events, 1)]


def test_every_format_is_tested_here() -> None:
    assert sorted((*EXACT, *TREES, *TABLES, *ONE_WAY)) == sorted(entry.name for entry in EXPORTERS)


LOGS = {
    "search": lambda: rich_log(12, everything=True, gold=True),
    "hostile": hostile_log,
    "unfinished": lambda: rich_log(4, finished=False),
}


@pytest.mark.parametrize("log", LOGS)
@pytest.mark.parametrize("name", EXACT)
def test_the_log_comes_back_as_it_was(session: Session, name: str, log: str) -> None:
    run = keep(session, LOGS[log]())
    (found,) = again(exporter(name).render(session, run))
    assert found.records(run, -1.0) == session.records(run)
    assert found.plan == session.plan(run)


@pytest.mark.parametrize("log", LOGS)
@pytest.mark.parametrize("name", TREES)
def test_the_tree_comes_back_as_it_ended(session: Session, name: str, log: str) -> None:
    records = LOGS[log]()
    (found,) = again(exporter(name).render(session, keep(session, records)))
    made = tree_of(found)
    assert_same_run(made, fold(records))
    assert is_imported(made)
    assert made.started is not None
    assert made.started.told["search"] == PLAN.search


@pytest.mark.parametrize("log", LOGS)
@pytest.mark.parametrize("name", TABLES)
def test_the_nodes_come_back_from_a_table(session: Session, name: str, log: str) -> None:
    records = LOGS[log]()
    (found,) = again(exporter(name).render(session, keep(session, records)))
    assert_same_nodes(tree_of(found), fold(records))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=arbitrary_logs(), name=st.sampled_from((*EXACT, *TREES, *TABLES)))
def test_any_log_comes_back(session: Session, records: list[Record], name: str) -> None:
    assume(all(node.visits >= 0 for node in fold(records).nodes.values()))  # else it is forged, and a tree is refused
    rows_are_made_up = name == "json-full"  # which spells them out, and refuses what is none
    run = keep(session, [without_tokens(record) for record in records] if rows_are_made_up else records)
    (found,) = again(exporter(name).render(session, run))
    tree = fold(session.records(run))
    if name in EXACT:
        assert found.records(run, -1.0) == session.records(run)
    elif name in TREES:
        assert_same_run(tree_of(found), tree)
    else:
        assert_same_nodes(tree_of(found), tree)


@pytest.mark.parametrize("name", ["events", "csv"])
def test_several_runs_come_back_from_one_file(session: Session, name: str) -> None:
    logs = [rich_log(simulations) for simulations in (3, 5)]
    runs = [keep(session, log) for log in logs]
    out = io.BytesIO()
    write_runs(session, runs, name, out)
    for found, log in zip(again(out.getvalue()), logs, strict=True):
        assert_same_nodes(tree_of(found), fold(log))


def test_a_planned_run_comes_back_from_its_events(session: Session) -> None:
    (found,) = again(exporter("events").render(session, session.new_run(PLAN)))
    assert (found.plan, found.events) == (PLAN, ())


def test_without_tokens_the_events_are_the_same_but_for_these(session: Session) -> None:
    run = keep(session, rich_log(3))
    (found,) = again(exporter("events-bare").render(session, run))
    assert found.records(run, -1.0) == session.records(run, tokens=False)
