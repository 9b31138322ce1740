"""What tasks did to a run, so that it can be taken back and done again. Read off the log; knows no model and no run.

Between Asked and AskEnded a person may have pruned or written a step, too: that is no deed of the task.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from engine.editing import WHY, EditError
from engine.events import Asked, AskEnded, Backpropagated, Event, Expanded, NodeId, Pruned, TaskUndone
from engine.nodes import TAKEN_BACK
from engine.tree import ASKED, Tree
from engine.verbs.reroll import Reroll


@dataclass
class Deed:
    """What one task did."""

    asked: Asked
    born: set[NodeId] = field(default_factory=set)
    pruned: dict[NodeId, str] = field(default_factory=dict)
    """Nodes that were there before, and why it took them out."""
    opened: list[NodeId] = field(default_factory=list)
    """Nodes for which it was the first to ask the policy."""
    credits: range = range(0)
    """Which of all credits are its own."""
    wrote: bool = False
    ended: bool = False
    undone: bool = False
    out: tuple[NodeId, ...] = ()
    """What it had made and is out, since it was taken back."""
    back: tuple[NodeId, ...] = ()
    """What it had pruned and is in the search again."""


class Deeds:
    """The deeds of all tasks of a run: `note` every event of its log."""

    def __init__(self) -> None:
        self._tasks: dict[int, Deed] = {}
        self._open: Deed | None = None
        self._expanded: set[NodeId] = set()
        self._leaves, self._values = array("q"), array("d")

    def note(self, event: Event) -> None:
        """One more event."""
        match event:
            case Asked(task=task):
                here = len(self._leaves)
                self._open = self._tasks[task] = Deed(event, credits=range(here, here))
            case AskEnded(task=task) if task in self._tasks:
                self._tasks[task].ended, self._open = True, None
            case Expanded():
                self._note_expansion(event)
            case Backpropagated(leaf=leaf, value=value):
                self._leaves.append(leaf)
                self._values.append(value)
                if self._open is not None:
                    self._open.credits = range(self._open.credits.start, len(self._leaves))
            case Pruned(nodes=nodes, reasons=reasons) if self._open and is_deed(event, self._open.asked):
                born = self._open.born
                self._open.pruned |= {node: why for node, why in zip(nodes, reasons, strict=True) if node not in born}
            case TaskUndone(task=task) if task in self._tasks:
                self._note_undone(self._tasks[task], event)

    @property
    def under_way(self) -> int | None:
        """Number of the task in the middle of which the log stands; None if there is none."""
        return None if self._open is None else self._open.asked.task

    def undone(self, tree: Tree, task: int, again: bool) -> TaskUndone:
        """What takes the task back, or does it again. Raises EditError if that cannot be."""
        deed = self._tasks.get(task)
        if deed is None or not deed.ended:
            raise EditError(f"Task {task} has not been done: cancel it if it is not wanted.")
        if deed.undone != again:
            raise EditError(f"Task {task} was taken back already." if deed.undone else f"Task {task} is in force.")
        return self._done_again(tree, deed) if again else self._taken_back(tree, deed)

    def _note_expansion(self, event: Expanded) -> None:
        is_first = event.generator in ASKED and event.parent not in self._expanded
        if event.generator in ASKED:
            self._expanded.add(event.parent)
        deed = self._open
        if deed is None or not is_deed(event, deed.asked, deed.wrote):
            return
        deed.wrote = deed.wrote or event.generator == "person"
        if is_first and event.parent not in deed.born:
            deed.opened.append(event.parent)
        deed.born.update(child.node for child in event.children)

    def _note_undone(self, deed: Deed, event: TaskUndone) -> None:
        deed.undone = not event.again
        deed.out, deed.back = ((), ()) if event.again else (event.out, event.back)
        (self._expanded.update if event.again else self._expanded.difference_update)(event.asked)

    def _taken_back(self, tree: Tree, deed: Deed) -> TaskUndone:
        tops = (node for node in sorted(deed.born) if tree.nodes[node].parent not in deed.born)
        out = tuple(node for node in tops if not tree.nodes[node].pruned)
        back = tuple(node for node, why in deed.pruned.items() if tree.nodes[node].pruned == why)
        reasons, opened = (TAKEN_BACK,) * len(out), tuple(deed.opened)
        event = TaskUndone(tree.iteration, deed.asked.task, False, out, reasons, back, opened)
        return self._counted(event, tree, deed)

    def _done_again(self, tree: Tree, deed: Deed) -> TaskUndone:
        for node in deed.opened:
            if node in self._expanded:
                raise EditError(f"Node {node} was expanded since: what was taken back there cannot be done again.")
        out = tuple(node for node in deed.back if not tree.nodes[node].pruned)
        back = tuple(node for node in deed.out if tree.nodes[node].taken_back)
        reasons, opened = tuple(deed.pruned[node] for node in out), tuple(deed.opened)
        event = TaskUndone(tree.iteration, deed.asked.task, True, out, reasons, back, opened)
        return self._counted(event, tree, deed)

    def _counted(self, event: TaskUndone, tree: Tree, deed: Deed) -> TaskUndone:
        """With what its credits gave to the nodes that it did not make."""
        credits: dict[NodeId, list[float]] = {}
        for number in deed.credits:
            for node in tree.ascend(self._leaves[number]):
                if node.id not in deed.born:
                    credits.setdefault(node.id, []).append(self._values[number])
        bests = self._with(tree, credits) if event.again else self._without(tree, credits, deed)
        sign = 1 if event.again else -1
        return replace(
            event,
            nodes=tuple(credits),
            visits=tuple(sign * len(values) for values in credits.values()),
            values=tuple(sign * sum(values) for values in credits.values()),
            squares=tuple(sign * sum(value * value for value in values) for values in credits.values()),
            bests=tuple(bests[node] for node in credits),
        )

    def _with(self, tree: Tree, credits: Mapping[NodeId, list[float]]) -> dict[NodeId, float | None]:
        """The largest value of each node, these included."""
        known = {node: tree.nodes[node].best for node in credits}
        return {node: max(credits[node] if best is None else (best, *credits[node])) for node, best in known.items()}

    def _without(self, tree: Tree, credits: Mapping[NodeId, list[float]], deed: Deed) -> dict[NodeId, float | None]:
        """The largest value of each node without the credits of this task: it may have to be looked for among all."""
        bests = {node: tree.nodes[node].best for node in credits}
        missing = {node for node, values in credits.items() if bests[node] == max(values)}
        bests |= dict.fromkeys(missing)
        missing -= {node for node in missing if tree.nodes[node].visits == len(credits[node])}
        gone = {number for other in self._tasks.values() if other.undone or other is deed for number in other.credits}
        for number in sorted(range(len(self._values)), key=self._values.__getitem__, reverse=True):
            if not missing:
                break
            if number not in gone:
                above = {node.id for node in tree.ascend(self._leaves[number])} & missing
                bests |= dict.fromkeys(above, self._values[number])
                missing -= above
        return bests


def taken_back(tree: Tree) -> set[NodeId]:
    """All nodes that are out because what made them, or what they stand below, was taken back."""
    found: set[NodeId] = set()
    for number, node in tree.nodes.items():
        if node.taken_back or node.parent in found:
            found.add(number)
    return found


def is_deed(event: Event, asked: Asked, wrote: bool = False) -> bool:
    """Whether an event between the beginning and the end of a task came of it, and was not done by a person meanwhile.

    `wrote`: whether the task has written its step already, the one that looks as if a person had inserted it.
    """
    match event:
        case Pruned(reasons=reasons):
            return WHY not in reasons
        case Expanded(generator="person", children=children):
            step = asked.settings.get("step", "" if asked.verb == Reroll.name else None)
            if step is None or wrote or not children:
                return False
            return children[0].step.startswith(" ".join(str(step).split()))
        case Expanded():
            return True
    return False
