"""What the verifiers of a run have used, apart from the policy: sums over the log at any cursor. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence

from app.language import tr
from app.models.cost_sums import CostSums
from engine.events import Cost, Record, RolledOut, Scored


class VerifierCost:
    """Reads what the log has grown by, never the whole again."""

    def __init__(self) -> None:
        self._read = 0
        self._sums = CostSums()

    def at(self, records: Sequence[Record], cursor: int) -> Cost:
        """Used by the first `cursor` events of `records`, which may only grow between two calls."""
        for place in range(self._read, len(records)):
            cost = _judging(records[place])
            if cost is not None:
                self._sums.add(place + 1, cost)
        self._read = len(records)
        return self._sums.at(cursor)


def _judging(record: Record) -> Cost | None:
    """Of a rollout only the tokens that were scored: its other costs are the policy's."""
    match record.event:
        case Scored(cost=cost):
            return cost
        case RolledOut(cost=cost) if cost.scored:
            return Cost(scored=cost.scored)
    return None


def verifier_words(cost: Cost) -> str:
    """`verifiers: 800 tokens read, 30 calls`; empty if they have used nothing."""
    parts = (
        (cost.scored + cost.prompt, tr("{count:,} tokens read")),
        (cost.calls, tr("{count:,} calls")),
        (cost.generated, tr("{count:,} tokens written")),
    )
    used = ", ".join(words.format(count=count) for count, words in parts if count)
    return tr("verifiers: {used}").format(used=used) if used else ""
