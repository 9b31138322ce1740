"""Choosing a scorer: the name that the form gives for what is chosen in it, what it refuses, and the way to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.dialogs.new_run import NewRunForm
from app.dialogs.scorer import ScorerDialog
from app.dialogs.verifier_boxes import VerifierBoxes
from app.models.scorer_choice import KINDS, choice_of, found_in, known_recipes
from app.plans import FIRST_PLAN
from app.settings import Settings
from app.theme import Theme
from engine.scorers.table import VARIABLE, bundled
from tests.app.conftest import WAIT, MakeWindow
from tests.app.test_scoring import session_of_chains


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """A folder that looks like a reward model's."""
    made = tmp_path / "Skywork-o1-Open-PRM-Qwen-2.5-1.5B"
    made.mkdir()
    (made / "config.json").write_text(json.dumps({"architectures": ["Something"]}))
    return str(made)


def opened(qtbot: QtBot, spec: str = "prm", *recent: str) -> ScorerDialog:
    dialog = ScorerDialog(spec, recent, Theme("dark"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_what_is_chosen_gives_a_name_and_the_name_what_is_chosen(qtbot: QtBot, folder: str) -> None:
    reference = f"reference={folder}"
    for spec in (
        "prm",
        "orm",
        f"prm:{folder}",
        f"orm:{folder}",
        f"prm:{folder}#trl",
        f"prm:{folder}#trl;separator=\\n\\n",
        f"prm:{folder}#trl;separator=\\n\\n;aggregate=mean;system=a\\tb\\\\n",
        f"orm:{folder}#qwen2.5-math-rm",
        f"prm:{folder}#implicit-prm;{reference}",
        "critic",
        f"critic:{folder}",
        "critic:http://localhost:8000/v1#thinkprm",
    ):
        assert choice_of(spec).spec(bundled()) == spec
        dialog = opened(qtbot, spec)
        assert dialog.spec() == spec
        assert dialog.error() == ""
        with qtbot.waitSignal(dialog.chosen) as heard:
            dialog.take.click()
        assert heard.args == [spec]


def test_only_what_means_something_is_asked(qtbot: QtBot, folder: str) -> None:
    dialog = opened(qtbot)
    assert not dialog.place.isVisible()
    assert not dialog.recipe.isVisible()
    dialog.kind.setCurrentIndex(KINDS.index("folder"))
    assert dialog.place.isVisible()
    assert dialog.error() == "Choose the folder of a model."
    assert not dialog.take.isEnabled()
    dialog.place.setText(folder)
    assert dialog.error() == ""
    assert "Skywork-o1-Open-PRM" in dialog.notes.text()
    dialog.reads.setCurrentIndex(1)
    assert dialog.spec() == f"orm:{folder}"
    dialog.recipe.setCurrentIndex(dialog.recipe.findData("trl"))
    assert not dialog.reads.isVisible()
    assert dialog.separator.isVisible()
    assert not dialog.reference.isVisible()
    dialog.separator.setText("\\n\\n")
    assert dialog.spec() == f"prm:{folder}#trl;separator=\\n\\n"
    dialog.recipe.setCurrentIndex(dialog.recipe.findData("eurus-prm-stage1"))
    assert dialog.reference.isVisible()
    assert "reference model" in dialog.error()
    dialog.reference.setText(folder)
    assert dialog.error() == ""
    dialog.kind.setCurrentIndex(KINDS.index("critic"))
    assert not dialog.reference.isVisible()
    dialog.place.setText("")
    assert dialog.spec() == "critic"
    names = {dialog.recipe.itemData(row) for row in range(dialog.recipe.count())}
    assert names >= {"", "thinkprm", "genprm"}
    assert "trl" not in names


@pytest.mark.parametrize(
    ("others", "sentence"),
    [
        ("nonsense", "NAME=VALUE"),
        ("No Name=3", "NAME=VALUE"),
        ("family=implicit", "no value called"),
        ("aggregate=median", "aggregate cannot be"),
        ("at=tag", "read at the tag"),
    ],
)
def test_values_that_cannot_be_are_refused(qtbot: QtBot, folder: str, others: str, sentence: str) -> None:
    dialog = opened(qtbot, f"prm:{folder}#trl")
    dialog.others.setText(others)
    assert sentence in dialog.fault.text()
    assert not dialog.take.isEnabled()
    dialog.others.clear()
    dialog.separator.setText("a;b")
    assert "semicolon" in dialog.fault.text()


def test_what_was_used_before_fills_the_form(qtbot: QtBot, folder: str) -> None:
    dialog = opened(qtbot, "prm", "orm", f"prm:{folder}#trl", "prm:/gone")
    assert [dialog.recent.itemData(row) for row in range(4)] == ["", "orm", f"prm:{folder}#trl", "prm:/gone"]
    dialog.recent.activated.emit(2)
    assert dialog.spec() == f"prm:{folder}#trl"
    dialog.recent.activated.emit(3)
    assert dialog.error() == "There is no folder /gone."
    dialog.recent.activated.emit(1)
    assert dialog.spec() == "orm"


def test_a_broken_file_of_recipes_is_said_and_the_others_are_offered(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.toml").write_text("nonsense")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "own.toml"))
    recipes, why = known_recipes()
    assert recipes == bundled()
    assert "own.toml" in why
    dialog = opened(qtbot)
    assert dialog.fault.text() == why
    assert dialog.take.isEnabled()


def test_a_folder_says_its_recipe_as_far_as_its_small_files_do(tmp_path: Path, folder: str) -> None:
    found = found_in(folder, False, bundled())
    assert found is not None
    assert found.name == "skywork-o1-prm"
    (Path(folder) / "scorer.toml").write_text('recipe = "trl"\nseparator = "x"\n')
    found = found_in(folder, False, bundled())
    assert found is not None
    assert (found.family, found.separator) == ("token_head", "x")
    (Path(folder) / "scorer.toml").write_text("nonsense")
    assert found_in(folder, False, bundled()) is None
    assert found_in(str(tmp_path / "nowhere"), False, bundled()) is None


def test_another_scorer_takes_the_place_of_the_bundled_one_in_a_new_run(qtbot: QtBot, folder: str) -> None:
    form = NewRunForm(FIRST_PLAN, Theme("dark"), scorers=("orm:/mine",))
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(form)
    form._verifiers.other.click()
    (dialog,) = form.findChildren(ScorerDialog)
    assert dialog.recent.itemData(1) == "orm:/mine", "what was used or trained before is offered"
    dialog.kind.setCurrentIndex(KINDS.index("folder"))
    dialog.place.setText(folder)
    dialog.take.click()
    assert form.plan().verifiers == (f"prm:{folder}",)
    assert form._verifiers.boxes["prm"].text() == "PRM: Skywork-o1-Open-PRM…"
    assert folder in form._verifiers.boxes["prm"].toolTip()
    form._verifiers.take("prm")
    assert form.plan().verifiers == ("prm",)
    assert form._verifiers.boxes["prm"].text() == "PRM"


def test_a_kind_without_a_box_gets_one(qtbot: QtBot) -> None:
    boxes = VerifierBoxes(("prm", "critic:/a/judge#thinkprm"))
    qtbot.addWidget(boxes)
    assert boxes.names() == ("prm", "critic:/a/judge#thinkprm")
    assert "judge" in boxes.boxes["critic"].text()
    boxes.boxes["critic"].setChecked(False)
    assert boxes.names() == ("prm",)


def test_the_menu_asks_for_a_scorer_and_scores_the_run_on_screen(
    qtbot: QtBot, make: MakeWindow, settings: Settings, tmp_path: Path
) -> None:
    window = make(session_of_chains(tmp_path / "one.espalier", runs=2))
    qtbot.waitUntil(lambda: window.parts.shown.run == 2, timeout=WAIT)
    assert "Nothing is being scored" in window.actions_["engine.cancel_scoring"].obstacle()
    window.actions_.trigger("engine.score")
    (dialog,) = window.findChildren(ScorerDialog)
    dialog.kind.setCurrentIndex(KINDS.index("orm"))
    with qtbot.waitSignal(window.parts.scoring.finished, timeout=WAIT) as heard:
        dialog.take.click()
    assert heard.args == ["scripted-orm scored 6 traces."]
    assert "scripted-orm" in window.parts.shown.remarks.tree.rescored
    assert settings.recent_scorers == ["orm"]
