"""Nobody looks at a gold answer before the end, unless the plan names the gold verifier; then the run says so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pytest

from app.command_line.report import result_data, result_text, tree_text
from engine.commands import RunPlan
from engine.events import Record, RunFinished, Scored
from engine.policies import Watch
from engine.problems import Verdict
from engine.problems.game24 import Game24
from engine.problems.words import WordProblem
from engine.run import Run
from engine.runner import Live
from engine.search import SEARCHES, SettingError
from engine.search.search import Answer
from engine.tree import fold
from engine.verifiers import ScoreRequest, Verifier
from engine.verifiers.gold import GoldVerifier
from engine.verifiers.registry import ASKING
from engine.verifiers.rule import RuleVerifier
from storage.exporters import export_run
from storage.session import Session
from tests.helpers.running import VERIFIERS, go, make_run, plan
from tests.helpers.scripted import ScriptedPolicy, ScriptedVerifier


class Sealed(str):
    """A gold answer that betrays whoever reads it before the end. That there is one may be known."""

    opened = False

    def _read(self, *_: object) -> NoReturn:
        raise AssertionError("somebody looked at the gold answer")

    __eq__ = __str__ = __hash__ = __len__ = __format__ = __contains__ = __repr__ = _read


class SealedGame(Game24):
    """A Game of 24 whose answers are right if they are the gold one."""

    @property
    def gold(self) -> str:
        return SEAL

    def check_answer(self, completion: str) -> Verdict:
        if not Sealed.opened:
            completion == SEAL  # noqa: B015 - raises
        return Verdict(False, "it is not the gold answer")


SEAL = Sealed("secret")


@pytest.mark.parametrize("search", SEARCHES)
def test_no_search_and_no_other_verifier_sees_it(search: str, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = ScriptedPolicy()
    mine: Sequence[Verifier] = (
        RuleVerifier(), ScriptedVerifier(), ScriptedVerifier("scripted-orm", "orm"),
        *(asking(policy, 1, name) for name, asking in ASKING.items()),
    )  # fmt: skip
    log: list[Record] = []
    run = make_run(plan(search, verifiers=VERIFIERS), log)
    run.problem = SealedGame((4, 9, 10, 13))
    end = Run._end

    def unseal(self: Run, reason: str, why: str, chosen: Answer | None) -> None:
        monkeypatch.setattr(Sealed, "opened", True)
        end(self, reason, why, chosen)  # type: ignore[arg-type]

    monkeypatch.setattr(Run, "_end", unseal)
    run.start("scripted", ["all"])
    go(Live(run, policy, tuple(mine)))
    assert isinstance(log[-1].event, RunFinished)
    assert not run.tree.gold


def test_of_a_trace_without_steps_it_says_nothing() -> None:
    question = WordProblem.parse("How many pens are 5 * 7? #### 35")
    assert GoldVerifier().score([ScoreRequest(question, (), False)], Watch()).traces[0].values == ()


def test_the_seal_works() -> None:
    log: list[Record] = []
    run = make_run(plan("cot"), log)
    run.problem = SealedGame((4, 9, 10, 13))
    run.start("scripted", ["gold"])
    with pytest.raises(AssertionError, match="looked at the gold answer"):
        go(Live(run, ScriptedPolicy(), (GoldVerifier(),)))


class GoldGame(Game24):
    """A Game of 24 with a known answer, as word problems have one."""

    @property
    def gold(self) -> str:
        return "(13 - 9) * (10 - 4)"


def gold_log() -> list[Record]:
    log: list[Record] = []
    run = make_run(plan(simulations=30, width=3, value="rollout"), log)
    run.problem = GoldGame((4, 9, 10, 13))
    run.start("scripted", ["gold"])
    go(Live(run, ScriptedPolicy(), (GoldVerifier(),)))
    return log


def test_a_run_with_gold_in_its_loop_says_so_everywhere(tmp_path: Path) -> None:
    log = gold_log()
    tree = fold(log)
    assert tree.gold
    scores = [score for record in log if isinstance(record.event, Scored) for score in record.event.scores]
    rollouts = [rollout for node in tree.nodes.values() for rollout in node.rollouts]
    assert {score.source for score in scores} | {rollout.source for rollout in rollouts} == {"gold"}
    assert all(tree.nodes[score.node].terminal for score in scores)  # no other step has a gold answer
    assert "A gold answer influenced this run." in result_text(tree)
    assert "A gold answer influenced this run." in tree_text(tree)
    assert result_data(tree)["gold"] is True
    with Session.create(tmp_path / "a.espalier") as session:
        session.new_run(RunPlan("game24", "4 9 10 13", "mcts", {}))
        session.append(log)
        assert session.info(1).gold
        export_run(session, 1, "json", tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text())["gold"] is True


def test_gold_without_a_gold_answer_is_refused_in_words() -> None:
    wish = RunPlan("game24", "4 9 10 13", "mcts", {}, verifiers=("gold",))
    with pytest.raises(SettingError, match="none is known for this problem"):
        make_run(wish, [])
    question = RunPlan("words", "How many pens are 5 * 7?", "mcts", {}, verifiers=("gold", "prm"))
    with pytest.raises(SettingError, match="after ####"):
        make_run(question, [])
    known = RunPlan("words", "How many pens are 5 * 7? #### 35", "mcts", {}, verifiers=("gold", "prm"))
    assert make_run(known, []).problem.gold == "35"
