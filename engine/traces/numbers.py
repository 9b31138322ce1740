r"""Finds the numbers in a text and their exact values, however they are written. Knows no claim and no step.

    [str(number.value) for number in numbers("1,200 or 1.2e3, \\frac12, 50%, -0.5")]     # 1200 1200 1/2 1/2 -1/2

Two are equal if their values are, as fractions: 0.5 = 1/2 = 50 %. Read are signs, thousands separators (`,` `_` `{,}`
and narrow blanks), decimals with a point, `a/b`, mixed numbers, `½`, LaTeX fractions, percent, powers of ten, `1.2
million`. Not numbers are parts of names (`x1`, `x_{1}`, `v1.2.3`, `192.168.0.1`) and ordinals (`2nd`). Numbers that
only number something (`Step 3`, list markers, `version 3.11`), dates, and ratios and times of day (`3:1`, `12:00`) are
found but have another role, so that they are not taken for a quantity. Number words (`three`) and decimal commas are
not read. Time is linear in the text; longer than MOST_DIGITS is no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Literal

import msgspec

Role = Literal["quantity", "label", "date", "ratio"]
"""`ratio`: what has colons, also a time of day; its value is that of its first number."""

MOST_DIGITS = 60
MOST_EXPONENT = 300


class Number(msgspec.Struct, frozen=True, gc=False):
    """One number as it stands in a text."""

    start: int
    end: int
    value: Fraction
    role: Role = "quantity"
    places: int = 0
    """Digits written after the point: how exact it claims to be."""
    parts: tuple[Fraction, ...] = ()
    """Of `3/4`: 3 and 4, which may be meant as numbers of their own."""
    percent: bool = False


_DIGITS = r"(?:\d{1,3}(?:(?:,|\{,\}|\\,|[_\u00a0\u2009\u202f])\d{3}){1,15}(?!\d)|\d++)"
_PLAIN = rf"(?:{_DIGITS}(?:\.\d++)?|\.\d++)"
_VULGAR = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5), "⅘": Fraction(4, 5), "⅙": Fraction(1, 6),
    "⅚": Fraction(5, 6), "⅛": Fraction(1, 8), "⅜": Fraction(3, 8), "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
}  # fmt: skip
_SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_TEN = (
    r"10(?:~?(?:\^|\*\*)~?(?:\{~?(?P<@brace>[-+−]?\d{1,4})~?\}|(?P<@bare>[-+−]?\d{1,4}))"
    r"|(?P<@raised>⁻?[⁰¹²³⁴-⁹]{1,4}))"
)
"""A power of ten; @ stands for what its groups' names begin with."""
_BLANK = r"[ \u00a0]"
"""Written ~ below: no number goes on in the next line."""
_PATTERN = (
    r"\\[dtc]?frac~?(?:"
    rf"\{{~?(?P<over>[-−]?{_PLAIN})~?\}}~?\{{~?(?P<under>{_PLAIN})~?\}}|(?P<short_over>\d)~?(?P<short_under>\d))"
    r"|(?<![A-Za-z0-9_\u00c0-\u03ff])(?<!\d\.)(?:"
    + _TEN.replace("@", "a_")
    + rf"|(?P<plain>{_PLAIN})(?:"
    + r"~?(?:×|\*|x|·|\\times|\\cdot)~?" + _TEN.replace("@", "b_")
    + r"|[eE](?P<e>[-+]?\d{1,4})(?![\w])"
    r"|(?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
    r"|~(?P<mixed_over>\d{1,4})[/⁄](?P<mixed_under>\d{1,4})(?![\d/.])"
    r"|~?\\[dt]?frac\{(?P<mixed_tex_over>\d{1,4})\}\{(?P<mixed_tex_under>\d{1,4})\}"
    rf"|[/⁄](?P<slash>{_DIGITS})(?![/⁄]\d|\.\d)"
    r"|~(?P<scale>hundred|thousand|million|billion|trillion)\b)?"
    r")(?P<percent>~?\\?%|~(?:percent|per~cent)\b)?"
    r"|(?<![\d⁄/])(?P<alone>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
)  # fmt: skip
_NUMBER = re.compile(_PATTERN.replace("~", _BLANK))

