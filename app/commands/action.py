"""One thing that a user can do. Knows no window: what it does and when it may be done come in as functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def always() -> bool:
    return True


@dataclass(frozen=True)
class Action:
    """Declared once, shown everywhere: menu, toolbar, palette, sheet of keys, tool tip."""

    id: str
    """Stable name, e.g. `run.step_phase`."""
    title: str
    """In menus and the palette; imperative, without a mnemonic. English: the registry translates it, and `help`."""
    callback: Callable[[], None]
    help: str
    """One sentence: the tool tip and the palette's second line."""
    menu: str = ""
    """The menu it stands in; empty for the palette and keys only."""
    icon: str = ""
    """Name of an SVG in resources/icons."""
    keys: tuple[str, ...] = ()
    """Work anywhere in the window, e.g. `F10`, `Ctrl+N`."""
    view_keys: tuple[str, ...] = ()
    """Bare keys such as `Space`: work while a view has the focus, so that typing in a text field is not disturbed."""
    tree_keys: tuple[str, ...] = ()
    """Bare keys that mean something else in a list, such as `Left`: work while the tree has the focus."""
    enabled: Callable[[], bool] = always
    why_not: Callable[[], str] | None = None
    """For actions that can say why they may not be done now: a sentence, empty if they may. It is in the tool tip."""
    checked: Callable[[], bool] | None = None
    """For switches: whether it is on. None for an action that is no switch."""
    label: Callable[[], str] | None = None
    """A title that changes with the state, e.g. Run and Continue, translated. None: the title."""
    separator: bool = False
    """Whether a line stands above it in its menu."""
    submenu: str = ""
    """The title of the menu within its menu in which it stands; empty for the menu itself."""

    @property
    def all_keys(self) -> tuple[str, ...]:
        return (*self.keys, *self.view_keys, *self.tree_keys)

    def possible(self) -> bool:
        """Whether it may be done now."""
        return self.enabled() and not self.obstacle()

    def obstacle(self) -> str:
        """Why it may not be done now; empty if it may, and for actions that do not say."""
        return self.why_not() if self.why_not is not None else ""
