"""Actions: what a user can do, each declared once. Menus, toolbar, palette and the sheet of keys are made from them."""

from app.commands.action import Action
from app.commands.registry import Actions

__all__ = ["Action", "Actions"]
