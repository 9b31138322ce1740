"""The harmony format of gpt-oss as a small machine over channels (openai/harmony, docs/format.md). Reads no text.

`<|start|>ROLE[ to=TOOL]<|channel|>CHANNEL[ to=TOOL]<|message|>TEXT<|end|>`: `analysis` is hidden, `final` is exposed,
`commentary` is a preamble for the user, or a tool call if it has a recipient; so is analysis that has one.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.traces.modes import EXPOSED, FRESH, Mode, Next
from engine.traces.spans import Kind

RULE = "the channel analysis is hidden, final and commentary are exposed, messages with a recipient are tools"

_CHANNELS = {
    "<|channel|>analysis": "analysis header",
    "<|channel|>commentary": "commentary header",
    "<|channel|>final": "final header",
}
_MESSAGE, _TO, _LINE = "<|message|>", " to=", "\n"
_ENDS = ("<|end|>", "<|return|>", "<|call|>")
_CONTENT: dict[str, tuple[str, Kind]] = {
    "header": ("final", "exposed"),
    "analysis header": ("analysis", "hidden"),
    "commentary header": ("commentary", "exposed"),
    "final header": ("final", "exposed"),
    "tool header": ("call", "tool"),
}
"""What stands after each header."""


def harmony_modes() -> Iterator[Mode]:
    """The machine. A header has one line: after a line break it is text again, so that a literal tag eats little."""
    begin = {"<|start|>": Next("header")} | {tag: Next(header) for tag, header in _CHANNELS.items()}
    end = dict.fromkeys(_ENDS, Next(EXPOSED))
    yield Mode(FRESH, "exposed", begin | end, then=EXPOSED)
    yield Mode(EXPOSED, "exposed", begin | end)
    for header, (content, kind) in _CONTENT.items():
        awaits = {_MESSAGE: Next(content), _LINE: Next(EXPOSED, is_text=True)}
        if header != "tool header":
            awaits[_TO] = Next("tool header")
        if header == "header":
            awaits |= {tag: Next(found) for tag, found in _CHANNELS.items()}
        yield Mode(header, "tag", awaits, inside=kind == "hidden")
        if header != "header":
            yield Mode(content, kind, begin | end)
