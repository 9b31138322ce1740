"""`espalier find WORDS [PATH ...]`: full-text search over session files. Knows no Qt and no index database."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.command_line.run import UsageError

if TYPE_CHECKING:
    from storage.finding.index import Found, Hit


def add_find(commands: Any) -> None:
    """The words of `find`."""
    words = "find text in the steps and notes of session files"
    parser = commands.add_parser("find", help=words, description=f"{words[0].upper()}{words[1:]}.")
    parser.add_argument(
        "words", metavar="WORDS", help='what must stand in one text, in any case; a "quoted piece" is found as it is'
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH",
        help="session files, or folders with them (default: this folder, and that of sessions without a name)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print the hits as JSON")
    parser.set_defaults(perform=find)


def find(arguments: Namespace) -> int:
    """Print the hits; 1 if there are none, as grep has it."""
    from app.plain_text import one_line
    from storage.finding.files import session_files, user_index
    from storage.finding.query import parse_query
    from storage.ownership import working_folder

    query = parse_query(arguments.words)
    if not query.terms:
        raise UsageError("There is nothing to look for: name a word, or a piece of text.")
    files: list[Path] = []
    for path in arguments.paths or filter(Path.is_dir, (Path.cwd(), working_folder())):
        if not path.exists():
            raise UsageError(f"There is no file and no folder {path}.")
        files += session_files(path) if path.is_dir() else [path.absolute()]
    index = user_index()
    errors = index.read_files(files, progress=_progress())
    for error in errors.values():
        print(f"espalier: {one_line(error)}", file=sys.stderr)
    found = index.find(query, files)
    print(json.dumps(_data(found)) if arguments.json else _words(found, files))
    return 0 if found.hits else 1


def _progress() -> Any:
    """Names files on a terminal as they are read; silence elsewhere."""
    if not sys.stderr.isatty():
        return lambda _name: None
    return lambda name: print(f"reading {name}", file=sys.stderr)


def _words(found: Found, files: Sequence[Path]) -> str:
    from app.plain_text import one_line
    from storage.finding.index import COUNTED

    if not found.hits:
        return f"Nothing was found in {'1 session file' if len(files) == 1 else f'{len(files):,} session files'}."
    lines: list[str] = []
    run: tuple[Path, int] | None = None
    for hit in found.hits:
        if run != (hit.path, hit.run):
            run = hit.path, hit.run
            lines.append(f"{one_line(str(hit.path))}, run {hit.run}: {one_line(hit.problem, 100)}")
        lines.append(f"  node {hit.node:<6} {hit.kind:<8} {one_line(hit.text)}")
    if found.total > len(found.hits):
        total = f"more than {COUNTED:,}" if found.total > COUNTED else f"{found.total:,}"
        lines.append(f"The first {len(found.hits):,} of {total}.")
    return "\n".join(lines)


def _data(found: Found) -> dict[str, Any]:
    return {"total": found.total, "hits": [_hit(hit) for hit in found.hits]}


def _hit(hit: Hit) -> dict[str, Any]:
    return {**hit._asdict(), "path": str(hit.path), "marks": [list(mark) for mark in hit.marks]}
