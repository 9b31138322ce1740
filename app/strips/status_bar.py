"""The last line of the window: what the engine is doing, how far it is, and the run in numbers. Decides nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import Qt, QTimer, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from app.announce import announce
from app.canvas.cards import ink_on
from app.language import mark, tr
from app.models.pace import Pace, clock_words
from app.models.past_nodes import depth_of
from app.models.shown_run import ShownRun
from app.models.verifier_cost import verifier_words
from app.network import hosts
from app.panels.texts import plain_label
from app.plain_text import as_tool_tip, one_line, visible
from app.run_controller import RunController, State
from app.strips.progress import progress_of, share_of
from app.theme import Theme
from engine.events import NodeId, Reason
from engine.frames import Status
from engine.process import Process
from engine.run_traces import is_imported
from engine.tree import Tree

REFRESH_MS = 100
"""Numbers that change faster than this cannot be read."""
TOLD_MS = 6000
"""Long enough to read a sentence."""
GAP = "   "
"""Between two facts."""

REASON_WORDS: dict[Reason, str] = {
    "finished": mark("finished"),
    "budget": mark("budget used up"),
    "exhausted": mark("nothing left to search"),
    "stopped": mark("stopped"),
    "failed": mark("failed"),
}
STATE_WORDS: dict[State, str] = {
    "idle": mark("ready"),
    "loading": mark("loading the models…"),
    "running": mark("running"),
    "paused": mark("paused"),
    "stopping": mark("stopping…"),
}


@dataclass(frozen=True)
class Fact:
    """A number with its name."""

    text: str
    tip: str
    weight: int
    """In a narrow window the lightest go first."""


class RunStatusBar(QStatusBar):
    """● state, progress, time left, Cancel at the left; the run in numbers and where it runs at the right."""

    def __init__(
        self,
        shown: ShownRun,
        runs: RunController,
        theme: Theme,
        parent: QWidget | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(parent)
        self._shown, self._runs, self._theme, self._clock = shown, runs, theme, clock
        self._process = Process(os.getpid(), "")
        self._depth = 0
        self._pace = Pace()
        self._state = plain_label()
        self._bar = _progress_bar()
        self._left = plain_label(quiet=True)
        self._left.setToolTip(tr("Time left at the pace of the last seconds"))
        self._cancel = QPushButton(tr("Cancel"))
        self._cancel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cancel.setToolTip(tr("Stop the run; what was found is kept (Shift+F5)"))
        self._cancel.clicked.connect(runs.stop)
        self._numbers = plain_label()
        self._numbers.setMinimumWidth(1)  # facts are left out instead of making the window wide
        self.network = plain_label()
        self.gold = GoldBadge(theme)
        self._beside: tuple[QWidget, ...] = ()
        self._row = _row((self._state, self._bar, self._left, self._cancel))
        self.addWidget(self._row)
        for widget in (self._numbers, self.network, self.gold):
            self.addPermanentWidget(widget)
        self._timer = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        shown = self._shown
        shown.tree_changed.connect(self._on_tree)
        shown.run_changed.connect(self._start_over)
        for signal in (shown.status_changed, shown.run_changed, shown.cursor_moved):
            signal.connect(self._soon)
        self._runs.changed.connect(self.refresh)
        self._theme.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Read everything again."""
        busy = self._runs.active is not None
        self._row.setMinimumHeight(self._cancel.sizeHint().height())  # else all panels move as a run begins and ends
        elsewhere = busy and self._runs.active != self._shown.run
        self._state.setText(f"● {self._busy_words(elsewhere) if busy else self._idle_words()}")
        self._bar.setVisible(busy)
        self._cancel.setVisible(busy)
        self._cancel.setEnabled(self._runs.state != "stopping")
        status = self._shown.status
        self._bar.setRange(0, 0 if self._runs.state == "loading" else 1000)  # 0: it moves to and fro
        share, words = (0.0, "") if not busy else progress_of(self._shown.tree, status)
        if elsewhere:
            share, words = share_of(self._runs.status)
        self._bar.setValue(round(share * 1000))
        self._bar.setFormat(words)
        self._show_time_left(share)
        self._show_network()
        self._show_facts(list(self._facts(status)))

    def tell(self, sentence: str) -> None:
        """Say something of the moment, for some seconds in place of the state."""
        self.showMessage(visible(sentence), TOLD_MS)
        announce(self, sentence)

    def put_beside(self, widget: QWidget, changed: SignalInstance) -> None:
        """Somebody else's piece, left of the numbers, which make room for it; `changed`: it may be larger now."""
        self._beside += (widget,)
        self.insertPermanentWidget(1, widget)  # the first after the row at the left
        changed.connect(self._soon)

    def texts(self) -> tuple[str, str]:
        """The words at the left and the numbers at the right."""
        return self._state.text(), self._numbers.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon()

    def _busy_words(self, elsewhere: bool) -> str:
        """Of a run that is not on screen, its number too: the tree and the numbers beside are those of another one."""
        state = tr(STATE_WORDS[self._runs.state])
        return tr("run {run}: {state}").format(run=self._runs.active, state=state) if elsewhere else state

    def _idle_words(self) -> str:
        if not self._shown.live:
            return tr("looking back")
        finished = self._shown.tree.finished
        if finished is not None:
            ended = tr(REASON_WORDS[finished.reason])
            return {True: tr("solved"), False: tr("not solved"), None: ended}[finished.correct]
        return tr("interrupted") if self._shown.total else tr(STATE_WORDS["idle"])

    def _show_time_left(self, share: float) -> None:
        if self._runs.state == "running" and self._shown.run == self._runs.active:
            self._pace.feed(self._clock(), share)
        else:
            self._pace.restart()
        left = self._pace.left()
        self._left.setVisible(left is not None)
        self._left.setText("" if left is None else tr("{time} left").format(time=clock_words(left)))

    def _show_network(self) -> None:
        """Whether anything leaves this machine; said quietly while nothing does."""
        started = self._shown.tree.started
        names = (started.policy, *started.verifiers) if started is not None else ()
        elsewhere = hosts(names)
        self.network.setVisible(started is not None)
        if not elsewhere:
            self.network.setText(tr("● local only"))
            self.network.setToolTip(tr("Models and rules of this run are on this machine: nothing leaves it"))
            self.network.setStyleSheet(f"color: {self._theme.palette.secondary.name()}")
            return
        named = one_line(", ".join(elsewhere))
        self.network.setText(tr("network: {hosts}").format(hosts=named))
        self.network.setToolTip(as_tool_tip(tr("Prompts and steps of this run go to {hosts}").format(hosts=named)))
        fill = self._theme.palette.bad
        self.network.setStyleSheet(_badge_style(fill.name(), ink_on(fill).name()))

    def _show_facts(self, facts: Sequence[Fact]) -> None:
        """As many as there is room for; the tool tip has all of them, with what they mean."""
        taken = sum(w.sizeHint().width() for w in self._neighbours() if not w.isHidden())
        self._numbers.setText(GAP.join(fact.text for fact in self._that_fit(facts, self.width() - taken - 60)))
        self._numbers.setToolTip(as_tool_tip("\n".join(f"{fact.text}: {fact.tip}" for fact in facts)))

    def _neighbours(self) -> Sequence[QWidget]:
        return self._state, self._bar, self._left, self._cancel, self.network, self.gold, *self._beside

    def _that_fit(self, facts: Sequence[Fact], room: int) -> list[Fact]:
        metrics, kept = self._numbers.fontMetrics(), list(facts)
        while kept and metrics.horizontalAdvance(GAP.join(fact.text for fact in kept)) > room:
            kept.remove(min(kept, key=lambda fact: fact.weight))
        return kept

    def _facts(self, status: Status | None) -> Iterable[Fact]:
        tree = self._shown.tree
        if tree.started is None:
            return
        yield Fact(_size_words(tree, self._depth), tr("the tree; duplicates led to a state that was known before"), 9)
        if words := verifier_words(self._shown.history.log.judging.at(self._shown.cursor)):
            yield Fact(words, tr("what they have used, apart from the policy's tokens"), 5)
        if status is not None:
            yield from self._engine_facts(status)
        if not is_imported(tree):
            yield Fact(tr("seed {seed}").format(seed=tree.started.seed), tr("the same seed gives the same run"), 4)

    def _engine_facts(self, status: Status) -> Iterable[Fact]:
        speed = f"{status.tokens_per_second:,.0f}"
        yield Fact(tr("{speed} tok/s").format(speed=speed), tr("tokens the policy writes in a second"), 8)
        if status.first_token_seconds is not None:
            time = f"{status.first_token_seconds * 1000:,.0f}"
            tip = tr("from the latest call of the model to its first token")
            yield Fact(tr("first token {time} ms").format(time=time), tip, 2)
        if status.memory_mb:
            engine, own = f"{status.memory_mb:,.0f}", f"{self._process.memory_mb():,.0f}"
            words = tr("engine {engine} MB + app {own} MB").format(engine=engine, own=own)
            yield Fact(words, tr("memory of the two processes"), 6)
        if status.cache_hit is not None:
            share = f"{status.cache_hit:.0%}"
            yield Fact(tr("cache hit {share}").format(share=share), tr("prompt tokens that were not read again"), 3)

    def _start_over(self) -> None:
        """Another run. Its log has been read to the end, so that a gold answer anywhere in it is known now."""
        self._pace.restart()
        self.gold.setVisible(self._shown.tree.gold)

    def _on_tree(self, touched: tuple[NodeId, ...] | None) -> None:
        deepest = depth_of(self._shown.tree, touched)
        self._depth = deepest if touched is None else max(self._depth, deepest)
        if self._shown.tree.gold:
            self.gold.show()  # for as long as this run is shown, wherever the cursor goes
        self._soon()

    def _soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()


