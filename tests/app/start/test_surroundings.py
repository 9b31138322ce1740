"""What a start puts right: libraries of a bundle, closed streams, the locale, a home folder that is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.start.surroundings import FOLDERS, leave_bundle, lost_folders, name_home, replace_home

ROOT = Path(__file__).parents[3]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="of Linux")
NOT_ROOT = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")


@pytest.fixture
def bundle(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "_MEIPASS", "/opt/espalier/_internal", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return "/opt/espalier/_internal"


def test_from_source_nothing_is_given_back() -> None:
    environment = {"LD_LIBRARY_PATH": "/mine", "QT_PLUGIN_PATH": "/mine"}
    leave_bundle(environment)
    assert environment == {"LD_LIBRARY_PATH": "/mine", "QT_PLUGIN_PATH": "/mine"}


def test_other_programs_get_their_own_libraries(bundle: str) -> None:
    environment = {"LD_LIBRARY_PATH": bundle, "PATH": "/bin"}
    leave_bundle(environment)
    assert environment == {"PATH": "/bin", "PYINSTALLER_RESET_ENVIRONMENT": "1"}


def test_what_the_user_had_set_comes_back(bundle: str) -> None:
    environment = {"LD_LIBRARY_PATH": f"{bundle}:/mine", "LD_LIBRARY_PATH_ORIG": "/mine"}
    leave_bundle(environment)
    assert environment == {"LD_LIBRARY_PATH": "/mine", "PYINSTALLER_RESET_ENVIRONMENT": "1"}


@pytest.mark.usefixtures("bundle")
@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_plugins_of_another_qt_are_not_taken(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    environment = {"QT_PLUGIN_PATH": "/usr/lib/qt6/plugins", "QT_SCALE_FACTOR": "2"}
    leave_bundle(environment)
    assert environment.items() - {("PYINSTALLER_RESET_ENVIRONMENT", "1")} == {("QT_SCALE_FACTOR", "2")}


CLOSED = """
import os, sys
from pathlib import Path
for number in range(3):
    os.close(number)
sys.stdin = sys.stdout = sys.stderr = None
from app.start.surroundings import hold_streams
hold_streams()
with open(sys.argv[1], "w") as file:
    print("to stdout"), print("to stderr", file=sys.stderr), os.write(2, b"from C"), sys.stdin.read()
    print(file.fileno() > 2, os.get_inheritable(1), file=file)
"""


@LINUX
def test_closed_streams_lead_nowhere_and_not_into_the_next_file(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", CLOSED, str(tmp_path / "file")], check=True, env=environment)
    assert (tmp_path / "file").read_text() == "True True\n"


UTF8 = """
import os
from app.start.surroundings import speak_utf8
speak_utf8(os.environ)
print({name: os.environ.get(name) for name in ("LC_ALL", "LANGUAGE")})
"""


@LINUX
@pytest.mark.parametrize(
    ("given", "everything", "language"),
    [
        ({"LC_ALL": "C"}, "C.UTF-8", None),
        ({"LC_ALL": "xx_YY.UTF-8"}, "C.UTF-8", "xx_YY"),
        ({"LC_ALL": "C.UTF-8", "LANGUAGE": "de"}, "C.UTF-8", "de"),
        ({"LANG": "C.UTF-8"}, None, None),
    ],
)
def test_characters_become_utf8_and_the_language_stays(
    given: dict[str, str], everything: str | None, language: str | None
) -> None:
    environment = {"PYTHONPATH": str(ROOT), **given}
    done = subprocess.run([sys.executable, "-c", UTF8], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str({"LC_ALL": everything, "LANGUAGE": language})


@LINUX
def test_a_user_whom_nobody_knows_still_has_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", unknown)
    environment: dict[str, str] = {}
    name_home(environment)
    assert environment == {"HOME": "/"}


def test_a_good_home_stays(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path / "not made yet")}
    assert replace_home(environment, tmp_path) is None
    assert environment == {"HOME": str(tmp_path / "not made yet")}


@LINUX
def test_what_lies_in_no_home_goes_to_a_folder_of_ones_own(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file is no folder")
    environment = {"HOME": str(home), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    assert lost_folders(environment).keys() == FOLDERS.keys() - {"XDG_CONFIG_HOME"}
    folder = replace_home(environment, tmp_path)
    assert folder is not None
    assert folder.stat().st_mode & 0o777 == 0o700
    assert environment["XDG_DATA_HOME"] == str(folder / ".local/share")
    assert environment["XDG_CONFIG_HOME"] == str(tmp_path / "config")
    assert replace_home({"HOME": str(home)}, tmp_path) == folder  # the next start finds what this one kept


@LINUX
def test_a_folder_that_others_can_read_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / f"espalier-{os.getuid()}").mkdir(mode=0o755)
    folder = replace_home({"HOME": "/dev/null"}, tmp_path)
    assert folder is not None
    assert folder.name != f"espalier-{os.getuid()}"
    assert folder.stat().st_mode & 0o777 == 0o700


@LINUX
def test_where_nothing_can_be_written_the_start_goes_on() -> None:
    environment = {"HOME": "/dev/null"}
    assert replace_home(environment, Path("/dev/null")) is None
    assert environment == {"HOME": "/dev/null"}


@NOT_ROOT
@LINUX
def test_a_folder_without_the_right_to_write_is_lost(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert lost_folders({"HOME": str(tmp_path)}).keys() == FOLDERS.keys()
    tmp_path.chmod(0o700)


def test_it_imports_nothing_but_the_standard_library() -> None:
    code = (
        "import sys; import app.start.surroundings, app.start.checks, app.start.plain_message;"
        "print([name for name in ('PySide6', 'numpy', 'msgspec') if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
