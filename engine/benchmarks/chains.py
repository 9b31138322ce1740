"""Whole chains of thought, sampled once per puzzle and seed and kept: every baseline at every budget is read off them.

Their seeds are those of a run that expands its root by whole turns, so that self-consistency with the same seed and
temperature sees the same chains. Knows no budget and no way to choose among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import exp, fsum

import msgspec

from engine.benchmarks.questions import Question
from engine.benchmarks.rows import Lender
from engine.benchmarks.store import Store, key_of
from engine.events import ROOT, Source
from engine.growth import split_turn, steps_of
from engine.policies import Sample, SampleRequest, Watch
from engine.seeds import seed_for
from engine.verifiers import ScoreRequest, StepScores, Verifier

LAYER = 40
"""Chains drawn at a time for one puzzle and seed."""
TEMPERATURE = 1.0
"""Chosen on the dev sets."""
_TOGETHER = 30
"""Puzzles whose layers share the model's batches."""
_NOT_CANCELLED = Watch()


class Chain(msgspec.Struct, frozen=True):
    """One sampled chain of thought."""

    answer: str | None
    """Canonical; None where the turn ended without one, so that it has no vote."""
    right: bool
    """For the figures only: nothing that chooses looks at it."""
    tokens: int
    likelihood: float | None
    """exp of the mean log-probability of its steps; None where the policy gives none."""
    steps: tuple[float, ...] | None = None
    """Scores of a process reward model; None where it said nothing of the answer."""
    outcome: float | None = None
    """Score of an outcome reward model."""
    refused: bool = False
    """Whether a rule says that a step is wrong."""
    proven: bool = False
    """Whether a rule says that the answer is right."""
    read: dict[str, int] = {}
    """Verifier -> tokens that it read."""


Place = tuple[int, int]
"""A question's number in its set, and a seed."""


class Stock:
    """Chains for every question of a set and every seed, drawn in layers as they are needed."""

    def __init__(
        self,
        questions: Sequence[Question],
        seeds: Sequence[int],
        verifiers: Sequence[str],
        borrow: Callable[[], Lender],
        store: Store,
        identity: str,
        say: Callable[[str], None] = lambda _words: None,
    ) -> None:
        self._questions = questions
        self.verifiers = tuple(verifiers)
        self._borrow = borrow
        self._store = store
        self._identity = identity
        self._say = say
        self._chains: dict[Place, list[Chain]] = {
            (number, seed): [] for number in range(len(questions)) for seed in seeds
        }

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(self._chains)

    def chains(self, place: Place) -> Sequence[Chain]:
        """Those drawn so far, in the order of their seeds."""
        return self._chains[place]

    def deepen(self, places: Iterable[Place]) -> None:
        """One layer more for each of these."""
        wanted = list(places)
        for start in range(0, len(wanted), _TOGETHER):
            group = wanted[start : start + _TOGETHER]
            keys = {place: self._key(place) for place in group}
            if missing := [place for place in group if self._store.get(keys[place]) is None]:
                self._say(f"chains {start + len(group)} of {len(wanted)}")
                for place, layer in zip(missing, self._draw(missing), strict=True):
                    words = f"chains: {self._questions[place[0]].asked.text}, seed {place[1]}"
                    self._store.put(keys[place], words, msgspec.to_builtins(layer))
            for place in group:
                self._chains[place] += msgspec.convert(self._store.get(keys[place]), list[Chain])

    def _key(self, place: Place) -> str:
        number, seed = place
        text, layer = self._questions[number].asked.text, len(self._chains[place]) // LAYER
        return key_of("chains", self._identity, text, seed, layer, LAYER, TEMPERATURE, self.verifiers)

    def _draw(self, places: Sequence[Place]) -> list[list[Chain]]:
        lender = self._borrow()
        requests = [self._request(place) for place in places]
        sampled = lender.policy("").sample(requests, _NOT_CANCELLED)
        verifiers = lender.verifiers(self.verifiers)
        return [
            _layer(self._questions[place[0]], samples, verifiers)
            for place, samples in zip(places, sampled.samples, strict=True)
        ]

    def _request(self, place: Place) -> SampleRequest:
        number, seed = place
        first = len(self._chains[place])
        seeds = tuple(seed_for(seed, ROOT, index, "step") for index in range(first, first + LAYER))
        return SampleRequest(self._questions[number].asked, (), seeds, TEMPERATURE, whole=True)


def _layer(question: Question, samples: Sequence[Sample], verifiers: Sequence[Verifier]) -> list[Chain]:
    """The chains with their scores; equal texts are scored once, and those without an answer never."""
    answers = {sample.text: _answer(question, sample) for sample in samples}
    texts = [text for text, answer in answers.items() if answer is not None]
    requests = [ScoreRequest(question.asked, split_turn(text, question.asked, False), True) for text in texts]
    scored = {
        verifier.source: dict(zip(texts, verifier.score(requests, _NOT_CANCELLED).traces, strict=True))
        for verifier in verifiers
    }
    return [_chain(question, sample, answers[sample.text], scored) for sample in samples]


def _answer(question: Question, sample: Sample) -> str | None:
    answer = question.asked.read_answer(sample.text) if sample.ended == "end" else None
    return None if answer is None else question.asked.canonical(answer)


def _chain(
    question: Question, sample: Sample, answer: str | None, scored: Mapping[Source, Mapping[str, StepScores]]
) -> Chain:
    said = {source: by_text[sample.text] for source, by_text in scored.items() if sample.text in by_text}
    rule, prm, orm = (said[source].values if source in said else (None,) for source in ("rule", "prm", "orm"))
    return Chain(
        answer=answer,
        right=answer is not None and question.is_right(sample.text),
        tokens=sample.count,
        likelihood=_likelihood(question, sample),
        steps=None if prm[-1] is None else tuple(score for score in prm if score is not None),
        outcome=orm[-1],
        refused=0.0 in rule,
        proven=rule[-1] == 1.0 and 0.0 not in rule,
        read={source: scores.tokens for source, scores in said.items() if scores.tokens},
    )


def _likelihood(question: Question, sample: Sample) -> float | None:
    known = [part.logprob for part in steps_of(sample, question.asked, False)]
    given = [logprob for logprob in known if logprob is not None]
    return exp(min(0.0, fsum(given) / len(given))) if given and len(given) == len(known) else None
