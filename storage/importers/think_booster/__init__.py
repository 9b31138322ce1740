"""ThinkBooster (IINemo/thinkbooster): what strategies of test-time scaling did with a budget, event by event.

Each example x budget x strategy is a run. Only beams say what they grew from; of other families it is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from engine.importing import LONGEST_NAME, Kept
from engine.importing_tree import DraftError
from storage.importers.importer import Head, Odd
from storage.importers.json_values import values_of
from storage.importers.records import RecordError
from storage.importers.think_booster.runs import TITLE, Setting, run_of

MOST_RUNS = 10_000
"""Of one file."""
GUESSED = "no candidate says what it grew from: it stands below the one that was selected in the step before"


class ThinkBooster:
    """The importer."""

    name = "thinkbooster"
    title = TITLE

    def recognises(self, head: Head) -> float:
        record = head.record
        examples = record.get("examples") if isinstance(record, dict) else None
        fits = isinstance(examples, list) and any(isinstance(one, dict) and "payloads" in one for one in examples)
        return 0.95 if fits else 0.0

    def records(self, stream: IO[bytes], source: str) -> Iterator[Kept | Odd]:
        for one in values_of(stream):
            if isinstance(one, Odd):
                yield one
            else:
                yield from _runs(*one, source[: LONGEST_NAME - 100])


def _runs(number: int, record: Any, source: str) -> Iterator[Kept | Odd]:
    """What one value of a file holds."""
    guessed = count = 0
    for count, found in enumerate(_settings(record, source), 1):
        if count > MOST_RUNS:
            yield Odd(number, f"it has more than {MOST_RUNS:,} runs: the rest is left out")
            break
        if isinstance(found, str):
            yield Odd(number, found)
            continue
        odd: list[str] = []
        try:
            run, is_guessed = run_of(found, odd)
        except (RecordError, DraftError) as error:
            yield Odd(number, f"{found.what}: {error}")
        else:
            guessed += is_guessed
            yield from (Odd(number, f"{found.what}: {what}", is_kept=True) for what in odd)
            yield run
    if not count:
        yield Odd(number, "it has no run of any strategy")
    if guessed:
        yield Odd(number, f"in {guessed:,} of its runs {GUESSED}", is_kept=True)


def _settings(record: Any, source: str) -> Iterator[Setting | str]:
    """Example by example, budget by budget, strategy by strategy; a text says what is none."""
    examples = record.get("examples") if isinstance(record, dict) else None
    if not isinstance(examples, list):
        yield "it has no examples"
        return
    for place, example in enumerate(examples, 1):
        payloads = example.get("payloads") if isinstance(example, dict) else None
        if not isinstance(payloads, dict):
            yield f"example {place} has no payloads"
            continue
        for budget, payload in payloads.items():
            strategies = payload.get("strategies") if isinstance(payload, dict) else None
            for strategy in strategies if isinstance(strategies, list) else ():
                if isinstance(strategy, dict):
                    yield Setting(source, place, example, budget, payload, strategy)


THINK_BOOSTER = ThinkBooster()
