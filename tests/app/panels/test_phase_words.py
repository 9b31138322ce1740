"""What the inspector tells of a phase: the numbers are those of the event, for every phase."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import pytest

from app.models.shown_run import ShownRun
from app.panels.inspector import InspectorPanel
from app.panels.phase_words import MOST_LINES, PhaseWords, phase_words
from app.panels.texts import decimal
from engine.events import (
    AnyEvent,
    Backpropagated,
    Bookmarked,
    Event,
    Expanded,
    Noted,
    Record,
    RolledOut,
    Scored,
    Selected,
)
from engine.tree import fold
from tests.helpers.rich_log import rich_log

RECORDS = rich_log(30)
E = TypeVar("E", bound=Event)


def told(records: Sequence[Record], kind: type[E], number: int = 2) -> tuple[E, PhaseWords]:
    """The event of this kind with this number, and what is said once it has happened."""
    cursor = [at for at, record in enumerate(records, 1) if isinstance(record.event, kind)][number]
    event = records[cursor - 1].event
    assert isinstance(event, kind)
    words = phase_words(records, cursor, fold(records[:cursor]))
    assert words is not None
    return event, words


def test_a_selection_adds_up_level_by_level() -> None:
    event, words = told(RECORDS, Selected, 12)
    assert words.title == f"Iteration {event.iteration} · selection"
    assert len(words.lines) == len(event.choices) > 1
    for line, choice in zip(words.lines, event.choices, strict=True):
        at = choice.children.index(choice.chosen)
        q, u = choice.q[at] or 0.0, choice.u[at]
        assert u is not None
        assert line.startswith(f"{q:.3f} + {u:.3f} = {q + u:.3f}  ")


def test_the_first_selection_has_nothing_to_choose() -> None:
    _, words = told(RECORDS, Selected, 0)
    assert "nothing to choose" in words.words
    assert words.lines == ()


def test_an_expansion_lists_the_new_steps_with_their_priors() -> None:
    event, words = told(RECORDS, Expanded)
    assert f"{sum(new.samples for new in event.children)} next steps" in words.words
    assert words.lines == tuple(f"P {new.prior:.2f}  {new.step.strip()}" for new in event.children)


def test_scores_name_who_judged() -> None:
    event, words = told(RECORDS, Scored)
    assert words.words.startswith("PRM: ")
    assert [line[:4] for line in words.lines] == [f"{score.value:.2f}" for score in event.scores]


def test_backpropagation_shows_the_trace_as_it_is_now() -> None:
    event, words = told(RECORDS, Backpropagated, 5)
    cursor = next(at for at, record in enumerate(RECORDS, 1) if record.event is event)
    path = fold(RECORDS[:cursor]).path(event.leaf)
    assert f"{event.value:.2f} was credited" in words.words
    for line, node in zip(words.lines, path, strict=True):
        assert line.split()[:4] == ["N", str(node.visits), "Q", decimal(node.value)]


def test_a_rollout_is_told_with_its_text_and_worth() -> None:
    event, words = told(rich_log(20, value="rollout"), RolledOut, 0)
    assert f"Answer {event.answer}, worth {decimal(event.value)}" in words.words
    assert words.lines[0] == event.steps[0].strip()


def test_nothing_is_told_before_the_first_phase_and_after_the_end() -> None:
    assert phase_words(RECORDS, 0, fold([])) is None
    assert phase_words(RECORDS, 1, fold(RECORDS[:1])) is None
    assert phase_words(RECORDS, len(RECORDS), fold(RECORDS)) is None


def test_a_note_hides_no_phase() -> None:
    cursor = 60
    said: tuple[AnyEvent, ...] = (Noted(1, "odd"), Bookmarked(1, True))
    noted = [*RECORDS[:cursor], *(Record(1, cursor + n, 0.0, event) for n, event in enumerate(said, 1))]
    assert phase_words(noted, cursor + 2, fold(noted)) == phase_words(RECORDS, cursor, fold(RECORDS[:cursor]))


def test_many_lines_are_shortened() -> None:
    event, _ = told(RECORDS, Expanded)
    many = tuple(event.children[0] for _ in range(3 * MOST_LINES))
    record = Record(1, 1, 0.0, Expanded(1, 0, many))
    words = phase_words([record], 1, fold(RECORDS))
    assert words is not None
    assert len(words.lines) == MOST_LINES
    assert words.lines[-1] == f"… and {2 * MOST_LINES + 1} more"


@pytest.mark.parametrize("cursor", [60, 61, 62, 63])
def test_stepping_needs_no_click(
    cursor: int,
    see: Callable[[type[InspectorPanel]], InspectorPanel],
    shown: ShownRun,
    settle: Callable[[InspectorPanel], None],
) -> None:
    inspector = see(InspectorPanel)
    shown.show(1, RECORDS[:cursor])
    settle(inspector)
    words, selected = phase_words(RECORDS, cursor, shown.tree), shown.tree.selected
    assert words is not None
    assert selected is not None
    assert (inspector.title.text(), inspector.phase.text()) == (words.title, words.words)
    assert inspector.phase_lines.text().splitlines() == list(words.lines)
    choice = next(choice for choice in reversed(selected.choices) if len(choice.children) > 1)
    assert [row.n for row in inspector.children_table.model.rows] == list(choice.n)
    shown.select(1)
    settle(inspector)
    assert not inspector.phase.isVisibleTo(inspector)
    assert inspector.step.isVisibleTo(inspector)
