"""A copy of a session for others: made anew, without our mark, without any key, and without what one leaves out.

What is left out was never written to the copy, so no free page can hold it. Events keep their places: what a text said
is replaced, the event stays, and a shared run folds as it did. The model's own words are never changed. Knows no Qt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from engine.commands import RunPlan
from engine.events import (
    AnyEvent,
    Asked,
    Backpropagated,
    Credited,
    Expanded,
    IterationFinished,
    Noted,
    PriorsNoised,
    Record,
    RolledOut,
    RunNamed,
    RunResumed,
    RunStarted,
    Selected,
    TraceRead,
    VirtualLossChanged,
)
from storage.redacting import HOST_GONE, KEY_GONE, hosts_in, is_key_name, without_keys, without_places
from storage.rewriting import Change, IsUnwanted, Progress, Rewritten, rewrite, survey
from storage.runs import RunInfo
from storage.session import Session

LEFT_OUT = "(left out)"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that may be left out."""

    name: str
    title: str
    line: str
    """What exactly, as a sentence."""


PARTS: tuple[Part, ...] = (
    Part("private", "Private runs", "Runs that are marked as private do not come along at all."),
    Part("prompts", "Problems and prompts", "What was asked is replaced; what the model wrote stays."),
    Part("paths", "Folders and hosts", "Of folders and files the last name stays, of servers the model."),
    Part("tokens", "Token rows", "Probabilities and alternatives of each token do not come along."),
    Part("notes", "Notes and names", "What you wrote about steps, and the names of runs, is emptied."),
)
KEYS = Part(
    "keys", "Keys", "Whatever looks like a password or a key is left out, but for the words of problems and models."
)

_NUMBERS_ONLY = (Selected, Backpropagated, Credited, PriorsNoised, VirtualLossChanged, IterationFinished)
_WORDS_OF_THE_RUN: Mapping[str, frozenset[str]] = {
    "RunStarted": frozenset({"text", "prompt"}),
    "Expanded": frozenset({"step"}),
    "RolledOut": frozenset({"steps", "answer", "turn"}),
    "TraceRead": frozenset({"answer"}),
    "Voted": frozenset({"answer"}),
    "RunFinished": frozenset({"answer"}),
}
"""Fields in which a problem or a model speaks: no path is looked for there."""
_TOLD_FOR_ALL = frozenset({"format", "dataset", "file"})
"""Of what a file of others told, no prompt."""
_LONGEST_SETTING = 40
"""Characters of a word that names a choice; a longer one is a text."""


