"""Menu Engine, the part that asks about a thought. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Iterable

from app.commands.action import Action
from app.commands.wishes import Dialogs
from app.language import tr
from app.probing import Probing
from engine.search import PROBES


def probe_actions(probing: Probing, dialogs: Dialogs) -> Iterable[Action]:
    def every() -> None:
        dialogs.probe(tuple(kind.name for kind in PROBES))

    def why_not_cancel() -> str:
        nothing = probing.active is None and not probing.waiting
        return tr("No probe is under way, and none waits.") if nothing else ""

    return (
        Action(
            "engine.probe", "Probe this thought…", lambda: dialogs.probe(()),
            "Ask whether the selected trace's thought was needed, and what in it the answer hangs on", "Engine",
            "", (), ("Q",), why_not=probing.why_not, separator=True,
        ),
        Action(
            "engine.probe_all", "Run all probes…", every, "Ask everything about this thought, one after the other",
            "Engine", why_not=probing.why_not,
        ),
        Action(
            "engine.cancel_probes", "Cancel all probes", probing.cancel_all,
            "Stop the probe under way and those that wait; what was drawn stays", "Engine", why_not=why_not_cancel,
        ),
    )  # fmt: skip
