"""The pure parts of run.py; the whole of it is what every test run began with."""

from __future__ import annotations

import ast
import importlib.util
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

import run
from app.start.system import QT_LIBRARIES

ROOT = Path(run.__file__).parent


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that run.py takes for its own."""
    for name in ("pyproject.toml", "run.py"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "STAMP", tmp_path / ".venv" / ".espalier.json")
    monkeypatch.setattr(run, "PYTHON", tmp_path / ".venv" / "python")
    return tmp_path


def test_an_old_python_can_read_the_file_and_is_told_which_one_is_needed() -> None:
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))
    guard = next(node for node in tree.body if isinstance(node, ast.If))
    before = [node for node in tree.body[: tree.body.index(guard)] if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [alias.name for node in before for alias in node.names] == ["sys"]
    assert "Espalier needs Python 3.11 or newer" in ast.unparse(guard)


def test_only_the_standard_library_is_needed() -> None:
    code = "import sys; sys.path.insert(0, '.'); import run; print(run.why_no_display({}) is not None)"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "True", done.stderr


def test_the_stamp_changes_with_everything_that_makes_the_environment_old(checkout: Path) -> None:
    first = run.digest({})
    assert run.digest({"UNRELATED": "1"}) == first
    changed = {run.digest({"ESPALIER_TORCH": "default"}), run.digest({"ESPALIER_TORCH_INDEX": "https://example.org"})}
    (checkout / "pyproject.toml").write_text("[project]\n")
    changed.add(run.digest({}))
    assert len(changed | {first}) == 4


@pytest.mark.usefixtures("checkout")
def test_a_damaged_or_foreign_stamp_counts_as_none() -> None:
    run.VENV.mkdir()
    run.PYTHON.touch()
    for text in ("", "{", "[]", '{"digest": "other"}', '{"digest": 1}'):
        run.STAMP.write_text(text)
        assert not run.is_fresh("this")
    run.STAMP.write_text('{"digest": "this"}')
    assert run.is_fresh("this")
    run.PYTHON.unlink()
    assert not run.is_fresh("this")


def test_the_cpu_build_is_asked_of_the_users_own_configuration_before_the_named_index() -> None:
    own, named = run.torch_attempts({"ESPALIER_TORCH_INDEX": "https://example.org/simple"})
    assert own == ["install", "--no-compile", "torch==2.13.0+cpu"]
    assert named[: len(own)] == own
    assert named[-2:] == ["--extra-index-url", "https://example.org/simple"]
    assert len(list(run.torch_attempts({}))) == 1


class Pip:
    """Stands for pip: notes what is asked for; `torch` says which build is there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, torch: str, offers_cpu: bool) -> None:
        self.asked: list[str] = []
        self._offers_cpu = offers_cpu
        monkeypatch.setattr(run, "pip", self._pip)
        monkeypatch.setattr(run, "ask_python", lambda _code: torch)
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setattr(platform, "machine", lambda: "x86_64")

    def _pip(self, *arguments: str, if_offered: bool = False) -> bool:
        self.asked.append(" ".join(arguments))
        return self._offers_cpu or not if_offered


