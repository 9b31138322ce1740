"""What holds in every tree of MCTS, whatever its settings and whatever happened to the run."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands import RunPlan
from engine.editing import EditError
from engine.events import Backpropagated, IterationFinished, Record, RunFinished, Selected
from engine.policies import Cancelled
from engine.run import Run
from engine.runner import Live, Runner
from engine.search import make_search
from engine.search.search import Answer
from engine.tree import Tree, apply, fold
from engine.verifiers.rule import RuleVerifier
from tests.helpers.running import go, make_run, plan, run_log
from tests.helpers.scripted import ScriptedPolicy, ScriptedVerifier

FEW = settings(max_examples=15)

SETTINGS = st.fixed_dictionaries(
    {
        "simulations": st.integers(1, 14),
        "width": st.integers(1, 4),
        "generator": st.sampled_from(("sample", "propose")),
        "formula": st.sampled_from(("puct", "uct", "p-ucb")),
        "first_play": st.sampled_from(("score", "parent", "zero", "lowest")),
        "q_scale": st.sampled_from(("none", "siblings")),
        "backup": st.sampled_from(("mean", "max")),
        "noise": st.sampled_from((0.0, 0.25)),
        "in_flight": st.integers(1, 4),
        "value": st.sampled_from(("score", "rollout")),
        "aggregation": st.sampled_from(("min", "product", "last", "mean")),
        "merge": st.sampled_from(("text", "state")),
        "transpositions": st.sampled_from(("keep", "merge")),
        "adaptive_width": st.booleans(),
        "widest": st.integers(4, 9),
        "revisit": st.booleans(),
        "final": st.sampled_from(("value", "visits", "reward")),
    }
)
TEXTS = st.sampled_from(("4 9 10 13", "2 3 4", "1 1 1"))


@st.composite
def plans(draw: st.DrawFn) -> RunPlan:
    return plan(text=draw(TEXTS), seed=draw(st.integers(0, 3)), **draw(SETTINGS))  # type: ignore[arg-type]


def live_run(wish: RunPlan, policy: ScriptedPolicy | None = None) -> tuple[Live, list[Record]]:
    log: list[Record] = []
    run = make_run(wish, log)
    run.start("scripted", ["rule", "scripted-prm"])
    return Live(run, policy or ScriptedPolicy(), (RuleVerifier(), ScriptedVerifier())), log


def check(log: list[Record]) -> Tree:
    """The identities of MCTS in the tree of this log; gives the tree."""
    tree = fold(log)
    credits = [record.event for record in log if isinstance(record.event, Backpropagated)]
    own: dict[int, list[float]] = {}
    for event in credits:
        own.setdefault(event.leaf, []).append(event.value)
    assert tree.root.visits == len(credits)
    for node in tree.nodes.values():
        below, mine = tree.children(node.id), own.get(node.id, [])
        assert node.visits == sum(child.visits for child in below) + len(mine)
        assert node.value_sum == pytest.approx(sum(child.value_sum for child in below) + sum(mine))
        if node.visits:
            inside = [*mine, *(child.best for child in below if child.best is not None)]
            assert node.best == max(inside)
            assert node.value is not None
            assert min(event.value for event in credits) - 1e-9 <= node.value <= node.best + 1e-9
    if isinstance(log[-1].event, IterationFinished | RunFinished):
        assert not any(node.virtual for node in tree.nodes.values())
    return tree


def recompute(log: list[Record], *, edited: bool = False) -> None:
    """Every choice follows from its own numbers, and its N and P are those of the tree before it.

    After an edit an iteration that has begun is finished as it was begun: with what a person has just pruned.
    """
    tree = Tree()
    for record in log:
        if isinstance(record.event, Selected):
            for choice in record.event.choices:
                known = zip(choice.q, choice.u, strict=True)
                scores = [float("inf") if u is None else (q or 0.0) + u for q, u in known]
                winners = [child for child, score in zip(choice.children, scores, strict=True) if score == max(scores)]
                assert choice.chosen in winners
                for child, n, p in zip(choice.children, choice.n, choice.p, strict=True):
                    node = tree.nodes[child]
                    assert (n, p) == (node.visits + node.virtual, node.prior)
                    assert not node.refused
                    assert edited or not node.pruned
        apply(record.event, tree)


@given(plans())
@FEW
def test_visits_values_and_choices_add_up(wish: RunPlan) -> None:
    live, log = live_run(wish)
    go(live)
    tree = check(log)
    recompute(log)
    assert isinstance(log[-1].event, RunFinished)
    assert tree.root.visits <= wish.settings["simulations"]
    assert tree == live.run.tree


@given(plans(), st.data())
@FEW
def test_a_run_that_is_cut_off_anywhere_goes_on_to_a_valid_tree(wish: RunPlan, data: st.DataObject) -> None:
    live, whole = live_run(wish)
    go(live)
    cut = data.draw(st.integers(1, len(whole) - 1))
    log = list(whole[:cut])
    run = Run(1, wish, log.append, lambda: 0.0)
    run.resume(tuple(whole[:cut]), "test")
    assert not any(node.virtual for node in run.tree.nodes.values())
    go(replace(live, run=run))
    assert isinstance(log[-1].event, RunFinished)
    check(log)
    recompute(log)


@given(plans(), st.integers(0, 10_000))
@FEW
def test_a_person_may_prune_restore_and_insert_between_any_two_moves(wish: RunPlan, seed: int) -> None:
    live, log = live_run(wish)
    runner, person = Runner(lambda: 0.0), Random(seed)
    while runner.turn([live]):
        if not live.run.finished and person.random() < 0.25:
            edit(live.run, person)
    tree = check(log)
    recompute(log, edited=True)
    end = tree.finished
    assert end is not None
    assert end.chosen is None or not tree.is_out(end.chosen)


def edit(run: Run, person: Random) -> None:
    """Something that a person does; what cannot be done changes nothing."""
    node = person.randrange(len(run.tree.nodes))
    try:
        match person.choice(("prune", "restore", "insert")):
            case "prune":
                run.prune([node])
            case "restore":
                run.restore([node])
            case "insert":
                run.insert(node, "Answer: (10 - 4) * (13 - 9) = 24")
    except EditError:
        return


@given(plans(), st.integers(1, 8))
@FEW
def test_a_cancelled_call_leaves_no_trace(wish: RunPlan, call: int) -> None:
    live, log = live_run(wish, ScriptedPolicy(cancel_after=call))
    try:
        go(live)
    except Cancelled:
        go(live)
    undisturbed, other = live_run(wish)
    go(undisturbed)
    assert [record.event for record in log] == [record.event for record in other]


@given(st.lists(plans(), min_size=2, max_size=4))
@FEW
def test_the_same_seed_gives_the_same_log_whatever_shares_the_batch(wishes: list[RunPlan]) -> None:
    policy, verifiers = ScriptedPolicy(), (RuleVerifier(), ScriptedVerifier())
    together = [live_run(wish) for wish in wishes]
    go(*(Live(live.run, policy, verifiers) for live, _ in together))
    for (_, log), wish in zip(together, wishes, strict=True):
        live, alone = live_run(wish)
        go(live)
        assert log == alone


@pytest.mark.parametrize("final", ["value", "visits", "reward"])
def test_the_final_answer_is_what_its_rule_says(final: str) -> None:
    search = make_search("mcts", {"final": final})
    tree = fold(run_log(plan(text="2 3 4", simulations=60, width=3, revisit=True)))
    keys: dict[str, Any] = {
        "value": lambda node: min(entry.mark[0] for entry in tree.path(node.id)[1:] if entry.mark),
        "visits": lambda node: [entry.visits for entry in tree.path(node.id)[1:]],
        "reward": lambda node: node.scores[-1].value,
    }
    best = max(tree.answers(), key=keys[final])
    found = search.choose(tree)
    assert isinstance(found, Answer)
    assert keys[final](tree.nodes[found.node]) == keys[final](best)
    assert len({str(keys[final](node)) for node in tree.answers()}) > 1
