"""The view as a file and on paper: pixels in PNG, lines and real text in SVG and PDF, a sentence for what fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QFileDialog

from app.main_window import MainWindow
from app.output import printing
from app.theme import DARK, LIGHT
from engine import __version__
from tests.app.conftest import MakeWindow
from tests.app.test_window import session_file


@pytest.fixture
def window(make: MakeWindow, tmp_path: Path) -> MainWindow:
    return make(session_file(tmp_path / "one.espalier"))


def test_a_png_has_twice_the_pixels(window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "tree.png"
    printing.save_view(window.paint_view, file, QSize(800, 500))
    image = QImage(str(file))
    assert image.size() == QSize(1600, 1000)
    colours = {image.pixelColor(x, 500).name() for x in range(0, 1600, 3)}
    assert window.parts.theme.palette.background.name() in colours
    assert len(colours) > 3


def test_an_svg_holds_text_and_no_pixels(window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "tree.SVG"
    printing.save_view(window.paint_view, file)
    words = file.read_text(encoding="utf-8")
    assert "4 9 10 13" in words
    assert words.count("<text") > 5
    assert "<image" not in words
    assert 'font-family="Inter"' in words


def test_a_pdf_is_one_page_of_the_pictures_size(window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "tree.pdf"
    printing.save_view(window.paint_view, file, QSize(960, 480))
    body = file.read_bytes()
    assert body.startswith(b"%PDF")
    assert b"/MediaBox [0 0 720" in body  # 960 pixels at 96 dpi are 720 points
    assert body.count(b"/Type /Page\n") == 1
    assert b"/Subtype /Image" not in body


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_a_picture_says_which_session_it_shows(window: MainWindow, tmp_path: Path, suffix: str) -> None:
    session = window.parts.sessions.session
    assert session is not None
    number, file = session.properties()["id"], tmp_path / f"tree.{suffix}"
    window.actions_.trigger("file.export_picture")
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    if suffix == "png":
        image = QImage(str(file))
        assert image.text("Session") == number
        assert (image.text("Software"), image.text("Run")) == (f"Espalier {__version__}", "1")
        assert b"tEXtSession" in file.read_bytes()
    else:
        body = file.read_bytes()
        assert number.encode() in body or number.encode("utf-16-be") in body
        assert __version__.encode() in body or __version__.encode("utf-16-be") in body


def test_a_picture_is_never_too_large_to_be_made() -> None:
    assert printing.sharpness(QSize(1600, 1000)) == printing.SHARPNESS
    for size in (QSize(30_000, 10), QSize(10, 400_000), QSize(15_000, 15_000)):
        scale = printing.sharpness(size)
        assert max(size.width(), size.height()) * scale <= printing.LONGEST_SIDE + 1
        assert size.width() * size.height() * scale * scale <= printing.MOST_PIXELS * 1.001
    assert printing.draw_image(lambda *_: None, QSize(30_000, 10)).width() == printing.LONGEST_SIDE


def test_a_picture_is_whole_or_the_old_one_stays(tmp_path: Path) -> None:
    def fails(*_: object) -> None:
        raise OSError("no room")

    for suffix in ("png", "svg", "pdf"):
        file = tmp_path / f"tree.{suffix}"
        file.write_bytes(b"old")
        with pytest.raises(OSError, match="could not be written"):
            printing.save_view(fails, file)
        assert file.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("name", ["tree.txt", "no/such/folder/tree.png", "no/folder/tree.svg", "no/folder/tree.pdf"])
def test_what_cannot_be_written_is_a_sentence(window: MainWindow, tmp_path: Path, name: str) -> None:
    with pytest.raises(OSError, match=r"^(A picture is one of|The picture could not be written to)"):
        printing.save_view(window.paint_view, tmp_path / name)


def test_the_menu_asks_for_a_file_and_says_where_it_is(window: MainWindow, tmp_path: Path) -> None:
    window.actions_.trigger("file.export_picture")
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.defaultSuffix() == "png"
    dialog.filterSelected.emit(dialog.nameFilters()[1])
    assert dialog.defaultSuffix() == "svg"
    dialog.fileSelected.emit(str(tmp_path / "tree.svg"))
    assert (tmp_path / "tree.svg").stat().st_size > 1_000
    assert window.banner.texts[-1] == f"The picture is in {tmp_path / 'tree.svg'}."
    dialog.fileSelected.emit(str(tmp_path / "no" / "tree.svg"))
    assert "could not be written" in window.banner.texts[-1]
    dialog.reject()


def test_a_page_is_filled(window: MainWindow, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "page.pdf"))
    printing.print_page(window.paint_view, printer)
    assert (tmp_path / "page.pdf").stat().st_size > 2_000


def test_paper_is_light_whatever_the_window_is(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.parts.theme.set_mode("dark")
    paints: list[printing.Paint] = []
    monkeypatch.setattr(printing, "print_view", lambda paint, _parent: paints.append(paint))
    window.actions_.trigger("file.print")
    assert printing.draw_image(paints[0]).pixelColor(2, 2) == LIGHT.background
    assert printing.draw_image(window.paint_view).pixelColor(2, 2) == DARK.background


def test_printing_opens_a_preview(window: MainWindow) -> None:
    window.actions_.trigger("file.print")
    preview = window.findChild(QPrintPreviewDialog)
    assert preview is not None
    assert preview.isVisible()
    preview.reject()
