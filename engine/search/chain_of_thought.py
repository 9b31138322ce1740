"""Chain of thought: the baseline of every comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine import prompts
from engine.events import ROOT, NodeId
from engine.problems.problem import Problem
from engine.search.sampling import open_ends
from engine.search.search import Answer, Ending, Evaluate, Expand, Iteration, Search
from engine.search.settings import setting
from engine.tree import Tree

WARM = 0.7
"""Temperature of a chain that a person asks for where the strategy is greedy."""


@dataclass(frozen=True)
class ChainOfThought(Search):
    """Chain of thought (Wei et al. 2022): the policy writes its steps one after the other, nothing is searched.

    Several samples are independent chains side by side; the first one with an answer gives the run's. One iteration
    lets every unfinished chain grow by one step.

    The prompt asks for the steps as the policy was trained to write them (steps), for the answer at once (direct), for
    the steps after worked examples (few-shot), or as in Kojima et al. 2022 in two calls (zero-shot): "Let's think step
    by step" gives the steps, "Therefore, the answer is" the answer, each call an iteration.
    """

    name: ClassVar[str] = "cot"
    title: ClassVar[str] = "Chain of thought"
    group: ClassVar[str] = "Sampling"
    citation: ClassVar[str] = "Wei et al. 2022, arXiv:2201.11903; zero-shot: Kojima et al. 2022, arXiv:2205.11916"

    samples: int = setting(1, "Samples", "Independent chains.", minimum=1, maximum=4096)
    temperature: float = setting(
        0.0, "Temperature", "0 is greedy: every sample is then the same.", minimum=0.0, maximum=5.0
    )
    prompt: str = setting(
        "steps",
        "Prompt",
        "Steps in the house format, the answer at once, worked examples first, or two calls without examples.",
        choices=("steps", "direct", "few-shot", "zero-shot"),
    )
    exemplars: int = setting(
        2, "Worked examples", "How many stand before the problem.", minimum=1, maximum=3, when="prompt=few-shot"
    )
    think: bool = setting(False, "Think first", "Let the policy write a long hidden thought before its steps.")
    score: bool = setting(
        True, "Score steps", "Ask the verifiers about every step; this changes nothing in the answer."
    )

    def turn(self, problem: Problem) -> str:
        match self.prompt:
            case "direct":
                return prompts.direct(problem).turn
            case "few-shot":
                return prompts.few_shot(problem, problem.worked_examples()[: self.exemplars]).turn
            case "zero-shot":
                return prompts.think_step_by_step(problem).turn
        return problem.prompt

    def refusal(self, verifiers: tuple[str, ...]) -> str:
        if self.think and self.prompt != "steps":
            return f"Think first goes with the prompt “steps” alone, not with “{self.prompt}”."
        return super().refusal(verifiers)

    def expand_at(self, node: NodeId) -> Expand:
        """Greedy once more would write the same once more."""
        complete = self.prompt != "zero-shot"  # there the answer is a call of its own
        return Expand((node,), 1, self.temperature or WARM, merge="none", whole=True, answers=complete)

    def iteration(self, tree: Tree) -> Iteration:
        known = len(tree.nodes)
        if self.prompt == "zero-shot":
            yield from self._call(tree)
        else:
            yield from self._grow(tree)
        born = tuple(range(known, len(tree.nodes)))
        if self.score and born:
            yield Evaluate(born)

    def _grow(self, tree: Tree) -> Iteration:
        """Every chain by one step."""
        if not tree.root.expanded:
            yield Expand((ROOT,), self.samples, self.temperature, merge="none")
        else:
            yield Expand(open_ends(tree), 1, self.temperature, merge="none")

    def _call(self, tree: Tree) -> Iteration:
        """One of the two calls: the steps to their end, or the answer. A chain cut off in between answers as it is."""
        if not tree.root.expanded:
            yield Expand((ROOT,), self.samples, self.temperature, merge="none", whole=True, answers=False)
        else:
            yield Expand(open_ends(tree), 1, self.temperature, merge="none", given=prompts.THEREFORE)

    def done(self, tree: Tree) -> Ending | None:
        return None if open_ends(tree) else ("finished", "every chain has ended")

    def choose(self, tree: Tree) -> Answer | None:
        answers = [node for node in tree.answers() if not tree.is_out(node.id)]
        return Answer(min(answers, key=lambda node: tree.path(node.id)[1].id).id) if answers else None

    def progress(self, tree: Tree) -> float | None:
        ends = [node for node in tree.leaves() if node.id != ROOT]
        return sum(node.terminal or node.expanded for node in ends) / len(ends) if ends else 0.0

    @property
    def thinking(self) -> bool:
        return self.think
