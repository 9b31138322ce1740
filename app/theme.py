"""The look: colours and fonts, light and dark. Knows Qt and resources; knows no tree and no window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

Mode = Literal["system", "light", "dark"]

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
DARK_WHEN_UNKNOWN = True
"""What `system` means on a platform that does not say (bare X11, offscreen)."""


@dataclass(frozen=True)
class Palette:
    """Colours by role. Text roles keep 4.5:1 against `card`, shapes 3:1; `faint` is decoration only."""

    background: QColor
    panel: QColor
    card: QColor
    border: QColor
    text: QColor
    secondary: QColor
    faint: QColor
    edge: QColor
    accent: QColor
    principal: QColor
    good: QColor
    bad: QColor
    on_accent: QColor
    value_ramp: tuple[QColor, ...]
    """Diverging, low to high: blue, grey, amber, which stay apart under every colour blindness."""
    phases: tuple[QColor, QColor, QColor, QColor]
    """Selection, expansion, simulation, backpropagation: Okabe & Ito's colours, darker in the light theme."""


def _ramp(*names: str) -> tuple[QColor, ...]:
    return tuple(QColor(name) for name in names)


DARK = Palette(
    background=QColor("#14171c"),
    panel=QColor("#1b1f26"),
    card=QColor("#232831"),
    border=QColor("#323945"),
    text=QColor("#e4e7ec"),
    secondary=QColor("#98a2b0"),
    faint=QColor("#5c6675"),
    edge=QColor("#48515f"),
    accent=QColor("#5aa9ff"),
    principal=QColor("#ffb000"),
    good=QColor("#4fc3a1"),
    bad=QColor("#e5766c"),
    on_accent=QColor("#0b0e12"),
    value_ramp=_ramp("#3b6fd1", "#6f93cf", "#8b93a0", "#d3a352", "#ffb000"),
    phases=(QColor("#56b4e9"), QColor("#009e73"), QColor("#cc79a7"), QColor("#e69f00")),
)
LIGHT = Palette(
    background=QColor("#fbfcfd"),
    panel=QColor("#f3f5f8"),
    card=QColor("#ffffff"),
    border=QColor("#d3d9e1"),
    text=QColor("#1b2027"),
    secondary=QColor("#5a6472"),
    faint=QColor("#98a2ae"),
    edge=QColor("#b9c2cd"),
    accent=QColor("#1668c7"),
    principal=QColor("#c45f00"),
    good=QColor("#0f7b5f"),
    bad=QColor("#b3382c"),
    on_accent=QColor("#ffffff"),
    value_ramp=_ramp("#1f4fb0", "#7a9ad6", "#b4bac3", "#d9953f", "#c45f00"),
    phases=(QColor("#3694ca"), QColor("#0c7d57"), QColor("#a6487e"), QColor("#a97700")),
)


