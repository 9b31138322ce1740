"""What reward models on this machine share: a trace as tokens, and the class read at some of them. Knows no search."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from engine.events import Source
from engine.llm.device import memory_for
from engine.llm.keys_values import Snapshots
from engine.llm.load import load_scorer
from engine.llm.measures import ClassProbability
from engine.llm.network import choose_network
from engine.llm.readings import Read, Reading
from engine.llm.score import TokenScorer
from engine.llm.text import THINK_TAGS, Vocabulary
from engine.policies import ModelError, Watch
from engine.verifiers import ScoreRequest, Scores, StepScores

GOOD_NAMES = ("solvable", "good", "correct", "right", "positive", "label_1", "1", "+")
"""Names of the class that means good, as models have them in `id2label`."""
MAX_ROWS = 128
SNAPSHOT_BYTES = 256_000_000


class RewardModel(ABC):
    """Scores steps with the token classifier in `folder`: the probability of its good class at a step's last token.

    The last step of a complete trace is read at the token that ends the turn. Raises ModelError, also from the
    constructor.
    """

    source: ClassVar[Source]
    good: ClassVar[str]
    """What the good class means, for a sentence."""

    def __init__(self, folder: Path, device: str = "auto", name: str = "") -> None:
        loaded = load_scorer(folder, device)
        self._name = name or folder.name
        self._end = loaded.end
        self._longest = loaded.longest
        self._vocabulary = Vocabulary(loaded.tokenizer, loaded.entries)
        self._scorer = TokenScorer(
            choose_network(loaded.model, loaded.longest),
            ClassProbability(good_class(folder, loaded.model.config.id2label, self.good)),
            MAX_ROWS,
            Snapshots(SNAPSHOT_BYTES),
        )

    @property
    def name(self) -> str:
        return self._name

    @abstractmethod
    def reads(self, request: ScoreRequest, number: int) -> bool:
        """Whether this model has something to say of step `number`, counted from 1."""

    def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
        """Scores where the model reads. A step that is blank, only a tag, or beyond the model's context gets none."""
        asked = [self._reading(request) for request in requests]
        readings = [reading for reading, _ in asked if reading.places]
        with memory_for(self._name):
            reads = iter(self._scorer.read(readings, watch.cancelled))
        return Scores(
            tuple(
                _scores(next(reads), scored) if reading.places else StepScores((None,) * len(scored))
                for reading, scored in asked
            )
        )

    def _reading(self, request: ScoreRequest) -> tuple[Reading, list[bool]]:
        """The trace as token ids, and which of its steps have a place in it."""
        ids = [*self._vocabulary.encode_prompt(request.problem.prompt, request.thinking)]
        places: list[int] = []
        scored: list[bool] = []
        stem = opening = len(ids)
        for number, step in enumerate(request.steps, 1):
            stem = len(ids)
            ids += self._vocabulary.encode_step(step)
            if request.ended and number == len(request.steps) and self._end is not None:
                ids.append(self._end)
            said = self.reads(request, number) and step.strip() not in ("", *THINK_TAGS)
            scored.append(said and len(ids) <= self._longest)
            if scored[-1]:
                places.append(len(ids) - 1)
        read = tuple(ids[: places[-1] + 1] if places else ids)
        return Reading(read, tuple(places), min(stem, len(read)), opening), scored


def good_class(folder: Path, names: Mapping[int, str], good: str) -> int:
    """The number of the class that means `good`. Raises ModelError where the names do not say."""
    for number, name in names.items():
        if str(name).lower() in GOOD_NAMES:
            return int(number)
    raise ModelError(
        f"The classes of the model in {folder} are called {', '.join(map(str, names.values()))}; none of them is "
        f"known to mean {good}. Name it 'good' in id2label of its config.json."
    )


def _scores(read: Read, scored: Sequence[bool]) -> StepScores:
    outputs = iter(read.outputs)
    return StepScores(tuple(next(outputs)[0] if has else None for has in scored), tokens=read.tokens)
