"""What the tab Trace says in whole sentences: of missing scores, and of a person's ratings. Knows no widget."""

from __future__ import annotations

from app.desk.trace.ratings import Agreed
from app.language import mark, tr
from engine.tree import Tree

NO_SCORES = mark("Nobody has scored these steps yet. Press “Score with…” to ask a model, or rate them yourself.")
ASKED = mark("No score yet: a scorer is reading traces.")
UNDER_WAY = mark("No score yet: the run is under way.")


def unscored_words(tree: Tree, active: bool, scoring: bool) -> str:
    """Why the steps of a trace have no score. `active`: its run is under way; `scoring`: a scorer is being asked."""
    if scoring:
        return tr(ASKED)
    to_come = active and tree.started is not None and bool(tree.started.verifiers)
    return tr(UNDER_WAY if to_come else NO_SCORES)


def agreement_words(agreed: Agreed) -> str:
    """`You rated 12 steps; the scorer agrees on 83 % of 12, κ 0.61, AUC 0.90`."""
    found = agreed.found
    one = agreed.rated == 1
    rated = tr("You rated 1 step") if one else tr("You rated {rated:,} steps").format(rated=agreed.rated)
    if not found.n:
        words = tr("{rated}; it has no score.") if one else tr("{rated}; none of them has a score.")
        return words.format(rated=rated)
    words = tr("{rated}; the scorer agrees on {share:.0%} of {n:,}, κ {kappa}, AUC {auc}")
    return words.format(rated=rated, share=found.accuracy, n=found.n, kappa=agreed.kappa_words, auc=agreed.auc_words)
