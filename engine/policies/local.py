"""A policy that runs on this machine: any Hugging Face folder with a causal language model. Knows no search."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from engine.events import Cost
from engine.llm.decode import Decoder, Order, Written
from engine.llm.device import memory_for
from engine.llm.keys_values import Snapshots
from engine.llm.load import load_policy
from engine.llm.network import choose_network
from engine.llm.prefill import Context
from engine.llm.text import Vocabulary
from engine.llm.weigh import Next, weigh_next
from engine.policies import ModelError, Sample, Sampled, SampleRequest, TooLongError, Watch
from engine.policies.stopping import begins_turn, ends_of, most_tokens, starts_hidden
from engine.policies.weighing import Weighed
from engine.tokens import pack

MAX_ROWS = {"cpu": 128, "mps": 128, "cuda": 512}
"""Rows decoded together: more would not be faster, and a cancel would wait longer."""
SNAPSHOT_BYTES = 256_000_000


class LocalPolicy:
    """Proposes steps with the model in `folder`. Raises ModelError, also from the constructor."""

    def __init__(self, folder: Path, device: str = "auto") -> None:
        loaded = load_policy(folder, device)
        self._name = folder.name
        self._longest = loaded.longest
        self._vocabulary = Vocabulary(loaded.tokenizer, loaded.entries, folder.name)
        self._decoder = Decoder(
            choose_network(loaded.model, loaded.longest),
            self._vocabulary,
            loaded.ends,
            MAX_ROWS[loaded.model.device.type],
            Snapshots(SNAPSHOT_BYTES),
        )

    @property
    def name(self) -> str:
        return self._name

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        """All continuations of all requests. A trace that fills the model's context gets empty samples."""
        orders = [self._orders(request) for request in requests]
        owners = [(number, index) for number, mine in enumerate(orders) for index in range(len(mine))]
        flat = [order for mine in orders for order in mine]
        with memory_for(self._name):
            decoded = iter(self._decoder.decode(flat, watch.cancelled, _told(watch, owners)))
        written = [list(islice(decoded, len(mine))) for mine in orders]
        return Sampled(
            tuple(
                tuple(map(_sample, mine)) or (_NO_ROOM,) * len(request.seeds)
                for request, mine in zip(requests, written, strict=True)
            ),
            tuple(map(_cost, orders, written)),
        )

    def weigh(self, requests: Sequence[SampleRequest], labels: Sequence[str], watch: Watch) -> tuple[Weighed, ...]:
        """How likely each label is right after each request's `given`: exact. See `engine.policies.weighing`."""
        wanted = [self._vocabulary.only_token(label) for label in labels]
        contexts = [self._context_to_weigh(request) for request in requests]
        decoder = self._decoder
        with memory_for(self._name):
            fitting = [context for context in contexts if isinstance(context, tuple)]
            found = iter(
                weigh_next(decoder.network, fitting, wanted, decoder.snapshots, decoder.max_rows, watch.cancelled)
            )
        return tuple(
            _weighed(next(found), context) if isinstance(context, tuple) else Weighed(None, context)
            for context in contexts
        )

    def _context_to_weigh(self, request: SampleRequest) -> Context | str:
        """The context, or why there is none."""
        try:
            context = self._context(request)
        except TooLongError as error:
            return str(error)
        too_long = f"The text takes {len(context)} tokens, but the model {self._name} reads at most {self._longest}."
        return context if len(context) <= self._longest else too_long

    def _orders(self, request: SampleRequest) -> list[Order]:
        """One order per seed; none where the model has no room left."""
        context = self._context(request)
        room = min(most_tokens(request), self._longest - len(context))
        if room < 1:
            return []
        how = ends_of(request), request.given, starts_hidden(request), begins_turn(request)
        return [Order(context, seed, request.temperature, room, *how, top_p=request.top_p) for seed in request.seeds]

    def _context(self, request: SampleRequest) -> Context:
        """Ids of the prompt and of each step by itself: the same for a trace whoever wrote its steps, and when."""
        prompt = self._vocabulary.encode_prompt(request.user_turn, request.thinking, request.before)
        if len(prompt) >= self._longest:
            raise TooLongError(
                f"The problem takes {len(prompt)} tokens, but the model {self._name} reads at most {self._longest}."
            )
        encode = self._vocabulary.encode_step
        steps = tuple(number for text in request.steps for number in encode(text))
        return prompt + steps + self._given(request)

    def _given(self, request: SampleRequest) -> Context:
        """The very tokens that the text had when it was written, if they are this model's; else the text's own."""
        if not request.given:
            return ()
        known = request.given_ids
        exact = self._vocabulary.writes(known, request.given)
        return known if exact else self._vocabulary.encode_step(request.given)


_NO_ROOM = Sample("", None, 0, "length")


def _told(watch: Watch, owners: Sequence[tuple[int, int]]) -> Callable[[int, str], None]:
    def tell(order: int, text: str) -> None:
        watch.writing(*owners[order], text)

    return tell


def _cost(orders: Sequence[Order], written: Sequence[Written]) -> Cost:
    """The cost of one request: its context counts once, however many samples fork from it."""
    if not orders:
        return Cost()
    cached = written[0].cached
    return Cost(
        calls=len(orders),
        generated=sum(len(each.ids) for each in written),
        prompt=len(orders[0].context) - cached,
        cached=cached,
    )


def _weighed(found: Next, context: Context) -> Weighed:
    if not all(map(math.isfinite, found.probabilities)):
        raise ModelError("The model computes numbers that are not finite: its weights are damaged.")
    cost = Cost(calls=1, prompt=len(context) - found.cached, cached=found.cached)
    return Weighed(found.probabilities, cost=cost)


def _sample(written: Written) -> Sample:
    return Sample(written.text, written.logprob, len(written.ids), written.ended, pack(written.tokens))
