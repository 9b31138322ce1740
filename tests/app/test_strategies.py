"""Help pages of strategies, verifiers that get ticked, and the dialog that suggests what to run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.dialogs.advice import AdviceSheet
from app.dialogs.new_run import NewRunForm
from app.dialogs.strategies import StrategiesSheet
from app.dialogs.verifier_boxes import VerifierBoxes, missing
from app.plans import FIRST_PLAN
from app.strategy_box import in_short, strategy_box
from app.theme import Theme
from app.window_dialogs import WindowDialogs
from app.words.verifier import GOLD, VERIFIERS, judge_title, question_of, short_name
from engine.events import Score
from engine.search import SEARCHES, make_search
from engine.search.advice import Table, TableRow, encode_tables
from engine.search.chain_of_thought import ChainOfThought
from engine.search.help import help_page, help_text
from engine.search.settings import setting
from engine.tree import Tree, fold
from tests.app.conftest import MakeWindow
from tests.helpers.running import plan, run_log

every_strategy = pytest.mark.parametrize("name", SEARCHES)


@dataclass(frozen=True)
class Toy(ChainOfThought):
    """A toy that exists
    for this test.

    * one
      and a half
    * two

    Ends here.
    """

    name: ClassVar[str] = "toy"
    title: ClassVar[str] = "Toy"
    citation: ClassVar[str] = "Nobody 2026"
    formula_text: ClassVar[str] = "a = b"
    mode: str = setting("x", "Mode", "Which.", choices=("x", "y", "z"))
    depth: int = setting(3, "Depth", "How deep.", minimum=1, maximum=1_000_000, when="mode=x|y")

    def refusal(self, verifiers: tuple[str, ...]) -> str:
        return "" if {"orm", "vote"} <= set(verifiers) else "Toy needs orm and vote."


def test_a_page_is_made_of_the_class() -> None:
    page = help_page(Toy)
    assert page.paragraphs == ("A toy that exists for this test.", "* one\n  and a half\n* two", "Ends here.")
    assert (page.title, page.paper, page.formula) == ("Toy", "Nobody 2026", "a = b")
    assert page.settings[-1].words == "How deep. From 1 to 1,000,000. Default: 3. Has an effect only if mode is x or y."
    assert page.settings[-2].words == "Which. One of x, y, z. Default: x."
    text = help_text(Toy)
    assert text.startswith("Toy (toy)\n\nPaper: Nobody 2026\n\n")
    assert "  Depth (depth): How deep." in text


@every_strategy
def test_every_strategy_has_a_page_with_its_paper_and_all_settings(qtbot: QtBot, name: str) -> None:
    sheet = StrategiesSheet(Theme("light"), name)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(sheet)
    assert sheet.strategy == name
    page, said = help_page(SEARCHES[name]), sheet.page_text()
    assert page.paragraphs
    assert page.paper
    for part in (page.title, page.paper, *page.paragraphs, page.formula, *(entry.words for entry in page.settings)):
        assert part in said


def test_another_row_is_another_page(qtbot: QtBot) -> None:
    sheet = StrategiesSheet(Theme("dark"), "mcts")
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(sheet)
    sheet.select("cot")
    assert help_page(SEARCHES["cot"]).paragraphs[0] in sheet.page_text()


def test_a_list_of_strategies_says_what_each_is(qtbot: QtBot) -> None:
    box = strategy_box("cot", "Search")
    qtbot.addWidget(box)
    assert {box.itemData(row) for row in range(box.count())} - {None} == set(SEARCHES)
    assert box.currentData() == "cot"
    assert in_short(SEARCHES["mcts"])[:20] in str(box.itemData(box.findData("mcts"), Qt.ItemDataRole.ToolTipRole))


def test_strategies_stand_under_headings_that_cannot_be_chosen(qtbot: QtBot) -> None:
    box = strategy_box("no such search", "Search")
    qtbot.addWidget(box)
    rows = [(box.itemText(row), box.itemData(row)) for row in range(box.count())]
    assert [text for text, data in rows if data is None] == [
        "Sampling",
        "Step by step search",
        "Tree search",
        "Probes",
    ]
    assert box.currentData() == rows[1][1]
    assert rows.index((SEARCHES["beam"].title, "beam")) > rows.index(("Step by step search", None))
    seen = set()
    for _ in rows:
        seen.add(box.currentData())
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert seen == set(SEARCHES)


@pytest.fixture
def form(qtbot: QtBot) -> NewRunForm:
    form = NewRunForm(FIRST_PLAN, Theme("dark"))
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(form)
    form.show()
    return form


def choose(form: NewRunForm, name: str) -> None:
    form._search.setCurrentIndex(form._search.findData(name))


@every_strategy
def test_a_strategy_gets_what_it_needs_ticked(form: NewRunForm, name: str) -> None:
    choose(form, name)
    assert form.other_error() == ""
    assert form._about.text() == in_short(SEARCHES[name])
    assert make_search(name, form.plan().settings).refusal(form.plan().verifiers) == ""


def test_a_setting_that_wants_another_verifier_ticks_it(form: NewRunForm) -> None:
    choose(form, "best-of-n")
    by = form._settings.field("by")
    assert isinstance(by, QComboBox)
    by.setCurrentText("orm")
    assert form.other_error() == ""
    assert "orm" in form.plan().verifiers
    form._verifiers.boxes["orm"].setChecked(False)
    assert form.other_error() != ""
    assert not form._start.isEnabled()


def test_the_fewest_verifiers_are_found() -> None:
    assert missing(Toy(), ()) == ("orm", "vote")
    assert missing(Toy(), ("orm",)) == ("vote",)
    assert missing(Toy(), ("orm", "vote")) == ()


def test_a_verifier_with_a_folder_is_kept(qtbot: QtBot) -> None:
    boxes = VerifierBoxes(("prm:/somewhere", "value:5"))
    qtbot.addWidget(boxes)
    assert boxes.names() == ("prm:/somewhere", "value:5")
    boxes.tick(("rule",))
    assert boxes.names() == ("prm:/somewhere", "rule", "value:5")
    boxes.boxes["prm"].setChecked(False)
    assert boxes.names() == ("rule", "value:5")
    for entry in (*VERIFIERS, GOLD):
        assert entry.who in boxes.boxes[entry.name].toolTip()


def test_a_gold_answer_where_none_is_known_is_refused(form: NewRunForm) -> None:
    form._verifiers.boxes["gold"].setChecked(True)
    assert "none is known" in form._other_error.text()
    assert not form._start.isEnabled()


def test_f1_opens_the_page_of_the_chosen_strategy(form: NewRunForm, qtbot: QtBot) -> None:
    choose(form, "cot")
    qtbot.keyClick(form, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: form.findChild(StrategiesSheet) is not None)
    sheet = form.findChild(StrategiesSheet)
    assert sheet is not None
    assert sheet.strategy == "cot"
    sheet.close()


def test_scores_say_who_judged_and_what_was_asked() -> None:
    vote = Score(1, 0.5, "self-evaluation", "vote:7")
    assert (judge_title(vote), short_name(vote)) == ("Self-evaluation (vote:7)", "Vote")
    assert question_of(vote) == "which of these steps is the best?"
    prm = Score(1, 0.5, "prm", "my-prm")
    assert (judge_title(prm), short_name(prm)) == ("PRM", "PRM")
    assert question_of(Score(1, 0.5, "person", "me")) == ""


# -- advice

ROWS = tuple(
    TableRow(level, search, settings, verifiers, budget, tokens, solved, 20)
    for level in range(1, 6)
    for search, settings, verifiers, budget, tokens, solved in (
        ("self-consistency", {"samples": 8}, (), 512, 400.0, 0.4),
        ("mcts", {"simulations": 32}, ("prm",), 2048, 1500.0, 0.8),
        ("mcts", {"simulations": 64}, ("prm", "rule"), 2048, 900.0, 0.95),
    )
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    edges = (0.8, 0.6, 0.4, 0.2)
    path = tmp_path / "table.json"
    path.write_bytes(
        encode_tables({"game24": Table("20 puzzles", "scripted", 8, {"pass rate": edges, "score": edges}, ROWS)})
    )
    return path


@pytest.fixture
def tree() -> Tree:
    return fold(run_log(plan("self-consistency", samples=8, temperature=1.0, seed=3)))


def sheet(qtbot: QtBot, tree: Tree, table: Path) -> AdviceSheet:
    made = AdviceSheet(tree, table=table)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    return made


def test_advice_gives_reason_table_and_row(qtbot: QtBot, tree: Tree, table: Path) -> None:
    made = sheet(qtbot, tree, table)
    assert "of 8 sampled chains" in made.reason.text()
    assert made.table.topLevelItemCount() == 3
    with qtbot.waitSignal(made.accepted_row) as taken:
        made.run.click()
    assert taken.args[0].settings == {"simulations": 64}


def test_advice_heeds_the_limits(qtbot: QtBot, tree: Tree, table: Path) -> None:
    made = sheet(qtbot, tree, table)
    made.with_rules.setChecked(False)
    assert made.table.topLevelItemCount() == 2
    made.limit.setValue(600)
    assert made.table.topLevelItemCount() == 1
    made.limit.setValue(10)
    assert "no row" in made.reason.text()
    assert not made.run.isEnabled()


def test_no_table_is_a_sentence(qtbot: QtBot, tree: Tree, tmp_path: Path) -> None:
    made = sheet(qtbot, tree, tmp_path / "nothing.json")
    assert "cannot be read" in made.reason.text()
    assert not made.run.isEnabled()
    assert "no run on screen" in sheet(qtbot, Tree(), tmp_path / "x.json").reason.text()


def test_advice_opens_the_form_filled_in(make: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = make(start=False)
    asked = []
    monkeypatch.setattr(WindowDialogs, "new_run", lambda _self, wanted=None: asked.append(wanted))
    window.parts.shown.show(1, run_log(plan("self-consistency", text="3 3 8 8", samples=8, seed=3)))
    window.dialogs._new_run_with(ROWS[2])
    (wanted,) = asked
    assert (wanted.text, wanted.search, wanted.settings) == ("3 3 8 8", "mcts", {"simulations": 64})
    assert (wanted.verifiers, wanted.budget.tokens) == (("prm", "rule"), 2048)


def test_the_menu_and_the_dock_ask_for_advice(make: MakeWindow) -> None:
    window = make(start=False)
    window.actions_.trigger("run.suggest")
    found = window.findChildren(AdviceSheet)
    assert len(found) == 1
    found[0].close()
    window.actions_.trigger("help.strategies")
    page = window.findChild(StrategiesSheet)
    assert page is not None
    page.close()


def test_a_gold_answer_marks_the_window_for_as_long_as_the_run_is_shown(make: MakeWindow) -> None:
    from tests.helpers.rich_log import rich_log

    window = make(start=False)
    status = window.statusBar()
    shown = window.parts.shown
    shown.show(1, rich_log(6))
    assert status.gold.isHidden()  # type: ignore[attr-defined] # a RunStatusBar
    shown.show(2, rich_log(6, gold=True))
    assert not status.gold.isHidden()  # type: ignore[attr-defined] # as above
    shown.seek(2)
    assert not shown.tree.gold
    assert not status.gold.isHidden()  # type: ignore[attr-defined] # as above
    shown.show(3, rich_log(6))
    assert status.gold.isHidden()  # type: ignore[attr-defined] # as above


def test_the_status_bar_counts_duplicates_and_pays_verifiers_apart(make: MakeWindow) -> None:
    window = make(start=False)
    log = run_log(plan("self-consistency", samples=24, temperature=1.0, seed=3))
    window.parts.shown.show(1, log)
    status = window.statusBar()
    status.refresh()  # type: ignore[attr-defined] # a RunStatusBar
    numbers = status.texts()[1]  # type: ignore[attr-defined] # as above
    assert f"{fold(log).duplicates} duplicates" in numbers
    assert f"verifiers: {fold(log).cost.scored:,} tokens read" in numbers
