"""The trace at a node of a run, as text with its spans: what was hidden, what was shown. Pure; knows no model.

A trace that came from elsewhere is given back exactly as it was read; one of our own is told by its steps' flags and
tags. What a person moved counts last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import get_args

import msgspec
from msgspec.structs import replace

from engine.events import ROOT, NodeId, TraceRead
from engine.search import NAMED, Imported, LabelSteps, Probe, SettingError, make_search
from engine.thoughts import CLOSE, in_thought
from engine.traces.spans import READABLE, CutOff, Kind, Opaque, Span, Thinking, Trace, joined
from engine.tree import Tree

_TAG = re.compile(rf"<think>|{CLOSE}")
OWN = "run"
"""The splitter of a trace that nobody had to split."""


def trace_of(tree: Tree, node: NodeId, rollout: int | None = None) -> Trace:
    """From the root to `node`, and on through one of its rollouts. What a person moved at `node` is applied.

    Raises KeyError or IndexError if there is no such node or rollout.
    """
    if rollout is not None:
        return _own(tree, node, tree.nodes[node].rollouts[rollout].steps)
    return with_borders(found_by(tree, node), tree.borders.get(node, ()))


def found_by(tree: Tree, node: NodeId) -> Trace:
    """The same as it was found, by a splitter or by the run: without what a person moved."""
    for end, event in tree.read.items():
        if end == node or (node != ROOT and _is_above(tree, node, end)):
            trace = _read(event, "".join(tree.steps(end)))
            if trace is not None:
                return trace if end == node else _begun(trace, place_of(tree, node)[1])
    return _own(tree, node)


def with_borders(trace: Trace, borders: tuple[int, ...]) -> Trace:
    """What lies before the first border is hidden, after it exposed, and so in turn; without any, as it was."""
    if not borders:
        return trace
    kinds: tuple[Kind, Kind] = ("hidden", "exposed")
    for number, (start, end) in enumerate(pairwise((0, *borders, len(trace.text)))):
        trace = trace.marked(start, end, kinds[number % 2])
    return trace


def borders_of(trace: Trace) -> tuple[int, ...]:
    """Its borders in that form, so that `with_borders` gives its hidden and exposed parts; never empty."""
    first = next((span.kind for span in trace.spans if span.kind in READABLE and span.start < span.end), "hidden")
    return ((0,) if first == "exposed" else ()) + (trace.borders or ((len(trace.text),) if first == "hidden" else ()))


def is_imported(tree: Tree) -> bool:
    """Whether the run is a trace that was read, not a search."""
    return tree.started is not None and tree.started.search == Imported.name


def has_given_steps(tree: Tree) -> bool:
    """Whether steps without samples came with a trace: read, probed or labelled. Elsewhere a person wrote them."""
    kind = NAMED.get(tree.started.search) if tree.started is not None else None
    return kind is not None and issubclass(kind, Imported | LabelSteps | Probe)


def place_of(tree: Tree, node: NodeId) -> tuple[int, int]:
    """[start, end) of a step in the text of every trace through it; (0, 0) of the root."""
    steps = tree.steps(node)
    end = sum(map(len, steps))
    return end - len(steps[-1]) if steps else 0, end


def node_at(tree: Tree, end: NodeId, offset: int) -> NodeId:
    """Which step of the trace that ends at `end` holds a character; the last one for an offset beyond."""
    reached = 0
    for node in tree.path(end)[1:]:
        reached += len(node.step)
        if offset < reached:
            return node.id
    return end


def _read(event: TraceRead, text: str) -> Trace | None:
    """As it was read; None where a forged file says what cannot be."""
    spans = tuple(Span(kind, start, end) for kind, start, end in event.spans)  # type: ignore[arg-type] # asked below
    ends = [0, *(span.end for span in spans)]
    fits = ends[-1] == len(text) and ends == sorted(ends) and all(map(_meets, spans, ends))
    if not fits or not {span.kind for span in spans} <= set(get_args(Kind)):
        return None
    told = {"cut_off": event.cut_off, "thinking": event.thinking, "opaque": tuple(map(_named, event.opaque)),
            "steps": tuple(sorted(set(event.steps)))}  # fmt: skip
    try:
        said = msgspec.convert(told, _Said)
    except msgspec.ValidationError:
        return None
    return Trace(text, spans, event.how, event.splitter, said.cut_off, said.thinking, said.opaque, said.steps)


class _Said(msgspec.Struct, frozen=True):
    cut_off: CutOff
    thinking: Thinking
    opaque: tuple[Opaque, ...]
    steps: tuple[int, ...]


def _meets(span: Span, end: int) -> bool:
    return span.start == end


def _named(part: tuple[str, str, int, int | None, int]) -> dict[str, str | int | None]:
    return dict(zip(Opaque.__struct_fields__, part, strict=True))


def _begun(trace: Trace, end: int) -> Trace:
    """Its first `end` characters, as a trace that is not over."""
    spans = tuple(replace(span, end=min(span.end, end)) for span in trace.spans if span.start < end)
    last = next((span.kind for span in reversed(spans) if span.kind in READABLE), "exposed")
    opaque = tuple(part for part in trace.opaque if part.at <= end)
    cut_off: CutOff = "hidden" if last == "hidden" else "exposed"
    return replace(trace, text=trace.text[:end], spans=spans, cut_off=cut_off, opaque=opaque)


def _is_above(tree: Tree, node: NodeId, end: NodeId) -> bool:
    return any(entry.id == node for entry in tree.ascend(end))


def _own(tree: Tree, node: NodeId, played: tuple[str, ...] = ()) -> Trace:
    """Of a run's own steps: their flags say what is hidden; a rollout's have none, so its tags do."""
    path = tree.path(node)[1:]
    thinking = thinks(tree)
    steps = [(entry.step, entry.hidden) for entry in path]
    hidden = in_thought([text for text, _ in steps], thinking)
    for step in played:
        steps.append((step, hidden))
        hidden = hidden and in_thought((step,), thinking)
    spans = joined(span for span in _spans(steps) if span.start < span.end)
    text = "".join(step for step, _ in steps)
    last = next((span.kind for span in reversed(spans) if span.kind != "tag"), "hidden" if thinking else "exposed")
    is_open = last == "hidden" and not text.rstrip().endswith(CLOSE)
    cut_off: CutOff = "hidden" if is_open else "exposed" if path and not played and path[-1].broken else ""
    how = "the run says of every step whether it is hidden" if not played else "by the run's steps, and its tags after"
    thought = any(span.kind == "hidden" and text[span.start : span.end].strip() for span in spans)
    ends = tuple(accumulate(len(step) for step, _ in steps))
    return Trace(text, spans, how, OWN, cut_off, "on" if thought or thinking else "off", steps=ends)


def thinks(tree: Tree) -> bool:
    """Whether the policy thought before it wrote."""
    if tree.started is None:
        return False
    try:
        return make_search(tree.started.search, tree.started.settings).thinking
    except SettingError:  # a newer file's search: the steps' own flags still tell
        return any(child.hidden for child in tree.children(ROOT))


def _spans(steps: list[tuple[str, bool]]) -> Iterator[Span]:
    """Of each step; the tags in hidden ones apart. What stands behind the one that closes is exposed."""
    start = 0
    for step, hidden in steps:
        kind: Kind = "hidden" if hidden else "exposed"
        place = 0
        for tag in _TAG.finditer(step) if hidden else ():
            yield Span(kind, start + place, start + tag.start())
            yield Span("tag", start + tag.start(), start + tag.end())
            place = tag.end()
            kind = "exposed" if tag[0] == CLOSE else "hidden"
        yield Span(kind, start + place, start + len(step))
        start += len(step)
