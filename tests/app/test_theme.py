"""The look: readable, told apart by everybody, complete, and the same after a change of theme."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QIcon, QImage, QPainter, QPalette, QRegion
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QCheckBox, QStyleFactory, QWidget
from pytestqt.qtbot import QtBot

from app.canvas.cards import ink_on, luminance
from app.icons import app_icon, icon
from app.theme import DARK, LIGHT, RESOURCES, Palette, Theme, box_palette, embolden, mix, qt_palette

pytestmark = pytest.mark.usefixtures("qapp")

# Machado, Oliveira & Fernandes 2009, severity 1, on linear RGB.
BLINDNESS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
PALETTES = pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
ICONS = sorted(path.stem for path in (RESOURCES / "icons").glob("*.svg"))


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2 contrast ratio, 1..21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(colour: QColor, matrix: list[list[float]]) -> npt.NDArray[np.float64]:
    """CIE L*a*b* (D65) of a colour as somebody sees it whose eyes do `matrix` to linear RGB."""
    rgb = np.array([colour.redF(), colour.greenF(), colour.blueF()])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(matrix) @ linear, 0, 1)
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    relative = np.array(to_xyz) @ seen / [0.95047, 1.0, 1.08883]
    f = np.where(relative > 0.008856, np.cbrt(relative), 7.787 * relative + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: QColor, other: QColor, matrix: list[list[float]]) -> float:
    return float(np.linalg.norm(lab(one, matrix) - lab(other, matrix)))


@PALETTES
def test_text_is_readable_on_cards_and_panels(palette: Palette) -> None:
    for colour in (palette.text, palette.secondary, palette.accent, palette.good, palette.bad):
        assert contrast(colour, palette.card) >= 4.5
    for behind in (palette.background, palette.panel):
        assert contrast(palette.text, behind) >= 4.5
        assert contrast(palette.secondary, behind) >= 4.5
        for colour in (palette.accent, palette.good, palette.bad):
            assert contrast(colour, behind) >= 4.5
    assert contrast(palette.on_accent, palette.accent) >= 4.5


@PALETTES
def test_a_box_that_is_not_ticked_can_be_seen(palette: Palette, qtbot: QtBot) -> None:
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setStyle(QStyleFactory.create("Fusion"))
    box.setPalette(box_palette(palette))
    picture = QImage(24, 24, QImage.Format.Format_RGB32)
    picture.fill(palette.panel)
    box.resize(24, 24)
    box.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    pixels = [picture.pixelColor(x, y) for x in range(24) for y in range(24)]
    assert max(contrast(pixel, palette.panel) for pixel in pixels) >= 3


@PALETTES
def test_shapes_can_be_seen(palette: Palette) -> None:
    for behind in (palette.background, palette.panel, palette.card):
        for colour in (palette.principal, palette.accent, *palette.phases):
            assert contrast(colour, behind) >= 3


@PALETTES
@pytest.mark.parametrize("matrix", BLINDNESS.values(), ids=BLINDNESS)
def test_colours_stay_apart_for_colour_blind_people(palette: Palette, matrix: list[list[float]]) -> None:
    assert difference(palette.value_ramp[0], palette.value_ramp[-1], matrix) >= 40
    for one, other in combinations(palette.phases, 2):
        assert difference(one, other, matrix) >= 16


@PALETTES
def test_numbers_are_readable_on_every_place_of_the_ramp(palette: Palette) -> None:
    for one, other in pairwise(palette.value_ramp):
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            fill = mix(one, other, share)
            assert contrast(ink_on(fill), fill) >= 4.5


def test_the_ramp_goes_from_end_to_end_and_missing_is_not_low() -> None:
    theme = Theme("dark")
    assert theme.value_colour(0) == DARK.value_ramp[0]
    assert theme.value_colour(1) == theme.value_colour(7.5) == DARK.value_ramp[-1]
    assert theme.value_colour(None) == DARK.faint
    assert theme.value_colour(0.125).name() == mix(DARK.value_ramp[0], DARK.value_ramp[1], 0.5).name()


def test_a_change_of_mode_is_told_once(qtbot: QtBot) -> None:
    theme = Theme("dark")
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("light")
    assert theme.palette is LIGHT
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode("light")


@PALETTES
def test_no_colour_role_is_left_to_the_desktop(palette: Palette) -> None:
    ours = {colour.rgb() for colour in (palette.panel, palette.background, palette.card, palette.text, palette.accent)}
    dressed, role = qt_palette(palette), QPalette.ColorRole
    for each in (role.Window, role.Base, role.Button, role.ToolTipBase, role.ToolTipText, role.Text, role.Highlight):
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            assert dressed.color(group, each).rgb() in ours
    assert dressed.color(QPalette.ColorGroup.Disabled, role.Text) == palette.faint


def test_the_bundled_fonts_are_used() -> None:
    theme = Theme("dark")
    assert QFontInfo(theme.ui_font()).family() == "Inter"
    assert QFontInfo(theme.mono_font()).fixedPitch()
    assert theme.ui_font(9).pixelSize() == 12


def test_heavy_letters_have_a_file_of_their_own() -> None:
    """Qt draws a bold that it has no file for as smeared letters."""
    theme = Theme("dark")
    for font in (theme.ui_font(), theme.mono_font()):
        embolden(font)
        assert font.weight() <= QFontInfo(font).weight()
        embolden(font, False)
        assert font.weight() == QFont.Weight.Normal
    sources = (
        path for path in (RESOURCES.parent / "app").rglob("*.py") if "setBold(" in path.read_text(encoding="utf-8")
    )
    assert not list(sources), "use app.theme.embolden"


@pytest.mark.parametrize("name", ICONS)
def test_icons_follow_the_theme(name: str) -> None:
    if name == "espalier":
        assert not app_icon().pixmap(64).isNull()
        return
    theme = Theme("dark")
    drawn = icon(theme, name)

    def inked(colour: QColor) -> bool:
        """Whether the opaque pixels have this colour, up to rounding."""
        image = drawn.pixmap(24, 24).toImage()
        pixels = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
        ink = [pixel for pixel in pixels if pixel.alpha() == 255]
        return bool(ink) and all(abs(pixel.lightness() - colour.lightness()) <= 2 for pixel in ink)

    assert inked(DARK.text)
    theme.set_mode("light")
    assert inked(LIGHT.text)


def test_icons_are_sharp_on_a_fine_screen() -> None:
    drawn = icon(Theme("dark"), "run").pixmap(QSize(18, 18), 2.0)
    assert (drawn.width(), drawn.devicePixelRatio()) == (36, 2.0)


def test_icons_are_drawn_once_for_each_size_and_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    theme, drawn = Theme("dark"), []

    def counted(source: QByteArray) -> QSvgRenderer:
        drawn.append(source)
        return QSvgRenderer(source)

    monkeypatch.setattr("app.icons.QSvgRenderer", counted)
    picture, image = icon(theme, "run"), QImage(40, 40, QImage.Format.Format_ARGB32_Premultiplied)
    for mode in ("dark", "light", "dark"):
        theme.set_mode("light" if mode == "light" else "dark")
        for _ in range(5):
            with QPainter(image) as painter:
                picture.paint(painter, QRect(4, 4, 16, 16))
    assert len(drawn) == 2
    with QPainter(image) as painter:
        picture.paint(painter, QRect(4, 4, 16, 16), mode=QIcon.Mode.Disabled)
        picture.paint(painter, QRect(4, 4, 20, 20))
    assert len(drawn) == 4


def test_on_paper_colours_are_light_and_nobody_is_told(qtbot: QtBot) -> None:
    theme = Theme("dark")
    with qtbot.assertNotEmitted(theme.changed), theme.on_paper():
        assert theme.palette is LIGHT
    assert theme.palette is DARK


class Desktop:
    """What Qt hears of the desktop."""

    scheme = Qt.ColorScheme.Dark

    def styleHints(self) -> Desktop:
        return self

    def colorScheme(self) -> Qt.ColorScheme:
        return self.scheme


def test_the_look_follows_the_desktop_while_it_runs(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    desktop = Desktop()
    monkeypatch.setattr("app.theme.QGuiApplication", desktop)
    theme, fixed = Theme("system"), Theme("dark")
    for each in (fixed, theme):
        each.apply(qapp)
    desktop.scheme = Qt.ColorScheme.Light
    qapp.styleHints().colorSchemeChanged.emit(desktop.scheme)
    assert (theme.palette, fixed.palette) == (LIGHT, DARK)
    assert qapp.palette().color(QPalette.ColorRole.Window) == LIGHT.panel
    desktop.scheme = Qt.ColorScheme.Dark
    qapp.styleHints().colorSchemeChanged.emit(desktop.scheme)
    assert theme.palette is DARK


def test_the_size_of_text_reaches_every_font_but_those_of_the_scene(qtbot: QtBot) -> None:
    theme = Theme("dark", 150)
    assert (theme.ui_font(9).pixelSize(), theme.mono_font(9).pixelSize()) == (18, 18)
    assert (theme.scene_font(9).pixelSize(), theme.scene_mono(9).pixelSize()) == (12, 12)
    with qtbot.waitSignal(theme.changed):
        theme.set_text_size(100)
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_text_size(100)


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        icon(Theme("dark"), "no such icon")
