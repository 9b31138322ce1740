"""`bench bundle` and `bench startup`: the real program on the path of a bundle, and what is said without one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from app import benchmarks
from app.benchmarks import BenchError, bundle, real_start, startup
from app.benchmarks.bundle import FIGURES, Bundle, find_bundle, size_of, source_command
from app.benchmarks.real_start import Start, desktop_environment, start
from app.engine_process import window_command

TELL = """
import json, os, pathlib, sys, time


def status(**said):
    path = pathlib.Path(os.environ["ESPALIER_STATUS_FILE"])
    path.with_suffix(".part").write_text(json.dumps(said))
    path.with_suffix(".part").replace(path)
"""
PAINTED = Start(painted_ms=500.0, simulated_s=None, torch_in_app=False, rss_mb=100.0)
SEARCHED = Start(painted_ms=500.0, simulated_s=3.0, torch_in_app=False, rss_mb=150.0)


def program(tmp_path: Path, code: str) -> list[str]:
    """A program that is started like ours; `status` in it writes the status file."""
    script = tmp_path / "program.py"
    script.write_text(f"{TELL}{code}", encoding="utf-8")
    return [sys.executable, str(script)]


def made_bundle(root: Path) -> Path:
    """A folder that looks like a bundle in a checkout."""
    executable = root / "dist" / "espalier" / ("espalier.exe" if os.name == "nt" else "espalier")
    executable.parent.mkdir(parents=True)
    executable.write_bytes(b"x" * 1_500_000)
    return executable


def test_the_real_program_paints_in_a_home_of_its_own(tmp_path: Path) -> None:
    home = tmp_path / "höme"
    one = start(window_command(), home, search=False)
    assert 0 < one.painted_ms < 1000 * real_start.SECONDS
    assert one.torch_in_app is False
    assert one.rss_mb is None or 30 < one.rss_mb < 1000
    assert list(home.rglob("*.espalier"))


def test_moments_are_those_that_the_program_noted_not_those_when_they_were_read(tmp_path: Path) -> None:
    noted = "status(painted=time.time() + 1000, simulated=None, state='idle', torch=True, pid=os.getpid())"
    one = start(program(tmp_path, f"{noted}; time.sleep(60)"), tmp_path / "home", search=False)
    assert 1000 <= one.painted_ms / 1000 < 1000 + real_start.SECONDS
    assert (one.simulated_s, one.torch_in_app) == (None, True)


def test_a_search_is_waited_for_to_its_end(tmp_path: Path) -> None:
    code = """
