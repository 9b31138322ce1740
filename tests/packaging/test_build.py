"""The order of a build, without PyInstaller: whatever stops it, what lies in `dist` is whole."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import archive
import build
import deb
import pytest
import sbom

from engine import __version__

OLD, NEW = "old program", "new program"


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With what a build before left in it."""
    folder = tmp_path / "dist"
    bundle, work = folder / "espalier", tmp_path / "build"
    places = {"DIST": folder, "BUNDLE": bundle, "HANDED_OUT": bundle, "NEW": folder / ".new", "WORK": work}
    for name, place in places.items():
        monkeypatch.setattr(build, name, place)
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "check_tools", lambda: None)
    monkeypatch.setattr(build, "check_bundle", lambda _bundle: None)
    monkeypatch.setattr(sbom, "write", lambda _bundle, target, _time: target.write_text("parts"))
    monkeypatch.setattr(deb, "why_not", lambda: "there is nothing to make a .deb with.")
    monkeypatch.setattr("sys.argv", ["build.py"])
    made(folder / "espalier", OLD)
    for name in ("espalier-0.0.9-linux-x86_64.tar.xz", "espalier_0.0.9_amd64.deb", "SHA256SUMS"):
        (folder / name).write_text(OLD)
    made(folder / "espalier-0.0.9-linux-x86_64", OLD)  # unpacked there by somebody
    made(folder / ".deb-killed" / "root", OLD)
    return folder


def made(bundle: Path, words: str) -> None:
    bundle.mkdir(parents=True)
    (bundle / "espalier").write_text(words)


def freezing(monkeypatch: pytest.MonkeyPatch, end: Callable[[], None] = lambda: None) -> None:
    def freeze() -> None:
        made(build.NEW / "espalier", NEW)
        end()

    monkeypatch.setattr(build, "freeze", freeze)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_build_replaces_what_was_there(
    dist: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    freezing(monkeypatch)
    assert build.main() == 0
    assert (dist / "espalier" / "espalier").read_text() == NEW
    packed = next(dist.glob("espalier-*.tar.xz" if archive.SUFFIX == ".tar.xz" else "espalier-*.zip")).name
    bill = f"espalier-{__version__}.cdx.json"
    assert names(dist) == {"espalier", packed, bill, "SHA256SUMS", "espalier-0.0.9-linux-x86_64"}
    assert packed in (dist / "SHA256SUMS").read_text()
    assert "[build] there is nothing to make a .deb with." in capsys.readouterr().out


def test_a_bundle_alone_has_no_packages_of_another_beside_it(
    dist: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    freezing(monkeypatch)
    monkeypatch.setattr("sys.argv", ["build.py", "--bundle-only"])
    assert build.main() == 0
    assert names(dist) == {"espalier", "espalier-0.0.9-linux-x86_64"}
    assert "dist/SHA" not in capsys.readouterr().out.replace("\\", "/")


def test_a_build_that_is_stopped_leaves_the_old_one(
    dist: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ctrl_c() -> None:
        raise KeyboardInterrupt

    freezing(monkeypatch, ctrl_c)
    before = names(dist) - {".deb-killed"}
    assert build.main() == 130
    assert names(dist) == {*before, ".new"}
    assert (dist / "espalier" / "espalier").read_text() == OLD
    assert "[build] stopped" in capsys.readouterr().err
    freezing(monkeypatch)
    assert build.main() == 0  # what was left does not stand in the way
    assert ".new" not in names(dist)
    assert capsys.readouterr().err == ""


def test_two_builds_do_not_mix(dist: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    freezing(monkeypatch, lambda: pytest.fail("another build is working"))
    with build.alone():
        assert build.main() == 1
    assert "[build] another build is under way" in capsys.readouterr().err
    assert (dist / ".deb-killed").exists()  # it may be the other one's


@pytest.mark.skipif(os.name == "nt", reason="signals are of POSIX")
@pytest.mark.skipif(not all(map(shutil.which, ("objdump", "strip"))), reason="a build needs binutils")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_build_that_is_told_to_end_takes_pyinstaller_along(tmp_path: Path, number: signal.Signals) -> None:
    """A checkout of nothing but the script, and a PyInstaller that says who it is and works on and on."""
    script = Path(build.__file__)
    (tmp_path / "packaging").mkdir()
    shutil.copy(script, tmp_path / "packaging")
    told = tmp_path / "told"
    os.mkfifo(told)
    (tmp_path / "PyInstaller.py").write_text(
        f"import os, signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        f"open({str(told)!r}, 'w').write(str(os.getpid()))\nwhile True:\n    time.sleep(60)"
    )
    paths = map(str, (tmp_path, script.parent, script.parents[1]))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "SOURCE_DATE_EPOCH": "1700000000"}
    words = [sys.executable, str(tmp_path / "packaging" / "build.py"), "--bundle-only"]
    with subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as made:
        child = int(told.read_text())
        made.send_signal(number)
        assert "[build] stopped" in made.communicate()[1]
    assert made.returncode == 130
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_where_the_sums_are_everything_is_there(
    dist: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_bundle: Path, _target: Path, _say: object) -> None:
        raise archive.PackError("No space left on device")

    freezing(monkeypatch)
    monkeypatch.setattr(archive, "make_archive", full)
    assert build.main() == 1
    assert "[build] No space left" in capsys.readouterr().err
    assert "SHA256SUMS" not in names(dist)
    assert (dist / "espalier" / "espalier").read_text() == NEW