@pytest.mark.usefixtures("capsys")
@pytest.mark.parametrize(
    ("have", "environment", "asked"),
    [
        ("", {}, ["install --no-compile torch==2.13.0+cpu"]),
        ("2.13.0+cpu", {}, []),
        ("2.13.0+cu130", {}, ["install --no-compile torch==2.13.0+cpu"]),
        ("", {"ESPALIER_TORCH": "default"}, []),
        ("2.13.0+cpu", {"ESPALIER_TORCH": "default"}, ["uninstall --yes torch"]),
    ],
)
def test_which_torch_is_installed(
    have: str, environment: dict[str, str], asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pip = Pip(monkeypatch, have, offers_cpu=True)
    run.install_torch(environment)
    assert pip.asked == asked


def test_the_default_build_comes_with_a_notice_and_needs_more_disk(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Pip(monkeypatch, "", offers_cpu=False)
    needed: list[float] = []
    monkeypatch.setattr(run, "need_disk", needed.append)
    run.install_torch({})
    assert "ESPALIER_TORCH_INDEX" in capsys.readouterr().out
    assert needed == [run.DISK_GB_DEFAULT_TORCH]


def test_a_default_build_that_is_there_already_stays(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Pip(monkeypatch, "2.13.0+cu130", offers_cpu=False)
    monkeypatch.setattr(run, "need_disk", lambda _gigabytes: pytest.fail("no disk is needed"))
    run.install_torch({})
    assert "ESPALIER_TORCH_INDEX" not in capsys.readouterr().out


@pytest.mark.usefixtures("checkout")
def test_a_python_without_ensurepip_is_told_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(run.SetupError, match="sudo apt-get install -y python3-venv") as caught:
        run.create_venv()
    assert caught.value.code == 3


@pytest.mark.usefixtures("checkout")
def test_a_full_disk_is_said_before_anything_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "DISK_GB", 10**9)
    with pytest.raises(run.SetupError, match="GB are free"):
        run.create_venv()
    assert not run.VENV.exists()


@pytest.fixture
def failing_pip(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A Python whose pip fails with the words it is given."""

    def fail_with(words: str) -> None:
        (checkout / "pip.py").write_text(f"import sys; print({words!r}); sys.exit(1)")
        monkeypatch.setenv("PYTHONPATH", str(checkout))
        monkeypatch.setattr(run, "PYTHON", Path(sys.executable))

    return fail_with


def test_only_what_no_index_offers_may_fail(
    failing_pip: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    failing_pip("ERROR: No matching distribution found for torch==2.13.0+cpu")
    assert not run.pip("install", "torch==2.13.0+cpu", if_offered=True)
    with pytest.raises(run.SetupError, match="pip failed"):
        run.pip("install", "torch==2.13.0+cpu")
    failing_pip("ERROR: No space left on device")
    with pytest.raises(run.SetupError, match="pip failed"):
        run.pip("install", "torch==2.13.0+cpu", if_offered=True)
    assert "No space left on device" in capsys.readouterr().err


def test_pips_warnings_about_its_own_configuration_are_left_out() -> None:
    noise = "WARNING: Location 'file:///x/' is ignored: it is neither a file nor a directory."
    assert run.without_noise([noise, "ERROR: no such package"]) == ["ERROR: no such package"]


def test_missing_libraries_without_root_end_with_the_exact_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "missing_packages", lambda _table: ["libgl1", "libegl1"])
    with pytest.raises(
        run.SetupError, match="sudo apt-get install -y --no-install-recommends libgl1 libegl1"
    ) as caught:
        run.need_libraries(QT_LIBRARIES, {"ESPALIER_NO_APT": "1"})
    assert caught.value.code == 3


def test_the_lock_is_held_by_one(checkout: Path) -> None:
    with run.one_at_a_time(), (checkout / ".venv.lock").open("a") as second:
        assert not run.try_lock(second.fileno())


@pytest.mark.skipif(sys.platform == "win32", reason="file descriptors are not inherited there")
def test_a_pip_that_outlives_a_killed_set_up_keeps_the_lock(checkout: Path) -> None:
    with run.one_at_a_time():
        pip = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, close_fds=False)
    with (checkout / ".venv.lock").open("a") as second:
        assert not run.try_lock(second.fileno())
        pip.communicate(b"\n")
        assert run.try_lock(second.fileno())


def install(site: Path, name: str, version: str, *requires: str) -> None:
    """A package that is nothing but its metadata."""
    metadata = site / f"{name.replace('-', '_')}-{version}.dist-info" / "METADATA"
    metadata.parent.mkdir(parents=True)
    lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {require}" for require in requires)]
    metadata.write_text("Metadata-Version: 2.1\n" + "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("have", "asked"),
    [
        ({"maker": "6.22.3", "lister": "11.1"}, []),
        ({"maker": "6.23.0", "lister": "11.1"}, ["install --no-compile --editable"]),
        ({"lister": "11.1"}, ["install --no-compile --editable"]),
    ],
)
def test_build_tools_are_of_the_versions_that_are_named_and_installed_by_one(
    have: dict[str, str], asked: list[str], checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, done = checkout / "site", []

    def pip(*arguments: str) -> bool:
        with (checkout / ".venv.lock").open("a") as other:
            assert not run.try_lock(other.fileno())
        done.append(" ".join(arguments[:-1]))
        return True

    needs = [f'{need}; extra == "build"' for need in ("maker<6.23,>=6.22", "lister>=11")]
    install(site, "espalier", "1.0", "numpy", *needs)
    for name, version in have.items():
        install(site, name, version)
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    monkeypatch.setenv("PYTHONPATH", str(site))
    monkeypatch.setattr(run, "pip", pip)
    monkeypatch.setattr(run, "say", lambda _words: None)
    run.install_build_tools()
    assert done == asked


@pytest.fixture
def no_libraries_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "need_libraries", lambda _table, _environment: None)


@pytest.mark.usefixtures("no_libraries_needed")
def test_with_a_display_the_window_opens() -> None:
    environment = {"QT_QPA_PLATFORM": "offscreen"}
    assert run.program([], environment) == ["-P", "-m", "app"]
    assert run.program(["a.espalier"], environment) == ["-P", "-m", "app", "a.espalier"]


@pytest.mark.usefixtures("no_libraries_needed")
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be without a display")
def test_without_a_display_the_first_search_runs_as_text_and_leaves_two_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    words = run.program([], {})
    assert words[:7] == ["-P", "-m", "app", "run", "4 9 10 13", "--problem", "game24"]
    out, picture = (Path(words[words.index(name) + 1]) for name in ("--out", "--picture"))
    assert (out.parent, picture.parent) == (tmp_path / "out", tmp_path / "out")
    assert out.parent.is_dir()
    assert "no display here (DISPLAY and WAYLAND_DISPLAY are not set)" in capsys.readouterr().out


def test_without_a_home_and_a_folder_to_write_in_the_files_go_where_temporary_ones_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda place, _: Path(place) == tmp_path)
    (tmp_path / "out").mkdir()  # by somebody else, who knew the name
    folder = run.output_folder()
    assert folder.parent == tmp_path
    assert folder.name.startswith("espalier-")
    assert os.name == "nt" or folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be without a display")
def test_without_a_display_a_session_is_shown_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run.program(["a.espalier"], {})[3:] == ["show", "a.espalier"]
    assert "no display here" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_other_words_go_to_the_command_line_as_they_are() -> None:
    assert run.program(["export", "a.espalier", "--to", "json"], {})[3:] == ["export", "a.espalier", "--to", "json"]


@pytest.mark.usefixtures("no_libraries_needed")
def test_the_tests_run_in_the_project_with_the_users_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent)
    assert run.program(["test", "-k", "tree"], {}) == ["-m", "pytest", "-k", "tree"]
    assert Path.cwd() == ROOT
