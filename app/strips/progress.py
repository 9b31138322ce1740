"""How far the run under way is, in words and as a share, whether it is on screen or not. Knows no widget."""

from __future__ import annotations

from app.language import tr
from engine.frames import Status
from engine.tree import Tree


def progress_of(tree: Tree, status: Status | None) -> tuple[float, str]:
    """Of the run on screen, share in [0, 1] and words: `iteration 12 / 64` where the number of iterations is known,
    else percent.

    What the user asks for once the search is done goes beyond that number.
    """
    share, words = share_of(status)
    if tree.started is None:
        return 0.0, ""
    total = tree.started.settings.get("simulations")
    if isinstance(total, int):
        done = tree.iterations_done
        words = tr("iteration {done} / {total}") if done <= total else tr("iteration {done}")
        return min(1.0, max(share, done / max(1, total))), words.format(done=done, total=total)
    return share, words


def share_of(status: Status | None) -> tuple[float, str]:
    """Of a run that is not on screen: what the engine says, as a share in [0, 1] and as percent."""
    share = (status.progress or 0.0) if status else 0.0
    return share, f"{share:.0%}"
