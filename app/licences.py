"""What this program is made of besides its own code, whose it is, and under which licence. Knows no window.

A bundle carries a list of its parts with their texts (`packaging/notices.py` writes it); from source the installed
distributions are asked. Both are lists of `Component`.
"""

from __future__ import annotations

import platform
import re
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import Distribution
from pathlib import Path, PurePath
from typing import Literal

import msgspec

from app.distributions import canonical, closure, home_of, licence_of, required, spdx, text_files
from engine import __version__

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "licences"
"""Where a bundle has its texts; from source there is no such folder."""
LIST = "components.json"
NAME = "espalier"

Kind = Literal["program", "model", "font", "interpreter", "library", "python", "system"]


class Component(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing with a name, a version and an owner."""

    name: str
    kind: Kind
    version: str = ""
    licence: str = ""
    """An SPDX expression where that is certain, else the owner's own words; empty if nothing is known."""
    home: str = ""
    notice: str = ""
    """What has to be said besides the texts."""
    purl: str = ""
    """Package URL; empty where there is none."""
    texts: tuple[str, ...] = ()
    """Files, from the folder of the texts."""
    files: tuple[str, ...] = ()
    """What of it is in the bundle; only kept where somebody may want to check or replace it."""
    requires: tuple[str, ...] = ()
    """Names of the Python distributions that it asks for."""


def components(folder: Path = FOLDER) -> list[Component]:
    """Everything that this program is made of: the bundle's list, or what is installed where it runs from source.

    Raises OSError if the bundle's list cannot be read.
    """
    if folder.is_dir():
        return _listed(folder / LIST)
    return [*own_parts(ROOT), python(), *map(component_of, closure(NAME))]


def _listed(file: Path) -> list[Component]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=list[Component])
    except msgspec.DecodeError as error:
        raise OSError(f"{file} makes no sense: {error}") from error


def read_text(name: str, folder: Path = FOLDER) -> str:
    """One of the texts of a component. Raises OSError if it cannot be read."""
    text = (folder / name).read_text(encoding="utf-8-sig", errors="replace")
    return text.replace("\f", "\n")  # between the pages of the GNU licences


def short_titles(texts: Sequence[str]) -> list[str]:
    """The names of texts without the folders that all of them share."""
    paths = [PurePath(text) for text in texts]
    shared = max((folder for path in paths for folder in path.parents if _holds(folder, paths)), key=_depth, default="")
    return [path.relative_to(shared).as_posix() for path in paths]


def _holds(folder: PurePath, paths: Iterable[PurePath]) -> bool:
    return all(path.is_relative_to(folder) for path in paths)


def _depth(folder: PurePath) -> int:
    return len(folder.parts)


def about(part: Component) -> str:
    """What there is to say of a component besides its texts: a fact a line."""
    lines = [f"{part.name} {part.version}".strip(), part.licence, part.home, part.notice]
    return "\n".join(filter(None, lines))


def named(name: str, among: Iterable[Component]) -> list[Component]:
    """Those of this name, however its words are joined or written."""
    return [one for one in among if canonical(one.name) == canonical(name)]


def overview(parts: Iterable[Component]) -> str:
    """A line for each: name, version, licence."""
    rows = [(part.name, part.version, part.licence or "see its text") for part in parts]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    return "\n".join(f"{name:<{widths[0]}}  {version:<{widths[1]}}  {licence}" for name, version, licence in rows)


def component_of(one: Distribution) -> Component:
    """What a distribution says of itself; texts are whole paths."""
    texts = list(text_files(one))
    version = one.version.replace("+", "%2B")
    return Component(
        name=one.name,
        kind="python",
        version=one.version,
        licence=licence_of(one.metadata, texts),
        home=home_of(one.metadata),
        purl=f"pkg:pypi/{canonical(one.name)}@{version}",
        texts=tuple(str(text) for text in texts),
        requires=tuple(required(one)),
    )


_FONT = re.compile(
    r"^(?P<files>\S.*) \(version (?P<version>[\d.]+)\):\n.*The (?P<name>.+) Project.*\((?P<home>.+)\)", re.M
)


def own_parts(root: Path) -> list[Component]:
    """This program, its models and its fonts; texts are whole paths below `root`, the folder that has `resources`."""
    licence, resources = root / "LICENSE", root / "resources"
    terms = (str(licence),) if licence.is_file() else ()
    program = Component(name="Espalier", kind="program", version=__version__, licence="MIT", texts=terms)
    return [program, *_models(resources / "models", terms), *_fonts(resources / "fonts" / "OFL.txt")]


def _models(folder: Path, terms: tuple[str, ...]) -> Iterator[Component]:
    for card in sorted(folder.glob("*/README.md")):
        words = card.read_text(encoding="utf-8")
        title, licence = re.search(r"^# (.+)$", words, re.M), re.search(r"^license: (.+)$", words, re.M)
        yield Component(
            name=title[1] if title else card.parent.name,
            kind="model",
            version=__version__,
            licence=spdx(licence[1]) if licence else "",
            texts=(*terms, str(card)),
            files=tuple(sorted(f"resources/models/{card.parent.name}/{file.name}" for file in card.parent.iterdir())),
        )


def _fonts(terms: Path) -> Iterator[Component]:
    """What the text of their licence says at its head."""
    for font in _FONT.finditer(terms.read_text(encoding="utf-8")):
        yield Component(
            name=font["name"],
            kind="font",
            version=font["version"],
            licence="OFL-1.1",
            home=font["home"],
            texts=(str(terms),),
            files=tuple(f"resources/fonts/{file.strip()}" for file in font["files"].split(",")),
        )


def python() -> Component:
    """The interpreter, with its standard library."""
    version = platform.python_version()
    places = (Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_config_var("base") or ROOT))
    texts = (place / name for place in places for name in ("LICENSE.txt", "LICENSE"))
    return Component(
        name="Python",
        kind="interpreter",
        version=version,
        licence="PSF-2.0",
        home="https://www.python.org/",
        notice="Parts of the standard library by others, and their licences: "
        f"https://docs.python.org/{version.rpartition('.')[0]}/license.html",
        purl=f"pkg:generic/python@{version}",
        texts=tuple(str(text) for text in texts if text.is_file())[:1],
    )
