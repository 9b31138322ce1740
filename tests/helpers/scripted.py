"""A policy and a verifier without a model: they play Game of 24 legally, by seed. For tests of searches and runner."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import log

from engine import prompts
from engine.events import Cost, Source
from engine.policies import Cancelled, Ended, Sample, Sampled, SampleRequest, Watch
from engine.problems.countdown import Move, State, by_size, children, show, state_of
from engine.problems.game24 import Game24
from engine.tokens import Alternative, Token, pack
from engine.verifiers import ScoreRequest, Scores, StepScores


def state_after(problem: Game24, steps: Sequence[str]) -> State:
    """The numbers at hand after legal steps."""
    state = state_of(problem.numbers)
    for step in steps:
        state = next(move.state for move in children(state) if step_text(move) == step)
    return state


def step_text(move: Move) -> str:
    left = " ".join(show(value) for value in move.state)
    return f"{show(move.left)} {move.op} {show(move.right)} = {show(move.result)} (left: {left})\n"


def answer_text(problem: Game24, steps: Sequence[str]) -> str:
    """The answer line that the steps add up to."""
    pool = [(Fraction(number), str(number)) for number in problem.numbers]
    for step in steps:
        left, op, right = step.split(" = ")[0].split(" ")
        names = []
        for word in (left, right):
            entry = next(entry for entry in reversed(pool) if entry[0] == Fraction(word))
            pool.remove(entry)
            names.append(f"({entry[1]})" if " " in entry[1] else entry[1])
        pool.append((Fraction(step.split(" = ")[1].split(" ")[0]), f"{names[0]} {op} {names[1]}"))
    return f"Answer: {pool[0][1]} = {pool[0][0]}"


@dataclass
class ScriptedPolicy:
    """Draws legal moves by the request's seeds; greedy takes the first. Counts its calls."""

    name: str = "scripted"
    calls: list[int] = field(default_factory=list)
    cancel_after: int | None = None
    """Raise Cancelled at this call (counted from 1), once."""
    tells_tokens: bool = False
    """Give a token row with every step: its words, each with one alternative."""

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        self.calls.append(len(requests))
        if len(self.calls) == self.cancel_after or watch.cancelled():
            raise Cancelled
        answers = tuple(tuple(self._one(request, seed) for seed in request.seeds) for request in requests)
        return Sampled(answers, tuple(map(_cost, answers)))

    def _one(self, request: SampleRequest, seed: int) -> Sample:
        assert isinstance(request.problem, Game24)
        rng = random.Random(seed if request.temperature else 0)
        if request.turn is not None and (said := _said(request.turn, rng)):
            return Sample(said, -float(len(said)), len(said.split()), "end")
        if turned := _turned(request, rng):
            return Sample(turned, -float(len(turned)), len(turned.split()), "end")
        steps = list(request.steps)
        if request.given:
            return self._completed(request, rng)
        text = ""
        while not text or (request.whole and not text.startswith("Answer") and "Answer" not in text):
            step = _draw(request.problem, steps, rng)
            steps.append(step)
            text += step
        return self._sample(text, "end" if "Answer" in text else "step")

    def _completed(self, request: SampleRequest, rng: random.Random) -> Sample:
        """The rest of a legal step that opens as it is given, if there is one."""
        assert isinstance(request.problem, Game24)
        try:
            moves = children(state_after(request.problem, request.steps))
        except StopIteration:
            moves = ()
        steps = [step_text(move) for move in moves] or [_draw(request.problem, request.steps, rng)]
        fitting = [step for step in steps if step.startswith(request.given)]
        text = rng.choice(fitting)[len(request.given) :] if fitting else "and so on (left: 0)\n"
        return self._sample(text, "end" if request.given.startswith("Answer") else "step")

    def _sample(self, text: str, ended: Ended) -> Sample:
        words = re.findall(r"\S+\s*", text)
        row = pack(tuple(map(_token, words))) if self.tells_tokens else b""
        return Sample(text, -float(len(text)), len(text.split()), ended, row)


def _token(word: str) -> Token:
    return Token(word, len(word), log(0.75), 0.5, (Alternative(word, 0.75, len(word)), Alternative("4 ", 0.25, 2)))


def _listed(prompt: str) -> State:
    """The numbers in `Make 24 from 4 1/2.`"""
    values = map(Fraction, prompt.rstrip(".").split(" from ")[1].split())
    return tuple(sorted(((value.numerator, value.denominator) for value in values), key=by_size))


def _said(turn: str, rng: random.Random) -> str:
    """What it says to a question of `engine.prompts`; empty to one that asks for steps."""
    lines = turn.splitlines()
    if turn.endswith("Possible next steps:"):
        moves = children(_listed(lines[0]))
        return "".join(step_text(move) for move in rng.sample(moves, min(5, len(moves))))
    if turn.endswith("impossible:"):
        return rng.choice(prompts.WORDS)
    if turn.endswith("1 to 10:"):
        return str(rng.randint(1, 10))
    if turn.endswith("(B) no:"):
        return rng.choice("AB")
    if "Which is best?" in lines:
        return str(rng.randint(1, len(lines) - 1 - lines.index("Which is best?")))
    return ""


def _turned(request: SampleRequest, rng: random.Random) -> str:
    """What it writes after the prompts of chain of thought: the answer at once, the steps alone, the answer alone."""
    problem, steps = request.problem, list(request.steps)
    assert isinstance(problem, Game24)
    if request.given == prompts.THEREFORE:
        return answer_text(problem, steps).removeprefix("Answer:")
    if request.turn not in (prompts.direct(problem).turn, prompts.think_step_by_step(problem).turn):
        return ""
    while len(state_after(problem, steps)) > 1:
        steps.append(_draw(problem, steps, rng))
    return answer_text(problem, steps) if request.turn == prompts.direct(problem).turn else "".join(steps)


def _cost(samples: Sequence[Sample]) -> Cost:
    return Cost(calls=len(samples), generated=sum(sample.count for sample in samples), prompt=10)


def _draw(problem: Game24, steps: Sequence[str], rng: random.Random) -> str:
    try:
        state = state_after(problem, steps)
    except StopIteration:  # a person, or a token rolled again, has left the game
        return "Answer: 1 = 1"
    if len(state) == 1:
        return answer_text(problem, steps)
    return step_text(rng.choice(children(state)))


@dataclass
class ScriptedVerifier:
    """A number in (0, 1) per step, from a hash of the trace up to it."""

    name: str = "scripted-prm"
    source: Source = "prm"
    seen: list[ScoreRequest] = field(default_factory=list)

    def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
        self.seen.extend(requests)
        if watch.cancelled():
            raise Cancelled
        return Scores(tuple(StepScores(tuple(_scores(request)), tokens=5) for request in requests))


def _scores(request: ScoreRequest) -> list[float]:
    digests = (
        hashlib.blake2b("".join(request.steps[: n + 1]).encode(), digest_size=2) for n in range(len(request.steps))
    )
    return [(int.from_bytes(digest.digest(), "big") + 1) / 65537 for digest in digests]
