"""A run as text for a terminal: the result, the trace, the tree, the progress. Knows no file, no process and no Qt.

All text of models and files goes through `app.plain_text`: a terminal obeys control characters, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from msgspec import to_builtins

from app.plain_text import one_line
from app.words.rating import RATINGS
from engine.events import ROOT, Cost, NodeId, Score, Source, Voted
from engine.frames import AnyFrame, Status
from engine.run_traces import has_given_steps
from engine.search import told_settings
from engine.tree import Node, Tree

BAR_CELLS = 24
_BRANCH, _LAST, _GOES_ON = "├─ ", "└─ ", ""
"""What leads to a node; a trace that is there step by step goes on below, or hundreds of steps would leave the page."""
_BELOW = {_BRANCH: "│  ", _LAST: "   ", _GOES_ON: ""}
STEP_WIDTH = 48
LONGEST_STEP = 100
MOST_TALLIES = 5
"""Answers of a vote that are listed; the rest is counted."""
GOLD_MARK = "A gold answer influenced this run."
_FIRST_SOURCES: tuple[Source, ...] = ("prm", "rule", "gold")


def result_text(tree: Tree) -> str:
    """What came out: the answer, the verdict, the vote, the trace with its numbers, and what it cost."""
    trace = list(_trace(tree))
    parts = (*_heading(tree), *_vote(tree), "", *trace, *([""] if trace else []), *_counts(tree))
    return "\n".join((*parts, cost_text(tree.iterations_done, tree.cost)))


def _heading(tree: Tree) -> Iterator[str]:
    started, finished = tree.started, tree.finished
    if started is None:
        yield "The run holds no events."
        return
    if tree.name:
        yield f"Name      {one_line(tree.name)}"
    if tree.private:
        yield "Private   a copy made to be shared can leave this run out"
    yield f"Problem   {one_line(started.text)}  ({started.problem})"
    yield f"Search    {started.search}, seed {started.seed}, policy {started.policy or 'bundled'}, " + (
        f"verifiers {', '.join(started.verifiers) or 'none'}"
    )
    if settings := told_settings(started.search, started.settings):
        yield f"Settings  {', '.join(f'{name} {_setting(value)}' for name, value in settings.items())}"
    if tree.gold:
        yield f"Note      {GOLD_MARK}"
    if finished is None:
        yield f"State     interrupted after {tree.iterations_done} iterations"
        return
    yield f"Ended     {one_line(finished.why)}"
    yield f"Answer    {one_line(finished.answer) if finished.answer is not None else 'none'}"
    yield f"Verdict   {verdict_word(finished.correct)}: {one_line(finished.verdict)}"


def _setting(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else one_line(str(value)) or "–"


def _vote(tree: Tree) -> Iterator[str]:
    """The last count of the answers: by which rule, who stands where, whether it was a tie."""
    if not tree.votes:
        return
    vote = tree.votes[-1]
    yield f"Vote      {one_line(vote.rule)}, {vote.samples} samples{_stopping(vote)}{', TIED' if vote.tied else ''}"
    for place, tally in enumerate(vote.tallies[:MOST_TALLIES], 1):
        tie = "  tied: the one seen first stands first" if vote.tied and place == 1 else ""
        yield f"  {place}. {one_line(tally.answer)}  {tally.votes} votes, weight {tally.weight:.3f}{tie}"
    if len(vote.tallies) > MOST_TALLIES:
        yield f"  and {len(vote.tallies) - MOST_TALLIES} more"


def _stopping(vote: Voted) -> str:
    if vote.confidence is None or vote.threshold is None:
        return ""
    return f", confidence {number(vote.confidence)} of {number(vote.threshold)}"


def _counts(tree: Tree) -> Iterator[str]:
    """How large the tree is, and what was not followed up."""
    if not tree.nodes:
        return
    pruned, rollouts = pruned_count(tree), sum(len(node.rollouts) for node in tree.nodes.values())
    yield (
        f"Tree      {len(tree.nodes)} nodes, {rollouts} rollouts, {pruned} pruned, "
        f"{tree.duplicates} samples led to a state known before"
    )


def pruned_count(tree: Tree) -> int:
    """Nodes that are out of the search themselves, those below them not counted."""
    return sum(bool(node.pruned) for node in tree.nodes.values())


def verdict_word(correct: bool | None) -> str:
    return {True: "right", False: "wrong", None: "not known"}[correct]


def _trace(tree: Tree) -> Iterator[str]:
    """The chosen trace, a line for each step; nothing without an answer."""
    chosen = tree.finished.chosen if tree.finished else None
    if chosen is None:
        return
    path = tree.path(chosen)[1:]
    sources = _sources(path)
    width = max([STEP_WIDTH, *(len(step_text(node)) for node in path)])
    yield f"{'Step':<{width}}  {'N':>5} {'Q':>6} {'P':>6}" + "".join(f" {name:>6}" for name in sources)
    for node in path:
        numbers = f"{node.visits:>5} {number(node.value):>6} {number(node.prior):>6}"
        scores = "".join(f" {number(_score(node, name)):>6}" for name in sources)
        yield f"{step_text(node):<{width}}  {numbers}{scores}"
    for step in tree.chosen_steps()[len(path) :]:
        yield f"{one_line(step):<{width}}  (played on from there in a rollout)"


def tree_text(tree: Tree) -> str:
    """The whole tree, a line for each node, children in order of creation."""
    lines = [*_heading(tree), *_vote(tree)]
    if ROOT in tree.nodes:
        lines += ["", f"{one_line(tree.started.text) if tree.started else ''}  {_numbers(tree.root)}"]
        lines += [*_branches(tree), "", *_counts(tree), cost_text(tree.iterations_done, tree.cost)]
    return "\n".join(lines)


def _branches(tree: Tree) -> Iterator[str]:
    """Depth first with a stack of our own: a foreign file may be deeper than Python's recursion limit."""
    on_trace, given = _chosen_trace(tree), has_given_steps(tree)
    stack = [(node, "", lead) for node, lead in _led(tree.children(ROOT))]
    while stack:
        node, indent, lead = stack.pop()
        mark = " *" if node.id in on_trace else ""
        yield f"{indent}{lead}{step_text(node)}  {_numbers(node, given, _said_later(tree, node.id))}{mark}"
        below, children = indent + _BELOW[lead], tree.children(node.id)
        if given and len(children) == 1:
            stack.append((children[0], below, _GOES_ON))
        else:
            stack += [(child, below, lead) for child, lead in _led(children)]


