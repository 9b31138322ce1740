"""What was said of a step beside the search: ratings, and scores that were asked for afterwards. As facts; no Qt."""

from __future__ import annotations

from collections.abc import Iterator

from app.language import tr
from app.panels.facts import Fact
from app.panels.texts import decimal
from app.plain_text import one_line
from app.words.rating import rating_words
from engine.events import NodeId
from engine.scores.labels import PERSON
from engine.tree import Tree

LONGEST_NAME = 20
"""Characters of a dataset's name: the labels of all facts are as wide as the widest one."""


def later_facts(tree: Tree, node: NodeId) -> tuple[Fact, ...]:
    """Of the tree at the end of the log: like notes, they are about the step and not about a moment of the run."""
    return (*_ratings(tree, node), *_scores(tree, node))


def _ratings(tree: Tree, node: NodeId) -> Iterator[Fact]:
    """The person's own first."""
    said = tree.ratings.get(node, {})
    for by in sorted(said, key=lambda by: (by != PERSON, by)):
        yield Fact(tr("Your rating") if by == PERSON else one_line(by, LONGEST_NAME), rating_words(said[by]), wide=True)


def _scores(tree: Tree, node: NodeId) -> Iterator[Fact]:
    """One of every scorer that was asked: its score, or why there is none."""
    for scorer in dict.fromkeys((*tree.rescored, *tree.unscored)):
        score, why = tree.rescored.get(scorer, {}).get(node), tree.unscored.get(scorer, {}).get(node)
        name, note = one_line(scorer), score.note if score is not None else why
        if note is not None:
            words = f"{decimal(None if score is None else score.value)} · {name}" + (f": {note}" if note else "")
            swatch = None if score is None else score.value
            yield Fact(tr("Afterwards"), one_line(words), wide=True, swatch=swatch)
