"""TreeLogs of llm-reasoners: snapshots become what changed between them, on the scale of the log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.events import Credited, Event, Expanded, Pruned, Restored, Scored, Selected
from engine.importing import Kept
from storage.importers import importer_of_file, json_values, tree_log
from storage.importers.tree_log import COUNTED, TREE_LOG, UNSAID
from tests.helpers.data_sets import tree_of
from tests.helpers.invariants import check_tree
from tests.helpers.step_logs import ASKED, Snapshot, reasoners, treelog
from tests.helpers.tree_files import found_in


def one(record: Any) -> Kept:
    """The run of a log in which nothing is odd."""
    (run,), odd = found_in(TREE_LOG, record)
    assert odd == []
    return run


def by_iteration(run: Kept, kind: type[Event]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for event in run.events:
        if isinstance(event, kind) and hasattr(event, "iteration"):
            found.setdefault(event.iteration, []).append(event)
    return found


def test_each_snapshot_is_an_iteration() -> None:
    run = one(reasoners())
    tree = tree_of(run)
    check_tree(tree, run.records(1, 0.0))
    assert tree.iterations_done == 4
    born = {at: [child.node for event in events for child in event.children]
            for at, events in by_iteration(run, Expanded).items()}  # fmt: skip
    assert born == {1: [1, 2], 2: [3]}
    paths = {at: [event.path for event in events] for at, events in by_iteration(run, Selected).items()}
    assert paths == {1: [(0,)], 2: [(0, 2)], 3: [(0, 1)], 4: [(0, 1)]}  # as far as it was there before
    assert [event.nodes for events in by_iteration(run, Pruned).values() for event in events] == [(2,), (3,)]
    assert [event.nodes for events in by_iteration(run, Restored).values() for event in events] == [(2,)]
    assert tree.nodes[3].pruned == "not in snapshot 4 any more"
    assert (tree.nodes[2].pruned, tree.root.step) == ("", "How many?")


def test_steps_say_what_is_new_and_states_may_come_late() -> None:
    tree = tree_of(one(reasoners()))
    assert [node.step for node in tree.nodes.values()][1:] == ["3*4? 12\n", "3+4? 7\n", "node 3\n"]
    named = treelog(({"r": {"problem": "P"}, "a": {"state": "S", "turn": 1, "is_terminal": True}},
                     [("r", "a", {"action": "go"})], []))  # fmt: skip
    tree = tree_of(one(named))
    assert tree.nodes[1].step == "go\nstate: S\nturn: 1\n"
    assert tree.nodes[1].terminal


def test_numbers_keep_their_scale() -> None:
    run = one(reasoners())
    tree = tree_of(run)
    assert tree.started is not None
    scale = tree.started.scale
    assert (scale.low, scale.high, scale.words) == (0.1, 2.0, "reward, Q, as the log has them")
    assert tree.started.told["visits"] == COUNTED
    assert [(node.visits, node.value) for node in tree.nodes.values()] == [(0, None), (3, 0.75), (1, 0.25), (1, 0.25)]
    (score,) = tree.nodes[1].scores
    assert (score.verifier, score.value, score.channels) == ("reward", 0.4, (("intuition", -1.2),))
    assert [len(events) for events in by_iteration(run, Scored).values()] == [1, 1]  # what did not change is not said
    assert [len(events) for events in by_iteration(run, Credited).values()] == [1, 1, 1, 1]


def test_what_marks_the_best_edges_tells_of_no_walks() -> None:
    """Beam and depth-first searches write one snapshot, and older logs of MCTS the best edges of each."""
    nodes = {0: ASKED, 1: {"a": "x"}, 2: {"a": "y"}, 3: {"a": "z"}}
    edges = [(0, 1, {"reward": 0.9, "action": "left"}), (0, 2, {"reward": 0.1, "action": "right"}),
             (2, 3, {"reward": 0.5, "action": "on"})]  # fmt: skip
    run = one(treelog((nodes, edges, [(0, 1), (2, 3)])))
    tree = tree_of(run)
    assert by_iteration(run, Selected) == by_iteration(run, Credited) == {}
    assert tree.nodes[3].step == "on\nz\n"
    assert tree.started is not None
    assert tree.started.told["visits"] == UNSAID
    grown: Snapshot = (nodes, [(0, 1, {"Q": 0.9, "reward": 0.9}), (0, 2, {"Q": 0.4, "reward": 0.1}),
                               (2, 3, {"Q": 0.5, "reward": 0.5})], [(0, 1), (2, 3)])  # fmt: skip
    first: Snapshot = ({0: ASKED, 1: nodes[1], 2: {}}, [(0, 1, {"Q": 0.9}), (0, 2, {"Q": 0.1})], [(0, 1)])
    tree = tree_of(one(treelog(first, grown)))
    assert not any(node.visits for node in tree.nodes.values())
    assert [(score.value, score.channels) for score in tree.nodes[2].scores][-1] == (0.1, (("Q", 0.4),))


def test_visits_that_the_log_says() -> None:
    log = treelog(
        ({0: ASKED, 1: {}}, [(0, 1, {"Q": 0.5, "N": 2})], []),
        ({0: ASKED, 1: {}}, [(0, 1, {"Q": -0.25, "N": 5})], []),
        ({0: ASKED, 1: {}}, [(0, 1, {"Q": -0.25, "N": 3})], []),
    )
    tree = tree_of(one(log))
    assert (tree.nodes[1].visits, tree.nodes[1].scores) == (5, ())
    assert tree.nodes[1].value == pytest.approx(-0.25)
    assert tree.started is not None
    assert "visits" not in tree.started.told


def test_q_of_what_nobody_visited_is_a_score() -> None:
    log = treelog(({0: ASKED, 1: {}, 2: {}}, [(0, 1, {"Q": 0.5}), (0, 2, {"value": 7, "cost": 3})], []))
    tree = tree_of(one(log))
    assert [(score.verifier, score.value) for score in tree.nodes[1].scores] == [("Q", 0.5)]
    assert [(score.verifier, score.value, score.channels) for score in tree.nodes[2].scores] == [
        ("value", 7.0, (("cost", 3.0),))
    ]
    assert tree.nodes[1].visits == 0


def test_a_forest_and_names_of_any_kind() -> None:
    log = treelog(
        ({"a": {"t": "A"}, 7: {"t": "B"}, "c": {"t": "C"}}, [("a", "c", {"reward": 1})], [("a", "c")]),
        ({"a": {"t": "A"}, 7: {"t": "B"}, "c": {"t": "C"}}, [("a", "c", {"reward": 1})], [("a", "c")]),
    )
    (run,), odd = found_in(TREE_LOG, log)
    tree = tree_of(run)
    assert [(node.parent, node.step) for node in tree.nodes.values()][1:] == [(0, "A\n"), (0, "B\n"), (1, "C\n")]
    assert tree.selected is not None
    assert tree.selected.path == (0, 1, 3)
    assert odd == ["line 1: it has 2 roots: they stand side by side below one of ours"]


def test_a_log_that_was_never_written_to_is_recognised(tmp_path: Path) -> None:
    file = tmp_path / "log.json"
    file.write_text('{"logs": []}')
    assert importer_of_file(file) is TREE_LOG
    _, odd = found_in(TREE_LOG, {"logs": []})
    assert odd == ["line 1: it has no steps"]


def test_what_cannot_be_a_tree() -> None:
    ring: Snapshot = ({0: ASKED, 1: {}, 2: {}, 3: {}}, [(0, 1, {}), (2, 3, {}), (3, 2, {})], [(2, 3)])
    twice: Snapshot = ({0: ASKED, 1: {}, 2: {}}, [(0, 1, {}), (0, 2, {}), (1, 2, {})], [])
    moved: Snapshot = (twice[0], [(0, 1, {}), (1, 2, {})], [])
    loose = {"nodes": {}, "edges": {"0": {"source": 1, "target": 2}}}
    _, odd = found_in(TREE_LOG, treelog(ring), treelog(twice, moved), treelog(({0: ASKED}, [], [])),
                      {"logs": [3]}, {"logs": [loose]}, {})  # fmt: skip
    assert [line.partition(": ")[2] for line in odd] == [
        "2 of its nodes hang on no root and are left out",
        "snapshot 1 has 1 edges to nodes that have one already: the first one counts",
        "1 of its nodes change their parent: the first one counts",
        "it has no steps",
        "its snapshot 1 is no object",
        "an edge of its snapshot 1 has an end that is no node",
        "it has no 'logs'",
    ]


def test_what_vanishes_with_the_node_above_it_comes_back_with_it_or_not() -> None:
    full: Snapshot = ({0: ASKED, 1: {}, 2: {}, 3: {}}, [(0, 1, {}), (1, 2, {}), (1, 3, {})], [])
    part: Snapshot = ({0: ASKED, 1: {}, 2: {}}, [(0, 1, {}), (1, 2, {})], [])
    tree = tree_of(one(treelog(full, ({0: ASKED}, [], []), part)))
    assert [bool(node.pruned) for node in tree.nodes.values()] == [False, False, False, True]
    tree = tree_of(one(treelog(full, ({0: ASKED}, [], []), full)))
    assert not any(node.pruned for node in tree.nodes.values())


def test_a_log_that_is_too_large_for_one_record_is_read_by_snapshots(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = json.dumps(reasoners(), indent=1).encode()
    whole = one(reasoners())
    for module in (tree_log, json_values):
        monkeypatch.setattr(module, "LARGEST_RECORD", len(raw) - 1)
    (tmp_path / "large.json").write_bytes(raw)
    (tmp_path / "torn.json").write_bytes(raw[:-100])
    assert importer_of_file(tmp_path / "large.json") is TREE_LOG
    with (tmp_path / "large.json").open("rb") as stream:
        (run,) = TREE_LOG.records(stream, "large.json")
    assert isinstance(run, Kept)
    assert run.events[1:-1] == whole.events[1:-1]
    monkeypatch.setattr(tree_log, "LARGEST_RECORD", 100)
    with (tmp_path / "torn.json").open("rb") as stream:
        odd, run = TREE_LOG.records(stream, "torn.json")
    assert str(odd) == "line 4: the file is no JSON from here on, or cut off: what follows is left out"
    assert isinstance(run, Kept)
    assert tree_of(run).iterations_done == 3


def test_a_chain_that_is_too_deep_is_said() -> None:
    deep: Snapshot = (
        {n: {} for n in range(1_200)},
        [(n, n + 1, {}) for n in range(1_199)],
        [(n, n + 1) for n in range(1_199)],
    )
    runs, (odd,) = found_in(TREE_LOG, treelog(deep))
    assert not runs
    assert odd == "line 1: it is more than 1,000 steps deep, and so many can be shown"
