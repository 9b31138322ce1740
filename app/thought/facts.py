"""What there is to say of a trace before one reads it: its answers, whether it was cut off, how it was split."""

from __future__ import annotations

import msgspec
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app.language import mark, tr
from app.panels.texts import ElidedLabel, plain_label
from app.plain_text import as_tool_tip, visible
from app.theme import Theme, embolden
from app.words.trace import (
    agreement,
    agreement_words,
    answer_words,
    comparison_words,
    cut_off_words,
    many,
    opaque_words,
    thinking_words,
)
from engine.traces.analysis import Analysis
from engine.traces.spans import Opaque, Trace

CHECKED: dict[bool, str] = {True: mark("✓ right"), False: mark("✗ wrong")}
CUT_OFF = mark("Cut off inside the thought: it was never closed")
THINKING_OFF = mark("Thinking was off")


class Facts(msgspec.Struct, frozen=True):
    """Of one trace."""

    trace: Trace
    analysis: Analysis | None
    tokens: int | None
    """Of the thought."""
    right: bool | None
    """Whether the answer shown is right, by the problem's own check; None while nobody may say."""
    writing: bool
    """Whether it is still being written."""
    progress: float | None = None
    """How far it has been looked at, in [0, 1]; None while nobody looks, or it is no matter of seconds."""
    error: str = ""
    """Why nothing could be found in it, a sentence."""
    masked: bool = False
    """Whether a part of the thought is blacked out: then nothing is told of its answer."""


class FactsRow(QWidget):
    """One line; all of it at length in its tool tips. A button where there is no thought."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._facts: Facts | None = None
        self.answers = plain_label(selectable=True)
        self.warning = plain_label()
        self.split = ElidedLabel()
        self.split.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.think = QPushButton(tr("Think first…"))
        self.think.setAccessibleName(tr("Think first…"))
        self.think.setToolTip(tr("Open the form of a new run in which the model thinks before it answers"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.answers)
        row.addWidget(self.warning)
        row.addWidget(self.split, 1)
        row.addWidget(self.think)
        font = self.answers.font()
        embolden(font)
        self.answers.setFont(font)
        theme.changed.connect(self._restyle)

    def show_facts(self, facts: Facts) -> None:
        """The same facts again change nothing."""
        if facts == self._facts:
            return
        self._facts = facts
        trace = facts.trace
        self.answers.setText(_answers(facts))
        self.answers.setVisible(bool(self.answers.text()))
        self.answers.setToolTip(as_tool_tip(_answers_at_length(facts)) if facts.analysis is not None else "")
        self.warning.setText(warning_words(facts))
        self.warning.setVisible(bool(self.warning.text()))
        told = [tr(THINKING_OFF)] if trace.thinking == "off" else []
        told.append(tr("Split: {how}").format(how=trace.how))
        self.split.setText(visible(" · ".join(told)))
        self.split.setToolTip(as_tool_tip("\n".join(split_lines(facts))))
        self.think.setVisible(not has_thought(trace) and not facts.writing)
        self._restyle()

    def _restyle(self) -> None:
        if self._facts is None:
            return
        palette = self._theme.palette
        found = self._facts.analysis
        told = found is not None and not self._facts.masked
        verdict = agreement(found.alignment.answer) if found is not None and told else "missing"
        colour = {"same": palette.good, "different": palette.bad}.get(verdict, palette.text)
        _paint(self.answers, colour)
        _paint(self.warning, palette.principal)


def has_thought(trace: Trace) -> bool:
    """Whether there is hidden text, or a part of the thought that cannot be read."""
    hidden = any(span.kind in ("hidden", "redacted", "summary") and span.start < span.end for span in trace.spans)
    return hidden or bool(trace.opaque)


def warning_words(facts: Facts) -> str:
    """What must not be overlooked; empty where all is well."""
    trace = facts.trace
    if facts.writing:
        return tr("being written: thinking…") if trace.cut_off == "hidden" else tr("being written: answering…")
    if facts.error:
        return visible(facts.error)
    if facts.progress is not None:
        return tr("being looked at: {share:.0%}").format(share=facts.progress)
    if trace.cut_off == "hidden":
        return tr(CUT_OFF)
    return tr("The answer was cut off") if trace.cut_off == "exposed" else ""


def opaque_lines(trace: Trace) -> list[str]:
    """`hidden, 812 tokens` for each part that cannot be read, with what it is."""
    return [_opaque(part) for part in trace.opaque]


def split_lines(facts: Facts) -> list[str]:
    """How the text was split, and what of it cannot be read, a sentence a line."""
    trace = facts.trace
    return [
        tr("Split: {how}").format(how=visible(trace.how)),
        tr("By: {splitter}").format(splitter=visible(trace.splitter)),
        tr("Thinking: {words}").format(words=thinking_words(trace)),
        tr("Cut off: {words}").format(words=cut_off_words(trace)),
        *(tr("Cannot be read: {part}").format(part=opaque_words(part)) for part in trace.opaque),
    ]


def head_words(facts: Facts) -> tuple[str, str]:
    """What stands above the columns: how much there is of each."""
    trace, found = facts.trace, facts.analysis
    sizes = {kind: sum(s.end - s.start for s in trace.spans if s.kind == kind) for kind in ("hidden", "exposed")}
    hidden, exposed = [many(sizes["hidden"], "character")], [many(sizes["exposed"], "character")]
    if found is not None:
        hidden.insert(0, many(len(found.alignment.steps), "step"))
        exposed.insert(0, many(len(found.alignment.sentences), "sentence"))
    if facts.tokens is not None:
        hidden.append(many(facts.tokens, "token"))
    words = tr("Hidden: {sizes}"), tr("Exposed: {sizes}")
    return words[0].format(sizes=", ".join(hidden)), words[1].format(sizes=", ".join(exposed))


def _opaque(part: Opaque) -> str:
    if part.what == "signature":
        return opaque_words(part)
    if part.tokens is None:
        return tr("hidden: {part}").format(part=opaque_words(part))
    untold = msgspec.structs.replace(part, tokens=None)
    return tr("hidden, {tokens}: {part}").format(tokens=many(part.tokens, "token"), part=opaque_words(untold))


def _answers(facts: Facts) -> str:
    if facts.analysis is None or facts.writing:
        return ""
    compared = facts.analysis.alignment.answer
    if facts.masked or not facts.analysis.alignment.steps:
        shown = compared.exposed
        words = tr("Shown: {answer}").format(answer=answer_words(shown, None)) if shown is not None else ""
    else:
        words = agreement_words(compared)
    return f"{words} {tr(CHECKED[facts.right])}".strip() if facts.right is not None else words


def _answers_at_length(facts: Facts) -> str:
    if facts.analysis is None:
        return ""
    found, compared = facts.analysis, facts.analysis.alignment.answer
    lines = [tr("Shown: {answer}").format(answer=answer_words(compared.exposed, found.right_exposed))]
    if not facts.masked:
        lines += [
            tr("In the thought: {answer}").format(answer=answer_words(compared.hidden, found.right_hidden)),
            tr("Compared: {words}").format(words=comparison_words(compared)),
        ]
    if facts.right is not None:
        lines.append(tr("By the problem's own check: {verdict}").format(verdict=tr(CHECKED[facts.right])))
    return "\n".join(lines)


def _paint(label: QLabel, colour: QColor) -> None:
    palette = label.palette()
    if palette.color(QPalette.ColorRole.WindowText) != colour:
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        label.setPalette(palette)
