"""Measures a thinker: long thoughts, and what becomes of them when they are closed, lengthened, edited or hinted at.

DEV puzzles by default; the HARD set only where a caller passes it, and the title then says so. Knows no search: every
figure is a share of single completions of a given text.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from transformers import PreTrainedModel

from engine.learning.examples import Codec
from engine.learning.number_edits import OPEN
from engine.learning.number_puzzles import CLOSE
from engine.learning.policy_report import repeated_share
from engine.learning.report import Figure, Report, share
from engine.learning.sampling import lines, sample
from engine.learning.thought_questions import Question, mistaken, number_questions, word_questions
from engine.problems.game24 import Game24
from engine.problems.held_out import dev_puzzles
from engine.rewording import FILLER, WAIT, hinted, rewordings, says_hint

PUZZLES, WORDS = 50, 50
SHOWN_TOKENS = 120
FILLER_LINES = (5, 20)


@dataclass(frozen=True, slots=True)
class Kind:
    """Questions of one kind, and what is asked about them."""

    name: str
    questions: Sequence[Question]
    most_tokens: int
    """Of a thought with its answer."""
    cuts: Sequence[int]
    """Lines of a thought that are kept before it is closed by force; () where nobody disturbs a thought."""
    tries: bool = False
    """Whether the thoughts hold tries, which can be repeated."""


class ThoughtMeter:
    """Asks one model one kind of question; every figure depends on the seed alone."""

    def __init__(self, model: PreTrainedModel, codec: Codec, kind: Kind, seed: int) -> None:
        self._model, self._codec, self._kind, self._seed = model, codec, kind, seed
        self._questions = kind.questions

    def figures(self) -> Iterator[Figure]:
        """All figures of this kind of question; without cuts, only those of thoughts that nobody disturbs."""
        texts = self._complete([OPEN] * len(self._questions), 0.0)
        yield from self._undisturbed("thoughts, greedy", texts)
        yield from self._undisturbed("thoughts, T=0.7", self._complete([OPEN] * len(texts), 0.7))
        if self._kind.cuts:
            yield from self._disturbed(texts)

    def _disturbed(self, texts: Sequence[str]) -> Iterator[Figure]:
        thoughts = [lines(text.partition(CLOSE)[0]) for text in texts]
        for cut in self._kind.cuts:
            yield from self._shown(f"closed after {cut} lines", ["".join(thought[:cut]) for thought in thoughts])
        for count in FILLER_LINES:
            yield from self._shown(f"{count} lines of filler", [FILLER * count for _ in thoughts])
        yield from self._gone_on("after `Wait,` at its end", ["".join(thought) + WAIT for thought in thoughts])
        yield from self._gone_on("first half reworded", [self._reworded(thought) for thought in thoughts])
        yield from self._mistakes(thoughts)
        yield from self._hints()

    def _complete(
        self, given: Sequence[str], temperature: float, most_tokens: int = 0, turns: Sequence[str] = ()
    ) -> list[str]:
        asked = list(zip(turns or [question.prompt for question in self._questions], given, strict=True))
        most = most_tokens or self._kind.most_tokens
        return sample(self._model, self._codec, asked, temperature=temperature, most_tokens=most, seed=self._seed)

    def _undisturbed(self, case: str, texts: Sequence[str]) -> Iterator[Figure]:
        yield self._share(case, "right", (q.right(text) for q, text in zip(self._questions, texts, strict=True)))
        yield self._share(case, "closed", (CLOSE in text for text in texts))
        yield self._figure(case, "mean tokens", mean(len(self._codec.ids(text)) for text in texts))
        if self._kind.tries:
            yield self._figure(case, "tries repeated", repeated_share(texts))

    def _shown(self, case: str, thoughts: Sequence[str]) -> Iterator[Figure]:
        """Closed thoughts: only the answer is written."""
        yield from self._answers(case, self._complete([OPEN + t + CLOSE for t in thoughts], 0.0, SHOWN_TOKENS))

    def _gone_on(self, case: str, thoughts: Sequence[str]) -> Iterator[Figure]:
        """Open thoughts: they go on, close, and the answer is written."""
        texts = self._complete([OPEN + thought for thought in thoughts], 0.0)
        yield self._share(case, "closed", (CLOSE in text for text in texts))
        yield from self._answers(case, [text.partition(CLOSE)[2] for text in texts])

    def _answers(self, case: str, shown: Sequence[str]) -> Iterator[Figure]:
        pairs = list(zip(self._questions, shown, strict=True))
        yield self._share(case, "in form", (question.in_form(text) for question, text in pairs))
        yield self._share(case, "legal and exact", (question.legal(text) for question, text in pairs))
        yield self._share(case, "right", (question.right(text) for question, text in pairs))

    def _mistakes(self, thoughts: Sequence[Sequence[str]]) -> Iterator[Figure]:
        """A wrong result in one line of each thought, which goes on from there."""
        rng = random.Random(self._seed)
        case, broken = "after a mistake", [mistaken(thought, rng) for thought in thoughts]
        texts = self._complete([OPEN + "".join(thought) for thought, _ in broken], 0.0)
        pairs = [(text.partition(CLOSE), wrong) for text, (_, wrong) in zip(texts, broken, strict=True)]
        yield self._share(case, "closed", (bool(tag) for (_, tag, _), _ in pairs))
        yield self._share(case, "noticed at once", (rest.startswith("Wait, ") for (rest, _, _), _ in pairs))
        yield self._share(case, "shown", (wrong in shown for (_, _, shown), wrong in pairs))
        yield from self._answers(case, [shown for (_, _, shown), _ in pairs])

    def _reworded(self, thought: Sequence[str]) -> str:
        rng = random.Random(self._seed)
        return "".join(rng.choice(rewordings(line) or (line,)) for line in thought[: (len(thought) + 1) // 2])

    def _hints(self) -> Iterator[Figure]:
        for case, temperature, hints in (
            ("wrong hint, T=1", 1.0, [question.wrong_hint for question in self._questions]),
            ("wrong hint, greedy", 0.0, [question.wrong_hint for question in self._questions]),
            ("right hint, T=1", 1.0, [question.right_hint for question in self._questions]),
        ):
            turns = [hinted(question.prompt, hint) for question, hint in zip(self._questions, hints, strict=True)]
            texts = self._complete([OPEN] * len(turns), temperature, turns=turns)
            rows = list(zip(self._questions, hints, texts, strict=True))
            followed = [question.gives(text, hint) for question, hint, text in rows]
            said = [says_hint(text, hint) for _, hint, text in rows]
            yield self._share(case, "followed", followed)
            yield self._share(case, "said where followed", (s for s, f in zip(said, followed, strict=True) if f))
            yield self._share(
                case, "said where not followed", (s for s, f in zip(said, followed, strict=True) if not f)
            )
            yield self._share(case, "in form", (q.in_form(text.partition(CLOSE)[2]) for q, _, text in rows))

    def _share(self, case: str, measure: str, outcomes: Sequence[bool] | Iterator[bool]) -> Figure:
        return self._figure(case, measure, share(outcomes))

    def _figure(self, case: str, measure: str, value: float) -> Figure:
        return Figure(f"{self._kind.name}, {case}: {measure}", value)


def measured(
    model: PreTrainedModel, codec: Codec, puzzles: Sequence[Game24], words: int, seed: int
) -> tuple[Figure, ...]:
    """The figures of one model on the puzzles, and on so many word problems of training and of held-out templates."""
    kinds = (
        Kind("puzzles", number_questions(puzzles, seed), 760, (0, 1, 2, 3, 5, 8), tries=True),
        Kind("words", word_questions(words, seed, held_out=False), 320, (0, 1, 2, 4)),
        Kind("words, held-out templates", word_questions(words, seed, held_out=True), 320, ()),
    )
    meters = [ThoughtMeter(model, codec, kind, seed) for kind in kinds]
    return tuple(figure for meter in meters for figure in meter.figures())


def report_thinker(
    model: PreTrainedModel,
    policy: PreTrainedModel,
    codec: Codec,
    *,
    puzzles: Sequence[Game24] | None = None,
    name: str = "DEV",
    seed: int = 0,
) -> Report:
    """The thinker's figures on the first DEV puzzles, or on those given; beside each the policy's that it came from."""
    asked = puzzles if puzzles is not None else [Game24(numbers) for numbers in dev_puzzles()[:PUZZLES]]
    own, before = (measured(one, codec, asked, WORDS, seed) for one in (model, policy))
    figures = [
        Figure(figure.name, figure.value, f"policy {earlier.shown}")
        for figure, earlier in zip(own, before, strict=True)
    ]
    title = f"Thinker on {len(asked)} {name} puzzles and 2 x {WORDS} word problems, seed {seed}"
    return Report(title, tuple(figures))
