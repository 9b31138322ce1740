"""Probes: experiments with a thought. Adding one is one new file and one line in PROBES."""

from __future__ import annotations

from engine.search.probes.early_answering import EarlyAnswering
from engine.search.probes.filler import Filler
from engine.search.probes.forced_close import ForcedClose
from engine.search.probes.hint import BiasedHint
from engine.search.probes.importance import ResamplingImportance
from engine.search.probes.mistake import AddingMistake
from engine.search.probes.paraphrase import Paraphrase
from engine.search.probes.probe import Probe
from engine.search.probes.reroll_answer import RerollAnswer
from engine.search.probes.reroll_thought import RerollThought
from engine.search.probes.results import Counters, Result, Row
from engine.search.settings import configure
from engine.tree import Tree

PROBES: tuple[type[Probe], ...] = (
    EarlyAnswering,
    ForcedClose,
    ResamplingImportance,
    AddingMistake,
    Paraphrase,
    Filler,
    BiasedHint,
    RerollAnswer,
    RerollThought,
)


def result_of(tree: Tree) -> Result | None:
    """What the run of this tree found so far, if it is a probe's."""
    begun = tree.started
    kind = next((probe for probe in PROBES if begun is not None and probe.name == begun.search), None)
    return None if begun is None or kind is None else configure(kind, begun.settings).result(tree)


__all__ = ["PROBES", "Counters", "Probe", "Result", "Row", "result_of"]
