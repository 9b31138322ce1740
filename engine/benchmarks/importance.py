"""How many times fewer tokens of prompt are read for the importance of all steps of a long thought. Measures only."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from engine.commands import RunPlan
from engine.policies import Policy, Sampled, SampleRequest, Watch
from engine.problems.game24 import Game24
from engine.run import Run
from engine.runner import Live, Runner
from engine.search.probes import Counters, result_of

PUZZLE = Game24((4, 9, 10, 13))
STEPS = 60
QUICK_STEPS = 20
RESAMPLES = 10
WRITTEN = 1
"""Tokens that each sample writes: what is measured has happened by then."""


@dataclass(frozen=True, slots=True)
class _Brief:
    """A policy whose samples end early."""

    policy: Policy

    @property
    def name(self) -> str:
        return self.policy.name

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        return self.policy.sample([replace(request, max_tokens=WRITTEN) for request in requests], watch)


def importance_prefill_saving(policy: Policy, quick: bool, seed: int = 0) -> float:
    """Tokens that the samples would read if each read its own context, per token that was read. 60 steps, 10 resamples
    before and behind each; with `quick` 20 steps."""
    found = _counters(policy, made_up_thought(QUICK_STEPS if quick else STEPS, Random(seed)), seed)
    print(
        f"importance: {found.samples} samples; tokens of prompt: {found.alone} one by one, "
        f"{found.prompt + found.cached} if only the samples of one place shared theirs, {found.prompt} read",
        file=sys.stderr,
        flush=True,
    )
    if found.saving is None:
        raise AssertionError("no token of a prompt was read")
    return found.saving


def made_up_thought(steps: int, rng: Random) -> str:
    """Lines of tries, as the bundled models write them: each takes two of the puzzle's numbers."""
    lines = []
    for _ in range(steps):
        left, right, *others = rng.sample(PUZZLE.numbers, 4)
        left_over = " ".join(map(str, sorted((left + right, *others))))
        lines.append(f"Try {left} + {right} = {left + right} (left: {left_over})\n")
    return "".join(lines)


def _counters(policy: Policy, thought: str, seed: int) -> Counters:
    settings = {"thought": thought, "first": RESAMPLES, "samples": RESAMPLES, "most": RESAMPLES}
    plan = RunPlan(PUZZLE.kind, PUZZLE.text, "importance", settings, seed, verifiers=())
    run = Run(1, plan, lambda _record: None, time.time)
    run.start(policy.name, ())
    live, runner = Live(run, _Brief(policy), ()), Runner(time.perf_counter)
    while runner.turn([live]):
        pass
    found = result_of(run.tree)
    assert found is not None, "importance is a probe"
    return found.counters
