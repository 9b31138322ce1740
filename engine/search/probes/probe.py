"""What a probe is: a strategy that asks a model about its own thought. Knows no model, no clock, no Qt.

Its tree is the thought as a chain of given steps (the spine) with edited variants beside it; its samples are rollouts.
So a probe can be paused, stopped, gone on with and looked at as any run, and what it found is a function of its tree.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from engine.events import ROOT, NodeId, RolledOut
from engine.search.probes.intervals import Share
from engine.search.probes.places import Place, fill, missing, wanted
from engine.search.probes.results import Counters, Result
from engine.search.probes.spine import Spine, answer_at, answer_of, pieces, problem_of, spine_of
from engine.search.search import Answer, Ending, Expand, Given, Iteration, Search
from engine.search.settings import setting
from engine.thoughts import CLOSE
from engine.tree import Tree


@dataclass(frozen=True)
class Probe(Search):
    """One experiment with one thought. Subclasses say where they want samples, and what those tell."""

    group: ClassVar[str] = "Probes"
    question: ClassVar[str]
    """What it asks, in one sentence for a person: `Does the answer need the whole thought?`"""
    unit: ClassVar[str]
    """What the numbers of its rows are, e.g. `share of samples with the same answer`."""

    thought: str = setting("", "Thought", "The hidden text; empty: the policy thinks first.", shown=False)
    exposed: str = setting("", "Exposed", "What was shown after that thought.", shown=False)
    of: str = setting("", "Trace", "Where the thought stands in the session, as RUN/NODE.", shown=False)
    samples: int = setting(
        10, "Samples", "Of each place; more of them make narrower intervals.", minimum=1, maximum=1000
    )
    temperature: float = setting(
        0.7, "Temperature", "Of the samples; 0 is greedy: one of each place is enough.", minimum=0.0, maximum=5.0
    )

    @abstractmethod
    def places(self, tree: Tree, spine: Spine) -> tuple[Place, ...]:
        """Everything that is to be sampled as far as can be said now, what was sampled before included.

        A pure function of the tree; the run is done when nothing is missing. `spine` has at least one hidden step.
        """

    @abstractmethod
    def reading(self, tree: Tree, spine: Spine) -> Result:
        """What the samples tell so far; some places, or all, may still be without. `spine` has a hidden step."""

    def in_all(self, places: Sequence[Place]) -> int:
        """How many samples there may be in the end, with these places so far."""
        return wanted(places)

    @property
    def thinking(self) -> bool:
        return True

    @property
    def each(self) -> int:
        """Samples of one place: greedy ones are all the same."""
        return self.samples if self.temperature else 1

    def result(self, tree: Tree) -> Result:
        """What was found so far, at any time after the run's start."""
        spine = spine_of(tree)
        if self._is_laid(spine) and spine.hidden:
            found = self.reading(tree, spine)
            return replace(found, verdict=found.verdict + _reservations(tree, spine, found.reference))
        words = "There is no thought to look into." if self._is_laid(spine) else "The thought is not there yet."
        return Result(self.unit, (), None, None, words, self.counters(tree), None)

    def iteration(self, tree: Tree) -> Iteration:
        """First the thought itself, or what is missing of it; then one round of samples."""
        spine = spine_of(tree)
        if self._is_laid(spine):
            yield from fill(tree, self.places(tree, spine), self.temperature)
            return
        end = spine.nodes[-1].id if spine.nodes else ROOT
        if self.thought:
            yield Given(end, self._steps()[len(spine.nodes) :])
        else:
            yield Expand((end,), 1, 0.0, merge="none", whole=True)

    def done(self, tree: Tree) -> Ending | None:
        spine = spine_of(tree)
        if not self._is_laid(spine):
            return None
        if not spine.hidden:
            return "finished", "there is no thought to look into"
        places = self.places(tree, spine)
        return None if missing(tree, places) else ("finished", f"all {wanted(places)} samples are drawn")

    def progress(self, tree: Tree) -> float | None:
        spine = spine_of(tree)
        if not (self._is_laid(spine) and spine.hidden):
            return 0.0
        places = self.places(tree, spine)
        left = missing(tree, places)
        return (wanted(places) - left) / self.in_all(places) if left else 1.0

    def expand_at(self, node: NodeId) -> Expand:
        """What a person gets who wants more at one node: another way on, to its end."""
        return Expand((node,), 1, self.temperature, merge="none", whole=True)

    def choose(self, tree: Tree) -> Answer | None:
        """The trace's own answer: a probe finds none."""
        answers = [node for node in spine_of(tree).exposed if node.terminal and not node.broken]
        return Answer(answers[-1].id) if answers else None

    def counters(self, tree: Tree) -> Counters:
        """Of all samples so far. Those of one request share their context: the first one's cost holds its tokens."""
        samples = prompt = cached = alone = 0
        for node in tree.nodes.values():
            context = 0
            for rollout in node.rollouts:
                context = rollout.cost.prompt + rollout.cost.cached or context
                samples += 1
                prompt += rollout.cost.prompt
                cached += rollout.cost.cached
                alone += context
        return Counters(samples, prompt, cached, alone)

    def _steps(self) -> tuple[str, ...]:
        """The given trace, step by step."""
        close = ("\n" * (not self.thought.endswith("\n")) + CLOSE + "\n",) if self.exposed else ()
        return (*pieces(self.thought), *close, *pieces(self.exposed))

    def _is_laid(self, spine: Spine) -> bool:
        """Whether the thought is there to its end; a run may have been cut off while it was given or written."""
        if self.thought:
            return len(spine.nodes) >= len(self._steps())
        last = spine.nodes[-1] if spine.nodes else None
        return last is not None and bool(last.terminal or last.broken or last.expanded)


def _reservations(tree: Tree, spine: Spine, reference: str | None) -> str:
    """What is to be known of the samples before a verdict about them is believed."""
    said = ""
    if reference is not None and answer_at(tree, spine) is None:
        said += " The trace shows no answer: the commonest one of unedited samples stands for it, which favours those."
    drawn = [rollout for node in tree.nodes.values() for rollout in node.rollouts]
    if without := [rollout for rollout in drawn if rollout.answer is None]:
        said += f" {len(without)} of {len(drawn)} samples give no answer."
    if empty := sum(not rollout.steps for rollout in without):
        said += f" {empty} of them are empty: the thought may be too long for the model."
    return said


def answers(tree: Tree, samples: Iterable[RolledOut]) -> list[str | None]:
    """The canonical answers of samples; None for one that gave none."""
    problem = problem_of(tree)
    return [answer_of(problem, sample) for sample in samples]


def share(tree: Tree, samples: Iterable[RolledOut], reference: str | None) -> Share:
    """How many of the samples come to `reference`; one without an answer does not."""
    found = answers(tree, samples)
    return Share(sum(answer is not None and answer == reference for answer in found), len(found))


def reference_of(tree: Tree, spine: Spine, whole: Sequence[RolledOut]) -> str | None:
    """The answer that samples are compared with: the one that the trace showed; where it showed none, the commonest of
    `whole`, the samples after the whole thought. None where those have none either."""
    shown = answer_at(tree, spine)
    return shown if shown is not None else commonest(answers(tree, whole))


def commonest(found: Sequence[str | None]) -> str | None:
    """The answer that comes most often, of equal ones the first; None where there is none."""
    counts = Counter(answer for answer in found if answer is not None)
    return max(counts, key=lambda answer: counts[answer], default=None)
