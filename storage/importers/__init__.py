"""Formats of others that become runs, one file per format. Adding one is one new file and one line in IMPORTERS.

What a file is, its content says, never its name.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import IO

from storage.errors import explain
from storage.importers.chats import CHATS, TRACES
from storage.importers.espalier_csv import ESPALIER_CSV
from storage.importers.espalier_events import ESPALIER_EVENTS
from storage.importers.espalier_graph import ESPALIER_GEXF, ESPALIER_GRAPHML
from storage.importers.espalier_run import ESPALIER_NODE_LINK, ESPALIER_RUN
from storage.importers.gsm8k import GSM8K, GSM8K_SOLUTIONS
from storage.importers.importer import DEEPEST_TREE, SNIFFED, FolderImporter, ForeignFileError, Head, Importer, Odd
from storage.importers.inspect_log import INSPECT
from storage.importers.json_values import values_of
from storage.importers.landscape import LANDSCAPE
from storage.importers.llm_mcts import LLM_MCTS
from storage.importers.loom import LOOM
from storage.importers.math_shepherd import MATH_SHEPHERD
from storage.importers.mcts_reasoning import MCTS_REASONING
from storage.importers.mctx import MCTX
from storage.importers.otel_genai import OTEL_GENAI
from storage.importers.prm800k import PRM800K
from storage.importers.process_bench import PROCESS_BENCH
from storage.importers.refusing import hint, refuse
from storage.importers.think_booster import THINK_BOOSTER
from storage.importers.thought_anchors import THOUGHT_ANCHORS
from storage.importers.tot import TREE_OF_THOUGHTS
from storage.importers.tree_log import TREE_LOG
from storage.importers.trl_stepwise import TRL_STEPWISE

IMPORTERS: tuple[Importer, ...] = (
    PRM800K, PROCESS_BENCH, MATH_SHEPHERD, TRL_STEPWISE, GSM8K, GSM8K_SOLUTIONS,
    TREE_LOG, THINK_BOOSTER, LOOM, LANDSCAPE,
    ESPALIER_EVENTS, ESPALIER_RUN, ESPALIER_NODE_LINK, ESPALIER_GRAPHML, ESPALIER_GEXF, ESPALIER_CSV,
    TREE_OF_THOUGHTS, MCTX, MCTS_REASONING, LLM_MCTS,
    INSPECT, OTEL_GENAI, CHATS, TRACES,
)  # fmt: skip

FOLDER_IMPORTERS: tuple[FolderImporter, ...] = (THOUGHT_ANCHORS,)
"""Formats of whole folders."""

CERTAIN = 1.0
"""Of a file by its beginning alone: then nothing else of it is read to find out what it is."""
_TRIED = 20
"""Lines that are looked at for a first good record: the first ones may be damaged."""
_LOOKED_AT = 4_000_000
"""Bytes after which nobody looks for another one."""


def importer_of(stream: IO[bytes], name: str) -> Importer | None:
    """Who can read a file, by its beginning; None if none of ours. `stream` can seek; it ends at its beginning.

    Raises ForeignFileError for what is known and not read, and OSError.
    """
    start = stream.read(SNIFFED)
    refuse(start, name)
    stream.seek(0)
    found, is_json = _surest(Head(start, None), CERTAIN), False
    if found is None and start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        found, is_json = _by_records(stream, start)
        stream.seek(0)
    return found if found is not None or is_json else _surest(Head(start, None))


def _by_records(stream: IO[bytes], start: bytes) -> tuple[Importer | None, bool]:
    """By its first record, or a later one where nobody knows the first; and whether there is any JSON in it."""
    is_json = False
    for count, one in enumerate(values_of(stream, DEEPEST_TREE), 1):
        if not isinstance(one, Odd):
            is_json = True
            if (found := _surest(Head(start, one[1]))) is not None:
                return found, True
        if count >= _TRIED or stream.tell() > _LOOKED_AT:
            break
    return None, is_json


def _surest(head: Head, least: float = 0.0) -> Importer | None:
    """Who knows it best; None where nobody knows it, or nobody so surely."""
    sure, surest = max(((entry.recognises(head), entry) for entry in IMPORTERS), key=lambda one: one[0])
    return surest if sure > 0 and sure >= least else None


def folder_importer_of(folder: Path) -> FolderImporter | None:
    """Who can read a folder, by the names in it; None if none of ours. Raises OSError."""
    sure = [(entry.recognises(folder), entry) for entry in FOLDER_IMPORTERS]
    best = max(sure, key=lambda one: one[0], default=(0.0, None))
    return best[1] if best[0] > 0 else None


def holds_one_trace(path: Path, importer: Importer) -> bool:
    """Whether a file is a single text, reply or conversation, which has its place among other runs. Raises OSError."""
    if importer is not CHATS:
        return importer is TRACES
    with path.open("rb") as stream:
        return len(list(islice(values_of(stream), 2))) < 2


def importer_of_file(path: Path) -> Importer | None:
    """The same for a file. Raises ForeignFileError where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return importer_of(stream, path.name)
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        raise explain_unread(path, error) from error


def unrecognised(path: Path) -> ForeignFileError:
    """That a file is in none of our formats, and what it is where that can be seen. Raises OSError."""
    with path.open("rb") as stream:
        start = stream.read(SNIFFED)
    if not start.strip():
        return ForeignFileError(f"{path.name} is empty.")
    why = hint(start)
    known = "." if why else f": {', '.join(entry.title for entry in IMPORTERS)}."
    return ForeignFileError(f"{path.name} is in no format that is imported{known} {why}".rstrip())


def is_something_else(path: Path) -> bool:
    """Whether one can see what a file is that nobody reads: `unrecognised` says it. Raises OSError."""
    with path.open("rb") as stream:
        return bool(hint(stream.read(SNIFFED)))


def explain_unread(path: Path, error: Exception) -> ForeignFileError:
    """Why a file cannot be read, as a sentence."""
    if isinstance(error, FileNotFoundError):
        return ForeignFileError(f"There is no file {path}.")
    return ForeignFileError(str(explain("read", path, error)))


__all__ = [
    "CHATS",
    "FOLDER_IMPORTERS",
    "IMPORTERS",
    "ForeignFileError",
    "Importer",
    "Odd",
    "folder_importer_of",
    "holds_one_trace",
    "importer_of",
    "importer_of_file",
    "is_something_else",
    "unrecognised",
]
