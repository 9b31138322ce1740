"""Counts the answers of a tree: majority, weighted vote, best of N, all from one stored sample set.

Pure functions over a finished or a running tree, so every rule can be read without a model call. Knows no gold answer:
whether an answer is right is asked in `engine.search.coverage`, which no strategy may import.

    samples = samples_of(tree)
    verdict = count(samples, "weighted-prm", "min")
    verdict.winner, verdict.tallies, verdict.tied
    curve(samples, "majority")          # maj@1 ... maj@n: prefixes of the same samples, nothing is drawn again

Two answers are the same if `Problem.canonical` gives them one name: 0.5 = 1/2 = \\frac{1}{2}. Where every right answer
has the same value, as in the Game of 24, the name is the expression itself, with operands in order and needless
brackets gone: the vote is over ways to the target, not over values. An answer that owns up to missing the target has a
vote like any other; only a verifier may rule it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum
from typing import Literal

from engine.events import NodeId, Source, Tally
from engine.problems import Problem, parse_problem
from engine.search.evaluators import kind_of
from engine.search.search import Answer
from engine.search.values import Aggregation, aggregate, proven
from engine.tree import Node, Tree

STEP_SOURCES: tuple[Source, ...] = ("person", "prm", "self-evaluation")
"""Whose word counts as the process score of a step: the first of these who has scored it. A vote does not count: it
says how a step stands among a few others, which is no measure for those of other chains."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A trace that has ended, with or without an answer."""

    at: Answer
    """Where it ends: at a node, or in a rollout from it."""
    answer: str | None
    """Its canonical answer; None: it ended without one that can be read, and has no vote."""
    written: str | None
    """That answer as the policy wrote it."""
    refused: bool
    """Whether a rule refuses a step of it, and does not prove its answer all the same."""
    steps: tuple[float, ...] | None
    """Process scores in [0, 1] of its steps, the answer's last. None if the answer step has none: missing is not zero.

    Steps before it about which the verifier has nothing to say (blank lines, tags) are left out."""
    outcome: float | None
    """The outcome reward model's score of the whole, in [0, 1]."""
    likelihood: float | None
    """exp of the mean over its steps of their log-probability, in [0, 1]: how sure the policy was of a step."""


Weight = Callable[[Sample, Aggregation], float | None]
"""What a sample weighs; None: nobody can say."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A way to choose one answer among samples."""

    name: str
    title: str
    """In the window; where the process scores count, the aggregation follows in brackets."""
    weight: Weight
    best: bool = False
    """True: the heaviest single sample wins (best of N). False: the answer whose samples weigh most together."""
    needs: Literal["", "steps", "outcome", "likelihood"] = ""
    """The field of a sample that it reads."""

    def words(self, aggregation: Aggregation) -> str:
        """The variant, complete."""
        return f"{self.title} ({aggregation})" if self.needs == "steps" else self.title


def _process(sample: Sample, how: Aggregation) -> float | None:
    return None if sample.steps is None else aggregate(sample.steps, how)


def _outcome(sample: Sample, _how: Aggregation) -> float | None:
    return sample.outcome


def _likelihood(sample: Sample, _how: Aggregation) -> float | None:
    return sample.likelihood


_RULES = (
    Rule("majority", "majority", lambda _sample, _how: 1.0),  # Wang et al. 2022
    Rule("weighted-prm", "PRM-weighted vote", _process, needs="steps"),
    Rule("weighted-orm", "ORM-weighted vote", _outcome, needs="outcome"),
    Rule("weighted-logprob", "likelihood-weighted vote", _likelihood, needs="likelihood"),
    Rule("best-prm", "best by PRM", _process, best=True, needs="steps"),  # Lightman et al. 2023
    Rule("best-orm", "best by ORM", _outcome, best=True, needs="outcome"),  # Cobbe et al. 2021
    Rule("best-logprob", "best by likelihood", _likelihood, best=True, needs="likelihood"),
)
RULES: Mapping[str, Rule] = {rule.name: rule for rule in _RULES}
"""Every rule by its name, in the order in which a window offers them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule makes of a sample set."""

    rule: str
    """Complete, e.g. `PRM-weighted vote (min)`."""
    winner: Sample | None
    """The sample whose answer wins: of a vote the first that gave it, of best-of-N the best. None: nobody can say."""
    tallies: tuple[Tally, ...]
    """Best first; equal ones in the order in which they were first seen.

    The weight is the sum over the answer's samples, or of a best-of-N rule the largest of them."""
    samples: int
    """All that ended."""
    unanswered: int
    """How many of them have no answer that can be read."""
    refused: int
    """How many others a rule refuses."""
    unscored: int
    """How many others the rule of counting cannot weigh, for want of a score: they have no vote."""
    tied: bool
    """Whether the first two tallies weigh the same: then the one seen first stands first."""

    @property
    def answer(self) -> str | None:
        """The canonical answer that wins."""
        return self.winner.answer if self.winner else None

    @property
    def share(self) -> float:
        """What the winning answer has of all weight, in [0, 1]."""
        total = fsum(tally.weight for tally in self.tallies)
        return self.tallies[0].weight / total if total else 0.0


