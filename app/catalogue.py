"""Loads the catalogue of a language, ours and Qt's own, and lets `tr` speak it. Knows no text and no widget."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.language import translate_with
from app.theme import RESOURCES

CONTEXT = "espalier"
"""One context for all texts: the same English sentence has the same translation everywhere."""
CATALOGUES = RESOURCES / "translations"


def speak(app: QCoreApplication, language: str) -> str:
    """Use a language from now on: our own texts, and Qt's on its standard buttons. Returns the one that is used.

    `language`: `de`, `en`, ...; empty for the desktop's. English where there is no catalogue. What widgets show already
    stays as it is, so this comes before the window.
    """
    for old in app.findChildren(_Catalogue):
        app.removeTranslator(old)
        old.deleteLater()
    wanted = language or QLocale.system().name()[:2]
    if not _install(app, f"espalier_{wanted}", CATALOGUES):
        translate_with(str)
        return "en"
    _install(app, f"qtbase_{wanted}", Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)))
    translate_with(partial(QCoreApplication.translate, CONTEXT))
    return wanted


class _Catalogue(QTranslator):
    """One that we installed."""


def _install(app: QCoreApplication, name: str, folder: Path) -> bool:
    catalogue = _Catalogue(app)
    return catalogue.load(name, str(folder)) and app.installTranslator(catalogue)
