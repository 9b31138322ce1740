"""Graphs and tables of a run as other programs read them: networkx, Python's csv, and the rules of the formats."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from msgspec.structs import replace

from engine.events import ROOT, Budget, Expanded, NewNode, Record, RunStarted
from engine.tree import Tree, fold
from storage.errors import SessionError
from storage.exporters import exporter
from storage.exporters.exporter import Wanted
from storage.exporters.graph_rows import facts
from storage.exporters.node_columns import COLUMNS
from storage.exporters.run_document import ExportedNode, run_document
from storage.guarding import guarded, unguarded
from storage.session import Session
from tests.helpers.rich_log import rich_log
from tests.helpers.shared_data import shared_data
from tests.storage.samples import PLAN

NASTY = ("\x00\x08a\x1fb", "<b> & \"'", "a\nb\tc", "\ufffe", 'back\\slash \\N "quoted"', "é 日本 👩")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Run 1 has everything, run 2 a child of the root for each nasty text."""
    started = RunStarted("game24", "4 9 10 13", "p", "mcts", {}, 7, Budget(), "", ())
    born = tuple(NewNode(number, text, 0.5) for number, text in enumerate(NASTY, 1))
    with Session.create(tmp_path_factory.mktemp("graphs") / "a.espalier") as made:
        for run, log in ((1, rich_log(12, everything=True)), (2, [Record(2, 1, 0.0, started)])):
            assert made.new_run(PLAN) == run
            made.append(log)
        made.append([Record(2, 2, 0.0, Expanded(1, ROOT, born))])
        yield made


def body(session: Session, name: str, run: int = 1) -> bytes:
    return exporter(name).render(session, run)


def tree_of(session: Session, run: int = 1) -> Tree:
    return fold(session.records(run))


def read_graphml(raw: bytes) -> nx.DiGraph:
    return nx.read_graphml(io.BytesIO(raw))


def read_gexf(raw: bytes) -> nx.DiGraph:
    return nx.read_gexf(io.BytesIO(raw))


def read_node_link(raw: bytes) -> nx.DiGraph:
    graph = nx.node_link_graph(json.loads(raw), edges="edges")
    return nx.relabel_nodes(graph, {node: str(node) for node in graph})


READERS: dict[str, Callable[[bytes], Any]] = {
    "graphml": read_graphml, "gexf": read_gexf, "node-link": read_node_link,
}  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_networkx_reads_the_tree_with_its_numbers(session: Session, name: str) -> None:
    graph, tree = READERS[name](body(session, name)), tree_of(session)
    assert nx.is_arborescence(graph)
    assert set(graph.edges) == {(str(n.parent), str(n.id)) for n in tree.nodes.values() if n.parent is not None}
    for node in tree.nodes.values():
        found = graph.nodes[str(node.id)]
        assert (found["N"], found["W"], found["P"]) == (node.visits, node.value_sum, node.prior)
        assert found.get("Q") == node.value
        assert (found["step"], found["terminal"]) == (node.step, node.terminal)
        assert found["label"].startswith(" ".join(node.step.split())[:50])
        scores = found.get("scores") or "[]"
        values = json.loads(scores) if isinstance(scores, str) else scores
        assert [score["value"] for score in values] == [score.value for score in node.scores]


@pytest.mark.parametrize("name", READERS)
def test_networkx_reads_whatever_a_model_wrote(session: Session, name: str) -> None:
    graph = READERS[name](body(session, name, 2))
    for number, text in enumerate(NASTY, 1):
        kept = text if name == "node-link" else re.sub("[\x00-\x08\x1f\ufffe]", "", text)
        assert graph.nodes[str(number)]["step"] == kept


@pytest.mark.parametrize(("name", "space"), [("graphml", "http://graphml.graphdrawing.org/xmlns"),
                                             ("gexf", "http://gexf.net/1.3")])  # fmt: skip
