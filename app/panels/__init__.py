"""Panels: one dock each. Adding one is one new file and one line in PANELS."""

from __future__ import annotations

from app.panels.compare import ComparePanel
from app.panels.desk import DeskPanel
from app.panels.find import FindPanel
from app.panels.formula_lab import FormulaLabPanel
from app.panels.history import HistoryPanel
from app.panels.inspector import InspectorPanel
from app.panels.log import LogPanel, log_panel
from app.panels.notes import NotesPanel
from app.panels.outline import OutlinePanel
from app.panels.panel import Area, Panel, reading
from app.panels.plots_panel import PlotsPanel
from app.panels.prm_plot import PrmPlotPanel
from app.panels.probes import ProbesPanel
from app.panels.queue import QueuePanel
from app.panels.runs import RunsPanel, runs_panel
from app.panels.thought import ThoughtPanel
from app.panels.thoughts import ThoughtsPanel
from app.panels.timeline import TimelinePanel
from app.panels.votes import VotesPanel

PANELS: tuple[Panel, ...] = (
    Panel("outline", "Outline", "left", reading(OutlinePanel)),
    Panel("runs", "Runs", "left", runs_panel),
    Panel("notes", "Notes", "left", reading(NotesPanel)),
    Panel("inspector", "Inspector", "right", reading(InspectorPanel)),
    Panel("queue", "Queue", "right", QueuePanel),
    Panel("history", "History", "right", HistoryPanel),
    Panel("timeline", "Timeline", "bottom", reading(TimelinePanel)),
    Panel("prm_plot", "Scores", "bottom", reading(PrmPlotPanel)),
    Panel("plots", "Plots", "bottom", reading(PlotsPanel)),
    Panel("votes", "Votes", "bottom", reading(VotesPanel)),
    Panel("thought", "Hidden and exposed", "bottom", ThoughtPanel),
    Panel("thoughts", "Thoughts", "bottom", ThoughtsPanel),
    Panel("probes", "Probes", "bottom", ProbesPanel),
    Panel("desk", "PRM desk", "bottom", DeskPanel, at_first=False),
    Panel("formula_lab", "Formula lab", "bottom", FormulaLabPanel, at_first=False),
    Panel("find", "Find in sessions", "bottom", FindPanel, at_first=False),
    Panel("compare", "Compare", "bottom", ComparePanel, at_first=False),
    Panel("log", "Log", "bottom", log_panel, at_first=False),
)

__all__ = [
    "PANELS",
    "Area",
    "ComparePanel",
    "DeskPanel",
    "FindPanel",
    "FormulaLabPanel",
    "HistoryPanel",
    "InspectorPanel",
    "LogPanel",
    "NotesPanel",
    "OutlinePanel",
    "Panel",
    "PlotsPanel",
    "PrmPlotPanel",
    "ProbesPanel",
    "QueuePanel",
    "RunsPanel",
    "ThoughtPanel",
    "ThoughtsPanel",
    "TimelinePanel",
    "VotesPanel",
]
