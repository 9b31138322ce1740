"""What the desk shows: which runs, whose scores, and the tables made of them. Pure of widgets; asks no model.

The runs of a scope are read a slice at a time while somebody looks (`read`, `rest`), so that a session of thousands of
runs holds up no window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.desk.scope import Scope, runs_in
from app.desk.session_reader import SessionReader
from app.desk.tables import Key, Tables
from app.desk.tables import key_of as key_of
from app.desk.tables import last_node as last_node
from app.parts import Parts
from engine.events import NodeId
from engine.scores.aggregates import RULES
from engine.scores.monte_carlo import MonteCarloLabels
from engine.scores.table import Doubles, Floats, Places, ScoreTable
from engine.scores.traces import ScoredTrace, channels_of
from engine.tree import Tree
from storage.runs import RunInfo

SECONDS = 0.012
"""Of reading at a time."""
BREATH_MS = 3
"""For everybody else between two such times."""
REST = 8
"""Between two readings of a run that grows lies this many times what the last one took to be shown."""
LONGEST_REST_MS = 2_000


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
        self._scope: Scope = "run"
        self._wanted, self._other, self._rule, self._channel = "", "", RULES[0], ""
        self._channels: tuple[str, ...] = ()
        self._tables = Tables()
        self._values: tuple[str, Tables, Floats] | None = None
        self._known: tuple[object, object] = None, None
        """What the tables, and the labels, were made of."""
        self._picked: Key | None = None
        self._work: Iterator[None] | None = None
        self._once_more = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
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
        return self._channels

    @property
    def channel(self) -> str:
        """The raw number in `values`; empty for the score."""
        return self._channel if self._channel in self._channels else ""

    @property
    def table(self) -> ScoreTable:
        return self._tables.table

    @property
    def other_table(self) -> ScoreTable:
        """The same traces in the same order, with the scores of `other`."""
        return self._tables.other

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
        if not self.channel:
            return self.table.values
        if self._values is None or self._values[:2] != (self.channel, self._tables):
            self._values = self.channel, self._tables, self._channel_values(self.channel)
        return self._values[2]

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
        return (of, of) if self._work is None else (read, of)

    # what can be chosen

    def set_scope(self, scope: Scope) -> None:
        self._scope = scope
        self._begin()

    def set_scorer(self, name: str) -> None:
        self._wanted = name
        self._begin()

    def set_other(self, name: str) -> None:
        self._other = name
        self._begin()

    def set_rule(self, rule: str) -> None:
        self._rule = rule
        self.rule_changed.emit()

    def set_channel(self, name: str) -> None:
        self._channel = name
        self.changed.emit()

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
        if self._work is None and not self._timer.isActive():
            self._begin()
            return
        self._once_more = True
        if not self._timer.isActive():
            self._timer.start(BREATH_MS)

    def rest(self) -> None:
        """Nobody looks: stop where it is."""
        self._timer.stop()

    def _forget(self) -> None:
        self._path = self._parts.sessions.path
        self._runs.forget()
        self._known = None, None
        self._picked = self._work = None
        self._timer.stop()

    def _begin(self) -> None:
        self._work, self._once_more = self._gather(), False
        self._go_on()

    def _go_on(self) -> None:
        """For a moment; then everybody else has one."""
        if self._work is None:
            self._work, self._once_more = self._gather(), False
        began = perf_counter()
        for _ in self._work:
            if perf_counter() - began > SECONDS:
                self.reading.emit(*self._runs.place)
                self._timer.start(BREATH_MS)
                return
        self._work = None
        self.reading.emit(self._runs.place[1], self._runs.place[1])
        if self._once_more:
            self._timer.start(min(LONGEST_REST_MS, round(REST * 1000 * (perf_counter() - began))))

    def _gather(self) -> Iterator[None]:
        """Read all runs of the scope, then say what they hold."""
        runs = runs_in(self._parts.sessions.runs, self._parts.sessions.shown_info, self._scope)
        yield from self._runs.read(runs, self._wanted, self._other)
        yield from self._runs.read_labels()
        self._publish(runs)

    def _publish(self, runs: Sequence[RunInfo]) -> None:
        """Tell the tabs, if anything is other than it was."""
        traces = self._runs.traces(runs, self.scorer)
        others = self._runs.traces(runs, self._other) if self._other else ()
        was, self._known = self._known, ((self._scope, self.scorers, self.scorer, self._other), self._runs.stamp(runs))
        self._channels = self._runs.channels(runs, self.scorer)
        if self._known[0] != was[0] or traces != self._tables.traces or others != self._tables.others:
            self._tables = Tables(traces, others)
            self._follow()
            self.changed.emit()
        if self._known[1] != was[1]:
            self.labels_changed.emit()

    def _channel_values(self, name: str) -> Floats:
        values = np.full_like(self.table.values, np.nan)
        for row, trace in enumerate(self._tables.traces):
            tree = self.tree(trace.run)
            for column, node in enumerate(trace.nodes):
                values[row, column] = dict(channels_of(tree, node, self.scorer)).get(name, np.nan)
        return values
