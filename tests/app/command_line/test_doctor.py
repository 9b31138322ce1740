"""What the doctor says of model folders and machines; no engine is started but in one test of the command line."""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path

import pytest

from app.command_line import doctor, headless
from app.command_line.doctor import Finding, check_model, examine, findings_text
from app.command_line.headless import EngineDied
from engine.sandbox import Ran, SandboxError


def write_weights(path: Path, *, cut: int = 0) -> None:
    header = json.dumps({"w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}).encode()
    path.write_bytes((struct.pack("<Q", len(header)) + header + bytes(8))[: -cut or None])


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder as whole as the doctor can see."""
    folder = tmp_path / "policy"
    folder.mkdir()
    for name in ("config.json", "tokenizer.json"):
        (folder / name).write_text("{}")
    write_weights(folder / "model.safetensors")
    return folder


def test_a_whole_model_is_fine(model: Path) -> None:
    assert check_model(model).good


def test_the_sandbox_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_program: str) -> Ran:
        raise SandboxError("It is not there.")

    assert doctor._sandbox() == Finding("Sandbox", True, "runs code")
    monkeypatch.setattr(doctor, "run", lambda _program: Ran("", "It gave up.", "crash"))
    assert doctor._sandbox() == Finding("Sandbox", False, "does not compute: It gave up.")
    monkeypatch.setattr(doctor, "run", broken)
    assert doctor._sandbox().detail == "It is not there."
    assert "pydantic-monty" in doctor._sandbox().fix


def test_a_missing_model_names_the_command_that_makes_it(tmp_path: Path) -> None:
    finding = check_model(tmp_path / "prm")
    assert not finding.good
    assert finding.fix == "espalier train prm"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("config.json", None, "config.json cannot be read"),
        ("tokenizer.json", b"{", "tokenizer.json is not JSON"),
        ("model.safetensors", None, "holds no .safetensors file"),
        ("model.safetensors", b"", "is not a safetensors file"),
        ("model.safetensors", b"\xff" * 64, "is not a safetensors file"),
        ("model.safetensors", struct.pack("<Q", 2) + b"[]", "is not a safetensors file"),
        ("pytorch_model.bin", b"", "is a pickle"),
    ],
)
def test_a_damaged_or_dangerous_file_is_named(model: Path, name: str, content: bytes | None, says: str) -> None:
    if content is None:
        (model / name).unlink()
    else:
        (model / name).write_bytes(content)
    finding = check_model(model)
    assert not finding.good
    assert says in finding.detail


def test_a_bundle_is_not_mended_with_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/espalier/espalier")
    monkeypatch.setattr(doctor, "installed", lambda _name: None)
    findings = {finding.name: finding for finding in examine({}, models=tmp_path, engine=False)}
    assert findings["Espalier"].detail.endswith("the bundle in /opt/espalier")
    for name in ("torch", "Model policy"):
        assert findings[name].fix.startswith("unpack or install Espalier again")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a home folder")
def test_folders_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    findings = {finding.name: finding for finding in examine({"HOME": "/dev/null"}, models=tmp_path, engine=False)}
    assert not findings["Your folders"].good
    assert "/dev/null/.local/share" in findings["Your folders"].detail
    assert "XDG_DATA_HOME" in findings["Your folders"].fix


def test_an_old_processor_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "processor_problem", lambda: "this processor lacks SSE4.2")
    findings = {finding.name: finding for finding in examine({}, models=tmp_path, engine=False)}
    assert findings["Processor"] == Finding("Processor", False, "this processor lacks SSE4.2")


def test_weights_that_are_cut_off_are_noticed(model: Path) -> None:
    write_weights(model / "model.safetensors", cut=3)
    assert "cut off" in check_model(model).detail


def test_everything_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_engine(_timeout: float) -> None:
        raise EngineDied("The engine stopped unexpectedly (exit code 1).")

    monkeypatch.setattr(doctor, "try_engine", no_engine)
    findings = {finding.name: finding for finding in examine({}, models=tmp_path)}
    assert {
        "Espalier",
        "Python",
        "SQLite",
        "torch",
        "Display",
        "Model policy",
        "Model prm",
        "Model orm",
        "Engine",
        "Free disk",
    } <= set(findings)
    assert findings["Engine"].detail == "The engine stopped unexpectedly (exit code 1)."
    assert not findings["Model policy"].good
    assert findings["torch"].good


@pytest.mark.parametrize(
    ("sample", "detail"),
    [
        ("raise ImportError('libtorch_cpu.so: no such file')", "models: ImportError: libtorch_cpu.so: no such file"),
        ("raise ModelError('The policy is damaged.')", "The policy is damaged."),
        ("os.abort()", "The engine stopped unexpectedly"),
    ],
)
def test_an_engine_that_only_greets_is_not_well(
    sample: str, detail: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import os\nfrom engine.__main__ import main\nfrom engine.policies import ModelError\n"
        "from engine.shelf import Shelf\n"
        f"class Broken(Shelf):\n    def policy(self, folder):\n        {sample}\n"
        "main(Broken())"
    )
    monkeypatch.setattr(headless, "engine_command", lambda: [sys.executable, "-c", code])
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    finding = next(finding for finding in examine({}, models=tmp_path) if finding.name == "Engine")
    assert not finding.good
    assert detail in finding.detail
    assert finding.fix.startswith("unpack or install Espalier again")


def test_what_is_missing_stands_with_what_mends_it() -> None:
    text = findings_text([Finding("A", True, "1.0"), Finding("B", False, "is not installed", "pip install B")])
    assert text.splitlines() == [
        "ok   A  1.0",
        "BAD  B  is not installed",
        "        -> pip install B",
        "",
        "To be mended: B.",
    ]
