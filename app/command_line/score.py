"""`espalier score`: asks a scorer about the traces of a session, without a window, and keeps what it says in it."""

from __future__ import annotations

import json
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from app.command_line.datasets.progress import ProgressLine
from app.command_line.headless import TICK, Engine, EngineDied, Faulted, Refused, ctrl_c
from app.command_line.run import INTERRUPTED, UsageError, rescue
from app.command_line.score_report import Outcome, data_of, lines_of
from app.command_line.sessions import opened, run_numbers
from app.models.probe_results import probe_named
from app.models.to_score import Count, Feed, Meet, Parcel, feed, rescored
from app.plain_text import one_line
from engine.commands import CancelScoring, ScoreTraces, TraceToScore
from engine.events import Record
from engine.frames import Reply, ScoresFound
from storage.errors import SessionError
from storage.importers import ForeignFileError, importer_of_file
from storage.importers.importing import Report, import_file
from storage.session import SUFFIX, Session


def score(arguments: Namespace) -> int:
    """Score and print; 130 if the user stopped it, and what was scored is kept; 1 if no trace could be scored."""
    path: Path = arguments.file
    if path.suffix != SUFFIX and importer_of_file(path) is not None:
        path = _imported(path, arguments.session or path.with_suffix(SUFFIX))
    elif arguments.session is not None:
        raise UsageError(f"--session is for datasets, and {path.name} is none.")
    with opened(path) as session:
        session.need_writable()
        runs = _runs(session, arguments.run)
        asking = _Asking(session, arguments.scorer, arguments.policy)
        try:
            with ctrl_c() as stopping, Engine() as engine, ProgressLine("traces") as progress:
                asking.go(engine, feed(session, runs, arguments.again, asking.count), stopping, progress)
                stopped = stopping()
            session.flush()
        except SessionError as error:
            raise rescue(session, error) from error
        outcome = Outcome.of(session, runs, asking.scorers, asking.count, arguments)
    if arguments.json:
        print(json.dumps({"file": str(path), "stopped": stopped, **data_of(outcome)}))
    else:
        ended = ("Stopped   the same words go on with it",) if stopped else ()
        print(*lines_of(outcome, arguments.all), *ended, f"Kept      {one_line(str(path))}", sep="\n")
    in_vain = bool(asking.count.failed) and not asking.count.scored
    return INTERRUPTED if stopped else int(in_vain)


def _runs(session: Session, wanted: list[int] | None) -> list[int]:
    """The runs to be scored: if none is named, all but probes, which tell of a thought. Raises UsageError."""
    infos = session.runs()
    if unknown := set(wanted or ()) - {info.id for info in infos}:
        raise UsageError(f"{session.path.name} has no run {min(unknown)}; its runs: {run_numbers(infos)}.")
    return sorted(set(wanted)) if wanted else [info.id for info in infos if probe_named(info.plan.search) is None]


def _imported(path: Path, target: Path) -> Path:
    """The session that a dataset is kept in; it is read into it if the session is not there yet."""
    if target.exists():
        print(f"{one_line(path.name)} was read before: its runs are in {one_line(str(target))}.", file=sys.stderr)
        return target
    report, half = Report(one_line(path.name)), target.with_name(f"{target.name}.part")
    try:
        half.unlink(missing_ok=True)
        with Session.create(half) as session, ProgressLine("records") as progress:
            import_file(session, path, report, progress)
        if not report.runs:
            raise ForeignFileError(f"{report.file} holds nothing that could be read.")
        half.rename(target)  # only now: half a dataset would pass for a whole one the next time
    finally:
        half.unlink(missing_ok=True)
    if report.odd_count:
        odd = f"{report.odd_count:,} odd records, the first: {one_line(str(report.odd[0]))}"
        print(f"{report.title}: {odd}.", file=sys.stderr)
    return target


class _Asking:
    """One scorer and one session."""

    def __init__(self, session: Session, spec: str, policy: str) -> None:
        self._session, self._spec, self._policy = session, spec, policy
        self.count = Count()
        self.scorers: dict[str, None] = {}
        """Its names, in the order in which they came up: one that asks the policy has as many as there are policies."""

    def go(self, engine: Engine, source: Feed, stopping: Callable[[], bool], told: ProgressLine) -> None:
        """Ask what the feed wants asked, until it is done or the user stops it."""
        met: ScoresFound | None = None
        while not stopping():
            try:
                wanted = next(source) if met is None else source.send(met)
            except StopIteration:
                return
            met = None
            match wanted:
                case Meet(policy):
                    for found in self._answers(engine, policy, (), stopping):
                        met = found
                        self.scorers[found.scorer] = None
                case Parcel(policy, asked):
                    waiting = iter(asked)
                    for found in self._answers(engine, policy, tuple(one.trace for one in asked), stopping):
                        mine = [next(waiting) for _ in found.traces]
                        for run, event in rescored(mine, found, self.count, self._spec).items():
                            seq = self._session.info(run).events + 1
                            self._session.append([Record(run, seq, time.time(), event)])
                        told(self.count.done, self.count.total)

    def _answers(
        self, engine: Engine, policy: str, traces: tuple[TraceToScore, ...], stopping: Callable[[], bool]
    ) -> Iterator[ScoresFound]:
        """What the engine says, as it comes. Raises Refused, Faulted or EngineDied; what was said before is kept."""
        request, cancelled = engine.ask(ScoreTraces(self._spec, self._policy or policy, traces)), False
        while True:
            if stopping() and not cancelled:
                cancelled = True
                engine.ask(CancelScoring(request))
            try:
                frame = engine.hear(TICK)
            except EngineDied as error:
                raise EngineDied(f"{error} {self._kept()}") from error
            if not isinstance(frame, Reply) or frame.id != request:
                continue
            if frame.error:
                sentence = f"{frame.error} {self._kept()}".rstrip()
                raise Faulted(sentence, frame.detail) if frame.detail else Refused(sentence)
            yield msgspec.convert(frame.data, ScoresFound)
            if frame.final:
                return

    def _kept(self) -> str:
        return f"The scores of {self.count.scored:,} traces are kept." if self.count.scored else ""
