"""Asks for a scorer: which model, how it is read, and what is different from that. Starts nothing, loads no model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.form_parts import button_box, combo, error_label, side_by_side
from app.dialogs.limits import folder_boxes
from app.language import tr
from app.models.scorer_choice import (
    KIND_WORDS,
    KINDS,
    ScorerChoice,
    choice_of,
    found_in,
    known_recipes,
    recipe_called,
    recipes_for,
)
from app.panels.texts import ENGLISH, plain_label
from app.plain_text import as_tool_tip, one_line, visible
from app.settings import Settings
from app.theme import Theme
from engine.scorers.naming import parse
from engine.scorers.recipes import Recipe

SIZE = QSize(620, 430)
LONGEST_TITLE = 70
_NAME = re.compile("[a-z_]+")
_ESCAPES = (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"))


class ScorerDialog(QDialog):
    """`chosen` comes with the scorer's name when the user takes it."""

    chosen = Signal(str)

    def __init__(
        self,
        spec: str,
        recent: Sequence[str],
        theme: Theme,
        parent: QWidget | None = None,
        title: str = "",
        verb: str = "",
    ) -> None:
        """`spec`: what is filled in at first. `recent`: names that were taken before. `verb`: on the button."""
        super().__init__(parent)
        self.setWindowTitle(title or tr("Choose a scorer"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        self._recipes, self._broken = known_recipes()
        self._make_fields(recent)
        self._arrange(verb or tr("Choose"))
        self._fill(choice_of(spec))
        self._connect()
        self._refresh()
        self.take.setDefault(True)

    def choice(self) -> ScorerChoice:
        """What the form says, right or wrong."""
        kind = self.kind.currentData()
        return ScorerChoice(
            kind,
            self.place.text().strip() if kind in ("folder", "critic") else "",
            bool(self.reads.currentData()),
            str(self.recipe.currentData() or ""),
            self._values(),
        )

    def spec(self) -> str:
        """The scorer's name."""
        return self.choice().spec(self._recipes)

    def error(self) -> str:
        """What is wrong, as a sentence; empty if nothing is."""
        for name, value in self._given():
            if not _NAME.fullmatch(name):
                return tr("A value is written NAME=VALUE, not {text}.").format(text=one_line(name or value))
            if ";" in value:
                return tr("A value cannot hold a semicolon: it would end there.")
        return self.choice().fault(self._recipes)

    # building

    def _make_fields(self, recent: Sequence[str]) -> None:
        self.recent = QComboBox()
        self.recent.setAccessibleName(tr("Used before"))
        self.recent.addItem(tr("Used before…"), "")
        for name in recent:
            self.recent.addItem(one_line(parse(name).title, LONGEST_TITLE), name)
            self.recent.setItemData(self.recent.count() - 1, as_tool_tip(name), Qt.ItemDataRole.ToolTipRole)
        self.kind = combo({kind: tr(KIND_WORDS[kind]) for kind in KINDS}, "prm", tr("Kind of scorer"))
        self.place, self.browse = folder_boxes(tr("Folder of the model"))
        self.reads = QComboBox()
        self.reads.setAccessibleName(tr("What it scores"))
        self.reads.addItem(tr("steps"), False)
        self.reads.addItem(tr("whole answers"), True)
        self.recipe = QComboBox()
        self.recipe.setAccessibleName(tr("Recipe"))
        self.recipe.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.notes = plain_label(wrap=True, quiet=True)
        self.separator = QLineEdit()
        self.separator.setAccessibleName(tr("Separator"))
        self.separator.setToolTip(as_tool_tip(tr("What stands between two steps; \\n is a line break")))
        self.reference, self.browse_reference = folder_boxes(tr("Folder of the reference model"))
        self.others = QLineEdit(placeholderText="aggregate=mean;tag= <step>")
        self.others.setAccessibleName(tr("Other values"))
        self.others.setToolTip(
            as_tool_tip(tr("What is different from the recipe: NAME=VALUE, with semicolons between"))
        )
        self.name = plain_label(wrap=True, selectable=True)
        self.name.setFont(self._theme.mono_font())
        for widget in (self.recent, self.recipe, self.notes, self.others, self.name):
            widget.setObjectName(ENGLISH)
        self.fault = error_label(self._theme)

    def _arrange(self, verb: str) -> None:
        self._rows = QFormLayout()
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._place_row = side_by_side(self.place, self.browse)
        self._reference_row = side_by_side(self.reference, self.browse_reference)
        if self.recent.count() > 1:
            self._rows.addRow("", self.recent)
        self._rows.addRow(tr("Scorer"), self.kind)
        self._place_label = plain_label(tr("Folder"))
        self._rows.addRow(self._place_label, self._place_row)
        self._rows.addRow(tr("Recipe"), self.recipe)
        self._rows.addRow("", self.notes)
        self._rows.addRow(tr("It scores"), self.reads)
        self._rows.addRow(tr("Separator"), self.separator)
        self._rows.addRow(tr("Reference model"), self._reference_row)
        self._rows.addRow(tr("Other values"), self.others)
        self._rows.addRow(tr("Name"), self.name)
        items = (self._rows.itemAt(row, QFormLayout.ItemRole.LabelRole) for row in range(self._rows.rowCount()))
        labels = [label for item in items if item is not None and (label := item.widget()) is not None]
        width = max(label.sizeHint().width() for label in labels)
        for label in labels:
            label.setMinimumWidth(width)  # else the fields move when a row comes
        buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        self.take = buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(self._rows)
        layout.addStretch(1)
        layout.addWidget(self.fault)
        layout.addWidget(buttons)
        self.resize(SIZE.boundedTo(self.screen().availableSize() * 0.9))

    def _connect(self) -> None:
        self.recent.activated.connect(self._take_recent)
        self.kind.currentIndexChanged.connect(lambda _: self._on_kind())
        self.recipe.currentIndexChanged.connect(lambda _: self._refresh())
        self.reads.currentIndexChanged.connect(lambda _: self._refresh())
        for line in (self.place, self.separator, self.reference, self.others):
            line.textChanged.connect(lambda _: self._refresh())

    # showing

    def _fill(self, choice: ScorerChoice) -> None:
        """Let the fields say this."""
        values = dict(choice.values)
        self.kind.setCurrentIndex(self.kind.findData(choice.kind))
        self._offer_recipes(choice.recipe)
        self.place.setText(choice.place)
        self.reads.setCurrentIndex(int(choice.whole))
        self.separator.setText(_escaped(values.pop("separator", "")))
        self.reference.setText(values.pop("reference", ""))
        self.others.setText(";".join(f"{key}={_escaped(value)}" for key, value in values.items()))

    def _take_recent(self, row: int) -> None:
        if name := str(self.recent.itemData(row)):
            self._fill(choice_of(name))
            self._refresh()

    def _on_kind(self) -> None:
        self._offer_recipes("")
        self._refresh()

    def _offer_recipes(self, chosen: str) -> None:
        kind = self.kind.currentData()
        with QSignalBlocker(self.recipe):
            self.recipe.clear()
            self.recipe.addItem(tr("found by itself") if kind == "folder" else tr("ProcessBench's prompt"), "")
            for recipe in recipes_for(kind, self._recipes):
                self.recipe.addItem(one_line(recipe.title, LONGEST_TITLE), recipe.name)
            self.recipe.setCurrentIndex(max(0, self.recipe.findData(chosen)))

    def _refresh(self) -> None:
        """Only the rows that mean something now; the name, and what is wrong."""
        choice = self.choice()
        recipe = recipe_called(choice.recipe, self._recipes)
        elsewhere = choice.kind in ("folder", "critic")
        self._place_label.setText(tr("Folder") if choice.kind == "folder" else tr("Folder or server"))
        self.place.setPlaceholderText("" if choice.kind == "folder" else tr("the run's own model"))
        about, error = self._about(choice, recipe), self.error()
        for row, shown in (
            (self._place_row, elsewhere),
            (self.recipe, elsewhere),
            (self.notes, bool(about)),
            (self.reads, choice.kind == "folder" and recipe is None),
            (self.separator, recipe is not None and (recipe.at == "separator" or bool(recipe.separator))),
            (self._reference_row, recipe is not None and recipe.family == "implicit"),
            (self.others, recipe is not None),
        ):
            self._rows.setRowVisible(row, shown)
        self.separator.setPlaceholderText(_escaped(recipe.separator) if recipe is not None else "")
        self.notes.setText(visible(about))
        self.name.setText("" if error else visible(self.spec()))
        self.fault.setText(visible(error or self._broken))
        self.take.setEnabled(not error)

    def _about(self, choice: ScorerChoice, recipe: Recipe | None) -> str:
        """What to know of the recipe; or which one will be taken."""
        if recipe is not None:
            return " ".join(filter(None, (recipe.notes, recipe.citation)))
        if choice.kind != "folder" or choice.fault(self._recipes):
            return ""
        found = found_in(choice.place, choice.whole, self._recipes)
        return tr("By its files: {title}").format(title=found.title) if found else tr("Found when it is loaded.")

    def _values(self) -> tuple[tuple[str, str], ...]:
        """What is different from the recipe."""
        return parse("prm:x#y" + "".join(f";{name}={value}" for name, value in self._given())).values

    def _given(self) -> list[tuple[str, str]]:
        """Names and texts as they were typed, of the rows that can be seen."""
        given = [
            (name, field.text())
            for name, field, row in (
                ("separator", self.separator, self.separator),
                ("reference", self.reference, self._reference_row),
            )
            if field.text() and self._rows.isRowVisible(row)
        ]
        if self._rows.isRowVisible(self.others):
            parts = (part.partition("=") for part in self.others.text().split(";") if part.strip())
            given += [(name.strip() if equals else "", value if equals else name) for name, equals, value in parts]
        return given

    def _accept(self) -> None:
        if self.take.isEnabled():
            self.chosen.emit(self.spec())
            self.accept()


def ask_scorer(parent: QWidget, settings: Settings, theme: Theme, chosen: Callable[[str], None]) -> None:
    """Ask who is to score traces; `chosen` gets the name, which is offered first the next time."""
    recent = settings.recent_scorers
    dialog = ScorerDialog(next(iter(recent), "prm"), recent, theme, parent, tr("Score traces with"), tr("Score traces"))
    dialog.chosen.connect(settings.add_recent_scorer)
    dialog.chosen.connect(chosen)
    dialog.open()


def _escaped(text: str) -> str:
    for character, written in _ESCAPES:
        text = text.replace(character, written)
    return text
