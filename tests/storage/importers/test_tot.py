"""Logs of Tree of Thoughts: parents are found again, values keep their scale, the real log gives its known facts."""

from __future__ import annotations

import pytest

from engine.events import Expanded, IterationFinished, NodeId, Pruned, Scored
from engine.importing import Kept
from engine.tree import Tree
from storage.importers import importer_of
from storage.importers.tot import TREE_OF_THOUGHTS
from storage.importers.tot.beam import JUNK, answer_of
from storage.importers.tot.votes import decoded, values_as
from tests.helpers.data_sets import read, tree_of
from tests.helpers.invariants import check_tree
from tests.helpers.shared_data import shared_data
from tests.helpers.tree_files import found_in, tot, tot_step, visit

LOG = ("tot_logs", "game24", "gpt-4_0.7_propose1_value3_greedy5_start900_end1000.json")


@pytest.fixture(scope="module")
def log() -> tuple[list[Kept], list[Tree], list[str]]:
    """The runs of the real log, their trees, and what was odd."""
    found = read(shared_data(*LOG).read_bytes())
    runs = [one for one in found if isinstance(one, Kept)]
    return runs, [tree_of(run) for run in runs], [str(one) for one in found if not isinstance(one, Kept)]


def test_the_facts_of_the_real_log(log: tuple[list[Kept], list[Tree], list[str]]) -> None:
    runs, trees, odd = log
    sizes = [len(tree.nodes) for tree in trees]
    assert (len(trees), sum(sizes), min(sizes), max(sizes)) == (100, 8_512, 59, 141)
    by_step = [[0] * 4, [0] * 4]
    for run in runs:
        for event in run.events:
            if isinstance(event, Expanded):
                by_step[0][event.iteration - 1] += len(event.children)
            elif isinstance(event, Pruned):
                by_step[1][event.iteration - 1] += len(event.nodes)
    assert by_step[0] == [947, 3_179, 2_046, 2_240]
    assert [born - lost for born, lost in zip(*by_step, strict=True)] == [500] * 4  # every beam has 5 entries
    firsts = [tree.finished.correct for tree in trees if tree.finished is not None]
    assert (len(firsts), sum(right is True for right in firsts)) == (100, 62)
    graded = [list(tree.notes.values()) for tree in trees]
    assert sum(any(": right" in note for note in notes) for notes in graded) == 69
    assert [len(notes) for notes in graded] == [5] * 100
    assert sum(": right" in note for notes in graded for note in notes) == 119  # the mean of `infos.r` is 0.238
    assert sum(node.broken == JUNK for tree in trees for node in tree.nodes.values()) == 122
    assert not [line for line in odd if "below the root" in line or "does not follow" in line]
    assert [line for line in odd if "two beams" in line] == [
        "line 38: candidates of step 1 that fit two beams with one text, and stand below the first: 10"
    ]


def test_parents_values_and_cost_of_the_real_log(log: tuple[list[Kept], list[Tree], list[str]]) -> None:
    _, trees, _ = log
    tree = trees[0]
    assert tree.started is not None
    assert tree.finished is not None
    assert (tree.started.prompt, tree.started.scale.high, tree.started.told["idx"]) == ("4 5 6 10", 60.0, "900")
    assert tree.steps(tree.finished.chosen or 0) == (
        "4 * 5 = 20 (left: 6 10 20)\n",
        "10 - 6 = 4 (left: 4 20)\n",
        "4 + 20 = 24 (left: 24)\n",
        "Answer: (4 * 5) + (10 - 6) = 24\n",
    )
    assert tree.finished.answer == "(4 * 5) + (10 - 6) = 24"
    assert (tree.cost.generated, tree.cost.prompt, tree.started.told["dollars"]) == (9_161, 28_451, "1.4032")
    total = sum(other.cost.generated for other in trees)
    last = trees[-1].cost.generated
    assert 0 < last < total
    values = {node.scores[-1].value for one in trees for node in one.nodes.values() if node.scores}
    assert values == {0, 0.001, 0.002, 0.003, 1.001, 1.002, 2, 2.001, 3, 20.002, 21.001, 22, 40.001, 41, 60}
    assert not any(tree.gold for tree in trees)


def test_a_run_of_the_real_log_is_sound(log: tuple[list[Kept], list[Tree], list[str]]) -> None:
    runs, _, _ = log
    check_tree(tree_of(runs[37]), runs[37].records(1, 0.0))


@pytest.mark.parametrize(
    ("value", "words"),
    [(60.0, "3× sure"), (41.0, "2× sure + 1× likely"), (21.001, "1× sure + 1× likely + 1× impossible"),
     (3.0, "3× likely"), (0.003, "3× impossible"), (0.0, ""), (2.0, "2× likely")],
)  # fmt: skip
def test_values_are_sums_of_votes(value: float, words: str) -> None:
    votes = decoded(value)
    assert votes is not None
    assert votes.words == words


