"""What the guided tour shows: eleven stops, each with what it does to the window first. Data for `app.guide.tour`.

The tour runs on bundled samples, first on a Monte Carlo tree search, so what is said of them is true.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.guide.samples import THOUGHT_SAMPLE, TOUR_SAMPLE, Sample
from app.language import mark
from engine.events import PHASES, NodeId, phase_of

if TYPE_CHECKING:
    from app.main_window import MainWindow


@dataclass(frozen=True)
class Stop:
    """One stop."""

    title: str
    text: str
    """Both in English, marked."""
    target: Callable[[MainWindow], QWidget]
    """What the frame goes round."""
    act: Callable[[MainWindow], None]
    """What is done to the window when the tour comes here, from whichever side."""
    sample: Sample = TOUR_SAMPLE
    """What is open then, with its first run on screen."""


def _answer(window: MainWindow) -> list[NodeId]:
    """The trace that the search chose, without the root."""
    finished, tree = window.parts.shown.tree.finished, window.parts.shown.tree
    return [node.id for node in tree.path(finished.chosen)[1:]] if finished and finished.chosen is not None else []


def _whole_tree(window: MainWindow) -> None:
    window.parts.shown.go_live()
    window.parts.shown.select(None)
    window.canvas.fit()


def _first_step(window: MainWindow) -> None:
    window.parts.shown.go_live()
    if trace := _answer(window):
        window.parts.shown.select(trace[0])
        window.canvas.fit_selection()


def _inspector(window: MainWindow) -> None:
    _first_step(window)
    window.docks.show("inspector")


def _selection(window: MainWindow) -> None:
    """A moment in the middle at which a step has just been selected, with its arithmetic on screen."""
    shown = window.parts.shown
    middle = len(shown.records) // 2
    at = next((n for n in range(middle, shown.total) if phase_of(shown.records[n].event) == PHASES[0]), middle)
    shown.seek(at + 1)
    shown.select(None)
    window.canvas.fit()


def _half_way(window: MainWindow) -> None:
    window.docks.show("timeline")
    window.parts.shown.seek(window.parts.shown.total // 3)
    window.canvas.fit()


def _thought(window: MainWindow) -> None:
    _whole_tree(window)
    window.actions_.trigger("view.thought")


def _desk(window: MainWindow) -> None:
    _first_step(window)
    window.actions_.trigger("view.desk")


def _panel(name: str) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        _first_step(window)
        window.docks.show(name)

    return show


def _canvas(window: MainWindow) -> QWidget:
    return window.canvas


def _breadcrumbs(window: MainWindow) -> QWidget:
    return window.breadcrumbs


def _toolbar(window: MainWindow) -> QWidget:
    return window.toolbar


def _find_box(window: MainWindow) -> QWidget:
    return window.find_box


def _dock(name: str) -> Callable[[MainWindow], QWidget]:
    return lambda window: window.docks[name]


STOPS: tuple[Stop, ...] = (
    Stop(
        mark("A search is a tree"),
        mark(
            "A small model looked for a way to make 24 from 4, 9, 10 and 13. Every card is a step it wrote; each "
            "branch is another way to go on. The amber trace led to the answer."
        ),
        _canvas,
        _whole_tree,
    ),
    Stop(
        mark("A card in figures"),
        mark(
            "N says how often the search came by, Q how good that was in the mean, P how likely the model found the "
            "step. Click a card to select it; double-click folds what is behind it."
        ),
        _canvas,
        _first_step,
    ),
    Stop(
        mark("The inspector"),
        mark(
            "All about the selected step: its text, its scores and who gave them, the tokens with their alternatives, "
            "and its children in a table."
        ),
        _dock("inspector"),
        _inspector,
    ),
    Stop(
        mark("The timeline"),
        mark(
            "Nothing is lost: a run is the list of its events. Drag here to go back to any moment. We are at a third "
            "of the run now, and the tree is as small as it was."
        ),
        _dock("timeline"),
        _half_way,
    ),
    Stop(
        mark("Four phases"),
        mark(
            "Selection, expansion, simulation, backpropagation: the bar says which one has just been done. Step "
            "through them with the full stop; the inspector shows the arithmetic of a selection as it happened."
        ),
        _breadcrumbs,
        _selection,
    ),
    Stop(
        mark("The outline"),
        mark("The same tree as a list, for reading and for the keyboard. What you select here is selected everywhere."),
        _dock("outline"),
        _panel("outline"),
    ),
    Stop(
        mark("The scores"),
        mark(
            "What the reward model thought of each step on the way to the selected one. A fall marks the step at which "
            "a trace went wrong."
        ),
        _dock("prm_plot"),
        _panel("prm_plot"),
    ),
    Stop(
        mark("Judge the steps"),
        mark(
            "The PRM desk asks whether such a model can be believed: every step's score beside what a solver says, and "
            "beside what you say. Good, neutral, bad are the keys 1, 2, 3; Ctrl+J opens it."
        ),
        _dock("desk"),
        _desk,
    ),
    Stop(
        mark("Run, pause, step"),
        mark(
            "While a search runs, Space pauses it, F10 does one phase and F11 one iteration. You may prune branches or "
            "insert steps of your own, and let it go on."
        ),
        _toolbar,
        _whole_tree,
    ),
    Stop(
        mark("Hidden and exposed"),
        mark(
            "Another run: here the model thought before it answered. At the left what it thought, at the right what it "
            "showed, claim by claim. The thought ends in “I found no way”; the answer says nothing of it."
        ),
        _dock("thought"),
        _thought,
        THOUGHT_SAMPLE,
    ),
    Stop(
        mark("Find anything"),
        mark(
            "Ctrl+K finds steps by their text; a > before it finds commands. F1 lists all keys. New run, in the menu "
            "File, takes a problem of your own."
        ),
        _find_box,
        _whole_tree,
        THOUGHT_SAMPLE,
    ),
)
