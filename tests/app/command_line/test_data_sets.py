"""`espalier import` and `espalier export --as`: sessions out of files of others, and back; nothing is lost."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.benchmarks.import_logs import branched_sample, inspect_archive, inspect_sample
from app.benchmarks.import_trees import folder
from app.command_line.datasets import importing as command
from app.command_line.datasets.progress import ProgressLine
from storage.importers import importing
from storage.session import Session
from tests.helpers.command_line import says
from tests.helpers.data_sets import data_set, lines, process_bench

Capture = pytest.CaptureFixture[str]


def test_a_file_becomes_a_session_beside_it(capsys: Capture, tmp_path: Path) -> None:
    path = data_set(tmp_path)
    status, out, err = says(capsys, "import", str(path))
    target = tmp_path / "pb.espalier"
    assert (status, err) == (0, "")
    said = f"3 of 4 records of ProcessBench are in {target}: runs 1 to 3."
    assert out.splitlines() == [said, "Odd: line 4: it is no JSON. It begins: {cut o"]
    status, _, err = says(capsys, "import", str(path))
    assert status == 2
    assert "pb.espalier exists already: --session" in err
    status, out, _ = says(capsys, "import", str(path), "--session", str(target), "--json")
    report = json.loads(out)
    assert (report["runs"], report["first_run"], report["complete"], report["odd"]) == (3, 4, True, 1)
    assert report["odd_lines"] == [{"line": 4, "unit": "line", "what": "it is no JSON", "begins": "{cut o"}]
    assert says(capsys, "show", str(target))[0] == 0


def test_a_session_that_another_made_meanwhile_is_left_alone(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, create = data_set(tmp_path), Session.create

    def second(target: Path) -> Session:
        create(target).close()
        return create(target)

    monkeypatch.setattr(Session, "create", second)
    status, _, err = says(capsys, "import", str(path))
    assert status == 2
    assert "pb.espalier exists already" in err
    assert (tmp_path / "pb.espalier").exists()


def test_a_full_disk_is_said_without_a_promise(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing waits in memory for room once the command has ended."""

    def full(*_rows: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr("storage.writer.write_log", full)
    status, _, err = says(capsys, "import", str(data_set(tmp_path)))
    assert status == 1
    assert err.startswith("espalier: pb.espalier could not be written: no room. ")
    assert err.endswith(" events are not in it.\n")


def test_ctrl_c_keeps_what_was_read(capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "TOGETHER", 2)

    class Interrupted(ProgressLine):
        def __call__(self, done: int, total: int | None, share: float | None = None) -> None:
            if done:
                signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(command, "ProgressLine", Interrupted)
    status, out, _ = says(capsys, "import", str(data_set(tmp_path, 9)))
    assert status == 130
    assert out.endswith("runs 1 to 2.\nIt was stopped before its end.\n")
    with Session.open(tmp_path / "pb.espalier") as session:
        assert [info.state for info in session.runs()] == ["finished"] * 2


def test_what_is_no_data_set_makes_no_session(capsys: Capture, tmp_path: Path) -> None:
    pointer = tmp_path / "phase1.jsonl"
    pointer.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\n")
    status, _, err = says(capsys, "import", str(pointer))
    assert status == 2
    assert "phase1.jsonl is a pointer of Git LFS, not the data" in err
    (tmp_path / "a.jsonl").write_text("{}")
    assert "a.jsonl is in no format that is imported" in says(capsys, "import", str(tmp_path / "a.jsonl"))[2]
    assert "There is no file" in says(capsys, "import", str(tmp_path / "none.jsonl"))[2]
    (empty := tmp_path / "folder").mkdir()
    assert "folder is a folder in no format that is imported" in says(capsys, "import", str(empty))[2]
    assert "whose name ends with" in says(capsys, "import", str(data_set(tmp_path)), "--session", "a.db")[2]
    assert list(tmp_path.glob("*.espalier")) == []


def test_a_file_of_odd_records_alone_makes_no_session(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(process_bench() | {"label": 77}))
    status, out, err = says(capsys, "import", str(path))
    assert (status, out) == (2, "")
    assert "holds nothing that could be read; the first odd record: line 1: its 'label'" in err
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.jsonl"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b" \n", "a.jsonl is empty."),
        ("{}".encode("utf-16"), "It is UTF-16 text: write it as UTF-8."),
        (b"PK\x03\x04", "It is a ZIP archive: unpack it first."),
        (b"<!DOCTYPE html>", "It is a web page, not the data: download the file itself."),
        (b"a\0b", "Inspect AI, OpenTelemetry GenAI, Chat JSON, Trace."),
    ],
)
def test_what_a_file_is_that_is_not_read(capsys: Capture, tmp_path: Path, raw: bytes, said: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(raw)
    status, _, err = says(capsys, "import", str(tmp_path / "a.jsonl"))
    assert status == 2
    assert err.endswith(f"{said}\n")


def test_a_session_is_no_dataset(capsys: Capture, tmp_path: Path) -> None:
    says(capsys, "import", str(data_set(tmp_path)))
    status, _, err = says(capsys, "import", str(tmp_path / "pb.espalier"))
    assert (status, err) == (2, "espalier: pb.espalier is a session already: the other commands take it as it is.\n")


def test_stdin_is_read_into_a_session_that_is_named(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "b.espalier"
    piped = io.TextIOWrapper(io.BytesIO(data_set(tmp_path, 1).read_bytes()))
    monkeypatch.setattr("sys.stdin", piped)
    status, _, err = says(capsys, "import", "-")
    assert status == 2
    assert "say with --session" in err
    status, out, _ = says(capsys, "import", "-", "--session", str(target))
    assert status == 0
    assert f"records of ProcessBench are in {target}: run 1." in out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_a_pipe_is_read_to_its_end(capsys: Capture, tmp_path: Path) -> None:
    os.mkfifo(pipe := tmp_path / "pipe")
    raw = data_set(tmp_path).read_bytes()
    with ThreadPoolExecutor(1) as others:
        written = others.submit(pipe.write_bytes, raw)
        status, out, _ = says(capsys, "import", str(pipe), "--session", str(tmp_path / "b.espalier"))
        assert written.result() == len(raw)
    assert status == 0
    assert "runs 1 to 3." in out


def test_words_of_the_other_kind_of_export_are_refused(capsys: Capture, tmp_path: Path) -> None:
    session = str(tmp_path / "pb.espalier")
    says(capsys, "import", str(data_set(tmp_path)))
    assert "Either --to" in says(capsys, "export", session, "--as", "trl", "--to", "json")[2]
    assert "--labels goes with --as" in says(capsys, "export", session, "--labels", "person")[2]


def test_only_the_first_odd_records_are_listed(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(process_bench()) + b"{\n" * 30)
    out = says(capsys, "import", str(tmp_path / "a.jsonl"))[1]
    assert out.count("Odd: ") == 10
    assert out.endswith("And 20 more: a note of the first run lists them, and so does --json.\n")


def test_labels_go_to_a_file_or_to_stdout(capsys: Capture, tmp_path: Path) -> None:
    session, out = str(tmp_path / "pb.espalier"), tmp_path / "out.jsonl"
    says(capsys, "import", str(data_set(tmp_path)))
    status, text, err = says(capsys, "export", session, "--as", "processbench")
    assert (status, err) == (0, "3 records of ProcessBench.\n")
    assert [json.loads(line)["id"] for line in text.splitlines()] == ["a-0", "a-1", "a-2"]
    status, text, err = says(
        capsys, "export", session, "--as", "trl", "--run", "2", "--labels", "dataset", "-o", str(out)
    )
    assert (status, text) == (0, "")
    assert err == f"1 record of TRL stepwise supervision in {out}, described in out.jsonl.README.md.\n"
    assert json.loads(out.read_text())["labels"] == [True, False]
    status, _, err = says(capsys, "export", session, "--as", "trl", "--labels", "person", "-o", str(out))
    assert status == 2
    assert "There is nothing to write" in err
    status, text, err = says(capsys, "export", session, "--as", "trl", "--labels", "person")
    assert (status, text) == (2, "")
    assert "There is nothing to write" in err


class Terminal:
    """A stderr that somebody looks at."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass


def test_progress_is_one_line_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with ProgressLine("records") as progress:
        progress(1_203, 3_400)
        progress(1_300, 3_400)  # too soon to be said
    with ProgressLine("records") as progress:
        progress(7, None)
    assert terminal.text == "\r1,203 of 3,400 records\r" + " " * 22 + "\r" + "\r7 records\r" + " " * 9 + "\r"


def test_logs_texts_and_folders_become_sessions_too(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "log.eval").write_bytes(inspect_archive(inspect_sample(), branched_sample()))
    (tmp_path / "thought.txt").write_text("<think>3*4</think>12")
    (there := tmp_path / "apples").mkdir()
    for name, raw in folder().items():
        (there / name).write_bytes(raw)
    for name, title in (("log.eval", "Inspect AI"), ("thought.txt", "Trace"), ("apples", "thought anchors")):
        status, out, err = says(capsys, "import", str(tmp_path / name))
        assert (status, err) == (0, "")
        assert f"records of {title} are in" in out
    assert {path.name for path in tmp_path.glob("*.espalier")} == {
        "log.espalier", "thought.espalier", "apples.espalier",
    }  # fmt: skip


def test_what_a_log_says_of_a_run_is_in_the_session(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "log.eval").write_bytes(inspect_archive(inspect_sample()))
    says(capsys, "import", str(tmp_path / "log.eval"))
    out = says(capsys, "show", str(tmp_path / "log.espalier"))[1]
    assert "match says C: equal; quality says 7.5" in out
