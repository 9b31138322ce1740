"""Exports: the JSON document says what the tree says, and a file is written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.events import (
    AnyEvent,
    Bookmarked,
    Expanded,
    NewNode,
    Noted,
    Record,
    Rescored,
    RolledOut,
    RolloutScores,
    Score,
    Unscored,
)
from engine.tokens import unpack
from engine.tree import fold
from storage.errors import SessionError
from storage.exporters import EXPORTERS, export_run, exporter
from storage.session import Session
from tests.helpers.rich_log import rich_log
from tests.helpers.running import plan, run_log
from tests.helpers.scored_session import scored_log
from tests.storage.samples import PLAN, log, save


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Run 1 is short and has token rows; run 2 is a real search with rollouts."""
    with Session.create(tmp_path / "a.espalier") as session:
        save(session, log(), run_log(plan(simulations=6, value="rollout"), number=2))
        yield session


def exported(session: Session, run: int, name: str, folder: Path) -> dict[str, object]:
    export_run(session, run, name, folder / "run.json")
    document: dict[str, object] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return document


def test_the_nodes_carry_the_numbers_of_the_tree(session: Session, tmp_path: Path) -> None:
    tree = fold(session.records(2))
    document = exported(session, 2, "json", tmp_path)
    nodes = document["nodes"]
    assert isinstance(nodes, list)
    assert len(nodes) == len(tree.nodes) > 10
    for entry, node in zip(nodes, tree.nodes.values(), strict=True):
        assert (entry["id"], entry["parent"], entry["step"]) == (node.id, node.parent, node.step)
        assert (entry["N"], entry["W"], entry["Q"], entry["P"]) == (node.visits, node.value_sum, node.value, node.prior)
        assert [score["value"] for score in entry["scores"]] == [score.value for score in node.scores]
        assert all(score["source"] for score in entry["scores"])
        assert entry["tokens"] is None
    assert any(entry["Q"] is None for entry in nodes)  # missing is not zero
    assert document["cost"]["generated"] == tree.cost.generated > 0  # type: ignore[index]
    assert len(document["rollouts"]) == sum(len(node.rollouts) for node in tree.nodes.values()) > 0  # type: ignore[arg-type]


def test_the_document_says_what_it_is_and_how_the_run_ended(session: Session, tmp_path: Path) -> None:
    document = exported(session, 1, "json", tmp_path)
    assert (document["format"], document["version"], document["run"]) == ("espalier-run", 1, 1)
    assert document["plan"]["text"] == PLAN.text  # type: ignore[index]
    assert (document["policy"], document["engine"]) == ("scripted", "test")
    assert document["finished"]["reason"] == "budget"  # type: ignore[index]
    assert document["gold"] is False
    assert document["events"] is None


def test_the_full_document_has_tokens_and_the_log(session: Session, tmp_path: Path) -> None:
    document = exported(session, 1, "json-full", tmp_path)
    tree = fold(log())
    nodes, events = document["nodes"], document["events"]
    assert isinstance(nodes, list)
    assert isinstance(events, list)
    assert nodes[0]["tokens"] is None  # the root has none
    for entry in nodes[1:]:
        assert [token["text"] for token in entry["tokens"]] == [t.text for t in unpack(tree.nodes[entry["id"]].tokens)]
        assert "".join(token["text"] for token in entry["tokens"]) == entry["step"]
    assert [(entry["seq"], entry["event"]["type"]) for entry in events] == [
        (record.seq, type(record.event).__name__) for record in log()
    ]