def samples_of(tree: Tree) -> tuple[Sample, ...]:
    """Every trace of a tree that has ended and is not pruned, in the order in which they branched off.

    Of chains side by side that is the order in which they were drawn, whichever ended first. A searched tree gives
    every answer in it one sample, those of rollouts included. Raises ProblemError for a kind of problem not known here.
    """
    if tree.started is None:
        return ()
    problem = parse_problem(tree.started.problem, tree.started.text)
    ends = sorted(ended(tree), key=lambda node: branched_off(tree, node))
    played = (
        _played(problem, node, number)
        for node in tree.nodes.values()
        if node.rollouts and not tree.is_out(node.id)
        for number, rollout in enumerate(node.rollouts)
        if rollout.answer is not None
    )
    return (*(_sample(tree, problem, node) for node in ends), *played)


def ended(tree: Tree) -> list[Node]:
    """The nodes at which a trace has ended, with an answer or without, and that are not pruned.

    A chain that was drawn whole ends once, however long it went on after the step that had to be its last.
    """
    inner = set[NodeId]()
    ends = [node for node in tree.nodes.values() if node.terminal]
    for node in ends:
        above = node.parent
        while above is not None and above not in inner:
            inner.add(above)
            above = tree.nodes[above].parent
    return [node for node in ends if node.id not in inner and not tree.is_out(node.id)]


def count(
    samples: Sequence[Sample], rule: str = "majority", aggregation: Aggregation = "min", *, heed_rules: bool = True
) -> Verdict:
    """The verdict of the rule called `rule`. Samples without an answer, or without a score it needs, have no vote.

    With `heed_rules` those that an exact rule refuses have none either; without, the rule checker's word is ignored.
    """
    how = RULES[rule]
    answered = [sample for sample in samples if sample.answer is not None]
    allowed = [sample for sample in answered if not (heed_rules and sample.refused)]
    weighed = [(sample, weight) for sample in allowed if (weight := how.weight(sample, aggregation)) is not None]
    groups: dict[str, list[tuple[Sample, float]]] = {}
    for sample, weight in weighed:
        groups.setdefault(sample.answer or "", []).append((sample, weight))
    tallies = sorted((_tally(answer, group, how.best) for answer, group in groups.items()), key=lambda t: -t.weight)
    return Verdict(
        rule=how.words(aggregation),
        winner=_winner(groups[tallies[0].answer], how.best) if tallies else None,
        tallies=tuple(tallies),
        samples=len(samples),
        unanswered=len(samples) - len(answered),
        refused=len(answered) - len(allowed),
        unscored=len(allowed) - len(weighed),
        tied=len(tallies) > 1 and tallies[0].weight == tallies[1].weight,
    )


def curve(
    samples: Sequence[Sample], rule: str = "majority", aggregation: Aggregation = "min", *, heed_rules: bool = True
) -> tuple[Verdict, ...]:
    """The verdicts on the first 1, 2 ... n samples: maj@k, or best-of-k, from one stored sample set."""
    return tuple(count(samples[:size], rule, aggregation, heed_rules=heed_rules) for size in range(1, len(samples) + 1))


def _tally(answer: str, group: Sequence[tuple[Sample, float]], best: bool) -> Tally:
    """fsum is exact whatever the order, so a vote does not hang on it."""
    weights = [weight for _, weight in group]
    return Tally(answer, len(group), max(weights) if best else fsum(weights), group[0][0].at.node)


def _winner(group: Sequence[tuple[Sample, float]], best: bool) -> Sample:
    return max(group, key=lambda entry: entry[1])[0] if best else group[0][0]


def branched_off(tree: Tree, end: Node) -> tuple[NodeId, NodeId]:
    """The first node of its trace that no other trace shares, below the root; then the node itself."""
    first = end
    while first.parent and len(tree.nodes[first.parent].children) == 1:
        first = tree.nodes[first.parent]
    return first.id, end.id


def _sample(tree: Tree, problem: Problem, end: Node) -> Sample:
    path = tree.path(end.id)[1:]
    written = None if end.broken else problem.read_answer("".join(node.step for node in path))
    return Sample(
        at=Answer(end.id),
        answer=None if written is None else problem.canonical(written),
        written=written,
        refused=not proven(end) and any(_is_refused(node) for node in path),
        steps=_step_scores(path),
        outcome=score.value if (score := end.score("orm")) else None,
        likelihood=_mean_likelihood(path),
    )


def _played(problem: Problem, node: Node, number: int) -> Sample:
    """An answer of a rollout has a vote; its steps' scores do not say whose they are, so it weighs nothing else."""
    rollout = node.rollouts[number]
    refused = rollout.source == "rule" and rollout.value == 0.0
    answer = problem.canonical(rollout.answer or "")
    return Sample(Answer(node.id, number), answer, rollout.answer, refused, None, None, None)


def _is_refused(node: Node) -> bool:
    rule = node.score("rule")
    return rule is not None and rule.value == 0.0


def _step_scores(path: Iterable[Node]) -> tuple[float, ...] | None:
    marks = [_process_score(node) for node in path]
    if not marks or marks[-1] is None:
        return None
    return tuple(mark for mark in marks if mark is not None)


def _process_score(node: Node) -> float | None:
    """The latest word of the first of STEP_SOURCES who has one."""
    latest = {score.source: score.value for score in node.scores if kind_of(score.verifier) != "vote"}
    return next((latest[source] for source in STEP_SOURCES if source in latest), None)


def _mean_likelihood(path: Sequence[Node]) -> float | None:
    """By steps, not by tokens: a log that is gone on with tomorrow keeps the steps' log-probabilities alone."""
    known = [node.logprob for node in path if node.logprob is not None]
    return exp(min(0.0, fsum(known) / len(known))) if known and len(known) == len(path) else None
