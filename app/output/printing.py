"""The view as a picture file or on paper, through the same paint function as on screen. Knows no tree.

PNG holds pixels; SVG and PDF hold lines and real text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import sqrt
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from app.language import tr
from engine import __version__
from storage.copying import replacing

SIZE = QSize(1600, 1000)
"""Of the page that is painted, in the view's own pixels."""
SHARPNESS = 2
"""Pixels of a PNG for each of those."""
LONGEST_SIDE = 16_000
"""Pixels; Qt draws nothing into a picture with a side of more than 32,767."""
MOST_PIXELS = 64_000_000
"""Of a picture in memory, which are 256 MB."""
SUFFIXES = (".png", ".svg", ".pdf")
DOTS_PER_INCH = 96
"""What the view's pixels are taken for on paper; fonts of the program are in pixels."""

PROGRAM = f"Espalier {__version__}"

Paint = Callable[[QPainter, QRectF], None]
"""Paints the whole view into a rectangle."""
_Writer = Callable[[Paint, Path, QSize, Mapping[str, str]], bool]


def save_view(paint: Paint, path: Path, size: QSize = SIZE, told: Mapping[str, str] | None = None) -> None:
    """Write a picture, whole or not at all; the suffix of `path` is the format, and `told` stands in the file beside
    the program's name. Raises OSError with a sentence."""
    writers: dict[str, _Writer] = {".png": _png, ".svg": _svg, ".pdf": _pdf}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise OSError(tr("A picture is one of {suffixes}.").format(suffixes=", ".join(SUFFIXES)))
    try:
        with replacing(path.absolute()) as temporary:
            if not (_can_write(temporary) and write(paint, temporary, size, {"Software": PROGRAM, **(told or {})})):
                raise OSError
    except OSError as error:
        raise OSError(tr("The picture could not be written to {path}.").format(path=path)) from error


def draw_image(paint: Paint, size: QSize = SIZE) -> QImage:
    """The view in pixels, sharp enough to be enlarged; of a very large one as sharp as it may be."""
    scale = sharpness(size)
    pixels = QSize(max(1, int(size.width() * scale)), max(1, int(size.height() * scale)))
    image = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
    with QPainter(image) as painter:
        painter.scale(scale, scale)
        paint(painter, QRectF(QRect(0, 0, size.width(), size.height())))
    return image


def sharpness(size: QSize) -> float:
    """Pixels for each of the view's own, so that a picture of this size can be made."""
    side, area = max(size.width(), size.height(), 1), max(size.width() * size.height(), 1)
    return min(float(SHARPNESS), LONGEST_SIDE / side, sqrt(MOST_PIXELS / area))


def _png(paint: Paint, path: Path, size: QSize, told: Mapping[str, str]) -> bool:
    image = draw_image(paint, size)
    for name, words in told.items():
        image.setText(name, words)
    return image.save(str(path), "PNG")  # type: ignore[call-overload,no-any-return] # a str it is


def _svg(paint: Paint, path: Path, size: QSize, told: Mapping[str, str]) -> bool:
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle("Espalier")
    generator.setDescription(_in_words(told))
    with QPainter(generator) as painter:
        paint(painter, QRectF(0, 0, size.width(), size.height()))
    return True


def _pdf(paint: Paint, path: Path, size: QSize, told: Mapping[str, str]) -> bool:
    writer = QPdfWriter(str(path))
    writer.setResolution(DOTS_PER_INCH)
    inches = QSizeF(size) / DOTS_PER_INCH
    writer.setPageSize(QPageSize(inches, QPageSize.Unit.Inch))
    writer.setPageMargins(QMarginsF())
    writer.setTitle(_in_words(told))
    writer.setCreator(PROGRAM)
    with QPainter(writer) as painter:
        paint(painter, QRectF(0, 0, size.width(), size.height()))
    return True


def _in_words(told: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {words}" for name, words in told.items())


def _can_write(path: Path) -> bool:
    """Qt's generators would only complain on stderr."""
    try:
        with path.open("wb"):
            return True
    except OSError:
        return False


def print_view(paint: Paint, parent: QWidget) -> QWidget:
    """Open a preview from which the view is printed, landscape and as large as the page; returns the preview."""
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    preview = QPrintPreviewDialog(printer, parent)
    preview.setWindowTitle(tr("Print"))
    preview.paintRequested.connect(lambda page: print_page(paint, page))
    preview.finished.connect(lambda _, _kept=printer: preview.deleteLater())  # the preview does not keep its printer
    preview.open()
    return preview


def print_page(paint: Paint, printer: object) -> None:
    """The view on one page, scaled so that its width is SIZE's."""
    from PySide6.QtPrintSupport import QPrinter

    assert isinstance(printer, QPrinter)
    page = printer.pageLayout().paintRectPixels(printer.resolution())
    scale = page.width() / SIZE.width()
    with QPainter(printer) as painter:
        painter.scale(scale, scale)
        paint(painter, QRectF(0, 0, SIZE.width(), page.height() / scale))
