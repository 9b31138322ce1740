"""The formula lab's arithmetic: the recorded formula gives the recorded choices, another one what it would choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import ClassVar

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.events import Choice, Record, RunStarted, Selected
from engine.search.choice_columns import Block, ChoiceReader, recorded_search
from engine.search.formula_columns import block_terms, block_winners, optional
from engine.search.mcts import Mcts
from engine.search.selection import Column, FirstPlayUrgency, Formula, PUcb, Puct, StandIn, Uct, winner
from engine.search.what_if import PIECE, Otherwise, WhatIf, joined, otherwise
from engine.tree import fold
from tests.helpers.make_golden import FOLDER
from tests.helpers.rich_log import rich_log

URGENCIES = tuple(
    FirstPlayUrgency(first_play, scale)
    for first_play in ("score", "parent", "zero", "lowest")
    for scale in ("none", "siblings")
)
FORMULAS: tuple[Formula, ...] = (
    Uct(),
    Uct(0.0),
    *(Puct(urgency=urgency) for urgency in URGENCIES),
    *(PUcb(urgency=urgency) for urgency in URGENCIES),
    Puct(0.0, 1e9),
)


def golden(name: str) -> list[Record]:
    return msgspec.json.decode((FOLDER / f"{name}.json").read_bytes(), type=list[Record])


def search_of(log: Sequence[Record]) -> Mcts:
    started = log[0].event
    assert isinstance(started, RunStarted)
    search = recorded_search(started)
    assert search is not None
    return search


def asked(log: Sequence[Record], formula: Formula) -> tuple[WhatIf, Otherwise]:
    question = WhatIf(search_of(log))
    question.ask(formula)
    while question.step(log):
        pass
    return question, question.answer()


def read(log: Sequence[Record]) -> Block:
    reader = ChoiceReader(search_of(log))
    reader.read(log)
    return reader.open_block()


def choices(log: Sequence[Record]) -> list[Choice]:
    return [choice for record in log if isinstance(record.event, Selected) for choice in record.event.choices]


def wild_log() -> list[Record]:
    """Noise, flights, edits by a person, rollouts: everything that may move a number between two selections."""
    return rich_log(40, everything=True, revisit=True)


def is_mcts(log: Sequence[Record]) -> bool:
    return isinstance(log[0].event, RunStarted) and log[0].event.search == "mcts"


LOGS = {path.stem: log for path in sorted(FOLDER.glob("*.json")) if is_mcts(log := golden(path.stem))} | {
    "wild": wild_log(),
    "wild-uct-max": rich_log(40, everything=True, revisit=True, formula="uct", backup="max"),
    "wild-mctx": rich_log(40, everything=True, revisit=True, first_play="lowest", q_scale="siblings"),
    "wild-max-scaled": rich_log(40, everything=True, backup="max", first_play="parent", q_scale="siblings"),
}
every_log = pytest.mark.parametrize("log", LOGS.values(), ids=LOGS)


@every_log
def test_the_recorded_formula_gives_the_recorded_choices(log: list[Record]) -> None:
    recorded, block = choices(log), read(log)
    assert len(block) == len(recorded) > 0
    formula = search_of(log).selection.formula
    q, u = block_terms(formula, block)
    assert optional(q) == tuple(entry for choice in recorded for entry in choice.q)
    assert u.tolist() == [inf if entry is None else entry for choice in recorded for entry in choice.u]
    question, answer = asked(log, formula)
    assert len(answer) == 0
    assert question.iterations() == len({r.event.iteration for r in log if isinstance(r.event, Selected)})


@dataclass(frozen=True)
class Stranger:
    """A formula that the columns do not know: it is asked choice by choice."""

    known: Formula
    prior_breaks_ties: ClassVar[bool] = False
    words: str = "a stranger"

    def terms(
        self, visits: int, value: float | None, n: Sequence[int], q: Column, p: Sequence[float], stand_in: StandIn
    ) -> tuple[Column, Column]:
        return self.known.terms(visits, value, n, q, p, stand_in)


@every_log
@pytest.mark.parametrize("formula", FORMULAS, ids=str)
def test_columns_are_the_formula_itself(log: list[Record], formula: Formula) -> None:
    same_as_one_by_one(formula, read(log))


def same_as_one_by_one(formula: Formula, block: Block) -> None:
    q, u = block_terms(formula, block)
    slow_q, slow_u = block_terms(Stranger(formula), block)
    np.testing.assert_array_equal(q, slow_q)
    np.testing.assert_array_equal(u, slow_u)
    won = block_winners(formula, block, q, u)
    for at in range(len(block)):
        one = block.only(at)
        end = int(block.start[at]) + len(one.n)
        part = slice(int(block.start[at]), end)
        terms = optional(q[part]), [None if entry == inf else entry for entry in u[part].tolist()]
        assert won[at] - block.start[at] == winner(*terms, one.p.tolist(), formula.prior_breaks_ties)


few = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
"""Few different numbers, so that there are ties."""


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=6))
    k, m = len(sizes), sum(sizes)
    start = np.cumsum([0, *sizes[:-1]])
    n = np.array(draw(st.lists(st.integers(0, 3), min_size=m, max_size=m)))

    def reals(count: int) -> np.ndarray:
        return np.array(draw(st.lists(few | st.none(), min_size=count, max_size=count)), np.float64)

    q = np.where(n > 0, np.nan_to_num(reals(m)), np.nan)
    p = np.nan_to_num(reals(m))
    visits = np.array(draw(st.lists(st.integers(0, 9), min_size=k, max_size=k)))
    zeros = np.zeros(k, np.int64)
    return Block(zeros, zeros, zeros, zeros, visits, start, start, np.arange(m), n, reals(k), q, p, reals(m))


@given(blocks(), st.sampled_from(FORMULAS))
@settings(max_examples=300, deadline=None)
def test_ties_and_missing_numbers_go_as_in_the_engine(block: Block, formula: Formula) -> None:
    same_as_one_by_one(formula, block)


def test_another_formula_is_answered_by_hand() -> None:
    choice = Choice(0, 1, 9, (1, 2), (6, 3), (0.5, 0.7), (0.9, 0.1), (0.4, 0.1), (True, True))
    log = rich_log(3, width=2)
    at = next(i for i, r in enumerate(log) if isinstance(r.event, Selected) and r.event.choices)
    selected = log[at].event
    assert isinstance(selected, Selected)
    log[at] = msgspec.structs.replace(log[at], event=msgspec.structs.replace(selected, choices=(choice,)))
    question, answer = asked(log, Puct(0.0, 1e9))
    assert (answer.cursor[0], answer.iteration[0], answer.parent[0]) == (log[at].seq, selected.iteration, 0)
    assert (answer.was[0], answer.now[0]) == (1, 2)
    assert answer.was_score[0] == pytest.approx(0.5, abs=1e-6)  # c_base of 1e9 leaves next to nothing of u
    assert answer.now_score[0] == pytest.approx(0.7, abs=1e-6)
    assert answer.margin[0] == pytest.approx(0.2, abs=1e-6)
    assert answer.iterations[0] == selected.iteration
    made = question.choice(choice, log[at].seq, 0)
    assert made is not None
    assert made.chosen == 2
    assert made.q == choice.q
    assert made.u == pytest.approx((0.0, 0.0), abs=1e-6)


def test_a_tie_has_no_margin_and_neither_have_two_unvisited_children() -> None:
    log = golden("mcts-p-ucb-max")
    _, answer = asked(log, Uct())
    both = (answer.was_score == inf) & (answer.now_score == inf)
    assert both.any()
    assert (answer.margin[both] == 0).all()
    assert (answer.margin >= 0).all()


def test_a_choice_in_words_of_the_formula_has_its_infinite_terms() -> None:
    log = golden("mcts")
    question, answer = asked(log, Uct())
    at = int(np.flatnonzero(answer.now_score == inf)[0])
    selected = log[int(answer.cursor[at]) - 1].event
    assert isinstance(selected, Selected)
    made = question.choice(selected.choices[int(answer.level[at])], int(answer.cursor[at]), int(answer.level[at]))
    assert made is not None
    assert made.chosen == answer.now[at]
    assert made.u[made.children.index(made.chosen)] is None


@pytest.mark.parametrize("piece", [1, 7, PIECE, 10_000])
def test_a_log_that_grows_is_answered_as_a_whole_one(piece: int) -> None:
    log, formula = wild_log(), Uct(0.5)
    question = WhatIf(search_of(log))
    question.ask(formula)
    for end in range(piece, len(log) + piece, piece):
        while question.step(log[:end]):
            pass
        assert question.progress(log[:end]) == 1.0
    whole = otherwise(formula, read(log))
    assert len(whole) > 0
    for name in ("cursor", "iteration", "level", "parent", "was", "now", "was_score", "now_score"):
        np.testing.assert_array_equal(getattr(question.answer(), name), getattr(whole, name))


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    log, formula = wild_log(), PUcb(1.0)
    _, whole = asked(log, formula)
    monkeypatch.setattr("engine.search.choice_columns.BLOCK", 8)
    question, parts = asked(log, formula)
    assert len(whole) > 8
    np.testing.assert_array_equal(parts.now, whole.now)
    at = len(parts) - 1
    selected = log[int(parts.cursor[at]) - 1].event
    assert isinstance(selected, Selected)
    made = question.choice(selected.choices[int(parts.level[at])], int(parts.cursor[at]), int(parts.level[at]))
    assert made is not None
    assert made.chosen == parts.now[at]


def test_progress_grows_and_another_question_reads_nothing_again() -> None:
    log = rich_log(60, revisit=True)
    question = WhatIf(search_of(log))
    seen = [question.progress(log)]
    while question.step(log):
        seen.append(question.progress(log))
    assert seen[0] == 0
    assert seen == sorted(seen)
    question.ask(Uct())
    assert question.progress(log) >= 0.9
    steps = 0
    while question.step(log):
        steps += 1
    assert steps == 1  # one block


def test_a_stretch_of_the_log_counts_alone() -> None:
    log = wild_log()
    question, whole = asked(log, Uct(0.5))
    ends = (len(log) // 3, 2 * len(log) // 3)
    part = question.answer(ends)
    assert 0 < len(part) < len(whole)
    inside = (whole.cursor >= ends[0]) & (whole.cursor <= ends[1])
    np.testing.assert_array_equal(part.cursor, whole.cursor[inside])
    np.testing.assert_array_equal(part.now_score, whole.now_score[inside])
    looked_at = {r.event.iteration for r in log[ends[0] - 1 : ends[1]] if isinstance(r.event, Selected)}
    assert question.iterations(ends) == len(looked_at)
    assert len(part.iterations) <= len(looked_at)


def test_the_choice_at_a_cursor_is_the_last_one_before_it() -> None:
    log = golden("mcts")
    question, _ = asked(log, Uct())
    made = [(r.seq, len(r.event.choices) - 1) for r in log if isinstance(r.event, Selected) and r.event.choices]
    assert question.last_choice(made[0][0] - 1) is None
    assert question.last_choice(made[0][0]) == made[0]
    assert question.last_choice(made[1][0] - 1) == made[0]
    assert question.last_choice(len(log)) == made[-1]
    assert question.tree == fold(log)


def test_runs_that_know_no_such_formula() -> None:
    assert recorded_search(None) is None
    started = golden("tot-dfs")[0].event
    assert isinstance(started, RunStarted)
    assert recorded_search(started) is None
    strange = msgspec.structs.replace(started, search="mcts", settings={"c_init": "a lot"})
    assert recorded_search(strange) is None
    newer = msgspec.structs.replace(started, search="mcts", settings={"formula": "uct", "c": 0.5, "from_tomorrow": 1})
    assert recorded_search(newer) == replace(Mcts(), formula="uct", c=0.5)


def test_a_choice_whose_columns_do_not_fit_is_left_out() -> None:
    log = golden("mcts")
    at = next(i for i, r in enumerate(log) if isinstance(r.event, Selected) and r.event.choices)
    selected = log[at].event
    assert isinstance(selected, Selected)
    broken = msgspec.structs.replace(selected.choices[0], n=(1,))
    log[at] = msgspec.structs.replace(log[at], event=msgspec.structs.replace(selected, choices=(broken,)))
    question, _ = asked(log, Uct())
    assert question.choice(broken, log[at].seq, 0) is None


def test_nothing_is_answered_for_nothing() -> None:
    log = golden("mcts")[:1]
    question, answer = asked(log, Uct())
    assert len(answer) == len(joined(())) == question.iterations() == 0
