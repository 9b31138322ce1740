"""`espalier probe`: asks a model about a thought of a session, without a window, and keeps the answers in it."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from app.command_line.headless import Engine, ctrl_c
from app.command_line.probe_report import estimate_text, found_data, found_lines
from app.command_line.probe_words import ALL
from app.command_line.report import LONGEST_STEP
from app.command_line.run import INTERRUPTED, UsageError, early_end, followed, settings_in
from app.command_line.sessions import opened, run_numbers, tree_of
from app.models.probe_results import PROBES_BY_NAME, Place, Reading, place_of, probe_named
from app.models.probed_thought import Subject, shared, subject_of
from app.plain_text import one_line
from engine.commands import RunPlan, StartRun
from engine.events import Budget
from engine.refusals import checked
from engine.search import PROBES, Probe, SettingError
from engine.tree import Tree
from storage.session import Session


def probe(arguments: Namespace) -> int:
    """List the probes of a trace, or run some of them."""
    path: Path = arguments.file
    with opened(path) as session:
        if arguments.probe:
            session.need_writable()
        subject = _subject(session, arguments)
        if not arguments.probe:
            return _list(session, subject, arguments)
        plans = [_plan(subject, kind, arguments) for kind in _kinds(arguments.probe)]
        found, stopped = _perform(session, plans)
        _print(path, subject, found, arguments)
    return INTERRUPTED if stopped else 0


def _subject(session: Session, arguments: Namespace) -> Subject:
    """The trace that the words name: of the last run that is no probe, and the one that it chose, if they name none."""
    runs = session.runs()
    named = [info for info in runs if info.id == arguments.run]
    info = next(iter(named or [info for info in reversed(runs) if not probe_named(info.plan.search)]), None)
    if info is None or (arguments.run is not None and not named):
        raise UsageError(f"{session.path.name} has no such run to probe; its runs: {run_numbers(runs)}.")
    tree = tree_of(session, info.id)
    if arguments.node is not None and arguments.node not in tree.nodes:
        raise UsageError(f"Run {info.id} of {session.path.name} has no node {arguments.node}.")
    subject = subject_of(info, tree, arguments.node)
    if subject is None:
        raise UsageError(f"Run {info.id} of {session.path.name} holds no trace to be probed.")
    return subject


def _kinds(names: str) -> tuple[type[Probe], ...]:
    if names == ALL:
        return PROBES
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    for name in wanted:
        if name not in PROBES_BY_NAME:
            raise SettingError(f"There is no probe called {name!r}; there are: {', '.join(PROBES_BY_NAME)}, {ALL}.")
    return tuple(PROBES_BY_NAME[name] for name in wanted)


def _plan(subject: Subject, kind: type[Probe], arguments: Namespace) -> RunPlan:
    """Raises UsageError, SettingError or ProblemError, each with a sentence."""
    kinds = _kinds(arguments.probe)
    plan = subject.plan_for(
        kind,
        _settings(kind, kinds, arguments),
        seed=arguments.seed,
        budget=shared(Budget(tokens=arguments.budget_tokens, seconds=arguments.budget_seconds), len(kinds)),
        policy=arguments.policy or None,
        anew=arguments.anew,
    )
    if not plan.settings.get("thought") and not arguments.anew:
        raise UsageError(
            f"The trace at node {subject.place.node} of run {subject.place.run} holds no thought. "
            "With --anew the model thinks first, and is asked about that."
        )
    _, search = checked(plan)
    return replace(plan, settings=search.settings())


def _settings(kind: type[Probe], kinds: tuple[type[Probe], ...], arguments: Namespace) -> dict[str, Any]:
    """Of several probes each takes the settings that it has. Raises SettingError for one that none has."""
    given: dict[str, Any] = settings_in(arguments.set)
    if arguments.samples is not None:
        given["samples"] = arguments.samples
    known = {entry.name for each in kinds for entry in each.form()}
    for name in given:
        if name not in known:
            raise SettingError(f"There is no setting called {name!r}; there are: {', '.join(sorted(known))}.")
    own = {entry.name for entry in kind.form()}
    return {name: value for name, value in given.items() if name in own}


def _perform(session: Session, plans: list[RunPlan]) -> tuple[dict[int, Tree], bool]:
    """Run the plans one after the other; their trees by run, and whether the user stopped it."""
    found: dict[int, Tree] = {}
    with ctrl_c() as stopping, Engine() as engine:
        for plan in plans:
            run = session.new_run(plan)
            found[run] = followed(engine, StartRun(run, plan), session, stopping)
            if stopping():
                return found, True
    return found, False


def _print(path: Path, subject: Subject, found: dict[int, Tree], arguments: Namespace) -> None:
    if arguments.json:
        probes = [{"run": run, **found_data(tree)} for run, tree in found.items()]
        of = {"run": subject.place.run, "node": subject.place.node}
        print(json.dumps({"file": str(path), "of": of, "probes": probes}))
        return
    for run, tree in found.items():
        print(*found_lines(tree), *early_end(tree), f"Kept      {path}, run {run}", "", sep="\n")


def _list(session: Session, subject: Subject, arguments: Namespace) -> int:
    """Every probe, and what it found about this trace where it was run."""
    rows = [(kind, *_latest(session, subject.place, kind)) for kind in PROBES]
    if arguments.json:
        listed = [
            {"name": kind.name, "title": kind.title, "question": kind.question, "run": run, "figure": figure}
            for kind, run, figure in rows
        ]
        print(json.dumps({"of": {"run": subject.place.run, "node": subject.place.node}, "probes": listed}))
        return 0
    steps = one_line((subject.hidden or subject.exposed)[: 4 * LONGEST_STEP], LONGEST_STEP)
    print(f"Trace     run {subject.place.run}, node {subject.place.node}: {steps}", "", sep="\n")
    print(*_listing(rows), "", f"espalier probe {session.path.name} --probe NAME|all runs them.", sep="\n")
    return 0


def _latest(session: Session, place: Place, kind: type[Probe]) -> tuple[int | None, str]:
    """The last run of a probe of this trace and its figure; None if there is none."""
    runs = [info for info in session.runs() if info.plan.search == kind.name and place_of(info.plan) == place]
    if not runs or not runs[-1].events:
        return None, ""
    result = Reading.of(tree_of(session, runs[-1].id)).result
    figure = result.figure if result is not None else None
    return runs[-1].id, f"{one_line(figure.words)}: {estimate_text(figure.estimate)}" if figure is not None else ""


def _listing(rows: list[tuple[type[Probe], int | None, str]]) -> Iterator[str]:
    width = max(len(kind.name) for kind, _, _ in rows) if rows else 0
    for kind, run, figure in rows:
        yield f"{kind.name:<{width}}  {kind.question}"
        if run is not None:
            yield f"{'':<{width}}  run {run}: {figure}".rstrip(": ")
