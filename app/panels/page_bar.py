"""Tabs in a row's end: where a panel has no room for all its parts, one of them is seen at a time. Knows no run."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

Page = tuple[str, QWidget]
"""Its title, and what is seen of it."""


class PageBar(QTabBar):
    """Hides and shows the parts, wherever they stand; it is hidden itself while all of them are seen."""

    def __init__(self, name: str, pages: Sequence[Page]) -> None:
        """`name` is what a screen reader calls it."""
        super().__init__()
        self._parts = tuple(part for _, part in pages)
        self._room_for_all = True
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        for button in self.findChildren(QToolButton):  # Qt names its own for screen readers alone
            button.setToolTip(button.accessibleName())
        for title, _ in pages:
            self.addTab(title)
        self.currentChanged.connect(lambda _: self._arrange())
        self._arrange()

    def give_room(self, for_all: bool) -> None:
        """Whether all parts are seen, or one."""
        if for_all != self._room_for_all:
            self._room_for_all = for_all
            self._arrange()

    def offer(self, part: QWidget, possible: bool) -> None:
        """Whether this part has anything to show. Raises ValueError for one that is not among the pages."""
        self.setTabVisible(self._parts.index(part), possible)
        self._arrange()

    def shows(self, part: QWidget) -> bool:
        """Whether it is seen now. Raises ValueError for one that is not among the pages."""
        place = self._parts.index(part)
        return self.isTabVisible(place) and (self._room_for_all or place == self.currentIndex())

    def _arrange(self) -> None:
        self.setVisible(not self._room_for_all)
        for part in self._parts:
            part.setVisible(self.shows(part))
