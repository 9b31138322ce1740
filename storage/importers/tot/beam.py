"""A breadth-first Tree-of-Thoughts log as a run: the parents that it does not store are found again.

Every candidate is a whole partial solution, so its parent is the longest beam that it begins with. Two beams may have
the same text: nodes are told apart by their place, never by their text.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from math import inf
from typing import Any, NamedTuple

from engine.events import ROOT, Cost, NodeId
from engine.importing import Kept
from engine.importing_tree import MOST_LEVELS, Step, TreeDraft
from storage.importers.records import RecordError, list_in, texts_in, told_by
from storage.importers.tot.outcomes import Outcome, outcomes_of, spent, verdict
from storage.importers.tot.votes import Values, values_as
from storage.importers.trees import Place, count, number

TITLE = "Tree of Thoughts"
LEFT, ANSWER = "left:", "answer:"
"""What a proper line of Game of 24 has: the numbers that are left, or the answer."""
_MOST_PAIRS = 100_000
"""Beams times candidates of one step."""
JUNK = "the line has neither numbers left nor an answer"


class Level(NamedTuple):
    """One step of the log."""

    beams: list[str]
    candidates: list[str]
    values: list[float | None]
    """One for each candidate."""
    kept: list[str]


class Beam(NamedTuple):
    """A partial solution that is gone on with."""

    node: NodeId
    text: str


def read_beam(record: dict[str, Any], place: Place) -> Kept:
    """The run of one puzzle. Raises RecordError or DraftError."""
    steps = list_in(record, "steps")
    if len(steps) > MOST_LEVELS:
        raise RecordError(f"it has {len(steps):,} steps, and {MOST_LEVELS:,} can be shown")
    levels = [_level(step, index, place.odd) for index, step in enumerate(steps)]
    known = [[value for value in level.values if value is not None] for level in levels]
    has_lines = any(LEFT in text.lower() for level in levels[:1] for text in level.candidates)
    values = values_as(known, has_lines)
    cost, dollars = spent(record, place.before)
    outcomes = outcomes_of(record)
    told = {"format": TITLE, "file": place.source, **told_by(record, "idx"), "outputs": verdict(outcomes), **dollars}
    draft = TreeDraft(name_of(record, place), _question(steps), scale=values.scale, told=told)
    search = _Search(draft, values, place.odd, has_lines)
    if place.is_first:
        place.odd.append("parents are not in the log: each candidate stands below the longest beam it begins with")
        if any(known):
            place.odd.append(f"its values are no probabilities, but: {values.scale.words}")
    for index, level in enumerate(levels):
        is_last = index + 1 == len(levels)
        search.grow(level, index, is_last, cost if is_last else Cost())
    if search.broken:
        place.odd.append(f"candidates that are kept as broken steps, since {JUNK}: {search.broken:,}")
    return _finish(search, record, outcomes, place.odd)


def name_of(record: dict[str, Any], place: Place) -> str:
    """The puzzle, as far as the log says which one it is."""
    idx = count(record.get("idx"))
    return place.name if idx is None else f"{place.source[:150]}, puzzle {idx}"


def _question(steps: list[Any]) -> str:
    return next((x for step in steps if isinstance(x := step.get("x"), str)), "")


def answer_of(text: str) -> str | None:
    """What stands behind `Answer:` in the last line that has it."""
    for line in reversed(text.splitlines()):
        if line.strip().lower().startswith(ANSWER):
            return line.strip()[len(ANSWER) :].strip() or None
    return None


def _level(step: Any, index: int, odd: list[str]) -> Level:
    if not isinstance(step, dict):
        raise RecordError(f"its step {index} is no object")
    candidates, values = texts_in(step, "new_ys"), list_in(step, "values") if "values" in step else []
    beams = texts_in(step, "ys") if "ys" in step else [""]
    if len(beams) * len(candidates) > _MOST_PAIRS:
        raise RecordError(f"its step {index} has {len(beams):,} beams and {len(candidates):,} candidates: too many")
    if len(values) != len(candidates):
        odd.append(f"step {index} has {len(candidates):,} candidates and {len(values):,} values")
    known = [number(value) for value in values[: len(candidates)]]
    kept = texts_in(step, "select_new_ys") if "select_new_ys" in step else []
    return Level(beams, candidates, known + [None] * (len(candidates) - len(known)), kept)


class _Search:
    """The tree as far as it is read."""

    def __init__(self, draft: TreeDraft, values: Values, odd: list[str], has_lines: bool) -> None:
        self.draft, self._values, self._odd = draft, values, odd
        self._has_lines = has_lines
        """Whether every candidate is to end in a line of Game of 24."""
        self._first: dict[str, NodeId] = {"": ROOT}
        """The first node with a text."""
        self.beams = [Beam(ROOT, "")]
        """What the next step goes on with."""
        self.broken = 0
        """Candidates that are no proper step."""

    def grow(self, level: Level, index: int, is_last: bool, cost: Cost) -> None:
        """One step of the log, which is one iteration: its candidates below their parents, rated and chosen among."""
        order = _ranked(level.values)
        kept = _kept(level, order)
        if sorted(kept) != sorted(order[: len(level.kept)]):
            self._odd.append(f"what step {index} kept does not follow from its values")
        nodes = self._born(level, index, set(kept) if is_last else set(), cost)
        rated = [(node, value) for node, value in zip(nodes, level.values, strict=True) if value is not None]
        notes = {node: self._values.note(value) for node, value in rated}
        self.draft.score(rated, "self-evaluation", self._values.verifier, notes)
        if level.kept:
            self._drop(level, nodes, order, kept)
        self.beams = [Beam(nodes[at], level.candidates[at]) for at in kept]
        self.draft.end_iteration()

    def _born(self, level: Level, index: int, outputs: set[int], cost: Cost) -> list[NodeId]:
        """A node for each candidate, in their order; those of one parent are born together."""
        beams = self._beams_of(level, index)
        below: dict[NodeId, list[int]] = {beam.node: [] for beam in beams}
        starts = [self._start(text, beams) for text in level.candidates]
        for at, start in enumerate(starts):
            below.setdefault(start.node, []).append(at)
        nodes = [ROOT] * len(starts)
        for parent, places in below.items():
            steps = [self._step(level.candidates[at], starts[at].text, at in outputs) for at in places]
            self.broken += sum(bool(step.broken) for step in steps)
            born = self.draft.expand(parent, steps, cost) if steps else ()
            cost = Cost() if steps else cost
            for at, node in zip(places, born, strict=True):
                nodes[at] = node
                self._first.setdefault(level.candidates[at], node)
        self._tell(level, index, beams, starts)
        return nodes

    def _beams_of(self, level: Level, index: int) -> list[Beam]:
        """The step's own beams: as a rule those that the step before kept, one by one."""
        if level.beams == [beam.text for beam in self.beams]:
            return self.beams
        missing = [text for text in dict.fromkeys(level.beams) if text not in self._first]
        if missing:
            self._odd.append(
                f"beams of step {index} that are nowhere before it, and stand below the root: {len(missing):,}"
            )
            born = self.draft.expand(ROOT, [Step(text) for text in missing])
            self._first.update(zip(missing, born, strict=True))
        return [Beam(self._first[text], text) for text in level.beams]

    def _start(self, text: str, beams: Sequence[Beam]) -> Beam:
        """The longest beam that a candidate begins with, of equal ones the first; else the root."""
        fitting = [beam for beam in beams if text.startswith(beam.text)]
        return max(fitting, key=lambda beam: len(beam.text), default=Beam(ROOT, ""))

    def _step(self, text: str, start: str, is_output: bool) -> Step:
        lines = text.strip().splitlines()
        last = lines[-1].lower() if lines else ""
        is_answer = self._has_lines and ANSWER in last
        is_junk = self._has_lines and LEFT not in last and not is_answer
        return Step(text[len(start) :], terminal=is_output or is_answer, broken=JUNK if is_junk else "")

    def _drop(self, level: Level, nodes: Sequence[NodeId], order: Sequence[int], kept: Sequence[int]) -> None:
        """What was not kept is pruned, with its rank."""
        ranks = {at: rank for rank, at in enumerate(order, 1)}
        worst = min((value for at in kept if (value := level.values[at]) is not None), default=None)
        lost = [at for at in order if at not in set(kept)]
        reasons = [f"rank {ranks[at]} of {len(order)}, {_gap(worst, level.values[at])}" for at in lost]
        if lost:
            self.draft.prune([nodes[at] for at in lost], reasons)

    def _tell(self, level: Level, index: int, beams: Sequence[Beam], starts: Sequence[Beam]) -> None:
        """What was guessed in a step, with how often."""
        texts = Counter(beam.text for beam in beams)
        twice = sum(texts[start.text] > 1 for start in starts)
        orphans = sum(start.text not in texts for start in starts)
        if twice:
            self._odd.append(
                f"candidates of step {index} that fit two beams with one text, and stand below the first: {twice:,}"
            )
        if orphans:
            self._odd.append(
                f"candidates of step {index} that begin with none of its beams, and stand below the root: {orphans:,}"
            )


