"""What Monte-Carlo labels of some traces will be: the run that draws them, and roughly what it costs. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.probe_cost import CHARACTERS
from engine.commands import RunPlan
from engine.scores.labelling import label_plan
from engine.search import LabelSteps, configure
from engine.search.labels import prefixes_in

Steps = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Traces of one run that may be labelled."""

    plan: RunPlan
    """That run's."""
    this: Steps
    """The trace on show."""
    ended: bool
    """Whether it has come to its end, so that its last step is labelled by the check of its answer."""
    every: tuple[Steps, ...]
    """All ended traces of the run."""

    def labels(self, samples: int, temperature: float, *, all_traces: bool, seed: int = 0) -> RunPlan:
        """The run to be queued. Raises SettingError or ProblemError with a sentence."""
        traces = self.every if all_traces else (self.this,)
        ended = all_traces or self.ended
        return label_plan(self.plan, traces, samples, seed, temperature=temperature, ended=ended)


@dataclass(frozen=True, slots=True)
class LabelCost:
    """Of a label run, if its completions are as long as what the traces themselves go on with."""

    steps: int
    """From which completions are drawn; a step that traces share counts once."""
    samples: int
    tokens: int


def cost_of(plan: RunPlan) -> LabelCost:
    """Of a plan that `Wanted.labels` has made."""
    search = configure(LabelSteps, plan.settings)
    prefixes = prefixes_in(search.traces)
    rest = [0] * (len(prefixes) + 1)
    """Characters that come after each prefix, on the longest way on."""
    for number in range(len(prefixes), 0, -1):
        prefix = prefixes[number - 1]
        rest[prefix.before] = max(rest[prefix.before], rest[number] + len(prefix.step))
    drawn = [number for number, prefix in enumerate(prefixes, 1) if not (search.ended and prefix.ends)]
    characters = sum(rest[number] for number in drawn)
    return LabelCost(len(drawn), len(drawn) * search.each, round(characters * search.each / CHARACTERS))


def traces_in(all_steps: Sequence[Steps]) -> tuple[Steps, ...]:
    """Each different trace once, in the order in which they came; empty ones are left out."""
    return tuple(steps for steps in dict.fromkeys(all_steps) if steps)
