"""The variants of MCTS: formulas, noise, leaves in flight, backup, width, transpositions, proposals."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import log, sqrt

import pytest

from engine.events import (
    Backpropagated,
    Budget,
    Choice,
    Expanded,
    NewNode,
    PriorsNoised,
    Pruned,
    Record,
    RunFinished,
    RunStarted,
    Score,
    Scored,
    Selected,
    VirtualLossChanged,
)
from engine.run import Run
from engine.search import SettingError
from engine.search.mcts_width import missing_samples
from engine.search.selection import FirstPlayUrgency, PUcb, Puct, Selection, Uct, winner
from engine.tree import Tree, apply, fold
from tests.helpers.running import plan, run_log
from tests.helpers.scripted import ScriptedVerifier


def of(log_: tuple[Record, ...], kind: type) -> list:  # type: ignore[type-arg]
    return [record.event for record in log_ if isinstance(record.event, kind)]


def choices(log_: tuple[Record, ...]) -> list[Choice]:
    return [choice for event in of(log_, Selected) for choice in event.choices]


def test_p_ucb_terms_are_those_of_the_paper() -> None:
    found = choices(run_log(plan(simulations=20, width=4, formula="p-ucb", beta_c=3.0, beta_base=5.0)))
    assert len(found) > 10
    for choice in found:
        beta = log((choice.visits + 5.0 + 1) / 5.0) + 3.0
        for n, p, u in zip(choice.n, choice.p, choice.u, strict=True):
            assert u == pytest.approx(beta * p * sqrt(log(choice.visits)) / (1 + n), abs=1e-12)


def test_on_the_first_visit_p_ucb_has_no_term_of_its_own_and_the_prior_breaks_the_tie() -> None:
    formula = PUcb(urgency=FirstPlayUrgency("zero"))
    q, u = formula.terms(1, 0.7, (0, 0, 0), (None, None, None), (0.2, 0.5, 0.3), lambda _: None)
    assert (list(q), list(u)) == ([0.0] * 3, [0.0] * 3)
    assert winner(q, u, (0.2, 0.5, 0.3), formula.prior_breaks_ties) == 1
    assert winner(q, u, (0.2, 0.5, 0.3), Puct.prior_breaks_ties) == 0
    assert "ties (ln 1 = 0) to the larger P" in formula.words


def test_ties_go_to_the_first_child() -> None:
    assert winner((None, None), (None, None), (0.5, 0.5), False) == 0
    assert winner((0.5, 0.5), (0.1, 0.1), (0.5, 0.5), True) == 0


@pytest.mark.parametrize(
    ("first_play", "filled"),
    [("score", 0.9), ("parent", 0.5), ("zero", 0.0), ("lowest", 0.3)],
)
def test_first_play_urgency_is_what_its_name_says(first_play: str, filled: float) -> None:
    urgency = FirstPlayUrgency(first_play)  # type: ignore[arg-type]
    assert urgency.fill(0.5, (0.3, None, 0.7), lambda place: [None, 0.9, None][place]) == [0.3, filled, 0.7]
    scaled = FirstPlayUrgency(first_play, "siblings").fill(0.5, (0.3, None, 0.7), lambda _: 0.9)  # type: ignore[arg-type]
    low, high = min(0.3, filled), max(0.7, filled)
    assert scaled == pytest.approx([(value - low) / (high - low) for value in (0.3, filled, 0.7)])
    assert {"score": "verifier", "parent": "parent", "zero": "0", "lowest": "lowest"}[first_play] in urgency.words


def test_without_any_value_nothing_stands_in() -> None:
    assert FirstPlayUrgency("lowest", "siblings").fill(None, (None, None), lambda _: None) == [None, None]
    assert list(FirstPlayUrgency("score").fill(0.4, (None,), lambda _: None)) == [0.4]


def test_the_words_name_every_decision() -> None:
    formula = Puct(urgency=FirstPlayUrgency("lowest", "siblings"))
    words = Selection(formula, backup="max", in_flight=True).words
    for part in ("c_init 1.25", "N_parent with its own evaluation", "lowest Q", "rescaled", "largest", "in flight"):
        assert part in words
    assert "unvisited first" in Selection(Uct()).words


def test_noise_is_mixed_in_once_right_after_the_first_expansion() -> None:
    log_ = run_log(plan(simulations=10, width=5, noise=0.25, noise_alpha=0.5))
    (event,) = of(log_, PriorsNoised)
    assert [type(record.event).__name__ for record in log_[1:5]] == ["Selected", "Expanded", "PriorsNoised", "Scored"]
    born = of(log_, Expanded)[0].children
    assert sum(event.noise) == pytest.approx(1.0)
    for child, drawn, prior in zip(born, event.noise, event.priors, strict=True):
        assert prior == pytest.approx(0.75 * child.prior + 0.25 * drawn)
    assert next(choice for choice in choices(log_) if choice.parent == 0).p == event.priors
    assert not of(run_log(plan(simulations=4, width=5)), PriorsNoised)


def test_leaves_in_flight_are_distinct_and_batched_and_every_credit_is_a_simulation() -> None:
    verifier = ScriptedVerifier()
    log_ = run_log(plan(simulations=22, width=4, in_flight=4), verifiers=[verifier])
    tree = fold(log_)
    assert tree.root.visits == 22
    assert tree.iterations_done < 10
    batches: dict[int, list[int]] = {}
    for event in of(log_, Selected):
        batches.setdefault(event.iteration, []).append(event.leaf)
    assert max(map(len, batches.values())) == 4
    assert all(len(set(leaves)) == len(leaves) for leaves in batches.values())
    assert max(Counter(event.parent for event in of(log_, Expanded)).values()) == 1
    assert len(of(log_, Scored)) == len(batches)
    changes = of(log_, VirtualLossChanged)
    assert sum(event.change for event in changes) == 0
    assert Counter(event.leaf for event in changes if event.change < 0) == Counter(
        leaf for leaves in batches.values() for leaf in leaves
    )


def test_a_virtual_loss_is_a_visit_of_value_0_while_it_lasts() -> None:
    log_ = run_log(plan(simulations=22, width=4, in_flight=4))
    tree, seen = Tree(), 0
    for record in log_:
        if isinstance(record.event, Selected):
            for choice in record.event.choices:
                for child, n, q in zip(choice.children, choice.n, choice.q, strict=True):
                    node = tree.nodes[child]
                    if node.virtual:
                        seen += 1
                        assert n == node.visits + node.virtual
                        assert q == pytest.approx(node.value_sum / n)
        apply(record.event, tree)
    assert seen


def test_a_leaf_that_is_all_there_is_flies_alone() -> None:
    log_ = run_log(plan(simulations=5, width=1, in_flight=4, temperature=0.0))
    assert len(of(log_, Backpropagated)) == len(of(log_, Selected)) == fold(log_).iterations_done


def test_the_budget_counts_simulations_not_batches() -> None:
    log_ = run_log(plan(simulations=100, width=4, in_flight=3, budget=Budget(simulations=7)))
    end = log_[-1].event
    assert isinstance(end, RunFinished)
    assert end.reason == "budget"
    assert 7 <= fold(log_).root.visits < 10


def test_max_backup_takes_the_largest_value() -> None:
    log_ = run_log(plan(simulations=25, width=3, backup="max"))
    tree, differ = Tree(), 0
    for record in log_:
        if isinstance(record.event, Selected):
            for choice in record.event.choices:
                for child, q, visited in zip(choice.children, choice.q, choice.visited, strict=True):
                    if visited:
                        assert q == tree.nodes[child].best
                        differ += q != tree.nodes[child].value
        apply(record.event, tree)
    assert differ


def grown_tree(values: list[float]) -> Tree:
    """A root with one scored child for each value."""
    tree = Tree()
    started = RunStarted("game24", "4 9 10 13", "", "mcts", {}, 0, Budget(), "p", ())
    children = tuple(NewNode(number, f"{number}\n", 1 / len(values)) for number in range(1, len(values) + 1))
    scores = tuple(Score(number, value, "prm", "v") for number, value in enumerate(values, 1))
    for event in (started, Expanded(1, 0, children), Scored(1, scores)):
        apply(event, tree)
    return tree


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ([0.5, 0.5], 0),  # children alike: not important
        ([0.1, 0.9], 6),  # distance 0.4 from the mean, times 20: 8
        ([0.0, 1.0], 8),  # at most 10
        ([0.5, 0.5, 0.9, 0.1], 4),
    ],
)
def test_a_node_whose_children_differ_is_made_wider(values: list[float], missing: int) -> None:
    tree = grown_tree(values)
    value_of = Selection(Puct()).value
    assert missing_samples(tree, tree.root, value_of, least=2, most=10, importance=20.0001) == missing
    apply(Backpropagated(1, 1, values[-1], "prm"), tree)  # what was credited counts more than the score
    assert value_of(tree.nodes[1]) == values[-1]
    if len(values) == 2:
        assert missing_samples(tree, tree.root, value_of, least=2, most=10, importance=20.0) == 0


def test_adaptive_width_stays_between_its_limits() -> None:
    log_ = run_log(plan(simulations=60, width=2, adaptive_width=True, widest=7, importance=30.0))
    tree = fold(log_)
    drawn = [sum(child.samples for child in tree.children(node.id)) for node in tree.nodes.values() if node.children]
    assert min(drawn) == 2
    assert 2 < max(drawn) <= 7


def test_a_state_that_is_known_is_pruned_so_that_no_work_is_done_twice() -> None:
    wish = {"simulations": 40, "width": 6}
    merged = run_log(plan(**wish, transpositions="merge"))  # type: ignore[arg-type]
    tree = fold(merged)
    pruned = [
        (node, reason) for event in of(merged, Pruned) for node, reason in zip(event.nodes, event.reasons, strict=True)
    ]
    assert pruned
    for node, reason in pruned:
        assert reason == f"same state as step {tree.nodes[node].twin}"
        assert not tree.nodes[node].expanded
        assert not tree.nodes[node].scores
    kept = fold(run_log(plan(**wish)))  # type: ignore[arg-type]
    assert not any(node.pruned for node in kept.nodes.values())
    assert any(node.twin is not None for node in kept.nodes.values())


def test_equal_states_may_share_a_child() -> None:
    log_ = run_log(plan(simulations=12, width=12, merge="state"))
    for event in of(log_, Expanded):
        twins = [child.twin for child in event.children if child.twin is not None]
        assert all(twin < event.children[0].node for twin in twins)  # none of a sibling


def test_next_steps_may_be_proposed() -> None:
    log_ = run_log(plan(simulations=12, generator="propose"))
    listed = [event for event in of(log_, Expanded) if event.generator == "propose"]
    assert listed
    assert all(event.cost.calls == 1 for event in of(log_, Expanded))
    for event in listed:
        assert len({child.prior for child in event.children}) == 1


def test_the_widest_is_at_least_the_width() -> None:
    with pytest.raises(SettingError, match="Widest must be at least Width and Root width, not 3"):
        Run(1, plan(width=5, widest=3, adaptive_width=True), lambda _record: None, lambda: 0.0)


def test_visits_go_down_by_the_most_visited_step() -> None:
    log_ = run_log(plan(text="2 3 4", simulations=60, width=3, revisit=True, final="visits"))
    tree, end = fold(log_), log_[-1].event
    assert isinstance(end, RunFinished)
    assert end.chosen is not None
    for parent, child in pairwise(tree.path(end.chosen)):
        with_answers = [
            node
            for node in tree.children(parent.id)
            if any(answer in tree.answers() for answer in _below(tree, node.id))
        ]
        assert child.visits == max(node.visits for node in with_answers)


def _below(tree: Tree, node: int) -> list:  # type: ignore[type-arg]
    return [entry for entry in tree.nodes.values() if node in {above.id for above in tree.path(entry.id)}]
