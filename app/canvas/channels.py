"""What the colour of a node can show: one channel each, read from the history and spread over a colour map.

Knows no widget. Colour maps keep apart under every colour blindness; a missing value has a colour of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from app.canvas.values import FEW, stretch
from app.language import mark
from app.models.history import History
from app.models.step_marks import NOBODY, SOURCES
from app.theme import Theme, mix
from engine.parts import UNIT, Scale

Floats: TypeAlias = npt.NDArray[np.float32]
Kind = Literal["value", "amount", "category"]

STEPS = 256
"""Colours of a table without those below."""
FAINT = STEPS
"""First of STEPS colours for values that rest on few visits."""
MISSING, OUT = 2 * STEPS, 2 * STEPS + 1
"""Places in a table for nodes without the number, and for nodes that are out of the search."""
MOST_READ = 20_000
"""Percentiles of more nodes than this are taken from a sample of them."""
FADED = 0.68
"""Share of the background in a faint colour."""

AMOUNTS_DARK = ("#4a6aa8", "#6f7a92", "#95906f", "#c6b257", "#fee838")
AMOUNTS_LIGHT = ("#c9b23a", "#a39a70", "#757a7c", "#3f5380", "#00224e")
"""After cividis (Nuñez, Anderton & Renslow 2018), without its end that the background would swallow; more is the end
that stands out."""
CATEGORIES = ("#e69f00", "#56b4e9", "#009e73", "#eae03f", "#0072b2", "#d55e00", "#cc79a7", "#6f747f")
"""Okabe & Ito 2008; their black, which a dark theme swallows, is a grey."""


@dataclass(frozen=True, eq=False)
class Channel:
    """One number of every node."""

    name: str
    """Stable: it is in the settings."""
    title: str
    """Marked for translation."""
    kind: Kind
    """A value on the run's scale, with a middle, an amount, or one of SOURCES."""
    read: Callable[[History], Floats]
    """(count,) at the cursor; nan: missing."""
    fades: bool = False
    """Whether it means little after few visits."""
    logarithmic: bool = False
    unit: str = ""

    def scaled(self, numbers: Floats) -> Floats:
        return np.log1p(numbers) if self.logarithmic else numbers

    def text(self, number: float) -> str:
        """A number of the channel for the legend."""
        whole = self.logarithmic or (self.kind == "amount" and number >= 10)
        shown = f"{number:,.0f}" if whole else f"{number:.2f}"
        return f"{shown} {self.unit}".rstrip()


@dataclass(frozen=True)
class Shading:
    """A channel of all nodes at a cursor, ready to be coloured."""

    channel: Channel
    low: float
    high: float
    """Ends of the colour map, in the channel's own numbers."""
    stretched: bool
    """Whether the ends are percentiles and not the least and the most there is."""
    place: Floats
    """(count,) in [0, 1] on the colour map, or the number of a category; nan: missing."""
    threshold: int
    """Numbers that rest on fewer visits are faint; 0: no matter how few."""
    faint: npt.NDArray[np.bool_]
    """(count,) whether they do."""

    def codes(self) -> npt.NDArray[np.int16]:
        """(count,) places in a `colour_table`."""
        return codes_of(self.place, self.faint, self.channel.kind == "category")


def shade(channel: Channel, history: History, threshold: int) -> Shading:
    """The channel at the cursor; numbers of nodes with fewer visits than `threshold` are faint.

    A search that credits no values visits nothing: its scores are as certain as they will ever be.
    """
    numbers = channel.read(history)
    threshold = threshold if channel.fades and _is_credited(history) else 0
    faint = history.visits < threshold
    if channel.kind == "category":
        return Shading(channel, 0, len(SOURCES) - 1, False, numbers, threshold, faint)
    low, high, stretched = ends(channel, numbers, history.log.scale)
    scaled = channel.scaled(np.array((low, high), np.float32))
    span = max(float(scaled[1] - scaled[0]), 1e-9)
    place = np.clip((channel.scaled(numbers) - scaled[0]) / span, 0, 1).astype(np.float32)
    return Shading(channel, low, high, stretched, place, threshold, faint)