def test_values_that_are_no_sums() -> None:
    assert [decoded(value) for value in (0.5, -1.0, 1e300)] == [None] * 3
    assert values_as([[0, 2, 3], [0, 4, 1]], False).scale.high == 5
    assert values_as([[0, 2, 3], [0, 4, 1]], False).note(2.0) == "2 votes"
    assert (values_as([[0.5, -2.0]], False).scale.low, values_as([[0.5, -2.0]], False).kind) == (-2.0, "numbers")
    assert values_as([], False).scale.high == 1.0
    assert values_as([[0, 22, 3], [25, 0]], False).kind == "counts"  # of 25 voters
    assert values_as([[0, 22, 3], [25, 0]], True).kind == "sums"


def parents(tree: Tree) -> list[NodeId | None]:
    return [node.parent for node in tree.nodes.values()][1:]


def test_two_beams_with_one_text_are_two_nodes() -> None:
    first = tot_step([""], ["a (left: 1)\n", "a (left: 1)\n"], [2.001, 2.001], ["a (left: 1)\n"] * 2)
    second = tot_step(["a (left: 1)\n"] * 2, ["a (left: 1)\nAnswer: 1 = 1\n"], [60.0], ["a (left: 1)\nAnswer: 1 = 1\n"])
    runs, odd = found_in(TREE_OF_THOUGHTS, tot(first, second))
    assert parents(tree_of(runs[0])) == [0, 0, 1]
    assert "line 1: candidates of step 1 that fit two beams with one text, and stand below the first: 1" in odd


def test_a_parent_is_the_longest_beam_and_siblings_keep_their_order() -> None:
    first = tot_step([""], ["a\n", "a\nb\n"], [1.002, 2.001], ["a\nb\n", "a\n"])
    second = tot_step(["a\nb\n", "a\n"], ["a\nx\n", "a\nb\ny\n", "a\nz\n", "other\n"], [1, 1, 1, 1.002], ["a\nz\n"])
    runs, odd = found_in(TREE_OF_THOUGHTS, tot(first, second))
    tree = tree_of(runs[0])
    assert [(node.parent, node.step) for node in tree.nodes.values()][1:] == [
        (0, "a\n"), (0, "a\nb\n"), (2, "y\n"), (1, "x\n"), (1, "z\n"), (0, "other\n"),
    ]  # fmt: skip
    assert "line 1: candidates of step 1 that begin with none of its beams, and stand below the root: 1" in odd
    assert "line 1: what step 1 kept does not follow from its values" in odd
    assert tree.finished is not None
    assert tree.finished.chosen == 5


def test_who_was_dropped_and_why() -> None:
    step = tot_step([""], ["a\n", "b\n", "c\n"], [1.002, 41.0, 1.002], ["b\n", "a\n"])
    runs, _ = found_in(TREE_OF_THOUGHTS, tot(step))
    (pruned,) = [event for event in runs[0].events if isinstance(event, Pruned)]
    assert (pruned.nodes, pruned.reasons) == ((3,), ("rank 3 of 3, lost a tie to one that came first",))
    (scored,) = [event for event in runs[0].events if isinstance(event, Scored)]
    words = "1× likely + 2× impossible"
    assert [score.note for score in scored.scores] == [words, "2× sure + 1× likely", words]


def test_cost_is_what_the_file_counted_on() -> None:
    step = tot_step([""], ["a\n"], [1.002], ["a\n"])
    runs, _ = found_in(TREE_OF_THOUGHTS, tot(step, spent=10), tot(step, spent=25), tot(step, spent=5))
    assert [tree_of(run).cost.generated for run in runs] == [10, 15, 5]


def test_a_log_of_texts_with_votes_and_marks() -> None:
    plan, passage = "Plan:\n1. a\n", "Plan:\n1. a\nPassage:\nb"
    record = tot(tot_step([""], [plan, "Plan:\n2. c\n"], [3, 2], [plan]), tot_step([plan], [passage], [5], [passage]))
    del record["infos"]
    runs, odd = found_in(TREE_OF_THOUGHTS, record | {"accs": [7]})
    tree = tree_of(runs[0])
    assert tree.started is not None
    assert tree.finished is not None
    assert tree.started.scale.words == "votes, at most 5 in a step"
    assert (tree.finished.correct, tree.finished.answer) == (None, None)
    assert tree.finished.verdict == "The log's grader: mark 7."
    assert [node.terminal for node in tree.nodes.values()] == [False, False, False, True]
    assert not [line for line in odd if "broken" in line]


@pytest.mark.parametrize("grades", [{"infos": [{"r": 0}, {"r": 1}]}, {"accs": [False, True]}])
def test_samples_without_steps(grades: dict[str, object]) -> None:
    answer = "Steps:\n1 + 2 = 3 (left: 3)\nAnswer: 1 + 2 = 3"
    runs, odd = found_in(TREE_OF_THOUGHTS, {"idx": 1, "ys": [answer, "Answer: no"], "usage_so_far": {}} | grades)
    tree = tree_of(runs[0])
    assert tree.finished is not None
    assert [node.id for node in tree.answers()] == [len(tree.steps(tree.finished.chosen or 0)), len(tree.nodes) - 1]
    assert "".join(tree.steps(tree.finished.chosen or 0)) == f"{answer}\n"
    assert (tree.finished.answer, tree.finished.correct) == ("1 + 2 = 3", False)
    assert sum(isinstance(event, IterationFinished) for event in runs[0].events) == 2
    assert not odd


