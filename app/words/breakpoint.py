"""The kinds of breakpoints as a person meets them: a title, a sentence, and the one value that each has. No widget."""

from __future__ import annotations

from dataclasses import dataclass

from app.language import mark, tr
from app.plain_text import one_line
from engine.breakpoints import (
    AnswerFound,
    Breakpoint,
    DepthPassed,
    IterationReached,
    ScoredBelow,
    TextMatched,
    ValueDropped,
)

Value = float | int | str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. All texts are marked literals."""

    make: type[Breakpoint]
    title: str
    sentence: str
    """With `{value}`."""
    label: str
    """Of the value's field."""
    default: Value
    minimum: float = 0.0
    maximum: float = 1.0


KINDS: tuple[Kind, ...] = (
    Kind(AnswerFound, mark("An answer is found"), mark("An answer is found worth {value} or more"),
         mark("Worth at least (0: any answer; 1: proven)"), 0.0),
    Kind(ValueDropped, mark("A value drops"), mark("A value drops by more than {value}"), mark("By more than"), 0.3),
    Kind(TextMatched, mark("A step matches a text"), mark("A step holds “{value}”"),
         mark("Text (* stands for anything)"), ""),
    Kind(DepthPassed, mark("The tree grows deep"), mark("A step lies deeper than {value}"), mark("Deeper than"), 10,
         0, 10_000),
    Kind(IterationReached, mark("An iteration is done"), mark("Iteration {value} is done"), mark("Iteration"), 10,
         1, 1_000_000_000),
    Kind(ScoredBelow, mark("A step is scored low"), mark("A step is scored below {value}"), mark("Below"), 0.2),
)  # fmt: skip
LONGEST = 60


def kind_of(entry: Breakpoint) -> Kind:
    return next(kind for kind in KINDS if type(entry) is kind.make)


def value_of(entry: Breakpoint) -> Value:
    """The one value that it has."""
    (name,) = entry.__struct_fields__
    value: Value = getattr(entry, name)
    return value


def words_of(entry: Breakpoint) -> str:
    """When it pauses the run, in the language of the window."""
    kind, value = kind_of(entry), value_of(entry)
    if isinstance(entry, AnswerFound) and not entry.least:
        return tr(kind.title)
    text = one_line(value, LONGEST) if isinstance(value, str) else f"{value:g}"
    return tr(kind.sentence).format(value=text)
