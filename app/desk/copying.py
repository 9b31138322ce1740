"""Copies tables of the desk as Markdown. Knows no particular rows."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication

from app.language import tr
from app.output.markdown import escaped, table
from app.panels.rows_table import RowsModel


def copy_tables(title: str, *models: RowsModel[Any], most: int | None = None) -> None:
    """Put all cells of the models, of each at most so many rows, into the clipboard under a title."""
    parts = [f"**{escaped(title)}**"]
    for model in models:
        columns = range(len(model.columns))
        rows = ([model.text(row, column) for column in columns] for row in model.rows[:most])
        parts.append(table([tr(column.title) for column in model.columns], rows))
    QGuiApplication.clipboard().setText("\n\n".join(parts) + "\n")
