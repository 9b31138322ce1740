"""Collects whose the parts of a bundle are, and the texts of their licences. Called by the build, before it copies.

Every file of a bundle must belong to somebody: to this project, a Python distribution, Python, Qt, PyInstaller's
bootloader or a package of the build machine's system. Packages that carry no text of their licence get one from
`packaging/licences/`. Knows owners and licences; builds nothing.
"""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import Distribution
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import msgspec
from msgspec.structs import replace
from owners import BOOTLOADER, INTERPRETER, PROJECT, QT, QT_DISTRIBUTION, File, Owner, Owners
from system_licences import demands_gpl, system_licence

from app.distributions import canonical, short_name
from app.licences import LIST, ROOT, Component, component_of, overview, own_parts, python
from engine import __version__

VENDORED = Path(__file__).resolve().parent / "licences"
WITHOUT_TEXT = dict.fromkeys(
    ("pydantic-monty", "pydantic-monty-client", "pydantic-monty-runtime"), "pydantic-monty.txt"
)
"""Distributions that name a licence and carry no text of it; those of MIT differ in whose the work is."""
COMMON = Path("/usr/share/common-licenses")
DOCUMENTS = Path("/usr/share/doc")
OVERVIEW = "NOTICES.txt"
ORDER = ("program", "model", "font", "interpreter", "library", "python", "system")

_HEAD = """What Espalier is made of
========================

Espalier {version} is free software under the MIT licence (see LICENSE). It comes with the works of others that are
listed here, each under its own licence. Their texts lie in the folders beside this file; in the program they are under
Help > Licences, and on the command line `espalier licences NAME` prints them.

"""
_UNSAFE = re.compile(r"[^\w.+-]+")
_COMMON_NAME = re.compile(r"/usr/share/common-licenses/([\w.+-]*\w)")


class Notices(NamedTuple):
    components: list[Component]
    unknown: list[str]
    """Files whose owner nobody knows."""
    folder: Path
    """Where the texts are."""


def collect(
    entries: Iterable[tuple[str, str]],
    modules: Iterable[tuple[str, str | None]],
    folder: Path,
    owners: Owners | None = None,
) -> Notices:
    """Find out whose everything is, and write texts, overview and list into `folder`, which is emptied first.

    `entries`: destination in the bundle and source of each file; a link's source is its target, from where it lies.
    `modules`: name and source of what lies in the archive of modules; those without a source are no files.
    """
    files = [File(destination.replace("\\", "/"), source) for destination, source in entries]
    files += [File("", source) for _, source in modules if source and source != "-"]
    owners = owners or Owners(ROOT)
    owned = owners.of(files)
    groups: defaultdict[Owner, set[str]] = defaultdict(set)
    for file, owner in owned.items():
        if owner is not None and ".dist-info/" not in file.destination:  # metadata alone are no part of a program
            groups[owner].add(file.destination)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shelf = _Shelf(folder)
    parts = [*_ours(shelf), *_bootloader(owners.distributions.get("pyinstaller"), shelf)]
    for owner, names in groups.items():
        if owner not in (PROJECT, BOOTLOADER):
            parts.append(_component(owner, tuple(sorted(names - {""})), owners, shelf))
    parts.sort(key=lambda part: (ORDER.index(part.kind), part.name.lower()))
    _write(parts, folder)
    return Notices(parts, sorted(str(file) for file, owner in owned.items() if owner is None), folder)


def _component(owner: Owner, files: tuple[str, ...], owners: Owners, shelf: _Shelf) -> Component:
    if owner == INTERPRETER:
        return _python(shelf)
    if owner == QT:
        return _qt(owners.distributions[QT_DISTRIBUTION], files, shelf)
    if owner.family == "debian":
        return _debian(owner.name, files, shelf)
    if owner.family == "system":
        return _other_system(owner.name, files)
    return _distribution(owners.distributions[owner.name], shelf)


