"""The dock “Hidden and exposed” on a session with a chain that thinks, as a user sees and uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.panels.thought import ThoughtPanel
from app.parts import Parts
from app.thought.bench import ThoughtBench
from app.thought.columns import EXPOSED, HIDDEN
from engine.commands import RunPlan
from engine.events import Record
from engine.frames import Branch
from engine.traces.servers import read
from engine.traces.spans import Trace
from engine.traces.splitter import split
from tests.helpers.thinking_log import SHOWN, THOUGHT, chain_log, chain_session, imported_session

LAST = len(THOUGHT) + len(SHOWN)
Open = Callable[..., ThoughtPanel]


@pytest.fixture
def open_panel(parts: Parts, qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Opens the dock on a session with these logs, and waits until the trace was looked at."""

    def made(*logs: Sequence[Record], trace: Trace | None = None, answer: str = "") -> ThoughtPanel:
        path = tmp_path / "one.espalier"
        parts.sessions.open(imported_session(path, trace, answer) if trace is not None else chain_session(path, *logs))
        qtbot.waitUntil(lambda: parts.shown.run is not None)
        panel = ThoughtPanel(parts)
        qtbot.addWidget(panel)
        panel.resize(1100, 420)
        with qtbot.waitExposed(panel):
            panel.show()
        wait(qtbot, panel)
        return panel

    yield made
    parts.sessions.close(True)


@pytest.fixture
def panel(open_panel: Open) -> ThoughtPanel:
    return open_panel()


@pytest.fixture
def bench(panel: ThoughtPanel) -> ThoughtBench:
    assert panel.bench is not None
    return panel.bench


def wait(qtbot: QtBot, panel: ThoughtPanel) -> None:
    """Until nothing is left to read and to look at."""
    qtbot.waitUntil(lambda: not panel.stale and panel.bench is not None and not panel.bench.source.busy)


def column(bench: ThoughtBench, side: int) -> str:
    """What can be read in a column."""
    shown = bench.view.columns.views[side].shown
    return shown.text(0, len(shown))


def piece_of(bench: ThoughtBench, step: int) -> int:
    found = bench.desk.found
    assert found is not None
    return found.step_pieces[step]


def test_the_thought_stands_at_the_left_and_the_answer_at_the_right(bench: ThoughtBench) -> None:
    assert column(bench, HIDDEN).startswith(THOUGHT[0])
    assert "</think>" in column(bench, HIDDEN)
    assert column(bench, EXPOSED).split() == "".join(SHOWN).split()
    hidden, exposed = (head.text() for head in bench.view.columns.heads)
    assert hidden == "Hidden: 6 steps, 218 characters"
    assert exposed == "Exposed: 4 sentences, 106 characters"
    assert bench.view.facts.answers.text() == "Answers DIFFER: thought 23, shown 24"
    assert bench.view.facts.split.text() == "Split: the run says of every step whether it is hidden"
    assert "The answer shown is nowhere in the thought" in bench.view.meter.text()
    assert not bench.view.facts.think.isVisible()


def test_the_legend_counts_and_filters(bench: ThoughtBench) -> None:
    buttons = bench.view.legend.buttons
    assert {verdict: button.text().split()[-1] for verdict, button in buttons.items()} == {
        "supported": "4", "only exposed": "3", "contradicted": "2", "only hidden": "1",
    }  # fmt: skip
    assert bench.view.legend.judged.text().startswith("No model judges")
    buttons["contradicted"].click()
    assert column(bench, EXPOSED) == SHOWN[1]
    assert column(bench, HIDDEN) == THOUGHT[2]
    buttons["contradicted"].click()
    assert column(bench, HIDDEN).startswith(THOUGHT[0])


def test_a_step_selected_elsewhere_comes_to_sight(bench: ThoughtBench, panel: ThoughtPanel, qtbot: QtBot) -> None:
    panel.shown.select(3)  # on the canvas, or by a row of what a probe found
    qtbot.waitUntil(lambda: bench.walk.step() is not None)
    step = bench.walk.step()
    assert step is not None
    shown = bench.desk.text.pieces[piece_of(bench, step)]
    assert bench.desk.text.text[shown.start : shown.end].strip() in panel.shown.tree.nodes[3].step


