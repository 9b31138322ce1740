"""Divergence: where thoughts part, the tree of their beginnings, and the answers they reach."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from engine.traces.answers import last_answer
from engine.traces.divergence import Branch, common_prefix, distribution, divergence, divergences, prefix_tree, step_at
from engine.traces.steps import cut

SAME = "First we add them up. "
ONE, OTHER = SAME + "Then 3 + 4 = 7. So the answer is 7.", SAME + "Then 3 * 4 = 12. So the answer is 12."


def test_where_two_part() -> None:
    thoughts = [ONE, OTHER, ONE]
    steps = [cut(thought) for thought in thoughts]
    found = divergence(thoughts, steps, 0, 1)
    assert (found.characters, found.step, found.same) == (len(SAME) + len("Then 3 "), 1, False)
    assert divergence(thoughts, steps, 0, 2).same
    assert divergence(thoughts, steps, 0, 2).step == len(steps[0])
    assert [(entry.one, entry.other) for entry in divergences(thoughts, steps)] == [(0, 1), (0, 2), (1, 2)]


def test_one_that_ends_within_another_parts_at_the_step_it_lacks() -> None:
    thoughts = [ONE, SAME]
    found = divergence(thoughts, [cut(thought) for thought in thoughts], 0, 1)
    assert (found.characters, found.step, found.same) == (len(SAME), 1, False)


def test_the_tree_of_beginnings() -> None:
    assert prefix_tree(["abx", "aby", "ab", "c", "abx"]) == Branch(
        0, 0, (0, 1, 2, 3, 4), (),
        (
            Branch(0, 2, (0, 1, 2, 4), (2,), (Branch(2, 3, (0, 4), (0, 4)), Branch(2, 3, (1,), (1,)))),
            Branch(0, 1, (3,), (3,)),
        ),
    )  # fmt: skip
    assert prefix_tree([]) == Branch(0, 0, ())


def test_nested_beginnings_do_not_exhaust_the_stack() -> None:
    branch, depth = prefix_tree(["a" * n for n in range(1, 1_200)]), 1
    while branch.branches:
        (branch,), depth = branch.branches, depth + 1
    assert depth == 1_199


def test_answers_are_counted_by_value() -> None:
    answers = [
        last_answer(text) for text in ("the answer is 1,200", r"\boxed{7}", "none", r"\boxed{1.2e3}", "Answer: red")
    ]
    found = distribution(answers)
    assert [(share.answer, share.value, share.thoughts, share.share) for share in found.answers] == [
        ("1,200", Fraction(1200), (0, 3), 0.5), ("7", Fraction(7), (1,), 0.25), ("red", None, (4,), 0.25),
    ]  # fmt: skip
    assert found.unanswered == (2,)
    assert len(distribution(answers, lambda _text: "all one").answers) == 1
    assert distribution([]).answers == ()


def test_steps_by_character() -> None:
    steps = cut(ONE)
    assert [step_at(steps, character) for character in (0, len(SAME) - 1, len(SAME), len(ONE))] == [0, 0, 1, 3]
    assert step_at((), 5) == 0


@given(st.text("ab", max_size=30), st.text("ab", max_size=30))
def test_common_prefix(one: str, other: str) -> None:
    length = common_prefix(one, other)
    assert one[:length] == other[:length]
    assert length == min(len(one), len(other)) or one[length] != other[length]


@given(st.lists(st.text("ab", max_size=6), min_size=1, max_size=8))
def test_the_tree_gives_every_thought_back(thoughts: list[str]) -> None:
    def walk(branch: Branch, said: str) -> list[tuple[int, str]]:
        said += thoughts[branch.thoughts[0]][branch.start : branch.end]
        return [(n, said) for n in branch.ended] + [entry for child in branch.branches for entry in walk(child, said)]

    assert sorted(walk(prefix_tree(thoughts), "")) == list(enumerate(thoughts))
