"""Trees of google-deepmind/mctx as runs: the search is played again, simulation by simulation, by `evaluation_index`.

The file has the last state of a tree. A simulation credits its leaf with the network's value g, and every node above
with g <- reward + discount * g; with the order of the leaves that gives back all counts, and with the formula of mctx
all selections. Where it does not, the tree stands with its last counts, and the report says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import isclose, isnan, nan
from typing import Any, NamedTuple

from engine.events import ROOT, Choice, NodeId, Scale
from engine.importing import Kept
from engine.importing_tree import MOST_NODES, Step, TreeDraft
from engine.search.selection import FirstPlayUrgency, Formula, Puct
from storage.importers.records import RecordError, object_in, told_by, words_in
from storage.importers.replayed import MOST_TERMS, Arm, weighed
from storage.importers.trees import Place, TreeImporter, count, number, share

TITLE = "mctx"
NETWORK = "value network"
SIBLINGS = "qtransform_by_parent_and_siblings"
MOST_CREDITS = 1_000_000
"""Nodes on the paths of all simulations; a tree with more of them is shown as it stands."""
_CLOSE = 1e-6
"""The file's values are single precision."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A node of the file; its number, and those of others, are places in the list of all."""

    parent: NodeId
    action: str
    prior: float | None
    reward: float | None
    visits: int
    """0 for a child that was never expanded: it has no `visit`."""
    value: float
    """nan where the file does not say it, as `raw` is."""
    raw: float
    """What the network said of it."""
    order: int | None
    children: list[NodeId] = field(default_factory=list)


class Simulation(NamedTuple):
    """One simulation, played again."""

    path: tuple[NodeId, ...]
    values: tuple[float, ...]
    """What every node of the path is credited with."""
    choices: tuple[Choice, ...]
    fits: bool
    """Whether the formula takes this path; without one nobody can say."""


class Rules(NamedTuple):
    """What a tree was searched with."""

    discount: float
    formula: Formula | None
    """None where it is not one that we know."""
    words: str


def _sure(record: Any) -> float:
    tree = record.get("tree") if isinstance(record, dict) else None
    return 1.0 if isinstance(tree, dict) and isinstance(tree.get("child_stats"), list) else 0.0


def _read(record: Any, place: Place) -> Kept:
    if not isinstance(record, dict):
        raise RecordError("it is no JSON object")
    nodes = _flat(object_in(record, "tree"))
    config, world = _settings(record, "algorithm_config"), _settings(record, "env_config")
    told = {"format": TITLE, "file": place.source, **told_by(record, "algorithm"), **told_by(world, "discount")}
    told |= told_by(config, "pb_c_init", "pb_c_base", "qtransform", "dirichlet_fraction", "dirichlet_alpha")
    rules = _rules(config, world, words_in(record, "algorithm"))
    if _terms(nodes) > MOST_TERMS:
        rules = rules._replace(formula=None)
    draft = TreeDraft(place.name, "", scale=_scale(nodes, rules), told=told)
    grown = _renumbered(nodes, _order(nodes))
    played = _played(grown, rules) if grown else []
    if grown and _agrees(grown, played):
        _write_played(draft, grown, played, rules, place.odd)
    else:
        place.odd.append("its counts do not follow from the order of its nodes: only the last ones are shown")
        _write_last(draft, nodes, place.odd)
    return draft.finish()


def _settings(record: dict[str, Any], key: str) -> dict[str, Any]:
    found = record.get(key)
    return found if isinstance(found, dict) else {}


def _rules(config: dict[str, Any], world: dict[str, Any], algorithm: str) -> Rules:
    """PUCT with Q spread over parent and siblings is the one formula that we can make again."""
    init, base = number(config.get("pb_c_init")), number(config.get("pb_c_base"))
    discount, rule = number(world.get("discount")), words_in(config, "qtransform")
    is_known = rule == SIBLINGS and not config.get("qtransform_kwargs") and init is not None and (base or 0.0) >= 1.0
    formula = Puct(init or 0.0, base or 1.0, FirstPlayUrgency("lowest", "siblings")) if is_known else None
    words = formula.words if formula else f"{algorithm or 'unknown search'}, {rule or 'unknown formula'}"
    return Rules(1.0 if discount is None or abs(discount) > 1.0 else discount, formula, words)


