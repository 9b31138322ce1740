"""What traces are called where one is chosen, and the run proposed where there is no thought. Knows no widget."""

from __future__ import annotations

from msgspec.structs import replace

from app.language import tr
from app.models.thought_choice import TraceEnd
from app.plain_text import one_line
from engine.commands import RunPlan
from engine.search import SEARCHES
from engine.search.chain_of_thought import ChainOfThought
from engine.tree import Tree

LONGEST_ANSWER = 50


def end_words(tree: Tree, end: TraceEnd) -> str:
    """`node 17: Answer: 4 * 6 = 24`, `node 3, rollout 2: 24`."""
    node = tree.nodes[end.node]
    if end.rollout is None:
        words = tr("node {node}: {step}").format(node=end.node, step=one_line(node.step, LONGEST_ANSWER))
    else:
        played = node.rollouts[end.rollout]
        last = played.answer or (played.steps[-1] if played.steps else "")
        words = tr("node {node}, rollout {rollout}: {answer}").format(
            node=end.node, rollout=end.rollout + 1, answer=one_line(last, LONGEST_ANSWER)
        )
    chosen = tree.finished.chosen if tree.finished is not None else None
    return tr("{words} (chosen)").format(words=words) if chosen == end.node and end.rollout is None else words


def followed_words(tree: Tree, end: TraceEnd | None) -> str:
    """The entry that follows the selection."""
    if end is None:
        return tr("Selected step")
    return tr("Selected step → {trace}").format(trace=end_words(tree, end))


def thinking_plan(plan: RunPlan) -> RunPlan:
    """The same problem, by a chain of thought that thinks first."""
    policy = plan.policy if plan.search in SEARCHES else ""
    return replace(plan, search=ChainOfThought.name, settings={"think": True}, policy=policy)
