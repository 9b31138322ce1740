"""Files of others made wrong: the same ones for a seed, in every format, and none of them brings the program down."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from app.benchmarks.import_fuzz import mutated_imports
from app.benchmarks.import_mutants import wrong
from app.benchmarks.import_samples import samples
from app.benchmarks.reading_imports import import_all
from app.benchmarks.trials import Trials
from storage.importers import FOLDER_IMPORTERS, IMPORTERS, ForeignFileError
from tests.helpers.logs_of_others import known_as


def test_every_importer_has_a_sample() -> None:
    known = {known_as(raw, name) for name, raw in samples().items()}
    assert {entry.name for entry in IMPORTERS} <= known
    assert [entry.name for entry in FOLDER_IMPORTERS] == ["thought-anchors"], "import_trees.folder() is its sample"


@pytest.mark.parametrize("name", samples())
def test_a_seed_gives_the_same_wrong_file_again(name: str) -> None:
    original = samples()[name]
    made = [wrong(name, original, Random(seed)) for seed in (1, 2, 3, 1, 2, 3)]
    assert made[:3] == made[3:]
    assert any(raw != original for raw, _ in made)


def test_some_of_them(tmp_path: Path) -> None:
    tally, ways = mutated_imports(30, 5, tmp_path)
    assert tally.offences == []
    assert sum(ways.values()) == tally.kinds["read"] + tally.kinds["refused"] == 30


def test_an_import_that_fails_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(samples()["export_html.html"])
    with pytest.raises(ForeignFileError):
        import_all(path)
    with Trials("import") as trials:
        assert trials.read(path).kind == "refused"
        assert trials.read(tmp_path / "none").kind == "traceback", "what is no sentence counts as one"
