"""A server instead of a model folder, on the command line: a real engine process, a real HTTP server."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.command_line import headless
from app.command_line.cli import main
from tests.helpers.fake_server import FakeServer, completion, frames, models, raw, serving

STEPS = ("13 - 9 = 4 (left: 4 4 10)\n", "10 - 4 = 6 (left: 4 6)\n", "4 * 6 = 24 (left: 24)\n")
KEY = "sk-very-secret"


def continued(body: dict[str, Any]) -> list[bytes]:
    """A policy that knows one chain."""
    done = sum(step in body["prompt"] for step in STEPS)
    if done < len(STEPS):
        return completion(STEPS[done])
    return completion("Answer: 4 * (10 - (13 - 9)) = 24")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeServer]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ESPALIER_API_KEY", KEY)
    monkeypatch.setattr(headless, "engine_command", lambda: [sys.executable, "-P", "-m", "engine"])
    with serving({"GET /v1/models": models("tiny"), "POST /v1/completions": raw(continued)}) as server:
        yield server


def test_a_run_with_a_server(server: FakeServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["run", "4 9 10 13", "--search", "cot", "--verifiers", "rule", "--policy", f"{server.url}#tiny", "--json"]
    assert main([*words, "--out", "a.espalier"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["correct"] is True
    assert server.headers[-1]["Authorization"] == f"Bearer {KEY}"
    assert main(["show", "a.espalier"]) == 0
    assert f"tiny at {server.url} (OpenAI-compatible, raw text, no template)" in capsys.readouterr().out
    assert not any(KEY.encode() in path.read_bytes() for path in tmp_path.iterdir())


def test_a_fault_ends_the_run_with_a_sentence(server: FakeServer, capsys: pytest.CaptureFixture[str]) -> None:
    server.routes["POST /v1/completions"] = raw(lambda _body: frames({"error": f"out of memory, {KEY}"}))
    words = ["run", "4 9 10 13", "--search", "cot", "--verifiers", "rule", "--policy", server.url]
    assert main([*words, "--out", "a.espalier"]) != 0
    heard = capsys.readouterr()
    assert f"The server at {server.url} failed: out of memory, (the key)" in heard.err
    assert "Traceback" not in heard.err
    assert KEY not in heard.err + heard.out


def test_an_address_that_is_none_is_refused_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "4 9 10 13", "--policy", "http://me:secret@h"]) == 2
    said = capsys.readouterr().err
    assert "a user name or a password" in said
    assert "secret" not in said


def test_the_doctor_says_what_a_server_is(server: FakeServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--server", server.url]) == 0
    said = capsys.readouterr().out
    assert f"OpenAI-compatible at {server.url}" in said
    assert "every strategy works" in said
    assert "tiny" in said


def test_the_doctor_says_what_a_chat_is_good_for(server: FakeServer, capsys: pytest.CaptureFixture[str]) -> None:
    del server.routes["POST /v1/completions"]
    assert main(["doctor", "--server", server.url]) == 1
    assert "think first, self-consistency, best-of-n" in capsys.readouterr().out


@pytest.mark.usefixtures("server")
def test_the_doctor_says_that_nobody_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    with serving({}) as other:
        url = other.url
    assert main(["doctor", "--server", url]) == 1
    assert "Nobody listens at" in capsys.readouterr().out
    assert main(["doctor", "--server", "nonsense"]) == 2
