"""The program that runs code of models: a bundle gets it, with its owner and its licence."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import notices
import pydantic_monty
import pytest
import sandbox
from owners import File, Owner, Owners

from app.licences import ROOT
from engine.sandbox import Ran, run


def test_the_worker_is_where_the_bundle_takes_it_from() -> None:
    assert sandbox.worker().name == ("monty.exe" if sys.platform == "win32" else "monty")


def test_a_worker_beside_the_package_is_found_by_a_bundle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As the spec puts it there; the engine looks for it in the same place."""
    folder = tmp_path / sandbox.FOLDER
    folder.mkdir()
    (folder / sandbox.worker().name).symlink_to(sandbox.worker())
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(pydantic_monty, "__file__", str(folder / "__init__.pyc"))
    assert run("print(24)") == Ran("24\n")


def test_no_module_that_its_package_loads_is_missing_from_a_bundle() -> None:
    """What Python code imports PyInstaller sees; what the extension imports has to be named."""
    code = "import sys, pydantic_monty; print(*(name for name in sys.modules if name.startswith('pydantic_monty.')))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    seen = set[str]()
    init = Path(pydantic_monty.__file__)
    for path in (init, *init.parent.glob("[!_]*.py")):
        seen |= {f"pydantic_monty.{name}" for name in re.findall(r"^from \.(\w+) import", path.read_text(), re.M)}
    assert set(loaded) - seen == set(sandbox.HIDDEN)


def test_it_has_an_owner_and_a_licence(tmp_path: Path) -> None:
    package = Path(pydantic_monty.__file__)
    owners = Owners(ROOT)
    worker = File(f"{sandbox.FOLDER}/monty", str(sandbox.worker()))
    assert owners.of([worker]) == {worker: Owner("python", "pydantic-monty-runtime")}
    entries = [(worker.destination, worker.source), ("pydantic_monty/x.so", str(next(package.parent.glob("_monty*"))))]
    found = notices.collect(entries, [("pydantic_monty", str(package))], tmp_path / "licences", owners)
    parts = {part.name: part for part in found.components}
    for name in ("pydantic-monty-runtime", "pydantic-monty-client"):
        assert parts[name].licence == "MIT"
        assert f"{name}/pydantic-monty.txt" in parts[name].texts
    assert not notices.complaints(found)
