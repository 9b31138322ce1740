"""A run in words and numbers, for reports that a person reads: its recipe, what came of it, its best trace. English.

Works nothing out that the log does not say. Knows no markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple, TypeAlias

from engine import __version__
from engine.events import PHASES, NodeId, Phase, Record, Score, phase_of
from engine.tree import Node, Tree
from storage.errors import SessionError
from storage.exporters.exporter import Wanted
from storage.runs import RunInfo

Fact: TypeAlias = tuple[str, str]
"""What, and what it is."""
NOTHING = "–"
GOLD = "A known right answer influenced this search."
_COSTS = (
    ("calls", "model calls"),
    ("generated", "tokens generated"),
    ("prompt", "prompt tokens read"),
    ("cached", "tokens from the cache"),
    ("scored", "tokens read by verifiers"),
)
_LIMITS = (("simulations", "simulations"), ("tokens", "generated tokens"), ("seconds", "seconds"))


@dataclass
class Story:
    """A run that was read to its end."""

    info: RunInfo
    tree: Tree
    events: int = 0
    first: float | None = None
    """Time of the first event, in seconds since the epoch (UTC), as that of the last."""
    last: float | None = None
    phases: Counter[Phase] = field(default_factory=Counter)
    """Events of each phase."""
    others: int = 0
    """Events of none: of the run as a whole, and what people did."""


class Row(NamedTuple):
    """A step of a trace."""

    text: str
    node: Node | None
    """None for a step that was only played in a rollout."""
    scores: tuple[Score, ...]
    """Of every verifier the latest."""


def read_story(wanted: Wanted, run: int) -> Story:
    """Raises SessionError if the log is damaged."""
    story = Story(wanted.session.info(run), Tree())

    def counted() -> Iterator[Record]:
        for record in wanted.records(run, tokens=False):
            story.events += 1
            story.first = record.at if story.first is None else story.first
            story.last = record.at
            phase = phase_of(record.event)
            if phase is None:
                story.others += 1
            else:
                story.phases[phase] += 1
            yield record

    story.tree = wanted.fold(run, counted())
    return story


def origin(wanted: Wanted) -> str:
    """Which file this was written from, and by what."""
    try:
        session = wanted.session.properties().get("id", "")
    except SessionError:
        session = ""
    named = f" (id {session})" if session else ""
    return f"Written by Espalier {__version__} from {wanted.session.path.name}{named}."


def title(story: Story) -> str:
    """What a person calls the run, else its problem."""
    return story.tree.name or story.info.plan.text.strip() or f"Run {story.info.id}"


def recipe(story: Story) -> list[Fact]:
    """Everything that decided the run."""
    plan, started = story.info.plan, story.tree.started
    weights = started.weights if started else {}
    budget = started.budget if started else plan.budget
    limits = [f"{value:,g} {words}" for name, words in _LIMITS if (value := getattr(budget, name)) is not None]
    verifiers = started.verifiers if started else plan.verifiers
    facts = [
        ("Problem", f"{plan.text.strip()} ({plan.problem})"),
        ("Search", plan.search),
        ("Settings", _settings(started.settings if started else plan.settings)),
        ("Seed", str(plan.seed)),
        ("Budget", ", ".join(limits)),
        ("Policy", _model(started.policy if started else plan.policy, weights)),
        ("Verifiers", ", ".join(_model(name, weights) for name in verifiers)),
        ("Engine", f"Espalier {started.engine}" if started and started.engine else ""),
        ("Values", started.scale.words if started else ""),
        *((name, words) for name, words in (started.told.items() if started else ())),
    ]
    return [(name, words) for name, words in facts if words]


def _settings(settings: dict[str, object]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {_setting(value)}" for name, value in settings.items())


def _setting(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _model(name: str, weights: dict[str, str]) -> str:
    return f"{name} (weights {weights[name]})" if name in weights else name


def outcome(story: Story) -> list[Fact]:
    """How it ended, and how large the tree became."""
    tree, end = story.tree, story.tree.finished
    pruned = sum(bool(node.pruned) for node in tree.nodes.values())
    rollouts = sum(len(node.rollouts) for node in tree.nodes.values())
    facts = [
        ("Ended", end.why if end else "It has no end: it was interrupted, or is still running."),
        ("Answer", (end.answer or "") if end else ""),
        ("Verdict", _verdict(tree)),
        ("Tree", f"{len(tree.nodes):,} nodes, {max((node.depth for node in tree.nodes.values()), default=0):,} deep"),
        ("Answers found", f"{len(tree.answer_ids):,}"),
        ("Rollouts", f"{rollouts:,}" if rollouts else ""),
        ("Pruned", f"{pruned:,} nodes" if pruned else ""),
        ("Known states", f"{tree.duplicates:,} samples led to one that was known before" if tree.duplicates else ""),
    ]
    return [(name, words) for name, words in facts if words]


def _verdict(tree: Tree) -> str:
    end = tree.finished
    if end is None:
        return ""
    return {True: "right: ", False: "wrong: ", None: ""}[end.correct] + end.verdict


def costs(story: Story) -> list[Fact]:
    """What it used; each counted apart."""
    cost = story.tree.cost
    facts = [
        (words[0].upper() + words[1:], f"{getattr(cost, name):,}") for name, words in _COSTS if getattr(cost, name)
    ]
    return [*facts, ("Seconds in the engine", f"{cost.seconds:,.1f}")] if facts or cost.seconds else []


def timeline(story: Story) -> list[Fact]:
    """When it ran, and how many events each phase has."""
    if story.first is None or story.last is None:
        return []
    facts = [("Began", _time(story.first)), ("Last event", _time(story.last)), ("Events", f"{story.events:,}")]
    facts.append(("Iterations", f"{story.tree.iterations_done:,}"))
    counts = [(phase, story.phases[phase]) for phase in PHASES if story.phases[phase]]
    facts += [(phase.capitalize(), "1 event" if count == 1 else f"{count:,} events") for phase, count in counts]
    return facts


def _time(at: float) -> str:
    try:
        return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    except (ValueError, OverflowError, OSError):  # a file of others may say any number
        return f"{at:g} s"


def best_end(tree: Tree) -> NodeId | None:
    """The node at whose end the run's answer stands; where nothing was chosen, the deepest of the most visited ones."""
    end = tree.finished
    if end is not None and end.chosen is not None:
        return end.chosen
    leaf = max(tree.leaves(), key=lambda node: (node.visits, node.depth, -node.id), default=None)
    return None if leaf is None or leaf.parent is None else leaf.id


def best_trace(tree: Tree) -> list[Row]:
    """The steps of the run's single answer, those of a rollout included."""
    last = best_end(tree)
    if last is None:
        return []
    rows = [Row(node.step, node, latest(node.scores)) for node in tree.path(last)[1:]]
    played = tree.chosen_steps()[len(rows) :]
    return rows + [Row(step, None, ()) for step in played]


def latest(scores: Sequence[Score]) -> tuple[Score, ...]:
    """Of each verifier the last word, in the order in which they spoke first."""
    return tuple({(score.source, score.verifier): score for score in scores}.values())


def number(value: float | None) -> str:
    """With three places where it has any; what is missing is no zero."""
    return NOTHING if value is None else f"{value:,.3f}"


def score_words(score: Score) -> str:
    """Who says what: `prm 0.912`."""
    name = score.source if score.verifier in ("", score.source) else f"{score.source} {score.verifier}"
    return f"{name} {number(score.value)}"
