"""`espalier convert` and `espalier share`: a session as a file of one's own, and as one for others. Knows no table."""

from __future__ import annotations

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.command_line.datasets.progress import ProgressLine
from app.command_line.headless import ctrl_c
from app.command_line.run import INTERRUPTED, UsageError
from app.command_line.sessions import opened
from app.plain_text import one_line
from storage.converting import convert
from storage.rewriting import IsUnwanted, Progress, Rewritten, Unwanted
from storage.sharing import KEYS, PARTS, share, what_would_be_left_out

T = TypeVar("T")


def convert_session(arguments: Namespace) -> int:
    """Make a session of one's own of one that came from elsewhere; 130 if the user stopped it, and nothing is kept."""
    _check(arguments.file, arguments.out)
    done = _watched(lambda progress, stopping: convert(arguments.file, arguments.out, progress, stopping))
    if done is None:
        return INTERRUPTED
    print(json.dumps(_data(done, arguments.out)) if arguments.json else _words(done, arguments.out))
    return 0


def share_session(arguments: Namespace) -> int:
    """Write a copy for others, or say what could be left out of one."""
    without = _parts(arguments.without)
    with opened(arguments.file) as session:
        if arguments.out is None:
            counted = _watched(lambda progress, stopping: what_would_be_left_out(session, progress, stopping))
            return INTERRUPTED if counted is None else _tell_what_there_is(counted, arguments.json)
        _check(arguments.file, arguments.out)
        shared = _watched(lambda progress, stopping: share(session, arguments.out, without, progress, stopping))
    if shared is None:
        return INTERRUPTED
    done, left = shared
    if arguments.json:
        print(json.dumps({**_data(done, arguments.out), "left_out": {name: left[name] for name in _names(without)}}))
    else:
        print("\n".join([_words(done, arguments.out), *_table(left, _names(without))]))
    return 0


def _watched(work: Callable[[Progress, IsUnwanted], T]) -> T | None:
    """What comes of it; None if the user stopped it."""
    try:
        with ctrl_c() as stopping, ProgressLine("events") as progress:
            return work(progress, stopping)
    except Unwanted:
        return None


def _check(file: Path, out: Path) -> None:
    """Raises UsageError: no file is replaced that nobody named as one to be replaced."""
    if not file.exists():
        raise UsageError(f"There is no file {file}.")
    if out.exists():
        raise UsageError(f"{out} exists already: choose another name.")


def _parts(words: str) -> tuple[str, ...]:
    names = [part.name for part in PARTS]
    wanted = tuple(word.strip() for word in words.split(",") if word.strip())
    for word in wanted:
        if word not in names:
            raise UsageError(f"{word!r} is nothing that can be left out; there are: {', '.join(names)}.")
    return wanted


def _names(without: tuple[str, ...]) -> list[str]:
    return [part.name for part in (*PARTS, KEYS) if part.name in (*without, KEYS.name)]


def _tell_what_there_is(counted: Counter[str], as_json: bool) -> int:
    names = [part.name for part in (*PARTS, KEYS)]
    if as_json:
        print(json.dumps({"there": {name: counted[name] for name in names}}))
    else:
        print("Nothing was written. With --out FILE and --without NAME,NAME this is left out:", *_table(counted, names),
              sep="\n")  # fmt: skip
    return 0


def _table(counted: Counter[str], names: list[str]) -> list[str]:
    return [f"{part.name:<8} {counted[part.name]:>9,}  {part.line}" for part in (*PARTS, KEYS) if part.name in names]


def _data(done: Rewritten, out: Path) -> dict[str, object]:
    return {"session": str(out), "runs": done.runs, "events": done.events, "damage": done.damage}


def _words(done: Rewritten, out: Path) -> str:
    runs = "1 run" if done.runs == 1 else f"{done.runs:,} runs"
    damage = [one_line(f"Damaged: {sentence}") for sentence in done.damage]
    return "\n".join([f"{runs} with {done.events:,} events are in {one_line(str(out))}.", *damage])
