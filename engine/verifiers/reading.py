"""What scorers on this machine share: traces as tokens, asked together; and reward models that are read at step ends.

Knows no search.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from engine.events import Source
from engine.llm.device import memory_for
from engine.llm.keys_values import Snapshots
from engine.llm.load import load_scorer
from engine.llm.measures import ClassProbability
from engine.llm.network import choose_network
from engine.llm.score import TokenScorer
from engine.llm.text import THINK_TAGS, Vocabulary
from engine.policies import ModelError, Watch
from engine.verifiers import ScoreRequest, Scores, StepScores
from engine.verifiers.layout import BEYOND, UNREAD, Laid

GOOD_NAMES = ("solvable", "good", "correct", "right", "positive", "label_1", "1", "+")
"""Names of the class that means good, as models have them in `id2label`."""
MAX_ROWS = 128
SNAPSHOT_BYTES = 256_000_000


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said of one step."""

    value: float
    """In [0, 1]."""
    channels: tuple[tuple[str, float], ...] = ()
    note: str = ""


class TraceReader(ABC):
    """Lays traces out as tokens and reads something at one of each step."""

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
        """Scores where it reads. A step that cannot be read has none, and a note that says why."""
        laid = [self._lay(request) for request in requests]
        asked = [trace for trace in laid if trace.read_places]
        with memory_for(self._name):
            answers = iter(self._judge(asked, watch.cancelled) if asked else ())
        return Scores(tuple(_scores(trace, *(next(answers) if trace.read_places else ((), 0))) for trace in laid))

    @abstractmethod
    def _lay(self, request: ScoreRequest) -> Laid:
        """The trace as tokens."""

    @abstractmethod
    def _judge(self, traces: Sequence[Laid], cancelled: Callable[[], bool]) -> list[tuple[list[Judged], int]]:
        """What is said at the places of each trace, and how many tokens were read for it."""


class RewardModel(TraceReader):
    """Scores steps with the token classifier in `folder`: the probability of its good class at a step's last token.

    The last step of a complete trace is read at the token that ends the turn. Raises ModelError, also from the
    constructor.
    """

    source: ClassVar[Source]
    good: ClassVar[str]
    """What the good class means, for a sentence."""

    def __init__(self, folder: Path, device: str = "auto", name: str = "") -> None:
        loaded = load_scorer(folder, device)
        super().__init__(name or folder.name)
        self._end = loaded.end
        self._longest = loaded.longest
        self._vocabulary = Vocabulary(loaded.tokenizer, loaded.entries)
        self._scorer = TokenScorer(
            choose_network(loaded.model, loaded.longest),
            ClassProbability(good_class(folder, loaded.model.config.id2label, self.good)),
            MAX_ROWS,
            Snapshots(SNAPSHOT_BYTES),
        )

    @abstractmethod
    def reads(self, request: ScoreRequest, number: int) -> bool:
        """Whether this model has something to say of step `number`, counted from 1."""

    def _lay(self, request: ScoreRequest) -> Laid:
        ids = [*self._vocabulary.encode_prompt(request.problem.prompt, request.thinking)]
        places: list[int | None] = []
        notes: list[str] = []
        stem = opening = len(ids)
        for number, step in enumerate(request.steps, 1):
            stem = len(ids)
            ids += self._vocabulary.encode_step(step)
            if request.ended and number == len(request.steps) and self._end is not None:
                ids.append(self._end)
            is_asked = self.reads(request, number)
            notes.append(self._refusal(number, step, len(ids)) if is_asked else "")
            places.append(len(ids) - 1 if is_asked and not notes[-1] else None)
        return Laid(tuple(ids), tuple(places), tuple(notes), opening, stem)

    def _refusal(self, number: int, step: str, tokens: int) -> str:
        """Why a step that ends with so many tokens cannot be read; empty if it can."""
        if step.strip() in ("", *THINK_TAGS):
            return UNREAD
        return BEYOND.format(number=number, longest=self._longest) if tokens > self._longest else ""

    def _judge(self, traces: Sequence[Laid], cancelled: Callable[[], bool]) -> list[tuple[list[Judged], int]]:
        reads = self._scorer.read([trace.reading(trace.read_places) for trace in traces], cancelled)
        return [([Judged(value) for (value,) in read.outputs], read.tokens) for read in reads]


def good_class(folder: Path, names: Mapping[int, str], good: str) -> int:
    """The number of the class that means `good`. Raises ModelError where the names do not say."""
    for number, name in names.items():
        if str(name).lower() in GOOD_NAMES:
            return int(number)
    raise ModelError(
        f"The classes of the model in {folder} are called {', '.join(map(str, names.values()))}; none of them is "
        f"known to mean {good}. Name it 'good' in id2label of its config.json."
    )


def _scores(trace: Laid, judged: Sequence[Judged], tokens: int) -> StepScores:
    """One entry per step, always; those that were not read are missing and say why."""
    said = iter(judged)
    entries = [None if place is None else next(said) for place in trace.places]
    notes = tuple(entry.note if entry else note for entry, note in zip(entries, trace.notes, strict=True))
    channels = tuple(entry.channels if entry else () for entry in entries)
    return StepScores(
        tuple(entry.value if entry else None for entry in entries),
        notes if any(notes) else (),
        channels if any(channels) else (),
        tokens,
    )
