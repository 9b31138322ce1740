"""Ways to show the run, in the order of their keys. Adding one is one new file and one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from app.canvas.focus_mode import FocusMode
from app.canvas.icicle_mode import IcicleMode
from app.canvas.map_mode import MapMode
from app.canvas.whole import WholeTree
from app.models.shown_run import ShownRun
from app.theme import Theme

Modes: TypeAlias = tuple[FocusMode, MapMode, IcicleMode]


def make_modes(shown: ShownRun, theme: Theme, tree: WholeTree, clock: Callable[[], float]) -> Modes:
    look = (shown, theme, tree, clock)
    return FocusMode(*look), MapMode(*look), IcicleMode(*look)
