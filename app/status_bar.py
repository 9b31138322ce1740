"""The last line of the window: what the engine is doing, how far it is, and the run in numbers. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from app.canvas.cards import ink_on
from app.models.shown_run import ShownRun
from app.models.verifier_cost import VerifierCost, verifier_words
from app.run_controller import RunController, State
from app.theme import Theme
from engine.events import NodeId
from engine.frames import Status
from engine.tree import Tree

REFRESH_MS = 100
"""Numbers that change faster than this cannot be read."""

NUMBERS_TIP = (
    "Duplicates: samples that led to a state which was known before. Verifiers: what they have used, apart from the "
    "policy's tokens"
)
STATE_WORDS: dict[State, str] = {
    "idle": "ready",
    "loading": "loading the models…",
    "running": "running",
    "paused": "paused",
    "stopping": "stopping…",
}


class RunStatusBar(QStatusBar):
    """● state, progress, Cancel at the left; nodes, depth, speed, memory, cache, seed at the right."""

    def __init__(self, shown: ShownRun, runs: RunController, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self._runs = runs
        self._depth = 0
        self._state = _label()
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setFixedWidth(170)
        self._bar.setAccessibleName("Progress of the run")
        self._cancel = QPushButton("Cancel")
        self._cancel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cancel.setToolTip("Stop the run; what was found is kept (Shift+F5)")
        self._cancel.clicked.connect(runs.stop)
        self._numbers = _label()
        self._numbers.setToolTip(NUMBERS_TIP)
        self._verifiers = VerifierCost()
        self.gold = _gold_badge(theme)
        for widget in (self._state, self._bar, self._cancel):
            self.addWidget(widget)
        self.addPermanentWidget(self._numbers)
        self.addPermanentWidget(self.gold)
        self._timer = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        shown.tree_changed.connect(self._on_tree)
        shown.run_changed.connect(self._start_over)
        for signal in (shown.status_changed, shown.run_changed, shown.cursor_moved):
            signal.connect(self._soon)
        runs.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read everything again."""
        busy = self._runs.active is not None
        self._state.setText(f"● {STATE_WORDS[self._runs.state] if busy else self._idle_words()}")
        self._bar.setVisible(busy)
        self._cancel.setVisible(busy)
        self._cancel.setEnabled(self._runs.state != "stopping")
        status = self._shown.status
        self._bar.setRange(0, 0 if self._runs.state == "loading" else 1000)  # 0: it moves to and fro
        if busy:
            share, words = _progress(self._shown.tree, status)
            self._bar.setValue(round(share * 1000))
            self._bar.setFormat(words)
        self._numbers.setText("   ".join(self._facts(status)))

    def texts(self) -> tuple[str, str]:
        """The words at the left and the numbers at the right."""
        return self._state.text(), self._numbers.text()

    def _idle_words(self) -> str:
        if not self._shown.live:
            return "looking back"
        finished = self._shown.tree.finished
        if finished is not None:
            return {True: "solved", False: "not solved", None: finished.reason}[finished.correct]
        return "interrupted" if self._shown.total else STATE_WORDS["idle"]

    def _facts(self, status: Status | None) -> Iterable[str]:
        tree = self._shown.tree
        if tree.started is None:
            return
        again = (
            f" · {tree.duplicates:,} {'duplicate' if tree.duplicates == 1 else 'duplicates'}" if tree.duplicates else ""
        )
        yield f"{len(tree.nodes):,} nodes · depth {self._depth}{again}"
        if words := verifier_words(self._verifiers.at(self._shown.records, self._shown.cursor)):
            yield words
        if status is not None:
            yield f"{status.tokens_per_second:,.0f} tok/s"
            if status.memory_mb:
                yield f"engine {status.memory_mb:,.0f} MB"
            if status.cache_hit is not None:
                yield f"cache hit {status.cache_hit:.0%}"
        yield f"seed {tree.started.seed}"

    def _start_over(self) -> None:
        """Another run. Its log has been read to the end, so that a gold answer anywhere in it is known now."""
        self._verifiers = VerifierCost()
        self.gold.setVisible(self._shown.tree.gold)

    def _on_tree(self, touched: tuple[NodeId, ...] | None) -> None:
        nodes = self._shown.tree.nodes
        deepest = max((nodes[node].depth for node in (touched if touched is not None else nodes)), default=0)
        self._depth = deepest if touched is None else max(self._depth, deepest)
        if self._shown.tree.gold:
            self.gold.show()  # for as long as this run is shown, wherever the cursor goes
        self._soon()

    def _soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()


def _progress(tree: Tree, status: Status | None) -> tuple[float, str]:
    """Share and words: `iteration 12 / 64` where the number of iterations is known, else percent."""
    share = (status.progress or 0.0) if status else 0.0
    if tree.started is None:
        return 0.0, ""
    total = tree.started.settings.get("simulations")
    if isinstance(total, int):
        return max(share, tree.iterations_done / max(1, total)), f"iteration {tree.iterations_done} / {total}"
    return share, f"{share:.0%}"


def _gold_badge(theme: Theme) -> QLabel:
    """The mark that a run bears for ever once a known right answer has influenced it."""
    badge = QLabel()
    badge.setTextFormat(Qt.TextFormat.PlainText)
    badge.setText("★ gold answer used")
    badge.setToolTip("A known right answer influenced this run: its result says nothing about how good the search is")

    def dress() -> None:
        fill = theme.palette.principal
        badge.setStyleSheet(
            f"background: {fill.name()}; color: {ink_on(fill).name()}; border-radius: 4px; padding: 1px 6px"
        )

    theme.changed.connect(dress)
    dress()
    badge.hide()
    return badge


def _label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
