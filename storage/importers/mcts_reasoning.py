"""Trees of queelius/mcts-reasoning as runs: cumulative texts become steps, the last counts become N and W.

The file does not say in which order its nodes came, so the tree stands there at once. What its evaluator says of an
answer is its own word: one of them looked for the right answer as a part of the text, and called `20` right for `0`.
Where the file has the right answer, ours compares them by value. Files of 0.1 and 0.2 have their settings in `config`,
no terminal states, and values that are sums: each of their nodes says which action was taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from engine.events import ROOT, NodeId, Scale
from engine.importing import Kept
from engine.importing_tree import MOST_NODES, Step, TreeDraft
from engine.traces.answers import same_answer, whole_answer
from storage.importers.records import RecordError, list_in, object_in, text_in, told_by, words_in
from storage.importers.trees import Place, TreeImporter, count, number

TITLE = "mcts-reasoning"
EVALUATOR = "evaluator of mcts-reasoning"
GOLD = ("ground_truth", "expected_answer", "expected", "correct_answer")
"""Keys under which the right answer may stand."""
CUT = 200
"""Characters of a state that are kept in `terminal_states`."""
EMPTY = "it adds nothing to the text before it"
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Stored:
    """A node of the file."""

    parent: int
    """Its place in the list of all, which is its number in the run."""
    state: str
    visits: int
    value: float
    """A mean, as a rule."""
    terminal: bool
    answer: str
    action: str
    """Of an older file: what the model was told to do."""


class End(NamedTuple):
    """An answer that was found."""

    answer: str
    state: str
    """Its beginning."""
    score: float | None


def _sure(record: Any) -> float:
    root = record.get("root") if isinstance(record, dict) else None
    fits = isinstance(root, dict) and "state" in root and "visits" in root and isinstance(root.get("children"), list)
    if fits and ("terminal_states" in record or _is_old(record)):
        return 1.0
    return 0.7 if fits and "question" in record else 0.0


def _is_old(record: dict[str, Any]) -> bool:
    """Whether 0.1 or 0.2 wrote it: their roots were told to do nothing."""
    return "terminal_states" not in record and "action_taken" in object_in(record, "root")


def _read(record: Any, place: Place) -> Kept:
    if not isinstance(record, dict):
        raise RecordError("it is no JSON object")
    nodes = _flat(object_in(record, "root"))
    ends = _ends(record)
    gold = next((words for key in GOLD if (words := words_in(record, key))), "")
    told = {"format": TITLE, "file": place.source, "prompt": nodes[ROOT].state}
    for settings in (record, _table(record, "config")):
        told |= told_by(settings, "simulations_run", "exploration_constant", "max_children_per_node",
                        "max_rollout_depth", "discount_factor")  # fmt: skip
    asked = (table.get("question") for table in (record, _table(record, "metadata")))
    question = next((words for words in asked if isinstance(words, str) and words.strip()), nodes[ROOT].state)
    is_sum = _is_old(record) or _has_sums(nodes, ends)
    draft = TreeDraft(place.name, question, answer=gold, scale=_scale(nodes, ends, is_sum), told=told)
    if place.is_first:
        place.odd.append("the order of the nodes is not in the file: a tree stands there at once")
    if is_sum:
        why = "they go beyond the largest score" if ends else "the version that wrote it kept sums"
        place.odd.append(f"its values are sums, not means, since {why}")
    _grow(draft, nodes, place.odd)
    best = _score(draft, nodes, ends, place.odd)
    draft.credit([(at, node.visits, node.value * (1 if is_sum else node.visits)) for at, node in _visited(nodes)])
    return _finish(draft, nodes, best, gold)


def _table(record: dict[str, Any], key: str) -> dict[str, Any]:
    found = record.get(key)
    return found if isinstance(found, dict) else {}


def _flat(root: dict[str, Any]) -> list[Stored]:
    """All nodes, level by level, so that their places are their numbers in the run."""
    nodes, waiting = [_stored(root, ROOT)], [root]
    for at, entry in enumerate(waiting):
        below = entry.get("children") or []
        if not isinstance(below, list) or not all(isinstance(child, dict) for child in below):
            raise RecordError("the 'children' of one of its nodes are no list of objects")
        if len(nodes) + len(below) > MOST_NODES:
            raise RecordError(f"it has more than {MOST_NODES:,} nodes")
        nodes += [_stored(child, at) for child in below]
        waiting += below
    return nodes


def _stored(entry: dict[str, Any], parent: NodeId) -> Stored:
    visits, value = count(entry.get("visits")) or 0, number(entry.get("value")) or 0.0
    terminal, answer = entry.get("is_terminal") is True, words_in(entry, "answer")
    return Stored(parent, text_in(entry, "state"), visits, value, terminal, answer, words_in(entry, "action_taken"))


def _ends(record: dict[str, Any]) -> list[End]:
    """The answers that were found, as far as they can be read."""
    found = list_in(record, "terminal_states") if record.get("terminal_states") is not None else []
    ends = (end for end in found if isinstance(end, dict))
    return [End(words_in(end, "answer"), words_in(end, "state"), number(end.get("score"))) for end in ends]


def _visited(nodes: Sequence[Stored]) -> list[tuple[NodeId, Stored]]:
    return [(at, node) for at, node in enumerate(nodes) if node.visits]


def _has_sums(nodes: Sequence[Stored], ends: Sequence[End]) -> bool:
    """Whether the values are sums: a mean of scores is not larger than the largest of them."""
    scores = [end.score for end in ends if end.score is not None]
    return bool(scores) and any(node.value > max(scores) + _CLOSE for _, node in _visited(nodes))


def _scale(nodes: Sequence[Stored], ends: Sequence[End], is_sum: bool) -> Scale:
    values = [node.value / (node.visits if is_sum else 1) for _, node in _visited(nodes)]
    values += [end.score for end in ends if end.score is not None]
    return Scale(min(0.0, *values, 0.0), max(1.0, *values, 1.0), "scores of answers by the search's own evaluator")


def _grow(draft: TreeDraft, nodes: Sequence[Stored], odd: list[str]) -> None:
    """Every node below its parent; its step is what its text has more than the parent's."""
    below: dict[NodeId, list[Stored]] = {}
    for node in nodes[1:]:
        below.setdefault(node.parent, []).append(node)
    other = 0
    for parent, children in below.items():
        before = nodes[parent].state
        other += sum(not child.state.startswith(before) for child in children)
        draft.expand(parent, [_step(child, before) for child in children])
    for at, node in enumerate(nodes):
        if node.action and node.action not in _step(node, nodes[node.parent].state).text:
            draft.note(at, f"action: {node.action}")
    if other:
        odd.append(f"nodes whose text does not begin with their parent's, so that all of it is the step: {other:,}")


