"""What installed Python distributions say of themselves: licence, texts, home page. Knows no bundle and no window."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageMetadata, PackageNotFoundError, distribution
from pathlib import Path

LONGEST_NAME = 80
"""Characters; what is longer in the field for a licence is its text, not its name."""
_REQUIRED = re.compile(r"[\w.-]+")
_EXTRA = re.compile(r"\bextra\s*==")
_IS_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors|copyright)", re.I)
_NO_TEXT = {".py", ".pyc", ".pyi", ".so", ".pyd", ".json", ".h"}
_IN_METADATA = re.compile(r"[^/]+\.dist-info/((licenses|license_files|sboms)/)?")

SPDX = {
    "mit": "MIT",
    "mit license": "MIT",
    "the mit license": "MIT",
    "apache 2.0": "Apache-2.0",
    "apache 2.0 license": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd-3-clause license": "BSD-3-Clause",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
}
"""Owners' words, in small letters, and the identifier that they certainly mean."""


def canonical(name: str) -> str:
    """A distribution's name as every spelling of it becomes: `PySide6_Essentials` is `pyside6-essentials`."""
    return re.sub(r"[-_.\s]+", "-", name).lower()


def closure(name: str) -> list[Distribution]:
    """What a distribution needs, and what that needs, as far as it is installed; by name, without itself."""
    found: dict[str, Distribution | None] = {}
    waiting = [name]
    while waiting:
        key = canonical(waiting.pop())
        if key in found:
            continue
        try:
            found[key] = distribution(key)
        except PackageNotFoundError:  # for another system, or another Python
            found[key] = None
        waiting += required(found[key])
    return [one for key, one in sorted(found.items()) if one is not None and key != canonical(name)]


def required(one: Distribution | None) -> list[str]:
    """Names of what a distribution asks for without any of its extras."""
    lines = (one.requires or []) if one is not None else []
    names = {canonical(match[0]) for line in lines if not _EXTRA.search(line) and (match := _REQUIRED.match(line))}
    return sorted(names)


def text_files(one: Distribution) -> Iterator[Path]:
    """Licences, notices and authors wherever they lie in it; also the lists of what was compiled into it (PEP 770)."""
    for file in one.files or ():
        name = file.as_posix()
        listed = ".dist-info/sboms/" in name or ".dist-info/licenses/" in name
        if listed or (_IS_TEXT.search(file.name) and file.suffix.lower() not in _NO_TEXT):
            path = Path(str(one.locate_file(file)))
            if path.is_file():
                yield path


def short_name(text: Path, site: Path) -> str:
    """The name of a text within its distribution's folder of texts: what comes after `NAME.dist-info/licenses/`."""
    name = text.relative_to(site).as_posix().replace("../", "")  # some lie in share/doc of the environment
    return _IN_METADATA.sub("", name, count=1)


def licence_of(metadata: PackageMetadata, texts: Iterable[Path]) -> str:
    """The expression, else the field, else the classifiers; `BSD` is made exact by reading the text."""
    expression = _field(metadata, "License-Expression")
    if expression:
        return expression
    field = _field(metadata, "License")
    classifiers = [str(line).rpartition("::")[2] for line in metadata.get_all("Classifier") or () if _licence(line)]
    words = (
        field if field and "\n" not in field and len(field) <= LONGEST_NAME else " AND ".join(map(spdx, classifiers))
    )
    return _exact_bsd(texts) or "BSD" if words in ("BSD", "BSD License") else spdx(words)


def _licence(classifier: str) -> bool:
    return classifier.startswith("License ::") and classifier.count("::") > 1


def spdx(words: str) -> str:
    """The identifier for an owner's words; the words where that is not certain."""
    return SPDX.get(words.strip().lower(), words.strip())


def _exact_bsd(texts: Iterable[Path]) -> str:
    for text in texts:
        words = " ".join(text.read_text(encoding="utf-8", errors="replace").split())
        if "Redistributions in binary form must reproduce" in words:
            return "BSD-3-Clause" if "endorse or promote" in words else "BSD-2-Clause"
    return ""


def home_of(metadata: PackageMetadata) -> str:
    pairs = (str(line).partition(",") for line in metadata.get_all("Project-URL") or ())
    links = {label.strip().lower(): link.strip() for label, _, link in pairs}
    page = _field(metadata, "Home-page")
    known = (links.get(label, "") for label in ("homepage", "home", "repository", "source", "source code", "github"))
    return str(page or next(filter(None, known), "") or next(iter(links.values()), ""))


def _field(metadata: PackageMetadata, name: str) -> str:
    return str(next(iter(metadata.get_all(name) or ()), "")).strip()
