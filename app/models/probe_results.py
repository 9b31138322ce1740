"""What the probes of a session found, and which run is about which trace. Knows no widget, no file and no process."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.commands import RunPlan
from engine.events import NodeId, Record
from engine.problems import ProblemError
from engine.search import PROBES, Probe, SettingError, configure
from engine.search.probes import Result
from engine.search.probes.spine import spine_of
from engine.tree import Tree, TreeError, fold
from storage.runs import RunInfo

PROBES_BY_NAME: dict[str, type[Probe]] = {kind.name: kind for kind in PROBES}

_PLACE = re.compile(r"([0-9]{1,9})/([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a trace stands in a session: a run, and the node at its end."""

    run: int
    node: NodeId

    @classmethod
    def read(cls, text: str) -> Place | None:
        """`RUN/NODE`, as the setting `of` of a probe has it; None for anything else."""
        found = _PLACE.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.run}/{self.node}"


def probe_named(search: str) -> type[Probe] | None:
    """The probe of this name; None for any other search."""
    return PROBES_BY_NAME.get(search)


def place_of(plan: RunPlan) -> Place | None:
    """Where the trace stands that a probe is about; None for a probe whose model thought anew, and for other runs."""
    return Place.read(str(plan.settings.get("of", ""))) if probe_named(plan.search) else None


@dataclass(frozen=True, slots=True)
class Trial:
    """A probe of one trace: a run of it, or None for a probe that was never run."""

    kind: type[Probe]
    info: RunInfo | None


@dataclass(frozen=True, slots=True)
class Group:
    """The probes of one trace."""

    place: Place | None
    """None: each run of the group is about a thought of its own, which the model was let think first."""
    trials: tuple[Trial, ...]


def trials(runs: Iterable[RunInfo], current: Place | None) -> tuple[Group, ...]:
    """The probes of a session by their traces: first those of `current`, all of them, run or not; then the others,
    the latest first."""
    found: dict[Place | None, list[Trial]] = {} if current is None else {current: []}
    for info in sorted(runs, key=lambda info: -info.id):
        kind = probe_named(info.plan.search)
        if kind is not None:
            found.setdefault(place_of(info.plan), []).append(Trial(kind, info))
    return tuple(_group(place, members, place is not None and place == current) for place, members in found.items())


def _group(place: Place | None, members: list[Trial], whole: bool) -> Group:
    """In the order of the registry; the latest run of a probe first."""
    ordered: list[Trial] = []
    for kind in PROBES:
        mine = [trial for trial in members if trial.kind is kind]
        ordered += mine or ([Trial(kind, None)] if whole else [])
    return Group(place, tuple(ordered))


class Reading:
    """The run of a probe as far as it was read, and what was found in that."""

    def __init__(self, search: str, settings: Mapping[str, Any]) -> None:
        """Raises KeyError for a search that is no probe."""
        self.kind = PROBES_BY_NAME[search]
        self.tree = Tree()
        self.events = 0
        self.error = ""
        """Why there is no result and will be none, as a sentence."""
        self._settings = settings
        self._result: Result | None = None
        self._read = -1

    @classmethod
    def of(cls, tree: Tree) -> Reading:
        """Of a run that has begun, as it is. Raises KeyError for one that is no probe."""
        assert tree.started is not None, "a run that has begun is read"
        reading = cls(tree.started.search, tree.started.settings)
        reading.tree = tree
        return reading

    def take(self, records: Sequence[Record]) -> bool:
        """The next records of the run; whether there were any."""
        if self.error or not records:
            return False
        try:
            fold(records, self.tree)
        except TreeError as error:
            self.error = f"The log of this run makes no sense: {error}."
        self.events += len(records)
        return True

    @property
    def result(self) -> Result | None:
        """What was found so far; None before the first event, and for what cannot be read (see `error`)."""
        if self.tree.started is not None and self._read != self.events and not self.error:
            self._read = self.events
            self._result = self._find()
        return self._result

    @property
    def progress(self) -> float:
        """Share of the samples that are drawn, in [0, 1], as far as the probe knows now how many it will want."""
        if self.tree.started is None or self.result is None:
            return 0.0
        return self.probe.progress(self.tree) or 0.0

    @property
    def steps(self) -> tuple[str, ...]:
        """The texts of the thought's steps, in order."""
        return tuple(node.step for node in spine_of(self.tree).hidden) if self.tree.nodes else ()

    def _find(self) -> Result | None:
        try:
            return self.probe.result(self.tree)
        except (ProblemError, SettingError) as error:
            self.error = str(error)
            return None

    @property
    def probe(self) -> Probe:
        """The probe itself, with its settings. Raises SettingError."""
        return configure(self.kind, self._settings)
