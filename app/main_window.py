"""The main window: puts the tree, the panels, menus and strips together and connects them. Decides nothing itself."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QEvent, QMargins, QObject, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from app.banner import Banner, Notice
from app.canvas.canvas import TreeCanvas
from app.commands import Actions
from app.commands.copy import FORMATS, copy_actions
from app.commands.desktop import desktop_actions
from app.commands.edit import edit_actions
from app.commands.engine import engine_actions
from app.commands.file import file_actions
from app.commands.go import find_actions, find_box_actions, history_actions, timeline_actions, tree_actions
from app.commands.help import help_actions
from app.commands.probe import probe_actions
from app.commands.score import score_actions
from app.commands.search import search_actions
from app.commands.view import view_actions
from app.commands.window import window_actions
from app.desktop.menu_entry import MenuEntry
from app.docks import Docks
from app.engine_process import is_frozen
from app.guide.reception import Reception
from app.guide.welcome import WelcomePage
from app.icons import app_icon
from app.language import tr
from app.navigator import Navigator
from app.output.clipboard import Clipboard
from app.output.label_export import LabelExport
from app.output.run_export import RunExport
from app.output.view_output import ViewOutput
from app.panels import (
    DeskPanel,
    FormulaLabPanel,
    InspectorPanel,
    OutlinePanel,
    ProbesPanel,
    RunsPanel,
    ThoughtPanel,
    TimelinePanel,
    VotesPanel,
)
from app.panels.panel import RACING_MS, REST, PanelWidget
from app.panels.tokens import TokenHeat
from app.parts import Parts
from app.reduced_motion import ReducedMotion
from app.settings import WINDOW_VERSION
from app.strips.breadcrumbs import BreadcrumbBar
from app.strips.find_answers import command_answers, step_answers
from app.strips.find_bar import FindBar
from app.strips.find_box import FindBox
from app.strips.look_boxes import LookBoxes
from app.strips.menus import NODE_MENU, RUN_MENU, ContextMenu, MainToolBar, PickMenu, fill_menu_bar
from app.strips.recent_menu import RecentMenu
from app.strips.scoring_bar import ScoringBar
from app.strips.status_bar import RunStatusBar
from app.strips.top_strips import TopStrips
from app.theme import Mode
from app.window_dialogs import WindowDialogs

SIZE = QSize(1440, 900)
FRAME = QMargins(8, 32, 8, 8)
"""What a desktop may put around the window: on a small screen the status bar is still to be seen."""


class MainWindow(QMainWindow):
    """One window, one session."""

    first_painted = Signal()
    """Once, after the window could be seen for the first time: heavy things may begin."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.parts = parts
        self.setWindowIcon(app_icon())
        self.setDockNestingEnabled(True)
        self.canvas = TreeCanvas(parts.shown, parts.theme)
        self.banner = Banner(parts.theme)
        self.welcome_page = WelcomePage(parts.theme, parts.settings)
        self.breadcrumbs = BreadcrumbBar(parts.shown, parts.theme)
        self.find_bar = FindBar(parts.shown, parts.theme)
        self.navigator = Navigator(parts.shown, self)
        centre = self._make_centre()
        self.setCentralWidget(centre)
        self.motion = ReducedMotion(parts.settings, self._animate)
        self.docks = Docks(self, parts)
        self.panels = self.docks.panels
        self.dialogs = WindowDialogs(self, parts, lambda: str(self.toolbar.search.currentData()))
        self.actions_ = Actions(parts.theme, self)
        self.find_box = FindBox(step_answers(parts.shown, lambda: self.find_bar.finder), command_answers(self.actions_))
        self.reception = Reception(self, self.welcome_page)
        self._declare_actions()
        look = LookBoxes(self.canvas, parts.settings)
        self.toolbar = MainToolBar(self.actions_, parts.sessions.next_plan().search, look, self.find_box, self)
        self.addToolBar(self.toolbar)
        self.node_menu = ContextMenu(tr("Step"), NODE_MENU, self.actions_, self)
        self.run_menu = ContextMenu(tr("Run #"), RUN_MENU, self.actions_, self)
        fill_menu_bar(self, self.actions_, RecentMenu(self, parts.settings, parts.sessions.open))
        status_bar = RunStatusBar(parts.shown, parts.runs, parts.theme)
        status_bar.put_beside(ScoringBar(parts.scoring), parts.scoring.changed)
        parts.scoring.finished.connect(status_bar.tell)
        self.setStatusBar(status_bar)
        self.actions_.refused.connect(status_bar.tell)
        self._discard = False
        self._refresh = QTimer(self, singleShot=True, interval=0)
        self._refresh.timeout.connect(self._refresh_now)
        self._connect()
        self._restore()
        centre.installEventFilter(self)
        self.canvas.setFocus()

    # -- what menus ask for

    def show_log(self) -> None:
        self.docks.show("log")

    def toggle_theme(self) -> None:
        mode: Mode = "light" if self.parts.theme.dark else "dark"
        self.parts.settings.theme = mode
        self.parts.theme.set_mode(mode)

    def reset_layout(self) -> None:
        """All panels in their places, sized for the window as it is."""
        self.docks.reset()

    def paint_view(self, painter: QPainter, rect: QRectF) -> None:
        """The whole tree as it is shown, for files, paper and the clipboard."""
        self.canvas.settle()
        self.canvas.paint_tree(painter, rect)

    def paint_on_paper(self, painter: QPainter, rect: QRectF) -> None:
        """The same in light colours, whatever the window's are."""
        with self.parts.theme.on_paper():
            self.paint_view(painter, rect)

    # -- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.first_painted.emit)
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.parts.settings.geometry = self.saveGeometry()
        self.parts.settings.window_state = self.saveState(WINDOW_VERSION)
        self.parts.settings.save()
        self.hide()  # at once: ending the engine may take a moment
        for reader in self._readers:
            reader.close()
        if self.parts.sessions.close(self._discard):
            event.accept()
            return
        event.ignore()
        self.show()
        words = tr("The window stays open so that nothing is lost.")
        self.banner.say(Notice(words, buttons=((tr("Close anyway"), self._close_anyway),)))

    # -- building

    def _make_centre(self) -> QWidget:
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (TopStrips(self.banner, self.welcome_page), self.breadcrumbs, self.find_bar):
            layout.addWidget(widget)
        layout.addWidget(self.canvas, 1)
        return centre

    def _declare_actions(self) -> None:
        parts, timeline = self.parts, self.panels["timeline"]
        assert isinstance(timeline, TimelinePanel)
        actions = self.actions_
        output = ViewOutput(self, self.paint_view, self.paint_on_paper, parts.sessions, self.banner.say)
        exports = RunExport(parts.sessions, parts.settings, self.banner.say, self)
        labels = LabelExport(parts.sessions, self.banner.say, self)
        self._readers = (parts.imports, parts.finder, exports, labels)
        actions.add(file_actions(parts.sessions, parts.traces, self.dialogs, output, exports, labels.ask,
                                 self._close_later))  # fmt: skip
        actions.add(edit_actions(parts.edits, parts.shown, self.dialogs))
        actions.add(copy_actions(Clipboard(parts.shown, output.image), lambda: self._copy_menu.ask()))
        self._copy_menu = PickMenu(tr("Copy as"), actions, FORMATS, self)
        actions.add(view_actions(self.canvas, self.navigator, self.motion))
        actions.add(history_actions(self.navigator))
        actions.add(tree_actions(self.navigator))
        actions.add(find_actions(self.navigator, self.find_bar, self.dialogs))
        actions.add(timeline_actions(parts.shown, timeline))
        actions.add(search_actions(parts.runs, parts.sessions, parts.going_on, self._run_again, self.dialogs))
        actions.add(engine_actions(parts.runs, parts.verbs, self.dialogs, self._show_tokens))
        actions.add(probe_actions(parts.probing, self.dialogs))
        actions.add(score_actions(parts.scoring, parts.shown, self.dialogs))
        actions.add(window_actions(self.docks, self.docks.show_with_room, self.reset_layout, self.toggle_theme,
                                   lambda: self.dialogs.preferences(actions)))  # fmt: skip
        desktop = desktop_actions(MenuEntry(self.banner.say, self), is_frozen())
        actions.add(help_actions(self.dialogs, actions, self.find_box.open, self.reception.welcome,
                                 self.reception.take_tour, desktop))  # fmt: skip
        actions.add(find_box_actions(self.find_box.open))
        for panel in self.panels.values():
            if isinstance(panel, PanelWidget):
                actions.add(panel.own_actions())
        for view in (self.canvas, *self.panels.values()):
            actions.attach_view_keys(view)
        actions.attach_tree_keys(self.canvas)
        actions.restore(parts.settings.keys)
        actions.keys_changed.connect(self._keep_keys)

    def _connect(self) -> None:
        parts, votes, outline, runs = self.parts, self.panels["votes"], self.panels["outline"], self.panels["runs"]
        assert isinstance(outline, OutlinePanel)
        assert isinstance(runs, RunsPanel)
        runs.view.customContextMenuRequested.connect(runs.choose_at)
        self.run_menu.attach(runs.view)
        for view in (self.canvas, outline.view):
            self.node_menu.attach(view)
        assert isinstance(votes, VotesPanel)
        votes.advice_wanted.connect(self.dialogs.advice)
        self._tokens().why_not = parts.verbs.why_not_reroll
        self._tokens().reroll_wanted.connect(parts.verbs.reroll)
        lab, thought = self.panels["formula_lab"], self.panels["thought"]
        assert isinstance(lab, FormulaLabPanel)
        assert isinstance(thought, ThoughtPanel)
        lab.run_wanted.connect(self.dialogs.new_run)
        thought.run_wanted.connect(self.dialogs.new_run)
        parts.traces.kept.connect(lambda _: thought.show_here())
        probes = self.panels["probes"]
        assert isinstance(probes, ProbesPanel)
        probes.form_wanted.connect(self.dialogs.probe)
        desk = self.panels["desk"]
        assert isinstance(desk, DeskPanel)
        desk.scoring_wanted.connect(self.dialogs.scorer)
        self.canvas.space_tapped.connect(lambda: self.actions_.trigger("run.run_or_pause"))
        for speaker in (parts.runs, parts.sessions, parts.traces, parts.imports, parts.scoring):
            speaker.notice.connect(self.banner.say)
            speaker.notice_over.connect(self.banner.close_notice)
        parts.sessions.started.connect(self.toolbar.show_search)
        parts.runs.log_wanted.connect(self.show_log)
        parts.runs.new_run_wanted.connect(self.dialogs.new_run)
        parts.sessions.save_as_wanted.connect(self.dialogs.save_as)
        for signal in (
            parts.runs.changed, parts.sessions.changed, parts.shown.run_changed, parts.shown.cursor_moved,
            parts.shown.selection_changed, parts.scoring.changed,
        ):  # fmt: skip
            signal.connect(lambda *_: self._soon())
        for dock in self.docks.values():
            dock.visibilityChanged.connect(lambda _: self._soon())

    def _restore(self) -> None:
        geometry, state = self.parts.settings.geometry, self.parts.settings.window_state
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(SIZE.boundedTo(self.screen().availableSize().shrunkBy(FRAME)))
        if state is None or not self.docks.restore(state, WINDOW_VERSION):
            self.reset_layout()

    # -- small things

    def _show_tokens(self) -> None:
        self.docks.show("inspector")
        self._tokens().setFocus()

    def _tokens(self) -> TokenHeat:
        inspector = self.panels["inspector"]
        assert isinstance(inspector, InspectorPanel)
        return inspector.tokens

    def _soon(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start()

    def _refresh_now(self) -> None:
        began = perf_counter()
        self.actions_.refresh()
        rest = round(REST * 1000 * (perf_counter() - began))
        self._refresh.setInterval(max(rest, RACING_MS) if self.parts.shown.racing else rest)
        self.setWindowTitle(f"{self.parts.sessions.name} — Espalier" if self.parts.sessions.name else "Espalier")

    def _animate(self, wanted: bool) -> None:
        for canvas in self.findChildren(TreeCanvas):
            canvas.animations = wanted

    def _keep_keys(self) -> None:
        self.parts.settings.keys = self.actions_.chosen()

    def _run_again(self) -> None:
        self.parts.sessions.run_again(str(self.toolbar.search.currentData()))

    def _close_later(self) -> None:
        QTimer.singleShot(0, self.close)

    def _close_anyway(self) -> None:
        self._discard = True
        self.close()
