"""The house rules of conftest.py catch what they say: tests that break them fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

OFFENDERS = """
import logging, subprocess, sys, threading, warnings

def test_prints(): print("noise")
def test_logs(): logging.getLogger("x").warning("noise")
def test_lets_a_child_write(): subprocess.run([sys.executable, "-c", "import sys; sys.stderr.write('noise')"])
def test_warns(): warnings.warn("noise")
def test_leaves_a_thread(): threading.Thread(target=threading.Event().wait, args=(20,), daemon=True).start()
def test_leaves_a_child(request): request.config.child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=-1)
def test_lets_qt_warn(qtbot):
    from PySide6.QtCore import qWarning
    qWarning("noise")
"""

INNOCENTS = """
import logging, os, subprocess, sys, threading

def test_reads_what_it_prints(capsys):
    print("wanted")
    assert capsys.readouterr().out == "wanted\\n"
def test_reads_what_it_logs(caplog):
    logging.getLogger("x").warning("wanted")
    assert caplog.messages == ["wanted"]
def test_ends_its_thread():
    thread = threading.Thread(target=len, args=((),))
    thread.start()
    thread.join()
def test_ends_its_child(): subprocess.run([sys.executable, "-c", ""])
def test_is_off_screen(): assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
"""


def outcomes(folder: Path, tests: str) -> dict[str, int]:
    """How many tests passed, failed or had an error."""
    rules = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    assert "GRACE_SECONDS = 5.0" in rules
    (folder / "conftest.py").write_text(rules.replace("GRACE_SECONDS = 5.0", "GRACE_SECONDS = 1.0"), encoding="utf-8")
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "tests").mkdir()
    (folder / "tests" / "test_them.py").write_text(tests)
    # -p no:cacheprovider: the copy's configuration is ours, its folder is not
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=no", "-rN", "tests"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=_environment())
    words = done.stdout.strip().splitlines()[-1].replace(",", "").split()
    return {
        word.rstrip("s"): int(count) for count, word in zip(words[::2], words[1::2], strict=False) if count.isdigit()
    }


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "COV_", "COVERAGE_"))}


@pytest.mark.skipif(sys.platform != "linux", reason="child processes are only seen in /proc")
def test_noise_and_leaks_fail(tmp_path: Path) -> None:
    found = outcomes(tmp_path, OFFENDERS)
    # a leak is found after its test, so that one passes and then has an error
    assert found == {"failed": 5, "passed": 2, "error": 2}


def test_tests_that_clean_up_pass(tmp_path: Path) -> None:
    assert outcomes(tmp_path, INNOCENTS) == {"passed": 5}
