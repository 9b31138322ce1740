"""Says what each step of a trace is for: setup, plan, fact, compute ... answer. Rules over words; knows no model.

    table = read_rules(text_of_a_toml_file)       # or bundled_rules(), which come with the program
    labels = label(text, steps, table, by_hand={3: "check"})

After the tags of thought anchors (algorithms.md 3.47), with doubt and going back told apart. The rules are data
(`resources/trace_functions.toml`): phrases and signs with weights, English. They read surfaces, so a label is a guess
that names its rule, and the word of a person wins. A step no rule knows has no label: missing is not a guess.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import msgspec

from engine.traces.steps import Step

Function = Literal["setup", "plan", "fact", "compute", "uncertain", "check", "backtrack", "consolidate", "answer"]
FUNCTIONS: tuple[Function, ...] = get_args(Function)
Sign = Literal["equation", "arithmetic", "boxed", "question", "code", "first"]

RULES = Path(__file__).resolve().parents[2] / "resources" / "trace_functions.toml"
START_WORDS = 5
"""A rule that looks at a step's start looks for a phrase that begins in these many words."""
MOST_WORDS = 400
"""Words of a step that are looked at."""

_WORD = re.compile(r"[^\W_]+")
_EQUATION = re.compile(r"=[\s$({\\-]{0,4}[0-9]")
_ARITHMETIC = re.compile(r"[0-9)][ ]?(?:[-+*/×÷·^−]|\\times|\\cdot|\\div)[ ]?[(]?[0-9]")


class RulesError(Exception):
    """A table of rules cannot be used; the message is a sentence that says where."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Gives its weight to a function if one of its phrases or signs is in a step."""

    name: str
    function: Function
    weight: float
    phrases: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    at: Literal["start", "anywhere"] = "anywhere"


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rules, and which function wins where weights are equal: the first in `order`."""

    order: tuple[Function, ...]
    rule: tuple[Rule, ...]


class Label(msgspec.Struct, frozen=True, gc=False):
    """What a step is for."""

    function: Function | None
    """None: no rule knows, or a person has taken the label away."""
    rule: str
    """The name of the rule that weighed most for it; empty where none did."""
    by: Literal["rule", "person"] = "rule"
    weights: tuple[tuple[Function, float], ...] = ()
    """All functions some rule speaks for, the heaviest first: how close it was."""


class Rules:
    """A table made ready for many steps: phrases by their first word."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._rank = {function: place for place, function in enumerate(table.order)}
        self._by_sign: dict[Sign, list[int]] = {}
        self._phrases = _Branch()
        for number, rule in enumerate(table.rule):
            for sign in rule.signs:
                self._by_sign.setdefault(sign, []).append(number)
            for phrase in rule.phrases:
                self._phrases.add(phrase.split(), number, rule.at == "start")

    def label(self, step: str, first: bool = False) -> Label:
        """The label of one step. `first`: whether it is the trace's first."""
        found = self._of_phrases(step)
        for sign in self._by_sign:
            if _has(sign, step, first):
                found.update(self._by_sign[sign])
        if not found:
            return Label(None, "")
        weights: dict[Function, float] = {}
        for number in sorted(found):
            rule = self.table.rule[number]
            weights[rule.function] = weights.get(rule.function, 0.0) + rule.weight
        ranked = sorted(weights.items(), key=lambda entry: (-entry[1], self._rank[entry[0]]))
        function = ranked[0][0]
        own = [number for number in found if self.table.rule[number].function == function]
        decided = min(own, key=lambda number: (-self.table.rule[number].weight, number))
        return Label(function, self.table.rule[decided].name, "rule", tuple(ranked))

    def _of_phrases(self, step: str) -> set[int]:
        """The numbers of the rules with a phrase in the step."""
        words = _words(step)
        found: set[int] = set()
        for place, word in enumerate(words):
            if word in self._phrases.next:
                self._phrases.follow(words, place, place >= START_WORDS, found)
        return found


