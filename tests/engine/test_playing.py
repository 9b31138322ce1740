"""Rollouts by the dozen and given steps: what they cost, what they are drawn by, what a tree makes of them."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from engine.events import ROOT, Cost, Expanded, Record, RolledOut
from engine.policies import Sample, Sampled, SampleRequest, Watch
from engine.problems.game24 import Game24
from engine.run import Run
from engine.runner import Live, Runner
from engine.search.search import Answer, Ending, Given, Move, Rollout, Search
from engine.tree import Tree, fold
from tests.helpers.running import plan
from tests.helpers.scripted import ScriptedPolicy

FIRST = "13 - 9 = 4 (left: 4 4 10)\n"


@dataclass(frozen=True)
class _Script(Search):
    """Performs these moves in its one iteration."""

    name: ClassVar[str] = "script"
    title: ClassVar[str] = "Script"
    moves: tuple[Move, ...] = ()
    thinks: bool = False

    def iteration(self, tree: Tree) -> Generator[Move, Any, None]:
        for move in self.moves:
            _ = yield move

    def done(self, tree: Tree) -> Ending | None:
        return ("finished", "all is done") if tree.iterations_done else None

    def choose(self, tree: Tree) -> Answer | None:
        return None

    @property
    def thinking(self) -> bool:
        return self.thinks


class _Full(ScriptedPolicy):
    """A model whose context has no room left: nothing is asked."""

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        none = Sample("", None, 0, "length")
        return Sampled(tuple((none,) * len(request.seeds) for request in requests), (Cost(),) * len(requests))


def _log(
    monkeypatch: pytest.MonkeyPatch, *moves: Move, thinks: bool = False, policy: type[ScriptedPolicy] = ScriptedPolicy
) -> list[Record]:
    log: list[Record] = []
    search = _Script(moves, thinks)
    monkeypatch.setattr("engine.recorded.checked", lambda _plan, _problem: (Game24((4, 9, 10, 13)), search))
    run = Run(1, plan("mcts"), log.append, lambda: 0.0)
    run.start("scripted", ())
    live = Live(run, policy(), ())
    while Runner(lambda: 0.0).turn([live]):
        pass
    return log


def _rollouts(log: list[Record]) -> list[RolledOut]:
    return [record.event for record in log if isinstance(record.event, RolledOut)]


def test_samples_of_one_node_are_drawn_as_those_drawn_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = _rollouts(_log(monkeypatch, Rollout((ROOT,), 1.0, samples=3)))
    in_turn = _rollouts(_log(monkeypatch, *[Rollout((ROOT,), 1.0)] * 3))
    assert [entry.steps for entry in at_once] == [entry.steps for entry in in_turn]
    assert len({entry.steps for entry in at_once}) > 1


def test_what_was_read_for_all_of_them_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = _rollouts(_log(monkeypatch, Rollout((ROOT,), 1.0)))[0].cost
    first, *others = (entry.cost for entry in _rollouts(_log(monkeypatch, Rollout((ROOT,), 1.0, samples=4))))
    assert first.prompt == alone.prompt
    assert [(cost.prompt, cost.cached, cost.calls) for cost in others] == [(0, 0, 1)] * 3
    assert all(cost.generated > 0 for cost in (first, *others))


def test_what_was_not_asked_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    played = _rollouts(_log(monkeypatch, Rollout((ROOT,), 1.0, samples=3), policy=_Full))
    assert [entry.cost for entry in played] == [Cost()] * 3


def test_a_rollout_says_by_which_turn_it_was_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, hinted = _rollouts(_log(monkeypatch, Rollout((ROOT,), 1.0), Rollout((ROOT,), 1.0, turn="Make 24. A hint.")))
    assert (plain.turn, hinted.turn) == ("", "Make 24. A hint.")


def test_given_steps_become_a_chain_that_nobody_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    thought = ("Try it.\n", "</think>\n", FIRST)
    log = _log(monkeypatch, Given(ROOT, thought, ("", "closed early", "")), thinks=True)
    tree = fold(log)
    chain = tree.path(max(tree.nodes))[1:]
    assert tuple(node.step for node in chain) == thought
    assert [node.hidden for node in chain] == [True, True, False]
    assert [node.edit for node in chain] == ["", "closed early", ""]
    assert not any(node.expanded or node.samples or node.terminal for node in tree.nodes.values() if node.id)
    assert {record.event.generator for record in log if isinstance(record.event, Expanded)} == {"given"}


def test_an_edit_wants_a_word_for_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="shorter"):
        _log(monkeypatch, Given(ROOT, (FIRST, FIRST), ("one",)))