def _flat(root: dict[str, Any]) -> list[Stored]:
    """All nodes, level by level: parents stand before their children, and siblings together."""
    nodes, waiting = [_stored(root, ROOT, "")], [root]
    for at, entry in enumerate(waiting):
        below = entry.get("child_stats", [])
        if not isinstance(below, list) or not all(isinstance(child, dict) for child in below):
            raise RecordError("the 'child_stats' of one of its nodes are no list of objects")
        if len(nodes) + len(below) > MOST_NODES:
            raise RecordError(f"it has more than {MOST_NODES:,} nodes")
        for index, child in enumerate(below):
            nodes[at].children.append(len(nodes))
            nodes.append(_stored(child, at, words_in(child, "action") or str(index)))
            waiting.append(child)
    return nodes


def _stored(entry: dict[str, Any], parent: NodeId, action: str) -> Stored:
    visits, order = count(entry.get("visit")) or 0, count(entry.get("evaluation_index"))
    reward, *said = (number(entry.get(key)) for key in ("reward", "value_view", "raw_value_view"))
    value, raw = (nan if found is None else found for found in said)
    return Stored(parent, action, share(entry.get("prior")), reward, visits, value, raw, order)


def _is_whole(nodes: Sequence[Stored]) -> bool:
    """Whether every visit is there as a node, so that each can be played again: N = 1 + those of the children."""
    found = [int(node.visits > 0) for node in nodes]
    for at in range(len(nodes) - 1, ROOT, -1):
        found[nodes[at].parent] += found[at]
    return found == [node.visits for node in nodes] and sum(found) <= MOST_CREDITS


def _order(nodes: Sequence[Stored]) -> list[NodeId]:
    """The visited nodes as they were evaluated, the root first; empty if the file does not say it."""
    if not _is_whole(nodes):
        return []
    inner = [at for at, node in enumerate(nodes) if node.visits or node.children]
    found = sorted(inner, key=lambda at: nodes[at].order or 0)
    if [nodes[at].order for at in found] != list(range(len(inner))) or found[:1] != [ROOT]:
        return []
    ranks = {at: rank for rank, at in enumerate(found)}
    return found if all(ranks[nodes[at].parent] < ranks[at] for at in found[1:]) else []


def _renumbered(nodes: Sequence[Stored], order: Sequence[NodeId]) -> list[Stored]:
    """The nodes in the order in which they were born, by which a run numbers them; none without an order."""
    born = [*order[:1], *(child for at in order for child in nodes[at].children)]
    numbers = {at: index for index, at in enumerate(born)}
    return [
        replace(
            nodes[at],
            parent=numbers[nodes[at].parent],
            children=[numbers[child] for child in nodes[at].children],
        )
        for at in born
    ]


def _path(nodes: Sequence[Stored], node: NodeId) -> tuple[NodeId, ...]:
    path = [node]
    while path[-1] != ROOT:
        path.append(nodes[path[-1]].parent)
    return tuple(reversed(path))


def _terms(nodes: Sequence[Stored]) -> int:
    """How many children all selections together weigh: those of a node once for every visit of one of them."""
    return sum(len(node.children) * node.visits for node in nodes)


def _played(nodes: Sequence[Stored], rules: Rules) -> list[Simulation]:
    """All simulations but the root's own evaluation, which comes before the first."""
    n, v = [0] * len(nodes), [0.0] * len(nodes)
    n[ROOT], v[ROOT] = 1, nodes[ROOT].raw
    found = []
    visited = (at for at, node in enumerate(nodes) if at and node.visits)
    for leaf in sorted(visited, key=lambda at: nodes[at].order or 0):
        path = _path(nodes, leaf)
        levels = list(_levels(nodes, path, n, v, rules))
        values = _credits(nodes, path, rules.discount)
        for node, value in zip(path, values, strict=True):
            v[node] = (v[node] * n[node] + value) / (n[node] + 1)
            n[node] += 1
        fits = rules.formula is not None and all(fits for _, fits in levels)
        found.append(Simulation(path, values, tuple(choice for choice, _ in levels), fits))
    return found


