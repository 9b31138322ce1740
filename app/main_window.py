"""The main window: puts the tree, the panels, menus and strips together and connects them. Decides nothing itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from app.banner import Banner, Notice
from app.breadcrumbs import BreadcrumbBar
from app.canvas.canvas import TreeCanvas
from app.commands import Actions
from app.commands.edit import edit_actions
from app.commands.engine import engine_actions
from app.commands.file import file_actions
from app.commands.go import timeline_actions
from app.commands.help import help_actions
from app.commands.search import search_actions
from app.commands.view import view_actions
from app.commands.window import window_actions
from app.docks import Docks
from app.menus import MainToolBar, NodeMenu, fill_menu_bar
from app.panels import OutlinePanel, TimelinePanel, VotesPanel
from app.panels.panel import PanelWidget
from app.parts import Parts
from app.settings import WINDOW_VERSION
from app.status_bar import RunStatusBar
from app.theme import Mode, app_icon
from app.tree_edits import TreeEdits
from app.window_dialogs import WindowDialogs
from storage.session import SUFFIX

SIZE = QSize(1440, 900)

WELCOME = (
    "Welcome. A small language model looks for a way to make 24 from 4, 9, 10 and 13; each card is a step it wrote. "
    "Space pauses it, F10 does one phase. Click a card for its numbers; drag the timeline to look back."
)


class MainWindow(QMainWindow):
    """One window, one session."""

    first_painted = Signal()
    """Once, after the window could be seen for the first time: heavy things may begin."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.parts = parts
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.canvas = TreeCanvas(parts.shown, parts.theme)
        self.banner = Banner(parts.theme)
        self.breadcrumbs = BreadcrumbBar(parts.shown, parts.theme)
        centre = self._make_centre()
        self.setCentralWidget(centre)
        self.docks = Docks(self, parts)
        self.panels = self.docks.panels
        self.dialogs = WindowDialogs(
            self, parts.theme, parts.shown, parts.runs, parts.sessions, lambda: str(self.toolbar.search.currentData())
        )
        self.actions_ = Actions(parts.theme, self)
        self._declare_actions()
        self.toolbar = MainToolBar(self.actions_, parts.sessions.next_plan().search, self)
        self.addToolBar(self.toolbar)
        self.node_menu = NodeMenu(self.actions_, self)
        fill_menu_bar(self, self.actions_, lambda: parts.settings.recent_files, parts.sessions.open)
        self.setStatusBar(RunStatusBar(parts.shown, parts.runs, parts.theme))
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

    def welcome(self) -> None:
        """Say what is going on in the first search."""
        self.banner.say(Notice(WELCOME, "hint", (("Got it", lambda: None),), key="welcome"))

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
        if self.parts.sessions.close(self._discard):
            event.accept()
            return
        event.ignore()
        self.show()
        self.banner.say(
            Notice("The window stays open so that nothing is lost.", buttons=(("Close anyway", self._close_anyway),))
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if (path := self._dropped_file(event)) is not None:
            event.acceptProposedAction()
            self.parts.sessions.open(path)

    # -- building

    def _make_centre(self) -> QWidget:
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.banner, self.breadcrumbs):
            layout.addWidget(widget)
        layout.addWidget(self.canvas, 1)
        return centre

    def _declare_actions(self) -> None:
        parts, timeline = self.parts, self.panels["timeline"]
        assert isinstance(timeline, TimelinePanel)
        actions = self.actions_
        actions.add(file_actions(parts.sessions, self.dialogs, self._close_later))
        edits = TreeEdits(parts.shown, parts.runs, parts.sessions)
        actions.add(edit_actions(edits, self.dialogs))
        actions.add(view_actions(self.canvas))
        actions.add(timeline_actions(parts.shown, timeline))
        actions.add(search_actions(parts.runs, parts.sessions, self._run_again, self.dialogs.advice))
        actions.add(engine_actions(parts.runs))
        actions.add(window_actions(list(self.docks.items()), self.reset_layout, self.toggle_theme))
        actions.add(help_actions(self.dialogs, actions))
        for panel in self.panels.values():
            if isinstance(panel, PanelWidget):
                actions.add(panel.own_actions())
        for view in (self.canvas, *self.panels.values()):
            actions.attach_view_keys(view)
        actions.attach_tree_keys(self.canvas)

    def _connect(self) -> None:
        parts, votes, outline = self.parts, self.panels["votes"], self.panels["outline"]
        assert isinstance(outline, OutlinePanel)
        for view in (self.canvas, outline.view):
            self.node_menu.attach(view)
        assert isinstance(votes, VotesPanel)
        votes.advice_wanted.connect(self.dialogs.advice)
        self.canvas.space_tapped.connect(lambda: self.actions_.trigger("run.run_or_pause"))
        for speaker in (parts.runs, parts.sessions):
            speaker.notice.connect(self.banner.say)
            speaker.notice_over.connect(self.banner.close_notice)
        parts.sessions.started.connect(self.toolbar.show_search)
        parts.runs.log_wanted.connect(self.show_log)
        parts.sessions.save_as_wanted.connect(self.dialogs.save_as)
        for signal in (
            parts.runs.changed, parts.sessions.changed, parts.shown.run_changed, parts.shown.cursor_moved,
            parts.shown.selection_changed,
        ):  # fmt: skip
            signal.connect(lambda *_: self._soon())
        for dock in self.docks.values():
            dock.visibilityChanged.connect(lambda _: self._soon())

    def _restore(self) -> None:
        geometry, state = self.parts.settings.geometry, self.parts.settings.window_state
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(SIZE.boundedTo(self.screen().availableSize()))
        if state is None or not self.restoreState(state, WINDOW_VERSION):
            self.reset_layout()

    # -- small things

    def _soon(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start()

    def _refresh_now(self) -> None:
        self.actions_.refresh()
        self.setWindowTitle(f"{self.parts.sessions.name} — Espalier" if self.parts.sessions.name else "Espalier")

    def _run_again(self) -> None:
        self.parts.sessions.run_again(str(self.toolbar.search.currentData()))

    def _close_later(self) -> None:
        QTimer.singleShot(0, self.close)

    def _close_anyway(self) -> None:
        self._discard = True
        self.close()

    def _dropped_file(self, event: QDropEvent) -> Path | None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        return next((path for path in paths if path.suffix == SUFFIX), None)
