"""A table of strategies and budgets on sets of problems, each row beside plain sampling at the same budget.

Every row plays with the same policy. What is measured is kept group by group, so that an interrupted table goes on
where it was; every group borrows its models afresh, so that no count depends on what was cached before.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from engine import __version__
from engine.benchmarks.advice import write_advice
from engine.benchmarks.budget import SAMPLERS, SCORERS, same_budget
from engine.benchmarks.chains import Stock
from engine.benchmarks.progress import Progress
from engine.benchmarks.questions import Question
from engine.benchmarks.rows import TOGETHER, Lender, Measured, Outcome, Row, headings, play
from engine.benchmarks.store import BenchmarkError, Store, key_of
from engine.llm.bundled import MODELS
from engine.policies import ModelError
from engine.shelf import Shelf

QUICK_PUZZLES = 8
SEEDS = 3
DEV = "dev"
UNMEASURED = ("solved", "any_solved", "mean_solved", "ci95", "tokens", "same_budget")
"""Figures that are None where a row could not be measured."""

Sets: TypeAlias = Mapping[str, Callable[[], Sequence[Question]]]
"""Name -> its problems, made on demand."""
Identity: TypeAlias = Callable[[tuple[str, ...]], str]
"""Of the models that a row with these verifiers plays with: what others have done is not gone on with."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a table is asked for."""

    quick: bool = False
    seed: int = 0
    seeds: int | None = None
    """How many, from `seed` on; None: 3, or 1 if quick."""
    sets: tuple[str, ...] = ()
    """Names; none: all but DEV, or only the first if quick."""
    rows: str = ""
    """Only rows whose title holds this text, or one of several with `|` between them."""
    resume: Path | None = None
    """File of what was measured; it is read, and added to."""
    advice: Path | None = None
    """File that the table of compute-optimal choices is written to; it is measured on the dev set alone."""

    def numbers(self) -> tuple[int, ...]:
        """The seeds."""
        count = self.seeds if self.seeds is not None else 1 if self.quick else SEEDS
        if count < 1:
            raise BenchmarkError(f"At least one seed is needed, not {count}.")
        return tuple(self.seed + number for number in range(count))


def measure_table(
    sets: Sets,
    rows: Sequence[Row],
    options: Options,
    borrow: Callable[[], Lender] = Shelf,
    identity: Identity | None = None,
) -> dict[str, Any]:
    """The figures: `rows`. Raises BenchmarkError or SettingError where that cannot be done as asked."""
    chosen = _rows(rows, options)
    seeds = options.numbers()
    named = {name: _questions(sets, name, options) for name in _set_names(sets, options)}
    meter = _Meter(
        borrow=borrow,
        store=Store(options.resume),
        identity=identity or models_digest,
        progress=Progress(sum(_groups(chosen, seeds, questions) for questions in named.values())),
        chain_verifiers=_chain_verifiers(rows, borrow),
    )
    table = []
    for name, questions in named.items():
        found = {row.title: meter.measure(name, questions, row, _seeds(row, seeds)) for row in chosen}
        measured = [entry for entry in found.values() if entry is not None]
        stock = meter.stock(questions, seeds)
        table += [_figures(row, found[row.title], name, stock, measured) for row in chosen]
        if options.advice is not None:
            write_advice(options.advice, questions, measured, stock, borrow().policy("").name)
    return {"rows": table}


def _groups(rows: Iterable[Row], seeds: Sequence[int], questions: Sequence[Question]) -> int:
    return sum(len(_seeds(row, seeds)) * len(range(0, len(questions), TOGETHER)) for row in rows)


def _figures(row: Row, found: Measured | None, name: str, stock: Stock, measured: Sequence[Measured]) -> dict[str, Any]:
    """A row's figures beside plain sampling at its budget; nothing but None where the row was not measured."""
    if found is None:
        return {**headings(row, name), **dict.fromkeys(UNMEASURED)}
    figures = found.figures(name)
    if row.search not in SAMPLERS:
        plain = [entry for entry in measured if entry.row.search == "cot"]
        figures["same_budget"] = same_budget(found, stock, plain)
    return figures


@cache
def models_digest(verifiers: tuple[str, ...]) -> str:
    """A digest of the program's version and of the bundled weights of the policy and of these verifiers."""
    digest = hashlib.blake2b(__version__.encode(), digest_size=8)
    for name in ("policy", *verifiers):
        for file in sorted((MODELS / name).glob("*.safetensors")):
            digest.update(name.encode())
            digest.update(hashlib.blake2b(file.read_bytes()).digest())
    return digest.hexdigest()


