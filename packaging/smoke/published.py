"""Steps: what is handed out beside the bundle and what must come with it: archive, package, sums, licences."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
import zipfile
from pathlib import Path
from typing import Any

from smoke.program import Home
from smoke.project import perform_script
from smoke.steps import Scene, SkippedError, Step, check

ENTRY = "applications/org.espalier.Espalier.desktop"
LEAST_COMPONENTS = 30


def desktop(scene: Scene) -> str:
    """Menu entry and file type come, name the program, and go without a trace."""
    home, share = Home(scene), scene.folder / "share"
    if "--install-desktop" not in home.run("--help")[0]:
        raise SkippedError("this build has no --install-desktop")
    share.mkdir()
    environment = {"XDG_DATA_HOME": str(share), "PATH": os.defpath}  # its tools are the system's, not the bundle's
    home.run("--install-desktop", more=environment)
    entry = (share / ENTRY).read_text(encoding="utf-8")
    check(str(home.program) in entry, f"the menu entry does not name {home.program}")
    installed = [path for path in share.rglob("*") if path.is_file()]
    icons = [path for path in installed if path.suffix in (".png", ".svg")]
    check(len(icons) > 5, f"only {len(icons)} icons were installed")
    home.run("--install-desktop", more=environment)
    home.run("--uninstall-desktop", more=environment)
    left = [path for path in share.rglob("*") if path.is_file() and "spalier" in path.name]
    check(not left, f"--uninstall-desktop leaves {', '.join(map(str, left))}")
    home.run("--uninstall-desktop", more=environment)
    return f"{len(installed)} files came and went"


def archive(scene: Scene) -> str:
    """The archive, unpacked elsewhere and started."""
    packed = published(scene, "espalier-*.tar.xz", "espalier-*.zip")
    if packed.suffix == ".zip":
        with zipfile.ZipFile(packed) as zipped:
            zipped.extractall(scene.scratch)
    else:
        with tarfile.open(packed) as tar:
            tar.extraction_filter = getattr(tarfile, "tar_filter", lambda member, _: member)  # early 3.11 has none
            tar.extractall(scene.scratch)
    inside = packed.name.removesuffix(".tar.xz").removesuffix(".zip")
    found = [path.name for path in scene.scratch.iterdir()]
    check(found == [inside], f"at the top of the archive lie {', '.join(found)}, and not one folder {inside}")
    home = Home(scene, bundle=scene.scratch / inside)
    with home.start() as window:
        window.until(lambda told: told["simulated"], "the first simulation was over")
        window.close()
    return f"{packed.name}, {packed.stat().st_size / 1e6:.0f} MB"


def sums(scene: Scene) -> str:
    """SHA256SUMS names every file that is handed out, with its sum."""
    file = published(scene, "SHA256SUMS")
    told = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        told[name] = digest
    there = {path.name for path in file.parent.iterdir() if path.is_file()} - {file.name}
    check(set(told) == there, f"SHA256SUMS and the folder differ in: {', '.join(sorted(set(told) ^ there))}")
    wrong = [name for name, digest in told.items() if _sha256(file.parent / name) != digest]
    check(not wrong, f"SHA256SUMS does not fit to {', '.join(wrong)}")
    return f"{len(told)} files"


def licences(scene: Scene) -> str:
    """The texts of the licences of everything that is in the bundle."""
    folder = scene.bundle / "_internal" / "licences"
    check((folder / "NOTICES.txt").is_file(), f"there is no {folder / 'NOTICES.txt'}")
    parts: list[dict[str, Any]] = json.loads((folder / "components.json").read_text(encoding="utf-8"))
    check(len(parts) >= LEAST_COMPONENTS, f"only {len(parts)} components are named in components.json")
    missing = [text for part in parts for text in part.get("texts", []) if not (folder / text).is_file()]
    check(not missing, f"texts of licences are missing: {', '.join(missing[:5])}")
    named = {part["name"].lower() for part in parts}
    for name in ("qt", "torch", "transformers", "python"):
        check(any(name in each for each in named), f"nothing in components.json is called {name}")
    texts = "".join(text.read_text(encoding="utf-8", errors="replace") for text in folder.rglob("*LGPL*"))
    check("GNU LESSER GENERAL PUBLIC LICENSE" in texts, "the LGPL, under which Qt is, is not there")
    return f"{len(parts)} components"


def bill_of_materials(scene: Scene) -> str:
    """The list of what is in the bundle, for programs; its sums are those of the files."""
    bill = json.loads(published(scene, "espalier-*.cdx.json").read_text(encoding="utf-8"))
    check(bill["bomFormat"] == "CycloneDX", f"the bill of materials is a {bill['bomFormat']}")
    components = bill["components"]
    check(len(components) >= LEAST_COMPONENTS, f"the bill of materials names only {len(components)} components")
    files = [part for each in components for part in each.get("components", []) if part["type"] == "file"]
    for part in files:
        path = scene.bundle / "_internal" / part["name"]
        check(path.is_file(), f"the bill of materials names {part['name']}, which is not in the bundle")
        check(part["hashes"][0]["content"] == _sha256(path), f"the bill of materials has another sum of {part['name']}")
    return f"{len(components)} components, {len(files)} files"


def debian(scene: Scene) -> str:
    """The package in a Debian that has neither Python nor a desktop; removed again without a trace."""
    if not scene.root:
        raise SkippedError("--no-root")
    package = published(scene, "espalier_*.deb")
    status, lines = perform_script(scene, "deb_check.py", str(package))
    failed = [line for line in lines if line.startswith("failed: ")]
    check(status == 0, "; ".join(failed) or " / ".join(lines[-3:]))
    done = [line.removeprefix("ok: ").partition(" (")[0] for line in lines if line.startswith("ok: ")]
    if not done:
        raise SkippedError(lines[-1].removeprefix("skipped: "))
    return ", ".join(done)


def published(scene: Scene, *patterns: str) -> Path:
    """The newest file beside the bundle's folder with such a name. Raises SkippedError if there is none."""
    found = [path for pattern in patterns for path in scene.bundle.parent.glob(pattern) if path.is_file()]
    if not found:
        raise SkippedError(f"there is no {' or '.join(patterns)} beside the bundle")
    return max(found, key=lambda path: path.stat().st_mtime)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


STEPS = (
    Step("desktop", "menu entry and file type: installed and removed", desktop, quick=True),
    Step("licences", "texts of licences in the bundle", licences, quick=True),
    Step("bill-of-materials", "bill of materials", bill_of_materials, quick=True),
    Step("sums", "SHA256SUMS", sums),
    Step("archive", "archive, unpacked elsewhere", archive),
    Step("debian", "the .deb in a minimal Debian", debian),
)
