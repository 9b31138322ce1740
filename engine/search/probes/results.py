"""What a probe found: rows with intervals, one figure, one control, counters. Values that any view can show."""

from __future__ import annotations

from dataclasses import dataclass

from engine.events import NodeId
from engine.search.probes.intervals import Estimate


@dataclass(frozen=True, slots=True)
class Row:
    """One place of the thought that was probed."""

    words: str
    """Which, e.g. `after step 3 of 12`, or the step's own text."""
    estimate: Estimate
    node: NodeId | None = None
    """Where it stands in the probe's tree."""
    step: int | None = None
    """Number of the thought's step that it is about, from 1; None for the thought as a whole."""
    position: float | None = None
    """How much of the thought's text lies before it, in [0, 1]."""
    control: Estimate | None = None
    """The same without the edit, where every place has its own control."""
    detail: str = ""
    """What was done there, in words: `8 for 7`; or an answer that stands for the row."""
    numbers: tuple[tuple[str, float], ...] = ()
    """Whatever else is known of it, each number with its name and unit."""


@dataclass(frozen=True, slots=True)
class Counters:
    """What the samples cost in tokens of prompt."""

    samples: int
    prompt: int
    """Prefilled."""
    cached: int
    """Taken from kept keys and values."""
    alone: int
    """What the same samples would have prefilled, each by itself."""

    @property
    def saving(self) -> float | None:
        """How many times less was prefilled than without sharing; None where nothing was."""
        return self.alone / self.prompt if self.prompt else None


@dataclass(frozen=True, slots=True)
class Result:
    """Everything a view of one probe shows, so far: a probe under way has one, too."""

    unit: str
    """What the rows' numbers are, e.g. `share of samples with the same answer`."""
    rows: tuple[Row, ...]
    figure: Row | None
    """The headline, e.g. AOC."""
    control: Row | None
    """The no-edit control: what the probe would say if nothing had been done."""
    verdict: str
    """What that means, as one or two sentences that claim no more than the intervals allow."""
    counters: Counters
    reference: str | None
    """The answer that samples are compared with."""
    signed: bool = False
    """Whether rows are differences in [-1, 1] rather than shares in [0, 1]."""
