"""When a sample is over: step ends in decoded text, and limits of tokens. Shared by all policies; knows no model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.policies import SampleRequest
from engine.thoughts import CLOSE, in_thought

THOUGHT_ENDS = ("\n",)
"""Where a step of a thought ends. It also ends after the closing tag, if the line goes on behind it."""
MOST_LINE_TOKENS = 512
"""Of a step of a thought: its lines are paragraphs, whatever the problem."""


def starts_hidden(request: SampleRequest) -> bool:
    """Whether what is asked for begins inside the policy's thought."""
    return in_thought((*request.steps, request.given), request.thinking)


def begins_turn(request: SampleRequest) -> bool:
    """Whether nothing stands before what is asked for: only there a tag can open a thought."""
    return not "".join((*request.steps, request.given)).strip()


def ends_of(request: SampleRequest) -> tuple[str, ...]:
    """Strings at whose end a sample is complete; none where it goes on to the end of the turn."""
    if request.stops:
        return request.stops
    if request.whole:
        return ()
    return THOUGHT_ENDS if in_thought(request.steps, request.thinking) else request.problem.step_ends


def most_tokens(request: SampleRequest) -> int:
    """How long a sample may become."""
    if request.max_tokens is not None:
        return request.max_tokens
    step = request.problem.max_step_tokens
    if request.whole:
        return step * request.problem.max_steps
    return max(step, MOST_LINE_TOKENS) if in_thought(request.steps, request.thinking) else step


def step_end(text: str, old: int, ends: Sequence[str], hidden: bool = False) -> int | None:
    """Where the first step end is over that the characters from `old` on complete; None where there is none.

    A step is never blank. `hidden`: it is a step of a thought, which the closing tag ends, too.
    """
    places = [place for end in ends for place in _places(end, text, old)]
    if hidden and ends:
        places += [
            place
            for place in _places(CLOSE, text, old - 1)
            if old <= place and text[place : place + 1] not in ("", "\n")
        ]
    return min((place for place in places if text[:place].strip()), default=None)


def _places(part: str, text: str, old: int) -> Iterator[int]:
    """Ends of `part` in the text, of those that reach beyond `old`."""
    start = text.find(part, max(old - len(part) + 1, 0))
    while start >= 0:
        yield start + len(part)
        start = text.find(part, start + 1)
