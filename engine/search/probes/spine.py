"""The thought that a probe is about, as a chain of nodes: the first steps that nobody edited. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from engine.events import ROOT, NodeId, RolledOut
from engine.problems import Problem, parse_problem
from engine.thoughts import CLOSE
from engine.traces.steps import cut
from engine.tree import Node, Tree

LONGEST_LINE = 300
"""Characters up to which a line of a thought is one step, as it is where the bundled models write it."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Spine:
    """A trace: its hidden steps, the step that closes the thought (if it was closed), and what it showed."""

    hidden: tuple[Node, ...]
    close: Node | None
    exposed: tuple[Node, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        return (*self.hidden, *((self.close,) if self.close else ()), *self.exposed)

    @property
    def text(self) -> str:
        return "".join(node.step for node in self.nodes)

    def after(self, count: int) -> NodeId:
        """Where the first `count` hidden steps end; the root for none."""
        return self.hidden[count - 1].id if count else ROOT

    def positions(self) -> tuple[float, ...]:
        """For each hidden step, the share of the thought's text that ends with it; in (0, 1]."""
        whole, read, found = sum(len(node.step) for node in self.hidden), 0, []
        for node in self.hidden:
            read += len(node.step)
            found.append(read / whole)
        return tuple(found)


def spine_of(tree: Tree) -> Spine:
    """The chain of unedited first children from the root down. Edited variants hang beside it.

    What the policy wrote ends where something else was added below it, and what was given where the policy wrote on.
    """
    chain: list[Node] = []
    node = tree.root
    while after := next((child for child in tree.children(node.id) if not child.edit), None):
        if chain and bool(after.samples) != bool(chain[0].samples):
            break
        chain.append(after)
        node = after
    close = next((place for place, node in enumerate(chain) if node.hidden and CLOSE in node.step), None)
    if close is None:
        return Spine(tuple(node for node in chain if node.hidden), None, tuple(n for n in chain if not n.hidden))
    return Spine(tuple(chain[:close]), chain[close], tuple(chain[close + 1 :]))


def pieces(text: str) -> tuple[str, ...]:
    """The steps of a text that was written elsewhere; joined they give it again.

    Lines, where it is written in short ones without blanks between (so the bundled models write, and their tokens never
    reach across a line's end); else as `engine.traces.steps` cuts any trace.
    """
    lines = _LINE.findall(text)
    if all(line.strip() and len(line) <= LONGEST_LINE for line in lines):
        return tuple(lines)
    return tuple(text[step.start : step.end] for step in cut(text))


def problem_of(tree: Tree) -> Problem:
    """The problem of the run, for reading answers: no gold answer is looked at."""
    assert tree.started is not None, "a probe looks at a run that has begun"
    return _problem(tree.started.problem, tree.started.text)


def answer_at(tree: Tree, spine: Spine) -> str | None:
    """The canonical answer that the trace showed; None if it showed none."""
    problem = problem_of(tree)
    found = problem.read_answer(spine.text) if spine.exposed else None
    return None if found is None else _canonical(problem, found)


def answer_of(problem: Problem, rollout: RolledOut) -> str | None:
    """The canonical answer of a sample; None if it gave none."""
    return None if rollout.answer is None else _canonical(problem, rollout.answer)


def thought_of(rollout: RolledOut) -> str:
    """The hidden text of a sample of a whole turn; all of it where the thought did not end."""
    return "".join(rollout.steps).partition(CLOSE)[0]


@lru_cache(maxsize=64)
def _problem(kind: str, text: str) -> Problem:
    return parse_problem(kind, text)


@lru_cache(maxsize=8192)
def _canonical(problem: Problem, answer: str) -> str:
    """Kept, since a view reads the same thousands of answers again and again while a probe is under way."""
    return problem.canonical(answer)