def ends(channel: Channel, numbers: Floats, scale: Scale = UNIT) -> tuple[float, float, bool]:
    """What the two ends of the colour map stand for, and whether they are percentiles."""
    sample = numbers[:: -(-len(numbers) // MOST_READ) or 1]
    known = sample[~np.isnan(sample)]
    if channel.kind == "value":
        low, high = stretch(known, scale)
        return low, high, (low, high) != (scale.low, scale.high)
    if not len(known):
        return 0.0, 1.0, False
    if len(known) < FEW:
        low, high = float(known.min()), float(known.max())
    else:
        low, high = (float(end) for end in np.percentile(known, (5, 95)))
    return low, high if high > low else low + 1.0, len(known) >= FEW


def codes_of(place: Floats, faint: npt.NDArray[np.bool_], category: bool) -> npt.NDArray[np.int16]:
    """Places in a `colour_table`; `place` in [0, 1] or the number of a category, nan: missing."""
    known = ~np.isnan(place)
    scaled = np.where(known, place, 0) * (1 if category else STEPS - 1)
    codes = (scaled + 0.5).astype(np.int16)
    codes += faint * np.int16(FAINT)
    codes[~known] = MISSING
    return codes


def colours(theme: Theme, channel: Channel) -> tuple[QColor, ...]:
    """The colour map's stops, low to high, or the categories in order."""
    if channel.kind == "value":
        return theme.palette.value_ramp
    if channel.kind == "category":
        return tuple(map(QColor, CATEGORIES))
    return tuple(map(QColor, AMOUNTS_DARK if theme.dark else AMOUNTS_LIGHT))


def colour_at(theme: Theme, channel: Channel, place: float) -> QColor:
    """`place` in [0, 1], or the number of a category."""
    stops = colours(theme, channel)
    if channel.kind == "category":
        return stops[round(place) % len(stops)]
    along = min(max(place, 0.0), 1.0) * (len(stops) - 1)
    below = min(int(along), len(stops) - 2)
    return mix(stops[below], stops[below + 1], along - below)


def colour_table(theme: Theme, channel: Channel) -> npt.NDArray[np.uint32]:
    """(OUT + 1,) ARGB: STEPS colours, the same faint, and those of MISSING and OUT."""
    scale = 1 if channel.kind == "category" else 1 / (STEPS - 1)
    plain = [colour_at(theme, channel, step * scale) for step in range(STEPS)]
    faint = [mix(colour, theme.palette.background, FADED) for colour in plain]
    special = [missing_colour(theme), mix(theme.palette.edge, theme.palette.background, 0.5)]
    return np.array([colour.rgba() for colour in (*plain, *faint, *special)], np.uint32)


def missing_colour(theme: Theme) -> QColor:
    """Of the outline or the hatching of a node without the number."""
    return theme.palette.faint


def _value(history: History) -> Floats:
    """Q; in a search that credits no values, such as a beam, the steps' own scores."""
    return history.value if _is_credited(history) else history.mark


def _is_credited(history: History) -> bool:
    return history.count > 0 and bool(history.visits[0])


def _visits(history: History) -> Floats:
    return history.visits.astype(np.float32)


def _time(history: History) -> Floats:
    return history.born_at[: history.count].astype(np.float32)


def _source(history: History) -> Floats:
    return np.where(history.source == NOBODY, np.nan, history.source).astype(np.float32)


VALUE = Channel("value", mark("Value Q"), "value", _value, fades=True)
CHANNELS: tuple[Channel, ...] = (
    VALUE,
    Channel("visits", mark("Visits N"), "amount", _visits, logarithmic=True),
    Channel("prior", mark("Prior P"), "amount", lambda history: history.prior),
    Channel("prm", mark("PRM score"), "value", lambda history: history.prm),
    Channel("entropy", mark("Entropy"), "amount", lambda history: history.entropy()[: history.count], unit="nats"),
    Channel("time", mark("Time"), "amount", _time, unit="s"),
    Channel("source", mark("Source of the score"), "category", _source),
)


def channel_named(name: str) -> Channel:
    """VALUE for a name that nobody has."""
    return next((channel for channel in CHANNELS if channel.name == name), VALUE)