_NAME_WORDS = (
    "step case part problem question equation eq eqn example attempt method approach option section chapter figure fig "
    "table line lemma theorem scenario phase way trial no steps cases parts equations options № version "
    "release"
)
_NAMES = frozenset(_NAME_WORDS.split())
"""What a number behind these does is to name one of them."""
_BULLET = re.compile(r"(?:^|\n)[ \t]{0,12}[>*_#(-]{0,4}[ \t]?[*(]{0,3}$")
_AFTER_BULLET = re.compile(r"[.)][*_]{0,3}[ \t]+(?=\S)(?![-+/×÷=]|\*(?!\*\w))")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b|[a-zA-Z]{1,12}\d")
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|during|until|year|years|circa|january|february|march|april|may|june|july|august|september|october"
    r"|november|december)|©) (?:\d{1,2}, )?$",
    re.IGNORECASE,
)
_AFTER_YEAR = re.compile(r"\s*(?:$|[,.;:!?)]|(?:and|but|the|he|she|they|it|there|when|we|was|is|a|as|with|to|or|by)\b)")
_MONTH_WORDS = (
    "January February March April May June July August September October November December "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
_MONTHS = frozenset(_MONTH_WORDS.split())
_MONTH_AFTER = re.compile(rf" (?:of )?(?:{_MONTH_WORDS.replace(' ', '|')})\b")
_RATIO = re.compile(r"(?::\d++(?:\.\d++)?)+")
_DATE = re.compile(r"[-/.]\d{1,2}[-/.]\d{1,4}(?!\d)")
_SIGNED_AFTER = frozenset("([{=<>≤≥≈,:;$+*/×·÷^|&")


def numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """All numbers in `text[start:end]`, in order; offsets are of the whole text.

    What stands before the part does not count: `410` is 10 if a shown text begins after the 4 of a thought.
    """
    end = len(text) if end is None else end
    if not start or text[start - 1].isspace():
        return list(_found(text, start, end))
    part = text[start:end]
    return [
        msgspec.structs.replace(number, start=number.start + start, end=number.end + start)
        for number in _found(part, 0, len(part))
    ]


def _found(text: str, start: int, end: int) -> Iterator[Number]:
    until = start
    for match in _NUMBER.finditer(text, start, end):
        at, stop = match.span()
        if at < until:
            continue
        if match.lastgroup != "plain":
            number = _read(match)
            if number is not None:
                sign = _sign_start(text, at, start)
                yield number if sign is None else _negative(number, sign)
            continue
        after = text[stop] if stop < end else ""
        if after in "-/." and after and (date := _date_end(text, at, stop, end)):
            until = date
            yield Number(at, date, Fraction(int(re.sub(r"\D", "", text[at:date]))), "date")
            continue
        value = _plain(match[0])
        if value is not None and after == ":" and (ratio := _RATIO.match(text, stop, end)):
            until = ratio.end()
            yield Number(at, until, value, "ratio")
            continue
        if value is None or ((after.isalnum() or after in ".}") and _is_name(text, at, stop, start, end)):
            continue
        if at > start and text[at - 1] in "-−$€£" and (sign := _sign_start(text, at, start)) is not None:
            yield Number(sign, stop, -value, "quantity", _places(match[0]))
        else:
            role = _role(text, at, stop, start, end, after) if stop - at <= 4 else "quantity"
            yield Number(at, stop, value, role, _places(match[0]))


def _negative(number: Number, sign: int) -> Number:
    return msgspec.structs.replace(number, start=sign, value=-number.value)


def _places(digits: str) -> int:
    point = digits.find(".")
    return 0 if point < 0 else len(digits) - point - 1


@lru_cache(maxsize=65_536)
def _plain(digits: str) -> Fraction | None:
    """The value of digits with separators and a point; None if there are too many."""
    if len(digits) > 2 * MOST_DIGITS:
        return None
    bare = re.sub(r"[^\d.]", "", digits)
    if len(bare) > MOST_DIGITS:
        return None
    before, _, after = bare.partition(".")
    return Fraction(int(before + after or "0"), 10 ** len(after))


def _read(match: re.Match[str]) -> Number | None:
    """A number that is more than digits, without the sign in front of it."""
    found = match.groupdict()
    value, parts = _value(found)
    if value is None:
        return None
    percent = found["percent"] is not None
    places = _places(found["plain"] or "") + (2 if percent else 0)
    return Number(*match.span(), value / 100 if percent else value, "quantity", places, parts, percent)


def _value(found: dict[str, str | None]) -> tuple[Fraction | None, tuple[Fraction, ...]]:
    if found["over"] or found["short_over"]:
        over = (found["over"] or found["short_over"] or "").replace("−", "-")
        return _ratio(_signed(over), _plain(found["under"] or found["short_under"] or ""))
    if found["alone"]:
        return _VULGAR[found["alone"]], ()
    if power := found["a_brace"] or found["a_bare"] or found["a_raised"]:
        return _scaled(Fraction(1), power), ()
    plain = _plain(found["plain"] or "")
    if plain is None:
        return None, ()
    if times := found["b_brace"] or found["b_bare"] or found["b_raised"] or found["e"]:
        return _scaled(plain, times), ()
    if found["vulgar"]:
        return plain + _VULGAR[found["vulgar"]], ()
    if found["scale"]:
        return plain * 10 ** _SCALES[found["scale"]], ()
    if found["slash"]:
        return _ratio(plain, _plain(found["slash"]))
    top, bottom = found["mixed_over"] or found["mixed_tex_over"], found["mixed_under"] or found["mixed_tex_under"]
    if top and bottom:
        part, _ = _ratio(_plain(top), _plain(bottom))
        return (None if part is None else plain + part), ()
    return plain, ()


def _ratio(over: Fraction | None, under: Fraction | None) -> tuple[Fraction | None, tuple[Fraction, ...]]:
    if over is None or not under:
        return None, ()
    return over / under, (over, under)


def _signed(digits: str) -> Fraction | None:
    value = _plain(digits.lstrip("-"))
    return value if value is None or not digits.startswith("-") else -value


def _scaled(value: Fraction, power: str) -> Fraction | None:
    exponent = int(power.translate(_SUPERSCRIPT).replace("−", "-"))
    return value * Fraction(10) ** exponent if abs(exponent) <= MOST_EXPONENT else None


def _is_name(text: str, at: int, stop: int, start: int, end: int) -> bool:
    """Whether the digits are part of a name or an ordinal: `x_{1}`, `2nd`, `3d7`, `1.2.3`."""
    if text[max(start, at - 2) : at] == "_{":
        return True
    after = text[stop : min(end, stop + 14)]
    return bool(after) and ((after[0] == "." and after[1:2].isdecimal()) or _ORDINAL.match(after) is not None)


def _date_end(text: str, at: int, stop: int, end: int) -> int | None:
    """Where a date such as 2023-05-01 or 1.2.2023 ends that begins here."""
    digits = text[at:stop].partition(".")[0]
    found = _DATE.match(text, at + len(digits), end)
    if not found or len(digits) not in (1, 2, 4) or found.end() - at < 8:
        return None
    return found.end()


def _sign_start(text: str, at: int, start: int) -> int | None:
    """Where the minus sign of the number at `at` stands; None where there is none, or it subtracts."""
    sign = at - 1
    if sign >= start and text[sign] in "$€£":
        sign -= 1
    if sign < start or text[sign] not in "-−":
        return None
    before = text[max(start, sign - 4) : sign]
    if not before or before[-1] in _SIGNED_AFTER:
        return sign
    if not before[-1].isspace():
        return None
    left = before.rstrip()[-1:]
    return None if left.isdecimal() or left in (")", "]", "}", "%") else sign


def _role(text: str, at: int, stop: int, start: int, end: int, after: str) -> Role:
    before = text[max(start, at - 24) : at]
    last = before[-1:]
    if last == ":" and before[-2:-1].isdecimal():
        return "ratio"
    if stop - at == 4 and "." not in text[at:stop]:
        year = (
            last == " "
            and text[at] in "12"
            and _BEFORE_YEAR.search(before)
            and _AFTER_YEAR.match(text[stop : stop + 8])
        )
        return "date" if year else "quantity"
    if last == "#":
        return "label"
    if not (last.isspace() or last in "(*"):
        return "quantity"
    words = before.rstrip(" \u00a0(#*").rpartition(" ")[2].rstrip(".").rpartition("\n")[2].lstrip("(*_")
    if stop - at <= 2 and (words in _MONTHS or (after == " " and _MONTH_AFTER.match(text, stop, end))):
        return "date"
    if words.lower() in _NAMES and before.count("\n", len(before.rstrip())) == 0:
        return "label"
    if after in ".)" and after and (at - start <= 24 or "\n" in before):
        return "label" if _AFTER_BULLET.match(text, stop, end) and _BULLET.search(before) else "quantity"
    return "quantity"
