"""What the inspector says about a node and about a run, as label and value. Pure functions over the tree; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.language import mark, tr
from app.models.past_nodes import born
from app.panels.noise import NoisedPrior
from app.panels.texts import MISSING, decimal, value_with_error
from app.plain_text import one_line, visible
from app.words.node import out_words, pruned_at, twin_words
from app.words.probe import search_title
from app.words.verifier import SOURCE_WORDS, short_name
from engine.events import Budget, Cost, NodeId, RolledOut, RunStarted, Scale, Score, Source, TraceRead
from engine.parts import UNIT
from engine.problems import PROBLEMS
from engine.run_traces import is_imported
from engine.search import told_settings
from engine.tree import Node, Tree

GOLD_UNUSED = mark("no: nothing looked at a known answer")
GOLD_WARNING = mark("yes: a known right answer influenced this run")


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


def node_facts(
    node: Node, noise: NoisedPrior | None = None, *, given: bool = False, scale: Scale = UNIT
) -> tuple[Fact, ...]:
    """The numbers of a step, in an order that does not change while the search runs. `given`: as part of a trace."""
    value = node.value
    return (
        Fact(tr("Visits N"), f"{node.visits:,}"),
        Fact(tr("Value Q"), value_with_error(value, node.standard_error), swatch=_share(scale, value)),
        Fact(tr("Prior P"), decimal(node.prior)),
        Fact(tr("Log-prob."), decimal(node.logprob)),
        Fact(tr("Depth"), f"{node.depth}"),
        Fact(tr("Samples"), _samples(node, given)),
        Fact(tr("State"), state_of(node), wide=True),
        *(_score_fact(score, scale) for score in node.scores),
        *(() if noise is None else (Fact(tr("Before noise"), noise.words, wide=True),)),
    )


def place_facts(tree: Tree, node: Node) -> tuple[Fact, ...]:
    """What the search has to say of a step's place: that it is out, in flight, chosen, or the state of another."""
    facts = []
    if node.edit:
        facts.append(Fact(tr("Edited"), one_line(node.edit), wide=True))
    out = pruned_at(tree, node.id)
    if out is not None:
        above = None if out is node else out.id
        facts.append(Fact(tr("Search"), out_words(tree, node.id), wide=True, node=above))
    if node.twin is not None:
        facts.append(
            Fact(tr("Same state"), tr("as {twin}").format(twin=twin_words(tree, node.twin)), wide=True, node=node.twin)
        )
    if node.virtual:
        words = tr("{count} below: each counts a visit of value 0 until its value is back").format(count=node.virtual)
        facts.append(Fact(tr("In flight"), words, wide=True))
    if tree.finished is not None and tree.finished.chosen == node.id:
        facts.append(Fact(tr("Chosen"), tr("★ the run's single answer"), wide=True))
    return tuple(facts)


def _samples(node: Node, given: bool) -> str:
    if not node.samples:
        return tr("given") if given else tr("by hand")
    return tr("{count} merged").format(count=node.samples) if node.samples > 1 else f"{node.samples}"


def state_of(node: Node) -> str:
    """Where the search stands with this step, in words."""
    words = []
    if node.hidden:
        words.append(tr("hidden: inside the model's thinking"))
    if node.broken:
        words.append(tr("broken: {why}").format(why=one_line(node.broken)))
    elif node.terminal:
        words.append(tr("ends the trace"))
    elif node.children:
        words.append(
            tr("1 child") if len(node.children) == 1 else tr("{count} children").format(count=len(node.children))
        )
    else:
        words.append(tr("expanded, nothing usable came") if node.expanded else tr("not expanded yet"))
    return ", ".join(words)


def run_plan(tree: Tree) -> tuple[Fact, ...]:
    """What the run was asked to do. Empty before RunStarted."""
    started = tree.started
    if started is None:
        return ()
    problem = PROBLEMS[started.problem].title if started.problem in PROBLEMS else one_line(started.problem)
    return (
        Fact(tr("Problem"), f"{problem}: {visible(started.text)}", wide=True),
        Fact(tr("Prompt"), visible(started.prompt).rstrip("\n"), wide=True),
        Fact(tr("Search"), search_title(started.search, started.settings), wide=True),
        *(Fact(tr("Read from"), one_line(f"{read.name}: {read.how}"), wide=True) for read in tree.read.values()),
        *(Fact(tr("Its record"), _told(read), wide=True) for read in tree.read.values() if read.told),
        *_origin(started),
        *(() if is_imported(tree) else _orders(started)),
        Fact(tr("Policy"), one_line(started.policy), wide=True),
        Fact(tr("Verifiers"), _verifiers(started), wide=True),
    )


def _orders(started: RunStarted) -> tuple[Fact, ...]:
    """By what it searched: of a tree that came from a file nobody knows."""
    return (
        Fact(tr("Settings"), settings_words(told_settings(started.search, started.settings)), wide=True),
        Fact(tr("Budget"), budget_words(started.budget), wide=True),
        Fact(tr("Seed"), f"{started.seed}"),
        Fact(tr("Engine"), one_line(started.engine) or MISSING),
    )


