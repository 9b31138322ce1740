"""Whether a run may go on: pause, steps, breakpoints, and tasks that go on in a pause. Knows no tree, no move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.breakpoints import Breakpoint, Hit

Stretch = Literal["phase", "iteration"]


@dataclass
class Pace:
    """Changed by what people ask, and by what has been done."""

    paused: bool = False
    holds: bool = False
    """Whether a run in pause does not end by itself: a person changed it or opened it again, and may do more."""
    breakpoints: tuple[Breakpoint, ...] = ()
    hit: Hit | None = None
    """Why it was paused, if it was by a breakpoint and nobody has moved it since."""
    allowance: Stretch | None = None
    """What may be done before it pauses again."""
    once_more: bool = False
    """Whether the same was asked for again while it was being done: a press of a key that came early is not lost, and
    one that is held down leaves no row of steps behind."""
    serves: bool = False
    """Whether tasks are performed though it is in pause."""

    @property
    def may_go(self) -> bool:
        return not self.paused or self.allowance is not None or self.serves

    def pause(self) -> None:
        self.paused, self.allowance, self.serves, self.once_more = True, None, False, False

    def go_on(self) -> None:
        self.paused = self.holds = self.once_more = False
        self.allowance = self.hit = None

    def step(self, what: Stretch) -> None:
        if self.paused and self.allowance == what:
            self.once_more = True
            return
        self.pause()
        self.holds = False
        self.allowance, self.hit = what, None

    def stop_at(self, hit: Hit) -> None:
        """A breakpoint was hit: pause, and stay even if nothing is left to be done."""
        self.pause()
        self.hit, self.holds = hit, True

    def serve(self) -> None:
        """A person asked for something: it is done in a pause, too, and the run does not end after it by itself."""
        self.serves = self.holds = True
        self.hit = None

    def done(self, what: Stretch) -> None:
        """A phase or an iteration is over."""
        if self.allowance == what:
            self.allowance = what if self.once_more else None
            self.once_more = False
