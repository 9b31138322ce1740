"""The timeline: the log of the run on screen as lanes, and every way to move the cursor through it. Knows no tree.

A long log is read in pieces, see `app.models.reading`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from app.commands import TIMELINE, Action
from app.language import tr
from app.mark_shapes import Mark
from app.models.reading import Reader
from app.models.shown_run import ShownRun
from app.panels.event_lines import happened
from app.panels.lane_map import Scene
from app.panels.lane_view import LaneView
from app.panels.panel import PanelWidget
from app.panels.phase_log import NO_PHASE, PhaseLog
from app.panels.seeker import FIRST, Seeker
from app.panels.transport import SPEEDS, TransportBar
from app.theme import Theme
from app.words.nothing import why_no_tree
from engine.breakpoints import Hit
from engine.events import PHASES, NodeId
from engine.frames import Status


class TimelinePanel(PanelWidget):
    """Transport buttons, phase lanes and scrubber."""

    preferred_size = QSize(640, 140)

    def __init__(self, shown: ShownRun, theme: Theme) -> None:
        super().__init__(shown, theme)
        self.log = PhaseLog()
        self._reader = Reader(shown, lambda: len(self.log), lambda records: self.log.extend(records), self)
        self.seeker = Seeker(shown, self)
        self.lanes = LaneView(theme, self.log)
        self.bar = TransportBar(theme, self)
        self._stops: list[int] = []
        self._hit: Hit | None = None
        column = QVBoxLayout(self.content)
        column.setContentsMargins(6, 4, 6, 4)
        column.addWidget(self.bar)
        column.addWidget(self.lanes, 1)
        shown.run_changed.connect(self._start_over)
        for signal in (shown.cursor_moved, shown.live_changed, shown.remarked, shown.time_range.changed):
            signal.connect(self.mark_stale)
        shown.status_changed.connect(self._take_status)
        self._reader.caught_up.connect(self.mark_stale)
        self.seeker.playing_changed.connect(lambda: self.bar.show_playing(self.playing))
        self.lanes.sought.connect(self._move)
        self.lanes.wheeled.connect(lambda notches: self._move(self.seeker.target + notches))
        self.lanes.ranged.connect(shown.time_range.set)
        self.bar.speed.currentIndexChanged.connect(self._take_speed)
        self.bar.scale.currentIndexChanged.connect(self._take_scale)

    # for actions and buttons

    def first(self) -> None:
        self._move(FIRST)

    def previous_event(self) -> None:
        self._move(self.seeker.target - 1)

    def next_event(self) -> None:
        self._move(self.seeker.target + 1)

    def previous_phase(self) -> None:
        """To the end of the phase before, or to the first event."""
        self._move(self._read_all().phase_end_before(self.seeker.target) or FIRST)

    def next_phase(self) -> None:
        """To the next end of a phase, or to the last event."""
        self._move(self._read_all().phase_end_after(self.seeker.target) or self.shown.total)

    def previous_iteration(self) -> None:
        """To the end of the iteration before, or to the first event."""
        self._move(self._read_all().end_before(self.seeker.target) or FIRST)

    def next_iteration(self) -> None:
        """To the next end of an iteration, or to the last event."""
        self._move(self._read_all().end_after(self.seeker.target) or self.shown.total)

    def last(self) -> None:
        self._move(self.shown.total)

    def go_live(self) -> None:
        """To the last event, and on with whatever comes."""
        self.seeker.go_live()
        self.mark_stale()

    def toggle_play(self) -> None:
        """Play the log from the cursor, or stop playing."""
        if self.playing:
            self.seeker.pause()
        else:
            self.seeker.play()

    @property
    def playing(self) -> bool:
        return self.seeker.playing

    def slower(self) -> None:
        self.bar.speed.setCurrentIndex(max(0, self.bar.speed.currentIndex() - 1))

    def faster(self) -> None:
        self.bar.speed.setCurrentIndex(min(len(SPEEDS) - 1, self.bar.speed.currentIndex() + 1))

    def change_scale(self) -> None:
        """The time axis by event, or by time."""
        self.bar.scale.setCurrentIndex(1 - self.bar.scale.currentIndex())

    def clear_range(self) -> None:
        """Let the whole run count again in plots and tables."""
        self.shown.time_range.clear()

    def own_actions(self) -> Sequence[Action]:
        def some() -> bool:
            return self.shown.total > 0

        def at(name: str, title: str, help: str, act: Callable[[], None], *keys: str) -> Action:
            return Action(f"timeline.{name}", title, act, help, "Go", "", (), keys, enabled=some, submenu=TIMELINE)

        return (
            at("previous_phase", "Previous phase", "Go back to the end of a phase", self.previous_phase, "Alt+,"),
            at("next_phase", "Next phase", "Go on to the end of a phase", self.next_phase, "Alt+."),
            at("slower", "Play slower", "Play fewer events a second", self.slower, "["),
            at("faster", "Play faster", "Play more events a second", self.faster, "]"),
            at("zoom_in", "Zoom into the timeline", "Show less around the cursor", lambda: self.lanes.zoom(2)),
            at("zoom_out", "Zoom out of the timeline", "Show more of the run", lambda: self.lanes.zoom(-2)),
            at("scale", "Timeline by event or by time", "Change the scale of the time axis", self.change_scale),
            at("whole", "Whole run in the timeline", "Show the run from end to end", self.lanes.show_all),
            Action("timeline.clear_range", "Clear the time range", self.clear_range,
                   "Let the whole run count again in plots and tables", "Go",
                   enabled=lambda: self.shown.time_range.ends is not None, submenu=TIMELINE),
        )  # fmt: skip

    # showing

    def refresh(self) -> None:
        self._read()
        cursor, total = self.shown.cursor, self.shown.total
        scene = Scene(cursor, self.shown.time_range.ends, self._marks(), self._tell)
        self.lanes.show_log(self.log, scene)
        words = tr("event {event} / {total} · iteration {iteration}").format(
            event=f"{cursor:,}", total=f"{total:,}", iteration=f"{self.log.iteration_at(cursor):,}"
        )
        phase = self.log.phase_at(cursor)
        in_full = words if phase == NO_PHASE else f"{words} · {tr(PHASES[phase])}"
        self.bar.where.show_words(in_full, words, f"{cursor:,} / {total:,}")
        self.bar.show_range(self._range_words())
        self.bar.show_live(self.shown.live)
        if self.shown.is_awaited:
            self.say(tr("The run is being read…"))
        else:
            self.say("" if total else why_no_tree(self.shown))

    def restyle(self) -> None:
        self.bar.restyle()
        self.lanes.updateGeometry()
        super().restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[str, Callable[[], None]] = {
            ",": self.previous_event,
            ".": self.next_event,
            "<": self.previous_iteration,
            ">": self.next_iteration,
            "[": self.slower,
            "]": self.faster,
            "+": lambda: self.lanes.zoom(1),
            "-": lambda: self.lanes.zoom(-1),
            "L": self.go_live,
        }
        special: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Left: self.previous_event,
            Qt.Key.Key_Right: self.next_event,
            Qt.Key.Key_Home: self.first,
            Qt.Key.Key_End: self.last,
        }
        act = keys.get(event.text()) or special.get(event.key())
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _marks(self) -> dict[Mark, npt.NDArray[np.int32]]:
        """Cursors of all marks: bookmarks and notes stand where their nodes were born."""
        log, remarks = self.log, self.shown.remarks
        chosen = log.chosen_at
        return {
            Mark.CHOSEN: _cursors([] if chosen is None else [chosen]),
            Mark.BOOKMARK: self._births(remarks.bookmarks),
            Mark.NOTE: self._births(remarks.notes),
            Mark.EDIT: log.edits,
            Mark.STOP: _cursors(self._stops),
            Mark.ANSWER: log.answers,
        }

    def _births(self, nodes: Iterable[NodeId]) -> npt.NDArray[np.int32]:
        return _cursors(sorted(birth for node in nodes if (birth := self.log.birth(node)) is not None))

    def _tell(self, cursor: int) -> str:
        return happened(self.shown.records[cursor - 1].event) if 0 < cursor <= self.shown.total else ""

    def _range_words(self) -> str:
        ends = self.shown.time_range.ends
        if ends is None:
            return ""
        first, last = (self.log.iteration_at(cursor) for cursor in ends)
        if first == last:
            return tr("range: events {first}–{last}").format(first=f"{ends[0]:,}", last=f"{ends[1]:,}")
        return tr("range: iterations {first}–{last}").format(first=f"{first:,}", last=f"{last:,}")

    def _read(self) -> None:
        """Take in events that came; a log that got shorter (its end did not fit the tree) is read anew."""
        if len(self.log) > self.shown.total:
            self.log = PhaseLog()
        self._reader.read()

    def _read_all(self) -> PhaseLog:
        self._reader.read_all()
        return self.log

    def _take_status(self, status: Status | None) -> None:
        """Remember where a breakpoint was hit: the log does not say, and it is of interest while one looks."""
        hit = None if status is None else status.hit
        if hit is not None and hit != self._hit:
            self._stops.append(self.shown.total)
            self.mark_stale()
        self._hit = hit

    def _start_over(self) -> None:
        self.log, self._stops, self._hit = PhaseLog(), [], None
        self.lanes.show_all()
        self.mark_stale()

    def _move(self, cursor: int) -> None:
        self.seeker.move(cursor)
        self.mark_stale()

    def _take_speed(self) -> None:
        self.seeker.speed = float(self.bar.speed.currentData())

    def _take_scale(self) -> None:
        self.lanes.axis.set_scale(self.bar.scale.currentData())
        self.lanes.update()


def _cursors(cursors: Sequence[int]) -> npt.NDArray[np.int32]:
    return np.array(cursors, np.int32)
