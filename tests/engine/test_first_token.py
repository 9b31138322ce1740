"""The time to the first token, measured in the engine and told in its status."""

from __future__ import annotations

from engine.commands import StartRun
from engine.frames import AnyFrame, Status
from tests.helpers.engine_pipe import SCRIPTED, EnginePipe
from tests.helpers.running import plan

CALL = 0.05
"""Seconds that a call of the scripted policy takes; its first text comes at once."""


def test_the_status_says_how_long_the_latest_call_was_silent() -> None:
    def known(frame: AnyFrame) -> bool:
        return isinstance(frame, Status) and frame.first_token_seconds is not None

    with EnginePipe(SCRIPTED, str(CALL)) as engine:
        request = engine.send(StartRun(1, plan(simulations=8)))
        status = engine.until(known)
        assert isinstance(status, Status)
        assert 0 <= (status.first_token_seconds or 0) < 60 * CALL
        engine.reply(request)
        before = [frame for frame in engine.frames if isinstance(frame, Status) and frame.state == "loading"]
        assert [frame.first_token_seconds for frame in before] == [None] * len(before)
        engine.reply(engine.send(StartRun(1, plan(simulations=8, seed=1))))  # the number is free again
        again = [frame for frame in engine.frames if isinstance(frame, Status) and frame.state == "loading"]
        assert again[-1].first_token_seconds is None
