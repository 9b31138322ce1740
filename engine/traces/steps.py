r"""Cuts a trace into steps: ranges of its text that joined give the text again. Knows no kind of trace and no model.

    steps = cut(text)                       # the whole text
    steps = cut(text, start, end)           # a part of it; ranges are of the whole text
    cutter = Cutter(); done = cutter.feed(chunk); rest = cutter.finish()    # the same steps, while the text still grows

A step ends (algorithms.md A14)
* at a blank line;
* at a line's end, unless the next line goes on with it: it begins with a small letter, an operator or a table's bar;
* after `. ! ?` and their like with blanks behind. Not after abbreviations (`e.g.`), list markers (`2.`, `Step 3.`), in
  ellipses that go on, before operators (`5! = 120`), and in displayed formulas (`\[ \]`, `$$`, `\begin`) up to a blank
  line;
* not in a fenced block of code; its last line ends a step;
* after `longest` characters at the latest, at a line's end or a blank where there is one in the second half.
Pieces of less than `shortest` characters without an equation go with what follows. Blanks belong to the step they end.

What decides lies in the step and in the LOOK characters behind it, so that a stream gives the steps of the whole text
however it is cut, and time is linear in the text, whatever it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Step(NamedTuple):
    """Characters [start, end) of a trace's text."""

    start: int
    end: int


class Rules(NamedTuple):
    """How fine to cut."""

    sentences: bool = True
    """False: at blank lines and by length alone."""
    longest: int = 1_000
    """Characters of a step, at most; more than LOOK."""
    shortest: int = 10
    """Characters of a step, at least, but for the last one and for equations."""


LOOK = 8
"""Characters behind a possible end that have a say in it."""

_CANDIDATE = re.compile(
    r"(?P<fence>`{3,}|~{3,})"
    r"|(?P<escaped>\\\\)"
    r"|(?P<opens>\\\[|\\begin\{)|(?P<closes>\\\]|\\end\{)|(?P<dollars>\$\$)"
    r"|(?P<wide>[。！？｡][”’」』）)]{0,4}\s*)"
    r"|(?P<stop>[.!?…][\"'”’»)\]}*_]{0,4}\s+)"
    r"|(?P<line>\n\s*)"
)
_ITEM = re.compile(r"[-*•–]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]\s")
_MARKER = re.compile(r"\s*[#>*_•–-]{0,4}\s?\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})", re.IGNORECASE)
_NUMBERED_WORDS = "step case part problem question example attempt method option approach claim equation"
_NUMBERED = frozenset(_NUMBERED_WORDS.split())
"""What a number behind these numbers: `Step 3. Add them`."""
_GOES_ON = frozenset("=+×·÷/<>≤≥≈≠&|^,;:)]}")
_OPENERS = "([{\"'“‘*_"

_ENDLESS = (
    "e.g eg i.e ie vs cf dr mr mrs ms prof st fig figs eq eqs no nos approx resp viz ca thm def prop lem sec ch vol pp "
    "w.r.t s.t w.l.o.g a.k.a"
)
_ABBREVIATIONS = frozenset(_ENDLESS.split())
"""No sentence ends with these."""
_WEAK = "etc a.m p.m al inc jr sr u.s u.k co ltd q.e.d"
_WEAK_ABBREVIATIONS = frozenset(_WEAK.split())
"""A sentence ends with these if a capital follows."""
_SHORT_UNITS = "ft lb lbs oz hr hrs min mins sec secs mi yd cm mm km kg mg ml gal sq cu max avg temp incl excl"
_UNITS = frozenset(_SHORT_UNITS.split())
"""None ends with these if a small letter follows."""


def cut(text: str, start: int = 0, end: int | None = None, rules: Rules = Rules()) -> tuple[Step, ...]:  # noqa: B008 - frozen
    """The steps of `text[start:end]`, in order and without gaps; none if that is empty."""
    part = text if start == 0 and end is None else text[start:end]
    scan = _Scan(rules)
    return tuple(Step(start + begin, start + until) for begin, until in scan.ends(part, final=True))


def cut_ranges(text: str, ranges: Iterable[tuple[int, int]], rules: Rules = Rules()) -> tuple[Step, ...]:  # noqa: B008
    """The steps of several parts of a text, each cut for itself: no step reaches from one into the next."""
    return tuple(step for start, end in ranges for step in cut(text, start, end, rules))


class Cutter:
    """Cuts a text that is still growing. All steps that are out stay as they are, whatever follows."""

    def __init__(self, start: int = 0, rules: Rules = Rules()) -> None:  # noqa: B008 - frozen
        self._scan = _Scan(rules)
        self._start = start
        self._pending = ""

    def feed(self, chunk: str) -> tuple[Step, ...]:
        """The steps that are complete now; ranges count from the `start` given."""
        self._pending += chunk
        return self._take(final=False)

    def finish(self) -> tuple[Step, ...]:
        """The text has ended: what is left."""
        return self._take(final=True)

    def _take(self, final: bool) -> tuple[Step, ...]:
        found = list(self._scan.ends(self._pending, final))
        steps = tuple(Step(self._start + begin, self._start + until) for begin, until in found)
        if found:
            taken = found[-1][1]
            self._pending = self._pending[taken:]
            self._start += taken
        return steps


