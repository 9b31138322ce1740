"""Which traces of a session a scorer is asked about, and what its answers become in their logs. No Qt, no engine.

Runs are read part by part and asked about parcel by parcel, so that no session is ever held whole, here or in the
engine. Whoever drives the `Feed` decides when it goes on.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from engine.commands import RunPlan, TraceToScore
from engine.events import ROOT, NodeId, Record, Rescored, RolloutScores, Score, Unscored, add_costs
from engine.frames import ScoresFound, TraceScores
from engine.search import SettingError, make_search
from engine.search.votes import ended
from engine.tree import Node, Tree, TreeError, fold
from storage.errors import SessionError
from storage.session import Session

PART = 400
"""Events that are read and folded in one go: some milliseconds."""
MOST_TRACES = 512
"""Of one parcel."""
MOST_CHARACTERS = 1_000_000
"""Of one parcel; a single longer trace is one of its own."""


class Asked(NamedTuple):
    """A trace that a scorer is asked about, and where it stands."""

    of: RunToScore
    nodes: tuple[NodeId, ...]
    """One for each step that is a node; the others are those of the rollout."""
    rollout: int | None
    """Number of the rollout of the last node (of the root, where there is none) in which the trace ends."""
    trace: TraceToScore

    @property
    def end(self) -> NodeId:
        """The last node."""
        return self.nodes[-1] if self.nodes else ROOT

    @property
    def size(self) -> int:
        """Characters."""
        return sum(map(len, self.trace.steps))


@dataclass
class RunToScore:
    """A run, read for its traces."""

    run: int
    plan: RunPlan
    tree: Tree = field(default_factory=Tree)
    known: set[NodeId] = field(default_factory=set)
    """Nodes whose score needs not be written down any more."""
    asked: dict[tuple[str, str], set[NodeId]] = field(default_factory=dict)
    """By a scorer's name and model, the ends of traces that it was asked about."""

    def read(self, session: Session, events: int) -> Iterator[None]:
        """The first `events` of its log, a part at a time. Raises SessionError or TreeError where it is damaged."""
        for after in range(0, events, PART):
            self._take(session.records(self.run, after, min(after + PART, events), tokens=False))
            yield

    def _take(self, records: Sequence[Record]) -> None:
        fold(records, self.tree)
        for record in records:
            if isinstance(record.event, Rescored):
                event = record.event
                asked = self.asked.setdefault((event.scorer, event.model), set())
                asked -= set(event.withdrawn)
                asked.update(event.ends)

    def of_another(self, scorer: str, model: str) -> bool:
        """Whether it has scores of a scorer of this name that was another model."""
        return self.tree.scorer_models.get(scorer, model) != model

    def to_ask(self, scorer: str, again: bool, model: str = "") -> Iterator[Asked]:
        """Its ended traces, neighbours together; without `again` only those that this scorer has not been asked about,
        neither in the run nor after it. Another model of that name was another scorer."""
        tree = self.tree
        again = again or self.of_another(scorer, model)
        self.known = set() if again else set(tree.rescored.get(scorer, ()))
        asked = set() if again else self.asked.get((scorer, model), set())
        played = {} if again else tree.rescored_rollouts.get(scorer, {})
        thinking = _thinks(self.plan)
        for end, rollout in _ends(tree):
            path = tree.path(end)[1:]
            if rollout is not None:
                steps, known = tree.nodes[end].rollouts[rollout].steps, (end, rollout) in played
            else:
                steps, known = (), end in asked or (not again and all(self._has_score(node, scorer) for node in path))
            if known or not (path or steps):
                continue
            texts = (*(node.step for node in path), *steps)
            ended = rollout is not None or path[-1].terminal
            trace = TraceToScore(self.plan.problem, self.plan.text, texts, ended, thinking)
            yield Asked(self, tuple([node.id for node in path]), rollout, trace)

    def _has_score(self, node: Node, scorer: str) -> bool:
        return node.id in self.known or any(score.verifier == scorer for score in node.scores)


def _ends(tree: Tree) -> Iterator[tuple[NodeId, int | None]]:
    """Where traces end, at a node or in a rollout of it, in the order of a walk through the tree: what stands together
    begins alike. As engine.scores.traces has them."""
    ends = {node.id for node in ended(tree)}
    waiting = [ROOT] if tree.nodes else []
    while waiting:
        node = tree.nodes[waiting.pop()]
        if node.id in ends:
            yield node.id, None
        if node.rollouts and not tree.is_out(node.id):
            yield from ((node.id, number) for number, one in enumerate(node.rollouts) if one.answer is not None)
        waiting += reversed(node.children)


def _thinks(plan: RunPlan) -> bool:
    """Whether its traces open with a thought."""
    try:
        return make_search(plan.search, plan.settings).thinking
    except SettingError:
        return False


@dataclass(frozen=True)
class Meet:
    """The feed has to know what the scorer is called if it asks this policy, and which model it is; answer it with
    `send`."""

    policy: str


@dataclass(frozen=True)
class Parcel:
    """Traces to be asked about next."""

    policy: str
    asked: tuple[Asked, ...]


