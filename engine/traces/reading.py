"""One trace as it was read from a file, with what the file says around it. Values; every command reads this module."""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.traces.spans import Trace

As = Literal["auto", "text", "json", "stream"]
"""What a file is read as."""


class Reading(msgspec.Struct, frozen=True):
    """One trace of a file."""

    name: str
    """The file, and which of its replies."""
    read_as: str
    trace: Trace
    why: str = ""
    """Why this format was taken, in words; empty where the server told what is what."""
    reason: str = ""
    """Why it ended, in the server's word."""
    error: str = ""
    tokens: int | None = None
    """Of the thought, where the server says so."""
    note: str = ""
    """What to know about the reading, a sentence."""
    model: str = ""
    """What the server calls the model."""
    question: str = ""
    """What the model was asked, where the file says it."""
    answer: str = ""
    """The right answer, where the file says it."""
