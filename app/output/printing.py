"""The view as a picture file or on paper, through the same paint function as on screen. Knows no tree.

PNG holds pixels; SVG and PDF hold lines and real text.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from app.language import tr

SIZE = QSize(1600, 1000)
"""Of the page that is painted, in the view's own pixels."""
SHARPNESS = 2
"""Pixels of a PNG for each of those."""
SUFFIXES = (".png", ".svg", ".pdf")
DOTS_PER_INCH = 96
"""What the view's pixels are taken for on paper; fonts of the program are in pixels."""

Paint = Callable[[QPainter, QRectF], None]
"""Paints the whole view into a rectangle."""


def save_view(paint: Paint, path: Path, size: QSize = SIZE) -> None:
    """Write a picture; the suffix of `path` is the format. Raises OSError with a sentence."""
    writers: dict[str, Callable[[Paint, Path, QSize], bool]] = {".png": _png, ".svg": _svg, ".pdf": _pdf}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise OSError(tr("A picture is one of {suffixes}.").format(suffixes=", ".join(SUFFIXES)))
    if not write(paint, path, size):
        raise OSError(tr("The picture could not be written to {path}.").format(path=path))


def draw_image(paint: Paint, size: QSize = SIZE) -> QImage:
    """The view in pixels, sharp enough to be enlarged."""
    image = QImage(size * SHARPNESS, QImage.Format.Format_ARGB32_Premultiplied)
    with QPainter(image) as painter:
        painter.scale(SHARPNESS, SHARPNESS)
        paint(painter, QRectF(QRect(0, 0, size.width(), size.height())))
    return image


def _png(paint: Paint, path: Path, size: QSize) -> bool:
    return draw_image(paint, size).save(str(path), "PNG")  # type: ignore[call-overload,no-any-return] # a str it is


def _svg(paint: Paint, path: Path, size: QSize) -> bool:
    if not _can_write(path):  # the generator would only complain on stderr
        return False
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle("Espalier")
    with QPainter(generator) as painter:
        paint(painter, QRectF(0, 0, size.width(), size.height()))
    return True


def _pdf(paint: Paint, path: Path, size: QSize) -> bool:
    if not _can_write(path):
        return False
    writer = QPdfWriter(str(path))
    writer.setResolution(DOTS_PER_INCH)
    inches = QSizeF(size) / DOTS_PER_INCH
    writer.setPageSize(QPageSize(inches, QPageSize.Unit.Inch))
    writer.setPageMargins(QMarginsF())
    writer.setTitle("Espalier")
    with QPainter(writer) as painter:
        paint(painter, QRectF(0, 0, size.width(), size.height()))
    return True


def _can_write(path: Path) -> bool:
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
