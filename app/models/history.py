"""The nodes of a run at any cursor, as numpy arrays: for whatever paints, lists or counts many nodes. No Qt.

The arrays are made from the log alone. Moments kept on the way are a cache, so that seeking needs not start at the
first event; they are few, and thinned out when they take too much memory.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.models.log_columns import LogColumns
from app.models.moment import ROW_BYTES, Moment
from app.models.token_entropy import TokenEntropy
from engine.events import Record

SPACING = 1 << 12
"""Events between two moments that are kept; doubled whenever they take too much memory."""
CACHE_BYTES = 224 << 20

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


class History:
    """Structure arrays cover all nodes of the log so far, in order of creation: those at the cursor are `[:count]`.

    Structure: parent (-1: the root), depth, birth (cursor from which the node exists), logprob (nan: missing),
    born_at (seconds after the run began), generator (index into `GENERATORS`), terminal, hidden, broken, samples,
    twin (-1: none). At the cursor, shape (count,): prior (noise mixed in), visits, value_sum, value (Q; nan:
    unvisited), mark (the step's own score; nan: missing), source (who says it: index into `SOURCES`; NOBODY),
    prm (latest score of a PRM; nan: missing), pruned (the node itself). Only read them; they are valid until
    `version` grows.
    """

    def __init__(self, spacing: int = SPACING, cache_bytes: int = CACHE_BYTES) -> None:
        self.log = LogColumns()
        self.version = 0
        """Grows whenever an array may have changed."""
        self.leaps = 0
        """Grows whenever the cursor moved other than by `advance`."""
        self._spacing = spacing
        self._cache_bytes = cache_bytes
        self._now = Moment()
        self._kept: dict[int, Moment] = {}
        self._entropy = TokenEntropy()
        self._value: tuple[int, Floats] = (-1, np.empty(0, np.float32))

    def extend(self, records: Sequence[Record]) -> None:
        """The log grew by `records`, which fold. The cursor stays."""
        if records:
            self.log.extend(records)
            self._entropy.extend(records)
            self.version += 1

    def seek(self, cursor: int) -> None:
        """Show the first `cursor` events, 0..events."""
        self.leaps += 1
        base = self._nearest(cursor)
        if base is None:
            self._now.become(Moment())
        elif base is not self._now:
            self._now.become(base)
        self.version += 1
        self.advance(cursor)

    def advance(self, cursor: int) -> None:
        """Go on to a later cursor: costs only what happened in between."""
        self._spread(cursor)
        while self._now.cursor < cursor:
            stop = min(cursor, (self._now.cursor // self._spacing + 1) * self._spacing)
            self._now.advance(self.log, stop)
            if stop % self._spacing == 0:
                self._keep()
            self.version += 1

    def moment_at(self, cursor: int) -> Moment:
        """A moment of its own for one who must not move with the cursor."""
        moment = Moment()
        base = self._nearest(cursor)
        if base is not None:
            moment.become(base)
        moment.advance(self.log, cursor)
        return moment

    @property
    def now(self) -> Moment:
        """All that changes, at the cursor."""
        return self._now

    @property
    def events(self) -> int:
        """How many events are known."""
        return self.log.events

    @property
    def cursor(self) -> int:
        return self._now.cursor

    @property
    def count(self) -> int:
        """Nodes that exist at the cursor."""
        return self._now.count

    def entropy(self) -> Floats:
        """Mean token entropy of every node of the log so far, in nats; nan: missing or not readable. Made when first
        asked for, then kept up."""
        return self._entropy.values()

    # structure, all nodes of the log

    @property
    def parent(self) -> Integers:
        return self.log.nodes["parent"]

    @property
    def depth(self) -> Integers:
        return self.log.nodes["depth"]

    @property
    def birth(self) -> Integers:
        return self.log.nodes["birth"]

    @property
    def logprob(self) -> Floats:
        return self.log.nodes["logprob"]

    @property
    def born_at(self) -> npt.NDArray[np.float64]:
        return self.log.nodes["born_at"]

    @property
    def generator(self) -> npt.NDArray[np.uint8]:
        return self.log.nodes["generator"]

    @property
    def terminal(self) -> Flags:
        return self.log.nodes["terminal"]

    @property
    def hidden(self) -> Flags:
        return self.log.nodes["hidden"]

    @property
    def broken(self) -> Flags:
        return self.log.nodes["broken"]

    @property
    def samples(self) -> Integers:
        return self.log.nodes["samples"]

    @property
    def twin(self) -> Integers:
        return self.log.nodes["twin"]

    # at the cursor

    @property
    def prior(self) -> Floats:
        return self._now["prior"]

    @property
    def visits(self) -> Integers:
        return self._now["visits"]

    @property
    def value_sum(self) -> npt.NDArray[np.float64]:
        return self._now["value_sum"]

    @property
    def value(self) -> Floats:
        if self._value[0] != self.version:
            with np.errstate(invalid="ignore"):
                self._value = self.version, (self.value_sum / self.visits).astype(np.float32)
        return self._value[1]

    @property
    def mark(self) -> Floats:
        return self._now["mark"]

    @property
    def source(self) -> npt.NDArray[np.uint8]:
        return self._now["source"]

    @property
    def prm(self) -> Floats:
        return self._now["prm"]

    @property
    def pruned(self) -> Flags:
        return self._now["pruned"]

    def _nearest(self, cursor: int) -> Moment | None:
        """The latest known moment that is not after `cursor`."""
        known = [self._now, *self._kept.values()]
        before = [moment for moment in known if moment.cursor <= cursor]
        return max(before, key=lambda moment: moment.cursor, default=None)

    def _spread(self, cursor: int) -> None:
        """On a long way, moments that would be thinned out again before its end are not even made."""
        while cursor - self._now.cursor > self._spacing:
            first = self._now.cursor // self._spacing + 1
            nodes = sum(self.log.nodes_at(at * self._spacing) for at in range(first, cursor // self._spacing + 1))
            if nodes * ROW_BYTES <= self._cache_bytes:
                break
            self._thin()

    def _keep(self) -> None:
        if self._now.cursor in self._kept:
            return
        self._kept[self._now.cursor] = self._now.copy()
        while sum(moment.nbytes for moment in self._kept.values()) > self._cache_bytes:
            self._thin()

    def _thin(self) -> None:
        self._spacing *= 2
        self._kept = {at: moment for at, moment in self._kept.items() if at % self._spacing == 0}
