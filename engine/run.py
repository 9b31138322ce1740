"""One run in the engine: its tree, the generator of moves, and whether it may go on. Knows no model and no clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from engine import editing, ends, going_on
from engine.commands import RunPlan
from engine.events import (
    AskEnded,
    Event,
    IterationFinished,
    NodeId,
    Phase,
    Reason,
    Record,
)
from engine.problems import Problem
from engine.recorded import Clock, Recorded, Sink
from engine.search.search import Answer, Iteration, Move, Prune, phase_of_move
from engine.tasks import LOST, Task, Tasks, Told
from engine.verbs import Place, Verb

State = Literal["running", "paused", "finished"]


class Run(Recorded):
    """Pulls moves from the search and from what people ask for, one iteration after the other, and ends by itself."""

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
        super().__init__(number, plan, sink, clock, paused=paused, problem=problem)
        self.tasks = Tasks(self.emit, self._place)
        """What people asked for."""
        self.cancelled = False
        self.interrupted = False
        """Whether a model call is to be given up, because its task was cancelled."""
        self._moves: Iteration | None = None
        self._move: Move | None = None
        self._begun = False
        self._task: Task | None = None  # whose iteration is under way; None: the run's own

    def resume(self, records: Sequence[Record], why: str) -> None:
        """Go on from a log, with more to do where the plan says so (see engine.going_on). What was `read` before is its
        beginning.

        Raises TreeError if the log does not fit together, and SettingError if the plan would change what is past, or
        if with all that it gives nothing would be left to do.
        """
        self.read(records)
        self.tasks.count_from(self.tree.asked)
        self.emit(going_on.resumed(self.plan, self.search, self.tree, why))
        self.pace.holds = True
        if (task := self.deeds.under_way) is not None:
            self._close_iteration()
            self.emit(AskEnded(task, LOST))

    # -- moves

    @property
    def finished(self) -> bool:
        return self.tree.finished is not None

    @property
    def state(self) -> State:
        if self.finished:
            return "finished"
        return "running" if self.pace.may_go else "paused"

    @property
    def phase(self) -> Phase | None:
        """Phase of the move that comes next; None between iterations."""
        return phase_of_move(self._move) if self._move is not None else None

    def pending(self) -> Move | None:
        """The move to be performed now; None if the run is paused or has just finished."""
        while self._move is None and not self.finished:
            if self._stands_still():
                return None
            self._begin()
        return self._move if self.pace.may_go else None

    def _stands_still(self) -> bool:
        """Whether nothing is begun now. A task is not looked ahead: it begins when it may. In a pause, what a person
        did or opened again does not end the run: more may be done, or it be undone."""
        if self.pace.may_go:
            return False
        return bool(self.tasks) or (self.pace.holds and self._ending() is not None)

    def performed(self, result: Any) -> None:
        """The pending move is done; `result` goes back to the strategy."""
        move, self._move = self._move, None
        moves, self._moves = self._moves, None  # a strategy that fails is not given a move twice
        assert moves is not None
        self._begun = True
        if self._task is not None and isinstance(move, Prune):
            self._task.pruned += move.nodes
        self.pace.done("phase")
        try:
            self._move = moves.send(result)
            self._moves = moves
        except StopIteration:
            self._end_iteration()

    def _begin(self) -> None:
        """Ask for the next iteration, of a task before the run's own, or finish. What was cut off goes first."""
        over = self._ending()
        if self.tasks and (over or not self._is_cut_off()):
            self._close_iteration()
            self._begin_task(over[1] if over else "")
        elif over:
            self.finish(*over)
        else:
            self._begin_iteration(self.search.iteration(self.tree), None)

    def _begin_iteration(self, moves: Iteration, task: Task | None) -> None:
        self._begun, self._task = False, task
        self._moves = moves
        self._move = next(moves, None)
        if self._move is None:
            self._end_iteration()

    def _end_iteration(self) -> None:
        self._moves = self._move = None
        self.emit(IterationFinished(self.tree.iterations_done + 1))
        if self._task is not None:
            self.tasks.count(self._task)
            self._task = None
            self._rest()
        self.pace.done("iteration")

    def _is_cut_off(self) -> bool:
        """Whether the log ends in the middle of an iteration."""
        return self.tree.iteration > self.tree.iterations_done

    def _close_iteration(self) -> None:
        """Leave an iteration as it is, if there is one."""
        self._moves = self._move = self._task = None
        if self._is_cut_off():
            self.emit(IterationFinished(self.tree.iterations_done + 1))

    # -- what the user asks

    def ask(self, verb: Verb, node: NodeId, told: Told) -> Task:
        """Take up a person's wish, to be performed between two iterations, in a pause too. Raises EditError."""
        self._check_under_way()
        task = self.tasks.add(verb, node, told)
        self.pace.serve()
        self._think_again()
        return task

    def cancel_task(self, number: int) -> None:
        """Give a task up, also in the middle of an iteration; what it did stays. Raises EditError."""
        self.interrupted = False
        task = self.tasks.find(number)
        if task is self._task:
            self._close_iteration()
        self.tasks.give_up(task, f"Cancelled after {task.done} of {task.total}.")
        self._rest()

    def write(self, parent: NodeId, step: str) -> None:
        """Perform an insertion that a task wants. If a person has made it impossible since, the task ends."""
        try:
            born = self.add_step(parent, step)
        except editing.EditError as why:
            task = self._task
            assert task is not None, "only tasks insert"
            self._close_iteration()
            self.tasks.end(task, str(why))
            self._rest()
        else:
            self.performed(born)

    def serves(self, number: int) -> bool:
        """Whether an iteration of this task is under way."""
        return self._task is not None and self._task.number == number

    def _place(self, node: NodeId, task: int) -> Place:
        return Place(self.problem, self.search, self.tree, node, task)

    def _begin_task(self, beyond: str) -> None:
        """The next iteration of the first task, or its end."""
        begun = self.tasks.go_on(beyond)
        self._rest()
        if begun is not None:
            task, moves = begun
            self._begin_iteration(moves, task)

    def _rest(self) -> None:
        """After its last task a run in pause is in pause again."""
        self.pace.serves = self.pace.serves and bool(self.tasks)

    def prune(self, nodes: Sequence[NodeId]) -> None:
        """Take nodes out of the search. This and the next four: between two moves only; raises EditError."""
        self._edit(editing.pruned(self.tree, nodes))

    def restore(self, nodes: Sequence[NodeId]) -> None:
        """Bring pruned nodes back into the search."""
        self._edit(editing.restored(self.tree, nodes))

    def insert(self, parent: NodeId, step: str) -> NodeId:
        """Add a step that a person wrote; gives its node."""
        self._check_under_way()
        born = self.add_step(parent, step)
        self._changed()
        return born

    def set_score(self, node: NodeId, value: float | None) -> None:
        """Let a person's word stand for what a step is worth; None: nobody's."""
        self._edit(editing.score_set(self.tree, node, value))

    def undo_task(self, number: int, again: bool) -> None:
        """Take back what a task did, or do it again."""
        self._check_under_way()
        if self.tasks:
            raise editing.EditError("Something else is being done: wait until it has ended, or cancel it.")
        self.take_back(number, again)
        self._changed()

    def _edit(self, event: Event) -> None:
        """An iteration that has begun is finished as it was begun; a move that was only looked ahead is dropped."""
        self._check_under_way()
        self.emit(event)
        self._changed()

    def _changed(self) -> None:
        self.pace.holds = True
        self._think_again()

    def _check_under_way(self) -> None:
        if self.finished:
            raise editing.EditError("The run has ended: go on with it (resume), then change its tree.")

    def _think_again(self) -> None:
        if not self._begun:
            self._moves = self._move = self._task = None

    # -- the end

    def finish(self, reason: Reason, why: str) -> None:
        """Emit RunFinished with the single answer and its exact check, which nothing before has seen."""
        if self.finished:
            return
        self._end(reason, why, self.search.choose(self.tree))

    def fail(self, why: str, *, passes: bool = False) -> str:
        """End after a fault, without an answer if it is the choice of the answer that fails. Returns what to say.

        `passes`: it may go well later. Then the log gets no end, as if the engine had died, and can be gone on with.
        """
        if passes:
            if self._task is not None:  # what a task had begun is nobody's after it
                self._close_iteration()
            self._give_up("The run was interrupted.")
            return f"{why} {ends.LEFT_OFF}"
        try:
            self.finish("failed", why)
        except Exception:
            self._end("failed", why, None)
        return why

    def _give_up(self, why: str) -> None:
        self._moves = self._move = self._task = None
        for task in tuple(self.tasks.waiting):
            self.tasks.give_up(task, why)

    def _end(self, reason: Reason, why: str, chosen: Answer | None) -> None:
        self._give_up("The run ended.")
        self.emit(ends.finished(self.problem, self.tree, reason, why, chosen))

    def _ending(self) -> tuple[Reason, str] | None:
        return ends.ending(self.plan, self.search, self.tree)

    @property
    def progress(self) -> float | None:
        """Share of the work or of the scarcest budget that is used, in [0, 1]."""
        return ends.progress(self.plan, self.search, self.tree)
