"""Actions: what a user can do, each declared once. Menus, toolbar, palette and the sheet of keys are made from them.

One module for each menu. Adding an action is one entry there; panels bring their own (`PanelWidget.own_actions`).
"""

from app.commands.action import Action
from app.commands.registry import Actions
from app.language import mark

MENUS = (
    mark("File"),
    mark("Edit"),
    mark("View"),
    mark("Go"),
    mark("Search"),
    mark("Engine"),
    mark("Window"),
    mark("Help"),
)

TIMELINE = mark("Timeline")
"""A menu within Go: ways through time."""

__all__ = ["MENUS", "TIMELINE", "Action", "Actions"]
