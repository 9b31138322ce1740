"""Pictures of cards: readable, cached, in the theme's colours."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QFontMetricsF, QImage

from app.canvas.cards import CACHED, MARGIN, CardPictures, stats_that_fit, two_lines
from app.canvas.faces import RAMP_STEPS, Face
from app.canvas.scene import CARD_HEIGHT, CARD_WIDTH
from app.theme import DARK, LIGHT, Theme

pytestmark = pytest.mark.usefixtures("qapp")

FACE = Face("13 - 9 = 4 (left: 4 4 10)", stats="Q .84  N 73  P .43", stripe=RAMP_STEPS, pill="84%", pill_place=24)


@pytest.fixture
def theme() -> Theme:
    return Theme("dark")


def image(theme: Theme, face: Face, scale: float = 1.0, ratio: float = 1.0) -> QImage:
    return CardPictures(theme).picture(face, scale, ratio).toImage()


def at(picture: QImage, x: float, y: float) -> str:
    """Colour of a place on the card, in card pixels."""
    return picture.pixelColor(round(MARGIN + x), round(MARGIN + y)).name()


def differing(one: QImage, other: QImage) -> int:
    return sum(one.pixelColor(x, y) != other.pixelColor(x, y) for x in range(one.width()) for y in range(one.height()))


def test_the_stripe_has_the_colour_of_the_value(theme: Theme) -> None:
    assert at(image(theme, FACE), 3, 30) == DARK.value_ramp[-1].name()
    assert at(image(theme, replace(FACE, stripe=0)), 3, 30) == DARK.value_ramp[0].name()
    assert at(image(theme, replace(FACE, stripe=None)), 3, 30) == DARK.card.name()


def test_a_missing_score_does_not_look_like_zero(theme: Theme) -> None:
    zero = replace(FACE, pill="0%", pill_place=0)
    missing = replace(FACE, pill="–", pill_place=None)
    assert at(image(theme, zero), CARD_WIDTH - 43, CARD_HEIGHT - 13) == DARK.value_ramp[0].name()
    assert at(image(theme, missing), CARD_WIDTH - 43, CARD_HEIGHT - 13) == DARK.card.name()


@pytest.mark.parametrize(
    "other",
    [
        replace(FACE, text="other"),
        replace(FACE, frame="selected"),
        replace(FACE, frame="principal"),
        replace(FACE, stacked=True),
        replace(FACE, dimmed=True),
        replace(FACE, tag="✓ correct", tone="good"),
        replace(FACE, kind="writing"),
        replace(FACE, kind="rollout"),
    ],
    ids=["text", "selected", "principal", "stacked", "dimmed", "tag", "writing", "rollout"],
)
def test_everything_a_face_says_can_be_seen(theme: Theme, other: Face) -> None:
    assert differing(image(theme, FACE), image(theme, other)) > 20


def test_frames_have_the_colours_of_the_theme(theme: Theme) -> None:
    assert at(image(theme, replace(FACE, frame="selected")), 100, 0) == DARK.accent.name()
    assert at(image(theme, replace(FACE, frame="principal")), 100, 0) != DARK.border.name()


def test_pictures_have_device_pixels(theme: Theme) -> None:
    picture = CardPictures(theme).picture(FACE, 1.5, 2.0)
    assert picture.width() == round((CARD_WIDTH + 2 * MARGIN) * 3)
    assert picture.devicePixelRatio() == 2


def test_a_picture_is_drawn_once(theme: Theme) -> None:
    cards = CardPictures(theme)
    first = cards.picture(FACE, 1.0, 1.0)
    assert cards.picture(replace(FACE), 1.0, 1.0) is first
    assert cards.picture(FACE, 1.1, 1.0) is not first
    assert cards.picture(FACE, 1.0, 2.0) is not first


def test_old_pictures_go_first(theme: Theme) -> None:
    cards = CardPictures(theme)
    kept = cards.picture(FACE, 0.1, 1.0)
    for number in range(CACHED + 50):
        cards.picture(replace(FACE, text=str(number)), 0.1, 1.0)
        assert cards.picture(FACE, 0.1, 1.0) is kept
    assert len(cards) == CACHED


def test_a_change_of_theme_forgets_every_picture(theme: Theme) -> None:
    cards = CardPictures(theme)
    cards.picture(FACE, 1.0, 1.0)
    theme.set_mode("light")
    assert len(cards) == 0
    assert at(cards.picture(FACE, 1.0, 1.0).toImage(), 150, 44) == LIGHT.card.name()


@pytest.mark.parametrize("text", ["", "short", "word " * 40, "A" * 300, "日本語" * 60, "a " + "b" * 300])
def test_lines_fit_and_nothing_is_lost_without_dots(theme: Theme, text: str) -> None:
    metrics = QFontMetricsF(theme.ui_font())
    first, second = two_lines(text, metrics, 140, 200)
    assert metrics.horizontalAdvance(first) <= 140
    assert metrics.horizontalAdvance(second) <= 200
    shown = first + second
    assert shown.replace(" ", "") == text.replace(" ", "") or shown.endswith("…")
    assert second or text == first


def test_a_card_draws_nothing_far_outside_itself(theme: Theme) -> None:
    picture = image(
        theme, replace(FACE, text="W" * 200, stats="N " * 200, tag="✓ correct", stacked=True, frame="selected")
    )
    edge = [picture.pixelColor(picture.width() - 1, y) for y in range(picture.height())]
    assert all(colour == QColor(0, 0, 0, 0) for colour in edge)


def test_the_prior_goes_whole_where_it_does_not_fit(theme: Theme) -> None:
    metrics = QFontMetricsF(theme.scene_mono(8))
    width = metrics.horizontalAdvance(FACE.stats)
    assert stats_that_fit(FACE.stats, metrics, width) == FACE.stats
    assert stats_that_fit(FACE.stats, metrics, width - 1) == "Q .84  N 73"
    assert stats_that_fit("P .43", metrics, 1) == "P .43"
