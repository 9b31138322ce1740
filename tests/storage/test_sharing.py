"""A copy for others: what was left out is in none of its bytes, and what is left folds as it did."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.commands import RunPlan
from engine.events import (
    AnyEvent,
    Asked,
    AskEnded,
    Budget,
    Expanded,
    NewNode,
    Noted,
    PrivacySet,
    Record,
    RolledOut,
    RunFinished,
    RunNamed,
    RunStarted,
    Score,
    Scored,
    TraceRead,
)
from engine.tree import fold
from storage.errors import SessionError
from storage.redacting import hosts_in, without_keys, without_places
from storage.rewriting import Unwanted
from storage.session import Session
from storage.sharing import PARTS, share, what_would_be_left_out
from tests.storage.samples import token_row

ALL = [part.name for part in PARTS]
SERVER = "https://gpu7.secret-lab.example:8000/v1#Qwen/Qwen2.5&tokenizer=/home/anna/secret-models/tok"
PLAN = RunPlan(
    "words", "How many secret-pears has Anna?", "mcts", {"formula": "puct", "hint": "secret-hint " * 9}, 7, Budget(),
    SERVER, ("prm:/home/anna/secret-models/prm", "rule"),
)  # fmt: skip
KEY = "sk-proj-0123456789abcdefgh"


def events() -> list[AnyEvent]:
    """A short run that says in every place something that not everybody may read."""
    child = NewNode(1, "He counts /the/pears.\n", 1.0, tokens=token_row("secret-token row"))
    return [
        RunStarted(PLAN.problem, PLAN.text, "Solve: secret-pears", "mcts", PLAN.settings, 7, Budget(), "Qwen/Qwen2.5",
                   PLAN.verifiers, told={"format": "ToT", "file": "/home/anna/secret-folder/x.json", "q": "secret-q"},
                   weights={"prm:/home/anna/secret-models/prm": "0f"}),
        Expanded(1, 0, (child,)),
        Scored(1, (Score(1, 0.5, "prm", "prm:/home/anna/secret-models/prm"),)),
        RolledOut(1, 1, ("a\n",), "3", 1.0, "rule", turn="secret-turn"),
        TraceRead(1, "C:\\Users\\anna\\secret-docs\\t.txt", "tags", "lines", (),
                  told={"q": "secret-q", "password": "hunter2", "k": KEY}),
        Asked(1, "probe", 1, "ask with secret-pears", {"hint": "secret-pears " * 9}),
        AskEnded(1),
        Noted(1, "secret-note"),
        RunNamed("secret-name"),
        RunFinished("failed", f"gpu7.secret-lab.example does not answer: bad key {KEY}", 1, "3", True, "It is 3."),
    ]  # fmt: skip


def records(run: int = 1) -> list[Record]:
    return [Record(run, seq, float(seq), event) for seq, event in enumerate(events(), 1)]


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Three runs; the second is private."""
    with Session.create(tmp_path / "mine.espalier") as made:
        for run in (1, 2, 3):
            made.new_run(replace(PLAN, text="secret-private") if run == 2 else PLAN)
            made.append(records(run))
        made.append([Record(2, 11, 11.0, PrivacySet(True))])
    return Session.look(tmp_path / "mine.espalier")


def shared(session: Session, without: list[str]) -> tuple[Session, bytes]:
    target = session.path.with_name("copy.espalier")
    share(session, target, without, lambda _done, _total: None, lambda: False)
    copy = Session.look(target)
    texts = (repr([info, *copy.records(info.id)]).encode() for info in copy.runs())  # what is packed in the file
    return copy, target.read_bytes() + b"".join(texts)