def test_a_log_without_values_says_nothing_of_them() -> None:
    step = {"x": "1 2", "ys": [""], "new_ys": ["a", "b"], "select_new_ys": ["a"]}
    (run,), odd = found_in(TREE_OF_THOUGHTS, {"ys": ["a"], "steps": [step], "accs": [7]})
    assert not [line for line in odd if "probabilities" in line]
    assert [node.scores for node in tree_of(run).nodes.values()] == [(), (), ()]


def test_a_long_sample_is_kept_whole_in_few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.importers.tot.samples._MOST_CHARACTERS", 5_000)
    for text in ("So it is. " * 2_000, "\n".join(f"line {number}" for number in range(3_000)), "x" * 9_000):
        (run,), _ = found_in(TREE_OF_THOUGHTS, {"ys": [text], "accs": [True]})
        tree = tree_of(run)
        assert len(tree.nodes) <= 401
        assert "".join(tree.steps(len(tree.nodes) - 1)).rstrip("\n") == text.rstrip("\n")


def test_counts_of_clues_are_no_probabilities() -> None:
    (run,), _ = found_in(TREE_OF_THOUGHTS, [visit(["h1. agend"], (1, 4, 0)), visit(["h1. asset"], (0, 5, 0))])
    scale = tree_of(run).scale
    assert not scale.is_unit
    assert (scale.high, scale.words) == (5.0, "clues whose word the model is sure of, of 5 at most")


def test_what_is_odd_in_many_records_is_counted() -> None:
    junk = [tot_step([""], ["1 + 2 = 3 (left: 3 3 4)\n", *["no\n"] * times], [20.001, *[0] * times], []) for times in
            (0, 2, 1, 3)]  # fmt: skip
    _, odd = found_in(TREE_OF_THOUGHTS, *(tot(step) for step in junk))
    kind = f"candidates that are kept as broken steps, since {JUNK}"
    assert odd[2:] == [f"line 2: {kind}: 2", f"line 4: {kind}: 4 more in 2 other records up to here"]


def test_empty_steps_are_none() -> None:
    (run,), _ = found_in(TREE_OF_THOUGHTS, {"ys": ["h1. AGEND"], "infos": [{"r_word": 0.1, "r": 0.1}], "steps": []})
    assert [node.step for node in tree_of(run).nodes.values()][1:] == ["h1. AGEND\n"]


def test_crosswords_are_a_prefix_tree() -> None:
    game = [
        visit(["h1. tasks"], (1, 2, 0), r_letter=0.2, r_word=0.1),
        visit(["h1. tasks", "v1. amass"], (2, 0, 3), r_letter=0.3, r_word=0.1),
        visit(["h1. tasks", "v2. cobra"], (4, 0, 0), r_letter=0.4, r_word=0.2, r_game=True),
        visit(["h1. tasks", "v1. amass"], (2, 1, 2)),
        visit(["h2. motor", "v1. amass", "v2. cobra"], (1, 0, 0), r_game=False),
    ]
    runs, odd = found_in(TREE_OF_THOUGHTS, game)
    tree = tree_of(runs[0])
    assert parents(tree) == [0, 1, 1, 0, 4, 5]
    assert tree.nodes[2].pruned == "the model calls 2 clues impossible"
    assert [score.note for score in tree.nodes[2].scores] == [
        "2 sure, 0 maybe, 3 impossible",
        "2 sure, 1 maybe, 2 impossible",
    ]
    assert dict(tree.nodes[3].scores[0].channels) == {
        "sure": 4.0, "maybe": 0.0, "impossible": 0.0, "r_letter": 0.4, "r_word": 0.2, "r_game": 1.0,
    }  # fmt: skip
    assert tree.started is not None
    assert tree.finished is not None
    assert (tree.started.scale.high, tree.finished.chosen, tree.finished.correct) == (5.0, 6, False)
    assert odd == ["line 1: its values are no probabilities, but how many words the model is sure of"]
    check_tree(tree, runs[0].records(1, 0.0))


@pytest.mark.parametrize(("name", "nodes"), [("tot_bfs.json", 4), ("tot_dfs.json", 2)])
def test_the_samples(name: str, nodes: int) -> None:
    (run,) = [one for one in read(shared_data("samples", name).read_bytes()) if isinstance(one, Kept)]
    assert len(tree_of(run).nodes) == nodes


def test_a_list_of_lists_on_one_line_is_recognised(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("dfs") / "infoss_dfs.json"
    path.write_text('[[{"total_step": 0, "env_step": 1, "actions": ["a"]}]]', encoding="utf-8")
    with path.open("rb") as stream:
        assert importer_of(stream, path.name) is TREE_OF_THOUGHTS


def test_answers_in_the_last_line_that_has_one() -> None:
    assert [answer_of(text) for text in ("Answer: a\nAnswer: B\n", "the Answer: 3", "a\n", "", "answer:")] == [
        "B", None, None, None, None,
    ]  # fmt: skip