def _step(node: Stored, before: str) -> Step:
    text = node.state.removeprefix(before).strip("\n")
    return Step(text, terminal=node.terminal, broken="" if text.strip() else EMPTY)


def _score(draft: TreeDraft, nodes: Sequence[Stored], ends: Sequence[End], odd: list[str]) -> NodeId | None:
    """What the evaluator said of every answer; the node of the best one, of equal ones the first."""
    places: dict[tuple[str, str], list[NodeId]] = {}
    for at, node in enumerate(nodes):
        if node.terminal:
            places.setdefault((node.answer, node.state[:CUT]), []).append(at)
    scores: dict[NodeId, float] = {}
    lost = 0
    for end in ends:
        found = places.get((end.answer, end.state[:CUT]), [])
        lost += len(found) != 1
        if end.score is not None and len(found) == 1:
            scores.setdefault(found[0], end.score)
    if lost:
        odd.append(f"terminal states that are no node of the tree, or several, and whose score is left out: {lost:,}")
    if scores:
        draft.score(list(scores.items()), "orm", EVALUATOR)
    return max(scores, key=lambda at: scores[at], default=None)


def _finish(draft: TreeDraft, nodes: Sequence[Stored], best: NodeId | None, gold: str) -> Kept:
    """The best answer in the evaluator's eyes, and our own word on it where the right one is known."""
    why = "The tree was read from a file; the answer is the one that its evaluator liked best."
    if best is None:
        return draft.finish()
    answer = nodes[best].answer
    if not gold:
        return draft.finish(best, answer, why=why)
    right = same_answer(whole_answer(answer), whole_answer(gold))
    said = {True: f"the answer is {answer}", False: f"the answer is {answer}, not {gold}",
            None: f"nobody can say whether {answer} is {gold}"}  # fmt: skip
    return draft.finish(best, answer, right, said[right], why)


MCTS_REASONING = TreeImporter("mcts-reasoning", TITLE, _sure, _read)
