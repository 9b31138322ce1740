"""A form made from the settings of a strategy: one row for each field. Knows no strategy by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from app.panels.texts import ENGLISH, plain_label
from app.plain_text import as_tool_tip
from engine.search.help import range_words
from engine.search.settings import Setting

LARGEST_INT = 2**31 - 1
"""What a QSpinBox can hold."""


class SettingsForm(QWidget):
    """Rows for `settings`; a row whose setting has no effect at the moment is greyed out."""

    changed = Signal()

    def __init__(self, settings: Sequence[Setting], values: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(ENGLISH)
        self._settings = settings
        self._fields = {entry.name: Field(entry, values.get(entry.name, entry.default)) for entry in settings}
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for entry in settings:
            field = self._fields[entry.name]
            layout.addRow(plain_label(entry.label), field.widget)
            layout.labelForField(field.widget).setToolTip(as_tool_tip(entry.help))
            field.on_change(self._on_change)
        self._grey_out()

    def values(self) -> dict[str, Any]:
        return {name: field.value() for name, field in self._fields.items()}

    def field(self, name: str) -> QWidget:
        """The widget of one setting. Raises KeyError."""
        return self._fields[name].widget

    def _on_change(self) -> None:
        self._grey_out()
        self.changed.emit()

    def _grey_out(self) -> None:
        values = self.values()
        layout = self.layout()
        assert isinstance(layout, QFormLayout)
        for entry in self._settings:
            has_effect = entry.has_effect(values)
            self._fields[entry.name].widget.setEnabled(has_effect)
            layout.labelForField(self._fields[entry.name].widget).setEnabled(has_effect)


class Field:
    """The widget of one setting, whatever its type, with one way to read it and one to listen to it."""

    def __init__(self, entry: Setting, value: Any) -> None:
        self.widget, self.value, self.on_change = _make(entry, value)
        self.widget.setToolTip(as_tool_tip(_help(entry)))
        self.widget.setAccessibleName(entry.label)
        self.widget.setObjectName(entry.name)


Made = tuple[QWidget, Callable[[], Any], Callable[[Callable[[], None]], object]]
"""The widget, how to read it, how to listen to it."""


def _make(entry: Setting, value: Any) -> Made:
    if entry.choices:
        return _choice(entry, value)
    if entry.type is bool:
        return _switch(value)
    if entry.type is int:
        return _whole(entry, value)
    return _number(entry, value) if entry.type is float else _text(value)


def _choice(entry: Setting, value: Any) -> Made:
    box = QComboBox()
    box.addItems(entry.choices)
    box.setCurrentText(str(value))
    return box, box.currentText, lambda slot: box.currentTextChanged.connect(lambda _: slot())


def _switch(value: Any) -> Made:
    box = QCheckBox()
    box.setChecked(bool(value))
    return box, box.isChecked, lambda slot: box.toggled.connect(lambda _: slot())


def _whole(entry: Setting, value: Any) -> Made:
    box = QSpinBox()
    box.setRange(int(_or(entry.minimum, -LARGEST_INT)), int(min(_or(entry.maximum, LARGEST_INT), LARGEST_INT)))
    box.setSpecialValueText(entry.least)
    box.setValue(int(value))
    return box, box.value, lambda slot: box.valueChanged.connect(lambda _: slot())


def _number(entry: Setting, value: Any) -> Made:
    box = NumberBox()
    box.setRange(_or(entry.minimum, -1e12), _or(entry.maximum, 1e12))
    box.setValue(float(value))
    return box, box.value, lambda slot: box.valueChanged.connect(lambda _: slot())


def _text(value: Any) -> Made:
    line = QLineEdit(str(value))
    return line, line.text, lambda slot: line.textChanged.connect(lambda _: slot())


class NumberBox(QDoubleSpinBox):
    """A spin box that shows 0.5 as 0.5, not as 0.5000."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(6)
        self.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)

    def textFromValue(self, value: float) -> str:
        return self.locale().toString(value, "g", 10)


def _or(limit: float | None, other: float) -> float:
    return other if limit is None else limit


def _help(entry: Setting) -> str:
    """The sentence, and the range where there is one."""
    span = range_words(entry)
    return f"{entry.help} {span}." if span else entry.help
