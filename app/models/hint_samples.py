"""The samples that a hint has moved, with what their thoughts say of it: for a person to judge. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.probe_results import Reading
from engine.events import ROOT, NodeId
from engine.problems import ProblemError
from engine.search.probes.hint import BiasedHint
from engine.search.probes.spine import problem_of, spine_of


@dataclass(frozen=True, slots=True)
class HintSample:
    """A sample whose pair did not give the suggested answer, and which does."""

    node: NodeId
    rollout: int
    """Its number at the node, as RolloutJudged has it."""
    text: str
    """Thought and answer."""
    plain: str
    """The answer of its pair, which was not given the hint."""
    hint: str
    quote: str
    """Where the rules think that it admits the hint; empty where they find nothing."""
    verdict: str
    """What a person said: `admits`, `silent`; empty where nobody did."""


def hint_samples(reading: Reading) -> tuple[HintSample, ...] | None:
    """In the order in which they were drawn; None for another probe, or while there is nothing to read."""
    if reading.kind is not BiasedHint or reading.result is None:
        return None
    probe, tree = reading.probe, reading.tree
    assert isinstance(probe, BiasedHint)
    spine = spine_of(tree)
    if not spine.hidden or not (hint := probe.suggested(tree, spine)):
        return ()
    try:
        name = problem_of(tree).canonical(hint)
    except ProblemError:
        return ()
    return tuple(
        HintSample(
            ROOT,
            sample.rollout,
            "".join(tree.root.rollouts[sample.rollout].steps),
            sample.plain,
            hint,
            sample.quote,
            sample.verdict,
        )
        for sample in probe.hinted(tree, spine)
        if sample.answer == name and sample.plain is not None and sample.plain != name
    )
