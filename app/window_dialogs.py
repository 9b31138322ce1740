"""Every dialog of the window: what it is opened with, and who hears what comes of it. Imported when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.banner import Notice
from app.commands import Actions
from app.dialogs import files
from app.language import tr
from app.odd_rows import OddRows
from app.parts import Parts
from app.start.crash_report import CrashReport
from app.tree_edits import TreeEdits
from app.verbs import ASKED_WITH
from engine.commands import RunPlan
from engine.events import Budget
from engine.nodes import BY_HAND
from engine.problems import kind_of
from engine.search import settings_of
from engine.search.advice import TableRow
from engine.verbs import VERBS
from storage.session import SUFFIX


class WindowDialogs:
    """Opens dialogs over `window`; `search` tells which strategy is chosen for the next run."""

    def __init__(
        self,
        window: QWidget,
        parts: Parts,
        search: Callable[[], str],
    ) -> None:
        self._window, self._settings, self._theme, self._shown = window, parts.settings, parts.theme, parts.shown
        self._runs, self._sessions, self._search = parts.runs, parts.sessions, search
        self._verbs, self._traces, self._probing = parts.verbs, parts.traces, parts.probing
        self._imports, self._scoring, self._going_on = parts.imports, parts.scoring, parts.going_on
        for speaker in (parts.imports, parts.traces):
            speaker.odd_wanted.connect(self.odd)

    def new_run(self, plan: RunPlan | None = None) -> None:
        """The form, filled in with `plan`, or with what was run last."""
        from app.dialogs.new_run import NewRunForm

        filled_in, known = plan or self._sessions.next_plan(self._search()), self._settings.recent_scorers
        form = NewRunForm(filled_in, self._theme, parent=self._window, scorers=known)
        form.chosen.connect(self._sessions.start)
        form.open()

    def new_run_on(self, text: str) -> None:
        """The form for a problem that came in as text: of the first kind that can read it."""
        plan = self._sessions.next_plan(self._search())
        self.new_run(replace(plan, problem=kind_of(text) or plan.problem, text=text))

    def open_file(self) -> None:
        """A session, or a file of others that something is made of."""
        files.ask_open(self._window, self._folder(), self._open)

    def open_folder(self) -> None:
        """A folder of others that something is made of."""
        files.ask_folder(self._window, self._folder(), self._open)

    def open_trace(self) -> None:
        """Files with traces to add to the session."""
        files.ask_traces(self._window, self._folder(), lambda paths: self._imports.open(paths, here=True))

    def odd(self, rows: OddRows) -> None:
        """What was odd in files that were imported."""
        from app.dialogs.odd import OddSheet

        OddSheet(rows, self._window).open()

    def paste_trace(self) -> None:
        """What is on the clipboard, as a trace."""
        if text := QGuiApplication.clipboard().text():
            self._traces.paste(text)
        else:
            self._traces.notice.emit(Notice(tr("There is no text on the clipboard."), "hint"))

    def save_as(self) -> None:
        name = self._sessions.name + SUFFIX
        files.ask_save(self._window, self._folder() / name, self._sessions.save_as)

    def share(self) -> None:
        """What is left out of a copy for others, and where it goes."""
        from app.dialogs.share import ShareDialog

        session, copies = self._sessions.session, self._sessions.copies
        if session is None:
            return
        dialog = ShareDialog(session.path.name, self._window)
        suggestion = self._folder() / (tr("{name} shared").format(name=session.path.stem) + SUFFIX)
        dialog.chosen.connect(
            lambda without: files.ask_share(self._window, suggestion, lambda path: copies.share(session, path, without))
        )
        dialog.finished.connect(copies.stop_counting)
        dialog.open()
        copies.count(session, dialog.tell)

    def insert_step(self, edits: TreeEdits) -> None:
        """A line to write in, below the selected step."""
        from app.dialogs.insert_step import InsertStepDialog

        tree, parent = self._shown.tree, self._shown.selected
        if parent is None:
            return
        node = tree.nodes[parent]
        below = node.step if node.parent is not None or tree.started is None else tree.started.text
        siblings = [child.step for child in tree.children(parent)] or [node.step if node.parent is not None else ""]
        dialog = InsertStepDialog(
            below, siblings[0], lambda step: edits.why_not_step(parent, step), self._theme, self._window
        )
        dialog.chosen.connect(lambda step: edits.insert_step(parent, step))
        dialog.open()

    def ask(self, verb: str) -> None:
        """A form for what the engine is asked to do at the selected step."""
        from app.dialogs.ask import AskDialog

        node, kind = self._shown.selected, VERBS[verb]
        if node is None:
            return
        step = self._shown.tree.nodes[node].step
        values = {"step": step.rstrip("\n")} if verb == "edit" else {}
        title, sentence = ASKED_WITH[verb]
        dialog = AskDialog(
            tr(title), tr(sentence), step, settings_of(kind), values,
            lambda chosen: self._verbs.why_not_at(node, verb, chosen), self._theme, self._window,
        )  # fmt: skip
        dialog.chosen.connect(lambda chosen: self._verbs.ask_at(node, verb, chosen))
        dialog.open()

    def more(self) -> None:
        """How much more the run on screen is to do."""
        from app.dialogs.more import MoreDialog

        run, going_on = self._shown.run, self._going_on
        if run is None or going_on.why_not():
            return
        dialog = MoreDialog(run, going_on.offer(), going_on.why_not_more, self._theme, self._window)
        dialog.chosen.connect(going_on.go)
        dialog.open()

    def probe(self, names: tuple[str, ...] = ()) -> None:
        """What is to be asked about the thought of the selected trace; `names`: the probes that are ticked."""
        from app.dialogs.probe import ProbeForm

        subject = self._probing.subject
        if subject is None:
            self._sessions.notice.emit(Notice(tr("There is no trace on the screen to be probed."), "hint"))
            return
        form = ProbeForm(subject, names, self._probing.obstacle(), self._probing.pace(), self._theme, self._window)
        form.chosen.connect(self._probing.start)
        form.open()

    def scorer(self, runs: Sequence[int]) -> None:
        """Which model is to score the traces of these runs; it begins at once."""
        from app.dialogs.scorer import ask_scorer

        ask_scorer(self._window, self._settings, self._theme, lambda name: self._scoring.score(name, runs))

    def go_to(self) -> None:
        """A line for the number of a step or of an iteration."""
        from app.dialogs.go_to import GoToDialog

        GoToDialog(self._shown, self._theme, self._window).open()

    def note(self, edits: TreeEdits) -> None:
        """A field to write about the selected step in."""
        from app.dialogs.note import NoteDialog

        node = self._shown.selected
        if node is None:
            return
        text = self._shown.remarks.notes.get(node, "")
        about = self._shown.tree.nodes[node].step
        dialog = NoteDialog(node, about, text, lambda note: edits.why_not_note(node, note), self._theme, self._window)
        dialog.chosen.connect(lambda note: edits.note(node, note))
        dialog.open()

    def score(self, edits: TreeEdits) -> None:
        """What the selected step is worth in the user's eyes."""
        from app.dialogs.score import ScoreDialog

        tree, node = self._shown.tree, self._shown.selected
        if node is None or edits.why_not_set_score():
            return
        entry = tree.nodes[node]
        by_hand = any(score.verifier == BY_HAND for score in entry.scores)
        dialog = ScoreDialog(
            node, entry.step, tree.scale, entry.mark[0] if entry.mark else None, by_hand,
            lambda value: edits.why_not_score(node, value), self._theme, self._window,
        )  # fmt: skip
        dialog.chosen.connect(lambda value: edits.set_score(node, value))
        dialog.open()

    def strategies(self) -> None:
        """The help pages, at the one of the run on screen."""
        from app.dialogs.strategies import StrategiesSheet

        started = self._shown.tree.started
        StrategiesSheet(self._theme, started.search if started else self._search(), self._window).open()

    def advice(self) -> None:
        """What to run on problems as hard as the one on screen."""
        from app.dialogs.advice import AdviceSheet

        sheet = AdviceSheet(self._shown.tree, self._window)
        sheet.accepted_row.connect(self._new_run_with)
        sheet.open()

    def _new_run_with(self, row: TableRow) -> None:
        plan, started = self._sessions.next_plan(), self._shown.tree.started
        if started is not None:
            plan = replace(plan, problem=started.problem, text=started.text)
        self.new_run(
            replace(
                plan,
                search=row.search,
                settings=row.settings,
                verifiers=row.verifiers,
                budget=Budget(tokens=row.budget),
            )
        )

    def preferences(self, actions: Actions) -> None:
        """What is remembered between starts, and the way to the keys."""
        from app.dialogs.preferences import Preferences

        sheet = Preferences(self._settings, self._theme, actions, self._window)
        sheet.keys_wanted.connect(lambda: self.shortcuts(actions))
        sheet.open()

    def shortcuts(self, actions: Actions) -> None:
        from app.dialogs.shortcuts import ShortcutsSheet

        ShortcutsSheet(actions, self._window).open()

    def about(self) -> None:
        from app.dialogs.about import AboutSheet

        sheet = AboutSheet(self._runs.about_engine, self._window)
        sheet.licences_wanted.connect(self.licences)
        sheet.open()

    def licences(self) -> None:
        """What the program is made of, with the texts."""
        from app.dialogs.licences import LicencesSheet

        LicencesSheet(self._theme, self._window).open()

    def tell_of_crash(self, report: CrashReport, say: Callable[[Notice], None]) -> None:
        """Say that the last start ended badly, with a way to the details and to what was open then."""
        buttons = [(tr("Show details"), lambda: self._crash_details(report))]
        session = report.session
        if session is not None and session.is_file() and session != self._sessions.path:
            buttons.append((tr("Open it"), lambda: self._sessions.open(session)))
        text = tr("Espalier ended unexpectedly last time. Your session is safe: nothing was lost.")
        say(Notice(text, buttons=buttons, key="crash"))

    def _crash_details(self, report: CrashReport) -> None:
        from app.dialogs.crash import CrashSheet

        CrashSheet(report, self._theme, self._window).open()

    def _open(self, path: Path) -> None:
        if path.suffix == SUFFIX:
            self._sessions.open(path)
        else:
            self._imports.open([path])

    def _folder(self) -> Path:
        return files.folder_for(self._sessions.path, self._sessions.folder)
