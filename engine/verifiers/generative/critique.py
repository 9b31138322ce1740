"""What critics share: the steps that they are shown, what they say of each, and how that becomes scores. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.events import Cost
from engine.growth import exposed, in_thought
from engine.policies.tags import MARK
from engine.verifiers import ScoreRequest, StepScores

MOST_NOTE = 4_000
"""Characters of a critique that are kept with a step; of a longer one the beginning and, above all, the end."""
_OPENING = MOST_NOTE // 4
LEAST_MASS = 1e-3
"""Where both labels together are less likely than this, the model is about to say something else: no verdict."""
_NUMBERED = re.compile(r"(?:Step|Paragraph) \d{1,4}[:.] ?")


@dataclass(frozen=True, slots=True)
class Shown:
    """The steps of a trace that a critic is shown, and where they stand in it."""

    texts: tuple[str, ...]
    """Without the blanks around them."""
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a critic says of one step."""

    value: float | None = None
    note: str = ""
    channels: tuple[tuple[str, float], ...] = ()


def shown(request: ScoreRequest) -> Shown:
    """The steps after the thought that are not blank; none where the trace is still in its thought, or where only the
    last step is asked for and it is none of them."""
    if in_thought(request.steps, request.thinking):
        return Shown((), ())
    visible = exposed(request.steps) if request.thinking else request.steps
    first = len(request.steps) - len(visible)
    places = tuple(place for place, step in enumerate(request.steps) if place >= first and step.strip())
    if request.last_only and places[-1:] != (len(request.steps) - 1,):
        return Shown((), ())
    return Shown(tuple(request.steps[place].strip() for place in places), places)


def step_scores(
    request: ScoreRequest, steps: Shown, opinions: Sequence[Opinion], cost: Cost, elsewhere: str = ""
) -> StepScores:
    """One entry per step of the trace. `opinions`: one per shown step; `elsewhere`: why the others have none."""
    said: Mapping[int, Opinion] = dict(zip(steps.places, opinions, strict=True))
    row = [said.get(place, Opinion(note=elsewhere)) for place in range(len(request.steps))]
    return StepScores(
        tuple(each.value for each in row),
        tuple(bounded(each.note) for each in row),
        tuple(each.channels for each in row),
        cost=cost,
    )


def bounded(note: str) -> str:
    """A critique that is not longer than a note may be: what is left out is in the middle: verdicts stand last."""
    note = note.strip()
    if len(note) <= MOST_NOTE:
        return note
    return f"{note[:_OPENING].rstrip()} […] {note[_OPENING + 5 - MOST_NOTE :].lstrip()}"


def plain(step: str) -> str:
    """A step without a number of its own, since it is given one."""
    return _NUMBERED.sub("", step, count=1) if _NUMBERED.match(step) else step


def disarmed(step: str, names: Sequence[str]) -> str:
    """A step in which none of `names` is one, since the prompt has them for its own ends: they are marked inside."""
    for name in names:
        step = step.replace(name, name[:-1] + MARK + name[-1])
    return step


def share(yes: float, no: float) -> float | None:
    """P(yes) of the two; None where neither is likely."""
    return yes / (yes + no) if yes + no >= LEAST_MASS else None
