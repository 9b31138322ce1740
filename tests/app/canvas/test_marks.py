"""What tells cards from each other: most visits and best value among siblings, pins, hits, and what was credited."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from app.canvas.content import FEW_HITS, Content, Dressed
from app.canvas.effects import Effect, latest_effect
from app.canvas.faces import Face, change
from app.canvas.paint import Picture, chip_box, chips
from app.canvas.scene import CARD_WIDTH
from app.canvas.viewport import Viewport
from app.models.attention import Attention
from app.theme import Theme
from engine.events import Backpropagated, Expanded, NewNode
from engine.tree import Tree, fold
from tests.app.canvas.trees import Search


def faces(dressed: Dressed) -> dict[int, Face]:
    return {
        item.node: face for item, face in zip(dressed.scene.items, dressed.faces, strict=True) if item.node is not None
    }


def family(*values: tuple[float, ...]) -> Tree:
    """A root with one child for each tuple, credited with the values in it."""
    search = Search()
    children = tuple(NewNode(node, f"step {node}", 0.1) for node in range(1, len(values) + 1))
    search.happen(Expanded(1, 0, children))
    for node, credited in enumerate(values, 1):
        for value in credited:
            search.happen(Backpropagated(1, node, value, "prm"))
    return search.tree


def marked(tree: Tree) -> tuple[list[int], list[int]]:
    """Nodes with ● and nodes with ○."""
    found = faces(Content().dress(tree))
    return [n for n, face in found.items() if face.most_visits], [n for n, face in found.items() if face.best_value]


def test_most_visits_and_best_value_are_kept_apart() -> None:
    assert marked(family((0.5, 0.6, 0.4), (0.9,), ())) == ([1], [2])


def test_one_step_can_be_both() -> None:
    assert marked(family((0.5, 0.6), (0.2,))) == ([1], [1])


def test_where_nothing_was_compared_nothing_is_marked() -> None:
    assert marked(family((0.5,), (), ())) == ([], [])
    assert marked(family((0.5, 0.7))) == ([], [])
    assert marked(family((), ())) == ([], [])


def test_of_equals_the_one_that_the_search_ranks_first() -> None:
    assert marked(family((0.5,), (0.5,))) == ([1], [1])


def test_pinned_steps_have_a_card_whatever_their_visits() -> None:
    tree = Search(width=6, seed=4, deepest=7).run(200).tree
    content, attention = Content(cards=5), Attention()
    forgotten = max(node.id for node in tree.nodes.values() if not node.visits)
    assert forgotten not in faces(content.dress(tree))
    attention.toggle_pin(forgotten)
    assert faces(content.dress(tree, attention=attention))[forgotten].pinned


def test_few_hits_get_cards_and_many_are_marked_where_they_have_one() -> None:
    tree = Search(width=6, seed=4, deepest=7).run(200).tree
    content, attention = Content(cards=5), Attention()
    before = set(faces(content.dress(tree)))
    few = [node for node in tree.nodes if node not in before][-3:]
    attention.mark_hits(few, "step")
    found = faces(content.dress(tree, attention=attention))
    assert all(found[node].hit and found[node].sought == "step" for node in few)
    attention.mark_hits(list(tree.nodes)[: FEW_HITS + 1], "step")
    found = faces(content.dress(tree, attention=attention))
    assert set(found) == before
    assert {node for node, face in found.items() if face.hit} == {node for node in before if node <= FEW_HITS}


def test_the_selected_step_is_never_inside_a_fold() -> None:
    tree = Search(width=3, seed=4).run(20).tree
    content, deep = Content(), max(tree.nodes, key=lambda node: tree.nodes[node].depth)
    content.folded.add(0)
    assert deep not in faces(content.dress(tree))
    assert deep in faces(content.dress(tree, deep))


# What was credited.


def credited(search: Search, event: int) -> Effect:
    """The effect of backpropagation number `event`."""
    cursor = [at for at, record in enumerate(search.records, 1) if isinstance(record.event, Backpropagated)][event]
    effect = latest_effect(search.records, cursor, fold(search.records[:cursor]))[1]
    assert effect is not None
    return effect


def test_the_change_is_that_between_before_and_after() -> None:
    search = Search(width=3, seed=2).run(12)
    place = [at for at, record in enumerate(search.records, 1) if isinstance(record.event, Backpropagated)][-1]
    before, after = fold(search.records[: place - 1]), fold(search.records[:place])
    credits = credited(search, -1).credits
    assert len(credits) > 1
    for node, credit in credits.items():
        assert credit.before == pytest.approx(before.nodes[node].value)
        assert credit.after == pytest.approx(after.nodes[node].value)


def test_the_first_visit_changes_nothing_into_something() -> None:
    search = Search(width=3, seed=2).run(1)
    assert [credit.before for credit in credited(search, 0).credits.values()] == [None, None]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (0.62, 0.66, ".62→.66"),
        (None, 0.5, "–→.50"),
        (0.702, 0.701, ".702→.701"),
        (1.0, 0.9, "1.00→.90"),
        (0.5, 0.5, ".50→.50"),
    ],
)
def test_the_change_in_words(before: float | None, after: float, words: str) -> None:
    assert change(before, after) == words


@pytest.fixture(scope="module")
def metrics(qapp: QApplication) -> QFontMetricsF:
    """Of the font on chips."""
    assert qapp
    return QFontMetricsF(Theme("dark").mono_font(7.5))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.integers(0, 30), st.integers(0, 59))
def test_no_chip_lies_on_a_card_or_on_another_chip(
    metrics: QFontMetricsF, iterations: int, seed: int, event: int
) -> None:
    search = Search(width=4, seed=seed, deepest=5).run(iterations)
    dressed = Content().dress(search.tree)
    effect = credited(search, min(event, iterations - 1))
    picture = Picture(dressed, dressed.scene.places, dressed.weights, Viewport(), effect)
    cards = [picture.card(place) for place in range(len(dressed.scene.items))]
    boxes = [chip_box(cards[place], metrics.horizontalAdvance(text), 1.0) for place, text in chips(picture)]
    assert boxes
    for number, box in enumerate(boxes):
        assert not any(box.intersects(card) for card in cards)
        assert not any(box.intersects(other) for other in boxes[:number])
        assert box.width() < CARD_WIDTH


def test_chips_are_left_away_where_they_could_not_be_read() -> None:
    search = Search(width=3, seed=2).run(4)
    dressed = Content().dress(search.tree)
    small = Picture(dressed, dressed.scene.places, dressed.weights, Viewport(scale=0.4), credited(search, -1))
    assert chips(small) == []
