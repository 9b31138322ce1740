"""Menu Engine: what the engine process is asked to do. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Iterable

from app.commands.action import Action
from app.run_controller import RunController


def engine_actions(runs: RunController) -> Iterable[Action]:
    return (
        Action(
            "run.restart_engine", "Restart engine", runs.restart_engine,
            "End the engine process and start another one", "Engine", "restart", (),
            enabled=lambda: runs.active is None, separator=True,
        ),
    )  # fmt: skip
