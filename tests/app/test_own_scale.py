"""A tree from elsewhere keeps its numbers: what views make of values that are not in [0, 1]."""

from __future__ import annotations

import numpy as np
import pytest

from app.canvas.channels import VALUE, shade
from app.canvas.faces import node_face
from app.canvas.values import ValueRange
from app.models.history import History
from app.panels.facts import cost_words, node_facts, run_outcome, run_plan
from app.panels.prm_plot import curve
from engine.events import ROOT, Cost, Record, Scale
from engine.importing_tree import Step, TreeDraft
from engine.scores.traces import score_of, scorers_in
from engine.tree import Tree, fold

SCALE = Scale(0, 60, "sum of 3 votes: sure 20, likely 1, impossible 0.001")
VALUES = (0.0, 15.0, 30.0, 60.0)


def read() -> tuple[list[Record], Tree]:
    """Four steps below the root, one for each of VALUES."""
    draft = TreeDraft("a log", "4 5 6 10", scale=SCALE, told={"format": "a format"})
    born = draft.expand(ROOT, [Step(f"step {value}") for value in VALUES])
    draft.score(list(zip(born, VALUES, strict=True)), "self-evaluation", "votes")
    draft.credit([(node, 1, value) for node, value in zip(born, VALUES, strict=True)])
    records = draft.finish(born[-1], "24", True).records(1, 1e9)
    return records, fold(records)


def test_colours_are_spread_over_the_scale() -> None:
    records, tree = read()
    history = History()
    history.extend(records)
    history.advance(len(records))
    shading = shade(VALUE, history, 0)
    assert (shading.low, shading.high) == (0.0, 60.0)
    np.testing.assert_allclose(shading.place[1:], [0.0, 0.25, 0.5, 1.0])
    values = ValueRange()
    values.update(tree, None)
    assert [values.place(value) for value in VALUES] == [0.0, 0.25, 0.5, 1.0]
    assert not values.stretched


def test_a_card_shows_the_number_and_no_percentage() -> None:
    _, tree = read()
    values = ValueRange()
    values.update(tree, None)
    assert [node_face(tree, tree.nodes[node], values, "plain", False).pill for node in (1, 2, 4)] == ["0", "15", "60"]


@pytest.mark.parametrize(("single", "words"), [(False, "30.00"), (True, "30.00 ± 30.00")])
def test_no_error_where_nobody_knows_what_single_visits_were_worth(single: bool, words: str) -> None:
    draft = TreeDraft("a log", "4 5 6 10", scale=SCALE)
    (node,) = draft.expand(ROOT, [Step("a step")])
    for value in (0.0, 60.0):
        draft.credit([(node, 1, value)], single=single)
    tree = fold(draft.finish().records(1, 0.0))
    assert {fact.label: fact.value for fact in node_facts(tree.nodes[node], scale=SCALE)}["Value Q"] == words


def test_the_inspector_says_what_the_numbers_are() -> None:
    _, tree = read()
    facts = {fact.label: fact.value for fact in run_plan(tree)}
    assert facts["Values"] == "0 to 60: sum of 3 votes: sure 20, likely 1, impossible 0.001"
    assert facts["From a file"] == "format: a format · prior: equal shares where the file has none"
    swatches = [fact.swatch for fact in node_facts(tree.nodes[3], scale=tree.scale) if fact.swatch is not None]
    assert swatches == [0.5, 0.5]


def test_plots_take_the_share() -> None:
    _, tree = read()
    assert curve(tree, "trace", 2, "self-evaluation").scores == (0.25,)


def test_such_numbers_are_no_scorers_word() -> None:
    """The PRM desk compares probabilities; votes are none."""
    _, tree = read()
    assert scorers_in(tree) == ()
    assert score_of(tree, tree.nodes[1], "votes") is None


@pytest.mark.parametrize("scale", [Scale(), Scale(-2.0, -1.0, "nats"), Scale(3.0, 3.0, "one value")])
def test_a_share_is_in_the_unit_interval(scale: Scale) -> None:
    assert all(0.0 <= scale.share(value) <= 1.0 for value in (-1e9, -1.5, 0.0, 0.3, 3.0, 1e9))


def test_nothing_is_said_of_what_nobody_knows() -> None:
    """A tree from a file was searched somewhere else, by settings and a seed that the file may not name."""
    _, tree = read()
    said = {fact.label: fact.value for fact in (*run_plan(tree), *run_outcome(tree))}
    assert not {"Settings", "Budget", "Seed", "Engine"} & said.keys()
    assert said["Used"] == "–"
    assert cost_words(Cost(generated=9_161), known=False) == "9,161 tokens generated"
    assert cost_words(Cost(generated=9_161)) == "0 model calls, 9,161 tokens generated, 0 tokens scored, 0.0 s"
