"""Several thoughts for one problem: where they part, as pairs and as a tree of prefixes, and which answers they reach.

Knows no model and no gold answer. Thoughts are compared as they are, character by character; steps only name places.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction

import msgspec

from engine.traces.answers import Answer, bare
from engine.traces.steps import Step


class Divergence(msgspec.Struct, frozen=True, gc=False):
    """Where two thoughts part."""

    one: int
    other: int
    """The numbers of the two, from 0."""
    characters: int
    """Length of the beginning they share."""
    step: int
    """The number of the first step that differs, from 0; where one ends within the other, the first that it lacks."""
    same: bool
    """Whether they do not part at all."""


class Branch(msgspec.Struct, frozen=True):
    """A piece of text that some thoughts share, after the pieces of its parents."""

    start: int
    end: int
    """Characters [start, end) of any of the thoughts in it."""
    thoughts: tuple[int, ...]
    """Their numbers, ascending."""
    ended: tuple[int, ...] = ()
    """Those that end here."""
    branches: tuple[Branch, ...] = ()
    """How the others go on, in the order of their first thought."""


class Share(msgspec.Struct, frozen=True):
    """One answer among several thoughts."""

    answer: str
    """As the first thought with it writes it."""
    value: Fraction | None
    thoughts: tuple[int, ...]
    share: float
    """Of the thoughts that have an answer, in (0, 1]."""


class Distribution(msgspec.Struct, frozen=True):
    """Which answers were reached, the most frequent first; of equal ones the one seen first."""

    answers: tuple[Share, ...]
    unanswered: tuple[int, ...]


def common_prefix(one: str, other: str, known: int = 0) -> int:
    """How many characters two texts share from the start, at least `known`; by halves: blocks are compared at once."""
    low, high = known, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def divergence(thoughts: Sequence[str], steps: Sequence[Sequence[Step]], one: int, other: int) -> Divergence:
    """Where thoughts `one` and `other` part. `steps`: of each thought, counted from its own start."""
    shared = common_prefix(thoughts[one], thoughts[other])
    same = shared == len(thoughts[one]) == len(thoughts[other])
    longer = one if len(thoughts[one]) > shared else other
    return Divergence(one, other, shared, step_at(steps[longer], shared), same)


def divergences(thoughts: Sequence[str], steps: Sequence[Sequence[Step]]) -> tuple[Divergence, ...]:
    """Every pair, in order."""
    count = range(len(thoughts))
    return tuple(divergence(thoughts, steps, one, other) for one in count for other in count if one < other)


def step_at(steps: Sequence[Step], character: int) -> int:
    """The number of the step that holds a character; one more than the last behind the end."""
    if not steps or character >= steps[-1].end:
        return len(steps)
    return max(0, bisect_right(steps, character, key=lambda step: step.start) - 1)


def prefix_tree(thoughts: Sequence[str]) -> Branch:
    """The thoughts as a tree of shared beginnings: its root is what all of them share.

    As deep as thoughts part within thoughts, at most as many levels as there are thoughts.
    """
    found: list[Branch] = []  # without their branches
    waiting: list[tuple[int, int, list[int]]] = [(-1, 0, list(range(len(thoughts))))]
    parents: list[int] = []
    for parent, start, members in waiting:  # grows below: parents come before their branches
        end = start
        if members:
            first = thoughts[members[0]]
            end = min(common_prefix(first, thoughts[member], start) for member in members)
        groups: dict[str, list[int]] = {}
        for member in members:
            groups.setdefault(thoughts[member][end : end + 1], []).append(member)
        ended = tuple(groups.pop("", ()))
        waiting.extend((len(found), end, group) for group in groups.values())
        found.append(Branch(start, end, tuple(members), ended))
        parents.append(parent)
    return _joined(found, parents)


def _joined(found: list[Branch], parents: Sequence[int]) -> Branch:
    """The root with all of `found` below it; each stands behind its parent."""
    below: list[list[Branch]] = [[] for _ in found]
    for place in reversed(range(1, len(found))):
        branch = msgspec.structs.replace(found[place], branches=tuple(reversed(below[place])))
        below[parents[place]].append(branch)
    return msgspec.structs.replace(found[0], branches=tuple(reversed(below[0])))


def distribution(answers: Sequence[Answer | None], canonical: Callable[[str], str] | None = None) -> Distribution:
    """Counts answers that are the same: by the problem's own normal form if given, else by value, else by words."""
    groups: dict[str | Fraction, list[int]] = {}
    for number, answer in enumerate(answers):
        if answer is not None:
            groups.setdefault(_name(answer, canonical), []).append(number)
    given = sum(map(len, groups.values()))
    shares = [_share([answers[n] for n in group], group, given) for group in groups.values()]
    return Distribution(
        tuple(sorted(shares, key=lambda share: (-len(share.thoughts), share.thoughts))),
        tuple(number for number, answer in enumerate(answers) if answer is None),
    )


def _name(answer: Answer, canonical: Callable[[str], str] | None) -> str | Fraction:
    if canonical is not None:
        return canonical(answer.text)
    return bare(answer.text) if answer.value is None else answer.value


def _share(answers: Sequence[Answer | None], group: Sequence[int], given: int) -> Share:
    first = answers[0]
    assert first is not None
    return Share(first.text.strip(), first.value, tuple(group), len(group) / given)
