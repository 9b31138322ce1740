"""No key ever lands in a session file: not from the environment, not from a server that repeats it, not from a plan."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from app.command_line import headless
from app.command_line.cli import main
from storage.session import Session
from tests.helpers.fake_server import FakeServer, completion, frames, models, raw, serving

KEY, OTHER = "sk-very-secret-0123456789", "sk-other-secret-0123456789"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeServer]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ESPALIER_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_KEY", OTHER)
    monkeypatch.setattr(headless, "engine_command", lambda: [sys.executable, "-P", "-m", "engine"])
    routes = {"GET /v1/models": models("tiny"), "POST /v1/completions": raw(lambda _: completion("13 - 9 = 4\n"))}
    with serving(routes) as server:
        yield server


def everything_in(path: Path) -> bytes:
    """The bytes of a session file, and what is packed in them."""
    with Session.look(path) as session:
        runs = [(info, session.records(info.id)) for info in session.runs()]
        return path.read_bytes() + msgspec.json.encode([runs, session.properties()])


@pytest.mark.usefixtures("capsys")
def test_no_key_is_kept(server: FakeServer) -> None:
    words = ["run", "4 9 10 13", "--search", "cot", "--verifiers", "rule", "--policy", f"{server.url}#tiny"]
    main([*words, "--budget-tokens", "20", "--out", "good.espalier"])
    assert server.headers[-1]["Authorization"] == f"Bearer {KEY}"
    server.routes["POST /v1/completions"] = raw(lambda _: frames({"error": f"bad key {KEY}, try {OTHER}"}))
    main([*words, "--out", "failed.espalier"])
    for name in ("good.espalier", "failed.espalier"):
        if Path(name).exists():
            assert KEY.encode() not in everything_in(Path(name))
    assert b"13 - 9" in everything_in(Path("good.espalier"))
