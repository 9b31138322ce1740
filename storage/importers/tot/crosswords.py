"""A depth-first Tree-of-Thoughts log (mini crosswords) as a run: its tree is the prefix tree of the words filled in.

Every entry is a visit: the words down to it, how many of the clues left the model calls sure, maybe or impossible, and
how right the board is. The latter knows the solution; the search there did not look at it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from engine.events import ROOT, NodeId, Scale
from engine.importing import Kept
from engine.importing_tree import Step, TreeDraft
from storage.importers.records import RecordError, texts_in
from storage.importers.tot.beam import TITLE
from storage.importers.trees import Place, count, number

COUNTS = ("sure", "maybe", "impossible")
GRADES = ("r_letter", "r_word", "r_game")
_LONGEST = 1_000
"""Words down to one entry."""


class Visit(NamedTuple):
    """One entry of the log."""

    words: list[str]
    counts: tuple[int, ...] | None
    """As in COUNTS; None where it has none."""
    grades: tuple[tuple[str, float], ...]


def read_crosswords(record: list[Any], place: Place) -> Kept:
    """The run of one game. Raises RecordError or DraftError."""
    visits = [_visit(entry, at) for at, entry in enumerate(record)]
    clues = max((sum(visit.counts) for visit in visits if visit.counts), default=1)
    scale = Scale(0.0, float(max(1, clues)), f"clues whose word the model is sure of, of {clues:,} at most")
    draft = TreeDraft(place.name, "", scale=scale, told={"format": TITLE, "file": place.source})
    if place.is_first:
        place.odd.append("its values are no probabilities, but how many words the model is sure of")
    tree = _Prefixes(draft)
    for visit in visits:
        tree.visit(visit)
    tree.prune(visits)
    deepest = max(visits, key=lambda visit: len(visit.words))  # the first of them: what the paper gives out, 4.3
    return draft.finish(tree.node_of(deepest) or None, None, _solved(deepest), _verdict(deepest))


class _Prefixes:
    """The prefix tree, as far as it is read."""

    def __init__(self, draft: TreeDraft) -> None:
        self._draft = draft
        self._nodes: dict[tuple[NodeId, str], NodeId] = {}

    def visit(self, visit: Visit) -> None:
        """One iteration: what is new on the way, and what is said of its end."""
        node = ROOT
        for word in visit.words:
            below = self._nodes.get((node, word))
            if below is None:
                (below,) = self._draft.expand(node, [Step(word)])
                self._nodes[node, word] = below
            node = below
        channels = tuple(zip(COUNTS, map(float, visit.counts or ()), strict=False)) + visit.grades
        if node and visit.counts:
            said = ", ".join(f"{times} {word}" for word, times in zip(COUNTS, visit.counts, strict=True))
            score = [(node, float(visit.counts[0]))]
            self._draft.score(score, "self-evaluation", "value prompt", {node: said}, {node: channels})
        self._draft.end_iteration()

    def prune(self, visits: list[Visit]) -> None:
        """What the search there did not go below, since some clue had become impossible."""
        parents = {parent for parent, _ in self._nodes}
        lost = {
            node: f"the model calls {visit.counts[2]} clues impossible"
            for visit in visits
            if visit.counts and visit.counts[2] and (node := self.node_of(visit)) and node not in parents
        }
        if lost:
            self._draft.prune(list(lost), list(lost.values()))

    def node_of(self, visit: Visit) -> NodeId:
        """The end of a visit's path."""
        node = ROOT
        for word in visit.words:
            node = self._nodes[node, word]
        return node


def _visit(entry: Any, at: int) -> Visit:
    if not isinstance(entry, dict):
        raise RecordError(f"its entry {at} is no object")
    words = texts_in(entry, "actions")
    if len(words) > _LONGEST:
        raise RecordError(f"its entry {at} has {len(words):,} words, and {_LONGEST:,} can be shown")
    said, info = entry.get("count"), entry.get("info")
    counts = tuple(count(said.get(word)) for word in COUNTS) if isinstance(said, dict) else ()
    known = tuple(times for times in counts if times is not None)
    found = ((key, _grade(info.get(key))) for key in GRADES) if isinstance(info, dict) else ()
    grades = tuple((key, value) for key, value in found if value is not None)
    return Visit(words, known if len(known) == len(COUNTS) else None, grades)


def _grade(value: Any) -> float | None:
    return float(value) if isinstance(value, bool) else number(value)


def _solved(visit: Visit) -> bool | None:
    game = dict(visit.grades).get("r_game")
    return None if game is None else game == 1.0


def _verdict(visit: Visit) -> str:
    grades = ", ".join(f"{name} {value:g}" for name, value in visit.grades)
    return f"The log's grader on the deepest board: {grades}." if grades else "The log does not grade it."
