"""Menu View: how the tree is looked at. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Iterable

from app.commands.action import Action
from app.commands.wishes import Canvas


def view_actions(canvas: Canvas) -> Iterable[Action]:
    return (
        Action("view.fit", "Fit", canvas.fit, "Show the whole tree", "View", "fit", (), ("F",)),
        Action("view.fit_selection", "Fit selection", canvas.fit_selection,
               "Show the selected step with its parent and children", "View", "fit_selection", (), ("Shift+F",)),
        Action("view.fold", "Fold or unfold", canvas.fold, "Put the selected step's children away, or bring them out",
               "View", "fold", (), ("C",)),
        Action("view.twin", "Same state", canvas.select_twin, "Go to the next step that led to the same state", "View",
               "", (), ("T",)),
        Action("view.actual_size", "100 %", canvas.reset_zoom, "Cards at their full size", "View", "zoom_reset", (),
               ("1",)),
        Action("view.zoom_in", "Zoom in", canvas.zoom_in, "Larger cards", "View", "zoom_in", ("Ctrl++", "Ctrl+=")),
        Action("view.zoom_out", "Zoom out", canvas.zoom_out, "Smaller cards", "View", "zoom_out", ("Ctrl+-",)),
    )  # fmt: skip
