"""GenPRM: for each step a model analyses it, checks it with code that is run, then says Yes or No.

Zhao et al. 2025, GenPRM: Scaling Test-Time Compute of Process Reward Models via Generative Reasoning. The steps are
turns of a conversation, each answered with a critique. Knows policies and the sandbox, no torch and no search.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from engine.events import Cost, Source, add_costs
from engine.policies import ModelError, Policy, Said, Watch
from engine.policies.weighing import weigh
from engine.problems.problem import Problem
from engine.sandbox import SandboxError, check, run
from engine.verifiers import ScoreRequest, Scores, StepScores
from engine.verifiers.generative.critique import Opinion, Shown, shown, step_scores
from engine.verifiers.generative.draft import LABELS, Draft, Drawing, Runs, Writer

SYSTEM = "You are a math teacher. Your task is to review and critique the paragraphs in solution step by step."
FIRST = "Question: {question}\n\n{step}"
KEPT = 2_000
"""Critiques that are remembered: traces of one tree share their first steps."""

Key: TypeAlias = tuple[int, Problem, tuple[str, ...]]
"""The seed, the problem, and the steps up to the one that is judged: they decide the critique."""


@dataclass(frozen=True, slots=True)
class _Critique:
    """What was found out about one step."""

    opinion: Opinion
    text: str
    """Of the first sample: the conversation goes on with it."""


@dataclass(frozen=True, eq=False)
class GenPrm:
    """Scores every step P(Yes) / (P(Yes) + P(No)), the mean over the samples that come to a judgement.

    Its critique of a step goes into the conversation about the next one, the first sample's where there are several.
    """

    policy: Policy
    name: str
    samples: int = 1
    execute: bool = True
    """Whether the model checks with code; if not, it analyses and judges."""
    max_tokens: int = 2_048
    """Of one critique."""
    how: Drawing = Drawing()  # noqa: RUF009 - frozen
    runs: Runs = run
    _kept: OrderedDict[Key, _Critique] = field(default_factory=OrderedDict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Raises ModelError where the model has no such labels or cannot go on from a text, or no code can be run."""
        weigh(self.policy, (), LABELS, Watch())
        about: dict[str, Any] = getattr(self.policy, "about", dict)()
        if why := about.get("why_no_raw"):
            raise ModelError(
                f"GenPRM goes on from a text that it has begun, which {self.policy.name} cannot: it has a chat alone. "
                f"It says: {why}"
            )
        if self.execute:
            try:
                check()
            except SandboxError as error:
                raise ModelError(f"{error} (;execute=false)") from error

    @property
    def source(self) -> Source:
        return "prm"

    def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
        traces = [shown(request) for request in requests]
        costs: dict[Key, Cost] = {}
        longest = max((len(steps.texts) for steps in traces), default=0)
        for count in range(1, longest + 1):
            keys = dict.fromkeys(
                _key(request, steps, count)
                for request, steps in zip(requests, traces, strict=True)
                if len(steps.texts) >= count
            )
            new = [key for key in keys if key not in self._kept]
            for key, (critique, cost) in zip(new, self._criticise(new, watch), strict=True):
                self._kept[key] = critique
                costs[key] = cost
        scores = tuple(self._scores(request, steps, costs) for request, steps in zip(requests, traces, strict=True))
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return Scores(scores)

    def _scores(self, request: ScoreRequest, steps: Shown, costs: dict[Key, Cost]) -> StepScores:
        """What is known of a trace; the cost of a critique counts for the first trace that needed it."""
        keys = [_key(request, steps, count) for count in range(1, len(steps.texts) + 1)]
        for key in keys:
            self._kept.move_to_end(key)
        cost = add_costs([costs.pop(key, Cost()) for key in keys])
        return step_scores(request, steps, [self._kept[key].opinion for key in keys], cost)

    def _criticise(self, keys: Sequence[Key], watch: Watch) -> list[tuple[_Critique, Cost]]:
        """Critiques of the last step of each, side by side; those of the steps before are there."""
        drafts = [
            Draft(problem, self._conversation((seed, problem, steps)), _turn(problem, steps), len(steps), seed, sample)
            for seed, problem, steps in keys
            for sample in range(self.samples)
        ]
        Writer(self.policy, self.execute, self.max_tokens, self.how, self.runs).write(drafts, watch)
        rows = [drafts[start : start + self.samples] for start in range(0, len(drafts), self.samples)]
        return [(_critique(row), add_costs([draft.cost for draft in row])) for row in rows]

    def _conversation(self, key: Key) -> tuple[Said, ...]:
        """What was said before the last step is put to the model."""
        seed, problem, steps = key
        said = [Said("system", SYSTEM)]
        for count in range(1, len(steps)):
            said.append(Said("user", _turn(problem, steps[:count])))
            said.append(Said("assistant", self._kept[seed, problem, steps[:count]].text))
        return tuple(said)


def _key(request: ScoreRequest, steps: Shown, count: int) -> Key:
    return request.seed, request.problem, steps.texts[:count]


def _turn(problem: Problem, steps: Sequence[str]) -> str:
    return steps[-1] if len(steps) > 1 else FIRST.format(question=problem.prompt, step=steps[0])


def _critique(row: Sequence[Draft]) -> _Critique:
    """One critique of several samples."""
    values = [draft.value for draft in row if draft.value is not None]
    first = next((draft for draft in row if draft.value is not None), row[0])
    if not values:
        return _Critique(Opinion(note="\n".join(filter(None, (first.why, first.text)))), row[0].text)
    told = [] if len(row) == 1 else [f"{', '.join(f'{value:.2f}' for value in values)} by {len(row)} critiques."]
    note = "\n".join(filter(None, (*told, first.why, first.text)))
    channels = tuple(
        (name, sum(pair[place] for pair in pairs) / len(pairs))
        for place, name in enumerate(("P(Yes)", "P(No)"))
        if (pairs := [draft.weights for draft in row if draft.weights is not None])
    )
    spread = (("spread of samples", max(values) - min(values)),) if len(values) > 1 else ()
    return _Critique(Opinion(sum(values) / len(values), note, (*channels, *spread)), row[0].text)
