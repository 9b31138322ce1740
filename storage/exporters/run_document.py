"""A run as one object: the plan, the tree as it ended, rollouts, cost and outcome. All that formats without a log say.

The classes below are the documentation of the JSON format: their fields are its keys. `format` is "espalier-run";
`version` goes up only when a key changes its meaning or goes away, so readers should ignore keys that they do not know.
Missing numbers are null, never 0. The root is node 0 and holds the prompt; text is in pieces, a trace is the steps from
the root. Knows no table.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import msgspec

from engine.commands import RunPlan
from engine.events import (
    BordersMoved,
    Cost,
    Expanded,
    NodeId,
    Record,
    Rescored,
    RolledOut,
    RolloutJudged,
    RolloutScores,
    RunFinished,
    Scale,
    Score,
    Source,
    StepLabelled,
    StepRated,
    TraceRead,
    Unscored,
    Voted,
)
from engine.tokens import Token, TokenRowError, unpack
from engine.tree import Node, Tree
from storage.errors import SessionError
from storage.exporters.exporter import Wanted
from storage.runs import RunInfo

Said: TypeAlias = BordersMoved | StepLabelled | StepRated | RolloutJudged

FORMAT = "espalier-run"
VERSION = 1


class ExportedToken(msgspec.Struct, frozen=True):
    """One token of a step, see engine.tokens."""

    text: str
    id: int
    logprob: float
    """Nats, at temperature 1."""
    entropy: float
    """Nats."""
    alternatives: tuple[tuple[str, float], ...]
    """Text and probability, likeliest first."""
    alternative_ids: tuple[int, ...] = ()
    """Their numbers in the model's vocabulary, in the same order; -1 where nobody knows."""


class ExportedNode(msgspec.Struct, frozen=True):
    """One node, with the numbers it had at the end of the log."""

    id: NodeId
    parent: NodeId | None
    """None for the root."""
    step: str
    N: int
    """How often a value was credited to it."""
    W: float
    """The sum of those values."""
    Q: float | None
    """W / N; None while N is 0."""
    P: float
    """Prior of the policy, in [0, 1], with noise where a search added some."""
    logprob: float | None
    """Sum of the step's token log-probabilities, in nats."""
    samples: int
    """How many samples had this text; 0 for a step that a person wrote."""
    terminal: bool
    hidden: bool
    broken: str
    """Why it is no proper step; empty for a proper one."""
    scores: tuple[Score, ...]
    """All scores in order of time, each with its source (policy, prm, orm, self-evaluation, rule, code, person, gold),
    the verifier's name and its note: why, in words, where it can say."""
    twin: NodeId | None = None
    """The first node with the same state, if this one came later."""
    pruned: str = ""
    """Why this node with all below it is out of the search; empty while it is in."""
    note: str = ""
    """What a person wrote about it."""
    bookmarked: bool = False
    edit: str = ""
    """What a probe did to the step before it gave it; empty for one as it was."""
    score: float | None = None
    """The step's own score, of those of several verifiers the one that counts; on the run's scale."""
    by: Source | None = None
    """Whose word that is."""
    tokens: tuple[ExportedToken, ...] | None = None
    """None where they were not asked for or not recorded."""


class ExportedRun(msgspec.Struct, frozen=True):
    """The whole document."""

    format: str
    version: int
    run: int
    """Its number within the session."""
    plan: RunPlan
    policy: str
    """Name of the model that ran, as the engine gave it; empty if the run never began."""
    engine: str
    """Version of the engine that ran it."""
    created_at: float
    """Seconds since the epoch (UTC)."""
    nodes: tuple[ExportedNode, ...]
    """By id; the parent of a node comes before it."""
    rollouts: tuple[RolledOut, ...]
    """In order of their node, then of time; their steps are no nodes."""
    cost: Cost
    iterations: int
    """Iterations finished."""
    finished: RunFinished | None
    """How it ended, with chosen node, answer and exact check; None for a run without an end."""
    gold: bool
    """Whether a known right answer influenced the search."""
    votes: tuple[Voted, ...] = ()
    """Every count of the answers, oldest first."""
    duplicates: int = 0
    """Samples that led to a state which was known before."""
    verifiers: tuple[str, ...] = ()
    """Names of the verifiers that ran, as the engine gave them."""
    traces: tuple[TraceRead, ...] = ()
    """Traces that came from elsewhere, with the spans of their text (the steps down to `node`, joined)."""
    said: tuple[Said, ...] = ()
    """What was said of traces, steps and samples, as it stands at the end."""
    rescored: tuple[Rescored, ...] = ()
    """What scorers said after the fact, one for each scorer, as it stands at the end."""
    name: str = ""
    """What a person calls the run."""
    private: bool = False
    """Whether a person wants it kept out of what is shared."""
    scale: Scale = Scale()
    """What its values are measured in."""
    told: dict[str, str] = msgspec.field(default_factory=dict)
    """What the file of others that it came from says of the whole run, by its own names."""
    settings: dict[str, Any] = msgspec.field(default_factory=dict)
    """Every field of the search's configuration, as it ran in the end."""
    weights: dict[str, str] = msgspec.field(default_factory=dict)
    """Fingerprints of the models that ran, by their names."""
    events: tuple[Record, ...] | None = None
    """The log itself; None where it was not asked for. Token rows are left out here, they are at the nodes."""


