"""What a person sets or takes back that a search reads, folded into its tree: rules of `engine.tree.apply`.

`score_by_hand` and `part_undone` change one node alone: who rebuilds a node from a log uses them, too.
"""

from __future__ import annotations

from engine.events import Event, Score, ScoreSet, TaskUndone
from engine.nodes import BY_HAND, Node, Tree, TreeError
from engine.upkeep import close, mark_anew, open_up, own


def score_by_hand(node: Node, value: float | None) -> None:
    """Let this stand in place of what a person said before; None: nothing."""
    others = tuple(score for score in node.scores if score.verifier != BY_HAND)
    node.scores = others if value is None else (*others, Score(node.id, value, "person", BY_HAND))
    mark_anew(node)


def part_undone(event: TaskUndone, place: int, node: Node) -> None:
    """What the event does to its node number `place`, those that are out counted first, then those back, then asked."""
    if place < len(event.out):
        node.pruned = event.reasons[place] or "pruned"
    elif place < len(event.out) + len(event.back):
        node.pruned = ""
    else:
        node.expanded = event.again


def parts_undone(event: TaskUndone) -> tuple[int, ...]:
    """The nodes that `part_undone` is about, by their places. Raises TreeError if the event's columns do not fit."""
    counts = {len(event.nodes), len(event.visits), len(event.values), len(event.squares), len(event.bests)}
    if len(event.reasons) != len(event.out) or len(counts) > 1:
        raise TreeError("TaskUndone has columns of different lengths")
    return (*event.out, *event.back, *event.asked)


def _set_score(event: Event, tree: Tree) -> None:
    assert isinstance(event, ScoreSet)
    tree.iteration = event.iteration
    score_by_hand(tree.nodes[event.node], event.value)
    tree.changed = (event.node,)


def _undo(event: Event, tree: Tree) -> None:
    assert isinstance(event, TaskUndone)
    tree.iteration = event.iteration
    for place, number in enumerate(parts_undone(event)):
        node = tree.nodes[number]
        before = 0 if node.pruned else node.open
        part_undone(event, place, node)
        if place < len(event.out) + len(event.back):
            if node.parent is None:
                raise TreeError("TaskUndone names the root as pruned or restored")
            open_up(node.parent, (0 if node.pruned else node.open) - before, tree)
        elif node.expanded:
            open_up(node.id, -own(node, tree), tree)
    _recount(event, tree)
    for number in (*event.asked, *event.nodes):
        close(tree.nodes[number], tree)
    tree.changed = tuple(dict.fromkeys((*parts_undone(event), *event.nodes)))


def _recount(event: TaskUndone, tree: Tree) -> None:
    columns = (event.nodes, event.visits, event.values, event.squares, event.bests)
    for number, visits, value, square, best in zip(*columns, strict=True):
        node = tree.nodes[number]
        node.visits += visits
        node.value_sum = node.value_sum + value if node.visits else 0.0
        node.square_sum = node.square_sum + square if node.visits else 0.0
        node.best = best


OVERRULING = {ScoreSet: _set_score, TaskUndone: _undo}
"""The rule of each such event."""
