"""The language of the window: `tr` gives a text in it, `mark` names a text that is translated later. Knows no widget.

English is the source. Catalogues are Qt's (`resources/translations/NAME.ts`, compiled to `NAME.qm`), made and checked
by `packaging/translations.py`. Texts of the engine process, of models and of the command line are not translated.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "espalier"
"""One context for all texts: the same English sentence has the same translation everywhere."""


def tr(text: str) -> str:
    """The text in the language in force; itself where there is no translation.

    Values come in afterwards, by name: `tr("Node {node}").format(node=3)`.
    """
    return QCoreApplication.translate(CONTEXT, text)


def mark(text: str) -> str:
    """The text unchanged: a literal in a constant, found by the catalogue and shown through `tr` later."""
    return text
