"""What all tabs of the desk share: when they read the tables again, and where they find them. Knows no particular tab.

A tab is a panel within the dock: `refresh` comes within a frame of a change and only while it is seen, `say` shows a
sentence in place of the content. Subclasses set `title`, fill `content` and override `refresh`.
"""

from __future__ import annotations

from app.desk.data import DeskData
from app.panels.panel import PanelWidget
from app.parts import Parts


class DeskTab(PanelWidget):
    """One tab. It hears of every change of the tables; what it need not read again it may pass over."""

    title = ""
    """On the tab; a marked literal."""

    def __init__(self, parts: Parts, data: DeskData) -> None:
        super().__init__(parts.shown, parts.theme)
        self.parts = parts
        self.data = data
        for signal in (data.changed, data.rule_changed, data.labels_changed, data.selected_changed):
            signal.connect(self.mark_stale)
