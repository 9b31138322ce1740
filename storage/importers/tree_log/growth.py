"""A tree that grows from snapshot to snapshot, as events: what was selected, born, credited, rated, what vanished."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from engine.events import ROOT, NodeId, Restored
from engine.importing_tree import Step, TreeDraft
from storage.importers.tree_log.snapshots import Data, History, Q, Rated, Snapshot, rated, words_of

PATH = "as the log marks it"


class Said(NamedTuple):
    """A number of a step, by its name, and the others beside it."""

    key: str
    value: float
    others: tuple[tuple[str, float], ...]


class Growth:
    """Writes a draft, snapshot by snapshot, each of which is an iteration."""

    def __init__(self, draft: TreeDraft, history: History) -> None:
        self._draft, self._history = draft, history
        self._ids: dict[str, NodeId] = {history.roots[0]: ROOT} if len(history.roots) == 1 else {}
        self._waiting: dict[str, list[str]] = {}
        """Nodes that are not born yet, by the node above them; roots by an empty name."""
        self._met: set[str] = set()
        self._alive: set[str] = set()
        self._absent: set[str] = set()
        self._pruned: set[str] = set()
        self._hanging: dict[str, list[str]] = {}
        """Nodes that vanished with the one above them, by that one: where it comes back alone, they are out."""
        self._told: dict[str, Data] = {}
        self._scores: dict[str, Said] = {}
        self._passes: dict[str, int] = {}
        """How many selected paths led through a node."""
        self._visits: dict[str, int] = {}
        self._sums: dict[str, float] = {}

    @property
    def left_out(self) -> int:
        """Nodes that were never born: they hang on no root."""
        return len(self._met) - len(self._ids)

    def follow(self, snapshot: Snapshot) -> None:
        """The iteration that a snapshot shows the end of."""
        paths = list(self._history.paths(snapshot)) if self._history.is_walked else []
        for path in paths:
            self._select([self._ids[name] for name in path if name in self._ids])
        self._born(snapshot)
        numbers = {name: rated(snapshot, name) for name in snapshot.nodes if name in self._ids}
        self._credit(numbers, paths)
        self._score(numbers)
        self._remark(snapshot)
        self._vanish(snapshot)
        self._draft.end_iteration()

    def _above(self, name: str) -> str:
        return self._history.parent(name)

    def _select(self, nodes: list[NodeId]) -> None:
        """The part of a path that was there before this iteration."""
        if nodes:
            self._draft.select(nodes if nodes[0] == ROOT else [ROOT, *nodes], PATH)

    def _born(self, snapshot: Snapshot) -> None:
        """Children of one node together, parents before children."""
        fresh = [name for name in snapshot.nodes if name not in self._met]
        self._met.update(fresh)
        for name in fresh:
            if name not in self._ids:
                self._waiting.setdefault(self._above(name), []).append(name)
        touched = dict.fromkeys(map(self._above, fresh))
        ready = deque(name for name in touched if name in self._waiting and (not name or name in self._ids))
        while ready:
            above = ready.popleft()
            names = self._waiting.pop(above)
            steps = [Step(self._history.words(name), terminal=self._history.is_terminal(name)) for name in names]
            born = self._draft.expand(self._ids.get(above, ROOT), steps)
            self._ids.update(zip(names, born, strict=True))
            ready.extend(name for name in names if name in self._waiting)

    def _credit(self, numbers: dict[str, Rated], paths: list[list[str]]) -> None:
        """N as the log says it, or how often a path led through; W so that W / N is its Q."""
        for path in paths:
            for name in path:
                self._passes[name] = self._passes.get(name, 0) + 1
        counts: list[tuple[NodeId, int, float]] = []
        for name, one in numbers.items():
            before = self._visits.get(name, 0)
            visits = max(before, self._passes.get(name, 0) if one.visits is None else one.visits)
            if one.q is None or not visits:
                continue
            more, value = visits - before, one.q * visits - self._sums.get(name, 0.0)
            if more or value:
                counts.append((self._ids[name], more, value))
                self._visits[name], self._sums[name] = visits, one.q * visits
        if counts:
            self._draft.credit(sorted(counts))

    def _score(self, numbers: dict[str, Rated]) -> None:
        """The reward, and Q where nobody visited the node yet; what else is on the edge as channels."""
        told: dict[str, list[tuple[NodeId, Said]]] = {}
        for name, one in numbers.items():
            said = self._said_by(name, one)
            if said is not None and self._scores.get(name) != said:
                self._scores[name] = said
                told.setdefault(said.key, []).append((self._ids[name], said))
        for key, own in told.items():
            values = [(node, said.value) for node, said in own]
            self._draft.score(values, "self-evaluation", key, channels={node: said.others for node, said in own})

    def _said_by(self, name: str, one: Rated) -> Said | None:
        q = None if self._visits.get(name) else one.q
        if one.own is None:
            return Said(Q, q, one.others) if q is not None else None
        also = () if q is None or q == one.own[1] else ((Q, q),)
        return Said(*one.own, (*one.others, *also))

    def _remark(self, snapshot: Snapshot) -> None:
        """What is said of a node later, and differs from what its step says."""
        for name, data in snapshot.nodes.items():
            before = self._told.get(name, self._history.data[name])
            if data and data != before and name in self._ids and (words := words_of(data, before)):
                self._draft.note(self._ids[name], words)
            self._told[name] = data or before

    def _vanish(self, snapshot: Snapshot) -> None:
        """Nodes that the log does not have any more are out; those that it has again are in."""
        alive = {name for name in snapshot.nodes if name in self._ids}
        back, lost = self._absent & alive, self._alive - alive
        self._absent |= lost
        self._absent -= back
        self._alive = alive
        out = []
        for name in lost:
            if self._above(name) in self._absent:
                self._hanging.setdefault(self._above(name), []).append(name)
            elif self._ids[name] != ROOT:
                out.append(name)
        for name in back:
            out += [below for below in self._hanging.pop(name, ()) if below in self._absent]
        if found := self._numbers(back & self._pruned):
            self._draft.add(Restored(self._draft.iteration, found, "search"))
        if found := self._numbers(set(out) - self._pruned):
            self._draft.prune(found, [f"not in snapshot {snapshot.number} any more"] * len(found))
        self._pruned -= back
        self._pruned.update(out)

    def _numbers(self, names: set[str]) -> tuple[NodeId, ...]:
        return tuple(sorted(self._ids[name] for name in names))
