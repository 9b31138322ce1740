"""What a card says, in words and numbers. Knows the tree and the numbers' formats; knows no Qt and no colours.

A face is hashable: two equal faces are the same picture, which is what the pixmap cache relies on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.canvas.values import ValueRange
from app.canvas.walks import best_by_value, best_child, is_credited
from app.language import tr
from app.plain_text import one_line
from app.words.node import EDITED, verdict
from engine.events import ROOT, NodeId, Source
from engine.frames import Branch
from engine.search.evaluators import LOGPROB, mark
from engine.tree import Node, Tree

Kind = Literal["node", "writing", "rollout"]
Frame = Literal["plain", "selected", "principal"]
Tone = Literal["neutral", "good", "bad"]

LONGEST_TEXT = 240
"""Characters of a step that can matter on two lines of a card."""
LONGEST_TAIL = 60
"""Characters of text under way that fit on a card; it is the end that is read."""
RAMP_STEPS = 48
"""Colours are rounded to this many places of the ramp, so that a tiny change of Q is not a new picture."""
MISSING = "–"
PRUNED = "pruned"
"""Tag of a step that the search has given up; what is below it is dimmed, too."""
OPINIONS: tuple[Source, ...] = ("person", "prm", "orm", "self-evaluation", "code", "gold")
"""Whose score stands on a card: the first of these who said something. What was set by hand stands before what models
say, as it does in the search; rules have a verdict instead."""
HIDDEN = "hidden"
"""Tag of a step inside the model's thinking."""


@dataclass(frozen=True, slots=True)
class Face:
    """Everything that is drawn on one card."""

    text: str
    kind: Kind = "node"
    stats: str = ""
    stripe: int | None = None
    """Place of Q on the ramp, 0..RAMP_STEPS, or of the score in a run without values; None while there is none."""
    channel: str = "value"
    """What the stripe shows, a name of `app.canvas.channels`; of sources, `stripe` is the number."""
    faint: bool = False
    """Whether the stripe rests on few visits."""
    pill: str = ""
    pill_place: int | None = None
    """Place of the model's score on the ramp; None if there is no score."""
    tag: str = ""
    tone: Tone = "neutral"
    frame: Frame = "plain"
    dimmed: bool = False
    stacked: bool = False
    """Whether children are folded behind the card."""
    in_flight: int = 0
    """Virtual losses that count at the moment."""
    most_visits: bool = False
    """Whether no sibling was visited more."""
    best_value: bool = False
    """Whether no sibling has a higher Q; the search need not have gone there most."""
    pinned: bool = False
    bookmarked: bool = False
    noted: bool = False
    """Whether a person wrote about it."""
    hit: bool = False
    """Whether a search for text found it."""
    sought: str = ""
    """The text that was searched for; of hits alone."""


@dataclass(frozen=True)
class Marks:
    """What tells nodes from others, for all cards of a scene."""

    most_visits: frozenset[NodeId] = frozenset()
    best_value: frozenset[NodeId] = frozenset()
    pinned: frozenset[NodeId] = frozenset()
    bookmarks: frozenset[NodeId] = frozenset()
    noted: frozenset[NodeId] = frozenset()
    hits: frozenset[NodeId] = frozenset()
    sought: str = ""


NO_MARKS = Marks()


def sibling_marks(tree: Tree, nodes: Iterable[NodeId]) -> tuple[frozenset[NodeId], frozenset[NodeId]]:
    """The most visited and the best valued of every family that one of `nodes` belongs to, as far as visited.

    They are kept apart because they differ: the first is where the search went, the second what looked best to it.
    """
    parents = {parent for node in nodes if (parent := tree.nodes[node].parent) is not None}
    families = [parent for parent in parents if sum(child.visits > 0 for child in tree.children(parent)) > 1]
    return (
        frozenset(best for parent in families if (best := best_child(tree, parent)) is not None),
        frozenset(best for parent in families if (best := best_by_value(tree, parent)) is not None),
    )


def short_number(value: float | None) -> str:
    """Two decimals, without the zero in front of the point; a missing value is a dash, never 0."""
    if value is None:
        return MISSING
    text = f"{value:.2f}" if abs(value) < 100 else f"{value:.3g}"
    return text[1:] if text.startswith("0.") else text


def change(before: float | None, after: float) -> str:
    """`.62→.66`; with a third decimal where two show no change and there was one."""
    two = short_number(before), short_number(after)
    if two[0] == two[1] and before != after and before is not None:
        two = f"{before:.3f}".removeprefix("0"), f"{after:.3f}".removeprefix("0")
    return "→".join(two)


def own_number(value: float | None) -> str:
    """A number on a scale of its own, in three digits."""
    return MISSING if value is None else f"{value:.3g}"


def percent(value: float | None) -> str:
    return MISSING if value is None else f"{value * 100:.0f}%"


