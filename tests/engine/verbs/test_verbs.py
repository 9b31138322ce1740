"""Verbs at a node: what each one does, where it is refused, and how it is undone. With scripted models."""

from __future__ import annotations

from dataclasses import replace
from math import log as ln

import pytest

from engine.editing import EditError
from engine.events import (
    ROOT,
    Asked,
    AskEnded,
    Backpropagated,
    Expanded,
    IterationFinished,
    Pruned,
    Record,
    RolledOut,
    Scored,
    Selected,
)
from engine.runner import Live
from engine.search import SEARCHES, SettingError
from engine.search.selection import winner
from engine.tokens import Alternative, Token, pack, unpack
from engine.verbs import VERBS, make_verb
from tests.helpers.asking import ask, begun, events
from tests.helpers.invariants import check_tree
from tests.helpers.running import VERIFIERS, go, plan

STEP = "13 - 9 = 4 (left: 4 4 10)"


def mcts(log: list[Record], iterations: int = 3, **settings: object) -> Live:
    return begun(plan("mcts", **{"simulations": 40, "width": 3, "seed": 7, **settings}), log, iterations)  # type: ignore[arg-type]


def test_deepen_is_the_runs_own_simulation_with_the_way_prescribed() -> None:
    log: list[Record] = []
    live = mcts(log, formula="uct")
    start, tree = len(log), live.run.tree
    node = min(tree.root.children, key=lambda child: tree.nodes[child].visits)
    before = tree.nodes[node].visits
    ask(live, "deepen", node, simulations=5)
    new = events(log, start)
    assert isinstance(new[0], Asked)
    assert new[0].words == f"5 more simulations below node {node}"
    assert new[-1] == AskEnded(1)
    walks = [event for event in new if isinstance(event, Selected)]
    assert len(walks) == 5
    for walk in walks:
        assert walk.path[:2] == (ROOT, node)
        assert [choice.parent for choice in walk.choices] == list(walk.path[1:-1])
        assert walk.formula.startswith("UCT")
        for choice in walk.choices:
            assert choice.chosen == choice.children[winner(choice.q, choice.u, choice.p, False)]
    assert tree.nodes[node].visits == before + 5
    check_tree(tree, log)


def test_a_wish_may_go_beyond_the_simulations_and_the_log_says_so() -> None:
    log: list[Record] = []
    live = mcts(log, iterations=0, simulations=3)
    live.run.pace.go_on()
    go(live)
    live.run.resume(log, "opened again")
    live.run.pace.pause()
    task = ask(live, "deepen", ROOT, simulations=4)
    assert task.words.startswith("4 more simulations below node 0 (beyond the end of the run: Finished: all 3 simulat")
    assert live.run.tree.root.visits == 7
    assert live.run.state == "paused"
    live.run.pace.go_on()
    go(live)
    assert live.run.finished


def test_deepen_ends_early_where_nothing_is_left() -> None:
    log: list[Record] = []
    live = begun(plan("mcts", text="2 3 4", simulations=500, width=1, temperature=0.0), log, 1)
    task = ask(live, "deepen", 1, simulations=50)
    assert 0 < task.done < 50
    assert task.why == f"Nothing was left to be learned there after {task.done} of 50."
    with pytest.raises(EditError, match="Nothing new can be learned below node 1"):
        ask(live, "deepen", 1)


def test_equalise_gives_every_sibling_as_many_visits() -> None:
    log: list[Record] = []
    live = mcts(log, iterations=12)
    visits = [child.visits for child in live.run.tree.children(ROOT)]
    assert len(set(visits)) > 1
    task = ask(live, "equalise", 1)
    assert {child.visits for child in live.run.tree.children(ROOT)} == {max(visits)}
    assert task.done == task.total == len(visits) * max(visits) - sum(visits)
    with pytest.raises(EditError, match="equally many visits"):
        ask(live, "equalise", 1)
    with pytest.raises(EditError, match="no siblings"):
        ask(live, "equalise", ROOT)
    with pytest.raises(EditError, match="Beam search counts no visits"):
        ask(begun(plan("beam"), []), "equalise", 1)