class _Scan:
    """What is carried from one step to the next."""

    def __init__(self, rules: Rules) -> None:
        if rules.longest <= LOOK or rules.shortest >= rules.longest:
            raise ValueError(f"steps of {rules.shortest} to {rules.longest} characters cannot be cut")
        self._rules = rules
        self._fence = ""
        """The opening of the block of code the last step ended in."""
        self._fresh = True
        """Whether the last step ended with a line."""

    def ends(self, text: str, final: bool) -> Iterator[tuple[int, int]]:
        """Complete steps of a text that begins where the last step ended; all of it if it is final."""
        start = 0
        while (until := self._next(text, start, final)) is not None:
            yield start, until
            start = until

    def _next(self, text: str, start: int, final: bool) -> int | None:
        """Where the step from `start` ends; None if that cannot be said yet, or nothing is left."""
        latest = start + self._rules.longest
        window = min(len(text), latest + LOOK)
        whole = final and window == len(text)
        fence, closed, formula, dollars = self._fence, False, 0, False
        line_start = start if self._fresh else -1
        for match in _CANDIDATE.finditer(text, start, window):
            end = match.end()
            if end > latest:
                break
            if not whole and end + LOOK > window:
                return None
            kind = match.lastgroup
            if kind == "fence":
                if line_start == match.start():
                    fence, closed = _after_fence(fence, match[0], closed)
            elif fence:
                line_start = end if kind in ("line", "stop") and "\n" in match[0] else line_start
            elif kind == "opens":
                formula += 1
            elif kind == "closes":
                formula = max(0, formula - 1)
            elif kind == "dollars":
                dollars = not dollars
            elif kind != "escaped":
                breaks = match[0].count("\n")
                line_start = end if breaks else line_start
                if self._is_end(text, start, match, breaks, closed, bool(formula or dollars)):
                    self._fence, self._fresh = fence, breaks > 0
                    return end
        if len(text) > latest and (whole or window == latest + LOOK):
            end = _forced(text, start, latest)
            self._fence, self._fresh = fence, text[end - 1] == "\n"
            return end
        if whole and start < len(text):
            return len(text)
        return None

    def _is_end(self, text: str, start: int, match: re.Match[str], breaks: int, closed: bool, formula: bool) -> bool:
        end = match.end()
        if match.start() - start < self._rules.shortest and self._is_short(text[start:end].strip()):
            return False
        if breaks >= 2 or (closed and breaks):
            return True
        if formula or not self._rules.sentences:
            return False
        head = text[end : end + LOOK]
        if match.lastgroup == "wide":
            return True
        if match.lastgroup == "line":
            return bool(_ITEM.match(head)) or not (head[:1].islower() or head[:1] in _GOES_ON)
        return _ends_sentence(text, start, match.start(), head)

    def _is_short(self, piece: str) -> bool:
        return len(piece) < self._rules.shortest and "=" not in piece


def _after_fence(fence: str, mark: str, closed: bool) -> tuple[str, bool]:
    """The open block after a line that begins with `mark`, and whether a block was closed in this step."""
    if not fence:
        return mark, closed
    if mark[0] == fence[0] and len(mark) >= len(fence):
        return "", True
    return fence, closed


def _forced(text: str, start: int, latest: int) -> int:
    """The last line's end or blank in the second half, or the last character allowed."""
    middle = (start + latest) // 2
    for blank in ("\n", " "):
        if (found := text.rfind(blank, middle, latest)) >= 0:
            return found + 1
    return latest


def _ends_sentence(text: str, start: int, stop: int, head: str) -> bool:
    """Whether the sentence mark at `stop`, with blanks and then `head` behind it, ends a sentence."""
    if head[:1] in _GOES_ON and head:
        return False
    small = head[:1].islower()
    if text[stop] != ".":
        return text[stop] == "?" or not small
    if stop > start and text[stop - 1] == ".":
        return not small
    line = text[max(start, stop - 24) : stop]
    line, opens = (line.rpartition("\n")[2], True) if "\n" in line else (line, stop - start <= 24)
    if opens and _MARKER.fullmatch(line):
        return False
    words = line.split()
    word = words[-1].lstrip(_OPENERS).lower() if words else ""
    numbered = len(words) > 1 and word.isdecimal() and words[-2].lstrip(_OPENERS).lower() in _NUMBERED
    if numbered or word in _ABBREVIATIONS:
        return False
    if not small:
        return True
    return len(word) > 1 and "." not in word and word not in _WEAK_ABBREVIATIONS and word not in _UNITS
