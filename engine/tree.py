"""The search Tree, and the only code that may change it: `apply(event, tree)`. Knows no Qt, no torch, no file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import singledispatch

from engine.events import (
    ROOT,
    Backpropagated,
    Choice,
    Cost,
    Event,
    Expanded,
    IterationFinished,
    NodeId,
    Phase,
    PriorsNoised,
    Pruned,
    Record,
    Restored,
    RolledOut,
    RunFinished,
    RunResumed,
    RunStarted,
    Score,
    Scored,
    Selected,
    Source,
    VirtualLossChanged,
    Voted,
    add_costs,
    phase_of,
)


class TreeError(ValueError):
    """An event does not fit the tree: a damaged or forged log."""


@dataclass(slots=True)
class Node:
    """A step in the tree. N, W, Q, P as in the literature."""

    id: NodeId
    parent: NodeId | None
    step: str
    depth: int
    prior: float = 1.0
    logprob: float | None = None
    terminal: bool = False
    hidden: bool = False
    broken: str = ""
    samples: int = 1
    tokens: bytes = b""
    visits: int = 0
    """N: how often a value was credited to this node."""
    value_sum: float = 0.0
    """W: the sum of those values."""
    square_sum: float = 0.0
    """Sum of their squares, for the standard error of Q."""
    best: float | None = None
    """The largest value credited to this node: what max backup takes for Q. None while unvisited."""
    virtual: int = 0
    """Virtual losses: visits of value 0 that count while leaves below are in flight."""
    twin: NodeId | None = None
    """The first node with the same state, if this one came later."""
    refused: bool = False
    """Whether the step cannot be gone on with: it is broken, or a rule says that it is wrong."""
    mark: tuple[float, Source] | None = None
    """The step's own score and who says it: a refusal beats a model's opinion. None if nobody said anything."""
    pruned: str = ""
    """Why this node with all below it is out of the search; empty while it is in. See `Tree.is_out`."""
    children: list[NodeId] = field(default_factory=list)
    expanded: bool = False
    """Whether the policy was asked for children, even if it gave none. Steps that a person inserts do not count."""
    scores: list[Score] = field(default_factory=list)
    choice: Choice | None = None
    """The latest selection among this node's children."""
    rollouts: list[RolledOut] = field(default_factory=list)
    open: int = 1
    """How many nodes from here down can still teach something: to be expanded, or an answer nobody has valued yet.

    What lies below a pruned node does not count above it."""

    @property
    def value(self) -> float | None:
        """Q = W / N; None while unvisited."""
        return self.value_sum / self.visits if self.visits else None

    @property
    def standard_error(self) -> float | None:
        """Standard error of Q; None below two visits."""
        if self.visits < 2:
            return None
        mean = self.value_sum / self.visits
        variance = max(0.0, self.square_sum - self.visits * mean * mean) / (self.visits - 1)
        return float((variance / self.visits) ** 0.5)

    def score(self, source: Source) -> Score | None:
        """The latest score from `source`, or None: missing is not zero."""
        return next((score for score in reversed(self.scores) if score.source == source), None)


@dataclass(slots=True)
class Tree:
    """The state of a run after some events. Equal logs give equal trees."""

    nodes: dict[NodeId, Node] = field(default_factory=dict)
    started: RunStarted | None = None
    finished: RunFinished | None = None
    iteration: int = 0
    """Number of the iteration under way or done last; 0 before the first."""
    iterations_done: int = 0
    phase: Phase | None = None
    """Phase of the latest event."""
    selected: Selected | None = None
    """The latest selection."""
    reached: list[NodeId] = field(default_factory=list)
    """The leaves of this iteration's selections, oldest first; of the last iteration's until the next one selects."""
    changed: tuple[NodeId, ...] = ()
    """Nodes that the latest event touched."""
    answer_ids: list[NodeId] = field(default_factory=list)
    """Terminal nodes that hold a proper answer, oldest first."""
    votes: list[Voted] = field(default_factory=list)
    """Every count of the answers, oldest first."""
    duplicates: int = 0
    """Samples that led to a state which was known before: to an equal step, or to a transposition."""
    cost: Cost = field(default_factory=Cost)
    gold: bool = False
    """Whether a gold answer influenced a score: such a run says so for ever."""

    @property
    def root(self) -> Node:
        return self.nodes[ROOT]

    def children(self, node: NodeId) -> list[Node]:
        return [self.nodes[child] for child in self.nodes[node].children]

    def path(self, node: NodeId) -> list[Node]:
        """From the root to `node`, both included."""
        entry = self.nodes[node]
        found = [entry]
        while entry.parent is not None:
            entry = self.nodes[entry.parent]
            found.append(entry)
        found.reverse()
        return found

    def ascend(self, node: NodeId) -> Iterator[Node]:
        """From `node` up to the root."""
        current: NodeId | None = node
        while current is not None:
            yield self.nodes[current]
            current = self.nodes[current].parent

    def is_out(self, node: NodeId) -> bool:
        """Whether the node, or one above it, is pruned."""
        return any(entry.pruned for entry in self.ascend(node))

    def steps(self, node: NodeId) -> tuple[str, ...]:
        """The trace: texts from below the root to `node` (the root holds the prompt, not a step)."""
        return tuple([entry.step for entry in self.path(node)[1:]])

    def chosen_steps(self) -> tuple[str, ...]:
        """The trace of the run's single answer, a rollout's steps included; empty if there is none."""
        end = self.finished
        if end is None or end.chosen is None:
            return ()
        played = () if end.rollout is None else self.nodes[end.chosen].rollouts[end.rollout].steps
        return self.steps(end.chosen) + played

    def leaves(self) -> list[Node]:
        return [node for node in self.nodes.values() if not node.children]

    def answers(self) -> list[Node]:
        """Terminal nodes that hold a proper answer, oldest first."""
        return [self.nodes[node] for node in self.answer_ids]


