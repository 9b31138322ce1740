"""The status bar: time left, numbers that give way in a narrow window, and whether anything leaves the machine."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.models.shown_run import ShownRun
from app.run_controller import RunController
from app.strips.status_bar import RunStatusBar
from app.theme import Theme
from engine.events import Record, RunStarted
from engine.frames import Status
from engine.tree import fold
from tests.app.conftest import engine_of
from tests.helpers.running import plan, run_log


class Bar:
    """A status bar, its run, and a clock that is set by hand."""

    def __init__(self, qtbot: QtBot) -> None:
        self.now = 0.0
        self.shown = ShownRun()
        self.runs = RunController(engine_of("-c", ""), self.shown)
        self.bar = RunStatusBar(self.shown, self.runs, Theme("dark"), clock=lambda: self.now)
        qtbot.addWidget(self.bar)
        self.bar.resize(1400, 28)
        self.bar.show()

    def show(self, records: tuple[Record, ...]) -> None:
        self.shown.show(1, records)
        self.shown.set_status(
            Status(1, "running", tokens_per_second=37.2, memory_mb=812, cache_hit=0.5, first_token_seconds=0.0421)
        )
        self.bar.refresh()


@pytest.fixture
def bar(qtbot: QtBot) -> Bar:
    return Bar(qtbot)


def log() -> tuple[Record, ...]:
    return run_log(plan(simulations=8))


def test_all_numbers_are_there_with_what_they_mean(bar: Bar) -> None:
    bar.show(log())
    numbers = bar.bar.texts()[1]
    for words in ("nodes · depth", "37 tok/s", "first token 42 ms", "engine 812 MB + app ", "cache hit 50%", "seed 0"):
        assert words in numbers
        assert words in bar.bar._numbers.toolTip()
    assert "app 0 MB" not in numbers


def test_in_a_narrow_window_the_least_important_go_first(bar: Bar) -> None:
    bar.show(log())
    kept = [bar.bar.texts()[1]]
    for width in (900, 700, 500, 300):
        bar.bar.resize(width, 28)
        bar.bar.refresh()
        kept.append(bar.bar.texts()[1])
    assert [len(words) for words in kept] == sorted((len(words) for words in kept), reverse=True)
    assert "first token" not in kept[2]
    assert "nodes" in kept[2]
    assert "first token 42 ms" in bar.bar._numbers.toolTip()
    assert bar.bar.minimumSizeHint().width() < 400


def test_the_bar_is_as_high_in_a_run_as_before_it(bar: Bar) -> None:
    idle = bar.bar.minimumSizeHint().height()
    bar.runs.active, bar.runs.state = 1, "running"
    bar.bar.refresh()
    assert bar.bar._cancel.isVisible()
    assert bar.bar.minimumSizeHint().height() == idle


def test_time_left_comes_from_the_pace_and_goes_with_it(bar: Bar) -> None:
    records = log()
    bar.show(records[:1])
    bar.runs.active, bar.runs.state = 1, "running"
    for progress in (0.1, 0.2, 0.3):
        bar.now += 10
        bar.shown.set_status(Status(1, "running", progress=progress))
        bar.bar.refresh()
    assert bar.bar._left.text() == "1:10 left"
    assert bar.bar._left.isVisible()
    bar.runs.state = "paused"
    bar.bar.refresh()
    assert not bar.bar._left.isVisible()
    bar.runs.active, bar.runs.state = None, "idle"


def test_a_run_that_is_not_on_screen_has_its_own_progress(bar: Bar) -> None:
    bar.show(log())
    bar.runs.active, bar.runs.state, bar.runs.status = 2, "running", Status(2, "running", progress=0.4)
    bar.bar.refresh()
    assert bar.bar.texts()[0] == "● run 2: running"
    assert bar.bar._bar.format() == "40%"
    assert bar.bar._bar.value() == 400
    bar.runs.active, bar.runs.state = None, "idle"


def test_work_beyond_the_plan_has_no_end_that_could_be_told(bar: Bar) -> None:
    """A step searched deeper after the run was done: not `iteration 9 / 4`, nor a negative time."""
    records = log()
    started = records[0].event
    assert isinstance(started, RunStarted)
    done = fold(records).iterations_done
    few = replace(started, settings={**started.settings, "simulations": done - 1})
    bar.show((replace(records[0], event=few), *records[1:]))
    bar.runs.active, bar.runs.state = 1, "running"
    for progress in (0.9, 1.0, 1.2):
        bar.now += 10
        bar.shown.set_status(Status(1, "running", progress=progress))
        bar.bar.refresh()
    assert bar.bar._bar.format() == f"iteration {done}"
    assert bar.bar._bar.value() == 1000
    assert not bar.bar._left.isVisible()
    bar.runs.active, bar.runs.state = None, "idle"


def test_a_local_run_says_so_quietly_and_a_server_loudly(bar: Bar) -> None:
    assert not bar.bar.network.isVisible()
    records = log()
    bar.show(records)
    assert bar.bar.network.text() == "● local only"
    assert "background" not in bar.bar.network.styleSheet()
    started = records[0].event
    assert isinstance(started, RunStarted)
    away = replace(started, policy="http://gpu.example:8000/v1")
    bar.show((replace(records[0], event=away), *records[1:]))
    assert bar.bar.network.text() == "network: gpu.example"
    assert "gpu.example" in bar.bar.network.toolTip()
    assert Theme("dark").palette.bad.name() in bar.bar.network.styleSheet()


def test_a_sentence_of_the_moment_takes_the_place_of_the_state(bar: Bar) -> None:
    bar.show(log()[:1])
    bar.runs.active, bar.runs.state = 1, "running"
    bar.bar.refresh()
    assert bar.bar._bar.isVisible()
    bar.bar.tell("Select a step first.")
    bar.bar.refresh()  # the run goes on meanwhile
    assert bar.bar.currentMessage() == "Select a step first."
    assert not bar.bar._bar.isVisible()
    bar.bar.clearMessage()
    assert bar.bar._bar.isVisible()
    bar.runs.active, bar.runs.state = None, "idle"