class _Branch:
    """Phrases that begin alike, as a tree by words."""

    __slots__ = ("anywhere", "next", "start")

    def __init__(self) -> None:
        self.next: dict[str, _Branch] = {}
        self.anywhere: list[int] = []
        """The rules whose phrase ends here."""
        self.start: list[int] = []
        """Those of them that look at a step's start alone."""

    def add(self, words: Sequence[str], number: int, at_start: bool) -> None:
        branch = self
        for word in words:
            branch = branch.next.setdefault(word, _Branch())
        (branch.start if at_start else branch.anywhere).append(number)

    def follow(self, words: Sequence[str], place: int, late: bool, found: set[int]) -> None:
        """Adds the rules of the phrases that stand at `words[place:]`."""
        found.update(self.anywhere)
        if not late:
            found.update(self.start)
        if self.next and place < len(words):
            for word in (words[place], "*"):
                if (branch := self.next.get(word)) is not None:
                    branch.follow(words, place + 1, late, found)


def label(
    text: str, steps: Sequence[Step], rules: Rules | None = None, by_hand: Mapping[int, Function | None] | None = None
) -> tuple[Label, ...]:
    """A label for each step. `by_hand`: labels that a person gave, by the step's number from 0; they win."""
    rules = rules or bundled_rules()
    given = by_hand or {}
    return tuple(
        Label(given[number], "", "person")
        if number in given
        else rules.label(text[step.start : step.end], first=number == 0)
        for number, step in enumerate(steps)
    )


def read_rules(toml: str, where: str = "the table of rules") -> Rules:
    """Rules of a table as text. Raises RulesError."""
    try:
        table = msgspec.convert(tomllib.loads(toml), Table)
    except (ValueError, msgspec.ValidationError, RecursionError) as error:  # ValueError: no TOML, or a huge number
        raise RulesError(f"{where} cannot be used: {error}.") from error
    if sorted(table.order) != sorted(FUNCTIONS):
        raise RulesError(f"{where} cannot be used: order must name each of {', '.join(FUNCTIONS)} once.")
    for rule in table.rule:
        _refuse(rule, where)
    return Rules(table)


@cache
def bundled_rules() -> Rules:
    """The table that comes with the program, read once."""
    return read_rules(RULES.read_text(encoding="utf-8"), RULES.name)


def _refuse(rule: Rule, where: str) -> None:
    if not rule.phrases and not rule.signs:
        raise RulesError(f"{where} cannot be used: the rule “{rule.name}” has neither phrases nor signs.")
    if not 0 < rule.weight < float("inf"):
        raise RulesError(f"{where} cannot be used: the weight of “{rule.name}” must be above 0.")
    for phrase in rule.phrases:
        words = phrase.split()
        if (
            not 0 < len(words) <= START_WORDS + 5
            or words[0] == "*"
            or any(w not in ("*", "#") and _words(w) != [w] for w in words)
        ):
            what = f"in “{rule.name}” the phrase “{phrase}” is not up to ten words in small letters, # and *"
            raise RulesError(f"{where} cannot be used: {what}.")


def _words(step: str) -> list[str]:
    """Its first words in small letters, numbers as #."""
    words = _WORD.findall(step[: MOST_WORDS * 10].lower())[:MOST_WORDS]
    return ["#" if word[0].isdecimal() else word for word in words]


def _has(sign: Sign, step: str, first: bool) -> bool:
    match sign:
        case "equation":
            return "=" in step and _EQUATION.search(step) is not None
        case "arithmetic":
            return _ARITHMETIC.search(step) is not None
        case "boxed":
            return "\\boxed" in step
        case "question":
            return step.rstrip()[-1:] in ("?", "？")
        case "code":
            return "```" in step
        case "first":
            return first


def shares(labels: Iterable[Label], steps: Iterable[Step]) -> dict[Function | None, float]:
    """What part of the characters each function has, in [0, 1]; None for steps without a label."""
    sizes: dict[Function | None, int] = {}
    for tag, step in zip(labels, steps, strict=True):
        sizes[tag.function] = sizes.get(tag.function, 0) + step.end - step.start
    total = sum(sizes.values())
    return {function: size / total for function, size in sizes.items()} if total else {}
