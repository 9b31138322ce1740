"""Probes in the window: asked for in the form, run beside the run on screen by a real engine, stopped, gone on with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.bootstrap import make_window, open_window
from app.dialogs.probe import ProbeForm
from app.main_window import MainWindow
from app.models.probe_cost import Pace
from app.models.probe_results import place_of
from app.panels import ProbesPanel
from app.panels.probes_list import FOUND, Key
from app.settings import Settings
from app.theme import Theme
from engine.commands import RunPlan
from engine.search import PROBES
from engine.search.probes.early_answering import EarlyAnswering
from engine.search.probes.forced_close import ForcedClose
from engine.search.probes.hint import BiasedHint
from tests.app.conftest import WAIT, engine_of
from tests.helpers.probed_session import THOUGHT, probed, with_thought
from tests.helpers.scripted_thinkers import Thinker

Open = Callable[..., MainWindow]


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication, settings: Settings, tmp_path: Path) -> Iterator[Open]:
    """A window on a session file, with an engine that thinks by script; `seconds` a call."""
    made: list[MainWindow] = []

    def window(path: Path, seconds: float = 0.0) -> MainWindow:
        engine = engine_of("-m", "tests.helpers.thinking_engine", str(seconds))
        one = make_window(qapp, settings, engine, tmp_path / "sessions")
        made.append(one)
        open_window(one, path)
        qtbot.waitUntil(lambda: one.parts.shown.run is not None, timeout=WAIT)
        one.docks.show("probes")
        return one

    yield window
    for one in made:
        one._discard = True
        one.close()
        one.deleteLater()


def panel_of(window: MainWindow) -> ProbesPanel:
    panel = window.panels["probes"]
    assert isinstance(panel, ProbesPanel)
    return panel


def ask(window: MainWindow, *names: str, **settings: object) -> None:
    """Start probes as a user does: tick them in the form, and press Start."""
    window.dialogs.probe(names)
    (form,) = window.findChildren(ProbeForm)
    for row in range(form.list.count()):
        item = form.list.item(row)
        if item.checkState() == Qt.CheckState.Checked:
            form.list.setCurrentRow(row)
            assert form.form is not None
            for name, value in settings.items():
                form.form.field(name).setValue(value)  # type: ignore[attr-defined] # a box for a number
    assert form.error() == ""
    form.begin.click()


def _found(panel: ProbesPanel, title: str) -> str:
    """What the list says of a probe."""
    (row,) = panel.list.findItems(title, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    return row.text(FOUND)


def ended(window: MainWindow) -> bool:
    return window.parts.runs.active is None and not window.parts.probing.waiting


def plans(window: MainWindow) -> list[RunPlan]:
    return [info.plan for info in window.parts.sessions.runs]


def test_a_probe_is_asked_for_and_found_without_moving_the_run_on_screen(
    opened: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    subject = with_thought(tmp_path / "a.espalier")
    window = opened(tmp_path / "a.espalier")
    shown, panel = window.parts.shown, panel_of(window)
    before = shown.total
    window.docks.show("prm_plot")
    height = window.docks["prm_plot"].height()
    ask(window, "early-answering", samples=3)
    qtbot.waitUntil(lambda: not window.docks["probes"].visibleRegion().isEmpty())  # what is found is looked for
    qtbot.waitUntil(lambda: window.docks["probes"].height() > height)
    qtbot.waitUntil(lambda: len(plans(window)) == 2 and ended(window), timeout=WAIT)
    assert (shown.run, shown.total) == (1, before)
    assert window.toolbar.search.currentData() == "mcts"
    plan = plans(window)[1]
    assert (plan.search, plan.settings["samples"], place_of(plan)) == ("early-answering", 3, subject.place)
    assert window.parts.sessions.next_plan().search == "mcts"  # a probe is not what Run runs next
    qtbot.waitUntil(lambda: len(panel.result.model.rows) == 5 and panel.result.plot is not None, timeout=WAIT)
    assert panel.list.key == Key("early-answering", 2)
    assert panel.result.figure.text().startswith("AOC: 0.")
    assert panel.result.verdict.text().startswith("The area over the curve (AOC) is ")
    assert "samples" in panel.result.counters.text()
    plot = panel.result.plot
    assert plot is not None
    assert len(plot.items.getPlotItem().listDataItems()) >= 2  # the curve and its control


def test_the_form_begins_with_a_probe_and_says_how_long_it_may_take(qtbot: QtBot, tmp_path: Path) -> None:
    subject = with_thought(tmp_path / "a.espalier")
    pace = Pace(7, subject.plan.policy, 0.5, alone=True)
    form = ProbeForm(subject, (), "", pace, Theme("dark"))
    qtbot.addWidget(form)
    assert form.kinds() == [PROBES[0]]
    assert form.begin.isEnabled()
    assert "at the pace of run 7. Or less" in form.cost.text()
    form.policy.setText("http://localhost:1/v1#another")
    assert "pace" not in form.cost.text()  # nobody knows how fast that one is
    form.policy.clear()
    form.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not form.begin.isEnabled()
    names = [kind.name for kind in PROBES]
    form.list.item(names.index("importance")).setCheckState(Qt.CheckState.Checked)
    assert "15 to 150 samples at 5 places" in form.cost.text()


def test_probes_wait_for_each_other_and_for_the_run_under_way(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    with_thought(tmp_path / "a.espalier")
    window = opened(tmp_path / "a.espalier", seconds=0.05)
    probing, runs = window.parts.probing, window.parts.runs
    subject = probing.subject
    assert subject is not None
    window.parts.sessions.start(replace(THOUGHT, seed=1), paused=True)
    qtbot.waitUntil(lambda: runs.state == "paused", timeout=WAIT)
    probing.start([subject.plan_for(kind, {"samples": 2}) for kind in (EarlyAnswering, ForcedClose)])
    assert "run 2" in probing.obstacle()
    qtbot.wait(50)
    assert runs.active == 2
    assert len(probing.waiting) == 2
    runs.go_on()
    qtbot.waitUntil(lambda: len(plans(window)) == 4 and ended(window), timeout=WAIT)
    assert [plan.search for plan in plans(window)[2:]] == ["early-answering", "forced-close"]
    assert window.parts.shown.run == 2
    assert all(info.reason == "finished" for info in window.parts.sessions.runs)


def test_a_probe_is_cancelled_in_the_middle_and_gone_on_with(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    with_thought(tmp_path / "a.espalier")
    window = opened(tmp_path / "a.espalier", seconds=0.1)
    panel, probing = panel_of(window), window.parts.probing
    ask(window, "early-answering", "forced-close", samples=200)
    qtbot.waitUntil(lambda: bool(panel.result.model.rows) and probing.active == 2, timeout=WAIT)
    probing.drop(probing.waiting[0])
    qtbot.waitUntil(panel.bar.cancel.isEnabled, timeout=WAIT)
    panel.bar.cancel.click()
    qtbot.waitUntil(lambda: ended(window), timeout=WAIT)
    info = window.parts.sessions.runs[1]
    assert info.reason == "stopped"
    rows = len(panel.result.model.rows)
    assert rows
    drawn = probing.reading(2)
    assert drawn is not None
    assert 0 < drawn.progress < 1
    qtbot.waitUntil(panel.bar.go_on.isEnabled, timeout=WAIT)
    assert "stopped" in panel.result.counters.text()
    panel.bar.go_on.click()
    qtbot.waitUntil(lambda: probing.active == 2, timeout=WAIT)
    qtbot.waitUntil(lambda: ended(window), timeout=WAIT)
    whole = probing.reading(2)
    assert whole is not None
    assert whole.progress == 1.0
    assert len(plans(window)) == 2


def test_a_probe_can_be_run_again_with_another_seed(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    probed(tmp_path / "a.espalier", [EarlyAnswering], samples=2)
    window = opened(tmp_path / "a.espalier")
    panel = panel_of(window)
    qtbot.waitUntil(panel.bar.again.isEnabled, timeout=WAIT)
    panel.bar.again.click()
    qtbot.waitUntil(lambda: len(plans(window)) == 3 and ended(window), timeout=WAIT)
    first, second = plans(window)[1:]
    assert (second.seed, second.settings) == (first.seed + 1, first.settings)
    qtbot.waitUntil(lambda: panel.list.key == Key("early-answering", 3), timeout=WAIT)


def test_each_of_several_repeats_that_wait_has_a_seed_of_its_own(opened: Open, tmp_path: Path) -> None:
    probed(tmp_path / "a.espalier", [EarlyAnswering], samples=2)
    window = opened(tmp_path / "a.espalier")
    probing, first = window.parts.probing, plans(window)[1]
    probing.again(2)
    probing.again(2)
    assert [plan.seed for plan in probing.waiting] == [first.seed + 1, first.seed + 2]
    probing.cancel_all()


def test_from_the_trace_to_the_probe_and_back(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    subject = probed(tmp_path / "a.espalier", [EarlyAnswering], samples=2)
    window = opened(tmp_path / "a.espalier")
    panel, shown = panel_of(window), window.parts.shown
    assert shown.run == 2  # the newest run
    qtbot.waitUntil(lambda: panel.bar.show_run.isEnabled() and bool(panel.result.model.rows), timeout=WAIT)
    panel.result.table.selectRow(2)
    assert shown.selected == panel.result.model.rows[2].row.node
    panel.bar.show_run.click()
    qtbot.waitUntil(lambda: (shown.run, shown.selected) == (1, subject.place.node), timeout=WAIT)
    qtbot.waitUntil(lambda: panel.bar.show_run.text() == "Show the probe", timeout=WAIT)
    panel.result.table.selectRow(1)
    assert shown.selected == 1  # the first step of the thought, in the run that it is from
    panel.bar.show_run.click()
    qtbot.waitUntil(lambda: shown.run == 2, timeout=WAIT)


def test_a_person_overrules_the_rules_about_a_hint_and_takes_it_back(
    opened: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    probed(tmp_path / "a.espalier", [BiasedHint], Thinker("sycophantic"), samples=3)
    window = opened(tmp_path / "a.espalier")
    panel, shown = panel_of(window), window.parts.shown
    hints = panel.result.hints
    qtbot.waitUntil(lambda: hints.list.count() == 3, timeout=WAIT)
    panel.result.samples.setChecked(True)
    assert hints.isVisibleTo(panel)
    assert "admits · rules" in hints.list.item(0).text()
    assert len(hints.text.extraSelections()) == 1
    before = panel.result.figure.text()
    assert "1.00" in before
    window.parts.probing.show(1)  # the run of the probe comes back for the verdict
    qtbot.keyClick(hints.list, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: shown.run == 2 and "silent · a person" in hints.list.item(0).text(), timeout=WAIT)
    qtbot.waitUntil(lambda: panel.result.figure.text() != before, timeout=WAIT)
    assert "0.67" in panel.result.figure.text()
    window.actions_.trigger("edit.undo")
    qtbot.waitUntil(lambda: "admits · rules" in hints.list.item(0).text(), timeout=WAIT)
    assert panel.result.figure.text() == before


def test_a_session_that_is_opened_instead_takes_the_queue_with_it(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    with_thought(tmp_path / "a.espalier")
    with_thought(tmp_path / "b.espalier")
    window = opened(tmp_path / "a.espalier", seconds=0.1)
    probing = window.parts.probing
    ask(window, "early-answering", "forced-close", samples=100)
    qtbot.waitUntil(lambda: probing.active == 2, timeout=WAIT)
    window.parts.sessions.open(tmp_path / "b.espalier")
    qtbot.waitUntil(lambda: window.parts.sessions.name == "b", timeout=WAIT)
    assert probing.waiting == ()
    qtbot.wait(50)
    assert len(plans(window)) == 1
    assert window.parts.runs.active is None


def test_a_refusal_or_a_death_of_the_engine_empties_the_queue(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    with_thought(tmp_path / "a.espalier")
    window = opened(tmp_path / "a.espalier", seconds=0.1)
    probing, panel = window.parts.probing, panel_of(window)
    subject = probing.subject
    assert subject is not None
    good = subject.plan_for(EarlyAnswering, {"samples": 100})
    probing.start([replace(good, verifiers=("gold",)), good])  # no gold answer is known
    qtbot.waitUntil(lambda: ended(window) and len(plans(window)) == 2, timeout=WAIT)
    assert window.parts.runs.refused
    panel.list.choose(Key("early-answering", 2))
    qtbot.waitUntil(lambda: "not started: The verifier gold" in _found(panel, "Early answering"), timeout=WAIT)
    probing.start([good, good])
    qtbot.waitUntil(lambda: probing.active == 2 and len(probing.waiting) == 1, timeout=WAIT)
    window.parts.engine.kill("It is gone.")
    qtbot.waitUntil(lambda: window.parts.runs.active is None, timeout=WAIT)
    assert probing.waiting == ()
    assert any("It is gone." in label.text() for label in window.banner.findChildren(QLabel))


def test_without_a_trace_nothing_can_be_asked(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    with_thought(tmp_path / "a.espalier")
    window = opened(tmp_path / "a.espalier")
    window.parts.sessions.new_session()
    qtbot.waitUntil(lambda: window.parts.shown.run is None, timeout=WAIT)
    assert window.parts.probing.why_not()
    qtbot.waitUntil(lambda: not window.actions_.qaction("engine.probe").isEnabled(), timeout=WAIT)
    window.dialogs.probe(("hint",))
    assert window.findChildren(ProbeForm) == []
    assert not window.banner.isHidden()