def node_face(
    tree: Tree,
    node: Node,
    values: ValueRange,
    frame: Frame,
    stacked: bool,
    marks: Marks = NO_MARKS,
    out: bool | None = None,
) -> Face:
    """The face of a node at the cursor. `out`: whether it is out of the search, where that is known already."""
    score = model_score(tree, node)
    credited = is_credited(tree)
    tag, tone = _tag(tree, node)
    return Face(
        text=_problem(tree) if node.id == ROOT else one_line(node.step, LONGEST_TEXT),
        stats=one_line(node.broken or node.pruned or node.edit, LONGEST_TEXT) or _stats(node, credited),
        stripe=_ramp_step(node.value if credited else score, values),
        pill="" if node.id == ROOT else percent(score) if tree.scale.is_unit else own_number(score),
        pill_place=_ramp_step(score, values),
        tag=tag,
        tone=tone,
        frame=frame,
        dimmed=bool(node.broken) or (tree.is_out(node.id) if out is None else out),
        stacked=stacked,
        in_flight=node.virtual,
        most_visits=node.id in marks.most_visits,
        best_value=node.id in marks.best_value,
        pinned=node.id in marks.pinned,
        bookmarked=node.id in marks.bookmarks,
        noted=node.id in marks.noted,
        hit=node.id in marks.hits,
        sought=marks.sought if node.id in marks.hits else "",
    )


def model_score(tree: Tree, node: Node) -> float | None:
    """The score on the card: by whom the search ranks, else the first opinion; None if a rule alone said anything."""
    ranking = tree.started.settings.get("evaluator") if tree.started is not None else None
    if isinstance(ranking, str) and ranking != LOGPROB and (decisive := mark(node, ranking)) is not None:
        return decisive
    found = (score.value for source in OPINIONS if (score := node.score(source)) is not None)
    return next(found, None)


def branch_face(branch: Branch) -> Face:
    """Text under way."""
    return writing_face(branch.text) if branch.index >= 0 else rollout_face(branch.text, None, done=False)


def writing_face(text: str) -> Face:
    """A step that is being written; its end is what is new."""
    stats = tr("writing · {count} characters").format(count=len(text)) if text else tr("to be written")
    return Face(text=_tail(text), kind="writing", stats=stats)


def rollout_face(text: str, value: float | None, done: bool) -> Face:
    """A rollout: the end of its text, and its reward once it is done."""
    stats = tr("rollout · value {value}").format(value=short_number(value)) if done else tr("rolling out …")
    return Face(text=_tail(text), kind="rollout", stats=stats)


def _tail(text: str) -> str:
    """As much of the end as fits on a card."""
    shown = one_line(text[-LONGEST_TAIL:], LONGEST_TAIL)
    return f"…{shown}" if len(text) > LONGEST_TAIL else shown or "…"


def _problem(tree: Tree) -> str:
    return one_line(tree.started.text, LONGEST_TEXT) if tree.started else ""


def _stats(node: Node, credited: bool) -> str:
    if not credited:
        return "" if node.id == ROOT else f"P {short_number(node.prior)}"
    q, n = short_number(node.value), f"N {node.visits}"
    return f"Q {q}  {n}" if node.id == ROOT else f"Q {q}  {n}  P {short_number(node.prior)}"


def _tag(tree: Tree, node: Node) -> tuple[str, Tone]:
    """Verdicts only from a rule or from the check at the end, and only once they exist at the cursor."""
    if node.pruned:
        return PRUNED, "neutral"
    if node.edit:
        return EDITED, "neutral"
    if node.terminal and not node.broken:
        return _answer_tag(tree, node)
    if node.hidden:
        return HIDDEN, "neutral"
    merged = f"×{node.samples}" if node.samples > 1 else ""
    same = tr("= node {node}").format(node=node.twin) if node.twin is not None else ""
    return "  ".join(filter(None, (merged, same))), "neutral"


def _answer_tag(tree: Tree, node: Node) -> tuple[str, Tone]:
    star = "★ " if tree.finished is not None and tree.finished.chosen == node.id else ""
    correct = verdict(tree, node)
    if correct is None:
        return f"{star}{_votes(tree, node) or tr('answer')}", "neutral"
    return (star + tr("✓ correct"), "good") if correct else (star + tr("✗ wrong"), "bad")


def _votes(tree: Tree, node: Node) -> str:
    """How many votes the answer has that this node was the first to give."""
    tallies = tree.votes[-1].tallies if tree.votes else ()
    votes = next((tally.votes for tally in tallies if tally.first == node.id), 0)
    if not votes:
        return ""
    return tr("1 vote") if votes == 1 else tr("{count} votes").format(count=votes)


def _ramp_step(value: float | None, values: ValueRange) -> int | None:
    return None if value is None else round(values.place(value) * RAMP_STEPS)
