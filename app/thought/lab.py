"""The redaction lab: what a reader of a hosted model is told of its thought, and what was revealed to him. Keeps no
trace; nothing of it is recorded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.language import mark, tr
from app.models.thought_redaction import Checkable, Told
from app.panels.texts import ElidedLabel, plain_view, set_untrusted_text
from app.plain_text import as_tool_tip
from app.words.trace import many

ROWS = 3
"""Of a summary that are in sight at once."""
TOLD: dict[Told, tuple[str, str]] = {
    "nothing": (mark("Thought hidden"), mark("The reader sees the answer alone")),
    "summary": (mark("Summary only"), mark("The reader sees the answer and a summary of the thought")),
    "count": (mark("Token count only"), mark("The reader sees the answer, and how long the thought was")),
}
OURS = mark("No provider's summary: in its place the first sentence of each planning step, put together by Espalier.")
PROVIDED = mark("The summary that the provider gave:")
NO_SUMMARY = mark("No provider's summary, and no step of the thought plans: there is nothing to put a summary from.")


class LabBar(QWidget):
    """Above the columns while the thought is blacked out."""

    told_chosen = Signal(str)
    reveal_wanted = Signal(str)
    """`next`, `all` or `none`."""

    def __init__(self) -> None:
        super().__init__()
        self.told = QComboBox()
        self.told.setAccessibleName(tr("What a reader is told of the thought"))
        for at, (told, (words, tip)) in enumerate(TOLD.items()):
            self.told.addItem(tr(words), told)
            self.told.setItemData(at, as_tool_tip(tr(tip)), Qt.ItemDataRole.ToolTipRole)
        self.seen = ElidedLabel()
        self.next = _button(tr("Reveal next"), tr("Show the first step that is still blacked out"))
        self.all = _button(tr("Reveal all"), tr("Show the whole thought"))
        self.none = _button(tr("Black out"), tr("Hide every step again"))
        self.status = ElidedLabel()
        self.summary = plain_view(tr("Summary of the thought"))
        self._build()

    def show_told(self, told: Told, words: str, summary: str) -> None:
        """What the reader sees of the thought, in words, and the summary if he is shown one."""
        self.told.setCurrentIndex(self.told.findData(told))
        self.seen.setText(words)
        self.seen.setToolTip(as_tool_tip(words))
        set_untrusted_text(self.summary, summary)
        self.summary.setVisible(bool(summary))
        self.summary.setFixedHeight(ROWS * self.fontMetrics().lineSpacing() + 10)

    def show_status(self, found: Checkable) -> None:
        """What could have been checked by now."""
        words = status_words(found)
        self.status.setText(words)
        self.status.setToolTip(as_tool_tip(words))
        self.next.setEnabled(found.revealed < found.steps)
        self.all.setEnabled(found.revealed < found.steps)
        self.none.setEnabled(found.revealed > 0)

    def _build(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.told)
        first.addWidget(self.seen, 1)
        second.addWidget(self.status, 1)
        for button in (self.next, self.all, self.none):
            second.addWidget(button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(3)
        rows.addLayout(first)
        rows.addWidget(self.summary)
        rows.addLayout(second)
        self.told.activated.connect(lambda at: self.told_chosen.emit(self.told.itemData(at)))
        for button, what in ((self.next, "next"), (self.all, "all"), (self.none, "none")):
            button.clicked.connect(lambda _=False, what=what: self.reveal_wanted.emit(what))


def told_words(told: Told, characters: int, tokens: int | None) -> str:
    """What a reader sees of the thought. A thought whose tokens nobody counted is told by its characters."""
    if told == "nothing":
        return tr("The reader sees nothing of the thought.")
    if told == "summary":
        return tr("The reader sees a summary.")
    size = many(tokens, "token") if tokens is not None else many(characters, "character")
    words = (
        tr("The reader sees: thought for {size}.")
        if tokens is not None
        else tr("The reader sees: thought for {size} (nobody counted its tokens).")
    )
    return words.format(size=size)


def summary_words(provided: str, ours: Sequence[str]) -> str:
    """The provider's summary, or ours, and whose it is."""
    if provided.strip():
        return f"{tr(PROVIDED)}\n{provided.strip()}"
    return "\n".join((tr(OURS), *ours)) if ours else tr(NO_SUMMARY)


def status_words(found: Checkable) -> str:
    """`3 of 42 steps revealed: 4 of 9 supported claims and 0 of 1 contradictions can be checked by them.`"""
    revealed = tr("{revealed:,} of {steps:,} steps revealed").format(revealed=found.revealed, steps=found.steps)
    supported = tr("{now:,} of {all:,} supported claims").format(now=found.supported, all=found.of_supported)
    if not found.of_contradicted:
        return tr("{revealed}: {supported} can be checked by them.").format(revealed=revealed, supported=supported)
    against = tr("{now:,} of {all:,} contradictions").format(now=found.contradicted, all=found.of_contradicted)
    words = tr("{revealed}: {supported} and {against} can be checked by them.")
    return words.format(revealed=revealed, supported=supported, against=against)


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(tip)
    button.setToolTip(tip)
    return button