def test_functions_filter(bench: ThoughtBench, qtbot: QtBot) -> None:
    shares = bench.view.shares
    place = shares.segments()[[function for function, _ in shares._shares].index("answer")]
    qtbot.mouseClick(shares, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert column(bench, HIDDEN) == THOUGHT[3]
    qtbot.keyClick(shares, Qt.Key.Key_Return)
    assert column(bench, HIDDEN).startswith(THOUGHT[0])
    bench.desk.toggle_function("check")
    bench.desk.set_side("hidden")
    assert not bench.view.columns.exposed.isVisible()
    bench.desk.show_all()
    assert bench.view.columns.exposed.isVisible()


def test_keys_lead_from_claim_to_claim(bench: ThoughtBench) -> None:
    columns = bench.view.columns
    bench.walk.to_claim(1, doubtful=True)
    assert columns.exposed.selected_text() == SHOWN[1]
    bench.walk.to_claim(1, doubtful=True)
    assert columns.exposed.selected_text() == "35 - 12 = 24"
    assert piece_of(bench, 2) in columns.hidden.highlighted
    bench.walk.to_claim(-1)
    assert columns.exposed.selected_text() == SHOWN[1]


def test_where_nothing_is_doubtful_the_key_says_so(bench: ThoughtBench, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = bench.desk.claims
    assert claims is not None
    monkeypatch.setattr(claims, "counts", dict.fromkeys(claims.counts, 0))
    assert bench.walk.why_no_claim() == ""
    assert "doubtful" in bench.walk.why_no_doubt()


def test_in_a_low_dock_the_text_has_the_room(bench: ThoughtBench, panel: ThoughtPanel, qtbot: QtBot) -> None:
    """Where the dock stands at first there is room for little: what was thought and shown is read all the same."""
    assert bench.view.legend.isVisible()
    panel.resize(520, 165)
    qtbot.waitUntil(lambda: not bench.view.legend.isVisible())
    assert not bench.view.map.isVisible()
    text = bench.view.columns.hidden
    qtbot.waitUntil(lambda: text.viewport().height() >= 4 * text.fontMetrics().height())
    panel.resize(1100, 420)
    qtbot.waitUntil(bench.view.legend.isVisible)
    assert bench.view.map.isVisible()


def test_the_map_leads_to_the_step_of_the_answer(open_panel: Open, qtbot: QtBot) -> None:
    panel = open_panel(chain_log(THOUGHT, ("After that 23 pens are left.\n", "Answer: 23")))
    bench = panel.bench
    assert bench is not None
    assert bench.view.facts.answers.text().startswith("Answers agree: 23")
    assert bench.view.meter.text().startswith("The answer is there in step 3 of 6, ")
    bench.walk.to_answer()
    assert bench.walk.step() == 2
    left, right = bench.view.map.place_of(4)
    qtbot.mouseClick(bench.view.map, Qt.MouseButton.LeftButton, pos=QPoint(round((left + right) / 2), 12))
    assert bench.walk.step() == 4
    qtbot.keyClick(bench.view.map, Qt.Key.Key_Home)
    assert bench.walk.step() == 0


def test_a_label_by_hand_is_an_event_and_undone(
    bench: ThoughtBench, panel: ThoughtPanel, parts: Parts, qtbot: QtBot
) -> None:
    bench.walk.to_step(4)
    assert bench.walk.function() == "compute"
    bench.walk.label("backtrack")
    wait(qtbot, panel)
    qtbot.waitUntil(lambda: bench.walk.function() == "backtrack")
    piece = bench.desk.text.pieces[piece_of(bench, 4)]
    assert piece.by_hand
    assert parts.edits.history.next_undo is not None
    parts.edits.undo()
    qtbot.waitUntil(lambda: bench.walk.function() == "compute")


def test_the_boundary_is_moved_and_put_back(
    bench: ThoughtBench, panel: ThoughtPanel, parts: Parts, qtbot: QtBot
) -> None:
    columns = bench.view.columns
    end = len("".join(THOUGHT))
    assert bench.hands.why_not_reset()
    to = len("".join(THOUGHT[:4]))
    columns.hidden.boundary_moved.emit(to)
    wait(qtbot, panel)
    qtbot.waitUntil(lambda: column(bench, EXPOSED).startswith(THOUGHT[4]))
    assert parts.shown.remarks.tree.borders == {LAST: (to,)}
    assert bench.view.facts.split.text().startswith("Split: moved by hand; before: ")
    parts.edits.undo()
    qtbot.waitUntil(lambda: column(bench, EXPOSED).startswith(SHOWN[0]))
    bench.hands.move_boundary(to)
    qtbot.waitUntil(lambda: bench.source.current and not bench.hands.why_not_reset())
    bench.hands.reset_boundary()
    qtbot.waitUntil(lambda: column(bench, EXPOSED).startswith(SHOWN[0]))
    assert end > to


def test_a_claim_of_the_text_as_it_was_split_before_is_no_claim_any_more(bench: ThoughtBench, qtbot: QtBot) -> None:
    bench.walk.to_claim(-1)
    while bench.walk.place is None or bench.walk.place.claim is None or not bench.walk.place.claim.against:
        bench.walk.to_claim(-1)
    assert not bench.walk.why_no_place()
    bench.hands.move_boundary(len(THOUGHT[0]))
    qtbot.waitUntil(lambda: column(bench, EXPOSED).startswith(THOUGHT[1]))
    QGuiApplication.clipboard().setText("as it was")
    bench.copy_claim()
    assert QGuiApplication.clipboard().text() == "as it was"
    assert bench.walk.why_no_place().startswith("Go to a claim first")
    bench.walk.to_claim(1)
    assert not bench.walk.why_no_place()


def test_what_is_blacked_out_is_revealed_step_by_step(bench: ThoughtBench) -> None:
    hidden, lab = bench.view.columns.hidden, bench.view.lab
    bench.view.bar.lab.click()
    assert len(hidden.masked) == 6
    assert lab.seen.text() == "The reader sees nothing of the thought."
    assert lab.status.text().startswith("0 of 6 steps revealed: 0 of 4 supported claims and 0 of 2 contradictions")
    assert bench.view.facts.answers.text() == "Shown: 24 (stated)"
    lab.next.click()
    assert len(hidden.masked) == 5
    hidden.piece_clicked.emit(piece_of(bench, 2))
    assert lab.status.text().startswith("2 of 6 steps revealed")
    assert "2 of 2 contradictions" in lab.status.text()
    lab.none.click()
    bench.walk.to_claim(1)
    bench.walk.reveal("partners")
    lab.all.click()
    assert not hidden.masked
    assert not lab.all.isEnabled()
    assert bench.view.facts.answers.text() == "Answers DIFFER: thought 23, shown 24"
    lab.told.setCurrentIndex(lab.told.findData("summary"))
    lab.told.activated.emit(lab.told.currentIndex())
    assert "nothing to put a summary from" in lab.summary.toPlainText()
    bench.desk.tell("count")
    assert "218 characters (nobody counted its tokens)" in lab.seen.text()
    bench.view.bar.lab.click()
    assert not lab.isVisible()


def test_a_filter_tells_nothing_of_what_is_blacked_out(bench: ThoughtBench) -> None:
    """Its switches are out of sight then, and which steps are left would say what they hold."""
    everything = len(bench.view.columns.hidden.shown)
    bench.desk.toggle_mark("supported")
    assert len(bench.view.columns.hidden.shown) < everything
    bench.desk.black_out(True)
    blacked_out = len(bench.view.columns.hidden.shown)
    bench.desk.black_out(False)
    bench.desk.show_all()
    bench.desk.black_out(True)
    assert len(bench.view.columns.hidden.shown) == blacked_out


def test_another_trace_is_blacked_out_whole(open_panel: Open, qtbot: QtBot) -> None:
    panel = open_panel(chain_log(rollouts=((THOUGHT[3], "</think>\n", "Answer: 9"),)))
    bench = panel.bench
    assert bench is not None
    bench.desk.black_out(True)
    bench.walk.reveal("all")
    assert not bench.desk.masked()
    box = bench.view.bar.traces
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.count() - 1)
    wait(qtbot, panel)
    assert bench.source.pinned
    assert bench.desk.masked()
    assert "rollout" in bench.hands.why_not()


def test_find_counts_and_goes_round(bench: ThoughtBench, qtbot: QtBot) -> None:
    bench.open_find()
    line = bench.view.find_bar
    qtbot.keyClicks(line.line, "35")
    count = "".join((*THOUGHT, *SHOWN)).count("35")
    assert line.count.text() == f"{count} hits"
    qtbot.keyClick(line.line, Qt.Key.Key_Return)
    assert line.count.text() == f"1 of {count}"
    qtbot.keyClick(line.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert line.count.text() == f"{count} of {count}"
    bench.desk.black_out(True)
    assert line.count.text() == "2 of 2"  # the hit stood at stays the same
    qtbot.keyClick(line.line, Qt.Key.Key_Escape)
    assert not line.isVisible()
    assert not line.hits.ranges


def test_the_outline_unfolds_into_steps(bench: ThoughtBench) -> None:
    bench.toggle_outline()
    folds = bench.view.outline.folds
    words = [folds.data(folds.index(row, 0)) for row in range(folds.rowCount())]
    assert words[:2] == ["other 25%: step 1", "execution 35%: steps 2–3"]
    run = folds.index(1, 0)
    assert folds.rowCount(run) == 2
    inner = folds.index(1, 0, run)
    assert folds.data(inner) == f"3  compute  {THOUGHT[2].strip()}"
    assert folds.parent(inner) == run
    bench.view.outline.clicked.emit(inner)
    assert bench.walk.step() == 2
    assert folds.step_of(bench.view.outline.currentIndex()) == 2


def test_time_travel_shows_what_was_there(bench: ThoughtBench, panel: ThoughtPanel, parts: Parts, qtbot: QtBot) -> None:
    parts.shown.seek(1 + 2 * 2)
    wait(qtbot, panel)
    qtbot.waitUntil(lambda: column(bench, HIDDEN) == "".join(THOUGHT[:2]))
    assert column(bench, EXPOSED) == ""
    parts.shown.seek(1)
    qtbot.waitUntil(lambda: not panel.content.isVisible())
    parts.shown.go_live()
    wait(qtbot, panel)
    qtbot.waitUntil(lambda: column(bench, EXPOSED).endswith(SHOWN[-1]))


def test_text_under_way_appears_while_it_is_written(open_panel: Open, parts: Parts, qtbot: QtBot) -> None:
    panel = open_panel(chain_log(THOUGHT[:2], (), finished=False))
    bench = panel.bench
    assert bench is not None
    parts.shown.set_writing((Branch(2, 0, "Then 35"),))
    qtbot.waitUntil(lambda: column(bench, HIDDEN).endswith("Then 35"))
    assert bench.view.facts.warning.text() == "being written: thinking…"
    assert "being written" in bench.hands.why_not() or not bench.source.current
    parts.shown.set_writing((Branch(2, 0, "Then 35 - 12 = 23"),))
    qtbot.waitUntil(lambda: bench.source.current and column(bench, HIDDEN).endswith("23"))
    assert len(bench.desk.text.pieces) == 3
    parts.shown.set_writing(())
    qtbot.waitUntil(lambda: bench.source.current and column(bench, HIDDEN) == "".join(THOUGHT[:2]))


def test_a_pinned_trace_stays_when_another_step_is_selected(open_panel: Open, parts: Parts, qtbot: QtBot) -> None:
    panel = open_panel(chain_log(rollouts=(("Answer: 9",),)))
    bench = panel.bench
    assert bench is not None
    bench.toggle_pin()
    parts.shown.select(1)
    wait(qtbot, panel)
    assert bench.source.end == (LAST, None)
    bench.toggle_pin()
    assert not bench.source.pinned


def test_an_answer_without_a_thought_offers_to_think_first(open_panel: Open, qtbot: QtBot) -> None:
    panel = open_panel(chain_log((), SHOWN))
    bench = panel.bench
    assert bench is not None
    assert column(bench, HIDDEN) == ""
    assert bench.view.columns.hidden._empty.startswith("This answer has no thought")
    assert not bench.desk.text.marks
    assert not bench.view.legend.isVisible()
    with qtbot.waitSignal(panel.run_wanted) as wanted:
        bench.view.facts.think.click()
    plan = wanted.args[0]
    assert isinstance(plan, RunPlan)
    assert (plan.search, plan.settings) == ("cot", {"think": True})
    assert plan.text.startswith("Tom has")


def test_a_cut_off_thought_is_said(open_panel: Open) -> None:
    panel = open_panel(chain_log(THOUGHT[:3], (), finished=False))
    bench = panel.bench
    assert bench is not None
    assert bench.view.facts.warning.text() == "Cut off inside the thought: it was never closed"
    assert bench.view.columns.exposed._empty == "Nothing was shown: the text ends inside the thought."


def test_parts_that_cannot_be_read_are_told_and_the_summary_is_a_layer(open_panel: Open) -> None:
    reasoning = {
        "type": "reasoning",
        "summary": [{"type": "summary_text", "text": "I multiply 5 by 7."}],
        "encrypted_content": "QUJD" * 30,
    }
    message = {
        "type": "message",
        "role": "assistant",
        "content": [{"type": "output_text", "text": "It is 5 * 7 = 35."}],
    }
    usage = {"output_tokens": 90, "output_tokens_details": {"reasoning_tokens": 64}}
    body = {"object": "response", "status": "completed", "output": [reasoning, message], "usage": usage}
    panel = open_panel(trace=read(body)[0].trace)
    bench = panel.bench
    assert bench is not None
    opaque = bench.view.columns.opaque
    assert opaque.isVisible()
    assert "an encrypted thought, 120 bytes, sha256 " in opaque.text()
    assert column(bench, HIDDEN).strip() == "I multiply 5 by 7."
    assert not bench.view.facts.think.isVisible()
    assert not bench.view.legend.isVisible()
    bench.next_layer()
    assert column(bench, HIDDEN) == ""
    assert bench.view.columns.hidden._empty.startswith("The thought cannot be read here")
    bench.next_layer()
    assert bench.desk.look.layer == "summary"
    assert column(bench, HIDDEN).strip() == "I multiply 5 by 7."
    bench.desk.black_out(True, "summary")
    assert bench.view.lab.summary.toPlainText() == "The summary that the provider gave:\nI multiply 5 by 7."


def test_the_answer_of_the_file_is_what_is_looked_for(open_panel: Open) -> None:
    trace = split("<think>5 * 7 = 35. So the answer is 23.</think>The answer is 24.")
    panel = open_panel(trace=trace, answer="35")
    bench = panel.bench
    assert bench is not None
    assert bench.desk.found is not None
    assert bench.desk.found.analysis.right_exposed is False
    bench.walk.to_answer()
    assert bench.walk.step() == 0


def test_a_run_without_steps_says_so(open_panel: Open, parts: Parts, qtbot: QtBot) -> None:
    panel = open_panel(chain_log(THOUGHT[:1], (), finished=False))
    parts.shown.show(None, ())
    qtbot.waitUntil(lambda: not panel.stale)
    assert not panel.content.isVisible()


def test_comparison_and_claim_go_to_the_clipboard_and_to_a_file(
    bench: ThoughtBench, tmp_path: Path, qtbot: QtBot, parts: Parts
) -> None:
    bench.copy_report()
    report = QGuiApplication.clipboard().text()
    assert report.startswith("# Hidden and exposed: Run 1, node 10: Answer: 24")
    assert "| CONTRADICTED | equation | 35 - 12 = 24 | against 3 |" in report
    assert bench.walk.why_no_place()
    bench.walk.to_claim(1, doubtful=True)
    bench.walk.to_claim(1, doubtful=True)
    bench.copy_claim()
    assert "- against 3: Then 35 - 12 = 23 pens are left." in QGuiApplication.clipboard().text()
    bench.save_report()
    dialog = bench.window().findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(parts.runs.notice):
        dialog.fileSelected.emit(str(tmp_path / "report.md"))
    assert (tmp_path / "report.md").read_text(encoding="utf-8") == report
    with qtbot.waitSignal(parts.runs.notice) as said:
        dialog.fileSelected.emit(str(tmp_path / "no" / "report.md"))
    assert "could not be written" in said.args[0].text
    dialog.reject()


def test_the_menu_of_a_step_labels_it_and_moves_the_boundary(bench: ThoughtBench, qtbot: QtBot) -> None:
    columns = bench.view.columns
    columns.menu_wanted.emit(QPoint(0, 0), HIDDEN, piece_of(bench, 2))
    titles = [entry.text() for entry in bench._menu.actions()]
    assert titles[0] == "What it is for"
    assert "Exposed from here on" in titles
    next(entry for entry in bench._menu.actions() if entry.text() == "Exposed from here on").trigger()
    qtbot.waitUntil(lambda: column(bench, EXPOSED).startswith(THOUGHT[2]))
    bench._menu.close()


def test_nothing_is_read_while_the_dock_is_hidden(panel: ThoughtPanel, parts: Parts) -> None:
    panel.hide()
    parts.shown.select(2)
    assert panel.stale
    assert panel.open_bench is None
    assert all(action.obstacle() for action in panel.own_actions() if action.id != "view.thought")


def test_a_long_analysis_ends_with_the_sight_of_the_dock(open_panel: Open, parts: Parts, qtbot: QtBot) -> None:
    long = [f"So {n} * 2 = {n * 2} pens lie in box number {n} of the long shelf.\n" for n in range(150)]
    panel = open_panel(chain_log(), chain_log([*long, "</think>\n"], SHOWN))
    bench = panel.bench
    assert bench is not None
    parts.sessions.show_run(1)
    parts.sessions.show_run(2)
    qtbot.waitUntil(lambda: bench.source.busy)
    panel.hide()
    assert not bench.source.busy
    panel.show()
    qtbot.waitUntil(lambda: bench.source.busy)
    qtbot.waitUntil(lambda: bench.source.current, timeout=60_000)
    wait(qtbot, panel)
    assert bench.desk.claims is not None
    assert len(bench.desk.text.pieces) > 150
