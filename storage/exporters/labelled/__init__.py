"""Formats in which others train on labelled steps, for a whole session. Adding one is one line in LABELLED."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

from engine.events import Record
from engine.search.labels import LabelSteps
from engine.tree import TreeError, fold
from storage.copying import exporting, replacing
from storage.errors import SessionError, explain
from storage.exporters.labelled.best_traces import SFT
from storage.exporters.labelled.labels import LABELS, Labels, Rater
from storage.exporters.labelled.pairs import DPO
from storage.exporters.labelled.prm800k import PRM800K
from storage.exporters.labelled.readme import Written, readme, traces
from storage.exporters.labelled.step_formats import MATH_SHEPHERD, PROCESS_BENCH, TRL
from storage.exporters.labelled.traces import LabelledExporter, LabelledRun, LeftOutError
from storage.runs import RunInfo
from storage.session import Session

if TYPE_CHECKING:
    from engine.scores.labels import MonteCarloLabels

LABELLED: tuple[LabelledExporter, ...] = (PRM800K, MATH_SHEPHERD, PROCESS_BENCH, TRL, DPO, SFT)

Progress = Callable[[int, int], None]
"""Runs that were looked at, and how many there are. What it raises ends the export, and no file is left."""
AT_ONCE = 5_000
"""Events of one run between two words about how far it is."""


def labelled_exporter(name: str) -> LabelledExporter:
    """The format called `name`. Raises SessionError with a sentence."""
    for entry in LABELLED:
        if entry.name == name:
            return entry
    raise SessionError(f"There is no format called {name!r}; there are: {', '.join(e.name for e in LABELLED)}.")


def write_labelled(
    session: Session,
    name: str,
    out: IO[bytes],
    labels: Labels = "ratings",
    runs: Sequence[int] | None = None,
    progress: Progress = lambda _done, _total: None,
) -> Written:
    """Write a line for each record of these runs; if None, of all that nobody keeps private.

    Raises SessionError, where a log is damaged too.
    """
    every = session.runs() if runs is None else [session.info(run) for run in runs]
    infos = [info for info in every if runs is not None or not info.private]
    written = Written(labelled_exporter(name), labels, private=len(every) - len(infos))
    rater = Rater(labels, _sampled(session) if labels == "monte-carlo" else None)
    for info in infos:
        run = _run(session, info, rater, lambda: progress(written.runs, len(infos)))
        if run is not None:
            _write_run(run, out, written)
        written.runs += 1
        progress(written.runs, len(infos))
    return written


def export_labelled(
    session: Session,
    name: str,
    path: Path,
    labels: Labels = "ratings",
    runs: Sequence[int] | None = None,
    progress: Progress = lambda _done, _total: None,
) -> Written:
    """Write them to `path`, whole or not at all, and beside it FILE.README.md: where they are from, what was left out.

    Raises SessionError.
    """
    path = path.absolute()
    try:
        with exporting(path) as temporary:
            with temporary.open("wb") as out:
                written = write_labelled(session, name, out, labels, runs, progress)
            if not written.records:
                raise SessionError(why_nothing(written))
        with replacing(path.with_name(f"{path.name}.README.md")) as temporary:
            temporary.write_text(readme(path.name, session, written), encoding="utf-8")
    except OSError as error:
        raise explain("written", path, error) from error
    return written


def _run(session: Session, info: RunInfo, rater: Rater, look: Callable[[], None]) -> LabelledRun | None:
    """A run with its tree; None if it never began."""
    try:
        tree = fold(_watched(session.records(info.id, tokens=False), look))
    except TreeError as error:
        raise SessionError(f"The log of run {info.id} in {session.path.name} makes no sense: {error}.") from error
    return LabelledRun(info, tree, rater) if tree.started is not None else None


def _watched(records: Iterable[Record], look: Callable[[], None]) -> Iterator[Record]:
    for place, record in enumerate(records):
        if place % AT_ONCE == 0:
            look()
        yield record


def _write_run(run: LabelledRun, out: IO[bytes], written: Written) -> None:
    before = written.records
    for record in written.exporter.records(run):
        if isinstance(record, LeftOutError):
            written.left_out[str(record)] += 1
        else:
            out.write(msgspec.json.encode(record) + b"\n")
            written.records += 1
    if written.records > before:
        written.used += 1
        written.policies[run.tree.started.policy if run.tree.started else ""] += 1
        if data_set := run.told.get("dataset"):
            written.sources[data_set] += 1


def _sampled(session: Session) -> MonteCarloLabels:
    from engine.scores.labels import MonteCarloLabels  # numpy: only where it is asked for

    found = MonteCarloLabels()
    for info in session.runs():
        if info.plan.search == LabelSteps.name:
            found.add(fold(session.records(info.id, tokens=False)))
    return found


def why_nothing(written: Written) -> str:
    """Why nothing was written, in a sentence or two."""
    return f"{_why_nothing(written)}{' Private runs were not looked at.' if written.private else ''}"


def _why_nothing(written: Written) -> str:
    if written.left_out:
        reasons = "; ".join(f"{traces(count)}, because {why}" for why, count in written.left_out.most_common(3))
        return f"No trace can be written as {written.exporter.title}: {reasons}."
    if written.exporter is DPO:
        return "There is nothing to write: no two steps behind the same text are clearly apart by labels or scores."
    if written.exporter is SFT:
        return "There is nothing to write: no run has an answer."
    return f"There is nothing to write: no step has a label ({LABELS[written.labels]})."


__all__ = [
    "LABELLED",
    "LABELS",
    "LabelledExporter",
    "Labels",
    "Written",
    "export_labelled",
    "labelled_exporter",
    "traces",
    "why_nothing",
    "write_labelled",
]