def run_document(wanted: Wanted, run: int, *, tokens: bool = False, events: bool = False) -> ExportedRun:
    """A run of a session as a document. Raises SessionError if its log is damaged."""
    info = wanted.session.info(run)
    if not events:
        return document_of(info, wanted.tree(run, tokens=tokens), tokens=tokens)
    records = tuple(wanted.records(run, tokens=tokens))
    document = document_of(info, wanted.fold(run, records), tokens=tokens)
    return msgspec.structs.replace(document, events=tuple(map(without_tokens, records)))


def document_of(info: RunInfo, tree: Tree, *, tokens: bool = False) -> ExportedRun:
    """The same of a tree that is there already, without events. Raises SessionError for a damaged token row."""
    started = tree.started
    return ExportedRun(
        format=FORMAT,
        version=VERSION,
        run=info.id,
        plan=info.plan,
        policy=started.policy if started else "",
        engine=started.engine if started else "",
        created_at=info.created_at,
        nodes=tuple(_node(node, tree, tokens) for node in tree.nodes.values()),
        rollouts=tuple(rollout for node in tree.nodes.values() for rollout in node.rollouts),
        cost=tree.cost,
        iterations=tree.iterations_done,
        finished=tree.finished,
        gold=tree.gold,
        votes=tuple(tree.votes),
        duplicates=tree.duplicates,
        verifiers=started.verifiers if started else (),
        traces=tuple(tree.read.values()),
        said=_said(tree),
        rescored=tuple(_rescored(tree)),
        name=tree.name,
        private=tree.private,
        scale=started.scale if started else Scale(),
        told=started.told if started else {},
        settings=started.settings if started else {},
        weights=started.weights if started else {},
    )


def without_tokens(record: Record) -> Record:
    """The record with empty token rows."""
    event = record.event
    if not isinstance(event, Expanded) or not any(child.tokens for child in event.children):
        return record
    bare = tuple([msgspec.structs.replace(child, tokens=b"") for child in event.children])
    return msgspec.structs.replace(record, event=msgspec.structs.replace(event, children=bare))


def _said(tree: Tree) -> tuple[Said, ...]:
    return (
        *(BordersMoved(node, borders) for node, borders in tree.borders.items()),
        *(label for labels in tree.labels.values() for label in labels.values()),
        *(StepRated(node, rating, by) for node, ratings in tree.ratings.items() for by, rating in ratings.items()),
        *(RolloutJudged(node, rollout, verdict) for (node, rollout), verdict in tree.verdicts.items()),
    )


def _rescored(tree: Tree) -> Iterator[Rescored]:
    for name, found in tree.rescored.items():
        played = tree.rescored_rollouts.get(name, {}).items()
        yield Rescored(
            tuple(found.values()),
            name,
            rollouts=tuple(RolloutScores(node, rollout, values) for (node, rollout), values in played),
            unscored=tuple(Unscored(node, why) for node, why in tree.unscored.get(name, {}).items()),
            spec=tree.scorer_specs.get(name, ""),
            model=tree.scorer_models.get(name, ""),
        )


def _node(node: Node, tree: Tree, tokens: bool) -> ExportedNode:
    return ExportedNode(
        id=node.id,
        parent=node.parent,
        step=node.step,
        N=node.visits,
        W=node.value_sum,
        Q=node.value,
        P=node.prior,
        logprob=node.logprob,
        samples=node.samples,
        terminal=node.terminal,
        hidden=node.hidden,
        broken=node.broken,
        scores=tuple(node.scores),
        twin=node.twin,
        pruned=node.pruned,
        note=tree.notes.get(node.id, ""),
        bookmarked=node.id in tree.bookmarks,
        edit=node.edit,
        score=node.mark[0] if node.mark else None,
        by=node.mark[1] if node.mark else None,
        tokens=_tokens(node) if tokens and node.tokens else None,
    )


def _tokens(node: Node) -> tuple[ExportedToken, ...]:
    try:
        return tuple(_token(token) for token in unpack(node.tokens))
    except TokenRowError as error:
        raise SessionError(f"The tokens of node {node.id} cannot be read: {error}.") from error


def _token(token: Token) -> ExportedToken:
    alternatives = tuple((alternative.text, alternative.probability) for alternative in token.alternatives)
    ids = tuple(alternative.id for alternative in token.alternatives)
    return ExportedToken(token.text, token.id, token.logprob, token.entropy, alternatives, ids)
