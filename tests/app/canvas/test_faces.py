"""What cards say: numbers as they are, missing ones as missing, verdicts only from who may give them."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from msgspec import structs

from app.canvas.faces import MISSING, Face, node_face, percent, rollout_face, short_number, writing_face
from app.canvas.values import ValueRange
from engine.events import Backpropagated, Expanded, NewNode, RunFinished, Score, Scored, ScoreSet, Source
from tests.app.canvas.trees import Search


@pytest.fixture
def search() -> Search:
    search = Search()
    children = (
        NewNode(1, "13 - 9 = 4\n", 0.43),
        NewNode(2, "answer: 24", 0.3, terminal=True),
        NewNode(3, "so", 0.2, broken="cut off at 40 tokens"),
        NewNode(4, "hm", 0.07, hidden=True, samples=3),
    )
    search.happen(Expanded(1, 0, children))
    return search


def face(search: Search, node: int) -> Face:
    return node_face(search.tree, search.tree.nodes[node], ValueRange(), "plain", stacked=False)


def score(search: Search, node: int, value: float, source: Source) -> None:
    search.happen(Scored(1, (Score(node, value, source, "x"),)))


@pytest.mark.parametrize(
    ("value", "text"), [(0.844, ".84"), (1.0, "1.00"), (0.0, ".00"), (0.999, "1.00"), (None, MISSING)]
)
def test_numbers_are_short_and_missing_ones_are_dashes(value: float | None, text: str) -> None:
    assert short_number(value) == text


def test_a_missing_score_is_not_zero(search: Search) -> None:
    missing = face(search, 1)
    score(search, 1, 0.0, "prm")
    zero = face(search, 1)
    assert (missing.pill, missing.pill_place) == (MISSING, None)
    assert (zero.pill, zero.pill_place) == ("0%", 0)
    assert percent(0.834) == "83%"


def test_an_unvisited_node_has_no_value(search: Search) -> None:
    assert face(search, 1).stripe is None
    assert face(search, 1).stats == "P .43"
    search.happen(Backpropagated(1, 2, 0.5, "prm"))
    assert face(search, 1).stats == f"Q {MISSING}  N 0  P .43"
    assert face(search, 1).stripe is None
    search.happen(Backpropagated(1, 1, 0.84, "prm"))
    assert face(search, 1).stats == "Q .84  N 1  P .43"
    assert face(search, 1).stripe is not None


def test_the_root_shows_the_problem(search: Search) -> None:
    assert face(search, 0).text == "4 9 10 13"
    assert face(search, 0).pill == ""


def test_an_answer_has_no_verdict_until_a_rule_gives_one(search: Search) -> None:
    score(search, 2, 0.99, "prm")
    assert (face(search, 2).tag, face(search, 2).tone) == ("answer", "neutral")
    score(search, 2, 0.0, "rule")
    assert (face(search, 2).tag, face(search, 2).tone) == ("✗ wrong", "bad")


@pytest.mark.parametrize(("correct", "tone"), [(True, "good"), (False, "bad"), (None, "neutral")])
def test_the_check_at_the_end_marks_the_chosen_answer(
    search: Search, correct: bool | None, tone: Literal["good", "bad", "neutral"]
) -> None:
    search.happen(RunFinished("budget", "done", 2, "24", correct, ""))
    assert face(search, 2).tone == tone
    assert face(search, 1).tag == ""


def test_a_broken_step_is_dimmed_and_says_why(search: Search) -> None:
    broken = face(search, 3)
    assert broken.dimmed
    assert broken.stats == "cut off at 40 tokens"


def test_hidden_steps_say_so(search: Search) -> None:
    assert face(search, 4).tag == "hidden"


def test_text_is_one_line_without_invisible_characters(search: Search) -> None:
    search.tree.nodes[1].step = "a\u202eb\n c\x00"
    assert face(search, 1).text == "a⟦202E⟧b c⟦0000⟧"


def test_a_long_text_is_cut_before_it_is_measured(search: Search) -> None:
    search.tree.nodes[1].step = "word " * 100_000
    assert len(face(search, 1).text) < 500


def test_equal_faces_are_one_picture(search: Search) -> None:
    assert face(search, 1) == face(search, 1)
    assert hash(face(search, 1)) == hash(replace(face(search, 1)))


def test_text_under_way_shows_its_end() -> None:
    shown = writing_face("start " + "x" * 500 + " end")
    assert shown.text.endswith(" end")
    assert "start" not in shown.text
    assert shown.kind == "writing"
    assert writing_face("").text == "…"


def test_a_rollout_shows_its_value_only_when_done() -> None:
    assert rollout_face("4 * 6", 0.5, done=True).stats == "rollout · value .50"
    assert rollout_face("4 * 6", None, done=True).stats == f"rollout · value {MISSING}"
    assert "value" not in rollout_face("4 *", None, done=False).stats


def test_the_score_is_by_whom_the_search_ranks(search: Search) -> None:
    assert search.tree.started is not None
    score(search, 1, 0.9, "prm")
    search.happen(Scored(1, (Score(1, 0.2, "self-evaluation", "value:3"),)))
    assert face(search, 1).pill == "90%"
    search.tree.started = structs.replace(search.tree.started, settings={"evaluator": "value"})
    assert face(search, 1).pill == "20%"
    score(search, 2, 0.7, "prm")
    assert face(search, 2).pill == "70%"


def test_what_a_person_set_stands_before_what_a_model_says(search: Search) -> None:
    score(search, 1, 0.1, "prm")
    search.happen(ScoreSet(1, 1, 0.7))
    assert face(search, 1).pill == "70%"
    search.happen(ScoreSet(1, 1, None))
    assert face(search, 1).pill == "10%"
