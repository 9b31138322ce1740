"""How a scorer is asked for, in one line: `prm:FOLDER#RECIPE;key=value`. Reads no file and loads no model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath, PureWindowsPath

_WITH_RECIPE = re.compile(r"#(?P<recipe>[A-Za-z0-9][\w.+-]*)(?P<values>(?:;[a-z_]+=[^;]*)*)$")
_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\\\": "\\"}
_SAYS_LITTLE = re.compile(r"prm|orm|critic|model|final|best|checkpoint-\d+", re.IGNORECASE)
"""Folders that many models are in: one called `prm` would pass for the bundled model, and keep its scores."""
TEXTS = ("question", "separator", "step", "system", "tag")
"""Values that are texts: in them `\\n`, `\\t` and `\\\\` stand for a line break, a tabulator and a backslash."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A scorer's name, taken apart."""

    kind: str
    """What stands before the first colon: `prm`, `orm`, `critic`, `value`..."""
    place: str = ""
    """A folder or a server's address; empty for the bundled model, or the run's own policy."""
    recipe: str = ""
    """Empty: found by what the folder holds."""
    values: tuple[tuple[str, str], ...] = ()
    """What is different from the recipe, by the names of its fields, as texts."""

    def __str__(self) -> str:
        """The line that it was read from."""
        return self.kind + (f":{self.place}" if self.place else "") + self._tail(dict(self.values))

    @property
    def title(self) -> str:
        """The name of its scores: the folder's own name, and how it is read where that was said.

        A name that many folders have, such as `checkpoint-500`, has the folder before it, too.
        """
        values = {key: telling_name(value) if key == "reference" else value for key, value in self.values}
        return (telling_name(self.place) or self.place or self.kind) + self._tail(values)

    def _tail(self, told: Mapping[str, str]) -> str:
        values = "".join(f";{key}={_escaped(key, value)}" for key, value in told.items())
        return f"#{self.recipe}{values}" if self.recipe else ""


def parse(name: str) -> Spec:
    """Take a name apart. Whatever does not look like a recipe behind the last `#` belongs to the folder."""
    kind, _, rest = name.partition(":")
    if not (found := _WITH_RECIPE.search(name)):
        return Spec(kind, rest)
    whole = name[: found.start()]
    kind, _, place = whole.partition(":")
    pairs = (pair.partition("=") for pair in found["values"].split(";")[1:])
    return Spec(kind, place, found["recipe"], tuple((key, _meant(key, value)) for key, _, value in pairs))


def folder_name(place: str) -> str:
    """The last part of a path of either kind of system."""
    return _path(place).name


def telling_name(place: str) -> str:
    """The same, with the folder above it where the last part alone says little: `mine/prm`, `./prm`."""
    path = _path(place)
    return f"{path.parent.name or '.'}/{path.name}" if _SAYS_LITTLE.fullmatch(path.name) else path.name


def _path(place: str) -> PurePath:
    kind = PureWindowsPath if re.match(r"[A-Za-z]:|\\\\", place) else PurePosixPath
    return kind(place)


def _meant(key: str, text: str) -> str:
    return re.sub(r"\\[nt\\]", lambda mark: _ESCAPES[mark[0]], text) if key in TEXTS else text


def _escaped(key: str, value: str) -> str:
    if key not in TEXTS:
        return value
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
