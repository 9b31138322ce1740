"""Menu Engine, the part that has traces scored after the fact. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Iterable

from app.commands.action import Action
from app.commands.wishes import Dialogs
from app.language import tr
from app.models.shown_run import ShownRun
from app.scoring import Scoring


def score_actions(scoring: Scoring, shown: ShownRun, dialogs: Dialogs) -> Iterable[Action]:
    def ask() -> None:
        if shown.run is not None:
            dialogs.scorer((shown.run,))

    def why_not() -> str:
        if shown.run is None or len(shown.tree.nodes) < 2:
            return tr("There is no trace on the screen to be scored.")
        return scoring.why_not()

    def why_not_cancel() -> str:
        return "" if scoring.active else tr("Nothing is being scored.")

    return (
        Action(
            "engine.score", "Score the traces…", ask,
            "Have another reward model score every step of this run's ended traces", "Engine",
            why_not=why_not, separator=True,
        ),
        Action(
            "engine.cancel_scoring", "Cancel the scoring", scoring.cancel,
            "Stop scoring; the scores so far are kept", "Engine", why_not=why_not_cancel,
        ),
    )  # fmt: skip
