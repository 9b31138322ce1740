"""Inspect AI logs (UKGovernmentBEIS/inspect_ai): `.eval` archives and `.json` files, a run for each sample and epoch.

One sample is in memory at a time. A log of a run that crashed has no `header.json`: its journal says how it began.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from engine.importing import LONGEST_NAME, Kept
from engine.importing_tree import DraftError
from storage.importers.archives import SIGN, Archive, MemberError
from storage.importers.importer import Head, Odd
from storage.importers.inspect_samples import InspectSample, Log
from storage.importers.json_members import members_of
from storage.importers.json_values import value_in
from storage.importers.records import RecordError

TITLE = "Inspect AI"
_IN_ARCHIVE = (b"_journal/", b"samples/", b"header.json", b"summaries.json")
_BEGINS = re.compile(rb'\s*\{\s*"(?:version|status|eval)"\s*:')
_NO_SAMPLES = "the log has no samples"
_EVAL = re.compile(rb'"eval"\s*:\s*\{')


class InspectLog:
    """The format."""

    name = "inspect"
    title = TITLE

    def recognises(self, head: Head) -> float:
        if head.start.startswith(SIGN):
            return 1.0 if head.start[30:].startswith(_IN_ARCHIVE) else 0.0
        return 0.95 if _BEGINS.match(head.start) and _EVAL.search(head.start) else 0.0

    def records(self, stream: IO[bytes], source: str) -> Iterator[Kept | Odd]:
        start = stream.read(len(SIGN))
        stream.seek(0)
        yield from _archived(stream, source) if start == SIGN else _inline(stream, source)


def _archived(stream: IO[bytes], source: str) -> Iterator[Kept | Odd]:
    archive = Archive(stream, source)
    if archive.doubled:
        words = f"members that stand in it twice, or are too many: {archive.doubled:,}; the last of a name is read"
        yield Odd(1, words, is_kept=True)
    log = Log(TITLE)
    for name in ("_journal/start.json", "header.json"):
        if name in archive.members:
            head = _member(archive, name, 1)
            if isinstance(head, Odd):
                yield head
            else:
                log.learn(head[1])
    if "header.json" not in archive.members:
        yield Odd(1, "it has no header.json: its run has not ended, or crashed", is_kept=True)
    samples = [name for name in archive.members if name.startswith("samples/") and name.endswith(".json")]
    if not samples:
        yield Odd(1, _NO_SAMPLES)
    for number, name in enumerate(samples, 1):
        found = _member(archive, name, number)
        yield from (found,) if isinstance(found, Odd) else _run(log, found[1], number, source)


def _member(archive: Archive, name: str, number: int) -> tuple[int, Any] | Odd:
    try:
        found = value_in(number, archive.read(name))
    except MemberError as error:
        return Odd(number, f"{name[:LONGEST_NAME]}: {error}")
    return found._replace(what=f"{name[:LONGEST_NAME]}: {found.what}") if isinstance(found, Odd) else found


def _inline(stream: IO[bytes], source: str) -> Iterator[Kept | Odd]:
    log, is_empty = Log(TITLE), True
    for one in members_of(stream, "samples"):
        if isinstance(one, Odd):
            yield one
        elif one.number:
            yield from _run(log, one.value, one.number, source)
        else:
            log.learn({one.name: one.value})
        is_empty = is_empty and not isinstance(one, Odd) and not one.number
    if is_empty:
        yield Odd(1, _NO_SAMPLES)


def _run(log: Log, sample: Any, number: int, source: str) -> Iterator[Kept | Odd]:
    """The run of a sample, and what is odd about it."""
    try:
        if not isinstance(sample, dict):
            raise RecordError("it is no JSON object")
        made = InspectSample(log, sample)
        yield made.kept(source)
        yield from (Odd(number, words, unit="sample", is_kept=True) for words in made.odd)
    except (RecordError, DraftError) as error:
        yield Odd(number, str(error), unit="sample")


INSPECT = InspectLog()
