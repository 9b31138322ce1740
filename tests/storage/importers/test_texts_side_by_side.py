"""Loom and Landscape of Thoughts: texts that go on in several ways, and trials of one question."""

from __future__ import annotations

from engine.run_traces import trace_of
from storage.importers.importer import Head
from storage.importers.landscape import LANDSCAPE
from storage.importers.loom import LOOM
from tests.helpers.data_sets import kept_of, tree_of
from tests.helpers.invariants import check_tree
from tests.helpers.step_logs import TRIALS, landscape, loom, piece
from tests.helpers.tree_files import found_in


def test_a_text_that_goes_on_in_two_ways() -> None:
    (run,) = kept_of(loom())
    tree = tree_of(run)
    check_tree(tree, run.records(1, 0.0))
    assert [(node.parent, node.step) for node in tree.nodes.values()][1:] == [
        (0, "a time"), (0, "a hill,\n"), (1, " there was."), (1, "..."),
    ]  # fmt: skip
    assert trace_of(tree, 3).text == "a time there was."
    assert tree.notes[4] == "written by: AI; tags: bookmark, odd"
    assert (tree.notes[0], tree.notes[2]) == ("written by: prompt", "written by: mixed")
    assert tree.bookmarks == {4}
    assert tree.started is not None
    assert (tree.started.policy, tree.started.told["temperature"], tree.root.step) == ("toy", "0.9", "Once upon")


def test_pieces_without_text_and_roots_without_a_name() -> None:
    """As the first versions wrote them: `open` is a number, the root has no id, and joints hold no text."""
    leaf = {"id": "3", "text": "Look.", "children": [], "tags": ["demo"], "parent_id": "2", "open": 0, "visited": True}
    root = {"mutable": False, "visited": True, "text": "", "children": [{"text": "", "children": [leaf]}]}
    record = {"root": root, "tags": {"demo": {"scope": "node"}}, "selected_node_id": "3", "frame": {}}
    assert LOOM.recognises(Head(b"", record)) == 0.9
    (run,), odd = found_in(LOOM, record)
    tree = tree_of(run)
    check_tree(tree, run.records(1, 0.0))
    assert [(node.parent, node.step) for node in tree.nodes.values()][1:] == [(0, ""), (1, "Look.")]
    assert (odd, tree.notes) == ([], {2: "tags: demo"})


def test_a_text_of_many_pieces() -> None:
    deep = piece("end")
    for number in range(150):
        deep = piece(f"{number} ", deep)
    (run,), odd = found_in(LOOM, loom() | {"root": piece("start", deep, 3)})  # type: ignore[arg-type]
    assert (len(tree_of(run).nodes), odd) == (152, ["line 1: 1 of its nodes are no objects and are left out"])
    assert found_in(LOOM, loom() | {"root": piece("start")}, 3)[1] == [
        "line 1: it has no steps", "line 2: it is no JSON object",
    ]  # fmt: skip


def test_trials_stand_side_by_side() -> None:
    (run,) = kept_of(landscape(*TRIALS))
    tree = tree_of(run)
    check_tree(tree, run.records(1, 0.0))
    assert [[step.strip() for step in tree.steps(end.id)] for end in tree.answers()] == [
        ["3*4=12", "So B."], ["3*4=12", "So A."], ["3+4=7", "So A."], ["12-2"],
    ]  # fmt: skip
    words = [end.score("code") for end in tree.answers()]
    assert [word and word.value for word in words] == [None, None, 0.0, 1.0]
    assert not tree.gold  # no search looked at what the file says
    assert list(tree.notes.values()) == ["answer: A", "answer: B"]
    assert tree.started is not None
    assert tree.started.told["answers"] == "A)9 | B)10"
    assert run.plan.text == "How many are left? #### B"


def test_trials_without_text() -> None:
    runs, odd = found_in(
        LANDSCAPE, landscape("a", 3, [], [None, True]), landscape(), landscape() | {"trial_thoughts": 3}
    )
    assert len(runs) == 1
    assert odd == [
        "line 1: 3 of its trials have no text and are left out",
        "line 2: it has no steps",
        "line 3: its 'trial_thoughts' is no list",
    ]
