"""Ways through the trace on show: from claim to claim, to a step, from blacked-out step to step. Changes no trace."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QObject

from app.language import tr
from app.models.thought_claims import VERDICTS, Place, Verdict
from app.thought.columns import HIDDEN
from app.thought.content import ThoughtContent
from app.thought.desk import ThoughtDesk
from app.thought.hands import Hands
from engine.traces.functions import Function

DOUBTFUL: tuple[Verdict, ...] = ("contradicted", "only exposed")


class Walk(QObject):
    """Knows where the user is in the trace."""

    def __init__(self, desk: ThoughtDesk, hands: Hands, view: ThoughtContent, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._hands, self._view = desk, hands, view
        self.piece: int | None = None
        """The piece that the user went to last."""
        self._last: Place | None = None
        columns = view.columns
        columns.piece_chosen.connect(self.stand_at)
        columns.piece_clicked.connect(self._on_click)
        columns.hidden.caret_moved.connect(self._on_caret)
        desk.source.end_changed.connect(self._forget)

    @property
    def place(self) -> Place | None:
        """The claim, or the step that stayed hidden, that he went to last; None once the trace is split otherwise."""
        last, claims = self._last, self._desk.claims
        return last if last is not None and claims is not None and last in claims.inside(last.piece) else None

    def to_claim(self, way: int, doubtful: bool = False) -> None:
        """To the next claim (1), or to the one before (-1); of those that are `doubtful` alone, or of all."""
        claims, wanted = self._desk.claims, DOUBTFUL if doubtful else VERDICTS
        if claims is None:
            return
        place = claims.after(self._last, wanted) if way > 0 else claims.before(self._last, wanted)
        if place is not None:
            self._view.columns.go_to(place)
            self._stand(place.piece, place)

    def to_answer(self) -> None:
        """To the step in which the answer first stood."""
        found = self._desk.found
        if found is not None and found.analysis.meter.first is not None:
            self.to_step(found.analysis.meter.first.step)

    def to_step(self, step: int) -> None:
        """To a hidden step, by its number from 0."""
        found = self._desk.found
        if found is not None and step < len(found.step_pieces):
            self._view.columns.choose(found.step_pieces[step])

    def reveal(self, what: str) -> None:
        """`next`, `all`, `none`, or `partners`: the steps behind the claim that the user went to last."""
        masked, redaction = self._desk.masked(), self._desk.look.redaction
        if redaction is None:
            return
        match what:
            case "next":
                self._desk.reveal(masked[:1])
                self._view.columns.hidden.scroll_to_piece(masked[0]) if masked else None
            case "all":
                self._desk.reveal(masked)
            case "none":
                self._desk.black_out(True, redaction.told)
            case "partners" if (place := self.place) is not None:
                self._desk.reveal(place.partners)

    def step(self) -> int | None:
        """The hidden step that the user is at; None if he is at none."""
        found = self._desk.found
        if found is None or self.piece is None:
            return None
        place = bisect_left(found.step_pieces, self.piece)
        return place if place < len(found.step_pieces) and found.step_pieces[place] == self.piece else None

    def function(self) -> Function | None:
        """What that step is for."""
        found, step = self._desk.found, self.step()
        return None if found is None or step is None else found.analysis.labels[step].function

    def label(self, function: Function | None) -> None:
        """Say what the step is for; None: as the rules say."""
        found, step = self._desk.found, self.step()
        if found is not None and step is not None and not self.why_not_label():
            self._hands.label(found.analysis.alignment.steps[step], function)

    # why not: a sentence; empty if it can be done now

    def why_no_claim(self) -> str:
        claims = self._desk.claims
        return "" if claims is not None and claims.places else tr("There is nothing to compare in this trace.")

    def why_no_doubt(self) -> str:
        claims, obstacle = self._desk.claims, self.why_no_claim()
        doubtful = claims is not None and any(claims.counts[verdict] for verdict in DOUBTFUL)
        return obstacle or ("" if doubtful else tr("No claim of this trace is doubtful."))

    def why_no_place(self) -> str:
        return self.why_no_claim() or ("" if self.place is not None else tr("Go to a claim first: click it, or F8."))

    def why_no_answer(self) -> str:
        found = self._desk.found
        if found is None:
            return self.why_no_claim()
        return "" if found.analysis.meter.first is not None else tr("The answer is nowhere in the thought.")

    def why_not_reveal(self) -> str:
        if self._desk.look.redaction is None:
            return tr("Nothing is blacked out: choose “As hosted” first.")
        return "" if self._desk.masked() else tr("The whole thought is revealed.")

    def why_not_reveal_partners(self) -> str:
        return self.why_not_reveal() or self.why_no_place()

    def why_not_label(self) -> str:
        return self._hands.why_not() or ("" if self.step() is not None else tr("Go to a hidden step first."))

    # what the user does in the columns

    def stand_at(self, side: int, piece: int) -> None:
        """The user points at a piece; of its claims, that at the caret."""
        claims = self._desk.claims
        caret = self._view.columns.views[side].caret
        self._stand(piece, claims.at(caret, piece) if claims is not None else None)

    def _on_click(self, side: int, piece: int) -> None:
        if side == HIDDEN and piece in self._desk.masked():
            self._desk.reveal((piece,))
        self.stand_at(side, piece)

    def _on_caret(self, _offset: int) -> None:
        """The keys lead through the thought."""
        view = self._view.columns.hidden
        if view.hasFocus() and (piece := view.caret_piece()) is not None and piece != self.piece:
            self._stand(piece, None)

    def _stand(self, piece: int, place: Place | None) -> None:
        self.piece = piece
        self._last = place or self._last
        if (step := self.step()) is not None:
            self._view.show_step(step)

    def _forget(self) -> None:
        self.piece = self._last = None
