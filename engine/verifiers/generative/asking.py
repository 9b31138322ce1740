"""Puts questions to a policy, in one call. One that is too long for the model spoils no other. Knows no verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.events import Cost
from engine.policies import Policy, Sample, SampleRequest, TooLongError, Watch


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one question."""

    samples: tuple[Sample, ...] = ()
    cost: Cost = Cost()  # noqa: RUF009 - frozen
    why: str = ""
    """Why there are no samples, in words."""


def ask(policy: Policy, requests: Sequence[SampleRequest], watch: Watch) -> list[Reply]:
    """The replies, in order. Raises Cancelled, and ModelError for all but a question that is too long."""
    if not requests:
        return []
    quiet = Watch(watch.cancelled)  # a critique is no step: nobody is shown it while it is written
    try:
        answer = policy.sample(requests, quiet)
    except TooLongError as error:
        if len(requests) == 1:
            return [Reply(why=str(error))]
        return [reply for request in requests for reply in ask(policy, [request], watch)]
    return [Reply(samples, cost, _no_room(samples)) for samples, cost in zip(answer.samples, answer.costs, strict=True)]


def _no_room(samples: Sequence[Sample]) -> str:
    """A context that fills the model is answered with nothing."""
    empty = all(not sample.count and sample.ended == "length" for sample in samples)
    return "The model has no room left after the question." if empty else ""
