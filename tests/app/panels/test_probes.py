"""The dock of probes over made sessions: its list, its chart and table, what can be copied, samples of a hint."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication
from pytestqt.qtbot import QtBot

from app.command_line.report import result_text
from app.panels.facts import run_plan
from app.panels.probes import ProbesPanel
from app.panels.probes_list import FOUND, Key
from app.panels.probes_table import CONTROL, DETAIL, INTERVAL, STEP, VALUE
from app.panels.probes_words import Line, as_csv, as_markdown, estimate_words, lines_of
from app.panels.runs import run_words
from app.parts import Parts
from engine.search import PROBES
from engine.search.help import help_text
from engine.search.probes import Counters, Result, Row
from engine.search.probes.hint import BiasedHint
from engine.search.probes.importance import ResamplingImportance
from engine.search.probes.intervals import Estimate
from engine.tree import fold
from storage.session import Session
from tests.helpers.probed_session import probed
from tests.helpers.scripted_thinkers import Thinker

Show = Callable[..., ProbesPanel]
HOSTILE = '=HYPERLINK("x") | <b>bold</b> \u202e *mark*'


@pytest.fixture
def show(parts: Parts, qtbot: QtBot, tmp_path: Path) -> Iterator[Show]:
    """The panel over a session with probes, of which the newest is on screen."""

    def made(
        kinds: tuple[type, ...] = PROBES, thinker: Thinker | None = None, size: QSize | None = None
    ) -> ProbesPanel:
        probed(tmp_path / "a.espalier", kinds, thinker, samples=4)
        parts.sessions.open(tmp_path / "a.espalier")
        panel = ProbesPanel(parts)
        qtbot.addWidget(panel)
        panel.resize(size or QSize(900, 240))
        with qtbot.waitExposed(panel):
            panel.show()
        qtbot.waitUntil(lambda: not panel.stale and panel.result.plot is not None)
        return panel

    yield made
    parts.sessions.close(discard=True)


def test_every_probe_of_the_trace_is_listed_with_its_figure(show: Show, qtbot: QtBot) -> None:
    panel = show()
    assert panel.list.topLevelItemCount() == 1
    head = panel.list.topLevelItem(0)
    assert head is not None
    assert "run 1, node 6" in head.text(0)
    rows = [row for number in range(head.childCount()) if (row := head.child(number)) is not None]
    assert [row.text(0) for row in rows] == [kind.title for kind in PROBES]
    qtbot.waitUntil(lambda: all("[" in row.text(FOUND) for row in rows))  # read one by one


def test_each_result_fills_chart_and_table(show: Show, qtbot: QtBot) -> None:
    panel = show()
    for run, kind in enumerate(PROBES, 2):
        panel.list.choose(Key(kind.name, run))
        qtbot.waitUntil(lambda: not panel.stale)
        reading = panel._probing.reading(run)
        assert reading is not None
        assert reading.result is not None
        result, model = reading.result, panel.result.model
        assert [line.row for line in model.rows] == list(result.rows), kind.name
        assert panel.result.verdict.text() == result.verdict
        assert result.figure is not None
        assert estimate_words(result.figure.estimate) in panel.result.figure.text()
        for row, line in enumerate(model.rows):
            shown = model.data(model.index(row, VALUE))
            assert shown.replace("−", "-") == (
                "–" if line.row.estimate.value is None else f"{line.row.estimate.value:.2f}"
            )
        assert panel.result.plot is not None
        assert len(panel.result.plot.items.getPlotItem().items) > 1


def test_a_step_has_its_text_and_a_difference_that_is_sure_is_bold(show: Show) -> None:
    panel = show((ResamplingImportance,))
    model = panel.result.model
    assert [model.data(model.index(row, STEP)) for row in range(2)] == ["Try 5 * 7 = 35.", "Try 35 - 12 = 23."]
    assert model.signed
    for row, line in enumerate(model.rows):
        font = model.data(model.index(row, VALUE), Qt.ItemDataRole.FontRole)
        assert font.bold() == line.row.estimate.settled


@pytest.mark.parametrize(
    ("size", "hidden"),
    [(QSize(520, 120), {DETAIL, INTERVAL, CONTROL}), (QSize(1100, 300), {DETAIL}), (QSize(1500, 420), set())],
    ids=["low", "dock", "wide"],
)
def test_a_narrow_table_keeps_what_matters_most(show: Show, size: QSize, hidden: set[int]) -> None:
    panel = show((ResamplingImportance,), size=size)
    table = panel.result.table
    assert {column for column in (INTERVAL, CONTROL, DETAIL) if table.isColumnHidden(column)} == hidden
    assert panel.result.split.height() >= 40


def test_pointing_at_a_row_marks_it_in_the_chart(show: Show) -> None:
    panel = show((ResamplingImportance,))
    plot, table = panel.result.plot, panel.result.table
    assert plot is not None
    table.row_pointed.emit(2)
    assert plot._pointed.value() == 3.0
    table.selectRow(1)
    table.row_pointed.emit(None)
    assert plot._pointed.value() == 2.0
    plot._mouse._clicked(0)
    assert table.currentIndex().row() == 0


def test_rows_that_are_no_steps_are_not_called_so(show: Show, qtbot: QtBot) -> None:
    panel = show((BiasedHint, ResamplingImportance))
    heads = []
    for run, name in enumerate((BiasedHint.name, ResamplingImportance.name), 2):
        panel.list.choose(Key(name, run))
        qtbot.waitUntil(lambda: not panel.stale)
        heads.append(panel.result.model.headerData(STEP, Qt.Orientation.Horizontal))
    assert heads == ["What", "Step"]


def test_what_the_numbers_are_is_never_cut_off(show: Show) -> None:
    panel = show((ResamplingImportance,))
    reading = panel._probing.reading(2)
    assert reading is not None
    assert reading.result is not None
    assert reading.result.figure is not None
    assert panel.result.counters.toolTip().count(">shown: share of hits") == 1
    assert panel.result.figure.text().endswith(f", n {reading.result.figure.estimate.n}")


def test_what_was_found_is_copied_as_markdown_and_csv(show: Show, parts: Parts) -> None:
    panel = show((ResamplingImportance,))
    panel.bar.copy_wanted.emit(False)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("**Resampling importance of run 1, node 6 · run 2**")
    assert panel.result.verdict.text().split(":")[0] in text
    panel.bar.copy_wanted.emit(True)
    rows = list(csv.reader(StringIO(QGuiApplication.clipboard().text())))
    assert rows[0][:3] == ["#", "Step", "Value"]
    assert [float(row[2]) for row in rows[1:]] == pytest.approx(
        [line.row.estimate.value for line in panel.result.model.rows], abs=0.0005
    )
    assert parts.shown.run == 2


def test_copies_are_safe() -> None:
    row = Row(HOSTILE, Estimate(0.5, 0.25, 0.75, 4), detail="+1", numbers=(("KL", -0.5),))
    result = Result("share", (row,), row, None, HOSTILE, Counters(4, 0, 0, 0), None)
    lines = lines_of(result, ())
    written = list(csv.reader(StringIO(as_csv(lines))))[1]
    assert written[1].startswith("'=HYPERLINK")
    assert written[2:6] == ["0.500", "0.250", "0.750", "4"]
    assert written[7].startswith("'+1")
    markdown = as_markdown(HOSTILE, result, lines)
    assert "\u202e" not in markdown
    assert "<b>" not in markdown.replace("\\<b\\>", "")
    assert "\\| \\<b\\>" in markdown


def test_a_row_without_its_step_says_what_it_is() -> None:
    row = Row("after 9 of 4 steps", Estimate(None, 0.0, 1.0, 0), step=9)
    result = Result("share", (row,), None, None, "", Counters(0, 0, 0, 0), None)
    (line,) = lines_of(result, ("one", "two"))
    assert line == Line(9, row, "")
    assert line.text == "after 9 of 4 steps"


def test_only_a_hint_has_samples_to_judge(show: Show, qtbot: QtBot) -> None:
    panel = show((BiasedHint, ResamplingImportance), Thinker("sycophantic", says=False))
    panel.list.choose(Key("hint", 2))
    qtbot.waitUntil(lambda: not panel.stale)
    hints = panel.result.hints
    panel.result.samples.setChecked(True)
    assert hints.list.count() == 4
    assert all("silent · rules" in hints.list.item(row).text() for row in range(4))
    assert hints.text.extraSelections() == []
    assert "find no admission" in hints.words.text()
    assert not hints.buttons[""].isEnabled()  # as the rules have it: so it is
    window_key = QAction(panel)
    window_key.setShortcut("1")
    window_key.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    panel.addAction(window_key)
    panel.activateWindow()
    qtbot.waitUntil(hints.list.hasFocus)  # at once: the buttons name the keys
    with qtbot.assertNotEmitted(window_key.triggered), qtbot.waitSignal(hints.judged) as said:
        qtbot.keyClick(hints.list, Qt.Key.Key_1)
    assert said.args[1] == "admits"
    panel.list.choose(Key("importance", 3))
    qtbot.waitUntil(lambda: not panel.stale)
    assert not panel.result.samples.isVisibleTo(panel)
    assert not hints.isVisibleTo(panel)
    assert panel.result.table.isVisibleTo(panel)


def test_a_probe_that_was_never_run_says_what_it_would_ask(show: Show, qtbot: QtBot) -> None:
    panel = show((ResamplingImportance,))
    panel.list.choose(Key("filler", None))
    qtbot.waitUntil(lambda: not panel.stale)
    assert not panel.bar.copy.isEnabled()
    assert not panel.bar.again.isEnabled()
    assert panel.bar.start.isEnabled()
    with qtbot.waitSignal(panel.form_wanted) as wanted:
        panel.bar.start.click()
    assert wanted.args == [("filler",)]


def test_both_themes_are_worn(show: Show, parts: Parts) -> None:
    panel = show((ResamplingImportance,))
    dark = panel.grab().toImage()
    parts.theme.set_mode("light")
    assert panel.grab().toImage() != dark


def test_lists_and_facts_name_the_trace_and_leave_its_text_out(tmp_path: Path) -> None:
    subject = probed(tmp_path / "a.espalier", (ResamplingImportance,), samples=2)
    with Session.open(tmp_path / "a.espalier") as session:
        info, tree = session.info(2), fold(session.records(2))
    assert run_words(info).startswith("Resampling importance of run 1, node 6 · ")
    facts = {fact.label: fact.value for fact in run_plan(tree)}
    assert facts["Search"] == "Resampling importance of run 1, node 6"
    assert facts["Settings"].startswith("samples 2, ")
    text = result_text(tree)
    settings = next(line for line in text.splitlines() if line.startswith("Settings"))
    for told in (facts["Settings"], settings, help_text(ResamplingImportance)):
        assert subject.hidden.splitlines()[0] not in told
        assert "exposed" not in told