def _rows(rows: Sequence[Row], options: Options) -> list[Row]:
    texts = options.rows.lower().split("|")
    named = [row for row in rows if any(text in row.title.lower() for text in texts)]
    chosen = [row for row in named if row.quick or not options.quick]
    if not chosen:
        raise BenchmarkError(
            f"No row is called anything with {options.rows!r}; there are: {'; '.join(row.title for row in rows)}."
        )
    return chosen


def _set_names(sets: Sets, options: Options) -> tuple[str, ...]:
    for name in options.sets:
        if name not in sets:
            raise BenchmarkError(f"There is no set called {name!r}; there are: {', '.join(sets)}.")
    if options.advice is not None:
        if set(options.sets) - {DEV}:
            raise BenchmarkError(f"Choices are measured on the set {DEV} alone, not on {', '.join(options.sets)}.")
        return (DEV,)
    unseen = tuple(name for name in sets if name != DEV)
    return options.sets or (unseen[:1] if options.quick else unseen)


def _questions(sets: Sets, name: str, options: Options) -> Sequence[Question]:
    return sets[name]()[: QUICK_PUZZLES if options.quick else None]


def _seeds(row: Row, seeds: Sequence[int]) -> Sequence[int]:
    return seeds[:1] if row.is_greedy() else seeds


class _Meter:
    """Measures rows, or finds them in the store."""

    def __init__(
        self,
        borrow: Callable[[], Lender],
        store: Store,
        identity: Identity,
        progress: Progress,
        chain_verifiers: tuple[str, ...],
    ) -> None:
        self._borrow = borrow
        self._chain_verifiers = chain_verifiers
        self._store = store
        self._identity = identity
        self._progress = progress

    def stock(self, questions: Sequence[Question], seeds: Sequence[int]) -> Stock:
        """Chains of thought for the baselines of one set."""
        identity = self._identity(self._chain_verifiers)
        return Stock(questions, seeds, self._chain_verifiers, self._borrow, self._store, identity, self._progress.say)

    def measure(self, name: str, questions: Sequence[Question], row: Row, seeds: Sequence[int]) -> Measured | None:
        """One row; None, with a line that says why, if a model of it cannot be had."""
        by_seed: list[list[Outcome]] = []
        seconds = 0.0
        for seed in seeds:
            outcomes: list[Outcome] = []
            for start in range(0, len(questions), TOGETHER):
                try:
                    played, took = self._group(name, questions[start : start + TOGETHER], row, seed)
                except ModelError as error:
                    print(f"{name}: {row.title} was not measured: {error}", file=sys.stderr, flush=True)
                    return None
                outcomes += played
                seconds += took
            by_seed.append(outcomes)
        return Measured(row, tuple(seeds), tuple(zip(*by_seed, strict=True)), seconds)

    def _group(self, name: str, questions: Sequence[Question], row: Row, seed: int) -> tuple[list[Outcome], float]:
        texts = [question.asked.text for question in questions]
        key = key_of(
            "group", self._identity(row.verifiers), row.search, row.full_settings(), row.verifiers, texts, seed
        )
        kept = self._store.get(key)
        if kept is None:
            outcomes, seconds = play(self._borrow(), row, questions, seed)
            kept = {"seconds": seconds, "outcomes": msgspec.to_builtins(outcomes)}
            self._store.put(key, f"{name}: {row.title}, seed {seed}, from {texts[0]}", kept)
            measured = True
        else:
            measured = False
        found = msgspec.convert(kept["outcomes"], list[Outcome])
        right = sum(entry.chosen for entry in found)
        words = f"{name}, seed {seed}: {row.title}: {right} of these {len(found)} solved"
        self._progress.done(words, measured=measured)
        return found, kept["seconds"]


def _chain_verifiers(rows: Iterable[Row], borrow: Callable[[], Lender]) -> tuple[str, ...]:
    """The verifiers of the whole table that judge chains, in one order whatever rows are asked for: those there are."""
    asked = {name for row in rows for name in row.verifiers}
    return tuple(name for name in ("rule", *SCORERS) if name in asked and _is_there(name, borrow))


def _is_there(name: str, borrow: Callable[[], Lender]) -> bool:
    try:
        borrow().verifiers((name,))
    except ModelError:
        return False
    return True
