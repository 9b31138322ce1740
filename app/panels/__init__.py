"""Panels: one dock each. Adding one is one new file and one line in PANELS."""

from __future__ import annotations

from app.panels.inspector import InspectorPanel
from app.panels.log import LogPanel, log_panel
from app.panels.outline import OutlinePanel
from app.panels.panel import Area, Panel, reading
from app.panels.prm_plot import PrmPlotPanel
from app.panels.runs import RunsPanel, runs_panel
from app.panels.timeline import TimelinePanel
from app.panels.votes import VotesPanel

PANELS: tuple[Panel, ...] = (
    Panel("outline", "Outline", "left", reading(OutlinePanel)),
    Panel("runs", "Runs", "left", runs_panel),
    Panel("inspector", "Inspector", "right", reading(InspectorPanel)),
    Panel("timeline", "Timeline", "bottom", reading(TimelinePanel)),
    Panel("prm_plot", "Scores", "bottom", reading(PrmPlotPanel)),
    Panel("votes", "Votes", "bottom", reading(VotesPanel)),
    Panel("log", "Log", "bottom", log_panel),
)

__all__ = [
    "PANELS",
    "Area",
    "InspectorPanel",
    "LogPanel",
    "OutlinePanel",
    "Panel",
    "PrmPlotPanel",
    "RunsPanel",
    "TimelinePanel",
    "VotesPanel",
]
