"""What the verifiers of a run have used, apart from the policy, as words and out of an event. Knows no widget."""

from __future__ import annotations

from app.language import tr
from engine.events import Cost


def verifier_words(cost: Cost) -> str:
    """`verifiers: 800 tokens read, 30 calls`; empty if they have used nothing."""
    parts = (
        (cost.scored + cost.prompt, tr("{count:,} tokens read")),
        (cost.calls, tr("{count:,} calls")),
        (cost.generated, tr("{count:,} tokens written")),
    )
    used = ", ".join(words.format(count=count) for count, words in parts if count)
    return tr("verifiers: {used}").format(used=used) if used else ""
