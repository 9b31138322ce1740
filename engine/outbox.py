"""What the engine has to say, gathered into frames: events in order, live text at most once a display frame."""

from __future__ import annotations

from collections.abc import Callable

from engine.events import NodeId, Record
from engine.frames import Branch, Frame, Records, Writing, encode_frame

FRAME_SECONDS = 0.016
SHORT_WAIT = 0.004
"""Seconds that an event may wait for others, where nobody can tell whether a long model call comes next."""
WRITING_SECONDS = 0.033
MAX_RECORDS = 64
"""Events of one frame at most, so that the window can stop decoding in time for its next display frame."""
WINDOW = 768
"""Events that may be under way to an app that acknowledges them."""


class Outbox:
    """Gathers records; `flush` writes them. `write` takes bytes and may block: that is the back pressure.

    `timer` gives seconds; only differences count.
    """

    def __init__(self, write: Callable[[bytes], None], timer: Callable[[], float]) -> None:
        self._write = write
        self._timer = timer
        self._records: list[Record] = []
        self._flushed = timer()
        self._texts: dict[tuple[int, NodeId, int], str] = {}
        self._texts_sent = timer()
        self._ahead: int | None = None

    @property
    def full(self) -> bool:
        """Whether the app has to work off events before there may be more."""
        return self._ahead is not None and self._ahead >= WINDOW

    def acknowledge(self, events: int) -> None:
        """The app has worked off so many; from the first time on they are counted."""
        self._ahead = max(0, (self._ahead or 0) - events)

    def record(self, record: Record) -> None:
        """Keep an event for the next frame. It ends what was being written for its run."""
        self._records.append(record)
        if self._ahead is not None:
            self._ahead += 1
        self._texts = {key: text for key, text in self._texts.items() if key[0] != record.run}
        if len(self._records) >= MAX_RECORDS or self._timer() - self._flushed >= FRAME_SECONDS:
            self.flush()

    def writing(self, run: int, parent: NodeId, index: int, text: str) -> None:
        """Text under way; only the latest of each branch is sent.

        A new branch waits for its siblings, which speak in the same decode step: they get their places together.
        """
        is_new = (run, parent, index) not in self._texts
        self._texts[run, parent, index] = text
        if not is_new and self._timer() - self._texts_sent >= WRITING_SECONDS:
            self._send_texts()

    def send(self, frame: Frame) -> None:
        """A frame, after all events so far."""
        self.flush()
        self._write(encode_frame(frame))

    def flush_in_time(self) -> None:
        """Write the events that wait, unless some were written a moment ago: a frame for each event costs both ends
        more than the events."""
        if self._timer() - self._flushed >= SHORT_WAIT:
            self.flush()

    def flush(self) -> None:
        """Write all events that wait."""
        if self._records:
            waiting, self._records = self._records, []
            self._write(encode_frame(Records(tuple(waiting))))
        self._flushed = self._timer()

    def _send_texts(self) -> None:
        self.flush()
        self._texts_sent = self._timer()
        for run in {key[0] for key in self._texts}:
            branches = tuple(
                Branch(node, index, text) for (owner, node, index), text in self._texts.items() if owner == run
            )
            self._write(encode_frame(Writing(run, branches)))
