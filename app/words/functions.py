"""What the parts of a trace, and the functions of its steps, are called in the window. Knows no widget."""

from __future__ import annotations

from app.language import mark, tr
from app.plain_text import one_line
from engine.traces.functions import Function
from engine.traces.spans import Kind

FUNCTION_WORDS: dict[Function, str] = {
    "setup": mark("setup"),
    "plan": mark("plan"),
    "fact": mark("fact"),
    "compute": mark("compute"),
    "uncertain": mark("uncertain"),
    "check": mark("check"),
    "backtrack": mark("backtrack"),
    "consolidate": mark("consolidate"),
    "answer": mark("answer"),
}
_KINDS: dict[Kind, str] = {
    "hidden": mark("hidden"),
    "exposed": mark("exposed"),
    "tool": mark("tool"),
    "tag": mark("tag"),
    "summary": mark("summary"),
    "redacted": mark("redacted"),
}


def kind_words(kind: Kind) -> str:
    """What a part of a trace is called."""
    return tr(_KINDS[kind])


def function_words(label: str) -> str:
    """A function, or what a file says in its place."""
    known = next((words for function, words in FUNCTION_WORDS.items() if function == label), None)
    return one_line(label, 40) if known is None else tr(known)
