"""Best of N: every choice from the same samples, each scored once; what it refuses before the start."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.commands import RunPlan
from engine.events import ROOT, Record, RunFinished, Scored, Voted
from engine.policies import Watch
from engine.runner import Live
from engine.search import SettingError, make_search
from engine.search.best_of_n import RULE_OF
from engine.search.votes import RULES, count, samples_of
from engine.tree import fold
from engine.verifiers import ScoreRequest, Scores, StepScores
from engine.verifiers.rule import RuleVerifier
from tests.helpers.running import go, make_run, plan, run_log
from tests.helpers.scripted import ScriptedPolicy, ScriptedVerifier


class ScriptedOrm(ScriptedVerifier):
    """An outcome reward model: speaks of answers alone, and calls long ones good."""

    def __init__(self) -> None:
        super().__init__("scripted-orm", "orm")

    def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
        self.seen.extend(requests)
        return Scores(tuple(map(self._one, requests)))

    @staticmethod
    def _one(request: ScoreRequest) -> StepScores:
        blank = (None,) * (len(request.steps) - 1)
        return StepScores((*blank, min(1.0, len(request.steps[-1]) / 40) if request.ended else None))


def wish(by: str, samples: int = 16, batch: int = 8) -> RunPlan:
    return plan("best-of-n", by=by, samples=samples, batch=batch, verifiers=("prm", "orm"))


def test_every_choice_reads_the_same_samples_and_scores() -> None:
    logs = {by: run_log(wish(by), verifiers=[ScriptedVerifier(), ScriptedOrm()]) for by in RULE_OF}
    stored = samples_of(fold(logs["prm"]))
    for by, log in logs.items():
        end, vote = log[-1].event, log[-2].event if isinstance(log[-2].event, Voted) else log[-3].event
        assert isinstance(end, RunFinished)
        assert isinstance(vote, Voted)
        assert samples_of(fold(log)) == stored
        verdict = count(stored, RULE_OF[by])
        assert vote.tallies == verdict.tallies
        assert end.chosen == (verdict.winner.at.node if verdict.winner else None)
    assert len({log[-1].event.chosen for log in logs.values() if isinstance(log[-1].event, RunFinished)}) > 2


def test_each_step_is_scored_once_by_each_verifier() -> None:
    prm, orm = ScriptedVerifier(), ScriptedOrm()
    tree = fold(run_log(wish("orm", samples=6, batch=4), verifiers=[prm, orm]))
    steps = [node for node in tree.nodes.values() if node.id != ROOT]
    assert len(prm.seen) == len(orm.seen) == len(steps)
    assert all([score.source for score in node.scores].count("prm") == 1 for node in steps)
    assert all(bool(node.score("orm")) == node.terminal for node in steps)


def test_the_best_single_sample_wins_and_not_the_first_with_its_answer() -> None:
    log = run_log(wish("prm", samples=40), verifiers=[ScriptedVerifier()])
    tree, end = fold(log), log[-1].event
    assert isinstance(end, RunFinished)
    worth = {entry.at.node: min(entry.steps) for entry in samples_of(tree) if entry.steps}
    assert end.chosen == max(worth, key=lambda node: worth[node])


@pytest.mark.parametrize(
    ("by", "verifiers", "part"),
    [
        ("prm", (), "add prm"),
        ("prm", ("rule", "orm"), "add prm"),
        ("weighted-prm", ("orm",), "add prm"),
        ("orm", ("prm",), "add orm"),
        ("weighted-orm", ("prm", "rule"), "add orm"),
        ("orm", ("orm:FOLDER",), ""),
        ("prm", ("prm:FOLDER",), ""),
        ("prm", ("scale",), ""),
        ("logprob", (), ""),
        ("majority", (), ""),
    ],
)
def test_a_choice_without_its_verifier_is_refused_in_words(by: str, verifiers: tuple[str, ...], part: str) -> None:
    refusal = make_search("best-of-n", {"by": by}).refusal(verifiers)
    assert part in refusal
    assert bool(refusal) == bool(part)
    assert not refusal or refusal.endswith(".")


def test_the_refusal_comes_before_the_start() -> None:
    base = plan("best-of-n", by="orm")
    log: list[Record] = []
    with pytest.raises(SettingError, match="add orm"):
        make_run(RunPlan(base.problem, base.text, base.search, base.settings, verifiers=("prm",)), log)
    assert not log


def test_a_proof_by_the_rules_beats_what_a_model_thinks() -> None:
    easy = plan("best-of-n", text="2 3 4", samples=60, batch=60)
    with_rule = run_log(easy, verifiers=[RuleVerifier(), ScriptedVerifier()])[-1].event
    without = run_log(easy)[-1].event
    assert isinstance(with_rule, RunFinished)
    assert isinstance(without, RunFinished)
    assert (with_rule.correct, without.correct) == (True, False)


class Silent(ScriptedVerifier):
    """Has nothing to say."""

    def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
        return Scores(tuple(StepScores((None,) * len(request.steps)) for request in requests))


def test_where_nothing_has_a_score_nothing_is_chosen() -> None:
    log = run_log(plan("best-of-n", samples=3), verifiers=[Silent()])
    end = log[-1].event
    assert isinstance(end, RunFinished)
    assert (end.chosen, end.verdict) == (None, "There is no answer.")
    assert not any(isinstance(record.event, Scored) for record in log)


def test_a_run_that_is_cut_off_anywhere_goes_on_to_a_valid_choice() -> None:
    base = plan("best-of-n", samples=4, batch=2)
    whole = run_log(base)
    for cut in range(1, len(whole)):
        again: list[Record] = list(whole[:cut])
        run = make_run(base, again)
        run.resume(whole[:cut], "test")
        go(Live(run, ScriptedPolicy(), (ScriptedVerifier(),)))
        tree, end = fold(again), again[-1].event
        assert isinstance(end, RunFinished)
        assert len(tree.root.children) == 4
        winner = count(samples_of(tree), "best-prm").winner
        assert winner is not None
        assert end.chosen == winner.at.node


def test_every_choice_is_a_rule() -> None:
    assert set(RULE_OF.values()) <= set(RULES)