def _ranked(values: Sequence[float | None]) -> list[int]:
    """Places by value, the largest first; of equal ones the first, and those without a value last."""
    return sorted(range(len(values)), key=lambda at: -inf if values[at] is None else values[at] or 0.0, reverse=True)


def _kept(level: Level, order: Sequence[int]) -> list[int]:
    """The places of what was kept: by rank if the texts agree, else the best one with each text."""
    if [level.candidates[at] for at in order[: len(level.kept)]] == level.kept:
        return list(order[: len(level.kept)])
    places: dict[str, deque[int]] = {}
    for at in order:
        places.setdefault(level.candidates[at], deque()).append(at)
    return [places[text].popleft() for text in level.kept if places.get(text)]


def _gap(worst: float | None, value: float | None) -> str:
    if value is None or worst is None:
        return "nobody scored it"
    if value < worst:
        return f"lost by {worst - value:g}"
    return "lost a tie to one that came first" if value == worst else "not chosen"


def _finish(search: _Search, record: dict[str, Any], outcomes: Sequence[Outcome], odd: list[str]) -> Kept:
    """The outputs with the grader's word on each; the first one is the answer of the run."""
    outputs = texts_in(record, "ys")
    found = {beam.text: beam.node for beam in reversed(search.beams)}
    same = outputs == [beam.text for beam in search.beams]
    nodes = [beam.node for beam in search.beams] if same else [found.get(text) for text in outputs]
    unknown = sum(node is None for node in nodes)
    if unknown:
        odd.append(f"outputs that are not among what the last step kept: {unknown:,}")
    for node, outcome in zip(nodes, outcomes, strict=False):
        if node:
            search.draft.note(node, f"The log's grader: {outcome.words}.")
    first = nodes[0] if nodes else None
    answer = answer_of(outputs[0]) if first else None
    right = outcomes[0].right if outcomes and first else None
    return search.draft.finish(first or None, answer, right, verdict(outcomes))
