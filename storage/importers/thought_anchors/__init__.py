"""Thought anchors (Bogdan et al. 2025, arXiv 2506.19143): folders with a chain of thought, its sentences, their weight.

One folder is one problem; a folder of such folders, up to MOST_LEVELS above them, is as many runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.importing import Kept
from storage.importers.importer import Odd
from storage.importers.records import RecordError
from storage.importers.thought_anchors.folders import Problem, problem_folders
from storage.importers.thought_anchors.runs import TITLE, run_of


class ThoughtAnchors:
    """The importer."""

    name = "thought-anchors"
    title = TITLE

    def recognises(self, folder: Path) -> float:
        return 1.0 if next(problem_folders(folder), None) is not None else 0.0

    def records(self, folder: Path) -> Iterator[Kept | Odd]:
        for number, found in enumerate(problem_folders(folder), 1):
            problem = Problem(found, folder)
            try:
                run = run_of(problem)
            except RecordError as error:
                problem.odd.append(str(error))
                yield Odd(number, f"{problem.name}: {'; '.join(problem.odd)}", unit="folder")
            else:
                for what in problem.odd:
                    yield Odd(number, f"{problem.name}: {what}", unit="folder", is_kept=True)
                yield run


THOUGHT_ANCHORS = ThoughtAnchors()
