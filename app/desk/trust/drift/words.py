"""What special tokens do to scores, in words. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence

from app.desk.trust.drift.table import STRIKING
from app.desk.words import signed
from app.language import tr
from app.models.drift import Drift, Inquiry, StringDrift, by_string, control_for
from app.panels.texts import decimal
from app.plain_text import one_line, visible

LONGEST = 300
MOST_NAMED = 4


def plan_words(found: Inquiry) -> str:
    """What would be asked."""
    texts = len({case.hostile for case in found.cases})
    return tr("{strings} strings, each beside an innocent word as long: {count:,} traces to score").format(
        strings=texts, count=len(found.asked)
    )


def progress_words(found: Sequence[Drift], done: int, total: int, active: bool, error: str) -> str:
    """How far it is, or what came of it."""
    if active:
        return tr("{done:,} of {total:,} traces scored…").format(done=done, total=total)
    parts = [] if done >= total else [tr("Stopped after {done:,} of {total:,} traces.").format(done=done, total=total)]
    return " ".join(filter(None, (*parts, verdict(found), visible(error))))


def verdict(found: Sequence[Drift]) -> str:
    """Which strings move scores further than a word does."""
    if not found:
        return ""
    striking = [row for row in by_string(found) if row.lost or (row.change or 0.0) - (row.control or 0.0) > STRIKING]
    if not striking:
        return tr("No string moves scores further than a word as long does: its text is taken for text.")
    names = ", ".join(one_line(row.hostile.text, 40) for row in striking[:MOST_NAMED])
    if len(striking) > MOST_NAMED:
        names += " …"
    return tr("Further than a word as long does, scores are moved by: {names}.").format(names=names)


def case_words(row: Drift) -> str:
    """All about a case."""
    case = row.case
    step = one_line(case.subject.steps[case.step], LONGEST)
    word = tr("the word: {word}").format(word=control_for(case.hostile.text))
    changes = tr("{before} → {after} with the string, → {control} with the word").format(
        before=decimal(row.before), after=decimal(row.after), control=decimal(row.control)
    )
    return f"{visible(case.hostile.text)}\n{word}\n{step}\n{changes}"


def note_words(spec: str, rows: Sequence[StringDrift]) -> str:
    """A note for the end of a trace."""
    head = tr("Special tokens as plain text, scored by {scorer}:").format(scorer=visible(spec))
    line = "{text}: {change} ({word} {control})"
    lines = [
        line.format(
            text=visible(row.hostile.text),
            change=tr("no score") if row.lost else signed(row.change),
            word=tr("a word"),
            control=signed(row.control),
        )
        for row in rows
    ]
    return "\n".join((head, *lines))
