"""Adds Espalier to the desktop while the window stays alive, and says how it went. Knows no menu of the window."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from PySide6.QtCore import QObject, Qt, Signal

from app.banner import Notice
from app.plain_text import one_line

KEY = "desktop"
"""Of the notice that says how it went."""


class MenuEntry(QObject):
    """Works in a thread: a desktop with many programs takes seconds to look through them."""

    _done = Signal(object)
    """The notice: said by the thread that worked."""

    def __init__(self, say: Callable[[Notice], None], parent: QObject) -> None:
        super().__init__(parent)
        self._say = say
        self._done.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def add(self) -> None:
        from app.desktop.integration import install

        Thread(target=self._perform, args=(install,), daemon=True).start()

    def remove(self) -> None:
        from app.desktop.integration import uninstall

        Thread(target=self._perform, args=(uninstall,), daemon=True).start()

    def _perform(self, act: Callable[[], list[str]]) -> None:
        from app.desktop.integration import DesktopError

        try:
            notice = Notice(one_line(" ".join(act())), "hint", key=KEY)
        except DesktopError as error:
            notice = Notice(one_line(str(error)), key=KEY)
        with suppress(RuntimeError):  # the window was closed meanwhile
            self._done.emit(notice)

    def _tell(self, notice: Notice) -> None:
        self._say(notice)