def _origin(started: RunStarted) -> tuple[Fact, ...]:
    """What the file of others says of the whole run, and what its numbers are."""
    said = one_line(" · ".join(f"{name}: {value}" for name, value in started.told.items()))
    scale = started.scale
    words = tr("{low:g} to {high:g}: {words}").format(low=scale.low, high=scale.high, words=one_line(scale.words))
    return (
        *((Fact(tr("From a file"), said, wide=True),) if said else ()),
        *((Fact(tr("Values"), words, wide=True),) if scale.words else ()),
    )


def _told(read: TraceRead) -> str:
    """What the record of a dataset says beside its steps, by its own names."""
    return one_line(" · ".join(f"{name}: {value}" for name, value in read.told.items()))


def run_outcome(tree: Tree) -> tuple[Fact, ...]:
    """What has come of it so far and what it has cost. Empty before RunStarted."""
    if tree.started is None:
        return ()
    gold = Fact(tr("Gold answer"), tr(GOLD_WARNING if tree.gold else GOLD_UNUSED), wide=True, gold=tree.gold)
    used = Fact(tr("Used"), cost_words(tree.cost, not is_imported(tree)) or MISSING, wide=True)
    sampled = born(tree, "samples").sum() > 1  # the root is one; nothing was sampled of what came from a file
    again = (Fact(tr("Duplicates"), duplicate_words(tree), wide=True),) if sampled else ()
    return (*_ending(tree), gold, used, *again)


def duplicate_words(tree: Tree) -> str:
    """`12 of 64 samples led to a state that was known before`"""
    samples = int(born(tree, "samples").sum()) - 1
    if samples == 1:
        words = tr("{again:,} of 1 sample led to a state that was known before")
    else:
        words = tr("{again:,} of {samples:,} samples led to a state that was known before")
    return words.format(again=tree.duplicates, samples=samples)


def settings_words(settings: dict[str, Any]) -> str:
    """`simulations 64, width 8, ...`"""
    return one_line(", ".join(f"{name} {_setting(value)}" for name, value in settings.items())) or MISSING


def budget_words(budget: Budget) -> str:
    """The limits that were set."""
    limits = (
        (tr("{limit:,g} simulations"), budget.simulations),
        (tr("{limit:,g} tokens"), budget.tokens),
        (tr("{limit:,g} seconds"), budget.seconds),
    )
    return ", ".join(words.format(limit=limit) for words, limit in limits if limit is not None) or tr("no limit")


def cost_words(cost: Cost, known: bool = True) -> str:
    """What the run has used so far; what is 0 because nobody counted it, not `known`, is left out."""
    counts = (
        (tr("{count:,} model calls"), cost.calls),
        (tr("{count:,} tokens generated"), cost.generated),
        (tr("{count:,} tokens scored"), cost.scored),
        (tr("{count:,.1f} s"), cost.seconds),
    )
    return ", ".join(words.format(count=count) for words, count in counts if count or known)


def rollouts_text(rollouts: tuple[RolledOut, ...]) -> str:
    """Every rollout from a node, the latest first: what it was worth, who says so, and its text."""
    numbered = list(enumerate(rollouts, 1))
    return "\n\n".join(_rollout_text(number, rollout) for number, rollout in reversed(numbered))


def _rollout_text(number: int, rollout: RolledOut) -> str:
    who = f" ({_who(rollout.source, rollout.verifier)})" if rollout.source else ""
    answer = MISSING if rollout.answer is None else rollout.answer
    head = tr("Rollout {number}, iteration {iteration} · answer {answer} · value {value}{who}").format(
        number=number, iteration=rollout.iteration, answer=answer, value=decimal(rollout.value), who=who
    )
    return "\n".join((head, *(f"  {step.rstrip()}" for step in rollout.steps)))


def _share(scale: Scale, value: float | None) -> float | None:
    return None if value is None else scale.share(value)


def _score_fact(score: Score, scale: Scale) -> Fact:
    note = f": {score.note}" if score.note else ""
    name = short_name(score)
    other = SOURCE_WORDS[score.source].lower() if name.lower() == score.verifier.lower() else score.verifier
    who = "" if other.lower() == name.lower() else f" · {tr(other)}"
    text = one_line(f"{decimal(score.value)}{who}{note}")
    return Fact(tr(name), text, wide=True, swatch=scale.share(score.value), gold=score.source == "gold")


def _who(source: Source, verifier: str) -> str:
    return f"{tr(SOURCE_WORDS[source])} · {verifier}" if verifier else tr(SOURCE_WORDS[source])


def _setting(value: Any) -> str:
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    return f"{value:g}" if isinstance(value, float) else str(value)


def _verifiers(started: RunStarted) -> str:
    return one_line(", ".join(started.verifiers)) or tr("none")


def _ending(tree: Tree) -> tuple[Fact, ...]:
    finished = tree.finished
    if finished is None:
        return (Fact(tr("Answer"), tr("not finished yet"), wide=True),)
    answer = MISSING if finished.answer is None else visible(finished.answer)
    return (
        Fact(tr("Answer"), answer, wide=True),
        Fact(tr("Verdict"), one_line(finished.verdict) or MISSING, wide=True),
        Fact(tr("Ended"), one_line(finished.why) or finished.reason, wide=True),
    )
