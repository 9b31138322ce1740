"""How far a probe is, in words: for its row in the list, and below what it found. Starts nothing; knows no widget."""

from __future__ import annotations

from collections.abc import Sequence

from app.language import tr
from app.models.probe_results import Reading, Trial
from app.panels.probes_words import estimate_words, spent_words
from app.probing import Probing
from engine.frames import Branch
from storage.runs import RunInfo


def row_words(trial: Trial, probing: Probing) -> str:
    """State, or the figure of a probe that was read before."""
    info = trial.info
    if info is None:
        return tr("waiting") if waits(trial, probing) else tr("never run")
    if info.id == probing.active:
        reading = probing.reading(info.id)
        return tr("running, {share:.0%}").format(share=0.0 if reading is None else reading.progress)
    if not info.events:
        why = probing.refusal(info.id)
        return tr("not started: {why}").format(why=why) if why else tr("not started")
    reading = probing.reading(info.id) if probing.read_before(info) is not None else None
    figure = None if reading is None or reading.result is None else reading.result.figure
    words = "…" if reading is None else tr("no figure") if figure is None else estimate_words(figure.estimate)
    return " · ".join(filter(None, (words, _early_end(info))))


def state_words(info: RunInfo, reading: Reading, probing: Probing) -> str:
    """`67 % drawn`, or what a probe has used and why it ended before it was done."""
    if info.id == probing.active:
        drawn = tr("{share:.0%} drawn").format(share=reading.progress)
        return " · ".join(filter(None, (drawn, _written_words(probing.branches))))
    return " · ".join(filter(None, (spent_words(reading.tree.cost, info.plan.budget), _early_end(info))))


def waits(trial: Trial, probing: Probing) -> bool:
    """Whether a probe of this kind is in the queue."""
    return any(plan.search == trial.kind.name for plan in probing.waiting)


def _written_words(branches: Sequence[Branch]) -> str:
    """`27 texts being written, 9,400 characters`: samples come in by the round, and one round may take long."""
    characters = sum(len(branch.text) for branch in branches)
    words = tr("{count:,} texts being written, {characters:,} characters so far")
    return words.format(count=len(branches), characters=characters) if characters else ""


def _early_end(info: RunInfo) -> str:
    """Why a probe ended before all was drawn; empty if it did not."""
    if info.state != "finished":
        return tr("interrupted")
    ended = {"stopped": tr("stopped"), "budget": tr("budget used up"), "failed": tr("failed")}
    return ended.get(info.reason or "", "")
