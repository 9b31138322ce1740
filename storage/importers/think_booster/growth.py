"""The tree of a ThinkBooster run as it grows: candidates below the beam, or the step, that they grew from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.events import ROOT, Cost, NodeId, Restored, Source
from engine.importing_tree import LINE_END, Step, TreeDraft
from storage.importers.think_booster.events import LONGEST_NOTE, Candidate, Event

_SOURCES: dict[str, Source] = {"prm": "prm", "orm": "orm"}
"""Whose word a signal is: that of the model itself, where its name does not say more."""
_OWN: Source = "policy"
_EMPTY = "the step is empty"
MOST_LINES = 500
"""Of a trace without candidates that become steps."""


class _Key(NamedTuple):
    """What makes a candidate one of its own."""

    parent: NodeId
    text: str
    beam: str


class Growth:
    """Writes a draft, event by event; the events of one step are one iteration."""

    def __init__(self, draft: TreeDraft, scorer: str, cost: Cost) -> None:
        self._draft, self._scorer, self._cost = draft, scorer, cost
        self._step: int | None = None
        self._base = self._last = ROOT
        """What this step goes on from, and what was selected last."""
        self._beams: dict[str, NodeId] = {}
        self._same: dict[_Key, NodeId] = {}
        """What a later event of a step says again is no new node; paths that begin alike are apart by their beams."""
        self._above: dict[NodeId, tuple[NodeId, str]] = {}
        """The parent and the text of a node."""
        self._known: tuple[NodeId, list[str]] = ROOT, []
        self._out: set[NodeId] = set()
        self._notes: dict[NodeId, str] = {}
        self.guessed = False
        """Whether it had to be guessed what grew from what."""

    def follow(self, event: Event) -> None:
        """One event of the log."""
        if event.step != self._step:
            self._draft.end_iteration()
            self._step, self._base = event.step, self._last
        nodes = self._born(event.candidates)
        for candidate, node in zip(event.candidates, nodes, strict=True):
            self._beams.update({candidate.beam: node} if candidate.beam else {})
        self._score(event.candidates, nodes)
        selected = [node for candidate, node in zip(event.candidates, nodes, strict=True) if candidate.selected]
        if selected:
            self._last = selected[0]
            self._prune(event, nodes, set(selected))
        self._remark(selected[0] if selected else self._base, event.note)

    def _remark(self, node: NodeId, words: str) -> None:
        """A note; what earlier events said of the node stays in it, while there is room."""
        before = self._notes.get(node, "")
        if words and len(before) < LONGEST_NOTE:
            self._notes[node] = "\n".join(filter(None, (before, words)))
            self._draft.note(node, self._notes[node])

    def end(self, text: str) -> NodeId | None:
        """The node at the end of a trace; what no candidate wrote of it is added. None without a text."""
        wanted = text.strip()
        if not wanted:
            return None
        node, at = self._deepest(wanted)
        rest = wanted[at:].strip()
        if not rest:
            return node
        own = [node for key, node in self._same.items() if key.text == wanted]
        if own:
            return self._last if self._last in own else own[-1]
        self._draft.end_iteration()
        lines = [line for line in rest.split(LINE_END) if line.strip()]
        for step in lines if self._draft.size == 1 and len(lines) <= MOST_LINES else [rest]:
            (node,) = self._draft.expand(node, [Step(step)], self._spent())
        return node

    def _deepest(self, wanted: str) -> tuple[NodeId, int]:
        """The node down to which the most of a text is written, and how many characters that are."""
        below: dict[NodeId, list[tuple[str, NodeId]]] = {}
        for key, node in self._same.items():
            below.setdefault(key.parent, []).append((key.text, node))
        best, open_ends = (ROOT, 0), [(ROOT, 0)]
        while open_ends:
            node, at = open_ends.pop()
            best = (node, at) if at > best[1] or (at == best[1] and node == self._last) else best
            open_ends += [
                (child, _after(wanted, at + len(step)))
                for step, child in below.get(node, ())
                if child != node and wanted.startswith(step, at)
            ]
        return best

    def _born(self, candidates: Sequence[Candidate]) -> list[NodeId]:
        """Their nodes; those below one parent are born together."""
        places = [self._place(candidate) for candidate in candidates]
        fresh: dict[NodeId, dict[_Key, None]] = {}
        for key in places:
            if key not in self._same:
                fresh.setdefault(key.parent, {})[key] = None
        for parent, keys in fresh.items():
            self._restore(parent)
            steps = [Step(key.text, broken="" if key.text else _EMPTY) for key in keys]
            for key, node in zip(keys, self._draft.expand(parent, steps, self._spent()), strict=True):
                self._same[key] = node
                self._above[node] = parent, key.text
        return [self._same[key] for key in places]

    def _place(self, candidate: Candidate) -> _Key:
        """Its parent, and the part of its text that is new there: some logs repeat what was written before."""
        parent = self._beams.get(candidate.parent)
        if parent is None:
            parent = ROOT if candidate.beam and not candidate.parent else self._base
            self.guessed = self.guessed or (parent != ROOT and not candidate.beam)
        text, at = candidate.text.strip(), 0
        for step in self._path(parent):
            if not text.startswith(step, at):
                return _Key(parent, text, candidate.beam)
            at = _after(text, at + len(step))
        key = _Key(parent, text[at:], candidate.beam)
        if at == len(text) and parent != ROOT:
            self._same.setdefault(key, parent)  # it is its parent, once more
        return key

    def _path(self, node: NodeId) -> list[str]:
        """The steps down to a node. Candidates of one event have few parents: the last one is kept."""
        if self._known[0] != node:
            steps: list[str] = []
            at = node
            while at != ROOT:
                at, step = self._above[at]
                steps.append(step)
            self._known = node, steps[::-1]
        return self._known[1]

    def _score(self, candidates: Sequence[Candidate], nodes: Sequence[NodeId]) -> None:
        """A reward model's word and the model's own are scores apart; several numbers of one are its channels."""
        said: dict[tuple[Source, str], dict[NodeId, tuple[tuple[str, float], ...]]] = {}
        for candidate, node in zip(candidates, nodes, strict=True):
            for source, signals in _by_source(candidate).items():
                who = signals[0][0] if source == _OWN else self._scorer
                said.setdefault((source, who), {})[node] = tuple(signals)
        for (source, who), found in said.items():
            values = [(node, signals[0][1]) for node, signals in found.items()]
            channels = {node: signals for node, signals in found.items() if len(signals) > 1}
            self._draft.score(values, source, who, channels=channels)

    def _prune(self, event: Event, nodes: Sequence[NodeId], selected: set[NodeId]) -> None:
        """What was not selected, unless it was out already."""
        status = dict(zip(nodes, (candidate.status for candidate in event.candidates), strict=True))
        stays = selected | {self._above[node][0] for node in selected}
        lost = [node for node in status if node not in stays and node not in self._out]
        for node in selected:
            self._restore(node)
        if lost:
            self._out.update(lost)
            self._draft.prune(
                lost, [": ".join(filter(None, (status[node], event.reason))) or "not selected" for node in lost]
            )

    def _restore(self, node: NodeId) -> None:
        """What is gone on with is in the search."""
        if node in self._out:
            self._out.remove(node)
            self._draft.add(Restored(self._draft.iteration, (node,), "search"))

    def _spent(self) -> Cost:
        """What the run used, told once."""
        spent, self._cost = self._cost, Cost()
        return spent


def _by_source(candidate: Candidate) -> dict[Source, list[tuple[str, float]]]:
    found: dict[Source, list[tuple[str, float]]] = {}
    for name, value in candidate.signals:
        found.setdefault(_SOURCES.get(name.lower(), _OWN), []).append((name, value))
    return found


def _after(text: str, at: int) -> int:
    """The next place that is no blank."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at