def fold(records: Iterable[Record], tree: Tree | None = None) -> Tree:
    """The tree after `records`; continues `tree` if one is given. Raises TreeError if they do not fit."""
    tree = tree if tree is not None else Tree()
    for record in records:
        apply(record.event, tree)
    return tree


def apply(event: Event, tree: Tree) -> None:
    """Fold one event into the tree: the only way in which a tree changes. Raises TreeError if it does not fit."""
    if tree.started is None and not isinstance(event, RunStarted):
        raise TreeError(f"{type(event).__name__} comes before RunStarted")
    try:
        _RULES.get(type(event), _apply)(event, tree)
    except KeyError as error:
        raise TreeError(f"{type(event).__name__} names node {error.args[0]}, which does not exist") from error
    tree.phase = phase_of(event) or tree.phase


@singledispatch
def _apply(event: Event, _tree: Tree) -> None:
    raise TreeError(f"no rule to apply {type(event).__name__}")


@_apply.register
def _(event: RunStarted, tree: Tree) -> None:
    if tree.started is not None:
        raise TreeError("RunStarted comes twice")
    tree.started = event
    tree.nodes[ROOT] = Node(ROOT, None, event.prompt, 0)
    tree.changed = (ROOT,)


@_apply.register
def _(_event: RunResumed, tree: Tree) -> None:
    tree.finished = None
    for node in tree.nodes.values():
        node.virtual = 0  # what was in flight never came back
    tree.changed = ()


def _open_up(node: NodeId, change: int, tree: Tree) -> None:
    """Count `change` open nodes more at or below `node`, and so below all above it, up to one that is pruned."""
    if change == 0:
        return
    for entry in tree.ascend(node):
        entry.open += change
        if entry.pruned:
            break


def _mark(node: Node, score: Score) -> None:
    """Keep what the step is worth; `score` is its latest. A broken step stays what it is."""
    if node.broken:
        return
    if score.source == "rule":
        node.refused = score.value == 0.0
        model = next((entry for entry in reversed(node.scores) if entry.source != "rule"), None)
        score = score if node.refused or model is None else model
    if score.source == "rule" or not node.refused:
        node.mark = score.value, score.source


def _own(node: Node, tree: Tree) -> int:
    """1 if the node itself can still teach something, 0 if only what is below it can: a person inserts below leaves."""
    if not node.children:
        return node.open
    return node.open - sum(child.open for child in tree.children(node.id) if not child.pruned)


def _close(node: Node, tree: Tree) -> None:
    """A leaf that is refused, or an answer that has a value, teaches nothing new; a refusal may be taken back."""
    if not node.expanded:
        settled = node.refused or (node.terminal and bool(node.visits or node.scores))
        _open_up(node.id, (not settled) - _own(node, tree), tree)


@_apply.register
def _(event: Selected, tree: Tree) -> None:
    if tree.selected is None or event.iteration != tree.selected.iteration:
        tree.reached.clear()
    tree.reached.append(event.leaf)
    tree.iteration = event.iteration
    nodes = tree.nodes
    for node in event.path:
        if node not in nodes:
            raise KeyError(node)
    for choice in event.choices:
        nodes[choice.parent].choice = choice
    tree.selected = event
    tree.changed = event.path


