"""One run in the engine: its tree, the generator of moves, and whether it may go on. Knows no model and no clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from engine import __version__, budgets, editing
from engine.commands import RunPlan
from engine.events import (
    ROOT,
    AnyEvent,
    Event,
    IterationFinished,
    NodeId,
    Phase,
    Reason,
    Record,
    RunFinished,
    RunResumed,
    RunStarted,
)
from engine.problems import Problem
from engine.refusals import checked
from engine.search.search import (
    Aggregate,
    Answer,
    Backpropagate,
    Evaluate,
    Expand,
    Iteration,
    Move,
    Noise,
    Prune,
    Rollout,
    Select,
    VirtualLoss,
)
from engine.tree import Tree, apply, fold

State = Literal["running", "paused", "finished"]
Sink = Callable[[Record], None]
Clock = Callable[[], float]

_PHASES: dict[type[Any], Phase] = {
    Select: "selection",
    Noise: "selection",
    VirtualLoss: "selection",
    Prune: "selection",
    Expand: "expansion",
    Evaluate: "simulation",
    Rollout: "simulation",
    Backpropagate: "backpropagation",
    Aggregate: "backpropagation",
}


class Run:
    """Pulls moves from the search, emits events, keeps pause, steps and budget.

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
        self.seq = 0
        self.paused = paused
        self.cancelled = False
        self._sink = sink
        self._clock = clock
        self._states: dict[str, NodeId] | None = None
        self._trace: tuple[NodeId, tuple[str, ...]] = ROOT, ()
        self._moves: Iteration | None = None
        self._move: Move | None = None
        self._allowance: Literal["phase", "iteration"] | None = None
        self._begun = False
        self._holds = False

    # -- events

    def emit(self, event: Event) -> None:
        """Fold the event into the tree and hand its record on: the only way in which anything happens."""
        apply(event, self.tree)
        self.seq += 1
        known: AnyEvent = event  # type: ignore[assignment] # every Event class is one of AnyEvent
        self._sink(Record(self.number, self.seq, self._clock(), known))

    def start(self, policy: str, verifiers: Sequence[str]) -> None:
        """Emit RunStarted. `policy` and `verifiers` are the names of what really runs."""
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
            )
        )

    def resume(self, records: Sequence[Record], why: str) -> None:
        """Go on from a log. Raises TreeError if it does not fit together."""
        self.tree = fold(records)
        self.seq = records[-1].seq
        self.emit(RunResumed(why))
        self._holds = True

    def steps(self, node: NodeId) -> tuple[str, ...]:
        """`Tree.steps`; kept for the node asked for last, since one move asks often and a trace never changes."""
        if self._trace[0] != node:
            self._trace = node, self.tree.steps(node)
        return self._trace[1]

    def states(self) -> dict[str, NodeId]:
        """The first node of every state that was reached; whoever adds nodes adds their states."""
        if self._states is None:
            self._states = {}
            for node in self.tree.nodes.values():
                if not node.broken:
                    self._states.setdefault(self.problem.state(self.tree.steps(node.id)), node.id)
        return self._states

    # -- moves

    @property
    def finished(self) -> bool:
        return self.tree.finished is not None

    @property
    def state(self) -> State:
        if self.finished:
            return "finished"
        return "paused" if self.paused and self._allowance is None else "running"

    @property
    def phase(self) -> Phase | None:
        """Phase of the move that comes next; None between iterations."""
        return _PHASES[type(self._move)] if self._move is not None else None

    def pending(self) -> Move | None:
        """The move to be performed now; None if the run is paused or has just finished."""
        if self.finished or (self._holds and self._waits_with_its_end()):
            return None
        while self._move is None and not self.finished:
            self._begin()
        return self._move if not self.paused or self.state == "running" else None

    def performed(self, result: Any) -> None:
        """The pending move is done; `result` goes back to the strategy."""
        moves, self._moves, self._move = self._moves, None, None  # a strategy that fails is not given a move twice
        assert moves is not None
        self._begun = True
        if self._allowance == "phase":
            self._allowance = None
        try:
            self._move = moves.send(result)
            self._moves = moves
        except StopIteration:
            self._end_iteration()

    def _begin(self) -> None:
        """Ask for the next iteration, or finish. A run that has just begun always gets one."""
        if ending := self._ending():
            self.finish(*ending)
        else:
            self._begun = False
            self._moves = self.search.iteration(self.tree)
            self._move = next(self._moves, None)
            if self._move is None:
                self._end_iteration()

    def _end_iteration(self) -> None:
        self._moves = self._move = None
        self.emit(IterationFinished(self.tree.iterations_done + 1))
        if self._allowance == "iteration":
            self._allowance = None

    # -- what the user asks

    def pause(self) -> None:
        self.paused = True
        self._allowance = None

    def go_on(self) -> None:
        self.paused = self._holds = False
        self._allowance = None

    def step(self, what: Literal["phase", "iteration"]) -> None:
        """From a pause: one phase, or the rest of the iteration; pauses a run that is under way."""
        self.paused = True
        self._holds = False
        self._allowance = what

    def prune(self, nodes: Sequence[NodeId]) -> None:
        """Take nodes out of the search. This and the next two: between two moves only; raises EditError."""
        self._edit(editing.pruned(self.tree, nodes))

    def restore(self, nodes: Sequence[NodeId]) -> None:
        """Bring pruned nodes back into the search."""
        self._edit(editing.restored(self.tree, nodes))

    def insert(self, parent: NodeId, step: str) -> NodeId:
        """Add a step that a person wrote; gives its node."""
        known = self.states()
        event = editing.inserted(self.tree, self.problem, self.search.thinking, known, parent, step)
        self._edit(event)
        (born,) = event.children
        if not born.hidden:
            known.setdefault(self.problem.state(self.tree.steps(born.node)), born.node)
        return born.node

    def _edit(self, event: Event) -> None:
        """An iteration that has begun is finished as it was begun; a move that was only looked ahead is dropped."""
        if self.finished:
            raise editing.EditError("The run has ended: go on with it (resume), then change its tree.")
        self.emit(event)
        self._holds = True
        if not self._begun:
            self._moves = self._move = None

    def _waits_with_its_end(self) -> bool:
        """In a pause, what a person did or opened again does not end the run: more may be done, or it be undone."""
        held = self.state == "paused" and self._move is None
        return held and self._ending() is not None

    # -- the end

    def finish(self, reason: Reason, why: str) -> None:
        """Emit RunFinished with the single answer and its exact check, which nothing before has seen."""
        if self.finished:
            return
        self._end(reason, why, self.search.choose(self.tree))

    def fail(self, why: str) -> None:
        """End after a fault, without an answer if it is the choice of the answer that fails."""
        try:
            self.finish("failed", why)
        except Exception:
            self._end("failed", why, None)

    def _end(self, reason: Reason, why: str, chosen: Answer | None) -> None:
        self._moves = self._move = None
        end = RunFinished(reason, why, None, None, None, "There is no answer.")
        if chosen is not None:
            played = () if chosen.rollout is None else self.tree.nodes[chosen.node].rollouts[chosen.rollout].steps
            completion = "".join(self.tree.steps(chosen.node) + played)
            checked = self.problem.check_answer(completion)
            answer = self.problem.read_answer(completion)
            end = RunFinished(reason, why, chosen.node, answer, checked.correct, checked.reason, chosen.rollout)
        self.emit(end)

    def _ending(self) -> tuple[Reason, str] | None:
        """Why the run ends instead of beginning an iteration, as a word and as a sentence; None if it does not."""
        ending = self.search.done(self.tree)
        if ending is not None:
            return ending[0], f"Finished: {ending[1]}."
        over = budgets.used_up(self.plan.budget, self.tree)
        return ("budget", f"The budget is used up: {over}.") if over else None

    @property
    def progress(self) -> float | None:
        """Share of the work or of the scarcest budget that is used, in [0, 1]."""
        shares = [self.search.progress(self.tree), *budgets.shares(self.plan.budget, self.tree)]
        known = [share for share in shares if share is not None]
        return min(1.0, max(known)) if known else None
