"""The bundled samples: whole, small, what their sentences say they are; opened as copies."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.guide.samples import SAMPLES, Sample, own_copy, shapes
from engine.tree import Tree, fold
from storage.session import Session

LARGEST = 400_000


def trees(sample: Sample, folder: Path) -> list[Tree]:
    with Session.open(own_copy(sample, folder)) as session:
        return [fold(session.records(info.id)) for info in session.runs()]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
def test_a_sample_is_small_finished_and_has_its_tree(sample: Sample, tmp_path: Path) -> None:
    assert sample.path.stat().st_size < LARGEST
    found = trees(sample, tmp_path)
    assert all(tree.finished is not None and tree.finished.answer is not None for tree in found)
    shape = shapes()[sample.id]
    assert len(shape.parents) == len(shape.values) == len(found[-1].nodes)
    assert shape.parents[0] == -1
    assert all(parent < place for place, parent in enumerate(shape.parents))
    assert [shape.parents[place] for place in shape.trace[1:]] == list(shape.trace[:-1])


def test_the_samples_are_what_their_titles_say(tmp_path: Path) -> None:
    mcts, hard, thought, words = (trees(sample, tmp_path) for sample in SAMPLES)
    assert [tree.finished.correct for tree in mcts if tree.finished] == [True]
    assert mcts[0].iterations_done == 64
    assert mcts[0].bookmarks
    assert [(tree.started.search, tree.finished.correct) for tree in hard if tree.started and tree.finished] == [
        ("best-of-n", False),
        ("beam", True),
    ]
    assert [tree.finished.correct for tree in thought if tree.finished] == [False]
    path = thought[0].path(thought[0].finished.chosen or 0) if thought[0].finished else []
    hidden = [node.step for node in path if node.hidden]
    assert "I found no way." in hidden[-2]  # before the closing tag; what is shown says otherwise
    first, second = words[0].votes[-1].tallies[:2]
    assert (first.answer, second.answer) == ("150", "105")  # 240 - 15 * 9 is 105: the vote is wrong
    assert len(words[0].notes) == 2


def test_the_bundled_file_is_never_written_to(tmp_path: Path) -> None:
    sample, before = SAMPLES[0], SAMPLES[0].path.read_bytes()
    copy = own_copy(sample, tmp_path / "new folder")
    with Session.open(copy) as session:
        session.new_run(session.plan(1))
        session.flush()
    assert own_copy(sample, tmp_path / "new folder") == copy  # the user's copy stays as the user left it
    with Session.open(copy) as session:
        assert len(session.runs()) == 2
    assert sample.path.read_bytes() == before
    assert not list(sample.path.parent.glob("*.lock"))