def _chosen_trace(tree: Tree) -> set[NodeId]:
    chosen = tree.finished.chosen if tree.finished else None
    return {node.id for node in tree.ascend(chosen)} if chosen is not None else set()


def _led(children: list[Node]) -> list[tuple[Node, str]]:
    """Last child first, each with what leads to it: the order in which a stack gives them back."""
    return [(child, _BRANCH if place else _LAST) for place, child in enumerate(reversed(children))]


def _said_later(tree: Tree, node: NodeId) -> Iterator[str]:
    """What no search has read: scores that were asked for after the fact, and ratings of the step."""
    yield from (f"desk: {one_line(by)} {number(of[node].value)}" for by, of in tree.rescored.items() if node in of)
    yield from (f"{one_line(by) or 'a person'}: {RATINGS[said]}" for by, said in tree.ratings.get(node, {}).items())


def _numbers(node: Node, given: bool = False, later: Iterable[str] = ()) -> str:
    said = [f"N {node.visits}"]
    if node.value is not None:
        said.append(f"Q {number(node.value)}")
    if node.parent is not None:
        said.append(f"P {number(node.prior)}")
    said += [f"{name} {number(_score(node, name))}" for name in _sources([node])]
    said += later
    if node.broken:
        said.append(f"broken: {one_line(node.broken)}")
    if node.pruned:
        said.append(f"pruned: {one_line(node.pruned)}")
    if node.twin is not None:
        said.append(f"same state as node {node.twin}")
    if node.parent is not None and not node.samples:
        said.append("given" if given else "written by a person")
    if node.hidden:
        said.append("hidden")
    if node.edit:
        said.append(one_line(node.edit))
    return "[" + "  ".join(said) + "]"


