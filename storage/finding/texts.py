"""The texts of a run that can be looked for: problem, steps, what was played on, notes, names. Knows no index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from engine.events import ROOT, NodeId, Noted, RolledOut, RunNamed
from storage.runs import RunInfo
from storage.session import Session

Kind = Literal["problem", "step", "rollout", "note", "name"]
LONGEST = 1_000_000
"""Characters of a text that are looked at."""


class Text(NamedTuple):
    """One text, with its place."""

    node: NodeId
    kind: Kind
    text: str
    """Empty: what was said there is taken back."""


def texts_of(session: Session, info: RunInfo, events: int = 0, nodes: int = 0) -> Iterator[Text]:
    """Those of a run after its first `events` events and `nodes` nodes. Raises SessionError where it is damaged."""
    if not events:
        yield Text(ROOT, "problem", info.plan.text[:LONGEST])
    for node, step in session.steps(info.id, max(0, nodes - 1)):
        yield Text(node, "step", step[:LONGEST])
    for record in session.records_of(info.id, (Noted, RolledOut, RunNamed), events):
        match record.event:
            case Noted(node=node, text=text) if 0 <= node < info.nodes:
                yield Text(node, "note", text[:LONGEST])
            case RolledOut(node=node, steps=steps) if 0 <= node < info.nodes:
                yield Text(node, "rollout", "".join(steps)[:LONGEST])
            case RunNamed(name=name):
                yield Text(ROOT, "name", name[:LONGEST])
