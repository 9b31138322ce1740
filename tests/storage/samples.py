"""Logs for tests of the session file: one by hand with token rows, and arbitrary ones. Knows no model and no Qt."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from engine.commands import RunPlan
from engine.events import (
    AnyEvent,
    Backpropagated,
    Budget,
    Choice,
    Cost,
    Expanded,
    IterationFinished,
    NewNode,
    Record,
    RolledOut,
    RunFinished,
    RunResumed,
    RunStarted,
    Score,
    Scored,
    Selected,
)
from engine.tokens import Alternative, Token, pack
from storage.session import Session
from tests.helpers.logs import search_log

PLAN = RunPlan("game24", "4 9 10 13", "mcts", {"simulations": 3}, 7, Budget(simulations=3), "", ("prm", "rule"))


def token_row(step: str) -> bytes:
    """A packed row: a token per word, each with an alternative."""
    words = step.split(" ")
    texts = [word + " " for word in words[:-1]] + [words[-1]]
    return pack(tuple(Token(text, n, -0.5 / (n + 1), 0.25, (Alternative(text, 0.5),)) for n, text in enumerate(texts)))


def log(iterations: int = 3, run: int = 1, *, finished: bool = True) -> tuple[Record, ...]:
    """`search_log` with a token row for every step."""
    return tuple(
        replace(record, event=_with_tokens(record.event)) for record in search_log(iterations, run, finished=finished)
    )


def broad_log(expansions: int, run: int = 1) -> tuple[Record, ...]:
    """A long log of small events: a start, then expansions of the root by two children each."""
    pairs = (
        tuple(NewNode(n, f"step {n}\n", 0.5, tokens=b"row" * 9) for n in (2 * e + 1, 2 * e + 2))
        for e in range(expansions)
    )
    events: list[AnyEvent] = [log()[0].event, *(Expanded(e, 0, pair) for e, pair in enumerate(pairs, 1))]
    return tuple(Record(run, seq, float(seq), event) for seq, event in enumerate(events, 1))


def _with_tokens(event: AnyEvent) -> AnyEvent:
    if not isinstance(event, Expanded):
        return event
    return replace(event, children=tuple(replace(child, tokens=token_row(child.step)) for child in event.children))


def save(session: Session, *logs: tuple[Record, ...]) -> None:
    """Add a run for each log, which must be numbered so, and have it on disk."""
    for records in logs:
        assert session.new_run(PLAN) == records[0].run
        session.append(records)
    session.flush()


# Arbitrary logs that fold: the shape of a search does not matter to a file, so these have none.
_number = st.floats(allow_nan=False, allow_infinity=False)
_share = st.floats(0, 1)
_count = st.integers(0, 2**40)
_sources = st.sampled_from(["policy", "prm", "rule", "person", "gold"])
_costs = st.builds(Cost, _count, _count, _count, _count, _count, st.floats(0, 1e9))
_settings = st.dictionaries(st.text(), st.none() | st.booleans() | st.integers(-(2**60), 2**60) | _number | st.text())


@st.composite
def arbitrary_logs(draw: st.DrawFn) -> list[Record]:
    """Records of run 1, at least one."""
    events: list[AnyEvent] = [
        RunStarted(
            draw(st.text()), draw(st.text()), draw(st.text()), "mcts", draw(_settings), draw(_count), Budget(), "", ()
        )
    ]
    nodes = 1
    for _ in range(draw(st.integers(0, 12))):
        event = draw(_event(nodes))
        nodes += len(event.children) if isinstance(event, Expanded) else 0
        events.append(event)
    return [Record(1, seq, draw(_number), event) for seq, event in enumerate(events, 1)]


def _event(nodes: int) -> st.SearchStrategy[AnyEvent]:
    """One event that fits a tree of so many nodes."""
    old = st.integers(0, nodes - 1)
    scores = st.lists(st.builds(Score, old, _share, _sources, st.text(), st.text()), max_size=3).map(tuple)
    choice = st.builds(
        Choice, old, old, _count, st.just((1,)), st.just((2,)), st.tuples(st.none() | _number), st.tuples(_share),
        st.tuples(st.none() | _number), st.tuples(st.booleans()),
    )  # fmt: skip
    rollout = st.builds(
        RolledOut, _count, old, st.lists(st.text(), max_size=3).map(tuple), st.none() | st.text(),
        st.none() | _share, st.none() | _sources, st.text(), st.tuples(st.none() | _share), _costs,
    )  # fmt: skip
    return st.one_of(
        st.builds(Expanded, _count, old, _children(nodes), _costs),
        st.builds(Scored, _count, scores, _costs),
        st.builds(Selected, _count, old, st.tuples(old), st.text(), st.tuples(choice)),
        rollout,
        st.builds(Backpropagated, _count, old, _share, _sources, st.booleans()),
        st.builds(IterationFinished, _count),
        st.builds(RunResumed, st.text()),
        st.builds(RunFinished, st.just("budget"), st.text(), st.none() | old, st.none() | st.text(),
                  st.none() | st.booleans(), st.text()),
    )  # fmt: skip


@st.composite
def _children(draw: st.DrawFn, first: int) -> tuple[NewNode, ...]:
    return tuple(
        draw(
            st.builds(
                NewNode, st.just(first + index), st.text(), _share, st.none() | _number, st.booleans(),
                st.integers(1, 99), st.binary(max_size=8), st.booleans(), st.text(),
            )
        )
        for index in range(draw(st.integers(0, 4)))
    )  # fmt: skip
