"""The probes of the session: what was asked about which thought, how far it is, and what was found. Reckons nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout

from app.language import mark, tr
from app.models.hint_samples import HintSample, hint_samples
from app.models.probe_results import Group, Trial, place_of, trials
from app.panels.panel import PanelWidget
from app.panels.probes_bar import Possible, ProbesBar
from app.panels.probes_list import Key, ProbeList, key_of
from app.panels.probes_result import ProbeResultView
from app.panels.probes_state import row_words, state_words, waits
from app.panels.probes_words import Line, as_csv, as_markdown, lines_of
from app.parts import Parts
from app.words.nothing import why_no_tree
from app.words.probe import search_title
from engine.events import Admission
from engine.search import PROBES
from storage.runs import RunInfo

FRAME_MS = 250
"""Milliseconds between two readings: a result reads every sample."""
KEEP_UP_MS = 400
"""Milliseconds between two looks at a probe while it runs: what is being written is said nowhere else."""
LIST_SHARE = (3, 5)
NEVER = mark("Never asked about this trace. Press Start… to ask now.")
NOT_BEGUN = mark("The engine is loading its models; nothing has been drawn yet.")


class ProbesPanel(PanelWidget):
    """The list at the left, what the chosen probe found at the right, and what can be done above."""

    preferred_size = QSize(900, 240)
    frame_ms = FRAME_MS

    form_wanted = Signal(object)
    """tuple[str, ...]: the form is to be opened with these probes ticked."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.shown, parts.theme)
        self._parts, self._probing = parts, parts.probing
        self.bar = ProbesBar(parts.theme)
        self.list = ProbeList(parts.theme)
        self.result = ProbeResultView(parts.theme)
        self._groups: tuple[Group, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._wanted: Key | None = None
        """The row that is to be chosen next."""
        self._followed: Key | None = None
        """The probe that was chosen by itself, because it had begun."""
        self._plot_is_due = True
        self._pulse = QTimer(self, interval=KEEP_UP_MS)
        self._pulse.timeout.connect(self.mark_stale)
        self._build()
        self._connect()

    @property
    def trial(self) -> Trial | None:
        """The chosen row of the list."""
        key = self.list.key
        every = (trial for group in self._groups for trial in group.trials)
        return next((each for each in every if key == key_of(each)), None)

    def refresh(self) -> None:
        here = self._probing.place
        self._groups = trials(self._parts.sessions.runs, here)
        if not self._groups:
            self.say(why_no_tree(self.shown))
            return
        self.list.show_groups(self._groups, here, lambda trial: row_words(trial, self._probing))
        if self._wanted is not None or self.list.key is None:
            self.list.choose(self._wanted or self._first())
            self._wanted = None
        self.say("")
        self._show_trial()
        self._read_one_more()
        (self._pulse.start if self._probing.active is not None else self._pulse.stop)()

    def restyle(self) -> None:
        self.bar.restyle()
        self.list.restyle()
        self.result.restyle()
        super().restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._plot_is_due:
            self._plot_is_due = False
            QTimer.singleShot(0, self, self.result.add_plot)

    # building

    def _build(self) -> None:
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self.result)
        for place, share in enumerate(LIST_SHARE):
            split.setStretchFactor(place, share)
        split.setSizes([LIST_SHARE[0] * 110, LIST_SHARE[1] * 130])
        column = QVBoxLayout(self.content)
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(4)
        column.addWidget(self.bar)
        column.addWidget(split, 1)

    def _connect(self) -> None:
        probing = self._probing
        self.list.row_chosen.connect(lambda _: self.mark_stale())
        self.list.row_activated.connect(lambda _: self._show_run())
        self.result.row_chosen.connect(self._go_to)
        self.result.hints.judged.connect(self._judge)
        bar = self.bar
        bar.start.clicked.connect(self._want_form)
        bar.run_all.clicked.connect(lambda: self.form_wanted.emit(tuple(kind.name for kind in PROBES)))
        bar.cancel.clicked.connect(self._cancel)
        bar.go_on.clicked.connect(lambda: self._with_run(probing.go_on))
        bar.again.clicked.connect(lambda: self._with_run(probing.again))
        bar.show_run.clicked.connect(self._show_run)
        bar.copy_wanted.connect(self._copy)
        for signal in (probing.changed, self.shown.run_changed, self.shown.selection_changed, self.shown.tree_changed):
            signal.connect(lambda *_: self.mark_stale())
        self.shown.remarked.connect(self.mark_stale)
        probing.begun.connect(self._follow)
        probing.asked.connect(self.front_wanted)

    # the list

    def _first(self) -> Key:
        """The probe under way, or that on screen, or the first that was run, or the first of all."""
        every = [trial for group in self._groups for trial in group.trials]
        wanted = (self._probing.active, self.shown.run)
        of_run = {trial.info.id: trial for trial in every if trial.info is not None}
        found = next((of_run[run] for run in wanted if run in of_run), None)
        return key_of(found or next(iter(of_run.values()), every[0]))

    def _read_one_more(self) -> None:
        """Figures of probes that nobody has looked at are read one at a time: a log may be long."""
        every = (trial.info for group in self._groups for trial in group.trials if trial.info is not None)
        unread = next((info for info in every if info.events and self._probing.read_before(info) is None), None)
        if unread is not None:
            self._probing.reading(unread.id)
            self.mark_stale()

    def _follow(self, run: int) -> None:
        """A probe that waited begins: show what it finds, unless somebody reads another one."""
        info, now = self._probing.info(run), self.list.key
        if info is None:
            return
        key = Key(info.plan.search, run)
        if now is None or now.run is None or now == self._followed or now.probe == key.probe:
            self._wanted = self._followed = key
            self.mark_stale()

    # what was found

    def _show_trial(self) -> None:
        trial = self.trial
        self.bar.enable(self._possible(trial))
        if trial is None:
            return
        info = trial.info
        title = trial.kind.title if info is None else self._title(info)
        if info is None:
            self.result.say(f"{trial.kind.title}: {trial.kind.question}", tr(NEVER))
            return
        reading = self._probing.reading(info.id)
        if reading is None or reading.result is None:
            why = (reading.error if reading is not None else "") or self._probing.refusal(info.id)
            self.result.say(title, why or tr(NOT_BEGUN))
            return
        self._lines = lines_of(reading.result, reading.steps)
        self.result.show_hints(hint_samples(reading))
        state, under_way = state_words(info, reading, self._probing), info.id == self._probing.active
        self.result.show_result(state, reading.result, self._lines, under_way=under_way)

    def _title(self, info: RunInfo) -> str:
        title = search_title(info.plan.search, info.plan.settings)
        return f"{title} · {tr('run {run}').format(run=info.id)}"

    def _possible(self, trial: Trial | None) -> Possible:
        probing, info = self._probing, None if trial is None else trial.info
        waiting = trial is not None and waits(trial, probing)
        if info is None:
            return Possible(probing.why_not(), waiting)
        begun, here = bool(info.events), info.id == self.shown.run
        return Possible(
            start=probing.why_not(),
            cancel=info.id == probing.active or waiting,
            go_on=begun and probing.can_go_on(info),
            again=begun and self._parts.sessions.writable,
            show=begun and not here,
            back=here and place_of(info.plan) is not None,
            copy=begun,
        )

    # what can be done

    def _with_run(self, act: Callable[[int], None]) -> None:
        trial = self.trial
        if trial is not None and trial.info is not None:
            act(trial.info.id)

    def _want_form(self) -> None:
        trial = self.trial
        self.form_wanted.emit(() if trial is None else (trial.kind.name,))

    def _cancel(self) -> None:
        trial = self.trial
        if trial is None:
            return
        if trial.info is not None and trial.info.id == self._probing.active:
            self._probing.cancel(trial.info.id)
            return
        for plan in self._probing.waiting:
            if plan.search == trial.kind.name:
                self._probing.drop(plan)

    def _show_run(self) -> None:
        """The run of the probe; from there back to its trace."""
        trial = self.trial
        if trial is None or trial.info is None or not self.bar.show_run.isEnabled():
            return
        place = place_of(trial.info.plan)
        if trial.info.id == self.shown.run and place is not None:
            self._probing.show(place.run, place.node)
        else:
            self._probing.show(trial.info.id)

    def _go_to(self, row: int) -> None:
        """To the step that a row is about, in the run on screen: that of the probe, or that of the trace."""
        trial = self.trial
        if trial is None or trial.info is None or row >= len(self._lines):
            return
        found, place = self._lines[row].row, place_of(trial.info.plan)
        if trial.info.id == self.shown.run and found.node is not None:
            self.shown.visit(found.node)
        elif place is not None and place.run == self.shown.run and found.step is not None:
            node = self._probing.step_of(trial.info.id, found.step)
            if node is not None:
                self.shown.visit(node)

    def _judge(self, sample: HintSample, verdict: Admission) -> None:
        """Keep what a person says of a sample; the run of the probe comes on the screen for that."""
        trial = self.trial
        if trial is None or trial.info is None:
            return
        run = trial.info.id

        def judge() -> None:
            self._parts.edits.judge_rollout(sample.node, sample.rollout, verdict)

        self._probing.show(run, then=judge)

    def _copy(self, csv: bool) -> None:
        trial = self.trial
        reading = None if trial is None or trial.info is None else self._probing.reading(trial.info.id)
        if trial is None or trial.info is None or reading is None or reading.result is None:
            return
        lines = lines_of(reading.result, reading.steps)
        text = as_csv(lines) if csv else as_markdown(self._title(trial.info), reading.result, lines)
        QGuiApplication.clipboard().setText(text)
