"""The ended traces of a tree with one scorer's word on each of their steps. Pure; asks no model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from engine.events import NodeId, Score, Source
from engine.nodes import PRECEDENCE
from engine.problems import Problem, parse_problem
from engine.search.votes import branched_off, ended
from engine.tree import Node, Tree

SOURCES: tuple[Source, ...] = ("prm", "orm", "self-evaluation")
"""Those of a run's verifiers that are scorers: a rule or a gold answer says what is so, not what it believes."""

KEPT = 50_000
"""Traces whose answers are remembered."""
_known: dict[bytes, tuple[str | None, bool | None]] = {}


@dataclass(frozen=True, slots=True)
class ScoredTrace:
    """One ended trace of one run, as one scorer sees it."""

    run: int
    nodes: tuple[NodeId, ...]
    """One for each step, from below the root."""
    rollout: int | None
    """Number of the rollout of the last node (of the root, where there are no nodes) whose steps follow; None: the
    trace ends at that node."""
    answer: str | None
    """Canonical; None where none can be read."""
    correct: bool | None
    """By the exact check, which may look at a gold answer, or the word of the file that the trace was read from; None
    where nobody knows."""
    scores: tuple[float | None, ...]
    """One for each step, those of the rollout included."""


def scorers_in(tree: Tree) -> tuple[str, ...]:
    """The names of those who scored steps of this tree: the run's own verifiers first, then who was asked later.

    Numbers on a scale of their own (Tree.scale) are no probabilities, and whoever gave them is no scorer here.
    """
    found = dict.fromkeys(
        score.verifier
        for node in (tree.nodes.values() if tree.scale.is_unit else ())
        for score in node.scores
        if score.source in SOURCES
    )
    return tuple({**found, **dict.fromkeys(tree.rescored)})


def traces_of(tree: Tree, run: int, scorer: str) -> tuple[ScoredTrace, ...]:
    """Every ended trace that is not pruned, in the order of `engine.search.votes.samples_of`.

    Raises ProblemError for a kind of problem not known here.
    """
    return tuple(each_trace(tree, run, scorer))


def each_trace(tree: Tree, run: int, scorer: str) -> Iterator[ScoredTrace]:
    """The same one by one, for a reader who must not be away for long."""
    if tree.started is None:
        return
    problem = parse_problem(tree.started.problem, tree.started.text)
    for end in sorted(ended(tree), key=lambda node: branched_off(tree, node)):
        yield _ended_trace(tree, run, scorer, problem, end)
    played = [node for node in tree.nodes.values() if node.rollouts and not tree.is_out(node.id)]
    speaks = bool(played) and scorer == _rollouts_scorer(tree)
    for node in played:
        yield from _played(tree, run, scorer, problem, node, speaks)


def score_of(tree: Tree, node: Node, scorer: str) -> Score | None:
    """What the scorer said of a step: what it was asked for after the fact, else its latest word in the run."""
    later = tree.rescored.get(scorer, {}).get(node.id)
    if later is not None:
        return later
    if not tree.scale.is_unit:
        return None
    said = (score for score in reversed(node.scores) if score.verifier == scorer and score.source in SOURCES)
    return next(said, None)


def channels_of(tree: Tree, node: NodeId, scorer: str) -> tuple[tuple[str, float], ...]:
    """Everything that the scorer's model gave for a step, see Score.channels; () where it said nothing."""
    said = score_of(tree, tree.nodes[node], scorer)
    return () if said is None else said.channels


def _ended_trace(tree: Tree, run: int, scorer: str, problem: Problem, end: Node) -> ScoredTrace:
    path = tree.path(end.id)[1:]
    answer, correct = _judged(problem, "".join([node.step for node in path]), bool(end.broken))
    told = _told(tree, end.id, None)
    return ScoredTrace(
        run,
        tuple([node.id for node in path]),
        None,
        answer,
        correct if told is None else told,
        _values(tree, path, scorer),
    )


def _played(tree: Tree, run: int, scorer: str, problem: Problem, node: Node, speaks: bool) -> Iterator[ScoredTrace]:
    """The traces that go on through the rollouts of a node."""
    path = tree.path(node.id)[1:]
    before, nodes = _values(tree, path, scorer), tuple([entry.id for entry in path])
    later = tree.rescored_rollouts.get(scorer, {})
    text = "".join([entry.step for entry in path])
    for number, rollout in enumerate(node.rollouts):
        if rollout.answer is None:
            continue
        heard = speaks and not (rollout.source == "rule" and rollout.value == 0.0)  # what a rule refuses nobody scores
        scores = later.get((node.id, number), rollout.step_scores if heard else ())
        if len(scores) != len(rollout.steps):
            scores = (None,) * len(rollout.steps)
        _, correct = _judged(problem, text + "".join(rollout.steps), False)
        yield ScoredTrace(run, nodes, number, problem.canonical(rollout.answer), correct, before + scores)


def _told(tree: Tree, end: NodeId, rollout: int | None) -> bool | None:
    """What the run's end says of this trace, if it is about it: of one that was read it may be the file's word."""
    over = tree.finished
    return over.correct if over is not None and (over.chosen, over.rollout) == (end, rollout) else None


def _judged(problem: Problem, text: str, broken: bool) -> tuple[str | None, bool | None]:
    """The canonical answer, and whether it is right; without an answer it is wrong, where any can be checked.

    Kept by a digest of the text: views read the same thousands of traces again with each scorer and each new event.
    """
    said = "\0".join((problem.kind, problem.text, "broken" if broken else "", text))
    key = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    found = _known.get(key)
    if found is None:
        written = None if broken else problem.read_answer(text)
        verdict = problem.check_answer("" if written is None else text)
        found = None if written is None else problem.canonical(written), verdict.correct
        if len(_known) >= KEPT:
            _known.clear()  # at once: other threads may read, too
        _known[key] = found
    return found


def _values(tree: Tree, path: list[Node], scorer: str) -> tuple[float | None, ...]:
    said = [score_of(tree, node, scorer) for node in path]
    return tuple([None if score is None else score.value for score in said])


def _rollouts_scorer(tree: Tree) -> str | None:
    """Whose the scores of rollouts' steps are: of the run's one scorer that comes first by PRECEDENCE.

    A rollout keeps one number for each step and no name with it (engine.judging): where two scorers of one kind, a
    gold answer or a person spoke in the run, nobody can tell whose it is.
    """
    who = dict.fromkeys((score.source, score.verifier) for node in tree.nodes.values() for score in node.scores)
    models = [(PRECEDENCE.index(source), name) for source, name in who if source in SOURCES]
    first = min((place for place, _ in models), default=None)
    names = {name for place, name in models if place == first}
    return names.pop() if len(names) == 1 and not tree.gold else None
