"""One batched decode loop: forks contexts, draws tokens, stops on decoded text. Knows no problem and no search."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import torch

from engine.llm.keys_values import KeyValues, Snapshots
from engine.llm.network import Network
from engine.llm.prefill import Context, prefill
from engine.llm.sampling import Drawn, Uniforms, draw
from engine.llm.text import Vocabulary, Writing
from engine.policies import Cancelled, Ended, ModelError
from engine.policies.stopping import step_end
from engine.tokens import Alternative, Token

DENSE = 0.75
"""Finished rows leave the batch once fewer than this share is still writing: moving keys and values costs a token."""

FIRST_ROOM = 64
"""Columns set aside for new tokens at first; more are added when they are needed."""


@dataclass(frozen=True, slots=True)
class Order:
    """One text to be written."""

    context: Context
    """Token ids of all that stands before it."""
    seed: int
    """64 bit; with the context and the temperature it decides the text, whatever shares the batch."""
    temperature: float
    """0 is greedy."""
    max_tokens: int
    """At least 1."""
    step_ends: tuple[str, ...] = ()
    """Strings at whose end the text is complete; none: it ends with the model's turn."""
    given: str = ""
    """The end of the context, where the text goes on with a step that has begun: a step end may begin in it."""
    hidden: bool = False
    """Whether the text begins inside the model's thought."""
    opens: bool = True
    """Whether the turn begins with the text, perhaps with a thought."""
    top_p: float = 1.0
    """Likeliest tokens that together are so likely are those that are drawn from."""


@dataclass(frozen=True, slots=True)
class Written:
    """A finished text."""

    text: str
    """Without control tokens. It may end in blank characters that came with the token that ended it."""
    ids: tuple[int, ...]
    """Every token drawn, one that ended the turn included."""
    logprob: float
    """Sum over its tokens at temperature 1, in nats."""
    ended: Ended
    tokens: tuple[Token, ...]
    """One per id; empty where no details were asked for."""
    cached: int
    """Tokens of the context that need not be read, since a snapshot held them."""


class Decoder:
    """Writes texts with one network. The snapshots of its contexts are kept between calls."""

    def __init__(
        self, network: Network, vocabulary: Vocabulary, ends: Iterable[int], max_rows: int, snapshots: Snapshots
    ) -> None:
        self.network = network
        self.vocabulary = vocabulary
        self.ends = frozenset(ends)
        """Tokens with which the model ends its turn."""
        self.max_rows = max_rows
        """Rows decoded together; more are decoded one batch after the other."""
        self.snapshots = snapshots

    @torch.inference_mode()
    def decode(
        self,
        orders: Sequence[Order],
        cancelled: Callable[[], bool] = lambda: False,
        writing: Callable[[int, str], None] = lambda _order, _text: None,
        details: bool = True,
    ) -> list[Written]:
        """Write all orders, in order; `writing` hears (number of the order, text so far) of every row at every token.

        Raises Cancelled within one token, and ModelError where the network computes nonsense.
        """
        written: dict[int, Written] = {}
        for places in self._batches(orders):
            rows = [_Row(place, orders[place], self.vocabulary, details) for place in places]
            contexts, counts = _distinct([row.order.context for row in rows])
            read = prefill(self.network, contexts, self.snapshots, cancelled)
            room = min(max(row.order.max_tokens for row in rows), FIRST_ROOM)
            logits = read.logits[:, -1].repeat_interleave(torch.tensor(counts, device=read.logits.device), dim=0)
            self._write(rows, read.batch.fork(counts, room), logits, cancelled, writing)
            cached = [held for held, count in zip(read.cached, counts, strict=True) for _ in range(count)]
            written |= {row.place: row.written(held) for row, held in zip(rows, cached, strict=True)}
        return [written[place] for place in range(len(orders))]

    def _batches(self, orders: Sequence[Order]) -> Iterator[list[int]]:
        """Numbers of orders, batch by batch: like lengths share a batch, equal contexts are neighbours."""
        places = sorted(range(len(orders)), key=lambda place: (len(orders[place].context), orders[place].context))
        for start in range(0, len(places), self.max_rows):
            yield places[start : start + self.max_rows]

    def _write(
        self,
        rows: list[_Row],
        batch: KeyValues,
        logits: torch.Tensor,
        cancelled: Callable[[], bool],
        writing: Callable[[int, str], None],
    ) -> None:
        while True:
            drawn = draw(
                logits,
                [row.order.temperature for row in rows],
                [row.uniform() for row in rows],
                rows[0].details,
                [row.order.top_p for row in rows],
            )
            for number, row in enumerate(rows):
                if row.ended is None:
                    row.add(drawn, number, self.ends)
                    writing(row.place, row.text)
            alive = [number for number, row in enumerate(rows) if row.ended is None]
            if not alive:
                return
            if cancelled():
                raise Cancelled
            last = drawn.ids
            if len(alive) < DENSE * len(rows):
                batch.select(alive)
                rows = [rows[number] for number in alive]
                last = [last[number] for number in alive]
            ids = torch.tensor(last, device=logits.device)
            logits = self.network.run(ids[:, None], batch, last_only=True)[:, -1]


