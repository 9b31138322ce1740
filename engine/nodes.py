"""What a tree is made of: Node, and the Tree that holds them. Read only: `engine.tree.apply` alone changes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import isinf

import msgspec

from engine.events import (
    ROOT,
    Admission,
    Choice,
    Cost,
    NodeId,
    Phase,
    RolledOut,
    RunFinished,
    RunStarted,
    Scale,
    Score,
    Selected,
    Source,
    StepLabelled,
    TraceRead,
    Voted,
)
from engine.parts import UNIT

PRECEDENCE: tuple[Source, ...] = ("gold", "person", "prm", "self-evaluation", "code", "orm", "rule", "policy")
"""Whose word a step's own score is where several verifiers have spoken: the first of these. A rule that refuses comes
before them all; one that finds no fault says only that a step is legal, so it comes after them."""


BY_HAND = "by hand"
"""In place of a verifier's name: a person said so at this program."""
TAKEN_BACK = "taken back"
"""Why what a task made is out of the search, once the task was taken back: see TaskUndone."""


class TreeError(ValueError):
    """An event does not fit the tree: a damaged or forged log."""


class Node(msgspec.Struct, gc=False):  # it holds ids, not nodes: no cycle
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
    """Sum of their squares, for the standard error of Q; infinite where the single values are not known."""
    best: float | None = None
    """The largest value credited to this node: what max backup takes for Q. None while no single one is known."""
    virtual: int = 0
    """Virtual losses: visits of value 0 that count while leaves below are in flight."""
    twin: NodeId | None = None
    """The first node with the same state, if this one came later."""
    edit: str = ""
    """What a probe did to the step before it was given; empty for an unchanged one."""
    refused: bool = False
    """Whether the step cannot be gone on with: it is broken, or a rule says that it is wrong."""
    mark: tuple[float, Source] | None = None
    """The step's own score and who says it, see PRECEDENCE. None if nobody said anything."""
    pruned: str = ""
    """Why this node with all below it is out of the search; empty while it is in. See `Tree.is_out`."""
    children: tuple[NodeId, ...] = ()
    expanded: bool = False
    """Whether the policy was asked for children, even if it gave none. Steps that a person inserts do not count."""
    scores: tuple[Score, ...] = ()
    choice: Choice | None = None
    """The latest selection among this node's children."""
    rollouts: tuple[RolledOut, ...] = ()
    open: int = 1
    """How many nodes from here down can still teach something: to be expanded, or an answer nobody has valued yet.

    What lies below a pruned node does not count above it."""

    @property
    def taken_back(self) -> bool:
        """Whether it is out because the task that made it was taken back: as if it had never been drawn."""
        return self.pruned == TAKEN_BACK

    @property
    def value(self) -> float | None:
        """Q = W / N; None while unvisited."""
        return self.value_sum / self.visits if self.visits else None

    @property
    def standard_error(self) -> float | None:
        """Standard error of Q; None below two visits, and where nobody knows what single visits were worth."""
        if self.visits < 2 or isinf(self.square_sum):
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
    credited: list[NodeId] = field(default_factory=list, compare=False)
    """The nodes that were credited since those selections began. This and the next only searches need."""
    known: int = field(default=0, compare=False)
    """How many nodes there were when they began."""
    changed: tuple[NodeId, ...] = ()
    """Nodes that the latest event touched."""
    answer_ids: list[NodeId] = field(default_factory=list)
    """Terminal nodes that hold a proper answer, oldest first."""
    votes: list[Voted] = field(default_factory=list)
    """Every count of the answers, oldest first."""
    notes: dict[NodeId, str] = field(default_factory=dict)
    """What a person wrote about nodes."""
    bookmarks: set[NodeId] = field(default_factory=set)
    """Nodes with a bookmark."""
    read: dict[NodeId, TraceRead] = field(default_factory=dict)
    """Traces that came from elsewhere, by the node at their end."""
    borders: dict[NodeId, tuple[int, ...]] = field(default_factory=dict)
    """Where a person moved the borders between hidden and exposed, by the node at a trace's end: see BordersMoved."""
    labels: dict[NodeId, dict[int, StepLabelled]] = field(default_factory=dict)
    """Labels that a person gave to pieces of a trace: by the node at its end, then by the piece's start."""
    ratings: dict[NodeId, dict[str, int]] = field(default_factory=dict)
    """What people said of steps, by node and by who said it: see StepRated."""
    rescored: dict[str, dict[NodeId, Score]] = field(default_factory=dict)
    """What scorers said after the fact, by their names and by node: see Rescored."""
    rescored_rollouts: dict[str, dict[tuple[NodeId, int], tuple[float | None, ...]]] = field(default_factory=dict)
    """The same for the steps of rollouts, by node and number."""
    unscored: dict[str, dict[NodeId, str]] = field(default_factory=dict)
    """Why steps that a scorer was asked about after the fact have no score, by its name and by node."""
    scorer_specs: dict[str, str] = field(default_factory=dict)
    """How those scorers were asked for, by their names: see Rescored.spec."""
    scorer_models: dict[str, str] = field(default_factory=dict)
    """Which models they were the last time, by their names: see Rescored.model."""
    verdicts: dict[tuple[NodeId, int], Admission] = field(default_factory=dict)
    """What a person said of a rollout, by node and number: see RolloutJudged."""
    name: str = ""
    """What a person calls the run."""
    private: bool = False
    """Whether a person keeps it private: see PrivacySet."""
    asked: int = 0
    """Number of the latest task that a person asked for; 0: nobody asked for any."""
    duplicates: int = 0
    """Samples that led to a state which was known before: to an equal step, or to a transposition."""
    cost: Cost = field(default_factory=Cost)
    gold: bool = False
    """Whether a gold answer influenced a score: such a run says so for ever."""

    @property
    def scale(self) -> Scale:
        """What values are measured in."""
        return UNIT if self.started is None else self.started.scale

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

    def out(self, nodes: Iterable[NodeId]) -> set[NodeId]:
        """Those of `nodes` that are out (`is_out`): no node is visited twice, however long the chains are."""
        known: dict[NodeId, bool] = {}
        for node in (asked := tuple(nodes)):
            path: list[NodeId] = []
            at: NodeId | None = node
            while at is not None and at not in known and not self.nodes[at].pruned:
                path.append(at)
                at = self.nodes[at].parent
            is_out = at is not None and known.setdefault(at, True)
            known.update(dict.fromkeys(path, is_out))
        return {node for node in asked if known[node]}

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
