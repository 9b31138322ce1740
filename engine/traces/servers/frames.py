"""Bytes of a stream as JSON objects: server-sent events and lines of JSON. Knows no server.

The bytes may be cut anywhere, also inside a character. Comments, `event:` lines, a missing `[DONE]` and a missing last
blank line are all usual.
"""

from __future__ import annotations

import json
from typing import Any

MOST_SHOWN = 300
"""Characters of a broken frame that an error tells."""


class FrameError(str):
    """A frame that is none, or an error frame that is no JSON, in words."""

    __slots__ = ()


Frame = dict[str, Any] | FrameError


class Frames:
    """Fed with bytes, it gives the frames that are complete."""

    def __init__(self) -> None:
        self.done = False
        """The stream said that it is over."""
        self.any_bytes = False
        self._line: list[bytes] = []
        self._data: list[str] = []
        self._event = ""
        self._after_return = False

    def feed(self, more: bytes) -> list[Frame]:
        """The frames that `more` completes."""
        if not more:
            return []
        self.any_bytes = True
        if self._after_return and more.startswith(b"\n"):  # of a line end cut in the middle
            more = more[1:]
        self._after_return = more.endswith(b"\r")
        frames: list[Frame] = []
        lines = more.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        for end in lines[:-1]:
            self._take(self._whole(end), frames)
        if lines[-1]:
            self._line.append(lines[-1])
        return frames

    def finish(self) -> list[Frame]:
        """The frames of what is left."""
        frames: list[Frame] = []
        if self._line:
            self._take(self._whole(b""), frames)
        self._dispatch(frames)
        return frames

    def _whole(self, end: bytes) -> str:
        line = b"".join([*self._line, end]).decode("utf-8", "replace")
        self._line.clear()
        return line

    def _take(self, line: str, frames: list[Frame]) -> None:
        if not line:
            self._dispatch(frames)
        elif line.startswith("data:"):
            self._data.append(line[5:].removeprefix(" "))
        elif line.startswith("event:"):
            self._event = line[6:].strip()
        elif line.startswith("{"):
            frames.append(_frame(line, ""))

    def _dispatch(self, frames: list[Frame]) -> None:
        data, event = "\n".join(self._data).strip(), self._event
        self._data.clear()
        self._event = ""
        if data == "[DONE]":
            self.done = True
        elif data:
            frames.append(_frame(data, event))


def _frame(data: str, event: str) -> Frame:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        shown = data[:MOST_SHOWN]
        if event == "error" or data.startswith('{"error"'):
            return FrameError(f"The server reports an error: {shown}")
        return FrameError(f"The server sent a frame that is not JSON: {shown}")
    if not isinstance(found, dict):
        return FrameError(f"The server sent a frame that is not a JSON object: {data[:MOST_SHOWN]}")
    return {"error": found} if event == "error" and "error" not in found else found
