"""Ctrl+C in the midst of a query, which SQLite swallows, and outside of one: Stopped, and status 130."""

from __future__ import annotations

import signal
import sqlite3
import threading

import pytest

from app.command_line import cli
from app.command_line.ctrl_c import noticed
from storage.errors import SessionError
from tests.helpers.command_line import says


def in_a_query() -> None:
    connection = sqlite3.connect(":memory:")
    connection.set_progress_handler(lambda: signal.raise_signal(signal.SIGINT), 1)
    try:
        connection.execute("SELECT 1 UNION SELECT 2").fetchall()
    except sqlite3.OperationalError as error:
        raise SessionError("reading it took too long") from error
    finally:
        connection.close()


def outside() -> None:
    signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("where", [in_a_query, outside])
def test_it_is_said_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], where: object) -> None:
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(cli, "_dispatch", lambda _argv: where())  # type: ignore[operator]
    assert says(capsys, "show") == (130, "", "espalier: Stopped.\n")
    assert signal.getsignal(signal.SIGINT) is before


def test_another_thread_has_no_signals() -> None:
    seen: list[bool] = []

    def look() -> None:
        with noticed() as was_pressed:
            seen.append(was_pressed())

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [False]