def _levels(
    nodes: Sequence[Stored], path: Sequence[NodeId], n: Sequence[int], v: Sequence[float], rules: Rules
) -> Iterator[tuple[Choice, bool]]:
    """The selection at every level of a path; Q of a child is its reward + discount * V."""
    if rules.formula is None:
        return
    for parent, chosen in pairwise(path):
        below = [(at, nodes[at]) for at in nodes[parent].children]
        arms = [
            Arm(at, n[at], (child.reward or 0.0) + rules.discount * v[at] if n[at] else None, child.prior or 0.0)
            for at, child in below
        ]
        yield weighed(rules.formula, parent, n[parent], v[parent], arms, chosen)


def _credits(nodes: Sequence[Stored], path: Sequence[NodeId], discount: float) -> tuple[float, ...]:
    """What a simulation adds to W of the nodes of its path, top down."""
    value = nodes[path[-1]].raw
    found = [value]
    for node in reversed(path[1:]):
        value = (nodes[node].reward or 0.0) + discount * value
        found.append(value)
    return tuple(reversed(found))


def _agrees(nodes: Sequence[Stored], played: Sequence[Simulation]) -> bool:
    """Whether the simulations give the file's visits and values."""
    n, w = [0] * len(nodes), [0.0] * len(nodes)
    n[ROOT], w[ROOT] = 1, nodes[ROOT].raw
    for simulation in played:
        for node, value in zip(simulation.path, simulation.values, strict=True):
            n[node] += 1
            w[node] += value
    return all(
        count == node.visits and (not count or isclose(total / count, node.value, rel_tol=_CLOSE, abs_tol=_CLOSE))
        for count, total, node in zip(n, w, nodes, strict=True)
    )


def _scale(nodes: Sequence[Stored], rules: Rules) -> Scale:
    said = (value for node in nodes if node.visits for value in (node.value, node.raw))
    values = [value for value in said if not isnan(value)]
    words = f"return of a game, discounted by {rules.discount:g}"
    return Scale(min(values, default=0.0), max(values, default=0.0), words)


def _expand(draft: TreeDraft, nodes: Sequence[Stored], at: NodeId) -> None:
    below = [nodes[child] for child in nodes[at].children]
    steps = [
        Step(f"action {child.action}" + ("" if child.reward is None else f", reward {child.reward:g}"), child.prior)
        for child in below
    ]
    if steps:
        draft.expand(at, steps)


def _write_played(
    draft: TreeDraft, nodes: Sequence[Stored], played: Sequence[Simulation], rules: Rules, odd: list[str]
) -> None:
    """One iteration for each simulation; the root's own evaluation opens the first."""
    right = sum(simulation.fits for simulation in played)
    is_right = right == len(played)
    if played and rules.formula is None:
        odd.append(f"its selections are not computed again, and have no arithmetic: {rules.words}")
    elif not is_right:
        odd.append(
            f"{right:,} of its {len(played):,} selections follow from {rules.words}: their arithmetic is left out"
        )
    _evaluate(draft, nodes, ROOT)
    draft.credit([(ROOT, 1, nodes[ROOT].raw)], single=True)
    for path, values, choices, _ in played:
        draft.select(path, rules.words, choices if is_right else ())
        _evaluate(draft, nodes, path[-1])
        draft.credit([(node, 1, value) for node, value in zip(path, values, strict=True)], single=True)
        draft.end_iteration()


def _evaluate(draft: TreeDraft, nodes: Sequence[Stored], at: NodeId) -> None:
    _expand(draft, nodes, at)
    draft.score([(at, nodes[at].raw)], "prm", NETWORK)


def _write_last(draft: TreeDraft, nodes: Sequence[Stored], odd: list[str]) -> None:
    """The tree as it stands, in one iteration."""
    for at in range(len(nodes)):
        _expand(draft, nodes, at)
    visited = [(at, node) for at, node in enumerate(nodes) if node.visits]
    valued = [(at, node) for at, node in visited if not isnan(node.value)]
    if len(valued) < len(visited):
        odd.append(f"nodes whose visits are left out, since they have no value: {len(visited) - len(valued):,}")
    draft.score([(at, node.raw) for at, node in visited if not isnan(node.raw)], "prm", NETWORK)
    draft.credit([(at, node.visits, node.value * node.visits) for at, node in valued])


MCTX = TreeImporter("mctx", TITLE, _sure, _read)
