"""What the inspector says about a node and about a run, as label and value. Pure functions over the tree; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.node_words import out_words, pruned_at, twin_words
from app.panels.noise import NoisedPrior
from app.panels.texts import MISSING, decimal, value_with_error
from app.plain_text import one_line, visible
from app.verifier_words import SOURCE_WORDS, short_title
from engine.events import Budget, Cost, NodeId, RolledOut, RunStarted, Score, Source
from engine.problems import PROBLEMS
from engine.search import SEARCHES
from engine.tree import Node, Tree

GOLD_UNUSED = "no: nothing looked at a known answer"
GOLD_WARNING = "yes: a known right answer influenced this run"


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the inspector."""

    label: str
    value: str
    wide: bool = False
    """Whether it needs a row of its own."""
    swatch: float | None = None
    """A value in [0, 1] to show as a colour beside the number."""
    gold: bool = False
    """Whether a known right answer is behind it."""
    node: NodeId | None = None
    """A node that it speaks of and that one may want to go to."""


def node_facts(node: Node, noise: NoisedPrior | None = None) -> tuple[Fact, ...]:
    """The numbers of a step, in an order that does not change while the search runs."""
    return (
        Fact("Visits N", f"{node.visits:,}"),
        Fact("Value Q", value_with_error(node.value, node.standard_error), swatch=node.value),
        Fact("Prior P", decimal(node.prior)),
        Fact("Log-prob.", decimal(node.logprob)),
        Fact("Depth", f"{node.depth}"),
        Fact("Samples", _samples(node)),
        Fact("State", state_of(node), wide=True),
        *(_score_fact(score) for score in node.scores),
        *(() if noise is None else (Fact("Before noise", noise.words, wide=True),)),
    )


def place_facts(tree: Tree, node: Node) -> tuple[Fact, ...]:
    """What the search has to say of a step's place: that it is out, in flight, chosen, or the state of another."""
    facts = []
    out = pruned_at(tree, node.id)
    if out is not None:
        above = None if out is node else out.id
        facts.append(Fact("Search", out_words(tree, node.id), wide=True, node=above))
    if node.twin is not None:
        facts.append(Fact("Same state", f"as {twin_words(tree, node.twin)}", wide=True, node=node.twin))
    if node.virtual:
        words = f"{node.virtual} below: each counts a visit of value 0 until its value is back"
        facts.append(Fact("In flight", words, wide=True))
    if tree.finished is not None and tree.finished.chosen == node.id:
        facts.append(Fact("Chosen", "★ the run's single answer", wide=True))
    return tuple(facts)


def _samples(node: Node) -> str:
    if not node.samples:
        return "by hand"
    return f"{node.samples} merged" if node.samples > 1 else f"{node.samples}"


def state_of(node: Node) -> str:
    """Where the search stands with this step, in words."""
    words = []
    if node.hidden:
        words.append("hidden: inside the model's thinking")
    if node.broken:
        words.append(f"broken: {one_line(node.broken)}")
    elif node.terminal:
        words.append("ends the trace")
    elif node.children:
        words.append(f"{len(node.children)} {'child' if len(node.children) == 1 else 'children'}")
    else:
        words.append("expanded, nothing usable came" if node.expanded else "not expanded yet")
    return ", ".join(words)


def run_plan(tree: Tree) -> tuple[Fact, ...]:
    """What the run was asked to do. Empty before RunStarted."""
    started = tree.started
    if started is None:
        return ()
    problem = PROBLEMS[started.problem].title if started.problem in PROBLEMS else one_line(started.problem)
    search = SEARCHES[started.search].title if started.search in SEARCHES else one_line(started.search)
    return (
        Fact("Problem", f"{problem}: {visible(started.text)}", wide=True),
        Fact("Prompt", visible(started.prompt).rstrip("\n"), wide=True),
        Fact("Search", search, wide=True),
        Fact("Settings", settings_words(started.settings), wide=True),
        Fact("Budget", budget_words(started.budget), wide=True),
        Fact("Seed", f"{started.seed}"),
        Fact("Engine", one_line(started.engine) or MISSING),
        Fact("Policy", one_line(started.policy), wide=True),
        Fact("Verifiers", _verifiers(started), wide=True),
    )