def test_every_attribute_is_declared_with_its_type(session: Session, name: str, space: str) -> None:
    """As Gephi wants it: an attribute that is not declared, or of another type, makes an error of the import."""
    root = ElementTree.fromstring(body(session, name))
    tag, (declared, used) = f"{{{space}}}", (("key", "data"), ("attribute", "attvalue"))[name == "gexf"]
    types = {e.get("id"): e.get("attr.type") or e.get("type") for e in root.iter(tag + declared)}
    titles = {e.get("attr.name") or e.get("title") for e in root.iter(tag + declared)}
    assert titles == set(COLUMNS) - ({"label"} if name == "gexf" else set())
    sound = {"long": r"-?\d+", "double": r"-?[\d.]+(e-?\d+)?", "boolean": "true|false", "string": r"(?s).*"}
    for cell in root.iter(tag + used):
        kind = types[cell.get("key") or cell.get("for")]
        value = cell.get("value") if name == "gexf" else cell.text or ""
        assert kind is not None
        assert re.fullmatch(sound[kind], value or ""), (kind, value)
    ids = [e.get("id") for e in root.iter(tag + "node")]
    assert len(set(ids)) == len(ids)
    assert {e.get("source") for e in root.iter(tag + "edge")} <= set(ids)
    assert len({e.get("id") for e in root.iter(tag + "edge")}) == len(ids) - 1


def test_columns_are_the_fields_of_a_node() -> None:
    assert {name for name in COLUMNS if name not in ("label", "espalier", "exact")} == {
        name for name in ExportedNode.__struct_fields__ if name not in ("id", "tokens")
    }


NAME_TOKEN = re.compile(r"[\w.:-]+")
AS_SCHEMA: dict[str, str] = {
    "string": "", "boolean": "true|false", "long": r"-?\d+", "double": r"-?\d+(\.\d+)?(e[+-]\d+)?|NaN|-?INF",
}  # fmt: skip


@pytest.mark.parametrize("run", [1, 2])
def test_graphml_keeps_the_rules_of_its_schema(session: Session, run: int) -> None:
    """Those of graphml.xsd 1.0 and 1.1: keys first, ids are name tokens and unique, what is named is there, once."""
    root = ElementTree.fromstring(body(session, "graphml", run))
    name = "{http://graphml.graphdrawing.org/xmlns}"
    assert [one.tag for one in root] == [f"{name}key"] * (len(root) - 1) + [f"{name}graph"]
    keys = {key.attrib["id"]: key.attrib["attr.type"] for key in root.iter(f"{name}key")}
    nodes, edges = list(root.iter(f"{name}node")), list(root.iter(f"{name}edge"))
    ids = [node.attrib["id"] for node in nodes]
    for found in (list(keys), ids, [edge.attrib["id"] for edge in edges], [root[-1].attrib["id"]]):
        assert len(set(found)) == len(found)
        assert all(map(NAME_TOKEN.fullmatch, found))
    assert {edge.attrib[end] for edge in edges for end in ("source", "target")} <= set(ids)
    for node in nodes:
        said = [data.attrib["key"] for data in node]
        assert len(set(said)) == len(said)
        for data in node:
            kind = AS_SCHEMA[keys[data.attrib["key"]]]
            assert not kind or re.fullmatch(kind, data.text or ""), data.text


@pytest.mark.parametrize("run", [1, 2])
def test_gexf_keeps_the_rules_of_its_schema(session: Session, run: int) -> None:
    """Those of gexf.rng 1.3: meta and graph, in it attributes, nodes and edges in this order, and no other names."""
    root = ElementTree.fromstring(body(session, "gexf", run))
    name = "{http://gexf.net/1.3}"
    assert root.attrib["version"] == "1.3"
    assert [one.tag.removeprefix(name) for one in (*root, *root[1])] == [
        "meta",
        "graph",
        "attributes",
        "nodes",
        "edges",
    ]
    kinds = {one.attrib["id"]: one.attrib["type"] for one in root.iter(f"{name}attribute")}
    ids = [node.attrib["id"] for node in root.iter(f"{name}node")]
    assert len(set(ids)) == len(ids)
    for value in root.iter(f"{name}attvalue"):
        kind = AS_SCHEMA[kinds[value.attrib["for"]]]
        assert value.attrib.keys() == {"for", "value"}
        assert not kind or re.fullmatch(kind, value.attrib["value"])
    for edge in root.iter(f"{name}edge"):
        assert edge.attrib.keys() == {"id", "source", "target"}
        assert {edge.attrib["source"], edge.attrib["target"]} <= set(ids)


