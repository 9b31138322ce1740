"""`espalier run` and `espalier resume`: a run without a window, kept in a session file. Knows Qt for a picture only."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from app.command_line.headless import Engine, EngineDied, Refused, ctrl_c, perform
from app.command_line.probe_report import found_data, found_lines, is_probe
from app.command_line.report import Progress, result_data, result_text
from app.models.probe_results import probe_named
from app.plain_text import one_line
from app.plans import is_cut_short
from app.start.checks import why_no_picture
from app.words.search import chosen_settings
from engine.commands import ResumeRun, RunPlan, StartRun
from engine.events import Budget
from engine.frames import FrameError
from engine.going_on import More, given_more, why_other
from engine.refusals import checked
from engine.search import SettingError, make_search
from engine.tree import Tree, fold
from storage.errors import SessionError, UnsavedError
from storage.session import SUFFIX, Session

DEFAULT_VERIFIERS = ("prm",)
INTERRUPTED = 130
"""Exit status after Ctrl+C, as shells have it."""
PICTURE_SIZE = (1600, 1000)
PICTURES = (".png", ".jpg", ".bmp", ".webp")
LONG = 50_000
"""Events that are read for so long that it is said."""
_HOW_MORE = "Let it do more with --more, --budget-tokens or --budget-seconds."


class NotSaved(Exception):  # noqa: N818 - it reads as what happened
    """The session file could not be written; the message is a sentence that says where the events are now."""


class UsageError(Exception):
    """The words on the command line make no sense; the message is a sentence."""


def run(arguments: Namespace) -> int:
    """Run a plan from the beginning."""
    _need_picture(arguments)
    plan = _plan(arguments)
    path: Path = arguments.out or Path(time.strftime(f"run-%Y%m%d-%H%M%S{SUFFIX}"))
    is_new = not path.exists()
    with _opened(path, is_new) as session:
        try:
            number = session.new_run(plan)
            return _perform(StartRun(number, plan), session, arguments)
        except (Refused, SessionError):
            if is_new and not any(info.events for info in session.runs()):
                session.close()
                path.unlink(missing_ok=True)  # a plan that could not even begin leaves no file behind
            raise


def resume(arguments: Namespace) -> int:
    """Go on with a run that was interrupted, or stopped by Ctrl+C; with any that has ended, if it is to do more."""
    _need_picture(arguments)
    if not arguments.file.exists():
        raise UsageError(f"There is no file {arguments.file}.")
    with _opened(arguments.file, is_new=False) as session:
        session.need_writable()
        number = arguments.run or max((info.id for info in session.runs()), default=0)
        info = session.info(number)
        more = More(arguments.more, arguments.budget_tokens, arguments.budget_seconds)
        if info.events and not is_cut_short(info) and more == More():
            raise UsageError(f"Run {number} in {arguments.file} has ended already: {info.why} {_HOW_MORE}")
        if info.events > LONG:
            print(f"Run {number} is being read: {info.events:,} events…", file=sys.stderr)
        records = tuple(session.records(number, tokens=False))  # no search reads token rows
        plan = info.plan if more == More() else _given_more(info.plan, fold(records), more)
        command = ResumeRun(number, plan, records) if records else StartRun(number, plan)
        return _perform(command, session, arguments)


def _given_more(plan: RunPlan, tree: Tree, more: More) -> RunPlan:
    """Raises SettingError."""
    found = given_more(plan, tree, more)
    if more.count and (why := why_other(make_search(plan.search, plan.settings), tree)):
        print(why, file=sys.stderr)
    return found


def _plan(arguments: Namespace) -> RunPlan:
    """The plan that the words describe. Raises UsageError, ProblemError or SettingError, each with a sentence."""
    plan = RunPlan(
        problem=arguments.problem,
        text=arguments.text,
        search=arguments.search,
        settings=settings_in(arguments.set) | chosen_settings(arguments),
        seed=arguments.seed,
        budget=Budget(tokens=arguments.budget_tokens, seconds=arguments.budget_seconds),
        policy=arguments.policy,
        verifiers=_verifiers(arguments),
    )
    problem, search = checked(plan)
    return replace(plan, text=problem.text, settings=search.settings())


def _verifiers(arguments: Namespace) -> tuple[str, ...]:
    """A probe counts answers, so it has every sample read by a model only if somebody asks for that."""
    names = arguments.verifiers
    if names is None:
        return () if probe_named(arguments.search) else DEFAULT_VERIFIERS
    return tuple(name.strip() for name in names.split(",") if name.strip())


def settings_in(pairs: list[str]) -> dict[str, str]:
    """What `--set NAME=VALUE ...` says. Raises SettingError."""
    for pair in pairs:
        if "=" not in pair:
            raise SettingError(f"--set takes NAME=VALUE, e.g. simulations=64, not {pair!r}.")
    return dict(pair.split("=", 1) for pair in pairs)


def _opened(path: Path, is_new: bool) -> Session:
    return Session.create(path) if is_new else Session.open(path)


def rescue(session: Session, failure: SessionError) -> NotSaved:
    """Save what is only in memory in a folder of its own among the temporary ones; the failure, and what came of it."""
    why = failure.failure if isinstance(failure, UnsavedError) else str(failure)
    try:
        place = Path(tempfile.mkdtemp(prefix="espalier-rescued-")) / session.path.name
        session.save_as(place)
    except (SessionError, OSError) as error:
        return NotSaved(f"{why} What was not written is lost: {error}")
    return NotSaved(f"{why} All of it was saved in {place} instead.")


def _perform(command: StartRun | ResumeRun, session: Session, arguments: Namespace) -> int:
    with ctrl_c() as stopping, Engine() as engine:
        tree = followed(engine, command, session, stopping)
        stopped = stopping()
    if arguments.picture:
        _save_picture(tree, arguments.picture)
    _print_result(tree, session.path, command.run, arguments)
    return INTERRUPTED if stopped else 0


def followed(engine: Engine, command: StartRun | ResumeRun, session: Session, stopping: Callable[[], bool]) -> Tree:
    """Perform a run into its session, with the progress on stderr, and return its tree.

    Raises UsageError, EngineDied or NotSaved with what became of the events, and what `perform` raises.
    """
    progress = Progress(sys.stderr)
    try:
        return perform(engine, command, session, progress.show, stopping)
    except FrameError as error:
        raise UsageError(f"Run {command.run} in {session.path} cannot be gone on with: {error}.") from error
    except EngineDied as error:
        raise EngineDied(f"{error} {_what_is_opened(session, command.run)}") from error
    except SessionError as error:
        raise rescue(session, error) from error
    finally:
        progress.end()


def early_end(tree: Tree) -> tuple[str, ...]:
    """Why a run did not do all that it was to do, where that is so: its numbers are those of a part."""
    over = tree.finished
    return () if over is None or over.reason == "finished" else (f"Ended     {one_line(over.why)}",)


def _what_is_opened(session: Session, run: int) -> str:
    events = session.info(run).events
    return (
        f"{session.path} keeps the {events} events of run {run} so far; "
        f"go on with: espalier resume {session.path} --run {run}"
    )


def _print_result(tree: Tree, path: Path, run: int, arguments: Namespace) -> None:
    if arguments.json:
        picture = str(arguments.picture) if arguments.picture else None
        found = {"probe": found_data(tree)} if is_probe(tree) else {}
        print(json.dumps({"file": str(path), "run": run, "picture": picture, **result_data(tree), **found}))
        return
    print(result_text(tree))
    if is_probe(tree):
        print("", *found_lines(tree), "", sep="\n")
    print(f"File      {path}, run {run}")
    if arguments.picture:
        print(f"Picture   {arguments.picture.absolute()}")


def _need_picture(arguments: Namespace) -> None:
    """Look before the search for what the picture of it will need. Raises UsageError."""
    if arguments.picture and arguments.picture.suffix.lower() not in PICTURES:
        raise UsageError(f"A picture's name ends with one of {', '.join(PICTURES)}, not as {arguments.picture} does.")
    if arguments.picture and (why := why_no_picture()):
        raise UsageError(why)


def _save_picture(tree: Tree, path: Path) -> None:
    """Paint without a screen, whatever the desktop is."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from app.canvas.picture import save_picture

    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert application is not None
    path.absolute().parent.mkdir(parents=True, exist_ok=True)
    save_picture(tree, path, dark=False, size=PICTURE_SIZE)
