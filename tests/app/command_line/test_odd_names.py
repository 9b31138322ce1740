"""Files with names and places that nobody thinks of: each command has a sentence for them, and no file is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from storage.session import Session
from tests.helpers.command_line import ROOT, says
from tests.storage.samples import log, save

Capture = pytest.CaptureFixture[str]
NAMES = ["a b", "q'uote", "new\nline", "h#ash", "qu?es", "p%41c", "-dash", "esc\x1b[31mred", os.fsdecode(b"caf\xe9")]


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One run, in the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with Session.create(tmp_path / "a.espalier") as made:
        save(made, log())
    return Path("a.espalier")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere some of these cannot be names of files")
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_taken_as_it_is(session: Path, capsys: Capture, name: str) -> None:
    odd = session.rename(session.absolute().with_name(f"{name}.espalier"))
    copy, document, back = (odd.with_name(f"{name}{end}") for end in (".c.espalier", ".json", ".b.espalier"))
    assert says(capsys, "show", str(odd))[0] == 0
    assert says(capsys, "share", str(odd), "--out", str(copy))[0] == 0
    assert says(capsys, "export", str(odd), "--to", "json-full", "--out", str(document))[0] == 0
    status, out, _ = says(capsys, "import", str(document), "--session", str(back))
    assert (status, "\x1b" in out) == (0, False)
    status, out, _ = says(capsys, "find", "9", str(odd), str(copy), str(back))
    assert (status, "\x1b" in out) == (0, False)
    assert out.count("run 1") == 3
    assert "\x1b" not in says(capsys, "show", str(odd.with_name(f"{name}.gone")))[2]


@pytest.mark.parametrize("words", [("--as", "sft"), ("--to", "csv")])
@pytest.mark.parametrize("out", ["a.espalier", "other.espalier"])
def test_an_export_replaces_no_session(session: Path, capsys: Capture, words: tuple[str, ...], out: str) -> None:
    Session.create(Path("other.espalier")).close()
    before = Path(out).read_bytes()
    status, _, err = says(capsys, "export", str(session), *words, "--out", out)
    assert (status, "session" in err, "another name" in err or "Choose another" in err) == (2, True, True)
    assert Path(out).read_bytes() == before


def test_a_picture_replaces_no_session(session: Path, capsys: Capture) -> None:
    before = session.read_bytes()
    status, _, err = says(capsys, "resume", str(session), "--picture", str(session))
    assert (status, err) == (
        2,
        "espalier: A picture's name ends with one of .png, .jpg, .bmp, .webp, not as a.espalier does.\n",
    )
    assert session.read_bytes() == before


def test_what_is_called_a_session_and_is_none_is_said(session: Path, capsys: Capture) -> None:
    Path("b.espalier").write_text("{}")
    assert "not a session file" in says(capsys, "import", "b.espalier")[2]
    assert "does not exist" in says(capsys, "import", "c.espalier")[2]
    assert "is a session already" in says(capsys, "import", str(session))[2]


def test_a_folder_that_is_not_there_is_said(session: Path, capsys: Capture) -> None:
    for words in (("share",), ("convert",)):
        status, _, err = says(capsys, *words, str(session), "--out", "none/b.espalier")
        assert (status, "there is no folder" in err) == (2, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_what_cannot_be_written_to_stdout_is_no_success(session: Path, unbuffered: str) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered, "PYTHONPATH": str(ROOT)}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "app", "export", str(session)],
            stdout=full, stderr=subprocess.PIPE, env=environment, check=False, text=True,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "espalier: No space left on device.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_half_a_text_on_stdout_is_no_success(session: Path, tmp_path: Path) -> None:
    script = (
        "import resource, signal, sys; from app.command_line.cli import main;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, resource.RLIM_INFINITY));"
        "sys.exit(main(sys.argv[1:]))"
    )
    with (tmp_path / "half").open("wb") as half:
        done = subprocess.run(
            [sys.executable, "-u", "-c", script, "export", str(session)],
            stdout=half, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, text=True,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "espalier: File too large.\n")
