"""Whether an expression in a text goes on beyond what was read of it, and so must not be judged. Knows no equation."""

from __future__ import annotations

import re

_GROUP = re.compile(r" \d{3}(?!\d)")
_LEAD_WORDS = "so and that is then thus have get gives since because hence"
_LEADS = frozenset(_LEAD_WORDS.split())
"""May stand before an equation."""


def is_open_left(text: str, first: int, start: int) -> bool:
    """Whether the expression goes on to the left with something that is not read: `x + 3 = 7`, `f(3) = 9`."""
    line = text[max(start, first - 24) : first].rpartition("\n")[2]
    if text[first : first + 1] == "(" and (line[-1:].isalnum() or line.rstrip()[-1:].isdecimal()):
        return True
    if text[first : first + 2] in ("00", "01"):  # 350 000: the blank is a separator here, or nobody knows
        return True
    before = line.rstrip(" $*_`" if line.rstrip()[-1:] != "*" or line.endswith("**") else " $")
    if before.endswith("<<"):
        return False
    if before[-1:] in ("x", "X") and before[-2:-1].isdecimal():
        return True
    if before[-1:] in ("+", "×", "·", "÷", "/", "^", ")", "!", "√", "|", "<", ">", "]"):
        return True
    if before[-1:] in ("-", "−", "*"):
        return bool(before[:-1].strip(" \t*->"))
    return before.endswith("{") and not before.endswith("boxed{")


def is_open_right(text: str, stop: int) -> bool:
    """Whether it goes on to the right: `= 5 + x`, `= 7x`, `= 5!`."""
    after = text[stop : stop + 6]
    if after[:1].isalpha() and not after[1:2].isalpha():
        return True
    if _GROUP.match(after):
        return True
    bare = after.lstrip(" ")
    if bare[:1] in ("+", "×", "·", "÷", "^", "!") or (bare[:1] == "*" and bare[1:2] != "*"):
        return True
    if bare[:1] == "/":
        return not bare[1:3].isalpha()  # but `= 700/week` is read
    letter = bare[1:].lstrip()
    return (bare[:1] in ("-", "−")) and letter[:1].isalpha() and letter[1:2] in ("", " ", ")")


def stands_alone(text: str, at: int, start: int) -> bool:
    """Whether a lone number is the left side, not the end of something in words (`7 mod 2 = 1`)."""
    before = text[max(start, at - 12) : at].rpartition("\n")[2].rstrip(" $*_`")
    return not before[-1:].isalnum() or before.split()[-1].lower() in _LEADS
