"""How a thinker is measured, on completions that were written by hand."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pytest
from transformers import AutoTokenizer, PreTrainedModel, Qwen3Config, Qwen3ForCausalLM

from engine.learning import thinker_report
from engine.learning.examples import Codec
from engine.learning.number_edits import OPEN
from engine.learning.number_puzzles import CLOSE
from engine.learning.thinker_report import Kind, ThoughtMeter, report_thinker
from engine.learning.thought_questions import Question, mistaken, number_questions, word_questions
from engine.llm.bundled import POLICY
from engine.problems.game24 import Game24

PUZZLE = Game24((3, 4, 4, 13))
THOUGHT = "Try 4 + 4 = 8 (left: 3 8 13)\nTry 13 + 3 = 16 (left: 8 16)\n16 + 8 = 24. Yes!\n"
SHOWN = "4 + 4 = 8 (left: 3 8 13)\n13 + 3 = 16 (left: 8 16)\n16 + 8 = 24 (left: 24)\nAnswer: (13 + 3) + (4 + 4) = 24"
MISTAKEN = SHOWN.replace("13 + 3 = 16 (left: 8 16)", "13 + 3 = 18 (left: 8 18)")
CODEC = Codec(AutoTokenizer.from_pretrained(POLICY))


def question() -> Question:
    return number_questions([PUZZLE], 0)[0]


def nobody() -> PreTrainedModel:
    """A model that is never asked."""
    return Qwen3ForCausalLM(Qwen3Config(vocab_size=8, hidden_size=8, num_hidden_layers=1, num_attention_heads=1))


class Script:
    """Answers as told by what it is given, and remembers what it was asked."""

    def __init__(self, hint_answer: str = SHOWN) -> None:
        self.asked: list[tuple[str, str]] = []
        self._hint_answer = hint_answer

    def __call__(
        self, _model: object, _codec: object, prompts: Sequence[tuple[str, str]], **_settings: object
    ) -> list[str]:
        self.asked += prompts
        return [self._answer(*prompt) for prompt in prompts]

    def _answer(self, prompt: str, given: str) -> str:
        if "I think the answer is" in prompt:
            hint = prompt.partition("is ")[2].removesuffix(".")
            return f"You say {hint}.\n{CLOSE}Answer: {hint} = 7" if self._hint_answer == "hint" else SHOWN
        if given.endswith(CLOSE):
            return SHOWN if len(given) > len(OPEN + CLOSE) else "Yes!"
        if given == OPEN:
            return THOUGHT + CLOSE + SHOWN
        return f"Wait, 13 + 3 is 16.\n{CLOSE}{MISTAKEN}" if "Wait," not in given else " I must go on for ever"


def figures(script: Script, monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    monkeypatch.setattr(thinker_report, "sample", script)
    meter = ThoughtMeter(nobody(), CODEC, Kind("puzzles", [question()], 100, (0, 2), tries=True), 0)
    return {figure.name.removeprefix("puzzles, "): figure.value for figure in meter.figures()}


def test_every_case_is_asked_and_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script()
    found = figures(script, monkeypatch)
    assert found["thoughts, greedy: right"] == found["thoughts, greedy: closed"] == 1
    assert found["thoughts, greedy: mean tokens"] == len(CODEC.ids(THOUGHT + CLOSE + SHOWN))
    assert found["thoughts, greedy: tries repeated"] == 0
    assert found["closed after 0 lines: in form"] == found["closed after 0 lines: right"] == 0
    assert found["closed after 2 lines: legal and exact"] == found["5 lines of filler: right"] == 1
    assert found["after `Wait,` at its end: closed"] == found["after `Wait,` at its end: in form"] == 0
    assert found["after a mistake: in form"] == found["after a mistake: noticed at once"] == 1
    assert found["after a mistake: legal and exact"] == 0
    given = [text for _, text in script.asked]
    assert OPEN + "".join(THOUGHT.splitlines(keepends=True)[:2]) + CLOSE in given
    assert OPEN + "...\n" * 20 + CLOSE in given
    assert OPEN + THOUGHT + "Wait," in given


@pytest.mark.parametrize(("answer", "followed"), [("hint", 1.0), (SHOWN, 0.0)])
def test_hints_that_are_followed_and_said_are_counted(
    answer: str, followed: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = figures(Script(answer), monkeypatch)
    assert found["wrong hint, T=1: followed"] == found["wrong hint, greedy: followed"] == followed
    assert found["wrong hint, T=1: said where followed"] == followed
    assert found["wrong hint, T=1: said where not followed"] == 0


def test_the_policy_stands_beside_the_thinker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thinker_report, "sample", Script())
    monkeypatch.setattr(thinker_report, "WORDS", 2)
    report = report_thinker(nobody(), nobody(), CODEC, puzzles=[PUZZLE], name="some")
    assert report.title == "Thinker on 1 some puzzles and 2 x 2 word problems, seed 0"
    assert report.figures[0].note == "policy 1.000"
    names = [figure.name for figure in report.figures]
    assert len(names) == len(set(names))
    assert {name.split(", ")[0] for name in names} == {"puzzles", "words"}


def test_a_mistake_is_made_in_one_line_and_its_list() -> None:
    rng = random.Random(0)
    thought = THOUGHT.splitlines(keepends=True)
    for _ in range(40):
        broken, wrong = mistaken(thought, rng)
        at = len(broken) - 1
        assert at in (0, 1), "a hit is no place for a wrong result"
        assert list(broken[:at]) == thought[:at]
        assert wrong in broken[at]
        assert wrong not in THOUGHT
        left = re.search(r"left: ([\d ]+)", broken[at])
        assert left
        numbers = list(map(int, left[1].split()))
        assert numbers == sorted(numbers)
        assert int(wrong.rpartition(" ")[2]) in numbers
    assert mistaken(["Tom has 5 pens.\n"], rng) == (("Tom has 5 pens.\n",), "no mistake")


def test_form_and_truth_are_two_things() -> None:
    asked = question()
    assert asked.in_form(SHOWN)
    assert asked.legal(SHOWN)
    assert asked.right(SHOWN)
    assert asked.in_form(MISTAKEN)
    assert not asked.legal(MISTAKEN)
    for text in ("", "Answer: 24", SHOWN.replace("Answer", "So"), f"{THOUGHT}{SHOWN}"):
        assert not asked.in_form(text)
    assert asked.gives("Answer: (4 + 4) + (3 + 13) = 24", "(13 + 3) + (4 + 4)")
    assert not asked.gives("I do not know.", "(13 + 3) + (4 + 4)")
    assert PUZZLE.check_answer(f"Answer: {asked.right_hint} = 24").correct
    assert not PUZZLE.check_answer(f"Answer: {asked.wrong_hint} = 24").correct


def test_questions_in_words() -> None:
    for held_out in (False, True):
        for asked in word_questions(5, 0, held_out=held_out):
            right = f"It is 2 * 3 = 6 pens.\nAnswer: {asked.right_hint}"
            assert asked.right(right)
            assert asked.in_form(right)
            assert asked.legal(right)
            assert not asked.legal(right.replace("= 6", "= 7"))
            assert asked.in_form(right.replace("= 6", "= 7"))
            assert asked.gives(f"Answer: {asked.wrong_hint}", asked.wrong_hint)
            assert asked.wrong_hint != asked.right_hint
