"""A breakpoint to be made or changed: its kind, and the one value that it has. Knows no run."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.form_parts import button_box
from app.dialogs.settings_form import NumberBox
from app.language import tr
from app.panels.texts import plain_label
from app.words.breakpoint import KINDS, Kind, Value, kind_of, value_of
from engine.breakpoints import Breakpoint

WIDTH = 420


class BreakpointDialog(QDialog):
    """`chosen` comes with the breakpoint when the user keeps it."""

    chosen = Signal(object)

    def __init__(self, entry: Breakpoint | None, parent: QWidget | None = None) -> None:
        """`entry`: the one to be changed; None for a new one."""
        super().__init__(parent)
        self.setWindowTitle(tr("Breakpoint"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(tr("Pause when"))
        for kind in KINDS:
            self.kinds.addItem(tr(kind.title))
        self._rows = QFormLayout()
        self._rows.addRow(plain_label(tr("Pause when")), self.kinds)
        self._label = plain_label()
        self.field: QWidget = QLineEdit()
        self._rows.addRow(self._label, self.field)
        buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        self.keep = buttons.addButton(tr("Keep"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(self._rows)
        layout.addWidget(buttons)
        self.keep.setDefault(True)
        self.setMinimumWidth(WIDTH)
        self.kinds.currentIndexChanged.connect(lambda _: self._show_field(None))
        if entry is not None:
            self.kinds.setCurrentIndex(KINDS.index(kind_of(entry)))
        self._show_field(None if entry is None else value_of(entry))

    @property
    def kind(self) -> Kind:
        return KINDS[self.kinds.currentIndex()]

    def value(self) -> Value:
        """What stands in the field."""
        if isinstance(self.field, QSpinBox | QDoubleSpinBox):
            return self.field.value()
        assert isinstance(self.field, QLineEdit)
        return self.field.text()

    def _show_field(self, value: Value | None) -> None:
        """The field of the chosen kind, with this value or its default."""
        kind, old = self.kind, self.field
        self.field = _field(kind, kind.default if value is None else value)
        self.field.setAccessibleName(tr(kind.label))
        self._label.setText(tr(kind.label))
        self._rows.replaceWidget(old, self.field)
        self.field.show()
        old.hide()
        old.deleteLater()
        if isinstance(self.field, QLineEdit):
            self.field.textChanged.connect(lambda _: self._validate())
        self._validate()

    def _validate(self) -> None:
        """A text of stars matches nothing."""
        value = self.value()
        self.keep.setEnabled(not isinstance(value, str) or bool(value.strip("* ")))

    def _accept(self) -> None:
        if self.keep.isEnabled():
            self.chosen.emit(self.kind.make(self.value()))  # type: ignore[arg-type] # the field's type is the kind's
            self.accept()


def _field(kind: Kind, value: Value) -> QWidget:
    if isinstance(value, str):
        return QLineEdit(value)
    if isinstance(kind.default, int):
        whole = QSpinBox()
        whole.setRange(int(kind.minimum), int(kind.maximum))
        whole.setValue(int(value))
        return whole
    box = NumberBox()
    box.setRange(kind.minimum, kind.maximum)
    box.setSingleStep(0.05)
    box.setValue(float(value))
    return box