def complaints(notices: Notices) -> list[str]:
    """Sentences on what must not be given away like this; empty if all is well."""
    return [
        *(
            f"Nobody known owns {name}: leave it out of the bundle, or teach owners.py whose it is."
            for name in notices.unknown
        ),
        *forbidden(notices),
        *(
            f"{part.name} {part.version} ({part.licence or 'licence unknown'}) carries no text of its licence: put one "
            f"into {VENDORED.name}/, named after its SPDX identifier."
            for part in notices.components
            if not _terms(part.texts) and (part.kind != "system" or part.purl)
        ),
    ]


def forbidden(notices: Notices) -> list[str]:
    """Sentences on parts whose licence would hold for the whole program."""
    return [
        f"{part.name} {part.version} is under {part.licence or 'the GPL'}, which would hold for the whole program: "
        f"leave out {', '.join(part.files) or 'it'}, or, if the library itself has other terms than its package, "
        "say so in system_licences.py."
        for part in notices.components
        if demands_gpl(part.licence, "" if part.licence else _all_text(part, notices.folder))
    ]


class _Shelf:
    """The folder of texts. Each component has a folder there; texts that many share lie in one place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, source: Path, name: str) -> str:
        """Keep a copy under `name`, and return it."""
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())  # neither owner nor rights of the system's file
        return name

    def write(self, text: str, name: str) -> str:
        (self._folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self._folder / name).write_text(text, encoding="utf-8", newline="\n")
        return name

    def vendored(self, licence: str) -> tuple[str, ...]:
        """The texts of an SPDX expression, as far as they are the same for everybody and we have them."""
        names = (f"{word}.txt" for word in dict.fromkeys(re.findall(r"[\w.+-]+", licence)))
        return tuple(self.put(VENDORED / name, f"common/{name}") for name in names if (VENDORED / name).is_file())


def _ours(shelf: _Shelf) -> list[Component]:
    """The program, its models, its fonts. The bundle has their texts already, but not in this folder."""
    name_of = {"LICENSE": "espalier/LICENSE", "OFL.txt": "fonts/OFL.txt"}
    kept = []
    for part in own_parts(ROOT):
        texts = [Path(text) for text in part.texts]
        names = [name_of.get(text.name, f"models/{text.parent.name}/{text.name}") for text in texts]
        kept.append(replace(part, texts=tuple(map(shelf.put, texts, names))))
    return kept


def _bootloader(one: Distribution | None, shelf: _Shelf) -> Iterator[Component]:
    """The executable file itself, and the modules that come with it; no list names them."""
    if one is None:
        return
    yield replace(
        _distribution(one, shelf),
        name="PyInstaller bootloader",
        kind="library",
        licence="GPL-2.0-or-later WITH Bootloader-exception AND Apache-2.0",
        notice="The exception permits to embed the bootloader in programs under any terms; it contains zlib.",
        requires=(),
    )


def _python(shelf: _Shelf) -> Component:
    part = python()
    texts = tuple(shelf.put(Path(text), f"python/{Path(text).name}") for text in part.texts)
    return replace(part, texts=texts or shelf.vendored(part.licence))


def _distribution(one: Distribution, shelf: _Shelf) -> Component:
    part = component_of(one)
    site, place = Path(str(one.locate_file(""))), _slug(one.name)
    texts = tuple(shelf.put(Path(text), f"{place}/{short_name(Path(text), site)}") for text in part.texts)
    if name := WITHOUT_TEXT.get(canonical(one.name)):
        texts = (*texts, shelf.put(VENDORED / name, f"{place}/{name}"))
    if part.name.lower().startswith(("pyside6", "shiboken6")):
        return replace(part, texts=(*texts, _qt_notice(part.version, shelf), *shelf.vendored(part.licence)))
    return replace(part, texts=texts if _terms(texts) else (*texts, *shelf.vendored(part.licence)))


def _qt(one: Distribution, files: tuple[str, ...], shelf: _Shelf) -> Component:
    part = component_of(one)
    return Component(
        name="Qt",
        kind="library",
        version=part.version,
        licence=part.licence,
        home="https://www.qt.io/",
        notice="Used under the LGPL 3. The libraries are separate files that you may replace; qt/Qt.txt says how, and "
        "where their source code is. Qt's own parts by others: https://doc.qt.io/qt-6/licenses-used-in-qt.html",
        purl=f"pkg:generic/qt@{part.version}",
        texts=(_qt_notice(part.version, shelf), *shelf.vendored(part.licence)),
        files=files,
    )


def _qt_notice(number: str, shelf: _Shelf) -> str:
    branch = ".".join(number.split(".")[:2])
    words = (VENDORED / "Qt.txt").read_text(encoding="utf-8")
    return shelf.write(words.replace("{version}", number).replace("{branch}", branch), "qt/Qt.txt")


def _debian(package: str, files: tuple[str, ...], shelf: _Shelf) -> Component:
    asked = "${Version}\t${Architecture}\t${Homepage}"
    said = subprocess.run(["dpkg-query", "-W", "-f", asked, package], capture_output=True, text=True, check=True).stdout
    number, machine, home = said.split("\t")
    name = package.partition(":")[0]
    system = platform.freedesktop_os_release()
    document = DOCUMENTS / name / "copyright"
    text = document.read_text(encoding="utf-8", errors="replace") if document.is_file() else ""
    texts = [shelf.put(document, f"system/{name}/copyright")] if text else []
    for common in sorted(set(_COMMON_NAME.findall(text))):
        if (COMMON / common).is_file():  # a bundle is read where there is no such folder
            texts.append(shelf.put(COMMON / common, f"system/common-licenses/{common}"))
    return Component(
        name=name,
        kind="system",
        version=number,
        licence=system_licence(files, text),
        home=home,
        notice=f"Copied from the package of this name of {system['NAME']}, where its source code is.",
        purl=f"pkg:deb/{system['ID']}/{name}@{_quoted(number)}?arch={machine}"
        f"&distro={system['ID']}-{system.get('VERSION_ID', 'unstable')}",
        texts=tuple(texts),
        files=files,
    )


def _other_system(name: str, files: tuple[str, ...]) -> Component:
    notice = f"Part of the operating system of the machine that built the bundle, {platform.platform(terse=True)}."
    return Component(name=name, kind="system", licence=system_licence(files), notice=notice, files=files)


def _quoted(number: str) -> str:
    """A version as a package URL has it."""
    return quote(number, safe="~")


def _slug(name: str) -> str:
    return _UNSAFE.sub("-", name).lower()


def _terms(texts: Sequence[str]) -> list[str]:
    """Those of the texts that may hold a licence: a list of what was compiled in does not."""
    return [text for text in texts if not text.endswith(".json")]


def _all_text(part: Component, folder: Path) -> str:
    return "\n".join((folder / text).read_text(encoding="utf-8", errors="replace") for text in part.texts)


def _write(parts: list[Component], folder: Path) -> None:
    (folder / LIST).write_bytes(msgspec.json.format(msgspec.json.encode(parts), indent=1))
    pages = "\n\n".join(map(_page, parts))
    words = f"{_HEAD.format(version=__version__)}{overview(parts)}\n\n\n{pages}\n"
    (folder / OVERVIEW).write_text(words, encoding="utf-8", newline="\n")


def _page(part: Component) -> str:
    shown = [*part.texts[:12], *([f"and {len(part.texts) - 12} more beside these"] if len(part.texts) > 12 else [])]
    facts = {
        "Licence": [part.licence or "see its text"],
        "Home page": [part.home],
        "Note": [part.notice],
        "Texts": shown or ["none"],
    }
    lines = [f"{part.name} {part.version}".strip()]
    for title, values in facts.items():
        wrapped = [line for value in values for line in textwrap.wrap(value, 100, break_long_words=False)]
        for number, line in enumerate(wrapped):
            lines.append(f"    {title + ':' if number == 0 else '':<11}{line}")
    return "\n".join(lines)