now, more = time.time(), {"torch": False, "pid": os.getpid()}
status(painted=now, simulated=None, state="idle", **more)
time.sleep(0.1)
status(painted=now, simulated=now + 1000, state="running", **more)
time.sleep(0.1)
status(painted=now, simulated=now + 2000, state="idle", **more)
time.sleep(60)
"""
    one = start(program(tmp_path, code), tmp_path / "home", search=True)
    assert one.simulated_s is not None
    assert one.simulated_s == pytest.approx(one.painted_ms / 1000 + 2000)


@pytest.mark.parametrize(
    ("code", "seconds", "sentence"),
    [
        ("print('first'); sys.exit('no such library')", 60.0, r"by itself \(exit code 1\)\. .*: no such library"),
        ("time.sleep(60)", 0.2, r"Nothing was painted 0\.2 seconds after the start\."),
    ],
)
def test_a_start_that_fails_says_why(
    code: str, seconds: float, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(real_start, "SECONDS", seconds)
    with pytest.raises(BenchError, match=sentence):
        start(program(tmp_path, code), tmp_path / "home", search=False)


def test_a_start_has_the_environment_of_a_desktop(tmp_path: Path) -> None:
    shell = {"PATH": "/bin", "PYTHONPATH": "/x", "LD_LIBRARY_PATH": "/y", "HOME": "/z", "QT_QPA_PLATFORM": "minimal"}
    found = desktop_environment(tmp_path, shell)
    assert found["PATH"] == "/bin"
    assert found["HOME"] == found["USERPROFILE"] == str(tmp_path)
    assert found["QT_QPA_PLATFORM"] == "minimal"
    assert not {"PYTHONPATH", "LD_LIBRARY_PATH"} & found.keys()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")
def test_without_a_display_a_start_is_offscreen(tmp_path: Path) -> None:
    assert desktop_environment(tmp_path, {})["QT_QPA_PLATFORM"] == "offscreen"


def test_startup_tells_of_the_program_that_runs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([9000.0, 510.0, 530.0, 520.0, 900.0, 505.0])
    asked: list[tuple[list[str], str, bool]] = []

    def measured(command: list[str], home: Path, search: bool) -> Start:
        asked.append((command, home.name, search))
        return SEARCHED if search else Start(next(times), None, False, None)

    monkeypatch.setattr(startup, "start", measured)
    assert startup.run(quick=True, seed=0) == {"first_paint_ms": 520.0, "torch_in_app": False, "app_rss_mb": 150.0}
    assert asked == [(window_command(), "paint", False)] * 6 + [(window_command(), "search", True)]


def test_a_bundle_is_weighed_and_started_in_turns_with_the_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    executable = made_bundle(tmp_path)
    (tmp_path / "dist" / "espalier-1.0-linux-x86_64.tar.xz").write_bytes(b"x" * 250_000)
    frozen, asked = [str(executable)], []

    def measured(command: list[str], _home: Path, search: bool) -> Start:
        asked.append(command)
        ms = 600.0 if command == frozen else 500.0
        return SEARCHED if search else Start(ms, None, False, None)

    monkeypatch.setattr(bundle, "start", measured)
    monkeypatch.setattr(bundle, "find_bundle", lambda: find_bundle(tmp_path))
    figures = benchmarks.IN_APP["bundle"](False, 0)
    assert figures == {
        "unpacked_mb": 1.5,
        "archive_mb": 0.2,
        "first_paint_ms": 600.0,
        "first_paint_vs_source": 1.2,
        "first_simulation_s": 3.0,
        "app_rss_mb": 150.0,
        "torch_in_app": False,
    }
    assert asked == [frozen, window_command()] * 6 + [frozen] * 3
    assert capsys.readouterr().err == ""


def test_what_is_not_there_is_null_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bundle, "find_bundle", lambda: find_bundle(tmp_path))
    assert bundle.run(quick=True, seed=0) == dict.fromkeys(FIGURES)
    assert "python3 run.py build" in capsys.readouterr().err
    made_bundle(tmp_path)
    monkeypatch.setattr(bundle, "start", lambda *_words, search: SEARCHED if search else PAINTED)
    monkeypatch.setattr(bundle, "source_command", lambda _bundle: None)
    figures = bundle.run(quick=True, seed=0)
    assert {name for name, figure in figures.items() if figure is None} == {"archive_mb", "first_paint_vs_source"}
    told = capsys.readouterr().err
    assert "archive_mb: there is no archive beside" in told
    assert "first_paint_vs_source: " in told


def test_the_frozen_program_measures_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable = made_bundle(tmp_path)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(executable))
    found = find_bundle()
    assert found == Bundle(executable.parent, executable)
    assert source_command(found) is None
    python = tmp_path / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    for path in (python, tmp_path / "app" / "__main__.py"):
        path.parent.mkdir(parents=True)
        path.touch()
    assert source_command(found) == [str(python), "-P", "-m", "app"]


def test_an_application_of_macos_is_the_whole_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable = tmp_path / "Espalier.app" / "Contents" / "MacOS" / "espalier"
    executable.parent.mkdir(parents=True)
    executable.touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(executable))
    assert find_bundle() == Bundle(tmp_path / "Espalier.app", executable)


def test_names_of_the_same_file_weigh_once(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    one = tmp_path / "deep" / "one"
    one.write_bytes(b"123")
    (tmp_path / "again").hardlink_to(one)
    (tmp_path / "link").symlink_to(one)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "two").write_bytes(b"12")
    assert size_of(tmp_path) == 5
