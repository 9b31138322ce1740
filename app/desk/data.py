"""What the desk shows: which runs, whose scores, and the tables made of them. Pure of widgets; asks no model.

The runs of a scope are read a slice at a time while somebody looks (`read`, `rest`), so that a session of thousands of
runs holds up no window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, Signal

from app.desk.scope import SCOPES, Scope, problem_of, runs_in
from app.desk.session_reader import SessionReader
from app.desk.steps import Key, key_of, last_node
from app.desk.tables import Tables
from app.desk.turns import Turns
from app.parts import Parts
from engine.events import NodeId
from engine.scores.aggregates import RULES
from engine.scores.monte_carlo import MonteCarloLabels
from engine.scores.table import Doubles, Floats, Places, ScoreTable
from engine.scores.traces import ScoredTrace
from engine.tree import Tree
from storage.runs import RunInfo


class DeskData(QObject):
    """One for the desk; its tabs read it and choose through it."""

    changed = Signal()
    """The tables are new: scope, scorer, scores or traces."""
    rule_changed = Signal()
    """Aggregation alone: nothing was scored or read again."""
    labels_changed = Signal()
    """Ratings or labels came or went."""
    selected_changed = Signal()
    reading = Signal(int, int)
    """Runs read, of so many; both the same once all are read."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._runs = SessionReader(parts.shown, parts.sessions)
        self._path = parts.sessions.path
        kept = parts.settings.desk
        self._scope: Scope = next((scope for scope in SCOPES if scope == kept.get("scope")), SCOPES[0])
        self._rule = next((rule for rule in RULES if rule == kept.get("rule")), RULES[0])
        self._wanted, self._other, self._channel = kept.get("scorer", ""), "", ""
        self._channels: dict[str, tuple[str, ...]] = {}
        self._tables = Tables()
        self._known: tuple[object, object] = None, None
        """What the tables, and the labels, were made of."""
        self._picked: Key | None = None
        self._turns = Turns(self._gather, self)
        self._turns.went_on.connect(lambda: self.reading.emit(*self._runs.place))
        self._turns.done.connect(self._tell_end)
        parts.shown.selection_changed.connect(lambda _: self._follow())

    # what there is

    @property
    def scope(self) -> Scope:
        return self._scope

    @property
    def runs(self) -> tuple[int, ...]:
        """Numbers of the runs in the scope."""
        infos = runs_in(self._parts.sessions.runs, self._parts.sessions.shown_info, self._scope)
        return tuple(info.id for info in infos)

    @property
    def scorers(self) -> tuple[str, ...]:
        """Everybody who scored a step in the scope."""
        return self._runs.scorers

    @property
    def specs(self) -> tuple[str, ...]:
        """How those of them who were asked after the fact can be asked again."""
        return self._runs.specs

    @property
    def scorer(self) -> str:
        """Whose scores `table` holds; empty where nobody has scored anything."""
        return self._runs.chosen(self._wanted)

    @property
    def other(self) -> str:
        """Whose scores `other_table` holds; empty for nobody's."""
        return self._other

    @property
    def rule(self) -> str:
        return self._rule

    @property
    def channels(self) -> tuple[str, ...]:
        """Names of the raw numbers that the scorer gives beside its score."""
        return self.channels_of(self.scorer)

    def channels_of(self, scorer: str) -> tuple[str, ...]:
        """The same of a scorer whose scores a table holds."""
        return self._channels.get(scorer, ())

    @property
    def channel(self) -> str:
        """The raw number in `values`; empty for the score."""
        return self._channel if self._channel in self.channels else ""

    @property
    def table(self) -> ScoreTable:
        return self._tables.table

    @property
    def other_table(self) -> ScoreTable:
        """The same traces in the same order, with the scores of `other`."""
        return self._tables.other

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Kind and text of each trace's problem: answers to different ones are not counted together."""
        of_run = {info.id: problem_of(info) for info in self._parts.sessions.runs}
        return [of_run.get(trace.run, ("", "")) for trace in self.table.traces]

    @property
    def totals(self) -> Doubles:
        """(traces,) the scores of each by the rule in force; nan where it has none."""
        return self._tables.totals(self._rule)

    def totals_by(self, rule: str) -> Doubles:
        return self._tables.totals(rule)

    @property
    def errors(self) -> Places:
        """(traces,) column of the first score below one half; -1 for none."""
        return self._tables.errors

    @property
    def values(self) -> Floats:
        """(traces, longest) what is to be drawn: the scores, or the numbers of the channel on whatever scale."""
        return self._tables.numbers if self.channel else self.table.values

    @property
    def labels(self) -> MonteCarloLabels:
        """Everything that was rolled out for labels in this session."""
        return self._runs.labels

    @property
    def selected(self) -> int | None:
        """The trace on the screen: that which was shown last and still holds the selected step, else the first one
        that ends with it, else the first to which it belongs."""
        return None if self._picked is None else self._tables.places.get(self._picked)

    def place_of(self, trace: ScoredTrace) -> int | None:
        """Where a trace stands in the table."""
        return self._tables.places.get(key_of(trace))

    @property
    def rated_runs(self) -> tuple[int, ...]:
        """Runs in the scope with a step that the person at this program has rated."""
        return tuple(run for run in self._tables.of_run if self._runs.rated(run))

    def is_rated(self, run: int, node: NodeId) -> bool:
        """Whether the person at this program has rated a step."""
        return node in self._runs.rated(run)

    def tree(self, run: int) -> Tree:
        """A run of the session as the table has it; empty if there is no such run. Only read it."""
        return self._runs.tree(run)

    @property
    def progress(self) -> tuple[int, int]:
        """As `reading` says it."""
        read, of = self._runs.place
        return (read, of) if self._turns.active else (of, of)

    # what can be chosen

    def set_scope(self, scope: Scope) -> None:
        self._scope = scope
        self._keep_choices()
        self._turns.begin()

    def set_scorer(self, name: str) -> None:
        self._wanted = name
        self._keep_choices()
        self._turns.begin()

    def set_other(self, name: str) -> None:
        self._other = name
        self._turns.begin()

    def set_rule(self, rule: str) -> None:
        self._rule = rule
        self._keep_choices()
        self.rule_changed.emit()

    def _keep_choices(self) -> None:
        """For the next start."""
        self._parts.settings.desk = {"scope": self._scope, "scorer": self._wanted, "rule": self._rule}

    def set_channel(self, name: str) -> None:
        self._channel = name
        self._turns.begin()

    def show(self, trace: int, step: int | None = None) -> None:
        """Put a trace of the table on the screen, at its end or at one of its steps (from 0)."""
        entry = self._tables.traces[trace]
        node = last_node(entry) if step is None or step >= len(entry.nodes) else entry.nodes[step]

        def pick() -> None:
            self._picked = key_of(entry)
            self.selected_changed.emit()

        pick()
        if entry.run == self._parts.shown.run:
            self._parts.shown.visit(node)
        else:
            self._parts.probing.show(entry.run, node, pick)

    def _follow(self) -> None:
        """Another step is selected."""
        keys = self._tables.holding(self._parts.shown.run, self._parts.shown.selected)
        if self._picked not in keys:
            self._picked = keys[0] if keys else None
        self.selected_changed.emit()

    # reading

    def read(self) -> None:
        """Read what is new, as much as there is time for; the rest follows by itself, until `rest`."""
        if self._parts.sessions.path != self._path:
            self._forget()
        self._turns.want()

    def rest(self) -> None:
        """Nobody looks: stop where it is."""
        self._turns.rest()

    def _forget(self) -> None:
        self._path = self._parts.sessions.path
        self._runs.forget()
        self._known = None, None
        self._picked = None
        self._turns.give_up()
        if self._tables.traces:  # its runs have the same numbers as those of the session before
            self._tables, self._channels = Tables(), {}
            self.changed.emit()

    def _tell_end(self) -> None:
        _, of = self._runs.place
        self.reading.emit(of, of)

    def _gather(self) -> Iterator[None]:
        """Read all runs of the scope, then say what they hold."""
        runs = runs_in(self._parts.sessions.runs, self._parts.sessions.shown_info, self._scope)
        yield from self._runs.read(runs, self._wanted, self._other, self._channel)
        yield from self._runs.read_labels()
        self._publish(runs)

    def _publish(self, runs: Sequence[RunInfo]) -> None:
        """Tell the tabs, if anything is other than it was."""
        traces = self._runs.traces(runs, self.scorer)
        others = self._runs.traces(runs, self._other) if self._other else ()
        numbers = self._runs.numbers(runs, self.scorer, self._channel) if self._channel else ()
        chosen = self._scope, self.scorers, self.scorer, self._other, self._channel
        was, self._known = self._known, (chosen, self._runs.stamp(runs))
        self._channels = {name: self._runs.channels(runs, name) for name in (self.scorer, self._other) if name}
        if chosen != was[0] or traces != self._tables.traces or others != self._tables.others:
            self._tables = Tables(traces, others, numbers)
            self._follow()
            self.changed.emit()
        if self._known[1] != was[1]:
            self.labels_changed.emit()
