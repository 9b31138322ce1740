"""`espalier trace FILE`: a reasoning model's hidden text against what it shows. Knows no Qt, no torch, no server."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Sequence

from app.command_line.run import UsageError
from app.command_line.trace.analysis import Analysis, analyse, group
from app.command_line.trace.data import traces_data
from app.command_line.trace.group import group_text
from app.command_line.trace.input import MOST_TRACES, STDIN, Reading, readings, text_of
from app.command_line.trace.keeping import keep
from app.command_line.trace.report import trace_text
from app.output.trace_markdown import trace_markdown
from app.plain_text import visible
from engine.traces.servers import Source
from engine.traces.spans import Kind
from engine.traces.tags import TagError, known, named


def trace(arguments: Namespace) -> int:
    """Print what is hidden, what is exposed, and what supports what."""
    if arguments.part and arguments.json:
        raise UsageError("--part prints plain text: leave out --part or --json.")
    if arguments.markdown and (arguments.part or arguments.json):
        raise UsageError("--markdown prints the whole report: leave out --part or --json.")
    if arguments.files.count(STDIN) > 1:
        raise UsageError("stdin can be read only once.")
    source = _source(arguments)
    found = [one for path in arguments.files for one in readings(path, source, arguments.read_as)]
    if len(found) > MOST_TRACES:
        raise UsageError(f"There are {len(found):,} traces; at most {MOST_TRACES} can be compared at once.")
    if arguments.keep is not None:
        keep(arguments.keep, found, arguments.gold)
    if arguments.part:
        _print_part(found, arguments.part)
        return 0
    if arguments.json:
        analyses = [analyse(one, arguments.gold) for one in found]
        print(json.dumps(traces_data(analyses, group(analyses))))
        return 0
    if arguments.markdown:
        _print_markdown(found, arguments.gold)
        return 0
    _print_report(found, arguments.gold, arguments.all)
    return 0


def _source(arguments: Namespace) -> Source:
    try:
        recipes = known([arguments.formats] if arguments.formats else [])
        recipe = named(arguments.recipe, recipes) if arguments.recipe else None
    except TagError as error:
        raise UsageError(visible(str(error))) from error
    return Source(text_of(arguments.prompt) if arguments.prompt else None, "", recipe, recipes)


def _print_part(found: Sequence[Reading], part: Kind) -> None:
    """Exactly as it is, so that it can be piped; on a terminal with its control characters visible."""
    on_terminal = sys.stdout.isatty()
    for number, one in enumerate(found):
        text = one.trace.of(part)
        if len(found) > 1:
            print(f"{'' if not number else chr(10)}== {one.name}")
        sys.stdout.write(visible(text) if on_terminal else text)
        if (on_terminal or len(found) > 1) and not text.endswith("\n"):
            sys.stdout.write("\n")


def _print_markdown(found: Sequence[Reading], gold: str | None) -> None:
    """The report that the window saves, of each trace."""
    for number, one in enumerate(found):
        report = trace_markdown(one.name, one.trace, analyse(one, gold), one.tokens, one.reason)
        print("\n" * bool(number) + report, end="", flush=True)


def _print_report(found: Sequence[Reading], gold: str | None, every: bool) -> None:
    analyses: list[Analysis] = []
    for number, one in enumerate(found):
        analyses.append(analyse(one, gold))
        print(f"{chr(10) * 2 if number else ''}{trace_text(analyses[-1], every)}", flush=True)
    if (several := group(analyses)) is not None:
        print(group_text(analyses, several, every))
