"""Which keys an action may have, and where each works: bare ones only in views. Knows no widget and no registry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from app.commands.action import Action

Place = Literal["keys", "view_keys", "tree_keys"]
PLACES: tuple[Place, ...] = ("keys", "view_keys", "tree_keys")

_SHIFT_AT_MOST = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)


def same_key(one: str, other: str) -> bool:
    """Whether two spellings mean the same key, e.g. `Ctrl+Shift+P` and `shift+ctrl+p`."""
    return canonical(one) == canonical(other)


@cache
def canonical(key: str) -> str:
    """The one spelling that all spellings of a key share."""
    return QKeySequence(key).toString()


def is_key(text: str) -> bool:
    """Whether the text names one key, with its modifiers. Two keys in a row are not supported."""
    sequence = QKeySequence(text)
    return sequence.count() == 1 and _pressed(text).key() != Qt.Key.Key_unknown


def is_bare(key: str) -> bool:
    """Whether the key means something to a text field: it is pressed alone or with Shift, and is no function key."""
    pressed = _pressed(key)
    function_key = Qt.Key.Key_F1 <= pressed.key() <= Qt.Key.Key_F35
    return pressed.keyboardModifiers() in _SHIFT_AT_MOST and not function_key


def with_keys(declared: Action, keys: Iterable[str]) -> Action:
    """`declared` with these keys instead of its own. A key of its own works where it did; others where they may."""
    places: dict[Place, list[str]] = {place: [] for place in PLACES}
    for key in keys:
        places[_place(declared, key)].append(key)
    return replace(
        declared,
        keys=tuple(places["keys"]),
        view_keys=tuple(places["view_keys"]),
        tree_keys=tuple(places["tree_keys"]),
    )


def without(keys: Sequence[str], key: str) -> tuple[str, ...]:
    return tuple(other for other in keys if not same_key(other, key))


def native(key: str) -> str:
    """The key as the platform writes it, e.g. `Ctrl+F5` or `⌘F5`."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def keys_text(action: Action) -> str:
    """All keys of an action as the platform writes them, e.g. `F5, Space`; empty if it has none."""
    return ", ".join(map(native, action.all_keys))


def _pressed(key: str) -> QKeyCombination:
    combination: QKeyCombination = QKeySequence(key)[0]  # type: ignore[index] # the stubs do not know it
    return combination


def _place(declared: Action, key: str) -> Place:
    owned: dict[Place, tuple[str, ...]] = {
        "keys": declared.keys,
        "view_keys": declared.view_keys,
        "tree_keys": declared.tree_keys,
    }
    for place, keys in owned.items():
        if any(same_key(key, other) for other in keys):
            return place
    if not is_bare(key):
        return "keys"
    return "tree_keys" if declared.tree_keys and not declared.view_keys else "view_keys"
