"""A person's score of a step: it stands before every verifier's, the search reads it, and it can be taken away."""

from __future__ import annotations

import pytest

from engine.commands import NameRun, SetPrivacy
from engine.editing import EditError
from engine.events import PrivacySet, Record, RunNamed, Score, Scored, ScoreSet
from engine.nodes import BY_HAND
from engine.remarking import LONGEST_NAME, said
from engine.tree import apply, fold
from tests.helpers.asking import begun
from tests.helpers.invariants import check_tree
from tests.helpers.running import go, plan

WISH = plan(simulations=40, width=3)


def test_it_stands_before_the_verifiers_word_and_goes_again() -> None:
    log: list[Record] = []
    live = begun(WISH, log)
    tree, before = live.run.tree, live.run.tree.nodes[1].mark
    live.run.set_score(1, 0.125)
    assert log[-1].event == ScoreSet(2, 1, 0.125)
    assert tree.nodes[1].mark == (0.125, "person")
    live.run.set_score(1, 0.5)
    assert [score.value for score in tree.nodes[1].scores if score.verifier == BY_HAND] == [0.5]
    apply(Scored(2, (Score(1, 0.25, "prm", "scripted-prm"),)), tree)
    assert tree.nodes[1].mark == (0.5, "person")
    live.run.set_score(1, None)
    assert tree.nodes[1].mark == (0.25, "prm")
    assert before is not None


def test_the_search_reads_it() -> None:
    def first_selected(*scores: tuple[int, float]) -> tuple[int, ...]:
        log: list[Record] = []
        live = begun(WISH, log, 1)
        for node, value in scores:
            live.run.set_score(node, value)
        live.run.pace.step("phase")
        go(live)
        assert live.run.tree.selected is not None
        check_tree(live.run.tree, log)
        return live.run.tree.selected.path

    children = (1, 2, 3)
    for best in children:
        assert first_selected(*((node, 1.0 if node == best else 0.0) for node in children))[:2] == (0, best)


def test_an_answer_that_a_person_scored_is_still_to_be_valued() -> None:
    log: list[Record] = []
    live = begun(plan(simulations=200, width=4, revisit=False), log, 12)
    tree = live.run.tree
    answers = [node.id for node in tree.answers() if not node.visits]
    for node in answers:
        value = 0.75 if tree.nodes[node].mark != (0.75, "person") else 0.5
        live.run.set_score(node, value)
    check_tree(tree, log)
    assert fold(log) == tree


def test_another_person_and_a_rule() -> None:
    tree = begun(WISH, []).run.tree
    apply(ScoreSet(2, 1, 0.5), tree)
    apply(Scored(2, (Score(1, 0.9, "person", "annotator"),)), tree)
    assert tree.nodes[1].mark == (0.5, "person")
    apply(Scored(2, (Score(1, 0.0, "rule", "rule"),)), tree)
    assert tree.nodes[1].mark == (0.0, "rule")
    apply(ScoreSet(2, 1, 0.7), tree)
    assert (tree.nodes[1].refused, tree.nodes[1].mark) == (True, (0.0, "rule"))
    apply(Scored(2, (Score(1, 1.0, "rule", "rule"),)), tree)
    assert tree.nodes[1].mark == (0.7, "person")


def test_refusals() -> None:
    live = begun(WISH, [])
    with pytest.raises(EditError, match="root cannot be scored"):
        live.run.set_score(0, 0.5)
    with pytest.raises(EditError, match=r"between 0 and 1, not at 1\.5"):
        live.run.set_score(1, 1.5)
    with pytest.raises(EditError, match="no score by hand"):
        live.run.set_score(1, None)
    live.run.set_score(1, 0.5)
    with pytest.raises(EditError, match="this score already"):
        live.run.set_score(1, 0.5)


def test_a_run_is_named_and_kept_private_while_it_goes() -> None:
    log: list[Record] = []
    live = begun(WISH, log)
    live.run.say(NameRun(1, "  the first\n try "))
    live.run.say(SetPrivacy(1, True))
    assert [record.event for record in log[-2:]] == [RunNamed("the first try"), PrivacySet(True)]
    assert (live.run.tree.name, live.run.tree.private) == ("the first try", True)
    for wish, why in (
        (NameRun(1, "the first try"), "this name already"),
        (NameRun(1, "x" * (LONGEST_NAME + 1)), "has 121 characters"),
        (NameRun(1, "a\u202eb"), "cannot be printed"),
        (SetPrivacy(1, True), "is private already"),
    ):
        with pytest.raises(EditError, match=why):
            said(live.run.tree, wish)
    live.run.say(NameRun(1, ""))
    assert live.run.tree.name == ""
