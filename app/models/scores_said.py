"""What scorers have said after the fact so far, and so what takes a later word of theirs back. Pure; knows no list."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec.structs import replace

from engine.events import Cost, NodeId, Rescored, RolloutScores, Score, Unscored

Place = tuple[NodeId, int]


@dataclass
class _Word:
    """Of one scorer."""

    model: str = ""
    spec: str = ""
    recipe: str = ""
    scores: dict[NodeId, Score] = field(default_factory=dict)
    unscored: dict[NodeId, Unscored] = field(default_factory=dict)
    rollouts: dict[Place, RolloutScores] = field(default_factory=dict)
    ends: set[NodeId] = field(default_factory=set)


class ScoresSaid:
    """`take` every Rescored of a log, in order."""

    def __init__(self) -> None:
        self._words: dict[str, _Word] = {}

    def take(self, event: Rescored) -> Rescored:
        """What takes the event back, seen from before it: the earlier word stands again, and where there was none,
        none stands."""
        word = self._words.get(event.scorer)
        if word is not None and word.model != event.model:
            inverse = _all(event.scorer, word)
            word = None
        else:
            inverse = _earlier(event, word or _Word(event.model, event.spec, event.recipe))
        if word is None:
            word = self._words[event.scorer] = _Word(event.model)
        _say(word, event)
        return inverse


def joined(one: Rescored, other: Rescored) -> Rescored:
    """Both in one, which are about different steps."""
    return replace(
        one,
        scores=one.scores + other.scores,
        ends=one.ends + other.ends,
        rollouts=one.rollouts + other.rollouts,
        unscored=one.unscored + other.unscored,
        withdrawn=one.withdrawn + other.withdrawn,
        withdrawn_rollouts=one.withdrawn_rollouts + other.withdrawn_rollouts,
        cost=Cost(),
    )


def nodes_of(event: Rescored) -> frozenset[NodeId]:
    """The steps that it is about."""
    scored = (score.node for score in event.scores)
    return frozenset((*scored, *(one.node for one in event.unscored), *event.withdrawn))


def places_of(event: Rescored) -> frozenset[Place]:
    """The rollouts that it is about."""
    return frozenset((*((one.node, one.rollout) for one in event.rollouts), *event.withdrawn_rollouts))


def _say(word: _Word, event: Rescored) -> None:
    for node in event.withdrawn:
        word.scores.pop(node, None)
        word.unscored.pop(node, None)
    for place in event.withdrawn_rollouts:
        word.rollouts.pop(place, None)
    word.ends.difference_update(event.withdrawn)
    word.ends.update(event.ends)
    word.scores |= {score.node: score for score in event.scores}
    word.unscored |= {one.node: one for one in event.unscored}
    word.rollouts |= {(one.node, one.rollout): one for one in event.rollouts}
    word.spec, word.recipe = event.spec or word.spec, event.recipe


def _all(scorer: str, word: _Word) -> Rescored:
    """All that another model of this name had said, which was forgotten."""
    return Rescored(
        tuple(word.scores.values()),
        scorer,
        word.recipe,
        ends=tuple(sorted(word.ends)),
        rollouts=tuple(word.rollouts.values()),
        unscored=tuple(word.unscored.values()),
        spec=word.spec,
        model=word.model,
    )


def _earlier(event: Rescored, word: _Word) -> Rescored:
    """What the same model had said of these steps."""
    nodes, places = nodes_of(event) | (set(event.ends) - word.ends), places_of(event)
    return Rescored(
        tuple(word.scores[node] for node in sorted(nodes & word.scores.keys())),
        event.scorer,
        word.recipe,
        ends=tuple(sorted(nodes & word.ends)),
        rollouts=tuple(word.rollouts[place] for place in sorted(places & word.rollouts.keys())),
        unscored=tuple(word.unscored[node] for node in sorted(nodes & word.unscored.keys())),
        spec=word.spec,
        model=event.model,
        withdrawn=tuple(sorted(nodes)),
        withdrawn_rollouts=tuple(sorted(places)),
    )
