"""The trace on show and how the user looks at it: layer, filter, what is blacked out. Knows no widget.

All of it is kept in the view alone. Whoever shows it hears `changed`, and reads what he needs.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from PySide6.QtCore import QObject, Signal

from app.models.shown_run import ShownRun
from app.models.thought_claims import Claims, Verdict, claims_of, gather
from app.models.thought_filter import Filter, Layer, Side
from app.models.thought_redaction import Redaction, Told
from app.thought.facts import Facts
from app.thought.source import ThoughtSource
from app.trace_text.shown import Shown
from app.trace_text.slices import Slices
from app.trace_text.text import Piece, TraceText
from engine.problems import ProblemError
from engine.search.coverage import is_right
from engine.search.search import Answer
from engine.traces.functions import Function
from engine.traces.spans import Trace

AT_ONCE = 1_000
"""Claims that are gathered before anybody notices."""


class Look(msgspec.Struct, frozen=True):
    """How the user wants to see a trace."""

    layer: Layer = "raw"
    wanted: Filter = Filter()
    redaction: Redaction | None = None
    """None: nothing is blacked out."""


class ThoughtDesk(QObject):
    """`source` finds the trace; the rest is a matter of looking."""

    changed = Signal()

    def __init__(self, shown: ShownRun, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self.source = ThoughtSource(shown, self)
        self.look = Look()
        self._claims: tuple[Shown, Claims] | None = None
        self._gathering: Slices | None = None
        self._text: tuple[Trace, Shown | None, TraceText] | None = None
        self.source.changed.connect(self._on_found)
        self.source.progressed.connect(lambda _share: self.changed.emit())
        self.source.end_changed.connect(self._forget_revealed)

    @property
    def found(self) -> Shown | None:
        """What was found in the trace, perhaps when it was shorter."""
        found, trace = self.source.found, self.source.trace
        return found if found is not None and trace is not None and trace.text.startswith(found.trace.text) else None

    @property
    def claims(self) -> Claims | None:
        """The claims of what was found; None also without a thought that can be read: nothing can be compared then."""
        found = self.found
        known = found is not None and self._claims is not None and self._claims[0] is found
        return self._claims[1] if known and self._claims is not None else None

    def _on_found(self) -> None:
        """Of a long trace the claims are gathered while the window lives on."""
        if self._gathering is not None:
            self._gathering.stop()
            self._gathering.deleteLater()
            self._gathering = None
        found = self.source.found
        if found is not None and found.step_pieces:
            work = found.analysis.alignment, found.step_pieces, found.sentence_pieces
            if len(found.analysis.alignment.claims) <= AT_ONCE:
                self._claims = found, claims_of(*work)
            else:
                self._gathering = Slices(gather(*work), self)
                self._gathering.done.connect(lambda claims: self._take(found, claims))
                self._gathering.start()
        self.changed.emit()

    def _take(self, found: Shown, claims: Claims) -> None:
        self._claims = found, claims
        self.changed.emit()

    @property
    def text(self) -> TraceText:
        """The trace with its pieces; what was written since it was looked at is a piece of its own."""
        trace, found = self.source.trace, self.found
        if trace is None:
            return TraceText("")
        if self._text is None or self._text[0] is not trace or self._text[1] is not found:
            self._text = trace, found, text_of(trace, found)
        return self._text[2]

    def facts(self) -> Facts | None:
        """What there is to say of the trace before one reads it; None without one."""
        source = self.source
        if source.trace is None:
            return None
        found = self.found.analysis if self.found is not None else None
        return Facts(
            source.trace,
            found,
            self.tokens,
            self._is_right(),
            source.writing,
            source.progress,
            source.error,
            bool(self.masked()),
        )

    @property
    def tokens(self) -> int | None:
        """Of the thought, where the policy, or the server, told them."""
        trace = self.source.trace
        told = [part.tokens for part in trace.opaque if part.tokens is not None] if trace is not None else []
        return len(self.source.token_ends) or (sum(told) if told else None)

    def _is_right(self) -> bool | None:
        """The exact check of the answer; it says nothing before the run has ended, as the run itself does not."""
        end, tree = self.source.end, self._shown.tree
        if end is None or tree.finished is None or self.source.writing:
            return None
        if end.rollout is None and not tree.nodes[end.node].terminal:
            return None
        try:
            return is_right(tree, Answer(end.node, end.rollout))
        except ProblemError:
            return None

    # how it is looked at

    def set_layer(self, layer: Layer) -> None:
        self._see(msgspec.structs.replace(self.look, layer=layer))

    def set_side(self, side: Side) -> None:
        self._want(msgspec.structs.replace(self.look.wanted, side=side))

    def toggle_mark(self, verdict: Verdict) -> None:
        """Show one more kind of mark alone, or one less; none alone is all."""
        self._want(msgspec.structs.replace(self.look.wanted, marks=self.look.wanted.marks ^ {verdict}))

    def toggle_function(self, function: Function | None) -> None:
        """The same with what steps are for."""
        self._want(msgspec.structs.replace(self.look.wanted, functions=self.look.wanted.functions ^ {function}))

    def show_all(self) -> None:
        """No filter, both columns."""
        self._want(Filter())

    def black_out(self, wanted: bool, told: Told = "nothing") -> None:
        """Show the thought as a hosted model would have, from the beginning; or plainly again."""
        self._see(msgspec.structs.replace(self.look, redaction=Redaction(told) if wanted else None))

    def toggle_lab(self) -> None:
        self.black_out(not self.in_lab())

    def in_lab(self) -> bool:
        """Whether the thought is blacked out, as far as it was not revealed."""
        return self.look.redaction is not None

    def tell(self, told: Told) -> None:
        """What the reader is told; what was revealed stays so."""
        if self.look.redaction is not None:
            self._redact(msgspec.structs.replace(self.look.redaction, told=told))

    def reveal(self, pieces: Collection[int]) -> None:
        """Show steps that were blacked out."""
        if self.look.redaction is not None:
            self._redact(self.look.redaction.revealing(pieces))

    def masked(self) -> tuple[int, ...]:
        """The pieces that are blacked out now."""
        return self.look.redaction.masked(self.text) if self.look.redaction is not None else ()

    def _forget_revealed(self) -> None:
        """Another trace: everything of it is blacked out."""
        if self.look.redaction is not None:
            self.look = msgspec.structs.replace(self.look, redaction=Redaction(self.look.redaction.told))

    def _want(self, wanted: Filter) -> None:
        self._see(msgspec.structs.replace(self.look, wanted=wanted))

    def _redact(self, redaction: Redaction) -> None:
        self._see(msgspec.structs.replace(self.look, redaction=redaction))

    def _see(self, look: Look) -> None:
        if look != self.look:
            self.look = look
            self.changed.emit()


def text_of(trace: Trace, found: Shown | None) -> TraceText:
    """A trace as text with pieces, as far as they are known."""
    if found is not None and found.trace.text == trace.text:
        return found.text if found.step_pieces else found.text.with_marks(())
    known = found.text if found is not None else None
    done = len(known.text) if known is not None else 0
    pieces = [] if known is None else list(known.pieces)
    for span in trace.spans:
        if span.end > done:
            pieces.append(Piece(max(span.start, done), span.end, span.kind))
    return TraceText(trace.text, pieces, known.marks if known is not None else ())
