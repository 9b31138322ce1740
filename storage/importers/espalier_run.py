"""Our own documents of a run, JSON and node-link JSON, as a run again. See `storage.exporters.run_document`."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import IO, Any

import msgspec

from engine.importing import Kept
from engine.importing_tree import DraftError
from storage.exporters.run_document import FORMAT, VERSION, ExportedRun
from storage.importers.importer import Head, Odd, Working
from storage.importers.rebuilt import kept_document

LARGEST = 256_000_000
"""Bytes of one document: tokens and events of a long run take more than a record of a dataset."""
_NEAR = 200
_SIGN = rb'\{\s*"format"\s*:\s*"' + FORMAT.encode() + rb'"'


@dataclass(frozen=True, slots=True)
class _Document:
    """JSON that is one run."""

    name: str
    title: str
    sign: re.Pattern[bytes]
    """How it begins: the whole may be larger than a record of a dataset may be, and takes long to be read twice."""
    told: Callable[[Any], Any]
    """Where in it stands what is said of the whole run."""
    read: Callable[[bytes], ExportedRun]
    """Raises msgspec.MsgspecError or DraftError."""

    def recognises(self, head: Head) -> float:
        if not isinstance(head.record, dict):
            return float(self.sign.match(head.start[:_NEAR]) is not None)
        told = self.told(head.record)
        return float(isinstance(told, dict) and told.get("format") == FORMAT)

    def records(self, stream: IO[bytes], source: str) -> Iterator[Kept | Odd | Working]:
        body = stream.read(LARGEST + 1)
        if len(body) > LARGEST:
            yield Odd(1, f"it is larger than {LARGEST // 1_000_000} MB: export the run as events instead")
        else:
            yield (yield from kept_or_odd(self._document(body), self.title, source))

    def _document(self, body: bytes) -> Generator[Working, None, ExportedRun]:
        yield Working(0.0)
        return self.read(body)


def kept_or_odd(
    reading: Generator[Working, None, ExportedRun], title: str, source: str
) -> Generator[Working, None, Kept | Odd]:
    """The run of the document that `reading` comes to, or why there is none."""
    try:
        document = yield from reading
        if document.version > VERSION:
            return Odd(1, "it was written by a newer Espalier")
        return (yield from kept_document(document, title, source))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return Odd(1, f"it is no run ({error})")
    except DraftError as error:
        return Odd(1, str(error))
    except OverflowError:
        return Odd(1, "it holds a number that is too large")


class _Graph(msgspec.Struct, frozen=True):
    """Node-link data; the edges say again what the nodes say."""

    graph: dict[str, Any]
    nodes: list[dict[str, Any]]


def _node_link(body: bytes) -> ExportedRun:
    data = msgspec.json.decode(body, type=_Graph)
    return msgspec.convert({**data.graph, "nodes": data.nodes}, ExportedRun)


ESPALIER_RUN = _Document(
    "espalier-run",
    "Espalier's JSON",
    re.compile(rb"\s*" + _SIGN),
    lambda record: record,
    lambda body: msgspec.json.decode(body, type=ExportedRun),
)
ESPALIER_NODE_LINK = _Document(
    "espalier-node-link",
    "Espalier's node-link JSON",
    re.compile(rb'\s*\{\s*(?:"(?:directed|multigraph)"\s*:\s*\w+\s*,\s*)*"graph"\s*:\s*' + _SIGN),
    lambda record: record.get("graph"),
    _node_link,
)
