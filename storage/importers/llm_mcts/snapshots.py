"""The snapshots of an llm-mcts file, with the numbers that their nodes have in a run. Knows nothing of formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from engine.events import ROOT, NodeId
from engine.importing_tree import MOST_NODES
from engine.traces.spans import without_halves
from storage.importers.records import RecordError, list_in, words_in
from storage.importers.trees import count, number, share


@dataclass(frozen=True, slots=True)
class Grown:
    """A node, as the first snapshot that has it shows it."""

    parent: NodeId
    text: str
    """Everything down to it."""
    label: str
    prior: float | None
    children: list[NodeId] = field(default_factory=list)


class Rollout(NamedTuple):
    """One snapshot."""

    walk: tuple[NodeId, ...]
    """From the root to the leaf."""
    born: list[tuple[NodeId, list[NodeId]]]
    """Parents, each with its new children."""
    program: str
    """What the model wrote on below the leaf; empty where that program had been tested before."""
    reward: float | None
    """None where the file does not say it."""
    counts: dict[NodeId, tuple[int, float]]
    """Visits and value of every node that has both."""


class Snapshots:
    """All of a file, and the tree that they show."""

    def __init__(self, entries: Sequence[Any], odd: list[str]) -> None:
        """Raises RecordError."""
        self.nodes: list[Grown] = []
        self._numbers: dict[int, NodeId] = {}
        """The numbers in the run, by those of the file."""
        self._strays = self._broken_walks = 0
        self.rollouts = [self._rollout(entry, at) for at, entry in enumerate(entries)]
        if self._strays:
            odd.append(f"nodes that hang below none, and are left out: {self._strays:,}")
        if self._broken_walks:
            odd.append(f"walks that leave the tree, and are shown as far as they lie in it: {self._broken_walks:,}")

    def path(self, node: NodeId) -> tuple[NodeId, ...]:
        """From the root to a node."""
        found = [node]
        while found[-1] != ROOT:
            found.append(self.nodes[found[-1]].parent)
        return tuple(reversed(found))

    def _rollout(self, entry: Any, at: int) -> Rollout:
        if not isinstance(entry, dict):
            raise RecordError(f"its snapshot {at} is no object")
        found = [
            node for node in list_in(entry, "nodes") if isinstance(node, dict) and count(node.get("id")) is not None
        ]
        nodes = {int(node["id"]): node for node in found}
        edges = [ends for edge in list_in(entry, "edges") if (ends := _ends(edge)) is not None]
        if not self.nodes:
            self._plant(nodes, edges)
        walk = self._walk(list_in(entry, "selectedNodes"))  # it lies in the tree as it was before
        born = self._grow(nodes, edges)
        known = ((self._numbers[name], _counts(node)) for name, node in nodes.items() if name in self._numbers)
        counts = {number: found for number, found in known if found is not None}
        return Rollout(walk, born, _text(entry, "completion"), number(entry.get("reward")), counts)

    def _plant(self, nodes: Mapping[int, Any], edges: Sequence[tuple[int, int]]) -> None:
        targets = {child for _, child in edges}
        root = next((name for name in nodes if name not in targets), None)
        if root is None:
            raise RecordError("its first snapshot has no root")
        self._add(root, ROOT, nodes[root])

    def _grow(self, nodes: Mapping[int, Any], edges: Sequence[tuple[int, int]]) -> list[tuple[NodeId, list[NodeId]]]:
        """What a snapshot has that those before it have not, parents before children."""
        below: dict[int, list[int]] = {}
        for parent, child in dict.fromkeys(edges):
            if child in nodes and child not in self._numbers:
                below.setdefault(parent, []).append(child)
        born = []
        waiting = [name for name in below if name in self._numbers]
        for name in waiting:
            new = [child for child in below.get(name, ()) if child not in self._numbers]
            if new:
                born.append(
                    (self._numbers[name], [self._add(child, self._numbers[name], nodes[child]) for child in new])
                )
                waiting += new
        self._strays = max(self._strays, sum(name not in self._numbers for name in nodes))
        return born

    def _add(self, name: int, parent: NodeId, node: Mapping[str, Any]) -> NodeId:
        if len(self.nodes) >= MOST_NODES:
            raise RecordError(f"it has more than {MOST_NODES:,} nodes")
        born = self._numbers[name] = len(self.nodes)
        self.nodes.append(Grown(parent, _text(node, "state"), words_in(node, "label"), share(node.get("prob"))))
        if born != ROOT:
            self.nodes[parent].children.append(born)
        return born

    def _walk(self, names: Sequence[Any]) -> tuple[NodeId, ...]:
        walk = [ROOT]
        found = [self._numbers.get(name) if (name := count(entry)) is not None else None for entry in names]
        for node in found[1:]:
            if node is None or node == ROOT or self.nodes[node].parent != walk[-1]:
                break
            walk.append(node)
        self._broken_walks += found[:1] != [ROOT] or len(walk) < len(found)
        return tuple(walk)


def _text(entry: Mapping[str, Any], key: str) -> str:
    found = entry.get(key)
    return without_halves(found) if isinstance(found, str) else ""


def _counts(node: Mapping[str, Any]) -> tuple[int, float] | None:
    visits, value = count(node.get("visits")), number(node.get("value"))
    return None if visits is None or value is None else (visits, value)


def _ends(edge: Any) -> tuple[int, int] | None:
    parent, child = (count(end) for end in edge) if isinstance(edge, list) and len(edge) == 2 else (None, None)
    return None if parent is None or child is None else (parent, child)
