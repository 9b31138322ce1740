r"""Finds the equations a text states, `a op b ... = c` or `name = c`, and checks them exactly. Knows no claim, no step.

    [(equation.key, str(equation.result), equation.verdict) for equation in equations("12 x 4 = 46")]
    # [("12*4", "46", "wrong")]

Read are + - * / ^ in their usual and LaTeX forms, brackets, units between (`5 boxes * 7 pens = 35 pens`), chains
(`a = b = c`) and either side (`24 = 6 * 4`). What has letters in it for unknowns is left out: nothing is solved, and no
text is evaluated as code. A side is MOST_TOKENS long at most, so time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Literal, NamedTuple

import msgspec

from engine.traces.borders import is_open_left, is_open_right, stands_alone
from engine.traces.expressions import Value, evaluate
from engine.traces.numbers import Number, numbers

Verdict = Literal["exact", "rounded", "wrong", "name"]

MOST_TOKENS = 40


class Equation(msgspec.Struct, frozen=True, gc=False):
    """One equation as it stands in a text."""

    start: int
    end: int
    key: str
    """What is worked out, in a normal form: `12*4`, also for `4 × 12`; of `name = c` the name."""
    result: Fraction
    """What the text says it is."""
    value: Fraction | None
    """What it really is; None where the key is a name."""
    verdict: Verdict
    """`rounded`: right as far as its digits go. `name`: there is nothing to check."""
    result_start: int
    """Where the number that it makes begins."""
    terms: tuple[Fraction, ...] = ()
    """The numbers it is worked out from."""
    in_percent: bool = False
    """Whether the result is written with a percent sign that its key lacks: `4/20*100 = 20%`."""

    @property
    def comes_to(self) -> Fraction:
        """The result in the key's own measure, to compare it with others of this key: of `4/20*100 = 20%` the 20."""
        return self.result * 100 if self.in_percent else self.result


class _Token(NamedTuple):
    kind: str
    """n(umber), o(perator), =, ( or ); d for a date, a ratio or a time, which nothing is worked out from."""
    start: int
    end: int
    operator: str = ""
    number: Number | None = None


_OPERATORS = {
    "+": "+", "-": "-", "−": "-", "–": "-", "*": "*", "×": "*", "·": "*", "\\times": "*", "\\cdot": "*", "x": "*",
    "of": "*", "÷": "/", "/": "/", "\\div": "/", "^": "^",
}  # fmt: skip
_SIGNS = re.compile(
    r"\\times\b|\\cdot\b|\\div\b|\\approx\b|\\left\(|\\right\)|[=≈()+\-−–×·÷^]|/(?! ?[^\W\d_])|(?<!\*)\*(?!\*)"
    r"|(?<=[\w%)]\s)(?:x|of)(?=\s[$(]?[\d.])"
)
_GAP = re.compile(r"(?:[ \t$€£*_`]|\\[,;$ ]|\\boxed\{|\\\(|<<)*")
_UNITS = re.compile(
    r"(?:[ \t]|\\[,;])*+(?:\\(?:text|mathrm)\{ ?)?(/?(?:[^\W\d_]++(?:/[^\W\d_]++)?[ \t]?){1,3})\}?[ \t$]*"
)
_NAME = re.compile(r"((?:[^\W\d]\w{0,19}(?:\(\w{1,4}\))?[ ]){0,3}[^\W\d]\w{0,19}(?:\(\w{1,4}\))?)[\s$*_]*$")
_IDLE_WORDS = "so then thus therefore now we have get and that the a hence since is let with or either if when where"
_IDLE = frozenset(_IDLE_WORDS.split())
"""No part of a name."""
_BINDING = frozenset(("and", "or", "so", "then", "thus", "therefore", "hence", "but", "where", "when", "if", "since"))
"""No part of a unit: `x = 2 or y = 3` are two equations."""


def equations(
    text: str, found: Sequence[Number] | None = None, start: int = 0, end: int | None = None
) -> list[Equation]:
    """All equations in `text[start:end]`, in order. `found`: its numbers, where they are known already."""
    end = len(text) if end is None else end
    if text.find("=", start, end) < 0 and text.find("≈", start, end) < 0 and text.find("\\approx", start, end) < 0:
        return []
    tokens = _tokens(text, numbers(text, start, end) if found is None else found, start, end)
    made = []
    for place, token in enumerate(tokens):
        if token.kind == "=" and (equation := _equation(text, tokens, place, start)) is not None:
            made.append(equation)
    return made


