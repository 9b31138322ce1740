"""A count of answers in sentences, and where its curve is worth a point. Pure functions; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.language import mark, tr
from app.panels.event_words import tie_words
from engine.search.stopping import STOPPING_RULES, stopping_curve
from engine.search.values import AGGREGATIONS, Aggregation
from engine.search.votes import RULES, Sample, Verdict, count

RULE_WORDS = {
    "majority": mark("Majority"),
    "weighted-prm": mark("PRM-weighted vote"),
    "weighted-orm": mark("ORM-weighted vote"),
    "weighted-logprob": mark("Likelihood-weighted vote"),
    "best-prm": mark("Best by PRM"),
    "best-orm": mark("Best by ORM"),
    "best-logprob": mark("Best by likelihood"),
}
"""By the names in RULES."""
MOST_POINTS = 64
"""Sizes at which a curve is counted: a vote over n samples costs n."""
MOST_WATCHED = 400
"""Samples that a stopping rule is asked about: authors never draw more than 40."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The winner's share of all weight among the first 1, 2 ... n samples of one stored set."""

    sizes: tuple[int, ...]
    shares: tuple[float, ...]
    """In [0, 1]."""
    winners: tuple[str | None, ...]
    """Canonical answers."""


@dataclass(frozen=True, slots=True)
class Stopping:
    """What a rule of Adaptive-Consistency would have made of the samples."""

    rule: str
    threshold: float
    confidence: tuple[float, ...]
    """After the first 1, 2 ... n samples."""
    at: int | None
    """After how many it would have stopped; None: not within them."""

    @property
    def words(self) -> str:
        count = len(self.confidence)
        if self.at is not None:
            return tr("would have stopped at sample {at} of {count}").format(at=self.at, count=count)
        if count == 1:
            return tr("would not have stopped (1 sample)")
        return tr("would not have stopped ({count} samples)").format(count=count)


def curve_of(samples: Sequence[Sample], rule: str, aggregation: Aggregation) -> Curve:
    """maj@k or best@k at up to MOST_POINTS sizes, the last one included; nothing is drawn again."""
    whole = len(samples)
    sizes = sorted({max(1, round(whole * (at + 1) / MOST_POINTS)) for at in range(MOST_POINTS)}) if whole else []
    verdicts = [count(samples[:size], rule, aggregation) for size in sizes]
    return Curve(
        tuple(sizes),
        tuple(verdict.share for verdict in verdicts),
        tuple(verdict.answer for verdict in verdicts),
    )


def stopping_of(samples: Sequence[Sample], rule: str) -> Stopping:
    """What the stopping rule says after each sample; one that a rule refuses has no vote."""
    answers = [None if sample.refused else sample.answer for sample in samples[:MOST_WATCHED]]
    sure = stopping_curve(answers, rule)
    threshold = STOPPING_RULES[rule][1]
    at = next((size for size, confidence in enumerate(sure, 1) if confidence >= threshold), None)
    return Stopping(rule, threshold, tuple(sure), at)


def usable_rules(samples: Sequence[Sample]) -> set[str]:
    """Rules whose scores at least one sample has."""
    return {
        name
        for name, rule in RULES.items()
        if not rule.needs or any(getattr(sample, rule.needs) is not None for sample in samples)
    }


def verdict_words(verdict: Verdict) -> str:
    """Who has a vote and who has none, and a tie."""
    parts = (
        (verdict.unanswered, tr("{count} without an answer")),
        (verdict.refused, tr("{count} refused by a rule")),
        (verdict.unscored, tr("{count} without the score that this rule needs")),
    )
    left_out = ", ".join(words.format(count=count) for count, words in parts if count)
    ended = tr("1 trace has ended") if verdict.samples == 1 else tr("{count} traces have ended")
    words = ended.format(count=verdict.samples)
    words += tr("; no vote: {left_out}.").format(left_out=left_out) if left_out else "."
    return f"{words} {tie_words(*(tally.answer for tally in verdict.tallies[:2]))}" if verdict.tied else words


def rule_in(words: str) -> tuple[str, Aggregation] | None:
    """The rule and aggregation that a run's own count names; None for another one."""
    found = ((name, how) for name, rule in RULES.items() for how in AGGREGATIONS if words.startswith(rule.words(how)))
    return max(found, key=lambda pair: len(RULES[pair[0]].words(pair[1])), default=None)
