"""One strategy on one example with one budget, as a run. Its events are what the tree grows by, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from engine.events import Cost, Scale
from engine.importing import Kept
from engine.importing_tree import TreeDraft, told
from engine.traces.answers import last_answer, same_answer, whole_answer
from engine.traces.spans import without_halves
from storage.importers.records import list_in, object_in
from storage.importers.think_booster.events import Event, event_of
from storage.importers.think_booster.growth import Growth
from storage.importers.trees import count, first_words, number, scale_of

TITLE = "ThinkBooster"
MOST_NAMES = 5
"""Of signals, in the words of a scale."""
TOLD = 80
"""Characters of a name that is told of."""


class Setting(NamedTuple):
    """Which run of a file it is."""

    source: str
    place: int
    """Of the example, from 1."""
    example: Mapping[str, Any]
    budget: str
    payload: Mapping[str, Any]
    strategy: Mapping[str, Any]

    @property
    def what(self) -> str:
        """In words."""
        title = first_words(self.example, "title", "id") or f"example {self.place}"
        strategy = first_words(self.strategy, "name", "id", "strategy_id") or "a strategy"
        return without_halves(f"{title[:TOLD]}, budget {self.budget[:TOLD]}, {strategy[:TOLD]}")


def run_of(setting: Setting, odd: list[str]) -> tuple[Kept, bool]:
    """The run, and whether it was guessed what grew from what. Raises RecordError or DraftError."""
    strategy, run = setting.strategy, object_in(setting.strategy, "run")
    scenario = found if isinstance(found := setting.payload.get("scenario"), dict) else {}
    events = [event_of(raw, place, odd) for place, raw in enumerate(list_in(run, "events"), 1)]
    final = found if isinstance(found := run.get("final"), dict) else {}
    gold = first_words(scenario, "ground_truth")
    draft = TreeDraft(
        f"{setting.source}, {setting.what}",
        first_words(scenario, "prompt"),
        answer=gold,
        model=first_words(run, "model_id"),
        scale=_scale(events),
        told=_told(setting, run, final),
    )
    growth = Growth(draft, first_words(strategy, "scorer_id") or "scorer", _cost(run))
    for event in events:
        growth.follow(event)
    text = _trajectory(final)
    chosen = growth.end(text)
    said = last_answer(text) if text else None
    answer = (first_words(final, "answer") or None) if said is None else said.text
    same = same_answer(said, whole_answer(gold)) if said is not None and gold else None
    verdict = "" if same is None else f"the answer is {answer}" + ("" if same else f", not {gold}")
    why = first_words(final, "selection_reason")
    return draft.finish(chosen, answer, same, verdict, why=why), growth.guessed


def _scale(events: list[Event]) -> Scale:
    signals = [signal for event in events for candidate in event.candidates for signal in candidate.signals]
    low = {name for event in events for name in event.better_low}
    names = [
        f"{name} (lower is better)" if name in low else name for name in dict.fromkeys(name for name, _ in signals)
    ]
    return scale_of([value for _, value in signals], f"{', '.join(names[:MOST_NAMES])}, as the log has them")


def _cost(run: Mapping[str, Any]) -> Cost:
    """What the whole run used: nobody says of which step."""
    return Cost(
        generated=count(run.get("tokens_used")) or 0, seconds=max(0.0, number(run.get("latency_ms")) or 0.0) / 1e3
    )


def _told(setting: Setting, run: Mapping[str, Any], final: Mapping[str, Any]) -> dict[str, str]:
    """What else is said of the run, by the names of the file."""
    strategy = setting.strategy
    found = told(setting.example, "id", "title", "description") | told(run, "budget_unit", "used_budget", "provider")
    found |= told(final, "confidence", "score_label", "selection_reason", "answer", "is_correct")
    found |= told(strategy, "strategy_id", "scorer_id", "name", "family", "summary", "comparison_rank")
    return found | {"format": TITLE, "file": setting.source, "budget": setting.budget}


def _trajectory(final: Mapping[str, Any]) -> str:
    given = final.get("selected_trajectory")
    if isinstance(given, list):
        return "\n".join(step for step in given if isinstance(step, str))
    return given if isinstance(given, str) else ""
