"""Two traces side by side: the common part, where they part, the words, the cursors."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.compare import Comparison, Link, Trace, compare, linked_cursor, word_difference
from engine.events import Budget, Expanded, NewNode, RunStarted
from engine.tokens import Token, pack
from engine.tree import Tree, apply, fold
from tests.helpers.rich_log import rich_log

TREE = fold(rich_log(30))
OTHER = fold(rich_log(30, first_play="zero"))
nodes = st.sampled_from(sorted(TREE.nodes))


def token_row(*tokens: tuple[str, float]) -> bytes:
    return pack(tuple(Token(text, 1, log(p), 0.0) for text, p in tokens))


def tree_of(*steps: NewNode) -> Tree:
    """A tree whose root has these children."""
    tree = Tree()
    apply(RunStarted("game24", "4 9 10 13", "Make 24.", "mcts", {}, 0, Budget(), "scripted", ()), tree)
    apply(Expanded(1, 0, steps), tree)
    return tree


@given(nodes)
def test_a_trace_never_parts_from_itself(node: int) -> None:
    same = compare(Trace(TREE, node), Trace(TREE, node))
    assert same.divergence is None
    assert all(pair.common for pair in same.pairs)
    assert compare(Trace(TREE, node), Trace(fold(rich_log(30)), node)).divergence is None  # the same run, read again


@given(nodes, nodes)
def test_two_traces_part_once_and_below_their_last_common_step(one: int, other: int) -> None:
    made = compare(Trace(TREE, one), Trace(TREE, other))
    left, right = ({node.id for node in TREE.path(end)[1:]} for end in (one, other))
    assert {pair.left.id for pair in made.pairs if pair.common and pair.left} == left & right
    if made.divergence is not None:
        assert made.divergence.depth == len(left & right) + 1
        assert [pair.common for pair in made.pairs] == [pair.depth < made.divergence.depth for pair in made.pairs]


@given(st.booleans(), nodes, st.booleans(), nodes)
def test_parting_looks_the_same_from_both_sides(first: bool, left: int, second: bool, right: int) -> None:
    one, other = (TREE if wanted else OTHER for wanted in (first, second))
    left, right = min(left, len(one.nodes) - 1), min(right, len(other.nodes) - 1)
    there, back = compare(Trace(one, left), Trace(other, right)), compare(Trace(other, right), Trace(one, left))
    assert mirrored(there) == mirrored(back)[::-1]
    assert (there.divergence is None) == (back.divergence is None)
    if there.divergence is not None and back.divergence is not None:
        assert there.divergence.depth == back.divergence.depth


def mirrored(made: Comparison) -> tuple[object, object]:
    parted = made.divergence
    return (None, None) if parted is None else (parted.left, parted.right)


def test_the_token_at_which_they_part_has_both_probabilities() -> None:
    tree = tree_of(
        NewNode(1, "4 + 9", 0.7, -1.0, tokens=token_row(("4", 0.9), (" +", 0.8), (" 9", 0.6))),
        NewNode(2, "4 * 9", 0.3, -2.0, tokens=token_row(("4", 0.9), (" *", 0.1), (" 9", 0.6))),
        NewNode(3, "4", 0.1, tokens=token_row(("4", 0.9))),
        NewNode(4, "9", 0.1),
    )
    parted = compare(Trace(tree, 1), Trace(tree, 2)).divergence
    assert parted is not None
    assert parted.left is not None
    assert parted.right is not None
    assert (parted.depth, parted.left.prior, parted.right.logprob) == (1, 0.7, -2.0)
    assert parted.left.token is not None
    assert parted.right.token is not None
    assert (parted.left.token.place, parted.left.token.text, parted.right.token.text) == (1, " +", " *")
    assert parted.left.token.probability == pytest.approx(0.8)
    assert parted.right.token.probability == pytest.approx(0.1)
    ended = compare(Trace(tree, 1), Trace(tree, 3)).divergence
    assert ended is not None
    assert ended.right is not None
    assert ended.right.token is not None
    assert (ended.right.token.text, ended.right.token.probability) == ("", None)
    without = compare(Trace(tree, 1), Trace(tree, 4)).divergence
    assert without is not None
    assert without.left is not None
    assert without.left.token is None


def test_a_damaged_token_row_is_none() -> None:
    tree = tree_of(NewNode(1, "a", 0.5, tokens=b"junk"), NewNode(2, "b", 0.5, tokens=token_row(("b", 0.5))))
    parted = compare(Trace(tree, 1), Trace(tree, 2)).divergence
    assert parted is not None
    assert parted.left is not None
    assert parted.left.token is None


def test_two_runs_go_together_while_they_say_the_same() -> None:
    one = tree_of(NewNode(1, "13 - 9 = 4\n", 0.5), NewNode(2, "4 + 9 = 13\n", 0.5))
    other = tree_of(NewNode(1, "10 - 4 = 6\n", 0.9), NewNode(2, "13 - 9 = 4", 0.1))
    same = compare(Trace(one, 1), Trace(other, 2))
    assert same.divergence is None
    assert not same.one_run
    parted = compare(Trace(one, 1), Trace(other, 1)).divergence
    assert parted is not None
    assert parted.right is not None
    assert parted.right.prior == 0.9


def test_equal_texts_of_one_run_are_two_steps() -> None:
    tree = tree_of(NewNode(1, "same", 0.5), NewNode(2, "same", 0.5))
    assert compare(Trace(tree, 1), Trace(tree, 2)).divergence is not None


texts = st.text(st.sampled_from("ab 1+=\n.é"), max_size=60)


@given(texts, texts)
def test_pieces_joined_are_the_texts_and_equal_pieces_are_equal(left: str, right: str) -> None:
    one, other = word_difference(left, right)
    assert ("".join(p.text for p in one), "".join(p.text for p in other)) == (left, right)
    assert [p.text for p in one if not p.differs] == [p.text for p in other if not p.differs]
    if left == right:
        assert not any(p.differs for p in one)


def test_words_that_differ_are_found() -> None:
    one, other = word_difference("13 - 9 = 4 (left: 4)", "13 - 4 = 9 (left: 4)")
    assert [p.text for p in one if p.differs] == ["9", "4"]
    assert [p.text for p in other if p.differs] == ["4", "9"]
    assert any(p.differs for p in word_difference("a " * 5000, "b " * 5000)[0])


logs = st.lists(st.integers(0, 3), max_size=30).map(lambda steps: np.cumsum(np.array(steps, np.int64) > 2))


@given(logs, logs, st.sampled_from(["iteration", "share", "event"]))
@settings(max_examples=200)
def test_linked_cursors_lie_in_the_log_and_never_go_back(here: np.ndarray, there: np.ndarray, link: Link) -> None:
    cursors = [linked_cursor(cursor, here, there, link) for cursor in range(len(here) + 1)]
    assert all(cursor is not None and 0 <= cursor <= len(there) for cursor in cursors)
    assert cursors == sorted(cursors, key=lambda cursor: cursor or 0)
    own = [linked_cursor(cursor, here, here, link) for cursor in range(len(here) + 1)]
    assert own == list(range(len(here) + 1))


def test_the_same_iteration_is_shown() -> None:
    here, there = np.array([0, 1, 1, 2, 2]), np.array([0, 1, 1, 1, 1, 2, 3, 3])
    assert linked_cursor(0, here, there, "iteration") == 0
    assert linked_cursor(2, here, there, "iteration") == 3  # half of the first iteration
    assert linked_cursor(3, here, there, "iteration") == 5
    assert linked_cursor(4, here, there, "iteration") == 5  # half of the second, which is one event there
    assert linked_cursor(5, here, there, "iteration") == 8  # both at their ends
    assert linked_cursor(5, here, there, "event") == 8
    assert linked_cursor(7, there, here, "iteration") == 5  # it has no third iteration
    assert linked_cursor(4, here, there, "none") is None
