"""Scores that are asked for after the fact, in short calls between the moves of runs. Knows no pipe, no run, no torch.

A call is as large as a short time allows, so that a run under way goes on and whoever wants something is heard.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate
from math import isfinite

import msgspec
from msgspec.structs import replace

from engine.commands import Request, ScoreTraces, TraceToScore
from engine.frames import Reply, ScoresFound, TraceScores
from engine.policies import Cancelled, ModelError, OutOfReachError, Watch
from engine.problems import ProblemError, parse_problem
from engine.shelf import Shelf
from engine.verifiers import ScoreRequest, StepScores, Verifier

CALL_SECONDS = 0.2
"""What a call of a scorer should take: about so long a run under way waits for its next move."""
FIRST = 4
"""Traces in the first call of a scorer, before it is known how fast it is."""
MOST = 128
"""Traces in one call."""
MOST_STEPS = 5_000
"""Steps in one call of several traces: what is said of them must fit into one frame."""
MOST_FAILURES = 8
"""Traces of a wish that fail one after the other before nobody believes that the next one will not."""


@dataclass
class _Wish:
    request: Request
    command: ScoreTraces
    done: int = 0
    given_up: bool = False
    failures: int = 0
    """In a row, up to the last trace."""


class Scoring:
    """The wishes, first come, first served. `turn` makes one call, or ends a wish.

    `cancelled` is asked during calls: True ends one, and it is made again later. `timer` gives seconds.
    """

    def __init__(
        self,
        shelf: Shelf,
        send: Callable[[Reply], None],
        cancelled: Callable[[], bool],
        timer: Callable[[], float],
    ) -> None:
        self._shelf, self._send, self._cancelled, self._timer = shelf, send, cancelled, timer
        self._wishes: deque[_Wish] = deque()
        self._sizes: dict[str, int] = {}
        """Traces that a scorer reads in about CALL_SECONDS, by its name."""

    @property
    def wish(self) -> Request | None:
        """Whose turn it is; None if nobody wants anything."""
        return self._wishes[0].request if self._wishes else None

    def take(self, request: Request) -> None:
        """Take up a ScoreTraces."""
        assert isinstance(request.command, ScoreTraces)
        self._wishes.append(_Wish(request, request.command))

    def cancel(self, request: int) -> None:
        """Give up the wish with this number, if there is one; its final reply comes at its turn."""
        for wish in self._wishes:
            wish.given_up = wish.given_up or wish.request.id == request

    def turn(self) -> None:
        """One call for the first wish, or its end. Raises ModelError, or what a bug raises: the wish is over then."""
        wish = self._wishes[0]
        try:
            verifier = self._verifier(wish.command)
            if not wish.given_up and wish.done < len(wish.command.traces):
                self._call(wish, verifier)
            if wish.given_up or wish.done >= len(wish.command.traces):
                self._wishes.popleft()
                self._tell(wish, verifier, (), final=True)
        except Cancelled:
            return
        except BaseException:
            self._wishes.popleft()
            raise

    def _verifier(self, command: ScoreTraces) -> Verifier:
        (verifier,) = self._shelf.verifiers((command.verifier,), command.policy)
        return verifier

    def _call(self, wish: _Wish, verifier: Verifier) -> None:
        size = self._sizes.get(verifier.name, FIRST)
        waiting = wish.command.traces[wish.done : wish.done + size]
        traces = waiting[: _size(waiting)]
        watch = Watch(lambda: wish.given_up or self._cancelled())
        began = self._timer()
        found = self._score(verifier, traces, wish.done, watch)
        seconds = self._timer() - began
        if seconds < CALL_SECONDS / 2 and len(traces) == size:
            self._sizes[verifier.name] = min(MOST, 2 * size)
        elif seconds > CALL_SECONDS:
            self._sizes[verifier.name] = max(1, size // 2)
        wish.done += len(traces)
        share = seconds / len(traces)
        costed = tuple(replace(one, cost=replace(one.cost, seconds=share)) for one in found)
        self._tell(wish, verifier, costed, final=False)
        _count_failures(wish, found)

    def _score(self, verifier: Verifier, traces: Sequence[TraceToScore], first: int, watch: Watch) -> list[TraceScores]:
        """What is said of each trace. If a call fails, each trace is tried alone: it may be the fault of one."""
        asked = [_request(trace, first + place) for place, trace in enumerate(traces, 1)]
        good = [one for one in asked if isinstance(one, ScoreRequest)]
        try:
            answers = iter(verifier.score(good, watch).traces if good else ())
            return [
                TraceScores(failed=one) if isinstance(one, str) else _checked(next(answers), len(one.steps))
                for one in asked
            ]
        except OutOfReachError:
            raise
        except ModelError as error:
            if len(traces) == 1:
                return [TraceScores(failed=str(error))]
        return [
            one for place, trace in enumerate(traces) for one in self._score(verifier, [trace], first + place, watch)
        ]

    def _tell(self, wish: _Wish, verifier: Verifier, found: tuple[TraceScores, ...], *, final: bool) -> None:
        recipe = getattr(getattr(verifier, "recipe", None), "name", "")  # a bundled one has none
        model = self._shelf.fingerprint(wish.command.verifier, wish.command.policy)
        said = ScoresFound(verifier.name, verifier.source, recipe, found, wish.given_up, model)
        self._send(Reply(wish.request.id, final, data=msgspec.to_builtins(said)))


def _size(traces: Sequence[TraceToScore]) -> int:
    """How many of the first traces one call may take: at least one, and more up to MOST_STEPS of them all."""
    steps = accumulate(len(trace.steps) for trace in traces)
    return max(1, sum(count <= MOST_STEPS for count in steps))


def _count_failures(wish: _Wish, found: Sequence[TraceScores]) -> None:
    """Raises ModelError when too many have failed in a row."""
    for one in found:
        wish.failures = wish.failures + 1 if one.failed else 0
        if wish.failures == MOST_FAILURES:
            raise ModelError(f"{MOST_FAILURES} traces failed one after the other, the last one so: {one.failed}")


def _request(trace: TraceToScore, ballot: int) -> ScoreRequest | str:
    """The question about a trace, or why it cannot be asked.

    Its seed hangs on its problem alone: a critique of steps that several traces begin with is written once.
    """
    try:
        problem = parse_problem(trace.problem, trace.text)
    except ProblemError as error:
        return str(error)
    seed = int.from_bytes(blake2b(trace.text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
    return ScoreRequest(problem, trace.steps, trace.ended, trace.thinking, seed, ballot)


def _checked(scores: StepScores, steps: int) -> TraceScores:
    """What was said, if it is of every step and a number; else where it is not."""
    if len(scores.values) != steps:
        of = "1 step" if steps == 1 else f"{steps:,} steps"
        return TraceScores(
            failed=f"The scorer gave another number of scores than there are steps: {len(scores.values):,} for {of}."
        )
    for number, value in enumerate(scores.values, 1):
        if value is not None and not 0.0 <= value <= 1.0:
            return TraceScores(failed=f"The scorer gave {value:g} for step {number}, which is no number from 0 to 1.")
    channels = tuple(tuple((name, value) for name, value in step if isfinite(value)) for step in scores.channels)
    cost = replace(scores.cost, scored=scores.cost.scored + scores.tokens)
    return TraceScores(scores.values, scores.notes, channels, cost)