@dataclass
class Count:
    """How far a wish is."""

    runs: int = 0
    read: int = 0
    """Runs that have been read."""
    found: int = 0
    """Traces to be scored, as far as runs have been looked through."""
    of_read: int = 0
    """Those of them in runs that have been read."""
    scored: int = 0
    failed: int = 0
    said: list[str] = field(default_factory=list)
    """What went wrong, as sentences, each naming its run."""
    anew: int = 0
    """Runs that were scored before by another model of the same name, whose scores the new ones replace."""
    silent: int = 0
    """Of those scored, the traces of which no step got a score: a critic's reply that nobody understands, say."""
    why_silent: str = ""
    """What the scorer said of the first of them; several lines, or nothing."""

    def note_silence(self, answer: TraceScores) -> None:
        """Count an answer that has no score."""
        if all(value is None for value in answer.values):
            self.silent += 1
            self.why_silent = self.why_silent or next(filter(None, answer.notes), "")

    @property
    def done(self) -> int:
        return self.scored + self.failed

    @property
    def total(self) -> int:
        """Traces in all: as many in the runs that nobody has read yet as in those before."""
        return max(self.found, round(self.of_read * self.runs / max(1, self.read)))


Feed: TypeAlias = Generator[Meet | Parcel | None, ScoresFound, None]
"""None: a part was read, somebody else may have a turn."""


def feed(session: Session, runs: Sequence[int], again: bool, count: Count) -> Feed:
    """What a scorer is to be asked about these runs, in their order. A run that cannot be read is said and left out."""
    count.runs = len(runs)
    policy, waiting, size = "", list[Asked](), 0
    met: ScoresFound | None = None
    for number in runs:
        run = RunToScore(number, session.plan(number))
        try:
            for _ in run.read(session, session.info(number).events):
                yield None
        except (SessionError, TreeError) as error:
            count.said.append(f"Run {number}: {error}")
        else:
            if met is None or run.plan.policy != policy:
                if waiting:
                    yield Parcel(policy, tuple(waiting))
                policy, waiting, size = run.plan.policy, [], 0
                met = yield Meet(policy)
            count.anew += run.of_another(met.scorer, met.model)
            for asked in run.to_ask(met.scorer, again, met.model):
                size += asked.size
                if waiting and (len(waiting) == MOST_TRACES or size > MOST_CHARACTERS):
                    yield Parcel(policy, tuple(waiting))
                    waiting, size = [], asked.size
                waiting.append(asked)
                count.found += 1
        count.read, count.of_read = count.read + 1, count.found
    if waiting:
        yield Parcel(policy, tuple(waiting))


def rescored(asked: Sequence[Asked], found: ScoresFound, count: Count, spec: str) -> dict[int, Rescored]:
    """What the answers in `found` become: one event for each run. `asked` are the traces that they are about, `spec` is
    the name by which the scorer was asked for."""
    runs: dict[int, list[tuple[Asked, TraceScores]]] = {}
    for one, answer in zip(asked, found.traces, strict=True):
        if answer.failed:
            count.failed += 1
            rollout = "" if one.rollout is None else f", rollout {one.rollout + 1}"
            count.said.append(f"Run {one.of.run}, trace to node {one.end}{rollout}: {answer.failed}")
        else:
            count.scored += 1
            count.note_silence(answer)
            runs.setdefault(one.of.run, []).append((one, answer))
    return {run: _event(pairs, found, spec) for run, pairs in runs.items()}


def _event(pairs: Sequence[tuple[Asked, TraceScores]], found: ScoresFound, spec: str) -> Rescored:
    scores = [score for one, answer in pairs for score in _new_scores(one, answer, found)]
    cost = add_costs([answer.cost for _, answer in pairs])
    ends = tuple(one.end for one, _ in pairs if one.rollout is None)
    rollouts = tuple(
        RolloutScores(one.end, one.rollout, answer.values[len(one.nodes) :])
        for one, answer in pairs
        if one.rollout is not None
    )
    unscored = tuple({one.node: one for pair in pairs for one in _unscored(*pair)}.values())
    return Rescored(tuple(scores), found.scorer, found.recipe, cost, ends, rollouts, unscored, spec, found.model)


def _new_scores(one: Asked, answer: TraceScores, found: ScoresFound) -> Iterator[Score]:
    """Of the steps that no trace before it had: what traces share is written down once."""
    for place, (node, value) in enumerate(zip(one.nodes, answer.values, strict=False)):  # a rollout's have no node
        if value is not None and node not in one.of.known:
            one.of.known.add(node)
            note = answer.notes[place] if answer.notes else ""
            channels = answer.channels[place] if answer.channels else ()
            yield Score(node, value, found.source, found.scorer, note, channels)


def _unscored(one: Asked, answer: TraceScores) -> Iterator[Unscored]:
    """The steps without a score of which the scorer said why."""
    for node, value, note in zip(one.nodes, answer.values, answer.notes, strict=False):  # a rollout's have no node
        if value is None and note and node not in one.of.known:
            yield Unscored(node, note)
