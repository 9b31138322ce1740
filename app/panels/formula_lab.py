"""The formula lab: at which iterations of the run another formula would have chosen otherwise. Changes no run.

It weighs every recorded choice again, at its place in the recorded tree; what would have come of it, it cannot know.
"""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import msgspec
from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.language import mark, tr
from app.panels.formula_answers import FormulaAnswers
from app.panels.formula_choice import ChoiceByTwo
from app.panels.formula_form import FormulaForm
from app.panels.panel import PanelWidget
from app.parts import Parts
from app.plain_text import visible
from app.words.nothing import why_no_tree
from engine.events import RunStarted, Selected
from engine.search import NAMED
from engine.search.choice_columns import recorded_search
from engine.search.mcts import Mcts
from engine.search.selection import Selection
from engine.search.what_if import Otherwise, WhatIf

GROWING_MS = 120
"""Between two pieces of work while the run goes on."""
WORK_SECONDS = 0.008
"""Of one piece of work: a frame of the window must fit beside it."""

NO_FORMULA = mark("{search} selects by no formula of N, Q and P, so there is nothing to change. Runs of MCTS do.")
NO_SELECTION = mark("No selection has been made yet: there is nothing to weigh again.")
SAME = mark("This is the formula that was recorded. Change it to see which choices would have been other ones.")
NONE = mark("None of {m} iterations would have chosen otherwise.")
SOME = mark("{n} of {m} iterations would have chosen otherwise.")
STRANGE = mark(
    "In {n} of {m} iterations the recorded choice does not follow from the recorded settings: other code chose there."
)
RANGE = mark("Only the time range counts that is chosen in the timeline.")
STOPPED = mark("Stopped; of what was read:")

Place = tuple[int, int]
"""Where a choice was made: the cursor just after its selection, and its level."""


