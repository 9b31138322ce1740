"""The labelled traces of a session, with what its label runs found."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from app.models.label_gathering import gathered
from engine.commands import RunPlan
from engine.scores.labelling import label_plan
from engine.scores.labels import LabelSource
from engine.tree import TreeError, fold
from storage.session import Session
from tests.helpers.running import plan, run_log


def kept(session: Session, wish: RunPlan) -> int:
    run = session.new_run(wish)
    session.append(run_log(wish, number=run))
    return run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A search, and Monte-Carlo labels of one of its traces."""
    file = tmp_path / "a.espalier"
    with Session.create(file) as session:
        tree = fold(session.records(kept(session, plan("cot", text="3 4 8"))))
        end = next(node.id for node in tree.nodes.values() if node.terminal)
        kept(session, label_plan(plan("cot", text="3 4 8"), [tree.steps(end)], 4, 0))
    return file


def labels(path: Path, *sources: LabelSource) -> list[int]:
    with Session.open(path) as session:
        found = chain.from_iterable(gathered(session.runs(), lambda run: fold(session.records(run)), sources, 1))
        return [label for trace in found for label in trace.labels if label is not None]


def test_label_runs_speak_of_the_traces_of_other_runs_and_are_no_traces_themselves(path: Path) -> None:
    assert labels(path, "person") == []
    exact, rolled = labels(path, "exact"), labels(path, "monte carlo")
    assert len(exact) == len(rolled) > 1


def test_a_run_that_makes_no_sense_gives_nothing(path: Path) -> None:
    def torn(_run: int) -> None:
        raise TreeError("torn")

    with Session.open(path) as session:
        assert list(chain.from_iterable(gathered(session.runs(), torn, ("exact",), 1))) == []  # type: ignore[arg-type]