def _tokens(text: str, found: Sequence[Number], start: int, end: int) -> list[_Token]:
    """Numbers and signs in order; what is a sign within a number is left out."""
    tokens: list[_Token] = []
    place, count = 0, len(found)
    for match in _SIGNS.finditer(text, start, end):
        at = match.start()
        while place < count and found[place].start <= at:
            tokens.append(_of_number(found[place]))
            place += 1
        if place and at < found[place - 1].end:
            continue
        sign = match[0]
        if sign == "of" and not (tokens and _is_share(tokens[-1], at)):
            continue
        kind = "=" if sign in ("=", "≈", "\\approx") else sign[-1] if sign[-1] in "()" else "o"
        tokens.append(_Token(kind, at, match.end(), _OPERATORS.get(sign, sign)))
    tokens.extend(map(_of_number, found[place:]))
    return tokens


def _of_number(number: Number) -> _Token:
    return _Token("d" if number.role in ("date", "ratio") else "n", number.start, number.end, "", number)


def _is_share(token: _Token, at: int) -> bool:
    """Whether an `of` at `at` takes a share, as in `20% of 50` and `1/2 of 8`."""
    return token.number is not None and at == token.end + 1 and (token.number.percent or bool(token.number.parts))


def _equation(text: str, tokens: Sequence[_Token], place: int, start: int) -> Equation | None:
    right_end = _walk(text, tokens, place, 1)
    if right_end is None or is_open_right(text, tokens[right_end - 1].end):
        return None
    right = _worth(tokens[place + 1 : right_end])
    if right is None:
        return None
    left_start = _walk(text, tokens, place, -1)
    if left_start is None:
        return _named(text, tokens, place, right_end, right, start)
    left_tokens = tokens[left_start:place]
    if is_open_left(text, left_tokens[0].start, start):
        return _named(text, tokens, place, right_end, right, start) if left_tokens[0].kind == "(" else None
    left = _worth(left_tokens)
    if left is None or not _units_agree(text, left_tokens):
        return None
    if len(left_tokens) == 1 and not left.terms:
        if not right.terms or not stands_alone(text, left_tokens[0].start, start):
            return None
        side, shown, result, about = tokens[place + 1 : right_end], left_tokens[0], left.value, False
        worth = right
    else:
        side, shown, result, about = left_tokens, tokens[place + 1], right.value, tokens[place].operator != "="
        worth = left
    in_percent = shown.number is not None and shown.number.percent
    if (counted := _counted_in_percent(side)) is not None and (in_percent or counted.value == result):
        worth = counted
    return _checked(left_tokens[0].start, tokens[right_end - 1].end, worth, result, shown, about)


def _checked(start: int, end: int, side: Value, result: Fraction, shown: _Token, about: bool) -> Equation:
    """`side` is what is worked out, `shown` the token at which the result stands."""
    places = shown.number.places if shown.number is not None else 0
    in_percent = (
        shown.number is not None and shown.number.percent and abs(side.value - 100 * result) < abs(side.value - result)
    )
    told = result
    if in_percent:  # 100 - 60 = 40%
        told, places = 100 * result, places - 2
    verdict: Verdict = "exact"
    if side.value != told:
        close = (about or places) and abs(side.value - told) <= Fraction(1, 2 * 10**places)
        verdict = "rounded" if close else "wrong"
    return Equation(start, end, side.key, result, side.value, verdict, shown.start, side.terms, in_percent)


def _counted_in_percent(side: Sequence[_Token]) -> Value | None:
    """What a side comes to whose factor `100%` only says what is counted, as in `4/20 x 100%`; None without one."""
    whole = next((place for place, token in enumerate(side) if token.number is not None and _is_whole(token)), None)
    if whole is None or not any(token.operator == "*" for token in side[max(0, whole - 1) : whole + 2]):
        return None
    given = _read(side[:whole]), _read(side[whole + 1 :])
    return evaluate([*given[0], Fraction(100), *given[1]])


def _is_whole(token: _Token) -> bool:
    return token.number is not None and token.number.percent and token.number.value == 1


