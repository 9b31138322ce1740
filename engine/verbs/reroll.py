"""Re-roll from a token: keep a step up to a token, take another one there or none, and let the policy go on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf, log
from typing import ClassVar

from engine import editing
from engine.search.search import Expand, Iteration, grow_and_score, insert_and_score
from engine.search.settings import setting
from engine.tokens import Token, TokenRowError, pack, unpack
from engine.verbs.verb import Place, Verb, no_way_on, refusal_of

_CONTROL = re.compile(r"<\|[^|]{1,40}\|>|</?s>|<(?:eos|bos|pad|end_of_turn)>")
LONGEST_SHOWN = 24
"""Characters of the kept text that the words tell."""


@dataclass(frozen=True)
class Reroll(Verb):
    """The counterfactual of one token. What comes of it are new siblings; the step itself stays."""

    name: ClassVar[str] = "reroll"
    title: ClassVar[str] = "Re-roll from a token"
    sentence: ClassVar[str] = "Keep the step up to a token, put another one there, and let the policy complete it"

    token: int = setting(0, "Token", "Number of the token, from 0; what stands before it is kept.", minimum=0)
    alternative: int = setting(
        -1,
        "Alternative",
        "Which of its alternatives stands there instead, from 0; -1: the policy draws it.",
        minimum=-1,
    )
    samples: int = setting(4, "Samples", "How many ways on are drawn.", minimum=1, maximum=1024)
    temperature: float = setting(1.0, "Temperature", "Of the samples; 0 is greedy.", minimum=0.0, maximum=5.0)

    def words(self, place: Place) -> str:
        kept = self._given(place)
        tail = kept[-LONGEST_SHOWN:].replace("\n", "⏎")
        after = f"after “{'…' if len(kept) > LONGEST_SHOWN else ''}{tail}”" if kept else "from its first token"
        return f"node {place.node} anew {after}: {self.samples} samples at temperature {self.temperature:g}"

    def refusal(self, place: Place) -> str:
        parent = place.here.parent
        if parent is None:
            return "The root is the problem itself: the policy wrote none of its tokens."
        if why := no_way_on(place.at(parent)):
            return why
        row = _row(place)
        if not row:
            return f"No tokens are known of node {place.node}: the policy gave none, or a person wrote it."
        if self.token >= len(row):
            return f"Node {place.node} has {len(row)} tokens; there is no number {self.token}."
        others = row[self.token].alternatives
        if self.alternative >= len(others):
            return f"Token {self.token} of node {place.node} has {len(others)} known alternatives."
        if self.alternative >= 0 and not _is_text(others[self.alternative].text):
            return "That alternative ends the policy's turn: it is no text to go on from."
        given = self._given(place)
        if _is_over(place, given):
            thinking = place.search.thinking
            return refusal_of(lambda: editing.inserted(place.tree, place.problem, thinking, {}, parent, given))
        return ""

    def iteration(self, place: Place, done: int) -> Iteration | None:
        parent = place.here.parent
        if done or parent is None:
            return None
        row, given = self._kept(place), self._given(place)
        if _is_over(place, given):
            # nothing is left to be drawn: it stands as if it were typed
            return insert_and_score(place.tree, parent, given)
        wish = Expand(
            (parent,), self.samples, self.temperature, "text", given=given, given_tokens=pack(row), task=place.task
        )
        return grow_and_score(place.tree, wish)

    def _given(self, place: Place) -> str:
        return "".join(token.text for token in self._kept(place))

    def _kept(self, place: Place) -> tuple[Token, ...]:
        """The tokens that stay, with the chosen one."""
        row = _row(place)
        kept = row[: self.token]
        if self.alternative < 0:
            return kept
        old = row[self.token]
        chosen = old.alternatives[self.alternative]
        logprob = log(chosen.probability) if chosen.probability > 0 else -inf
        return (*kept, Token(chosen.text, chosen.id, max(logprob, -1e4), old.entropy, old.alternatives))


def _row(place: Place) -> tuple[Token, ...]:
    """The tokens of the step; none where they are not known. A row that does not spell the step is of no use."""
    try:
        row = unpack(place.here.tokens)
    except TokenRowError:
        return ()
    return row if "".join(token.text for token in row).startswith(place.here.step.rstrip()) else ()


def _is_text(text: str) -> bool:
    return bool(text) and not _CONTROL.fullmatch(text)


def _is_over(place: Place, given: str) -> bool:
    """Whether the step ends with what is kept, so that nothing is left to be drawn."""
    return bool(given.strip()) and given.endswith(("\n",) if place.here.hidden else place.problem.step_ends)
