"""What every search by depth has in common: it goes on from any event, shares batches, and takes a person's edits."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands import RunPlan
from engine.editing import EditError
from engine.events import Event, Expanded, Pruned, Record, Restored, RunFinished, RunResumed, Scored
from engine.problems.countdown import children
from engine.problems.game24 import Game24
from engine.runner import Live
from engine.search.frontier import drop, even_widths, in_search, ranking
from engine.search.search import Prune
from engine.search.thoughts import Thoughts
from engine.search.values import refused
from engine.tree import Node, Tree, fold
from tests.helpers.make_golden import GOLDEN
from tests.helpers.running import go, make_run, plan, resume_log, run_log, scripted_verifiers
from tests.helpers.scripted import ScriptedPolicy, answer_text, state_after, step_text

MINE = ("beam", "guided-beam", "dvts", "rebase", "tot-bfs", "tot-dfs")
PLANS = {name: wish for name, wish in GOLDEN.items() if wish.search in MINE}
SHORT = {
    "beam": plan("beam", beams=6, width=3, text="2 3 4", verifiers=("rule", "prm")),
    "dvts": plan("dvts", samples=6, width=3, text="2 3 5", verifiers=("rule", "prm")),
}
"""Other plans, with rules: on 2 3 4 proofs are found."""


def events(log: tuple[Record, ...]) -> list[Event]:
    return [record.event for record in log]


def check_tree(log: tuple[Record, ...]) -> Tree:
    """The log folds, the run has ended, and nothing that is refused or out was gone on with later."""
    tree = fold(log)
    assert isinstance(log[-1].event, RunFinished)
    assert [record.seq for record in log] == list(range(1, len(log) + 1))
    out: set[int] = set()
    for record in log:
        if isinstance(record.event, Pruned):
            out.update(record.event.nodes)
        if isinstance(record.event, Restored):
            out.difference_update(record.event.nodes)
        if isinstance(record.event, Expanded):
            assert record.event.parent not in out
            assert not refused(tree.nodes[record.event.parent])
    return tree


@pytest.mark.parametrize("name", [*PLANS, *(f"rules {name}" for name in SHORT)])
def test_a_run_goes_on_from_every_prefix_of_its_log_as_if_nothing_had_happened(name: str) -> None:
    wish = PLANS[name] if name in PLANS else SHORT[name.removeprefix("rules ")]
    whole = run_log(wish)
    check_tree(whole)
    for cut in range(1, len(whole)):
        again = resume_log(wish, whole[:cut])
        assert isinstance(again[cut].event, RunResumed)
        assert events(again[cut + 1 :]) == events(whole[cut:]), f"cut after {cut} events"


@given(name=st.sampled_from(list(PLANS)), seed=st.integers(0, 999), cut=st.integers(1, 60))
@settings(max_examples=25)
def test_a_run_of_any_seed_goes_on_from_any_prefix(name: str, seed: int, cut: int) -> None:
    wish = _seeded(PLANS[name], seed)
    whole = run_log(wish)
    cut = min(cut, len(whole) - 1)
    assert events(resume_log(wish, whole[:cut])[cut + 1 :]) == events(whole[cut:])


def test_runs_that_share_batches_give_the_logs_of_runs_alone() -> None:
    policy, shared, logs = ScriptedPolicy(), scripted_verifiers(("prm", "value", "check", "vote")), []
    lives = []
    for name, wish in PLANS.items():
        log: list[Record] = []
        run = make_run(wish, log)
        who = tuple(next(entry for entry in shared if name in entry.name) for name in wish.verifiers if name != "rule")
        run.start(policy.name, [entry.name for entry in who])
        lives.append(Live(run, policy, who))
        logs.append((name, wish, who, log))
    go(*lives)
    for name, wish, who, log in logs:
        assert events(tuple(log)) == events(run_log(wish, verifiers=who)), name


@given(name=st.sampled_from(list(PLANS)), seed=st.integers(0, 99))
@settings(max_examples=40)
def test_a_person_may_prune_and_insert_between_iterations(name: str, seed: int) -> None:
    log: list[Record] = []
    wish = PLANS[name]
    run = make_run(wish, log, paused=True)
    who = tuple(scripted_verifiers(wish.verifiers))
    run.start("scripted", [entry.name for entry in who])
    live, rng, edits = Live(run, ScriptedPolicy(), who), random.Random(seed), 0
    while not run.finished:
        if edits < 6:
            edits += 1
            _edit(live, rng)
        run.pace.step("iteration")
        go(live)
        assert run.tree.iterations_done < 60
    check_tree(tuple(log))


def _edit(live: Live, rng: random.Random) -> None:
    """Prune a node, bring one back, or go on in the policy's stead."""
    tree = live.run.tree
    try:
        node = rng.choice(list(tree.nodes.values()))
        if node.pruned:
            live.run.restore([node.id])
        elif rng.random() < 0.5:
            live.run.prune([node.id])
        else:
            live.run.insert(node.id, _legal_step(live, node, rng))
    except EditError:
        pass


