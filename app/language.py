"""The language of the window: `tr` gives a text in it, `mark` names a text that is translated later. Knows no Qt.

English is the source. Catalogues are Qt's (`resources/translations/NAME.ts`, compiled to `NAME.qm`), made and checked
by `packaging/translations.py`, and loaded by `app/catalogue.py`. Texts of the engine process, of models and of the
command line are not translated.
"""

from __future__ import annotations

from collections.abc import Callable

_translate: Callable[[str], str] = str


def tr(text: str) -> str:
    """The text in the language in force; itself where there is no translation.

    Values come in afterwards, by name: `tr("Node {node}").format(node=3)`.
    """
    return _translate(text)


def mark(text: str) -> str:
    """The text unchanged: a literal in a constant, found by the catalogue and shown through `tr` later."""
    return text


def translate_with(translate: Callable[[str], str]) -> None:
    """What `tr` does from now on. One language per process: it is set once, before there is a window."""
    global _translate
    _translate = translate
