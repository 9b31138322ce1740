"""The view on screen as a picture file or on paper: asks for the file, says what went wrong. Knows no tree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.banner import Notice
from app.dialogs import files
from app.language import tr
from app.output import printing
from app.plain_text import one_line
from app.session_controller import SessionController
from storage.errors import SessionError


class ViewOutput:
    """`paint` paints the whole view into a rectangle, `paint_on_paper` in colours for that. A picture is suggested to
    bear the session's name, and says in itself which session that is."""

    def __init__(
        self,
        window: QWidget,
        paint: printing.Paint,
        paint_on_paper: printing.Paint,
        sessions: SessionController,
        say: Callable[[Notice], None],
    ) -> None:
        self._window, self._paint, self._paint_on_paper = window, paint, paint_on_paper
        self._sessions, self._say = sessions, say

    def export(self) -> None:
        """Ask for a file; its suffix is the format."""
        folder = files.folder_for(self._sessions.path, self._sessions.folder)
        files.ask_picture(self._window, folder / self._sessions.name, self.save)

    def save(self, path: Path) -> None:
        """Write the picture and say where it is, or why it is not."""
        try:
            printing.save_view(self._paint, path, told=self._told())
        except OSError as error:
            self._say(Notice(str(error), key="picture"))
        else:
            self._say(Notice(tr("The picture is in {path}.").format(path=one_line(str(path))), "hint", key="picture"))

    def _told(self) -> dict[str, str]:
        """Which run of which session is drawn: a file's name may change, this does not."""
        session, info = self._sessions.session, self._sessions.shown_info
        if session is None:
            return {}
        try:
            number = session.properties().get("id", "")
        except SessionError:  # the file is gone; what is on screen can be painted all the same
            number = ""
        found = {"Session": number, "Run": str(info.id) if info else ""}
        return {name: words for name, words in found.items() if words}

    def print(self) -> None:
        """Open the preview."""
        try:
            printing.print_view(self._paint_on_paper, self._window)
        except ImportError as error:  # a system without CUPS' library, for example
            self._say(Notice(tr("Nothing can be printed here: {error}").format(error=error), key="picture"))

    def image(self) -> QImage:
        """The view in pixels, for the clipboard."""
        return printing.draw_image(self._paint)
