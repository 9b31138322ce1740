"""A policy that writes what it is told to, or what a function makes of the request; it may tell of next tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.events import Cost
from engine.policies import Cancelled, Ended, Sample, Sampled, SampleRequest, TooLongError, Watch
from engine.policies.stopping import step_end
from engine.policies.weighing import Weighed
from engine.tokens import Alternative, Token, pack

Says = Callable[[SampleRequest, int], str]
"""The text for a request and one of its seeds."""
COST = Cost(calls=1, generated=7, prompt=5)
WEIGHED = Cost(calls=1, prompt=3)


@dataclass
class Writing:
    """Writes `says`, up to the first of the request's stops; each call costs COST for every seed."""

    says: Says | str
    longest: int = 1_000_000
    """Characters of a turn and what is given, beyond which it refuses."""
    likeliest: tuple[Alternative, ...] = ()
    """What it tells of every token."""
    cut: bool = False
    """Whether it always comes to its limit of tokens."""
    asked: list[SampleRequest] = field(default_factory=list)
    calls: int = 0
    name: str = "writing"

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        if watch.cancelled():
            raise Cancelled
        self.calls += 1
        if any(len(each.user_turn + each.given) > self.longest for each in requests):
            raise TooLongError("The problem takes too many tokens.")
        self.asked += requests
        samples = tuple(tuple(self._one(request, seed) for seed in request.seeds) for request in requests)
        return Sampled(samples, (COST,) * len(requests))

    def _one(self, request: SampleRequest, seed: int) -> Sample:
        text = self.says if isinstance(self.says, str) else self.says(request, seed)
        end = step_end(request.given + text, len(request.given), request.stops)
        ended: Ended = "length" if self.cut else "end" if end is None else "step"
        row = pack((Token("x", 0, 0.0, 0.0, self.likeliest),)) if self.likeliest else b""
        return Sample(text if end is None else text[: end - len(request.given)], -1.0, 7, ended, row)


@dataclass
class Weighing(Writing):
    """The same, which knows the probabilities of labels after every text."""

    weighs: Callable[[SampleRequest], Mapping[str, float]] | Mapping[str, float] = field(default_factory=dict)
    weighed: list[SampleRequest] = field(default_factory=list)

    def weigh(self, requests: Sequence[SampleRequest], labels: Sequence[str], watch: Watch) -> tuple[Weighed, ...]:
        if watch.cancelled():
            raise Cancelled
        self.weighed += requests
        found = [self.weighs(each) if callable(self.weighs) else self.weighs for each in requests]
        return tuple(Weighed(tuple(each.get(label, 0.0) for label in labels), cost=WEIGHED) for each in found)
