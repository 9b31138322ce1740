"""What is sent when: branches of one decode step together, events a few at a time, and not too many unread ones."""

from __future__ import annotations

from engine.events import IterationFinished, Record
from engine.frames import Records, Writing, frame_reader
from engine.outbox import SHORT_WAIT, WINDOW, WRITING_SECONDS, Outbox

EVENT = Record(1, 1, 0.0, IterationFinished(1))


class Pipe:
    """An outbox with a clock of our own, and what came out of it."""

    def __init__(self) -> None:
        self.now = 100.0
        self._reader = frame_reader()
        self.outbox = Outbox(self._reader.feed, lambda: self.now)

    def decode_step(self, text: str, branches: int = 3) -> None:
        for index in range(branches):
            self.outbox.writing(1, 0, index, text)

    def events(self) -> list[int]:
        """How many there were in every frame since the last time."""
        return [len(frame.records) for frame in self._reader.messages() if isinstance(frame, Records)]

    def texts(self) -> list[list[str]]:
        """Of every frame since the last time."""
        frames = list(self._reader.messages())
        return [[branch.text for branch in frame.branches] for frame in frames if isinstance(frame, Writing)]


def test_siblings_appear_together() -> None:
    pipe = Pipe()
    pipe.now += 1
    pipe.decode_step("1")
    assert pipe.texts() == []
    pipe.decode_step("13")
    assert pipe.texts() == [["13", "1", "1"]]


def test_texts_come_once_a_display_frame() -> None:
    pipe = Pipe()
    for length in range(1, 41):
        pipe.now += WRITING_SECONDS / 10
        pipe.decode_step("x" * length)
    assert 3 <= len(pipe.texts()) <= 4


def test_events_wait_a_moment_for_others_and_no_longer() -> None:
    pipe = Pipe()
    pipe.outbox.flush()
    pipe.outbox.record(EVENT)
    pipe.outbox.flush_in_time()
    assert pipe.events() == []
    pipe.now += SHORT_WAIT
    pipe.outbox.record(EVENT)
    pipe.outbox.flush_in_time()
    assert pipe.events() == [2]


def room(pipe: Pipe) -> int:
    """Record events until the outbox is full; how many there were."""
    count = 0
    while not pipe.outbox.full:
        pipe.outbox.record(EVENT)
        count += 1
    return count


def test_who_acknowledges_is_never_far_behind() -> None:
    pipe = Pipe()
    pipe.outbox.acknowledge(0)
    assert room(pipe) == WINDOW
    pipe.outbox.acknowledge(3)
    assert room(pipe) == 3


def test_who_never_acknowledges_is_not_waited_for() -> None:
    pipe = Pipe()
    for _ in range(3 * WINDOW):
        pipe.outbox.record(EVENT)
    assert not pipe.outbox.full
    pipe.outbox.acknowledge(0)  # from now on they are counted
    pipe.outbox.acknowledge(3 * WINDOW)  # but these were not
    assert room(pipe) == WINDOW