class FormulaLabPanel(PanelWidget):
    """The form, what was found, and one choice in numbers."""

    preferred_size = QSize(900, 240)

    run_wanted = Signal(object)
    """RunPlan: the form of a new run is to be opened with it."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.shown, parts.theme)
        self.form = FormulaForm()
        self.choice = ChoiceByTwo(parts.theme)
        self.found = FormulaAnswers(parts.theme, self.choice)
        self._sessions = parts.sessions
        self._recorded: Mcts | None = None
        self._question: WhatIf | None = None
        self._selection: Selection | None = None
        """By the formula in the form."""
        self._chosen: Place | None = None
        """What the user pointed at."""
        self._answered: tuple[object, ...] = ()
        """What the answer on screen is for: so many events, a formula, a time range."""
        self._stopped = False
        self._work = QTimer(self, interval=0)
        self._work.timeout.connect(self._work_on)
        self._build()
        self._connect()

    def refresh(self) -> None:
        if self._question is None and not self._begin():
            return
        if self._stopped:
            self._show_cursor()
        else:
            self._work.start()
            self._work_on()

    def _build(self) -> None:
        around = QVBoxLayout(self.content)
        around.setContentsMargins(6, 4, 6, 4)
        around.setSpacing(4)
        around.addWidget(self.form)
        around.addWidget(self.found, 1)

    def _connect(self) -> None:
        self.shown.run_changed.connect(self._forget)
        self.shown.cursor_moved.connect(lambda *_: self.mark_stale())
        self.shown.time_range.changed.connect(self.mark_stale)
        self.form.changed.connect(self._ask)
        self.form.run_wanted.connect(self._want_run)
        self.found.stop_wanted.connect(self._stop_or_go_on)
        self.found.row_chosen.connect(self._go_to)
        self.choice.node_chosen.connect(self.shown.select)

    # the question

    def _forget(self) -> None:
        self._question, self._chosen, self._answered, self._stopped = None, None, (), False
        self._work.stop()
        self.mark_stale()

    def _begin(self) -> bool:
        """Take up the run on screen; False, and a sentence, if it cannot be asked about."""
        started = self.shown.records[0].event if self.shown.total else None
        if not isinstance(started, RunStarted):
            self.say(why_no_tree(self.shown))
            return False
        self._recorded = recorded_search(started)
        if self._recorded is None:
            title = NAMED[started.search].title if started.search in NAMED else started.search
            self.say(visible(tr(NO_FORMULA).format(search=title)))
            return False
        self._question = WhatIf(self._recorded)
        self.form.start_from(self._recorded.settings())
        return True

    def _ask(self) -> None:
        """Put what the form says to the run."""
        if self._question is not None and self._recorded is not None:
            self._selection = replace(self._recorded, **self.form.values).selection
            self._question.ask(self._selection.formula)
            self._answered, self._stopped = (), False
            self.mark_stale()

    def _work_on(self) -> None:
        """Some milliseconds of work; then the window has its turn."""
        question, records = self._question, self.shown.records
        if question is None or not self.isVisible():
            self._work.stop()
            self.mark_stale()
            return
        self._work.setInterval(GROWING_MS if self._is_growing() else 0)
        until, more = perf_counter() + WORK_SECONDS, True
        while more and perf_counter() < until:
            more = question.step(records)
        self.found.show_progress(question.progress(records) if more else None)
        if more:
            self.say("")
        else:
            self._work.stop()
            self._show_answer(question)

    def _is_growing(self) -> bool:
        """Whether the run goes on: the window then has other work, and the answer is never the last one."""
        status = self.shown.status
        return status is not None and status.state == "running"

    def _stop_or_go_on(self) -> None:
        """Leave it at what was found, or go on."""
        self._stopped, self._answered = not self._stopped, ()
        self._work.stop()
        if self._question is None or not self._stopped:
            self.mark_stale()
            return
        self._show_answer(self._question)
        self.found.verdict.setText(f"{tr(STOPPED)} {self.found.verdict.text()}")
        self.found.show_progress(self._question.progress(self.shown.records), stopped=True)

    # the answer

    def _show_answer(self, question: WhatIf) -> None:
        if not question.iterations():
            self.say(tr(NO_SELECTION))
            return
        ends = self.shown.time_range.ends
        now = (len(self.shown.records), self._selection, ends)
        if now != self._answered:
            self._answered, answer = now, question.answer(ends)
            verdict = self._verdict(answer, question.iterations(ends))
            if ends is not None:
                verdict = f"{verdict} {tr(RANGE)}"
            self.found.show_answer(verdict, answer, question.tree, max(question.tree.iteration, question.iterations()))
        self._show_cursor()
        self.say("")

    def _verdict(self, answer: Otherwise, looked_at: int) -> str:
        n, m = len(answer.iterations), f"{looked_at:,}"
        if self.form.is_recorded:
            return tr(STRANGE).format(n=f"{n:,}", m=m) if n else tr(SAME)
        return tr(SOME).format(n=f"{n:,}", m=m) if n else tr(NONE).format(m=m)

    def _show_cursor(self) -> None:
        """The choice at the cursor, in the strip, in the table and in numbers."""
        question, place = self._question, self._place()
        event = self.shown.records[place[0] - 1].event if place is not None else None
        if question is None or place is None or not isinstance(event, Selected) or self._selection is None:
            self.found.show_place(0, None)
            self.choice.show_nothing()
            return
        self.found.show_place(event.iteration, self.found.model.row_of(*place))
        recorded = event.choices[place[1]]
        other = question.choice(recorded, *place)
        if other is not None:
            self.choice.show_choice(
                question.tree, event.iteration, recorded, event.formula, other, self._selection.words
            )

    def _place(self) -> Place | None:
        """In the selection made last: the choice that the user pointed at, else one that differs, else the last."""
        last = self._question.last_choice(self.shown.cursor) if self._question is not None else None
        if last is None or (self._chosen is not None and self._chosen[0] == last[0]):
            return None if last is None else self._chosen
        row = self.found.model.first_row_at(last[0])
        return last if row is None else (last[0], int(self.found.model.answer.level[row]))

    # what the user asks for

    def _go_to(self, row: int) -> None:
        """Move the cursor to just after that selection."""
        answer = self.found.model.answer
        self._chosen = int(answer.cursor[row]), int(answer.level[row])
        self.shown.seek(self._chosen[0])
        self._show_cursor()

    def _want_run(self) -> None:
        """The run on screen again, by the formula in the form."""
        info = self._sessions.shown_info
        plan = info.plan if info is not None else self._sessions.next_plan()
        settings = {**plan.settings, **self.form.values}
        self.run_wanted.emit(msgspec.structs.replace(plan, search=Mcts.name, settings=settings))
