"""Menu Engine: what the engine is asked to do, at a step and as a process. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from app.commands.action import Action
from app.commands.wishes import Dialogs, Do
from app.run_controller import RunController
from app.verbs import Verbs

AT_A_STEP = (
    "engine.deepen", "engine.equalise", "engine.alternatives", "engine.only", "engine.play_out", "engine.insert",
    "engine.edit", "engine.reroll", "engine.probe",
)  # fmt: skip
"""What can be asked for at a step, for its menu."""


def engine_actions(runs: RunController, verbs: Verbs, dialogs: Dialogs, show_tokens: Do) -> Iterable[Action]:
    def at(
        name: str, title: str, help: str, act: Do, keys: tuple[str, ...] = (), view_keys: tuple[str, ...] = (),
        why_not: Callable[[], str] | None = None, separator: bool = False,
    ) -> Action:  # fmt: skip
        refused = why_not or partial(verbs.why_not, name)
        return Action(
            f"engine.{name}", title, act, help, "Engine", "", keys, view_keys, why_not=refused, separator=separator
        )

    return (
        at("deepen", "Search harder here", "More simulations at and below the selected step",
           partial(verbs.ask, "deepen"), (), ("A",)),
        at("deepen_by", "Search harder here by…", "Say how many simulations more", lambda: dialogs.ask("deepen"),
           (), ("Shift+A",), why_not=partial(verbs.why_not, "deepen")),
        at("equalise", "Equalise siblings", "Give the step's siblings as many visits as the most visited one",
           partial(verbs.ask, "equalise"), (), ("S",)),
        at("alternatives", "Find alternatives", "Sample more steps in place of this one, at a higher temperature",
           partial(verbs.ask, "alternatives"), (), ("D",)),
        at("only", "Only this branch", "Take everything beside the way to this step out of the search; undo it by Undo",
           partial(verbs.ask, "only"), (), ("G",)),
        at("play_out", "Play out to the end", "Go on by the best step each time, down to an answer",
           partial(verbs.ask, "play_out"), (), ("E",)),
        at("insert", "Insert a step and go on…", "Write a step after the selected one, and search below it",
           lambda: dialogs.ask("insert"), (), ("Shift+Ins",), why_not=verbs.why_not_write_below, separator=True),
        at("edit", "Edit and resample…", "Change the words of the step; the new version stands beside it",
           lambda: dialogs.ask("edit"), ("Ctrl+E",), why_not=verbs.why_not_write_beside),
        at("reroll", "Re-roll from a token…", "Choose a token of the step from which the policy writes on",
           show_tokens, (), ("Shift+E",), why_not=lambda: verbs.why_not_reroll(0, -1)),
        Action(
            "engine.cancel_tasks", "Cancel all tasks", verbs.cancel_all,
            "Give up what the engine was asked for and has not done; what was done stays", "Engine", "stop",
            why_not=verbs.why_not_cancel, separator=True,
        ),
        Action(
            "run.restart_engine", "Restart engine", runs.restart_engine,
            "End the engine process and start another one", "Engine", "restart", (),
            enabled=lambda: runs.active is None, separator=True,
        ),
    )  # fmt: skip
