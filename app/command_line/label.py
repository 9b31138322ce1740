"""`espalier label`: draws samples from behind the steps of a session's traces, without a window, and keeps the run."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

from app.command_line.headless import Engine, ctrl_c
from app.command_line.label_report import labelled_data, labelled_lines, labelled_traces
from app.command_line.run import INTERRUPTED, UsageError, early_end, followed
from app.command_line.sessions import opened, run_numbers, tree_of
from app.models.probe_results import probe_named
from app.plain_text import one_line
from engine.commands import RunPlan, StartRun
from engine.events import Budget
from engine.scores.labelling import TraceEnd, label_plan, steps_to, trace_ends
from engine.scores.monte_carlo import MonteCarloLabels
from engine.scores.traces import scorers_in
from engine.search import LabelSteps
from engine.tree import Tree
from storage.runs import RunInfo
from storage.session import Session


def label(arguments: Namespace) -> int:
    """Label the traces of a run, and print what is known of every step."""
    path: Path = arguments.file
    with opened(path) as session:
        if not arguments.exact:
            session.need_writable()
        info = _subject(session, arguments)
        tree = tree_of(session, info.id)
        scorer = _scorer(tree, info, arguments)
        ends = _ends(tree, info, arguments)
        index = _known(session)
        made, run, stopped = None, None, False
        if not arguments.exact:
            run, made, stopped = _perform(session, _plan(tree, info, ends, arguments))
            index.add(made)
    found = labelled_traces(tree, ends, scorer, index)
    if arguments.json:
        of = {"run": info.id, "node": arguments.node}
        print(json.dumps({"file": str(path), "of": of, "run": run, **labelled_data(found, scorer)}))
    else:
        print(*labelled_lines(found, scorer), sep="\n")
        if made is not None:
            resumed = (f"Go on     espalier resume {path} --run {run}",) if stopped else ()
            print(*early_end(made), *resumed, f"Kept      {path}, run {run}", sep="\n")
    return INTERRUPTED if stopped else 0


def _subject(session: Session, arguments: Namespace) -> RunInfo:
    """The run that the words name, else the last one that is neither a probe nor a label run."""
    runs = session.runs()
    if arguments.run is None:
        named = [info for info in runs if not probe_named(info.plan.search) and info.plan.search != LabelSteps.name]
    else:
        named = [info for info in runs if info.id == arguments.run]
    if not named:
        raise UsageError(f"{session.path.name} has no such run to label; its runs: {run_numbers(runs)}.")
    return named[-1]


def _known(session: Session) -> MonteCarloLabels:
    """What the label runs of the session have found before."""
    runs = [info for info in session.runs() if info.plan.search == LabelSteps.name and info.events]
    return MonteCarloLabels(tree_of(session, info.id) for info in runs)


def _scorer(tree: Tree, info: RunInfo, arguments: Namespace) -> str | None:
    names = scorers_in(tree)
    if arguments.scorer is None:
        return names[0] if names else None
    if arguments.scorer not in names:
        there = ", ".join(map(one_line, names)) or "none"
        raise UsageError(f"Run {info.id} has no scores of {one_line(arguments.scorer)}; its scorers: {there}.")
    return str(arguments.scorer)


def _ends(tree: Tree, info: RunInfo, arguments: Namespace) -> tuple[TraceEnd, ...]:
    """The ends of the traces that are labelled."""
    if arguments.node is None:
        found = trace_ends(tree)
        if not found:
            raise UsageError(f"No trace of run {info.id} has ended; --node M labels one that has not.")
        return found
    if arguments.node not in tree.nodes:
        raise UsageError(f"Run {info.id} has no node {arguments.node}.")
    return (TraceEnd(arguments.node),)


def _plan(tree: Tree, info: RunInfo, ends: tuple[TraceEnd, ...], arguments: Namespace) -> RunPlan:
    """Raises ProblemError or SettingError, each with a sentence."""
    node = arguments.node
    return label_plan(
        info.plan,
        [steps_to(tree, end) for end in ends],
        arguments.samples,
        arguments.seed,
        temperature=arguments.temperature,
        ended=node is None or tree.nodes[node].terminal,
        policy=arguments.policy or None,
        budget=Budget(tokens=arguments.budget_tokens, seconds=arguments.budget_seconds),
    )


def _perform(session: Session, plan: RunPlan) -> tuple[int, Tree, bool]:
    """Run the plan: its number, its tree, and whether the user stopped it."""
    with ctrl_c() as stopping, Engine() as engine:
        run = session.new_run(plan)
        return run, followed(engine, StartRun(run, plan), session, stopping), stopping()