def _size_words(tree: Tree, depth: int) -> str:
    words = tr("{nodes:,} nodes · depth {depth}").format(nodes=len(tree.nodes), depth=depth)
    if not tree.duplicates:
        return words
    again = tr("{count:,} duplicate") if tree.duplicates == 1 else tr("{count:,} duplicates")
    return f"{words} · {again.format(count=tree.duplicates)}"


def _row(widgets: Iterable[QWidget]) -> QWidget:
    """Side by side in one widget, which Qt hides while something else is said in its place."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return whole


def _progress_bar() -> QProgressBar:
    bar = QProgressBar()
    bar.setRange(0, 1000)
    bar.setFixedWidth(170)
    bar.setAccessibleName(tr("Progress of the run"))
    return bar


class GoldBadge(QLabel):
    """The mark that a run bears for ever once a known right answer has influenced it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("★ gold answer used"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(
            tr("A known right answer influenced this run: its result says nothing about how good the search is")
        )
        self._theme = theme
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def _dress(self) -> None:
        fill = self._theme.palette.principal
        self.setStyleSheet(_badge_style(fill.name(), ink_on(fill).name()))


def _badge_style(fill: str, ink: str) -> str:
    return f"background: {fill}; color: {ink}; border-radius: 4px; padding: 1px 6px"