@_apply.register
def _(event: Expanded, tree: Tree) -> None:
    parent = tree.nodes[event.parent]
    tree.iteration = event.iteration
    opened = 0
    if event.generator != "person" and not parent.expanded:
        opened = -_own(parent, tree)
        parent.expanded = True
    for new in event.children:
        if new.node != len(tree.nodes):
            raise TreeError(f"Expanded gives node number {new.node} where {len(tree.nodes)} is next")
        tree.nodes[new.node] = Node(
            new.node,
            parent.id,
            new.step,
            parent.depth + 1,
            new.prior,
            new.logprob,
            new.terminal,
            new.hidden,
            new.broken,
            new.samples,
            new.tokens,
            open=0 if new.broken else 1,
            twin=new.twin,
            refused=bool(new.broken),
            mark=(0.0, "policy") if new.broken else None,
        )
        if new.twin is not None and not 0 <= new.twin < new.node:
            raise TreeError(
                f"Expanded calls node {new.twin} the twin of node {new.node}, and a twin is a node before it"
            )
        tree.duplicates += new.samples if new.twin is not None else max(0, new.samples - 1)
        opened += tree.nodes[new.node].open
        parent.children.append(new.node)
        if new.terminal and not new.broken:
            tree.answer_ids.append(new.node)
    _open_up(parent.id, opened, tree)
    tree.cost = add_costs((tree.cost, event.cost))
    tree.changed = (parent.id, *(new.node for new in event.children))


@_apply.register
def _(event: Scored, tree: Tree) -> None:
    tree.iteration = event.iteration
    for score in event.scores:
        node = tree.nodes[score.node]
        node.scores.append(score)
        _mark(node, score)
        _close(node, tree)
        tree.gold = tree.gold or score.source == "gold"
    tree.cost = add_costs((tree.cost, event.cost))
    tree.changed = tuple(score.node for score in event.scores)


@_apply.register
def _(event: RolledOut, tree: Tree) -> None:
    tree.iteration = event.iteration
    tree.nodes[event.node].rollouts.append(event)
    tree.gold = tree.gold or event.source == "gold"
    tree.cost = add_costs((tree.cost, event.cost))
    tree.changed = (event.node,)


@_apply.register
def _(event: Backpropagated, tree: Tree) -> None:
    tree.iteration = event.iteration
    touched, value, square = [], event.value, event.value * event.value
    for node in tree.ascend(event.leaf):
        node.visits += 1
        node.value_sum += value
        node.square_sum += square
        if node.best is None or value > node.best:
            node.best = value
        touched.append(node.id)
    _close(tree.nodes[event.leaf], tree)
    tree.gold = tree.gold or event.source == "gold"
    tree.changed = tuple(touched)


@_apply.register
def _(event: PriorsNoised, tree: Tree) -> None:
    tree.iteration = event.iteration
    for child, prior in zip(event.children, event.priors, strict=True):
        tree.nodes[child].prior = prior
    tree.changed = (event.parent, *event.children)


@_apply.register
def _(event: VirtualLossChanged, tree: Tree) -> None:
    tree.iteration = event.iteration
    touched = []
    for node in tree.ascend(event.leaf):
        node.virtual += event.change
        touched.append(node.id)
    tree.changed = tuple(touched)


@_apply.register
def _(event: Pruned, tree: Tree) -> None:
    tree.iteration = event.iteration
    for number, reason in zip(event.nodes, event.reasons, strict=True):
        node = tree.nodes[number]
        if node.parent is None:
            raise TreeError("Pruned names the root")
        if not node.pruned:
            _open_up(node.parent, -node.open, tree)
        node.pruned = reason or "pruned"
    tree.changed = event.nodes


@_apply.register
def _(event: Restored, tree: Tree) -> None:
    tree.iteration = event.iteration
    for number in event.nodes:
        node = tree.nodes[number]
        if node.pruned and node.parent is not None:
            node.pruned = ""
            _open_up(node.parent, node.open, tree)
    tree.changed = event.nodes


@_apply.register
def _(event: Voted, tree: Tree) -> None:
    tree.iteration = event.iteration
    tree.votes.append(event)
    tree.changed = tuple(tally.first for tally in event.tallies if tally.first in tree.nodes)


@_apply.register
def _(event: IterationFinished, tree: Tree) -> None:
    tree.iteration = tree.iterations_done = event.iteration
    tree.changed = ()


@_apply.register
def _(event: RunFinished, tree: Tree) -> None:
    if event.chosen is not None and event.rollout is not None:
        rollouts = len(tree.nodes[event.chosen].rollouts)
        if not 0 <= event.rollout < rollouts:
            raise TreeError(f"RunFinished names rollout {event.rollout} of node {event.chosen}, which has {rollouts}")
    if event.chosen is not None and event.chosen not in tree.nodes:
        raise KeyError(event.chosen)
    tree.finished = event
    tree.changed = ()


_RULES = _apply.registry
"""What `_apply` knows, by the event's class: looked up without the cost of its dispatch."""
