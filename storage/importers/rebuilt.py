"""A document of ours as the log of a run again: exactly, where it has its events, else as a tree that ends alike.

The documents were on their way through other programs and hands, so everything in them is looked at. Knows no file.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from itertools import groupby

import msgspec
from msgspec.structs import replace

from engine import __version__
from engine.commands import RunPlan
from engine.events import (
    ROOT,
    AnyEvent,
    Backpropagated,
    Bookmarked,
    Cost,
    Credited,
    Expanded,
    IterationFinished,
    NewNode,
    NodeId,
    Noted,
    PrivacySet,
    Pruned,
    Record,
    RunFinished,
    RunNamed,
    RunStarted,
    Scored,
    add_costs,
)
from engine.importing import Kept, Origin, problem_of
from engine.importing_tree import MOST_CHILDREN, MOST_LEVELS, MOST_NODES, DraftError
from engine.problems import ProblemError, parse_problem
from engine.search.imported import Imported
from engine.tokens import Alternative, Token, pack
from engine.tree import Tree, TreeError, apply
from storage.exporters.run_document import ExportedNode, ExportedRun, ExportedToken
from storage.importers.importer import Working

MOST = 2**31 - 1
"""Of what is counted: more visits than that nobody has made."""
LARGEST_SEED = 2**63
TOGETHER = 2_000
"""Events between two signs of life."""


def kept_log(plan: RunPlan, records: Sequence[Record]) -> Generator[Working, None, Kept]:
    """A log as it was, its times included. Raises DraftError if it makes no sense, or no session could hold it."""
    if not -LARGEST_SEED <= plan.seed < LARGEST_SEED:
        raise DraftError("its seed is too large")
    if [record.seq for record in records] != list(range(1, len(records) + 1)):
        raise DraftError("events of it are missing")
    _check_born(records)
    yield from _check_fold(records)
    return Kept(plan, tuple([record.event for record in records]), tuple([record.at for record in records]))


def kept_document(document: ExportedRun, title: str, file: str) -> Generator[Working, None, Kept]:
    """The run of a document. `title` names the format, `file` where it was. Raises DraftError."""
    if document.events is not None:
        return (yield from kept_log(document.plan, _with_tokens(document)))
    if not document.nodes:
        raise DraftError("it has no nodes")
    _check_nodes(document.nodes)
    events = tuple(_events(document, title, file))
    yield from _check_fold([Record(1, seq, 0.0, event) for seq, event in enumerate(events, 1)])
    started = events[0]
    assert isinstance(started, RunStarted)
    return Kept(RunPlan(started.problem, started.text, Imported.name, {}, verifiers=()), events)


def _with_tokens(document: ExportedRun) -> list[Record]:
    """The records, each child with the row of tokens that stands at its node."""
    rows = {node.id: node.tokens for node in document.nodes if node.tokens}
    found = []
    for record in document.events or ():
        event = record.event
        if isinstance(event, Expanded) and any(child.node in rows for child in event.children):
            children = tuple([replace(child, tokens=_packed(rows.get(child.node))) for child in event.children])
            record = replace(record, event=replace(event, children=children))
        found.append(record)
    return found


def _packed(row: tuple[ExportedToken, ...] | None) -> bytes:
    return pack(tuple([_token(token) for token in row or ()]))


def _token(token: ExportedToken) -> Token:
    ids = token.alternative_ids or (-1,) * len(token.alternatives)
    others = tuple(Alternative(*said, number) for said, number in zip(token.alternatives, ids, strict=False))
    return Token(token.text, token.id, token.logprob, token.entropy, others)


def _events(document: ExportedRun, title: str, file: str) -> Iterator[AnyEvent]:
    """The least that gives the tree: what happened in which order, the document does not say."""
    nodes = document.nodes
    yield _started(document, title, file)
    cost = _cost_of_nodes(document)
    if cost != Cost() and len(nodes) == 1:
        yield Expanded(1, ROOT, (), cost, generator="given")
    for parent, group in groupby(nodes[1:], key=lambda node: node.parent):
        yield Expanded(1, parent or ROOT, tuple([_born(node) for node in group]), cost, generator="given")
        cost = Cost()
    if scores := tuple([score for node in nodes for score in node.scores]):
        yield Scored(1, scores)
    yield from document.rollouts
    yield from _credits(document)
    if out := [node for node in nodes if node.pruned]:
        yield Pruned(1, tuple(node.id for node in out), tuple(node.pruned for node in out))
    yield from document.votes
    if document.iterations:
        yield IterationFinished(document.iterations)
    yield from (Noted(node.id, node.note) for node in nodes if node.note)
    yield from (Bookmarked(node.id, True) for node in nodes if node.bookmarked)
    yield from document.traces
    yield from document.said
    yield from document.rescored
    if document.name:
        yield RunNamed(document.name)
    if document.private:
        yield PrivacySet(True)
    yield document.finished or RunFinished(
        "finished", f"The tree was read from {file}.", None, None, None, "nobody says whether the answer is right"
    )


def _credits(document: ExportedRun) -> Iterator[AnyEvent]:
    """N and W of every node. Where the values were a gold answer's and no score says so, one of the root's visits does:
    such a run says it for ever."""
    nodes = document.nodes
    said = any(score.source == "gold" for node in nodes for score in node.scores)
    said = said or any(rollout.source == "gold" for rollout in document.rollouts)
    visits = [node.N for node in nodes]
    if document.gold and not said and visits[ROOT]:
        yield Backpropagated(1, ROOT, 0.0, "gold")
        visits[ROOT] -= 1
    credited = [node for node in nodes if visits[node.id] or node.W]
    if credited:
        numbers = tuple(node.id for node in credited)
        yield Credited(1, numbers, tuple(visits[number] for number in numbers), tuple(node.W for node in credited))


def _cost_of_nodes(document: ExportedRun) -> Cost:
    """What the run used, without the rollouts, which tell it themselves."""
    whole = msgspec.structs.asdict(document.cost)
    played = msgspec.structs.asdict(add_costs([rollout.cost for rollout in document.rollouts]))
    return Cost(**{name: max(whole[name] - played[name], 0) for name in whole})


def _started(document: ExportedRun, title: str, file: str) -> RunStarted:
    plan, root = document.plan, document.nodes[0]
    try:
        parse_problem(plan.problem, plan.text)
        kind, text = plan.problem, plan.text
    except ProblemError:
        problem = problem_of(Origin(file, root.step))
        kind, text = problem.kind, problem.text
    told = {"format": title, "file": file, "search": plan.search, "seed": str(plan.seed), **document.told}
    return RunStarted(
        kind, text, root.step, Imported.name, {}, 0, plan.budget, document.policy, document.verifiers,
        document.engine or __version__, document.scale, {name: words for name, words in told.items() if words},
        document.weights,
    )  # fmt: skip


def _born(node: ExportedNode) -> NewNode:
    return NewNode(
        node.id, node.step, node.P, node.logprob, node.terminal, node.samples, _packed(node.tokens), node.hidden,
        node.broken, node.twin, node.edit,
    )  # fmt: skip


# -- checks


def _check_nodes(nodes: Sequence[ExportedNode]) -> None:
    if len(nodes) > MOST_NODES:
        raise DraftError(f"it has {len(nodes):,} nodes, and {MOST_NODES:,} can be read")
    if nodes[0].parent is not None:
        raise DraftError("its first node is no root")
    children: dict[NodeId, int] = {}
    depths: list[int] = []
    for number, node in enumerate(nodes):
        parent = node.parent
        if node.id != number or (parent is None) != (number == 0) or (parent is not None and not 0 <= parent < number):
            raise DraftError(f"its node {node.id} has no place in the tree")
        if not (0 <= node.N <= MOST and 0 <= node.samples <= MOST):
            raise DraftError(f"its node {node.id} counts what cannot be counted")
        depths.append(0 if parent is None else depths[parent] + 1)
        if parent is not None:
            children[parent] = children.get(parent, 0) + 1
    _check_size(max(depths), max(children.values(), default=0))


def _check_born(records: Sequence[Record]) -> None:
    """What walks from a node to the root takes time in its depth, and so does the fold itself. What is no number for a
    table must not come near one."""
    depths, deepest, broadest = {ROOT: 0}, 0, 0
    for record in records:
        if isinstance(record.event, Expanded):
            depth = depths.get(record.event.parent, 0) + 1
            depths.update((child.node, depth) for child in record.event.children)
            if not all(0 <= child.samples <= MOST for child in record.event.children):
                raise DraftError(f"event {record.seq} counts what cannot be counted")
            deepest, broadest = max(deepest, depth), max(broadest, len(record.event.children))
    _check_size(deepest, broadest)


def _check_size(levels: int, children: int) -> None:
    if levels > MOST_LEVELS:
        raise DraftError(f"it is {levels:,} steps deep, and {MOST_LEVELS:,} can be shown")
    if children > MOST_CHILDREN:
        raise DraftError(f"it has {children:,} nodes below one, and {MOST_CHILDREN:,} can be shown")


def _check_fold(records: Sequence[Record]) -> Iterator[Working]:
    """Whether the events make a tree, and can be written down."""
    tree = Tree()
    try:
        for place, record in enumerate(records):
            if place % TOGETHER == 0:
                yield Working(place / len(records))
            apply(record.event, tree)
            msgspec.json.encode(record.event)
    except TreeError as error:
        raise DraftError(f"it makes no sense: {error}") from error
    except (ValueError, TypeError, OverflowError) as error:
        raise DraftError(f"it holds what no session can ({error})") from error
