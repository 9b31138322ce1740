"""What a card says, in words and numbers. Knows the tree and the numbers' formats; knows no Qt and no colours.

A face is hashable: two equal faces are the same picture, which is what the pixmap cache relies on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.canvas.values import ValueRange
from app.plain_text import one_line
from engine.events import ROOT, Source
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
OPINIONS: tuple[Source, ...] = ("prm", "orm", "self-evaluation", "code", "person", "gold")
"""Whose score stands on a card: the first of these who said something. Rules have a verdict instead."""
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


def short_number(value: float | None) -> str:
    """Two decimals, without the zero in front of the point; a missing value is a dash, never 0."""
    if value is None:
        return MISSING
    text = f"{value:.2f}"
    return text[1:] if text.startswith("0.") else text


def percent(value: float | None) -> str:
    return MISSING if value is None else f"{value * 100:.0f}%"


def node_face(tree: Tree, node: Node, values: ValueRange, frame: Frame, stacked: bool) -> Face:
    """The face of a node at the cursor."""
    score = model_score(tree, node)
    credited = tree.root.visits > 0  # a beam, say, credits no values: there the scores are all there is
    tag, tone = _tag(tree, node)
    return Face(
        text=_problem(tree) if node.id == ROOT else one_line(node.step, LONGEST_TEXT),
        stats=one_line(node.broken or node.pruned, LONGEST_TEXT) or _stats(node, credited),
        stripe=_ramp_step(node.value if credited else score, values),
        pill="" if node.id == ROOT else percent(score),
        pill_place=_ramp_step(score, values),
        tag=tag,
        tone=tone,
        frame=frame,
        dimmed=bool(node.broken) or tree.is_out(node.id),
        stacked=stacked,
        in_flight=node.virtual,
    )


def model_score(tree: Tree, node: Node) -> float | None:
    """The score on the card: by whom the search ranks, else the first opinion; None if a rule alone said anything."""
    ranking = tree.started.settings.get("evaluator") if tree.started is not None else None
    if isinstance(ranking, str) and ranking != LOGPROB and (decisive := mark(node, ranking)) is not None:
        return decisive
    found = (score.value for source in OPINIONS if (score := node.score(source)) is not None)
    return next(found, None)


def writing_face(text: str) -> Face:
    """A step that is being written; its end is what is new."""
    return Face(
        text=_tail(text), kind="writing", stats=f"writing · {len(text)} characters" if text else "to be written"
    )


def rollout_face(text: str, value: float | None, done: bool) -> Face:
    """A rollout: the end of its text, and its reward once it is done."""
    stats = f"rollout · value {short_number(value)}" if done else "rolling out …"
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
    if node.terminal and not node.broken:
        return _answer_tag(tree, node)
    if node.hidden:
        return HIDDEN, "neutral"
    merged = f"×{node.samples}" if node.samples > 1 else ""
    same = f"= node {node.twin}" if node.twin is not None else ""
    return "  ".join(filter(None, (merged, same))), "neutral"


def _answer_tag(tree: Tree, node: Node) -> tuple[str, Tone]:
    star = "★ " if tree.finished is not None and tree.finished.chosen == node.id else ""
    correct = _verdict(tree, node)
    if correct is None:
        return f"{star}{_votes(tree, node) or 'answer'}", "neutral"
    return (f"{star}✓ correct", "good") if correct else (f"{star}✗ wrong", "bad")


def _votes(tree: Tree, node: Node) -> str:
    """How many votes the answer has that this node was the first to give."""
    tallies = tree.votes[-1].tallies if tree.votes else ()
    votes = next((tally.votes for tally in tallies if tally.first == node.id), 0)
    return f"{votes} {'vote' if votes == 1 else 'votes'}" if votes else ""


def _verdict(tree: Tree, node: Node) -> bool | None:
    if tree.finished is not None and tree.finished.chosen == node.id and tree.finished.correct is not None:
        return tree.finished.correct
    score = node.score("rule")
    return None if score is None else score.value >= 0.5


def _ramp_step(value: float | None, values: ValueRange) -> int | None:
    return None if value is None else round(values.place(value) * RAMP_STEPS)
