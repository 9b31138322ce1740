"""Finds the hidden steps behind one number, equation or sentence: candidates, and how well each fits. Knows no mark.

A number that occurs in several steps goes to the step that shares most words, has the same unit beside it, and works
the number out rather than mentions it. The weights below were set by hand on made-up traces; they only order what is
exact.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import msgspec

from engine.traces.claims import Said, slot_of, values_of
from engine.traces.contents import Contents, subject_of
from engine.traces.equations import Equation
from engine.traces.lexical import Index, stems
from engine.traces.numbers import Number

MOST_LINKS = 8
MOST_ASKED = 100_000
"""Steps that are looked at for all numbers together."""
MOST_HITS = 6
"""Steps with the most words of a sentence that are looked at."""
MOST_PLACES, MOST_ROUNDED = 12, 20
"""Digits after the point of a number that may round others, and how many values it may round."""
ENOUGH_WORDS = 0.5
"""Share of a sentence's words, by weight, that a step must have to support it."""
SAME_WORDS = 0.7
"""Share, in both directions, from which two sentences are taken to speak of the same thing."""

WORDS, UNIT, LATER = 1.5, 0.6, 0.05
"""What speaks for a step: shared words (times their share), the same unit, its place (times the share before)."""
MADE, MADE_HERE, EQUATION, TERM, ALL_TERMS = 0.15, 0.4, 1.0, 0.6, 0.8
"""That it works the number out; the same where the exposed number is a result too, or has no unit; that it has the same
equation with the number as the result, or as a term; that it has all terms of the equation that gives it."""


_ABOUT = re.compile(
    r"(?:\b(?:about|approximately|approx\.?|around|roughly|nearly|almost)|[≈~]|\\approx)\s?[$€£]?$", re.IGNORECASE
)


class Link(msgspec.Struct, frozen=True, gc=False):
    """A hidden step, by its number from 0."""

    step: int
    strength: float
    """Of a number: how well it fits, from 0; comparable within one claim only. Of a sentence: share of its words."""
    how: str


class Sentence:
    """One exposed sentence and its words."""

    def __init__(self, said: Said, place: int, index: Index) -> None:
        step = said.steps[place]
        self.said, self.place = said, place
        self.text = said.text[step.start : step.end]
        self.words = frozenset(stems(self.text))
        self.weighed = index.weigh(self.words)
        self.contents = Contents(said, place)
        self.covers: dict[int, float] = {}
        """What share of its words a step has, as far as that was asked."""

    def equation_of(self, number: Number) -> Equation | None:
        """The equation whose result the number is."""
        return next((e for e in self.said.equations[self.place] if e.result_start == number.start), None)

    def worked_out_from(self, number: Number) -> Equation | None:
        """The equation that the number is a term of: it is not what the sentence says in the end."""
        around = (made for made in self.said.equations[self.place] if made.start <= number.start < made.end)
        return next((made for made in around if made.result_start != number.start), None)

    @cached_property
    def keys(self) -> frozenset[str]:
        """Of its equations."""
        return frozenset(equation.key for equation in self.said.equations[self.place])


class Standing(NamedTuple):
    """Where a value stands in the thought."""

    steps: dict[int, bool]
    """The steps that have it, and whether they work it out."""
    few: frozenset[int]
    """Of many steps those that are looked at in any case: the first, the latest, and the latest that work it out."""
    latest: tuple[int, ...]
    how: str


