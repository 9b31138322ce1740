"""A run as far as it is written down: its plan, its tree, its log. Knows no move, no model and no clock of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from engine import __version__, editing, remarking
from engine.breakpoints import hit
from engine.commands import AnySaying, RunPlan
from engine.deeds import Deeds, taken_back
from engine.events import ROOT, AnyEvent, Event, NodeId, Record, RunStarted
from engine.pace import Pace
from engine.problems import Problem
from engine.refusals import checked
from engine.tree import Tree, TreeError, apply, fold

Sink = Callable[[Record], None]
Clock = Callable[[], float]


class Recorded:
    """Folds events into a tree and hands their records on; what happens is somebody else's business.

    Raises ProblemError or SettingError at once if the plan cannot be run. `problem` stands in for the plan's text
    where it is of a kind that nobody can type.
    """

    def __init__(
        self,
        number: int,
        plan: RunPlan,
        sink: Sink,
        clock: Clock,
        *,
        paused: bool = False,
        problem: Problem | None = None,
    ) -> None:
        self.number = number
        self.plan = plan
        self.problem, self.search = checked(plan, problem)
        self.turn = self.search.turn(self.problem)
        """The user turn that the policy is given."""
        self.tree = Tree()
        self.deeds = Deeds()
        """What tasks did, for taking it back."""
        self.seq = 0
        self.pace = Pace(paused)
        """Whether it may go on."""
        self._sink = sink
        self._clock = clock
        self._states: dict[str, NodeId] | None = None
        self._trace: tuple[NodeId, tuple[str, ...]] = ROOT, ()

    def emit(self, event: Event) -> None:
        """Fold the event into the tree and hand its record on: the only way in which anything happens."""
        apply(event, self.tree)
        self.deeds.note(event)
        if self.pace.breakpoints and self.pace.hit is None:
            self._look_for_breakpoints(event)
        self.seq += 1
        known: AnyEvent = event  # type: ignore[assignment] # every Event class is one of AnyEvent
        self._sink(Record(self.number, self.seq, self._clock(), known))

    def _look_for_breakpoints(self, event: Event) -> None:
        if found := hit(self.pace.breakpoints, event, self.tree):
            self.pace.stop_at(found)

    def start(self, policy: str, verifiers: Sequence[str], weights: Mapping[str, str] | None = None) -> None:
        """Emit RunStarted. `policy` and `verifiers` are the names of what really runs, `weights` tells which models."""
        self.emit(
            RunStarted(
                problem=self.plan.problem,
                text=self.plan.text,
                prompt=self.turn,
                search=self.plan.search,
                settings=self.search.settings(),
                seed=self.plan.seed,
                budget=self.plan.budget,
                policy=policy,
                verifiers=tuple(verifiers),
                engine=__version__,
                weights=dict(weights or {}),
            )
        )

    def read(self, records: Sequence[Record]) -> None:
        """Take over a log from its first event on, in place of all that was there, or the next part of it.

        Raises TreeError if it does not fit together, or lacks an event.
        """
        if records and records[0].seq == 1:
            self.tree, self.deeds, self._states, self.seq = Tree(), Deeds(), None, 0
        for seq, record in enumerate(records, self.seq + 1):
            if record.seq != seq:
                raise TreeError(
                    f"The log of run {self.number} lacks event {seq}: event {record.seq} comes in its place."
                )
        fold(records, self.tree)
        for record in records:
            self.deeds.note(record.event)
        self.seq += len(records)

    def steps(self, node: NodeId) -> tuple[str, ...]:
        """`Tree.steps`; kept for the node asked for last, since one move asks often and a trace never changes."""
        if self._trace[0] != node:
            self._trace = node, self.tree.steps(node)
        return self._trace[1]

    def states(self) -> dict[str, NodeId]:
        """The first node of every state that was reached; whoever adds nodes adds their states."""
        if self._states is None:
            self._states = {}
            gone = taken_back(self.tree)
            for node in self.tree.nodes.values():
                if not node.broken and node.id not in gone:
                    self._states.setdefault(self.problem.state(self.tree.steps(node.id)), node.id)
        return self._states

    def add_step(self, parent: NodeId, step: str) -> NodeId:
        """Let a step that a person wrote become a node; gives it. Raises EditError."""
        known, thinking = self.states(), self.search.thinking
        event = editing.inserted(self.tree, self.problem, thinking, known, parent, step)
        self.emit(event)
        (born,) = event.children
        if not born.hidden:
            known.setdefault(self.problem.state(self.tree.steps(born.node)), born.node)
        return born.node

    def take_back(self, task: int, again: bool) -> None:
        """Take back what a task did, or do it again. Raises EditError."""
        self.emit(self.deeds.undone(self.tree, task, again))
        self._states = None  # what was taken back is no state that is known

    def say(self, wish: AnySaying) -> None:
        """Write down what is said of the run. It leaves the search alone, so it may come at any time.

        Raises EditError.
        """
        self.emit(remarking.said(self.tree, wish))
