"""Preferences: the look, the language, what happens at the start. Each change holds at once and is remembered."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QFormLayout, QPushButton, QWidget

from app.commands import Actions
from app.dialogs.form_parts import button_box, combo
from app.language import mark, tr
from app.panels.texts import plain_label
from app.settings import LANGUAGES, TEXT_SIZES, Settings
from app.theme import Mode, Theme

LOOKS: dict[Mode, str] = {
    "system": mark("As the desktop"),
    "light": mark("Light"),
    "dark": mark("Dark"),
}
MOTION = "view.reduced_motion"
SYSTEM = mark("As the desktop")
LATER = mark("The language changes when Espalier is started again.")


class Preferences(QDialog):
    """A form without an OK button: what one sees is what holds."""

    keys_wanted = Signal()
    """The user wants to see the keys."""

    def __init__(self, settings: Settings, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings, self._theme, self._actions = settings, theme, actions
        self.look = self._make_look()
        self.size_box = self._make_size()
        self.motion = self._make_motion()
        self.welcome = self._make_welcome()
        self.language = self._make_language()
        self.later = plain_label(wrap=True, quiet=True)
        self.later.setMinimumHeight(self.later.fontMetrics().lineSpacing())
        keys = QPushButton(tr("Keys and commands…"))
        keys.setAutoDefault(False)
        keys.clicked.connect(self.keys_wanted)
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(tr("Look"), self.look)
        form.addRow(tr("Text size"), self.size_box)
        form.addRow("", self.motion)
        form.addRow(tr("Language"), self.language)
        form.addRow("", self.later)
        form.addRow("", self.welcome)
        form.addRow(tr("Keys"), keys)
        form.addRow(buttons)
        self.setMinimumWidth(420)

    def _make_look(self) -> QComboBox:
        box = combo({mode: tr(title) for mode, title in LOOKS.items()}, self._settings.theme, tr("Look"))

        def change() -> None:
            self._settings.theme = mode = box.currentData()
            self._theme.set_mode(mode)

        box.currentIndexChanged.connect(change)
        return box

    def _make_size(self) -> QComboBox:
        sizes = {str(size): f"{size} %" for size in TEXT_SIZES}
        box = combo(sizes, str(self._settings.text_size), tr("Text size"))
        box.setToolTip(tr("Of panels and menus. Cards in the tree are zoomed with Ctrl and the wheel."))

        def change() -> None:
            self._settings.text_size = size = int(box.currentData())
            self._theme.set_text_size(size)

        box.currentIndexChanged.connect(change)
        return box

    def _make_motion(self) -> QCheckBox:
        """The switch of the menu View once more, where one looks for it."""
        action = self._actions[MOTION]
        box = QCheckBox(tr(action.title))
        box.setToolTip(tr(action.help))
        box.setChecked(self._actions.qaction(MOTION).isChecked())
        box.toggled.connect(lambda _: self._actions.qaction(MOTION).trigger())
        return box

    def _make_welcome(self) -> QCheckBox:
        box = QCheckBox(tr("Start with the welcome page"))
        box.setToolTip(tr("Otherwise the session that was open last is opened"))
        box.setChecked(self._settings.welcome_at_start)

        def change(wanted: bool) -> None:
            self._settings.welcome_at_start = wanted

        box.toggled.connect(change)
        return box

    def _make_language(self) -> QComboBox:
        box = combo({"": tr(SYSTEM), **LANGUAGES}, self._settings.language, tr("Language"))
        box.setToolTip(
            tr("Of the window. What the engine and the models say, and the help pages of strategies, stay English.")
        )

        def change() -> None:
            self._settings.language = box.currentData()
            self.later.setText(tr(LATER))

        box.currentIndexChanged.connect(change)
        return box
