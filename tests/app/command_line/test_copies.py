"""`espalier convert` and `espalier share`; and what the commands that write say of a session from elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.command_line import copies
from engine.events import Noted, PrivacySet, Record
from storage.session import Session
from tests.helpers.command_line import says
from tests.helpers.installations import installed_in
from tests.storage.samples import log, save

Capture = pytest.CaptureFixture[str]
HINT = "To work in it: espalier convert FILE --out MINE.espalier"


@pytest.fixture
def foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A session that another installation made, in the current folder."""
    monkeypatch.chdir(tmp_path)
    with installed_in(tmp_path / "elsewhere"), Session.create(tmp_path / "theirs.espalier") as session:
        save(session, log(3, finished=False))
    return Path("theirs.espalier")


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two runs; the second is private."""
    monkeypatch.chdir(tmp_path)
    with Session.create(tmp_path / "mine.espalier") as session:
        save(session, log(), log(run=2))
        session.append([Record(1, 18, 1.0, Noted(1, "secret")), Record(2, 18, 1.0, PrivacySet(True))])
    return Path("mine.espalier")


def test_a_session_from_elsewhere_is_converted(foreign: Path, capsys: Capture) -> None:
    status, out, _ = says(capsys, "convert", str(foreign), "--out", "m.espalier")
    assert (status, out) == (0, f"1 run with {len(log(3, finished=False))} events are in m.espalier.\n")
    with Session.open(Path("m.espalier")) as session:
        assert not session.read_only
        assert session.records(1) == list(log(3, finished=False))
    status, _, err = says(capsys, "convert", str(foreign), "--out", "m.espalier")
    assert (status, err) == (2, "espalier: m.espalier exists already: choose another name.\n")
    assert says(capsys, "convert", "none.espalier", "--out", "x.espalier")[0] == 2


@pytest.mark.parametrize(
    "words",
    [
        ("resume", "theirs.espalier"),
        ("run", "4 9 10 13", "--out", "theirs.espalier"),
        ("score", "theirs.espalier"),
        ("label", "theirs.espalier"),
        ("probe", "theirs.espalier", "--probe", "all"),
        ("import", "data.jsonl", "--session", "theirs.espalier"),
        ("trace", "trace.txt", "--keep", "theirs.espalier"),
    ],
    ids=lambda words: words[0],
)
def test_what_would_write_to_it_says_what_to_do(foreign: Path, capsys: Capture, words: tuple[str, ...]) -> None:
    Path("trace.txt").write_text("<think>\nIt is 4.\n</think>\nIt is 4.")
    record = {"prompt": "1 + 1?", "completions": ["It is 2."], "labels": [True]}
    Path("data.jsonl").write_text(json.dumps(record) + "\n")
    before = foreign.read_bytes()
    status, out, err = says(capsys, *words)
    assert status == 2
    assert not out
    assert err.endswith(
        f"theirs.espalier came from elsewhere: it can be read but not changed, and nothing in it runs. {HINT}\n"
    )
    assert foreign.read_bytes() == before


def test_what_only_reads_it_reads_it(foreign: Path, capsys: Capture) -> None:
    assert says(capsys, "show", str(foreign))[0] == 0
    assert says(capsys, "export", str(foreign), "--out", "x.json")[0] == 0


def test_a_copy_for_others(mine: Path, capsys: Capture) -> None:
    status, out, _ = says(capsys, "share", str(mine))
    assert status == 0
    assert [line.split()[:2] for line in out.splitlines()[1:]] == [
        ["private", "1"], ["prompts", "6"], ["paths", "0"], ["tokens", "12"], ["notes", "1"], ["keys", "0"],
    ]  # fmt: skip
    status, out, _ = says(capsys, "share", str(mine), "--out", "c.espalier", "--without", "private,notes", "--json")
    told = json.loads(out)
    assert (told["runs"], told["left_out"]) == (1, {"private": 1, "notes": 1, "keys": 0})
    with Session.look(Path("c.espalier")) as copy:
        assert [info.id for info in copy.runs()] == [1]
        assert b"secret" not in repr(copy.records(1)).encode()
    status, _, err = says(capsys, "share", str(mine), "--out", "d.espalier", "--without", "names")
    assert status == 2
    assert "'names' is nothing that can be left out; there are: private, prompts, paths, tokens, notes." in err


def test_ctrl_c_leaves_nothing(mine: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    class Pressed:
        def __enter__(self) -> object:
            return lambda: True

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(copies, "ctrl_c", Pressed)
    assert says(capsys, "share", str(mine), "--out", "c.espalier")[0] == 130
    assert says(capsys, "convert", str(mine), "--out", "c.espalier")[0] == 130
    assert says(capsys, "share", str(mine))[0] == 130
    assert sorted(path.name for path in Path().iterdir()) == ["mine.espalier"]
