"""Speed of the search itself: MCTS with a policy and a verifier that cost nothing, events and tree included.

What is measured is all that stands between two model calls: selection, the moves, growing the tree, the scores, the
records. CPU time of this process, so that what else the machine does counts little.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, ClassVar, Self

from engine.commands import RunPlan
from engine.events import Cost, Record, Source
from engine.policies import Sample, Sampled, SampleRequest, Watch
from engine.problems.problem import Problem, Verdict
from engine.run import Run
from engine.runner import Live, Runner
from engine.verifiers import ScoreRequest, Scores, StepScores

FEW, MANY = 1_000, 100_000
WIDTH = 4
REPEATS_OF_FEW = 9
REPEATS_OF_MANY = 3

_SAMPLES = tuple(Sample(f"step {name}\n", -1.0, 4, "step") for name in "abcdefgh")


@dataclass(frozen=True, slots=True)
class Endless(Problem):
    """A problem whose every step can be followed by others: no answer is ever reached."""

    kind: ClassVar[str] = "endless"
    title: ClassVar[str] = "Endless"
    example: ClassVar[str] = "go"
    step_ends: ClassVar[tuple[str, ...]] = ("\n",)
    max_steps: ClassVar[int] = sys.maxsize
    max_step_tokens: ClassVar[int] = 8

    @classmethod
    def parse(cls, text: str) -> Self:  # noqa: ARG003 - the contract
        return cls()

    @property
    def text(self) -> str:
        return self.example

    @property
    def prompt(self) -> str:
        return "Go on.\n"

    def is_answer(self, step: str) -> bool:
        return False

    def read_answer(self, completion: str) -> str | None:
        return None

    def check_answer(self, completion: str) -> Verdict:
        return Verdict(None, "there is no answer")

    def state(self, steps: Sequence[str]) -> str:
        return "".join(steps)


class FreePolicy:
    """Says the same few steps everywhere."""

    name = "free"

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        return Sampled(tuple(_SAMPLES[: len(request.seeds)] for request in requests), (Cost(),) * len(requests))


class FreeVerifier:
    """Scores the last step by the seed of its node."""

    name = "free"
    source: Source = "prm"

    def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
        return Scores(tuple(StepScores((_share(asked.seed),)) for asked in requests))


def _share(seed: int) -> float:
    return (seed & 0xFFFF) / 0xFFFF


@dataclass(frozen=True, slots=True)
class Played:
    """One run to its end."""

    seconds: float
    """CPU time of the process."""
    simulations: int
    events: int

    @property
    def cost(self) -> float:
        """Seconds of one simulation."""
        return self.seconds / self.simulations


def run(quick: bool, seed: int) -> dict[str, Any]:
    """The figures; `quick` plays the long run once."""
    few, many = [], []
    for number in range(1 if quick else REPEATS_OF_MANY):
        few += [play(FEW, seed + repeat) for repeat in range(REPEATS_OF_FEW)]
        many.append(play(MANY, seed + number))
        print(f"search: {MANY} simulations in {many[-1].seconds:.1f} s of CPU time", file=sys.stderr, flush=True)
    at_few, at_many = median(one.cost for one in few), median(one.cost for one in many)
    return {
        "sims_per_s_1k": 1 / at_few,
        "sims_per_s_100k": 1 / at_many,
        "cost_ratio_100k_1k": at_many / at_few,
        "events_per_sim": median(one.events / one.simulations for one in many),
    }


def play(simulations: int, seed: int, clock: Callable[[], float] = time.process_time) -> Played:
    """One run of MCTS with PUCT, its records thrown away."""
    records = 0

    def count(_record: Record) -> None:
        nonlocal records
        records += 1

    plan = RunPlan("endless", "go", "mcts", {"simulations": simulations, "width": WIDTH}, seed)
    search = Run(1, plan, count, time.time, problem=Endless())
    search.start("free", ["free"])
    live, runner = [Live(search, FreePolicy(), (FreeVerifier(),))], Runner(time.perf_counter)
    gc.collect()
    began = clock()
    while runner.turn(live):
        pass
    return Played(clock() - began, search.tree.root.visits, records)
