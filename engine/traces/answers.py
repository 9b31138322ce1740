r"""Finds the answer a text gives and compares two: the one in the thought and the one shown. Knows no problem, no gold.

    last_answer(text)       # the last \boxed{}; else the last "the answer is ..." or answer line; else the last number
    stated_answers(text)    # every boxed or said answer, in order: how it changed its mind

Two answers are the same if their values are (`1,200` = `1.2e3`), or, without values, their words; a number against
words that have this number (`12`, `at most 12`) cannot be compared. A comparison says how it was made. A problem's own
normal form, where there is one, can be given.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Literal

import msgspec

from engine.traces.equations import equations
from engine.traces.numbers import Number, numbers

How = Literal["boxed", "said", "last number"]

MOST_ANSWER = 200
"""Characters of an answer."""


class Answer(msgspec.Struct, frozen=True):
    """An answer as it stands in a text."""

    start: int
    end: int
    text: str
    value: Fraction | None
    """None where it is no number."""
    how: How


class Comparison(msgspec.Struct, frozen=True):
    """The answer in the thought against the answer shown."""

    hidden: Answer | None
    exposed: Answer | None
    same: bool | None
    """None: one of them is missing, or a number stands against words that have it."""
    how: str
    """In words for a person."""


_BOXED = re.compile(r"\\f?boxed\s?\{")
_SAID = re.compile(
    r"(?:\banswer\s+(?:is|should be|must be|would be|will be|=)"
    r"|(?:^|\n|(?<=[.!?] ))[ \t>#*_]{0,6}(?:final\s+)?answer[ \t*_]{0,4}(?=[:：])"
    r"|(?:^|\n)[ \t]{0,4}####)(?:\s?[:：]\s{0,4})?[ \t*_$]{0,6}",
    re.IGNORECASE,
)
_END = re.compile(
    r"\n|(?<!\b[A-Z])(?<!approx)[.;!?](?:[\s*_\"')]|$)"
    r"|, (?:so|because|since|but|which|not|and)\b| (?:because|since|but|which)\b"
)
_DRESS = re.compile(
    r"\\(?:text|mathrm|mathbf|textbf|boldsymbol)\s?\{|\\displaystyle|\\[,;!()$ ]|[\s$*_`{}\"'“”]+|\\left|\\right"
)
_BRACE = re.compile(r"[{}]")
_SIGNS = re.compile(r"[√<>≤≥^\\]")
_MORE = re.compile(
    r" ?(?:[+/^!√π×·÷]|\*(?!\*)|\\(?:pi|sqrt|cdot|times|div|d?frac)|[-−] ?[a-zA-Z0-9](?![a-zA-Z]))|[a-zA-Z](?![a-zA-Z])"
)
"""Behind a number: it is a part of an expression, `5x`."""
_WORDS_OF = re.compile(r"[^\W\d_]+")
_CHOICE = re.compile(
    r"\s*(?:(?:option|choice)\s+)?(?:\(\s?([A-H])\s?\)|([A-H])(?:\s?[.):]\s|\s?[.):]?\s*$))", re.IGNORECASE
)


_LEAD_WORDS = (
    "about approximately around roughly exactly precisely just simply only still again now then so therefore thus "
    "hence indeed really actually probably likely maybe perhaps clearly definitely equal to option choice number value "
    "be would should must the a an is approx ca"
)
_LEADS = frozenset(_LEAD_WORDS.split())
"""May stand before the number that an answer is: `probably about 12 pens`, but not `at most 12`."""
_JUDGEMENT = re.compile(
    r"(?:(?:indeed|probably|clearly|definitely|still|not|now|yet|also|really|actually) )*"
    r"(?:correct|incorrect|right|wrong|clear|unclear|obvious|verified|confirmed|consistent|reasonable|plausible|not"
    r"|(?:to be )?(?:written|expressed|rounded|simplified)|as follows|(?:given |shown |found )?(?:below|above))\b"
    r"(?! angle| triangle)",
    re.IGNORECASE,
)
"""Says something about an answer, but not what it is: `the answer is correct`."""


_NOT_OWN = re.compile(
    r"(?:\b(?:thinks|says|claims|believes|insists|hints)\b[^.!?\n]{0,40}"
    r"|\b(?:if|whether|suppose|assume|assuming|hint:?)\s(?:that\s)?(?:(?:the|my|our|their)\s)?(?:(?:final|correct)\s)?)$",
    re.IGNORECASE,
)
"""Before an answer that someone else gives, or that is only supposed: `a professor thinks the answer is`."""


def stated_answers(text: str, start: int = 0, end: int | None = None) -> tuple[Answer, ...]:
    """The boxed and the said answers of `text[start:end]`, in order; a boxed one that is also said counts once."""
    end = len(text) if end is None else end
    if start and text[start - 1] != "\n":  # a part begins a line, whatever stands before it
        return tuple(
            msgspec.structs.replace(answer, start=answer.start + start, end=answer.end + start)
            for answer in stated_answers(text[start:end])
        )
    boxed = [answer for match in _BOXED.finditer(text, start, end) if (answer := _boxed(text, match, end))]
    said = [answer for match in _SAID.finditer(text, start, end) if (answer := _said(text, match, end))]
    taken = sorted(boxed, key=lambda answer: answer.start)
    places = iter([*taken, None])
    held = next(places)
    alone = []
    for answer in said:
        while held is not None and held.end <= answer.start:
            held = next(places)
        if held is None or held.start >= answer.end:
            alone.append(answer)
    return tuple(sorted([*taken, *alone], key=lambda answer: answer.start))


def last_answer(text: str, start: int = 0, end: int | None = None) -> Answer | None:
    """The answer `text[start:end]` ends up with; None if there is neither a statement nor a number."""
    end = len(text) if end is None else end
    stated = stated_answers(text, start, end)
    for how in ("boxed", "said"):
        if own := [answer for answer in stated if answer.how == how]:
            return own[-1]
    number = _last_number(text, start, end)
    if number is None:
        return None
    return Answer(number.start, number.end, text[number.start : number.end], number.value, "last number")


def same_answer(one: Answer, other: Answer, canonical: Callable[[str], str] | None = None) -> bool | None:
    """By value, or by words where one has none, or by the problem's own normal form.

    None where nobody can say: one is a number, and the other words that have just this number.
    """
    if canonical is not None and canonical(one.text) == canonical(other.text):
        return True
    if one.value is not None and other.value is not None:
        return one.value == other.value
    if (value := one.value if other.value is None else other.value) is not None:
        words = other if other.value is None else one
        if [number.value for number in _quantities(words.text)] == [value]:
            return None
    return bare(one.text) == bare(other.text)


def compare(hidden: Answer | None, exposed: Answer | None, canonical: Callable[[str], str] | None = None) -> Comparison:
    """What the thought came to against what was shown."""
    if hidden is None or exposed is None:
        missing = " nor ".join(["the thought"] * (hidden is None) + ["the shown text"] * (exposed is None))
        return Comparison(hidden, exposed, None, f"no answer can be read in {missing}")
    same = same_answer(hidden, exposed, canonical)
    if same is None:
        return Comparison(hidden, exposed, None, "cannot be said: one is a number, the other words that have it")
    by = "value" if hidden.value is not None and exposed.value is not None else "words"
    how = f"compared by {by}; hidden: {_WORDS[hidden.how]}, exposed: {_WORDS[exposed.how]}"
    return Comparison(hidden, exposed, same, how)


_WORDS: dict[How, str] = {
    "boxed": "the last boxed answer",
    "said": "the last stated answer",
    "last number": "the last number",
}


def bare(answer: str) -> str:
    """Its words without LaTeX dress, quotes, blanks, case and the full stop; of a choice, `(B)`, its letter."""
    if choice := _CHOICE.match(_DRESS.sub(" ", answer[:MOST_ANSWER])):
        return (choice[1] or choice[2]).casefold()
    return _DRESS.sub(" ", answer[:MOST_ANSWER]).casefold().strip(" .,:;").replace(" ", "")


def value_of(answer: str) -> Fraction | None:
    """The number an answer is: of `6 * 4 = 24` and `6 * 4` the 24, of `18 dollars` the 18.

    None for words, also with a number in them (`one more than 5`), for several numbers, and for dates and ratios.
    """
    shown = answer[:MOST_ANSWER].strip()
    found = numbers(shown)
    if made := equations(shown, found):
        return made[-1].result
    if not found or any(number.role in ("date", "ratio") for number in found):
        return None
    if "=" in shown:
        return found[-1].value
    if len(found) > 1:
        return _worked_out(shown)
    number = found[0]
    lead = _DRESS.sub(" ", shown[: number.start]).lower()
    alone = not _SIGNS.search(lead) and all(word in _LEADS for word in _WORDS_OF.findall(lead))
    return number.value if alone and not _MORE.match(shown, number.end) else None


def _worked_out(shown: str) -> Fraction | None:
    """What an expression comes to that is a whole answer, read as the left side of an equation; `10-12` is a range."""
    made = equations(f"{shown} = 0")
    if len(made) != 1 or not set("+*/^") & set(made[0].key) or any(sign.isalnum() for sign in shown[: made[0].start]):
        return None
    return made[0].value


def _quantities(text: str) -> list[Number]:
    return [number for number in numbers(text[:MOST_ANSWER]) if number.role == "quantity"]


def _boxed(text: str, match: re.Match[str], end: int) -> Answer | None:
    """Up to the bracket that closes it; an open one, cut off, is none."""
    depth = 1
    for brace in _BRACE.finditer(text, match.end(), min(end, match.end() + MOST_ANSWER)):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            inner = text[match.end() : brace.start()]
            return Answer(match.start(), brace.end(), inner, value_of(inner), "boxed") if inner.strip() else None
    return None


def _said(text: str, match: re.Match[str], end: int) -> Answer | None:
    limit = min(end, match.end() + MOST_ANSWER)
    stop = _END.search(text, match.end(), limit)
    until = stop.start() if stop else limit
    shown = text[match.end() : until].strip().strip("*_$ ").rstrip(".")
    if not any(sign.isalnum() for sign in shown):
        return None
    if not any(sign in match[0] for sign in ":：#=") and _JUDGEMENT.match(shown):
        return None
    if _NOT_OWN.search(text, max(0, match.start() - 80), match.start()):
        return None
    start = text.index(shown, match.end())
    return Answer(start, start + len(shown), shown, value_of(shown), "said")


def whole_answer(text: str) -> Answer:
    """A text that is an answer and nothing else: what a person gave, or a file."""
    return Answer(0, len(text), text, value_of(text), "said")


def _last_number(text: str, start: int, end: int) -> Number | None:
    """Looked for in the last 64,000 characters only."""
    for size in (2_000, 64_000):
        low = max(start, end - size)
        if low > start:
            low = max(low, text.find(" ", low, end))
        found = [number for number in numbers(text, low, end) if number.role == "quantity"]
        if found or low == start:
            return found[-1] if found else None
    return None
