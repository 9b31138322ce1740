"""What can be done at the desk, for menus, palette and keys. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from app.commands import Action
from app.language import mark

RATE = mark("Rate the step")


class Desk(Protocol):
    """What the actions ask of the dock."""

    def show_here(self) -> None: ...
    def why_not_show(self) -> str: ...
    def ask_labels(self) -> None: ...
    def why_not_label(self) -> str: ...
    def rate(self, rating: int | None) -> None: ...
    def why_not_rate(self) -> str: ...


def desk_actions(desk: Desk) -> Sequence[Action]:
    """Opening it is in the menu View, ratings are in Edit, labels in Engine."""
    return (
        Action(
            "view.desk", "Judge the steps", desk.show_here,
            "The PRM desk: every step's score, where it came from, and whether to believe it", "View",
            keys=("Ctrl+J",), why_not=desk.why_not_show, separator=True,
        ),
        Action(
            "engine.label_steps", "Monte-Carlo labels…", desk.ask_labels,
            "Let the model complete the trace from behind every step, and count how often that ends right", "Engine",
            why_not=desk.why_not_label,
        ),
        Action(
            "edit.rate_good", "Good", _rate(desk, 1), "The selected step is right, and a sensible way on", "Edit",
            why_not=desk.why_not_rate, submenu=RATE,
        ),
        Action(
            "edit.rate_neutral", "Neutral", _rate(desk, 0),
            "The selected step is right, but it leads nowhere or says too little", "Edit",
            why_not=desk.why_not_rate, submenu=RATE,
        ),
        Action(
            "edit.rate_bad", "Bad", _rate(desk, -1), "The selected step is wrong, or not to be understood", "Edit",
            why_not=desk.why_not_rate, submenu=RATE,
        ),
        Action(
            "edit.rate_none", "No rating", _rate(desk, None), "Take your rating of the selected step away", "Edit",
            why_not=desk.why_not_rate, submenu=RATE,
        ),
    )  # fmt: skip


def _rate(desk: Desk, rating: int | None) -> Callable[[], None]:
    return partial(desk.rate, rating)