class Hidden:
    """The hidden steps, ready to be asked. A question takes the same time however often the thought says something."""

    def __init__(self, said: Said, index: Index, asked: int) -> None:
        self.said, self.index = said, index
        self._most = max(4, min(40, MOST_ASKED // max(1, asked)))
        """Candidates for one number, fewer where many numbers ask."""
        self._steps_of: dict[Fraction, dict[int, bool]] = {}
        """Of each value the steps that have it, and whether they work it out."""
        self._made: dict[str, dict[Fraction, list[int]]] = {}
        """Of each equation's key the results, and their steps; the result that was told latest stands last."""
        self._standing: dict[Fraction | tuple[int, int], Standing] = {}
        self._contents: dict[int, Contents] = {}
        for step, found in enumerate(said.numbers):
            results = {equation.result_start for equation in said.equations[step]}
            for number in found:
                if number.role == "quantity":
                    for value in values_of(number):
                        steps = self._steps_of.setdefault(value, {})
                        steps[step] = steps.get(step, False) or number.start in results
        for step, made in enumerate(said.equations):
            for equation in made:
                results_of = self._made.setdefault(equation.key, {})
                results_of[equation.comes_to] = told = results_of.pop(equation.comes_to, [])
                told.append(step)
                self._steps_of.setdefault(equation.result, {})[step] = True
        self._values = sorted(self._steps_of)

    def occurs(self, number: Number) -> bool:
        return self.has(number.value)

    def has(self, value: Fraction) -> bool:
        """Whether the value stands anywhere in the thought."""
        return value in self._steps_of

    def shown_by(self, number: Number) -> set[Fraction]:
        """The values of the thought that an exposed number shows: its own, and those that it rounds."""
        return {*values_of(number), *self._values[slice(*self._near(number))]}

    def same_equation(self, equation: Equation) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
        """Steps with the same left side: those with its result, and those with another; the latest first.

        Of many other results the MOST_LINKS that were told latest count.
        """
        made = self._made.get(equation.key, {})
        told = equation.comes_to
        same = made.get(told, [])[-MOST_LINKS:]
        rest = (steps for result, steps in reversed(made.items()) if result != told)
        other = [step for steps in islice(rest, MOST_LINKS) for step in steps[-MOST_LINKS:]]
        return _links(same, 2.0, "the same equation"), _links(other, 2.0, "the same left side, another result")

    def all_numbers(self, equation: Equation) -> tuple[Link, ...]:
        """Steps that have the result and all terms of an equation, alone or with the step before."""
        wanted = {*equation.terms, equation.result}
        if len(wanted) < 2 or equation.verdict == "name":
            return ()
        latest = self._where(equation.result).latest
        found = [step for step in latest if all(self._has(value, step) for value in wanted)]
        return _links(found, 1.0, "all of its numbers")

    def _has(self, value: Fraction, step: int) -> bool:
        steps = self._steps_of.get(value, {})
        return step in steps or step - 1 in steps

    def support(self, number: Number, sentence: Sentence) -> tuple[Link, ...]:
        """The steps with this value, or with one that it rounds, best first."""
        standing = self._where(number.value, (0, 0) if self.occurs(number) else self._near(number))
        steps = standing.steps
        own = sentence.equation_of(number)
        made_here = own is not None
        slot = slot_of(sentence.said.text, number)
        ranked = []
        for step in self._candidates(standing, sentence):
            words, contents = self._cover(sentence, step), self._contents_of(step)
            unit = bool(slot.unit) and slot.unit in contents.units.get(number.value, ())
            equation = bool(sentence.keys) and not sentence.keys.isdisjoint(contents.keys.get(number.value, ()))
            if len(sentence.words) >= 3 and words < 0.12 and not unit and not equation and not steps[step]:
                continue
            made = (MADE_HERE if made_here or not slot.unit else MADE) if steps[step] else 0.0
            same = (EQUATION if made_here else TERM) if equation else 0.0
            if own is not None and not equation and all(step in self._steps_of.get(term, ()) for term in own.terms):
                same = ALL_TERMS
            fit = WORDS * words + UNIT * unit + made + same + LATER * step / len(self.said.steps)
            ranked.append(Link(step, fit, ("worked out there" if steps[step] else "the same value") + standing.how))
        return tuple(sorted(ranked, key=lambda link: (-link.strength, -link.step))[:MOST_LINKS])

    def rivals(self, number: Number, sentence: Sentence) -> tuple[Link, ...]:
        """Steps that say the same of the same unit, but of another value; none if one of them has the value."""
        if len(sentence.words) < 2:
            return ()
        subject, found = subject_of(slot_of(sentence.said.text, number)), []
        own = self.shown_by(number)
        mine, told = values_of(number), sentence.contents.values
        for step, _ in self._search(sentence):
            words = self._cover(sentence, step)
            if words < SAME_WORDS or self.index.covered(step, sentence.weighed) < SAME_WORDS:
                continue
            contents = self._contents_of(step)
            if not own.isdisjoint(contents.meant.get(subject, ())):
                return ()
            if any(told[value] <= (value in mine) for value in contents.told.get(subject, ())):
                found.append(Link(step, WORDS * words + UNIT, "the same words, another value"))
        return tuple(sorted(found, key=lambda link: (-link.strength, -link.step)))

    def by_words(self, sentence: Sentence) -> tuple[Link, ...]:
        """The steps that share the sentence's words, best first; numbers it shares decide between equals."""
        values = sentence.contents.values
        ranked = []
        for step, _ in self._search(sentence):
            shared = sum(step in self._steps_of.get(value, {}) for value in values)
            ranked.append((self._cover(sentence, step), shared, step))
        ranked.sort(key=lambda entry: (-round(entry[0], 9) - 0.1 * entry[1], -entry[2]))
        return tuple(Link(step, cover, "shares words") for cover, _, step in ranked[:MOST_LINKS])

    def denial(self, sentence: Sentence, best: Link) -> Link | None:
        """The best step, if it has nearly the same words with, or without, a denial."""
        close = best.strength >= 0.8 and self.index.covered(best.step, sentence.weighed) >= SAME_WORDS
        return best if close and self.denies(best, sentence) else None

    def denies(self, link: Link, sentence: Sentence) -> bool:
        """Whether a denial stands in the step or in the sentence, but not in both."""
        return self._contents_of(link.step).negated != sentence.contents.negated

    def _search(self, sentence: Sentence) -> list[tuple[int, float]]:
        return self.index.search(sentence.words, MOST_HITS)

    def _candidates(self, standing: Standing, sentence: Sentence) -> list[int]:
        if len(standing.steps) <= self._most:
            return list(standing.steps)
        hits = [step for step, _ in self._search(sentence) if step in standing.steps]
        return sorted(standing.few.union(hits))

    def _where(self, value: Fraction, near: tuple[int, int] = (0, 0)) -> Standing:
        """Where a value stands; if nowhere, where the values `near` it stand, those that it rounds."""
        key = near if value not in self._steps_of else value
        if key not in self._standing:
            steps, how = self._steps_of.get(value, {}), ""
            if not steps:
                how = ", rounded"
                for other in self._values[slice(*near)]:
                    steps = steps | self._steps_of[other]
            order, half = list(steps), self._most // 2
            made = [step for step in order if steps[step]]
            few = frozenset((*made[-half:], *order[:half], *order[-half:]))
            self._standing[key] = Standing(steps, few, tuple(order[-self._most :]), how)
        return self._standing[key]

    def _near(self, number: Number) -> tuple[int, int]:
        """The part of the sorted values that a decimal number rounds, or an `about 52`; of many the first few."""
        whole = number.places == 0 and number.value.denominator == 1
        if number.places > MOST_PLACES or not (number.places or (whole and self._is_about(number))):
            return 0, 0
        half = Fraction(1, 2 * 10**number.places)
        low, high = bisect_left(self._values, number.value - half), bisect_right(self._values, number.value + half)
        return low, min(high, low + MOST_ROUNDED)

    def _is_about(self, number: Number) -> bool:
        return _ABOUT.search(self.said.text, max(0, number.start - 16), number.start) is not None

    def _contents_of(self, step: int) -> Contents:
        if step not in self._contents:
            self._contents[step] = Contents(self.said, step)
        return self._contents[step]

    def _cover(self, sentence: Sentence, step: int) -> float:
        if step not in sentence.covers:
            sentence.covers[step] = self.index.cover(sentence.weighed, step)
        return sentence.covers[step]


def _links(steps: Iterable[int], strength: float, how: str) -> tuple[Link, ...]:
    latest = sorted(set(steps), reverse=True)[:MOST_LINKS]
    return tuple(Link(step, strength, how) for step in latest)
