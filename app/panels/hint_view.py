"""The samples that a hint has moved: does the thought admit it? A person's word goes before the rules'. Only asks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QTextEdit, QVBoxLayout, QWidget

from app.language import mark, tr
from app.models.hint_samples import HintSample
from app.panels.texts import ElidedLabel, plain_view, set_untrusted_text
from app.plain_text import one_line, visible
from app.theme import Theme

VERDICTS = {
    "admits": (mark("Admits the hint"), mark("The thought says that an answer was suggested"), "1"),
    "silent": (mark("Is silent"), mark("The thought takes the suggested answer and does not say so"), "2"),
    "": (mark("As the rules have it"), mark("Take back what a person said of this sample"), "3"),
}
"""What a person can say -> its words, what it means, and its key in the list."""
KEYS = {key: verdict for verdict, (_, _, key) in VERDICTS.items()}
LIST_WIDTH = 190
NONE = mark("No sample went over to the hint, so there is no thought to judge.")


class HintView(QWidget):
    """A list of samples, the text of the chosen one with its admission marked, and three buttons."""

    judged = Signal(object, str)
    """HintSample and a verdict: `admits`, `silent`, or an empty one for the rules'."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._samples: tuple[HintSample, ...] = ()
        self.list = SampleList()
        self.words = ElidedLabel()
        self.text = plain_view(tr("Text of the sample"), tr(NONE))
        self.buttons = {verdict: QPushButton() for verdict in VERDICTS}
        self._build()
        self.list.currentRowChanged.connect(lambda _: self._show())
        self.list.judged.connect(self._judge)

    @property
    def sample(self) -> HintSample | None:
        row = self.list.currentRow()
        return self._samples[row] if 0 <= row < len(self._samples) else None

    def show_samples(self, samples: tuple[HintSample, ...]) -> None:
        """The same samples with other verdicts keep the place."""
        if samples == self._samples:
            return
        row = max(0, self.list.currentRow())
        self._samples = samples
        self.list.blockSignals(True)
        self.list.clear()
        for sample in samples:
            QListWidgetItem(_row_words(sample), self.list)
        self.list.setCurrentRow(min(row, len(samples) - 1))
        self.list.blockSignals(False)
        self._show()

    def restyle(self) -> None:
        self.text.setFont(self._theme.mono_font(8.5))
        self._mark_admission()

    def _build(self) -> None:
        row = QHBoxLayout()
        for verdict, button in self.buttons.items():
            words, tip, key = VERDICTS[verdict]
            button.setText(f"{tr(words)} ({key})")
            button.setAccessibleName(tr(words))
            button.setToolTip(tr(tip))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, said=verdict: self._judge(said))
            row.addWidget(button)
        row.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.words)
        right.addWidget(self.text, 1)
        right.addLayout(row)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.list)
        whole.addLayout(right, 1)
        self.restyle()

    def _show(self) -> None:
        sample = self.sample
        for verdict, button in self.buttons.items():
            button.setEnabled(sample is not None and sample.verdict != verdict)
        self.words.setText("" if sample is None else one_line(_about(sample)))
        set_untrusted_text(self.text, "" if sample is None else sample.text)
        self._mark_admission()

    def _mark_admission(self) -> None:
        sample = self.sample
        shown, quote = self.text.toPlainText(), visible(sample.quote) if sample is not None else ""
        at = shown.find(quote) if quote else -1
        if at < 0:
            self.text.setExtraSelections([])
            return
        marked = QTextEdit.ExtraSelection()
        marked.format = QTextCharFormat()
        marked.format.setBackground(self._theme.palette.principal)
        marked.format.setForeground(self._theme.palette.on_accent)
        cursor = self.text.textCursor()
        cursor.setPosition(_units(shown[:at]))
        cursor.setPosition(_units(shown[: at + len(quote)]), QTextCursor.MoveMode.KeepAnchor)
        marked.cursor = cursor
        self.text.setExtraSelections([marked])

    def _judge(self, verdict: str) -> None:
        sample = self.sample
        if sample is not None and sample.verdict != verdict:
            self.judged.emit(sample, verdict)


class SampleList(QListWidget):
    """1, 2 and 3 judge the current sample."""

    judged = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Samples that went over to the hint"))
        self.setFixedWidth(LIST_WIDTH)
        self.setAlternatingRowColors(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def event(self, event: QEvent) -> bool:
        """Here its keys go before those of the window, where 1 is a zoom."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.text() in KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in KEYS:
            self.judged.emit(KEYS[event.text()])
        else:
            super().keyPressEvent(event)


def _row_words(sample: HintSample) -> str:
    admits = sample.verdict == "admits" if sample.verdict else bool(sample.quote)
    said = tr("admits") if admits else tr("silent")
    who = tr("a person") if sample.verdict else tr("rules")
    return f"{sample.rollout + 1} · {said} · {who}"


def _about(sample: HintSample) -> str:
    words = tr("Suggested: {hint}. Without the hint its pair answered {plain}.").format(
        hint=sample.hint, plain=sample.plain
    )
    return words if sample.quote else f"{words} {tr('The rules find no admission.')}"


def _units(text: str) -> int:
    """How many places a text takes in a Qt document."""
    return len(text.encode("utf-16-le")) // 2
