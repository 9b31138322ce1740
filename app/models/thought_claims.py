"""The claims of a trace and what stayed hidden, as things to count, walk through and link. Pure; judges nothing.

`pieces` are numbers in `app.trace_text.text.TraceText.pieces`: those of the hidden steps, and of the exposed sentences.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Generator, Sequence
from typing import Literal, get_args

import msgspec

from engine.traces.alignment import Aligned, Alignment, told

Verdict = Literal["supported", "only exposed", "contradicted", "only hidden"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
YIELD_EVERY = 500
"""Claims between two chances to stop."""


class Place(msgspec.Struct, frozen=True):
    """A claim of the exposed text, or a hidden step whose results are not shown."""

    start: int
    end: int
    verdict: Verdict
    piece: int
    """The sentence or the step that it stands in."""
    partners: tuple[int, ...]
    """The pieces at the other side that it is linked with, best first: what supports it; of a contradiction what says
    otherwise."""
    why: str
    claim: Aligned | None = None
    """None for a hidden step."""


class Claims:
    """All of them, in the order of the text, and by their pieces. Made by `claims_of` and `gather`."""

    def __init__(self) -> None:
        self.places: tuple[Place, ...] = ()
        self.counts: dict[Verdict, int] = dict.fromkeys(VERDICTS, 0)
        self._verdicts: dict[int, set[Verdict]] = {}
        self._partners: dict[int, dict[int, None]] = {}
        self._inside: dict[int, list[Place]] = {}

    def _take(self, place: Place) -> None:
        self.counts[place.verdict] += 1
        self._inside.setdefault(place.piece, []).append(place)
        for piece in (place.piece, *place.partners):
            self._verdicts.setdefault(piece, set()).add(place.verdict)
        for other in place.partners:
            self._partners.setdefault(place.piece, {})[other] = None
            self._partners.setdefault(other, {})[place.piece] = None

    def verdicts(self, piece: int) -> Collection[Verdict]:
        """What is said of a piece: of its own claims, and of those that are linked with it."""
        return self._verdicts.get(piece, frozenset())

    def partners(self, piece: int) -> tuple[int, ...]:
        """The pieces at the other side that a piece is linked with."""
        return tuple(self._partners.get(piece, ()))

    def inside(self, piece: int) -> Sequence[Place]:
        """The claims that stand in a piece."""
        return self._inside.get(piece, ())

    def at(self, offset: int, piece: int) -> Place | None:
        """The smallest claim of a piece that has the character at `offset`; for want of one the first of the piece."""
        inside = self.inside(piece)
        around = [place for place in inside if place.start <= offset < place.end]
        return min(around, key=lambda place: place.end - place.start, default=inside[0] if inside else None)

    def after(self, place: Place | None, wanted: Collection[Verdict] = VERDICTS) -> Place | None:
        """The next claim of a kind behind `place` (None: the first); behind the last comes the first."""
        found = [other for other in self.places if other.verdict in wanted]
        return found[0 if place is None else bisect_right(found, _key(place), key=_key) % len(found)] if found else None

    def before(self, place: Place | None, wanted: Collection[Verdict] = VERDICTS) -> Place | None:
        """The claim of a kind before `place` (None: the last); before the first comes the last."""
        found = [other for other in self.places if other.verdict in wanted]
        return found[-1 if place is None else bisect_left(found, _key(place), key=_key) - 1] if found else None


def gather(
    alignment: Alignment, step_pieces: Sequence[int], sentence_pieces: Sequence[int]
) -> Generator[None, None, Claims]:
    """Makes the claims of an alignment, and yields now and then: there may be tens of thousands."""
    claims, steps = Claims(), alignment.steps
    found = [
        Place(steps[one.step].start, steps[one.step].end, "only hidden", step_pieces[one.step], (), "")
        for one in alignment.only_hidden
    ]
    for number, entry in enumerate(told(alignment.claims)):
        found.append(_claim(entry, step_pieces, sentence_pieces))
        if number % YIELD_EVERY == 0:
            yield
    claims.places = tuple(sorted(found, key=_key))
    for number, place in enumerate(claims.places):
        claims._take(place)
        if number % YIELD_EVERY == 0:
            yield
    return claims


def claims_of(alignment: Alignment, step_pieces: Sequence[int], sentence_pieces: Sequence[int]) -> Claims:
    """The same in one go."""
    work = gather(alignment, step_pieces, sentence_pieces)
    while True:
        try:
            next(work)
        except StopIteration as end:
            claims: Claims = end.value
            return claims


def _claim(entry: Aligned, step_pieces: Sequence[int], sentence_pieces: Sequence[int]) -> Place:
    links = entry.against if entry.mark == "contradicted" else entry.links or entry.against
    partners = dict.fromkeys(step_pieces[link.step] for link in links)
    claim = entry.claim
    piece = sentence_pieces[claim.sentence]
    return Place(claim.start, claim.end, entry.mark, piece, tuple(partners), entry.why, entry)


def _key(place: Place) -> tuple[int, int]:
    """In the order of the text; what lies in another one comes after it."""
    return place.start, -place.end


NO_CLAIMS = Claims()
"""Of a trace in which nothing was found yet."""
