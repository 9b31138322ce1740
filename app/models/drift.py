"""What a scorer does when a special token stands in a step as plain text: what is asked, what the replies say.

A scorer that reads tags takes a tag in a model's text for its own, unless somebody takes care. So each string is put
into a step, the trace is scored again, and so is the same trace with an innocent word as long as that string in its
place: what the word moves, too, is no fault of the tag. Knows no widget, no model and no tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from app.language import mark

Where = Literal["end", "start"]
Steps = Literal["each", "first", "last"]
Scores = tuple[float | None, ...]
"""One per step, in [0, 1]; None where the scorer said nothing."""

MOST_ASKED = 2_000
"""Traces in one request."""
LONGEST_STRING = 200
"""Characters of a string that somebody types."""

TAG, LABEL, TURN, THINK, CHAT = mark("step tag"), mark("label"), mark("end of turn"), mark("thinking"), mark("chat")
RECIPE, OWN = mark("its own"), mark("typed")

_WORDS = (
    "a", "so", "now", "thus", "hence", "indeed", "clearly", "likewise", "therefore", "altogether", "accordingly",
    "nevertheless",
)  # fmt: skip
"""Innocent words of 1, 2, 3 ... characters."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """A string that means something to a model."""

    text: str
    kind: str
    """What it is, a marked literal."""


KNOWN = (
    Hostile("<extra_0>", TAG),
    Hostile("ки", TAG),
    Hostile("+", LABEL),
    Hostile("-", LABEL),
    Hostile("<|im_end|>", TURN),
    Hostile("<|endoftext|>", TURN),
    Hostile("<|eot_id|>", TURN),
    Hostile("</s>", TURN),
    Hostile("<|end|>", TURN),
    Hostile("<think>", THINK),
    Hostile("</think>", THINK),
    Hostile("<|im_start|>assistant", CHAT),
    Hostile("<|assistant|>", CHAT),
    Hostile("<|user|>", CHAT),
)
"""Of the model families whose recipes there are, and of the bundled models."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A trace that strings are put into."""

    trace: int
    """Its number among those asked about."""
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One string in one step of one trace. The numbers say which of the texts asked about is which."""

    subject: Subject
    step: int
    """From 0."""
    hostile: Hostile
    plain: int
    attacked: int
    control: int


@dataclass(frozen=True, slots=True)
class Inquiry:
    """All that is asked at once."""

    cases: tuple[Case, ...]
    asked: tuple[tuple[int, tuple[str, ...]], ...]
    """Number of the trace, and its steps as they are to be scored."""


@dataclass(frozen=True, slots=True)
class Drift:
    """What the replies say of one case."""

    case: Case
    before: float | None
    after: float | None
    control: float | None
    """The step's score with the innocent word in it."""
    later: float | None
    """Mean change of the steps after it; None where there is none with a score."""
    later_control: float | None

    @property
    def change(self) -> float | None:
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def control_change(self) -> float | None:
        return None if self.before is None or self.control is None else self.control - self.before

    @property
    def lost(self) -> bool:
        """Whether the step had a score and has none with the string in it."""
        return self.before is not None and self.after is None

    @property
    def excess(self) -> float:
        """How much further the string moved a score, of this step or of a later one, than the word did."""
        moved = max(abs(self.change or 0.0), abs(self.later or 0.0))
        usual = max(abs(self.control_change or 0.0), abs(self.later_control or 0.0))
        return 2.0 if self.lost else moved - usual


@dataclass(frozen=True, slots=True)
class StringDrift:
    """All cases of one string together."""

    hostile: Hostile
    count: int
    """Cases with a score before and after."""
    lost: int
    """Cases in which the scorer had nothing to say any more."""
    change: float | None
    """Mean size of the change."""
    control: float | None
    worst: Drift


def strings(of_scorer: Iterable[str], typed: str) -> tuple[Hostile, ...]:
    """What is tried: the scorer's own strings, the known ones, and the typed one; each once."""
    named = [Hostile(text, RECIPE) for text in of_scorer if text.strip()]
    own = [Hostile(typed[:LONGEST_STRING], OWN)] if typed.strip() else []
    found: dict[str, Hostile] = {}
    for hostile in (*own, *named, *KNOWN):
        found.setdefault(hostile.text, hostile)
    return tuple(found.values())


