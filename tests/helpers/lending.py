"""Models on loan for tests of benchmarks: scripted ones that count who borrows, and the questions that go with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.benchmarks.questions import Question
from engine.policies import ModelError, Policy
from engine.problems.game24 import Game24
from engine.verifiers import Verifier
from engine.verifiers.rule import RuleVerifier
from tests.helpers.scripted import ScriptedPolicy, ScriptedVerifier

GAMES = tuple(Question(game, game) for game in map(Game24, [(2, 3, 4), (1, 4, 6), (5, 6, 13), (1, 1, 1)]))
"""Three numbers each: three games that scripted play solves now and then, and one that nobody can solve."""


@dataclass
class ScriptedLender:
    """Lends scripted models; `rule` is the real rule checker, `orm` is not to be had."""

    playing: Policy = field(default_factory=ScriptedPolicy)

    def policy(self, folder: str) -> Policy:
        return self.playing

    def verifiers(self, names: Sequence[str]) -> tuple[Verifier, ...]:
        return tuple(map(self._verifier, names))

    def _verifier(self, name: str) -> Verifier:
        if name == "orm":
            raise ModelError("There is no folder resources/models/orm.")
        return RuleVerifier() if name == "rule" else ScriptedVerifier(name)


@dataclass
class Counter:
    """Something to borrow from that counts."""

    borrowed: int = 0

    def __call__(self) -> ScriptedLender:
        self.borrowed += 1
        return ScriptedLender()
