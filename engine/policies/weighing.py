"""How likely given texts are to come next, by any policy: it weighs them itself, or what it tells of a token is read.

A score that is made of two labels ("Yes" and "No") needs nothing else of a policy. Knows no model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from engine.events import Cost
from engine.policies import ModelError, OutOfReachError, Policy, Sample, SampleRequest, Watch
from engine.tokens import unpack


@dataclass(frozen=True, slots=True)
class Weighed:
    """How likely each label is as the next token."""

    probabilities: tuple[float, ...] | None
    """At temperature 1, in the labels' order. None where the policy cannot tell."""
    why: str = ""
    """Why it cannot, or what is not exact, in words."""
    cost: Cost = Cost()  # noqa: RUF009 - frozen


@runtime_checkable
class Weighs(Protocol):
    """A policy that knows the probability of every token."""

    def weigh(self, requests: Sequence[SampleRequest], labels: Sequence[str], watch: Watch) -> tuple[Weighed, ...]:
        """How likely each of the labels is right after each request's `given`.

        Without requests it only sees whether the labels can be told apart. Raises Cancelled; and ModelError for a label
        that is not one token of the model, or that the tokenizer does not give back as it is.
        """
        ...


def weigh(
    policy: Policy, requests: Sequence[SampleRequest], labels: Sequence[str], watch: Watch
) -> tuple[Weighed, ...]:
    """How likely each of the labels is right after each request's `given`. Raises as `Weighs.weigh` does.

    A policy that does not weigh is asked for one token, and told of the likeliest ones: a label that is not among them
    counts as much as the last of them (Zhao et al. 2025, GenPRM), which is the most that it can be.
    """
    if isinstance(policy, Weighs):
        return policy.weigh(requests, labels, watch)
    if not requests:
        return ()
    single = [
        replace(each, seeds=(0,), temperature=0.0, top_p=1.0, max_tokens=1, whole=True, stops=()) for each in requests
    ]
    try:
        answer = policy.sample(single, Watch(watch.cancelled))
    except OutOfReachError:
        raise
    except ModelError as error:  # a chat cannot go on from a text: it has no next token either
        return (Weighed(None, str(error)),) * len(requests)
    return tuple(_read(mine[0], labels, cost) for mine, cost in zip(answer.samples, answer.costs, strict=True))


def _read(sample: Sample, labels: Sequence[str], cost: Cost) -> Weighed:
    """What one sampled token tells of the labels."""
    row = unpack(sample.tokens)
    listed = {each.text: each.probability for each in reversed(row[0].alternatives)} if row else {}
    if not listed:
        return Weighed(None, "The policy tells no probabilities of its tokens.", cost)
    absent = [label for label in labels if label not in listed]
    if len(absent) == len(labels):
        return Weighed(None, f"None of the likeliest tokens is {' or '.join(map(repr, labels))}.", cost)
    least = min(listed.values())
    why = f"{' and '.join(map(repr, absent))} counted as {least:.2g}, the most that it can be." if absent else ""
    return Weighed(tuple(listed.get(label, least) for label in labels), why, cost)
