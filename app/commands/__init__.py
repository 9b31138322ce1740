"""Actions: what a user can do, each declared once. Menus, toolbar, palette and the sheet of keys are made from them.

One module for each menu. Adding an action is one entry there; panels bring their own (`PanelWidget.actions`).
"""

from app.commands.action import Action
from app.commands.registry import Actions

MENUS = ("File", "Edit", "View", "Go", "Search", "Engine", "Window", "Help")

__all__ = ["MENUS", "Action", "Actions"]
