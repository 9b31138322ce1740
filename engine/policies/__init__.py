"""Policies propose steps. This page is the contract; it knows no torch: the runner can be tested without it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from engine.events import Cost
from engine.problems.problem import Problem

Ended = Literal["step", "end", "length"]
"""Why a sample ended: at a step end, at the model's end of turn, or at the token limit."""


class Cancelled(Exception):  # noqa: N818 - a signal, not an error
    """The run was stopped in the middle of a model call; what it produced is dropped."""


class ModelError(Exception):
    """A model folder cannot be used, or a model call failed; the message is a sentence that says what and where."""


class TooLongError(ModelError):
    """A text takes more tokens than the model reads; the message is a sentence. Another text may well fit."""


class OutOfReachError(ModelError):
    """A model elsewhere did not answer as it should; the same call may go well later: no run is over by it."""


class Said(NamedTuple):
    """A turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """Ask for `len(seeds)` continuations of one trace."""

    problem: Problem
    steps: tuple[str, ...]
    """The trace so far; `turn + "".join(steps) + given` is the model's context."""
    seeds: tuple[int, ...]
    """One per continuation, 64 bit: the same seed and trace give the same text, whatever shares the batch."""
    temperature: float
    """0 is greedy."""
    whole: bool = False
    """True: go on to the end of the turn (a rollout). False: end at the first step end."""
    thinking: bool = False
    """Whether the turn opens with the model's own thought. The prompt opens it; in texts it ends with `</think>`,
    whatever the model's own tags are (engine.policies.tags)."""
    max_tokens: int | None = None
    """None: the problem's `max_step_tokens`, times `max_steps` for a whole turn; more for a line of a thought."""
    turn: str | None = None
    """The user turn; None for the problem's prompt."""
    given: str = ""
    """What the continuation opens with; it is no part of the sample's text. A step end may begin in it."""
    given_ids: tuple[int, ...] = ()
    """The tokens of `given`, where they are known. A policy that reads them otherwise goes by the text."""
    before: tuple[Said, ...] = ()
    """What was said before the user turn."""
    stops: tuple[str, ...] = ()
    """Strings at whose end a continuation is complete, in place of the problem's step ends."""
    top_p: float = 1.0
    """In (0, 1]: only of the likeliest tokens that together are so likely is one drawn (Holtzman et al. 2020)."""

    @property
    def user_turn(self) -> str:
        """What the user says: `turn`, or else the problem's prompt."""
        return self.problem.prompt if self.turn is None else self.turn


@dataclass(frozen=True, slots=True)
class Sample:
    """One continuation."""

    text: str
    """Decoded text without control tokens, the step end included."""
    logprob: float | None
    """Sum over its tokens at temperature 1, in nats."""
    count: int
    """Number of tokens sampled, the end-of-turn token included."""
    ended: Ended
    tokens: bytes = b""
    """Packed row (engine.tokens)."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """The answer to a list of requests, in their order."""

    samples: tuple[tuple[Sample, ...], ...]
    costs: tuple[Cost, ...]
    """One per request, whatever shares the batch; the runner adds the seconds."""


@dataclass(frozen=True, slots=True)
class Watch:
    """How a model call stays in touch. Both are called about once per decoded token; both must be quick."""

    cancelled: Callable[[], bool] = lambda: False
    """True ends the call with `Cancelled`, within a token's time."""
    writing: Callable[[int, int, str], None] = lambda _request, _index, _text: None
    """Told (request number, continuation number, text so far) of rows under way."""


class Policy(Protocol):
    """Something that proposes steps."""

    @property
    def name(self) -> str: ...

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        """All continuations of all requests, in one batch where possible. Raises Cancelled or ModelError."""
        ...
