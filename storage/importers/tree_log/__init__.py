"""llm-reasoners' TreeLog (Hao et al. 2024, arXiv 2404.05221): a whole tree for each iteration, told as what changed.

Numbers of nodes are stable in a log, numbers of edges are not. Q and reward stand on the edge above a node, and keep
their scale. How often a node was visited is seldom said; then it is counted on the paths that are marked as selected,
where these are the walks of the search: where new nodes hang elsewhere, nobody knows it, and Q is a score.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import IO, Any

from engine.importing import LONGEST_NAME, Kept
from engine.importing_tree import DraftError, TreeDraft
from storage.importers.importer import LARGEST_RECORD, Head, Odd
from storage.importers.json_members import members_of
from storage.importers.records import RecordError, list_in
from storage.importers.tree_log.growth import Growth
from storage.importers.tree_log.snapshots import History, Snapshot, snapshot_of
from storage.importers.trees import Place, TreeImporter

TITLE = "llm-reasoners TreeLog"
LOGS = "logs"
COUNTED = "counted on the selected paths: the log does not say them"
UNSAID = "the log does not say them: it marks the best edge of each node, not where the search walked"
_SIGNS = (b'"logs"', b'"nodes"', b'"selected_edge"')
"""At the beginning of a file that is too large to be read in one piece."""


class TreeLog:
    """The importer. Every snapshot holds the whole tree, so files grow large: then they are read one by one."""

    name = "treelog"
    title = TITLE

    def recognises(self, head: Head) -> float:
        if head.record is not None:
            return _sure(head.record)
        begins = head.start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
        return 0.8 if begins and all(sign in head.start for sign in _SIGNS) else 0.0

    def records(self, stream: IO[bytes], source: str) -> Iterator[Kept | Odd]:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(0)
        yield from (_WHOLE.records if size <= LARGEST_RECORD else _by_snapshots)(stream, source)


def _sure(record: Any) -> float:
    logs = record.get(LOGS) if isinstance(record, dict) else None
    if logs == [] and len(record) == 1:
        return 0.5  # a log that was never written to
    first = logs[0] if isinstance(logs, list) and logs else None
    return 0.95 if isinstance(first, dict) and "nodes" in first and "edges" in first else 0.0


def _by_snapshots(stream: IO[bytes], source: str) -> Iterator[Kept | Odd]:
    """The one log of a file that is too large for one record."""
    place = Place(source, source[:LONGEST_NAME])
    broken: list[Odd] = []

    def given() -> Iterator[Any]:
        for one in members_of(stream, LOGS):
            if isinstance(one, Odd):
                broken.append(one._replace(is_kept=True))
            elif one.number:
                yield one.value

    try:
        run = _run(given(), place)
    except (RecordError, DraftError) as error:
        yield Odd(1, str(error))
    else:
        yield from (*broken, *(Odd(1, what, is_kept=True) for what in place.odd))
        yield run


def _read(record: Any, place: Place) -> Kept:
    if not isinstance(record, dict):
        raise RecordError("it is no JSON object")
    return _run(list_in(record, LOGS), place)


def _run(logs: Iterable[Any], place: Place) -> Kept:
    snapshots: list[Snapshot] = []
    for number, raw in enumerate(logs, 1):
        snapshots.append(snapshot_of(raw, number, place.odd, snapshots[-1] if snapshots else None))
    history = History(snapshots, place.odd)
    told = {"format": TITLE, "file": place.source, "snapshots": str(len(snapshots))}
    if not history.has_visits:
        told["visits"] = COUNTED if history.is_walked else UNSAID
    draft = TreeDraft(place.name, history.question, scale=history.scale, told=told)
    growth = Growth(draft, history)
    for snapshot in snapshots:
        growth.follow(snapshot)
    if left := growth.left_out:
        place.odd.append(f"{left:,} of its nodes hang on no root and are left out")
    return draft.finish()


_WHOLE = TreeImporter("treelog", TITLE, _sure, _read)
TREE_LOG = TreeLog()
