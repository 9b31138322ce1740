"""The last step: the bundle measures itself. Only its sizes may fail; times are for whoever reads them."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from smoke.program import Home
from smoke.steps import Scene, SkippedError, Step, check

BENCH_SECONDS = 240.0


class Aim(NamedTuple):
    """What a figure is to be at most."""

    title: str
    most: float
    unit: str
    hard: bool = False
    """Whether missing it fails the test: the machine has no part in it."""


AIMS = {
    "unpacked_mb": Aim("unpacked", 730, "MB", hard=True),  # 40 of them are the sandbox for code that models write
    "archive_mb": Aim("archive", 250, "MB", hard=True),
    "first_paint_ms": Aim("first paint", 800, "ms"),
    "first_paint_vs_source": Aim("first paint, beside the source run", 1.3, "x"),
    "first_simulation_s": Aim("first simulation", 5, "s"),
    "app_rss_mb": Aim("memory of the window's process", 200, "MiB"),
}


def figures(scene: Scene) -> str:
    """`bench bundle`, as it is told to everybody."""
    home = Home(scene, QT_QPA_PLATFORM="offscreen")
    if "bundle" not in home.run("bench", "--help")[0]:
        raise SkippedError("this build has no `bench bundle`")
    printed, _ = home.run("bench", "bundle", "--json", seconds=BENCH_SECONDS)
    (scene.folder / "bundle.json").write_text(printed, encoding="utf-8")
    measured: dict[str, Any] = json.loads(printed)["figures"]
    missed = [AIMS[name].title for name in too_large(measured) if AIMS[name].hard]
    report = f"{printed.strip()}\n{table(measured)}"
    check(not missed, f"too large: {', '.join(missed)}\n{report}")
    return f"\n{report}"


def too_large(measured: dict[str, Any]) -> list[str]:
    """The figures that miss their aims; one that could not be measured misses nothing."""
    return [name for name, aim in AIMS.items() if measured.get(name) is not None and measured[name] > aim.most]


def table(measured: dict[str, Any]) -> str:
    """The figures beside their aims."""
    missed, lines = too_large(measured), []
    for name, aim in AIMS.items():
        value = measured.get(name)
        told = "not measured" if value is None else f"{value:g} {aim.unit}"
        lines.append(f"  {aim.title:<36}{told:>14}   aim: <= {aim.most:g} {aim.unit}{'   MISSED' * (name in missed)}")
    return "\n".join(lines)


STEPS = (Step("figures", "figures of the bundle", figures),)
