"""Search harder here, and a step rolled again from a token, by the real engine with the bundled models."""

from __future__ import annotations

import pytest

from engine.commands import Ask, Continue, RunPlan, StartRun, StepIteration
from engine.events import Expanded, Scored, Selected
from engine.llm.bundled import POLICY, PRM
from engine.tokens import unpack
from engine.tree import fold
from tests.helpers.engine_pipe import EnginePipe, paused
from tests.helpers.invariants import check_tree

pytestmark = [
    pytest.mark.skipif(not (POLICY.is_dir() and PRM.is_dir()), reason="the bundled models are not there"),
    pytest.mark.timeout(900),
]


def test_deepen_and_reroll() -> None:
    wish = RunPlan("game24", "4 9 10 13", "mcts", {"simulations": 8, "width": 4}, 1)
    with EnginePipe("engine") as engine:
        run = engine.send(StartRun(1, wish, paused=True))
        engine.until(paused, 300)
        engine.reply(engine.send(StepIteration(1)))
        engine.until(paused)
        deeper = engine.reply(engine.send(Ask(1, "deepen", 1, {"simulations": 3})))
        assert (deeper.error, deeper.data["done"]) == ("", 3)
        tree = fold(engine.records())
        row = unpack(tree.nodes[1].tokens)
        place = next(place for place, token in enumerate(row) if token.alternatives[1].text.strip().isdigit())
        other = row[place].alternatives[1]
        before = len(engine.records())
        rolled = engine.reply(engine.send(Ask(1, "reroll", 1, {"token": place, "alternative": 1, "samples": 6})))
        assert rolled.error == ""
        new = [record.event for record in engine.records()[before:]]
        engine.reply(engine.send(Continue(1)))
        assert not engine.reply(run, 120).error
        log = engine.records()
    born = next(event for event in new if isinstance(event, Expanded)).children
    assert born
    assert any(isinstance(event, Scored) for event in new)
    kept = "".join(token.text for token in row[:place]) + other.text
    for child in born:
        whole = unpack(child.tokens)
        assert child.step.startswith(kept)
        assert [token.id for token in whole[: place + 1]] == [*(token.id for token in row[:place]), other.id]
        assert child.broken or child.step.endswith(")\n")
    walks = [record.event for record in log if isinstance(record.event, Selected)]
    assert sum(walk.path[1:2] == (1,) for walk in walks) >= 3
    check_tree(fold(log), log)
