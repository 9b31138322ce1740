"""Moves the selection through the tree of the run on screen, step by step and back again. Knows no widget.

A walk stays within the hoisted subtree. The first step of all, when nothing is selected, is to its top.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.canvas.walks import (
    best_by_value,
    best_child,
    large_drops,
    line_through,
    next_branching,
    next_twin,
    previous_branching,
    principal_variation,
    sibling,
)
from app.models.selection_history import SelectionHistory
from app.models.shown_run import ShownRun
from engine.events import ROOT, NodeId
from engine.tree import Tree

Walk = Callable[[Tree, NodeId], NodeId | None]


class Navigator(QObject):
    """What the menu Go does. Every method without a result selects something, or changes nothing."""

    def __init__(self, shown: ShownRun, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self._history = SelectionHistory()
        shown.run_changed.connect(self._history.forget)
        shown.selection_changed.connect(self._remember)

    @property
    def _tree(self) -> Tree:
        return self._shown.tree

    def has_tree(self) -> bool:
        return bool(self._tree.nodes)

    def has_selection(self) -> bool:
        return self._shown.selected is not None

    # from step to step

    def parent(self) -> None:
        self._walk(lambda tree, node: tree.nodes[node].parent)

    def child(self) -> None:
        """The most visited child."""
        self._walk(best_child)

    def best_by_value(self) -> None:
        """The child with the highest Q, which need not be the most visited one."""
        self._walk(best_by_value)

    def previous_sibling(self) -> None:
        self._walk(lambda tree, node: sibling(tree, node, -1))

    def next_sibling(self) -> None:
        self._walk(lambda tree, node: sibling(tree, node, 1))

    def root(self) -> None:
        """The root; of a hoisted subtree its top."""
        if self.has_tree():
            self._shown.select(self._top())

    def end_of_variation(self) -> None:
        """The end of the principal variation from the selected step; of the principal path if none is selected."""
        if self.has_tree():
            self._shown.select(principal_variation(self._tree, self._here())[-1])

    def twin(self) -> None:
        """The next step that led to the same state as the selected one."""
        if (selected := self._shown.selected) is not None:
            self._shown.select(next_twin(self._tree, selected))

    def nothing(self) -> None:
        """Look at the run as a whole again."""
        self._shown.select(None)

    # to what stands out

    def previous_branching(self) -> None:
        self._walk(previous_branching)

    def next_branching(self) -> None:
        self._walk(next_branching)

    def next_drop(self) -> None:
        """The next step, along the principal variation, that is worth much less than the one before it."""
        self._walk(_next_drop)

    def previous_drop(self) -> None:
        self._walk(_previous_drop)

    # in the history of selections

    def back(self) -> None:
        self._shown_or_stay(self._history.go(-1, self._tree.nodes))

    def forward(self) -> None:
        self._shown_or_stay(self._history.go(1, self._tree.nodes))

    def can_go_back(self) -> bool:
        return self._history.peek(-1, self._tree.nodes) is not None

    def can_go_forward(self) -> bool:
        return self._history.peek(1, self._tree.nodes) is not None

    # what is shown at all

    def hoist(self) -> None:
        """Show the subtree of the selected step alone."""
        if (selected := self._shown.selected) is not None:
            self._shown.attention.hoist(selected)

    def unhoist(self) -> None:
        self._shown.attention.unhoist()

    def is_hoisted(self) -> bool:
        return self.has_tree() and self._top() != ROOT

    def pin(self) -> None:
        """Give the selected step a card for good, or no longer."""
        if (selected := self._shown.selected) is not None:
            self._shown.attention.toggle_pin(selected)

    def is_pinned(self) -> bool:
        return self._shown.selected in self._shown.attention.pinned

    def _top(self) -> NodeId:
        return self._shown.attention.hoisted(self._tree)

    def _here(self) -> NodeId:
        return self._top() if self._shown.selected is None else self._shown.selected

    def _walk(self, step: Walk) -> None:
        tree, selected, top = self._tree, self._shown.selected, self._top()
        if selected is None:
            self.root()
            return
        target = step(tree, selected)
        if target is not None and any(above.id == top for above in tree.ascend(target)):
            self._shown.select(target)

    def _shown_or_stay(self, node: NodeId | None) -> None:
        if node is not None:
            self._shown.select(node)

    def _remember(self, node: NodeId | None) -> None:
        if node is not None:
            self._history.visit(node)


def _next_drop(tree: Tree, node: NodeId) -> NodeId | None:
    """A drop is found by the last value before it, so the whole line is read."""
    line = line_through(tree, node)
    ahead = line[line.index(node) + 1 :]
    return next((drop for drop in large_drops(tree, line) if drop in ahead), None)


def _previous_drop(tree: Tree, node: NodeId) -> NodeId | None:
    trace = [entry.id for entry in tree.path(node)]
    return next((drop for drop in reversed(large_drops(tree, trace)) if drop != node), None)
