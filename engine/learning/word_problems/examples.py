"""Draws word problems with their solutions by composing parts. Knows no model, tokenizer or file.

A *template* is one opening, none to two changes and one question of a domain, at most four equations together.

What is held out (a fixed rule, no random choice, so that it can be checked years later):

* templates: those whose name has `crc32(name) % 20 < 3`, about 15 %;
* paraphrases: the last wording of every sentence that has four or more.

Training draws take neither. Held-out draws take a held-out template and, for each sentence that has one, the
held-out wording. Step sentences are not held out: a solver cannot guess how we would have said them.
"""

from __future__ import annotations

import random
import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, permutations
from zlib import crc32

from engine.learning.word_problems import lexicon
from engine.learning.word_problems.parts import LARGEST, SMALLEST, Domain, Part, Sum, UnfitError
from engine.learning.word_problems.stories import DOMAINS

STEP_COUNTS = {1: 2, 2: 4, 3: 4, 4: 2}
"""How often a problem of so many equations is drawn, as weights."""
WORDINGS_BEFORE_HOLDING_OUT = 4
_DISTRACTED = 0.3
DISTRACTIONS = (
    "{l} has {z} {u}.",
    "There are {z} {u} on a table.",
    "{l} buys {z} {u}.",
    "A friend of {n} lives in house number {z}.",
    "{l} finds {z} {u} at home.",
    "The next town is {z} miles away.",
    "On {day} it rains for {z} minutes.",
    "In the house of {l} there are {z} {u}.",
)


@dataclass(frozen=True, slots=True)
class Operand:
    """A number of an equation: its right value, and the step that computes it (None: the question gives it)."""

    value: int
    step: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One equation of the solution and the sentence around it; `{e}` in the sentence stands for the equation."""

    sentence: str
    left: Operand
    operator: str
    right: Operand
    result: int


@dataclass(frozen=True)
class WordExample:
    """A word problem with one clean solution. All values are integers from 2 to 999."""

    question: str
    steps: tuple[str, ...]
    """One sentence with one equation each, ending in `.` and a line break."""
    answer: str
    """`Answer: 23`, without a line end."""
    template: str
    held_out: bool
    plan: tuple[PlannedStep, ...] = field(repr=False)
    """The same solution as data: `steps[i]` states `plan[i]`."""
    spare: tuple[int, ...] = field(repr=False)
    """Numbers of the question that do not matter."""

    @property
    def value(self) -> int:
        """The right answer."""
        return self.plan[-1].result

    @property
    def given(self) -> tuple[int, ...]:
        """The quantities that the question gives and the solution needs, once per use."""
        return tuple(o.value for step in self.plan for o in (step.left, step.right) if o.step is None)


@dataclass(frozen=True, slots=True)
class Template:
    """A composition of parts that makes a whole problem."""

    domain: Domain
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        return f"{self.domain.name}: {', '.join(part.name for part in self.parts)}"

    @property
    def held_out(self) -> bool:
        return crc32(self.name.encode()) % 20 < 3

    @property
    def equations(self) -> int:
        return sum(len(part.sums) for part in self.parts)


def compositions(domain: Domain) -> Iterator[Template]:
    """All templates of a domain."""
    for opening in domain.openings:
        for count in range(3):
            for changes in permutations(domain.changes, count):
                for question in domain.questions:
                    template = Template(domain, (opening, *changes, question))
                    if template.equations in STEP_COUNTS:
                        yield template


@cache
def templates(held_out: bool) -> dict[int, tuple[tuple[Template, ...], ...]]:
    """The templates on one side of the held-out rule, by number of equations and, within these, by domain."""
    table: dict[int, list[tuple[Template, ...]]] = {count: [] for count in STEP_COUNTS}
    for domain in DOMAINS:
        fitting = [template for template in compositions(domain) if template.held_out == held_out]
        for count, lists in table.items():
            chosen = tuple(template for template in fitting if template.equations == count)
            if chosen:
                lists.append(chosen)
    return {count: tuple(lists) for count, lists in table.items()}


_COUNTS = tuple(STEP_COUNTS)
_WEIGHTS = tuple(accumulate(STEP_COUNTS.values()))


def draw_template(rng: random.Random, held_out: bool) -> Template:
    """A template: first its number of equations, then its domain, then one of these at random."""
    count = _COUNTS[bisect(_WEIGHTS, rng.randrange(_WEIGHTS[-1]))]
    return rng.choice(rng.choice(templates(held_out)[count]))


def wordings_for(wordings: Sequence[str], held_out: bool) -> Sequence[str]:
    """The wordings of one sentence that a draw may use, after the rule in the module's docstring."""
    if len(wordings) < WORDINGS_BEFORE_HOLDING_OUT:
        return wordings
    return wordings[-1:] if held_out else wordings[:-1]