class Theme(QObject):
    """The look in force; one per program, handed to every view, which repaints on `changed`."""

    changed = Signal()

    def __init__(self, mode: Mode = "system", text_size: int = 100, parent: QObject | None = None) -> None:
        """`text_size` in percent, of everything but the scene: its cards are larger when they are zoomed in on."""
        super().__init__(parent)
        self._mode: Mode = mode
        self._text_size = text_size
        self._app: QApplication | None = None
        self._dark = self._wants_dark()

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def dark(self) -> bool:
        return self._dark

    @property
    def palette(self) -> Palette:
        return DARK if self._dark else LIGHT

    def set_mode(self, mode: Mode) -> None:
        """Light, dark, or what the desktop says (followed while the program runs)."""
        self._mode = mode
        self._follow_desktop()

    @property
    def text_size(self) -> int:
        """Percent."""
        return self._text_size

    def set_text_size(self, percent: int) -> None:
        if percent == self._text_size:
            return
        self._text_size = percent
        if self._app is not None:
            self._app.setFont(self.ui_font())
            # now, so that views which measure their font on `changed` measure the new one
            QCoreApplication.sendPostedEvents(None, QEvent.Type.ApplicationFontChange.value)
        self.changed.emit()

    def apply(self, app: QApplication) -> None:
        """Dress the whole application: Fusion, every colour role, the bundled fonts."""
        self._app = app
        app.setStyle("Fusion")
        app.setFont(self.ui_font())
        self._paint(app)
        app.styleHints().colorSchemeChanged.connect(self._follow_desktop)

    def ui_font(self, points: float = 9) -> QFont:
        return _font(_families()[0], points * self._text_size / 100)

    def mono_font(self, points: float = 9) -> QFont:
        return _mono(points * self._text_size / 100)

    def scene_font(self, points: float = 9) -> QFont:
        """For text in the scene of the canvas, whose cards have one size and are zoomed as a whole."""
        return _font(_families()[0], points)

    def scene_mono(self, points: float = 9) -> QFont:
        return _mono(points)

    def value_colour(self, value: float | None) -> QColor:
        """The ramp at `value` in [0, 1] (clamped); `faint` for None, since a missing value is not a low one."""
        if value is None:
            return self.palette.faint
        ramp = self.palette.value_ramp
        place = min(max(value, 0.0), 1.0) * (len(ramp) - 1)
        below = min(int(place), len(ramp) - 2)
        return mix(ramp[below], ramp[below + 1], place - below)

    @contextmanager
    def on_paper(self) -> Iterator[None]:
        """Inside, colours are light: paper is white, and ink costs. For painting alone, since nobody is told."""
        dark, self._dark = self._dark, False
        try:
            yield
        finally:
            self._dark = dark

    def _follow_desktop(self) -> None:
        dark = self._wants_dark()
        if dark == self._dark:
            return
        self._dark = dark
        if self._app is not None:
            self._paint(self._app)
        self.changed.emit()

    def _paint(self, app: QApplication) -> None:
        app.setPalette(qt_palette(self.palette))
        app.setPalette(box_palette(self.palette), "QCheckBox")  # type: ignore[arg-type] # Qt takes a str, bytes it refuses

    def _wants_dark(self) -> bool:
        if self._mode != "system":
            return self._mode == "dark"
        scheme = QGuiApplication.styleHints().colorScheme()
        return DARK_WHEN_UNKNOWN if scheme == Qt.ColorScheme.Unknown else scheme == Qt.ColorScheme.Dark


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """`one` at share 0, `other` at share 1, opaque."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )


def qt_palette(colours: Palette) -> QPalette:
    """Every role of every group: what is left out would come from the desktop and clash in one of the themes."""
    role = QPalette.ColorRole
    palette = QPalette()
    for roles, colour in (
        ((role.Window, role.Button, role.AlternateBase), colours.panel),
        ((role.Base,), colours.background),
        ((role.ToolTipBase,), colours.card),
        ((role.WindowText, role.Text, role.ButtonText, role.BrightText, role.ToolTipText), colours.text),
        ((role.PlaceholderText,), colours.secondary),
        ((role.Highlight, role.Accent, role.Link), colours.accent),
        ((role.HighlightedText,), colours.on_accent),
        ((role.LinkVisited,), colours.secondary),
        ((role.Light, role.Midlight), mix(colours.panel, colours.border, 0.5)),
        ((role.Mid,), colours.border),
        ((role.Dark, role.Shadow), mix(colours.border, colours.background, 0.3)),
    ):
        for each in roles:
            palette.setColor(each, colour)
    for each in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, colours.faint)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, colours.border)
    return palette


def box_palette(colours: Palette) -> QPalette:
    """For boxes to tick: Fusion makes their outline from the window's colour, which cannot be seen on a dark window."""
    palette = qt_palette(colours)
    palette.setColor(QPalette.ColorRole.Window, colours.secondary)
    return palette


@cache
def _families() -> tuple[str, str]:
    """Families for text and for numbers: the bundled ones, or the system's where those are missing."""
    for file in sorted((RESOURCES / "fonts").glob("*.?tf")):
        QFontDatabase.addApplicationFont(str(file))
    present = set(QFontDatabase.families())
    text = "Inter" if "Inter" in present else QGuiApplication.font().family()
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    return text, "JetBrains Mono" if "JetBrains Mono" in present else fixed


def _mono(points: float) -> QFont:
    font = _font(_families()[1], points)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setFeature(QFont.Tag("calt"), 0)  # ligatures would show a model's `!=` as one sign it never wrote
    return font


def _font(family: str, points: float) -> QFont:
    """In pixels at 96 dpi: a point is 1 px on macOS and 1.33 px elsewhere, and cards have the same size everywhere."""
    font = QFont(family)
    font.setPixelSize(round(points * 4 / 3))
    return font


def embolden(font: QFont, wanted: bool = True) -> None:
    """In the heaviest weight that text and numbers both have a file for; of any other, Qt would smear the letters."""
    font.setWeight(QFont.Weight.DemiBold if wanted else QFont.Weight.Normal)
