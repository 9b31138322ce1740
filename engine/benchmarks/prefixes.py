"""How many times faster a reward model scores the traces of search trees together than each alone. Measures only."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from statistics import median

from engine.commands import RunPlan
from engine.llm.keys_values import Snapshots
from engine.llm.score import TokenScorer
from engine.policies import Policy, Watch
from engine.problems.game24 import Game24
from engine.run import Run
from engine.runner import Live, Runner
from engine.verifiers import ScoreRequest, StepScores, Verifier
from engine.verifiers.prm import PrmVerifier
from engine.verifiers.reading import MAX_ROWS, SNAPSHOT_BYTES

SEARCH = "tot-bfs"
"""With its own settings: the search of Yao et al. 2023 for this game."""
TURNS = 7
NEAR = 1e-3
"""Scores that are read in another order may differ by rounding, by less than this."""


class Forgetful(PrmVerifier):
    """A reward model whose memory can be emptied: it need not be loaded again."""

    def forget(self) -> None:
        """Be as a reader that has read nothing."""
        known = self._scorer
        self._scorer = TokenScorer(known.network, known.measure, MAX_ROWS, Snapshots(SNAPSHOT_BYTES))


def speedup_shared_prefix(
    policy: Policy, reader: Forgetful, puzzles: Sequence[Game24], seed: int = 0, turns: int = TURNS
) -> float:
    """Steps per second in one call for each tree, by steps per second of one call for each trace of it by a reader
    without memory; turn by turn, ratio of the medians. A tree's traces are those to its leaves, different ones only."""
    trees = [_requests(policy, reader, puzzle, seed) for puzzle in puzzles]
    each = [[request] for tree in trees for request in tree]
    together, alone = list[float](), list[float]()
    for _ in range(turns):
        seconds, found = _timed(reader, trees)
        together.append(seconds)
        seconds, expected = _timed(reader, each)
        alone.append(seconds)
        _compare(found, expected)
    texts = [request.steps for (request,) in each]
    steps = sum(map(len, texts))
    nodes = len({steps[:count] for steps in texts for count in range(1, len(steps) + 1)})
    print(
        f"prm: {len(each)} traces of {len(trees)} trees, {steps} steps, {nodes} of them different: "
        f"{steps / median(together):.0f} steps/s together, {steps / median(alone):.0f} each trace alone",
        file=sys.stderr,
        flush=True,
    )
    return median(alone) / median(together)


def _requests(policy: Policy, prm: Verifier, puzzle: Game24, seed: int) -> list[ScoreRequest]:
    """The traces of a search tree, to be scored from their first step to their last."""
    plan = RunPlan(puzzle.kind, puzzle.text, SEARCH, {}, seed)
    run = Run(1, plan, lambda _record: None, time.time)
    run.start(policy.name, (prm.name,))
    live, runner = Live(run, policy, (prm,)), Runner(time.perf_counter)
    while runner.turn([live]):
        pass
    ended = {run.tree.steps(leaf.id): leaf.terminal for leaf in run.tree.leaves()}
    return [ScoreRequest(puzzle, steps, terminal) for steps, terminal in ended.items() if steps]


def _timed(reader: Forgetful, calls: Sequence[list[ScoreRequest]]) -> tuple[float, list[StepScores]]:
    """Seconds of wall time for these calls, before each of which everything is forgotten; and the scores."""
    seconds, found = 0.0, list[StepScores]()
    for requests in calls:
        reader.forget()
        began = time.perf_counter()
        found += reader.score(requests, Watch()).traces
        seconds += time.perf_counter() - began
    return seconds, found


def _compare(found: Sequence[StepScores], expected: Sequence[StepScores]) -> None:
    for one, other in zip(found, expected, strict=True):
        for value, wanted in zip(one.values, other.values, strict=True):
            if value is None or wanted is None or abs(value - wanted) > NEAR:
                raise AssertionError(f"a trace has the score {value} together and {wanted} alone")