def run_outcome(tree: Tree) -> tuple[Fact, ...]:
    """What has come of it so far and what it has cost. Empty before RunStarted."""
    if tree.started is None:
        return ()
    gold = Fact("Gold answer", GOLD_WARNING if tree.gold else GOLD_UNUSED, wide=True, gold=tree.gold)
    used = Fact("Used", cost_words(tree.cost), wide=True)
    return (*_ending(tree), gold, used, Fact("Duplicates", duplicate_words(tree), wide=True))


def duplicate_words(tree: Tree) -> str:
    """`12 of 64 samples led to a state that was known before`"""
    samples = sum(node.samples for node in tree.nodes.values()) - 1
    one = samples == 1
    return f"{tree.duplicates:,} of {samples:,} {'sample' if one else 'samples'} led to a state that was known before"


def settings_words(settings: dict[str, Any]) -> str:
    """`simulations 64, width 8, ...`"""
    return one_line(", ".join(f"{name} {_setting(value)}" for name, value in settings.items())) or MISSING


def budget_words(budget: Budget) -> str:
    """The limits that were set."""
    limits = {"simulations": budget.simulations, "tokens": budget.tokens, "seconds": budget.seconds}
    return ", ".join(f"{limit:,g} {name}" for name, limit in limits.items() if limit is not None) or "no limit"


def cost_words(cost: Cost) -> str:
    """What the run has used so far."""
    return (
        f"{cost.calls:,} model calls, {cost.generated:,} tokens generated, {cost.scored:,} tokens scored, "
        f"{cost.seconds:,.1f} s"
    )


def rollouts_text(rollouts: tuple[RolledOut, ...]) -> str:
    """Every rollout from a node, the latest first: what it was worth, who says so, and its text."""
    numbered = list(enumerate(rollouts, 1))
    return "\n\n".join(_rollout_text(number, rollout) for number, rollout in reversed(numbered))


def _rollout_text(number: int, rollout: RolledOut) -> str:
    who = f" ({_who(rollout.source, rollout.verifier)})" if rollout.source else ""
    answer = MISSING if rollout.answer is None else rollout.answer
    head = f"Rollout {number}, iteration {rollout.iteration} · answer {answer} · value {decimal(rollout.value)}{who}"
    return "\n".join((head, *(f"  {step.rstrip()}" for step in rollout.steps)))


def _score_fact(score: Score) -> Fact:
    note = f": {score.note}" if score.note else ""
    name = short_title(score)
    other = SOURCE_WORDS[score.source].lower() if name.lower() == score.verifier.lower() else score.verifier
    who = "" if other.lower() == name.lower() else f" · {other}"
    text = one_line(f"{decimal(score.value)}{who}{note}")
    return Fact(name, text, wide=True, swatch=score.value, gold=score.source == "gold")


def _who(source: Source, verifier: str) -> str:
    return f"{SOURCE_WORDS[source]} · {verifier}" if verifier else SOURCE_WORDS[source]


def _setting(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _verifiers(started: RunStarted) -> str:
    return one_line(", ".join(started.verifiers)) or "none"


def _ending(tree: Tree) -> tuple[Fact, ...]:
    finished = tree.finished
    if finished is None:
        return (Fact("Answer", "not finished yet", wide=True),)
    answer = MISSING if finished.answer is None else visible(finished.answer)
    return (
        Fact("Answer", answer, wide=True),
        Fact("Verdict", one_line(finished.verdict) or MISSING, wide=True),
        Fact("Ended", one_line(finished.why) or finished.reason, wide=True),
    )