class _Row:
    """One text under way."""

    def __init__(self, place: int, order: Order, vocabulary: Vocabulary, details: bool) -> None:
        self.place = place
        self.order = order
        self.details = details
        self.ended: Ended | None = None
        self._vocabulary = vocabulary
        self._uniforms = Uniforms(order.seed)
        self._writing = Writing(vocabulary, order.hidden, order.opens)
        self._ids: list[int] = []
        self._logprobs: list[float] = []
        self._entropies: list[float] = []
        self._alternatives: list[tuple[Alternative, ...]] = []

    @property
    def text(self) -> str:
        return self._writing.text

    def uniform(self) -> float:
        return self._uniforms[len(self._ids)]

    def add(self, drawn: Drawn, number: int, ends: frozenset[int]) -> None:
        """Take in the token drawn for row `number` of the batch, and see whether it ends the text."""
        token, logprob = drawn.ids[number], drawn.logprobs[number]
        if not math.isfinite(logprob):
            raise ModelError("The model computes numbers that are not finite: its weights are damaged.")
        self._ids.append(token)
        self._logprobs.append(logprob)
        if self.details:
            self._entropies.append(drawn.entropies[number])
            others = drawn.alternative_ids[number]
            labels = map(self._vocabulary.label, others)
            columns = labels, drawn.alternative_probabilities[number], others
            self._alternatives.append(tuple(map(Alternative, *columns)))
        self._writing.add(token)
        self._see_end(token in ends)
        if self.ended:
            self._writing.close()

    def _see_end(self, turn_over: bool) -> None:
        if turn_over:
            self.ended = "end"
        elif (end := self._step_end()) is not None:
            self.ended = "step"
            if self.text[end:].strip():  # the token that ends the step begins the next one: what it begins is dropped
                self._writing.cut(end)
        elif len(self._ids) >= self.order.max_tokens:
            self.ended = "length"

    def _step_end(self) -> int | None:
        """Where in the text the step is over; None while it goes on."""
        given, newest = self.order.given, self._writing.texts[-1]
        text = given + self.text
        end = step_end(text, len(text) - len(newest), self.order.step_ends, self.order.hidden)
        return None if end is None else end - len(given)

    def written(self, cached: int) -> Written:
        assert self.ended is not None
        columns = (self._writing.texts, self._ids, self._logprobs, self._entropies, self._alternatives)
        tokens = tuple(map(Token, *columns)) if self.details else ()
        return Written(self.text, tuple(self._ids), sum(self._logprobs), self.ended, tokens, cached)


def _distinct(contexts: Sequence[Context]) -> tuple[list[Context], list[int]]:
    """Neighbouring equal contexts as one, and how many they were."""
    groups = [(context, len(list(equal))) for context, equal in groupby(contexts)]
    return [context for context, _ in groups], [count for _, count in groups]
