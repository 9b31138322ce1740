"""The help page of a strategy, made from the strategy itself: docstring, paper, formula, settings. Knows no Qt."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.search.search import Search
from engine.search.settings import Setting

LIST_MARKS = ("* ", "- ", "  ")
"""How a line begins that must not run on in the line before it."""


@dataclass(frozen=True, slots=True)
class SettingHelp:
    """One row of the table of settings."""

    label: str
    name: str
    """Of the field, and of its flag on the command line."""
    words: str
    """What it does, what it may be, and when it has an effect: sentences."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """A strategy's page, part by part; a part that the strategy does not have is empty."""

    name: str
    title: str
    paper: str
    paragraphs: tuple[str, ...]
    """What it is and what one iteration does. Lines of a list are kept, all others run on."""
    formula: str
    settings: tuple[SettingHelp, ...]


def by_group(searches: Iterable[type[Search]]) -> dict[str, list[type[Search]]]:
    """Strategies by their headings, both in the order in which they come."""
    groups: dict[str, list[type[Search]]] = {}
    for search in searches:
        groups.setdefault(search.group, []).append(search)
    return groups


def help_page(search: type[Search]) -> HelpPage:
    """The page of a strategy."""
    return HelpPage(
        name=search.name,
        title=search.title,
        paper=search.citation,
        paragraphs=tuple(_paragraphs(inspect.cleandoc(search.__doc__ or ""))),
        formula=search.formula_text,
        settings=tuple(SettingHelp(entry.label, entry.name, setting_words(entry)) for entry in search.form()),
    )


def help_text(search: type[Search]) -> str:
    """The page as plain text, for a terminal or the clipboard."""
    page = help_page(search)
    settings = [f"  {entry.label} ({entry.name}): {entry.words}" for entry in page.settings]
    parts = (
        f"{page.title} ({page.name})",
        page.paper and f"Paper: {page.paper}",
        *page.paragraphs,
        page.formula and f"Formula:\n  {page.formula.replace(chr(10), chr(10) + '  ')}",
        "\n".join(("Settings:", *settings)) if settings else "",
    )
    return "\n\n".join(filter(None, parts)) + "\n"


def setting_words(entry: Setting) -> str:
    """Help, range or choices, default and condition of a setting, as sentences."""
    words = [entry.help]
    if entry.choices:
        words.append(f"One of {', '.join(entry.choices)}.")
    elif span := range_words(entry):
        words.append(f"{span}.")
    words.append(f"Default: {_value(entry.default)}.")
    if entry.when:
        field, _, value = entry.when.partition("=")
        words.append(f"Has an effect only if {field} is {' or '.join(map(_value_text, value.split('|')))}.")
    return " ".join(words)


def range_words(entry: Setting) -> str:
    """`From 1 to 8`, `At least 1`, `At most 8`; empty without limits."""
    low, high = entry.minimum, entry.maximum
    if low is not None and high is not None:
        return f"From {_number(low)} to {_number(high)}"
    if low is not None:
        return f"At least {_number(low)}"
    return f"At most {_number(high)}" if high is not None else ""


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in filter(None, (part.strip("\n") for part in text.split("\n\n"))):
        lines: list[str] = []
        for line in paragraph.splitlines():
            if lines and not line.startswith(LIST_MARKS):
                lines[-1] += f" {line.strip()}"
            else:
                lines.append(line.rstrip())
        yield "\n".join(lines)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value) or "nothing"


def _number(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:g}"


def _value_text(value: str) -> str:
    return {"True": "yes", "False": "no"}.get(value, value)