def test_nothing_that_is_left_out_is_in_any_byte(session: Session) -> None:
    copy, everything = shared(session, ALL)
    assert b"secret" not in everything
    assert b"anna" not in everything
    assert KEY.encode() not in everything
    assert [info.id for info in copy.runs()] == [1, 3]
    assert [info.events for info in copy.runs()] == [10, 10]
    tree, as_it_was = fold(copy.records(1)), fold(session.records(1))
    assert [(node.parent, node.step, node.visits) for node in list(tree.nodes.values())[1:]] == [
        (node.parent, node.step, node.visits) for node in list(as_it_was.nodes.values())[1:]
    ]
    assert copy.info(1).plan.policy == "https://host-left-out/v1#Qwen/Qwen2.5&tokenizer=tok"
    assert copy.info(1).plan.verifiers == ("prm:prm", "rule")
    assert copy.info(1).answer == "3"
    assert [record.seq for record in copy.records(1)] == list(range(1, 11))


def test_a_copy_is_nobodys_until_somebody_makes_it_theirs(session: Session) -> None:
    copy, _ = shared(session, [])
    assert copy.is_foreign
    assert "mark" not in copy.properties()
    assert copy.properties()["id"] != session.properties()["id"]


def test_without_wishes_only_keys_are_left_out(session: Session) -> None:
    copy, everything = shared(session, [])
    assert KEY.encode() not in everything
    assert b"hunter2" not in everything
    assert copy.records(1)[:4] == session.records(1)[:4]
    assert len(copy.runs()) == 3


@pytest.mark.parametrize(
    ("part", "gone", "there"),
    [
        ("private", [b"secret-private"], [b"secret-note", b"secret-pears", b"secret-models"]),
        ("prompts", [b"secret-pears", b"secret-turn", b"secret-q", b"secret-hint"], [b"secret-note", b"secret-models"]),
        ("paths", [b"secret-models", b"secret-lab", b"secret-folder", b"secret-docs"], [b"secret-pears", b"the/pears"]),
        ("notes", [b"secret-note", b"secret-name"], [b"secret-pears", b"secret-models"]),
    ],
)
def test_each_part_alone(session: Session, part: str, gone: list[bytes], there: list[bytes]) -> None:
    _, everything = shared(session, [part])
    assert [text for text in gone if text in everything] == []
    assert [text for text in there if text not in everything] == []


def test_token_rows_alone(session: Session) -> None:
    copy, _ = shared(session, ["tokens"])
    assert all(not node.tokens for node in fold(copy.records(1)).nodes.values())
    assert any(node.tokens for node in fold(session.records(1)).nodes.values())


def test_what_there_is_is_counted_before(session: Session) -> None:
    counted = what_would_be_left_out(session, lambda _done, _total: None, lambda: False)
    assert counted["private"] == 1
    assert counted["tokens"] == 3
    assert counted["notes"] == 6
    assert counted["keys"] == 9
    assert counted["prompts"] > 9
    assert counted["paths"] > 9
    with pytest.raises(Unwanted):
        what_would_be_left_out(session, lambda _done, _total: None, lambda: True)


def test_a_path_and_a_key_in_a_note_are_counted_though_the_note_is(tmp_path: Path) -> None:
    with Session.create(tmp_path / "a.espalier") as made:
        made.new_run(replace(PLAN, text="", settings={}, policy="", verifiers=()))
        start = RunStarted("words", "", "", "mcts", {}, 7, Budget(), "", ())
        note = Noted(1, f"see /home/anna/secret-folder/x, {KEY}")
        made.append([Record(1, 1, 1.0, start), Record(1, 2, 1.0, Expanded(1, 0, (NewNode(1, "a\n", 1.0),)))])
        made.append([Record(1, 3, 1.0, note)])
        counted = what_would_be_left_out(made, lambda _done, _total: None, lambda: False)
    assert (counted["notes"], counted["paths"], counted["keys"]) == (1, 1, 1)


def test_a_plan_that_is_nested_too_deeply_is_named(tmp_path: Path) -> None:
    """As only a hand can write it; the other runs come along."""
    with Session.create(tmp_path / "a.espalier") as made:
        made.new_run(PLAN)
        made.new_run(PLAN)
    with closing(sqlite3.connect(made.path)) as connection, connection:
        connection.execute("UPDATE runs SET settings = ? WHERE id = 1", ('{"a":' + "[" * 900 + "]" * 900 + "}",))
    with Session.open(made.path) as session:
        done, _ = share(session, tmp_path / "b.espalier", ALL, lambda _done, _total: None, lambda: False)
        counted = what_would_be_left_out(session, lambda _done, _total: None, lambda: False)
    assert done.damage == ["The plan of run 1 in a.espalier is nested too deeply to be read."]
    assert (done.runs, counted["private"]) == (1, 0)


