"""Menu View: how the tree is looked at. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Iterable

from app.commands.action import Action
from app.commands.wishes import Canvas
from app.navigator import Navigator
from app.reduced_motion import ReducedMotion


def view_actions(canvas: Canvas, navigator: Navigator, motion: ReducedMotion) -> Iterable[Action]:
    some = navigator.has_selection

    def look(name: str, title: str, help: str, key: str) -> Action:
        return Action(f"view.{name}", title, lambda: canvas.set_mode(name), help, "View", keys=(key,),
                      checked=lambda: canvas.shows(name), separator=name == "focus")  # fmt: skip

    return (
        Action("view.fit", "Fit", canvas.fit, "Show the whole tree", "View", "fit", (), ("F",)),
        Action("view.fit_selection", "Fit selection", canvas.fit_selection,
               "Show the selected step with its parent and children", "View", "fit_selection", (), ("Shift+F",)),
        Action("view.actual_size", "100 %", canvas.reset_zoom, "Cards at their full size", "View", "zoom_reset", (),
               ("1",)),
        Action("view.zoom_in", "Zoom in", canvas.zoom_in, "Larger cards", "View", "zoom_in", ("Ctrl++", "Ctrl+="), (),
               ("+",)),
        Action("view.zoom_out", "Zoom out", canvas.zoom_out, "Smaller cards", "View", "zoom_out", ("Ctrl+-",), (),
               ("-",)),
        Action("view.fold", "Fold or unfold", canvas.fold, "Put the selected step's children away, or bring them out",
               "View", "fold", (), ("C",), enabled=some, separator=True),
        Action("view.hoist", "Hoist subtree", navigator.hoist, "Show the selected step and what is below it, alone",
               "View", "", (), ("Z",), enabled=some),
        Action("view.unhoist", "Show whole tree", navigator.unhoist, "Show all that hoisting had put away", "View", "",
               (), ("Shift+Z",), enabled=navigator.is_hoisted),
        Action("view.pin", "Pin", navigator.pin, "Give the selected step a card for good, whatever its visits", "View",
               "", (), ("P",), enabled=some, checked=navigator.is_pinned),
        look("focus", "Focus", "Text cards for the steps that matter, the rest folded away", "Ctrl+1"),
        look("map", "Map", "The whole tree, every step a dot; text when you come close", "Ctrl+2"),
        look("icicle", "Icicle", "The whole tree, every step a band as tall as what is below it", "Ctrl+3"),
        Action("view.colour", "Next colour", canvas.next_channel, "Let the colours show another number of each step",
               "View", "", (), ("V",)),
        Action("view.minimap", "Small map", canvas.toggle_minimap,
               "A small map of the whole tree while a part of it is out of sight", "View", checked=canvas.has_minimap),
        Action("view.preview", "Preview best trace", canvas.preview,
               "Show what would follow the selected step, as resting on it with the mouse does", "View", "", (), ("I",),
               enabled=some),
        Action("view.reduced_motion", "Reduced motion", motion.toggle,
               "Nothing glides and no phase is played: things are where they belong at once", "View",
               checked=motion.on, separator=True),
    )  # fmt: skip
