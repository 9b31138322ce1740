"""All widgets of the dock, put together, and what they show of one trace. Decides nothing and asks for nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.language import mark, tr
from app.models.thought_claims import NO_CLAIMS, Claims
from app.models.thought_filter import Filter, Layer, exposed_ranges, hidden_ranges
from app.models.thought_redaction import as_checked, checkable, own_summary
from app.panels.texts import ElidedLabel
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme
from app.thought.bar import ThoughtBar
from app.thought.columns import TwoColumns
from app.thought.desk import Look
from app.thought.facts import Facts, FactsRow, has_thought, head_words, opaque_lines
from app.thought.find_bar import ThoughtFind
from app.thought.lab import LabBar, summary_words, told_words
from app.thought.legend import Legend
from app.thought.map import ThoughtMap
from app.thought.outline import FoldView
from app.thought.shares import FunctionShares, function_word
from app.trace_text.shown import Shown
from app.trace_text.text import TraceText
from app.words.trace import meter_lines, meter_words

LOW_PX = 300
"""The height of the dock below which rows that can be done without make room for the text."""
CRAMPED_PX = 220
"""The height below which map and legend do so too: what was thought and what was shown is read first of all."""
NO_THOUGHT = mark("This answer has no thought: the model was not asked to think first.")
UNREADABLE = mark("The thought cannot be read here: it was sent encrypted or redacted, or not at all.")
FILTERED = mark("Nothing here is what the filter wants.")
NOTHING_SHOWN = mark("Nothing was shown: there is no answer yet.")
CUT_SHOWN = mark("Nothing was shown: the text ends inside the thought.")
NO_SUMMARY = mark("The provider gave no summary of this thought.")


class ThoughtContent(QWidget):
    """From above: choices, facts, the map of the thought, the lab, the columns with the outline, the legend."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.bar = ThoughtBar(theme)
        self.facts = FactsRow(theme)
        self.map = ThoughtMap(theme, tr("Map of the thought"))
        self.meter = ElidedLabel()
        self.shares = FunctionShares(theme, tr("What the steps are for"))
        self.columns = TwoColumns(theme)
        self.find_bar = ThoughtFind(theme, self.columns)
        self.lab = LabBar()
        self.outline = FoldView(theme)
        self.legend = Legend(theme)
        self._has_map = False
        self._has_legend = False
        self._mapped: Shown | None = None
        self._on_show: tuple[object, ...] = ()
        """What the columns show: the same again costs nothing."""
        self._build()

    def show_trace(self, facts: Facts, text: TraceText, found: Shown | None, claims: Claims | None, look: Look) -> None:
        """A trace; `found` and `claims` are None until something was found in it."""
        self.facts.show_facts(facts)
        self.columns.show_heads(*head_words(facts))
        self.columns.show_opaque(opaque_lines(facts.trace))
        self.bar.show_state(look.layer, look.wanted.side, any(piece.group == "summary" for piece in text.pieces))
        none = claims or NO_CLAIMS
        wanted = text, claims, look, _why_no_hidden(facts, look), _why_no_exposed(facts, look)
        if wanted != self._on_show:
            self._on_show = wanted
            self._show_texts(facts, text, none, look)
            self._show_links(found, none, look)
        self.columns.show_side(look.wanted.side)
        self._has_legend = look.redaction is None and claims is not None
        self._show_map(found, look)
        self._show_lab(facts, text, found, claims, look)
        self.legend.show_counts(none.counts, look.wanted.marks)

    def _show_links(self, found: Shown | None, claims: Claims, look: Look) -> None:
        links = found.links if found is not None else ()
        if look.redaction is not None:
            links = tuple(
                link for link in links if link.one in look.redaction.revealed.intersection(claims.partners(link.other))
            )
        self.columns.show_links(links)

    def show_step(self, step: int) -> None:
        """Mark in map and outline where the user is."""
        self.map.show_place(step)
        if not self.outline.isHidden():
            self.outline.show_step(step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    # what is shown

    def _show_texts(self, facts: Facts, text: TraceText, claims: Claims, look: Look) -> None:
        layer: Layer = "thought" if look.redaction is not None else look.layer
        wanted = look.wanted if look.redaction is None else Filter()  # what is left over would tell of what is hidden
        hidden = hidden_ranges(text, claims, layer, wanted)
        exposed = exposed_ranges(text, claims, wanted)
        masked = look.redaction.masked(text) if look.redaction is not None else ()
        self.columns.show_masked(masked)
        self.columns.show_empty(_why_no_hidden(facts, look), _why_no_exposed(facts, look))
        if look.redaction is not None:
            text = as_checked(text, claims, look.redaction.revealed)
        self.columns.show_text(text, hidden, exposed)
        readable = hidden_ranges(text, claims, layer, wanted, without=masked) if masked else hidden
        self.find_bar.look_in(text.text, sorted([*readable, *exposed]))

    def _show_map(self, found: Shown | None, look: Look) -> None:
        self._has_map = found is not None and bool(found.analysis.alignment.steps) and look.redaction is None
        self.outline.folds.show_trace(found if look.redaction is None else None)
        self._give_room()
        if found is None or not self._has_map:
            return
        self.shares.show_shares(found.analysis.functions, look.wanted.functions)
        if found is not self._mapped:
            self._mapped = found
            self._map_steps(found)

    def _map_steps(self, found: Shown) -> None:
        """The map and the meter: what they show hangs on the trace alone."""
        one = found.analysis
        steps, first = one.alignment.steps, one.meter.first
        again = frozenset(step for loop in one.repeats.loops for step in range(loop.first, loop.last + 1))
        self.map.show_steps(
            [step.end - step.start for step in steps],
            [tag.function for tag in one.labels],
            first.step if first is not None else None,
            again,
            lambda step: step_words(found, step),
        )
        sought = one.gold or one.alignment.answer.exposed is not None
        self.meter.setText(meter_words(one.meter, one.repeats, len(steps), sought))
        lines = meter_lines(one.meter, one.repeats, one.fold, len(steps))
        self.meter.setToolTip(as_tool_tip("\n".join(f"{head}: {words}" for head, words in lines)))

    def _show_lab(self, facts: Facts, text: TraceText, found: Shown | None, claims: Claims | None, look: Look) -> None:
        redaction = look.redaction
        self.lab.setVisible(redaction is not None)
        self.bar.lab.setChecked(redaction is not None)
        if redaction is None or found is None:
            return
        size = sum(span.end - span.start for span in facts.trace.spans if span.kind == "hidden")
        one = found.analysis
        ours = own_summary(facts.trace.text, one.alignment.steps, one.labels)
        summary = summary_words(facts.trace.of("summary"), ours) if redaction.told == "summary" else ""
        self.lab.show_told(redaction.told, told_words(redaction.told, size, facts.tokens), summary)
        self.lab.show_status(checkable(text, claims or NO_CLAIMS, redaction.revealed))

    def _give_room(self) -> None:
        """In a low dock the shares, then the map and the legend make room for the text."""
        low, cramped = self.height() < LOW_PX, self.height() < CRAMPED_PX
        self.map.setVisible(self._has_map and not cramped)
        self.meter.setVisible(self._has_map and not cramped)
        self.shares.setVisible(self._has_map and not low)
        self.legend.setVisible(self._has_legend and not cramped)

    # building

    def _build(self) -> None:
        self.outline.hide()
        self.lab.hide()
        self._middle = QSplitter(Qt.Orientation.Horizontal)
        self._middle.setChildrenCollapsible(False)
        self._middle.addWidget(self.outline)
        self._middle.addWidget(self.columns)
        self._middle.setStretchFactor(1, 1)
        map_row = QHBoxLayout()
        map_row.addWidget(self.map, 1)
        map_row.addWidget(self.meter, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(6, 4, 6, 4)
        rows.setSpacing(4)
        rows.addWidget(self.bar)
        rows.addWidget(self.facts)
        rows.addLayout(map_row)
        for widget in (self.shares, self.find_bar, self.lab):
            rows.addWidget(widget)
        rows.addWidget(self._middle, 1)
        rows.addWidget(self.legend)


def step_words(found: Shown, step: int) -> str:
    """`step 12, compute: 4 * 6 = 24`."""
    start, end = found.analysis.alignment.steps[step]
    function = function_word(found.analysis.labels[step].function)
    words = tr("step {step}, {function}: {text}")
    return words.format(step=step + 1, function=function, text=one_line(found.trace.text[start:end], 300))


def _why_no_hidden(facts: Facts, look: Look) -> str:
    if not has_thought(facts.trace):
        return tr(NO_THOUGHT)
    if look.layer == "summary" and look.redaction is None:
        return tr(NO_SUMMARY)
    if not facts.trace.of("hidden"):
        return tr(UNREADABLE)
    return tr(FILTERED) if look.wanted.narrows else ""


def _why_no_exposed(facts: Facts, look: Look) -> str:
    if facts.trace.of("exposed").strip():
        return tr(FILTERED) if look.wanted.marks else ""
    return tr(CUT_SHOWN) if facts.trace.cut_off == "hidden" and not facts.writing else tr(NOTHING_SHOWN)
