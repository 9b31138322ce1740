"""The app's end of the pipe: every fault of an engine becomes a sentence, and what it said before is not lost."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.engine_client import DECODE_SECONDS, LEAST_RECORDS, EngineClient
from engine.commands import Ping
from engine.events import IterationFinished, Record
from engine.frames import Branch, Records, Reply, Status, Writing, encode_frame
from tests.app.conftest import WAIT, engine_of, scripted
from tests.helpers.logs import search_log

Make = Callable[..., EngineClient]

HEAD = "import os, sys, time; out = sys.stdout.buffer\n"


@pytest.fixture
def make(qapp: QApplication) -> Iterator[Make]:  # noqa: ARG001 - QProcess needs one
    """Clients of small engines written in a line of Python, or of the scripted one."""
    made: list[EngineClient] = []

    def client(code: str = "") -> EngineClient:
        made.append(engine_of(*(("-c", HEAD + code) if code else scripted())))
        return made[-1]

    yield client
    for client_ in made:
        client_.close()


def says(*frames: Any) -> str:
    """Python code that writes these frames."""
    data = b"".join(map(encode_frame, frames))
    return f"out.write({data!r}); out.flush()\n"


def heard(signal: Any) -> list[Any]:
    said: list[Any] = []
    signal.connect(said.append)
    return said


def death(qtbot: QtBot, client: EngineClient) -> str:
    """Start the engine and wait for its end; the sentence about it."""
    with qtbot.waitSignal(client.died, timeout=WAIT) as blocker:
        client.start()
    assert not client.running
    return str(blocker.args[0])


def test_an_engine_says_hello_and_answers(qtbot: QtBot, make: Make) -> None:
    client = make()
    replies: list[Reply] = []
    with qtbot.waitSignal(client.hello, timeout=WAIT) as hello:
        client.send(Ping(), replies.append)
    qtbot.waitUntil(lambda: bool(replies), timeout=WAIT)
    assert hello.args[0].pid == client.pid == replies[0].data["pid"]


@pytest.mark.parametrize(
    "garbage", [b"Traceback (most recent call last)", b"\0\0\0\4\xc1\xc1\xc1\xc1", b"\0\0\0\1\x80" * 3]
)
def test_garbage_is_said_in_a_sentence_and_the_process_ended(qtbot: QtBot, make: Make, garbage: bytes) -> None:
    client = make(f"out.write({garbage!r}); out.flush(); time.sleep(60)")
    sentence = death(qtbot, client)
    assert sentence.startswith("The engine was ended because it did not answer properly: the engine sent")


def test_what_came_before_garbage_is_kept(qtbot: QtBot, make: Make) -> None:
    log = search_log(2)
    client = make(says(Records(log)) + "out.write(b'garbage'); out.flush(); time.sleep(60)")
    records = heard(client.records)
    death(qtbot, client)
    assert records == [log]


def test_a_death_in_mid_frame_keeps_the_frames_before(qtbot: QtBot, make: Make) -> None:
    log = search_log(2)
    cut = encode_frame(Records(log))[:-5]
    client = make(says(Records(log)) + f"out.write({cut!r}); out.flush(); os._exit(3)")
    records = heard(client.records)
    sentence = death(qtbot, client)
    assert sentence == "The engine stopped unexpectedly (exit code 3, in the middle of a message)."
    assert records == [log]


@pytest.mark.skipif(os.name == "nt", reason="signals are of POSIX")
def test_a_killed_engine_is_told_with_its_signal(qtbot: QtBot, make: Make) -> None:
    client = make("time.sleep(60)")
    client.start()
    qtbot.waitUntil(lambda: client.pid > 0, timeout=WAIT)
    with qtbot.waitSignal(client.died, timeout=WAIT) as died:
        os.kill(client.pid, 9)
    assert died.args == ["The engine stopped unexpectedly (killed by signal 9)."]


@pytest.mark.skipif(os.name == "nt", reason="signals are of POSIX")
def test_an_engine_that_meets_an_unknown_instruction_blames_the_processor(qtbot: QtBot, make: Make) -> None:
    sentence = death(qtbot, make("import signal; os.kill(os.getpid(), signal.SIGILL)"))
    assert sentence == "The engine stopped unexpectedly (this processor lacks an instruction that PyTorch needs)."


def test_an_engine_that_cannot_be_started_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    client = EngineClient([str(tmp_path / "no-such-program")], {})
    sentence = death(qtbot, client)
    assert sentence.startswith("The engine could not be started")
    assert "no-such-program" in sentence


def test_every_request_gets_exactly_one_final_reply(qtbot: QtBot, make: Make) -> None:
    client = make(says(Reply(1, final=False), Reply(1), Reply(1), Reply(77)) + "time.sleep(0.1); os._exit(0)")
    finals: list[tuple[int, str]] = []
    replies = heard(client.reply)
    client.send(Ping(), lambda reply: finals.append((reply.id, reply.error)))
    client.send(Ping(), lambda reply: finals.append((reply.id, reply.error)))
    qtbot.waitUntil(lambda: len(finals) == 2, timeout=WAIT)
    assert finals == [(1, ""), (2, "The engine stopped unexpectedly (exit code 0).")]
    assert [(reply.id, reply.final) for reply in replies] == [(1, False), (1, True), (2, True)]


def test_a_flood_is_decoded_in_slices_and_in_order(
    qtbot: QtBot, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.engine_client.DECODE_SECONDS", DECODE_SECONDS / 1000)
    log = search_log(60)
    flood = tmp_path / "flood"
    flood.write_bytes(b"".join(encode_frame(Records(log[at : at + 10])) for at in range(0, len(log), 10)))
    client = make(f"out.write(open({str(flood)!r}, 'rb').read()); out.flush(); sys.stdin.read()")
    batches = heard(client.records)
    client.start()
    qtbot.waitUntil(lambda: sum(map(len, batches)) == len(log), timeout=WAIT)
    assert len(batches) > 1
    assert [record for batch in batches for record in batch] == list(log)
    qtbot.waitUntil(lambda: not client._tick.isActive(), timeout=WAIT)


def test_a_display_frame_gets_one_signal_of_each_kind(qtbot: QtBot, make: Make) -> None:
    log = search_log(1)
    client = make(
        says(
            Writing(1, (Branch(0, 0, "stale"),)),
            Records(log[:2]),
            Status(1, "running"),
            Records(log[2:]),
            Status(1, "paused"),
        )
        + "sys.stdin.read()"
    )
    records, status, writing = heard(client.records), heard(client.status), heard(client.writing)
    client.start()
    qtbot.waitUntil(lambda: bool(status), timeout=WAIT)
    assert (records, [said.state for said in status], writing) == ([log], ["paused"], [])


def test_the_log_comes_line_by_line(qtbot: QtBot, make: Make) -> None:
    client = make("sys.stderr.write('one\\nt'); sys.stderr.flush(); time.sleep(0.05); sys.stderr.write('wo\\nrest')")
    lines = heard(client.log_line)
    death(qtbot, client)
    assert lines == ["one", "two", "rest"]


def test_the_engine_gets_its_environment(qtbot: QtBot, make: Make) -> None:
    client = make("sys.stderr.write(os.environ['OMP_WAIT_POLICY'] + os.environ['HF_HUB_OFFLINE'])")
    lines = heard(client.log_line)
    death(qtbot, client)
    assert lines == ["PASSIVE1"]


def test_a_restart_is_another_process_and_no_death(qtbot: QtBot, make: Make) -> None:
    client = make()
    deaths = heard(client.died)
    with qtbot.waitSignal(client.hello, timeout=WAIT):
        client.start()
    first = client.pid
    with qtbot.waitSignal(client.hello, timeout=WAIT):
        client.restart()
    assert client.pid != first
    assert deaths == []


def test_closing_delivers_last_words_and_ends_a_deaf_engine(
    qtbot: QtBot, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.engine_client.END_MS", 50)
    log = search_log(1)
    client = make("sys.stderr.write('up\\n'); sys.stderr.flush()\n" + says(Records(log)) + "time.sleep(600)")
    records, deaths = heard(client.records), heard(client.died)
    with qtbot.waitSignal(client.log_line, timeout=WAIT):
        client.start()
    client.close()
    assert (records, deaths, client.running) == ([log], [], False)


def test_what_is_too_large_for_the_pipe_is_refused_in_words(
    qtbot: QtBot, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = make()
    with qtbot.waitSignal(client.hello, timeout=WAIT):
        client.start()
    errors: list[str] = []
    with monkeypatch.context() as small:
        small.setattr("engine.frames.MAX_FRAME", 10)
        client.send(Ping(), lambda reply: errors.append(reply.error))
    qtbot.waitUntil(lambda: bool(errors), timeout=WAIT)
    assert errors == ["This is too much for the engine: a frame of 0 MB is too large for the pipe."]
    client.send(Ping(), lambda reply: errors.append(reply.error))
    qtbot.waitUntil(lambda: len(errors) == 2, timeout=WAIT)
    assert errors[1] == ""


def test_closing_answers_what_was_asked(make: Make) -> None:
    client = make("sys.stdin.read()")
    errors: list[str] = []
    client.send(Ping(), lambda reply: errors.append(reply.error))
    client.close()
    assert errors == ["The engine was ended."]


def test_kill_says_why(qtbot: QtBot, make: Make) -> None:
    client = make("time.sleep(600)")
    client.start()
    with qtbot.waitSignal(client.died, timeout=WAIT) as died:
        client.kill("It would not listen.")
    assert died.args == ["It would not listen."]


def test_the_default_command_is_our_engine() -> None:
    client = EngineClient()
    assert client._command[0] == sys.executable
    assert client._command[-1] == "engine"


def test_a_display_frame_takes_fewer_events_where_listeners_are_slow(qtbot: QtBot, make: Make) -> None:
    log = tuple(Record(1, seq, 0.0, IterationFinished(seq)) for seq in range(1, 200))
    parts = [log[first : first + LEAST_RECORDS] for first in range(0, len(log), LEAST_RECORDS)]
    client = make(says(*map(Records, parts)) + "time.sleep(60)")
    batches = heard(client.records)
    client._record_seconds = 1.0  # what the last events took
    client.start()
    qtbot.waitUntil(lambda: sum(map(len, batches)) == len(log), timeout=WAIT)
    assert [len(batch) for batch in batches] == [len(part) for part in parts]
    assert client._record_seconds < 1.0
