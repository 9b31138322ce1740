"""Cuts odd texts at random and looks for what the splitter loses. `python -m tests.helpers.fuzz_splitter 100000`."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from random import Random

from engine.benchmarks.made_up_traces import odd_prompt, odd_text, pieces_of
from engine.traces.machines import modes_of
from engine.traces.modes import Modes
from engine.traces.spans import Kind, Span, joined
from engine.traces.splitter import Splitter, split
from engine.traces.starting import begin
from engine.traces.tags import Recipe, bundled


def fuzz(cases: int, seed: int) -> list[str]:
    """What goes wrong in so many random texts, recipes, prompts and cuts, in words; at most ten."""
    rng = Random(seed)
    faults: list[str] = []
    for _ in range(cases):
        recipe = rng.choice(bundled())
        text, prompt = odd_text(recipe, rng), odd_prompt(recipe, rng)
        pieces = pieces_of(text, rng, 1, rng.choice((1, 3, 12, 60)))
        if fault := fault_of(pieces, recipe, prompt):
            faults.append(f"{fault}: {recipe.name}, prompt {prompt!r}, pieces {pieces!r}")
            if len(faults) == 10:
                break
    return faults


def fault_of(pieces: Sequence[str], recipe: Recipe, prompt: str | None) -> str:
    """What is wrong with the trace of a text that comes in `pieces`; empty if nothing is."""
    text = "".join(pieces)
    splitter = Splitter(recipe, prompt)
    told: list[Span] = []
    for piece in pieces:
        replay(told, splitter.feed(piece))
        if splitter.held and splitter.held not in splitter.mode.prefixes:
            return "more than the beginning of a tag is held back"
    known = len(text) - len(splitter.held)
    whole, spans = splitter.close()
    trace = splitter.finish()
    if whole != text or trace.text != text:
        return "text is lost"
    if not covers(trace.spans, len(text)):
        return "the spans leave a gap"
    if trace != split(text, recipe, prompt):
        return "the result depends on the cuts"
    if joined(told) != joined(cropped(spans, known)):
        return "what was told is not what came out"
    if joined(spans) != plainly(modes_of(recipe), begin(recipe, prompt).mode, text):
        return "the rules say something else"
    return ""


def replay(told: list[Span], more: Iterable[Span]) -> None:
    """What a listener does with what `feed` tells: a span that begins before the end replaces what it covers."""
    for span in more:
        while told and told[-1].start >= span.start:
            told.pop()
        if told and told[-1].end > span.start:
            told[-1] = Span(told[-1].kind, told[-1].start, span.start)
        told.append(span)


def covers(spans: Sequence[Span], length: int) -> bool:
    """Whether the spans cover [0, length) in order, without gap, overlap or empty span."""
    place = 0
    for span in spans:
        if span.start != place or span.end <= span.start:
            return False
        place = span.end
    return place == length


def cropped(spans: Iterable[Span], end: int) -> list[Span]:
    return [Span(span.kind, span.start, min(span.end, end)) for span in spans if span.start < end]


def plainly(modes: Modes, start: str, text: str) -> tuple[Span, ...]:
    """The same rules, one character at a time, with nothing held back: slow, and too plain for the same faults."""
    kinds: list[Kind] = []
    mode, place = modes[start], 0
    while place < len(text):
        tag = max((tag for tag in mode.awaits if text.startswith(tag, place)), key=len, default="")
        if not tag and mode.then and not text[place].isspace():
            mode = modes[mode.then]
            continue
        found = mode.awaits.get(tag)
        if found is not None and found.closes_unopened and text[max(place - 1, 0) : place] in tuple("`'\"“‘«"):
            found = None
        if found is None or found.is_text:
            kinds += [mode.kind] * max(len(tag), 1)
        else:
            if found.closes_unopened:
                kinds = ["hidden" if kind == "exposed" else kind for kind in kinds]
            kinds += ["tag"] * len(tag)
        mode = mode if found is None else modes[found.mode]
        place += max(len(tag), 1)
    return joined(Span(kind, number, number + 1) for number, kind in enumerate(kinds))


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    began = time.perf_counter()
    found = fuzz(count, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    print(*found, f"{len(found)} faults in {count:,} cases, {time.perf_counter() - began:.0f} s", sep="\n")
    sys.exit(bool(found))
