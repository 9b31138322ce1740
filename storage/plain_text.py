"""How text from a model or a file is made safe to read: plain, with nothing invisible in it. Knows no format."""

from __future__ import annotations

import unicodedata

LONGEST_DRAWN = 2_000
"""Characters of one text that a view measures at most: measuring a megabyte would stall the window."""

_LAYOUT = {"\n", "\t"}
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Unicode categories with nothing to see: controls, bidi and other format characters, lone surrogates, private use."""
_JOINERS = {"\u200c", "\u200d"}
"""Zero-width (non-)joiners shape emoji and several scripts; between letters they are harmless."""


def visible(text: str) -> str:
    """`text` with every control, bidi and format character as a visible box such as `⟦202E⟧`.

    Line breaks and tabs stay (`\\r\\n` becomes `\\n`). What comes out can be drawn as plain text, never as rich text.
    """
    return text if text.isprintable() else text.replace("\r\n", "\n").translate(_boxes)


def one_line(text: str, longest: int = LONGEST_DRAWN) -> str:
    """`text` as one visible line of at most `longest` characters, runs of white space as one blank."""
    return " ".join(visible(text[:longest]).split())


class _Boxes(dict[int, str]):
    """What every character is drawn as, found out when it first turns up (`str.translate` asks by code point)."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = character in _LAYOUT or character in _JOINERS or unicodedata.category(character) not in _UNSAFE
        self[code] = character if plain else f"⟦{code:04X}⟧"
        return self[code]


_boxes = _Boxes()