def test_votes_prunings_twins_notes_and_the_gold_mark_are_there(session: Session, tmp_path: Path) -> None:
    run = session.new_run(PLAN)
    records = [replace(record, run=run) for record in rich_log(6, everything=True, gold=True)]
    session.append(records)
    tree, document = fold(records), exported(session, run, "json-full", tmp_path)
    nodes = document["nodes"]
    assert isinstance(nodes, list)
    assert [entry["pruned"] for entry in nodes] == [node.pruned for node in tree.nodes.values()]
    assert [entry["twin"] for entry in nodes] == [node.twin for node in tree.nodes.values()]
    assert any(entry["pruned"] for entry in nodes)
    assert any(entry["twin"] is not None for entry in nodes)
    assert any(score.get("note") == "compared with the answer key" for entry in nodes for score in entry["scores"])
    assert document["gold"] is True
    assert document["votes"][0]["tied"] is True  # type: ignore[index]
    assert document["votes"][0]["tallies"][0]["answer"] == "24"  # type: ignore[index]
    assert (document["duplicates"], document["verifiers"]) == (tree.duplicates, ["prm"])
    events = document["events"]
    assert isinstance(events, list)
    assert {entry["event"]["type"] for entry in events} >= {"Pruned", "Restored", "Voted", "VirtualLossChanged"}


def test_everything_that_a_scorer_said_afterwards_is_there(tmp_path: Path) -> None:
    said = Rescored(
        (Score(1, 0.25, "prm", "late", "wrong"),), "late", rollouts=(RolloutScores(1, 0, (0.5, None)),),
        unscored=(Unscored(2, "no verdict"),), spec="prm:a/late",
    )  # fmt: skip
    with Session.create(tmp_path / "said.espalier") as session:
        run = session.new_run(PLAN)
        records = scored_log(run)
        events = (*(record.event for record in records), RolledOut(1, 1, ("a\n", "b\n"), "24", 1.0, "rule", "rule"))
        session.append([Record(run, seq, 0.0, event) for seq, event in enumerate((*events, said), 1)])
        every = exported(session, run, "json", tmp_path)["rescored"]
    assert isinstance(every, list)
    (found,) = every
    assert found["unscored"] == [{"node": 2, "why": "no verdict"}]
    assert found["rollouts"] == [{"node": 1, "rollout": 0, "values": [0.5, None]}]
    assert (found["spec"], found["scores"][0]["note"]) == ("prm:a/late", "wrong")


def test_a_run_that_never_began(session: Session, tmp_path: Path) -> None:
    run = session.new_run(PLAN)
    document = exported(session, run, "json", tmp_path)
    assert (document["nodes"], document["finished"], document["policy"]) == ([], None, "")


def test_what_cannot_be_exported(session: Session, tmp_path: Path) -> None:
    target = tmp_path / "run.json"
    target.write_text("old")
    with pytest.raises(SessionError, match="no format called 'pdf'; there are: json, json-full"):
        export_run(session, 1, "pdf", target)
    with pytest.raises(SessionError, match="has no run 9"):
        export_run(session, 9, "json", target)
    with pytest.raises(SessionError, match=r"run.json could not be written"):
        export_run(session, 1, "json", tmp_path / "nowhere" / "run.json")
    run = session.new_run(PLAN)
    session.append([Record(run, 1, 1.0, Expanded(1, 0, (NewNode(1, "x", 1.0),)))])
    with pytest.raises(SessionError, match="makes no sense: Expanded comes before RunStarted"):
        export_run(session, run, "json", target)
    assert target.read_text() == "old"


def test_names_are_unique() -> None:
    names = [entry.name for entry in EXPORTERS]
    assert len(set(names)) == len(names)
    assert [exporter(name).name for name in names] == names


def test_notes_and_bookmarks_survive_the_file_and_are_exported(tmp_path: Path) -> None:
    path = tmp_path / "b.espalier"
    said: list[AnyEvent] = [Noted(1, "look\nhere"), Bookmarked(2, True), Noted(2, "x"), Noted(2, "")]
    with Session.create(path) as session:
        records = log()
        save(session, records)
        session.append([Record(1, len(records) + n, 9.0, event) for n, event in enumerate(said, 1)])
    with Session.open(path) as session:
        assert [record.event for record in session.records(1)][-4:] == said
        assert session.info(1).state == "finished"
        nodes = exported(session, 1, "json", tmp_path)["nodes"]
        assert isinstance(nodes, list)
        assert [entry["note"] for entry in nodes[:3]] == ["", "look\nhere", ""]
        assert [entry["bookmarked"] for entry in nodes[:3]] == [False, False, True]
