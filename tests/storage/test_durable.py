"""What happens to the file while it is open: gone, replaced, renamed, killed. Said in words, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.tree import fold
from storage.errors import DamagedLogError, SessionError
from storage.session import Session
from tests.storage.samples import PLAN, log, save

ROOT = Path(__file__).parents[2]


def deleted(path: Path) -> None:
    path.unlink()


def renamed(path: Path) -> None:
    path.rename(path.with_name("another name.espalier"))


def replaced(path: Path) -> None:
    other = path.with_name("other.espalier")
    with Session.create(other) as session:
        save(session, log(1))
    other.replace(path)


def folder_gone(path: Path) -> None:
    shutil.rmtree(path.parent)


ACCIDENTS = (deleted, renamed, replaced, folder_gone)
pytestmark_posix = pytest.mark.skipif(os.name != "posix", reason="here nobody can take away a file that is open")


@pytestmark_posix
@pytest.mark.parametrize("accident", ACCIDENTS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("written", [True, False], ids=["written to", "just opened"])
def test_a_file_that_is_not_there_any_more(tmp_path: Path, accident: Callable[[Path], None], written: bool) -> None:
    """It is never mistaken for another one, and all of it can be saved elsewhere: what it held and what is new."""
    path = tmp_path / "folder" / "a.espalier"
    path.parent.mkdir()
    with Session.create(path) as session:
        save(session, log(40, finished=False))
    session, known = Session.open(path), len(log(40, finished=False))
    session.flush()
    if written:
        session.append(log(41, finished=False)[known:])
        session.flush()
        known = len(log(41, finished=False))
    accident(path)
    with pytest.raises(DamagedLogError, match=r"was replaced by another|cannot be opened|there is no folder"):
        session.records(1)
    with pytest.raises(SessionError):
        session.properties()
    session.append(log(42)[known:])
    with pytest.raises(SessionError, match=r"moved, deleted or replaced|there is no folder|cannot be opened"):
        session.flush()
    session.save_as(tmp_path / "rescued.espalier")
    assert session.records(1) == list(log(42))
    session.close()
    with Session.open(tmp_path / "rescued.espalier") as again:
        assert again.records(1) == list(log(42))


def test_a_file_replaced_by_an_older_copy_of_itself(tmp_path: Path) -> None:
    """A backup was put back, by hand or by a folder that is kept in step: what is missing is not passed over."""
    path = tmp_path / "a.espalier"
    with Session.create(path) as session:
        save(session, log(40, finished=False))
    shutil.copyfile(path, tmp_path / "backup")
    with Session.open(path) as session:
        session.append(log(42)[len(log(40, finished=False)) :])
        session.flush()
        shutil.copyfile(tmp_path / "backup", tmp_path / "fresh")
        (tmp_path / "fresh").replace(path)
        with pytest.raises(DamagedLogError) as caught:
            session.records(1)
        assert caught.value.seq == len(log(40, finished=False)) + 1
        assert list(caught.value.good) == list(log(40, finished=False))
        session.close(discard=True)


def test_two_processes_on_one_file(tmp_path: Path) -> None:
    """The second one reads, and says why it does no more; when the first one is killed, the next one writes."""
    path = tmp_path / "a.espalier"
    with Session.create(path) as session:
        save(session, log())
    hold = "import sys; from pathlib import Path; from storage.session import Session; " \
        "session = Session.open(Path(sys.argv[1])); print(session.read_only, flush=True); sys.stdin.read()"  # fmt: skip
    command = [sys.executable, "-c", hold, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "False\n"
        with Session.open(path) as second:
            assert second.why_read_only == "a.espalier cannot be changed here: it is open in another window or program."
            assert second.records(1) == list(log())
        first.kill()
    assert path.with_name("a.espalier.lock").exists()  # left behind, and held by nobody
    with Session.open(path) as session:
        assert session.new_run(PLAN) == 2


@pytestmark_posix
def test_a_link_is_the_file_that_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    path, link = tmp_path / "a" / "a.espalier", tmp_path / "link.espalier"
    with Session.create(path) as session:
        save(session, log())
    link.symlink_to(path)
    with Session.open(link) as session, Session.open(path) as second:
        assert not session.read_only
        assert second.read_only
        assert session.new_run(PLAN) == 2
        session.save_as(path)  # which is where it is
    with Session.create(tmp_path / "b.espalier") as session:
        session.save_as(link)
        session.new_run(PLAN)
    assert link.is_symlink()
    with Session.open(path) as session:
        assert len(session.runs()) == 1


@pytest.mark.parametrize("name", ["ä 漢字 🙂", "50% off?x=1#y", "a'b\"c", "-dash", "x" * 236, "two\nlines"])
def test_odd_names(tmp_path: Path, name: str) -> None:
    if os.name != "posix" and set(name) & set('?"\n'):
        pytest.skip("no file has such a name here")
    path = tmp_path / f"{name}.espalier"
    with Session.create(path) as session:
        save(session, log())
    with Session.open(path) as session:
        assert session.records(1) == list(log())
        session.save_as(tmp_path / f"{name} 2.espalier")
    assert sorted(tmp_path.iterdir()) == sorted([path, tmp_path / f"{name} 2.espalier"])


def test_a_name_that_leaves_no_room_for_a_journal(tmp_path: Path) -> None:
    """It is said before there is a file of which nothing more could be written."""
    path = tmp_path / f"{'x' * 240}.espalier"
    with pytest.raises(SessionError, match="its name is too long"):
        Session.create(path)
    with Session.create(tmp_path / "a.espalier") as session:
        with pytest.raises(SessionError, match="its name is too long"):
            session.save_as(path)
        session.new_run(PLAN)
    session.path.rename(path)
    with Session.look(path) as again, Session.open(path) as read_only:
        assert len(again.runs()) == 1
        assert "its name is too long" in read_only.why_read_only


RUN = """
import sys
from app.command_line import cli, headless
headless.engine_command = lambda: [sys.executable, "-m", "tests.helpers.scripted_engine", "0.005"]
cli.main(["run", "4 9 10 13", "--set", "simulations=100000", "--out", sys.argv[1]])
"""


def test_a_run_that_was_killed_is_marked_and_can_be_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    with subprocess.Popen(
        [sys.executable, "-c", RUN, str(path)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        while child.poll() is None and not _events(path):
            pass
        seen = _events(path)
        child.kill()
    with Session.open(path) as session:
        assert not session.read_only
        info = session.info(1)
        assert info.state == "unfinished"
        assert info.events >= seen > 0
        fold(session.records(1))


def _events(path: Path) -> int:
    """How many are on disk, as another process sees it."""
    if not path.exists():
        return 0
    with Session.look(path) as session:
        return sum(info.events for info in session.runs())


def test_a_folder_that_turns_read_only_while_a_file_in_it_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock file cannot be taken away then. It holds nobody up: the session goes elsewhere, the next one opens."""
    path = tmp_path / "a.espalier"
    with Session.create(path) as session:
        save(session, log(1))
    session, unlink = Session.open(path), Path.unlink

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if self.parent == tmp_path and self.suffix == ".lock":
            raise PermissionError(13, "Permission denied", str(self))
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    (tmp_path / "elsewhere").mkdir()
    session.save_as(tmp_path / "elsewhere" / "b.espalier")
    session.close()
    assert session.path.name == "b.espalier"
    assert path.with_name("a.espalier.lock").exists()
    with Session.open(path) as again:
        assert not again.read_only
        assert again.records(1) == list(log(1))