def test_a_plan_with_a_key_is_never_kept(tmp_path: Path) -> None:
    with Session.create(tmp_path / "a.espalier") as made:
        for policy in ("http://me:hunter2@host/v1#m", "https://host/v1?api_key=hunter2#m", "HTTPS://u@host/v1"):
            with pytest.raises(SessionError, match="holds a password or a key"):
                made.new_run(replace(PLAN, policy=policy))
            with pytest.raises(SessionError, match="ESPALIER_API_KEY"):
                made.new_run(replace(PLAN, verifiers=(f"critic:{policy}",)))
        made.new_run(PLAN)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("/home/anna/models/qwen", "qwen"),
        ("prm:/home/anna/My Models/x", "prm:x"),
        ("~/x/y.json", "y.json"),
        ("file:///home/a/b.json is no file", "b.json is no file"),
        ("D:\\data\\m.gguf", "m.gguf"),
        ("\\\\server\\share\\m", "m"),
        ("http://localhost:8000/v1#Qwen/Qwen2.5", "http://localhost:8000/v1#Qwen/Qwen2.5"),
        ("S3://bucket/a", "s3://host-left-out/a"),
        ("Qwen/Qwen2.5", "Qwen/Qwen2.5"),
        ("(10 - 4) / 3 = 2, 8/3 and a / b", "(10 - 4) / 3 = 2, 8/3 and a / b"),
    ],
)
def test_places(text: str, clean: str) -> None:
    assert without_places(text) == clean
    assert without_places(clean) == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("http://me:pw@host/v1", "http://host/v1"),
        ("https://h/v1?api_key=abc&x=1", "https://h/v1?api_key=key-left-out&x=1"),
        ("Authorization: Bearer abcdef", "Authorization: key-left-out"),
        ('{"password": "a b"}', '{"password": key-left-out}'),
        (f"it says {KEY}.", "it says key-left-out."),
        ("hf_abcdefghijklmnopqrstuv", "key-left-out"),
        ("OPENAI_API_KEY=abc", "OPENAI_API_KEY=key-left-out"),
        ("http://me:p@w@host/v1", "http://host/v1"),
        ("{'Authorization': 'Bearer abc'}", "{'Authorization': key-left-out}"),
        ('{\\"api_key\\": \\"abc\\"}', '{\\"api_key\\": \\key-left-out}'),
        ("authorization: Basic bWU6cHc=", "authorization: key-left-out"),
        ("sent Bearer 0123456789abcdef", "sent key-left-out"),
        ("gsk_0123456789abcdef and nvapi-0123456789abcdef", "key-left-out and key-left-out"),
        ("github_pat_11ABCDEFG0abcdefghijkl", "key-left-out"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END", "key-left-out-----END"),
        ("sk-learn-is-a-library-of-python and a bearer of responsibilities", None),
        ("max_tokens=5, token count 5, tokenizer=x, monkey = banana, sk-learn", None),
    ],
)
def test_keys(text: str, clean: str | None) -> None:
    assert without_keys(text) == (clean or text)


@pytest.mark.parametrize(
    "piece", ["a-", "sk-", "sk-aaaaaaaaaaaaaaaa-", "eyJ-", "eyJaaaaaaaaaaaa.", "key ", "/a ", "c:/a ", "://"]
)
def test_a_hostile_text_takes_no_longer_than_another(piece: str) -> None:
    text = piece * (400_000 // len(piece))  # quadratic patterns need minutes for it, and let nothing stop them
    assert len(without_places(without_keys(text))) > 0


def test_hosts() -> None:
    assert hosts_in(f"critic:{SERVER} http://localhost/v1 http://127.0.0.1:1/") == {"gpu7.secret-lab.example"}