def draw_slots(rng: random.Random, domain: Domain) -> dict[str, str]:
    """Names and nouns for one story; the slot names are those of the wordings."""
    woman = rng.random() < 0.5
    name = rng.choice(lexicon.WOMEN if woman else lexicon.MEN)
    other, third = rng.sample([n for n in rng.sample(lexicon.WOMEN + lexicon.MEN, 3) if n != name], 2)
    singular, plural = rng.choice(domain.things or lexicon.THINGS)
    other_singular, other_plural = rng.choice(lexicon.GOODS)
    while other_plural == plural:
        other_singular, other_plural = rng.choice(lexicon.GOODS)
    container, containers = rng.choice(lexicon.CONTAINERS)
    room, rooms = rng.choice(lexicon.ROOMS)
    colour, hue = rng.sample(lexicon.COLOURS, 2)
    pronouns = ("she", "her", "her") if woman else ("he", "his", "him")
    slots = {"n": name, "m": other, "l": third, "i": singular, "o": plural, "j": other_singular, "u": other_plural}
    slots |= {"c": container, "cs": containers, "r": room, "rs": rooms, "colour": colour, "hue": hue}
    slots |= {"he": pronouns[0], "his": pronouns[1], "him": pronouns[2]}
    slots |= {"He": pronouns[0].capitalize(), "His": pronouns[1].capitalize()}
    slots |= {"v": rng.choice(lexicon.VEHICLES), "place": rng.choice(lexicon.PLACES), "day": rng.choice(lexicon.DAYS)}
    slots |= {"club": rng.choice(lexicon.CLUBS), "job": rng.choice(lexicon.JOBS)}
    return slots


def exact(left: int, operator: str, right: int) -> int:
    """The value of one equation. Raises UnfitError where it is not a whole number from 2 to 999."""
    if operator == "/":
        if right == 0 or left % right:
            raise UnfitError
        value = left // right
    else:
        value = {"+": left + right, "-": left - right, "*": left * right}[operator]
    if not SMALLEST <= value <= LARGEST:
        raise UnfitError
    return value


def equation_text(left: int, operator: str, right: int, result: int) -> str:
    return f"{left} {operator} {right} = {result}"


def state_step(sentence: str, equation: str) -> str:
    """The step that says an equation with a planned sentence, e.g. `The jars hold 5 * 7 = 35 pens.` and a line end."""
    return sentence.replace("{e}", equation) + "\n"


_PRONOUN = re.compile(r"\b(he|she|his|her|him|them)\b", re.IGNORECASE)
"""A sentence with one of these must follow the sentence it speaks of: nothing may be put before it."""


class _Story:
    """One problem while it is being told: the numbers so far, the sentences and the plan."""

    def __init__(self, rng: random.Random, template: Template, held_out: bool) -> None:
        self._rng = rng
        self._held_out = held_out
        self._slots: dict[str, str] = draw_slots(rng, template.domain)
        self._values: dict[str, int] = {}
        self._made_by: dict[str, int] = {}
        self.sentences: list[str] = []
        self.plan: list[PlannedStep] = []
        for told in template.parts:
            self._tell(told)

    def _fill(self, wording: str) -> str:
        return wording.format_map({**self._slots, **self._values, "e": "{e}"})

    def _tell(self, told: Part) -> None:
        for name, draw in told.numbers.items():
            self._values[name] = draw(self._rng, self._values)
            self._made_by.pop(name, None)
        self.sentences.append(self._fill(self._rng.choice(wordings_for(told.wordings, self._held_out))))
        for equation in told.sums:
            self._solve(equation)

    def _solve(self, equation: Sum) -> None:
        left, right = self._operand(equation.left), self._operand(equation.right)
        result = exact(left.value, equation.operator, right.value)
        sentence = self._fill(self._rng.choice(equation.wordings))
        self._made_by[equation.target] = len(self.plan)
        self._values[equation.target] = result
        self.plan.append(PlannedStep(sentence, left, equation.operator, right, result))

    def _operand(self, name: str) -> Operand:
        if name.isdigit():
            return Operand(int(name))
        return Operand(self._values[name], self._made_by.get(name))

    def distract(self) -> int:
        """Put a sentence in between whose number does not matter, and return the number."""
        number = self._values["z"] = self._rng.randint(SMALLEST, 99)
        wording = self._rng.choice(wordings_for(DISTRACTIONS, self._held_out))
        places = [i for i, sentence in enumerate(self.sentences) if i == 0 or not _PRONOUN.search(sentence)]
        self.sentences.insert(self._rng.choice(places), self._fill(wording))
        return number


def _tell_example(rng: random.Random, template: Template, held_out: bool) -> WordExample:
    story = _Story(rng, template, held_out)
    spare = (story.distract(),) if rng.random() < _DISTRACTED else ()
    plan = tuple(story.plan)
    steps = tuple(
        state_step(step.sentence, equation_text(step.left.value, step.operator, step.right.value, step.result))
        for step in plan
    )
    return WordExample(
        question=" ".join(story.sentences),
        steps=steps,
        answer=f"Answer: {plan[-1].result}",
        template=template.name,
        held_out=held_out,
        plan=plan,
        spare=spare,
    )


def draw_word_example(rng: random.Random, *, held_out: bool = False) -> WordExample:
    """Draw one word problem with a clean solution of one to four steps, on the stated side of the held-out rule."""
    while True:
        template = draw_template(rng, held_out)
        try:
            return _tell_example(rng, template, held_out)
        except UnfitError:
            continue
