"""Splits a text into hidden and exposed parts while it streams in. Knows recipes, no server.

`feed` it in any pieces, or use `split` for a whole text: it is the same code.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.traces.machines import awaited_tags, modes_of
from engine.traces.modes import GIVEN
from engine.traces.reader import NON_BLANK, Reader, Spans
from engine.traces.reporting import how
from engine.traces.spans import CutOff, Span, Thinking, Trace
from engine.traces.starting import begin
from engine.traces.tags import FALLBACK, Recipe, named

LENGTH_REASONS = frozenset({"length", "max_tokens", "MAX_TOKENS", "max_output_tokens", "incomplete"})
"""What servers call an end that the limit of tokens made."""
_MOST_ENDS = 4
"""Tags at the end of a text that are taken off it."""
_MOST_TAIL = 300
"""Characters at the end of a text that such a tag is looked for in, with the blanks after it."""


class Splitter(Reader):
    """Reads a text by a recipe; without one by that for text of which nothing is known.

    Without `prompt` (the rendered prompt, or its tail from the model's turn on) the recipe says where the text begins.
    `tag_ids`: see Reader; `tag_tokens` makes them.
    """

    def __init__(
        self, recipe: Recipe | None = None, prompt: str | None = None, tag_ids: Mapping[int, str] | None = None
    ) -> None:
        self._recipe = named(FALLBACK) if recipe is None else recipe
        self._begin = begin(self._recipe, prompt)
        awaited = awaited_tags(self._recipe)  # one that is a part of a tag comes as text, like the rest of the tag
        tags = {token: tag for token, tag in (tag_ids or {}).items() if tag in awaited}
        super().__init__(modes_of(self._recipe, frozenset(tags.values())), self._begin.mode, tags)

    def finish(self, reason: str = "") -> Trace:
        """The trace of all that was fed; `reason` is why it ended, in the server's word. Nothing may be fed after."""
        text, spans = self.close()
        spans = _without_ends(text, spans, self._recipe.ends)
        cut_off: CutOff = "hidden" if self.mode.inside else "exposed" if reason in LENGTH_REASONS else ""
        thinking = self._thinking(text, spans)
        words = how(self._recipe, self._begin.how, self.seen, thinking, cut_off)
        return Trace(text, spans, words, self._recipe.name, cut_off, thinking)

    def _thinking(self, text: str, spans: Spans) -> Thinking:
        hidden = [span for span in spans if span.kind == "hidden"]
        if self.mode.inside or any(NON_BLANK.search(text, span.start, span.end) for span in hidden):
            return "on"
        return "off" if self.seen.thoughts or self._begin.mode == GIVEN else self._begin.thinking


def split(text: str, recipe: Recipe | None = None, prompt: str | None = None, reason: str = "") -> Trace:
    """The trace of a whole text."""
    splitter = Splitter(recipe, prompt)
    splitter.feed(text)
    return splitter.finish(reason)


def _without_ends(text: str, spans: Spans, ends: tuple[str, ...]) -> Spans:
    """With the tags that end the text as a span of their own, together with the blanks between and after them."""
    if not spans:
        return spans
    last = spans[-1]
    body = last.end
    for _ in range(_MOST_ENDS):
        start = max(last.start, body - _MOST_TAIL)
        tail = text[start:body].rstrip()
        found = next((end for end in ends if tail.endswith(end)), None)
        if found is None:
            break
        body = start + len(tail) - len(found)
    cut = (*spans[:-1], Span(last.kind, last.start, body), Span("tag", body, last.end))
    return tuple(span for span in cut if span.start < span.end)
