"""The tree of a run as a list that folds, in HTML. However large the tree is, what is shown of it stays small.

Shown are the best trace and then, level by level, what was visited most. A step that is the only one below another
stands in the same list, moved in: browsers nest no deeper than some 500 elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count

from engine.events import NodeId
from engine.tree import Node, Tree
from storage.exporters.html_page import text
from storage.exporters.run_story import best_end, number

MOST_SHOWN = 2_000
"""Nodes."""
MOST_NESTED = 60
"""Lists within each other."""
LONGEST_STEP = 240
"""Characters."""
_OPEN = 3
"""Levels that are unfolded at first."""
_COLOURS = 5
_INDENT = 18
"""CSS pixels by which an only child is moved in."""
_MOST_MOVED = 12


def tree_html(tree: Tree) -> str:
    """The list, and a sentence about what is not in it."""
    if len(tree.nodes) < 2:
        return ""
    writing = _Writing(tree)
    inner = "".join(writing.below(tree.root, 0))
    left = len(tree.nodes) - 1 - writing.written
    said = f'<p class="numbers">{left:,} of {len(tree.nodes) - 1:,} steps are left out.</p>' if left else ""
    return f'{said}<ul class="tree">{inner}</ul>'


def bar(tree: Tree, value: float | None) -> str:
    """A value as a bar, coloured as in the program; nothing for a missing one."""
    if value is None or tree.started is None:
        return ""
    share = tree.started.scale.share(value)
    colour = min(_COLOURS - 1, int(share * _COLOURS))
    return f'<span class="bar"><i class="v{colour}" style="width:{share:.0%}"></i></span>'


def _shown(tree: Tree, best: set[NodeId]) -> set[NodeId]:
    """The nodes that are written; whose parents are, too."""
    found: set[NodeId] = set()
    waiting: list[tuple[bool, int, int, NodeId]] = []

    def reach(node: Node) -> None:
        for child in tree.children(node.id):
            heappush(waiting, (child.id not in best, child.depth - child.visits, child.depth, child.id))

    reach(tree.root)
    while waiting and len(found) < MOST_SHOWN:
        *_, number_ = heappop(waiting)
        found.add(number_)
        reach(tree.nodes[number_])
    return found


class _Writing:
    """Writes nodes level by level; counts them."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        last = best_end(tree)
        self._best = set() if last is None else {node.id for node in tree.path(last)}
        self._shown = _shown(tree, self._best)
        self.written = 0

    def below(self, node: Node, level: int) -> Iterator[str]:
        """Items of one list: the children, each followed by what is the only one below it."""
        shown = [child for child in self._tree.children(node.id) if child.id in self._shown]
        for child in shown:
            yield from self._chain(child, level)
        if left := len(node.children) - len(shown):
            yield f'<li class="left">{left:,} more</li>'

    def _chain(self, node: Node, level: int) -> Iterator[str]:
        """A node; below it a list where it has several children, else its only child in the same list."""
        for place in count():
            self.written += 1
            moved = f' style="margin-left:{min(place, _MOST_MOVED) * _INDENT}px"' if place else ""
            children = self._tree.children(node.id)
            if len(children) > 1 and level < MOST_NESTED:
                is_open = " open" if level < _OPEN or node.id in self._best else ""
                inner = "".join(self.below(node, level + 1))
                yield (
                    f'<li class="{self._look(node)}"{moved}><details{is_open}><summary>{self._line(node)}</summary>'
                    f"<ul>{inner}</ul></details></li>"
                )
                return
            yield f'<li class="{self._look(node)} leaf"{moved}>{self._line(node)}</li>'
            if len(children) != 1 or children[0].id not in self._shown:
                if children:
                    yield f'<li class="left">{len(children):,} more</li>'
                return
            node = children[0]

    def _look(self, node: Node) -> str:
        return ("out" if node.pruned else "") + (" best" if node.id in self._best else "")

    def _line(self, node: Node) -> str:
        tree, value = self._tree, node.value if node.value is not None else node.mark[0] if node.mark else None
        said = [f"N {node.visits:,}"] if node.visits else []
        said += [f"Q {number(node.value)}"] if node.value is not None else []
        said += [f"{node.mark[1]} {number(node.mark[0])}"] if node.mark else []
        said += ["hidden"] if node.hidden else []
        said += [f"pruned: {node.pruned}"] if node.pruned else []
        said += [f"note: {tree.notes[node.id]}"] if node.id in tree.notes else []
        words = "".join(f"<span>{text(each, LONGEST_STEP)}</span>" for each in said)
        step = text(" ".join(node.step.split()) or "(nothing)", LONGEST_STEP)
        return f'{bar(tree, value)}<span class="step">{step}</span> <span class="numbers">{words}</span>'
