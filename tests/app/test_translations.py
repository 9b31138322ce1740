"""The second language is complete: every text has a translation, none is left over, the compiled file is new."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from app.catalogue import CATALOGUES, CONTEXT, speak
from app.language import mark, tr
from tests.app.conftest import ROOT, MakeWindow
from tests.app.test_window import session_file

TOOL = ROOT / "packaging" / "translations.py"


def load_tool() -> ModuleType:
    """The packaging folder is no package."""
    spec = importlib.util.spec_from_file_location("espalier_translations", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


tool = load_tool()


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    assert speak(qapp, "de") == "de"
    yield
    speak(qapp, "en")


def test_the_german_catalogue_is_complete() -> None:
    report = tool.compare(tool.texts_of(), tool.read())
    assert not str(report), f"run packaging/translations.py and translate:\n{report}"


def test_the_compiled_catalogue_says_the_same(qapp: QApplication) -> None:
    compiled = QTranslator(qapp)
    assert compiled.load(str(CATALOGUES / "espalier_de.qm"))
    differing = [text for text, german in tool.read().items() if compiled.translate(CONTEXT, text) != german]
    assert not differing, "run packaging/translations.py"


def test_translations_keep_what_is_around_the_words() -> None:
    """Blanks at the ends, an ellipsis that says that a dialog opens, line breaks."""
    for text, german in tool.read().items():
        for end in (" ", "…", "\n", ":"):
            assert text.endswith(end) == german.endswith(end), text
        assert text.startswith(" ") == german.startswith(" "), text


@pytest.mark.usefixtures("german")
def test_texts_and_standard_buttons_are_german() -> None:
    assert tr("Preferences") == "Einstellungen"
    assert tr("no such text {x}") == "no such text {x}"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


def test_an_unknown_language_is_english(qapp: QApplication) -> None:
    for unknown in ("xx", "../../etc", "en"):
        assert speak(qapp, unknown) == "en"
        assert tr("Preferences") == "Preferences"


@pytest.mark.usefixtures("german")
def test_the_window_speaks_it(make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    menus = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert menus == ["Datei", "Bearbeiten", "Ansicht", "Gehe zu", "Suche", "Engine", "Fenster", "Hilfe"]
    window.find_box.open(">helles")
    assert window.find_box.titles()[0] == tr("Light or dark") != "Light or dark"
    window.find_box.open(">light or")
    assert window.find_box.titles()[0] == tr("Light or dark")  # the English name finds it, too


@pytest.mark.parametrize(
    "source",
    [
        "from app.language import tr\ntr(f'Node {1}')",
        "from app.language import tr\ntr('Node ' + str(1))",
        "from app.language import mark\nTEXT = mark(OTHER)",
        "from app.commands import Action\nAction('a', f'Do {1}', None, 'Does it')",
    ],
)
def test_a_text_that_is_put_together_first_is_refused(tmp_path: Path, source: str) -> None:
    (tmp_path / "one.py").write_text(source)
    with pytest.raises(tool.TextError, match="wants one literal"):
        tool.texts_of(tmp_path)


def test_texts_are_found_wherever_they_stand(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(
        "from app.language import mark, tr\nfrom app.commands import Action\n"
        "A = mark('in a ' 'table')\ntr('said')\ntr(A)\nAction('id', 'Title', act, help='Help', menu='File')\n"
    )
    (tmp_path / "two.py").write_text("def mark(text): ...\nmark('not ours')\ntr('not ours either')\n")
    (tmp_path / "three.py").write_text(
        "from app.commands import Action\n"
        "def walk(name, title, help): return Action(name, title, act, help)\nwalk('a', 'Up', help='Goes up')\n"
    )
    assert tool.texts_of(tmp_path) == ["in a table", "said", "Title", "Help", "Up", "Goes up"]


def test_a_catalogue_is_written_read_and_compared(tmp_path: Path) -> None:
    file = tmp_path / "espalier_de.ts"
    tool.write(["One", "Two <b>&</b>", "Node {node}"], {"One": "Eins", "Two <b>&</b>": "Zwei <b>&</b>"}, file)
    known = tool.read(file)
    assert known == {"One": "Eins", "Two <b>&</b>": "Zwei <b>&</b>", "Node {node}": ""}
    report = tool.compare(["One", "Node {node}", "New"], {**known, "Node {node}": "Knoten {knoten}", "Old": "Alt"})
    assert (report.missing, report.unequal) == (["New"], ["Node {node}"])
    assert report.stale == ["Two <b>&</b>", "Old"]


def test_the_check_changes_nothing() -> None:
    before = (CATALOGUES / "espalier_de.ts").read_bytes()
    done = subprocess.run([sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert (CATALOGUES / "espalier_de.ts").read_bytes() == before


def test_mark_changes_nothing() -> None:
    assert mark("Node {node}") == "Node {node}"
