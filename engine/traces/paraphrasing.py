r"""Says a step of a thought in other words, by rules: what it says stays, how it says it changes. Knows no model.

    in_other_words("So, 5 * 7 = 35.\n", rng)      # "Thus, 7 * 5 = 35.\n"

A line of the house formats becomes another wording of its family (`engine.rewording`). In other texts openings of
sentences and contractions change after a table, and the two sides of a plain sum or product change places. Numbers,
names and order of the statements stay. A text that no rule knows stays as it is, and the caller is told so.
"""

from __future__ import annotations

import random
import re
from functools import cache, partial

from engine.rewording import rewordings
from engine.traces.edit_rules import Synonyms, edit_rules

_COMMUTES = re.compile(
    r"(?<![\w.,/%$^)(])(?<![-+*/×·=^] )(\d{1,9}) ([+*×]) (\d{1,9})(?= = \$?\d)"  # no part of a longer sum
)


def in_other_words(step: str, rng: random.Random) -> str | None:
    """The step reworded, drawn by `rng`; None where no rule fits, or nothing changed."""
    lines = step.splitlines(keepends=True)
    told = "".join(_line(line, rng) for line in lines)
    return None if told == step else told


def _line(line: str, rng: random.Random) -> str:
    if known := rewordings(line):
        return rng.choice(known)
    for pattern, group in _rules():
        line = pattern.sub(partial(_exchanged, group, rng), line)
    return _COMMUTES.sub(_turned, line)


def _turned(match: re.Match[str]) -> str:
    left, operator, right = match.groups()
    return f"{right} {operator} {left}"


def _exchanged(group: Synonyms, rng: random.Random, match: re.Match[str]) -> str:
    shown = match[0]
    plain = shown.replace("’", "'").lower()
    other = rng.choice([phrase for phrase in group.phrases if phrase.lower() != plain])
    return other[0].upper() + other[1:] if shown[0].isupper() else other


@cache
def _rules() -> tuple[tuple[re.Pattern[str], Synonyms], ...]:
    return tuple((_pattern(group), group) for group in edit_rules().synonyms)


def _pattern(group: Synonyms) -> re.Pattern[str]:
    """Of two phrases that begin alike the longer one counts. A phrase is whole words."""
    any_of = "|".join(map(_phrase, sorted(group.phrases, key=len, reverse=True)))
    before = r"(?:(?<=^)|(?<=[.!?:] ))" if group.at == "start" else r"(?<![\w'’])"
    after = "" if group.at == "start" else r"(?= [\w$\\(])"  # no contraction ends a clause: `what it is.`
    return re.compile(f"{before}(?:{any_of}){after}", re.IGNORECASE)


def _phrase(phrase: str) -> str:
    return re.escape(phrase).replace("'", "['’]") + ("" if phrase.endswith(",") else r"(?![\w'’,])")