def test_alternatives_are_new_and_a_second_wish_draws_others() -> None:
    log: list[Record] = []
    live = mcts(log, width=2)
    tree = live.run.tree
    known = {child.step for child in tree.children(ROOT)}
    first = ask(live, "alternatives", 1, samples=6)
    again = ask(live, "alternatives", 1, samples=6)
    grown = [event for event in events(log) if isinstance(event, Expanded) and event.parent == ROOT][1:]
    texts = [child.step for event in grown for child in event.children]
    assert len(texts) == len(set(texts)) > 6
    assert known.isdisjoint(texts)
    assert sum(child.prior for child in grown[1].children) < 1.0  # what was known already counts
    assert first.outcome(tree)["born"] == [child.node for child in grown[0].children] + [
        child.node for child in grown[1].children
    ]
    assert again.outcome(tree)["born"] == [child.node for child in grown[1].children]
    ask(live, "alternatives", 1, of="children", samples=2)
    assert events(log)[-4].parent == 1


def test_only_this_branch_is_undone_by_restoring_what_it_pruned() -> None:
    log: list[Record] = []
    live = mcts(log, iterations=6)
    tree = live.run.tree
    node = next(node for node in tree.nodes.values() if node.depth == 2)
    live.run.prune([next(child for child in tree.root.children if child != node.parent)])
    before = {entry.id: tree.is_out(entry.id) for entry in tree.nodes.values()}
    task = ask(live, "only", node.id)
    assert [entry.id for entry in tree.nodes.values() if entry.depth == 2 and not tree.is_out(entry.id)] == [node.id]
    pruned = task.outcome(tree)["pruned"]
    assert [event.nodes for event in events(log) if isinstance(event, Pruned)][-1] == tuple(pruned)
    assert all("was wanted" in tree.nodes[entry].pruned for entry in pruned)
    live.run.restore(pruned)
    assert {entry.id: tree.is_out(entry.id) for entry in tree.nodes.values()} == before
    with pytest.raises(EditError, match="every branch"):
        ask(live, "only", ROOT)


def test_play_out_leaves_nodes_down_to_an_answer() -> None:
    log: list[Record] = []
    live = mcts(log)
    task = ask(live, "play_out", 2)
    tree = live.run.tree
    answer = next(node for node in tree.answers() if 2 in [entry.id for entry in tree.path(node.id)])
    assert answer.depth == 4
    assert task.why == ""
    assert not any(isinstance(event, RolledOut) for event in events(log))
    with pytest.raises(EditError, match=f"lead to an answer already: node {answer.id}"):
        ask(live, "play_out", 2)


@pytest.mark.parametrize(("verb", "node", "parent"), [("insert", 2, 2), ("edit", 2, 0)])
def test_a_persons_step_is_gone_on_from(verb: str, node: int, parent: int) -> None:
    log: list[Record] = []
    live = mcts(log)
    tree = live.run.tree
    start = len(log)
    step = STEP if parent == ROOT else "9 - 3 = 6 (left: 4 6)"
    task = ask(live, verb, node, step=step, then="deepen", simulations=3)
    written = next(event for event in events(log, start) if isinstance(event, Expanded))
    assert (written.generator, written.parent) == ("person", parent)
    born = written.children[0].node
    assert tree.nodes[born].visits == task.done - 1 > 0
    assert tree.nodes[born].scores
    assert task.outcome(tree)["born"] == [born]
    assert not tree.nodes[node].pruned
    with pytest.raises(EditError, match="has this step already"):
        ask(live, verb, node, step=step)
    with pytest.raises(EditError, match="The step is empty"):
        ask(live, verb, node, step=" ")


@pytest.mark.parametrize(("search", "unit"), [("mcts", "simulation"), ("beam", "expansion"), ("best-of-n", "chain")])
def test_what_follows_a_persons_step_is_called_as_the_search_calls_it(search: str, unit: str) -> None:
    log: list[Record] = []
    live = begun(plan(search, **({"simulations": 40} if search == "mcts" else {})), log, 0)  # type: ignore[arg-type]
    task = ask(live, "insert", ROOT, step=STEP, simulations=1)
    assert task.words == f"a step of one's own below node 0, then 1 {unit} below it"


def test_an_inserted_answer_is_judged_and_ends_it() -> None:
    log: list[Record] = []
    live = mcts(log)
    task = ask(live, "insert", ROOT, step="Answer: (13 - 9) * (10 - 4) = 24")
    assert (task.done, task.why) == (1, "")
    assert live.run.tree.answers()[-1].scores


def test_a_step_is_rolled_again_from_a_token() -> None:
    log: list[Record] = []
    live = mcts(log)
    tree = live.run.tree
    old = tree.nodes[1]
    row = unpack(old.tokens)
    ask(live, "reroll", 1, token=2, samples=8)
    kept = "".join(token.text for token in row[:2])
    born = next(event for event in reversed(events(log)) if isinstance(event, Expanded)).children
    assert born
    for child in born:
        assert child.step.startswith(kept)
        assert child.step != old.step
        whole = unpack(child.tokens)
        assert "".join(token.text for token in whole) == child.step
        assert whole[:2] == row[:2]
        assert child.logprob == pytest.approx(2 * ln(0.75) - (len(child.step) - len(kept)))