def test_dot_quotes_what_a_model_wrote(session: Session) -> None:
    assert "\ufffe" not in body(session, "dot", 2).decode()  # Graphviz writes it into an SVG, which then is no XML
    lines = body(session, "dot", 2).decode().splitlines()
    assert (lines[0], lines[-1]) == ("digraph espalier {", "}")
    string = r'"(?:[^"\\\n]|\\.)*"'
    one = rf"\[\w+={string}(?:, \w+=(?:{string}|\w+))*\]"
    for line in lines[2:-1]:
        assert re.fullmatch(rf"  \d+ (?:-> \d+(?: {one})?|{one});|  \d+ -> \d+;", line), line
    assert any(r"back\\slash \\N \"quoted\"\nN 0" in line for line in lines)


def test_dot_cuts_labels_and_shows_the_best_trace(session: Session) -> None:
    words = body(session, "dot").decode()
    tree = tree_of(session)
    assert tree.finished is not None
    best = tree.path(tree.finished.chosen or 0)
    assert all(f'  {node.parent} -> {node.id} [color="#c45f00"' in words for node in best[1:])
    assert words.count("dashed") == sum(bool(node.pruned) for node in tree.nodes.values()) > 0
    long = [Record(3, 1, 0.0, RunStarted("game24", "t", "p" * 900, "mcts", {}, 7, Budget(), "", ()))]
    assert session.new_run(PLAN) == 3
    session.append(long)
    assert f'label="{"p" * 200}…' in body(session, "dot", 3).decode()


def rows(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_a_table_has_a_row_for_each_node(session: Session) -> None:
    found, tree = rows(body(session, "csv")), tree_of(session)
    assert [int(row["id"]) for row in found] == list(tree.nodes)
    assert [float(row["W"]) for row in found] == [node.value_sum for node in tree.nodes.values()]
    assert [int(row["depth"]) for row in found] == [node.depth for node in tree.nodes.values()]
    assert {row["Q"] for row in found if row["N"] == "0"} == {""}  # missing is not zero
    assert not body(session, "csv").startswith(b"\xef\xbb\xbf")
    assert body(session, "csv-excel") == b"\xef\xbb\xbf" + body(session, "csv")


def test_no_cell_is_taken_for_a_formula() -> None:
    cases = list(csv.DictReader(io.StringIO(shared_data("samples", "csv_injection_cases.csv").read_text(), newline="")))
    texts = [row["cell"] for row in cases] + [" =1", "\u00a0+1", "\n=1", "＠x", "'=1", "''=1", "\ufeff=1", "-3.5"]
    assert len(texts) > 15
    for text in texts:
        assert guarded(text) == "'" + text
        assert unguarded(guarded(text)) == text
    for text in ("13 - 9 = 4", "", "'tis", "x=1", " a", "3.5"):
        assert guarded(text) == text == unguarded(text)


def test_steps_in_a_table_are_guarded_and_numbers_are_bare(tmp_path: Path) -> None:
    started = RunStarted("game24", "t", "=1+1", "mcts", {}, 7, Budget(), "", ())
    with Session.create(tmp_path / "b.espalier") as made:
        assert made.new_run(PLAN) == 1
        made.append([Record(1, 1, 0.0, started), Record(1, 2, 0.0, Expanded(1, ROOT, (NewNode(1, "-1", 0.5, -3.5),)))])
        raw = body(made, "csv").decode()
    assert '"\'=1+1"' in raw
    assert '"\'-1"' in raw
    assert ",0.5,-3.5," in raw


def test_what_is_nested_without_end_is_said(tmp_path: Path) -> None:
    """Only a forged file has it: with less room on the stack than its reader had, its writer may fail."""
    deep: list[Any] = []
    for _ in range(5_000):
        deep = [deep]
    with Session.create(tmp_path / "a.espalier") as made:
        document = run_document(Wanted(made, [made.new_run(PLAN)]), 1)
    with pytest.raises(SessionError, match="What run 1 says of itself is nested too deeply to be written"):
        facts(replace(document, plan=replace(PLAN, settings={"deep": deep})))