class Leaving(Change):
    """Leaves parts out, and counts what it meets of them in `left`, by their names."""

    def __init__(self, without: Collection[str]) -> None:
        self.without = frozenset(without)
        self.left: Counter[str] = Counter()
        self._hosts: set[str] = set()

    def plan(self, info: RunInfo) -> RunInfo | None:
        if info.private and "private" in self.without:
            self.left["private"] += 1
            return None
        plan = info.plan
        self._hosts = set().union(*map(hosts_in, (plan.policy, *plan.verifiers)))
        if "prompts" in self.without:
            plan = replace(plan, text=self._without_prompt(plan.text), settings=self._without_texts(plan.settings))
        fields = msgspec.to_builtins(plan)
        return replace(info, plan=msgspec.convert(self._clean(fields, frozenset({"text"})), RunPlan))

    def record(self, record: Record) -> Record:
        event = record.event
        if isinstance(event, _NUMBERS_ONLY):
            return record
        if "prompts" in self.without:
            event = self._without_prompts(event)
        if "notes" in self.without:
            event = self._without_notes(event)
        if "tokens" in self.without and isinstance(event, Expanded):
            event = self._without_tokens(event)
        return replace(record, event=self._without_places(event))

    def _without_prompts(self, event: AnyEvent) -> AnyEvent:
        match event:
            case RunStarted():
                return replace(
                    event, text=self._without_prompt(event.text), prompt=self._without_prompt(event.prompt),
                    settings=self._without_texts(event.settings), told=self._without_told(event.told),
                )  # fmt: skip
            case RunResumed(settings=dict() as settings):
                return replace(event, settings=self._without_texts(settings))
            case Asked():
                return self._without_wish(event)
            case RolledOut() if event.turn:
                return replace(event, turn=self._without_prompt(event.turn))
            case TraceRead():
                return replace(event, told=self._without_told(event.told))
        return event

    def _without_prompt(self, text: str) -> str:
        self.left["prompts"] += bool(text)
        return LEFT_OUT if text else ""

    def _without_texts(self, settings: dict[str, Any]) -> dict[str, Any]:
        """Settings that are words or numbers; a text among them may be a prompt."""
        texts = [key for key, value in settings.items() if isinstance(value, str) and len(value) > _LONGEST_SETTING]
        self.left["prompts"] += len(texts)
        return settings | dict.fromkeys(texts, LEFT_OUT)

    def _without_wish(self, event: Asked) -> Asked:
        settings = self._without_texts(event.settings)
        return event if settings == event.settings else replace(event, settings=settings, words=LEFT_OUT)

    def _without_told(self, told: dict[str, str]) -> dict[str, str]:
        self.left["prompts"] += len(told.keys() - _TOLD_FOR_ALL)
        return {key: value for key, value in told.items() if key in _TOLD_FOR_ALL}

    def _without_notes(self, event: AnyEvent) -> AnyEvent:
        match event:
            case Noted(text=text) if text:
                self.left["notes"] += 1
                return replace(event, text="")
            case RunNamed(name=name) if name:
                self.left["notes"] += 1
                return replace(event, name="")
        return event

    def _without_tokens(self, event: Expanded) -> Expanded:
        self.left["tokens"] += sum(bool(child.tokens) for child in event.children)
        return replace(event, children=tuple(replace(child, tokens=b"") for child in event.children))

    def _without_places(self, event: AnyEvent) -> AnyEvent:
        fields = msgspec.to_builtins(event, builtin_types=(bytes,))
        clean = self._clean(fields, _WORDS_OF_THE_RUN.get(type(event).__name__, frozenset()))
        return event if clean == fields else msgspec.convert(clean, type(event))

    def _clean(self, value: Any, spared: frozenset[str]) -> Any:
        """Every text in a value of JSON, the names in it too, cleaned; what the `spared` fields hold stays as it is."""
        match value:
            case str():
                return self._clean_text(value)
            case list() | tuple():
                return [self._clean(entry, spared) for entry in value]
            case dict():
                return {self._clean(key, spared): self._clean_field(key, one, spared) for key, one in value.items()}
        return value

    def _clean_field(self, key: object, value: Any, spared: frozenset[str]) -> Any:
        if key in spared:
            return value
        if isinstance(value, str) and value and is_key_name(str(key)):
            self.left["keys"] += value != KEY_GONE
            return KEY_GONE
        return self._clean(value, spared)

    def _clean_text(self, text: str) -> str:
        is_short = len(text) <= _LONGEST_REMEMBERED
        safe = _short_without_keys(text) if is_short else without_keys(text)
        self.left["keys"] += safe != text
        if "paths" not in self.without:
            return safe
        clean = _short_without_places(safe) if is_short else without_places(safe)
        for host in self._hosts:  # an error of the engine names it without an address around it
            clean = re.sub(rf"(?<![\w.]){re.escape(host)}(?![\w.])", HOST_GONE, clean)
        self.left["paths"] += clean != safe
        return clean


_LONGEST_REMEMBERED = 200
# The same few names stand in millions of scores; a text of many megabytes is never met twice.
_short_without_keys = lru_cache(maxsize=4096)(without_keys)
_short_without_places = lru_cache(maxsize=4096)(without_places)


def share(
    session: Session, target: Path, without: Collection[str], progress: Progress, is_unwanted: IsUnwanted
) -> tuple[Rewritten, Counter[str]]:
    """Write a copy for others to `target` without these PARTS; returns what was written, and what was left out.

    Raises SessionError if it cannot be written, and Unwanted; then nothing is left behind.
    """
    leaving = Leaving(without)
    done = rewrite(session, target, leaving, progress, is_unwanted, ours=False)
    return done, leaving.left


def what_would_be_left_out(session: Session, progress: Progress, is_unwanted: IsUnwanted) -> Counter[str]:
    """How much there is of each of the PARTS, and of keys. Raises Unwanted."""
    words, places = Leaving(["prompts", "tokens", "notes"]), Leaving(["paths"])
    survey(session, _Both(words, places), progress, is_unwanted)
    private = sum(info.private for info in session.runs())
    return words.left | places.left | Counter(private=private)


class _Both(Change):
    """Shows everything to two: a note that one of them empties may hold a path or a key that the other counts."""

    def __init__(self, *others: Leaving) -> None:
        self._others = others

    def plan(self, info: RunInfo) -> RunInfo | None:
        for other in self._others:
            other.plan(info)
        return info

    def record(self, record: Record) -> Record:
        for other in self._others:
            other.record(record)
        return record
