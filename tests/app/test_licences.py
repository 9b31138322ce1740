"""What the program is made of, from source and in a bundle: the list, the dialog and the command."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import PathDistribution
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app import distributions, licences
from app.command_line import cli
from app.command_line import licences as licences_command
from app.dialogs.about import AboutSheet
from app.dialogs.licences import LicencesSheet
from app.licences import Component
from app.theme import Theme
from tests.app.conftest import MakeWindow

PARTS = [
    Component(name="Espalier", kind="program", version="1.0", licence="MIT", texts=("espalier/LICENSE",)),
    Component(
        name="Big_One", kind="python", version="2.0", licence="Zlib", home="https://big.example", notice="Mind it.",
        texts=("big/LICENSE", "big/parts/of/it/COPYING"),
    ),
    Component(name="libmute", kind="system", version="3"),
    Component(name="torn", kind="system", version="4", texts=("torn/gone",)),
]  # fmt: skip
TEXTS = {
    "espalier/LICENSE": "MIT License\n",
    "big/LICENSE": "Big\fterms <b>here</b>",
    "big/parts/of/it/COPYING": "Part",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The texts of a bundle."""
    folder = tmp_path / "licences"
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / licences.LIST).write_bytes(msgspec.json.encode(PARTS))
    return folder


MakeSheet = Callable[[Path], LicencesSheet]


@pytest.fixture
def sheet_of(qtbot: QtBot) -> MakeSheet:
    def make(folder: Path) -> LicencesSheet:
        sheet = LicencesSheet(Theme("dark"), None, folder)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(sheet)
        sheet.show()
        return sheet

    return make


# -- the list


def test_from_source_the_installed_packages_are_asked(tmp_path: Path) -> None:
    parts = {part.name: part for part in licences.components(tmp_path / "no bundle")}
    assert {"Espalier", "Espalier policy", "Inter", "JetBrains Mono", "Python", "torch", "msgspec"} <= parts.keys()
    assert "pytest" not in parts  # only who works on the program needs it
    assert (parts["Inter"].licence, parts["Espalier policy"].licence) == ("OFL-1.1", "MIT")
    assert parts["Python"].licence == "PSF-2.0"
    assert "Permission is hereby granted" in licences.read_text(parts["Espalier"].texts[0])
    assert all(Path(text).is_file() for part in parts.values() for text in part.texts)


def test_a_list_that_makes_no_sense_is_said(folder: Path) -> None:
    (folder / licences.LIST).write_text("{")
    with pytest.raises(OSError, match="makes no sense"):
        licences.components(folder)


@pytest.mark.parametrize(
    ("metadata", "text", "licence"),
    [
        ("License-Expression: MIT OR Zlib\nLicense: other\n", "", "MIT OR Zlib"),
        ("License: Apache 2.0 License\nClassifier: License :: OSI Approved :: MIT License\n", "", "Apache-2.0"),
        ("License: a b\n  long text\nClassifier: License :: OSI Approved :: MIT License\n", "", "MIT"),
        ("Classifier: License :: OSI Approved\nClassifier: License :: OSI Approved :: ISC License (ISCL)\n", "", "ISC"),
        ("License: Our own\n", "", "Our own"),
        ("License: BSD\n", "", "BSD"),
        ("License: BSD\n", "Redistributions in\nbinary form must reproduce", "BSD-2-Clause"),
        (
            "Classifier: License :: OSI Approved :: BSD License\n",
            "Redistributions in binary form must reproduce ... to endorse or promote",
            "BSD-3-Clause",
        ),
        ("", "", ""),
    ],
)
def test_a_licence_is_what_the_package_says(tmp_path: Path, metadata: str, text: str, licence: str) -> None:
    (tmp_path / "METADATA").write_text(f"Metadata-Version: 2.1\nName: one\nVersion: 1\n{metadata}")
    (tmp_path / "LICENSE").write_text(text)
    found = PathDistribution(tmp_path).metadata
    assert distributions.licence_of(found, [tmp_path / "LICENSE"]) == licence


def test_a_text_outside_of_its_package_stays_in_the_folder_of_texts() -> None:
    site = Path("/env/site-packages")
    assert distributions.short_name(site / "../share/doc/one/LICENSE", site) == "share/doc/one/LICENSE"
    assert distributions.short_name(site / "one-1.0.dist-info/licenses/deep/LICENSE", site) == "deep/LICENSE"
    assert distributions.short_name(site / "one/LICENSE", site) == "one/LICENSE"


def test_titles_of_texts_leave_out_what_all_share() -> None:
    assert licences.short_titles(["big/LICENSE", "big/parts/COPYING"]) == ["LICENSE", "parts/COPYING"]
    assert licences.short_titles(["qt/Qt.txt", "common/LGPL.txt"]) == ["qt/Qt.txt", "common/LGPL.txt"]
    assert licences.short_titles(["a/b/LICENSE"]) == ["LICENSE"]
    assert licences.short_titles([]) == []


