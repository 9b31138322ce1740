"""Measures a policy: chains of thought, long thoughts, closed thoughts, orders of the numbers, word problems.

DEV puzzles by default; the HARD set only where a caller passes it, and the title then says so.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from transformers import PreTrainedModel

from engine.learning.examples import Codec
from engine.learning.number_puzzles import CLOSE
from engine.learning.report import Figure, Report, share
from engine.learning.sampling import lines, sample
from engine.learning.word_problems import WordExample, draw_word_example
from engine.learning.word_texts import OPEN
from engine.problems.countdown import Value, by_size, can_reach
from engine.problems.game24 import Game24
from engine.problems.held_out import dev_puzzles
from engine.problems.words import read_number_answer

SHORT_TOKENS, THOUGHT_TOKENS = 96, 720
SAMPLES = 16
CUTS = (0, 1, 2, 3, 5, 8)
"""Lines of a thought that are kept before it is closed by force."""


class PolicyMeter:
    """Asks one policy about one set of number puzzles; every figure depends on the seed alone."""

    def __init__(self, model: PreTrainedModel, codec: Codec, puzzles: Sequence[Game24], seed: int) -> None:
        self._model, self._codec, self._puzzles, self._seed = model, codec, puzzles, seed

    def report(self, title: str, *, words: int = 200) -> Report:
        figures = [*self._greedy(), *self._sampled(0.7), *self._sampled(1.0), *self._thoughts(), *self._orders()]
        return Report(title, (*figures, *self._words(words, held_out=False), *self._words(words, held_out=True)))

    def _complete(
        self, prompts: Sequence[tuple[str, str]], temperature: float, most_tokens: int = SHORT_TOKENS
    ) -> list[str]:
        return sample(
            self._model, self._codec, prompts, temperature=temperature, most_tokens=most_tokens, seed=self._seed
        )

    def _greedy(self) -> list[Figure]:
        texts = self._complete([(puzzle.prompt, "") for puzzle in self._puzzles], 0.0)
        return [Figure("puzzles, greedy", share(map(is_right, self._puzzles, texts)))]

    def _sampled(self, temperature: float) -> list[Figure]:
        asked = [puzzle for puzzle in self._puzzles for _ in range(SAMPLES)]
        texts = self._complete([(puzzle.prompt, "") for puzzle in asked], temperature)
        right = list(map(is_right, asked, texts))
        per_puzzle = [right[start : start + SAMPLES] for start in range(0, len(right), SAMPLES)]
        solving = list(map(starts_well, asked, texts))
        name = f"puzzles, T={temperature}"
        covered = [solving[start : start + SAMPLES] for start in range(0, len(solving), SAMPLES)]
        return [
            Figure(f"{name}, mean of {SAMPLES}", share(right)),
            Figure(f"{name}, any of {SAMPLES}", share(map(any, per_puzzle))),
            Figure(f"{name}, first steps legal", share(map(starts_legally, asked, texts))),
            Figure(f"{name}, solving first step in 8", share(any(first[:8]) for first in covered)),
            Figure(f"{name}, solving first step in {SAMPLES}", share(map(any, covered))),
        ]

    def _thoughts(self) -> list[Figure]:
        texts = self._complete([(puzzle.prompt, OPEN) for puzzle in self._puzzles], 0.0, THOUGHT_TOKENS)
        tokens = [len(self._codec.ids(text)) for text in texts]
        figures = [
            Figure("thoughts, greedy", share(map(is_right, self._puzzles, texts))),
            Figure("thoughts, greedy, closed", share("</think>" in text for text in texts)),
            Figure("thoughts, greedy, mean tokens", sum(tokens) / max(1, len(tokens))),
            Figure("thoughts, greedy, tries repeated", repeated_share(texts)),
        ]
        return figures + [figure for cut in CUTS for figure in self._closed(texts, cut)]

    def _closed(self, thoughts: Sequence[str], cut: int) -> list[Figure]:
        """The thought closed after `cut` lines: is the answer well formed, and is it right?"""
        kept = ["".join(lines(text.partition("</think>")[0])[:cut]) for text in thoughts]
        texts = self._complete([(p.prompt, OPEN + k + CLOSE) for p, k in zip(self._puzzles, kept, strict=True)], 0.0)
        name = f"thoughts closed after {cut} lines"
        return [
            Figure(f"{name}: all steps legal", share(map(is_legal, self._puzzles, texts))),
            Figure(f"{name}: right", share(map(is_right, self._puzzles, texts))),
        ]

    def _orders(self) -> list[Figure]:
        rng = random.Random(self._seed)
        orders = {
            "ascending": [sorted(puzzle.numbers) for puzzle in self._puzzles],
            "shuffled": [rng.sample(puzzle.numbers, len(puzzle.numbers)) for puzzle in self._puzzles],
            "descending": [sorted(puzzle.numbers, reverse=True) for puzzle in self._puzzles],
        }
        figures = []
        for name, numbers in orders.items():
            puzzles = [Game24(tuple(row), puzzle.target) for row, puzzle in zip(numbers, self._puzzles, strict=True)]
            texts = self._complete([(puzzle.prompt, "") for puzzle in puzzles], 0.0)
            figures.append(Figure(f"numbers {name}, greedy", share(map(is_right, puzzles, texts))))
            figures.append(Figure(f"numbers {name}, all steps legal", share(map(is_legal, puzzles, texts))))
        return figures

    def _words(self, count: int, *, held_out: bool) -> list[Figure]:
        rng = random.Random(self._seed + 99)
        examples = [draw_word_example(rng, held_out=held_out) for _ in range(count)]
        name = "words, held-out templates" if held_out else "words, training templates"
        figures = []
        for label, temperature, given, most in (
            ("greedy", 0.0, "", SHORT_TOKENS),
            ("T=1.0", 1.0, "", SHORT_TOKENS),
            ("thought", 0.0, OPEN, 400),
        ):
            texts = self._complete([(example.question, given) for example in examples], temperature, most)
            figures.append(Figure(f"{name}, {label}", share(map(is_word_right, examples, texts))))
        return figures


def report_policy(
    model: PreTrainedModel, codec: Codec, *, puzzles: Sequence[Game24] | None = None, name: str = "DEV", seed: int = 0
) -> Report:
    """The policy's figures on the DEV puzzles, or on those given under the name of their set."""
    asked = puzzles if puzzles is not None else [Game24(numbers) for numbers in dev_puzzles()]
    return PolicyMeter(model, codec, asked, seed).report(f"Policy on {len(asked)} {name} puzzles, seed {seed}")


