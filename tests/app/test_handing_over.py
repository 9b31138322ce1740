"""A long log goes to the engine in parcels: the window hears how far it is, can give up, and never piles them up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app import handing_over
from app.banner import Notice
from app.handing_over import AHEAD, HandingOver
from app.main_window import MainWindow
from engine import parcels
from engine.commands import AnyCommand, ReadOn, ResumeRun
from engine.frames import Reply
from engine.tree import fold
from storage.session import Session
from tests.app.conftest import WAIT, MakeWindow
from tests.app.test_going_on import session_of
from tests.helpers.running import plan, run_log

WISH = plan(simulations=20, width=3)
LOG = run_log(WISH)
CUT = 60


@pytest.fixture(autouse=True)
def _long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every log is long, and everything takes long."""
    monkeypatch.setattr(parcels, "MOST_EVENTS", 5)
    monkeypatch.setattr(handing_over, "QUICK", 0.0)
    monkeypatch.setattr(handing_over, "PAUSE", 0.0)


class Ends:
    """Both ends of the pipe: what was sent, to be answered at will."""

    def __init__(self) -> None:
        self.sent: list[tuple[AnyCommand, Any]] = []
        self.said: list[str] = []
        self.over: list[str] = []
        self.given_up = 0

    def send(self, command: AnyCommand, done: Any = None) -> int:
        self.sent.append((command, done))
        return len(self.sent)

    def answer(self, number: int, error: str = "") -> None:
        self.sent[number][1](Reply(number, error=error))

    def say(self, notice: Notice) -> None:
        self.said.append(notice.text)

    def give_up(self) -> None:
        self.given_up += 1


@pytest.fixture
def ends() -> Ends:
    return Ends()


@pytest.fixture
def handing(ends: Ends) -> HandingOver:
    return HandingOver(ends, ends.give_up, ends.say, ends.over.append)  # type: ignore[arg-type] # it only sends


def test_the_next_parcel_goes_when_one_was_read(ends: Ends, handing: HandingOver) -> None:
    replies: list[Reply] = []
    handing.begin(ResumeRun(1, WISH, LOG[:23]), replies.append)
    assert [type(command) for command, _ in ends.sent] == [ResumeRun, *[ReadOn] * AHEAD]
    ends.answer(1)
    assert len(ends.sent) == 2 + AHEAD
    assert not ends.over
    for number in range(2, 5):
        ends.answer(number)
    assert len(ends.sent) == 5, "there are no more"
    assert ends.over == [handing_over.KEY]
    assert ends.said[1] == "The engine reads what run 1 has done: 10 of 23 events…"
    assert not replies
    ends.answer(0, "It ended.")
    assert [reply.error for reply in replies] == ["It ended."]
    assert ends.over == [handing_over.KEY], "said once"


def test_nothing_more_is_sent_to_an_engine_that_refused_or_died(ends: Ends, handing: HandingOver) -> None:
    replies: list[Reply] = []
    handing.begin(ResumeRun(1, WISH, LOG), replies.append)
    ends.answer(0, "It makes no sense.")
    assert ends.over == [handing_over.KEY]
    for number in range(1, 1 + AHEAD):
        ends.answer(number, "The engine was ended.")
    assert len(ends.sent) == 1 + AHEAD
    handing.begin(ResumeRun(2, WISH, LOG), replies.append)
    sent = len(ends.sent)
    ends.answer(1)
    assert len(ends.sent) == sent, "what is said of the former says nothing of this one"


def test_a_parcel_that_cannot_be_sent_is_said_and_ends_it(ends: Ends, handing: HandingOver) -> None:
    handing.begin(ResumeRun(1, WISH, LOG), lambda _reply: None)
    ends.answer(1, "This is too much for the engine: a frame of 65 MB is too large for the pipe.")
    assert ends.said[-1].startswith("This is too much for the engine")
    assert ends.given_up == 1
    ends.answer(2)
    assert len(ends.sent) == 1 + AHEAD, "what comes behind it makes no sense"


@pytest.mark.parametrize("end", ["handed over", "refused"])
def test_a_run_under_way_holds_its_log_no_longer(ends: Ends, handing: HandingOver, end: str) -> None:
    records = tuple(LOG[:23])
    before = sys.getrefcount(records)
    handing.begin(ResumeRun(1, WISH, records), lambda _reply: None)
    assert sys.getrefcount(records) > before
    if end == "refused":
        ends.answer(0, "It makes no sense.")
    else:
        for number in range(1, 5):
            ends.answer(number)
    assert sys.getrefcount(records) == before


def go_on(window: MainWindow) -> None:
    assert window.parts.sessions.can_go_on()
    window.actions_.trigger("run.run")


def test_a_run_goes_on_from_many_parcels(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_of(tmp_path / "one.espalier", WISH, CUT))
    shown = window.parts.shown
    go_on(window)
    qtbot.waitUntil(lambda: shown.tree.finished is not None, timeout=WAIT)
    assert fold(shown.records).nodes == fold(LOG).nodes
    qtbot.waitUntil(lambda: not any("reads what run" in text for text in window.banner.texts), timeout=WAIT)


def test_handing_over_can_be_cancelled_and_leaves_no_event(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    path = tmp_path / "one.espalier"
    window = make(session_of(path, WISH, CUT))
    runs, shown = window.parts.runs, window.parts.shown
    notices: list[Notice] = []
    runs.notice.connect(notices.append)
    go_on(window)
    cancel = next(press for notice in notices for title, press in notice.buttons if title == "Cancel")
    cancel()
    assert runs.state == "stopping"
    qtbot.waitUntil(lambda: runs.active is None, timeout=WAIT)
    assert runs.engine_lives
    assert shown.total == CUT
    with Session.look(path) as session:
        assert session.info(1).events == CUT
    go_on(window)
    qtbot.waitUntil(lambda: shown.tree.finished is not None, timeout=WAIT)


def test_a_step_that_was_wished_for_meanwhile_is_made(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_of(tmp_path / "one.espalier", WISH, CUT))
    runs, shown = window.parts.runs, window.parts.shown
    done = shown.tree.iterations_done
    window.actions_.trigger("run.step_iteration")
    qtbot.waitUntil(lambda: shown.tree.iterations_done == done + 1, timeout=WAIT)
    qtbot.waitUntil(lambda: runs.state == "paused", timeout=WAIT)