def step_text(node: Node) -> str:
    text = one_line(node.step, LONGEST_STEP)
    return f"{text}…" if len(node.step) > LONGEST_STEP else text or "(empty)"


def number(value: float | None) -> str:
    """Three digits; a missing number is a dash, not a zero."""
    return "–" if value is None else f"{value:.3f}"


def _sources(nodes: list[Node]) -> list[Source]:
    """Who scored the nodes, the usual sources first."""
    found = {score.source for node in nodes for score in node.scores}
    first = [source for source in _FIRST_SOURCES if source in found]
    return first + sorted(found.difference(first))


def _score(node: Node, source: Source) -> float | None:
    score = node.score(source)
    return score.value if score else None


def cost_text(iterations: int, cost: Cost) -> str:
    return (
        f"Cost      {iterations} iterations, {cost.calls:,} model calls, {cost.generated:,} tokens generated, "
        f"{cost.prompt:,} read, {cost.cached:,} from the cache, {cost.scored:,} scored, {cost.seconds:.1f} s"
    )


def result_data(tree: Tree) -> dict[str, Any]:
    """The same result as JSON values, for `--json`."""
    started, finished = tree.started, tree.finished
    chosen = finished.chosen if finished else None
    return {
        "problem": started.text if started else None,
        "search": started.search if started else None,
        "seed": started.seed if started else None,
        "reason": finished.reason if finished else None,
        "answer": finished.answer if finished else None,
        "correct": finished.correct if finished else None,
        "verdict": finished.verdict if finished else "",
        "gold": tree.gold,
        "iterations": tree.iterations_done,
        "nodes": len(tree.nodes),
        "pruned": pruned_count(tree),
        "duplicates": tree.duplicates,
        "vote": to_builtins(tree.votes[-1]) if tree.votes else None,
        "trace": [step_data(node) for node in tree.path(chosen)[1:]] if chosen is not None else [],
        "steps": list(tree.chosen_steps()),
        "cost": {name: getattr(tree.cost, name) for name in Cost.__struct_fields__},
    }


def step_data(node: Node) -> dict[str, Any]:
    """A step with its numbers as JSON values."""
    scores = [{name: getattr(score, name) for name in Score.__struct_fields__} for score in node.scores]
    return {
        "node": node.id,
        "step": node.step,
        "n": node.visits,
        "q": node.value,
        "p": node.prior,
        "scores": scores,
    }


class Progress:
    """A progress bar: one line that is written over on a terminal, a plain line every tenth part elsewhere."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._overwrites = out.isatty()
        self._last = ""

    def show(self, frame: AnyFrame, tree: Tree) -> None:
        """Take notice of what the engine said."""
        if not isinstance(frame, Status):
            return
        if self._overwrites:
            self._overwrite(frame, tree)
        else:
            self._add_line(frame, tree)

    def end(self) -> None:
        """Leave the line."""
        if self._overwrites and self._last:
            self._out.write("\n")
            self._out.flush()

    def _overwrite(self, status: Status, tree: Tree) -> None:
        share = status.progress
        bar = "" if share is None else f"[{'#' * round(share * BAR_CELLS):<{BAR_CELLS}}] {share:4.0%}  "
        self._last = f"{bar}{_state_text(status, tree)}"
        self._out.write(f"\r\x1b[K{self._last}")
        self._out.flush()

    def _add_line(self, status: Status, tree: Tree) -> None:
        share = "" if status.progress is None else f"{int(status.progress * 10) * 10:>3} %  "
        if (step := f"{status.state}{share}") != self._last:
            self._last = step
            self._out.write(f"{share}{_state_text(status, tree)}\n")
            self._out.flush()


def _state_text(status: Status, tree: Tree) -> str:
    if status.state == "loading":
        return "loading the models"
    speed = f", {status.tokens_per_second:,.0f} tokens/s" if status.tokens_per_second else ""
    return f"{status.state}, iteration {status.iteration}, {len(tree.nodes)} nodes{speed}"
