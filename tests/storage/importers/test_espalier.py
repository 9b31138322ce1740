"""Our own exports on their way back, after other programs and hands had them: put in order, or refused in words."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from engine.events import AnyEvent, Backpropagated, Budget, Expanded, NewNode, Noted, Record, RunStarted
from engine.importing import Kept
from engine.tree import Tree, fold
from storage.exporters import exporter
from storage.exporters.events_export import FORMAT
from storage.importers import IMPORTERS, importer_of
from storage.importers.espalier_graph import ESPALIER_GEXF, ESPALIER_GRAPHML
from storage.importers.importer import Head, Importer, Odd, Working
from storage.session import Session
from tests.helpers.rich_log import rich_log
from tests.helpers.same_run import assert_same_nodes
from tests.storage.samples import PLAN

FORMATS = ("events", "json-full", "json", "node-link", "graphml", "gexf", "csv")
LOG = rich_log(5, everything=True)
TREE = fold(LOG)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with Session.create(tmp_path_factory.mktemp("espalier") / "a.espalier") as made:
        assert made.new_run(PLAN) == 1
        made.append(LOG)
        yield made


@pytest.fixture(scope="module")
def bodies(session: Session) -> dict[str, bytes]:
    return {name: exporter(name).render(session, 1) for name in FORMATS}


def read(body: bytes, importer: Importer | None = None) -> list[Kept | Odd]:
    stream = io.BytesIO(body)
    found = importer or importer_of(stream, "made up")
    assert found is not None
    stream.seek(0)
    return [one for one in found.records(stream, "made up") if not isinstance(one, Working)]


def tree_of(body: bytes) -> Tree:
    (run,) = read(body)
    assert isinstance(run, Kept), run
    return fold(run.records(1, 0.0))


def why_not(body: bytes, importer: Importer | None = None) -> str:
    """Why there is no run in it."""
    (odd,) = read(body, importer)
    assert isinstance(odd, Odd)
    return odd.what


def test_events_end_where_the_file_is_cut_off(bodies: dict[str, bytes]) -> None:
    lines = bodies["events"].splitlines(keepends=True)
    odd, run = read(b"".join(lines[:6]) + lines[6][:20])
    assert isinstance(odd, Odd)
    assert isinstance(run, Kept)
    assert odd.line == 7
    assert "what follows builds on it" in odd.what
    assert run.records(1, 0.0) == LOG[:5]
    odd, run = read(b"".join(lines[:6]))
    assert f"the file is cut off: 5 of {len(LOG)} events are there" in str(odd)


def test_an_event_may_say_what_a_header_says(tmp_path: Path) -> None:
    """A note with the mark of the format begins no run."""
    log = [*LOG, Record(1, len(LOG) + 1, 1.0, Noted(0, FORMAT))]
    with Session.create(tmp_path / "a.espalier") as session:
        session.new_run(PLAN)
        session.append(log)
        (run,) = read(exporter("events").render(session, 1))
    assert isinstance(run, Kept)
    assert run.records(1, 0.0) == log


def test_what_speaks_of_a_format_has_not_that_format() -> None:
    words = "Export it: <graphml> with espalier, or <gexf>."
    chat = json.dumps({"messages": [{"role": "user", "content": words}, {"role": "assistant", "content": words}]})
    for raw, name in ((chat.encode() + b"\n", "chat"), (words.encode(), "trace")):
        importer = importer_of(io.BytesIO(raw), "a")
        assert importer is not None
        assert importer.name == name


def test_a_graph_with_a_document_type_is_known_and_refused_in_words(bodies: dict[str, bytes]) -> None:
    for kind in (b"<!DOCTYPE graphml>", b'<!DOCTYPE graphml [<!ENTITY a "b">]>'):
        head, _, rest = bodies["graphml"].partition(b"?>")
        assert "document type of its own" in why_not(head + b"?>" + kind + rest)


def test_a_comment_may_stand_before_a_graph(bodies: dict[str, bytes]) -> None:
    for name in ("graphml", "gexf"):
        head, _, rest = bodies[name].partition(b"?>")
        body = head + b"?>\n<!-- saved -->\n<!-- again -->" + rest
        assert tree_of(body).nodes.keys() == TREE.nodes.keys()


def test_events_that_make_no_sense_are_no_run(bodies: dict[str, bytes]) -> None:
    lines = bodies["events"].splitlines(keepends=True)
    assert "events of it are missing" in str(read(b"".join((lines[0], lines[1], lines[3])))[-1])
    newer = lines[0].replace(b'"version":1', b'"version":9')
    assert "newer Espalier" in str(read(newer + b"".join(lines[1:]))[0])
    forged = Record(1, 2, 0.0, Backpropagated(1, 99, 1.0, "prm"))
    header = re.sub(rb'"events":\d+', b'"events":2', lines[0])
    (odd,) = read(header + lines[1] + msgspec.json.encode(forged) + b"\n")
    assert "it makes no sense: Backpropagated names node 99, which does not exist" in str(odd)


def test_a_run_that_is_too_deep_is_refused(session: Session) -> None:
    started = RunStarted("game24", "t", "p", "mcts", {}, 7, Budget(), "", ())
    chain: list[AnyEvent] = [started, *(Expanded(1, n, (NewNode(n + 1, "x", 1.0),)) for n in range(1_001))]
    run = session.new_run(PLAN)
    session.append(Record(run, seq, 0.0, event) for seq, event in enumerate(chain, 1))
    for name in FORMATS:
        assert "it is 1,001 steps deep, and 1,000 can be shown" in why_not(exporter(name).render(session, run))


def test_no_more_nodes_are_read_than_can_be_shown(bodies: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("rebuilt", "espalier_graph", "espalier_csv"):
        monkeypatch.setattr(f"storage.importers.{module}.MOST_NODES", 20)
    for name in FORMATS[2:]:
        assert "nodes" in why_not(bodies[name])


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("declared", [BOMB, FILE])
@pytest.mark.parametrize(("name", "importer"), [("graphml", ESPALIER_GRAPHML), ("gexf", ESPALIER_GEXF)])
def test_xml_with_entities_of_its_own_is_refused(
    bodies: dict[str, bytes], name: str, importer: Importer, declared: str
) -> None:
    first, _, rest = bodies[name].decode().partition("\n")
    assert "DOCTYPE" in why_not(f"{first}\n{declared}\n{rest}".encode(), importer)
    deep = f"<{name}>" + "<a>" * 100
    assert "deep" in why_not(deep.encode(), importer)
    assert "it is no XML" in why_not(bodies[name][:2_000], importer)


def test_a_graph_that_another_program_saved_again(bodies: dict[str, bytes]) -> None:
    """Other names of keys, other order of nodes, and parents only in the edges."""
    words = bodies["graphml"].decode()
    words = re.sub(r'(key id|data key)="(\w+)"', r'\1="v_\2"', words)
    words = re.sub(r'\s*<data key="v_parent">\d+</data>', "", words)
    nodes = re.findall(r"<node id=.*?</node>", words, re.DOTALL)
    mixed = list(nodes)
    Random(3).shuffle(mixed)
    for old, new in zip(nodes, mixed, strict=True):
        words = words.replace(old, f"@{nodes.index(new)}@", 1)
    for number, node in enumerate(nodes):
        words = words.replace(f"@{number}@", node, 1)
    assert_same_nodes(tree_of(words.encode()), TREE)


def test_nodes_that_were_named_anew_are_numbered_level_by_level(bodies: dict[str, bytes]) -> None:
    words = re.sub(r'(id|source|target)="(\d+)"', r'\1="n\2"', bodies["graphml"].decode())
    words = re.sub(r'\s*<data key="(parent|twin)">\d+</data>', "", words)
    made = tree_of(words.encode())
    assert sorted(node.step for node in made.nodes.values()) == sorted(node.step for node in TREE.nodes.values())
    assert sum(node.visits for node in made.nodes.values()) == sum(node.visits for node in TREE.nodes.values())
    depths = [node.depth for node in made.nodes.values()]
    assert depths == sorted(depths)
    assert made.finished is not None
    assert made.finished.chosen is None  # which node that was, nobody can say any more


def without_node(number: int, words: str) -> str:
    return re.sub(rf'    <node id="{number}">.*?</node>\n', "", words, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda words: without_node(1, words), "some of its nodes hang on nothing"),
        (lambda words: without_node(0, words), "it has no root"),
        (lambda words: re.sub(r'\s*<data key="parent">0</data>|<edge id="e\d+" source="0".*?/>', "", words), "several"),
        (lambda words: words.replace('"parent">0<', '"parent">5<'), "hang on nothing"),
        (lambda words: re.sub(r'"N">\d+<', '"N">-4<', words), "counts what cannot be counted"),
        (lambda words: re.sub(r'"N">\d+<', '"N">many<', words), "it is no run"),
        (lambda words: re.sub(r'"W">[\d.]+<', '"W">nan<', words), "a number of its node 0 is none"),
        (lambda words: re.sub(r'"P">[\d.]+<', '"P">inf<', words), "a number of its node"),
        (lambda words: re.sub(r'"espalier">', '"espalier">{', words), "it is no run"),
    ],
)
def test_graphs_that_are_no_trees(bodies: dict[str, bytes], change: Callable[[str], str], why: str) -> None:
    assert why in why_not(change(bodies["graphml"].decode()).encode())


def test_a_table_that_a_spreadsheet_sorted(bodies: dict[str, bytes]) -> None:
    rows = list(csv.reader(io.StringIO(bodies["csv"].decode(), newline="")))
    Random(1).shuffle(body := rows[1:])
    out = io.StringIO(newline="")
    csv.writer(out).writerows([rows[0], *body])
    assert_same_nodes(tree_of(out.getvalue().encode()), TREE)


def test_a_table_of_others_is_none_of_ours() -> None:
    for head in (b"id,name,step\n", b"a,b\n", b"", b"\xff\xfe\x00"):
        assert not any(e.recognises(Head(head, None)) for e in importers_of_ours())


def importers_of_ours() -> list[Any]:
    return [entry for entry in IMPORTERS if entry.name.startswith("espalier-")]


def test_each_export_is_known_by_its_content(bodies: dict[str, bytes]) -> None:
    known = {}
    for name, body in bodies.items():
        found = importer_of(io.BytesIO(body), "made up")
        known[name] = found.name if found else None
    assert known == {
        "events": "espalier-events", "json-full": "espalier-run", "json": "espalier-run",
        "node-link": "espalier-node-link", "graphml": "espalier-graphml", "gexf": "espalier-gexf",
        "csv": "espalier-csv",
    }  # fmt: skip
    records = [json.loads(bodies[name].splitlines()[0]) for name in ("events",)]
    records += [json.loads(bodies[name]) for name in ("json", "node-link")]
    for record in records:
        sure = [entry.name for entry in IMPORTERS if entry.recognises(Head(json.dumps(record).encode(), record)) > 0]
        assert len(sure) == 1, sure


def test_a_document_that_was_written_without_line_breaks(bodies: dict[str, bytes]) -> None:
    for name in ("json", "node-link"):
        assert_same_nodes(tree_of(json.dumps(json.loads(bodies[name])).encode()), TREE)


def test_a_token_with_a_number_beyond_all_bounds(bodies: dict[str, bytes]) -> None:
    changed = bodies["json-full"].replace(
        b'"id": 1,\n          "logprob"', b'"id": 99999999999999999999,\n          "logprob"', 1
    )
    assert changed != bodies["json-full"]
    assert "a number that is too large" in why_not(changed)


def test_newer_documents_are_refused(bodies: dict[str, bytes]) -> None:
    assert "newer Espalier" in why_not(bodies["json"].replace(b'"version": 1', b'"version": 2'))


@pytest.mark.parametrize("name", FORMATS)
def test_damaged_exports_end_in_runs_or_in_words(
    bodies: dict[str, bytes], name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever comes out of a damaged file, a session can keep."""
    random, body = Random(name), bodies[name]
    stream = io.BytesIO(body)
    importer = importer_of(stream, "made up")
    assert importer is not None
    with Session.create(tmp_path_factory.mktemp("fuzz") / "f.espalier") as session:
        for _ in range(40):
            for one in importer.records(io.BytesIO(_damaged(body, random)), "made up"):
                if isinstance(one, Kept):
                    run = session.new_run(one.plan)
                    session.append(one.records(run, 0.0))
                    fold(session.records(run))
                elif isinstance(one, Odd):
                    assert 0 < len(one.what) < 1_000


def _damaged(body: bytes, random: Random) -> bytes:
    found = bytearray(body)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(found))
        match random.randrange(5):
            case 0:
                found[at] = random.randrange(256)
            case 1:
                del found[at : at + random.randint(1, 400)]
            case 2:
                found[at:at] = found[at : at + random.randint(1, 400)]
            case 3:
                digits = [m.span() for m in re.finditer(rb"\d+", found[at : at + 300])]
                if digits:
                    start, end = random.choice(digits)
                    found[at + start : at + end] = random.choice(
                        (b"-1", b"0", b"99999999999999999999999", b"1e400", b"")
                    )
            case 4:
                found[at:at] = random.choice((b"\x00", b"NaN", b'"', b"<", b"{", b"\\ud800", b"null", b"\xff", b"\n"))
    return bytes(found)


def test_a_seed_that_no_session_could_hold(bodies: dict[str, bytes]) -> None:
    assert "its seed is too large" in str(read(bodies["events"].replace(b'"seed":7', b'"seed":' + b"9" * 25))[-1])
