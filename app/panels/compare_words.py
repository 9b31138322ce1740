"""A comparison in words: where two traces part, what they and their runs come to, and all of it as Markdown. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.language import mark, tr
from app.models.compare import Comparison, Divergence, PartingToken, Side, Trace
from app.output.markdown import escaped, table
from app.panels.texts import MISSING, decimal
from app.plain_text import one_line, visible
from app.words.node import verdict
from app.words.probe import search_title
from engine.tree import Node, Tree

LONGEST_STEP = 160
SAME = mark("The two traces are the same.")
APART = mark("They part at step {depth}.")
ENDED = mark("{name} has ended before step {depth}.")
CHANCE = mark("{name}: P {prior}, log-prob. {logprob}.")
TOKEN = mark("{name} writes {text} with p {p} as token {place}.")
TOKEN_ENDED = mark("{name} has no token {place}: its step has ended.")


@dataclass(frozen=True, slots=True)
class FactRow:
    """One thing that is said of both sides."""

    label: str
    left: str
    right: str
    change: str
    """From left to right; empty where there is nothing to subtract."""


def score_of(node: Node) -> float | None:
    """The latest PRM score; where there is none, the step's own score by whoever gave it."""
    score = node.score("prm")
    return score.value if score is not None else None if node.mark is None else node.mark[0]


def divergence_words(comparison: Comparison, names: tuple[str, str]) -> str:
    """Where they part and with which probabilities, as sentences. `names`: of left and right."""
    parted = comparison.divergence
    if parted is None:
        return tr(SAME)
    sides = tuple(zip(names, (parted.left, parted.right), strict=True))
    told = (_side_words(name, side, parted) for name, side in sides)
    tokens = (_token_words(name, side.token) for name, side in sides if side is not None and side.token is not None)
    return " ".join((tr(APART).format(depth=parted.depth), *told, *tokens))


def _side_words(name: str, side: Side | None, parted: Divergence) -> str:
    if side is None:
        return tr(ENDED).format(name=name, depth=parted.depth)
    return tr(CHANCE).format(name=name, prior=decimal(side.prior), logprob=decimal(side.logprob))


def _token_words(name: str, token: PartingToken) -> str:
    if token.probability is None:
        return tr(TOKEN_ENDED).format(place=token.place + 1, name=name)
    text = f"“{visible(token.text)}”".replace("\n", "↵")
    return tr(TOKEN).format(place=token.place + 1, name=name, text=text, p=decimal(token.probability, 3))


def fact_rows(comparison: Comparison) -> tuple[FactRow, ...]:
    """What the traces come to, and for two runs what the runs come to."""
    left, right = comparison.left, comparison.right
    rows = _trace_rows(left, right)
    return tuple(rows) if comparison.one_run else (*rows, *_run_rows(left.tree, right.tree))


def _trace_rows(left: Trace, right: Trace) -> Iterator[FactRow]:
    one, other = left.steps, right.steps
    yield _numbers(tr("Steps"), len(one), len(other), 0)
    yield _numbers(tr("Log-prob. of the trace"), _logprob(one), _logprob(other))
    yield _numbers(tr("Lowest score"), _lowest(one), _lowest(other))
    first, second = left.tree.nodes[left.node], right.tree.nodes[right.node]
    yield _numbers(tr("N of the last step"), first.visits, second.visits, 0)
    yield _numbers(tr("Q of the last step"), first.value, second.value)
    yield FactRow(tr("Answer of the trace"), _answer(left), _answer(right), "")


def _run_rows(left: Tree, right: Tree) -> Iterator[FactRow]:
    yield FactRow(tr("Search"), _search(left), _search(right), "")
    for label, one, other, places in (
        (tr("Iterations"), left.iterations_done, right.iterations_done, 0),
        (tr("Nodes"), len(left.nodes), len(right.nodes), 0),
        (tr("Answers found"), len(left.answer_ids), len(right.answer_ids), 0),
        (tr("Tokens generated"), left.cost.generated, right.cost.generated, 0),
        (tr("Tokens scored"), left.cost.scored, right.cost.scored, 0),
        (tr("Model calls"), left.cost.calls, right.cost.calls, 0),
        (tr("Seconds"), left.cost.seconds, right.cost.seconds, 1),
    ):
        yield _numbers(label, one, other, places)
    yield FactRow(tr("Answer of the run"), _run_answer(left), _run_answer(right), "")
    yield FactRow(tr("Solved"), _solved(left), _solved(right), "")


def _numbers(label: str, left: float | None, right: float | None, places: int = 2) -> FactRow:
    change = "" if left is None or right is None else _number(right - left, places)
    signed = f"+{change}" if change and right is not None and left is not None and right > left else change
    return FactRow(label, _number(left, places), _number(right, places), signed)


def _number(value: float | None, places: int) -> str:
    return MISSING if value is None else f"{value:,.{places}f}".replace("-", "−")


def _logprob(steps: tuple[Node, ...]) -> float | None:
    known = [node.logprob for node in steps if node.logprob is not None]
    return sum(known) if known and len(known) == len(steps) else None


def _lowest(steps: tuple[Node, ...]) -> float | None:
    return min((score for node in steps if (score := score_of(node)) is not None), default=None)


def _answer(trace: Trace) -> str:
    last = trace.tree.nodes[trace.node]
    if not last.terminal:
        return MISSING
    check = {True: " ✓", False: " ✗", None: ""}[verdict(trace.tree, last)]
    return f"{one_line(last.step, LONGEST_STEP)}{check}"


def _search(tree: Tree) -> str:
    return MISSING if tree.started is None else search_title(tree.started.search, tree.started.settings) or MISSING


def _run_answer(tree: Tree) -> str:
    answer = None if tree.finished is None else tree.finished.answer
    return MISSING if answer is None else one_line(answer, LONGEST_STEP)


def _solved(tree: Tree) -> str:
    correct = None if tree.finished is None else tree.finished.correct
    return {True: tr("✓ yes"), False: tr("✗ no"), None: MISSING}[correct]


# -- Markdown


def as_markdown(comparison: Comparison, names: tuple[str, str]) -> str:
    """Steps, parting and facts as two tables and a paragraph. What a model wrote is escaped: it has no markup."""
    head = (tr("Step"), *names)
    steps = (
        (f"{pair.depth}{'' if pair.common else ' ≠'}", *_cells(pair.left, pair.right)) for pair in comparison.pairs
    )
    facts = ((row.label, row.left, row.right, row.change) for row in fact_rows(comparison))
    tables = (table(head, steps), escaped(divergence_words(comparison, names)), table(("", *names, "Δ"), facts))
    return "\n\n".join(tables) + "\n"


def _cells(*nodes: Node | None) -> tuple[str, ...]:
    return tuple("" if node is None else f"{one_line(node.step)} ({_score_words(node)})" for node in nodes)


def _score_words(node: Node) -> str:
    return f"N {node.visits:,}, Q {decimal(node.value)}, {tr('score')} {decimal(score_of(node))}"