def _legal_step(live: Live, node: Node, rng: random.Random) -> str:
    """A scripted policy goes on from no other."""
    problem, steps = live.run.problem, live.run.tree.steps(node.id)
    assert isinstance(problem, Game24)
    if node.terminal:
        return "Answer: 1 = 1"
    state = state_after(problem, steps)
    return answer_text(problem, steps) if len(state) == 1 else step_text(rng.choice(children(state)))


def test_a_step_that_a_person_inserts_is_scored_and_gone_on_with() -> None:
    log: list[Record] = []
    wish = plan("beam", beams=4, width=2)
    run = make_run(wish, log, paused=True)
    live = Live(run, ScriptedPolicy(), tuple(scripted_verifiers(wish.verifiers)))
    run.start("scripted", ["scripted-prm"])
    for _ in range(2):
        run.pace.step("iteration")
        go(live)
    born = run.insert(0, _legal_step(live, run.tree.root, random.Random(3)))
    run.pace.go_on()
    go(live)
    assert run.tree.nodes[born].score("prm")
    assert run.tree.nodes[born].expanded
    check_tree(tuple(log))


WIDE: dict[str, dict[str, Any]] = {
    "beam": {"beams": 60},
    "guided-beam": {"beams": 60, "samples": 3},
    "dvts": {"samples": 60, "width": 1},
    "rebase": {"samples": 60},
    "tot-bfs": {"beams": 200, "generator": "sample", "samples": 20},
    "tot-dfs": {"generator": "sample", "samples": 20},
}


@pytest.mark.parametrize("name", MINE)
def test_refused_steps_are_never_gone_on_with_and_a_proof_ends_the_search(name: str) -> None:
    model = {"guided-beam": "check"}.get(name, "prm")
    log = run_log(plan(name, text="2 3 4", verifiers=("rule", model), **WIDE[name]))
    tree, end = check_tree(log), log[-1].event
    assert isinstance(end, RunFinished)
    assert end.correct is True
    assert "proven by a rule" in end.why
    assert not tree.gold
    assert any(isinstance(event, Scored) for event in events(log))


def _seeded(wish: RunPlan, seed: int) -> RunPlan:
    return RunPlan(wish.problem, wish.text, wish.search, wish.settings, seed, wish.budget, verifiers=wish.verifiers)


def test_a_loser_learns_its_rank_and_by_how_much_it_lost() -> None:
    values = {1: 0.5, 2: 0.9, 3: None, 4: 0.487, 5: 0.5}
    ranked = ranking([Node(node, 0, "", 1) for node in values], lambda node: values[node.id])
    assert [node.id for node, _ in ranked] == [2, 1, 5, 4, 3]
    (pruned,) = drop(ranked, 2)
    assert isinstance(pruned, Prune)
    assert pruned.nodes == (5, 4, 3)
    assert pruned.reasons == (
        "rank 3 of 5, lost a tie to one that came first",
        "rank 4 of 5, lost by 0.013",
        "rank 5 of 5, nobody scored it",
    )
    assert not list(drop(ranked, 5))


def test_samples_are_dealt_out_in_turn_and_nobody_is_left_out() -> None:
    assert even_widths(16, 4) == (4, 4, 4, 4)
    assert even_widths(16, 3) == (6, 5, 5)
    assert even_widths(2, 3) == (1, 1, 1)


def test_nodes_below_a_pruned_one_are_out() -> None:
    log = run_log(plan("tot-dfs", visits=4))
    tree = fold(log)
    first = tree.children(0)[0]
    first.pruned = "test"
    below = [node for node in tree.nodes.values() if first in tree.ascend(node.id)]
    assert below
    assert not set(map(id, below)) & set(map(id, in_search(tree)))


def test_the_shared_part_of_tree_of_thoughts_is_no_strategy_of_its_own() -> None:
    with pytest.raises(TypeError):
        Thoughts()  # type: ignore[abstract]