def _named(
    text: str, tokens: Sequence[_Token], place: int, right_end: int, right: Value, start: int
) -> Equation | None:
    """`total = 5 + 3`, `f(2) = 8`."""
    at = tokens[place].start
    low = max(start, tokens[place - 1].end if place and tokens[place - 1].kind == "=" else 0, at - 80)
    found = _NAME.search(text[low:at].rpartition("\n")[2])
    if found is None:
        return None
    words = found[1].lower().split()
    while len(words) > 1 and words[0] in _IDLE:
        del words[0]
    first = at - len(text[low:at].rpartition("\n")[2]) + found.start()
    if text[max(start, first - 1) : first].isdecimal():
        return None
    if text[max(start, first - 3) : first].rstrip()[-1:] in ("+", "-", "*", "/", "^", "\\", "{", ")"):
        return None
    stop = tokens[right_end - 1].end
    return Equation(first, stop, " ".join(words), right.value, None, "name", tokens[place + 1].start, right.terms)


def _walk(text: str, tokens: Sequence[_Token], place: int, step: int) -> int | None:
    """How far the expression beside the sign at `place` goes: its first token's index to the left, one past its last to
    the right; None if there is none."""
    opens, closes = ("(", ")") if step > 0 else (")", "(")
    best, depth, wants, at = None, 0, True, place
    for _ in range(MOST_TOKENS):
        nearer, at = at, at + step
        if not 0 <= at < len(tokens) or not _joined(text, tokens, min(nearer, at)):
            break
        kind = tokens[at].kind
        if wants and kind == "n":
            wants = False
        elif wants and kind == opens:
            depth += 1
        elif not wants and kind == "o":
            wants = True
        elif not wants and kind == closes and depth:
            depth -= 1
        else:
            break
        if not wants and not depth:
            best = at
    return None if best is None else best + (step > 0)


def _joined(text: str, tokens: Sequence[_Token], place: int) -> bool:
    """Whether nothing but blanks, money signs or units stands between a token and the next."""
    before, after = tokens[place], tokens[place + 1]
    gap = text[before.end : after.start]
    if not gap or gap == " ":
        return True
    if len(gap) > 60:
        return False
    if "\n" in gap:
        if after.kind != "=" or gap.count("\n") > 1:
            return False
        return _GAP.fullmatch(gap.replace("\n", " ").replace("\r", " ")) is not None
    if _GAP.fullmatch(gap):
        return True
    return before.kind == "n" and after.kind in "o=" and _unit(gap) is not None


def _unit(gap: str) -> str | None:
    """The unit in a gap; None if it is none. One letter at the number is an unknown: `3x`."""
    found = _UNITS.fullmatch(gap)
    if found is None or (len(found[1].strip()) == 1 and gap[:1].isalpha()):
        return None
    unit = found[1].strip().lower()
    return None if _BINDING & set(unit.split()) else unit


def _units_agree(text: str, tokens: Sequence[_Token]) -> bool:
    """Unlike things can be multiplied but not added: `3 pens + 2 caps = 10` is of prices, `100 - 20%` a rebate."""
    last = tokens[-1]
    end = _unit(text[last.end : last.end + 40].partition("=")[0]) if last.kind == "n" else None
    if not any(token.operator in ("+", "-") for token in tokens):
        return len(tokens) > 1 or not end
    if len({token.number.percent for token in tokens if token.number is not None}) > 1:
        return False
    units: set[str] = set()
    for before, after in pairwise(tokens):
        if before.kind == "n" and after.operator in ("+", "-") and (unit := _unit(text[before.end : after.start])):
            units.add(unit.rstrip("s"))
    if end and tokens[-2].operator in ("+", "-"):
        units.add(end.rstrip("s"))
    return len(units) < 2


def _worth(tokens: Sequence[_Token]) -> Value | None:
    """What a side comes to; of a number alone, the commonest case, nothing is worked out."""
    if len(tokens) == 1 and (number := tokens[0].number) is not None and not number.parts:
        return Value(number.value, "")
    return evaluate(_read(tokens))


def _read(tokens: Sequence[_Token]) -> list[str | Fraction]:
    """Tokens for `evaluate`; a fraction is written out as a division."""
    out: list[str | Fraction] = []
    for token in tokens:
        if token.number is None:
            out.append(token.operator if token.kind == "o" else token.kind)
        elif token.number.parts:
            over, under = token.number.parts
            over = -over if (token.number.value < 0) != (over / under < 0) else over
            out.extend(("(", over, "/", under, ")"))
        else:
            out.append(token.number.value)
    return out
