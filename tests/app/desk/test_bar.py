"""The row of choices above the tabs."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.desk.bar import DeskBar
from app.desk.data import DeskData
from tests.app.desk.conftest import Open
from tests.helpers.scored_session import SCORER


def test_it_shows_what_was_chosen_elsewhere(opened: Open, qtbot: QtBot) -> None:
    parts = opened(channels=(("logit", -3.5),))
    data = DeskData(parts)
    bar = DeskBar(parts.theme, data)
    qtbot.addWidget(bar)
    assert (bar.scorer.currentText(), bar.scorer.isEnabled()) == ("no scores", False)
    data.read()
    assert bar.scorer.currentData() == SCORER
    assert [bar.channel.itemText(at) for at in range(bar.channel.count())] == ["score", "logit"]
    data.set_rule("min")
    assert bar.rule.currentText() == "minimum"
    data.set_scope("problem")
    assert bar.scope.currentText() == "This problem's runs"