def test_another_token_stands_in_the_step() -> None:
    log: list[Record] = []
    live = mcts(log)
    ask(live, "reroll", 1, token=0, alternative=1, samples=6)
    born = next(event for event in reversed(events(log)) if isinstance(event, Expanded)).children
    assert born
    for child in born:
        first = unpack(child.tokens)[0]
        assert (first.text, first.id) == ("4 ", 2)
        assert first.logprob == pytest.approx(ln(0.25))
        assert child.step.startswith("4 ")


def test_a_token_that_completes_the_step_needs_no_sample() -> None:
    log: list[Record] = []
    live = mcts(log)
    node = live.run.tree.nodes[1]
    row = list(unpack(node.tokens))
    row[-1] = Token(row[-1].text, 1, -0.5, 0.1, (Alternative(row[-1].text, 0.9), Alternative("7)\n", 0.1)))
    node.tokens = pack(tuple(row))
    ask(live, "reroll", 1, token=len(row) - 1, alternative=1)
    written = next(event for event in reversed(events(log)) if isinstance(event, Expanded))
    assert written.generator == "person"
    assert written.children[0].step.endswith("7)\n")


@pytest.mark.parametrize(
    ("verb", "node", "settings", "says"),
    [
        ("deepen", 99, {}, "There is no node 99"),
        ("deepen", -1, {}, "There is no node -1"),
        ("reroll", ROOT, {}, "The root is the problem itself"),
        ("reroll", 1, {"token": 99}, "there is no number 99"),
        ("reroll", 1, {"token": 0, "alternative": 7}, "has 2 known alternatives"),
        ("edit", ROOT, {"step": STEP}, "The root is the problem itself"),
    ],
)
def test_what_cannot_be_is_refused_in_words(verb: str, node: int, settings: dict[str, object], says: str) -> None:
    log: list[Record] = []
    live = mcts(log)
    before = len(log)
    with pytest.raises(EditError, match=says):
        ask(live, verb, node, **settings)
    assert len(log) == before
    assert live.run.state == "paused"


def test_tokens_that_are_not_known_cannot_be_rolled_again() -> None:
    live = mcts([])
    born = live.run.insert(ROOT, STEP)
    with pytest.raises(EditError, match="No tokens are known"):
        ask(live, "reroll", born)
    live.run.tree.nodes[1].tokens = b"no row at all"
    with pytest.raises(EditError, match="No tokens are known"):
        ask(live, "reroll", 1)


def test_a_verb_or_a_setting_that_is_none_is_refused() -> None:
    with pytest.raises(SettingError, match="nothing called 'dance'"):
        make_verb("dance", {})
    with pytest.raises(SettingError, match="Simulations must be at least 1"):
        make_verb("deepen", {"simulations": 0})


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("verb", ["deepen", "alternatives", "only", "play_out", "insert"])
def test_every_verb_goes_with_every_strategy_or_says_why_not(search: str, verb: str) -> None:
    log: list[Record] = []
    live = begun(plan(search, seed=3, verifiers=VERIFIERS), log, 1)
    if live.run.finished:
        live.run.resume(log, "opened again")
    tree = live.run.tree
    node = next((node.id for node in tree.nodes.values() if node.id and node.open and not tree.is_out(node.id)), ROOT)
    start = len(log)
    settings: dict[str, object] = {"step": STEP} if verb == "insert" else {}
    live.run.pace.pause()
    target = ROOT if verb == "insert" else node
    if why := live.run.tasks.refusal(make_verb(verb, settings), target):
        assert why.endswith(".")
        return
    task = ask(live, verb, target, **settings)
    assert task.refused == ""
    assert {IterationFinished, Asked, AskEnded} <= {type(event) for event in events(log, start)}
    if verb != "only":
        kinds = {type(event) for event in events(log, start)}
        born = any(event.children for event in events(log, start) if isinstance(event, Expanded))
        assert (Scored in kinds) == born
        assert (Backpropagated in kinds) == (search == "mcts" and verb in ("deepen", "play_out", "insert"))
    check_tree(tree, log)
    live.run.pace.go_on()
    go(live)
    assert live.run.finished
    check_tree(live.run.tree, log)


def test_every_verb_describes_itself() -> None:
    for name, verb in VERBS.items():
        assert (verb.name, bool(verb.title), bool(verb.sentence)) == (name, True, True)
        assert replace(verb()) == verb()  # every field has a default
