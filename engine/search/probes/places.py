"""Places of a thought where a probe draws samples, and the moves that get them. Knows no model.

A probe says where it wants how many samples; what is missing of that is given and drawn, round by round, whatever
happened to the run before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.events import Budget, NodeId, RolledOut
from engine.search.probes.spine import Spine
from engine.search.search import Given, Iteration, Rollout
from engine.thoughts import CLOSE
from engine.tree import Node, Tree

ROUND = 128
"""Samples of one iteration at most: so little is lost by a cancel, and a local model draws them side by side."""
FIRST = 16
"""Of the first one: soon there is something to see, and a cancel loses little. Later ones are as many as there are."""
TRIAL = 8
"""Samples of the first iteration where there is a budget: nobody knows yet what one takes."""


@dataclass(frozen=True, slots=True)
class Place:
    """The end of `steps`, given below `parent`: there, `samples` are wanted in all."""

    parent: NodeId
    samples: int
    steps: tuple[str, ...] = ()
    """None: the samples go on from `parent` itself."""
    edits: tuple[str, ...] = ()
    """What was done to each step, in words, see NewNode.edit; empty words for a step that was left as it was."""
    turn: str = ""
    """The user turn that the samples are given in place of the run's own; empty for that."""


def node_at(tree: Tree, place: Place) -> NodeId | None:
    """Where its samples go on from; None while its steps are not given yet."""
    node, left = _reached(tree, place)
    return node if not left else None


def drawn(tree: Tree, place: Place) -> tuple[RolledOut, ...]:
    """The samples that are there, oldest first: a place never looks at more than it wants."""
    node = node_at(tree, place)
    return () if node is None else _samples(tree, node, place.turn)[: place.samples]


def missing(tree: Tree, places: Sequence[Place]) -> int:
    """How many samples are still to be drawn."""
    return sum(place.samples - len(drawn(tree, place)) for place in _distinct(places))


def wanted(places: Sequence[Place]) -> int:
    """How many samples there are to be in the end. Places at one node for one turn share theirs."""
    return sum(place.samples for place in _distinct(places))


def fill(tree: Tree, places: Sequence[Place], temperature: float) -> Iteration:
    """Give the steps that are missing, then draw one round of samples, those of the first places first."""
    for place in places:
        node, left = _reached(tree, place)
        if left:
            yield Given(node, place.steps[-left:], place.edits[-left:])
    most, groups = _affordable(tree), dict[tuple[int, str], list[NodeId]]()
    room = most
    for place in _distinct(places):
        node, _ = _reached(tree, place)
        count = place.samples - len(drawn(tree, place))
        if count > room:
            count = room if room == most else 0
        if count:
            groups.setdefault((count, place.turn), []).append(node)
            room -= count
        elif place.samples > len(drawn(tree, place)):
            break
    for (count, turn), nodes in groups.items():
        yield Rollout(tuple(nodes), temperature, samples=count, turn=turn)


def _affordable(tree: Tree) -> int:
    """Samples of the next iteration: what the budget is likely to hold, by what those that are there took. It is looked
    at between iterations only, and a whole one of long thoughts may be many times a small budget.

    A limit that was passed is one that somebody has lifted since.
    """
    budget = tree.started.budget if tree.started is not None else Budget()
    limits = ((budget.tokens, tree.cost.generated), (budget.seconds, tree.cost.seconds))
    left = [(limit - used, used) for limit, used in limits if limit is not None and limit > used]
    drawn = sum(len(node.rollouts) for node in tree.nodes.values())
    most = min(ROUND, max(FIRST, drawn))
    if not left:
        return most
    if not drawn:
        return TRIAL
    return max(1, min(most, *(int(rest * drawn / used) if used else ROUND for rest, used in left)))


def closed(spine: Spine, count: int, samples: int) -> Place:
    """The thought closed after its first `count` hidden steps. After all of them that is how it went, if it ended."""
    if spine.close and count == len(spine.hidden):
        return Place(spine.close.id, samples)
    begun = count > 0 and not spine.hidden[count - 1].step.endswith("\n")
    step = "\n" * begun + CLOSE + _after_tag(spine.close)
    return Place(spine.after(count), samples, (step,), (f"closed after {count} of {len(spine.hidden)}",))


def _after_tag(close: Node | None) -> str:
    """What this model writes behind the tag, where that is blank."""
    tail = close.step.partition(CLOSE)[2] if close else ""
    return tail if tail and not tail.strip() else "\n"


def _reached(tree: Tree, place: Place) -> tuple[NodeId, int]:
    """The last node of the place's steps that is there, and how many steps are left."""
    node = place.parent
    for done, step in enumerate(zip(place.steps, place.edits, strict=True)):
        after = next((child.id for child in tree.children(node) if (child.step, child.edit) == step), None)
        if after is None:
            return node, len(place.steps) - done
        node = after
    return node, 0


def _samples(tree: Tree, node: NodeId, turn: str) -> tuple[RolledOut, ...]:
    rollouts = tree.nodes[node].rollouts
    return tuple([rollout for rollout in rollouts if rollout.turn == turn])


def _distinct(places: Sequence[Place]) -> list[Place]:
    """One for each node and turn: the one that wants most."""
    found: dict[tuple[object, ...], Place] = {}
    for place in places:
        key = (place.parent, place.steps, place.edits, place.turn)
        if key not in found or found[key].samples < place.samples:
            found[key] = place
    return list(found.values())
