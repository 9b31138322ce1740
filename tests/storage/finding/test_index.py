"""The index of texts: what is found, what is read anew, and what a broken file or index does to it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.commands import RunPlan
from engine.events import ROOT, Noted, Record, RolledOut, RunNamed
from engine.importing_tree import Step, TreeDraft
from storage.errors import SessionError
from storage.finding import database
from storage.finding import index as index_module
from storage.finding.database import transaction
from storage.finding.files import session_files
from storage.finding.index import MOST_HITS, TextIndex
from storage.finding.query import parse_query
from storage.session import Session

STEPS = ("13 - 9 = 4 (left: 4 4 10)", "Each bag holds two Äpfel", "the answer is 24")


@pytest.fixture
def index(tmp_path: Path) -> TextIndex:
    return TextIndex(tmp_path / "cache" / "texts.sqlite")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.create(tmp_path / "one.espalier") as made:
        add_run(made, STEPS)
        yield made


def add_run(session: Session, steps: tuple[str, ...], question: str = "4 9 10 13") -> int:
    draft = TreeDraft("a file", question)
    draft.expand(ROOT, [Step(step) for step in steps])
    kept = draft.finish()
    run = session.new_run(kept.plan)
    session.append(kept.records(run, 1e9))
    return run


def append(session: Session, run: int, *events: Noted | RolledOut | RunNamed) -> None:
    first = session.info(run).events + 1
    session.append([Record(run, seq, 1e9, event) for seq, event in enumerate(events, first)])


def found(index: TextIndex, words: str, *paths: Path) -> list[tuple[str, int, int, str]]:
    hits = index.find(parse_query(words), paths or None).hits
    return [(hit.path.stem, hit.run, hit.node, hit.kind) for hit in hits]


def test_a_step_is_found_by_any_piece_of_it(index: TextIndex, session: Session) -> None:
    index.read_session(session)
    assert found(index, '"13 - 9 ="') == [("one", 1, 1, "step")]
    assert found(index, "BAG äpfel") == [("one", 1, 2, "step")]
    assert found(index, "bag 24") == []
    assert found(index, "24") == [("one", 1, 3, "step")]
    assert found(index, '"4 9 10 13"') == [("one", 1, 0, "problem")]


def test_short_pieces_are_found_in_any_case_too(index: TextIndex, session: Session) -> None:
    index.read_session(session)
    assert found(index, "äP") == found(index, "Äp") == found(index, "BA") == [("one", 1, 2, "step")]


def test_a_hit_shows_where_it_stands(index: TextIndex, session: Session) -> None:
    add_run(session, ("x" * 500 + " needle " + "y" * 500,))
    index.read_session(session)
    (hit,) = index.find(parse_query("needle")).hits
    (mark,) = hit.marks
    assert hit.text[slice(*mark)] == "needle"
    assert len(hit.text) < 200


def test_what_came_since_is_read_and_nothing_twice(index: TextIndex, session: Session) -> None:
    index.read_session(session)
    append(session, 1, Noted(2, "look at this"), RolledOut(1, 1, ("played on\n",), "24", 1.0, "rule"), RunNamed("try"))
    index.read_session(session)
    index.read_session(session)
    assert found(index, "this") == [("one", 1, 2, "note")]
    assert found(index, "played") == [("one", 1, 1, "rollout")]
    assert found(index, "bag") == [("one", 1, 2, "step")]
    append(session, 1, Noted(2, "another word"), RunNamed(""))
    index.read_session(session)
    assert (found(index, "this"), found(index, "try")) == ([], [])
    assert found(index, "another") == [("one", 1, 2, "note")]


def test_a_folder_is_searched_and_only_what_changed_is_read(index: TextIndex, session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "more" / "deep"
    folder.mkdir(parents=True)
    with Session.create(folder / "two.espalier") as other:
        add_run(other, ("a bag of plums",))
    session.flush()
    files = session_files(tmp_path)
    assert [path.stem for path in files] == ["one", "two"]
    assert session_files(tmp_path, lambda: True) == []
    names: list[str] = []
    assert index.read_files(files, progress=names.append) == {}
    assert found(index, "bag") == [("one", 1, 2, "step"), ("two", 1, 1, "step")]
    assert found(index, "bag", folder / "two.espalier") == [("two", 1, 1, "step")]
    index.read_files(files, progress=names.append)
    assert names == ["one.espalier", "two.espalier"]


def test_another_file_of_the_same_name_takes_its_place(index: TextIndex, session: Session) -> None:
    index.read_session(session)
    session.close()
    session.path.unlink()
    with Session.create(session.path) as other:
        add_run(other, ("nothing of the kind",))
        index.read_session(other)
    assert (found(index, "bag"), found(index, "nothing")) == ([], [("one", 1, 1, "step")])


def test_what_is_gone_is_forgotten(index: TextIndex, session: Session) -> None:
    index.read_session(session)
    session.close()
    assert "Äpfel".encode() in index.path.read_bytes()
    session.path.unlink()
    index.read_files(())
    assert found(index, "bag") == []
    assert "Äpfel".encode() not in index.path.read_bytes()


def test_two_processes_may_make_the_index_at_once(
    index: TextIndex, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.read_session(session)
    read = database._version
    seen = iter([0])  # by who looked before the other one had made it
    monkeypatch.setattr(database, "_version", lambda connection: next(seen, None) or read(connection))
    assert found(index, "bag") == [("one", 1, 2, "step")]


def test_two_processes_may_read_a_session_at_once(
    index: TextIndex, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one finds, when its turn comes, that nothing is left to do."""
    other, before = TextIndex(index.path), iter((False, True))

    def after_the_other(connection: sqlite3.Connection) -> AbstractContextManager[None]:
        if next(before, False):
            monkeypatch.undo()
            other.read_session(session)
        return transaction(connection)

    monkeypatch.setattr(index_module, "transaction", after_the_other)
    index.read_session(session)
    assert next(before, None) is None, "the other one was there in between"
    assert found(index, "bag") == [("one", 1, 2, "step")]


