"""Colours: what each channel reads, how it is stretched, that missing is missing, and that ends stay far apart."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from app.canvas.channels import (
    CATEGORIES,
    CHANNELS,
    FAINT,
    MISSING,
    VALUE,
    channel_named,
    colour_table,
    colours,
    missing_colour,
    shade,
)
from app.models.history import History
from app.models.step_marks import SOURCES
from app.theme import Theme
from tests.app.canvas.trees import Search

pytestmark = pytest.mark.usefixtures("qapp")

CVD = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Machado, Oliveira & Fernandes 2009, severity 1, on linear RGB."""
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))


def lab(colour: QColor, deficiency: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """CIE L*a*b* as somebody with the deficiency sees it."""
    rgb = np.array([colour.redF(), colour.greenF(), colour.blueF()])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(CVD[deficiency]) @ linear, 0, 1)
    xyz = np.array(TO_XYZ) @ seen / (0.9505, 1.0, 1.089)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: QColor, other: QColor, deficiency: str) -> float:
    return float(np.linalg.norm(lab(one, deficiency) - lab(other, deficiency)))


@pytest.fixture
def history() -> History:
    history = History()
    search = Search(width=4, seed=3).run(60)
    history.extend(search.records)
    history.seek(len(search.records))
    return history


@pytest.mark.parametrize("deficiency", CVD)
@pytest.mark.parametrize("mode", ["dark", "light"])
def test_the_ends_of_every_map_stay_far_apart(mode: str, deficiency: str) -> None:
    theme = Theme("dark" if mode == "dark" else "light")
    for channel in CHANNELS:
        stops = colours(theme, channel)
        if channel.kind != "category":
            assert difference(stops[0], stops[-1], deficiency) >= 40, channel.name


@pytest.mark.parametrize("deficiency", CVD)
def test_sources_can_be_told_apart(deficiency: str) -> None:
    for one, other in combinations(map(QColor, CATEGORIES), 2):
        assert difference(one, other, deficiency) >= 8
    assert len(CATEGORIES) == len(SOURCES)


def test_channels_read_what_they_say(history: History) -> None:
    read = {channel.name: channel.read(history) for channel in CHANNELS}
    assert {len(numbers) for numbers in read.values()} == {history.count}
    np.testing.assert_array_equal(read["value"], history.value)
    np.testing.assert_array_equal(read["visits"], history.visits)
    np.testing.assert_array_equal(read["prm"], history.prm)
    np.testing.assert_array_equal(read["prior"], history.prior)
    assert (np.diff(read["time"]) >= 0).all()
    said = read["source"][~np.isnan(read["source"])].astype(int)
    assert "prm" in {SOURCES[number] for number in said}


def test_missing_is_never_a_colour_of_the_map(history: History) -> None:
    shading = shade(VALUE, history, 0)
    codes, table = shading.codes(), colour_table(Theme("dark"), VALUE)
    unvisited = history.visits == 0
    assert unvisited.any()
    assert (codes[unvisited] == MISSING).all()
    assert (codes[~unvisited] < MISSING).all()
    assert table[MISSING] == missing_colour(Theme("dark")).rgba()
    assert table[MISSING] not in table[:MISSING]


def test_the_map_spans_the_5th_to_the_95th_percentile(history: History) -> None:
    shading = shade(channel_named("prior"), history, 0)
    assert (shading.low, shading.high) == pytest.approx(tuple(np.percentile(history.prior, (5, 95))), rel=1e-5)
    assert shading.stretched
    assert (shading.place[history.prior <= shading.low] == 0).all()
    assert (shading.place[history.prior >= shading.high] == 1).all()


def test_values_of_few_visits_are_faint_and_the_user_says_how_few(history: History) -> None:
    for threshold in (0, 2, 10):
        codes = shade(VALUE, history, threshold).codes()
        visited = history.visits > 0
        faint = (codes >= FAINT) & (codes < MISSING)
        np.testing.assert_array_equal(faint, visited & (history.visits < threshold))
    assert not shade(channel_named("visits"), history, 10).faint.any()


def test_a_search_without_values_is_coloured_by_its_scores() -> None:
    history = History()
    records = [record for record in Search(seed=1).run(5).records if type(record.event).__name__ != "Backpropagated"]
    history.extend(records)
    history.seek(len(records))
    np.testing.assert_array_equal(VALUE.read(history), history.mark)
    assert not shade(VALUE, history, 2).faint.any()  # it visits nothing, so nothing is more certain than the rest


def test_nothing_shown_is_nothing_shaded() -> None:
    for channel in CHANNELS:
        assert len(shade(channel, History(), 2).codes()) == 0


def test_an_unknown_name_is_the_value() -> None:
    assert channel_named("nonsense") is VALUE
