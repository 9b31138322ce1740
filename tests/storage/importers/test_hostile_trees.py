"""Trees from elsewhere that somebody tampered with: any JSON ends in runs that hold, and in sentences."""

from __future__ import annotations

import io
import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.events import decode_event, encode_event
from engine.tree import fold
from storage.importers import IMPORTERS, importer_of
from storage.importers.importer import Head, Importer
from storage.importers.llm_mcts import LLM_MCTS
from storage.importers.mcts_reasoning import MCTS_REASONING
from storage.importers.mctx import MCTX
from storage.importers.tot import TREE_OF_THOUGHTS
from tests.helpers.tree_files import found_in, llm_mcts, mcts_reasoning, mctx, reasoned, tot, tot_step, visit

BEAM = tot(
    tot_step([""], ["a (left: 1)\n", "b\n"], [20.002, 0.003], ["a (left: 1)\n"]),
    tot_step(["a (left: 1)\n"], ["a (left: 1)\nAnswer: 1\n"], [60.0], ["a (left: 1)\nAnswer: 1\n"]),
)
SAMPLES = {"idx": 1, "ys": ["Steps:\nAnswer: 2", "Answer: 3"], "accs": [True, False]}
GAME = [visit(["h1. a"], (1, 2, 0), r_word=0.2), visit(["h1. a", "v1. b"], (0, 1, 3), r_word=0.4)]
RECORDS: tuple[tuple[Importer, Any], ...] = (
    (TREE_OF_THOUGHTS, BEAM), (TREE_OF_THOUGHTS, SAMPLES), (TREE_OF_THOUGHTS, GAME), (MCTX, mctx(6)),
    (MCTS_REASONING, mcts_reasoning(gold="0")), (LLM_MCTS, llm_mcts(4)), (LLM_MCTS, llm_mcts(4, is_frozen=False)),
)  # fmt: skip
ODD_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 5), st.text(max_size=3), st.just([]), st.just({}),
    st.sampled_from([10**400, -(10**30), 1e300, float("nan"), float("inf"), 0.5]),
    st.sampled_from(["\ud800", "a\0b\u202e", [[]], [1, "a"], {"a": []}]),
)  # fmt: skip


def places(value: Any) -> list[tuple[Any, Any]]:
    """(holder, key) of everything in a value."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    for holder in waiting:
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        found += [(holder, key) for key in keys]
        waiting += [holder[key] for key in keys if isinstance(holder[key], dict | list)]
    return found


def tampered(record: Any, data: st.DataObject) -> Any:
    changed = deepcopy(record)
    for _ in range(data.draw(st.integers(1, 4))):
        found = places(changed)
        if not found:
            break
        holder, key = found[data.draw(st.integers(0, len(found) - 1))]
        how = data.draw(st.sampled_from(("value", "value", "gone", "twice")))
        if how == "value":
            holder[key] = deepcopy(data.draw(ODD_VALUES))
        elif how == "gone":
            del holder[key]
        elif isinstance(holder, list):
            holder.append(deepcopy(holder[key]))
    return changed


@pytest.mark.parametrize(("importer", "record"), RECORDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_tampered_records_end_in_runs_that_hold(importer: Importer, record: Any, data: st.DataObject) -> None:
    changed = tampered(record, data)
    importer.recognises(Head(b"", changed))
    runs, odd = found_in(importer, record, changed)
    assert runs  # the first record, at the least
    assert len(odd) < 20
    for run in runs:
        records = run.records(1, 0.0)
        assert [decode_event(encode_event(one.event)) for one in records] == [one.event for one in records]
        assert len(fold(records).nodes) > 1


@pytest.mark.parametrize(("importer", "record"), RECORDS)
def test_every_format_knows_its_own_records_and_no_others(importer: Importer, record: Any) -> None:
    head = Head(json.dumps(record).encode(), record)
    assert [entry.name for entry in IMPORTERS if entry.recognises(head) > 0] == [importer.name]


@pytest.mark.parametrize("importer", [TREE_OF_THOUGHTS, MCTX, MCTS_REASONING, LLM_MCTS])
@pytest.mark.parametrize(
    "record", [{}, {"a": 1}, {"0": 1}, {"ys": []}, {"tree": {}}, {"root": {}}, {"steps": 3}, {"steps": []}]
)
def test_what_is_no_tree_is_said_in_a_sentence(importer: Importer, record: Any) -> None:
    runs, odd = found_in(importer, record)
    assert not runs
    assert odd
    assert all(line.startswith("line 1: ") and not line.endswith((".", ": ")) for line in odd)


def test_a_step_with_too_many_pairs_is_refused_at_once() -> None:
    step = tot_step(["x"] * 1_000, ["xy"] * 1_000, [1.0] * 1_000, [])
    runs, odd = found_in(TREE_OF_THOUGHTS, tot(step))
    assert (runs, odd) == ([], ["line 1: its step 0 has 1,000 beams and 1,000 candidates: too many"])


def test_trees_may_lie_deeper_in_json_than_other_records() -> None:
    """Two levels of JSON for each step: 190 steps are read, 210 are refused in a sentence."""
    for depth, is_read in ((190, True), (210, False)):
        node: dict[str, Any] = {"prior": 1.0, "action": 0, "child_stats": []}
        state = reasoned("x" * depth, 1, 0.5, answer="x")
        for at in range(depth - 1, -1, -1):
            counts = {"visit": depth - at, "value_view": 0.5, "raw_value_view": 0.5, "evaluation_index": at}
            node = {"prior": 1.0, "action": 0, "reward": 0.0, "child_stats": [node], **counts}
            state = reasoned("x" * at, 1, 0.5, state)
        record = {"env_config": {"discount": 1.0}, "tree": node}
        for importer, one in ((MCTX, record), (MCTS_REASONING, {"root": state, "terminal_states": []})):
            runs, odd = found_in(importer, one)
            assert [len(fold(run.records(1, 0.0)).nodes) for run in runs] == [depth + 1] * is_read
            assert is_read or odd == ["line 1: its lists and objects lie more than 400 deep within each other"]
            assert (importer_of(io.BytesIO(json.dumps([one]).encode()), "a") is importer) == is_read
