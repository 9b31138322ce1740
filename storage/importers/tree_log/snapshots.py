"""What the snapshots of a TreeLog say: nodes, edges, and what holds for all of them together. Knows no run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from engine.events import Scale
from storage.importers.records import RecordError
from storage.importers.trees import count, number, scale_of

Data = Mapping[str, Any]
Q, REWARD = "Q", "reward"
VISITS = ("N", "n", "visits", "visit_count", "num_visits")
"""What loggers call the number of visits, in a node or on the edge above it."""
_NO_CHANNELS = frozenset((Q, *VISITS))
MOST_CHANNELS = 50
LONGEST_KEY = 100
MOST_NAMES = 5
"""Of numbers, in the words of a scale."""
TERMINAL = ("is_terminal", "terminal")


class Edge(NamedTuple):
    """What leads to a node."""

    source: str
    data: Data


class Snapshot(NamedTuple):
    """The tree after an iteration. Nodes are named as the log names them, numbers too as text."""

    number: int
    nodes: dict[str, Data]
    above: dict[str, Edge]
    """By the node that the edge leads to."""
    chosen: dict[str, str]
    """By the node that was gone on from: the one that was selected below it."""


class Rated(NamedTuple):
    """The numbers of a node, as far as a snapshot has them."""

    q: float | None
    own: tuple[str, float] | None
    """What the step itself was given, by its name: the reward; for want of it and of Q the first number there is."""
    visits: int | None
    others: tuple[tuple[str, float], ...]


def snapshot_of(raw: Any, number: int, odd: list[str], before: Snapshot | None = None) -> Snapshot:
    """One of the log; what it says as the one `before` did takes no more room. Raises RecordError."""
    if not isinstance(raw, dict):
        raise RecordError(f"its snapshot {number} is no object")
    nodes = dict(_named(raw.get("nodes"), "nodes", number))
    ends: dict[str, str] = {}
    above: dict[str, Edge] = {}
    again = 0
    for name, raw_edge in _named(raw.get("edges"), "edges", number):
        source, target = _name(raw_edge.get("source")), _name(raw_edge.get("target"))
        if source not in nodes or target not in nodes:
            raise RecordError(f"an edge of its snapshot {number} has an end that is no node")
        ends[name] = target
        again += target in above
        edge = Edge(source, _data(raw_edge))
        old = None if before is None else before.above.get(target)
        above.setdefault(target, old if old is not None and old == edge else edge)
    if again:
        odd.append(f"snapshot {number} has {again:,} edges to nodes that have one already: the first one counts")
    edges = {name: _name(node.get("selected_edge")) for name, node in nodes.items()}
    chosen = {name: ends[edge] for name, edge in edges.items() if edge in ends}
    known = {} if before is None else before.nodes
    said = ((name, _data(node), known.get(name)) for name, node in nodes.items())
    return Snapshot(number, {name: old if old == new else new for name, new, old in said}, above, chosen)


def rated(snapshot: Snapshot, name: str) -> Rated:
    """What a snapshot says of a node in numbers."""
    edge = snapshot.above[name].data if name in snapshot.above else {}
    node = snapshot.nodes.get(name, {})
    said = (count(data[key]) for key in VISITS for data in (edge, node) if key in data)
    visits = next((found for found in said if found is not None), None)
    given = ((key[:LONGEST_KEY], number(value)) for key, value in edge.items() if key not in _NO_CHANNELS)
    others = {key: value for key, value in given if value is not None}
    q = number(edge.get(Q))
    name_of_own = REWARD if REWARD in others else next(iter(others), "") if q is None else ""
    own = (name_of_own, others.pop(name_of_own)) if name_of_own else None
    return Rated(q, own, visits, tuple(others.items())[:MOST_CHANNELS])


class History:
    """What holds for all snapshots together."""

    def __init__(self, snapshots: Sequence[Snapshot], odd: list[str]) -> None:
        self.data: dict[str, Data] = {}
        """The first that is said of each node: some states are worked out only when they are needed."""
        self.above: dict[str, Edge] = {}
        moved: set[str] = set()
        for snapshot in snapshots:
            for name, data in snapshot.nodes.items():
                if not self.data.get(name):
                    self.data[name] = data
            for name, edge in snapshot.above.items():
                if self.above.setdefault(name, edge).source != edge.source:
                    moved.add(name)
        if moved:
            odd.append(f"{len(moved):,} of its nodes change their parent: the first one counts")
        self.roots = [name for name in self.data if name not in self.above]
        if len(self.roots) > 1:
            odd.append(f"it has {len(self.roots):,} roots: they stand side by side below one of ours")
        self.is_walked = self._is_walked(snapshots)
        """Whether the marked paths are walks of the search. Older logs, and those of other searches than MCTS, mark
        the best edge of every node instead."""
        every = [rated(snapshot, name) for snapshot in snapshots for name in snapshot.nodes]
        self.has_visits = any(one.visits is not None for one in every)
        self.scale = _scale(every)

    @property
    def question(self) -> str:
        """What the only root says."""
        return words_of(self.data[self.roots[0]], {}) if len(self.roots) == 1 else ""

    def parent(self, name: str) -> str:
        """The node above one; empty for a root."""
        edge = self.above.get(name)
        return "" if edge is None else edge.source

    def paths(self, snapshot: Snapshot) -> Iterator[list[str]]:
        """From each root along what was selected, while it goes down the tree as we have it."""
        for root in snapshot.chosen:
            if root in self.above:
                continue
            path = [root]
            while (below := snapshot.chosen.get(path[-1])) is not None and self.parent(below) == path[-1]:
                path.append(below)
            if len(path) > 1:
                yield path

    def _is_walked(self, snapshots: Sequence[Snapshot]) -> bool:
        """A search grows where it walks: every new node hangs on the marked path of its snapshot."""
        met: set[str] = set(self.roots)
        for snapshot in snapshots:
            on_path = {name for path in self.paths(snapshot) for name in path}
            fresh = snapshot.nodes.keys() - met
            met |= fresh
            if any(self.parent(name) not in on_path for name in fresh):
                return False
        return True

    def words(self, name: str) -> str:
        """What a node says that the node above it does not say already."""
        edge = self.above.get(name)
        before = {} if edge is None else self.data.get(edge.source, {})
        said = {} if edge is None else {key: text for key, text in edge.data.items() if isinstance(text, str)}
        found = "\n".join(filter(str.strip, (words_of(said, {}), words_of(self.data[name], before))))
        return found or f"node {name}"

    def is_terminal(self, name: str) -> bool:
        """Whether the log says that nothing follows."""
        return any(self.data[name].get(key) is True for key in TERMINAL)


def words_of(data: Data, before: Data) -> str:
    """The entries that are not those of `before`; a single text, and the entries of a list, without their keys."""
    said = {key: value for key, value in data.items() if before.get(key) != value and key not in TERMINAL}
    bare = len(said) == 1 or all(key.isdecimal() for key in said)
    return "\n".join(_shown(value) if bare else f"{key}: {_shown(value)}" for key, value in said.items())


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str | int | float) for part in value):
        return " ".join(map(_shown, value))
    return json.dumps(value, ensure_ascii=False)


def _scale(every: Sequence[Rated]) -> Scale:
    """From the least to the greatest of Q and rewards, with the log's names for them."""
    own = [one.own for one in every if one.own is not None]
    values = [one.q for one in every if one.q is not None]
    names = [*dict.fromkeys(name for name, _ in own), *([Q] if values else [])][:MOST_NAMES]
    return scale_of([*values, *(value for _, value in own)], f"{', '.join(names)}, as the log has them")


def _named(raw: Any, what: str, number: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Nodes or edges with their names; a list of them names them inside."""
    given = list(raw.items()) if isinstance(raw, dict) else list(enumerate(raw)) if isinstance(raw, list) else None
    if given is None or not all(isinstance(one, dict) for _, one in given):
        raise RecordError(f"the {what} of its snapshot {number} are no objects")
    for key, one in given:
        yield _name(one.get("id")) or str(key), one


def _name(value: Any) -> str:
    """Numbers and texts name nodes alike; empty for what is no name."""
    is_name = isinstance(value, str | int) and not isinstance(value, bool)
    return str(value) if is_name else ""


def _data(one: Mapping[str, Any]) -> Data:
    data = one.get("data")
    return data if isinstance(data, dict) else {} if data is None else {"data": data}