# -- the dialog


def test_the_first_part_is_shown_at_once(sheet_of: MakeSheet, folder: Path) -> None:
    sheet = sheet_of(folder)
    assert sheet.names() == ["Espalier", "Big_One", "libmute", "torn"]
    assert sheet.page.view.toPlainText() == "MIT License\n"
    assert not sheet.page.files.isVisible()


def test_every_text_of_a_part_can_be_read_and_copied(sheet_of: MakeSheet, folder: Path) -> None:
    sheet = sheet_of(folder)
    sheet.select("Big_One")
    page = sheet.page
    assert page.facts.text() == "Big_One 2.0\nZlib\nhttps://big.example\nMind it."
    assert [page.files.itemText(at) for at in range(page.files.count())] == ["LICENSE", "parts/of/it/COPYING"]
    assert page.view.toPlainText() == "Big\nterms <b>here</b>"
    sheet.copy.click()
    assert QGuiApplication.clipboard().text() == "Big\nterms <b>here</b>"
    page.files.setCurrentIndex(1)
    assert page.view.toPlainText() == "Part"


def test_parts_are_found_by_name_and_by_licence(sheet_of: MakeSheet, folder: Path, qtbot: QtBot) -> None:
    sheet = sheet_of(folder)
    qtbot.keyClicks(sheet.filter, "zlib")
    assert sheet.names() == ["Big_One"]
    assert sheet.page.view.toPlainText().startswith("Big")
    qtbot.keyClick(sheet.filter, Qt.Key.Key_Return)
    assert sheet.isVisible()
    sheet.filter.setText("nothing has this name")
    assert (sheet.names(), sheet.page.view.toPlainText(), sheet.page.facts.text()) == ([], "", "Nothing found")
    assert not sheet.copy.isEnabled()
    sheet.filter.clear()
    assert sheet.copy.isEnabled()
    assert len(sheet.names()) == len(PARTS)


def test_the_columns_stay_while_the_list_is_filtered(sheet_of: MakeSheet, folder: Path, qtbot: QtBot) -> None:
    sheet = sheet_of(folder)
    header = sheet.list.header()
    widths = [header.sectionSize(column) for column in range(2)]
    assert widths == [max(sheet.list.sizeHintForColumn(at), header.sectionSizeHint(at)) for at in range(2)]
    sheet.filter.setText(min(sheet.names(), key=len))
    qtbot.wait(1)
    assert [header.sectionSize(column) for column in range(2)] == widths


def test_a_part_without_a_text_says_so(sheet_of: MakeSheet, folder: Path) -> None:
    sheet = sheet_of(folder)
    sheet.select("libmute")
    assert "without a text" in sheet.page.view.toPlainText()
    sheet.select("torn")
    assert "cannot be read" in sheet.page.view.toPlainText()


def test_a_list_that_cannot_be_read_is_said_in_the_dialog(sheet_of: MakeSheet, folder: Path) -> None:
    (folder / licences.LIST).unlink()
    assert "cannot be read" in sheet_of(folder).page.view.toPlainText()


def test_help_and_about_lead_to_it(make: MakeWindow) -> None:
    window = make(start=False)
    window.dialogs.about()
    about = window.findChild(AboutSheet)
    assert about is not None
    next(button for button in about.findChildren(QPushButton) if button.text() == "Licences…").click()
    sheet = window.findChild(LicencesSheet)
    assert sheet is not None
    assert "torch" in sheet.names()
    sheet.reject()
    about.reject()
    assert window.actions_["help.licences"].menu == "Help"


# -- the command


@pytest.fixture
def _bundled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences_command, "components", lambda: licences.components(folder))
    monkeypatch.setattr(licences_command, "read_text", lambda name: licences.read_text(name, folder))


@pytest.mark.usefixtures("_bundled")
def test_the_command_lists_all_and_prints_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["licences"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines[:2]] == [["Espalier", "1.0", "MIT"], ["Big_One", "2.0", "Zlib"]]
    assert cli.main(["licences", "big-one"]) == 0
    said = capsys.readouterr().out
    assert all(words in said for words in ("Big_One 2.0", "Mind it.", "Big\nterms", "-- big/parts/of/it/COPYING"))


@pytest.mark.usefixtures("_bundled")
def test_the_command_says_what_there_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["licences", "nobody"]) == 2
    assert "no part called 'nobody'" in capsys.readouterr().err
    assert cli.main(["licences", "torn"]) == 1
    assert "gone" in capsys.readouterr().err
