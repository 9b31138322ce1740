"""What one step or sentence says, read once and asked often: what its numbers count, which equations use them.

Knows no other step and no link. A question takes the same time however many numbers the step has.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cached_property

from engine.traces.claims import Said, Slot, slot_of, values_of
from engine.traces.lexical import is_negated


class Contents:
    """One step of what is said."""

    def __init__(self, said: Said, place: int) -> None:
        self._said, self._place = said, place

    @cached_property
    def units(self) -> dict[Fraction, set[str]]:
        """What each value counts."""
        units: dict[Fraction, set[str]] = {}
        for subject, values in self.meant.items():
            for value in values:
                units.setdefault(value, set()).add(subject.unit)
        return units

    @cached_property
    def meant(self) -> dict[Slot, set[Fraction]]:
        """Of each subject (`subject_of`) the values that its numbers can be meant as."""
        return self._by_subject[0]

    @cached_property
    def told(self) -> dict[Slot, set[Fraction]]:
        """Of each subject the values of its numbers themselves."""
        return self._by_subject[1]

    @cached_property
    def _by_subject(self) -> tuple[dict[Slot, set[Fraction]], dict[Slot, set[Fraction]]]:
        meant: dict[Slot, set[Fraction]] = {}
        told: dict[Slot, set[Fraction]] = {}
        for number in self._said.numbers[self._place]:
            if number.role == "quantity":
                subject = subject_of(slot_of(self._said.text, number))
                meant.setdefault(subject, set()).update(values_of(number))
                told.setdefault(subject, set()).add(number.value)
        return meant, told

    @cached_property
    def values(self) -> Counter[Fraction]:
        """How many of its numbers can be meant as each value."""
        return Counter(value for number in self._said.numbers[self._place] for value in set(values_of(number)))

    @cached_property
    def keys(self) -> dict[Fraction, set[str]]:
        """Of each value the keys of the equations that have it as their result or as a term."""
        keys: dict[Fraction, set[str]] = {}
        for made in self._said.equations[self._place]:
            for value in (made.result, *made.terms):
                keys.setdefault(value, set()).add(made.key)
        return keys

    @cached_property
    def negated(self) -> bool:
        """Whether it denies."""
        step = self._said.steps[self._place]
        return is_negated(self._said.text[step.start : step.end])


def subject_of(slot: Slot) -> Slot:
    """What two numbers must have in common to speak of the same: their unit, or for want of one the word before."""
    return Slot(slot.unit, "") if slot.unit else slot
