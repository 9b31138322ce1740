"""The thought in a tree: where it ends, what was edited beside it, how texts from elsewhere are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import Budget, Expanded, NewNode, RunStarted
from engine.search.probes.places import closed
from engine.search.probes.spine import answer_at, pieces, spine_of
from engine.tree import Tree, apply
from tests.helpers.probing import ANSWER, EXPOSED, THOUGHT


def tree_of(*steps: tuple[str, bool, str]) -> Tree:
    """A chain of (text, hidden, edit); an edited step hangs beside the one after it."""
    tree, parent = Tree(), 0
    apply(RunStarted("game24", "4 9 10 13", "Make 24.", "importance", {}, 0, Budget(), "scripted", ()), tree)
    for number, (text, hidden, edit) in enumerate(steps, 1):
        apply(
            Expanded(1, parent, (NewNode(number, text, 1.0, samples=0, hidden=hidden, edit=edit),), generator="given"),
            tree,
        )
        parent = parent if edit else number
    return tree


def test_the_spine_is_what_nobody_edited() -> None:
    tree = tree_of(
        ("Try 1.\n", True, ""),
        ("Try 3.\n", True, "mistake: 3 for 2"),
        ("Try 2.\n", True, ""),
        ("</think>\n", True, "closed after 2 of 2"),
        ("</think>\n", True, ""),
        (EXPOSED, False, ""),
    )
    spine = spine_of(tree)
    assert [node.step for node in spine.hidden] == ["Try 1.\n", "Try 2.\n"]
    assert spine.close is not None
    assert (spine.close.id, [node.id for node in spine.exposed]) == (5, [6])
    assert spine.positions() == (0.5, 1.0)
    assert [spine.after(count) for count in range(3)] == [0, 1, 3]
    assert answer_at(tree, spine) == ANSWER
    assert closed(spine, 2, 4).parent == 5  # as it went, unedited
    assert closed(spine, 1, 4).edits == ("closed after 1 of 2",)


def test_a_thought_that_was_cut_off_has_no_end_and_no_answer() -> None:
    tree = tree_of(("Try 1.\n", True, ""), ("Answer: 24 = 24", True, ""))
    spine = spine_of(tree)
    assert (len(spine.hidden), spine.close, spine.exposed) == (2, None, ())
    assert answer_at(tree, spine) is None  # what looks like one stands in the thought
    end = closed(spine, 2, 1)
    assert (end.parent, end.steps, end.edits) == (2, ("\n</think>\n",), ("closed after 2 of 2",))


def test_what_a_person_has_the_policy_write_on_is_no_part_of_a_given_thought() -> None:
    tree = tree_of(("Try 1.\n", True, ""), ("Try 2.\n", True, ""))
    apply(Expanded(1, 2, (NewNode(3, "Try 3.\n", 1.0, hidden=True),)), tree)
    assert [node.id for node in spine_of(tree).hidden] == [1, 2]


def test_a_tree_without_steps_has_an_empty_spine() -> None:
    spine = spine_of(tree_of())
    assert (spine.nodes, spine.positions(), spine.after(0)) == ((), (), 0)


def test_the_tag_is_closed_as_the_model_does_it() -> None:
    spine = spine_of(tree_of(("a b.", True, ""), ("\n", True, ""), ("</think>\n\n", True, ""), (EXPOSED, False, "")))
    assert closed(spine, 1, 1).steps == ("\n</think>\n\n",)
    assert closed(spine, 0, 1).steps == ("</think>\n\n",)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        (THOUGHT, 3),
        ("Now 4 * 6 = 24. Yes!\nI get 4 + 10 = 14, 14 + 4 = 18. No.\n", 2),  # as the bundled models write: whole lines
        ("First I add the numbers. Then I see that it is odd.\n\nSo there is no way.\n", 3),
        ("", 0),
    ],
)
def test_a_thought_is_cut_into_the_steps_that_its_writer_meant(text: str, steps: int) -> None:
    assert len(pieces(text)) == steps


@given(st.text(alphabet="ab .\n\r!\u2028=", max_size=400))
def test_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text
    assert all(pieces(text))