def test_a_damaged_run_hides_no_other(index: TextIndex, session: Session) -> None:
    add_run(session, ("a bag of plums",))
    session.flush()
    with closing(sqlite3.connect(session.path)) as connection, connection:
        connection.execute("UPDATE events SET packed = x'00' WHERE run_id = 1")
    for _ in range(2):  # it is said each time
        with pytest.raises(SessionError, match=r"Run 1 of one.espalier cannot be read"):
            index.read_session(session)
        assert found(index, "bag") == [("one", 2, 1, "step")]


def test_a_file_that_is_no_session_is_named_and_the_others_are_read(
    index: TextIndex, session: Session, tmp_path: Path
) -> None:
    session.flush()
    broken = tmp_path / "broken.espalier"
    broken.write_bytes(b"SQLite format 3\0" + bytes(200))
    errors = index.read_files([broken, tmp_path / "none.espalier", session.path])
    assert set(errors) == {broken, tmp_path / "none.espalier"}
    assert "broken.espalier" in errors[broken]
    assert len(found(index, "bag")) == 1


def test_a_broken_index_is_made_anew(index: TextIndex, session: Session) -> None:
    index.read_session(session)
    index.path.write_bytes(b"no database at all, but long enough to look like one" * 100)
    index.read_session(session)
    assert len(found(index, "bag")) == 1
    with sqlite3.connect(index.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    index.read_session(session)
    assert len(found(index, "bag")) == 1


def test_an_index_with_broken_pages_is_made_anew_the_next_time(index: TextIndex, session: Session) -> None:
    index.read_session(session)
    whole = bytearray(index.path.read_bytes())
    whole[4096:] = b"\x55" * (len(whole) - 4096)
    index.path.write_bytes(whole)
    with pytest.raises(SessionError, match="index of texts"):
        index.read_session(session)
    index.read_session(session)
    assert len(found(index, "bag")) == 1


def test_notes_about_nodes_that_cannot_be_are_passed_over(index: TextIndex, session: Session) -> None:
    append(session, 1, Noted(2**70, "bag of tricks"), Noted(-1, "bag of bones"), Noted(1, "a bag"))
    index.read_session(session)
    assert found(index, "bag") == [("one", 1, 2, "step"), ("one", 1, 1, "note")]


def test_an_index_that_cannot_be_kept_is_a_sentence(session: Session, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SessionError, match="index of texts"):
        TextIndex(tmp_path / "file" / "texts.sqlite").read_session(session)


def test_what_is_not_wanted_any_more_is_read_the_next_time(index: TextIndex, session: Session) -> None:
    index.read_session(session, is_unwanted=lambda: True)
    assert found(index, "bag") == []
    index.read_session(session)
    assert len(found(index, "bag")) == 1


def test_many_hits_are_counted_and_the_first_are_given(index: TextIndex, session: Session) -> None:
    add_run(session, tuple(f"a plum, number {number}" for number in range(MOST_HITS + 50)))
    index.read_session(session)
    result = index.find(parse_query("plum"))
    assert (len(result.hits), result.total) == (MOST_HITS, MOST_HITS + 50)


def test_a_copy_that_is_read_only_is_read(index: TextIndex, session: Session, tmp_path: Path) -> None:
    session.flush()
    copy = tmp_path / "copy.espalier"
    shutil.copyfile(session.path, copy)
    before = sorted(tmp_path.iterdir())
    assert index.read_files([copy]) == {}
    assert found(index, "bag") == [("copy", 1, 2, "step")]
    assert sorted({*tmp_path.iterdir()} - {index.path.parent}) == [path for path in before if path != index.path.parent]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(words=st.text(max_size=40))
def test_no_query_breaks_it(index: TextIndex, session: Session, words: str) -> None:
    index.read_session(session)
    for hit in index.find(parse_query(words)).hits:
        assert hit.marks or not hit.text


def test_a_run_without_events_is_no_matter(index: TextIndex, session: Session) -> None:
    session.new_run(RunPlan("game24", "1 2 3 4", "mcts", {}))
    index.read_session(session)
    assert found(index, "bag") == [("one", 1, 2, "step")]