def control_for(text: str) -> str:
    """Innocent words, as many characters as `text`."""
    longest = len(_WORDS)
    words, left = [], len(text)
    while left > longest:
        size = longest if left > longest + 1 else longest - 1  # a blank and at least one letter remain
        words.append(_WORDS[size - 1])
        left -= size + 1
    return " ".join((*words, _WORDS[left - 1])) if left else ""


def with_text(step: str, text: str, where: Where) -> str:
    """The step with `text` at its start or end, a blank between; white space around the step stays where it is."""
    body = step.strip()
    before = step[: len(step) - len(step.lstrip())]
    after = step[len(before) + len(body) :]
    inside = (text, body) if where == "start" else (body, text)
    return before + " ".join(part for part in inside if part) + after


def inquiry(subjects: Sequence[Subject], hostile: Sequence[Hostile], steps: Steps, where: Where) -> Inquiry:
    """What has to be scored. No text is asked about twice; what goes beyond MOST_ASKED is left out, last first."""
    asked: dict[tuple[int, tuple[str, ...]], int] = {}
    cases: list[Case] = []

    def number(subject: Subject, texts: tuple[str, ...]) -> int:
        return asked.setdefault((subject.trace, texts), len(asked))

    for subject in subjects:
        for step in _places(len(subject.steps), steps):
            for each in hostile:
                if len(asked) + 3 > MOST_ASKED:
                    return Inquiry(tuple(cases), tuple(asked))
                with_string, with_word = (
                    _changed(subject.steps, step, text, where) for text in (each.text, control_for(each.text))
                )
                numbers = (number(subject, texts) for texts in (subject.steps, with_string, with_word))
                cases.append(Case(subject, step, each, *numbers))
    return Inquiry(tuple(cases), tuple(asked))


def drifts(found: Inquiry, replies: Sequence[Scores | None]) -> tuple[Drift, ...]:
    """What is known so far, most striking first. `replies` are parallel to `asked`; None: not answered yet."""
    known = [drift for case in found.cases if (drift := _drift(case, replies)) is not None]
    return tuple(sorted(known, key=lambda drift: -drift.excess))


def by_string(found: Iterable[Drift]) -> tuple[StringDrift, ...]:
    """The same by string, the one that moves scores furthest beyond its control first."""
    groups: dict[Hostile, list[Drift]] = {}
    for drift in found:
        groups.setdefault(drift.case.hostile, []).append(drift)
    rows = [_together(hostile, group) for hostile, group in groups.items()]
    return tuple(sorted(rows, key=lambda row: (-row.lost, -((row.change or 0.0) - (row.control or 0.0)))))


def sample(places: Sequence[int], most: int) -> tuple[int, ...]:
    """At most `most` of the places, evenly spread: the first and the last among them."""
    if len(places) <= most or most < 2:
        return tuple(places[:most])
    return tuple(places[round(at * (len(places) - 1) / (most - 1))] for at in range(most))


def _places(count: int, steps: Steps) -> Iterable[int]:
    if steps == "each" or not count:
        return range(count)
    return (0,) if steps == "first" else (count - 1,)


def _changed(steps: tuple[str, ...], place: int, text: str, where: Where) -> tuple[str, ...]:
    return (*steps[:place], with_text(steps[place], text, where), *steps[place + 1 :])


def _drift(case: Case, replies: Sequence[Scores | None]) -> Drift | None:
    plain, attacked, control = (replies[number] for number in (case.plain, case.attacked, case.control))
    if plain is None or attacked is None or control is None:
        return None
    later, later_control = (_later(plain, other, case.step) for other in (attacked, control))
    before, after, usual = (_at(scores, case.step) for scores in (plain, attacked, control))
    return Drift(case, before, after, usual, later, later_control)


def _at(scores: Scores, step: int) -> float | None:
    return scores[step] if step < len(scores) else None


def _later(plain: Scores, other: Scores, step: int) -> float | None:
    pairs = zip(plain[step + 1 :], other[step + 1 :], strict=False)
    changes = [two - one for one, two in pairs if one is not None and two is not None]
    return fmean(changes) if changes else None


def _together(hostile: Hostile, group: Sequence[Drift]) -> StringDrift:
    changes = [abs(drift.change) for drift in group if drift.change is not None]
    controls = [abs(drift.control_change) for drift in group if drift.control_change is not None]
    return StringDrift(
        hostile,
        len(changes),
        sum(drift.lost for drift in group),
        fmean(changes) if changes else None,
        fmean(controls) if controls else None,
        max(group, key=lambda drift: drift.excess),
    )
