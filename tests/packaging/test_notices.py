"""Notices of a bundle: every file has an owner, every owner's licence has its text, and nothing demands the GPL."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

import notices
import owners
import pytest
from owners import INTERPRETER, PROJECT, QT, File, Owner, Owners

from app import licences
from app.distributions import closure
from app.licences import ROOT


def installed(site: Path, name: str, files: Mapping[str, str], metadata: str = "") -> Distribution:
    """A distribution with these files, as an installer leaves it."""
    info = f"{name.replace('-', '_')}-1.0.dist-info"
    everything = {**files, f"{info}/METADATA": f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n{metadata}"}
    for file, text in everything.items():
        (site / file).parent.mkdir(parents=True, exist_ok=True)
        (site / file).write_text(text)
    (site / info / "RECORD").write_text("".join(f"{file},,\n" for file in everything))
    return PathDistribution(site / info)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site-packages"


@pytest.fixture
def known(site: Path) -> Owners:
    return Owners(
        ROOT,
        [
            installed(
                site,
                "with-text",
                {"with_text/code.py": "", "with_text-1.0.dist-info/licenses/deep/LICENSE": "Do as you like."},
                "License-Expression: MIT\nRequires-Dist: Without_Text>=1\nRequires-Dist: x; extra == 'y'\n",
            ),
            installed(site, "without-text", {"without_text/lib.so": ""}, "License: Apache 2.0 License\n"),
            installed(
                site,
                "PySide6_Essentials",
                {"PySide6/QtCore.abi3.so": "", "PySide6/Qt/lib/libQt6Core.so.6": ""},
                "License: LGPL-3.0-only OR GPL-3.0-only\n",
            ),
            installed(site, "only-metadata", {"only_metadata/x.py": ""}, "License: GPL-3.0-only\n"),
        ],
    )


def entries(site: Path, *names: str) -> list[tuple[str, str]]:
    return [(name, str(site / name)) for name in names]


def test_everybody_who_is_in_the_bundle_is_named(site: Path, known: Owners, tmp_path: Path) -> None:
    files = entries(site, "without_text/lib.so", "PySide6/QtCore.abi3.so", "PySide6/Qt/lib/libQt6Core.so.6")
    files += entries(site, "only_metadata-1.0.dist-info/METADATA")
    files += [("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6"), ("LICENSE", str(ROOT / "LICENSE"))]
    modules = [("with_text.code", str(site / "with_text/code.py")), ("namespace", None), ("other", "-")]
    folder = tmp_path / "licences"
    found = notices.collect(files, modules, folder, known)
    parts = {part.name: part for part in found.components}
    assert found.unknown == []
    assert {"Espalier", "Inter", "Espalier policy", "Qt", "with-text", "without-text"} <= parts.keys()
    assert "only-metadata" not in parts
    assert (parts["with-text"].licence, parts["without-text"].licence) == ("MIT", "Apache-2.0")
    assert parts["with-text"].requires == ("without-text",)
    assert parts["with-text"].purl == "pkg:pypi/with-text@1.0"
    assert parts["Qt"].files == ("PySide6/Qt/lib/libQt6Core.so.6", "libQt6Core.so.6")
    assert notices.complaints(found) == []
    assert licences.components(folder) == found.components
    for part in found.components:
        assert all((folder / text).is_file() for text in part.texts)
    assert (folder / "with-text/deep/LICENSE").read_text() == "Do as you like."
    assert "Apache License" in licences.read_text(parts["without-text"].texts[0], folder)
    overview = (folder / "NOTICES.txt").read_text()
    assert all(f"{part.name} {part.version}\n" in overview for part in found.components)


def test_the_terms_of_the_lgpl_are_met(site: Path, known: Owners, tmp_path: Path) -> None:
    found = notices.collect(entries(site, "PySide6/Qt/lib/libQt6Core.so.6"), [], tmp_path / "licences", known)
    qt = next(part for part in found.components if part.name == "Qt")
    assert {"qt/Qt.txt", "common/LGPL-3.0-only.txt", "common/GPL-3.0-only.txt"} <= set(qt.texts)
    words = " ".join((tmp_path / "licences/qt/Qt.txt").read_text().split())
    for said in ("Qt 1.0", "/qt/1.0/1.0/", "PySide6-1.0-src", "You may replace them", "you may reverse engineer"):
        assert said in words
    assert "{" not in words


def test_the_same_bundle_has_the_same_notices(site: Path, known: Owners, tmp_path: Path) -> None:
    files = entries(site, "without_text/lib.so", "PySide6/Qt/lib/libQt6Core.so.6", "with_text/code.py")
    for folder, order in (("one", files), ("two", files[::-1])):
        notices.collect(order, [], tmp_path / folder, known)
    first, second = (
        {file.relative_to(tmp_path / folder): file.read_bytes() for file in (tmp_path / folder).rglob("*.*")}
        for folder in ("one", "two")
    )
    assert first == second


def test_a_file_of_nobody_stops_the_build(known: Owners, tmp_path: Path) -> None:
    stray = tmp_path / "stray.so"
    found = notices.collect([("stray.so", str(stray))], [], tmp_path / "licences", known)
    assert found.unknown == [f"stray.so (from {stray})"]
    (said,) = notices.complaints(found)
    assert str(stray) in said


def test_what_demands_the_gpl_or_has_no_text_stops_the_build(site: Path, tmp_path: Path) -> None:
    known = Owners(
        ROOT,
        [
            installed(site, "greedy", {"greedy.so": ""}, "License-Expression: GPL-3.0-only\n"),
            installed(site, "silent", {"silent.so": ""}, "License-Expression: MIT\n"),
        ],
    )
    found = notices.collect(entries(site, "greedy.so", "silent.so"), [], tmp_path / "licences", known)
    greedy, silent = notices.complaints(found)
    assert greedy.startswith("greedy 1.0 is under GPL-3.0-only")
    assert silent.startswith("silent 1.0 (MIT) carries no text")


def test_owners_of_other_files(site: Path, known: Owners) -> None:
    expected: dict[File, Owner | None] = {
        File("base_library.zip", "/build/base_library.zip"): INTERPRETER,
        File("libpython3.11.so.1.0", str(Path(sys.base_prefix) / "lib" / "libpython3.11.so.1.0")): INTERPRETER,
        File("", str(ROOT / "app" / "cli.py")): PROJECT,
        File("resources/icons/made.png", str(ROOT / "build" / "made.png")): PROJECT,
        File("x.so", str(ROOT / "build" / "x.so")): None,
        File("x.so", str(ROOT / ".venv" / "lib" / "site-packages" / "x.so")): None,
        File("PySide6/Qt/lib/libQt6Core.so.6", str(ROOT / "build" / "without_symbols")): QT,
        File("with_text/link", "../without_text/lib.so"): Owner("python", "without-text"),
        File("without_text/lib.so", str(site / "without_text/lib.so")): Owner("python", "without-text"),
        File("dangling", "nowhere"): None,
    }
    assert known.of(list(expected)) == expected
    assert owners.is_python(json.__file__)
    assert not owners.is_python(pytest.__file__)


@pytest.mark.skipif(not Path("/var/lib/dpkg/status").exists(), reason="no Debian")
def test_a_library_of_the_system_is_a_package_with_its_terms(known: Owners, tmp_path: Path) -> None:
    """By any of its names: a link, and with or without /usr."""
    library = next(Path("/lib").glob("*-linux-gnu/libz.so.1"))
    for name in {library, library.resolve(), Path("/usr") / library.relative_to("/")}:
        found = notices.collect([("libz.so.1", str(name))], [], tmp_path / "licences", known)
        (part,) = (part for part in found.components if part.kind == "system")
        assert (part.name, part.licence, part.files) == ("zlib1g", "Zlib", ("libz.so.1",))
        assert part.purl.startswith("pkg:deb/")
        assert "arch=" in part.purl
        assert "Jean-loup Gailly" in licences.read_text(part.texts[0], tmp_path / "licences")
        assert notices.complaints(found) == []


@pytest.mark.skipif(not Path("/usr/share/doc/libc6/copyright").exists(), reason="no Debian")
def test_texts_that_a_copyright_file_refers_to_come_along(known: Owners, tmp_path: Path) -> None:
    library = next(Path("/lib").glob("*-linux-gnu/libc.so.6"))
    found = notices.collect([("libc.so.6", str(library))], [], tmp_path / "licences", known)
    (part,) = (part for part in found.components if part.kind == "system")
    assert "system/common-licenses/LGPL-2.1" in part.texts
    assert "LESSER GENERAL PUBLIC" in licences.read_text("system/common-licenses/LGPL-2.1", tmp_path / "licences")


def test_all_that_espalier_needs_has_a_licence_and_a_text(tmp_path: Path) -> None:
    """What is really installed here."""
    needed = closure("espalier")
    assert {"torch", "PySide6_Essentials", "shiboken6", "tokenizers"} <= {one.name for one in needed}
    known = Owners(ROOT, needed)
    found = notices.collect(_one_file_of_each(known), [], tmp_path / "licences", known)
    assert {part.name for part in found.components if part.kind == "python"} == {one.name for one in needed}
    assert [part.name for part in found.components if not part.licence] == []
    assert notices.complaints(found) == []
    torch = next(part for part in found.components if part.name == "torch")
    assert len(torch.texts) > 90


def _one_file_of_each(known: Owners) -> list[tuple[str, str]]:
    found = []
    for one in known.distributions.values():
        file = next(f for f in one.files or () if ".dist-info" not in str(f) and "Qt/" not in str(f))
        found.append((file.as_posix(), str(one.locate_file(file))))
    return found
