"""Panels: one dock each. Adding one is one new file and one line in PANELS."""

from __future__ import annotations

from app.panels.inspector import InspectorPanel
from app.panels.log import LogPanel
from app.panels.outline import OutlinePanel
from app.panels.panel import Area, Panel
from app.panels.prm_plot import PrmPlotPanel
from app.panels.runs import RunsPanel
from app.panels.timeline import TimelinePanel
from app.panels.votes import VotesPanel

PANELS: tuple[Panel, ...] = (
    Panel("outline", "Outline", "left", OutlinePanel),
    Panel("runs", "Runs", "left", RunsPanel),
    Panel("inspector", "Inspector", "right", InspectorPanel),
    Panel("timeline", "Timeline", "bottom", TimelinePanel),
    Panel("prm_plot", "Scores", "bottom", PrmPlotPanel),
    Panel("votes", "Votes", "bottom", VotesPanel),
    Panel("log", "Log", "bottom", LogPanel),
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