def is_right(puzzle: Game24, completion: str) -> bool:
    return bool(puzzle.check_answer(completion).correct)


def is_word_right(example: WordExample, completion: str) -> bool:
    return read_number_answer(completion) == str(example.value)


def is_legal(puzzle: Game24, completion: str) -> bool:
    """Whether every line follows the rules and the last is an answer line whose arithmetic holds."""
    steps = lines(completion)
    complete = bool(steps) and puzzle.is_answer(steps[-1])
    return complete and all(puzzle.check_step(steps[:count]).correct for count in range(1, len(steps) + 1))


def starts_legally(puzzle: Game24, completion: str) -> bool:
    steps = lines(completion)
    return bool(steps) and bool(puzzle.check_step(steps[:1]).correct)


def starts_well(puzzle: Game24, completion: str) -> bool:
    """Whether the first step is legal and keeps the target reachable."""
    if not starts_legally(puzzle, completion):
        return False
    values = tuple(sorted(map(_value, puzzle.state(lines(completion)[:1]).split()), key=by_size))
    return can_reach(values, (puzzle.target, 1))


def repeated_share(thoughts: Sequence[str]) -> float:
    """The share of tries that repeat one made before from the same state, in all thoughts together."""
    tries = repeats = 0
    for thought in thoughts:
        state, seen = "", set[tuple[str, str]]()
        for line in lines(thought.partition("</think>")[0]):
            if line.startswith("Wait, back to "):
                state = line.removeprefix("Wait, back to ").split(".")[0]
            elif line.startswith("Try "):
                tries += 1
                repeats += (state, line) in seen
                seen.add((state, line))
                state = line.rpartition("(left: ")[2].removesuffix(")\n")
    return repeats / tries if tries else 0.0


def _value(text: str) -> Value:
    numerator, _, denominator = text.partition("/")
    return int(numerator), int(denominator or 1)
