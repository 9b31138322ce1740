"""Settings of a strategy: its dataclass fields, which are also its form in the window and its flags. Knows no Qt."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_type_hints

C = TypeVar("C")
Value = int | float | str | bool


class SettingError(ValueError):
    """A setting that cannot be; the message is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a form and a command line need to know of one field."""

    name: str
    """The field's name, e.g. `simulations`."""
    label: str
    """In the form, e.g. `Simulations`."""
    help: str
    """One sentence."""
    type: type[Value]
    default: Value
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    when: str = ""
    """`field=value` or `field=one|other`: the setting has an effect only then; empty for always."""

    least: str = ""
    """What the smallest value stands for, where it is no number of its own: `every step`. A form shows that."""

    shown: bool = True
    """False: the program fills it in (the text of a trace); no form asks for it."""

    def has_effect(self, values: Mapping[str, Any]) -> bool:
        """Whether it changes anything while the settings have these values."""
        name, _, wanted = self.when.partition("=")
        return not self.when or str(values.get(name)) in wanted.split("|")


def setting(
    default: Any,
    label: str,
    help: str,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    choices: tuple[str, ...] = (),
    when: str = "",
    least: str = "",
    shown: bool = True,
) -> Any:
    """A dataclass field that describes itself (see Setting)."""
    words = {
        "default": default,
        "label": label,
        "help": help,
        "minimum": minimum,
        "maximum": maximum,
        "choices": choices,
        "when": when,
        "least": least,
        "shown": shown,
    }
    return field(default=default, metadata=words)


def settings_of(configuration: type[Any]) -> tuple[Setting, ...]:
    """The settings of a dataclass, in the order of its fields."""
    types = get_type_hints(configuration)
    return tuple(
        Setting(name=entry.name, type=types[entry.name], **entry.metadata)
        for entry in dataclasses.fields(configuration)
        if entry.metadata
    )


def configure(configuration: type[C], values: Mapping[str, Any]) -> C:
    """An instance with `values`, which may be texts from a command line. Raises SettingError."""
    known = {entry.name: entry for entry in settings_of(configuration)}
    for name in values:
        if name not in known:
            raise SettingError(f"There is no setting called {name!r}; there are: {', '.join(known)}.")
    return configuration(**{name: _read(known[name], value) for name, value in values.items()})


def _read(entry: Setting, value: Any) -> Value:
    read = _convert(entry, value)
    if entry.choices and read not in entry.choices:
        raise SettingError(f"{entry.label} must be one of {', '.join(entry.choices)}, not {value!r}.")
    if isinstance(read, int | float) and not isinstance(read, bool):
        if entry.minimum is not None and not read >= entry.minimum:
            raise SettingError(f"{entry.label} must be at least {entry.minimum:g}, not {read:g}.")
        if entry.maximum is not None and not read <= entry.maximum:
            raise SettingError(f"{entry.label} must be at most {entry.maximum:g}, not {read:g}.")
    return read


def _convert(entry: Setting, value: Any) -> Value:
    words = {int: "a whole number", float: "a number", bool: "yes or no", str: "a text"}
    if entry.type is bool:
        answers = {
            "yes": True,
            "true": True,
            "1": True,
            "on": True,
            "no": False,
            "false": False,
            "0": False,
            "off": False,
        }
        if str(value).lower() in answers:
            return answers[str(value).lower()]
    else:
        try:
            if not (entry.type is int and isinstance(value, float) and value != int(value)):
                return entry.type(value)
        except (TypeError, ValueError, OverflowError):
            pass
    raise SettingError(f"{entry.label} must be {words[entry.type]}, not {value!r}.")
