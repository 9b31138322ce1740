"""Whatever somebody made of a log of steps: it ends in runs that are trees, and in sentences."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.events import decode_event, encode_event
from engine.importing import Kept
from storage.importers import IMPORTERS, importer_of_file
from storage.importers.gsm8k import GSM8K, GSM8K_SOLUTIONS
from storage.importers.importer import Importer, Odd
from storage.importers.landscape import LANDSCAPE
from storage.importers.loom import LOOM
from storage.importers.think_booster import THINK_BOOSTER
from storage.importers.thought_anchors import THOUGHT_ANCHORS
from storage.importers.tree_log import TREE_LOG
from tests.helpers.data_sets import tree_of
from tests.helpers.invariants import check_tree
from tests.helpers.step_logs import (
    TRIALS,
    anchors,
    beams,
    booster,
    chain,
    damaged,
    gsm8k,
    landscape,
    loom,
    reasoners,
    solutions,
    write_folder,
)
from tests.helpers.tree_files import found_in

LOGS: tuple[tuple[Importer, Any], ...] = (
    (TREE_LOG, reasoners()),
    (THINK_BOOSTER, booster(beams(), chain())),
    (GSM8K, gsm8k()),
    (LOOM, loom()),
    (LANDSCAPE, landscape(*TRIALS)),
    (GSM8K_SOLUTIONS, solutions(a=("12-2=<<12-2=10>>10\nA: 10", True), b=("A: 9", False))),
)
NAMES = [importer.name for importer, _ in LOGS]
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


def check_run(run: Kept) -> None:
    """It folds to a tree, and a file can hold it."""
    check_tree(tree_of(run), run.records(1, 0.0))
    assert [decode_event(encode_event(event)) for event in run.events] == list(run.events)


def check(importer: Importer, *records: Any) -> None:
    runs, odd = found_in(importer, *records)
    for run in runs:
        check_run(run)
    assert runs or odd
    assert all(odd)


@pytest.mark.parametrize(("importer", "record"), LOGS, ids=NAMES)
@pytest.mark.parametrize("seed", range(40))
def test_damaged_records_end_in_trees_and_sentences(importer: Importer, record: Any, seed: int) -> None:
    random = Random(seed)
    check(importer, record, *(damaged(record, random, times) for times in (1, 3, 12)))


@pytest.mark.parametrize(("importer", "record"), LOGS, ids=NAMES)
@settings(max_examples=30, deadline=None)
@given(value=ANY_JSON)
def test_any_json_is_no_surprise(importer: Importer, record: Any, value: Any) -> None:
    check(importer, record, value)
    key = next(iter(record))
    check(importer, record | {key: value})


@pytest.mark.parametrize(("importer", "record"), LOGS, ids=NAMES)
@pytest.mark.parametrize("indent", [None, 1])
def test_every_format_is_known_by_its_content(
    importer: Importer, record: Any, indent: int | None, tmp_path: Path
) -> None:
    (tmp_path / "a").write_text(json.dumps(record, indent=indent))
    assert importer_of_file(tmp_path / "a") is importer
    with (tmp_path / "a").open("rb") as stream:
        assert [one for one in importer.records(stream, "a") if not isinstance(one, Odd)]


@pytest.mark.parametrize("seed", range(40))
def test_damaged_folders_end_in_trees_and_sentences(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    files = {name: value if random.random() < 0.6 else damaged(value, random) for name, value in anchors().items()}
    name = random.choice(list(files))
    raw = json.dumps(files[name]).encode()
    write_folder(tmp_path / "p", files | {name: raw[: random.randrange(len(raw))] if seed % 3 == 0 else raw})
    for one in THOUGHT_ANCHORS.records(tmp_path):
        if isinstance(one, Odd):
            assert one.what
        else:
            check_run(one)


def test_names_are_unique() -> None:
    assert THOUGHT_ANCHORS.name not in {entry.name for entry in IMPORTERS}
