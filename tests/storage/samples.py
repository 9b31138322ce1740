"""Logs for tests of the session file: one by hand with token rows, and arbitrary ones. Knows no model and no Qt."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st
from msgspec.structs import replace

from engine.commands import RunPlan
from engine.events import (
    AnyEvent,
    Asked,
    AskEnded,
    Backpropagated,
    Bookmarked,
    Budget,
    Choice,
    Cost,
    Expanded,
    IterationFinished,
    NewNode,
    Noted,
    PriorsNoised,
    Pruned,
    Record,
    Restored,
    RolledOut,
    RunFinished,
    RunResumed,
    RunStarted,
    Score,
    Scored,
    ScoreSet,
    Selected,
    Tally,
    TaskUndone,
    VirtualLossChanged,
    Voted,
)
from engine.tokens import Alternative, Token, pack
from storage.session import Session
from tests.helpers.logs import search_log


def started() -> RunStarted:
    """The first event of a run."""
    event = search_log(0)[0].event
    assert isinstance(event, RunStarted)
    return event


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
_sources = st.sampled_from(["policy", "prm", "orm", "self-evaluation", "rule", "code", "person", "gold"])
_who = st.sampled_from(["search", "person"])
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
    growing = [0]
    nodes = 1
    for _ in range(draw(st.integers(0, 12))):
        event = draw(_event(nodes, growing))
        if isinstance(event, Expanded):
            growing += [child.node for child in event.children if not (child.terminal or child.broken)]
            nodes += len(event.children)
        events.append(event)
    return [Record(1, seq, draw(_number), event) for seq, event in enumerate(events, 1)]


def _event(nodes: int, growing: list[int]) -> st.SearchStrategy[AnyEvent]:
    """One event that fits a tree of so many nodes, of which these may have children.

    The kind is drawn first: to make the strategies of all kinds for one event takes far longer than to draw it.
    """
    return st.sampled_from(_KINDS).flatmap(lambda make: make(st.integers(0, nodes - 1), nodes, growing))


def _choice(old: st.SearchStrategy[int]) -> st.SearchStrategy[Choice]:
    terms = st.tuples(st.none() | _number)
    return st.builds(
        Choice,
        old,
        old,
        _count,
        st.just((1,)),
        st.just((2,)),
        terms,
        st.tuples(_share),
        terms,
        st.tuples(st.booleans()),
    )


def _pruned(nodes: int) -> st.SearchStrategy[AnyEvent]:
    """Nodes and as many reasons; never the root."""
    if nodes == 1:
        return st.builds(Pruned, _count, st.just(()), st.just(()), _who)
    pairs = st.lists(st.tuples(st.integers(1, nodes - 1), st.text()), max_size=3)
    return st.builds(
        lambda count, found, who: Pruned(count, tuple(n for n, _ in found), tuple(why for _, why in found), who),
        _count, pairs, _who,
    )  # fmt: skip


def _tallies(nodes: st.SearchStrategy[int]) -> st.SearchStrategy[Tally]:
    return st.builds(Tally, st.text(), _count, st.floats(0, 1e9), nodes)


@st.composite
def _children(draw: st.DrawFn, first: int) -> tuple[NewNode, ...]:
    return tuple(
        draw(
            st.builds(
                NewNode, st.just(first + index), st.text(), _share, st.none() | _number, st.booleans(),
                st.integers(0, 99), st.binary(max_size=8), st.booleans(), st.text(),
                st.none() | st.integers(0, first + index - 1),
            )
        )
        for index in range(draw(st.integers(0, 4)))
    )  # fmt: skip


def _undone(count: int, node: int, again: bool, visits: int, value: float) -> TaskUndone:
    return TaskUndone(count, 1, again, (), (), (), (node,), (node,), (visits,), (value,), (value,), (value,))


_KINDS: tuple[Callable[[st.SearchStrategy[int], int, list[int]], st.SearchStrategy[AnyEvent]], ...] = (
    lambda _old, nodes, growing: st.builds(
        Expanded, _count, st.sampled_from(growing), _children(nodes), _costs,
        st.sampled_from(["sample", "propose", "person"]),
    ),
    lambda old, _nodes, _growing: st.builds(
        Scored, _count, st.lists(st.builds(Score, old, _share, _sources, st.text(), st.text()), max_size=3).map(tuple),
        _costs,
    ),
    lambda old, _nodes, _growing: st.builds(Selected, _count, old, st.tuples(old), st.text(), st.tuples(_choice(old))),
    lambda old, _nodes, _growing: st.builds(
        RolledOut, _count, old, st.lists(st.text(), max_size=3).map(tuple), st.none() | st.text(),
        st.none() | _share, st.none() | _sources, st.text(), st.tuples(st.none() | _share), _costs,
    ),
    lambda old, _nodes, _growing: st.builds(Backpropagated, _count, old, _share, _sources, st.booleans()),
    lambda _old, _nodes, _growing: st.builds(IterationFinished, _count),
    lambda _old, _nodes, _growing: st.builds(RunResumed, st.text()),
    lambda old, _nodes, _growing: st.builds(
        PriorsNoised, _count, old, st.tuples(old), st.tuples(_share), st.tuples(_share), _share, _share
    ),
    lambda old, _nodes, _growing: st.builds(VirtualLossChanged, _count, old, st.sampled_from([1, -1])),
    lambda _old, nodes, _growing: _pruned(nodes),
    lambda old, _nodes, _growing: st.builds(Restored, _count, st.lists(old, max_size=3).map(tuple), _who),
    lambda old, _nodes, _growing: st.builds(ScoreSet, _count, old, st.none() | _share),
    lambda old, _nodes, _growing: st.builds(_undone, _count, old, st.booleans(), st.integers(-3, 3), _share),
    lambda old, _nodes, _growing: st.builds(Noted, old, st.text()),
    lambda old, _nodes, _growing: st.builds(Bookmarked, old, st.booleans()),
    lambda old, _nodes, _growing: st.builds(Asked, _count, st.text(), old, st.text()),
    lambda _old, _nodes, _growing: st.builds(AskEnded, _count, st.text()),
    lambda old, _nodes, _growing: st.builds(
        Voted, _count, st.text(), st.lists(_tallies(old), max_size=3).map(tuple), _count, st.booleans(),
        st.none() | _share, st.none() | _share,
    ),
    lambda old, _nodes, _growing: st.builds(
        RunFinished, st.just("budget"), st.text(), st.none() | old, st.none() | st.text(),
        st.none() | st.booleans(), st.text(),
    ),
)  # fmt: skip
